/* Fuzz target: a text for the YAML reader.
   SPDX-License-Identifier: MIT

   Findings point into the text, a refusal has one error, nodes nest in the text
   as in the tree where there are no aliases, each node is found by its address,
   and what the tree prints reads as an equal tree, as JSON and as YAML. */

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#include "core/arena.h"
#include "core/diag.h"
#include "core/limits.h"
#include "core/pointer.h"
#include "core/utf8.h"
#include "read/read.h"

static void
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

static void
check_span(struct az_span span, struct az_span parent, uint32_t after)
{
    require(span.start >= after && span.start <= span.end);
    require(span.end <= parent.end);
}

static void
check_text(const struct az_node *node)
{
    require(az_utf8_check(az_node_text(node)) == node->count);
}

/* Spans that nest: only in a document without aliases. */
static void
check_nesting(const struct az_node *node)
{
    uint32_t after = node->span.start;

    if (node->type == AZ_ARRAY) {
        for (uint32_t i = 0; i < node->count; i++) {
            check_span(node->items[i].span, node->span, after);
            after = node->items[i].span.end;
            check_nesting(&node->items[i]);
        }
    } else if (node->type == AZ_OBJECT) {
        for (uint32_t i = 0; i < node->count; i++) {
            const struct az_member *member = &node->members[i];

            check_span(member->key_span, node->span, after);
            check_span(member->value.span, node->span, member->key_span.end);
            after = member->value.span.end;
            check_nesting(&member->value);
        }
    }
}

static void
check_node(const struct az_node *node, size_t length, unsigned depth)
{
    require(depth <= AZ_MAX_DEPTH);
    require(node->span.start <= node->span.end && node->span.end <= length);
    if (node->type == AZ_STRING || node->type == AZ_NUMBER)
        check_text(node);
    for (uint32_t i = 0; node->type == AZ_ARRAY && i < node->count; i++)
        check_node(&node->items[i], length, depth + 1);
    for (uint32_t i = 0; node->type == AZ_OBJECT && i < node->count; i++) {
        const struct az_member *member = &node->members[i];

        require(az_utf8_check(member->key) == member->key.len);
        require(member->key_span.end <= length);
        check_node(&member->value, length, depth + 1);
    }
}

/* The last node in the order of the text is where its pointer says. */
static void
check_pointer(struct az_arena *arena, const struct az_document *document)
{
    const struct az_node *node = document->root;
    const char *pointer;

    while (node->count > 0 &&
           (node->type == AZ_ARRAY || node->type == AZ_OBJECT))
        node = node->type == AZ_ARRAY ? &node->items[node->count - 1]
                                      : &node->members[node->count - 1].value;
    pointer = az_document_pointer(arena, document, node);
    require(pointer != NULL);
    require(az_pointer_find(arena, document->root, pointer) == node);
}

static void
check_print(struct az_arena *arena, const struct az_document *document)
{
    const struct az_document *again;
    struct az_sink sink;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_node_print(&buf, document->root);
    az_sink_init(&sink, arena);
    again = az_read_json(arena, &sink,
                         az_source_new(arena, "again", az_buf_str(&buf)));
    require(again != NULL && sink.total == 0);
    require(az_node_equal(document->root, again->root));
    /* JSON is YAML, but for what libyaml cannot read: long keys, characters
       such as U+2028. */
    az_sink_init(&sink, arena);
    again = az_read_yaml(arena, &sink,
                         az_source_new(arena, "again", az_buf_str(&buf)));
    if (again != NULL)
        require(az_node_equal(document->root, again->root));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    struct az_str text = { .p = (const char *)data, .len = size };
    const struct az_source *source = az_source_new(arena, "fuzz", text);
    const struct az_document *document;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    document = az_read_yaml(arena, &sink, source);
    check_findings(&sink, source);
    if (document == NULL) {
        require(sink.by_severity[AZ_ERROR] > 0);
    } else {
        require(document->malformed == (sink.by_severity[AZ_ERROR] > 0));
        check_node(document->root, size, 0);
        if (!document->scattered)
            check_nesting(document->root);
        if (!document->malformed) {
            check_pointer(arena, document);
            check_print(arena, document);
        }
    }
    az_arena_free(arena);
    return 0;
}
