/* Lines of a log that are kept, as what they differ in from earlier ones.
   SPDX-License-Identifier: MIT */

#include "measure/log-kept.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"

/* What is kept of a line: its text, or, with a base, the edits that make it of
   the base's text. */
struct az_log_kept {
    const struct az_log_kept *base; /* one without a base; or NULL */
    const char *name;               /* of the file */
    uint32_t number;                /* of the line */
    uint32_t length;                /* of its text */
    uint32_t size;                  /* of what is kept of it */
    char bytes[];
};

/* Edits.  One is three numbers, how many bytes to copy, how many to leave out
   behind them, and how many to put there, and then those.  What is behind the
   last edit is copied. */

/* Seven bits a byte, the lowest first; all but the last have the eighth. */
static char *
put_number(char *to, size_t number)
{
    for (; number > 0x7f; number >>= 7)
        *to++ = (char)(number | 0x80);
    *to++ = (char)number;
    return to;
}

static const char *
take_number(const char *p, size_t *ret)
{
    unsigned shift = 0;

    *ret = 0;
    do {
        *ret |= (size_t)(*p & 0x7f) << shift;
        shift += 7;
    } while ((*p++ & 0x80) != 0);
    return p;
}

/* Bytes that the three numbers of an edit take at most. */
enum { MAX_NUMBERS = 3 * 3 };

_Static_assert(AZ_MAX_LOG_LINE_SIZE < 1u << (3 * 7),
               "no number within a line takes more than three bytes");

/* How many bytes A and B begin with that are equal. */
static size_t
count_equal(struct az_str a, struct az_str b)
{
    size_t count = 0, limit = a.len < b.len ? a.len : b.len;

    while (count < limit && a.p[count] == b.p[count])
        count++;
    return count;
}

/* And how many they end with. */
static size_t
count_equal_behind(struct az_str a, struct az_str b)
{
    size_t count = 0, limit = a.len < b.len ? a.len : b.len;

    while (count < limit && a.p[a.len - 1 - count] == b.p[b.len - 1 - count])
        count++;
    return count;
}

static struct az_str
behind(struct az_str text, size_t count)
{
    return (struct az_str){ text.p + count, text.len - count };
}

/* TEXT up to the next quote, where a value or a key begins or ends. */
static struct az_str
piece_of(struct az_str text)
{
    const char *quote = text.len > 0 ? memchr(text.p, '"', text.len) : NULL;

    return (struct az_str){ text.p, quote != NULL ? (size_t)(quote - text.p)
                                                  : text.len };
}

size_t
az_log_make_edits(struct az_str base, struct az_str line, char *to,
                  size_t limit)
{
    char *p = to;

    for (;;) {
        size_t equal = count_equal(base, line), alike;
        struct az_str out, in;

        base = behind(base, equal);
        line = behind(line, equal);
        if (base.len == 0 && line.len == 0)
            return (size_t)(p - to);
        out = line.len > 0 ? piece_of(base) : base;
        in = base.len > 0 ? piece_of(line) : line;
        alike = count_equal_behind(out, in);
        out.len -= alike;
        in.len -= alike;
        if ((size_t)(p - to) + MAX_NUMBERS + in.len >= limit)
            return limit;
        p = put_number(p, equal);
        p = put_number(p, out.len);
        p = put_number(p, in.len);
        memcpy(p, in.p, in.len);
        p += in.len;
        base = behind(base, out.len);
        line = behind(line, in.len);
    }
}

void
az_log_apply_edits(struct az_str base, struct az_str edits, char *to)
{
    const char *p = edits.p, *end = p + edits.len, *from = base.p;

    while (p < end) {
        size_t copied, left_out, put;

        p = take_number(p, &copied);
        p = take_number(p, &left_out);
        p = take_number(p, &put);
        memcpy(to, from, copied);
        memcpy(to + copied, p, put);
        to += copied + put;
        from += copied + left_out;
        p += put;
    }
    memcpy(to, from, (size_t)(base.p + base.len - from));
}

/* Keeping. */

static struct az_log_kept *
kept_new(struct az_arena *arena, const char *bytes, size_t size)
{
    struct az_log_kept *kept = az_arena_alloc(arena, sizeof *kept + size);

    *kept = (struct az_log_kept){ .size = (uint32_t)size };
    memcpy(kept->bytes, bytes, size);
    return kept;
}

/* The base on SHELF whose edits to LINE are smallest, or the first with edits
   so small that the search for a better one costs more than it may save; they
   are at the shelf's scratch then, and *RET is their size.  NULL if LINE is
   like none: edits of half its size save too little. */
static const struct az_log_kept *
find_base(struct az_log_shelf *shelf, struct az_str line, size_t *ret)
{
    const struct az_log_kept *best = NULL;
    size_t limit = line.len / 2, size = limit;

    for (size_t i = 0;
         i < shelf->count && (best == NULL || size > line.len / 8); i++) {
        const struct az_log_kept *base = shelf->bases[i];
        size_t edits =
            az_log_make_edits((struct az_str){ base->bytes, base->length },
                              line, shelf->scratch, limit);

        if (edits < size) {
            best = base;
            size = edits;
        }
    }
    /* made again: bases behind it were tried at the same place */
    if (best != NULL)
        *ret = az_log_make_edits((struct az_str){ best->bytes, best->length },
                                 line, shelf->scratch, limit);
    return best;
}

/* Puts BASE where it is tried first.  Where it is new and the shelf full, the
   one that was used longest ago falls off. */
static void
put_first(struct az_log_shelf *shelf, const struct az_log_kept *base)
{
    size_t i = 0;

    while (i < shelf->count && shelf->bases[i] != base)
        i++;
    if (i == shelf->count && shelf->count < AZ_LOG_SHELF_SIZE)
        shelf->count++;
    if (i == AZ_LOG_SHELF_SIZE)
        i--;
    memmove(&shelf->bases[1], &shelf->bases[0], i * sizeof shelf->bases[0]);
    shelf->bases[0] = base;
}

const struct az_log_kept *
az_log_keep(struct az_arena *arena, struct az_log_shelf *shelf,
            const char *name, unsigned number, struct az_str line, size_t *size)
{
    const struct az_log_kept *base;
    struct az_log_kept *kept;
    size_t edits;

    if (shelf->scratch == NULL)
        shelf->scratch = az_arena_alloc(arena, AZ_MAX_LOG_LINE_SIZE / 2);
    base = find_base(shelf, line, &edits);
    kept = base != NULL ? kept_new(arena, shelf->scratch, edits)
                        : kept_new(arena, line.p, line.len);
    kept->base = base;
    kept->name = name;
    kept->number = number;
    kept->length = (uint32_t)line.len;
    put_first(shelf, base != NULL ? base : kept);
    *size += sizeof *kept + kept->size;
    return kept;
}

struct az_source *
az_log_kept_source(struct az_arena *arena, const struct az_log_kept *kept)
{
    char *text = az_arena_alloc(arena, kept->length + 1);

    if (kept->base != NULL)
        az_log_apply_edits(
            (struct az_str){ kept->base->bytes, kept->base->length },
            (struct az_str){ kept->bytes, kept->size }, text);
    else
        memcpy(text, kept->bytes, kept->length);
    text[kept->length] = '\0';
    return az_source_new_at(
        arena, kept->name, (struct az_str){ text, kept->length }, kept->number);
}
