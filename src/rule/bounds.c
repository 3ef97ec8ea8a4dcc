/* Bounds of a number: parsed and judged.
   SPDX-License-Identifier: MIT */

#include "rule/bounds.h"

#include "core/arena.h"
#include "rule/noted-limits.h"
#include "rule/parse.h"
#include "rule/trial.h"

/* Decimals of a number that the self-test puts in place of another. */
#define MAX_PLACES 32

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

static void
note_side_of_pair(struct trial *trial, const struct item *mine,
                  const struct item *other, bool upper, bool strict)
{
    az_rule_note_bound(trial, mine, az_node_text(other->node), upper, strict);
    az_rule_note_bound(trial, other, az_node_text(mine->node), !upper, strict);
}

void
az_rule_note_pair(struct trial *trial, enum bound bound,
                  const struct item *mine, const struct item *other)
{
    bool strict = bound == ABOVE || bound == BELOW;

    if (mine->node->type != AZ_NUMBER || other->node->type != AZ_NUMBER)
        return;
    if (bound != MIN && bound != ABOVE)
        note_side_of_pair(trial, mine, other, true, strict);
    if (bound != MAX && bound != BELOW)
        note_side_of_pair(trial, mine, other, false, strict);
}

/* A limit that a number is held against, for the self-test. */
struct note {
    struct trial *trial;
    const struct measured *number;
    const struct subject *other; /* where the limit stands */
    struct az_decimal limit;     /* as it stands there */
    struct az_decimal delta;     /* what the value is short of it */
    bool upper, strict;
};

static struct az_schema_bound
bound_of(const struct note *note, struct az_decimal limit)
{
    return (struct az_schema_bound){
        az_decimal_print(note->trial->arena, limit), note->upper, note->strict
    };
}

/* Each of NODES, all else being as it is, may become so much more. */
static void
note_addends(const struct note *note, const struct az_nodes *nodes,
             struct az_decimal more, bool upper)
{
    struct az_arena *arena = note->trial->arena;
    struct az_decimal value;
    size_t i;

    for (i = 0; nodes != NULL && i < nodes->count; i++)
        if (az_decimal_of(arena, nodes->items[i], &value))
            az_rule_note_bound(
                note->trial,
                &(struct item){ nodes->items[i], nodes->items[i], false },
                az_decimal_print(arena, az_decimal_add(arena, value, more)),
                upper, note->strict);
}

/* A / B, where that has no more decimals than a limit may have. */
static bool
divide(struct az_arena *arena, struct az_decimal a, struct az_decimal b,
       struct az_decimal *ret)
{
    if (az_decimal_sign(b) <= 0)
        return false;
    *ret = az_decimal_divide(arena, a, b, MAX_PLACES);
    return az_decimal_compare(az_decimal_multiply(arena, *ret, b), a) == 0;
}

/* The limit itself, and what it is a share of, are held against the value. */
static void
note_others(const struct note *note)
{
    const struct measured *number = note->number;
    struct az_arena *arena = note->trial->arena;
    struct az_decimal value = number->value;

    if (note->other->document != NULL &&
        (number->unit == NULL ||
         divide(arena, number->value, *number->unit, &value)))
        az_rule_note_bound(note->trial, &note->other->item,
                           az_decimal_print(arena, value), !note->upper,
                           note->strict);
    if (number->denominator != NULL &&
        divide(arena, number->value, note->limit, &value))
        note_addends(
            note, number->denominator,
            az_decimal_add(arena, value, az_decimal_negate(*number->unit)),
            !note->upper);
}

static void
note_side(const struct note *note)
{
    struct noted_limits *bounds = note->trial->judge->bounds;
    const struct measured *number = note->number;

    note_addends(note, number->addends, note->delta, note->upper);
    if (number->text != NULL)
        az_rule_noted_add(bounds, number->text, bound_of(note, note->limit));
    if (number->first != NULL)
        az_rule_noted_add_count(bounds, number->first, number->count,
                                bound_of(note, note->limit));
    note_others(note);
}

/* Notes that NUMBER is held against LIMIT, LIMIT times the unit being SCALED,
   which stands at OTHER. */
static void
note_limit(struct trial *trial, enum bound bound, const struct measured *number,
           struct az_decimal limit, struct az_decimal scaled,
           const struct subject *other)
{
    struct note note = { .trial = trial,
                         .number = number,
                         .other = other,
                         .limit = limit,
                         .strict = bound == ABOVE || bound == BELOW };

    if (trial->judge->bounds == NULL || trial->quiet > 0)
        return;
    note.delta =
        az_decimal_add(trial->arena, scaled, az_decimal_negate(number->value));
    if (bound != MIN && bound != ABOVE) {
        note.upper = true;
        note_side(&note);
    }
    if (bound != MAX && bound != BELOW) {
        note.upper = false;
        note_side(&note);
    }
}

static enum outcome
judge_limit(struct trial *trial, const struct bounds *bounds, enum bound bound,
            const struct subject *subject, const struct measured *number)
{
    const struct operand *operand = bounds->limits[bound];
    struct failure failure;
    struct az_decimal limit, scaled;
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
    scaled = number->unit == NULL
                 ? limit
                 : az_decimal_multiply(trial->arena, limit, *number->unit);
    note_limit(trial, bound, number, limit, scaled, &other);
    if (az_rule_is_within(bound, az_decimal_compare(number->value, scaled)))
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

    az_rule_spend(trial, STEPS_PER_COUNT);
    for (i = 0; i < BOUND_COUNT; i++)
        if (bounds->limits[i] != NULL)
            outcome =
                az_rule_both(outcome, judge_limit(trial, bounds, (enum bound)i,
                                                  subject, number));
    return outcome;
}
