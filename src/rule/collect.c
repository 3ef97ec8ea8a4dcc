/* What paths, operands and subjects select, and looking things up in it.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/decimal.h"
#include "rule/trial.h"

/* Sets up to this size are searched item by item; larger ones until that has
   cost about as much as an index. */
#define SMALL_SET 8
/* So many items are fetched from memory at a time. */
#define AHEAD 32
/* A larger set is not searched for what was meant. */
#define NEAREST_LIMIT 256

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

/* Nodes. */

const struct az_document *
az_rule_path_document(const struct trial *trial, const struct path *path,
                      const struct subject *subject)
{
    if (path->scope == SCOPE_SUBJECT)
        return subject->document;
    if (path->scope == SCOPE_ROOT)
        return trial->own;
    if (path->scope == SCOPE_EXTRACT)
        return trial->extracted[path->kind];
    return trial->chosen[path->kind];
}

const struct az_node *
az_rule_follow_names(const struct az_node *node, struct az_str path)
{
    const struct az_member *member;
    size_t at = 1, end;

    while (at < path.len && path.p[at] == '.') {
        for (end = at + 1; end < path.len; end++)
            if (strchr(".[ \t\r\n", path.p[end]) != NULL)
                break;
        member = az_node_member(
            node, (struct az_str){ path.p + at + 1, end - at - 1 });
        if (member == NULL)
            break;
        node = &member->value;
        at = end;
    }
    return node;
}

/* Where PATH looks from ROOT: all that is below its plain names, for a filter
   may read anything there. */
static void
leave_footprint(struct trial *trial, const struct path *path,
                const struct az_node *root)
{
    struct az_nodes *footprint = trial->footprint;

    if (footprint == NULL || path->scope == SCOPE_KIND ||
        path->scope == SCOPE_EXTRACT)
        return;
    footprint->items = az_arena_grow(
        trial->judge->arena, (void *)footprint->items, footprint->count,
        &footprint->capacity, sizeof(*footprint->items));
    footprint->items[footprint->count++] =
        az_rule_follow_names(root, path->text);
}

static struct az_nodes *
take_nodes(struct trial *trial)
{
    struct az_nodes **pool = trial->pool;

    if (trial->pool_depth == trial->pool_size) {
        pool = az_arena_grow(trial->arena, (void *)pool, trial->pool_size,
                             &trial->pool_capacity, sizeof(*pool));
        pool[trial->pool_size++] = AZ_NEW(trial->arena, struct az_nodes);
        trial->pool = pool;
    }
    pool[trial->pool_depth]->count = 0;
    return pool[trial->pool_depth++];
}

const struct az_node *
az_rule_follow(struct trial *trial, const struct path *path,
               const struct az_node *node)
{
    struct slot *slot = &trial->slots[path->slot];

    if (slot->guesses == NULL)
        slot->guesses = az_arena_array(trial->lasting,
                                       az_query_guess_count(path->query) + 1,
                                       sizeof(*slot->guesses));
    leave_footprint(trial, path, node);
    return az_query_follow(path->query, node, slot->guesses);
}

static void
append_node(struct trial *trial, const struct az_node *node,
            struct az_nodes *nodes)
{
    nodes->items =
        az_arena_grow(trial->arena, (void *)nodes->items, nodes->count,
                      &nodes->capacity, sizeof(*nodes->items));
    nodes->items[nodes->count++] = node;
}

/* What PATH, which starts with "@", selects from NODE. */
static const struct az_nodes *
relative_nodes(struct trial *trial, const struct path *path,
               const struct az_node *node)
{
    struct az_nodes *nodes = take_nodes(trial);

    if (az_query_is_singular(path->query)) {
        node = az_rule_follow(trial, path, node);
        if (node != NULL)
            append_node(trial, node, nodes);
        return nodes;
    }
    leave_footprint(trial, path, node);
    if (az_query_run(path->query, trial->arena, node, nodes))
        return nodes;
    trial->pool_depth--;
    return NULL;
}

const struct az_nodes *
az_rule_nodes(struct trial *trial, const struct path *path,
              const struct subject *subject)
{
    struct slot *slot = &trial->slots[path->slot];

    if (path->scope == SCOPE_SUBJECT)
        return relative_nodes(trial, path, subject->item.node);
    if (!slot->ready) {
        const struct az_document *document =
            az_rule_path_document(trial, path, subject);

        slot->ready = true;
        slot->over_budget = !az_query_run(path->query, trial->lasting,
                                          document->root, &slot->nodes);
        leave_footprint(trial, path, document->root);
    }
    return slot->over_budget ? NULL : &slot->nodes;
}

void
az_rule_nodes_release(struct trial *trial, const struct az_nodes *nodes)
{
    if (trial->pool_depth > 0 && trial->pool[trial->pool_depth - 1] == nodes)
        trial->pool_depth--;
}

enum outcome
az_rule_take_one(struct trial *trial, const struct path *path,
                 const struct subject *subject, const char *what,
                 struct subject *ret)
{
    const struct az_nodes *nodes = az_rule_nodes(trial, path, subject);
    struct failure failure;
    size_t count;

    if (nodes == NULL)
        return az_rule_fail_path(trial, subject, path);
    count = nodes->count;
    memset(ret, 0, sizeof(*ret));
    ret->document = az_rule_path_document(trial, path, subject);
    if (count == 1)
        ret->item.node = ret->item.place = nodes->items[0];
    az_rule_nodes_release(trial, nodes);
    if (count == 1)
        return HOLDS;
    az_rule_failure(&failure, subject);
    return az_rule_fail(trial, &failure, "%s at %s, which %s",
                        count == 0 ? "nothing" : "several values",
                        az_str_quote(trial->arena, path->text), what);
}

