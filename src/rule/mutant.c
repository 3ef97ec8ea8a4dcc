/* Mutants: a sample with one thing changed.
   SPDX-License-Identifier: MIT */

#include "rule/mutant.h"

#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/decimal.h"
#include "core/limits.h"
#include "core/map.h"
#include "core/utf8.h"
#include "rule/mutant-size.h"

#define UNKNOWN_NAME "zz-unknown-zz"

struct planner {
    struct az_arena *arena;
    const struct references *references;
    const struct noted_limits *bounds;
    const struct free_names *free_names;
    struct plans *plans;
    struct plan unplanned; /* stands for those over the limit */
};

static const char *const mutation_names[AZ_MUTATION_COUNT] = {
    "drop-member", "empty", "duplicate-item", "duplicate-id",
    "change-type", "null",  "unknown-key",    "swap-reference",
    "off-by-one",  "zero",  "negate",         "boundary",
    "reverse",
};

const char *
az_mutation_name(enum az_mutation mutation)
{
    return mutation_names[mutation];
}

/* Plans. */

static struct plan *
new_plan(struct planner *planner)
{
    struct plans *plans = planner->plans;

    plans->items = az_arena_grow(planner->arena, plans->items, plans->count,
                                 &plans->capacity, sizeof(*plans->items));
    return &plans->items[plans->count++];
}

static struct plan *
add_plan(struct planner *planner, enum az_mutation mutation,
         const struct spot *spot)
{
    struct plans *plans = planner->plans;
    struct plan *plan = &planner->unplanned;

    if (plans->count < plans->limit)
        plan = new_plan(planner);
    else
        plans->cut++;
    *plan = (struct plan){ .mutation = mutation,
                           .spot = spot,
                           .shown = spot->node,
                           .is_last_variant = true };
    return plan;
}

/* Another way to make the mutant of PLAN, the last of them. */
static struct plan *
add_variant(struct planner *planner, struct plan *plan)
{
    struct plan *variant = &planner->unplanned;

    if (plan != &planner->unplanned) {
        size_t first = (size_t)(plan - planner->plans->items);

        variant = new_plan(planner);
        plan = &planner->plans->items[first];
        *variant = *plan;
        plan->is_last_variant = false;
        variant->variant = plan->variant + 1;
    }
    return variant;
}

static const struct az_node *
keep_node(struct planner *planner, struct az_node node)
{
    struct az_node *kept = az_arena_alloc(planner->arena, sizeof(*kept));

    *kept = node;
    return kept;
}

static const struct az_node *
keep_number(struct planner *planner, struct az_decimal value)
{
    return keep_node(planner,
                     az_make_number(az_decimal_print(planner->arena, value)));
}

/* The smallest step that shows in A and B as they are written: 1 between whole
   numbers, else a unit of the last decimal. */
static struct az_decimal
step_of(struct planner *planner, struct az_decimal a, struct az_decimal b)
{
    int32_t exponent = a.exponent < b.exponent ? a.exponent : b.exponent;

    return az_decimal_scale(az_decimal_from_int(planner->arena, 1),
                            exponent < 0 ? exponent : 0);
}

/* What is to stand at SPOT for its number, or the number of its items or
   characters, to be VALUE; NULL if nothing can. */
static const struct az_node *
keep_sized(struct planner *planner, const struct spot *spot,
           struct az_decimal value)
{
    int64_t size;

    if (spot->node->type == AZ_NUMBER)
        return keep_number(planner, value);
    if (!az_decimal_to_int(value, &size) || size < 0 || size > AZ_MAX_STRETCH)
        return NULL;
    return keep_node(planner,
                     az_rule_resize(planner->arena, spot->node, (size_t)size));
}

/* Beyond BOUND, at it and within it.  Only what is not allowed must be
   noticed. */
static void
plan_bound(struct planner *planner, const struct spot *spot,
           struct az_decimal value, const struct az_schema_bound *bound)
{
    struct az_arena *arena = planner->arena;
    struct az_decimal limit, step;
    const struct az_node *node;
    struct plan *plan;
    int side;

    if (!az_decimal_parse(arena, bound->limit, &limit))
        return;
    step = step_of(planner, value, limit);
    for (side = 1; side >= -1; side--) {
        struct az_decimal moved = limit;

        if (side != 0)
            moved = az_decimal_add(
                arena, limit,
                (side > 0) == bound->upper ? step : az_decimal_negate(step));
        if (az_decimal_compare(moved, value) == 0)
            continue;
        node = keep_sized(planner, spot, moved);
        if (node == NULL)
            continue;
        plan = add_plan(planner, AZ_MUTATION_BOUNDARY, spot);
        plan->equivalent = side < 0 || (side == 0 && !bound->strict);
        plan->value = node;
    }
}

