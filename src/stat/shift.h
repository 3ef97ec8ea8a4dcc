/* How far one sample lies from another: Hodges and Lehmann, "Estimates of
   location based on rank tests", Annals of Mathematical Statistics 34 (1963)
   598, with the exact interval that belongs to the rank test.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_SHIFT_H
#define AZ_STAT_SHIFT_H

#include <stdbool.h>

/* What rank-sum.h and signed-rank.h say of the shift. */
struct az_shift {
    double alpha; /* in: what may be outside the interval, both sides together,
                     above 0 and below 1 */
    double estimate;
    bool has_interval; /* too few values have none of this coverage */
    double low;
    double high;
    double coverage; /* at least 1 - alpha if no values are equal */
};

#endif
