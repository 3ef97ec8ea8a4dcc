/* The text of a file, byte spans in it, and lines and columns.
   SPDX-License-Identifier: MIT */

#include "core/source.h"

#include <string.h>

#include "core/arena.h"
#include "core/utf8.h"

/* Bytes between two marks. */
#define MARK_STEP 1024

/* A byte where a code point begins, and how many stand before it. */
struct mark {
    uint32_t offset;
    uint32_t points;
};

/* Where each line begins, as far as somebody has asked: most runs report
   nothing, or the first line.  And a mark about each MARK_STEP bytes once there
   is a finding behind that many of a line, since a file may be one line of many
   megabytes, with a finding in every place of it. */
struct az_lines {
    struct az_arena *arena;
    uint32_t *starts;
    size_t count;
    size_t capacity;
    size_t scanned;     /* bytes whose line ends are known */
    struct mark *marks; /* NULL: not yet needed */
};

static struct az_source *
source_new(struct az_arena *arena, const char *name, struct az_str text)
{
    struct az_source *source = AZ_NEW(arena, struct az_source);

    source->name = name;
    source->text = text;
    source->lines = AZ_NEW(arena, struct az_lines);
    source->lines->arena = arena;
    return source;
}

struct az_source *
az_source_new(struct az_arena *arena, const char *name, struct az_str text)
{
    return source_new(arena, az_arena_strdup(arena, name), text);
}

struct az_source *
az_source_new_at(struct az_arena *arena, const char *name, struct az_str text,
                 unsigned line)
{
    struct az_source *source = source_new(arena, name, text);

    source->before = line - 1;
    return source;
}

struct az_source *
az_source_part(struct az_arena *arena, const struct az_source *source,
               unsigned number)
{
    struct az_source *part = AZ_NEW(arena, struct az_source);

    *part = *source;
    part->document = number;
    return part;
}

static void
add_start(struct az_lines *lines, size_t offset)
{
    lines->starts = az_arena_grow(lines->arena, lines->starts, lines->count,
                                  &lines->capacity, sizeof(*lines->starts));
    lines->starts[lines->count++] = (uint32_t)offset;
}

/* The first place at OFFSET or behind it that is not inside a code point: no
   sequence of UTF-8 has more than three continuation bytes. */
static size_t
next_boundary(struct az_str text, size_t offset)
{
    size_t limit = offset + 3;

    while (offset < text.len && offset < limit &&
           az_utf8_is_inner(text.p[offset]))
        offset++;
    return offset;
}

static void
build_marks(const struct az_source *source)
{
    struct az_str text = source->text;
    size_t count = text.len / MARK_STEP + 1, i, start, offset;
    struct mark *marks =
        az_arena_array(source->lines->arena, count, sizeof(*marks));

    marks[0] = (struct mark){ 0, 0 };
    for (i = 1; i < count; i++) {
        start = marks[i - 1].offset;
        offset = next_boundary(text, i * MARK_STEP);
        marks[i].offset = (uint32_t)offset;
        marks[i].points =
            marks[i - 1].points + (uint32_t)az_utf8_length((struct az_str){
                                      text.p + start, offset - start });
    }
    source->lines->marks = marks;
}

/* Adds the next line of those that begin at LIMIT or before; false if there is
   none. */
static bool
next_line(const struct az_source *source, size_t limit)
{
    struct az_lines *lines = source->lines;
    const char *text = source->text.p, *end;

    if (limit <= lines->scanned)
        return false;
    end = memchr(text + lines->scanned, '\n', limit - lines->scanned);
    lines->scanned = end == NULL ? limit : (size_t)(end + 1 - text);
    if (end != NULL)
        add_start(lines, lines->scanned);
    return end != NULL;
}

/* The lines that begin at LIMIT or before, but not more than COUNT need be. */
static const struct az_lines *
find_lines(const struct az_source *source, size_t limit, size_t count)
{
    struct az_lines *lines = source->lines;

    if (lines->count == 0)
        add_start(lines, 0);
    while (lines->count < count && next_line(source, limit))
        continue;
    return lines;
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

/* The code points before OFFSET. */
static size_t
points_before(const struct az_source *source, size_t offset)
{
    const struct mark *mark;

    if (source->lines->marks == NULL)
        build_marks(source);
    mark = &source->lines->marks[offset / MARK_STEP];
    if (mark->offset > offset)
        mark--;
    return mark->points +
           az_utf8_length((struct az_str){ source->text.p + mark->offset,
                                           offset - mark->offset });
}

/* The code points from START, where a line begins, to END. */
static size_t
points_between(const struct az_source *source, size_t start, size_t end)
{
    if (end - start <= MARK_STEP)
        return az_utf8_length(
            (struct az_str){ source->text.p + start, end - start });
    return points_before(source, end) - points_before(source, start);
}

struct az_position
az_source_position(const struct az_source *source, size_t offset)
{
    const struct az_lines *lines;
    size_t line;

    if (offset > source->text.len)
        offset = source->text.len;
    lines = find_lines(source, offset, SIZE_MAX);
    line = line_at(lines, offset);
    return (struct az_position){
        source->before + (unsigned)line + 1,
        (unsigned)points_between(source, lines->starts[line], offset) + 1
    };
}

struct az_str
az_source_line(const struct az_source *source, unsigned line)
{
    const struct az_lines *lines;
    size_t start, end;

    if (line <= source->before)
        return AZ_STR("");
    line -= source->before;
    lines = find_lines(source, source->text.len, (size_t)line + 1);
    if (line > lines->count)
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
