/* Assertions about one value: type, const, in, range, pattern, prefix ...
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/decimal.h"
#include "core/utf8.h"
#include "regex/regex.h"
#include "rule/bounds.h"
#include "rule/parse.h"

/* type */

enum type_bit { INTEGER = AZ_OBJECT + 1 };

static const char *const type_names[] = {
    "null", "boolean", "number", "string", "array", "object", "integer", NULL,
};

struct types {
    unsigned bits;
    const char *wanted; /* "a string or null" */
};

static const void *
parse_type(struct parser *parser, const struct az_node *object,
           const struct az_member *member)
{
    const struct az_node *node = &member->value;
    bool list = node->type == AZ_ARRAY;
    size_t count = list ? node->count : 1, i;
    struct types *types = AZ_NEW(parser->arena, struct types);
    struct az_buf wanted;

    (void)object;
    az_buf_init(&wanted, parser->arena);
    for (i = 0; i < count; i++) {
        int chosen = az_rule_choose(parser, list ? &node->items[i] : node,
                                    type_names, "type");

        if (chosen < 0)
            return NULL;
        types->bits |= 1u << chosen;
        az_buf_addf(&wanted, "%s%s", i == 0 ? "" : " or ", type_names[chosen]);
    }
    if (count == 0) {
        az_rule_mistake(parser, node, "'type' lists no types");
        return NULL;
    }
    types->wanted = wanted.p;
    return types;
}

static bool
is_integer(const struct trial *trial, const struct item *item)
{
    struct az_decimal value;
    struct az_str text;

    return az_rule_number_text(trial, item, &text) &&
           az_decimal_parse(trial->arena, text, &value) &&
           az_decimal_is_integer(value);
}

static enum outcome
judge_type(struct trial *trial, const struct assertion *assertion,
           const struct subject *subject)
{
    const struct types *types = assertion->data;
    const struct az_node *node = subject->item.node;
    struct az_str text;

    if (types->bits & (1u << node->type) ||
        (types->bits & (1u << INTEGER) && is_integer(trial, &subject->item)) ||
        (types->bits & (1u << AZ_NUMBER) &&
         az_rule_number_text(trial, &subject->item, &text)))
        return HOLDS;
    return az_rule_fail_type(trial, subject, types->wanted);
}

/* non_empty */

static const void *
parse_non_empty(struct parser *parser, const struct az_node *object,
                const struct az_member *member)
{
    (void)object;
    if (!az_rule_want_true(parser, &member->value, "non_empty"))
        return NULL;
    return member;
}

static bool
has_text(struct az_str text)
{
    const char *p = text.p, *end = text.p + text.len;
    uint32_t c;
    size_t length;

    while (p < end) {
        length = az_utf8_decode(p, end, &c);
        if (length == 0 || !az_utf8_is_blank(c))
            return true;
        p += length;
    }
    return false;
}

static enum outcome
judge_non_empty(struct trial *trial, const struct assertion *assertion,
                const struct subject *subject)
{
    const struct az_node *node = subject->item.node;
    struct failure failure;

    (void)assertion;
    if (node->type != AZ_STRING && node->type != AZ_ARRAY &&
        node->type != AZ_OBJECT)
        return az_rule_fail_type(trial, subject, "string, array or object");
    if (node->type == AZ_STRING ? has_text(az_node_text(node))
                                : node->count > 0)
        return HOLDS;
    az_rule_failure(&failure, subject);
    return az_rule_fail(
        trial, &failure, "the %s is %s", az_type_name((enum az_type)node->type),
        node->type == AZ_STRING && node->count > 0 ? "blank" : "empty");
}

/* forbidden */

static const void *
parse_forbidden(struct parser *parser, const struct az_node *object,
                const struct az_member *member)
{
    (void)object;
    return az_rule_want_true(parser, &member->value, "forbidden") ? member
                                                                  : NULL;
}

static enum outcome
judge_forbidden(struct trial *trial, const struct assertion *assertion,
                const struct subject *subject)
{
    struct failure failure;

    (void)assertion;
    az_rule_failure(&failure, subject);
    return az_rule_fail(trial, &failure, "%s may not be here",
                        az_node_quote(trial->arena, subject->item.node));
}

/* const, enum, in, not_in */

static const void *
parse_const(struct parser *parser, const struct az_node *object,
            const struct az_member *member)
{
    (void)object;
    return az_rule_parse_operand(parser, &member->value, false);
}

