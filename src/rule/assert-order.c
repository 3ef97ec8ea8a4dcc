/* Assertions about order: ordered, ordered_along, sorted.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/decimal.h"
#include "rule/judging.h"
#include "rule/parse.h"

/* ordered, ordered_strictly */

struct ordered {
    const struct path *paths;
    size_t count;
};

static const void *
parse_ordered(struct parser *parser, const struct az_node *object,
              const struct az_member *member)
{
    struct ordered *ordered = AZ_NEW(parser->arena, struct ordered);

    (void)object;
    ordered->paths = az_rule_parse_paths(parser, &member->value, "'ordered'",
                                         &ordered->count);
    if (ordered->paths == NULL)
        return NULL;
    if (ordered->count < 2) {
        az_rule_mistake(parser, &member->value,
                        "an order needs two paths or more");
        return NULL;
    }
    return ordered;
}

/* The one number that PATH selects. */
static enum outcome
select_number(struct trial *trial, const struct path *path,
              const struct subject *subject, struct subject *ret)
{
    enum outcome outcome =
        az_rule_take_one(trial, path, subject, "should be a number", ret);

    if (outcome == HOLDS && ret->item.node->type != AZ_NUMBER)
        return az_rule_fail_type(trial, ret, "number");
    return outcome;
}

static enum outcome
fail_order(struct trial *trial, const struct subject *subject,
           const struct subject *before, const struct subject *after,
           const char *wanted)
{
    struct failure failure;

    if (trial->quiet > 0)
        return BROKEN;
    az_rule_failure(&failure, subject);
    failure.at = *after;
    failure.value = after->item;
    failure.expected =
        az_arena_printf(trial->arena, "%s %s", wanted,
                        az_node_quote(trial->arena, before->item.node));
    az_rule_relate(&failure, before->document, before->item.node,
                   "compared with this");
    return az_rule_fail(trial, &failure, "%s is not %s",
                        az_node_quote(trial->arena, after->item.node),
                        failure.expected);
}

/* BEFORE and AFTER are each other's limits. */
static void
note_neighbours(struct trial *trial, const struct subject *before,
                const struct subject *after, bool descending, bool strictly)
{
    az_rule_note_bound(trial, &before->item, az_node_text(after->item.node),
                       !descending, strictly);
    az_rule_note_bound(trial, &after->item, az_node_text(before->item.node),
                       descending, strictly);
}

static enum outcome
judge_order(struct trial *trial, const struct assertion *assertion,
            const struct subject *subject, bool strictly)
{
    const struct ordered *ordered = assertion->data;
    enum outcome outcome = HOLDS, one;
    struct subject before, after;
    size_t i;

    for (i = 0; i < ordered->count; i++, before = after) {
        one = select_number(trial, &ordered->paths[i], subject, &after);
        if (one != HOLDS)
            return one;
        if (i == 0)
            continue;
        note_neighbours(trial, &before, &after, false, strictly);
        if (az_decimal_compare_text(az_node_text(before.item.node),
                                    az_node_text(after.item.node)) <
            (strictly ? 0 : 1))
            continue;
        outcome = fail_order(trial, subject, &before, &after,
                             strictly ? "above" : "at least");
    }
    return outcome;
}

static enum outcome
judge_ordered(struct trial *trial, const struct assertion *assertion,
              const struct subject *subject)
{
    return judge_order(trial, assertion, subject, false);
}

static enum outcome
judge_ordered_strictly(struct trial *trial, const struct assertion *assertion,
                       const struct subject *subject)
{
    return judge_order(trial, assertion, subject, true);
}

static const char *const directions[] = { "ascending", "descending", NULL };

/* ordered_along */

struct along {
    const struct operand *keys;
    const struct path *each;  /* NULL: the subject */
    const struct path *key;   /* each is a row with a key ... */
    const struct path *value; /* ... and a value; NULL: an object of them */
    bool descending;
    bool partial;
};

/* The paths "each", "key" and "value"; the last two go together. */
static bool
parse_along_paths(struct parser *parser, const struct az_node *node,
                  struct along *along)
{
    static const char *const names[] = { "each", "key", "value" };
    const struct path **const paths[] = { &along->each, &along->key,
                                          &along->value };
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const struct az_node *text = az_node_get(node, names[i]);
        struct path *path = AZ_NEW(parser->arena, struct path);

