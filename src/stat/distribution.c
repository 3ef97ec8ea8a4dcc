/* The normal distribution and Student's t.
   SPDX-License-Identifier: MIT */

#include "stat/distribution.h"

#include <float.h>
#include <math.h>

#define SQRT_HALF 0.70710678118654752440
#define SQRT_PI   1.7724538509055160273
/* The square of what is above this may be beyond doubles; df counts nothing
   beside it. */
#define FAR_OUT    1e150
#define SMALLEST_P 1e-200
/* The fraction needs about sqrt(df) steps. */
#define STEPS 1000000

double
az_normal_upper(double z)
{
    return erfc(z * SQRT_HALF) / 2;
}

/* A quotient of polynomials of degree 7, constant first. */
struct rational {
    double numerator[8];
    double denominator[8];
};

static double
evaluate(const struct rational *rational, double x)
{
    double numerator = rational->numerator[7];
    double denominator = rational->denominator[7];

    for (int i = 6; i >= 0; i--) {
        numerator = numerator * x + rational->numerator[i];
        denominator = denominator * x + rational->denominator[i];
    }
    return numerator / denominator;
}

/* The tables of Algorithm AS 241, PPND16.  For |p - 1/2| <= 0.425, in 0.425^2
   - (p - 1/2)^2: */
static const struct rational central = {
    { 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
      1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
      3.3430575583588128105e4, 2.5090809287301226727e3 },
    { 1.0, 4.2313330701600911252e1, 6.8718700749205790830e2,
      5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4,
      2.8729085735721942674e4, 5.2264952788528545610e3 },
};
/* Beyond, in r - 1.6, r being the root of -log p: up to r = 5, p = 1.4e-11. */
static const struct rational near_tail = {
    { 1.42343711074968357734e0, 4.63033784615654529590e0,
      5.76949722146069140550e0, 3.64784832476320460504e0,
      1.27045825245236838258e0, 2.41780725177450611770e-1,
      2.27238449892691845833e-2, 7.74545014278341407640e-4 },
    { 1.0, 2.05319162663775882187e0, 1.67638483018380384940e0,
      6.89767334985100004550e-1, 1.48103976427480074590e-1,
      1.51986665636164571966e-2, 5.47593808499534494600e-4,
      1.05075007164441684324e-9 },
};
/* And from there on, in r - 5. */
static const struct rational far_tail = {
    { 6.65790464350110377720e0, 5.46378491116411436990e0,
      1.78482653991729133580e0, 2.96560571828504891230e-1,
      2.65321895265761230930e-2, 1.24266094738807843860e-3,
      2.71155556874348757815e-5, 2.01033439929228813265e-7 },
    { 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
      1.48753612908506148525e-2, 7.86869131145613259100e-4,
      1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15 },
};

double
az_normal_quantile(double p)
{
    double q = p - 0.5;

    if (!(p > 0 && p < 1))
        return NAN;
    if (fabs(q) <= 0.425)
        return q * evaluate(&central, 0.180625 - q * q);
    double r = sqrt(-log(q < 0 ? p : 1 - p));
    double z =
        r <= 5 ? evaluate(&near_tail, r - 1.6) : evaluate(&far_tail, r - 5);
    return q < 0 ? -z : z;
}

/* From here on eight terms of the series have all digits of a double. */
#define SERIES_FROM 40

/* Gamma(a + 1/2) / Gamma(a): the series in 1 / a, and recurrence below it;
   lgamma would lose three digits, and other ones in each library. */
static double
gamma_ratio(double a)
{
    static const double series[] = {
        1.0,           -1.0 / 8,        1.0 / 128,       5.0 / 1024,
        -21.0 / 32768, -399.0 / 262144, 869.0 / 4194304, 39325.0 / 33554432,
    };
    double factor = 1;
    double sum = 0;

    while (a < SERIES_FROM) {
        factor *= a / (a + 0.5);
        a += 1;
    }
    for (int i = sizeof(series) / sizeof(series[0]) - 1; i >= 0; i--)
        sum = sum / a + series[i];
    return factor * sum * sqrt(a);
}

/* The step of a continued fraction in Lentz's way (Thompson and Barnett, J.
   Comp. Phys. 64 (1986) 490) that never divides by 0. */
static double
away_from_zero(double value)
{
    return fabs(value) < DBL_MIN ? DBL_MIN : value;
}

/* The continued fraction of I_x(a, b), for x < (a + 1) / (a + b + 2). */
static double
beta_fraction(double a, double b, double x)
{
    double c = 1;
    double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
    double value = d;

    for (int m = 1; m < STEPS; m++) {
        double even = m * (b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m));
        double odd =
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        value *= d * c;
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        value *= d * c;
        if (fabs(d * c - 1) < DBL_EPSILON)
            return value;
    }
    return NAN;
}

/* (df / (df + t^2))^(df / 2).  What rounding did to the base would be in the
   result df / 2 times, so it is found out and put right. */
static double
student_power(double t, double df)
{
    double square = t * t;
    double sum = df + square;
    double low = df < square ? df - (sum - square) : square - (sum - df);
    double base = df / sum;
    double lost = fma(-base, sum, df) - base * (low + fma(t, t, -square));

    return pow(base, df / 2) * (1 + df / 2 * (lost / df));
}

double
az_student_upper(double t, double df)
{
    double a = df / 2;

    if (!(df >= 1 && df <= AZ_STUDENT_MAX) || isnan(t))
        return NAN;
    if (t < 0)
        return 1 - az_student_upper(-t, df);
    if (t == 0 || isinf(t))
        return t == 0 ? 0.5 : 0;
    if (t > FAR_OUT)
        return pow(sqrt(df) / t, df) * gamma_ratio(a) / (SQRT_PI * df);
    double sum = df + t * t;
    double factor =
        student_power(t, df) * (t / sqrt(sum)) * (gamma_ratio(a) / SQRT_PI);
    if (df / sum < (a + 1) / (a + 2.5))
        return factor / df * beta_fraction(a, 0.5, df / sum);
    return 0.5 - factor * beta_fraction(0.5, a, t * t / sum);
}

double
az_student_upper_quantile(double p, double df)
{
    double low = 0;
    double high = 1;

    if (!(p >= SMALLEST_P && p < 1) || isnan(az_student_upper(1, df)))
        return NAN;
    if (p > 0.5)
        return -az_student_upper_quantile(1 - p, df);
    while (az_student_upper(high, df) > p) {
        low = high;
        high *= 2;
    }
    for (;;) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return middle;
        if (az_student_upper(middle, df) > p)
            low = middle;
        else
            high = middle;
    }
}
