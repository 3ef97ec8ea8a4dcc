/* Samples of one group, exact, in four or eight bytes each.
   SPDX-License-Identifier: MIT */

#include "measure/series.h"

#include <string.h>

#include "core/arena.h"

/* Bytes of a chunk's samples: little is left unused at the end of a group, and
   next to nothing goes to the chunks themselves. */
enum { CHUNK_SIZE = 880, FIRST_SIZE = 64 };

struct az_series_chunk {
    struct az_series_chunk *next;
    uint32_t count;
    uint16_t size; /* of the samples, in bytes */
    bool wide;
    union {
        int32_t narrow[CHUNK_SIZE / sizeof(int32_t)];
        int64_t samples[CHUNK_SIZE / sizeof(int64_t)];
    };
};

/* Decimal digits of the largest power of ten in an int64_t. */
enum { MAX_POWER = 18 };

static const int64_t powers[MAX_POWER + 1] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

/* VALUE x 10^POWER, where that is an int64_t; false else.  POWER is not below
   zero. */
static bool
scale(int64_t value, int power, int64_t *ret)
{
    if (value == 0) {
        *ret = 0;
        return true;
    }
    return power <= MAX_POWER &&
           !__builtin_mul_overflow(value, powers[power], ret);
}

/* A new last chunk for samples as wide as SERIES wants them. */
static struct az_series_chunk *
add_chunk(struct az_series *series, struct az_series_pool *pool)
{
    struct az_series_chunk *chunk = pool->unused;
    size_t size = series->first == NULL ? FIRST_SIZE : CHUNK_SIZE;

    if (size == CHUNK_SIZE && chunk != NULL) {
        pool->unused = chunk->next;
    } else {
        chunk = az_arena_alloc(
            pool->arena, offsetof(struct az_series_chunk, samples) + size);
        chunk->size = (uint16_t)size;
    }
    chunk->next = NULL;
    chunk->count = 0;
    chunk->wide = series->wide;
    if (series->last != NULL)
        series->last->next = chunk;
    else
        series->first = chunk;
    series->last = chunk;
    return chunk;
}

static inline size_t
capacity(const struct az_series_chunk *chunk)
{
    return chunk->size / (chunk->wide ? sizeof(int64_t) : sizeof(int32_t));
}

