/* The binomial distribution, and what it says of a quantile.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_BINOMIAL_H
#define AZ_STAT_BINOMIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "stat/stat.h"

/* The largest sample, so that each step of the sums is exact in a double. */
#define AZ_BINOMIAL_MAX UINT64_C(1000000000)

/* P(LOW <= X <= HIGH) for X successes in COUNT trials (at most AZ_BINOMIAL_MAX)
   of the chance PPM in a million (at most that): to 13 digits for COUNT up to a
   million where it is above 1e-280.  NaN beyond the limits. */
double az_binomial_between(uint64_t count, uint32_t ppm, uint64_t low,
                           uint64_t high);

/* The interval [x(low), x(high)] of a sorted sample, counted from 1. */
struct az_rank_interval {
    uint64_t low;
    uint64_t high;
    double coverage; /* P(low <= X < high) */
};

/* The order-statistic interval of the quantile PPM of COUNT values, valid for
   any continuous distribution: David and Nagaraja, Order Statistics, 7.1.  The
   narrowest with at most ALPHA / 2 outside on either side.  AZ_STAT_UNUSABLE
   when even [x(1), x(COUNT)] leaves more than that, or PPM or ALPHA is 0 or the
   whole. */
enum az_stat_status az_quantile_interval(uint64_t count, uint32_t ppm,
                                         double alpha,
                                         struct az_rank_interval *ret);
/* The values needed for x(COUNT - BEYOND) to be above the quantile PPM with a
   probability of at least 1 - ALPHA; 0 when not even AZ_BINOMIAL_MAX are
   enough, or an argument is out of range. */
uint64_t az_quantile_upper_bound_needs(uint32_t ppm, double alpha,
                                       uint64_t beyond);
/* The least COUNT of values of which at least BEYOND are expected beyond the
   quantile PPM, so that it is more than a few extreme values; UINT64_MAX if
   no count would do, or BEYOND is over AZ_BINOMIAL_MAX. */
uint64_t az_quantile_support_needs(uint32_t ppm, uint64_t beyond);

#endif
