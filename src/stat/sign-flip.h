/* The permutation test of paired differences: under no difference each has
   either sign with the same chance (Fisher, The Design of Experiments, 1935,
   section 21), so all 2^n sign patterns are counted, exactly.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_SIGN_FLIP_H
#define AZ_STAT_SIGN_FLIP_H

#include <stdint.h>

#include "stat/stat.h"

/* The most differences. */
#define AZ_SIGN_FLIP_MAX 40

struct az_sign_flip {
    struct az_tails p; /* exact: a count over 2^n */
    uint64_t less;     /* patterns with a sum of at most the observed one */
    uint64_t greater;  /* patterns with one of at least that */
    uint64_t total;    /* 2^n */
};

/* The items of WORK that COUNT differences need; 0 when there are none or over
   AZ_SIGN_FLIP_MAX.  2^21 items, 16 MB, at most. */
size_t az_sign_flip_work(size_t count);
/* The test of the DIFFERENCES being 0: p.greater is small if they are above.
   They are rounded to a billionth of the largest, about, and then added without
   any error, so that sums which are equal but for the last digits of a
   logarithm count as equal.  AZ_STAT_NO_SPREAD if all are 0. */
enum az_stat_status az_sign_flip_test(struct az_sample differences,
                                      int64_t *work, struct az_sign_flip *ret);
/* The smallest p of one side: 2^-COUNT. */
double az_sign_flip_smallest_p(size_t count);

#endif
