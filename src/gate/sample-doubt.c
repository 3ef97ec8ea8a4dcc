/* What makes the value of samples doubtful.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include <stdlib.h>

#include "core/arena.h"
#include "stat/binomial.h"

/* Of a stratum each doubt is told once, of the first group that has it. */

static struct az_diag *
report_doubt(struct az_sampling *s, const struct az_log_group *group,
             enum az_diag_id id, const char *message)
{
    az_sampling_look_at(s, group);
    return az_sampling_report(s, id, "seed", message);
}

/* How many samples are to be beyond the percentile: as many as are beyond the
   95th of the fewest that a protocol may want, 2000 of a latency and 500 of
   memory.  So one that keeps to the protocol is not doubted for it. */
static unsigned
tail_support(const struct az_sampling *s)
{
    return s->kind == AZ_SAMPLING_MEMORY ? 25 : 100;
}

static void
doubt_tail(struct az_sampling *s)
{
    unsigned support = tail_support(s);
    uint64_t least = az_quantile_support_needs(s->ppm, support);

    for (size_t i = 0; i < s->stratum->count; i++) {
        const struct az_log_group *group = s->stratum->groups[i];
        size_t count = s->stratum->evidence[i].unrepeated;

        if (count >= least)
            continue;
        az_diag_hint(
            s->gate->sink,
            report_doubt(
                s, group, AZ_DIAG_SAMPLE_TAIL,
                az_arena_printf(s->gate->arena,
                                "of the %zu samples of seed %lld fewer than %u "
                                "are beyond the percentile",
                                count, (long long)group->seed, support)),
            "%llu samples of each seed would do, or know that the value is "
            "rough",
            (unsigned long long)least);
        return;
    }
}

/* A log that was read twice, or written over and over, has no more evidence
   than one of its copies. */
static void
doubt_repeats(struct az_sampling *s)
{
    for (size_t i = 0; i < s->stratum->count; i++) {
        const struct az_log_group *group = s->stratum->groups[i];
        const char *copies = az_sampling_copies(
            s->gate->arena, &s->stratum->evidence[i], group->samples.count);

        if (copies == NULL)
            continue;
        report_doubt(s, group, AZ_DIAG_SAMPLE_IDENTICAL,
                     az_arena_printf(
                         s->gate->arena, "the %zu samples of seed %lld are %s",
                         group->samples.count, (long long)group->seed, copies));
        return;
    }
}

static void
doubt_values(struct az_sampling *s)
{
    for (size_t i = 0; i < s->stratum->count; i++) {
        const struct az_log_group *group = s->stratum->groups[i];
        size_t count = s->stratum->evidence[i].values;

        if (count >= AZ_SAMPLE_MIN_DISTINCT)
            continue;
        report_doubt(
            s, group, AZ_DIAG_SAMPLE_DISTINCT,
            az_arena_printf(
                s->gate->arena,
                "the %zu samples of seed %lld have %s: the clock "
                "may be too coarse",
                group->samples.count, (long long)group->seed,
                az_str_counted(s->gate->arena, count, "distinct value")));
        return;
    }
}

/* A rule gives no times; what a program takes of memory may follow one. */
static void
doubt_rules(struct az_sampling *s)
{
    for (size_t i = 0; i < s->stratum->count; i++) {
        const struct az_log_group *group = s->stratum->groups[i];
        size_t count = s->stratum->evidence[i].steps;
        struct az_arena *arena = s->gate->arena;

        if (s->kind != AZ_SAMPLING_LATENCY || count >= AZ_SAMPLE_MIN_DISTINCT)
            continue;
        report_doubt(
            s, group, AZ_DIAG_SAMPLE_DISTINCT,
            az_arena_printf(
                arena,
                "the %zu samples of seed %lld follow a rule, with %s from one "
                "to the next",
                group->samples.count, (long long)group->seed,
                az_str_counted(arena, count, "distinct step")));
        return;
    }
}

struct hashed {
    uint64_t hash;
    const struct az_log_group *group;
};

static int
compare_hashes(const void *a, const void *b)
{
    const struct hashed *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->group->seed > y->group->seed) -
           (x->group->seed < y->group->seed);
}

static void
doubt_copies(struct az_sampling *s)
{
    size_t count = s->stratum->count;
    struct hashed *all = az_arena_array(s->gate->arena, count, sizeof *all);

    for (size_t i = 0; i < count; i++)
        all[i] =
            (struct hashed){ az_series_hash(&s->stratum->groups[i]->samples),
                             s->stratum->groups[i] };
    qsort(all, count, sizeof *all, compare_hashes);
    for (size_t i = 1; i < count; i++) {
        if (all[i - 1].hash != all[i].hash ||
            !az_series_equal(&all[i - 1].group->samples,
                             &all[i].group->samples))
            continue;
        report_doubt(
            s, all[i].group, AZ_DIAG_SAMPLE_IDENTICAL,
            az_arena_printf(s->gate->arena,
                            "seeds %lld and %lld have the same %zu samples "
                            "in the same order",
                            (long long)all[i - 1].group->seed,
                            (long long)all[i].group->seed,
                            all[i].group->samples.count));
        return;
    }
}

void
az_sampling_doubt(struct az_sampling *s)
{
    const struct az_stratum *worst = s->stratum;

    if (s->kind == AZ_SAMPLING_SINGLE)
        return;
    for (size_t i = 0; i < s->strata->count; i++) {
        az_sampling_set_stratum(s, s->strata->items[i]);
        doubt_tail(s);
        doubt_values(s);
        doubt_copies(s);
        doubt_repeats(s);
        doubt_rules(s);
    }
    az_sampling_set_stratum(s, worst);
}
