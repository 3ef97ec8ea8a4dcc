/* p values of a family of tests, adjusted for being many.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_ADJUST_H
#define AZ_STAT_ADJUST_H

#include <stdbool.h>
#include <stddef.h>

#include "stat/stat.h"

enum az_adjustment {
    AZ_ADJUST_HOLM, /* familywise error: Holm, Scand. J. Stat. 6 (1979) 65 */
    AZ_ADJUST_BH,   /* false discovery rate of independent tests: Benjamini and
                       Hochberg, JRSS B 57 (1995) 289 */
    AZ_ADJUST_BY,   /* of any tests: Benjamini and Yekutieli, Annals of
                       Statistics 29 (2001) 1165 */
};

/* A p value and where it came from. */
struct az_ranked_p {
    double p;
    size_t index;
};

/* Puts the adjusted value of each P into RET, which may be P; WORK has COUNT
   items.  AZ_STAT_UNUSABLE, with nothing changed, if a value is not within 0
   and 1. */
enum az_stat_status az_adjust_p(enum az_adjustment adjustment,
                                struct az_sample p, struct az_ranked_p *work,
                                double *ret);

/* Whether one of FAMILY tests whose p cannot be below SMALLEST can be
   significant at ALPHA by Holm's first step; one that cannot will pass
   whatever happens. */
bool az_adjust_can_reject(size_t family, double alpha, double smallest);
/* The largest family of which that is so; 0 if a single test cannot. */
size_t az_adjust_largest_family(double alpha, double smallest);

#endif
