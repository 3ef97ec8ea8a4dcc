/* Fuzz target: a text for the JSON reader.
   SPDX-License-Identifier: MIT

   Findings point into the text, a refusal has one, nodes nest in the text as
   in the tree, and what the tree prints reads as an equal tree. */

#include "reading.h"

/* Only duplicate keys have a pointer. */
static void
check_pointers(const struct az_sink *sink)
{
    for (size_t i = 0; i < sink->count; i++)
        require((sink->diags[i]->id == AZ_DIAG_DUPLICATE_KEY) ==
                (sink->diags[i]->pointer != NULL));
}

/* Nothing of JSON is empty in the text, and strings have quotes. */
static void
check_spelling(const struct az_node *node)
{
    uint32_t length = node->span.end - node->span.start;

    require(length > 0);
    if (node->type == AZ_STRING)
        require(node->count + 2 <= length);
    for (uint32_t i = 0; node->type == AZ_ARRAY && i < node->count; i++)
        check_spelling(&node->items[i]);
    for (uint32_t i = 0; node->type == AZ_OBJECT && i < node->count; i++) {
        const struct az_member *member = &node->members[i];

        require(member->key_span.start + 2 <= member->key_span.end);
        check_spelling(&member->value);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    struct az_str text = { .p = (const char *)data, .len = size };
    struct az_sink sink;
    const struct az_document *document =
        read_checked(az_read_json, arena, &sink, text);

    check_pointers(&sink);
    require(sink.by_severity[AZ_WARNING] == 0);
    if (document != NULL) {
        require(!document->scattered);
        check_spelling(document->root);
        if (!document->malformed)
            check_print(arena, document->root);
    }
    az_arena_free(arena);
    return 0;
}
