/* Quantiles of a sample: Hyndman and Fan, "Sample quantiles in statistical
   packages", The American Statistician 50 (1996) 361, types 1 to 9.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_QUANTILE_H
#define AZ_STAT_QUANTILE_H

#include <stdint.h>

#include "stat/stat.h"

/* The largest sample. */
#define AZ_QUANTILE_MAX UINT64_C(100000000000)

/* With the sample in ascending order, counted from 1, the quantile is
       x(rank) + numerator / denominator * (x(rank + 1) - x(rank)),
   with numerator < denominator in lowest terms, so that whoever has the values
   as decimals gets it exactly.  Where numerator is 0, x(rank + 1) need not be
   there. */
struct az_quantile {
    uint64_t rank; /* 1 to the size of the sample */
    uint64_t numerator;
    uint64_t denominator;
};

/* Where the quantile of PPM parts in a million (0 to 1,000,000) of COUNT values
   is by TYPE (1 to 9), in whole numbers throughout: R's fuzz before the floor
   has no part in it.  Below the first value it is the first, above the last the
   last.  AZ_STAT_TOO_LARGE above AZ_QUANTILE_MAX values. */
enum az_stat_status az_quantile_locate(int type, uint64_t count, uint32_t ppm,
                                       struct az_quantile *ret);
/* The quantile itself, of SORTED values. */
double az_quantile_of(const double *sorted, struct az_quantile where);

#endif
