/* Applying the keywords that judge arrays.
   SPDX-License-Identifier: MIT */

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "schema/check.h"
#include "schema/number.h"

/* Arrays up to this long are compared pair by pair. */
#define FEW 8
/* Arrays up to this long are worth a table of marks. */
#define MANY 1000000
/* Marks of one array that are met in its table before it is given up. */
#define MAX_PROBES 32
/* Odd, with bits all over (the golden ratio): spreads what it multiplies. */
#define SPREAD UINT64_C(0x9e3779b97f4a7c15)

static bool
fails_count(struct az_check *check, const struct az_subschema *schema,
            const struct az_node *node, const struct az_count *limit,
            const char *words)
{
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_ITEMS,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = limit->at,
                                        .related = "the limit is here" };

    if (!az_check_failed(check))
        return false;
    if (node->count == 0)
        az_check_hint_description(
            check,
            az_check_report(check, &failure, "the array may not be empty"),
            schema);
    else
        az_check_hint_description(
            check,
            az_check_report(
                check, &failure, "the array has %s, expected at %s %s",
                az_str_counted(check->arena, node->count, "item"), words,
                az_node_quote(check->arena, &limit->at->value)),
            schema);
    return false;
}

/* The first item behind those that may stand here; one finding for all. */
static bool
fails_extra(struct az_check *check, const struct az_branch *branch,
            const struct az_node *node, uint32_t index, uint32_t count)
{
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_ITEMS,
                                        .span = node->items[index].span,
                                        .schema = branch->schema,
                                        .at_node = branch->schema->node,
                                        .related = "no more are allowed here",
                                        .container = node,
                                        .index = index };

    if (!az_check_failed(check))
        return false;
    if (count > 1)
        az_check_report(check, &failure,
                        "item %u and %u more may not stand here",
                        (unsigned)index + 1, (unsigned)count - 1);
    else
        az_check_report(check, &failure, "item %u may not stand here",
                        (unsigned)index + 1);
    return false;
}

static bool
check_items(struct az_check *check, const struct az_subschema *schema,
            const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_array_rules *rules = schema->arrays;
    const struct az_branch *items = &rules->items;
    bool valid = true;
    uint32_t i;

    for (i = 0; i < node->count && i < rules->prefix.count; i++) {
        if (evaluated != NULL)
            az_evaluated_mark(evaluated, i);
        if (!az_check_child(check, rules->prefix.items[i], node, i,
                            &node->items[i]))
            valid = false;
        if (!valid && check->mode == AZ_ANSWER)
            return false;
    }
    if (items->schema == NULL || i == node->count)
        return valid;
    if (evaluated != NULL)
        evaluated->all = true;
    if (items->schema->acceptance == AZ_ACCEPTS_NONE)
        return fails_extra(check, items, node, i, node->count - i);
    if (items->schema->acceptance == AZ_ACCEPTS_ALL)
        return valid;
    return az_check_items(check, items->schema, node, i) && valid;
}

static bool
fails_contains(struct az_check *check, const struct az_subschema *schema,
               const struct az_node *node, uint64_t found)
{
    const struct az_array_rules *rules = schema->arrays;
    bool is_few = rules->min_contains.at != NULL
                      ? found < rules->min_contains.value
                      : found == 0;
    const struct az_count *limit =
        is_few ? &rules->min_contains : &rules->max_contains;
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_CONTAINS,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = limit->at == NULL
                                                  ? rules->contains.at
                                                  : limit->at,
                                        .related = "demanded here" };

    const char *wanted;

    if (!az_check_failed(check))
        return false;
    wanted = az_check_only_values(check, rules->contains.schema);
    az_check_hint_description(
        check,
        az_check_report(
            check, &failure, "%s %s %s, expected at %s %s",
            az_str_counted(check->arena, found, "item"),
            wanted != NULL ? (found == 1 ? "is" : "are")
                           : (found == 1 ? "matches" : "match"),
            wanted != NULL ? wanted : "'contains'", is_few ? "least" : "most",
            limit->at == NULL ? "1"
                              : az_node_quote(check->arena, &limit->at->value)),
        rules->contains.schema);
    return false;
}

/* Whether item INDEX matches "contains"; no failure if not. */
static bool
matches(struct az_check *check, const struct az_subschema *schema,
        const struct az_node *node, uint32_t index)
{
    const enum az_mode mode = check->mode;
    const struct az_distance distance = check->distance;
    bool valid;

    check->mode = AZ_ANSWER;
    valid = az_check_child(check, schema, node, index, &node->items[index]);
    check->mode = mode;
    check->distance = distance;
    return valid;
}

