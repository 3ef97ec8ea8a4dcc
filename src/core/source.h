/* The text of a file, byte spans in it, and lines and columns.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_SOURCE_H
#define AZ_CORE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

struct az_arena;

/* A half-open byte range [START, END) of a source. */
struct az_span {
    uint32_t start;
    uint32_t end;
};

/* A text under a name, as the user wrote the name.  Made by az_source_new; the
   line map is built when first asked for. */
struct az_source {
    const char *name;
    struct az_str text;
    struct az_lines *lines;
    unsigned document; /* its number in a file of several, from 1; else 0 */
    unsigned before;   /* lines of the file before the text; 0: all of it */
};

/* Line and column count from 1, columns in code points.  A byte that is not
   UTF-8 counts as one. */
struct az_position {
    unsigned line;
    unsigned column;
};

/* A span of a source; source is NULL where there is no file to point at. */
struct az_place {
    const struct az_source *source;
    struct az_span span;
};

/* A source over TEXT (borrowed, below 4 GiB); NAME is copied. */
struct az_source *az_source_new(struct az_arena *arena, const char *name,
                                struct az_str text);

/* The same for a TEXT that is a part of the file, and begins with line LINE of
   it: of a log that is too long to be kept.  There may be many: NAME is
   borrowed. */
struct az_source *az_source_new_at(struct az_arena *arena, const char *name,
                                   struct az_str text, unsigned line);

/* SOURCE as that of document NUMBER in it. */
struct az_source *az_source_part(struct az_arena *arena,
                                 const struct az_source *source,
                                 unsigned number);

/* Where byte OFFSET stands; one past the end is allowed. Lines end with LF or
   CR LF. */
struct az_position az_source_position(const struct az_source *source,
                                      size_t offset);
/* The bytes of line LINE without its end; empty where the text has no such
   line. */
struct az_str az_source_line(const struct az_source *source, unsigned line);

/* No place: the finding is about nothing that stands in a file. */
#define AZ_NOWHERE ((struct az_place){ NULL, { 0, 0 } })

struct az_place az_place_of(const struct az_source *source,
                            struct az_span span);

#endif
