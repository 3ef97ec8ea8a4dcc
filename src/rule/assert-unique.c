/* Assertions about collections: unique.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "rule/parse.h"
#include "rule/trial.h"

/* Items up to this number are compared with each other. */
#define FEW 8
/* So many items are fetched from memory at a time. */
#define AHEAD 32

struct unique {
    const struct path *path; /* what is compared; NULL: the subject's items */
    const struct path *by;   /* what makes an item's identity */
    size_t by_count;
    struct collection *expected; /* the set to be, or NULL */
};

static bool
parse_unique_object(struct parser *parser, const struct az_node *node,
                    struct unique *unique)
{
    static const char *const names[] = { "path", "by", NULL };
    const struct az_node *path = az_node_get(node, "path");
    const struct az_node *by = az_node_get(node, "by");
    struct path *parsed = AZ_NEW(parser->arena, struct path);

    if (!az_rule_check_keys(parser, node, names, "'unique'"))
        return false;
    if (path == NULL) {
        az_rule_mistake(parser, node, "'unique' has no 'path'");
        return false;
    }
    if (!az_rule_parse_path(parser, path, parsed))
        return false;
    unique->path = parsed;
    if (by == NULL)
        return true;
    unique->by = az_rule_parse_paths(parser, by, "'by'", &unique->by_count);
    return unique->by != NULL;
}

static const void *
parse_unique(struct parser *parser, const struct az_node *object,
             const struct az_member *member)
{
    const struct az_node *node = &member->value;
    struct unique *unique = AZ_NEW(parser->arena, struct unique);

    (void)object;
    if (node->type == AZ_OBJECT)
        return parse_unique_object(parser, node, unique) ? unique : NULL;
    if (node->type == AZ_ARRAY) {
        unique->by =
            az_rule_parse_paths(parser, node, "'unique'", &unique->by_count);
        return unique->by == NULL ? NULL : unique;
    }
    return az_rule_want_true(parser, node, "unique") ? unique : NULL;
}

/* The identities seen, and the nodes that had them first: strings by their
   text, all else by its canonical text. */
struct seen {
    struct az_arena *arena;
    struct az_map texts;
    struct az_map others;
    size_t count;     /* of all items */
    size_t anonymous; /* of those so far: without identity */
};

/* What alone tells an item from others, if that could be found ahead. */
struct identity {
    const struct az_node *node; /* or NULL */
    uint32_t hash;              /* of its text */
};

static void
add_identity(struct trial *trial, struct az_buf *key,
             const struct az_nodes *nodes)
{
    size_t i;

    az_buf_add_int(key, (int64_t)nodes->count);
    az_buf_add_char(key, '(');
    for (i = 0; i < nodes->count; i++) {
        az_rule_spend(trial, az_rule_weight(nodes->items[i]));
        az_rule_canonical(key, nodes->items[i]);
    }
}

/* What is at the BY paths of ITEM: the one node there is, *RET_ONLY, or else
   what is added to KEY.  VOID, and nothing reported, where one of them selects
   nothing: that an item lacks a value makes it no twin of others. */
static enum outcome
identify(struct trial *trial, const struct unique *unique,
         const struct subject *item, struct az_buf *key,
         const struct az_node **ret_only)
{
    size_t i, count;

    *ret_only = NULL;
    for (i = 0; i < unique->by_count; i++) {
        const struct az_nodes *nodes =
            az_rule_nodes(trial, &unique->by[i], item);

        if (nodes == NULL)
            return az_rule_fail_path(trial, item, &unique->by[i]);
        count = nodes->count;
        if (count == 1 && unique->by_count == 1 &&
            unique->by[i].scope == SCOPE_SUBJECT)
            *ret_only = nodes->items[0];
        else
            add_identity(trial, key, nodes);
        az_rule_nodes_release(trial, nodes);
        if (count == 0)
            return VOID;
    }
    return HOLDS;
}

/* The BY paths select nothing in any item: a rule that compares nothing. */
static enum outcome
fail_anonymous(struct trial *trial, const struct unique *unique,
               const struct subject *subject)
{
    struct failure failure;
    struct az_buf paths;
    size_t i;

    az_buf_init(&paths, trial->arena);
    for (i = 0; i < unique->by_count; i++)
        az_buf_addf(&paths, "%s%s", i == 0 ? "" : " and ",
                    az_str_quote(trial->arena, unique->by[i].text));
    az_rule_failure(&failure, subject);
    failure.outcome = VOID;
    return az_rule_fail(trial, &failure,
                        "nothing to compare: no item has anything at %s",
                        paths.p);
}

static enum outcome
fail_repeated(struct trial *trial, const struct unique *unique,
              const struct subject *subject, const struct az_node *first,
              const struct item *later)
{
    struct failure failure;

    if (trial->quiet > 0)
        return BROKEN;
    az_rule_failure(&failure, subject);
    failure.at.item = *later;
    failure.value = *later;
    if (unique->expected != NULL)
        failure.expected = az_rule_list_set(trial, unique->expected);
    az_rule_relate(&failure, subject->document, first, "the first is here");
    return az_rule_fail(trial, &failure, "%s is repeated",
                        az_node_quote(trial->arena, later->node));
}

