/* Samples of one group, exact, in eight bytes each at most.
   SPDX-License-Identifier: MIT

   A series is a chain of chunks.  A chunk is up to sixteen units of 16 words: a
   link to the next chunk, and samples, as many as have room.  Two units have
   room for 16 samples of 62 bits, and so pay for their link: chunks of two and
   more that are full take no more than eight bytes a sample, whatever is in
   them.  The first chunk is one unit, so that a series of few samples is small,
   and takes eight bytes more.  What is beyond that is the unused end of the
   last one.  None is begun that would take a series over the bound; one of two
   units never does. */

#include "measure/series.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "measure/series-walk.h"

enum {
    WORD_BITS = 32,
    UNIT_WORDS = 16,
    UNIT_SIZE = UNIT_WORDS * WORD_BITS / 8,
    UNITS_BITS = 4, /* of a link: how many units, less one */
    MAX_UNITS = 1 << UNITS_BITS,
    SLAB_UNITS = 2048,
};

_Static_assert(UINT64_C(8) * AZ_MAX_LOG_SAMPLES +
                       (uint64_t)AZ_SERIES_SPARE_SIZE * AZ_MAX_LOG_CONTEXTS <=
                   UINT32_MAX,
               "a link and a size have their bits");

/* How samples are written.  A narrow one is an int32_t at its part's exponent.
   A broad one is a number of 62 bits: its exponent, counted from its part's,
   times RADIX, plus its mantissa, plus AZ_SERIES_LIMIT.  That has room for 23
   exponents, and so for 39 places in which digits may be: more than any series
   has. */
enum {
    NARROW_BITS = WORD_BITS,
    NARROW_DIGITS = 9, /* that all samples of a narrow part have room for */
    BROAD_BITS = 62,
    BROAD_EXPONENTS = 23,
    BROAD_PLACES = BROAD_EXPONENTS - 1 + AZ_SERIES_DIGITS,
};

#define RADIX (2 * (uint64_t)AZ_SERIES_LIMIT)

_Static_assert(BROAD_EXPONENTS *RADIX <= UINT64_C(1) << BROAD_BITS,
               "a broad sample has its bits");

/* Parts of a series.  A part is begun where a sample has no room in the last
   one, so that all samples have digits in more places than before.  Its
   exponent is such that it has room for all that the series has, and for as
   much beyond as can be: a narrow part has seven places down from the highest,
   or one for each there is; a broad one has what is left on either side.  So
   there is a narrow part for no less than 1, 4, 7 and 8 places, and a broad one
   for no less than 9, 25 and 33: and that last one has room for whatever may
   come. */
enum {
    NARROW_PARTS = 4,
    BROAD_PARTS = 3,
    NARROW_PLACES = 7,
};

_Static_assert(NARROW_PARTS + BROAD_PARTS == AZ_SERIES_MAX_PARTS,
               "there is room for all parts");

