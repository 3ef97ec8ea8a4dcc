/* The event log of the gate.
   SPDX-License-Identifier: MIT */

#include "gate/gate.h"

#include "core/arena.h"
#include "core/build.h"

static void
add_line(struct az_buf *log, const struct az_builder *event)
{
    struct az_node object = az_builder_object(event);

    az_node_print(log, &object);
    az_buf_add_char(log, '\n');
}

static void
add_row(struct az_arena *arena, struct az_buf *log, const struct az_node *row)
{
    struct az_builder event;

    az_builder_init(&event, arena);
    az_builder_set(&event, "event", az_make_string_c("row"));
    for (uint32_t i = 0; i < row->count; i++)
        az_builder_set_str(&event, row->members[i].key, row->members[i].value);
    add_line(log, &event);
}

static void
add_verdict(struct az_arena *arena, struct az_buf *log,
            const struct az_gate_result *result, const char *generated_at)
{
    const struct az_counts *counts = &result->counts;
    struct az_builder event;

    az_builder_init(&event, arena);
    az_builder_set(&event, "event", az_make_string_c("verdict"));
    az_builder_set(&event, "verdict",
                   az_make_string_c(az_verdict_name(result->verdict)));
    az_builder_set(&event, "commit",
                   result->commit.len > 0 ? az_make_string(result->commit)
                                          : az_make_null());
    az_builder_set(&event, "profile", az_make_string(result->profile));
    az_builder_set_count(&event, "judged", result->judged);
    az_builder_set_count(&event, "pass", counts->pass);
    az_builder_set_count(&event, "warn", counts->warn);
    az_builder_set_count(&event, "fail", counts->fail);
    az_builder_set_count(&event, "skip", counts->skip);
    az_builder_set(&event, "constituents", az_constituents_node(arena, result));
    if (generated_at != NULL)
        az_builder_set(&event, "generated_at", az_make_string_c(generated_at));
    add_line(log, &event);
}

struct az_str
az_gate_events(struct az_arena *arena, const struct az_gate_result *result,
               const char *generated_at)
{
    struct az_buf log;

    az_buf_init(&log, arena);
    for (uint32_t i = 0; i < result->rows.count; i++)
        add_row(arena, &log, &result->rows.items[i]);
    add_verdict(arena, &log, result, generated_at);
    return az_buf_str(&log);
}
