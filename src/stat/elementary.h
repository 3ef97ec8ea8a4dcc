/* Elementary functions, the same on each host.
   SPDX-License-Identifier: MIT

   The C library's differ in their last digits from one library, and from one
   processor, to the next; and to load libm takes a tenth of the time of a small
   run that needs no statistics.  What C compilers do by themselves (sqrt, fabs)
   and what is exact (frexp, ldexp) is used as it is. */

#ifndef AZ_STAT_ELEMENTARY_H
#define AZ_STAT_ELEMENTARY_H

/* These are within 4 units in the last place, and NaN of NaN. */
double az_exp(double x);
/* exp(X) - 1 */
double az_expm1(double x);
/* NaN below 0. */
double az_log(double x);
/* log(1 + X) */
double az_log1p(double x);

/* X to the power of Y, to 14 digits, for X > 0 and |Y| up to 1e9, and for X = 0
   and Y > 0. */
double az_pow(double x, double y);

/* 1 - erf(X), to 14 digits down to 1e-300. */
double az_erfc(double x);

/* The larger of the two; the other where one is NaN. */
static inline double
az_larger(double a, double b)
{
    return a >= b || b != b ? a : b;
}

/* A product: its HIGH is what multiplication gives, its LOW what that leaves
   out, exactly (Dekker 1971), for factors up to 1e300 and a product that is not
   near to underflow. */
struct az_product {
    double high;
    double low;
};
struct az_product az_product(double a, double b);

#endif
