/* Where a series changes its level.
   SPDX-License-Identifier: MIT */

#include "stat/change.h"

#include <math.h>
#include <string.h>

#include "stat/internal.h"
#include "stat/t-test.h"

/* Q of M values with the sum WITHIN_M of their pairs' distances, N with
   WITHIN_N, and ALL over the pairs of both together. */
static double
split_q(double m, double within_m, double n, double within_n, double all)
{
    double between = all - within_m - within_n;

    return 2 / (m + n) *
           (between - within_m * n / (m - 1) - within_n * m / (n - 1));
}

/* Adds value END of VALUES to what WITHIN[i] sums: the distances of all pairs
   from i to before END. */
static void
add_distances(const double *values, size_t end, double *within)
{
    double sum = 0;

    within[end] = 0;
    for (size_t i = end; i-- > 0;) {
        sum += fabs(values[end] - values[i]);
        within[i] += sum;
    }
}

enum az_stat_status
az_change_best_split(struct az_sample series, size_t min_segment, bool whole,
                     double *work, struct az_split *ret)
{
    size_t count = series.count;
    double *up_to = work;              /* pairs of the first i values */
    double *within = work + count + 1; /* pairs from i to the end so far */

    if (min_segment < 2 || count / 2 < min_segment ||
        !az_stat_usable(series, 2 * min_segment))
        return AZ_STAT_UNUSABLE;
    if (count > AZ_CHANGE_MAX)
        return AZ_STAT_TOO_LARGE;
    *ret = (struct az_split){ .q = -INFINITY };
    for (size_t end = 1; end <= count; end++) {
        add_distances(series.values, end - 1, within);
        up_to[end] = within[0];
        if (whole && end < count)
            continue;
        for (size_t at = min_segment; at + min_segment <= end; at++) {
            double q = split_q((double)at, up_to[at], (double)(end - at),
                               within[at], up_to[end]);
            if (q > ret->q)
                *ret = (struct az_split){ .at = at, .end = end, .q = q };
        }
    }
    return isfinite(ret->q) ? AZ_STAT_OK : AZ_STAT_UNUSABLE;
}

/* What a change at AT between START and END is.  The place was searched for,
   and a search finds the few values that happen to lie close together; Welch's
   test would take their small spread at its word. */
static struct az_change
weigh(struct az_sample series, size_t start, size_t at, size_t end)
{
    struct az_sample before = { series.values + start, at - start };
    struct az_sample after = { series.values + at, end - at };
    struct az_t_test welch = { 0 };
    struct az_t_test pooled = { 0 };
    enum az_stat_status status = az_t_test_welch(after, before, &welch);
    struct az_change change = { .at = at, .effect = welch.difference, .p = 1 };

    if (status == AZ_STAT_OK)
        status = az_t_test_pooled(after, before, &pooled);
    if (status == AZ_STAT_OK)
        change.p = fmax(welch.p.two_sided, pooled.p.two_sided);
    else if (status == AZ_STAT_NO_SPREAD && change.effect != 0)
        change.p = 0;
    return change;
}

/* Splits from START to END, if there is cause; where, or END. */
static size_t
split_segment(struct az_sample series, const struct az_change_rule *rule,
              double *work, size_t start, size_t end)
{
    struct az_sample part = { series.values + start, end - start };
    struct az_split split;

    if (az_change_best_split(part, rule->min_segment, false, work, &split) !=
        AZ_STAT_OK)
        return end;
    struct az_change change =
        weigh(series, start, start + split.at, start + split.end);
    return change.p <= rule->alpha ? change.at : end;
}

/* Where the segment after CHANGES[i] ends. */
static size_t
end_of(struct az_sample series, const struct az_change *changes, size_t count,
       size_t i)
{
    return i + 1 < count ? changes[i + 1].at : series.count;
}

/* The weakest change that is not one by RULE, or COUNT. */
static size_t
weakest(struct az_sample series, const struct az_change_rule *rule,
        struct az_change *changes, size_t count)
{
    size_t found = count;

    for (size_t i = 0; i < count; i++) {
        size_t start = i == 0 ? 0 : changes[i - 1].at;
        changes[i] = weigh(series, start, changes[i].at,
                           end_of(series, changes, count, i));
        bool holds = changes[i].p <= rule->alpha &&
                     fabs(changes[i].effect) >= rule->min_effect;
        if (!holds && (found == count ||
                       fabs(changes[i].effect) < fabs(changes[found].effect)))
            found = i;
    }
    return found;
}

enum az_stat_status
az_change_find(struct az_sample series, const struct az_change_rule *rule,
               double *work, struct az_change *changes, size_t *count)
{
    size_t start = 0;
    size_t i = 0;

    *count = 0;
    if (!az_stat_usable(series, 0) || rule->min_segment < 2 ||
        !(rule->alpha > 0 && rule->alpha < 1) || !(rule->min_effect >= 0))
        return AZ_STAT_UNUSABLE;
    if (series.count > AZ_CHANGE_MAX)
        return AZ_STAT_TOO_LARGE;
    /* Changes before the i-th are in segments that are not split any more. */
    while (i <= *count) {
        size_t end = i < *count ? changes[i].at : series.count;
        size_t at = split_segment(series, rule, work, start, end);
        if (at == end) {
            start = end;
            i++;
            continue;
        }
        memmove(&changes[i + 1], &changes[i], (*count - i) * sizeof(*changes));
        changes[i].at = at;
        ++*count;
    }
    while ((i = weakest(series, rule, changes, *count)) < *count) {
        memmove(&changes[i], &changes[i + 1],
                (*count - i - 1) * sizeof(*changes));
        --*count;
    }
    return AZ_STAT_OK;
}