static enum outcome
judge_const(struct trial *trial, const struct assertion *assertion,
            const struct subject *subject)
{
    struct subject wanted;
    struct collection set;
    struct failure failure;
    struct values values;
    enum outcome outcome;
    size_t i;

    outcome = az_rule_operand_value(trial, assertion->data, subject, &wanted);
    if (outcome != HOLDS)
        return outcome;
    outcome =
        az_rule_subject_strings(trial, subject, assertion->transform, &values);
    if (outcome != HOLDS)
        return outcome;
    memset(&set, 0, sizeof(set));
    set.items = &wanted.item;
    set.count = 1;
    for (i = 0; i < values.count; i++)
        if (az_rule_set_find(trial, &set, &values.items[i]) == NULL)
            break;
    if (i > 0 && i == values.count)
        return HOLDS;
    if (trial->quiet > 0)
        return BROKEN;
    az_rule_failure(&failure, subject);
    failure.expected = az_node_quote(trial->arena, wanted.item.node);
    if (wanted.document != NULL)
        az_rule_relate(&failure, wanted.document, wanted.item.node,
                       "the value expected");
    return az_rule_fail(trial, &failure, "%s is not %s",
                        az_node_quote(trial->arena, subject->item.node),
                        failure.expected);
}

static const void *
parse_enum(struct parser *parser, const struct az_node *object,
           const struct az_member *member)
{
    (void)object;
    if (!az_rule_want(parser, &member->value, AZ_ARRAY, "'enum'"))
        return NULL;
    return az_rule_parse_operand(parser, &member->value, true);
}

static const void *
parse_in(struct parser *parser, const struct az_node *object,
         const struct az_member *member)
{
    (void)object;
    return az_rule_parse_values(parser, &member->value);
}

static enum outcome
fail_in(struct trial *trial, const struct subject *subject,
        const struct item *item, const struct operand *operand,
        struct collection *set)
{
    size_t count = set->count + set->dropped;
    const struct item *near;
    struct failure failure;

    if (trial->quiet > 0)
        return BROKEN;
    az_rule_failure(&failure, subject);
    if (item != NULL)
        failure.value = *item;
    failure.expected = az_rule_list_set(trial, set);
    near = az_rule_set_nearest(trial, set, &failure.value);
    if (near != NULL)
        failure.nearest = az_node_quote(trial->arena, near->node);
    if (set->document != NULL && set->count > 0)
        az_rule_relate(&failure, set->document,
                       near != NULL ? near->node : set->items[0].node,
                       near != NULL ? "the nearest value allowed"
                                    : "the first value allowed");
    if (item == NULL)
        return az_rule_fail(trial, &failure, "holds nothing to look for");
    if (operand->literal != NULL)
        return az_rule_fail(trial, &failure, "%s is not one of %s",
                            az_node_quote(trial->arena, item->node),
                            failure.expected);
    if (count == 1)
        return az_rule_fail(trial, &failure, "%s is not %s, all there is in %s",
                            az_node_quote(trial->arena, item->node),
                            failure.expected,
                            az_str_quote(trial->arena, operand->path.text));
    return az_rule_fail(trial, &failure, "%s is not among the %zu values of %s",
                        az_node_quote(trial->arena, item->node), count,
                        az_str_quote(trial->arena, operand->path.text));
}

static enum outcome
judge_in(struct trial *trial, const struct assertion *assertion,
         const struct subject *subject)
{
    const struct operand *operand = assertion->data;
    struct collection temporary, *set;
    enum outcome outcome;
    struct values values;
    size_t i;

    outcome = az_rule_operand_set(trial, operand, subject, &temporary, &set);
    if (outcome != HOLDS)
        return outcome;
    outcome =
        az_rule_subject_strings(trial, subject, assertion->transform, &values);
    if (outcome != HOLDS)
        return outcome;
    if (values.count == 0)
        return fail_in(trial, subject, NULL, operand, set);
    for (i = 0; i < values.count; i++)
        if (az_rule_set_find(trial, set, &values.items[i]) == NULL)
            outcome = fail_in(trial, subject, &values.items[i], operand, set);
    return outcome;
}

