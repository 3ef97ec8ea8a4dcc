/* What a history has of one commit.
   SPDX-License-Identifier: MIT */

#include "gate/commit-runs.h"

#include "core/arena.h"
#include "gate/session.h"

static void
add_row(struct az_commit_runs *runs, const struct az_record_row *row,
        enum az_verdict verdict)
{
    struct az_map_entry *entry = az_map_put(
        &runs->rows,
        az_map_pair_key(runs->arena, row->metric, row->environment), NULL);
    struct az_commit_rows *rows = entry->value;

    if (rows == NULL)
        entry->value = rows = AZ_NEW(runs->arena, struct az_commit_rows);
    rows->items = az_arena_grow(runs->arena, rows->items, rows->count,
                                &rows->capacity, sizeof *rows->items);
    rows->items[rows->count++] = (struct az_commit_row){ row, verdict };
}

void
az_commit_runs_init(struct az_commit_runs *ret, struct az_arena *arena,
                    const struct az_history *history, struct az_str profile,
                    struct az_str commit)
{
    ret->arena = arena;
    az_map_init(&ret->rows, arena);
    for (size_t i = 0; i < history->count; i++) {
        const struct az_record *record = &history->records[i];

        if (!az_str_eq(record->profile, profile) ||
            !az_gate_is_same_commit(record->commit, commit))
            continue;
        for (size_t k = 0; k < record->row_count; k++)
            add_row(ret, &record->rows[k], record->verdict);
    }
}

struct az_commit_rows
az_commit_runs_find(const struct az_commit_runs *runs, struct az_str metric,
                    struct az_str environment)
{
    const struct az_commit_rows *rows = az_map_get(
        &runs->rows, az_map_pair_key(runs->arena, metric, environment));

    return rows != NULL ? *rows : (struct az_commit_rows){ .count = 0 };
}

struct az_decimal
az_record_row_value(struct az_arena *arena, const struct az_record_row *row,
                    const struct az_unit **ret_unit)
{
    const struct az_unit *unit = az_unit_find(row->unit);
    struct az_decimal value = az_decimal_from_int(arena, 0);

    *ret_unit = NULL;
    if (unit == NULL || !az_decimal_parse(arena, row->value, &value))
        return value;
    *ret_unit = az_unit_base(unit->dimension);
    return az_unit_to_base(arena, unit, value);
}

struct az_commit_rows
az_commit_rows_failed(struct az_arena *arena, struct az_commit_rows rows)
{
    struct az_commit_rows ret = { .count = 0 };

    ret.items = az_arena_array(arena, rows.count, sizeof *ret.items);
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i].verdict > AZ_WARN)
            ret.items[ret.count++] = rows.items[i];
    return ret;
}

struct az_commit_extent
az_commit_rows_extent(struct az_arena *arena, struct az_commit_rows rows)
{
    struct az_commit_extent ret = { .worst = AZ_RECORD_SKIP };
    bool first = true;

    for (size_t i = 0; i < rows.count; i++) {
        const struct az_record_row *row = rows.items[i].row;
        const struct az_unit *unit;
        struct az_decimal value;

        if (row->status < AZ_RECORD_PASS)
            continue;
        value = az_record_row_value(arena, row, &unit);
        if (row->status > ret.worst)
            ret.worst = row->status;
        if (first)
            ret.unit = unit;
        else if (unit != ret.unit)
            ret.unit = NULL;
        if (first || az_decimal_compare(value, ret.least) < 0)
            ret.least = value;
        if (first || az_decimal_compare(value, ret.most) > 0)
            ret.most = value;
        first = false;
    }
    return ret;
}
