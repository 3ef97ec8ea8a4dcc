/* Inside the series: samples as they stand together.
   SPDX-License-Identifier: MIT

   Not for other rooms: those use measure/series.h. */

#ifndef AZ_MEASURE_SERIES_WALK_H
#define AZ_MEASURE_SERIES_WALK_H

#include "measure/series.h"

/* Goes on to samples that stand together in a chunk and a part, none being left
   of those before; false behind the last. */
bool az_series_next_run(struct az_series_walk *walk);
/* The next sample, of those that are left. */
struct az_series_value az_series_take(struct az_series_walk *walk);
/* Those that are left, each as an int32_t; their part is narrow. */
const uint32_t *az_series_narrow(const struct az_series_walk *walk);
/* Goes behind the next COUNT samples. */
void az_series_skip(struct az_series_walk *walk, size_t count);

/* Powers of ten, up to the largest in an int64_t. */
enum { AZ_SERIES_MAX_POWER = 18 };
extern const int64_t az_series_powers[AZ_SERIES_MAX_POWER + 1];

static inline uint64_t
az_series_magnitude(int64_t value)
{
    return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

#endif