/* The same for all limits of SPOT, whose number or size is VALUE. */
static void
plan_bounds(struct planner *planner, const struct spot *spot,
            struct az_decimal value)
{
    const struct az_schema_bounds *bounds =
        az_rule_noted_find(planner->bounds, spot->node);
    size_t i;

    for (i = 0; bounds != NULL && i < bounds->count; i++)
        plan_bound(planner, spot, value, &bounds->items[i]);
}

static void
plan_number(struct planner *planner, const struct spot *spot)
{
    const struct az_node *node = spot->node;
    struct az_decimal value, one = az_decimal_from_int(planner->arena, 1);
    bool in_list = spot->up != NULL && spot->up->node->type == AZ_ARRAY;
    bool reference = in_list && az_rule_is_reference(planner->references, node);
    struct plan *plan;

    if (!az_decimal_of(planner->arena, node, &value))
        return;
    plan = add_plan(planner, AZ_MUTATION_OFF_BY_ONE, spot);
    plan->equivalent = !reference;
    plan->value = keep_number(
        planner, az_decimal_add(planner->arena, value, az_decimal_negate(one)));
    plan = add_variant(planner, plan);
    plan->value =
        keep_number(planner, az_decimal_add(planner->arena, value, one));
    if (az_decimal_sign(value) != 0) {
        plan = add_plan(planner, AZ_MUTATION_ZERO, spot);
        plan->value = keep_node(planner, az_make_number(AZ_STR("0")));
        plan = add_plan(planner, AZ_MUTATION_NEGATE, spot);
        plan->value = keep_number(planner, az_decimal_negate(value));
    }
    plan_bounds(planner, spot, value);
}

static void
plan_string(struct planner *planner, const struct spot *spot)
{
    struct plan *plan;

    if (spot->node->count > 0) {
        plan = add_plan(planner, AZ_MUTATION_EMPTY, spot);
        plan->value = keep_node(planner, az_make_string(AZ_STR("")));
    }
    if (az_rule_is_reference(planner->references, spot->node)) {
        plan = add_plan(planner, AZ_MUTATION_SWAP_REFERENCE, spot);
        plan->equivalent = az_rule_is_free(planner->free_names, spot->node);
        plan->value = keep_node(planner, az_make_string(AZ_STR(UNKNOWN_NAME)));
    }
    plan_bounds(
        planner, spot,
        az_decimal_from_int(planner->arena,
                            (int64_t)az_utf8_length(az_node_text(spot->node))));
}

static bool
is_symmetric(const struct az_node *array)
{
    size_t i;

    for (i = 0; i < array->count / 2; i++)
        if (!az_node_equal(&array->items[i],
                           &array->items[array->count - 1 - i]))
            return false;
    return true;
}

static bool
names_an_item(struct az_str key)
{
    return az_str_eq_c(key, "id") || az_str_eq_c(key, "name") ||
           az_str_ends_with(key, AZ_STR("_id"));
}

/* Whether each item has a string of its own under KEY. */
static bool
tells_items_apart(struct az_arena *arena, const struct az_node *array,
                  struct az_str key)
{
    struct az_map seen;
    size_t i;
    bool is_new = true;

    az_map_init(&seen, arena);
    for (i = 0; i < array->count && is_new; i++) {
        const struct az_member *member = az_node_member(&array->items[i], key);

        if (member == NULL || member->value.type != AZ_STRING)
            return false;
        az_map_put(&seen, az_node_text(&member->value), &is_new);
    }
    return is_new;
}

/* An item gets the id of its neighbour. */
static void
plan_ids(struct planner *planner, const struct spot *spot)
{
    const struct az_node *array = spot->node;
    size_t i, k;

    if (array->count < 2 || array->items[0].type != AZ_OBJECT)
        return;
    for (k = 0; k < array->items[0].count; k++) {
        struct az_str key = array->items[0].members[k].key;

        if (!names_an_item(key) ||
            !tells_items_apart(planner->arena, array, key))
            continue;
        for (i = 0; i < array->count; i++) {
            struct plan *plan =
                add_plan(planner, AZ_MUTATION_DUPLICATE_ID, spot);
            const struct az_member *mine =
                az_node_member(&array->items[i], key);

            plan->index = i;
            plan->shown = &mine->value;
            plan->value =
                &az_node_member(&array->items[i == 0 ? 1 : i - 1], key)->value;
        }
    }
}

