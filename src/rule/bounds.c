/* Bounds of a number: parsed and judged.
   SPDX-License-Identifier: MIT */

#include "rule/bounds.h"

#include "core/arena.h"
#include "rule/parse.h"

static const char *const names[] = { BOUND_NAMES };

const char *const az_rule_bound_words[BOUND_COUNT] = {
    "at least", "at most", "above", "below", "exactly",
};

bool
az_rule_is_within(enum bound bound, int order)
{
    switch (bound) {
    case MIN:
        return order >= 0;
    case MAX:
        return order <= 0;
    case ABOVE:
        return order > 0;
    case BELOW:
        return order < 0;
    case EQUALS:
    case BOUND_COUNT:
        break;
    }
    return order == 0;
}

bool
az_rule_parse_bounds(struct parser *parser, const struct az_node *node,
                     const char *what, struct bounds *ret)
{
    size_t i, found = 0;
    bool good = true;

    for (i = 0; i < BOUND_COUNT; i++) {
        const struct az_node *limit = az_node_get(node, names[i]);

        if (limit == NULL)
            continue;
        found++;
        if (limit->type != AZ_OBJECT &&
            !az_rule_want(parser, limit, AZ_NUMBER, "a bound")) {
            good = false;
            continue;
        }
        ret->limits[i] = az_rule_parse_operand(parser, limit, false);
        good &= ret->limits[i] != NULL;
    }
    if (found == 0)
        az_rule_mistake(parser, node, "%s has no bound", what);
    return good && found > 0;
}

static enum outcome
judge_limit(struct trial *trial, const struct bounds *bounds, enum bound bound,
            const struct subject *subject, const struct measured *number)
{
    const struct operand *operand = bounds->limits[bound];
    struct failure failure;
    struct az_decimal limit;
    struct subject other;
    enum outcome outcome;
    struct az_str text;

    outcome = az_rule_operand_value(trial, operand, subject, &other);
    if (outcome != HOLDS)
        return outcome;
    az_rule_failure(&failure, subject);
    failure.count = number->count;
    if (number->at != NULL) {
        failure.at = *number->at;
        failure.value = number->at->item;
    }
    if (!az_rule_number_text(trial, &other.item, &text) ||
        !az_decimal_parse(trial->arena, text, &limit)) {
        failure.outcome = VOID;
        return az_rule_fail(trial, &failure,
                            "nothing to compare with: %s selects no number",
                            az_str_quote(trial->arena, operand->path.text));
    }
    if (number->unit != NULL)
        limit = az_decimal_multiply(trial->arena, limit, *number->unit);
    if (az_rule_is_within(bound, az_decimal_compare(number->value, limit)))
        return HOLDS;
    if (trial->quiet > 0)
        return BROKEN;
    failure.expected = az_arena_printf(
        trial->arena, "%s %.*s", az_rule_bound_words[bound], AZ_STR_ARG(text));
    if (other.document != NULL)
        az_rule_relate(&failure, other.document, other.item.node, "the bound");
    return az_rule_fail(trial, &failure, "%s, not %s", number->said,
                        failure.expected);
}

enum outcome
az_rule_judge_bounds(struct trial *trial, const struct bounds *bounds,
                     const struct subject *subject,
                     const struct measured *number)
{
    enum outcome outcome = HOLDS;
    size_t i;

    for (i = 0; i < BOUND_COUNT; i++)
        if (bounds->limits[i] != NULL)
            outcome =
                az_rule_both(outcome, judge_limit(trial, bounds, (enum bound)i,
                                                  subject, number));
    return outcome;
}