/* The entry of an item: by the node ONLY, or, if there is not just one, by what
   the scratch buffer says. */
static struct az_map_entry *
enter(struct trial *trial, struct seen *seen, const struct az_node *only,
      bool *ret_new)
{
    struct az_map_entry *entry;
    struct az_str key;

    if (only != NULL && only->type == AZ_STRING)
        return az_map_put(&seen->texts, az_node_text(only), ret_new);
    if (only != NULL) {
        az_rule_spend(trial, az_rule_weight(only));
        trial->scratch.len = 0;
        az_rule_canonical(&trial->scratch, only);
    }
    key = az_buf_str(&trial->scratch);
    entry = az_map_find(&seen->others, key);
    *ret_new = entry == NULL;
    if (entry != NULL)
        return entry;
    return az_map_put(&seen->others, az_arena_str(seen->arena, key), NULL);
}

/* Judges one item against those before it; VOID, and nothing reported, where
   nothing tells it from others. */
static enum outcome
judge_repeated(struct trial *trial, const struct unique *unique,
               const struct subject *subject, const struct item *item,
               const struct identity *identity, struct seen *seen)
{
    struct subject there = { subject->document, *item };
    const struct az_node *only = identity->node;
    struct az_map_entry *entry;
    enum outcome outcome;
    bool is_new;

    if (only == NULL) {
        trial->scratch.len = 0;
        outcome = identify(trial, unique, &there, &trial->scratch, &only);
        if (outcome != HOLDS)
            return outcome;
    }
    if (only != NULL && unique->by_count > 0)
        there.item.node = there.item.place = only;
    if (identity->node != NULL && only->type == AZ_STRING)
        entry = az_map_put_hashed(&seen->texts, az_node_text(only),
                                  identity->hash, &is_new);
    else
        entry = enter(trial, seen, only, &is_new);
    if (!is_new)
        return fail_repeated(trial, unique, subject, entry->value, &there.item);
    entry->value = (void *)(uintptr_t)there.item.node;
    return HOLDS;
}

/* Items by their own value, so few that each is held against all before it. */
static enum outcome
judge_few(struct trial *trial, const struct unique *unique,
          const struct subject *subject, const struct item *items, size_t count)
{
    enum outcome outcome = HOLDS;
    size_t i, k;

    for (i = 1; i < count; i++) {
        az_rule_spend(trial, az_rule_weight(items[i].node));
        for (k = 0; k < i; k++)
            if (az_node_equal(items[k].node, items[i].node))
                break;
        if (k < i)
            outcome =
                fail_repeated(trial, unique, subject, items[k].node, &items[i]);
    }
    return outcome;
}

/* Finds what tells COUNT items from others, where that is one node.  The
   processor fetches the text of all of them at once, and then their places in
   the table; one by one, waiting for memory is most of the time. */
static void
look_ahead(struct trial *trial, const struct unique *unique,
           const struct item *items, size_t count, struct seen *seen,
           struct identity *ret)
{
    bool follow = unique->by_count == 1 &&
                  unique->by[0].scope == SCOPE_SUBJECT &&
                  az_query_is_singular(unique->by[0].query);
    size_t i;

    for (i = 0; i < count; i++) {
        ret[i].node = follow
                          ? az_rule_follow(trial, &unique->by[0], items[i].node)
                      : unique->by_count == 0 ? items[i].node
                                              : NULL;
        if (ret[i].node != NULL)
            __builtin_prefetch(ret[i].node->text);
    }
    for (i = 0; i < count; i++) {
        if (ret[i].node == NULL || ret[i].node->type != AZ_STRING)
            continue;
        if (seen->texts.slots == NULL)
            az_map_reserve(&seen->texts, seen->count);
        ret[i].hash = az_map_hash(&seen->texts, az_node_text(ret[i].node));
        az_map_fetch(&seen->texts, ret[i].hash);
    }
}

static void
begin_seen(struct seen *seen, struct az_arena *arena, size_t count)
{
    *seen = (struct seen){ .arena = arena, .count = count };
    az_map_init(&seen->texts, arena);
    az_map_init(&seen->others, arena);
}

/* Judges the next COUNT items, not more than AHEAD. */
static enum outcome
judge_next(struct trial *trial, const struct unique *unique,
           const struct subject *subject, const struct item *items,
           size_t count, struct seen *seen)
{
    enum outcome outcome = HOLDS, one;
    struct identity identities[AHEAD];
    size_t i;

    az_rule_spend(trial, count);
    look_ahead(trial, unique, items, count, seen, identities);
    for (i = 0; i < count && !trial->exhausted; i++) {
        one = judge_repeated(trial, unique, subject, &items[i], &identities[i],
                             seen);
        seen->anonymous += one == VOID;
        outcome = one == HOLDS || one == VOID ? outcome : one;
        if (outcome != HOLDS && trial->quiet > 0)
            break;
    }
    return outcome;
}

