/* How sure a median of few values is, by the whole bootstrap distribution and
   no random numbers: of the n^n ways to draw n of n values, how many have which
   median.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_MEDIAN_H
#define AZ_STAT_MEDIAN_H

#include <stdint.h>

#include "stat/stat.h"

/* The most values: 9^9 squared is below 2^63. */
#define AZ_MEDIAN_MAX 9
/* A median is one of the values, or between two of them. */
#define AZ_MEDIAN_ATOMS (AZ_MEDIAN_MAX * (AZ_MEDIAN_MAX + 1) / 2)

/* The median of a resample is VALUE in WEIGHT of the n^n. */
struct az_median_atom {
    double value;
    uint64_t weight;
};

struct az_median_distribution {
    struct az_median_atom atoms[AZ_MEDIAN_ATOMS];
    size_t count;
    uint64_t total; /* n^n */
};

/* The distribution for 1 to AZ_MEDIAN_MAX values: by x(i) in ascending order if
   their number is odd, else by x(i) and x(j), i <= j. */
enum az_stat_status az_median_distribute(struct az_sample sample,
                                         struct az_median_distribution *ret);
/* The standard error of the median: Maritz and Jarrett, JASA 73 (1978) 194,
   which is the deviation of this distribution. */
double az_median_error(const struct az_median_distribution *distribution);

/* Ratios of medians of two samples, drawn independently. */
#define AZ_MEDIAN_RATIOS (AZ_MEDIAN_ATOMS * AZ_MEDIAN_ATOMS)

struct az_median_ratios {
    struct az_median_atom ratios[AZ_MEDIAN_RATIOS]; /* ascending */
    size_t count;
    uint64_t total;
};

/* All ratios of a median of X to one of Y, all of them above 0. */
enum az_stat_status az_median_ratios(struct az_sample x, struct az_sample y,
                                     struct az_median_ratios *ret);
/* The smallest ratio R with P(ratio <= R) >= P: the ends of the percentile
   interval are at alpha / 2 and 1 - alpha / 2. */
double az_median_ratio_quantile(const struct az_median_ratios *ratios,
                                double p);
/* P(ratio <= BOUND) */
double az_median_ratio_below(const struct az_median_ratios *ratios,
                             double bound);

#endif