static void
plan_array(struct planner *planner, const struct spot *spot)
{
    const struct az_node *array = spot->node;
    struct plan *plan;
    size_t i;

    if (array->count > 0) {
        plan = add_plan(planner, AZ_MUTATION_EMPTY, spot);
        plan->value = keep_node(planner, (struct az_node){ .type = AZ_ARRAY });
    }
    for (i = 0; i < array->count; i++) {
        plan = add_plan(planner, AZ_MUTATION_DUPLICATE_ITEM, spot);
        plan->index = i;
        plan->shown = &array->items[i];
    }
    plan_ids(planner, spot);
    plan_bounds(planner, spot,
                az_decimal_from_int(planner->arena, (int64_t)array->count));
    if (array->count >= 2 && !is_symmetric(array))
        add_plan(planner, AZ_MUTATION_REVERSE, spot)->equivalent = true;
}

static void
plan_object(struct planner *planner, const struct spot *spot)
{
    const struct az_node *object = spot->node;
    struct plan *plan;
    size_t i;

    if (object->count > 0) {
        plan = add_plan(planner, AZ_MUTATION_EMPTY, spot);
        plan->value = keep_node(planner, (struct az_node){ .type = AZ_OBJECT });
    }
    add_plan(planner, AZ_MUTATION_UNKNOWN_KEY, spot);
    for (i = 0; i < object->count; i++) {
        const struct az_member *member = &object->members[i];

        plan = add_plan(planner, AZ_MUTATION_DROP_MEMBER, spot);
        plan->index = i;
        plan->shown = &member->value;
        plan->shown_key = true;
        if (!az_rule_is_reference_key(planner->references, member->key))
            continue;
        plan = add_plan(planner, AZ_MUTATION_SWAP_REFERENCE, spot);
        plan->index = i;
        plan->shown = &member->value;
        plan->shown_key = true;
    }
}

static void
plan_type(struct planner *planner, const struct spot *spot)
{
    const struct az_node *node = spot->node;
    struct plan *plan;

    if (node->type != AZ_NULL) {
        plan = add_plan(planner, AZ_MUTATION_NULL, spot);
        plan->value = keep_node(planner, az_make_null());
    }
    plan = add_plan(planner, AZ_MUTATION_CHANGE_TYPE, spot);
    switch ((enum az_type)node->type) {
    case AZ_NULL:
        plan->value = keep_node(planner, az_make_boolean(true));
        break;
    case AZ_BOOLEAN:
        plan->value = keep_node(
            planner, az_make_number(node->truth ? AZ_STR("1") : AZ_STR("0")));
        break;
    case AZ_NUMBER:
        plan->value = keep_node(planner, az_make_string(az_node_text(node)));
        break;
    case AZ_STRING:
        plan->value = keep_node(planner, az_make_number(AZ_STR("7")));
        break;
    case AZ_ARRAY:
        plan->value = keep_node(planner, (struct az_node){ .type = AZ_OBJECT });
        break;
    case AZ_OBJECT:
        plan->value = keep_node(planner, (struct az_node){ .type = AZ_ARRAY });
        break;
    }
}

static void
plan_spot(struct planner *planner, const struct spot *up,
          const struct az_node *node, size_t index)
{
    struct spot *spot = AZ_NEW(planner->arena, struct spot);
    size_t i;

    *spot = (struct spot){ up, node, index };
    plan_type(planner, spot);
    if (node->type == AZ_NUMBER)
        plan_number(planner, spot);
    else if (node->type == AZ_STRING)
        plan_string(planner, spot);
    else if (node->type == AZ_ARRAY)
        plan_array(planner, spot);
    else if (node->type == AZ_OBJECT)
        plan_object(planner, spot);
    for (i = 0; node->type == AZ_ARRAY && i < node->count; i++)
        plan_spot(planner, spot, &node->items[i], i);
    for (i = 0; node->type == AZ_OBJECT && i < node->count; i++)
        plan_spot(planner, spot, &node->members[i].value, i);
}

void
az_rule_plan_mutants(struct az_arena *arena, const struct stock *stock,
                     struct plans *ret)
{
    struct planner planner = { .arena = arena,
                               .bounds = stock->bounds,
                               .free_names = stock->free_names,
                               .plans = ret };

    *ret = (struct plans){ .limit = az_arena_limits(arena)->mutants };
    planner.references =
        az_rule_find_references(arena, stock->kinds, stock->count);
    plan_spot(&planner, NULL, stock->kinds[stock->index].sample->root, 0);
}

/* Making. */

/* A copy of OBJECT with room for one member more. */
static struct az_member *
copy_members(struct az_arena *arena, const struct az_node *object, size_t count)
{
    struct az_member *members = az_object_alloc(arena, count);
    size_t kept = object->count < count ? object->count : count;

    if (kept > 0)
        memcpy(members, object->members, kept * sizeof(*members));
    return members;
}

static struct az_node
finish_object(struct az_arena *arena, const struct az_node *like,
              struct az_member *members, size_t count)
{
    struct az_node node = *like;

    az_object_index(arena, members, count);
    node.count = (uint32_t)count;
    node.members = members;
    return node;
}

