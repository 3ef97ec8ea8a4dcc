/* Samples of one group, exact, in four or eight bytes each.
   SPDX-License-Identifier: MIT

   A sample is an integer times a power of ten that all of its series share.
   Nothing is moved when one is added, so that memory grows with the samples
   alone, and nothing is changed to find one by its rank. */

#ifndef AZ_MEASURE_SERIES_H
#define AZ_MEASURE_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct az_arena;
struct az_series_chunk;

/* Where series have their memory from, and give it back to. */
struct az_series_pool {
    struct az_arena *arena;
    struct az_series_chunk *unused;
};

struct az_series {
    struct az_series_chunk *first;
    struct az_series_chunk *last;
    size_t count;
    uint64_t largest; /* of the magnitudes of the integers */
    int exponent;     /* of ten: sample = integer x 10^exponent */
    bool wide;        /* the last chunk's samples have eight bytes */
};

/* Appends MANTISSA x 10^EXPONENT to SERIES, which is all zero at first.  False,
   with nothing added, if the digits between the highest of all samples and the
   lowest of all are more than eight bytes hold. */
bool az_series_add(struct az_series *series, struct az_series_pool *pool,
                   int64_t mantissa, int exponent);

/* A walk through the samples in the order in which they came. */
struct az_series_walk {
    const struct az_series_chunk *chunk;
    size_t next; /* in the chunk */
};

struct az_series_walk az_series_begin(const struct az_series *series);
/* The next integer; false behind the last. */
bool az_series_next(struct az_series_walk *walk, int64_t *ret);

/* The integer of rank RANK, from 1 to the count, by value.  Time is linear in
   the count. */
int64_t az_series_select(const struct az_series *series, size_t rank);
/* How many values SERIES has, LIMIT if there are so many or more. */
size_t az_series_distinct(const struct az_series *series, size_t limit);
/* How many samples SERIES begins with that it is whole copies of, one after the
   other; its count if it is none.  Time is linear in the count for each prime
   factor of it. */
size_t az_series_period(const struct az_series *series);
/* A hash that is equal for series of equal samples in equal order, whatever
   their exponents; these are not below EXPONENT. */
uint64_t az_series_hash(const struct az_series *series, int exponent);
/* Whether A and B are the same samples in the same order. */
bool az_series_equal(const struct az_series *a, const struct az_series *b);

#endif
