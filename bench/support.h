/* What the benchmarks share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_BENCH_SUPPORT_H
#define AZ_BENCH_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* The time of CLOCK in nanoseconds. */
static inline double
now_ns(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* For an arena: a benchmark without memory has nothing to tell. */
static inline void
out_of_memory(void)
{
    fputs("out of memory\n", stderr);
    exit(1);
}

#endif
