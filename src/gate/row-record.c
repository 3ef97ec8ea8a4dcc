/* What a history keeps of a gate: a record of its rows.
   SPDX-License-Identifier: MIT */

#include "gate/gate.h"

#include "core/arena.h"

enum az_record_status
az_row_record_status(const struct az_row *row)
{
    static const enum az_record_status statuses[AZ_ROW_STATUS_COUNT] = {
        [AZ_ROW_SKIP] = AZ_RECORD_SKIP,          [AZ_ROW_PASS] = AZ_RECORD_PASS,
        [AZ_ROW_WAIVED] = AZ_RECORD_PASS,        [AZ_ROW_WARN] = AZ_RECORD_WARN,
        [AZ_ROW_NO_VERDICT] = AZ_RECORD_MISSING, [AZ_ROW_FAIL] = AZ_RECORD_FAIL,
    };

    return statuses[row->by_limits];
}

static struct az_record_row
record_row(struct az_arena *arena, const struct az_row *row)
{
    struct az_record_row ret = {
        .metric = row->budget->metric,
        .environment = row->environment,
        .unit = az_str_from(row->unit->name),
        .status = az_row_record_status(row),
        .regression = row->regression,
    };

    if (row->has_value && row->by_limits != AZ_ROW_NO_VERDICT)
        ret.value = az_decimal_print(arena, az_row_kept(arena, row));
    else if (ret.status != AZ_RECORD_SKIP)
        ret.status = AZ_RECORD_MISSING;
    return ret;
}

struct az_record
az_gate_record(const struct az_gate_result *result, struct az_str branch,
               struct az_str time, enum az_verdict verdict)
{
    struct az_record_row *rows =
        az_arena_array(result->arena, result->count, sizeof *rows);
    size_t i, count = 0;

    for (i = 0; i < result->count; i++)
        if (!result->items[i].benchmark)
            rows[count++] = record_row(result->arena, &result->items[i]);
    return (struct az_record){ .commit = result->known_commit,
                               .branch = branch,
                               .profile = result->profile,
                               .time = time,
                               .verdict = verdict,
                               .rows = rows,
                               .row_count = count };
}
