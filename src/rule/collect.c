/* The items that operands and subjects mean.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/decimal.h"
#include "rule/trial.h"

struct az_node
az_rule_string_node(struct az_str text, struct az_span span)
{
    struct az_node node = az_make_string(text);

    node.span = span;
    return node;
}

bool
az_rule_string_text(const struct item *item, struct az_str *ret)
{
    if (item->node->type != AZ_STRING)
        return false;
    *ret = az_node_text(item->node);
    return true;
}

bool
az_rule_number_text(const struct trial *trial, const struct item *item,
                    struct az_str *ret)
{
    struct az_decimal value;
    bool spelt = item->node->type == AZ_STRING && item->word;

    if (item->node->type != AZ_NUMBER && !spelt)
        return false;
    *ret = az_node_text(item->node);
    return !spelt || az_decimal_parse(trial->arena, *ret, &value);
}

/* Items under construction. */

struct items {
    struct az_arena *arena;
    struct item *items;
    size_t count;
    size_t capacity;
    size_t bytes; /* of the strings that were transformed */
};

/* Counts what it took to make ITEMS of COUNT nodes. */
static void
spend_items(struct trial *trial, const struct items *items, size_t count)
{
    az_rule_spend(trial, count + items->count + items->bytes / BYTES_PER_STEP);
}

static void
add_item(struct items *items, const struct az_node *node,
         const struct az_node *place)
{
    items->items = az_arena_grow(items->arena, items->items, items->count,
                                 &items->capacity, sizeof(*items->items));
    items->items[items->count++] =
        (struct item){ .node = node, .place = place };
}

static void
add_string(struct items *items, struct az_str text, const struct item *origin)
{
    struct az_node *node = az_arena_alloc(items->arena, sizeof(*node));

    *node = az_rule_string_node(text, origin->node->span);
    add_item(items, node, origin->place);
}

/* ITEM, or the strings that TRANSFORM makes of it. False if it cannot. */
static bool
add_transformed(struct items *items, const struct item *item,
                enum transform transform)
{
    struct strings strings = { NULL, 0, 0 };
    bool good;
    size_t i;

    if (transform == TRANSFORM_NONE || item->node->type != AZ_STRING) {
        add_item(items, item->node, item->place);
        items->items[items->count - 1].word = item->word;
        return true;
    }
    items->bytes += item->node->count;
    good = az_rule_transform(items->arena, transform, az_node_text(item->node),
                             &strings);
    for (i = 0; i < strings.count; i++)
        add_string(items, strings.items[i], item);
    return good;
}

static bool
add_keys(struct items *items, const struct az_node *object,
         enum transform transform)
{
    struct az_node *names =
        az_arena_array(items->arena, object->count + 1, sizeof(*names));
    bool good = true;
    size_t i;

    for (i = 0; i < object->count; i++) {
        const struct az_member *member = &object->members[i];
        struct item item = { &names[i], &member->value, false };

        names[i] = az_rule_string_node(member->key, member->key_span);
        good &= add_transformed(items, &item, transform);
    }
    return good;
}

/* Makes room for COUNT items; for the first ones only. */
static void
reserve_items(struct items *items, size_t count)
{
    if (items->count > 0)
        return;
    items->items = az_arena_alloc(items->arena, count * sizeof(*items->items));
    items->capacity = count;
}

static bool
add_array(struct items *items, const struct az_node *array,
          enum transform transform)
{
    bool good = true;
    size_t i;

    reserve_items(items, array->count);
    for (i = 0; i < array->count; i++) {
        struct item item = { &array->items[i], &array->items[i], false };

        good &= add_transformed(items, &item, transform);
    }
    return good;
}

static void
set_collection(struct collection *collection,
               const struct az_document *document, const struct items *items)
{
    memset(collection, 0, sizeof(*collection));
    collection->document = document;
    collection->items = items->items;
    collection->count = items->count;
    collection->arena = items->arena;
}

/* Operands. */

