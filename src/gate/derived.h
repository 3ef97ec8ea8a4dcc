/* Metrics that are computed from measured ones.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_DERIVED_H
#define AZ_GATE_DERIVED_H

#include <stdbool.h>
#include <stddef.h>

#include "core/decimal.h"
#include "core/diag.h"
#include "core/map.h"
#include "core/node.h"
#include "measure/unit.h"

enum az_formula {
    AZ_FORMULA_RATIO,      /* of / over */
    AZ_FORMULA_DIFFERENCE, /* of - over */
    AZ_FORMULA_OVERHEAD,   /* (of - over) / over, in per cent */
    AZ_FORMULA_GROWTH,     /* of what one unit costs, in per cent */
    AZ_FORMULA_COUNT,
};

struct az_operand {
    const struct az_node *node; /* the string that names it */
    struct az_str metric;
    struct az_decimal at; /* of growth only */
};

/* "derived" of a budget: {ratio: {of, over}} and so on. */
struct az_derived {
    enum az_formula formula;
    const struct az_node *node;  /* of the formula */
    struct az_operand *operands; /* of, over; or the points, as they stand */
    size_t count;                /* two at least */
};

/* NUMERATOR / DENOMINATOR, which is above zero. */
struct az_fraction {
    struct az_decimal numerator;
    struct az_decimal denominator;
};

struct az_derived_value {
    struct az_fraction fraction; /* in base units */
    size_t lead; /* of a growth the point that it is of, else 0 */
};

/* "ratio", "difference", "overhead", "growth" */
const char *az_formula_name(enum az_formula formula);

/* Reads NODE, "derived" of a budget in UNIT.  NULL after a finding (fatal:
   no limit is kept by what is not understood) at what is wrong: an unknown
   formula, an operand that is missing or no name, points that do not ascend
   from above zero, a unit in which the formula has no value.  OPERANDS gets the
   names of those that could be read. */
const struct az_derived *
az_derived_read(struct az_arena *arena, struct az_sink *sink,
                const struct az_document *document, const struct az_node *node,
                const struct az_unit *unit, struct az_map *operands);

/* The value of DERIVED for VALUES, one in base units for each operand, exactly.
   Of a growth it is the largest, or with LOWEST the lowest, of
   ((v_i / n_i) / (v_0 / n_0) - 1) x 100 over the points i = 1, 2, ... with the
   value v_i at n_i.  NULL, or why there is no value. */
const char *az_derived_compute(struct az_arena *arena,
                               const struct az_derived *derived,
                               const struct az_decimal *values, bool lowest,
                               struct az_derived_value *ret);

/* FRACTION against LIMIT, exactly: below, at or above 0. */
int az_fraction_compare(struct az_arena *arena, struct az_fraction fraction,
                        struct az_decimal limit);
/* FRACTION as a decimal: itself where its denominator is one, else rounded to
   12 places.  What must be exact is held against the fraction. */
struct az_decimal az_fraction_level(struct az_arena *arena,
                                    struct az_fraction fraction);
/* The same, but rounded up, or down: nothing that is held against it passes for
   being rounded. */
struct az_decimal az_fraction_bound(struct az_arena *arena,
                                    struct az_fraction fraction, bool up);
/* FRACTION as a decimal that lies to each of the COUNT decimals LIMITS as it
   does itself, with one place more than any of them, and three at least.
   *RET_EXACT: it is the value itself. */
struct az_decimal az_fraction_round(struct az_arena *arena,
                                    struct az_fraction fraction,
                                    const struct az_decimal *limits,
                                    size_t count, bool *ret_exact);

#endif
