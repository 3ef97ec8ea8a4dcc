/* Anchors and aliases of a YAML file.
   SPDX-License-Identifier: MIT

   A tree has no shared nodes, so that an alias is a copy; what copies may add
   is bounded by what the file spells out. */

#include "read/yaml.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"

/* The entry that aliases called NAME mean from now on; NULL for no name. */
struct yaml_anchor *
az_yaml_set_anchor(struct yaml_reader *r, const yaml_char_t *name)
{
    struct az_str key = az_str_from((const char *)name);
    struct yaml_anchor *anchor;
    bool is_new;

    if (name == NULL)
        return NULL;
    if (az_map_find(&r->anchors, key) == NULL)
        key = az_arena_str(r->arena, key);
    anchor = AZ_NEW(r->arena, struct yaml_anchor);
    az_map_put(&r->anchors, key, &is_new)->value = anchor;
    return anchor;
}

void
az_yaml_complete_anchor(struct yaml_anchor *anchor, const struct az_node *node,
                        size_t size, unsigned height)
{
    if (anchor == NULL)
        return;
    *anchor = (struct yaml_anchor){
        .node = *node, .size = size, .height = height, .complete = true
    };
}

/* Aliases. */

/* A copy that stands where alias NUMBER does. */
static struct az_node copy_node(struct yaml_reader *r,
                                const struct az_node *node, uint32_t number);

static const struct az_member *
copy_members(struct yaml_reader *r, const struct az_node *node, uint32_t number)
{
    struct az_member *copy = az_object_alloc(r->arena, node->count);
    size_t size = node->count * sizeof(*copy);

    /* The index stands behind the members and is the same. */
    if (node->count > AZ_OBJECT_INDEX_MIN)
        size += node->count * sizeof(uint32_t);
    memcpy(copy, node->members, size);
    for (size_t i = 0; i < node->count; i++)
        copy[i].value = copy_node(r, &copy[i].value, number);
    return copy;
}

static const struct az_node *
copy_items(struct yaml_reader *r, const struct az_node *node, uint32_t number)
{
    struct az_node *copy =
        az_arena_alloc(r->arena, node->count * sizeof(*copy));

    for (size_t i = 0; i < node->count; i++)
        copy[i] = copy_node(r, &node->items[i], number);
    return copy;
}

/* The depth of what an anchor names, which was read within AZ_MAX_DEPTH, bounds
   the recursion. */
static struct az_node
copy_node(struct yaml_reader *r, const struct az_node *node, uint32_t number)
{
    struct az_node copy = *node;

    copy.alias = number & AZ_MAX_ALIASES;
    if (node->count == 0)
        return copy;
    if (node->type == AZ_OBJECT)
        copy.members = copy_members(r, node, number);
    else if (node->type == AZ_ARRAY)
        copy.items = copy_items(r, node, number);
    return copy;
}

/* The number of the alias at SPAN: one more than its index. */
static uint32_t
number_alias(struct yaml_reader *r, struct az_span span)
{
    r->aliases = az_arena_grow(r->arena, r->aliases, r->alias_count,
                               &r->alias_capacity, sizeof(*r->aliases));
    r->aliases[r->alias_count++] = span;
    return (uint32_t)r->alias_count;
}

/* What an alias that ends at END may not do: blow the document up, go in a
   circle, go too deep. */
static bool
check_alias(struct yaml_reader *r, const struct yaml_anchor *anchor, size_t end)
{
    size_t spelled = r->node_count - r->copied_count;
    size_t limit = AZ_ALIAS_FREE + spelled * AZ_MAX_ALIAS_FACTOR;

    if (!anchor->complete)
        return az_yaml_refuse(
            r, AZ_DIAG_YAML_UNSUPPORTED, r->at, end, "write the value out",
            "the alias stands inside the value that it names");
    if (r->depth + anchor->height > r->limits->depth)
        return az_yaml_refuse(r, AZ_DIAG_DEPTH_LIMIT, r->at, end,
                              "nest lists and mappings less deep",
                              "with this alias, the document is nested deeper "
                              "than %zu levels, the limit",
                              r->limits->depth);
    if (anchor->size > limit || r->copied_count > limit - anchor->size)
        return az_yaml_refuse(r, AZ_DIAG_ALIAS_LIMIT, r->at, end,
                              "write the values out, or make the document "
                              "smaller",
                              "aliases add more than %zu values, the limit for "
                              "a document with %zu of its own up to here",
                              limit, spelled);
    return true;
}

static bool
check_alias_count(struct yaml_reader *r, size_t end)
{
    return r->alias_count < AZ_MAX_ALIASES ||
           az_yaml_refuse(r, AZ_DIAG_ALIAS_LIMIT, r->at, end,
                          "split the document into several files",
                          "the document has more than %u aliases, the limit",
                          AZ_MAX_ALIASES);
}

static bool
refuse_unknown_alias(struct yaml_reader *r, struct az_str name, size_t end)
{
    size_t count = r->anchors.count;
    struct az_str *names = az_arena_array(r->arena, count, sizeof(*names));
    size_t nearest;
    const char *hint = "put text that begins with '*' in quotes";

    for (size_t i = 0; i < count; i++)
        names[i] = r->anchors.entries[i].key;
    nearest = az_str_nearest(name, names, count);
    if (nearest < count)
        hint = az_arena_printf(r->arena, "did you mean '*%.*s'?",
                               AZ_STR_ARG(names[nearest]));
    return az_yaml_refuse(r, AZ_DIAG_YAML_SYNTAX, r->at, end, hint,
                          "no anchor before this is called %s",
                          az_str_quote(r->arena, name));
}

/* A key stands where its alias does: it is that one which is twice there, or
   unknown. */
static bool
set_alias_key(struct yaml_reader *r, const struct yaml_anchor *anchor,
              size_t end)
{
    struct az_node key = anchor->node;

    key.span = (struct az_span){ (uint32_t)r->at, (uint32_t)end };
    if (key.type >= AZ_ARRAY)
        return az_yaml_refuse(r, AZ_DIAG_YAML_UNSUPPORTED, r->at, end,
                              "write a text as the key",
                              "a list or mapping is no key in JSON");
    return az_yaml_walk_alias(r, end) && az_yaml_set_key(r, &key);
}

bool
az_yaml_on_alias(struct yaml_reader *r, const yaml_event_t *event)
{
    size_t start = az_yaml_offset(r, event->start_mark.index);
    size_t end = az_yaml_offset(r, event->end_mark.index);
    struct az_str name = az_str_from((const char *)event->data.alias.anchor);
    const struct yaml_anchor *anchor;
    struct az_span span;
    struct az_node node;

    if (!az_yaml_walk(r, start, end, false))
        return false;
    span = (struct az_span){ (uint32_t)r->at, (uint32_t)end };
    anchor = az_map_get(&r->anchors, name);
    if (anchor == NULL)
        return refuse_unknown_alias(r, name, end);
    if (!check_alias(r, anchor, end) || !check_alias_count(r, end))
        return false;
    if (yaml_wants_key(r))
        return set_alias_key(r, anchor, end);
    if (!az_yaml_count_nodes(r, anchor->size, r->at) ||
        !az_yaml_walk_alias(r, end))
        return false;
    r->copied_count += anchor->size;
    r->scattered = true;
    node = copy_node(r, &anchor->node, number_alias(r, span));
    az_yaml_add_value(r, &node, anchor->height);
    return true;
}
