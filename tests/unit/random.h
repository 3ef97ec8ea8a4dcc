/* Numbers that are random to a test, and the same each time.
   SPDX-License-Identifier: MIT */

#ifndef TESTS_UNIT_RANDOM_H
#define TESTS_UNIT_RANDOM_H

#include <stdint.h>

#define RANDOM_SEED UINT64_C(88172645463325252)

static uint64_t random_state = RANDOM_SEED;

/* Begins anew. */
static inline void
reset_random(void)
{
    random_state = RANDOM_SEED;
}

/* The next number of 64 bits, not 0: xorshift64 (Marsaglia, 2003). */
static inline uint64_t
next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

#endif
