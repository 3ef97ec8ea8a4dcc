/* Taking schemas apart: subschemas, resources, anchors, dialects.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "core/limits.h"
#include "schema/compile.h"
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

/* Whether NODE, a schema object, is a reference that hides what else is in
   it. */
static bool
is_mere_reference(const struct az_node *node, const struct az_dialect *dialect)
{
    return dialect->ref_hides && az_node_get(node, "$ref") != NULL;
}

/* Follows URI, which is no draft's, to a metaschema that a draft describes:
   that draft, and in *RET_FIRST the metaschema of URI.  NULL if there is none.
 */
static const struct az_dialect *
find_custom(struct az_registry *registry, struct az_str uri,
            const struct az_node **ret_first)
{
    const struct az_dialect *dialect = NULL;
    const struct az_node *metaschema;
    unsigned hops;

    *ret_first = NULL;
    for (hops = 0; hops < AZ_MAX_METASCHEMAS && dialect == NULL; hops++) {
        metaschema = az_registry_node(
            registry, az_uri_resolve(registry->arena, AZ_STR(""), uri));
        if (metaschema == NULL)
            break;
        if (*ret_first == NULL)
            *ret_first = metaschema;
        if (!get_string(metaschema, "$schema", &uri))
            return registry->dialect;
        dialect = az_dialect_find(uri);
    }
    return dialect;
}

/* Whether NODE may have an id, by "$id" or "id".  Most subschemas have no key
   that ends so, and need not be searched for both. */
static bool
may_have_id(const struct az_node *node)
{
    struct az_str key;
    uint32_t i;

    for (i = 0; i < node->count; i++) {
        key = node->members[i].key;
        if (key.len >= 2 && key.p[key.len - 2] == 'i' &&
            key.p[key.len - 1] == 'd')
            return true;
    }
    return false;
}

bool
az_schema_parse_id(struct az_registry *registry, const struct az_node *root,
                   const struct az_dialect *dialect, struct az_str base,
                   struct az_str *ret)
{
    const struct az_dialect *own;
    const struct az_node *first;
    struct az_str text;

    if (root->type != AZ_OBJECT || !may_have_id(root))
        return false;
    if (get_string(root, "$schema", &text)) {
        own = az_dialect_find(text);
        if (own == NULL)
            own = find_custom(registry, text, &first);
        dialect = own != NULL ? own : dialect;
    }
    if (!get_string(root, dialect->id_keyword, &text) || text.len == 0 ||
        text.p[0] == '#' || is_mere_reference(root, dialect))
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
    bool required;
    uint32_t bits;
    size_t i;

    if (list == NULL || list->type != AZ_OBJECT ||
        !resource->dialect->has_vocabularies)
        return;
    resource->vocabularies = AZ_VOCABULARY_CORE;
    for (i = 0; i < list->count; i++) {
        member = &list->members[i];
        required = az_node_is_true(&member->value);
        bits = az_vocabulary_find(resource->dialect, member->key);
        if (bits == AZ_VOCABULARY_FORMAT)
            bits = required ? AZ_VOCABULARY_FORMAT_ASSERTION
                            : AZ_VOCABULARY_FORMAT_ANNOTATION;
        resource->vocabularies |= bits;
        if (bits == 0 && required) {
            resource->dialect_problem = az_arena_printf(
                registry->arena, "the dialect requires the vocabulary %s",
                az_str_quote(registry->arena, member->key));
            resource->dialect_hint = "this vocabulary is not supported";
        }
    }
}

/* Sets RESOURCE's dialect to the one of URI, which is no draft's. */
static void
set_custom_dialect(struct az_registry *registry, struct az_resource *resource,
                   struct az_str uri)
{
    const struct az_node *first;
    const struct az_dialect *dialect = find_custom(registry, uri, &first);

    if (dialect == NULL) {
        resource->dialect_problem =
            az_arena_printf(registry->arena, "the dialect %s is unknown",
                            az_str_quote(registry->arena, uri));
        resource->dialect_hint = az_dialect_hint(registry->arena, uri);
        return;
    }
    resource->dialect = dialect;
    resource->vocabularies = dialect->vocabularies;
    resource->metaschema = az_uri_resolve(registry->arena, AZ_STR(""), uri);
    set_vocabularies(registry, resource, first);
}

/* Finds the dialect that $schema declares for RESOURCE; without one it keeps
   what it inherits. */
