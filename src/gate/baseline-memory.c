/* Which comparisons with a baseline failed before, by the history.
   SPDX-License-Identifier: MIT */

#include "gate/baseline.h"

#include "core/arena.h"
#include "gate/commit-runs.h"

/* The last commit before the one that is judged at which a metric was measured,
   or failed without a value, as pairs do. */
struct last_commit {
    size_t number;
    bool failed;
};

/* Takes RECORD, of the commit that came as number NUMBER, from 0. */
static void
note_last(struct az_baseline_memory *memory, struct az_arena *arena,
          const struct az_record *record, size_t number)
{
    for (size_t i = 0; i < record->row_count; i++) {
        const struct az_record_row *row = &record->rows[i];
        bool failed = row->regression != AZ_REGRESSION_NONE;
        struct az_map_entry *entry;
        struct last_commit *last;

        if (row->status < AZ_RECORD_PASS && !failed)
            continue;
        entry = az_map_put(
            &memory->last,
            az_map_pair_key(arena, row->metric, row->environment), NULL);
        last = entry->value;
        if (last != NULL && number < last->number)
            continue;
        if (last == NULL)
            entry->value = last = AZ_NEW(arena, struct last_commit);
        else if (number == last->number)
            failed |= last->failed;
        *last = (struct last_commit){ number, failed };
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
            note_last(memory, gate->arena, record, at);
    }
}

void
az_baseline_remember(struct az_baseline_memory *ret,
                     const struct az_comparison *c)
{
    *ret = (struct az_baseline_memory){ .gate = c->gate };
    az_map_init(&ret->last, c->gate->arena);
    if (az_baseline_has_history(ret))
        note_branch(ret);
}

/* What failed before: values of the commit that is judged, each once, since the
   same value is the same measurement, judged again. */
struct failures {
    struct failure {
        struct az_decimal base;
        const struct az_unit *unit; /* NULL: it is not known */
        bool blocked;
    } * items;
    size_t count;
};

static bool
are_same(const struct failure *a, const struct failure *b)
{
    return a->unit != NULL && a->unit == b->unit &&
           az_decimal_compare(a->base, b->base) == 0;
}

static void
add_failure(struct failures *list, struct failure failure)
{
    for (size_t i = 0; i < list->count; i++)
        if (are_same(&list->items[i], &failure)) {
            list->items[i].blocked |= failure.blocked;
            return;
        }
    list->items[list->count++] = failure;
}

static struct failures
failures_of(const struct az_baseline_memory *memory, const struct az_row *row)
{
    struct az_arena *arena = memory->gate->arena;
    struct az_commit_rows rows = az_commit_runs_find(
        memory->gate->commit_runs, row->budget->metric, row->environment);
    struct failures ret = { .items = az_arena_array(arena, rows.count,
                                                    sizeof *ret.items) };

    for (size_t i = 0; i < rows.count; i++) {
        struct failure failure = { .blocked = rows.items[i].row->regression ==
                                              AZ_REGRESSION_CONFIRMED };

        if (rows.items[i].row->regression == AZ_REGRESSION_NONE)
            continue;
        failure.base =
            az_record_row_value(arena, rows.items[i].row, &failure.unit);
        add_failure(&ret, failure);
    }
    return ret;
}

/* Other runs of the commit that failed. */
struct others {
    size_t count;
    bool blocked; /* one of them did */
};

/* Those that are not the one of TEST's row, with the same value.  What pairs
   are compared by is no value of a row. */
static struct others
others_of(const struct az_baseline_memory *memory,
          const struct az_baseline_test *test)
{
    const struct az_row *row = test->row;
    struct az_arena *arena = memory->gate->arena;
    struct failures list = failures_of(memory, row);
    struct failure now = { .unit = NULL };
    struct others ret = { .count = 0 };

    if (row->has_value && test->plan->design != AZ_DESIGN_PAIRS)
        now = (struct failure){ .base = az_unit_to_base(
                                    arena, row->unit, az_row_kept(arena, row)),
                                .unit = az_unit_base(row->unit->dimension) };
    for (size_t i = 0; i < list.count; i++) {
        if (are_same(&list.items[i], &now))
            continue;
        ret.blocked |= list.items[i].blocked;
        ret.count++;
    }
    return ret;
}

bool
az_baseline_is_confirmed(const struct az_baseline_memory *memory,
                         const struct az_baseline_test *test)
{
    const struct last_commit *last;

    if (!az_baseline_has_history(memory))
        return false;
    last = az_map_get(&memory->last, az_map_pair_key(memory->gate->arena,
                                                     test->row->budget->metric,
                                                     test->row->environment));
    return others_of(memory, test).count > 0 || (last != NULL && last->failed);
}

bool
az_baseline_failed_before(const struct az_baseline_memory *memory,
                          const struct az_baseline_test *test)
{
    struct others others;

    if (!az_baseline_has_history(memory))
        return false;
    others = others_of(memory, test);
    return others.count > 1 || others.blocked;
}

struct az_decimal
az_baseline_worst(const struct az_baseline_memory *memory,
                  const struct az_baseline_test *test,
                  const struct az_unit **ret_unit)
{
    struct failures list = failures_of(memory, test->row);
    bool higher = test->row->budget->higher_is_better;
    struct az_decimal worst = list.items[0].base;

    *ret_unit = az_unit_base(test->row->unit->dimension);
    for (size_t i = 0; i < list.count; i++) {
        const struct failure *failure = &list.items[i];

        if (failure->unit != az_unit_base(test->row->unit->dimension))
            *ret_unit = NULL;
        else if (az_decimal_compare(failure->base, worst) * (higher ? -1 : 1) >
                 0)
            worst = failure->base;
    }
    return worst;
}
