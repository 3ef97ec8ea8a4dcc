/* Assertions made of assertions: when, all, any, none, not, one of.
   SPDX-License-Identifier: MIT

   An answer may be unknown: VOID or UNSURE.  "any" holds if one alternative
   does, whatever the others are; otherwise an unknown answer stays unknown, so
   that a negation cannot make a pass of it. */

#include "core/arena.h"
#include "rule/judging.h"
#include "rule/parse.h"

/* when, then, else */

struct choice {
    const struct condition *when;
    const struct condition *then;
    const struct condition *otherwise;
};

static const void *
parse_when(struct parser *parser, const struct az_node *object,
           const struct az_member *member)
{
    const struct az_node *then = az_node_get(object, "then");
    const struct az_node *otherwise = az_node_get(object, "else");
    struct choice *choice = AZ_NEW(parser->arena, struct choice);
    bool good = true;

    if (then == NULL && otherwise == NULL) {
        az_rule_mistake(parser, &member->value,
                        "'when' without 'then' or 'else'");
        return NULL;
    }
    choice->when = az_rule_parse_condition(parser, &member->value);
    if (then != NULL) {
        choice->then = az_rule_parse_condition(parser, then);
        good &= choice->then != NULL;
    }
    if (otherwise != NULL) {
        choice->otherwise = az_rule_parse_condition(parser, otherwise);
        good &= choice->otherwise != NULL;
    }
    return good && choice->when != NULL ? choice : NULL;
}

static enum outcome
judge_when(struct trial *trial, const struct assertion *assertion,
           const struct subject *subject)
{
    const struct choice *choice = assertion->data;
    const struct condition *then;
    enum outcome outcome = az_rule_ask(trial, choice->when, subject);

    if (outcome == VOID || outcome == UNSURE)
        return az_rule_fail_doubt(trial);
    then = outcome == HOLDS ? choice->then : choice->otherwise;
    return then == NULL ? HOLDS : az_rule_judge_condition(trial, then, subject);
}

/* all, any, none, not */

struct list {
    const struct condition **conditions;
    size_t count;
};

static const void *
parse_list(struct parser *parser, const struct az_node *object,
           const struct az_member *member)
{
    const struct az_node *node = &member->value;
    struct list *list = AZ_NEW(parser->arena, struct list);
    bool good = true;
    size_t i;

    (void)object;
    if (!az_rule_want(parser, node, AZ_ARRAY, "a list of assertions"))
        return NULL;
    if (node->count == 0) {
        az_rule_mistake(parser, node, "no assertion in it");
        return NULL;
    }
    list->conditions =
        az_arena_array(parser->arena, node->count, sizeof(*list->conditions));
    list->count = node->count;
    for (i = 0; i < node->count; i++) {
        list->conditions[i] = az_rule_parse_condition(parser, &node->items[i]);
        good &= list->conditions[i] != NULL;
    }
    return good ? list : NULL;
}

static const void *
parse_not(struct parser *parser, const struct az_node *object,
          const struct az_member *member)
{
    (void)object;
    return az_rule_parse_condition(parser, &member->value);
}

static enum outcome
judge_all(struct trial *trial, const struct assertion *assertion,
          const struct subject *subject)
{
    const struct list *list = assertion->data;
    enum outcome outcome = HOLDS, one;
    size_t i;

    for (i = 0; i < list->count; i++) {
        one = az_rule_judge_condition(trial, list->conditions[i], subject);
        outcome = az_rule_both(outcome, one);
        if (outcome == BROKEN && trial->quiet > 0)
            break;
    }
    return outcome;
}

static enum outcome
judge_any(struct trial *trial, const struct assertion *assertion,
          const struct subject *subject)
{
    const struct list *list = assertion->data;
    enum outcome outcome = BROKEN, one;
    struct failure failure;
    size_t i;

    for (i = 0; i < list->count; i++) {
        one = az_rule_ask(trial, list->conditions[i], subject);
        if (one == HOLDS)
            return HOLDS;
        if (one != BROKEN)
            outcome = one;
    }
    if (outcome != BROKEN)
        return az_rule_fail_doubt(trial);
    if (trial->quiet > 0)
        return BROKEN;
    az_rule_failure(&failure, subject);
    return az_rule_fail(
        trial, &failure, "%s meets none of the %zu alternatives",
        az_node_quote(trial->arena, subject->item.node), list->count);
}