/* The nodes of OPERAND are items by themselves, or what it makes of them. */
static bool
add_nodes(struct items *items, const struct operand *operand,
          const struct az_nodes *nodes)
{
    bool good = true;
    size_t i;

    reserve_items(items, nodes->count);
    for (i = 0; i < nodes->count; i++) {
        struct item item = { nodes->items[i], nodes->items[i], false };

        good &= add_transformed(items, &item, operand->transform);
    }
    return good;
}

/* NULL, or why the nodes of OPERAND make no set. */
static const char *
collect_nodes(struct items *items, const struct operand *operand,
              const struct az_nodes *nodes)
{
    bool good = true;
    size_t i;

    for (i = 0; i < nodes->count && operand->keys; i++) {
        if (nodes->items[i]->type != AZ_OBJECT)
            return "selects something that is no object and has no keys";
        good &= add_keys(items, nodes->items[i], operand->transform);
    }
    if (!operand->keys && nodes->count == 1 &&
        nodes->items[0]->type == AZ_ARRAY)
        good = add_array(items, nodes->items[0], operand->transform);
    else if (!operand->keys)
        good = add_nodes(items, operand, nodes);
    if (!good)
        return "selects a string that cannot be taken apart";
    if (items->count == 0 && !operand->may_be_empty)
        return nodes->count == 0 ? "selects nothing" : "is empty";
    return NULL;
}

static enum outcome
fail_void(struct trial *trial, const struct subject *subject,
          const struct operand *operand, const char *why)
{
    const struct path *path = &operand->path;
    struct failure failure;

    az_rule_failure(&failure, subject);
    failure.outcome = VOID;
    return az_rule_fail(trial, &failure, "nothing to compare with: %s %s",
                        az_str_quote(trial->arena, path->text), why);
}

static enum outcome
collect_path(struct trial *trial, const struct operand *operand,
             const struct subject *subject, struct collection *ret,
             const char **ret_why)
{
    const struct az_nodes *nodes =
        az_rule_nodes(trial, &operand->path, subject);
    struct items items = { .arena = operand->path.scope == SCOPE_SUBJECT
                                        ? trial->arena
                                        : trial->lasting };

    *ret_why = NULL;
    if (nodes != NULL) {
        *ret_why = collect_nodes(&items, operand, nodes);
        spend_items(trial, &items, nodes->count);
    }
    az_rule_nodes_release(trial, nodes);
    set_collection(ret, az_rule_path_document(trial, &operand->path, subject),
                   &items);
    ret->dropped = trial->slots[operand->path.slot].dropped;
    az_rule_spend(trial, 2 * ret->dropped);
    if (nodes == NULL)
        return UNSURE;
    return *ret_why == NULL ? HOLDS : VOID;
}

/* A fixed operand that is void is told of once for each rule; every subject
   would say the same. */
static enum outcome
tell(struct trial *trial, const struct operand *operand,
     const struct subject *subject, enum outcome outcome, const char *why)
{
    struct slot *slot = operand->path.scope == SCOPE_SUBJECT
                            ? NULL
                            : &trial->slots[operand->slot];

    if (outcome == HOLDS || (slot != NULL && slot->told && trial->quiet == 0))
        return outcome;
    if (slot != NULL && trial->quiet == 0)
        slot->told = true;
    if (outcome == UNSURE)
        return az_rule_fail_path(trial, subject, &operand->path);
    return fail_void(trial, subject, operand, why);
}

enum outcome
az_rule_operand_set(struct trial *trial, const struct operand *operand,
                    const struct subject *subject, struct collection *temporary,
                    struct collection **ret)
{
    struct slot *slot = &trial->slots[operand->slot];
    const char *why;
    enum outcome outcome;

    if (operand->literal == NULL && operand->path.scope == SCOPE_SUBJECT) {
        *ret = temporary;
        outcome = collect_path(trial, operand, subject, temporary, &why);
        return tell(trial, operand, subject, outcome, why);
    }
    *ret = &slot->collection;
    if (!slot->collected) {
        slot->collected = true;
        slot->why = NULL;
        if (operand->literal == NULL) {
            slot->outcome = collect_path(trial, operand, subject,
                                         &slot->collection, &slot->why);
        } else {
            slot->collection.items = operand->items;
            slot->collection.count = operand->count;
            slot->collection.arena = trial->lasting;
        }
    }
    return tell(trial, operand, subject, slot->outcome, slot->why);
}