const int64_t az_series_powers[AZ_SERIES_MAX_POWER + 1] = {
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

static inline unsigned
width(const struct az_series_part *part)
{
    return part->broad ? BROAD_BITS : NARROW_BITS;
}

/* Chunks. */

/* The chunk that LINK leads to; *RET_END is its size in bits. */
static uint32_t *
chunk_at(const struct az_series_pool *pool, uint32_t link, uint16_t *ret_end)
{
    uint32_t units = link % MAX_UNITS + 1, unit = link >> UNITS_BITS;

    *ret_end = (uint16_t)(units * UNIT_WORDS * WORD_BITS);
    return pool->slabs[unit / SLAB_UNITS] +
           (size_t)(unit % SLAB_UNITS) * UNIT_WORDS;
}

/* A link to a new chunk of *UNITS, or of what the slab has left, but of two at
   least where more than one is wanted; *UNITS becomes what it has. */
static uint32_t
take_units(struct az_series_pool *pool, size_t *units)
{
    size_t least = *units < 2 ? *units : 2, unit;

    if (pool->count == 0 || SLAB_UNITS - pool->used < least) {
        pool->slabs = az_arena_grow(pool->arena, pool->slabs, pool->count,
                                    &pool->capacity, sizeof(uint32_t *));
        pool->slabs[pool->count++] =
            az_arena_alloc(pool->arena, (size_t)SLAB_UNITS * UNIT_SIZE);
        pool->used = 0;
    }
    if (*units > SLAB_UNITS - pool->used)
        *units = SLAB_UNITS - pool->used;
    unit = (pool->count - 1) * SLAB_UNITS + pool->used;
    pool->used += *units;
    return (uint32_t)(unit << UNITS_BITS | (*units - 1));
}

/* Has the next sample go to a new chunk. */
static void
add_chunk(struct az_series *series, struct az_series_pool *pool)
{
    size_t most = 8 * (series->count + 1) + AZ_SERIES_SPARE_SIZE;
    size_t units = (most - series->size) / UNIT_SIZE;
    uint32_t link;

    if (units > MAX_UNITS)
        units = MAX_UNITS;
    if (series->chunk == NULL)
        units = 1;
    link = take_units(pool, &units);
    if (series->chunk == NULL)
        series->first = link;
    else
        series->chunk[0] = link;
    series->pool = pool;
    series->chunk = chunk_at(pool, link, &series->end);
    series->bit = WORD_BITS;
    series->size += (uint32_t)(units * UNIT_SIZE);
}

/* Samples, as they are written. */

/* The BROAD_BITS from BIT of CHUNK on. */
static inline uint64_t
read_broad(const uint32_t *chunk, uint32_t bit)
{
    const uint32_t *word = chunk + bit / WORD_BITS;
    unsigned offset = bit % WORD_BITS;
    uint64_t code = (word[0] | (uint64_t)word[1] << WORD_BITS) >> offset;

    if (offset > 2 * WORD_BITS - BROAD_BITS)
        code |= (uint64_t)word[2] << (2 * WORD_BITS - offset);
    return code & ((UINT64_C(1) << BROAD_BITS) - 1);
}

/* Has CODE be the BROAD_BITS from BIT of CHUNK on, behind which is nothing. */
static inline void
write_broad(uint32_t *chunk, uint32_t bit, uint64_t code)
{
    uint32_t *word = chunk + bit / WORD_BITS;
    unsigned offset = bit % WORD_BITS;
    uint64_t before = offset == 0 ? 0 : word[0] & ((UINT64_C(1) << offset) - 1);
    uint64_t low = before | code << offset;

    word[0] = (uint32_t)low;
    word[1] = (uint32_t)(low >> WORD_BITS);
    if (offset > 2 * WORD_BITS - BROAD_BITS)
        word[2] = (uint32_t)(code >> (2 * WORD_BITS - offset));
}

/* Where the BITS of one more sample go: in the last chunk of SERIES, or a new
   one, if that has no room for them. */
static inline uint32_t
take_bits(struct az_series *series, struct az_series_pool *pool, unsigned bits)
{
    uint32_t bit;

    if (series->bit + bits > series->end)
        add_chunk(series, pool);
    bit = series->bit;
    series->bit = (uint16_t)(bit + bits);
    series->count++;
    return bit;
}

/* Appends SAMPLE to PART, the last; false if it has no room there. */
static inline bool
put_narrow(struct az_series *series, struct az_series_pool *pool,
           const struct az_series_part *part, struct az_series_value sample)
{
    /* too large where the sample's exponent is below the part's */
    unsigned power = (unsigned)sample.exponent - (unsigned)part->exponent;
    int64_t value = sample.mantissa;
    uint32_t bit;

    if (power > NARROW_DIGITS || value != (int32_t)value)
        return false;
    value *= az_series_powers[power];
    if (value != (int32_t)value)
        return false;
    bit = take_bits(series, pool, NARROW_BITS);
    series->chunk[bit / WORD_BITS] = (uint32_t)value;
    return true;
}

static bool
put_broad(struct az_series *series, struct az_series_pool *pool,
          const struct az_series_part *part, struct az_series_value sample)
{
    int power = sample.exponent - part->exponent;
    int excess = power - (BROAD_EXPONENTS - 1);
    int64_t value = sample.mantissa;
    uint32_t bit;

    if (power < 0)
        return false;
    if (excess > 0) {
        if (excess > AZ_SERIES_DIGITS ||
            az_series_magnitude(value) >=
                (uint64_t)az_series_powers[AZ_SERIES_DIGITS - excess])
            return false;
        value *= az_series_powers[excess];
        power -= excess;
    }
    bit = take_bits(series, pool, BROAD_BITS);
    write_broad(series->chunk, bit,
                (uint64_t)power * RADIX + (uint64_t)(value + AZ_SERIES_LIMIT));
    return true;
}

static inline bool
put(struct az_series *series, struct az_series_pool *pool,
    struct az_series_value sample)
{
    const struct az_series_part *part =
        &series->parts[series->part_count > 0 ? series->part_count - 1 : 0];

    if (sample.mantissa == 0)
        sample.exponent = part->exponent;
    return part->broad ? put_broad(series, pool, part, sample)
                       : put_narrow(series, pool, part, sample);
}

/* Begins a part that has room for all that SERIES has. */
static bool
begin_part(struct az_series *series)
{
    struct az_series_part *part = &series->parts[series->part_count];
    int digits = series->highest - series->lowest;
    int exponent = series->highest - NARROW_PLACES;
    bool broad = digits > NARROW_DIGITS || series->part_count >= NARROW_PARTS;

    if (series->part_count == AZ_SERIES_MAX_PARTS)
        return false;
    if (broad)
        exponent = series->lowest - (BROAD_PLACES - digits) / 2;
    else if (exponent > series->lowest)
        exponent = series->lowest;
    if (series->part_count == 0 && series->count > 0) {
        /* zeros before it are narrow, and zero at any exponent */
        *part++ = (struct az_series_part){ 0, (int16_t)exponent, false };
        series->part_count = 1;
        if (!broad)
            return true;
    }
    *part = (struct az_series_part){ (uint32_t)series->count, (int16_t)exponent,
                                     broad };
    series->part_count++;
    return true;
}

/* Whether SAMPLE, which is not zero, has no digits but where SERIES has some,
   as can be told at once. */
static inline bool
is_within(const struct az_series *series, struct az_series_value sample)
{
    int digits = series->highest - sample.exponent;

    if (sample.exponent < series->lowest || digits <= 0)
        return false;
    if (digits > AZ_SERIES_DIGITS)
        digits = AZ_SERIES_DIGITS;
    return az_series_magnitude(sample.mantissa) <
           (uint64_t)az_series_powers[digits];
}

/* Has the places of SERIES be those of SAMPLE too, which is not zero and loses
   the zeros at its end.  False, with nothing done, if there are too many. */
static bool
widen(struct az_series *series, struct az_series_value *sample)
{
    bool blank = series->lowest == series->highest;
    int lowest, highest, digits = 1;

    for (; sample->mantissa % 10 == 0; sample->mantissa /= 10)
        sample->exponent++;
    while (digits <= AZ_SERIES_DIGITS &&
           az_series_magnitude(sample->mantissa) >=
               (uint64_t)az_series_powers[digits])
        digits++;
    if (digits > AZ_SERIES_DIGITS)
        return false;
    lowest = sample->exponent;
    highest = sample->exponent + digits;
    if (!blank && series->lowest < lowest)
        lowest = series->lowest;
    if (!blank && series->highest > highest)
        highest = series->highest;
    if (highest - lowest > AZ_SERIES_SPAN)
        return false;
    series->lowest = (int16_t)lowest;
    series->highest = (int16_t)highest;
    return !blank || begin_part(series);
}

/* Appends SAMPLE, whose places are SERIES's. */
static inline bool
append(struct az_series *series, struct az_series_pool *pool,
       struct az_series_value sample)
{
    return put(series, pool, sample) ||
           (begin_part(series) && put(series, pool, sample));
}

/* The same, whatever its places are.  Within the other, all samples would pay
   for what few need. */
static __attribute__((noinline)) bool
append_wide(struct az_series *series, struct az_series_pool *pool,
            struct az_series_value sample)
{
    return widen(series, &sample) && append(series, pool, sample);
}

bool
az_series_add(struct az_series *series, struct az_series_pool *pool,
              int64_t mantissa, int exponent)
{
    struct az_series_value sample = { mantissa, exponent };

    if (mantissa == 0 || is_within(series, sample))
        return append(series, pool, sample);
    return append_wide(series, pool, sample);
}

/* Walks. */

struct az_series_walk
az_series_begin(const struct az_series *series)
{
    return (struct az_series_walk){ .series = series };
}

bool
az_series_next_run(struct az_series_walk *walk)
{
    const struct az_series *series = walk->series;
    size_t until = series->count, room;

    if (walk->done == series->count)
        return false;
    if (walk->part + 1 < series->part_count &&
        series->parts[walk->part + 1].first == walk->done)
        walk->part++;
    if (walk->part + 1 < series->part_count)
        until = series->parts[walk->part + 1].first;
    room = (walk->end - walk->bit) / width(&series->parts[walk->part]);
    if (room == 0) {
        walk->chunk = chunk_at(
            series->pool, walk->chunk == NULL ? series->first : walk->chunk[0],
            &walk->end);
        walk->bit = WORD_BITS;
        room = (walk->end - walk->bit) / width(&series->parts[walk->part]);
    }
    walk->left = until - walk->done < room ? until - walk->done : room;
    walk->done += walk->left;
    return true;
}

const uint32_t *
az_series_narrow(const struct az_series_walk *walk)
{
    return walk->chunk + walk->bit / WORD_BITS;
}

struct az_series_value
az_series_take(struct az_series_walk *walk)
{
    const struct az_series_part *part = &walk->series->parts[walk->part];
    uint32_t bit = walk->bit;
    uint64_t code;

    walk->left--;
    walk->bit = (uint16_t)(bit + width(part));
    if (!part->broad)
        return (struct az_series_value){ (int32_t)walk->chunk[bit / WORD_BITS],
                                         part->exponent };
    code = read_broad(walk->chunk, bit);
    return (struct az_series_value){ (int64_t)(code % RADIX) - AZ_SERIES_LIMIT,
                                     part->exponent + (int)(code / RADIX) };
}

bool
az_series_next(struct az_series_walk *walk, struct az_series_value *ret)
{
    if (walk->left == 0 && !az_series_next_run(walk))
        return false;
    *ret = az_series_take(walk);
    return true;
}

void
az_series_skip(struct az_series_walk *walk, size_t count)
{
    while (count > 0 && (walk->left > 0 || az_series_next_run(walk))) {
        size_t passed = count < walk->left ? count : walk->left;

        walk->bit =
            (uint16_t)(walk->bit +
                       passed * width(&walk->series->parts[walk->part]));
        walk->left -= passed;
        count -= passed;
    }
}
