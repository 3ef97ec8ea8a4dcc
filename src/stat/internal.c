/* What several files of this room need.
   SPDX-License-Identifier: MIT */

#include "stat/internal.h"

#include <math.h>
#include <stdlib.h>

bool
az_stat_usable(struct az_sample sample, size_t least)
{
    if (sample.count < least)
        return false;
    for (size_t i = 0; i < sample.count; i++)
        if (!isfinite(sample.values[i]))
            return false;
    return true;
}

static int
compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;

    return (left > right) - (left < right);
}

void
az_stat_sort(double *values, size_t count)
{
    if (count > 1)
        qsort(values, count, sizeof(*values), compare);
}

/* Sums are of differences to the first value, which are 0 where all values are
   equal, and small where they are close. */
struct az_moments
az_stat_moments(struct az_sample sample)
{
    double first = sample.values[0];
    double count = (double)sample.count;
    double sum = 0;
    double squares = 0;
    double rest = 0;

    for (size_t i = 0; i < sample.count; i++)
        sum += sample.values[i] - first;
    struct az_moments moments = { .mean = first + sum / count };
    for (size_t i = 0; i < sample.count; i++) {
        double deviation = sample.values[i] - moments.mean;
        squares += deviation * deviation;
        rest += deviation;
    }
    if (sample.count > 1)
        moments.variance = (squares - rest * rest / count) / (count - 1);
    return moments;
}

double
az_stat_median(const double *sorted, size_t count)
{
    size_t half = count / 2;

    return count % 2 != 0
               ? sorted[half]
               : sorted[half - 1] + (sorted[half] - sorted[half - 1]) / 2;
}

struct az_tails
az_stat_tails(double less, double greater)
{
    double twice = 2 * (less < greater ? less : greater);

    return (struct az_tails){ .less = less,
                              .greater = greater,
                              .two_sided = twice < 1 ? twice : 1 };
}

void
az_stat_order_interval(const double *values, size_t count,
                       const struct az_count *null_counts,
                       struct az_count total, struct az_shift *ret)
{
    struct az_count tail = { 0 };
    size_t k = 0;
    double outside = 0;

    while (2 * (k + 1) <= count) {
        tail = az_count_add(tail, null_counts[k]);
        double both = 2 * az_count_ratio(tail, total);
        if (both > ret->alpha)
            break;
        outside = both;
        k++;
    }
    ret->has_interval = k > 0;
    if (k > 0) {
        ret->low = values[k - 1];
        ret->high = values[count - k];
        ret->coverage = 1 - outside;
    }
}
