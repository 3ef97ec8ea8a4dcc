/* Inside the series: samples as they stand together.
   SPDX-License-Identifier: MIT

   Not for other rooms: those use measure/series.h. */

#ifndef AZ_MEASURE_SERIES_WALK_H
#define AZ_MEASURE_SERIES_WALK_H

#include <stdlib.h>

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

/* A sample in the one way in which all can be compared: with as many digits as
   there may be. */
struct az_series_normal {
    int64_t digits; /* 0, or AZ_SERIES_DIGITS of them */
    int place;      /* of the highest, from 1 at the lowest of the series; below
                       zero, for a sample that is; 0 for zero */
};

/* How many digits VALUE has, which is above zero and at most INT64_MAX. */
static inline int
az_series_count_digits(uint64_t value)
{
    unsigned bits = 64 - (unsigned)__builtin_clzll(value);
    unsigned least = bits * 1233 >> 12; /* x log10(2), for up to 64 */

    return (int)least + (value >= (uint64_t)az_series_powers[least]);
}

static inline struct az_series_normal
az_series_normalize(struct az_series_value sample, int lowest)
{
    int digits;

    if (sample.mantissa == 0)
        return (struct az_series_normal){ 0, 0 };
    digits = az_series_count_digits(az_series_magnitude(sample.mantissa));
    lowest -= sample.exponent + digits;
    return (struct az_series_normal){
        sample.mantissa * az_series_powers[AZ_SERIES_DIGITS - digits],
        sample.mantissa < 0 ? lowest : -lowest
    };
}

/* NORMAL in one number: the digits are below 2^57. */
static inline uint64_t
az_series_code(struct az_series_normal normal)
{
    return (uint64_t)normal.digits ^ (uint64_t)abs(normal.place) << 58;
}

/* Whether A and B are the same number. */
static inline bool
az_series_is_same(struct az_series_value a, struct az_series_value b)
{
    int64_t value = a.mantissa;

    if (a.exponent == b.exponent || a.mantissa == 0 || b.mantissa == 0)
        return a.mantissa == b.mantissa;
    if (a.exponent < b.exponent)
        return az_series_is_same(b, a);
    return a.exponent - b.exponent <= AZ_SERIES_MAX_POWER &&
           !__builtin_mul_overflow(
               value, az_series_powers[a.exponent - b.exponent], &value) &&
           value == b.mantissa;
}

#endif