static enum outcome
judge_not_in(struct trial *trial, const struct assertion *assertion,
             const struct subject *subject)
{
    struct collection temporary, *set;
    const struct item *found;
    struct values values;
    struct failure failure;
    enum outcome outcome;
    size_t i;

    outcome =
        az_rule_operand_set(trial, assertion->data, subject, &temporary, &set);
    if (outcome != HOLDS)
        return outcome;
    outcome =
        az_rule_subject_strings(trial, subject, assertion->transform, &values);
    if (outcome != HOLDS)
        return outcome;
    for (i = 0; i < values.count; i++) {
        found = az_rule_set_find(trial, set, &values.items[i]);
        if (found == NULL)
            continue;
        az_rule_failure(&failure, subject);
        failure.value = values.items[i];
        if (set->document != NULL)
            az_rule_relate(&failure, set->document, found->node,
                           "excluded here");
        outcome = az_rule_fail(trial, &failure, "%s is not allowed here",
                               az_node_quote(trial->arena, found->node));
    }
    return outcome;
}

/* range */

static const void *
parse_range(struct parser *parser, const struct az_node *object,
            const struct az_member *member)
{
    static const char *const names[] = { BOUND_NAMES, NULL };
    const struct az_node *node = &member->value;
    struct bounds *range = AZ_NEW(parser->arena, struct bounds);
    bool good;

    (void)object;
    if (!az_rule_want(parser, node, AZ_OBJECT, "'range'"))
        return NULL;
    good = az_rule_check_keys(parser, node, names, "'range'");
    return good && az_rule_parse_bounds(parser, node, "'range'", range) ? range
                                                                        : NULL;
}

static enum outcome
judge_bound(struct trial *trial, const struct operand *operand,
            enum bound bound, const struct subject *subject)
{
    struct az_str value, limit;
    struct failure failure;
    struct subject other;
    enum outcome outcome;

    outcome = az_rule_operand_value(trial, operand, subject, &other);
    if (outcome != HOLDS)
        return outcome;
    az_rule_failure(&failure, subject);
    if (!az_rule_number_text(trial, &other.item, &limit)) {
        failure.outcome = VOID;
        return az_rule_fail(trial, &failure,
                            "nothing to compare with: %s selects no number",
                            az_str_quote(trial->arena, operand->path.text));
    }
    if (!az_rule_number_text(trial, &subject->item, &value))
        return az_rule_fail_type(trial, subject, "number");
    if (bound != MIN && bound != ABOVE)
        az_rule_note_bound(trial, &subject->item, limit, true, bound == BELOW);
    if (bound != MAX && bound != BELOW)
        az_rule_note_bound(trial, &subject->item, limit, false, bound == ABOVE);
    if (az_rule_is_within(bound, az_decimal_compare_text(value, limit)))
        return HOLDS;
    if (trial->quiet > 0)
        return BROKEN;
    failure.expected =
        az_arena_printf(trial->arena, "%s %s", az_rule_bound_words[bound],
                        az_node_quote(trial->arena, other.item.node));
    if (other.document != NULL)
        az_rule_relate(&failure, other.document, other.item.node, "the bound");
    return az_rule_fail(trial, &failure, "%s is not %s",
                        az_node_quote(trial->arena, subject->item.node),
                        failure.expected);
}

static enum outcome
judge_range(struct trial *trial, const struct assertion *assertion,
            const struct subject *subject)
{
    const struct bounds *range = assertion->data;
    enum outcome outcome = HOLDS, one;
    struct az_str value;
    size_t i;

    if (!az_rule_number_text(trial, &subject->item, &value))
        return az_rule_fail_type(trial, subject, "number");
    for (i = 0; i < BOUND_COUNT && outcome != BROKEN; i++) {
        if (range->limits[i] == NULL)
            continue;
        one = judge_bound(trial, range->limits[i], (enum bound)i, subject);
        outcome = one == HOLDS ? outcome : one;
    }
    return outcome;
}

/* pattern, not_pattern */

static const void *
parse_pattern(struct parser *parser, const struct az_node *object,
              const struct az_member *member)
{
    (void)object;
    return az_rule_parse_regex(parser, &member->value);
}

enum az_regex_result
az_rule_match(struct trial *trial, struct az_regex *regex, struct az_str text)
{
    uint64_t most = (uint64_t)AZ_MATCHES_IN_ALL *
                    az_arena_limits(trial->arena)->match_steps;
    enum az_regex_result result;

    az_rule_spend(trial, STEPS_PER_MATCH);
    if (!trial->swept)
        return az_regex_match(regex, text);
    result = az_regex_match_shared(regex, text, &trial->excess);
    return trial->excess > most ? AZ_REGEX_OVER_BUDGET : result;
}

