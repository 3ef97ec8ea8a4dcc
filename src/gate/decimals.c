/* Lists of decimals.
   SPDX-License-Identifier: MIT */

#include "gate/decimals.h"

#include <stdlib.h>

static int
compare_decimals(const void *a, const void *b)
{
    const struct az_decimal *left = a, *right = b;

    return az_decimal_compare(*left, *right);
}

struct az_decimal
az_decimals_median(struct az_arena *arena, struct az_decimal *values,
                   size_t count)
{
    qsort(values, count, sizeof *values, compare_decimals);
    if (count % 2 == 1)
        return values[count / 2];
    return az_decimal_scale(
        az_decimal_multiply(
            arena, az_decimal_from_int(arena, 5),
            az_decimal_add(arena, values[count / 2 - 1], values[count / 2])),
        -1);
}
