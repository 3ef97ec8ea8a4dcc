/* Whether the values of a series rise or fall with time.
   SPDX-License-Identifier: MIT */

#include "stat/trend.h"

#include <math.h>

#include "stat/distribution.h"
#include "stat/internal.h"

/* The variance of SERIES around the line of SLOPE through their MEAN. */
static double
variance_around(struct az_sample series, double mean, double slope)
{
    double middle = (double)(series.count - 1) / 2;
    double squares = 0;

    for (size_t i = 0; i < series.count; i++) {
        double rest = series.values[i] - mean - slope * ((double)i - middle);
        squares += rest * rest;
    }
    return squares / (double)(series.count - 2);
}

enum az_stat_status
az_trend_find(struct az_sample series, struct az_trend *ret)
{
    double count = (double)series.count;
    double middle = (count - 1) / 2;
    double products = 0;

    if (!az_stat_usable(series, 3))
        return AZ_STAT_UNUSABLE;
    if (series.count > AZ_TREND_MAX)
        return AZ_STAT_TOO_LARGE;
    struct az_moments moments = az_stat_moments(series);
    double squares = count * (count * count - 1) / 12; /* of 0 to n - 1 */
    for (size_t i = 0; i < series.count; i++)
        products += ((double)i - middle) * (series.values[i] - moments.mean);
    *ret = (struct az_trend){
        .slope = products / squares,
        .rise = products / squares * (count - 1),
        .df = count - 2,
    };
    if (!(moments.variance > 0))
        return AZ_STAT_NO_SPREAD;
    ret->deviation = sqrt(variance_around(series, moments.mean, ret->slope));
    ret->t = ret->slope * sqrt(squares) / ret->deviation;
    if (isnan(ret->t) || !isfinite(ret->rise))
        return AZ_STAT_UNUSABLE;
    if (isinf(ret->t))
        ret->p = az_stat_tails(ret->t < 0 ? 0 : 1, ret->t < 0 ? 1 : 0);
    else
        ret->p = az_stat_tails(az_student_upper(-ret->t, ret->df),
                               az_student_upper(ret->t, ret->df));
    return AZ_STAT_OK;
}
