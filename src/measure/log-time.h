/* Times as lines of a log tell them.
   SPDX-License-Identifier: MIT */

#ifndef AZ_MEASURE_LOG_TIME_H
#define AZ_MEASURE_LOG_TIME_H

#include <stdint.h>

#include "core/str.h"

struct az_arena;

/* A time that is kept; empty until there is one. */
struct az_log_time {
    char *p;
    uint32_t len;
    uint32_t capacity;
};

/* TIME as a text, which changes when another time is noted. */
struct az_str az_log_time_text(const struct az_log_time *time);

/* Below, at or above 0 as A, a time that a line may tell, is before, the same
   as or after B; 0 for the same text alone. */
int az_log_compare_times(struct az_str a, struct az_str b);

/* Notes that a line tells TIME, in EARLIEST and LATEST, which have their texts
   in ARENA: a new one is written over the old, where it has room there. */
void az_log_time_note(struct az_arena *arena, struct az_log_time *earliest,
                      struct az_log_time *latest, struct az_str time);

#endif