        if (text == NULL)
            continue;
        if (!az_rule_parse_path(parser, text, path))
            return false;
        *paths[i] = path;
    }
    if ((along->key == NULL) == (along->value == NULL) &&
        (along->key == NULL || along->each != NULL))
        return true;
    az_rule_mistake(parser, node,
                    "rows need 'each', 'key' and 'value', all of them");
    return false;
}

static const void *
parse_along(struct parser *parser, const struct az_node *object,
            const struct az_member *member)
{
    static const char *const names[] = { "keys",      "each",    "key", "value",
                                         "direction", "partial", NULL };
    const struct az_node *node = &member->value, *keys, *direction;
    struct along *along = AZ_NEW(parser->arena, struct along);
    int chosen = 0;

    (void)object;
    if (!az_rule_want(parser, node, AZ_OBJECT, "'ordered_along'") ||
        !az_rule_check_keys(parser, node, names, "'ordered_along'"))
        return NULL;
    keys = az_node_get(node, "keys");
    direction = az_node_get(node, "direction");
    if (keys == NULL) {
        az_rule_mistake(parser, node, "'ordered_along' has no 'keys'");
        return NULL;
    }
    along->keys = az_rule_parse_operand(parser, keys, true);
    if (!parse_along_paths(parser, node, along))
        return NULL;
    if (direction != NULL)
        chosen = az_rule_choose(parser, direction, directions, "direction");
    along->descending = chosen == 1;
    along->partial = az_rule_flag(parser, node, "partial");
    return along->keys == NULL || chosen < 0 ? NULL : along;
}

static enum outcome
fail_key(struct trial *trial, const struct subject *subject,
         const struct item *key)
{
    struct failure failure;

    az_rule_failure(&failure, subject);
    az_rule_show(&failure.missing, *key);
    return az_rule_fail(trial, &failure, "has no key %s",
                        az_node_quote(trial->arena, key->node));
}

/* Takes the values of OBJECT under KEYS in turn. */
static enum outcome
judge_row(struct trial *trial, const struct along *along,
          const struct collection *keys, const struct subject *object)
{
    struct subject before = *object, after = *object;
    enum outcome outcome = HOLDS;
    size_t i, found = 0;
    int order;

    if (object->item.node->type != AZ_OBJECT)
        return az_rule_fail_type(trial, object, "object");
    az_rule_spend(trial, keys->count);
    for (i = 0; i < keys->count; i++) {
        const struct az_member *member = NULL;
        struct az_str name;

        if (az_rule_string_text(&keys->items[i], &name))
            member = az_node_member(object->item.node, name);
        if (member == NULL && along->partial)
            continue;
        if (member == NULL) {
            outcome = fail_key(trial, object, &keys->items[i]);
            continue;
        }
        after.item.node = after.item.place = &member->value;
        if (member->value.type != AZ_NUMBER)
            return az_rule_fail_type(trial, &after, "number");
        if (found > 0)
            note_neighbours(trial, &before, &after, along->descending, false);
        order = found++ == 0
                    ? 0
                    : az_decimal_compare_text(az_node_text(before.item.node),
                                              az_node_text(&member->value));
        if (along->descending ? order < 0 : order > 0)
            outcome = fail_order(trial, object, &before, &after,
                                 along->descending ? "at most" : "at least");
        before = after;
    }
    if (found == 0 && outcome == HOLDS)
        return fail_key(trial, object, &keys->items[0]);
    return outcome;
}

/* Rows, one for each key. */

struct ranks {
    const struct along *along;
    const struct subject *subject;
    struct collection *keys;
    struct subject *values; /* by key; a NULL node: no row yet */
    const struct az_node **rows;
};

