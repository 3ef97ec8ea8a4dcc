/* Which comparisons with a baseline failed before, by the history.
   SPDX-License-Identifier: MIT */

#include "gate/baseline.h"

#include "core/arena.h"
#include "gate/history.h"

/* A value of the commit that is judged, which failed; its unit is NULL where it
   is not known. */
struct failure {
    struct az_decimal base;
    const struct az_unit *unit;
};

/* Those of a metric in an environment. */
struct failures {
    struct failure *items;
    size_t count;
    size_t capacity;
};

static bool
are_same(const struct failure *a, const struct failure *b)
{
    return a->unit != NULL && b->unit != NULL &&
           az_decimal_compare(a->base, b->base) == 0;
}

/* Adds what ROW of a record has; the same value is the same measurement, judged
   again. */
static void
note_failure(struct az_baseline_memory *memory, struct az_arena *arena,
             const struct az_record_row *row)
{
    struct az_map_entry *entry =
        az_map_put(&memory->failures,
                   az_map_pair_key(arena, row->metric, row->environment), NULL);
    struct failures *list = entry->value;
    struct failure failure = { .unit = az_unit_find(row->unit) };
    struct az_decimal value;

    if (failure.unit != NULL && az_decimal_parse(arena, row->value, &value))
        failure.base = az_unit_to_base(arena, failure.unit, value);
    else
        failure.unit = NULL;
    if (list == NULL)
        entry->value = list = AZ_NEW(arena, struct failures);
    for (size_t i = 0; i < list->count; i++)
        if (are_same(&list->items[i], &failure))
            return;
    list->items = az_arena_grow(arena, list->items, list->count,
                                &list->capacity, sizeof *list->items);
    list->items[list->count++] = failure;
}

/* The last commit before the one that is judged at which a metric was measured,
   or failed without a value, as pairs do. */
struct before {
    size_t commit;
    bool failed;
};

/* Takes RECORD, of the commit that came as number COMMIT, from 0. */
static void
note_before(struct az_baseline_memory *memory, struct az_arena *arena,
            const struct az_record *record, size_t commit)
{
    for (size_t i = 0; i < record->row_count; i++) {
        const struct az_record_row *row = &record->rows[i];
        bool failed = row->regression != AZ_REGRESSION_NONE;
        struct az_map_entry *entry;
        struct before *before;

        if (row->status < AZ_RECORD_PASS && !failed)
            continue;
        entry = az_map_put(
            &memory->before,
            az_map_pair_key(arena, row->metric, row->environment), NULL);
        before = entry->value;
        if (before != NULL && commit < before->commit)
            continue;
        if (before == NULL)
            entry->value = before = AZ_NEW(arena, struct before);
        else if (commit == before->commit)
            failed |= before->failed;
        *before = (struct before){ commit, failed };
    }
}

/* Takes the commits of the branch that came before the one that is judged: a
   commit has its place by the first of its runs. */
static void
note_branch(struct az_baseline_memory *memory)
{
    const struct az_gate *gate = memory->gate;
    const struct az_history *history = gate->input->history;
    struct az_str known = gate->result->known_commit;
    size_t number = SIZE_MAX; /* of the commit that is judged */
    struct az_map commits;

    az_map_init(&commits, gate->arena);
    for (size_t i = 0; i < history->count; i++) {
        const struct az_record *record = &history->records[i];
        struct az_map_entry *entry;
        bool is_new;
        size_t at;

        if (!az_str_eq(record->profile, gate->input->profile) ||
            !az_str_eq(record->branch, gate->input->branch))
            continue;
        entry = az_map_put(&commits, record->commit, &is_new);
        if (is_new)
            entry->value = (void *)(uintptr_t)commits.count;
        at = (size_t)(uintptr_t)entry->value - 1;
        if (az_str_eq(record->commit, known))
            number = at;
        else if (at < number)
            note_before(memory, gate->arena, record, at);
    }
}

void
az_baseline_remember(struct az_baseline_memory *ret,
                     const struct az_comparison *c)
{
    const struct az_gate *gate = c->gate;
    const struct az_history *history = gate->input->history;
    struct az_str commit = gate->result->known_commit;

    *ret = (struct az_baseline_memory){ .gate = gate };
    ret->asked = history != NULL && commit.len > 0;
    if (!ret->asked)
        return;
    az_map_init(&ret->before, gate->arena);
    note_branch(ret);
    az_map_init(&ret->failures, gate->arena);
    for (size_t i = 0; i < history->count; i++) {
        const struct az_record *record = &history->records[i];

        if (!az_gate_is_same_commit(record->commit, commit) ||
            !az_str_eq(record->profile, gate->input->profile))
            continue;
        for (size_t k = 0; k < record->row_count; k++)
            if (record->rows[k].regression != AZ_REGRESSION_NONE)
                note_failure(ret, gate->arena, &record->rows[k]);
    }
}

static const struct failures *
failures_of(const struct az_baseline_memory *memory, const struct az_row *row)
{
    return az_map_get(&memory->failures,
                      az_map_pair_key(memory->gate->arena, row->budget->metric,
                                      row->environment));
}

/* How many runs of the commit failed that are not the one of TEST's row, with
   the same value.  What pairs are compared by is no value of a row. */
static size_t
count_others(const struct az_baseline_memory *memory,
             const struct az_baseline_test *test)
{
    const struct az_row *row = test->row;
    const struct failures *list = failures_of(memory, row);
    struct az_arena *arena = memory->gate->arena;
    struct failure now = { .unit = NULL };
    size_t count = 0;

    if (row->has_value && test->plan->design != AZ_DESIGN_PAIRS)
        now = (struct failure){ az_unit_to_base(arena, row->unit,
                                                az_row_kept(arena, row)),
                                row->unit };
    for (size_t i = 0; list != NULL && i < list->count; i++)
        count += !are_same(&list->items[i], &now);
    return count;
}

bool
az_baseline_is_confirmed(const struct az_baseline_memory *memory,
                         const struct az_baseline_test *test)
{
    const struct before *before;

    if (!memory->asked)
        return false;
    before =
        az_map_get(&memory->before, az_map_pair_key(memory->gate->arena,
                                                    test->row->budget->metric,
                                                    test->row->environment));
    return count_others(memory, test) > 0 || (before != NULL && before->failed);
}

bool
az_baseline_failed_twice(const struct az_baseline_memory *memory,
                         const struct az_baseline_test *test)
{
    return memory->asked && count_others(memory, test) > 1;
}

struct az_decimal
az_baseline_worst(const struct az_baseline_memory *memory,
                  const struct az_baseline_test *test,
                  const struct az_unit **ret)
{
    const struct failures *list = failures_of(memory, test->row);
    bool higher = test->row->budget->higher_is_better;
    struct az_decimal worst = list->items[0].base;

    *ret = az_unit_base(test->row->unit->dimension);
    for (size_t i = 0; i < list->count; i++) {
        const struct failure *failure = &list->items[i];

        if (failure->unit == NULL ||
            failure->unit->dimension != test->row->unit->dimension)
            *ret = NULL;
        else if (az_decimal_compare(failure->base, worst) * (higher ? -1 : 1) >
                 0)
            worst = failure->base;
    }
    return worst;
}