static enum outcome
judge_unique_items(struct trial *trial, const struct unique *unique,
                   const struct subject *subject, const struct item *items,
                   size_t count)
{
    enum outcome outcome = HOLDS, one;
    struct seen seen;
    size_t i, piece;

    if (unique->by_count == 0 && count <= FEW)
        return judge_few(trial, unique, subject, items, count);
    begin_seen(&seen, trial->arena, count);
    for (i = 0; i < count && !trial->exhausted; i += piece) {
        piece = count - i < AHEAD ? count - i : AHEAD;
        one = judge_next(trial, unique, subject, items + i, piece, &seen);
        outcome = one == HOLDS ? outcome : one;
        if (outcome != HOLDS && trial->quiet > 0)
            break;
    }
    if (count > 0 && seen.anonymous == count)
        return fail_anonymous(trial, unique, subject);
    return outcome;
}

enum outcome
az_rule_judge_repeats(struct trial *trial, const struct subject *subject,
                      const struct collection *items,
                      struct collection *expected)
{
    const struct unique whole = { .expected = expected };

    return judge_unique_items(trial, &whole, subject, items->items,
                              items->count);
}

struct uniqueness {
    struct trial *trial;
    const struct unique *unique;
    struct subject subject;
    size_t asked; /* so many items */
    bool broken;
    struct seen seen;
};

struct uniqueness *
az_rule_unique_begin(struct trial *trial, const struct az_node *list)
{
    const struct condition *condition = trial->rule->form->condition;
    const struct assertion *only = condition->assertions;
    const struct unique *unique = only->data;
    struct uniqueness *ret;

    if (condition->of != NULL || condition->count != 1 ||
        only->type->parse != parse_unique || unique->path != NULL ||
        only->transform != TRANSFORM_NONE || list->type != AZ_ARRAY)
        return NULL;
    ret = AZ_NEW(trial->lasting, struct uniqueness);
    ret->trial = trial;
    ret->unique = unique;
    ret->subject = (struct subject){ trial->own, { list, list, false } };
    begin_seen(&ret->seen, trial->lasting, list->count);
    /* for the path, the subject, and the set that is not made here */
    az_rule_spend(trial, 3 + (size_t)list->count);
    return ret;
}

void
az_rule_unique_go_on(struct uniqueness *uniqueness, int64_t stop)
{
    const struct az_node *list = uniqueness->subject.item.node;
    struct trial *trial = uniqueness->trial;
    struct item items[AHEAD];
    size_t i, at = uniqueness->asked;

    trial->quiet++;
    while (at < list->count && (int64_t)at < stop && !uniqueness->broken) {
        for (i = 0; i < AHEAD && at < list->count; i++, at++)
            items[i] =
                (struct item){ &list->items[at], &list->items[at], false };
        uniqueness->broken =
            judge_next(trial, uniqueness->unique, &uniqueness->subject, items,
                       i, &uniqueness->seen) != HOLDS;
    }
    uniqueness->asked = at;
    trial->quiet--;
}

bool
az_rule_unique_holds(const struct uniqueness *uniqueness)
{
    const struct seen *seen = &uniqueness->seen;

    return !uniqueness->broken && uniqueness->asked == seen->count &&
           seen->anonymous < seen->count;
}

static enum outcome
judge_unique_path(struct trial *trial, const struct unique *unique,
                  const struct subject *subject)
{
    const struct az_nodes *nodes = az_rule_nodes(trial, unique->path, subject);
    struct subject there = *subject;
    struct item *items;
    enum outcome outcome;
    size_t i, count;

    if (nodes == NULL)
        return az_rule_fail_path(trial, subject, unique->path);
    if (az_rule_recall(trial, unique->path, &outcome))
        return outcome;
    count = nodes->count;
    items = az_arena_array(trial->arena, count + 1, sizeof(*items));
    for (i = 0; i < count; i++)
        items[i].node = items[i].place = nodes->items[i];
    az_rule_nodes_release(trial, nodes);
    if (count == 0)
        return az_rule_fail_nothing(trial, subject, unique->path);
    there.document = az_rule_path_document(trial, unique->path, subject);
    outcome = judge_unique_items(trial, unique, &there, items, count);
    az_rule_remember(trial, unique->path, outcome);
    return outcome;
}

static enum outcome
judge_unique(struct trial *trial, const struct assertion *assertion,
             const struct subject *subject)
{
    const struct unique *unique = assertion->data;
    struct collection items;
    enum outcome outcome;

    if (unique->path != NULL)
        return judge_unique_path(trial, unique, subject);
    if (subject->item.node->type == AZ_OBJECT)
        return az_rule_fail_type(trial, subject, "array");
    outcome = az_rule_subject_set(trial, subject, assertion->transform, &items);
    if (outcome != HOLDS)
        return outcome;
    return judge_unique_items(trial, unique, subject, items.items, items.count);
}

const struct assertion_type az_rule_unique_assertions[] = {
    { "unique", parse_unique, judge_unique, true },
    { NULL, NULL, NULL, false },
};