/* Puts the value of ROW in its place. */
static enum outcome
rank_row(struct trial *trial, const struct ranks *ranks,
         const struct subject *row)
{
    const struct item *known;
    struct subject key, value;
    struct failure failure;
    enum outcome outcome;
    size_t i;

    outcome =
        az_rule_take_one(trial, ranks->along->key, row, "is the key", &key);
    if (outcome == HOLDS)
        outcome = select_number(trial, ranks->along->value, row, &value);
    if (outcome != HOLDS)
        return outcome;
    known = az_rule_set_find(trial, ranks->keys, &key.item);
    az_rule_failure(&failure, &key);
    if (known == NULL) {
        failure.expected = az_rule_list_set(trial, ranks->keys);
        return az_rule_fail(trial, &failure, "%s is not among the keys %s",
                            az_node_quote(trial->arena, key.item.node),
                            failure.expected);
    }
    i = (size_t)(known - ranks->keys->items);
    if (ranks->rows[i] != NULL) {
        az_rule_relate(&failure, key.document, ranks->rows[i],
                       "the first is here");
        return az_rule_fail(trial, &failure, "%s is repeated",
                            az_node_quote(trial->arena, key.item.node));
    }
    ranks->rows[i] = key.item.node;
    ranks->values[i] = value;
    return HOLDS;
}

/* Compares the values in the sequence of the keys. */
static enum outcome
judge_ranks(struct trial *trial, const struct ranks *ranks)
{
    const struct subject *before = NULL;
    bool descending = ranks->along->descending;
    enum outcome outcome = HOLDS;
    size_t i;
    int order;

    for (i = 0; i < ranks->keys->count; i++) {
        const struct subject *after = &ranks->values[i];

        if (ranks->rows[i] == NULL) {
            if (!ranks->along->partial)
                outcome =
                    fail_key(trial, ranks->subject, &ranks->keys->items[i]);
            continue;
        }
        order = before == NULL
                    ? 0
                    : az_decimal_compare_text(az_node_text(before->item.node),
                                              az_node_text(after->item.node));
        if (descending ? order < 0 : order > 0)
            outcome = fail_order(trial, ranks->subject, before, after,
                                 descending ? "at most" : "at least");
        before = after;
    }
    return outcome;
}

static enum outcome
judge_rows(struct trial *trial, const struct along *along,
           struct collection *keys, const struct subject *subject)
{
    struct ranks ranks = { along, subject, keys, NULL, NULL };
    const struct az_nodes *nodes = az_rule_nodes(trial, along->each, subject);
    enum outcome outcome = HOLDS;
    struct subject row = *subject;
    size_t i;

    if (nodes == NULL)
        return az_rule_fail_path(trial, subject, along->each);
    ranks.values =
        az_arena_array(trial->arena, keys->count + 1, sizeof(*ranks.values));
    ranks.rows =
        az_arena_array(trial->arena, keys->count + 1, sizeof(*ranks.rows));
    row.document = az_rule_path_document(trial, along->each, subject);
    az_rule_spend(trial, nodes->count + keys->count);
    for (i = 0; i < nodes->count && !trial->exhausted; i++) {
        row.item.node = row.item.place = nodes->items[i];
        outcome = az_rule_both(outcome, rank_row(trial, &ranks, &row));
    }
    az_rule_nodes_release(trial, nodes);
    if (i == 0)
        return az_rule_fail_nothing(trial, subject, along->each);
    return outcome == HOLDS ? judge_ranks(trial, &ranks) : outcome;
}

static enum outcome
judge_along(struct trial *trial, const struct assertion *assertion,
            const struct subject *subject)
{
    const struct along *along = assertion->data;
    struct collection temporary, *keys;
    enum outcome outcome, one;
    const struct az_nodes *nodes;
    struct subject object;
    struct failure failure;
    size_t i;

    outcome =
        az_rule_operand_set(trial, along->keys, subject, &temporary, &keys);
    if (outcome != HOLDS)
        return outcome;
    if (along->each == NULL)
        return judge_row(trial, along, keys, subject);
    if (along->key != NULL)
        return judge_rows(trial, along, keys, subject);
    nodes = az_rule_nodes(trial, along->each, subject);
    if (nodes == NULL)
        return az_rule_fail_path(trial, subject, along->each);
    memset(&object, 0, sizeof(object));
    object.document = az_rule_path_document(trial, along->each, subject);
    for (i = 0; i < nodes->count && !trial->exhausted; i++) {
        object.item.node = object.item.place = nodes->items[i];
        one = judge_row(trial, along, keys, &object);
        outcome = one == HOLDS ? outcome : one;
    }
    az_rule_nodes_release(trial, nodes);
    if (i > 0)
        return outcome;
    az_rule_failure(&failure, subject);
    return az_rule_fail(trial, &failure, "nothing at %s",
                        az_str_quote(trial->arena, along->each->text));
}

/* sorted */

