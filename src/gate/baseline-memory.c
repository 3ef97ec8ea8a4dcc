/* Which comparisons with a baseline failed before, by the history.
   SPDX-License-Identifier: MIT */

#include "gate/baseline.h"

#include "core/arena.h"

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

static struct az_str
key_of(struct az_arena *arena, struct az_str metric, struct az_str environment)
{
    const struct az_str texts[] = { metric, environment };

    return az_map_key(arena, texts, 2);
}

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
    struct az_map_entry *entry = az_map_put(
        &memory->failures, key_of(arena, row->metric, row->environment), NULL);
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
    az_streaks_init(&ret->streaks, gate->arena, history, gate->input->profile,
                    gate->input->branch);
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

/* How many runs of the commit failed that are not the one of TEST's row, with
   the same value.  What pairs are compared by is no value of a row. */
static size_t
count_others(const struct az_baseline_memory *memory,
             const struct az_baseline_test *test)
{
    const struct az_row *row = test->row;
    const struct failures *list = az_map_get(
        &memory->failures,
        key_of(memory->gate->arena, row->budget->metric, row->environment));
    struct failure now = { .unit = NULL };
    size_t count = 0;

    if (row->has_value && test->plan->design != AZ_DESIGN_PAIRS)
        now = (struct failure){ az_unit_to_base(memory->gate->arena, row->unit,
                                                row->value),
                                row->unit };
    for (size_t i = 0; list != NULL && i < list->count; i++)
        count += !are_same(&list->items[i], &now);
    return count;
}

/* Whether the commit before it on the branch failed, of those at which the
   metric was measured. */
static bool
commit_before_failed(const struct az_baseline_memory *memory,
                     const struct az_row *row)
{
    const struct az_track *track = az_streaks_track(
        &memory->streaks, row->budget->metric, row->environment);
    const struct az_map_entry *entry = az_map_find(
        &memory->streaks.commits, memory->gate->result->known_commit);
    size_t number =
        entry == NULL ? SIZE_MAX : (size_t)(uintptr_t)entry->value - 1;
    size_t i = track == NULL ? 0 : track->count;

    /* not this commit, nor those that came after it, where it is judged again
     */
    while (i > 0 && track->points[i - 1].commit >= number)
        i--;
    return i > 0 && track->points[i - 1].regression != AZ_REGRESSION_NONE;
}

bool
az_baseline_is_confirmed(const struct az_baseline_memory *memory,
                         const struct az_baseline_test *test)
{
    return memory->asked && (count_others(memory, test) > 0 ||
                             commit_before_failed(memory, test->row));
}

bool
az_baseline_failed_twice(const struct az_baseline_memory *memory,
                         const struct az_baseline_test *test)
{
    return memory->asked && count_others(memory, test) > 1;
}
