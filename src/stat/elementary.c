/* Elementary functions, the same on each host.
   SPDX-License-Identifier: MIT */

#include "stat/elementary.h"

#include <math.h>
#include <stddef.h>

/* The logarithm of 2 in two parts: the product of the first and an exponent is
   exact. */
#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW  1.9082149292705877e-10
#define LN2      (LN2_HIGH + LN2_LOW)

/* exp of less underflows, of more overflows. */
#define EXP_LEAST (-745.2)
#define EXP_MOST  709.8

/* exp(X) - 1 for |X| up to 0.4, by Taylor's series; even and odd powers are
   added up apart, so that neither sum waits for the other. */
static double
expm1_near_zero(double x)
{
    static const double even[] = { 1.0 / 24,        1.0 / 720,
                                   1.0 / 40320,     1.0 / 3628800,
                                   1.0 / 479001600, 1.0 / 87178291200 };
    static const double odd[] = {
        1.0 / 6,      1.0 / 120,      1.0 / 5040,
        1.0 / 362880, 1.0 / 39916800, 1.0 / 6227020800
    };
    double square = x * x, evens = 0, odds = 0;

    for (int i = 5; i >= 0; i--) {
        evens = evens * square + even[i];
        odds = odds * square + odd[i];
    }
    return x + square * (0.5 + (x * odds + square * evens));
}

double
az_exp(double x)
{
    double rest;
    int power;

    if (isnan(x))
        return x;
    if (x < EXP_LEAST || x > EXP_MOST)
        return x < 0 ? 0 : INFINITY;
    power = (int)(x / LN2 + (x < 0 ? -0.5 : 0.5));
    rest = x - power * LN2_HIGH - power * LN2_LOW;
    return ldexp(1 + expm1_near_zero(rest), power);
}

double
az_expm1(double x)
{
    return fabs(x) <= 0.4 ? expm1_near_zero(x) : az_exp(x) - 1;
}

struct az_product
az_product(double a, double b)
{
    /* Halves of 26 bits, whose products are exact (Veltkamp 1968). */
    const double factor = 0x1p27 + 1;
    double a_high = a * factor - (a * factor - a), a_low = a - a_high;
    double b_high = b * factor - (b * factor - b), b_low = b - b_high;
    double high = a * b;

    return (struct az_product){ high, a_low * b_low -
                                          (high - a_high * b_high -
                                           a_low * b_high - a_high * b_low) };
}

/* LARGE + SMALL, and what that leaves out. */
static struct az_product
sum_of(double large, double small)
{
    double sum = large + small;

    return (struct az_product){ sum, small - (sum - large) };
}

/* The logarithm of X > 0 to 60 bits, as a sum: with X = 2^n m, and
   s = (m - 1) / (m + 1), log m = 2 s + 2 s^3 / 3 + 2 s^5 / 5 + ... */
static struct az_product
log_sum(double x)
{
    int power;
    double m = frexp(x, &power), f, divisor, s, s_low, z, series = 0, low;
    struct az_product back, high;

    if (m < 0.70710678118654752440) {
        m *= 2;
        power--;
    }
    f = m - 1;
    divisor = 2 + f;
    s = f / divisor;
    back = az_product(s, divisor);
    s_low = (f - back.high - back.low - s * (f - (divisor - 2))) / divisor;
    z = s * s;
    for (int i = 25; i >= 3; i -= 2)
        series = series * z + 2.0 / i;
    low = 2 * s_low + s * z * series;
    if (power == 0)
        return sum_of(2 * s, low);
    high = sum_of(power * LN2_HIGH, 2 * s);
    return sum_of(high.high, high.low + (low + power * LN2_LOW));
}

double
az_log(double x)
{
    struct az_product sum;

    if (isnan(x) || x < 0)
        return NAN;
    if (x == 0 || isinf(x))
        return x == 0 ? -INFINITY : x;
    sum = log_sum(x);
    return sum.high + sum.low;
}

double
az_log1p(double x)
{
    double y = 1 + x, lost = x < 1 ? x - (y - 1) : 1 - (y - x);

    if (!(y > 0) || isinf(y))
        return az_log(y);
    struct az_product sum = log_sum(y);
    return sum.high + (sum.low + lost / y);
}

double
az_pow(double x, double y)
{
    struct az_product sum, exponent;

    if (isnan(x) || isnan(y) || x < 0)
        return NAN;
    if (x == 0 || y == 0)
        return y == 0;
    sum = log_sum(x);
    exponent = az_product(y, sum.high);
    return az_exp(exponent.high) *
           (1 + expm1_near_zero(exponent.low + y * sum.low));
}

/* (1 + 2 x) exp(x^2) erfc(x) for x >= 0 as a series of Chebyshev's polynomials
   in (x - 3.75) / (x + 3.75): Shepherd and Laframboise, Math. Comp. 36 (1981)
   249.  The coefficients are of 60 digits and were rounded to 18. */
static double
scaled_erfc(double x)
{
    static const double coefficients[] = {
        1.17757893456740175,      -0.00459005458064647733,
        -0.0842491333665179156,   0.0592099399981918905,
        -0.0266586684353057523,   0.00907499767070526509,
        -0.00241316354041760819,  0.000490775836525808632,
        -6.91697330250120637e-5,  4.13902798607301017e-6,
        7.74038306619849067e-7,   -2.18864010492343957e-7,
        1.07649994656709104e-8,   4.52195981121828690e-9,
        -7.75440020883135111e-10, -6.31808834088668449e-11,
        2.86879501093066990e-11,  1.94558685457773472e-13,
        -9.65469674843343891e-13, 3.25254814814873984e-14,
        3.34781194828680539e-14,  -1.86456288041931310e-15,
        -1.25079505306886471e-15, 7.41823525662404346e-17,
        5.06814890479611132e-17,
    };
    double y = (x - 3.75) / (x + 3.75), b = 0, c = 0, next;

    for (size_t i = sizeof(coefficients) / sizeof(coefficients[0]) - 1; i > 0;
         i--) {
        next = coefficients[i] + 2 * y * b - c;
        c = b;
        b = next;
    }
    return (coefficients[0] + y * b - c) / (1 + 2 * x);
}

double
az_erfc(double x)
{
    double rough;

    if (isnan(x))
        return x;
    if (x < 0)
        return 2 - az_erfc(-x);
    if (x == 0 || x > 28)
        return x == 0;
    /* exp(-x^2), with a square that is exact and what it lacks */
    rough = (int)(x * 16) / 16.0;
    return az_exp(-rough * rough) * az_exp(-(x - rough) * (x + rough)) *
           scaled_erfc(x);
}
