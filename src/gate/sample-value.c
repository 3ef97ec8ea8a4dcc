/* From samples to a value, exactly, and what makes it doubtful.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include <stdlib.h>

#include "core/arena.h"
#include "stat/binomial.h"
#include "stat/quantile.h"

/* Fewer distinct values than this let the clock be doubted, and are repeated by
   chance. */
#define MIN_DISTINCT 20

_Static_assert(MIN_DISTINCT <= AZ_SERIES_MAX_DISTINCT,
               "so many can be told from each other");

/* What is left outside of the rank interval, on both sides together. */
#define INTERVAL_ALPHA 0.05
/* Decimals, in the base unit, of what has no finite number of them. */
#define MAX_PLACES 24
/* Decimals of a spread in per cent. */
#define SPREAD_PLACES 4

/* Values. */

static struct az_decimal
decimal_of(struct az_sampling *s, struct az_series_value value)
{
    return az_decimal_scale(az_decimal_from_int(s->gate->arena, value.mantissa),
                            value.exponent);
}

/* The sample of rank RANK of the group of number I, without copies: of all,
   each has as many beside it of the same value as it is there times. */
static struct az_decimal
decimal_at(struct az_sampling *s, size_t i, uint64_t rank)
{
    size_t times = s->stratum->evidence[i].times;
    struct az_series_value value = az_series_select(
        &s->stratum->groups[i]->samples, ((size_t)rank - 1) * times + 1);

    return decimal_of(s, value);
}

static struct az_decimal
whole(struct az_sampling *s, uint64_t value)
{
    return az_decimal_from_int(s->gate->arena, (int64_t)value);
}

/* A / DENOMINATOR; where that has no finite number of decimals, rounded to the
   worse side, up or DOWN, so that no limit is kept by rounding. */
static struct az_decimal
divide(struct az_sampling *s, struct az_decimal a, uint64_t denominator,
       bool down)
{
    struct az_arena *arena = s->gate->arena;
    struct az_decimal b = whole(s, denominator), back;
    struct az_decimal quotient = az_decimal_divide(arena, a, b, MAX_PLACES);
    struct az_decimal step =
        az_decimal_scale(az_decimal_from_int(arena, 1), -MAX_PLACES);
    int order;

    back = az_decimal_multiply(arena, quotient, b);
    order = az_decimal_compare(back, a);
    if (order < 0 && !down)
        return az_decimal_add(arena, quotient, step);
    if (order > 0 && down)
        return az_decimal_add(arena, quotient, az_decimal_negate(step));
    return quotient;
}

/* The percentile of the group of number I by the policy's definition.  Samples
   that are too many for that have the worst of all. */
static struct az_decimal
percentile(struct az_sampling *s, size_t i)
{
    struct az_arena *arena = s->gate->arena;
    size_t count = s->stratum->evidence[i].ranked;
    struct az_quantile where;
    struct az_decimal low, high, part;

    if (az_quantile_locate(s->definition, count, s->ppm, &where) != AZ_STAT_OK)
        where = (struct az_quantile){ s->budget->higher_is_better ? 1 : count,
                                      0, 1 };
    low = decimal_at(s, i, where.rank);
    if (where.numerator == 0)
        return low;
    high = decimal_at(s, i, where.rank + 1);
    part = az_decimal_multiply(
        arena, az_decimal_add(arena, high, az_decimal_negate(low)),
        whole(s, where.numerator));
    return az_decimal_add(
        arena, low,
        divide(s, part, where.denominator, s->budget->higher_is_better));
}

static int
compare_decimals(const void *a, const void *b)
{
    return az_decimal_compare(*(const struct az_decimal *)a,
                              *(const struct az_decimal *)b);
}

/* The median of COUNT values, which are sorted for it; the mean of the middle
   two of an even number. */
static struct az_decimal
median(struct az_sampling *s, struct az_decimal *values, size_t count)
{
    struct az_arena *arena = s->gate->arena;
    struct az_decimal half =
        az_decimal_scale(az_decimal_from_int(arena, 5), -1);

    qsort(values, count, sizeof *values, compare_decimals);
    if (count % 2 == 1)
        return values[count / 2];
    return az_decimal_multiply(
        arena, az_decimal_add(arena, values[count / 2 - 1], values[count / 2]),
        half);
}

