/* Fuzz target: a text for the JSON reader.
   SPDX-License-Identifier: MIT

   Findings point into the text, a refusal has one, nodes nest in the text as
   in the tree, and what the tree prints reads as an equal tree. */

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#include "core/arena.h"
#include "core/diag.h"
#include "core/limits.h"
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
        require(az_diag_info(diag->id)->class == AZ_CLASS_INPUT);
        require((diag->id == AZ_DIAG_DUPLICATE_KEY) == (diag->pointer != NULL));
    }
}

static void
check_span(struct az_span span, struct az_span parent, uint32_t after)
{
    require(span.start >= after && span.start < span.end);
    require(span.end <= parent.end);
}

static void
check_node(const struct az_node *node, unsigned depth)
{
    uint32_t after = node->span.start;

    require(depth <= AZ_MAX_DEPTH);
    if (node->type == AZ_STRING) {
        require(az_utf8_check(az_node_text(node)) == node->count);
        require(node->count + 2 <= node->span.end - node->span.start);
    } else if (node->type == AZ_ARRAY) {
        for (uint32_t i = 0; i < node->count; i++) {
            check_span(node->items[i].span, node->span, after);
            after = node->items[i].span.end;
            check_node(&node->items[i], depth + 1);
        }
    } else if (node->type == AZ_OBJECT) {
        for (uint32_t i = 0; i < node->count; i++) {
            const struct az_member *member = &node->members[i];

            check_span(member->key_span, node->span, after);
            check_span(member->value.span, node->span, member->key_span.end);
            after = member->value.span.end;
            require(az_utf8_check(member->key) == member->key.len);
            check_node(&member->value, depth + 1);
        }
    }
}

static void
check_print(struct az_arena *arena, const struct az_node *root)
{
    const struct az_document *again;
    struct az_sink sink;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_node_print(&buf, root);
    az_sink_init(&sink, arena);
    again = az_read_json(arena, &sink,
                         az_source_new(arena, "again", az_buf_str(&buf)));
    require(again != NULL && sink.total == 0);
    require(az_node_equal(root, again->root));
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
    document = az_read_json(arena, &sink, source);
    check_findings(&sink, source);
    if (document == NULL) {
        require(sink.total > 0);
    } else {
        require(document->malformed == (sink.total > 0));
        check_node(document->root, 0);
        if (!document->malformed)
            check_print(arena, document->root);
    }
    az_arena_free(arena);
    return 0;
}
