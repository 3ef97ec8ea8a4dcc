/* Assertions about order and number: ordered, ordered_along, count.
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
    if (count == 1 && ret->item.node->type == AZ_NUMBER)
        return HOLDS;
    if (count == 1)
        return az_rule_fail_type(trial, ret, "number");
    az_rule_failure(&failure, subject);
    return az_rule_fail(trial, &failure, "%s at %s, which should be a number",
                        count == 0 ? "nothing" : "several values",
                        az_str_quote(trial->arena, path->text));
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

/* ordered_along */

struct along {
    const struct operand *keys;
    const struct path *each; /* NULL: the subject */
    bool descending;
    bool partial;
};

static const void *
parse_along(struct parser *parser, const struct az_node *object,
            const struct az_member *member)
{
    static const char *const names[] = { "keys", "each", "direction", "partial",
                                         NULL };
    static const char *const directions[] = { "ascending", "descending", NULL };
    const struct az_node *node = &member->value, *keys, *each, *direction;
    struct along *along = AZ_NEW(parser->arena, struct along);
    struct path *path = AZ_NEW(parser->arena, struct path);
    int chosen = 0;

    (void)object;
    if (!az_rule_want(parser, node, AZ_OBJECT, "'ordered_along'") ||
        !az_rule_check_keys(parser, node, names, "'ordered_along'"))
        return NULL;
    keys = az_node_get(node, "keys");
    each = az_node_get(node, "each");
    direction = az_node_get(node, "direction");
    if (keys == NULL) {
        az_rule_mistake(parser, node, "'ordered_along' has no 'keys'");
        return NULL;
    }
    along->keys = az_rule_parse_operand(parser, keys, true);
    if (each != NULL && !az_rule_parse_path(parser, each, path))
        return NULL;
    if (direction != NULL)
        chosen = az_rule_choose(parser, direction, directions, "direction");
    along->each = each == NULL ? NULL : path;
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
    nodes = az_rule_nodes(trial, along->each, subject);
    if (nodes == NULL)
        return az_rule_fail_path(trial, subject, along->each);
    memset(&object, 0, sizeof(object));
    object.document = az_rule_path_document(trial, along->each, subject);
    for (i = 0; i < nodes->count; i++) {
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

/* count */

enum limit { AT_LEAST, AT_MOST, EQUALS, LIMIT_COUNT };

static const char *const limit_words[] = { "at least", "at most", "exactly" };

struct count {
    const struct operand *limits[LIMIT_COUNT]; /* NULL: none */
    const struct path *of_path;                /* NULL: the subject's items */
};

static const void *
parse_count(struct parser *parser, const struct az_node *object,
            const struct az_member *member)
{
    static const char *const names[] = { "min", "max", "equals", "of_path",
                                         NULL };
    const struct az_node *node = &member->value, *limit, *of_path;
    struct count *count = AZ_NEW(parser->arena, struct count);
    struct path *path = AZ_NEW(parser->arena, struct path);
    size_t i, limits = 0;

    (void)object;
    if (!az_rule_want(parser, node, AZ_OBJECT, "'count'") ||
        !az_rule_check_keys(parser, node, names, "'count'"))
        return NULL;
    for (i = 0; i < LIMIT_COUNT; i++) {
        limit = az_node_get(node, names[i]);
        if (limit == NULL)
            continue;
        limits++;
        if (limit->type != AZ_OBJECT &&
            !az_rule_want(parser, limit, AZ_NUMBER, "a count"))
            return NULL;
        count->limits[i] = az_rule_parse_operand(parser, limit, false);
        if (count->limits[i] == NULL)
            return NULL;
    }
    of_path = az_node_get(node, "of_path");
    if (limits == 0) {
        az_rule_mistake(parser, node, "'count' has no bound");
        return NULL;
    }
    if (of_path != NULL && !az_rule_parse_path(parser, of_path, path))
        return NULL;
    count->of_path = of_path == NULL ? NULL : path;
    return count;
}

/* What is counted. */
static enum outcome
take_count(struct trial *trial, const struct assertion *assertion,
           const struct subject *subject, size_t *ret)
{
    const struct count *count = assertion->data;
    const struct az_nodes *nodes;
    struct collection items;
    enum outcome outcome;

    if (count->of_path == NULL) {
        outcome =
            az_rule_subject_set(trial, subject, assertion->transform, &items);
        *ret = items.count;
        return outcome;
    }
    nodes = az_rule_nodes(trial, count->of_path, subject);
    if (nodes == NULL)
        return az_rule_fail_path(trial, subject, count->of_path);
    *ret = nodes->count;
    az_rule_nodes_release(trial, nodes);
    return HOLDS;
}

static enum outcome
judge_limit(struct trial *trial, const struct operand *operand,
            enum limit limit, const struct subject *subject, size_t found)
{
    char *text = az_arena_printf(trial->arena, "%zu", found);
    struct failure failure;
    struct subject other;
    enum outcome outcome;
    struct az_str bound;
    int order;

    outcome = az_rule_operand_value(trial, operand, subject, &other);
    if (outcome != HOLDS)
        return outcome;
    az_rule_failure(&failure, subject);
    failure.count = found;
    if (!az_rule_number_text(trial, &other.item, &bound)) {
        failure.outcome = VOID;
        return az_rule_fail(trial, &failure,
                            "nothing to compare with: %s selects no number",
                            az_str_quote(trial->arena, operand->path.text));
    }
    order = az_decimal_compare_text(az_str_from(text), bound);
    if (limit == AT_LEAST  ? order >= 0
        : limit == AT_MOST ? order <= 0
                           : order == 0)
        return HOLDS;
    failure.expected = az_arena_printf(trial->arena, "%s %.*s",
                                       limit_words[limit], AZ_STR_ARG(bound));
    if (other.document != NULL)
        az_rule_relate(&failure, other.document, other.item.node,
                       "the number expected");
    return az_rule_fail(trial, &failure, "there %s %zu, not %s",
                        found == 1 ? "is" : "are", found, failure.expected);
}

static enum outcome
judge_count(struct trial *trial, const struct assertion *assertion,
            const struct subject *subject)
{
    const struct count *count = assertion->data;
    enum outcome outcome, one;
    size_t i, found = 0;

    outcome = take_count(trial, assertion, subject, &found);
    if (outcome != HOLDS)
        return outcome;
    for (i = 0; i < LIMIT_COUNT; i++) {
        if (count->limits[i] == NULL)
            continue;
        one =
            judge_limit(trial, count->limits[i], (enum limit)i, subject, found);
        outcome = one == HOLDS ? outcome : one;
    }
    return outcome;
}

const struct assertion_type az_rule_order_assertions[] = {
    { "ordered", parse_ordered, judge_ordered, false },
    { "ordered_strictly", parse_ordered, judge_ordered_strictly, false },
    { "ordered_along", parse_along, judge_along, false },
    { "count", parse_count, judge_count, true },
    { NULL, NULL, NULL, false },
};