struct sorted {
    const struct path *by; /* NULL: the items themselves */
    bool descending;
    bool strictly;
    bool may_be_empty;
};

static const void *
parse_sorted(struct parser *parser, const struct az_node *object,
             const struct az_member *member)
{
    static const char *const names[] = { "by", "direction", "strictly",
                                         "may_be_empty", NULL };
    const struct az_node *node = &member->value, *by, *direction;
    struct sorted *sorted = AZ_NEW(parser->arena, struct sorted);
    struct path *path = AZ_NEW(parser->arena, struct path);
    int chosen = 0;

    (void)object;
    if (node->type != AZ_OBJECT)
        return az_rule_want_true(parser, node, "sorted") ? sorted : NULL;
    if (!az_rule_check_keys(parser, node, names, "'sorted'"))
        return NULL;
    by = az_node_get(node, "by");
    if (by != NULL && !az_rule_parse_path(parser, by, path))
        return NULL;
    direction = az_node_get(node, "direction");
    if (direction != NULL)
        chosen = az_rule_choose(parser, direction, directions, "direction");
    sorted->by = by == NULL ? NULL : path;
    sorted->descending = chosen == 1;
    sorted->strictly = az_rule_flag(parser, node, "strictly");
    sorted->may_be_empty = az_rule_flag(parser, node, "may_be_empty");
    return chosen < 0 ? NULL : sorted;
}

/* What ITEM is sorted by: a number or a string, of the type of BEFORE. */
static enum outcome
take_key(struct trial *trial, const struct sorted *sorted,
         const struct subject *item, const struct subject *before,
         struct subject *ret)
{
    enum outcome outcome = HOLDS;

    *ret = *item;
    if (sorted->by != NULL)
        outcome =
            az_rule_take_one(trial, sorted->by, item, "it is sorted by", ret);
    if (outcome != HOLDS)
        return outcome;
    if (before->item.node != NULL &&
        ret->item.node->type != before->item.node->type)
        return az_rule_fail_type(
            trial, ret, az_type_name((enum az_type)before->item.node->type));
    if (ret->item.node->type != AZ_NUMBER && ret->item.node->type != AZ_STRING)
        return az_rule_fail_type(trial, ret, "number or string");
    return HOLDS;
}

static bool
is_in_order(const struct sorted *sorted, const struct az_node *before,
            const struct az_node *after)
{
    struct az_str a = az_node_text(before), b = az_node_text(after);
    int order = before->type == AZ_NUMBER ? az_decimal_compare_text(a, b)
                                          : az_str_compare(a, b);

    if (sorted->descending)
        order = -order;
    return sorted->strictly ? order < 0 : order <= 0;
}

static enum outcome
judge_sorted(struct trial *trial, const struct assertion *assertion,
             const struct subject *subject)
{
    const struct sorted *sorted = assertion->data;
    const struct az_node *list = subject->item.node;
    struct subject item = *subject, before, after;
    enum outcome outcome = HOLDS;
    struct failure failure;
    size_t i;

    if (list->type != AZ_ARRAY)
        return az_rule_fail_type(trial, subject, "array");
    memset(&before, 0, sizeof(before));
    az_rule_spend(trial, list->count);
    for (i = 0; i < list->count; i++, before = after) {
        item.item.node = item.item.place = &list->items[i];
        outcome = az_rule_both(outcome,
                               take_key(trial, sorted, &item, &before, &after));
        if (outcome != HOLDS)
            return outcome;
        if (i > 0 && !is_in_order(sorted, before.item.node, after.item.node))
            return fail_order(trial, subject, &before, &after,
                              sorted->descending
                                  ? sorted->strictly ? "before" : "at or before"
                              : sorted->strictly ? "after"
                                                 : "at or after");
    }
    if (list->count > 0 || sorted->may_be_empty)
        return HOLDS;
    az_rule_failure(&failure, subject);
    failure.outcome = VOID;
    return az_rule_fail(trial, &failure,
                        "nothing to compare: the array is empty");
}

const struct assertion_type az_rule_order_assertions[] = {
    { "ordered", parse_ordered, judge_ordered, false },
    { "ordered_strictly", parse_ordered, judge_ordered_strictly, false },
    { "ordered_along", parse_along, judge_along, false },
    { "sorted", parse_sorted, judge_sorted, false },
    { NULL, NULL, NULL, false },
};
