/* Files that are part of the program, as documents.
   SPDX-License-Identifier: MIT */

#include "core/embedded.h"

#include "core/arena.h"
#include "core/node.h"

struct loader {
    struct az_arena *arena;
    const char *data;
    const uint32_t *at;
};

static void load_children(struct loader *loader, struct az_node *node);

/* The next value. */
static inline void
load_value(struct loader *loader, struct az_node *ret)
{
    const uint32_t *at = loader->at;

    loader->at += 4;
    ret->type = at[0] & ((1u << AZ_EMBEDDED_COUNT) - 1);
    ret->count = at[0] >> AZ_EMBEDDED_COUNT;
    ret->alias = 0;
    ret->span = (struct az_span){ at[1], at[2] };
    ret->text = NULL;
    if (ret->type == AZ_STRING || ret->type == AZ_NUMBER)
        ret->text = loader->data + at[3];
    else if (ret->type == AZ_BOOLEAN)
        ret->truth = at[3] != 0;
    else if (ret->count > 0)
        load_children(loader, ret);
}

static const struct az_node *
load_items(struct loader *loader, uint32_t count)
{
    struct az_node *items =
        az_arena_alloc(loader->arena, count * sizeof(*items));
    uint32_t i;

    for (i = 0; i < count; i++)
        load_value(loader, &items[i]);
    return items;
}

static const struct az_member *
load_members(struct loader *loader, uint32_t count)
{
    struct az_member *members = az_object_alloc(loader->arena, count);
    const uint32_t *at;
    uint32_t i;

    for (i = 0; i < count; i++) {
        at = loader->at;
        loader->at += 4;
        members[i].key = (struct az_str){ loader->data + at[1], at[0] };
        members[i].key_span = (struct az_span){ at[2], at[3] };
        load_value(loader, &members[i].value);
    }
    if (count > AZ_OBJECT_INDEX_MIN)
        az_object_index(loader->arena, members, count);
    return members;
}

/* Recursion is as deep as our own files are. */
static void
load_children(struct loader *loader, struct az_node *node)
{
    if (node->type == AZ_ARRAY)
        node->items = load_items(loader, node->count);
    else
        node->members = load_members(loader, node->count);
}

const struct az_document *
az_embedded_document(struct az_arena *arena, const struct az_embedded *file)
{
    const char *data = (const char *)file->data;
    struct loader loader = { arena, data, file->tree };
    struct az_document *document = AZ_NEW(arena, struct az_document);
    struct az_node *root = AZ_NEW(arena, struct az_node);

    load_value(&loader, root);
    document->source =
        az_source_new(arena, file->name, (struct az_str){ data, file->size });
    document->root = root;
    document->format = AZ_FORMAT_JSON;
    document->embedded = true;
    return document;
}
