/* Wilcoxon's signed-rank test of paired differences: Wilcoxon, Biometrics 1
   (1945) 80, exact, with midranks for ties.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_SIGNED_RANK_H
#define AZ_STAT_SIGNED_RANK_H

#include <stdint.h>

#include "stat/count.h"
#include "stat/shift.h"
#include "stat/stat.h"

/* The most differences: 2^127 is the last power that can be counted. */
#define AZ_SIGNED_RANK_MAX 127

struct az_signed_rank {
    uint64_t doubled_v; /* twice the sum of the ranks of those above 0 */
    size_t used;        /* differences that are not 0: the others are left out,
                           as Wilcoxon did */
    struct az_tails p;  /* to 15 digits */
    /* p.less is LESS / TOTAL, p.greater is GREATER / TOTAL. */
    struct az_count less;
    struct az_count greater;
    struct az_count total; /* 2^used */
};

/* The counts that COUNT differences need to work in; 0 when there are none or
   over AZ_SIGNED_RANK_MAX.  16,257 at most, 254 KiB. */
size_t az_signed_rank_work(size_t count);
/* The test of the DIFFERENCES being around 0: p.greater is small if they are
   above.  AZ_STAT_NO_SPREAD if all are 0. */
enum az_stat_status az_signed_rank_test(struct az_sample differences,
                                        struct az_count *work,
                                        struct az_signed_rank *ret);
/* Where the DIFFERENCES are: the pseudomedian, which is the median of their
   averages by two (each also with itself), and the interval of the ordered
   averages.  WORK as above, AVERAGES n (n + 1) / 2 items. */
enum az_stat_status az_signed_rank_shift(struct az_sample differences,
                                         struct az_count *work,
                                         double *averages,
                                         struct az_shift *ret);

#endif
