/* Wilcoxon's signed-rank test.
   SPDX-License-Identifier: MIT */

#include "stat/signed-rank.h"

#include <math.h>
#include <string.h>

#include "stat/internal.h"

size_t
az_signed_rank_work(size_t count)
{
    return count == 0 || count > AZ_SIGNED_RANK_MAX ? 0
                                                    : count * (count + 1) + 1;
}

/* COUNTS, of the sums up to LARGEST, with one more rank that is there or
   not. */
static void
add_rank(struct az_count *counts, size_t largest, size_t rank)
{
    for (size_t sum = largest; sum >= rank; sum--)
        counts[sum] = az_count_add(counts[sum], counts[sum - rank]);
}

static void
clear(struct az_count *counts, size_t largest)
{
    memset(counts, 0, (largest + 1) * sizeof(*counts));
    counts[0].low = 1;
}

static enum az_stat_status
check_differences(struct az_sample differences)
{
    if (!az_stat_usable(differences, 1))
        return AZ_STAT_UNUSABLE;
    return differences.count > AZ_SIGNED_RANK_MAX ? AZ_STAT_TOO_LARGE
                                                  : AZ_STAT_OK;
}

/* Twice the rank of SIZE among the COUNT SIZES. */
static size_t
doubled_rank(const double *sizes, size_t count, double size)
{
    size_t below = 0;
    size_t equal = 0;

    for (size_t i = 0; i < count; i++) {
        below += sizes[i] < size;
        equal += sizes[i] == size;
    }
    return 2 * below + equal + 1;
}

enum az_stat_status
az_signed_rank_test(struct az_sample differences, struct az_count *work,
                    struct az_signed_rank *ret)
{
    enum az_stat_status status = check_differences(differences);
    double sizes[AZ_SIGNED_RANK_MAX];
    size_t count = 0;

    if (status != AZ_STAT_OK)
        return status;
    for (size_t i = 0; i < differences.count; i++)
        if (differences.values[i] != 0)
            sizes[count++] = fabs(differences.values[i]);
    if (count == 0)
        return AZ_STAT_NO_SPREAD;
    *ret = (struct az_signed_rank){ .used = count };
    size_t largest = count * (count + 1);
    clear(work, largest);
    for (size_t i = 0; i < differences.count; i++) {
        double value = differences.values[i];
        if (value != 0) {
            size_t rank = doubled_rank(sizes, count, fabs(value));
            add_rank(work, largest, rank);
            ret->doubled_v += value > 0 ? rank : 0;
        }
    }
    for (size_t sum = 0; sum <= largest; sum++) {
        ret->total = az_count_add(ret->total, work[sum]);
        if (sum <= ret->doubled_v)
            ret->less = az_count_add(ret->less, work[sum]);
        if (sum >= ret->doubled_v)
            ret->greater = az_count_add(ret->greater, work[sum]);
    }
    ret->p = az_stat_tails(az_count_ratio(ret->less, ret->total),
                           az_count_ratio(ret->greater, ret->total));
    return AZ_STAT_OK;
}

enum az_stat_status
az_signed_rank_shift(struct az_sample differences, struct az_count *work,
                     double *averages, struct az_shift *ret)
{
    enum az_stat_status status = check_differences(differences);
    size_t n = differences.count;
    struct az_count total = { 0 };
    size_t count = 0;

    if (status != AZ_STAT_OK || !(ret->alpha > 0 && ret->alpha < 1))
        return status != AZ_STAT_OK ? status : AZ_STAT_UNUSABLE;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i; j < n; j++) {
            averages[count++] =
                differences.values[i] / 2 + differences.values[j] / 2;
        }
    }
    az_stat_sort(averages, count);
    ret->estimate = az_stat_median(averages, count);
    clear(work, count);
    for (size_t rank = 1; rank <= n; rank++)
        add_rank(work, count, rank);
    for (size_t sum = 0; sum <= count; sum++)
        total = az_count_add(total, work[sum]);
    az_stat_order_interval(averages, count, work, total, ret);
    return AZ_STAT_OK;
}
