/* Samples of one group, exact, in eight bytes each at most.
   SPDX-License-Identifier: MIT

   A sample is an integer times a power of ten.  It is written in 32 bits, where
   all of its series have few digits in the same places, or in 62.  Nothing is
   moved or written anew when one is added, and nothing is changed to find one
   by its rank. */

#ifndef AZ_MEASURE_SERIES_H
#define AZ_MEASURE_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct az_arena;

/* Digits that a sample may have, without zeros at either end; a mantissa of no
   more is below the limit. */
#define AZ_SERIES_DIGITS 17
#define AZ_SERIES_LIMIT  INT64_C(100000000000000000)
/* Digits that may be from the highest of all samples to the lowest of all. */
#define AZ_SERIES_SPAN 36
/* A whole series takes no more bytes than 8 for each sample and these. */
#define AZ_SERIES_SPARE_SIZE 160

/* Where the series of a log have their memory from: slabs of the arena.  It has
   a number for each piece of them, so that a link takes four bytes.  What it
   takes beside the series is the end of the last slab, and for each of 128 KiB
   up to a hundred bytes. */
struct az_series_pool {
    struct az_arena *arena;
    uint32_t **slabs;
    size_t count;
    size_t capacity;
    size_t used; /* units of the last slab */
};

/* A number: mantissa x 10^exponent.  It may be written in several ways. */
struct az_series_value {
    int64_t mantissa;
    int exponent;
};

/* Samples one after another that are written alike. */
struct az_series_part {
    uint32_t first;   /* the number of the first, from 0 */
    int16_t exponent; /* of the unit; broad samples add to it */
    bool broad;       /* 62 bits a sample, not 32 */
};

enum { AZ_SERIES_MAX_PARTS = 7 };

/* There may be many: exponents and sizes have as many bits as they need. */
struct az_series {
    size_t count;
    const struct az_series_pool *pool;
    uint32_t *chunk; /* the last */
    uint32_t first;  /* the link to the first */
    uint32_t size;   /* bytes of all, the unused end of the last included */
    uint16_t bit;    /* of the last: where the next sample goes */
    uint16_t end;    /* of the last: its size in bits */
    /* Where the digits of all are: 10^lowest divides each, each is below
       10^highest.  Equal while all are zero. */
    int16_t lowest;
    int16_t highest;
    struct az_series_part parts[AZ_SERIES_MAX_PARTS];
    uint8_t part_count; /* 0: all are zero, and narrow */
};

/* Appends MANTISSA x 10^EXPONENT to SERIES, which is all zero at first; all
   that is added to it has the same POOL, and an exponent that a number within
   the limits (core/limits.h) may have, which is one of 15 bits.  False, with
   nothing added, if it has more than AZ_SERIES_DIGITS, or all samples then more
   than AZ_SERIES_SPAN. */
bool az_series_add(struct az_series *series, struct az_series_pool *pool,
                   int64_t mantissa, int exponent);

/* A walk through the samples in the order in which they came. */
struct az_series_walk {
    const struct az_series *series;
    const uint32_t *chunk; /* NULL: before the first */
    uint16_t bit, end;     /* as those of the series */
    uint8_t part;
    size_t done; /* samples up to those that are left, and with them */
    size_t left; /* in this chunk, of this part */
};

struct az_series_walk az_series_begin(const struct az_series *series);
/* The next sample; false behind the last. */
bool az_series_next(struct az_series_walk *walk, struct az_series_value *ret);

/* The sample of rank RANK, from 1 to the count, by value.  Time is linear in
   the count. */
struct az_series_value az_series_select(const struct az_series *series,
                                        size_t rank);
enum { AZ_SERIES_MAX_DISTINCT = 64 };
/* How many values SERIES has, LIMIT if there are so many or more; LIMIT is
   AZ_SERIES_MAX_DISTINCT at most. */
size_t az_series_distinct(const struct az_series *series, size_t limit);
/* How many distinct steps there are in SERIES from a sample to the next, told
   apart by twelve digits of the longer of the two samples; of one sample there
   is none.  LIMIT, which is AZ_SERIES_MAX_DISTINCT at most, if so many or more:
   the samples follow no rule.  The same where a step overflows 64 bits in units
   of its lower exponent, or its exponents are more than 18 apart. */
size_t az_series_steps(const struct az_series *series, size_t limit);
/* How many samples SERIES begins with that it is whole copies of, one after the
   other; its count if it is none.  Time is linear in the count for each prime
   factor of it. */
size_t az_series_period(const struct az_series *series);
/* The largest number that divides the length of each run of equal samples among
   the first COUNT of SERIES: what is above 1 where each was written so many
   times.  1 if there are none. */
size_t az_series_run(const struct az_series *series, size_t count);
/* Samples in stretches that are equal to stretches before them. */
struct az_series_copies {
    size_t count;
    /* Of the longest stretch; of one that repeats itself over and over, as
       samples of a cycle do, the length of that. */
    size_t longest;
};

/* Those among the first COUNT samples of SERIES, in stretches that are equal by
   no chance: of 20 values or more, and so many orders of them that it is not to
   be expected in any log (series-copies.c).  Time is linear; SCRATCH is left
   with three bytes for each sample, of which one and a half are used if they
   are random. */
struct az_series_copies az_series_copied(const struct az_series *series,
                                         size_t count,
                                         struct az_arena *scratch);
/* A hash that is equal for series of equal samples in equal order, in whatever
   way they were written. */
uint64_t az_series_hash(const struct az_series *series);
/* Whether A and B are the same samples in the same order. */
bool az_series_equal(const struct az_series *a, const struct az_series *b);

#endif