static struct az_node
with_member(struct az_arena *arena, const struct az_node *object,
            struct az_str key)
{
    struct az_member *members =
        copy_members(arena, object, (size_t)object->count + 1);
    struct az_member *added = &members[object->count];

    memset(added, 0, sizeof(*added));
    added->key = key;
    added->value = az_make_boolean(true);
    return finish_object(arena, object, members, (size_t)object->count + 1);
}

static struct az_node
without_member(struct az_arena *arena, const struct az_node *object,
               size_t index)
{
    size_t count = object->count - (size_t)1;
    struct az_member *members = copy_members(arena, object, count);

    memcpy(members + index, object->members + index + 1,
           (count - index) * sizeof(*members));
    return finish_object(arena, object, members, count);
}

static struct az_node
with_key(struct az_arena *arena, const struct az_node *object, size_t index,
         struct az_str key)
{
    struct az_member *members = copy_members(arena, object, object->count);

    members[index].key = key;
    return finish_object(arena, object, members, object->count);
}

static struct az_node
with_value(struct az_arena *arena, const struct az_node *object, size_t index,
           const struct az_node *value)
{
    struct az_member *members = copy_members(arena, object, object->count);

    members[index].value = *value;
    return finish_object(arena, object, members, object->count);
}

static struct az_node
with_item(struct az_arena *arena, const struct az_node *array, size_t index,
          const struct az_node *value)
{
    struct az_node *items = az_arena_array(arena, array->count, sizeof(*items));
    struct az_node node = *array;

    memcpy(items, array->items, array->count * sizeof(*items));
    items[index] = *value;
    node.items = items;
    return node;
}

static struct az_node
with_item_twice(struct az_arena *arena, const struct az_node *array,
                size_t index)
{
    size_t count = (size_t)array->count + 1;
    struct az_node *items = az_arena_array(arena, count, sizeof(*items));
    struct az_node node = *array;

    memcpy(items, array->items, (index + 1) * sizeof(*items));
    memcpy(items + index + 1, array->items + index,
           (count - 1 - index) * sizeof(*items));
    node.items = items;
    node.count = (uint32_t)count;
    return node;
}

static struct az_node
reversed(struct az_arena *arena, const struct az_node *array)
{
    struct az_node *items = az_arena_array(arena, array->count, sizeof(*items));
    struct az_node node = *array;
    size_t i;

    for (i = 0; i < array->count; i++)
        items[i] = array->items[array->count - 1 - i];
    node.items = items;
    return node;
}

static struct az_node
with_id(struct az_arena *arena, const struct plan *plan)
{
    const struct az_node *array = plan->spot->node;
    const struct az_node *item = &array->items[plan->index];
    struct az_node changed;
    size_t i;

    for (i = 0; i < item->count; i++)
        if (&item->members[i].value == plan->shown)
            break;
    changed = with_value(arena, item, i, plan->value);
    return with_item(arena, array, plan->index, &changed);
}

/* What comes in place of the spot's node. */
static struct az_node
replacement(struct az_arena *arena, const struct plan *plan)
{
    const struct az_node *node = plan->spot->node;

    switch (plan->mutation) {
    case AZ_MUTATION_DROP_MEMBER:
        return without_member(arena, node, plan->index);
    case AZ_MUTATION_DUPLICATE_ITEM:
        return with_item_twice(arena, node, plan->index);
    case AZ_MUTATION_DUPLICATE_ID:
        return with_id(arena, plan);
    case AZ_MUTATION_UNKNOWN_KEY:
        return with_member(arena, node, AZ_STR(UNKNOWN_NAME));
    case AZ_MUTATION_REVERSE:
        return reversed(arena, node);
    case AZ_MUTATION_SWAP_REFERENCE:
        if (plan->shown_key)
            return with_key(arena, node, plan->index, AZ_STR(UNKNOWN_NAME));
        break;
    case AZ_MUTATION_EMPTY:
    case AZ_MUTATION_CHANGE_TYPE:
    case AZ_MUTATION_NULL:
    case AZ_MUTATION_BOUNDARY:
    case AZ_MUTATION_OFF_BY_ONE:
    case AZ_MUTATION_ZERO:
    case AZ_MUTATION_NEGATE:
    case AZ_MUTATION_COUNT:
        break;
    }
    return *plan->value;
}

const struct az_node *
az_rule_make_mutant(struct az_arena *arena, const struct plan *plan)
{
    struct az_node node = replacement(arena, plan);
    const struct spot *spot;
    struct az_node *root;

    for (spot = plan->spot; spot->up != NULL; spot = spot->up)
        node = spot->up->node->type == AZ_ARRAY
                   ? with_item(arena, spot->up->node, spot->index, &node)
                   : with_value(arena, spot->up->node, spot->index, &node);
    root = az_arena_alloc(arena, sizeof(*root));
    *root = node;
    return root;
}
