/* Which runs of a series a value is held against: those of the last level that
   was accepted.
   SPDX-License-Identifier: MIT */

#include <math.h>

#include "core/arena.h"
#include "gate/baseline.h"
#include "stat/change.h"

/* The last runs, so many at most, are searched for changes. */
#define SEARCHED 200
/* Runs of a level: a single one is none. */
#define SEGMENT 5
/* The p of Welch's and of Student's test that a change has at most, without any
   random numbers; stat/change.h says how often it is found without cause. */
#define CHANGE_P 0.0001

struct search {
    struct az_comparison *c;
    struct az_baseline_test *test;
    /* runs that are of other commits, the oldest first */
    const struct az_run_point *points[SEARCHED];
    double numbers[SEARCHED]; /* in base units */
    double worse[SEARCHED];   /* logarithms, higher if worse */
    size_t count;
    size_t all; /* of the series, with those before the search */
    struct az_change changes[SEARCHED / SEGMENT];
    size_t change_count;
};

/* The runs since START, before STOP, and why a window may begin with them. */
struct level {
    size_t start;
    size_t stop;
    double mean;
    double change; /* how much better or worse than the level before */
    const struct az_node *accepted; /* what says that it was; NULL: it is
                                       better, or the first */
};

/* A change by half of what counts is one: mixed, two levels that lie so far
   apart hide no more than that. */
static double
floor_of(const struct az_baseline_test *test)
{
    return log1p(test->plan->effect) / 2;
}

/* Puts the runs of SEARCH's series into it.  A value without a logarithm ends
   it, where a comparison would not meet that.  False where it does. */
static bool
gather(struct search *s)
{
    const struct az_run_series *series = s->test->base;
    struct az_str commit = s->c->gate->result->commit;
    double sign = s->test->row->budget->higher_is_better ? -1 : 1;
    size_t at = SEARCHED;

    for (size_t i = series->count; i > 0; i--) {
        const struct az_run_point *point = &series->points[i - 1];
        double number;

        if (az_gate_is_same_commit(point->run->commit, commit))
            continue;
        s->all++;
        if (at == 0 || s->all > SEARCHED - at + 1)
            continue;
        number = az_decimal_to_double(point->value->base);
        if (!az_baseline_is_usable(number)) {
            if (SEARCHED - at < AZ_BASELINE_RUNS)
                return false;
            continue;
        }
        at--;
        s->points[at] = point;
        s->numbers[at] = number;
        s->worse[at] = sign * log(number);
    }
    s->count = SEARCHED - at;
    for (size_t i = 0; at > 0 && i < s->count; i++) {
        s->points[i] = s->points[at + i];
        s->numbers[i] = s->numbers[at + i];
        s->worse[i] = s->worse[at + i];
    }
    return true;
}

static void
find_changes(struct search *s)
{
    const struct az_change_rule rule = { .min_segment = SEGMENT,
                                         .min_effect = floor_of(s->test),
                                         .alpha = CHANGE_P };
    double work[AZ_CHANGE_WORK(SEARCHED)];

    if (az_change_find((struct az_sample){ s->worse, s->count }, &rule, work,
                       s->changes, &s->change_count) != AZ_STAT_OK)
        s->change_count = 0;
}

/* The level that begins with change number I - 1; with I = 0 the first. */
static struct level
level_at(const struct search *s, size_t i)
{
    struct level ret = {
        .start = i == 0 ? 0 : s->changes[i - 1].at,
        .stop = i < s->change_count ? s->changes[i].at : s->count,
    };

    for (size_t k = ret.start; k < ret.stop; k++)
        ret.mean += s->worse[k] / (double)(ret.stop - ret.start);
    return ret;
}

/* What says that somebody accepted LEVEL: one of its first runs was promoted by
   a waiver. */
static const struct az_node *
acceptance_of(const struct search *s, const struct level *level)
{
    for (size_t i = level->start; i < level->start + SEGMENT; i++)
        if (s->points[i]->accepted != NULL)
            return s->points[i]->accepted;
    return NULL;
}

/* The levels that a window may begin with: the first, or the last one that is
   worse and was accepted, and those after it that are better than it.  RET has
   room for all.  What is worse and was not accepted does not become the level
   that others are held against, nor does what comes after it and is no better
   than what was before. */
static size_t
take_levels(const struct search *s, struct level *ret)
{
    size_t count = 1;

    ret[0] = level_at(s, 0);
    for (size_t i = 1; i <= s->change_count; i++) {
        struct level level = level_at(s, i);
        double mean = ret[count - 1].mean;

        level.change = level.mean - mean;
        if (level.mean > mean) {
            level.accepted = acceptance_of(s, &level);
            if (level.accepted == NULL)
                continue;
            count = 0; /* what was before does not matter any more */
        }
        ret[count++] = level;
    }
    return count;
}

