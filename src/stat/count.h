/* Counts of arrangements: whole numbers below 2^128.  Two words and not a
   128-bit type, which not every machine has.
   SPDX-License-Identifier: MIT */

#ifndef AZ_STAT_COUNT_H
#define AZ_STAT_COUNT_H

#include <stdint.h>

struct az_count {
    uint64_t high;
    uint64_t low;
};

/* The digits of 2^128 - 1 and the end of the string. */
#define AZ_COUNT_SIZE 40

/* A + B; the sum must be below 2^128. */
static inline struct az_count
az_count_add(struct az_count a, struct az_count b)
{
    uint64_t low = a.low + b.low;

    return (struct az_count){ .high = a.high + b.high + (low < a.low),
                              .low = low };
}

/* Within one unit of the last place, and exact below 2^53. */
double az_count_to_double(struct az_count count);
/* PART / WHOLE, WHOLE not 0: correctly rounded when both are below 2^53, else
   to 15 digits. */
double az_count_ratio(struct az_count part, struct az_count whole);
/* Writes COUNT in decimal digits. */
void az_count_print(struct az_count count, char ret[static AZ_COUNT_SIZE]);

#endif
