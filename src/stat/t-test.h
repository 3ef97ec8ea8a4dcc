/* Tests of means: Welch, Biometrika 34 (1947) 28, and Student's, ibid. 6
   (1908) 1.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_T_TEST_H
#define AZ_STAT_T_TEST_H

#include "stat/stat.h"

/* The most values of a sample. */
#define AZ_T_TEST_MAX 100000000

struct az_t_test {
    double difference; /* mean of x less mean of y */
    double error;      /* its standard error */
    double t;
    double df;
    struct az_tails p; /* to 12 digits for df up to 1000; greater is small if x
                          is above y */
};

/* Welch's test of X against Y, two values or more each.  AZ_STAT_NO_SPREAD if
   neither sample has any; then difference is set alone. */
enum az_stat_status az_t_test_welch(struct az_sample x, struct az_sample y,
                                    struct az_t_test *ret);
/* Student's test of two samples, which holds their variances for one: that of
   the larger counts most, so a few values that happen to lie close together
   prove less than by Welch's.  Otherwise the same. */
enum az_stat_status az_t_test_pooled(struct az_sample x, struct az_sample y,
                                     struct az_t_test *ret);
/* Student's test of DIFFERENCES, x less y of each pair, two or more. */
enum az_stat_status az_t_test_paired(struct az_sample differences,
                                     struct az_t_test *ret);
/* Half the width of the interval around the difference that leaves ALPHA
   outside: NaN unless 0 < ALPHA < 1. */
double az_t_test_margin(const struct az_t_test *test, double alpha);
/* The difference that a test of one side at ALPHA finds with the chance POWER,
   the error being the same; about, since the sum of two quantiles of t stands
   for one of the noncentral t.  NaN unless both are within 0 and 1. */
double az_t_test_reach(const struct az_t_test *test, double alpha,
                       double power);

#endif
