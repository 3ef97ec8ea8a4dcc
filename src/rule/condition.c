/* ASSERT objects: parsed, and judged for each node they are about.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "rule/judging.h"
#include "rule/parse.h"

static const struct assertion_type *const tables[] = {
    az_rule_value_assertions,  az_rule_set_assertions,
    az_rule_unique_assertions, az_rule_order_assertions,
    az_rule_number_assertions, az_rule_join_assertions,
    az_rule_date_assertions,   az_rule_file_assertions,
    az_rule_logic_assertions,  az_rule_text_assertions,
};

#define TABLE_COUNT (sizeof(tables) / sizeof(tables[0]))

static const struct assertion_type *
find_type(struct az_str name)
{
    const struct assertion_type *type;
    size_t i;

    for (i = 0; i < TABLE_COUNT; i++)
        for (type = tables[i]; type->name != NULL; type++)
            if (az_str_eq_c(name, type->name))
                return type;
    return NULL;
}

/* Keys of an ASSERT object that are no assertion by themselves. */
static const char *const modifiers[] = { "of",   "if_absent", "subject_as",
                                         "then", "else",      NULL };

static void
report_unknown(struct parser *parser, const struct az_member *member)
{
    struct az_str candidates[64];
    const struct assertion_type *type;
    struct az_diag *diag;
    size_t i, count = 0;

    for (i = 0; modifiers[i] != NULL; i++)
        candidates[count++] = az_str_from(modifiers[i]);
    for (i = 0; i < TABLE_COUNT; i++)
        for (type = tables[i]; type->name != NULL && count < 64; type++)
            candidates[count++] = az_str_from(type->name);
    if (az_str_eq_c(member->key, "then") || az_str_eq_c(member->key, "else")) {
        diag = az_rule_mistake(parser, &member->value, "%s without 'when'",
                               az_str_quote(parser->arena, member->key));
        diag->place.span = member->key_span;
        return;
    }
    diag = az_rule_mistake(parser, &member->value, "unknown assertion %s",
                           az_str_quote(parser->arena, member->key));
    diag->place.span = member->key_span;
    i = az_str_nearest(member->key, candidates, count);
    if (i < count)
        az_diag_hint(parser->sink, diag, "did you mean '%.*s'?",
                     AZ_STR_ARG(candidates[i]));
}

static bool
parse_of(struct parser *parser, const struct az_node *node,
         struct condition *condition)
{
    static const char *const answers[] = { "fail", "pass", NULL };
    const struct az_node *of = az_node_get(node, "of");
    const struct az_node *if_absent = az_node_get(node, "if_absent");
    struct path *path;
    int answer;

    if (if_absent != NULL && of == NULL) {
        az_rule_mistake(parser, if_absent, "'if_absent' without 'of'");
        return false;
    }
    if (of == NULL)
        return true;
    path = AZ_NEW(parser->arena, struct path);
    if (!az_rule_parse_path(parser, of, path))
        return false;
    condition->of = path;
    if (if_absent == NULL)
        return true;
    answer = az_rule_choose(parser, if_absent, answers, "answer");
    condition->if_absent_pass = answer == 1;
    return answer >= 0;
}

/* Whether KEY is one of this object's that is seen to elsewhere. */
static bool
is_modifier(const struct az_node *node, struct az_str key,
            const char *const *skip)
{
    if (az_rule_is_among(key, skip))
        return true;
    if (az_str_eq_c(key, "then") || az_str_eq_c(key, "else"))
        return az_node_get(node, "when") != NULL;
    return az_rule_is_among(key, modifiers);
}

static bool
parse_assertions(struct parser *parser, const struct az_node *node,
                 const char *const *skip, enum transform transform,
                 struct condition *condition)
{
    struct assertion *assertions =
        az_arena_array(parser->arena, node->count, sizeof(*assertions));
    bool good = true, transforms = false;
    size_t i;

    for (i = 0; i < node->count; i++) {
        const struct az_member *member = &node->members[i];
        struct assertion *assertion = &assertions[condition->count];

        if (is_modifier(node, member->key, skip))
            continue;
        assertion->type = find_type(member->key);
        if (assertion->type == NULL) {
            report_unknown(parser, member);
            good = false;
            continue;
        }
        assertion->data = assertion->type->parse(parser, node, member);
        assertion->transform = transform;
        transforms |= assertion->type->transforms;
        good &= assertion->data != NULL;
        condition->count++;
    }
    condition->assertions = assertions;
    if (good && condition->count == 0) {
        az_rule_mistake(parser, node, "no assertion in it");
        good = false;
    }
    if (good && transform != TRANSFORM_NONE && !transforms) {
        az_rule_mistake(parser, az_node_get(node, "subject_as"),
                        "'subject_as' with no assertion that takes strings");
        good = false;
    }
    return good;
}