/* NULL with the one item that NODES are, or why they are not one. */
static const char *
pick_one(struct trial *trial, const struct operand *operand,
         const struct az_nodes *nodes, struct item *ret)
{
    struct items items = { .arena = trial->arena };
    struct item item = { NULL, NULL, false };
    bool good = true;
    size_t i;

    if (operand->transform == TRANSFORM_NONE && nodes->count == 1) {
        *ret = (struct item){ nodes->items[0], nodes->items[0], false };
        return NULL;
    }
    for (i = 0; i < nodes->count && items.count < 2 && good; i++) {
        item.node = item.place = nodes->items[i];
        good = add_transformed(&items, &item, operand->transform);
    }
    spend_items(trial, &items, i);
    if (!good)
        return "selects a string that cannot be taken apart";
    if (items.count != 1)
        return items.count == 0 ? "selects nothing"
                                : "selects more than one value";
    *ret = items.items[0];
    return NULL;
}

/* The value that a path selects for an assertion that takes one. */
static enum outcome
path_value(struct trial *trial, const struct operand *operand,
           const struct subject *subject, struct subject *ret)
{
    const struct az_nodes *nodes =
        az_rule_nodes(trial, &operand->path, subject);
    const char *why = NULL;

    if (nodes == NULL)
        return tell(trial, operand, subject, UNSURE, NULL);
    why = pick_one(trial, operand, nodes, &ret->item);
    az_rule_nodes_release(trial, nodes);
    if (why != NULL)
        return tell(trial, operand, subject, VOID, why);
    ret->document = az_rule_path_document(trial, &operand->path, subject);
    return HOLDS;
}

enum outcome
az_rule_operand_value(struct trial *trial, const struct operand *operand,
                      const struct subject *subject, struct subject *ret)
{
    memset(ret, 0, sizeof(*ret));
    if (operand->literal == NULL)
        return path_value(trial, operand, subject, ret);
    ret->item = operand->items[0];
    return HOLDS;
}

/* Subjects. */

static enum outcome
fail_apart(struct trial *trial, const struct subject *subject)
{
    struct failure failure;

    az_rule_failure(&failure, subject);
    return az_rule_fail(trial, &failure, "%s cannot be taken apart",
                        az_node_quote(trial->arena, subject->item.node));
}

enum outcome
az_rule_subject_strings(struct trial *trial, const struct subject *subject,
                        enum transform transform, struct values *ret)
{
    struct items items = { .arena = trial->arena };

    *ret = (struct values){ &subject->item, 1 };
    if (transform == TRANSFORM_NONE)
        return HOLDS;
    if (subject->item.node->type != AZ_STRING)
        return az_rule_fail_type(trial, subject, "string");
    if (!add_transformed(&items, &subject->item, transform))
        return fail_apart(trial, subject);
    spend_items(trial, &items, 1);
    *ret = (struct values){ items.items, items.count };
    return HOLDS;
}

enum outcome
az_rule_subject_set(struct trial *trial, const struct subject *subject,
                    enum transform transform, struct collection *ret)
{
    struct items items = { .arena = trial->arena };
    const struct az_node *node = subject->item.node;
    bool good;

    if (node->type == AZ_ARRAY)
        good = add_array(&items, node, transform);
    else if (node->type == AZ_OBJECT)
        good = add_keys(&items, node, transform);
    else if (node->type == AZ_STRING && transform != TRANSFORM_NONE)
        good = add_transformed(&items, &subject->item, transform);
    else
        return az_rule_fail_type(trial, subject, "array or object");
    spend_items(trial, &items, 1);
    if (!good)
        return fail_apart(trial, subject);
    set_collection(ret, subject->document, &items);
    return HOLDS;
}
