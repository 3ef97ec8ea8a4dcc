/* Fuzz target: the gate.
   SPDX-License-Identifier: MIT

   The input is a budgets document, then, each behind a NUL, budget summaries;
   the first profile of the first budget is judged. */

#include "support.h"

#include "core/arena.h"
#include "gate/gate.h"
#include "read/read.h"

#define MAX_SUMMARIES 4

static const struct az_document *
read_text(struct az_arena *arena, struct az_sink *sink, const char *name,
          struct az_str text)
{
    return az_read_json(arena, sink, az_source_new(arena, name, text));
}

/* The first profile that a hard budget names, or an empty name. */
static struct az_str
first_profile(const struct az_document *budgets)
{
    const struct az_node *list = az_node_get(budgets->root, "hard_budgets");
    const struct az_node *profiles = NULL;

    if (list != NULL && list->type == AZ_ARRAY && list->count > 0)
        profiles = az_node_get(&list->items[0], "profiles");
    if (profiles == NULL || profiles->type != AZ_OBJECT || profiles->count == 0)
        return AZ_STR("");
    return profiles->members[0].key;
}

/* What must hold whatever was judged. */
static void
check_result(const struct az_sink *sink, const struct az_gate_result *result)
{
    const struct az_counts *counts = &result->counts;
    size_t rows = counts->pass + counts->warn + counts->fail + counts->skip;

    require(rows == result->rows.count);
    require(counts->pass + counts->warn <= result->judged);
    require(result->judged <= rows);
    require(result->judged > 0 || result->verdict == AZ_NO_VERDICT);
    require(counts->fail == 0 || result->verdict == AZ_FAIL ||
            result->verdict == AZ_NO_VERDICT);
    require(counts->warn == 0 || result->verdict != AZ_PASS);
    require(az_sink_class(sink) == AZ_CLASS_NONE ||
            result->verdict == AZ_FAIL || result->verdict == AZ_NO_VERDICT);
}

/* What proves nothing does not pass, nor what is derived from it. */
static void
check_proofs(const struct az_gate_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        const struct az_row *row = &result->items[i];
        size_t count = row->operands != NULL ? row->budget->derived->count : 0;

        if (row->measured != NULL && row->measured->unproven != NULL)
            require(az_row_status(row) >= AZ_ROW_NO_VERDICT);
        for (size_t k = 0; k < count; k++)
            require(row->operands[k]->unproven == NULL ||
                    az_row_status(row) >= AZ_ROW_NO_VERDICT);
    }
}

/* Each line of the event log is JSON. */
static void
check_events(struct az_arena *arena, const struct az_gate_result *result)
{
    struct az_str log = az_gate_events(arena, result, "2026-11-21T00:00:00Z");
    size_t lines = 0;

    while (log.len > 0) {
        const char *end = memchr(log.p, '\n', log.len);
        struct az_sink sink;

        require(end != NULL);
        az_sink_init(&sink, arena);
        require(read_text(arena, &sink, "event",
                          (struct az_str){ log.p, (size_t)(end - log.p) }) !=
                NULL);
        log.len -= (size_t)(end - log.p) + 1;
        log.p = end + 1;
        lines++;
    }
    require(lines == (size_t)result->rows.count + 1);
}

static void
run(struct az_arena *arena, struct az_str input)
{
    const struct az_document *summaries[MAX_SUMMARIES];
    struct az_str required = AZ_STR("M2");
    struct az_gate_input gate = { .measurements = summaries,
                                  .require_metrics = &required,
                                  .commit = "c0ffee",
                                  .commit_source = "--commit",
                                  .now = "2026-11-21T00:00:00Z",
                                  .today = "2026-11-21" };
    struct az_gate_result result;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    gate.budgets = read_text(arena, &sink, "budgets", next_part(&input));
    while (input.len > 0 && gate.measurement_count < MAX_SUMMARIES) {
        const struct az_document *summary =
            read_text(arena, &sink, "summary", next_part(&input));

        if (summary != NULL)
            summaries[gate.measurement_count++] = summary;
    }
    if (gate.budgets == NULL)
        return;
    az_sink_init(&sink, arena);
    gate.profile = first_profile(gate.budgets);
    gate.require_count = gate.measurement_count > 2 ? 1 : 0;
    az_gate_result_init(&result, arena);
    az_gate_judge(arena, &sink, &gate, &result);
    az_sink_sort(&sink);
    check_result(&sink, &result);
    check_proofs(&result);
    check_events(arena, &result);
    (void)az_gate_optimization_summary(arena, gate.budgets);
    (void)az_gate_corpus_summary(arena, gate.budgets);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);

    run(arena, (struct az_str){ (const char *)data, size });
    az_arena_free(arena);
    return 0;
}
