/* Adjusted p values.
   SPDX-License-Identifier: MIT */

#include "stat/adjust.h"

#include <math.h>
#include <stdlib.h>

/* What equals its bound in numbers without end may come out this much off. */
#define ROUNDING (1 + 1e-14)

static int
compare(const void *a, const void *b)
{
    const struct az_ranked_p *left = a;
    const struct az_ranked_p *right = b;

    if (left->p != right->p)
        return left->p < right->p ? -1 : 1;
    return (left->index > right->index) - (left->index < right->index);
}

/* Each is at least the adjusted value of the one below. */
static void
step_down(const struct az_ranked_p *sorted, size_t count, double *ret)
{
    double worst = 0;

    for (size_t i = 0; i < count; i++) {
        double p = sorted[i].p * (double)(count - i);
        worst = p > worst ? p : worst;
        ret[sorted[i].index] = worst < 1 ? worst : 1;
    }
}

/* Each is at most the adjusted value of the one above; all times FACTOR. */
static void
step_up(const struct az_ranked_p *sorted, size_t count, double factor,
        double *ret)
{
    double best = 1;

    for (size_t i = count; i-- > 0;) {
        double p = sorted[i].p * factor * ((double)count / (double)(i + 1));
        best = p < best ? p : best;
        ret[sorted[i].index] = best;
    }
}

enum az_stat_status
az_adjust_p(enum az_adjustment adjustment, struct az_sample p,
            struct az_ranked_p *work, double *ret)
{
    double harmonic = 0;

    for (size_t i = 0; i < p.count; i++) {
        if (!(p.values[i] >= 0 && p.values[i] <= 1))
            return AZ_STAT_UNUSABLE;
        work[i] = (struct az_ranked_p){ .p = p.values[i], .index = i };
        harmonic += 1 / (double)(i + 1);
    }
    if (p.count > 1)
        qsort(work, p.count, sizeof(*work), compare);
    if (adjustment == AZ_ADJUST_HOLM)
        step_down(work, p.count, ret);
    else
        step_up(work, p.count, adjustment == AZ_ADJUST_BY ? harmonic : 1, ret);
    return AZ_STAT_OK;
}

bool
az_adjust_can_reject(size_t family, double alpha, double smallest)
{
    return family > 0 && family <= az_adjust_largest_family(alpha, smallest);
}

size_t
az_adjust_largest_family(double alpha, double smallest)
{
    if (!(alpha > 0 && alpha < 1 && smallest > 0))
        return 0;
    double family = floor(alpha / smallest * ROUNDING);
    return family < 1e9 ? (size_t)family : (size_t)1e9;
}
