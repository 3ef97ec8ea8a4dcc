/* What must hold of any document and any finding of the readers.
   SPDX-License-Identifier: MIT */

#ifndef AZ_FUZZ_READING_H
#define AZ_FUZZ_READING_H

#include "support.h"

#include "core/arena.h"
#include "core/diag.h"
#include "core/limits.h"
#include "core/node.h"
#include "core/utf8.h"
#include "read/read.h"

/* Findings are text, and point into SOURCE. */
static inline void
check_findings(const struct az_sink *sink, const struct az_source *source)
{
    for (size_t i = 0; i < sink->count; i++) {
        const struct az_diag *diag = sink->diags[i];
        struct az_span span = diag->place.span;

        require(diag->place.source == source);
        require(span.start <= span.end && span.end <= source->text.len);
        require(az_source_position(source, span.start).line >= 1);
        require(diag->hint != NULL);
        require(az_utf8_check(az_str_from(diag->message)) ==
                strlen(diag->message));
        require(az_utf8_check(az_str_from(diag->hint)) == strlen(diag->hint));
        require(diag->severity == AZ_WARNING ||
                az_diag_info(diag->id)->class == AZ_CLASS_INPUT);
    }
}

static inline void
check_span(struct az_span span, struct az_span parent, uint32_t after)
{
    require(span.start >= after && span.start <= span.end);
    require(span.end <= parent.end);
}

/* Spans nest as the nodes do: in a document without aliases. */
static inline void
check_nesting(const struct az_node *node)
{
    uint32_t after = node->span.start;

    for (uint32_t i = 0; node->type == AZ_ARRAY && i < node->count; i++) {
        check_span(node->items[i].span, node->span, after);
        after = node->items[i].span.end;
        check_nesting(&node->items[i]);
    }
    for (uint32_t i = 0; node->type == AZ_OBJECT && i < node->count; i++) {
        const struct az_member *member = &node->members[i];

        check_span(member->key_span, node->span, after);
        check_span(member->value.span, node->span, member->key_span.end);
        after = member->value.span.end;
        check_nesting(&member->value);
    }
}

/* Texts are UTF-8, spans in the LENGTH bytes of the source, depth bounded. */
static inline void
check_node(const struct az_node *node, size_t length, unsigned depth)
{
    require(depth <= AZ_MAX_DEPTH);
    require(node->span.start <= node->span.end && node->span.end <= length);
    if (node->type == AZ_STRING || node->type == AZ_NUMBER)
        require(az_utf8_check(az_node_text(node)) == node->count);
    for (uint32_t i = 0; node->type == AZ_ARRAY && i < node->count; i++)
        check_node(&node->items[i], length, depth + 1);
    for (uint32_t i = 0; node->type == AZ_OBJECT && i < node->count; i++) {
        const struct az_member *member = &node->members[i];

        require(az_utf8_check(member->key) == member->key.len);
        require(member->key_span.end <= length);
        check_node(&member->value, length, depth + 1);
    }
}

/* What ROOT prints, which reads as an equal tree. */
static inline const struct az_source *
check_print(struct az_arena *arena, const struct az_node *root)
{
    const struct az_document *again;
    const struct az_source *source;
    struct az_sink sink;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_node_print(&buf, root);
    az_sink_init(&sink, arena);
    source = az_source_new(arena, "again", az_buf_str(&buf));
    again = az_read_json(arena, &sink, source);
    require(again != NULL && sink.total == 0);
    require(az_node_equal(root, again->root));
    return source;
}

/* The document that READ makes of TEXT, checked; NULL if it refuses it, which
   needs an error. */
static inline const struct az_document *
read_checked(const struct az_document *(*read)(struct az_arena *,
                                               struct az_sink *,
                                               const struct az_source *),
             struct az_arena *arena, struct az_sink *sink, struct az_str text)
{
    const struct az_source *source = az_source_new(arena, "fuzz", text);
    const struct az_document *document;

    az_sink_init(sink, arena);
    document = read(arena, sink, source);
    check_findings(sink, source);
    if (document == NULL) {
        require(sink->by_severity[AZ_ERROR] > 0);
    } else {
        require(document->malformed == (sink->by_severity[AZ_ERROR] > 0));
        check_node(document->root, text.len, 0);
        if (!document->scattered)
            check_nesting(document->root);
    }
    return document;
}

#endif
