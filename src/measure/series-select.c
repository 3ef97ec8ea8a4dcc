/* What is asked of series: the sample of a rank, and what they have in common.
   SPDX-License-Identifier: MIT */

#include <stdlib.h>
#include <string.h>

#include "measure/series-walk.h"

/* A sample in the one way in which all can be compared: with as many digits as
   there may be. */
struct normal {
    int64_t digits; /* 0, or AZ_SERIES_DIGITS of them */
    int place;      /* of the highest, from 1 at the lowest of the series; below
                       zero, for a sample that is; 0 for zero */
};

/* How many digits VALUE has, which is above zero and below AZ_SERIES_LIMIT. */
static inline int
count_digits(uint64_t value)
{
    unsigned bits = 64 - (unsigned)__builtin_clzll(value);
    unsigned least = bits * 1233 >> 12; /* x log10(2), for up to 64 */

    return (int)least + (value >= (uint64_t)az_series_powers[least]);
}

static inline struct normal
normalize(struct az_series_value sample, int lowest)
{
    int digits;

    if (sample.mantissa == 0)
        return (struct normal){ 0, 0 };
    digits = count_digits(az_series_magnitude(sample.mantissa));
    lowest -= sample.exponent + digits;
    return (struct normal){ sample.mantissa *
                                az_series_powers[AZ_SERIES_DIGITS - digits],
                            sample.mantissa < 0 ? lowest : -lowest };
}

/* Selection by digits: how many samples have which highest digit tells in which
   of them the one wanted is, and so on with the digits below. */

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };
/* So few keys are sorted. */
enum { FEW = 256 };

/* What samples are selected by: numbers in the order of the samples. */
enum key {
    KEY_WHOLE,  /* the sample, where no part is broad */
    KEY_PLACE,  /* of the normal form */
    KEY_DIGITS, /* of the normal form, of the samples with one place */
};

/* The keys that a look through them is for: those that are VALUE above LEAST,
   without their low KNOWN bits, and which digit at SHIFT they have. */
struct look {
    int64_t least;
    uint64_t value;
    unsigned known;
    unsigned shift;
    bool few; /* they are kept, not counted */
};

struct selection {
    const struct az_series *series;
    enum key key;
    int exponent; /* of KEY_WHOLE */
    int place;    /* of KEY_DIGITS */
    size_t few_count;
    int64_t few[FEW];
    size_t counts[DIGITS];
};

static inline void
see(struct selection *selection, const struct look *look, int64_t key)
{
    uint64_t value = (uint64_t)key - (uint64_t)look->least;

    if (value >> look->known != look->value)
        return;
    if (look->few)
        selection->few[selection->few_count++] = key;
    else
        selection->counts[(value >> look->shift) % DIGITS]++;
}

static void
look_at_narrow(struct selection *selection, const struct az_series_walk *walk,
               struct look look)
{
    const uint32_t *words = az_series_narrow(walk);
    int exponent = walk->series->parts[walk->part].exponent;
    int64_t factor = az_series_powers[exponent - selection->exponent];

    for (size_t i = 0; i < walk->left; i++)
        see(selection, &look, (int32_t)words[i] * factor);
}

static void
look_at_normal(struct selection *selection, struct az_series_walk walk,
               struct look look)
{
    while (walk.left > 0) {
        struct normal normal =
            normalize(az_series_take(&walk), walk.series->lowest);

        if (selection->key == KEY_PLACE)
            see(selection, &look, normal.place);
        else if (normal.place == selection->place)
            see(selection, &look, normal.digits);
    }
}

static void
look_through(struct selection *selection, struct look look)
{
    struct az_series_walk walk = az_series_begin(selection->series);

    while (az_series_next_run(&walk)) {
        if (selection->key == KEY_WHOLE)
            look_at_narrow(selection, &walk, look);
        else
            look_at_normal(selection, walk, look);
        az_series_skip(&walk, walk.left);
    }
}