static bool
check_contains(struct az_check *check, const struct az_subschema *schema,
               const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_array_rules *rules = schema->arrays;
    uint64_t least =
        rules->min_contains.at == NULL ? 1 : rules->min_contains.value;
    uint64_t most =
        rules->max_contains.at == NULL ? UINT64_MAX : rules->max_contains.value;
    uint64_t found = 0;
    uint32_t i;

    for (i = 0; i < node->count; i++) {
        if (evaluated == NULL && found >= least && most == UINT64_MAX)
            return true;
        if (!matches(check, rules->contains.schema, node, i))
            continue;
        found++;
        if (evaluated != NULL && schema->scope->contains_evaluates)
            az_evaluated_mark(evaluated, i);
    }
    return (found >= least && found <= most) || check->stopped ||
           fails_contains(check, schema, node, found);
}

static bool
fails_unique(struct az_check *check, const struct az_subschema *schema,
             const struct az_node *node, const struct az_node *first,
             const struct az_node *second)
{
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_UNIQUE,
                                        .span = second->span,
                                        .schema = schema,
                                        .at = schema->arrays->unique_at,
                                        .related = "the items must differ",
                                        .container = node,
                                        .index =
                                            (uint32_t)(second - node->items),
                                        .judges_container = true };

    if (az_check_failed(check))
        az_diag_relate(
            check->sink,
            az_check_report(check, &failure, "item %u equals item %u: %s",
                            (unsigned)(second - node->items) + 1,
                            (unsigned)(first - node->items) + 1,
                            az_node_quote(check->arena, second)),
            az_document_place(check->document, first), "the first one is here");
    return false;
}

static void
reserve_sorting(struct az_check *check, size_t count)
{
    if (count <= check->sorting_capacity)
        return;
    check->sorting_capacity = count < 64 ? 64 : count + count / 2;
    check->sorting = az_arena_alloc(check->arena, check->sorting_capacity *
                                                      sizeof(*check->sorting));
}

static bool
check_many_unique(struct az_check *check, const struct az_subschema *schema,
                  const struct az_node *node)
{
    const struct az_node **items, *first;
    bool valid = true;
    uint32_t i;

    reserve_sorting(check, node->count);
    items = check->sorting;
    for (i = 0; i < node->count; i++)
        items[i] = &node->items[i];
    qsort(items, node->count, sizeof(*items), az_node_order);
    first = items[0];
    for (i = 1; i < node->count; i++) {
        if (!az_node_equal(first, items[i])) {
            first = items[i];
            continue;
        }
        valid = fails_unique(check, schema, node, first, items[i]);
        if (check->mode == AZ_ANSWER)
            return false;
    }
    return valid;
}

static uint64_t
load_word(const char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof(word));
    return word;
}

/* A number that equal strings have in common, and others hardly. */
static uint64_t
hash_of(struct az_str text)
{
    uint64_t hash = text.len;
    size_t i;

    if (text.len < 8) {
        for (i = 0; i < text.len; i++)
            hash = hash << 8 | (unsigned char)text.p[i];
        return hash;
    }
    for (i = 0; i + 8 < text.len; i += 8) {
        hash = (hash ^ load_word(text.p + i)) * SPREAD;
        hash ^= hash >> 32;
    }
    return hash ^ load_word(text.p + text.len - 8);
}

/* Something that NODE has in common with what is equal to it; false if that is
   not told quickly. */
static bool
mark_of(const struct az_node *node, uint64_t *ret)
{
    int64_t integer;

    *ret = node->type;
    if (node->type == AZ_BOOLEAN) {
        *ret |= (uint64_t)node->truth << 8;
    } else if (node->type == AZ_STRING) {
        *ret = hash_of(az_node_text(node));
    } else if (node->type == AZ_NUMBER) {
        if (!az_schema_number_small(az_node_text(node), &integer))
            return false;
        *ret = (uint64_t)integer;
    }
    return true;
}

/* Whether it is certain, without comparing the items with each other, that no
   two are equal: they differ in their marks. */
static bool
few_surely_differ(const struct az_node *node)
{
    uint64_t marks[FEW];
    uint32_t i, k;

    for (i = 0; i < node->count; i++) {
        if (!mark_of(&node->items[i], &marks[i]))
            return false;
        for (k = 0; k < i; k++)
            if (marks[k] == marks[i])
                return false;
    }
    return true;
}

/* Puts MARK into SLOTS, where 0 is free; false if it is there, or if there is
   too much in its place. */
static bool
add_mark(uint64_t *slots, size_t mask, uint64_t mark)
{
    /* Twice, so that each bit of a mark tells on each of the slot. */
    uint64_t spread = mark * SPREAD;
    size_t slot = (size_t)((spread ^ spread >> 32) * SPREAD >> 32) & mask;

    for (unsigned i = 0; i < MAX_PROBES; i++, slot = (slot + 1) & mask) {
        if (slots[slot] == mark)
            return false;
        if (slots[slot] == 0) {
            slots[slot] = mark;
            return true;
        }
    }
    return false;
}

