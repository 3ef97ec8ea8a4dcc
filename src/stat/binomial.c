/* The binomial distribution.
   SPDX-License-Identifier: MIT */

#include "stat/binomial.h"

#include <math.h>

#define MILLION 1000000
/* Below this part of the largest term the rest of a sum cannot be seen, and
   above the smallest normal double a term has all its digits. */
#define NEGLIGIBLE 1e-290
/* A probability that equals its bound may come out this much above it. */
#define ROUNDING (1 + 1e-12)

/* The terms of the distribution as multiples of the largest, which is at MODE:
   each follows from its neighbour, so that neither logarithms nor factorials
   lose digits, and all machines get the same. */
struct terms {
    double count;
    double chance; /* both in a million */
    double other;
    uint64_t mode;
};

static struct terms
terms_of(uint64_t count, uint32_t ppm)
{
    uint64_t mode = (count + 1) * ppm / MILLION;

    return (struct terms){ .count = (double)count,
                           .chance = ppm,
                           .other = MILLION - ppm,
                           .mode = mode > count ? count : mode };
}

/* Term K + 1 over term K. */
static double
step_up(const struct terms *terms, uint64_t k)
{
    return (terms->count - (double)k) * terms->chance /
           (((double)k + 1) * terms->other);
}

/* Successes, from LOW to HIGH. */
struct range {
    uint64_t low;
    uint64_t high;
};

/* Of terms, as multiples of the largest: those in a range, and all. */
struct sums {
    double part;
    double whole;
};

/* Adds the terms on one side of the mode, without that itself, to SUMS. */
static void
add_side(const struct terms *terms, bool up, struct range range,
         struct sums *sums)
{
    uint64_t end = up ? (uint64_t)terms->count : 0;
    uint64_t k = terms->mode;
    double term = 1;

    while (k != end && term > NEGLIGIBLE) {
        term = up ? term * step_up(terms, k) : term / step_up(terms, k - 1);
        k = up ? k + 1 : k - 1;
        sums->part += k >= range.low && k <= range.high ? term : 0;
        sums->whole += term;
    }
}

double
az_binomial_between(uint64_t count, uint32_t ppm, uint64_t low, uint64_t high)
{
    if (count > AZ_BINOMIAL_MAX || ppm > MILLION)
        return NAN;
    if (ppm == 0 || ppm == MILLION) {
        uint64_t all = ppm == 0 ? 0 : count;
        return low <= all && all <= high ? 1 : 0;
    }
    struct terms terms = terms_of(count, ppm);
    struct range range = { low, high };
    struct sums down = { low <= terms.mode && terms.mode <= high ? 1 : 0, 1 };
    struct sums up = { 0, 0 };

    add_side(&terms, false, range, &down);
    add_side(&terms, true, range, &up);
    return (down.part + up.part) / (down.whole + up.whole);
}

/* The largest l with P(X < l) <= BOUND, or 0. */
static uint64_t
lower_rank(uint64_t count, uint32_t ppm, double bound)
{
    uint64_t known = 0;
    uint64_t beyond = count + 1;

    while (beyond - known > 1) {
        uint64_t middle = known + (beyond - known) / 2;
        if (az_binomial_between(count, ppm, 0, middle - 1) <= bound * ROUNDING)
            known = middle;
        else
            beyond = middle;
    }
    return known;
}

enum az_stat_status
az_quantile_interval(uint64_t count, uint32_t ppm, double alpha,
                     struct az_rank_interval *ret)
{
    if (count > AZ_BINOMIAL_MAX)
        return AZ_STAT_TOO_LARGE;
    if (ppm == 0 || ppm >= MILLION || !(alpha > 0 && alpha < 1))
        return AZ_STAT_UNUSABLE;
    /* The upper rank is the lower one of the failures, from the other end. */
    uint64_t low = lower_rank(count, ppm, alpha / 2);
    uint64_t failures = lower_rank(count, MILLION - ppm, alpha / 2);
    if (low == 0 || failures == 0)
        return AZ_STAT_UNUSABLE;
    ret->low = low;
    ret->high = count + 1 - failures;
    ret->coverage = az_binomial_between(count, ppm, low, ret->high - 1);
    return AZ_STAT_OK;
}

/* Whether x(COUNT - BEYOND) is above the quantile as surely as ALPHA wants:
   at most COUNT - BEYOND - 1 values are below it. */
static bool
bounds(uint64_t count, uint32_t ppm, double alpha, uint64_t beyond)
{
    return az_binomial_between(count, ppm, count - beyond, count) <=
           alpha * ROUNDING;
}

uint64_t
az_quantile_upper_bound_needs(uint32_t ppm, double alpha, uint64_t beyond)
{
    uint64_t short_of = beyond;
    uint64_t enough = beyond + 1;

    if (ppm == 0 || ppm >= MILLION || !(alpha > 0 && alpha < 1) ||
        beyond >= AZ_BINOMIAL_MAX)
        return 0;
    while (!bounds(enough, ppm, alpha, beyond)) {
        if (enough == AZ_BINOMIAL_MAX)
            return 0;
        short_of = enough;
        enough = enough > AZ_BINOMIAL_MAX / 2 ? AZ_BINOMIAL_MAX : enough * 2;
    }
    while (enough - short_of > 1) {
        uint64_t middle = short_of + (enough - short_of) / 2;
        if (bounds(middle, ppm, alpha, beyond))
            enough = middle;
        else
            short_of = middle;
    }
    return enough;
}

uint64_t
az_quantile_support_needs(uint32_t ppm, uint64_t beyond)
{
    uint64_t outside;

    if (ppm >= MILLION || beyond > AZ_BINOMIAL_MAX)
        return UINT64_MAX;
    outside = MILLION - ppm;
    return (beyond * MILLION + outside - 1) / outside;
}