static enum outcome
judge_match(struct trial *trial, const struct assertion *assertion,
            const struct subject *subject, enum az_regex_result wanted)
{
    /* Matching compiles the engine's form at its first use. */
    struct az_regex *regex = (struct az_regex *)(uintptr_t)assertion->data;
    enum az_regex_result result;
    struct failure failure;
    struct az_str text;

    if (!az_rule_string_text(&subject->item, &text))
        return az_rule_fail_type(trial, subject, "string");
    result = az_rule_match(trial, regex, text);
    if (result == wanted)
        return HOLDS;
    if (result != AZ_REGEX_OVER_BUDGET && trial->quiet > 0)
        return BROKEN;
    az_rule_failure(&failure, subject);
    failure.expected = az_str_quote(trial->arena, az_regex_pattern(regex));
    if (result == AZ_REGEX_OVER_BUDGET) {
        failure.outcome = UNSURE;
        if (az_regex_too_long(text))
            return az_rule_fail(trial, &failure,
                                "the text is too long to match pattern %s with",
                                failure.expected);
        return az_rule_fail(
            trial, &failure,
            az_regex_is_tired(regex)
                ? "matching pattern %s took more steps in all than the limit, "
                  "which is %zu for a match"
                : "matching pattern %s took more than %zu steps, the limit",
            failure.expected, az_arena_limits(trial->arena)->match_steps);
    }
    return az_rule_fail(trial, &failure, "%s %s the pattern %s",
                        az_node_quote(trial->arena, subject->item.node),
                        wanted == AZ_REGEX_MATCH ? "does not match" : "matches",
                        failure.expected);
}

static enum outcome
judge_pattern(struct trial *trial, const struct assertion *assertion,
              const struct subject *subject)
{
    return judge_match(trial, assertion, subject, AZ_REGEX_MATCH);
}

static enum outcome
judge_not_pattern(struct trial *trial, const struct assertion *assertion,
                  const struct subject *subject)
{
    return judge_match(trial, assertion, subject, AZ_REGEX_NO_MATCH);
}

/* prefix */

/* The prefix ends with the string or before white space, so that "rch exec"
   is none of "rch executes". */
static bool
has_prefix(struct az_str text, struct az_str prefix)
{
    return prefix.len > 0 && az_str_starts_with(text, prefix) &&
           (text.len == prefix.len || text.p[prefix.len] == ' ' ||
            text.p[prefix.len] == '\t' || prefix.p[prefix.len - 1] == ' ');
}

static enum outcome
judge_prefix(struct trial *trial, const struct assertion *assertion,
             const struct subject *subject)
{
    struct az_str text, prefix;
    struct failure failure;
    struct subject other;
    enum outcome outcome;

    outcome = az_rule_operand_value(trial, assertion->data, subject, &other);
    if (outcome != HOLDS)
        return outcome;
    if (!az_rule_string_text(&other.item, &prefix) || !has_text(prefix)) {
        az_rule_failure(&failure, subject);
        failure.outcome = VOID;
        return az_rule_fail(trial, &failure,
                            "nothing to compare with: the prefix is no string "
                            "or blank");
    }
    if (!az_rule_string_text(&subject->item, &text))
        return az_rule_fail_type(trial, subject, "string");
    if (has_prefix(text, prefix))
        return HOLDS;
    az_rule_failure(&failure, subject);
    failure.expected = az_node_quote(trial->arena, other.item.node);
    if (other.document != NULL)
        az_rule_relate(&failure, other.document, other.item.node,
                       "the prefix expected");
    return az_rule_fail(
        trial, &failure, "%s does not begin with %s%s",
        az_node_quote(trial->arena, subject->item.node), failure.expected,
        az_str_starts_with(text, prefix) ? " as words of their own" : "");
}

const struct assertion_type az_rule_value_assertions[] = {
    { "type", parse_type, judge_type, false },
    { "non_empty", parse_non_empty, judge_non_empty, false },
    { "forbidden", parse_forbidden, judge_forbidden, false },
    { "const", parse_const, judge_const, true },
    { "enum", parse_enum, judge_in, true },
    { "in", parse_in, judge_in, true },
    { "not_in", parse_in, judge_not_in, true },
    { "range", parse_range, judge_range, false },
    { "pattern", parse_pattern, judge_pattern, false },
    { "not_pattern", parse_pattern, judge_not_pattern, false },
    { "prefix", parse_const, judge_prefix, false },
    { NULL, NULL, NULL, false },
};
