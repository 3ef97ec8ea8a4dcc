/* Values that are declared exact: the same in each run of a commit.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "gate/session.h"

/* All that the history has of one metric and environment, of one commit. */
struct past_list {
    struct az_past *items;
    size_t count;
    size_t capacity;
};

static bool
differs(struct az_gate *gate, const struct az_row *row,
        const struct az_past *past)
{
    return past->unit == NULL ||
           past->unit->dimension != row->unit->dimension ||
           az_decimal_compare(
               az_unit_to_base(gate->arena, row->unit, row->value),
               az_unit_to_base(gate->arena, past->unit, past->value)) != 0;
}

void
az_gate_check_exact(struct az_gate *gate, struct az_row *row,
                    const struct az_past *past, size_t count)
{
    const struct az_measurement *m = row->measured;
    struct az_diag *diag;
    const char *reason;
    size_t i = 0;

    while (i < count && !differs(gate, row, &past[i]))
        i++;
    if (i == count)
        return;
    reason = az_arena_printf(
        gate->arena,
        "declared exact but varies: %s %s, and %s %s in an earlier run of the "
        "commit",
        az_decimal_print(gate->arena, row->value).p, row->unit->name,
        az_decimal_print(gate->arena, past[i].value).p,
        past[i].unit != NULL ? past[i].unit->name : "of no known unit");
    diag = az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_VARIES,
                       az_measurement_place(m, "value"),
                       "%s is %s (profile %s, %s)",
                       az_str_quote(gate->arena, row->budget->metric), reason,
                       az_str_quote(gate->arena, m->profile),
                       az_str_quote(gate->arena, m->environment));
    diag->pointer = az_measurement_pointer(gate->arena, m, "value");
    az_diag_relate(gate->sink, diag,
                   az_document_place(gate->budgets.document,
                                     az_node_get(row->budget->row, "assume")),
                   "declared here");
    az_diag_hint(gate->sink, diag,
                 "find out in what the two runs differ, or take 'assume' out");
    az_row_decide(gate->arena, row,
                  (struct az_decision){ .status = AZ_ROW_NO_VERDICT,
                                        .rule = AZ_STR("assume"),
                                        .reason = reason,
                                        .place = diag->place,
                                        .finding = diag });
}

static struct az_str
key_of(struct az_gate *gate, struct az_str metric, struct az_str environment)
{
    struct az_buf key;

    az_buf_init(&key, gate->arena);
    az_buf_addf(&key, "%zu:", metric.len);
    az_buf_add(&key, metric);
    az_buf_add(&key, environment);
    return az_buf_str(&key);
}

static void
note_past(struct az_gate *gate, struct az_map *map,
          const struct az_record_row *kept)
{
    struct az_map_entry *entry =
        az_map_put(map, key_of(gate, kept->metric, kept->environment), NULL);
    struct past_list *list = entry->value;
    struct az_past past = { .unit = az_unit_find(kept->unit) };

    if (kept->value.len == 0 || /* it was not measured then */
        !az_decimal_parse(gate->arena, kept->value, &past.value))
        return;
    if (list == NULL)
        entry->value = list = AZ_NEW(gate->arena, struct past_list);
    list->items = az_arena_grow(gate->arena, list->items, list->count,
                                &list->capacity, sizeof *list->items);
    list->items[list->count++] = past;
}

/* The values that HISTORY has of the commit and profile that are judged, on
   whatever branch. */
static void
gather_past(struct az_gate *gate, const struct az_history *history,
            struct az_map *map)
{
    const struct az_gate_result *result = gate->result;

    for (size_t i = 0; i < history->count; i++) {
        const struct az_record *record = &history->records[i];

        if (!az_gate_is_same_commit(record->commit, result->known_commit) ||
            !az_str_eq(record->profile, result->profile))
            continue;
        for (size_t k = 0; k < record->row_count; k++)
            note_past(gate, map, &record->rows[k]);
    }
}

static bool
is_exact(const struct az_row *row)
{
    return row->budget->exact && row->measured != NULL && row->has_value;
}

void
az_gate_check_repeats(struct az_gate *gate)
{
    struct az_gate_result *result = gate->result;
    struct az_map past;
    bool any = false;

    for (size_t i = 0; i < result->count; i++)
        any |= is_exact(&result->items[i]);
    if (!any || gate->input->history == NULL || result->known_commit.len == 0)
        return;
    az_map_init(&past, gate->arena);
    gather_past(gate, gate->input->history, &past);
    for (size_t i = 0; i < result->count; i++) {
        struct az_row *row = &result->items[i];
        const struct past_list *list;

        if (!is_exact(row))
            continue;
        list = az_map_get(&past, key_of(gate, row->budget->metric,
                                        row->measured->environment));
        if (list != NULL)
            az_gate_check_exact(gate, row, list->items, list->count);
    }
}
