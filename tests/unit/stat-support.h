/* What the tests of statistics share.
   SPDX-License-Identifier: MIT */

#ifndef TESTS_UNIT_STAT_SUPPORT_H
#define TESTS_UNIT_STAT_SUPPORT_H

#include <math.h>

#include "support.h"

#include "stat/stat.h"

/* A few values; rows end with END. */
#define END  NAN
#define MOST 32

static inline struct az_sample
sample_of(const double *values)
{
    size_t count = 0;

    while (count < MOST && !isnan(values[count]))
        count++;
    return (struct az_sample){ .values = values, .count = count };
}

/* Whether GOT is WANT but for a part of 10^-DIGITS. */
static inline bool
agrees(double got, double want, int digits)
{
    return got == want || fabs(got - want) <= fabs(want) * pow(10, -digits);
}

#define CHECK_CLOSE(label, got, want, digits)                                  \
    ck_assert_msg(agrees((got), (want), (digits)),                             \
                  "%s: %s is %.17g, not %.17g", (label), #got, (got), (want))

#endif
