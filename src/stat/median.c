/* How sure a median of few values is.
   SPDX-License-Identifier: MIT */

#include "stat/median.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stat/internal.h"

/* A probability that equals its bound may come out this much below it. */
#define ROUNDING (1 - 1e-14)

static uint64_t
power(uint64_t base, size_t exponent)
{
    uint64_t product = 1;

    while (exponent-- > 0)
        product *= base;
    return product;
}

/* C(n, k) for the n of a resample. */
static uint64_t
choose(size_t n, size_t k)
{
    uint64_t ways = 1;

    for (size_t i = 1; i <= k; i++)
        ways = ways * (n - k + i) / i;
    return ways;
}

/* In how many resamples of N the K-th value is at most x(I). */
static uint64_t
ways_up_to(size_t n, size_t k, size_t i)
{
    uint64_t ways = 0;

    for (size_t below = k; below <= n; below++)
        ways += choose(n, below) * power(i, below) * power(n - i, n - below);
    return ways;
}

/* In how many resamples of N = 2 HALF the HALF-th value is x(I) and the next
   x(J), I < J: HALF draws are at most x(I), one or more of them x(I) itself,
   and the others at least x(J), likewise. */
static uint64_t
ways_between(size_t n, size_t half, size_t i, size_t j)
{
    return choose(n, half) * (power(i, half) - power(i - 1, half)) *
           (power(n - j + 1, half) - power(n - j, half));
}

static void
add_atom(struct az_median_distribution *distribution, double value,
         uint64_t weight)
{
    distribution->atoms[distribution->count++] =
        (struct az_median_atom){ .value = value, .weight = weight };
}

/* The atoms whose lower value is x(I). */
static void
add_atoms(struct az_median_distribution *distribution, const double *sorted,
          size_t n, size_t i)
{
    size_t k = (n + 1) / 2;
    uint64_t left = ways_up_to(n, k, i) - ways_up_to(n, k, i - 1);
    double low = sorted[i - 1];

    for (size_t j = n; n % 2 == 0 && j > i; j--) {
        uint64_t ways = ways_between(n, n / 2, i, j);
        add_atom(distribution, low + (sorted[j - 1] - low) / 2, ways);
        left -= ways;
    }
    add_atom(distribution, low, left);
}

enum az_stat_status
az_median_distribute(struct az_sample sample,
                     struct az_median_distribution *ret)
{
    double sorted[AZ_MEDIAN_MAX];

    if (!az_stat_usable(sample, 1))
        return AZ_STAT_UNUSABLE;
    if (sample.count > AZ_MEDIAN_MAX)
        return AZ_STAT_TOO_LARGE;
    memcpy(sorted, sample.values, sample.count * sizeof(*sorted));
    az_stat_sort(sorted, sample.count);
    ret->count = 0;
    ret->total = power(sample.count, sample.count);
    for (size_t i = 1; i <= sample.count; i++)
        add_atoms(ret, sorted, sample.count, i);
    return AZ_STAT_OK;
}

double
az_median_error(const struct az_median_distribution *distribution)
{
    double total = (double)distribution->total;
    double first = distribution->atoms[0].value;
    double mean = 0;
    double squares = 0;

    for (size_t i = 0; i < distribution->count; i++) {
        const struct az_median_atom *atom = &distribution->atoms[i];
        mean += (atom->value - first) * ((double)atom->weight / total);
    }
    for (size_t i = 0; i < distribution->count; i++) {
        const struct az_median_atom *atom = &distribution->atoms[i];
        double deviation = atom->value - first - mean;
        squares += deviation * deviation * ((double)atom->weight / total);
    }
    return sqrt(squares);
}

static int
compare(const void *a, const void *b)
{
    const struct az_median_atom *left = a;
    const struct az_median_atom *right = b;

    return (left->value > right->value) - (left->value < right->value);
}

enum az_stat_status
az_median_ratios(struct az_sample x, struct az_sample y,
                 struct az_median_ratios *ret)
{
    struct az_median_distribution of_x;
    struct az_median_distribution of_y;
    enum az_stat_status status = az_median_distribute(x, &of_x);

    if (status == AZ_STAT_OK)
        status = az_median_distribute(y, &of_y);
    if (status != AZ_STAT_OK)
        return status;
    ret->count = 0;
    ret->total = of_x.total * of_y.total;
    for (size_t i = 0; i < of_x.count; i++) {
        for (size_t j = 0; j < of_y.count; j++) {
            double value = of_x.atoms[i].value / of_y.atoms[j].value;
            if (!(of_x.atoms[i].value > 0 && of_y.atoms[j].value > 0) ||
                !isfinite(value))
                return AZ_STAT_UNUSABLE;
            ret->ratios[ret->count++] =
                (struct az_median_atom){ .value = value,
                                         .weight = of_x.atoms[i].weight *
                                                   of_y.atoms[j].weight };
        }
    }
    qsort(ret->ratios, ret->count, sizeof(*ret->ratios), compare);
    return AZ_STAT_OK;
}

double
az_median_ratio_quantile(const struct az_median_ratios *ratios, double p)
{
    double needed = p * (double)ratios->total * ROUNDING;
    uint64_t sum = 0;
    size_t i = 0;

    for (; i < ratios->count - 1; i++) {
        sum += ratios->ratios[i].weight;
        if ((double)sum >= needed)
            break;
    }
    return ratios->ratios[i].value;
}

double
az_median_ratio_below(const struct az_median_ratios *ratios, double bound)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < ratios->count && ratios->ratios[i].value <= bound;
         i++)
        sum += ratios->ratios[i].weight;
    return (double)sum / (double)ratios->total;
}
