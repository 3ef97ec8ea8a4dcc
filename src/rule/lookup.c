/* Looking items up in a set.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "rule/trial.h"

/* Sets up to this size are searched item by item; larger ones until that has
   cost about as much as an index. */
#define SMALL_SET 8
/* So many items are fetched from memory at a time. */
#define AHEAD 32
/* A larger set is not searched for what was meant. */
#define NEAREST_LIMIT 256

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
        az_rule_spend(trial, az_rule_weight(item->node));
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
    const struct item *found;
    struct az_node number;
    struct az_str text;

    az_rule_spend(trial, az_rule_weight(item->node));
    found = find_node(trial, set, item->node);
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
