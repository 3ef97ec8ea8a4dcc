/* The text of a file, byte spans in it, and lines and columns.
   SPDX-License-Identifier: MIT */

#include "core/source.h"

#include <string.h>

#include "core/arena.h"
#include "core/utf8.h"

/* Where each line begins; built when a position is first asked for, since most
   runs report nothing. */
struct az_lines {
    struct az_arena *arena;
    uint32_t *starts;
    size_t count;
    size_t capacity;
    /* The last answer: positions are mostly asked for in order, and a file
       may be one line of many megabytes. */
    size_t offset;
    struct az_position position;
};

struct az_source *
az_source_new(struct az_arena *arena, const char *name, struct az_str text)
{
    struct az_source *source = AZ_NEW(arena, struct az_source);

    source->name = az_arena_strdup(arena, name);
    source->text = text;
    source->lines = AZ_NEW(arena, struct az_lines);
    source->lines->arena = arena;
    return source;
}

static void
add_start(struct az_lines *lines, size_t offset)
{
    lines->starts = az_arena_grow(lines->arena, lines->starts, lines->count,
                                  &lines->capacity, sizeof(*lines->starts));
    lines->starts[lines->count++] = (uint32_t)offset;
}

static void
build_lines(const struct az_source *source)
{
    struct az_lines *lines = source->lines;
    const char *p = source->text.p, *end = p + source->text.len;

    if (lines->count > 0)
        return;
    add_start(lines, 0);
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL)
        add_start(lines, (size_t)(++p - source->text.p));
}

/* The index of the line that holds OFFSET. */
static size_t
line_at(const struct az_lines *lines, size_t offset)
{
    size_t low = 0, high = lines->count, middle;

    while (high - low > 1) {
        middle = low + (high - low) / 2;
        if (lines->starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct az_position
az_source_position(const struct az_source *source, size_t offset)
{
    struct az_lines *lines = source->lines;
    struct az_position position;
    size_t line, start, column = 1;

    build_lines(source);
    if (offset > source->text.len)
        offset = source->text.len;
    line = line_at(lines, offset);
    start = lines->starts[line];
    if (lines->position.line == line + 1 && lines->offset <= offset) {
        start = lines->offset;
        column = lines->position.column;
    }
    column += az_utf8_length(
        (struct az_str){ source->text.p + start, offset - start });
    position = (struct az_position){ (unsigned)line + 1, (unsigned)column };
    lines->offset = offset;
    lines->position = position;
    return position;
}

struct az_str
az_source_line(const struct az_source *source, unsigned line)
{
    const struct az_lines *lines = source->lines;
    size_t start, end;

    build_lines(source);
    if (line == 0 || line > lines->count)
        return AZ_STR("");
    start = lines->starts[line - 1];
    end = line == lines->count ? source->text.len : lines->starts[line] - 1;
    if (end > start && source->text.p[end - 1] == '\r')
        end--;
    return (struct az_str){ source->text.p + start, end - start };
}

struct az_place
az_place_of(const struct az_source *source, struct az_span span)
{
    return (struct az_place){ source, span };
}
