/* YAML files of several documents.
   SPDX-License-Identifier: MIT

   "---" and "..." at the start of a line divide documents whatever stands
   around them (YAML 1.2.2, 9.1.2: no scalar may hold such a line), so that a
   file can be divided before anything in it is understood. */

#include "read/yaml.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "read/read.h"

/* What a line is to the division. */
enum line { LINE_EMPTY, LINE_DIRECTIVE, LINE_CONTENT, LINE_START, LINE_END };

struct division {
    struct az_arena *arena;
    struct az_span *spans; /* of the documents */
    size_t count;
    size_t capacity;
    size_t begin;     /* of the next one */
    bool is_begun;    /* it has more than comments and directives */
    bool is_directed; /* it has directives */
};

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static enum line
classify(struct az_str line)
{
    size_t i = 0;

    if (line.len >= 3 && (line.len == 3 || is_space(line.p[3]))) {
        if (memcmp(line.p, "---", 3) == 0)
            return LINE_START;
        if (memcmp(line.p, "...", 3) == 0)
            return LINE_END;
    }
    while (i < line.len && is_space(line.p[i]))
        i++;
    if (i == line.len || line.p[i] == '#')
        return LINE_EMPTY;
    return line.p[0] == '%' ? LINE_DIRECTIVE : LINE_CONTENT;
}

static void
add_document(struct division *d, size_t end)
{
    d->spans = az_arena_grow(d->arena, d->spans, d->count, &d->capacity,
                             sizeof(*d->spans));
    d->spans[d->count++] =
        (struct az_span){ (uint32_t)d->begin, (uint32_t)end };
}

/* Ends the document that is begun, if one is, at END.  Directives of none are
   for the reader to refuse. */
static void
end_document(struct division *d, size_t end)
{
    if (d->is_begun || d->is_directed)
        add_document(d, end);
    d->begin = end;
    d->is_begun = d->is_directed = false;
}

static void
take_line(struct division *d, enum line line, size_t start, size_t end)
{
    switch (line) {
    case LINE_START:
        if (d->is_begun)
            end_document(d, start);
        d->is_begun = true;
        break;
    case LINE_CONTENT:
        d->is_begun = true;
        break;
    case LINE_END:
        end_document(d, end);
        break;
    case LINE_DIRECTIVE:
        d->is_directed = true;
        break;
    case LINE_EMPTY:
        break;
    }
}

/* The end of the line at START with its break: LF, CR LF or CR. */
static size_t
end_of_line(struct az_str text, size_t start)
{
    while (start < text.len && text.p[start] != '\n' && text.p[start] != '\r')
        start++;
    if (start + 1 < text.len && text.p[start] == '\r' &&
        text.p[start + 1] == '\n')
        start++;
    return start < text.len ? start + 1 : start;
}

/* A file without a document is one for its reader to refuse. */
static void
divide(struct division *d, struct az_str text)
{
    size_t start, end;

    for (start = 0; start < text.len; start = end) {
        end = end_of_line(text, start);
        take_line(d, classify((struct az_str){ text.p + start, end - start }),
                  start, end);
    }
    d->is_begun |= d->count == 0;
    end_document(d, text.len);
}

struct az_documents
az_yaml_read_stream(struct az_arena *arena, struct az_sink *sink,
                    const struct az_source *source)
{
    const struct az_limits *limits = az_arena_limits(arena);
    struct division d = { .arena = arena };
    struct az_documents documents = { NULL, 0 };
    size_t i;

    divide(&d, source->text);
    if (d.count > limits->documents) {
        az_diag_hint(
            sink,
            az_sink_add(sink, AZ_DIAG_YAML_MULTIPLE,
                        az_place_of(source, d.spans[limits->documents]),
                        "the file has more than %zu documents, the "
                        "limit",
                        limits->documents),
            "split it into several files");
        return documents;
    }
    documents.items = az_arena_array(arena, d.count, sizeof(*documents.items));
    for (; documents.count < d.count; documents.count++) {
        i = documents.count;
        documents.items[i] = az_yaml_read_within(
            arena, sink,
            d.count == 1 ? source
                         : az_source_part(arena, source, (unsigned)i + 1),
            d.spans[i], limits);
    }
    return documents;
}