/* Items under construction. */

struct items {
    struct az_arena *arena;
    struct item *items;
    size_t count;
    size_t capacity;
};

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
    if (nodes != NULL)
        *ret_why = collect_nodes(&items, operand, nodes);
    az_rule_nodes_release(trial, nodes);
    set_collection(ret, az_rule_path_document(trial, &operand->path, subject),
                   &items);
    ret->dropped = trial->slots[operand->path.slot].dropped;
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
    if (!good)
        return fail_apart(trial, subject);
    set_collection(ret, subject->document, &items);
    return HOLDS;
}

/* Looking up. */

static void
index_item(struct trial *trial, struct collection *set, const struct item *item,
           uint32_t hash)
{
    struct az_map_entry *entry;
    bool is_new;

    if (item->node->type == AZ_STRING) {
        entry = az_map_put_hashed(&set->strings, az_node_text(item->node), hash,
                                  &is_new);
    } else {
        trial->scratch.len = 0;
        az_rule_canonical(&trial->scratch, item->node);
        if (az_map_find(&set->others, az_buf_str(&trial->scratch)) != NULL)
            return;
        entry = az_map_put(
            &set->others, az_arena_str(set->arena, az_buf_str(&trial->scratch)),
            &is_new);
    }
    if (is_new)
        entry->value = (void *)(uintptr_t)item;
}

/* The hashes of the strings among the items from START to before STOP.  The
   processor fetches their text at once, and then their places. */
static void
hash_items(struct collection *set, size_t start, size_t stop, uint32_t *ret)
{
    const struct az_node *node;
    size_t i;

    for (i = start; i < stop; i++)
        __builtin_prefetch(set->items[i].node->text);
    for (i = start; i < stop; i++) {
        node = set->items[i].node;
        if (node->type != AZ_STRING)
            continue;
        if (set->strings.slots == NULL)
            az_map_reserve(&set->strings, set->count);
        ret[i - start] = az_map_hash(&set->strings, az_node_text(node));
        az_map_fetch(&set->strings, ret[i - start]);
    }
}

static void
index_set(struct trial *trial, struct collection *set)
{
    size_t i, k, stop;
    uint32_t hashes[AHEAD];

    az_map_init(&set->strings, set->arena);
    az_map_init(&set->others, set->arena);
    for (i = 0; i < set->count; i = stop) {
        stop = set->count - i < AHEAD ? set->count : i + AHEAD;
        hash_items(set, i, stop, hashes);
        for (k = i; k < stop; k++)
            index_item(trial, set, &set->items[k], hashes[k - i]);
    }
    set->indexed = true;
    set->differ = set->strings.count + set->others.count == set->count;
}

/* The item that is equal to NODE if things are looked for in the order in which
   they stand in SET: then nothing has to be fetched from here and there. */
static const struct item *
guess_item(struct collection *set, const struct az_node *node)
{
    set->in_order &= set->next < set->count &&
                     az_node_equal(set->items[set->next].node, node);
    return set->in_order ? &set->items[set->next++] : NULL;
}

static const struct item *
look_up(struct trial *trial, const struct collection *set,
        const struct az_node *node)
{
    if (node->type == AZ_STRING)
        return az_map_get(&set->strings, az_node_text(node));
    trial->scratch.len = 0;
    az_rule_canonical(&trial->scratch, node);
    return az_map_get(&set->others, az_buf_str(&trial->scratch));
}

static const struct item *
search_set(struct collection *set, const struct az_node *node)
{
    size_t i;

    for (i = 0; i < set->count; i++)
        if (az_node_equal(set->items[i].node, node))
            break;
    set->searched += i;
    return i < set->count ? &set->items[i] : NULL;
}

static const struct item *
find_node(struct trial *trial, struct collection *set,
          const struct az_node *node)
{
    const struct item *found;

    if (set->count <= SMALL_SET || set->searched < set->count)
        return search_set(set, node);
    if (!set->indexed)
        index_set(trial, set);
    found = guess_item(set, node);
    if (found != NULL)
        return found;
    found = look_up(trial, set, node);
    if (found != NULL && set->differ) {
        set->in_order = found == &set->items[set->next];
        set->next = (size_t)(found - set->items) + 1;
    }
    return found;
}

const struct item *
az_rule_set_find(struct trial *trial, struct collection *set,
                 const struct item *item)
{
    const struct item *found = find_node(trial, set, item->node);
    struct az_node number;
    struct az_str text;

    if (found != NULL || !item->word ||
        !az_rule_number_text(trial, item, &text))
        return found;
    number = *item->node;
    number.type = AZ_NUMBER;
    return find_node(trial, set, &number);
}

bool
az_rule_set_repeats(struct trial *trial, struct collection *set)
{
    size_t i;

    for (i = 0; i < set->count && !set->counted && !set->repeats; i++)
        set->repeats =
            az_rule_set_find(trial, set, &set->items[i]) != &set->items[i];
    set->counted = true;
    return set->repeats;
}

const struct item *
az_rule_set_nearest(const struct trial *trial, const struct collection *set,
                    const struct item *item)
{
    struct az_str *candidates;
    struct az_str text;
    size_t i, nearest;

    if (!az_rule_string_text(item, &text) ||
        set->count + set->dropped > NEAREST_LIMIT)
        return NULL;
    candidates =
        az_arena_array(trial->arena, set->count + 1, sizeof(*candidates));
    for (i = 0; i < set->count; i++)
        if (!az_rule_string_text(&set->items[i], &candidates[i]))
            candidates[i] = AZ_STR("");
    nearest = az_str_nearest(text, candidates, set->count);
    return nearest < set->count ? &set->items[nearest] : NULL;
}
