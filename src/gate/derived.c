/* Metrics that are computed from measured ones.
   SPDX-License-Identifier: MIT */

#include "gate/derived.h"

#include "core/arena.h"
#include "core/limits.h"
#include "core/map.h"

/* Decimal places of a rounded value, at least. */
#define FEWEST_PLACES 3
/* Those of a level. */
#define LEVEL_PLACES 12

static const struct formula {
    const char *name;
    const char *unit; /* of the value; NULL: that of the operands */
} formulas[AZ_FORMULA_COUNT] = {
    [AZ_FORMULA_RATIO] = { "ratio", "ratio" },
    [AZ_FORMULA_DIFFERENCE] = { "difference", NULL },
    [AZ_FORMULA_OVERHEAD] = { "overhead", "%" },
    [AZ_FORMULA_GROWTH] = { "growth", "%" },
};

const char *
az_formula_name(enum az_formula formula)
{
    return formulas[formula].name;
}

struct reader {
    struct az_arena *arena;
    struct az_sink *sink;
    const struct az_document *document;
    struct az_derived *out;
    struct az_map *operands;
};

static bool
refuse(struct reader *reader, const struct az_node *node, const char *message)
{
    struct az_diag *diag =
        az_sink_add(reader->sink, AZ_DIAG_BUDGET_DERIVED,
                    az_document_place(reader->document, node), "%s", message);

    diag->fatal = true;
    return false;
}

/* The one formula of NODE. */
static bool
read_formula(struct reader *reader, const struct az_node *node)
{
    const struct az_member *member;

    if (node->type != AZ_OBJECT || node->count != 1)
        return refuse(reader, node, "'derived' is an object of one formula");
    member = &node->members[0];
    reader->out->node = &member->value;
    for (size_t i = 0; i < AZ_FORMULA_COUNT; i++) {
        if (!az_str_eq_c(member->key, formulas[i].name))
            continue;
        reader->out->formula = (enum az_formula)i;
        return true;
    }
    return refuse(reader, node,
                  az_arena_printf(reader->arena, "unknown formula %s",
                                  az_str_quote(reader->arena, member->key)));
}

static bool
read_operand(struct reader *reader, const struct az_node *parent,
             const char *name, struct az_operand *ret)
{
    const struct az_node *node =
        parent->type == AZ_OBJECT ? az_node_get(parent, name) : NULL;

    if (node == NULL || node->type != AZ_STRING || node->count == 0)
        return refuse(reader, node != NULL ? node : parent,
                      az_arena_printf(reader->arena,
                                      "'%s' must be the id of a metric", name));
    ret->node = node;
    ret->metric = az_node_text(node);
    az_map_put(reader->operands, ret->metric, NULL);
    return true;
}

static bool
read_pair(struct reader *reader)
{
    struct az_derived *derived = reader->out;

    derived->operands =
        az_arena_array(reader->arena, 2, sizeof *derived->operands);
    derived->count = 2;
    return read_operand(reader, derived->node, "of", &derived->operands[0]) &&
           read_operand(reader, derived->node, "over", &derived->operands[1]);
}

static bool
read_point(struct reader *reader, const struct az_node *node,
           const struct az_operand *before, struct az_operand *ret)
{
    const struct az_node *at;

    if (!read_operand(reader, node, "metric", ret))
        return false;
    at = az_node_get(node, "at");
    if (at == NULL || !az_decimal_of(reader->arena, at, &ret->at) ||
        az_decimal_sign(ret->at) <= 0)
        return refuse(reader, at != NULL ? at : node,
                      "'at' must be a number above zero");
    if (before != NULL && az_decimal_compare(before->at, ret->at) >= 0)
        return refuse(reader, at, "'at' must ascend from point to point");
    return true;
}

static bool
read_points(struct reader *reader)
{
    struct az_derived *derived = reader->out;
    const struct az_node *list = derived->node;

    if (list->type != AZ_ARRAY || list->count < 2)
        return refuse(reader, list, "a growth needs two points or more");
    derived->operands =
        az_arena_array(reader->arena, list->count, sizeof *derived->operands);
    derived->count = list->count;
    for (uint32_t i = 0; i < list->count; i++)
        if (!read_point(reader, &list->items[i],
                        i > 0 ? &derived->operands[i - 1] : NULL,
                        &derived->operands[i]))
            return false;
    return true;
}

