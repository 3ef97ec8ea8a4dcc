/* From samples to a value, exactly.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include "core/arena.h"
#include "gate/decimals.h"
#include "stat/binomial.h"
#include "stat/quantile.h"

/* What is left outside of the rank interval, on both sides together. */
#define INTERVAL_ALPHA 0.05
/* Decimals, in the base unit, of what has no finite number of them. */
#define MAX_PLACES 24
/* Decimals of a spread in per cent. */
#define SPREAD_PLACES 4

static struct az_decimal
decimal_of(struct az_sampling *s, struct az_series_value value)
{
    return az_decimal_scale(az_decimal_from_int(s->gate->arena, value.mantissa),
                            value.exponent);
}

/* The sample of rank RANK of the group of number I, counted from the best,
   without copies: of all, each has as many beside it of the same value as it is
   there times. */
static struct az_decimal
decimal_at(struct az_sampling *s, size_t i, uint64_t rank)
{
    const struct az_sample_evidence *evidence = &s->stratum->evidence[i];
    size_t before =
        s->budget->higher_is_better ? evidence->unrepeated - rank : rank - 1;

    return decimal_of(s, az_series_select(&s->stratum->groups[i]->samples,
                                          before * evidence->repeats + 1));
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

/* The percentile of the group of number I by the policy's definition.  That is
   for ranks from below; where higher is better, it is of the samples with their
   signs turned, and turned again.  Where their number overflows the
   definition's arithmetic, the worst sample. */
static struct az_decimal
percentile(struct az_sampling *s, size_t i)
{
    struct az_arena *arena = s->gate->arena;
    size_t count = s->stratum->evidence[i].unrepeated;
    struct az_quantile where;
    struct az_decimal better, worse, part;

    if (az_quantile_locate(s->definition, count, s->ppm, &where) != AZ_STAT_OK)
        where = (struct az_quantile){ count, 0, 1 };
    better = decimal_at(s, i, where.rank);
    if (where.numerator == 0)
        return better;
    worse = decimal_at(s, i, where.rank + 1);
    part = az_decimal_multiply(
        arena, az_decimal_add(arena, worse, az_decimal_negate(better)),
        whole(s, where.numerator));
    return az_decimal_add(
        arena, better,
        divide(s, part, where.denominator, s->budget->higher_is_better));
}

static struct az_seed_value
compute_seed(struct az_sampling *s, size_t i)
{
    struct az_seed_value ret = { .group = s->stratum->groups[i],
                                 .value = percentile(s, i) };
    struct az_rank_interval ranks;

    ret.has_interval =
        az_quantile_interval(s->stratum->evidence[i].unrepeated, s->ppm,
                             INTERVAL_ALPHA, &ranks) == AZ_STAT_OK;
    if (ret.has_interval) {
        bool falls = s->budget->higher_is_better;

        ret.low = decimal_at(s, i, falls ? ranks.high : ranks.low);
        ret.high = decimal_at(s, i, falls ? ranks.low : ranks.high);
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
    ret->low = az_decimals_median(s->gate->arena, lows, count);
    ret->high = az_decimals_median(s->gate->arena, highs, count);
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
    ret->value = az_decimals_median(s->gate->arena, values, count);
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
