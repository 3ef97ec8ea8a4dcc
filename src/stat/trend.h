/* Whether the values of a series rise or fall with time: the least-squares
   line, and Student's test of its slope (Snedecor and Cochran, Statistical
   Methods, 9.3).
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_TREND_H
#define AZ_STAT_TREND_H

#include "stat/stat.h"

/* The most values. */
#define AZ_TREND_MAX 1000000

struct az_trend {
    double slope;     /* from each value to the next */
    double rise;      /* from the first to the last, on the line */
    double deviation; /* of the values from the line, with n - 2 */
    double df;        /* n - 2 */
    double t;
    struct az_tails p; /* greater is small if the values rise; to 12 digits for
                          df up to 1000 */
};

/* The line through SERIES, three values or more in their order.
   AZ_STAT_NO_SPREAD if all are equal; on a line without any deviation the p of
   its direction is 0. */
enum az_stat_status az_trend_find(struct az_sample series,
                                  struct az_trend *ret);

#endif
