/* What the parts of this room share: samples, and why there is no answer.

   Everything here is a pure function of its arguments: the caller gives
   the memory, nothing is printed, nothing random is drawn.  Sums are taken in
   a fixed order and products are not fused with them (-ffp-contract=off), so
   that IEEE machines agree to the last bit; only what goes through log, exp,
   pow and erfc may differ in the last digits between C libraries, and says so.

   The gate uses quantiles with their intervals, the prediction interval over
   runs that changes of level and a trend choose, the permutation test of pairs
   with Student's for its power, and the corrections for many tests.  The rank
   tests and medians of few values are the other designs that its peers have:
   only tests ask for these, and hold them to published values.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_STAT_H
#define AZ_STAT_STAT_H

#include <stddef.h>

/* COUNT values in any order, borrowed. */
struct az_sample {
    const double *values;
    size_t count;
};

enum az_stat_status {
    AZ_STAT_OK,
    AZ_STAT_UNUSABLE,  /* too few values, one that is not finite, or one out
                          of the function's domain */
    AZ_STAT_NO_SPREAD, /* all values equal where the question needs a spread */
    AZ_STAT_TOO_LARGE, /* over a limit that the function's header states */
};

/* p values: the probability of what was seen or less, of that or more, and of
   as far to either side: twice the smaller, at most 1. */
struct az_tails {
    double less;
    double greater;
    double two_sided;
};

#endif