static void
set_dialect(struct az_registry *registry, struct az_resource *resource)
{
    const struct az_dialect *dialect;
    const struct az_node *at = az_node_get(resource->root, "$schema");
    struct az_str uri;

    if (at == NULL || at->type != AZ_STRING)
        return;
    resource->dialect_at = at;
    resource->dialect_problem = NULL;
    resource->metaschema.len = 0;
    uri = az_node_text(at);
    dialect = az_dialect_find(uri);
    if (dialect == NULL) {
        set_custom_dialect(registry, resource, uri);
        return;
    }
    resource->dialect = dialect;
    resource->vocabularies = dialect->vocabularies;
}

/* A resource of the dialect of FROM, or the registry's if that is NULL, unless
   it has its own. */
static struct az_resource *
new_resource(struct az_registry *registry, const struct az_document *document,
             const struct az_node *root, struct az_str uri,
             const struct az_resource *from)
{
    struct az_resource *resource = AZ_NEW(registry->arena, struct az_resource);

    resource->uri = uri;
    resource->document = document;
    resource->root = root;
    resource->dialect = from != NULL ? from->dialect : registry->dialect;
    resource->vocabularies =
        from != NULL ? from->vocabularies : resource->dialect->vocabularies;
    az_map_init(&resource->anchors, registry->arena);
    if (from != NULL && from->document != document) {
        resource->metaschema = from->metaschema;
    } else if (from != NULL) {
        resource->dialect_problem = from->dialect_problem;
        resource->dialect_hint = from->dialect_hint;
        resource->dialect_at = from->dialect_at;
    }
    set_dialect(registry, resource);
    return resource;
}

static struct az_schema_unit *
push(struct queue *queue, const struct az_node *node,
     struct az_resource *resource)
{
    struct az_schema_unit *unit;
    bool is_new;

    unit = az_schema_unit_put(queue->registry, node, resource, &is_new);
    if (!is_new || node->type != AZ_OBJECT)
        return unit;
    queue->units =
        az_arena_grow(queue->registry->arena, queue->units, queue->count,
                      &queue->capacity, sizeof(struct az_schema_unit *));
    queue->units[queue->count++] = unit;
    return unit;
}

bool
az_schema_parse_name(struct az_registry *registry, const struct az_node *node,
                     const struct az_dialect *dialect, struct az_str *ret)
{
    struct az_str text, fragment;

    if (!dialect->id_names || !get_string(node, dialect->id_keyword, &text))
        return false;
    fragment = az_uri_split(text).fragment;
    return fragment.len > 0 && fragment.p[0] != '/' &&
           az_uri_decode(registry->arena, fragment, ret);
}

/* The resource that UNIT opens by an id of its own, or the one around it. */
static void
enter_resource(struct az_registry *registry, struct az_schema_unit *unit)
{
    struct az_resource *outer = unit->resource, *inner;
    struct az_str uri, name;

    if (outer->root == unit->node ||
        !az_schema_parse_id(registry, unit->node, outer->dialect, outer->uri,
                            &uri))
        return;
    /* Several parts of one resource may be named by its URI and a fragment. */
    inner = az_map_get(&registry->resources, uri);
    if (inner == NULL || inner->document != outer->document ||
        !az_schema_parse_name(registry, unit->node, outer->dialect, &name)) {
        inner = new_resource(registry, outer->document, unit->node, uri, outer);
        az_registry_declare(registry, inner);
    }
    unit->resource = inner;
}

static void
add_anchor(struct az_registry *registry, struct az_schema_unit *unit,
           struct az_str name, bool dynamic)
{
    struct az_anchor *anchor;
    struct az_map_entry *slot;

    slot = az_map_put(&unit->resource->anchors, name, NULL);
    if (slot->value == NULL) {
        anchor = AZ_NEW(registry->arena, struct az_anchor);
        anchor->unit = unit;
        slot->value = anchor;
    }
    anchor = slot->value;
    if (anchor->unit == unit && dynamic)
        anchor->dynamic = true;
}

/* Makes known what USE, a keyword with a string or a boolean, declares. */
static void
declare(struct az_registry *registry, struct az_schema_unit *unit,
        const struct az_use *use)
{
    const struct az_node *value = &use->member->value;
    struct az_str name;

    if (use->keyword->shape == AZ_SHAPE_ANCHOR && value->type == AZ_STRING)
        add_anchor(registry, unit, az_node_text(value),
                   az_str_eq_c(use->member->key, "$dynamicAnchor"));
    else if (use->keyword->shape == AZ_SHAPE_ID &&
             az_schema_parse_name(registry, unit->node, unit->resource->dialect,
                                  &name))
        add_anchor(registry, unit, name, false);
    else if (use->keyword->shape == AZ_SHAPE_RECURSIVE_ANCHOR &&
             value->type == AZ_BOOLEAN && unit->node == unit->resource->root)
        unit->resource->recursive = value->truth;
}