/* The same for more items. */
static bool
many_surely_differ(struct az_check *check, const struct az_node *node)
{
    size_t size = 64;
    uint64_t mark;
    uint32_t i;

    while (size < 2 * (size_t)node->count)
        size *= 2;
    if (size > check->mark_capacity) {
        check->marks =
            az_arena_alloc(check->arena, size * sizeof(*check->marks));
        check->mark_capacity = size;
    }
    memset(check->marks, 0, size * sizeof(*check->marks));
    for (i = 0; i < node->count; i++)
        if (!mark_of(&node->items[i], &mark) ||
            !add_mark(check->marks, size - 1, mark == 0 ? 1 : mark))
            return false;
    return true;
}

static bool
check_unique(struct az_check *check, const struct az_subschema *schema,
             const struct az_node *node)
{
    bool valid = true;
    uint32_t i, k;

    if (node->count > FEW)
        return (node->count <= MANY && many_surely_differ(check, node)) ||
               check_many_unique(check, schema, node);
    if (few_surely_differ(node))
        return true;
    for (i = 1; i < node->count; i++)
        for (k = 0; k < i; k++)
            if (az_node_equal(&node->items[k], &node->items[i])) {
                valid = fails_unique(check, schema, node, &node->items[k],
                                     &node->items[i]);
                break;
            }
    return valid;
}

bool
az_check_array(struct az_check *check, const struct az_subschema *schema,
               const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_array_rules *rules = schema->arrays;
    bool valid = true;

    if (rules->minimum.at != NULL && node->count < rules->minimum.value)
        valid = fails_count(check, schema, node, &rules->minimum, "least");
    if (rules->maximum.at != NULL && node->count > rules->maximum.value)
        valid = fails_count(check, schema, node, &rules->maximum, "most");
    if (rules->unique_at != NULL)
        valid = check_unique(check, schema, node) && valid;
    if (!valid && check->mode == AZ_ANSWER)
        return false;
    valid = check_items(check, schema, node, evaluated) && valid;
    if (rules->contains.schema != NULL)
        valid = check_contains(check, schema, node, evaluated) && valid;
    return valid;
}

/* Items that nothing has evaluated: one finding for all that are refused. */
static bool
check_unevaluated_items(struct az_check *check,
                        const struct az_subschema *schema,
                        const struct az_node *node,
                        const struct az_evaluated *evaluated)
{
    const struct az_branch *rest = &schema->arrays->unevaluated;
    uint32_t i, first = 0, count = 0;
    bool valid = true;

    for (i = 0; i < node->count; i++) {
        if (az_evaluated_has(evaluated, i))
            continue;
        if (rest->schema->acceptance == AZ_ACCEPTS_NONE) {
            first = count++ == 0 ? i : first;
        } else if (!az_check_child(check, rest->schema, node, i,
                                   &node->items[i])) {
            valid = false;
            if (check->mode == AZ_ANSWER || check->stopped)
                return false;
        }
    }
    return count == 0 ? valid : fails_extra(check, rest, node, first, count);
}

static bool
check_unevaluated_properties(struct az_check *check,
                             const struct az_subschema *schema,
                             const struct az_node *node,
                             const struct az_evaluated *evaluated)
{
    const struct az_branch *rest = &schema->objects->unevaluated;
    bool valid = true;
    uint32_t i;

    for (i = 0; i < node->count; i++) {
        if (az_evaluated_has(evaluated, i))
            continue;
        if (rest->schema->acceptance == AZ_ACCEPTS_NONE)
            valid = az_check_unknown_key(check, schema, rest, node, i);
        else if (!az_check_child(check, rest->schema, node, i,
                                 &node->members[i].value))
            valid = false;
        if (!valid && (check->mode == AZ_ANSWER || check->stopped))
            return false;
    }
    return valid;
}

bool
az_check_unevaluated(struct az_check *check, const struct az_subschema *schema,
                     const struct az_node *node, struct az_evaluated *evaluated)
{
    bool valid = true;

    if (node->type == AZ_ARRAY && schema->arrays != NULL &&
        schema->arrays->unevaluated.schema != NULL)
        valid = check_unevaluated_items(check, schema, node, evaluated);
    else if (node->type == AZ_OBJECT && schema->objects != NULL &&
             schema->objects->unevaluated.schema != NULL)
        valid = check_unevaluated_properties(check, schema, node, evaluated);
    else
        return true;
    evaluated->all = true;
    return valid;
}