static struct az_seed_value
compute_seed(struct az_sampling *s, size_t i)
{
    struct az_seed_value ret = { .group = s->stratum->groups[i],
                                 .value = percentile(s, i) };
    struct az_rank_interval ranks;

    ret.has_interval =
        az_quantile_interval(s->stratum->evidence[i].ranked, s->ppm,
                             INTERVAL_ALPHA, &ranks) == AZ_STAT_OK;
    if (ret.has_interval) {
        ret.low = decimal_at(s, i, ranks.low);
        ret.high = decimal_at(s, i, ranks.high);
    }
    return ret;
}

/* Sets the interval of RET, which has its seeds. */
static void
compute_interval(struct az_sampling *s, struct az_estimate *ret)
{
    size_t count = ret->seed_count;
    struct az_decimal *lows =
        az_arena_array(s->gate->arena, count, sizeof *lows);
    struct az_decimal *highs =
        az_arena_array(s->gate->arena, count, sizeof *highs);

    for (size_t i = 0; i < count; i++) {
        if (!ret->seeds[i].has_interval)
            return;
        lows[i] = ret->seeds[i].low;
        highs[i] = ret->seeds[i].high;
    }
    ret->has_interval = true;
    ret->low = median(s, lows, count);
    ret->high = median(s, highs, count);
}

/* Sets the spread of RET, which has the median of VALUES, those of its seeds,
   sorted. */
static void
compute_spread(struct az_sampling *s, const struct az_decimal *values,
               struct az_estimate *ret)
{
    struct az_arena *arena = s->gate->arena;

    if (az_decimal_sign(ret->value) == 0)
        return;
    ret->has_spread = true;
    ret->spread = az_decimal_divide(
        arena,
        az_decimal_scale(az_decimal_add(arena, values[ret->seed_count - 1],
                                        az_decimal_negate(values[0])),
                         2),
        ret->value, SPREAD_PLACES);
    ret->spread.negative = false;
}

/* What the samples of STRATUM come to, which is looked at afterwards. */
static const struct az_estimate *
compute_stratum(struct az_sampling *s, const struct az_stratum *stratum)
{
    struct az_estimate *ret = AZ_NEW(s->gate->arena, struct az_estimate);
    size_t count = stratum->count;
    struct az_seed_value *seeds =
        az_arena_array(s->gate->arena, count, sizeof *seeds);
    struct az_decimal *values =
        az_arena_array(s->gate->arena, count, sizeof *values);

    az_sampling_set_stratum(s, stratum);
    for (size_t i = 0; i < count; i++) {
        seeds[i] = compute_seed(s, i);
        values[i] = seeds[i].value;
    }
    ret->seeds = seeds;
    ret->seed_count = count;
    ret->value = median(s, values, count);
    compute_interval(s, ret);
    compute_spread(s, values, ret);
    return ret;
}

static bool
is_worse(const struct az_sampling *s, const struct az_estimate *a,
         const struct az_estimate *b)
{
    int order = az_decimal_compare(a->value, b->value);

    return s->budget->higher_is_better ? order < 0 : order > 0;
}

void
az_sampling_compute(struct az_sampling *s)
{
    const struct az_stratum *worst = s->strata->items[0];
    const struct az_estimate *estimate;

    if (s->kind == AZ_SAMPLING_SINGLE) {
        s->measurement->value =
            decimal_of(s, az_series_select(&worst->groups[0]->samples, 1));
        return;
    }
    estimate = compute_stratum(s, worst);
    for (size_t i = 1; i < s->strata->count; i++) {
        const struct az_estimate *other =
            compute_stratum(s, s->strata->items[i]);

        if (is_worse(s, other, estimate)) {
            estimate = other;
            worst = s->stratum;
        }
    }
    az_sampling_set_stratum(s, worst);
    s->measurement->value = estimate->value;
    s->sampled->estimate = estimate;
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
    /* where higher is better, the tail is at the other end */
    uint32_t ppm = s->budget->higher_is_better ? 1000000 - s->ppm : s->ppm;
    unsigned support = tail_support(s);
    uint64_t least = az_quantile_support_needs(ppm, support);

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

struct az_sample_evidence
az_sampling_weigh(const struct az_sampling *s, const struct az_log_group *group,
                  struct az_arena *scratch)
{
    const struct az_series *samples = &group->samples;
    struct az_sample_evidence ret = { 1, samples->count, samples->count };
    size_t run, copied = 0;

    if (az_series_distinct(samples, MIN_DISTINCT) < MIN_DISTINCT)
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
    }
    az_sampling_set_stratum(s, worst);
}