static enum outcome
judge_none(struct trial *trial, const struct assertion *assertion,
           const struct subject *subject)
{
    const struct list *list = assertion->data;
    enum outcome outcome = HOLDS, one;
    struct failure failure;
    size_t i;

    for (i = 0; i < list->count; i++) {
        one = az_rule_ask(trial, list->conditions[i], subject);
        if (one == BROKEN)
            continue;
        if (one != HOLDS) {
            outcome = one;
            continue;
        }
        az_rule_failure(&failure, subject);
        return az_rule_fail(
            trial, &failure, "%s is what alternative %zu excludes",
            az_node_quote(trial->arena, subject->item.node), i + 1);
    }
    return outcome == HOLDS ? HOLDS : az_rule_fail_doubt(trial);
}

static enum outcome
judge_not(struct trial *trial, const struct assertion *assertion,
          const struct subject *subject)
{
    enum outcome outcome = az_rule_ask(trial, assertion->data, subject);
    struct failure failure;

    if (outcome == BROKEN)
        return HOLDS;
    if (outcome != HOLDS)
        return az_rule_fail_doubt(trial);
    az_rule_failure(&failure, subject);
    return az_rule_fail(trial, &failure, "%s is what it must not be",
                        az_node_quote(trial->arena, subject->item.node));
}

/* exactly_one_of, at_least_one_of */

struct paths {
    const struct path *paths;
    size_t count;
};

static const void *
parse_paths(struct parser *parser, const struct az_node *object,
            const struct az_member *member)
{
    struct paths *paths = AZ_NEW(parser->arena, struct paths);

    (void)object;
    paths->paths =
        az_rule_parse_paths(parser, &member->value, "it", &paths->count);
    return paths->paths == NULL ? NULL : paths;
}

/* How many of the paths select something. */
static enum outcome
count_present(struct trial *trial, const struct paths *paths,
              const struct subject *subject, size_t *ret,
              const char **ret_names)
{
    struct az_buf names;
    size_t i;

    *ret = 0;
    az_buf_init(&names, trial->arena);
    for (i = 0; i < paths->count; i++) {
        const struct az_nodes *nodes =
            az_rule_nodes(trial, &paths->paths[i], subject);

        if (nodes == NULL)
            return az_rule_fail_path(trial, subject, &paths->paths[i]);
        *ret += nodes->count > 0;
        az_rule_nodes_release(trial, nodes);
        az_buf_addf(&names, "%s%s", i == 0 ? "" : ", ",
                    az_str_quote(trial->arena, paths->paths[i].text));
    }
    *ret_names = names.p;
    return HOLDS;
}

static enum outcome
judge_one_of(struct trial *trial, const struct assertion *assertion,
             const struct subject *subject, bool exactly)
{
    struct failure failure;
    enum outcome outcome;
    const char *names = "";
    size_t present;

    outcome = count_present(trial, assertion->data, subject, &present, &names);
    if (outcome != HOLDS)
        return outcome;
    if (exactly ? present == 1 : present >= 1)
        return HOLDS;
    az_rule_failure(&failure, subject);
    failure.count = present;
    failure.expected = names;
    if (present == 0)
        return az_rule_fail(trial, &failure, "has none of %s", names);
    return az_rule_fail(trial, &failure, "has %zu of %s, and only one may be",
                        present, names);
}

static enum outcome
judge_exactly_one_of(struct trial *trial, const struct assertion *assertion,
                     const struct subject *subject)
{
    return judge_one_of(trial, assertion, subject, true);
}

static enum outcome
judge_at_least_one_of(struct trial *trial, const struct assertion *assertion,
                      const struct subject *subject)
{
    return judge_one_of(trial, assertion, subject, false);
}

const struct assertion_type az_rule_logic_assertions[] = {
    { "when", parse_when, judge_when, false },
    { "all", parse_list, judge_all, false },
    { "any", parse_list, judge_any, false },
    { "none", parse_list, judge_none, false },
    { "not", parse_not, judge_not, false },
    { "exactly_one_of", parse_paths, judge_exactly_one_of, false },
    { "at_least_one_of", parse_paths, judge_at_least_one_of, false },
    { NULL, NULL, NULL, false },
};