static bool
check_distinct(struct reader *reader)
{
    const struct az_derived *derived = reader->out;
    struct az_map seen;
    bool is_new;

    az_map_init(&seen, reader->arena);
    for (size_t i = 0; i < derived->count; i++) {
        const struct az_operand *operand = &derived->operands[i];

        az_map_put(&seen, operand->metric, &is_new);
        if (!is_new)
            return refuse(
                reader, operand->node,
                az_arena_printf(reader->arena, "%s is held against itself",
                                az_str_quote(reader->arena, operand->metric)));
    }
    return true;
}

static bool
check_unit(struct reader *reader, const struct az_unit *unit)
{
    const struct formula *formula = &formulas[reader->out->formula];

    if (formula->unit == NULL ||
        unit->dimension == az_unit_find(az_str_from(formula->unit))->dimension)
        return true;
    return refuse(reader, reader->out->node,
                  az_arena_printf(reader->arena,
                                  "the budget of %s is in '%s', not in '%s'",
                                  formula->name, formula->unit, unit->name));
}

const struct az_derived *
az_derived_read(struct az_arena *arena, struct az_sink *sink,
                const struct az_document *document, const struct az_node *node,
                const struct az_unit *unit, struct az_map *operands)
{
    struct reader reader = { .arena = arena,
                             .sink = sink,
                             .document = document,
                             .out = AZ_NEW(arena, struct az_derived),
                             .operands = operands };
    bool good =
        read_formula(&reader, node) &&
        (reader.out->formula == AZ_FORMULA_GROWTH ? read_points(&reader)
                                                  : read_pair(&reader)) &&
        check_distinct(&reader) && check_unit(&reader, unit);

    return good ? reader.out : NULL;
}

static struct az_decimal
subtract(struct az_arena *arena, struct az_decimal a, struct az_decimal b)
{
    return az_decimal_add(arena, a, az_decimal_negate(b));
}

/* (OF - OVER) / OVER in per cent. */
static struct az_fraction
overhead_of(struct az_arena *arena, struct az_decimal of,
            struct az_decimal over)
{
    return (struct az_fraction){ az_decimal_scale(subtract(arena, of, over), 2),
                                 over };
}

/* The point other than the first whose value for one unit is the highest, or
   the lowest. */
static size_t
find_extreme(struct az_arena *arena, const struct az_derived *derived,
             const struct az_decimal *values, bool lowest)
{
    size_t extreme = 1;

    for (size_t i = 2; i < derived->count; i++) {
        int order = az_decimal_compare(
            az_decimal_multiply(arena, values[i],
                                derived->operands[extreme].at),
            az_decimal_multiply(arena, values[extreme],
                                derived->operands[i].at));

        if (lowest ? order < 0 : order > 0)
            extreme = i;
    }
    return extreme;
}

/* Why VALUES cannot be computed with; NULL if they can. */
static const char *
find_fault(struct az_arena *arena, const struct az_derived *derived,
           const struct az_decimal *values)
{
    size_t divisor = derived->formula == AZ_FORMULA_GROWTH ? 0 : 1;

    for (size_t i = 0; i < derived->count; i++)
        if (!az_decimal_is_short(values[i], AZ_MAX_OPERAND_DIGITS) ||
            !az_decimal_is_short(derived->operands[i].at,
                                 AZ_MAX_OPERAND_DIGITS))
            return az_arena_printf(
                arena, "%s has a number too long to compute with",
                az_str_quote(arena, derived->operands[i].metric));
    if (derived->formula != AZ_FORMULA_DIFFERENCE &&
        az_decimal_sign(values[divisor]) <= 0)
        return az_arena_printf(
            arena, "%s, by which is divided, is not above zero",
            az_str_quote(arena, derived->operands[divisor].metric));
    return NULL;
}

