/* The permutation test of paired differences.
   SPDX-License-Identifier: MIT */

#include "stat/sign-flip.h"

#include <math.h>

#include "stat/internal.h"

/* The largest difference is below 2^GRID_BITS units. */
#define GRID_BITS 30

size_t
az_sign_flip_work(size_t count)
{
    size_t half = count - count / 2;

    return count == 0 || count > AZ_SIGN_FLIP_MAX ? 0 : (size_t)3 << half;
}

/* Makes SORTED, COUNT sums in ascending order, the sums of these with SIZE and
   with -SIZE, twice as many, by merging; ROOM has room for them. */
static void
add_difference(int64_t *sorted, size_t count, int64_t size, int64_t *room)
{
    size_t minus = 0;
    size_t plus = 0;

    for (size_t i = 0; i < 2 * count; i++)
        if (plus == count ||
            (minus < count && sorted[minus] - size <= sorted[plus] + size))
            room[i] = sorted[minus++] - size;
        else
            room[i] = sorted[plus++] + size;
    for (size_t i = 0; i < 2 * count; i++)
        sorted[i] = room[i];
}

/* All sums of differences, sorted; how many. */
static size_t
all_sums(const int64_t *differences, size_t count, int64_t *sums, int64_t *room)
{
    size_t size = 1;

    sums[0] = 0;
    for (size_t i = 0; i < count; i++) {
        add_difference(sums, size, differences[i], room);
        size *= 2;
    }
    return size;
}

/* How many sums of one item of A and one of B are at most BOUND. */
static uint64_t
count_up_to(const int64_t *a, size_t in_a, const int64_t *b, size_t in_b,
            int64_t bound)
{
    uint64_t count = 0;
    size_t j = in_b;

    for (size_t i = 0; i < in_a; i++) {
        while (j > 0 && a[i] + b[j - 1] > bound)
            j--;
        count += j;
    }
    return count;
}

/* Puts the sizes of the differences, in whole units, into RET; their sum with
   the signs that they have. */
static int64_t
to_grid(struct az_sample differences, int64_t ret[static AZ_SIGN_FLIP_MAX])
{
    double largest = 0;
    int64_t sum = 0;
    int exponent;

    for (size_t i = 0; i < differences.count; i++)
        largest = fmax(largest, fabs(differences.values[i]));
    frexp(largest, &exponent);
    for (size_t i = 0; i < differences.count; i++) {
        double units = ldexp(differences.values[i], GRID_BITS - exponent);
        int64_t whole = (int64_t)round(units);
        sum += whole;
        ret[i] = whole < 0 ? -whole : whole;
    }
    return sum;
}

enum az_stat_status
az_sign_flip_test(struct az_sample differences, int64_t *work,
                  struct az_sign_flip *ret)
{
    int64_t sizes[AZ_SIGN_FLIP_MAX];
    size_t first = differences.count / 2;
    bool spread = false;

    if (!az_stat_usable(differences, 1))
        return AZ_STAT_UNUSABLE;
    if (differences.count > AZ_SIGN_FLIP_MAX)
        return AZ_STAT_TOO_LARGE;
    for (size_t i = 0; i < differences.count; i++)
        spread = spread || differences.values[i] != 0;
    if (!spread)
        return AZ_STAT_NO_SPREAD;
    /* All sums of either half, instead of all sums. */
    size_t room = (size_t)1 << (differences.count - first);
    int64_t observed = to_grid(differences, sizes);
    size_t in_a = all_sums(sizes, first, work, work + 2 * room);
    size_t in_b = all_sums(sizes + first, differences.count - first,
                           work + room, work + 2 * room);
    ret->total = UINT64_C(1) << differences.count;
    ret->less = count_up_to(work, in_a, work + room, in_b, observed);
    ret->greater =
        ret->total - count_up_to(work, in_a, work + room, in_b, observed - 1);
    ret->p = az_stat_tails((double)ret->less / (double)ret->total,
                           (double)ret->greater / (double)ret->total);
    return AZ_STAT_OK;
}

double
az_sign_flip_smallest_p(size_t count)
{
    return ldexp(1, count > AZ_SIGN_FLIP_MAX ? -AZ_SIGN_FLIP_MAX : -(int)count);
}
