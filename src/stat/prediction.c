/* One new value against earlier runs.
   SPDX-License-Identifier: MIT */

#include "stat/prediction.h"

#include <math.h>

#include "stat/distribution.h"
#include "stat/internal.h"

/* What a standard deviation of the runs is for the next one. */
static double
widening(double count)
{
    return sqrt(1 + 1 / count);
}

double
az_prediction_multiplier(size_t count, double alpha)
{
    if (count < 2 || count > AZ_PREDICTION_MAX)
        return NAN;
    return az_student_upper_quantile(alpha, (double)(count - 1)) *
           widening((double)count);
}

static bool
all_above_zero(struct az_sample runs)
{
    for (size_t i = 0; i < runs.count; i++)
        if (!(runs.values[i] > 0))
            return false;
    return true;
}

/* Mean and variance of the logarithms, over the first value's, so that equal
   values have no variance at all. */
static struct az_moments
log_moments(struct az_sample runs)
{
    double count = (double)runs.count;
    struct az_moments moments = { 0 };
    double rest = 0;

    for (size_t i = 0; i < runs.count; i++)
        moments.mean += log(runs.values[i] / runs.values[0]) / count;
    for (size_t i = 0; i < runs.count; i++) {
        double deviation = log(runs.values[i] / runs.values[0]) - moments.mean;
        moments.variance += deviation * deviation;
        rest += deviation;
    }
    moments.variance = (moments.variance - rest * rest / count) / (count - 1);
    return moments;
}

enum az_stat_status
az_prediction_make(struct az_sample runs, const struct az_prediction_rule *rule,
                   struct az_prediction *ret)
{
    if (!az_stat_usable(runs, 2) || !all_above_zero(runs) ||
        !(rule->alpha > 0 && rule->alpha < 1) ||
        !(rule->power > 0 && rule->power < 1))
        return AZ_STAT_UNUSABLE;
    if (runs.count > AZ_PREDICTION_MAX)
        return AZ_STAT_TOO_LARGE;
    struct az_moments moments = log_moments(runs);
    *ret = (struct az_prediction){
        .centre = runs.values[0] * exp(moments.mean),
        .multiplier = az_prediction_multiplier(runs.count, rule->alpha),
        .higher_is_worse = rule->higher_is_worse,
        .df = (double)(runs.count - 1),
    };
    if (!(moments.variance > 0))
        return AZ_STAT_NO_SPREAD;
    az_prediction_respread(ret, runs.count, rule, sqrt(moments.variance),
                           (double)(runs.count - 1));
    return AZ_STAT_OK;
}

void
az_prediction_respread(struct az_prediction *prediction, size_t count,
                       const struct az_prediction_rule *rule, double deviation,
                       double df)
{
    double wide = widening((double)count);

    prediction->deviation = deviation;
    prediction->df = df;
    prediction->error = deviation * wide;
    prediction->multiplier = az_student_upper_quantile(rule->alpha, df) * wide;
    double beyond = prediction->multiplier * deviation;
    double found = beyond + prediction->error *
                                az_student_upper_quantile(1 - rule->power, df);
    prediction->limit =
        prediction->centre * exp(rule->higher_is_worse ? beyond : -beyond);
    prediction->detectable =
        rule->higher_is_worse ? expm1(found) : -expm1(-found);
}

double
az_prediction_p(const struct az_prediction *prediction, double value, double *t)
{
    double worse = log(value / prediction->centre) / prediction->error;

    if (!(value > 0) || !isfinite(worse))
        worse = NAN;
    else if (!prediction->higher_is_worse)
        worse = -worse;
    if (t != NULL)
        *t = worse;
    return az_student_upper(worse, prediction->df);
}
