/* One new value against earlier runs: the prediction interval of a normal
   sample, on logarithms (Hahn and Meeker, Statistical Intervals, 4.7).
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_PREDICTION_H
#define AZ_STAT_PREDICTION_H

#include <stdbool.h>

#include "stat/stat.h"

/* The most runs. */
#define AZ_PREDICTION_MAX 1000000

struct az_prediction_rule {
    double alpha;         /* chance of a false alarm, one side: 0 < alpha < 1 */
    double power;         /* chance of seeing the detectable change */
    bool higher_is_worse; /* else a lower value is */
};

/* What can be said before the new value is there. */
struct az_prediction {
    double centre;     /* geometric mean of the runs */
    double deviation;  /* of their logarithms, with m - 1 */
    double multiplier; /* t(1 - alpha, m - 1) sqrt(1 + 1 / m) */
    double limit;      /* beyond this a value is significantly worse */
    double detectable; /* the change, as a part of the centre (0.1 is 10 %, a
                          fall if lower is worse), that is found with the
                          chance POWER */
    bool higher_is_worse;
    double df;
    double error; /* deviation sqrt(1 + 1 / m) */
};

/* t(1 - ALPHA, COUNT - 1) sqrt(1 + 1 / COUNT), to 12 digits: how many standard
   deviations above COUNT runs the limit is.  NaN for less than two. */
double az_prediction_multiplier(size_t count, double alpha);
/* What RUNS, two values or more, all above 0, say of the next.  With
   AZ_STAT_NO_SPREAD, all are equal: no value can be judged by them, and only
   centre and multiplier are set.  To 12 digits, by the C library's log, exp. */
enum az_stat_status az_prediction_make(struct az_sample runs,
                                       const struct az_prediction_rule *rule,
                                       struct az_prediction *ret);
/* Has PREDICTION, of COUNT runs, take its spread from elsewhere: DEVIATION of
   their logarithms, above 0, with DF degrees of freedom. */
void az_prediction_respread(struct az_prediction *prediction, size_t count,
                            const struct az_prediction_rule *rule,
                            double deviation, double df);
/* The p of VALUE, above 0: how likely a run without a change is at least as
   much worse.  T, unless NULL, is set to the statistic, positive if worse.  NaN
   if VALUE is not above 0 and finite. */
double az_prediction_p(const struct az_prediction *prediction, double value,
                       double *t);

#endif
