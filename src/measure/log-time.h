/* Times as lines of a log tell them.
   SPDX-License-Identifier: MIT */

#ifndef AZ_MEASURE_LOG_TIME_H
#define AZ_MEASURE_LOG_TIME_H

#include <stdbool.h>
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

/* Which time is kept of those that lines tell. */
enum az_log_side { AZ_LOG_EARLIEST, AZ_LOG_LATEST, AZ_LOG_SIDE_COUNT };

/* Whether TIME is before KEPT, or behind it, as SIDE says, or KEPT is empty. */
bool az_log_is_beyond(struct az_str time, struct az_str kept,
                      enum az_log_side side);

/* Has KEPT, whose text is in ARENA, be TIME if that is beyond it; whether it
   is.  A new text is written over
   the old, where it has room there. */
bool az_log_time_note(struct az_arena *arena, struct az_log_time *kept,
                      struct az_str time, enum az_log_side side);

#endif
