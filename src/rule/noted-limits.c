/* Limits that the numbers and sizes of a sample are held against.
   SPDX-License-Identifier: MIT */

#include "rule/noted-limits.h"

#include "core/arena.h"
#include "core/decimal.h"
#include "rule/trial.h"

/* A node is known by its address, a list by that of its first item and the
   number of items: several paths may select the items, and none the list. */
struct key {
    const struct az_node *node;
    size_t count; /* of items; 0: NODE itself */
};

static struct az_str
bytes_of(const struct key *key)
{
    return (struct az_str){ (const char *)key, sizeof(*key) };
}

void
az_rule_noted_init(struct noted_limits *bounds, struct az_arena *arena)
{
    bounds->arena = arena;
    az_map_init(&bounds->map, arena);
}

static void
add(struct noted_limits *bounds, struct key key, struct az_schema_bound bound)
{
    struct az_arena *arena = bounds->arena;
    struct az_schema_bounds *list = az_map_get(&bounds->map, bytes_of(&key));
    size_t i;

    if (list == NULL) {
        list = AZ_NEW(arena, struct az_schema_bounds);
        az_map_put(&bounds->map, az_arena_str(arena, bytes_of(&key)), NULL)
            ->value = list;
    }
    for (i = 0; i < list->count; i++)
        if (list->items[i].upper == bound.upper &&
            list->items[i].strict == bound.strict &&
            az_decimal_compare_text(list->items[i].limit, bound.limit) == 0)
            return;
    list->items = az_arena_grow(arena, list->items, list->count,
                                &list->capacity, sizeof(*list->items));
    bound.limit = az_arena_str(arena, bound.limit);
    list->items[list->count++] = bound;
}

void
az_rule_noted_add(struct noted_limits *bounds, const struct az_node *node,
                  struct az_schema_bound bound)
{
    add(bounds, (struct key){ node, 0 }, bound);
}

void
az_rule_noted_add_count(struct noted_limits *bounds,
                        const struct az_node *first, size_t count,
                        struct az_schema_bound bound)
{
    add(bounds, (struct key){ first, count }, bound);
}

const struct az_schema_bounds *
az_rule_noted_find(const struct noted_limits *bounds,
                   const struct az_node *node)
{
    struct key key = { node, 0 };

    if (node->type == AZ_ARRAY)
        key = (struct key){ node->items, node->count };
    return az_map_get(&bounds->map, bytes_of(&key));
}

void
az_rule_note_bound(struct trial *trial, const struct item *item,
                   struct az_str limit, bool upper, bool strict)
{
    /* What is only asked, for a condition or an alternative, limits nothing. */
    if (trial->judge->bounds != NULL && trial->quiet == 0 &&
        item->node->type == AZ_NUMBER)
        az_rule_noted_add(trial->judge->bounds, item->node,
                          (struct az_schema_bound){ limit, upper, strict });
}
