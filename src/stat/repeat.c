/* How often several new values are all called worse without a change.
   SPDX-License-Identifier: MIT */

#include "stat/repeat.h"

#include <math.h>

#include "stat/distribution.h"
#include "stat/prediction.h"

/* The integrands fall like exp(-x^2 / 2): nothing is left beyond. */
#define REACH 9.0
/* Of the trapezoidal rule, over the mean of the runs in its deviations and over
   the logarithm of their deviation: finer ones change no digit that is told. */
#define MEAN_STEP 0.125
#define LOG_STEPS 400

static const double pi = 3.14159265358979323846;

/* The logarithm of the gamma function at DOUBLED / 2. */
static double
log_gamma_half(size_t doubled)
{
    double sum = doubled % 2 == 0 ? 0 : log(pi) / 2;

    for (size_t i = doubled % 2 == 0 ? 2 : 1; i < doubled; i += 2)
        sum += log((double)i / 2);
    return sum;
}

/* The chance for runs whose deviation is S times the true one: the mean of the
   runs varies, and with it all new values at once. */
static double
chance_at(double s, double limit, size_t runs, unsigned times)
{
    double sum = 0;

    for (double z = -REACH; z <= REACH; z += MEAN_STEP) {
        double beyond = az_normal_upper(limit * s + z / sqrt((double)runs));

        sum += exp(-z * z / 2) * pow(beyond, times);
    }
    return sum * MEAN_STEP / sqrt(2 * pi);
}

double
az_repeat_chance(size_t runs, double alpha, unsigned times)
{
    double df, limit, norm, low, high, step, sum = 0;

    if (runs < 2 || runs > AZ_REPEAT_RUNS_MAX || times < 1 ||
        times > AZ_REPEAT_TIMES_MAX || !(alpha > 0) || !(alpha < 1))
        return NAN;
    df = (double)(runs - 1);
    limit = az_prediction_multiplier(runs, alpha);
    norm = log(2.0) + df / 2 * log(df / 2) - log_gamma_half(runs - 1);
    /* over the logarithm u of the deviation, whose density is e to the power
       norm + df u - df e^(2u) / 2: from where df u alone makes it less than
       e^(-REACH^2) to where the last term does */
    low = -REACH * REACH / df - 1;
    high = log1p(REACH / sqrt(df)) + 0.5;
    step = (high - low) / LOG_STEPS;
    for (unsigned i = 0; i <= LOG_STEPS; i++) {
        double u = low + i * step;
        double density = exp(norm + df * u - df * exp(2 * u) / 2);

        if (density > 0)
            sum += density * chance_at(exp(u), limit, runs, times);
    }
    return sum * step;
}
