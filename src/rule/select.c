/* The nodes that paths select.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "rule/trial.h"

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

/* Runs QUERY in the steps that the rule has left. */
static bool
run(struct trial *trial, const struct az_query *query, struct az_arena *arena,
    const struct az_node *root, struct az_nodes *nodes)
{
    bool found;

    if (trial->exhausted)
        return false;
    found = az_query_run_within(query, arena, root, nodes, &trial->steps_left);
    trial->exhausted = !found && trial->steps_left == 0;
    return found;
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
    if (run(trial, path->query, trial->arena, node, nodes))
        return nodes;
    trial->pool_depth--;
    return NULL;
}

const struct az_nodes *
az_rule_nodes(struct trial *trial, const struct path *path,
              const struct subject *subject)
{
    struct slot *slot = &trial->slots[path->slot];

    if (trial->exhausted)
        return NULL;
    if (path->scope == SCOPE_SUBJECT)
        return relative_nodes(trial, path, subject->item.node);
    if (!slot->ready) {
        const struct az_document *document =
            az_rule_path_document(trial, path, subject);

        slot->ready = true;
        slot->over_budget = !run(trial, path->query, trial->lasting,
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

bool
az_rule_recall(const struct trial *trial, const struct path *path,
               enum outcome *ret)
{
    const struct slot *slot = &trial->slots[path->slot];

    if (path->scope == SCOPE_SUBJECT || !slot->answered ||
        (slot->answer != HOLDS && trial->quiet == 0))
        return false;
    *ret = slot->answer;
    return true;
}

void
az_rule_remember(struct trial *trial, const struct path *path,
                 enum outcome answer)
{
    struct slot *slot = &trial->slots[path->slot];

    /* the self-test notes limits with each subject; of no answer, it has to be
       told again why */
    if (path->scope == SCOPE_SUBJECT || trial->judge->bounds != NULL ||
        trial->exhausted || (answer != HOLDS && answer != BROKEN))
        return;
    slot->answered = true;
    slot->answer = answer;
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