static void
push_list(struct queue *queue, struct az_schema_unit *unit,
          const struct az_node *list)
{
    size_t i;

    for (i = 0; i < list->count; i++)
        push(queue, &list->items[i], unit->resource);
}

/* The values of MAP; with LISTS an array is none. */
static void
push_map(struct queue *queue, struct az_schema_unit *unit,
         const struct az_node *map, bool lists)
{
    size_t i;

    for (i = 0; i < map->count; i++)
        if (!lists || map->members[i].value.type != AZ_ARRAY)
            push(queue, &map->members[i].value, unit->resource);
}

static void
push_children(struct queue *queue, struct az_schema_unit *unit,
              const struct az_node *value, enum az_shape shape)
{
    switch (shape) {
    case AZ_SHAPE_SCHEMA:
        push(queue, value, unit->resource);
        break;
    case AZ_SHAPE_SCHEMA_OR_BOOLEAN:
        push(queue, value, unit->resource)->may_be_boolean = true;
        break;
    case AZ_SHAPE_SCHEMA_OR_LIST:
        if (value->type == AZ_ARRAY)
            push_list(queue, unit, value);
        else
            push(queue, value, unit->resource);
        break;
    case AZ_SHAPE_SCHEMAS:
        if (value->type == AZ_ARRAY)
            push_list(queue, unit, value);
        break;
    case AZ_SHAPE_SCHEMA_MAP:
    case AZ_SHAPE_PATTERN_MAP:
    case AZ_SHAPE_DEPENDENCIES:
        if (value->type == AZ_OBJECT)
            push_map(queue, unit, value, shape == AZ_SHAPE_DEPENDENCIES);
        break;
    default:
        break;
    }
}

/* The keyword NAME of DIALECT, or NULL.  A few keywords are most of a schema,
   and searching the table for each was 3 % of a small run. */
static const struct az_keyword *
find_keyword(struct az_registry *registry, const struct az_dialect *dialect,
             struct az_str name)
{
    const struct az_keyword **recent;
    size_t hash;

    if (name.len < 2)
        return az_dialect_keyword(dialect, name);
    hash = name.len + 5u * (unsigned char)name.p[1] +
           3u * (unsigned char)name.p[name.len / 2];
    recent = &registry->recent[hash % AZ_RECENT_KEYWORDS];
    if (*recent == NULL || ((*recent)->drafts & dialect->draft) == 0 ||
        !az_str_eq_c(name, (*recent)->name))
        *recent = az_dialect_keyword(dialect, name);
    return *recent;
}

static void
parse_members(struct queue *queue, struct az_schema_unit *unit)
{
    const struct az_node *node = unit->node;
    struct az_use *use;
    size_t i;

    enter_resource(queue->registry, unit);
    unit->is_mere_reference = is_mere_reference(node, unit->resource->dialect);
    unit->use_count = node->count;
    unit->uses = az_arena_array(queue->registry->arena, node->count,
                                sizeof(struct az_use));
    for (i = 0; i < node->count; i++) {
        use = &unit->uses[i];
        use->member = &node->members[i];
        use->keyword = find_keyword(queue->registry, unit->resource->dialect,
                                    use->member->key);
        if (use->keyword == NULL || (unit->is_mere_reference &&
                                     use->keyword->compile != az_compile_defs))
            continue;
        declare(queue->registry, unit, use);
        push_children(queue, unit, &use->member->value,
                      (enum az_shape)use->keyword->shape);
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
                         const struct az_document *document, struct az_str base,
                         const struct az_resource *from)
{
    struct az_schema_unit *unit = az_schema_unit_find(registry, document->root);
    struct az_resource *resource;
    struct az_str uri;

    if (unit != NULL)
        return unit;
    if (!az_schema_parse_id(registry, document->root,
                            from != NULL ? from->dialect : registry->dialect,
                            base, &uri))
        uri = az_uri_resolve(registry->arena, AZ_STR(""), base);
    resource = new_resource(registry, document, document->root, uri, from);
    az_registry_declare(registry, resource);
    return az_schema_parse_unit(registry, document->root, resource);
}
