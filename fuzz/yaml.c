/* Fuzz target: a text for the YAML reader.
   SPDX-License-Identifier: MIT

   Findings point into the text, a refusal has one error, nodes nest in the text
   as in the tree where there are no aliases, each node is found by its address,
   and what the tree prints reads as an equal tree, as JSON and as YAML. */

#include "reading.h"

#include "core/pointer.h"

/* The last child of NODE; sets *TOLD to false on a key with NUL, which a
   pointer shows but cannot find again. */
static const struct az_node *
last_child(const struct az_node *node, bool *told)
{
    const struct az_member *member;

    if (node->type == AZ_ARRAY)
        return &node->items[node->count - 1];
    member = &node->members[node->count - 1];
    if (memchr(member->key.p, '\0', member->key.len) != NULL)
        *told = false;
    return &member->value;
}

/* The last node in the order of the text is where its pointer says. */
static void
check_pointer(struct az_arena *arena, const struct az_document *document)
{
    const struct az_node *node = document->root;
    const char *pointer;
    bool told = true;

    while (node->count > 0 &&
           (node->type == AZ_ARRAY || node->type == AZ_OBJECT))
        node = last_child(node, &told);
    pointer = az_document_pointer(arena, document, node);
    require(pointer != NULL);
    if (told)
        require(az_pointer_find(arena, document->root, pointer) == node);
}

/* JSON is YAML, but for what libyaml cannot read: long keys, characters such
   as U+2028. */
static void
check_as_yaml(struct az_arena *arena, const struct az_node *root,
              const struct az_source *printed)
{
    const struct az_document *again;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    again = az_read_yaml(arena, &sink, printed);
    if (again != NULL)
        require(az_node_equal(root, again->root));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    struct az_str text = { .p = (const char *)data, .len = size };
    struct az_sink sink;
    const struct az_document *document =
        read_checked(az_read_yaml, arena, &sink, text);

    if (document != NULL && !document->malformed) {
        check_pointer(arena, document);
        check_as_yaml(arena, document->root,
                      check_print(arena, document->root));
    }
    az_arena_free(arena);
    return 0;
}
