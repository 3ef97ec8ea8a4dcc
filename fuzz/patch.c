/* Fuzz target: a JSON document, a NUL, a JSON Patch.
   SPDX-License-Identifier: MIT

   Neither tree changes, the same patch gives the same tree again, and what
   comes out is within the limits of what a reader gives. */

#include "support.h"

#include "core/arena.h"
#include "core/limits.h"
#include "core/patch.h"
#include "read/read.h"

static const struct az_node *
read_part(struct az_arena *arena, struct az_str text)
{
    struct az_sink sink;
    const struct az_document *document;

    az_sink_init(&sink, arena);
    document = az_read_json(arena, &sink, az_source_new(arena, "fuzz", text));
    return document == NULL || document->malformed ? NULL : document->root;
}

static size_t
depth_of(const struct az_node *node)
{
    size_t deepest = 0;

    for (size_t i = 0; node->type >= AZ_ARRAY && i < node->count; i++) {
        size_t depth = depth_of(
            node->type == AZ_ARRAY ? &node->items[i] : &node->members[i].value);
        deepest = depth > deepest ? depth : deepest;
    }
    return node->type >= AZ_ARRAY ? deepest + 1 : 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_str input = { .p = (const char *)data, .len = size };
    struct az_arena *arena = az_arena_new(oom);
    struct az_str text = next_part(&input);
    const struct az_node *root = read_part(arena, text);
    const struct az_node *patch = read_part(arena, input);
    struct az_patch_error error = { .message = NULL };
    const struct az_node *result = NULL;

    if (root != NULL && patch != NULL) {
        result = az_patch_apply(arena, root, patch, &error);
        require(result != NULL || error.message != NULL);
        require(az_node_equal(root, read_part(arena, text)));
        require(az_node_equal(patch, read_part(arena, input)));
    }
    if (result != NULL) {
        require(depth_of(result) <= AZ_MAX_DEPTH);
        require(az_node_size(result) <= AZ_MAX_NODES);
        require(
            az_node_equal(result, az_patch_apply(arena, root, patch, &error)));
    }
    az_arena_free(arena);
    return 0;
}