static int
compare_keys(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The key of rank RANK among those that LOOK is for, which are few. */
static int64_t
select_of_few(struct selection *selection, struct look look, size_t rank)
{
    look.few = true;
    selection->few_count = 0;
    look_through(selection, look);
    qsort(selection->few, selection->few_count, sizeof selection->few[0],
          compare_keys);
    return selection->few[rank - 1];
}

/* The key of rank *RANK; all are from LEAST to RANGE above that.  *RANK becomes
   the rank among those that have it, unless these are few. */
static int64_t
select_key(struct selection *selection, int64_t least, uint64_t range,
           size_t *rank)
{
    struct look look = { .least = least, .known = 63 };

    while (range >> look.shift >> DIGIT_BITS > 0)
        look.shift++;
    for (;;) {
        size_t digit = 0;

        memset(selection->counts, 0, sizeof selection->counts);
        look_through(selection, look);
        for (; digit + 1 < DIGITS && *rank > selection->counts[digit]; digit++)
            *rank -= selection->counts[digit];
        look.value = look.value << (look.known - look.shift) | digit;
        look.known = look.shift;
        if (look.shift == 0)
            return (int64_t)((uint64_t)least + look.value);
        if (selection->counts[digit] <= FEW)
            return select_of_few(selection, look, *rank);
        look.shift -= look.shift < DIGIT_BITS ? look.shift : DIGIT_BITS;
    }
}

/* Where all parts are narrow, their samples fit in 64 bits at the lowest
   exponent. */
static struct az_series_value
select_whole(struct selection *selection, size_t rank)
{
    const struct az_series *series = selection->series;
    int64_t limit;

    selection->exponent = series->lowest;
    for (size_t i = 0; i < series->part_count; i++)
        if (series->parts[i].exponent < selection->exponent)
            selection->exponent = series->parts[i].exponent;
    limit = az_series_powers[series->highest - selection->exponent];
    return (struct az_series_value){ select_key(selection, -limit,
                                                2 * (uint64_t)limit, &rank),
                                     selection->exponent };
}

static struct az_series_value
select_normal(struct selection *selection, size_t rank)
{
    const int64_t least = AZ_SERIES_LIMIT / 10, range = AZ_SERIES_LIMIT - least;
    int place;

    selection->key = KEY_PLACE;
    place =
        (int)select_key(selection, -AZ_SERIES_SPAN, 2 * AZ_SERIES_SPAN, &rank);
    if (place == 0)
        return (struct az_series_value){ 0, 0 };
    selection->key = KEY_DIGITS;
    selection->place = place;
    return (struct az_series_value){
        select_key(selection, place < 0 ? -AZ_SERIES_LIMIT : least,
                   (uint64_t)range, &rank),
        selection->series->lowest + abs(place) - AZ_SERIES_DIGITS
    };
}

struct az_series_value
az_series_select(const struct az_series *series, size_t rank)
{
    struct selection selection;

    selection.series = series;
    selection.key = KEY_WHOLE;
    if (series->part_count > 0 && series->parts[series->part_count - 1].broad)
        return select_normal(&selection, rank);
    return select_whole(&selection, rank);
}

/* What series have in common. */

static inline bool
is_same(struct az_series_value a, struct az_series_value b)
{
    int64_t value = a.mantissa;

    if (a.exponent == b.exponent || a.mantissa == 0 || b.mantissa == 0)
        return a.mantissa == b.mantissa;
    if (a.exponent < b.exponent)
        return is_same(b, a);
    return a.exponent - b.exponent <= AZ_SERIES_MAX_POWER &&
           !__builtin_mul_overflow(
               value, az_series_powers[a.exponent - b.exponent], &value) &&
           value == b.mantissa;
}

size_t
az_series_distinct(const struct az_series *series, size_t limit)
{
    struct az_series_walk walk = az_series_begin(series);
    struct az_series_value seen[AZ_SERIES_MAX_DISTINCT], value;
    size_t count = 0, i;

    /* each new one is compared with all that were seen: they are to be few */
    if (limit > AZ_SERIES_MAX_DISTINCT)
        limit = AZ_SERIES_MAX_DISTINCT;
    while (count < limit && az_series_next(&walk, &value)) {
        for (i = 0; i < count && !is_same(seen[i], value); i++)
            continue;
        if (i == count)
            seen[count++] = value;
    }
    return count;
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
            !is_same(x, y))
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

uint64_t
az_series_hash(const struct az_series *series)
{
    struct az_series_walk walk = az_series_begin(series);
    uint64_t hash = series->count ^ (uint64_t)series->lowest << 32;
    struct az_series_value value;

    while (az_series_next(&walk, &value)) {
        struct normal normal = normalize(value, series->lowest);

        /* the digits are below 2^57 */
        hash ^= (uint64_t)normal.digits ^ (uint64_t)abs(normal.place) << 58;
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
        if (!is_same(x, y))
            return false;
    return true;
}
