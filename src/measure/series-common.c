/* What samples have in common, of one series and of two.
   SPDX-License-Identifier: MIT */

#include "measure/series-walk.h"

/* Numbers that differ; each new one is compared with all that were seen: they
   are to be few. */
struct few {
    struct az_series_value seen[AZ_SERIES_MAX_DISTINCT];
    size_t count;
    size_t limit; /* AZ_SERIES_MAX_DISTINCT at most */
};

static void
few_add(struct few *few, struct az_series_value value)
{
    size_t i = 0;

    while (i < few->count && !az_series_is_same(few->seen[i], value))
        i++;
    if (i == few->count && few->count < few->limit)
        few->seen[few->count++] = value;
}

static void
few_begin(struct few *few, size_t limit)
{
    few->count = 0;
    few->limit = limit;
}

size_t
az_series_distinct(const struct az_series *series, size_t limit)
{
    struct az_series_walk walk = az_series_begin(series);
    struct az_series_value value;
    struct few few;

    few_begin(&few, limit);
    while (few.count < few.limit && az_series_next(&walk, &value))
        few_add(&few, value);
    return few.count;
}

/* Digits of a sample that a step is told by: those behind are noise where it
   was computed in doubles. */
enum { STEP_DIGITS = 12 };

/* NUMBER without its last COUNT digits, rounded. */
static int64_t
cut_digits(int64_t number, int count)
{
    int64_t unit = az_series_powers[count];

    return (number + (number < 0 ? -unit / 2 : unit / 2)) / unit;
}

/* B - A in *RET, to STEP_DIGITS digits of the longer; false if it, or one of
   them in units of the other's exponent, overflows 64 bits. */
static bool
subtract(struct az_series_value a, struct az_series_value b,
         struct az_series_value *ret)
{
    int exponent = a.exponent < b.exponent ? a.exponent : b.exponent, digits;
    int64_t x, y, step;
    uint64_t magnitude;

    if (a.exponent - exponent > AZ_SERIES_MAX_POWER ||
        b.exponent - exponent > AZ_SERIES_MAX_POWER ||
        __builtin_mul_overflow(a.mantissa,
                               az_series_powers[a.exponent - exponent], &x) ||
        __builtin_mul_overflow(b.mantissa,
                               az_series_powers[b.exponent - exponent], &y) ||
        __builtin_sub_overflow(y, x, &step))
        return false;
    magnitude = az_series_magnitude(x);
    if (magnitude < az_series_magnitude(y))
        magnitude = az_series_magnitude(y);
    digits = magnitude == 0 ? 0 : az_series_count_digits(magnitude);
    if (digits > STEP_DIGITS) {
        step = cut_digits(step, digits - STEP_DIGITS);
        exponent += digits - STEP_DIGITS;
    }
    *ret = (struct az_series_value){ .mantissa = step, .exponent = exponent };
    return true;
}

size_t
az_series_steps(const struct az_series *series, size_t limit)
{
    struct az_series_walk walk = az_series_begin(series);
    struct az_series_value before, value, step;
    struct few few;

    few_begin(&few, limit);
    if (!az_series_next(&walk, &before))
        return 0;
    while (few.count < few.limit && az_series_next(&walk, &value)) {
        if (!subtract(before, value, &step))
            return few.limit;
        few_add(&few, step);
        before = value;
    }
    return few.count;
}

/* Whether each of the first COUNT samples is equal to that PERIOD before. */
static bool
repeats(const struct az_series *series, size_t count, size_t period)
{
    struct az_series_walk left = az_series_begin(series);
    struct az_series_walk right = az_series_begin(series);
    struct az_series_value x, y;

    az_series_skip(&right, period);
    for (size_t i = period; i < count; i++)
        if (!az_series_next(&left, &x) || !az_series_next(&right, &y) ||
            !az_series_is_same(x, y))
            return false;
    return true;
}

size_t
az_series_period(const struct az_series *series)
{
    size_t period = series->count, rest = series->count;

    for (size_t factor = 2; rest > 1; factor++) {
        if (factor * factor > rest)
            factor = rest;
        for (; rest % factor == 0; rest /= factor)
            if (repeats(series, period, period / factor))
                period /= factor;
    }
    return period;
}

static size_t
common_divisor(size_t a, size_t b)
{
    while (b > 0) {
        size_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

size_t
az_series_run(const struct az_series *series, size_t count)
{
    struct az_series_walk walk = az_series_begin(series);
    struct az_series_value first, value;
    size_t divisor = 0, length = 1;

    if (count == 0 || !az_series_next(&walk, &first))
        return 1;
    for (size_t i = 1; i < count && az_series_next(&walk, &value); i++) {
        if (az_series_is_same(first, value)) {
            length++;
            continue;
        }
        divisor = common_divisor(length, divisor);
        if (divisor == 1)
            return 1;
        first = value;
        length = 1;
    }
    return common_divisor(length, divisor);
}

uint64_t
az_series_hash(const struct az_series *series)
{
    struct az_series_walk walk = az_series_begin(series);
    uint64_t hash = series->count ^ (uint64_t)series->lowest << 32;
    struct az_series_value value;

    while (az_series_next(&walk, &value)) {
        hash ^= az_series_code(az_series_normalize(value, series->lowest));
        hash *= 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    return hash;
}

bool
az_series_equal(const struct az_series *a, const struct az_series *b)
{
    struct az_series_walk left = az_series_begin(a);
    struct az_series_walk right = az_series_begin(b);
    struct az_series_value x, y;

    if (a->count != b->count)
        return false;
    while (az_series_next(&left, &x) && az_series_next(&right, &y))
        if (!az_series_is_same(x, y))
            return false;
    return true;
}
