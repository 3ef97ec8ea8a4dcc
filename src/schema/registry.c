/* Where schemas are found by URI.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "schema/parsed.h"
#include "schema/uri.h"

struct az_registry *
az_registry_new(struct az_arena *arena, az_schema_parse_fn *parse)
{
    struct az_registry *registry = AZ_NEW(arena, struct az_registry);

    registry->arena = arena;
    registry->parse = parse;
    registry->dialect = az_dialect_default();
    az_map_init(&registry->resources, arena);
    az_map_init(&registry->entries, arena);
    az_map_init(&registry->metaschemas, arena);
    return registry;
}

void
az_registry_set_dialect(struct az_registry *registry,
                        const struct az_dialect *dialect)
{
    registry->dialect = dialect;
}

static struct az_entry *
add_entry(struct az_registry *registry, struct az_str uri,
          const struct az_document *document)
{
    struct az_entry *entry = AZ_NEW(registry->arena, struct az_entry);
    struct az_map_entry *slot;
    struct az_str id;

    entry->uri = uri;
    entry->document = document;
    if (registry->last == NULL)
        registry->queue = entry;
    else
        registry->last->next = entry;
    registry->last = entry;
    slot = az_map_put(&registry->entries, uri, NULL);
    if (slot->value == NULL)
        slot->value = entry;
    if (!az_schema_parse_id(registry, document->root, registry->dialect, uri,
                            &id))
        return entry;
    slot = az_map_put(&registry->entries, id, NULL);
    if (slot->value == NULL)
        slot->value = entry;
    return entry;
}

void
az_registry_add(struct az_registry *registry, struct az_str uri,
                const struct az_document *document)
{
    add_entry(registry, az_uri_resolve(registry->arena, AZ_STR(""), uri),
              document);
}

void
az_registry_set_load(struct az_registry *registry, az_schema_load_fn *load,
                     void *context)
{
    registry->load = load;
    registry->load_context = context;
}

void
az_registry_declare(struct az_registry *registry, struct az_resource *resource)
{
    struct az_map_entry *slot;

    if (resource->uri.len == 0)
        return;
    slot = az_map_put(&registry->resources, resource->uri, NULL);
    if (slot->value == NULL)
        slot->value = resource;
    else if (slot->value != resource)
        resource->twin = slot->value;
}

static const struct az_embedded *
find_embedded(struct az_arena *arena, struct az_str uri)
{
    const char *name = az_dialect_metaschema(arena, uri);
    const struct az_embedded *file;

    if (name != NULL)
        for (file = az_schema_metaschemas; file->name != NULL; file++)
            if (strcmp(file->name, name) == 0)
                return file;
    return NULL;
}

/* The entry of the built-in metaschema URI, read now; NULL if there is none. */
static struct az_entry *
load_embedded(struct az_registry *registry, struct az_str uri)
{
    const struct az_embedded *file = find_embedded(registry->arena, uri);
    const struct az_document *document;
    struct az_sink *unused;

    if (file == NULL || registry->parse == NULL)
        return NULL;
    unused = AZ_NEW(registry->arena, struct az_sink);
    az_sink_init(unused, registry->arena);
    document = registry->parse(
        registry->arena, unused,
        az_source_new(registry->arena, file->name,
                      (struct az_str){ (const char *)file->data, file->size }));
    return document == NULL ? NULL : add_entry(registry, uri, document);
}

static struct az_entry *
find_entry(struct az_registry *registry, struct az_str uri)
{
    struct az_entry *entry = az_map_get(&registry->entries, uri);

    return entry != NULL ? entry : load_embedded(registry, uri);
}

/* The entry of URI that the registry's owner has, read now; NULL if none. */
static struct az_entry *
load_entry(struct az_registry *registry, struct az_str uri)
{
    const struct az_document *document = NULL;
    bool is_new;

    az_map_put(&registry->entries, uri, &is_new);
    if (is_new && registry->load != NULL)
        document = registry->load(registry->load_context, uri);
    return document == NULL ? NULL : add_entry(registry, uri, document);
}

static void
parse_entry(struct az_registry *registry, struct az_entry *entry,
            const struct az_resource *from)
{
    if (entry->unit == NULL)
        entry->unit = az_schema_parse_document(registry, entry->document,
                                               entry->uri, from);
}

struct az_resource *
az_registry_find(struct az_registry *registry, struct az_str uri,
                 const struct az_resource *from)
{
    struct az_resource *resource = az_map_get(&registry->resources, uri);
    struct az_entry *entry;

    if (resource != NULL)
        return resource;
    entry = find_entry(registry, uri);
    if (entry != NULL) {
        parse_entry(registry, entry, from);
        return entry->unit->resource;
    }
    /* Any document may declare the URI for a part of itself. */
    for (; registry->queue != NULL; registry->queue = registry->queue->next)
        parse_entry(registry, registry->queue, from);
    registry->last = NULL;
    resource = az_map_get(&registry->resources, uri);
    if (resource != NULL)
        return resource;
    entry = load_entry(registry, uri);
    if (entry == NULL)
        return NULL;
    parse_entry(registry, entry, from);
    return entry->unit->resource;
}

const struct az_node *
az_registry_node(struct az_registry *registry, struct az_str uri)
{
    const struct az_resource *resource = az_map_get(&registry->resources, uri);
    struct az_entry *entry;

    if (resource != NULL)
        return resource->root;
    entry = find_entry(registry, uri);
    if (entry == NULL)
        entry = load_entry(registry, uri);
    return entry == NULL ? NULL : entry->document->root;
}

const struct az_document *
az_registry_document(struct az_registry *registry, struct az_str uri)
{
    struct az_entry *entry =
        find_entry(registry, az_uri_resolve(registry->arena, AZ_STR(""), uri));

    return entry == NULL ? NULL : entry->document;
}

static size_t
hash_address(const struct az_node *node)
{
    uint64_t bits = (uint64_t)(uintptr_t)node * UINT64_C(0x9e3779b97f4a7c15);

    return (size_t)(bits >> 20);
}

static struct az_schema_unit **
find_slot(const struct az_registry *registry, const struct az_node *node)
{
    size_t mask = registry->slot_count - 1, i = hash_address(node) & mask;

    while (registry->slots[i] != NULL && registry->slots[i]->node != node)
        i = (i + 1) & mask;
    return &registry->slots[i];
}

struct az_schema_unit *
az_schema_unit_find(const struct az_registry *registry,
                    const struct az_node *node)
{
    return registry->slot_count == 0 ? NULL : *find_slot(registry, node);
}

static void
grow_slots(struct az_registry *registry)
{
    struct az_schema_unit **old = registry->slots;
    size_t count = registry->slot_count, i;

    registry->slot_count = count == 0 ? 256 : count * 2;
    registry->slots = az_arena_array(registry->arena, registry->slot_count,
                                     sizeof(struct az_schema_unit *));
    for (i = 0; i < count; i++)
        if (old[i] != NULL)
            *find_slot(registry, old[i]->node) = old[i];
}

struct az_schema_unit *
az_schema_unit_put(struct az_registry *registry, const struct az_node *node,
                   struct az_resource *resource, bool *ret_new)
{
    struct az_schema_unit **slot;

    if (registry->unit_count >= registry->slot_count / 2)
        grow_slots(registry);
    slot = find_slot(registry, node);
    *ret_new = *slot == NULL;
    if (*slot == NULL) {
        *slot = AZ_NEW(registry->arena, struct az_schema_unit);
        (*slot)->node = node;
        (*slot)->resource = resource;
        registry->unit_count++;
    }
    return *slot;
}
