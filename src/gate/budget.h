/* The budgets file as the gate reads it.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_BUDGET_H
#define AZ_GATE_BUDGET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/decimal.h"
#include "core/diag.h"
#include "core/map.h"
#include "core/node.h"
#include "gate/derived.h"
#include "measure/unit.h"

/* A limit: its number as written, in the budget's unit and in base units. */
struct az_limit {
    const struct az_node *node; /* NULL: there is none */
    struct az_decimal value;
    struct az_decimal base;
};

/* One budget row, for the profile that is judged. */
struct az_budget {
    bool operational;
    bool required;         /* whatever when_missing says */
    bool higher_is_better; /* its limits are floors */
    bool exact;            /* two runs of a commit give one value */
    size_t index;          /* in its list */
    const struct az_node *row;
    struct az_str metric;
    const struct az_unit *unit;
    struct az_limit warn; /* none in a hard budget */
    struct az_limit hard; /* none: a hard budget without this profile */
    /* an array of strings: where it must be measured; NULL: wherever it was */
    const struct az_node *environments;
    const struct az_derived *derived; /* NULL: it is measured */
};

struct az_budgets {
    const struct az_document *document;
    struct az_budget *items; /* hard ones first, in the order of the file */
    size_t count;
    struct az_map metrics;  /* names, also those of broken budgets -> budget,
                               NULL for a broken one */
    struct az_map operands; /* names of metrics that others are derived from */
    struct az_map profiles; /* names that hard budgets have limits for */
    const struct az_node *seed_set;      /* NULL if it is missing */
    const struct az_node **sorted_seeds; /* of seed_set */
    size_t seed_count;
};

/* Reads the budgets of DOCUMENT for PROFILE.  A budget that its schema should
   have refused is left out with a finding, and so is a second budget of one
   metric.  False after a finding when there are more than may be: none is read
   then. */
bool az_budgets_read(struct az_arena *arena, struct az_sink *sink,
                     const struct az_document *document, struct az_str profile,
                     struct az_budgets *ret);

/* Whether a value is on the bad side of a limit of BUDGET that it is below, at
   or above as ORDER is below, at or above 0; one at its limit is not. */
bool az_budget_is_beyond(const struct az_budget *budget, int order);
/* The same for VALUE, in base units, and LIMIT, one of BUDGET's. */
bool az_budget_breaks(const struct az_budget *budget,
                      const struct az_limit *limit, struct az_decimal value);

/* The JSON Pointer to BUDGET's row. */
const char *az_budget_pointer(struct az_arena *arena,
                              const struct az_budget *budget);

#endif
