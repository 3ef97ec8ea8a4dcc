/* The normal distribution and Student's t.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_DISTRIBUTION_H
#define AZ_STAT_DISTRIBUTION_H

/* The most degrees of freedom; the least is 1. */
#define AZ_STUDENT_MAX 1e9

/* P(Z > z), to 14 digits down to 1e-300, by the C library's erfc. */
double az_normal_upper(double z);
/* The z with P(Z < z) = P, to 15 digits for P from 1e-300 to 0.9999: Wichura,
   "Algorithm AS 241", Applied Statistics 37 (1988) 477.  For P near 1 ask for
   -z of 1 - P.  NaN unless 0 < P < 1. */
double az_normal_quantile(double p);

/* P(T > t) with DF degrees of freedom: to 13 digits for DF up to 1000, to 10 up
   to AZ_STUDENT_MAX, also far out (P above 1e-290), by the continued fraction
   of the incomplete beta function (Abramowitz and Stegun 26.5.8, 26.7.1).  NaN
   if DF is out of range or an argument is NaN. */
double az_student_upper(double t, double df);
/* The t with P(T > t) = P, to 12 digits for DF up to 1000.  NaN unless
   1e-200 <= P < 1. */
double az_student_upper_quantile(double p, double df);

#endif
