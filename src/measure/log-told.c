/* The earliest and the latest time of a context.
   SPDX-License-Identifier: MIT */

#include "measure/log-told.h"

#include <stddef.h>
#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "measure/log-kept.h"

/* There may be two for each context: it has as many bits as it needs. */
struct az_log_told {
    const char *name;  /* of the file */
    uint32_t number;   /* of the line */
    uint32_t length;   /* of its text; 0: it is not kept */
    uint16_t capacity; /* for the bytes */
    uint8_t time;      /* so many of them are the time */
    uint8_t edits;     /* and behind that the edits that make the text */
    char bytes[];
};

/* Edits of most lines are no larger: digits of value and time. */
enum { USUAL_EDITS = 24 };

_Static_assert(AZ_MAX_LOG_TIME_SIZE <= UINT8_MAX &&
                   LOG_MAX_TOLD_EDITS <= UINT8_MAX,
               "bytes of each are counted in a byte");

/* One with room for CAPACITY bytes. */
static struct az_log_told *
told_new(struct az_arena *arena, size_t capacity)
{
    struct az_log_told *told =
        az_arena_alloc(arena, offsetof(struct az_log_told, bytes) + capacity);

    told->capacity = (uint16_t)capacity;
    return told;
}

void
az_log_tell(struct az_arena *arena, struct az_log_told **told,
            struct az_str time, const struct log_told_line *line,
            struct az_str first)
{
    char edits[LOG_MAX_TOLD_EDITS];
    size_t size = az_log_make_edits(first, line->text, edits, sizeof edits);
    bool whole = size < sizeof edits;
    struct az_log_told *ret = *told;

    if (!whole)
        size = 0;
    if (ret == NULL)
        ret = told_new(arena,
                       time.len + (size > USUAL_EDITS ? size : USUAL_EDITS));
    else if (ret->capacity < time.len + size)
        ret = told_new(arena, time.len + 2 * size);
    ret->name = line->name;
    ret->number = line->number;
    ret->length = whole ? (uint32_t)line->text.len : 0;
    ret->time = (uint8_t)time.len;
    ret->edits = (uint8_t)size;
    memcpy(ret->bytes, time.p, time.len);
    memcpy(ret->bytes + time.len, edits, size);
    *told = ret;
}

struct az_str
az_log_told_time(const struct az_log_told *told)
{
    return told != NULL ? (struct az_str){ told->bytes, told->time }
                        : AZ_STR("");
}

struct az_source *
az_log_told_source(struct az_arena *arena, const struct az_log_told *told,
                   struct az_str first)
{
    char *text = az_arena_zeroed(arena, (size_t)told->length + 1);

    if (told->length > 0)
        az_log_apply_edits(
            first, (struct az_str){ told->bytes + told->time, told->edits },
            text);
    return az_source_new_at(
        arena, told->name, (struct az_str){ text, told->length }, told->number);
}
