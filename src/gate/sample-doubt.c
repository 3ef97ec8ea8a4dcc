/* How much evidence samples are, and what makes their value doubtful.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include <stdlib.h>

#include "core/arena.h"
#include "stat/binomial.h"

/* Fewer distinct values than this let the clock be doubted, and are repeated by
   chance.  So are samples with fewer distinct steps from one to the next: they
   follow a rule, as a counter does, and what is equal in them is its doing. */
#define MIN_DISTINCT 20

_Static_assert(MIN_DISTINCT <= AZ_SERIES_MAX_DISTINCT,
               "so many can be told from each other");

/* Evidence. */

/* Counts what the samples of GROUP are worth; as they are, if they are of so
   few values or steps that they may be equal without being copies.  Copies in
   part are looked for among latencies only: a program that does the same again
   has the same memory again, but never takes the same times.  SCRATCH is left
   with up to eight bytes for each sample. */
static struct az_sample_evidence
weigh(const struct az_sampling *s, const struct az_log_group *group,
      struct az_arena *scratch)
{
    const struct az_series *samples = &group->samples;
    struct az_sample_evidence ret = { .times = 1,
                                      .ranked = samples->count,
                                      .own = samples->count };
    size_t run, copied = 0;

    if (az_series_distinct(samples, MIN_DISTINCT) < MIN_DISTINCT)
        return ret;
    ret.by_rule = az_series_steps(samples, MIN_DISTINCT) < MIN_DISTINCT;
    if (ret.by_rule)
        return ret;
    ret.ranked = az_series_period(samples);
    if (s->kind == AZ_SAMPLING_LATENCY)
        copied = az_series_copied(samples, ret.ranked, scratch);
    run = az_series_run(samples, ret.ranked);
    ret.own = (ret.ranked - copied) / run;
    ret.ranked /= run;
    ret.times = samples->count / ret.ranked;
    return ret;
}

void
az_sampling_weigh(const struct az_sampling *s, struct az_stratum *stratum)
{
    struct az_arena *scratch = az_arena_new_like(s->gate->arena);

    stratum->evidence = az_arena_array(s->gate->arena, stratum->count,
                                       sizeof *stratum->evidence);
    for (size_t i = 0; i < stratum->count; i++) {
        stratum->evidence[i] = weigh(s, stratum->groups[i], scratch);
        az_arena_clear(scratch);
    }
    az_arena_free(scratch);
}

const char *
az_sampling_copies(struct az_arena *arena,
                   const struct az_sample_evidence *evidence, size_t count)
{
    if (evidence->own < evidence->ranked)
        return az_arena_printf(arena, "%zu and %zu copies of them",
                               evidence->own, count - evidence->own);
    if (evidence->times > 1)
        return az_arena_printf(arena, "the same %zu over and over",
                               evidence->ranked);
    return NULL;
}

/* Doubts.  Of a stratum each is told once, of the first group that has it. */

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
        size_t count = s->stratum->evidence[i].ranked;

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
        size_t count = az_series_distinct(&group->samples, MIN_DISTINCT);

        if (count >= MIN_DISTINCT)
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
        struct az_arena *arena = s->gate->arena;

        if (s->kind != AZ_SAMPLING_LATENCY || !s->stratum->evidence[i].by_rule)
            continue;
        report_doubt(
            s, group, AZ_DIAG_SAMPLE_DISTINCT,
            az_arena_printf(
                arena,
                "the %zu samples of seed %lld follow a rule, with %s from one "
                "to the next",
                group->samples.count, (long long)group->seed,
                az_str_counted(arena,
                               az_series_steps(&group->samples, MIN_DISTINCT),
                               "distinct step")));
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
