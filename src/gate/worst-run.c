/* What a commit was at its worst, by a history.
   SPDX-License-Identifier: MIT */

#include "gate/worst-run.h"

#include "core/arena.h"
#include "gate/session.h"

/* Widens what RUN spans by the value of ROW. */
static void
add_value(struct az_arena *arena, struct az_worst_run *run, bool first,
          const struct az_record_row *row)
{
    const struct az_unit *unit = az_unit_find(row->unit);
    struct az_decimal value;

    if (unit == NULL || !az_decimal_parse(arena, row->value, &value)) {
        run->unit = NULL;
        return;
    }
    value = az_unit_to_base(arena, unit, value);
    if (first) {
        run->unit = az_unit_base(unit->dimension);
        run->least = run->most = value;
    } else if (run->unit == NULL || run->unit->dimension != unit->dimension) {
        run->unit = NULL;
    } else if (az_decimal_compare(value, run->least) < 0) {
        run->least = value;
    } else if (az_decimal_compare(value, run->most) > 0) {
        run->most = value;
    }
}

static void
add_row(struct az_worst_runs *runs, const struct az_record_row *row,
        struct az_str environment)
{
    bool first;
    struct az_map_entry *entry = az_map_put(
        &runs->by_row, az_map_pair_key(runs->arena, row->metric, environment),
        &first);
    struct az_worst_run *run = entry->value;

    if (first)
        entry->value = run = AZ_NEW(runs->arena, struct az_worst_run);
    if (first || row->status > run->status)
        run->status = row->status;
    add_value(runs->arena, run, first, row);
}

void
az_worst_runs_init(struct az_worst_runs *ret, struct az_arena *arena,
                   const struct az_history *history, struct az_str profile,
                   struct az_str commit)
{
    ret->arena = arena;
    az_map_init(&ret->by_row, arena);
    for (size_t i = 0; i < history->count; i++) {
        const struct az_record *record = &history->records[i];

        if (!az_str_eq(record->profile, profile) ||
            !az_gate_is_same_commit(record->commit, commit))
            continue;
        for (size_t k = 0; k < record->row_count; k++) {
            const struct az_record_row *row = &record->rows[k];

            if (row->status < AZ_RECORD_PASS)
                continue;
            add_row(ret, row, row->environment);
            if (row->environment.len > 0)
                add_row(ret, row, AZ_STR(""));
        }
    }
}

const struct az_worst_run *
az_worst_runs_find(const struct az_worst_runs *runs, struct az_str metric,
                   struct az_str environment)
{
    return az_map_get(&runs->by_row,
                      az_map_pair_key(runs->arena, metric, environment));
}
