/* Times as lines of a log tell them.
   SPDX-License-Identifier: MIT */

#include "measure/log-time.h"

#include <string.h>

#include "core/arena.h"
#include "core/date.h"

struct az_str
az_log_time_text(const struct az_log_time *time)
{
    return (struct az_str){ time->len > 0 ? time->p : "", time->len };
}

int
az_log_compare_times(struct az_str a, struct az_str b)
{
    struct az_moment left, right;
    int order = 0;

    /* written alike, they are ordered as their texts are */
    if (a.len != b.len || a.len < 11 || a.p[a.len - 1] != 'Z' ||
        b.p[b.len - 1] != 'Z' || a.p[10] != b.p[10])
        if (az_moment_parse(a, &left) && az_moment_parse(b, &right))
            order = az_moment_compare(&left, &right);
    return order != 0 ? order : az_str_compare(a, b);
}

static void
keep(struct az_arena *arena, struct az_log_time *time, struct az_str text)
{
    if (time->capacity < text.len) {
        time->p = az_arena_alloc(arena, text.len);
        time->capacity = (uint32_t)text.len;
    }
    memcpy(time->p, text.p, text.len);
    time->len = (uint32_t)text.len;
}

bool
az_log_is_beyond(struct az_str time, struct az_str kept, enum az_log_side side)
{
    int order = kept.len > 0 ? az_log_compare_times(time, kept) : 0;

    return kept.len == 0 || (side == AZ_LOG_EARLIEST ? order < 0 : order > 0);
}

bool
az_log_time_note(struct az_arena *arena, struct az_log_time *kept,
                 struct az_str time, enum az_log_side side)
{
    if (!az_log_is_beyond(time, az_log_time_text(kept), side))
        return false;
    keep(arena, kept, time);
    return true;
}