static inline uint64_t
magnitude(int64_t value)
{
    return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

/* Appends VALUE, an integer at the series' exponent. */
static void
push(struct az_series *series, struct az_series_pool *pool, int64_t value)
{
    struct az_series_chunk *chunk = series->last;

    if (value != (int32_t)value)
        series->wide = true;
    if (chunk == NULL || chunk->wide != series->wide ||
        chunk->count == capacity(chunk))
        chunk = add_chunk(series, pool);
    if (chunk->wide)
        chunk->samples[chunk->count++] = value;
    else
        chunk->narrow[chunk->count++] = (int32_t)value;
    series->count++;
    if (magnitude(value) > series->largest)
        series->largest = magnitude(value);
}

/* Has SERIES count in units of 10^EXPONENT, finer than before.  False, with
   nothing done, if its samples do not fit then. */
static bool
refine(struct az_series *series, struct az_series_pool *pool, int exponent)
{
    int power = series->exponent - exponent;
    struct az_series_chunk *chunk = series->first, *next;
    uint64_t largest;

    if (series->largest > 0 &&
        (power > MAX_POWER ||
         __builtin_mul_overflow(series->largest, (uint64_t)powers[power],
                                &largest) ||
         largest > INT64_MAX))
        return false;
    if (series->largest == 0)
        power = 0;
    *series = (struct az_series){ .exponent = exponent };
    for (; chunk != NULL; chunk = next) {
        struct az_series_walk walk = { chunk, 0 };
        size_t left = chunk->count;
        int64_t value;

        for (; left > 0 && az_series_next(&walk, &value); left--)
            push(series, pool, value * powers[power]);
        next = chunk->next;
        if (chunk->size == CHUNK_SIZE) {
            chunk->next = pool->unused;
            pool->unused = chunk;
        }
    }
    return true;
}

bool
az_series_add(struct az_series *series, struct az_series_pool *pool,
              int64_t mantissa, int exponent)
{
    if (mantissa == 0)
        exponent = series->exponent;
    while ((series->count == 0 || exponent < series->exponent) &&
           mantissa != 0 && mantissa % 10 == 0) {
        mantissa /= 10;
        exponent++;
    }
    if (series->count == 0)
        series->exponent = exponent;
    if (exponent < series->exponent && !refine(series, pool, exponent))
        return false;
    if (exponent > series->exponent &&
        !scale(mantissa, exponent - series->exponent, &mantissa))
        return false;
    push(series, pool, mantissa);
    return true;
}

struct az_series_walk
az_series_begin(const struct az_series *series)
{
    return (struct az_series_walk){ series->first, 0 };
}

bool
az_series_next(struct az_series_walk *walk, int64_t *ret)
{
    const struct az_series_chunk *chunk = walk->chunk;

    if (chunk != NULL && walk->next == chunk->count) {
        chunk = walk->chunk = chunk->next;
        walk->next = 0;
    }
    if (chunk == NULL)
        return false;
    *ret = chunk->wide ? chunk->samples[walk->next] : chunk->narrow[walk->next];
    walk->next++;
    return true;
}

/* Selection by digits: how many samples have which highest digit tells in which
   of them the one wanted is, and so on with the digits below. */

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

/* Counts the samples of CHUNK by the digit at SHIFT, of those whose bits above
   it are PREFIX; samples count from LEAST. */
static void
count_digits(const struct az_series_chunk *chunk, int64_t least, unsigned shift,
             uint64_t prefix, size_t counts[static DIGITS])
{
    for (size_t i = 0; i < chunk->count; i++) {
        int64_t value = chunk->wide ? chunk->samples[i] : chunk->narrow[i];
        uint64_t digits = ((uint64_t)value - (uint64_t)least) >> shift;

        if (digits >> DIGIT_BITS == prefix)
            counts[digits % DIGITS]++;
    }
}

static void
find_bounds(const struct az_series *series, int64_t *ret_least,
            int64_t *ret_most)
{
    struct az_series_walk walk = az_series_begin(series);
    int64_t value;

    *ret_least = INT64_MAX;
    *ret_most = INT64_MIN;
    while (az_series_next(&walk, &value)) {
        *ret_least = value < *ret_least ? value : *ret_least;
        *ret_most = value > *ret_most ? value : *ret_most;
    }
}

int64_t
az_series_select(const struct az_series *series, size_t rank)
{
    const struct az_series_chunk *chunk;
    size_t counts[DIGITS], digit;
    uint64_t prefix = 0;
    unsigned shift = 0;
    int64_t least, most;

    find_bounds(series, &least, &most);
    while (((uint64_t)most - (uint64_t)least) >> shift >> DIGIT_BITS > 0)
        shift += DIGIT_BITS;
    for (;;) {
        memset(counts, 0, sizeof counts);
        for (chunk = series->first; chunk != NULL; chunk = chunk->next)
            count_digits(chunk, least, shift, prefix, counts);
        for (digit = 0; digit + 1 < DIGITS && rank > counts[digit]; digit++)
            rank -= counts[digit];
        prefix = prefix << DIGIT_BITS | digit;
        if (shift == 0)
            return (int64_t)((uint64_t)least + prefix);
        shift -= DIGIT_BITS;
    }
}

/* Values that are looked through one by one. */
enum { MAX_DISTINCT = 64 };

size_t
az_series_distinct(const struct az_series *series, size_t limit)
{
    struct az_series_walk walk = az_series_begin(series);
    int64_t seen[MAX_DISTINCT], value;
    size_t count = 0, i;

    if (limit > MAX_DISTINCT)
        limit = MAX_DISTINCT;
    while (count < limit && az_series_next(&walk, &value)) {
        for (i = 0; i < count && seen[i] != value; i++)
            continue;
        if (i == count)
            seen[count++] = value;
    }
    return count;
}

/* The walk that begins behind the first COUNT samples. */
static struct az_series_walk
begin_behind(const struct az_series *series, size_t count)
{
    const struct az_series_chunk *chunk = series->first;

    while (chunk != NULL && count >= chunk->count) {
        count -= chunk->count;
        chunk = chunk->next;
    }
    return (struct az_series_walk){ chunk, count };
}

/* Whether each of the first COUNT samples is equal to that PERIOD before. */
static bool
repeats(const struct az_series *series, size_t count, size_t period)
{
    struct az_series_walk left = az_series_begin(series);
    struct az_series_walk right = begin_behind(series, period);
    int64_t x, y;

    for (size_t i = period; i < count; i++)
        if (!az_series_next(&left, &x) || !az_series_next(&right, &y) || x != y)
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

/* Integers at one exponent differ by a factor from those at another, modulo
   2^64 too. */
uint64_t
az_series_hash(const struct az_series *series, int exponent)
{
    struct az_series_walk walk = az_series_begin(series);
    uint64_t hash = series->count, factor = 1;
    int64_t value;

    /* 10^64 and all above are 0 modulo 2^64 */
    for (int i = 0; i < series->exponent - exponent && i < 64; i++)
        factor *= 10;
    while (az_series_next(&walk, &value)) {
        hash = (hash ^ (uint64_t)value * factor) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    return hash;
}

bool
az_series_equal(const struct az_series *a, const struct az_series *b)
{
    struct az_series_walk left = az_series_begin(a), right;
    int64_t x, y;

    if (a->exponent < b->exponent)
        return az_series_equal(b, a);
    if (a->count != b->count)
        return false;
    right = az_series_begin(b);
    while (az_series_next(&left, &x) && az_series_next(&right, &y))
        if (!scale(x, a->exponent - b->exponent, &x) || x != y)
            return false;
    return true;
}