const struct condition *
az_rule_parse_condition_but(struct parser *parser, const struct az_node *node,
                            const char *const *skip)
{
    struct condition *condition = AZ_NEW(parser->arena, struct condition);
    enum transform transform = TRANSFORM_NONE;
    const struct az_node *as;
    bool good;

    if (!az_rule_want(parser, node, AZ_OBJECT, "an assertion"))
        return NULL;
    good = parse_of(parser, node, condition);
    as = az_node_get(node, "subject_as");
    if (as != NULL)
        good &= az_rule_parse_transform(parser, as, &transform);
    good &= parse_assertions(parser, node, skip, transform, condition);
    return good ? condition : NULL;
}

const struct condition *
az_rule_parse_condition(struct parser *parser, const struct az_node *node)
{
    static const char *const nothing[] = { NULL };

    return az_rule_parse_condition_but(parser, node, nothing);
}

enum outcome
az_rule_both(enum outcome a, enum outcome b)
{
    if (a == BROKEN || b == BROKEN)
        return BROKEN;
    return a > b ? a : b;
}

/* Steps to look at NODE, of arrays and objects without what is in them. */
static size_t
weight_of_text(const struct az_node *node)
{
    return node->type == AZ_ARRAY || node->type == AZ_OBJECT
               ? 1
               : az_rule_weight(node);
}

/* All assertions, so that all mistakes are told; but once the subject is of
   the wrong type, the others would only say so again. */
static enum outcome
judge_assertions(struct trial *trial, const struct condition *condition,
                 const struct subject *subject)
{
    enum outcome outcome = HOLDS, one;
    size_t i;

    az_rule_spend(trial, condition->count * weight_of_text(subject->item.node));
    if (trial->exhausted)
        return UNSURE;
    for (i = 0; i < condition->count; i++) {
        const struct assertion *assertion = &condition->assertions[i];

        trial->mistyped = false;
        one = assertion->type->judge(trial, assertion, subject);
        outcome = az_rule_both(outcome, one);
        if (outcome == BROKEN && (trial->mistyped || trial->quiet > 0))
            break;
    }
    return outcome;
}

static enum outcome
fail_absent(struct trial *trial, const struct condition *condition,
            const struct subject *subject)
{
    struct failure failure;

    if (condition->if_absent_pass)
        return HOLDS;
    az_rule_failure(&failure, subject);
    return az_rule_fail(trial, &failure, "nothing at %s",
                        az_str_quote(trial->arena, condition->of->text));
}

enum outcome
az_rule_judge_condition(struct trial *trial, const struct condition *condition,
                        const struct subject *subject)
{
    enum outcome outcome = HOLDS;
    const struct az_nodes *nodes;
    struct subject moved;
    size_t i;

    if (condition->of == NULL)
        return judge_assertions(trial, condition, subject);
    if (az_rule_recall(trial, condition->of, &outcome))
        return outcome;
    nodes = az_rule_nodes(trial, condition->of, subject);
    if (nodes == NULL)
        return az_rule_fail_path(trial, subject, condition->of);
    memset(&moved, 0, sizeof(moved));
    moved.document = az_rule_path_document(trial, condition->of, subject);
    if (nodes->count == 0)
        outcome = fail_absent(trial, condition, subject);
    for (i = 0; i < nodes->count && !trial->exhausted; i++) {
        moved.item.node = moved.item.place = nodes->items[i];
        outcome =
            az_rule_both(outcome, judge_assertions(trial, condition, &moved));
        if (outcome == BROKEN && trial->quiet > 0)
            break;
    }
    az_rule_nodes_release(trial, nodes);
    az_rule_remember(trial, condition->of, outcome);
    return outcome;
}

enum outcome
az_rule_ask(struct trial *trial, const struct condition *condition,
            const struct subject *subject)
{
    enum outcome outcome;

    trial->quiet++;
    outcome = az_rule_judge_condition(trial, condition, subject);
    trial->quiet--;
    trial->mistyped = false;
    return outcome;
}

enum outcome
az_rule_fail_doubt(struct trial *trial)
{
    struct failure failure = trial->doubt;

    return az_rule_fail(trial, &failure, "%s", failure.text);
}
