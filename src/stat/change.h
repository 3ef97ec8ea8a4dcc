/* Where a series changes its level: E-divisive, Matteson and James, JASA 109
   (2014) 334, with alpha = 1.  The statistic of a split into X and Y of m and n
   values is
     Q = m n / (m + n) (2 / (m n) sum |x - y|
         - 2 / (m (m - 1)) sum |x - x'| - 2 / (n (n - 1)) sum |y - y'|),
   the last two sums over pairs.  Missing values must not be filled in: whoever
   has gaps asks about each piece.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_CHANGE_H
#define AZ_STAT_CHANGE_H

#include <stdbool.h>

#include "stat/stat.h"

/* The longest series: time grows with its square, for each change. */
#define AZ_CHANGE_MAX 2048

/* series[0..at-1] against series[at..end-1] */
struct az_split {
    size_t at;
    size_t end;
    double q; /* to 12 digits of the largest term of the sum */
};

/* The items of WORK for a series of COUNT values. */
#define AZ_CHANGE_WORK(count) (2 * (count) + 1)

/* The split of SERIES with the largest Q and at least MIN_SEGMENT (two or more)
   values on either side; the first of equals.  WHOLE: only splits of all of the
   series, else the second part may end early, so that a change which is undone
   later is found.  AZ_STAT_UNUSABLE if it is too short. */
enum az_stat_status az_change_best_split(struct az_sample series,
                                         size_t min_segment, bool whole,
                                         double *work, struct az_split *ret);

struct az_change_rule {
    size_t min_segment; /* values between changes: two or more */
    double min_effect;  /* the smallest difference of means that counts */
    double alpha;       /* and the largest p; it is that of one test at a known
                           place, not corrected for having searched: at .001
                           a normal series without a change has one in .6 % of
                           cases (30 values), 3 % (100), 8 % (300), though none
                           in a thousand is of 2.5 deviations */
};

struct az_change {
    size_t at;     /* the first value after the change */
    double effect; /* mean of the segment after less that before */
    double p;      /* the larger of Welch's test and Student's between them,
                      two-sided; 0 where neither has any spread */
};

/* The changes of SERIES in ascending order: split at the best place while
   tests between both parts agree, then, while a change does not keep to
   RULE between its neighbours, the smallest of these taken back.  CHANGES has
   room for COUNT / min_segment. */
enum az_stat_status az_change_find(struct az_sample series,
                                   const struct az_change_rule *rule,
                                   double *work, struct az_change *changes,
                                   size_t *count);

#endif
