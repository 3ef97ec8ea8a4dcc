/* Limits that the numbers of a sample are held against.
   SPDX-License-Identifier: MIT */

#include "rule/noted-limits.h"

#include "core/arena.h"
#include "core/decimal.h"
#include "rule/trial.h"

void
az_rule_noted_init(struct noted_limits *bounds, struct az_arena *arena)
{
    bounds->arena = arena;
    az_map_init(&bounds->by_node, arena);
}

/* A node is known by its address. */
static struct az_str
key_of(const struct az_node *const *node)
{
    return (struct az_str){ (const char *)node, sizeof(*node) };
}

void
az_rule_noted_add(struct noted_limits *bounds, const struct az_node *node,
                  struct az_schema_bound bound)
{
    struct az_arena *arena = bounds->arena;
    struct az_schema_bounds *list = az_map_get(&bounds->by_node, key_of(&node));
    size_t i;

    if (list == NULL) {
        list = AZ_NEW(arena, struct az_schema_bounds);
        az_map_put(&bounds->by_node, az_arena_str(arena, key_of(&node)), NULL)
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

const struct az_schema_bounds *
az_rule_noted_find(const struct noted_limits *bounds,
                   const struct az_node *node)
{
    return az_map_get(&bounds->by_node, key_of(&node));
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
