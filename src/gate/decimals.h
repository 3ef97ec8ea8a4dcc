/* Lists of decimals.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_DECIMALS_H
#define AZ_GATE_DECIMALS_H

#include <stddef.h>

#include "core/decimal.h"

/* The median of COUNT values, one at least, exact: of an even number the mean
   of the middle two.  VALUES get sorted, the least first. */
struct az_decimal az_decimals_median(struct az_arena *arena,
                                     struct az_decimal *values, size_t count);

#endif