/* The growth of a unit's cost from the first point to number LEAD. */
static struct az_fraction
growth_of(struct az_arena *arena, const struct az_derived *derived,
          const struct az_decimal *values, size_t lead)
{
    const struct az_operand *points = derived->operands;

    return overhead_of(arena,
                       az_decimal_multiply(arena, values[lead], points[0].at),
                       az_decimal_multiply(arena, values[0], points[lead].at));
}

const char *
az_derived_compute(struct az_arena *arena, const struct az_derived *derived,
                   const struct az_decimal *values, bool lowest,
                   struct az_derived_value *ret)
{
    const char *fault = find_fault(arena, derived, values);

    ret->lead = 0;
    if (fault != NULL)
        return fault;
    switch (derived->formula) {
    case AZ_FORMULA_RATIO:
        ret->fraction = (struct az_fraction){ values[0], values[1] };
        break;
    case AZ_FORMULA_DIFFERENCE:
        ret->fraction =
            (struct az_fraction){ subtract(arena, values[0], values[1]),
                                  az_decimal_from_int(arena, 1) };
        break;
    case AZ_FORMULA_OVERHEAD:
        ret->fraction = overhead_of(arena, values[0], values[1]);
        break;
    case AZ_FORMULA_GROWTH:
        ret->lead = find_extreme(arena, derived, values, lowest);
        ret->fraction = growth_of(arena, derived, values, ret->lead);
        break;
    case AZ_FORMULA_COUNT:
        break;
    }
    return NULL;
}

int
az_fraction_compare(struct az_arena *arena, struct az_fraction fraction,
                    struct az_decimal limit)
{
    return az_decimal_compare(
        fraction.numerator,
        az_decimal_multiply(arena, limit, fraction.denominator));
}

struct az_decimal
az_fraction_level(struct az_arena *arena, struct az_fraction fraction)
{
    if (az_decimal_compare(fraction.denominator,
                           az_decimal_from_int(arena, 1)) == 0)
        return fraction.numerator;
    return az_decimal_divide(arena, fraction.numerator, fraction.denominator,
                             LEVEL_PLACES);
}

struct az_decimal
az_fraction_bound(struct az_arena *arena, struct az_fraction fraction, bool up)
{
    struct az_decimal level = az_fraction_level(arena, fraction);
    int order = az_fraction_compare(arena, fraction, level);

    if (up ? order <= 0 : order >= 0)
        return level;
    return az_decimal_add(
        arena, level,
        az_decimal_scale(az_decimal_from_int(arena, up ? 1 : -1),
                         -LEVEL_PLACES));
}

static int
sign_of(int order)
{
    return (order > 0) - (order < 0);
}

/* Whether ROUNDED lies to all of LIMITS as FRACTION does. */
static bool
lies_as(struct az_arena *arena, struct az_decimal rounded,
        struct az_fraction fraction, const struct az_decimal *limits,
        size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sign_of(az_decimal_compare(rounded, limits[i])) !=
            sign_of(az_fraction_compare(arena, fraction, limits[i])))
            return false;
    return true;
}

struct az_decimal
az_fraction_round(struct az_arena *arena, struct az_fraction fraction,
                  const struct az_decimal *limits, size_t count,
                  bool *ret_exact)
{
    int32_t places = FEWEST_PLACES;
    struct az_decimal rounded, step;
    int order;

    for (size_t i = 0; i < count; i++)
        if (1 - limits[i].exponent > places)
            places = 1 - limits[i].exponent;
    rounded = az_decimal_divide(arena, fraction.numerator, fraction.denominator,
                                (unsigned)places);
    order = az_fraction_compare(arena, fraction, rounded);
    *ret_exact = order == 0;
    if (lies_as(arena, rounded, fraction, limits, count))
        return rounded;
    /* It was rounded onto a limit.  With a place more than any limit has, the
       next value on the other side of FRACTION is on none. */
    step = az_decimal_scale(az_decimal_from_int(arena, order > 0 ? 1 : -1),
                            -places);
    return az_decimal_add(arena, rounded, step);
}
