/* What several files of this room need, and nobody else.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_INTERNAL_H
#define AZ_STAT_INTERNAL_H

#include <stdbool.h>

#include "stat/count.h"
#include "stat/shift.h"
#include "stat/stat.h"

/* Mean and variance (with n - 1) of a sample.  Equal values have their own
   value as mean and the variance 0, exactly. */
struct az_moments {
    double mean;
    double variance; /* 0 for one value */
};

/* Whether SAMPLE has at least LEAST values and all are finite. */
bool az_stat_usable(struct az_sample sample, size_t least);
/* Sorts VALUES upwards. */
void az_stat_sort(double *values, size_t count);
/* Of one value or more. */
struct az_moments az_stat_moments(struct az_sample sample);
/* The median of COUNT > 0 sorted values. */
double az_stat_median(const double *sorted, size_t count);
/* LESS and GREATER and what follows from them. */
struct az_tails az_stat_tails(double less, double greater);
/* Fills in the interval of RET from COUNT sorted VALUES: the k-th from either
   end, where k is the largest with a probability of at most ALPHA / 2 for each
   side, counting NULL_COUNTS[0..k-1] out of TOTAL.  No interval if k is 0. */
void az_stat_order_interval(const double *values, size_t count,
                            const struct az_count *null_counts,
                            struct az_count total, struct az_shift *ret);

#endif
