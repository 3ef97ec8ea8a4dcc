/* The rank-sum test of two samples: Mann and Whitney, Annals of Mathematical
   Statistics 18 (1947) 50; exact with ties: Klotz, JASA 61 (1966) 772.

   The ranks are midranks, doubled to be whole numbers, and what is counted is
   in how many of the C(n + m, n) splits of the pooled values the first sample
   has a U of this size: no approximation, no random numbers, and the same
   answer in whatever order the values come.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_RANK_SUM_H
#define AZ_STAT_RANK_SUM_H

#include <stdint.h>

#include "stat/count.h"
#include "stat/shift.h"
#include "stat/stat.h"

/* The most values in both samples together for exact answers: C(131, 65) is
   the last of these that is below 2^128. */
#define AZ_RANK_SUM_MAX 131
/* The most values for the normal approximation. */
#define AZ_RANK_SUM_NORMAL_MAX 1000000

struct az_rank_sum {
    uint64_t doubled_u; /* twice the pairs in which x is above y; a tie counts
                           half */
    struct az_tails p;  /* to 15 digits if exact, else to 12 */
    /* p.less is LESS / TOTAL, p.greater is GREATER / TOTAL; TOTAL is 0 for an
       approximation. */
    struct az_count less;
    struct az_count greater;
    struct az_count total;
};

/* The counts that az_rank_sum_exact and az_rank_sum_null need to work in; 0
   when a sample is empty or both have over AZ_RANK_SUM_MAX values.  At most
   566,346, 9 MB; 306 for five and five. */
size_t az_rank_sum_work(size_t n, size_t m);
/* The test of X against Y: p.greater is small if X is above Y.  WORK has
   az_rank_sum_work items. */
enum az_stat_status az_rank_sum_exact(struct az_sample x, struct az_sample y,
                                      struct az_count *work,
                                      struct az_rank_sum *ret);
/* The same by the normal distribution, corrected for ties and with a half for
   continuity.  WORK has room for all values.  AZ_STAT_NO_SPREAD if all are
   equal. */
enum az_stat_status az_rank_sum_normal(struct az_sample x, struct az_sample y,
                                       double *work, struct az_rank_sum *ret);
/* In how many splits U is 0, 1, ... n m, if no values are equal: returned
   inside WORK, which has az_rank_sum_work(N, M) items, that not 0. */
const struct az_count *az_rank_sum_null(size_t n, size_t m,
                                        struct az_count *work);
/* The smallest p of one side that N against M values can have: 1 / C(N + M, N).
   To 14 digits. */
double az_rank_sum_smallest_p(size_t n, size_t m);

/* How far X lies above Y: the median of all differences, and the interval of
   the ordered differences.  WORK has az_rank_sum_work items, DIFFERENCES one
   for each pair. */
enum az_stat_status az_rank_sum_shift(struct az_sample x, struct az_sample y,
                                      struct az_count *work,
                                      double *differences,
                                      struct az_shift *ret);

#endif
