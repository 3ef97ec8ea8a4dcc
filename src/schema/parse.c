/* Taking schemas apart: subschemas, resources, anchors, dialects.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "schema/parsed.h"
#include "schema/uri.h"

/* Units that wait for their members to be looked at: a queue, not recursion, so
   that depth costs no stack, and so that the first of two equal ids is the
   outer one. */
struct queue {
    struct az_registry *registry;
    struct az_schema_unit **units;
    size_t count;
    size_t capacity;
};

static bool
get_string(const struct az_node *node, const char *key, struct az_str *ret)
{
    const struct az_node *value = az_node_get(node, key);

    if (value == NULL || value->type != AZ_STRING)
        return false;
    *ret = az_node_text(value);
    return true;
}

bool
az_schema_parse_id(struct az_registry *registry, const struct az_node *root,
                   const struct az_dialect *dialect, struct az_str base,
                   struct az_str *ret)
{
    const struct az_dialect *own;
    struct az_str text;

    if (root->type != AZ_OBJECT)
        return false;
    if (get_string(root, "$schema", &text)) {
        own = az_dialect_find(text);
        dialect = own != NULL ? own : dialect;
    }
    if (!get_string(root, dialect->id_keyword, &text) || text.len == 0 ||
        text.p[0] == '#')
        return false;
    *ret = az_uri_resolve(registry->arena, base, text);
    return true;
}

/* The vocabularies of METASCHEMA's $vocabulary; sets RESOURCE's problem if one
   that is required is unknown. */
static void
set_vocabularies(struct az_registry *registry, struct az_resource *resource,
                 const struct az_node *metaschema)
{
    const struct az_node *list = az_node_get(metaschema, "$vocabulary");
    const struct az_member *member;
    uint32_t bit;
    size_t i;

    if (list == NULL || list->type != AZ_OBJECT)
        return;
    resource->vocabularies = AZ_VOCABULARY_CORE;
    for (i = 0; i < list->count; i++) {
        member = &list->members[i];
        bit = az_vocabulary_find(member->key);
        resource->vocabularies |= bit;
        if (bit == 0 && member->value.type == AZ_BOOLEAN &&
            member->value.truth) {
            resource->dialect_problem = az_arena_printf(
                registry->arena, "the dialect requires the vocabulary %s",
                az_str_quote(registry->arena, member->key));
            resource->dialect_hint = "this vocabulary is not supported";
        }
    }
}

/* Follows URI, which is no draft's, to a metaschema that a draft describes. */
static void
set_custom_dialect(struct az_registry *registry, struct az_resource *resource,
                   struct az_str uri)
{
    const struct az_node *metaschema, *first = NULL;
    const struct az_dialect *dialect = NULL;
    unsigned hops;

    for (hops = 0; hops < 8 && dialect == NULL; hops++) {
        metaschema = az_registry_node(
            registry, az_uri_resolve(registry->arena, AZ_STR(""), uri));
        if (metaschema == NULL)
            break;
        if (first == NULL)
            first = metaschema;
        if (!get_string(metaschema, "$schema", &uri))
            uri = az_str_from(az_dialect_default()->uri);
        dialect = az_dialect_find(uri);
    }
    if (dialect == NULL) {
        resource->dialect_problem =
            az_arena_printf(registry->arena, "the dialect %s is unknown",
                            az_str_quote(registry->arena, uri));
        resource->dialect_hint =
            "known is https://json-schema.org/draft/2020-12/schema; a "
            "metaschema of your own is named with --schema-map URI=FILE";
        return;
    }
    resource->dialect = dialect;
    resource->vocabularies = dialect->vocabularies;
    set_vocabularies(registry, resource, first);
}

void
az_schema_parse_dialect(struct az_registry *registry,
                        struct az_resource *resource)
{
    const struct az_dialect *dialect;
    const struct az_node *at = az_node_get(resource->root, "$schema");
    struct az_str uri;

    if (at == NULL || at->type != AZ_STRING)
        return;
    resource->dialect_at = at;
    resource->dialect_problem = NULL;
    uri = az_node_text(at);
    dialect = az_dialect_find(uri);
    if (dialect == NULL) {
        set_custom_dialect(registry, resource, uri);
        return;
    }
    resource->dialect = dialect;
    resource->vocabularies = dialect->vocabularies;
}

static struct az_resource *
new_resource(struct az_registry *registry, const struct az_document *document,
             const struct az_node *root, struct az_str uri)
{
    struct az_resource *resource = AZ_NEW(registry->arena, struct az_resource);

    resource->uri = uri;
    resource->document = document;
    resource->root = root;
    resource->dialect = registry->dialect;
    resource->vocabularies = resource->dialect->vocabularies;
    az_map_init(&resource->anchors, registry->arena);
    return resource;
}