/* The first run of a window that begins with LEVEL and ends before STOP. */
static size_t
start_of(const struct level *level, size_t stop)
{
    return stop - level->start > AZ_BASELINE_RUNS ? stop - AZ_BASELINE_RUNS
                                                  : level->start;
}

/* Of the COUNT LEVELS the last of which there are runs enough, else the first.
   A better one that is found at all lets less pass than all runs since the
   first would: the step between them, of five of its deviations or more, makes
   their interval wider than few runs make its own. */
static size_t
choose(const struct search *s, const struct level *levels, size_t count,
       size_t stop)
{
    size_t i = count - 1;

    while (i > 0 && stop - levels[i].start < s->test->plan->min_runs)
        i--;
    return i;
}

static const char *
commit_of(const struct search *s, size_t i)
{
    return az_str_quote(s->c->gate->arena, s->points[i]->run->commit);
}

/* How much DIFFERENCE of logarithms is, in per cent. */
static const char *
percent_of(const struct search *s, double difference)
{
    double sign = s->test->row->budget->higher_is_better ? -1 : 1;

    return az_baseline_percent(s->c->gate->arena, expm1(sign * difference));
}

/* Why just these runs. */
static const char *
why(const struct search *s, const struct level *level, size_t start,
    size_t stop)
{
    struct az_buf buf;

    az_buf_init(&buf, s->c->gate->arena);
    if (start > level->start || (start == 0 && s->all > s->count))
        az_buf_addf(&buf, "the last %zu ", stop - start);
    else if (start == 0 && stop == s->count)
        az_buf_addf(&buf, "all %zu ", stop - start);
    else
        az_buf_addf(&buf, "the %zu ", stop - start);
    az_buf_add_c(&buf, "runs");
    if (level->start > 0 && level->accepted != NULL) {
        az_buf_addf(&buf, " since %s, a change by %s that was accepted (",
                    commit_of(s, level->start), percent_of(s, level->change));
        az_buf_add_escaped(
            &buf, az_node_text(az_node_get(level->accepted, "ticket")), 0);
        az_buf_add_c(&buf, ")");
    } else if (level->start > 0) {
        az_buf_addf(&buf, " since %s, a change for the better by %s",
                    commit_of(s, level->start), percent_of(s, level->change));
    }
    if (stop < s->count)
        az_buf_addf(&buf,
                    " before %s: from there on they are worse, and nobody "
                    "accepted that",
                    commit_of(s, stop));
    return buf.p;
}

/* Notes the runs from START to STOP as those of the window. */
static void
set_window(const struct search *s, const struct level *level, size_t start,
           size_t stop)
{
    struct az_baseline_window *window = s->test->window;

    window->count = stop - start;
    for (size_t i = start; i < stop; i++) {
        window->points[i - start] = s->points[i];
        window->numbers[i - start] = s->numbers[i];
    }
    window->why = why(s, level, start, stop);
    window->cut = level->start > 0 || stop < s->count;
}

/* The last runs as they are: one of them has no logarithm, and the comparison
   will say so. */
static void
set_last(const struct search *s)
{
    struct az_baseline_window *window = s->test->window;
    const struct az_run_series *series = s->test->base;
    struct az_str commit = s->c->gate->result->commit;

    for (size_t i = series->count; i > 0 && window->count < AZ_BASELINE_RUNS;
         i--) {
        const struct az_run_point *point = &series->points[i - 1];

        if (az_gate_is_same_commit(point->run->commit, commit))
            continue;
        window->points[window->count] = point;
        window->numbers[window->count++] =
            az_decimal_to_double(point->value->base);
    }
    window->why = "the last runs";
}

void
az_baseline_choose_window(struct az_comparison *c,
                          struct az_baseline_test *test)
{
    struct search s = { .c = c, .test = test };
    struct level levels[SEARCHED / SEGMENT + 1];
    size_t count, chosen, stop;
    double rest;

    test->window = AZ_NEW(c->gate->arena, struct az_baseline_window);
    *test->window = (struct az_baseline_window){ .count = 0 };
    if (test->base == NULL)
        return;
    if (!gather(&s)) {
        set_last(&s);
        return;
    }
    if (s.count == 0)
        return;
    find_changes(&s);
    count = take_levels(&s, levels);
    stop = levels[count - 1].stop;
    chosen = choose(&s, levels, count, stop);
    set_window(&s, &levels[chosen], start_of(&levels[chosen], stop), stop);
    if (stop == s.count)
        return;
    rest = level_at(&s, s.change_count).mean - levels[count - 1].mean;
    if (rest >= floor_of(test)) {
        test->window->creeping = s.points[stop];
        test->window->creep = percent_of(&s, rest);
    }
}