static void
push(struct queue *queue, const struct az_node *node,
     struct az_resource *resource)
{
    struct az_schema_unit *unit;
    bool new;

    unit = az_schema_unit_put(queue->registry, node, resource, &new);
    if (!new || node->type != AZ_OBJECT)
        return;
    queue->units =
        az_arena_grow(queue->registry->arena, queue->units, queue->count,
                      &queue->capacity, sizeof(struct az_schema_unit *));
    queue->units[queue->count++] = unit;
}

/* The resource that UNIT opens by an id of its own, or the one around it. */
static void
enter_resource(struct az_registry *registry, struct az_schema_unit *unit)
{
    struct az_resource *outer = unit->resource, *inner;
    struct az_str uri;

    if (outer->root == unit->node ||
        !az_schema_parse_id(registry, unit->node, outer->dialect, outer->uri,
                            &uri))
        return;
    inner = new_resource(registry, outer->document, unit->node, uri);
    inner->dialect = outer->dialect;
    inner->vocabularies = outer->vocabularies;
    inner->dialect_problem = outer->dialect_problem;
    inner->dialect_hint = outer->dialect_hint;
    inner->dialect_at = outer->dialect_at;
    az_schema_parse_dialect(registry, inner);
    az_registry_declare(registry, inner);
    unit->resource = inner;
}

static void
add_anchor(struct az_registry *registry, struct az_schema_unit *unit,
           const struct az_use *use)
{
    struct az_anchor *anchor;
    struct az_map_entry *slot;

    if (use->member->value.type != AZ_STRING)
        return;
    slot = az_map_put(&unit->resource->anchors,
                      az_node_text(&use->member->value), NULL);
    if (slot->value == NULL) {
        anchor = AZ_NEW(registry->arena, struct az_anchor);
        anchor->unit = unit;
        slot->value = anchor;
    }
    anchor = slot->value;
    if (anchor->unit == unit && az_str_eq_c(use->member->key, "$dynamicAnchor"))
        anchor->dynamic = true;
}

static void
push_children(struct queue *queue, struct az_schema_unit *unit,
              const struct az_node *value, enum az_shape shape)
{
    size_t i;

    if (shape == AZ_SHAPE_SCHEMA)
        push(queue, value, unit->resource);
    if (shape == AZ_SHAPE_SCHEMAS && value->type == AZ_ARRAY)
        for (i = 0; i < value->count; i++)
            push(queue, &value->items[i], unit->resource);
    if ((shape == AZ_SHAPE_SCHEMA_MAP || shape == AZ_SHAPE_PATTERN_MAP) &&
        value->type == AZ_OBJECT)
        for (i = 0; i < value->count; i++)
            push(queue, &value->members[i].value, unit->resource);
}

static void
parse_members(struct queue *queue, struct az_schema_unit *unit)
{
    const struct az_node *node = unit->node;
    struct az_use *use;
    size_t i;

    enter_resource(queue->registry, unit);
    unit->use_count = node->count;
    unit->uses = az_arena_array(queue->registry->arena, node->count,
                                sizeof(struct az_use));
    for (i = 0; i < node->count; i++) {
        use = &unit->uses[i];
        use->member = &node->members[i];
        use->keyword =
            az_dialect_keyword(unit->resource->dialect, use->member->key);
        if (use->keyword == NULL)
            continue;
        if (use->keyword->shape == AZ_SHAPE_ANCHOR)
            add_anchor(queue->registry, unit, use);
        push_children(queue, unit, &use->member->value, use->keyword->shape);
    }
}

struct az_schema_unit *
az_schema_parse_unit(struct az_registry *registry, const struct az_node *node,
                     struct az_resource *resource)
{
    struct queue queue = { registry, NULL, 0, 0 };
    struct az_schema_unit *known = az_schema_unit_find(registry, node);
    size_t i;

    if (known != NULL)
        return known;
    push(&queue, node, resource);
    for (i = 0; i < queue.count; i++)
        parse_members(&queue, queue.units[i]);
    return az_schema_unit_find(registry, node);
}

struct az_schema_unit *
az_schema_parse_document(struct az_registry *registry,
                         const struct az_document *document, struct az_str base)
{
    struct az_schema_unit *unit = az_schema_unit_find(registry, document->root);
    struct az_resource *resource;
    struct az_str uri;

    if (unit != NULL)
        return unit;
    if (!az_schema_parse_id(registry, document->root, registry->dialect, base,
                            &uri))
        uri = az_uri_resolve(registry->arena, AZ_STR(""), base);
    resource = new_resource(registry, document, document->root, uri);
    az_schema_parse_dialect(registry, resource);
    az_registry_declare(registry, resource);
    return az_schema_parse_unit(registry, document->root, resource);
}
