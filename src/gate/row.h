/* A row of the gate: a budget, its measurement, and what was decided on them.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_ROW_H
#define AZ_GATE_ROW_H

#include "core/decimal.h"
#include "core/diag.h"
#include "core/node.h"
#include "core/verdict.h"
#include "gate/budget.h"
#include "gate/streak.h"
#include "measure/measure.h"

/* From best to worst, but for skip, which is neither. */
enum az_row_status {
    AZ_ROW_SKIP,
    AZ_ROW_PASS,
    AZ_ROW_WAIVED, /* would warn or fail, but for a waiver; counts as a pass */
    AZ_ROW_WARN,
    AZ_ROW_NO_VERDICT, /* its value proves nothing; counts as a fail */
    AZ_ROW_FAIL,
    AZ_ROW_STATUS_COUNT,
};

/* What one limit, or one step of the judgement, says of a row. */
struct az_decision {
    enum az_row_status status;
    struct az_str rule;    /* which limit or step it is */
    const char *reason;    /* one line, with the numbers */
    struct az_place place; /* of the limit; AZ_NOWHERE if it stands nowhere */
    const struct az_diag *finding; /* that it is broken, or NULL */
    bool unsound; /* it is about the measurement, which proves nothing */
};

/* The streak that a row stands in. */
struct az_row_streak {
    struct az_streak streak;
    size_t limit; /* so many commits in a row fail */
};

/* What a comparison with a baseline found; NaN: it has no such number. */
struct az_row_baseline {
    const char *design;
    double base;       /* the level of the runs, in the row's unit */
    double change;     /* how much worse the row is, as a part of that */
    double p;          /* and how likely that is without a change */
    double adjusted;   /* for being one of many */
    double alpha;      /* what it is held against */
    double detectable; /* a change that is mostly found, as a part of one */
    size_t runs;
    /* Which runs these are, and why; NULL where they are not chosen. */
    const char *window;
    struct az_str first; /* commits */
    struct az_str last;
    struct az_place place; /* of the first one's value */
};

struct az_row {
    bool benchmark; /* it is of no budget: what stands for one has its limit */
    const struct az_budget *budget;
    /* NULL: not measured.  Of a derived metric it is the operand that stands
       for it, the one above the line; that of the others is in OPERANDS. */
    const struct az_measurement *measured;
    const struct az_measurement *const *operands; /* as the budget lists them;
                                                     NULL: not derived */
    struct az_str environment;                    /* empty: none is known */
    const struct az_unit *unit;                   /* of value, warn, hard */
    bool has_value;
    bool rounded; /* the value; what was judged is exact */
    struct az_decimal value;
    struct az_fraction exact; /* in base units, never rounded */
    struct az_decimal warn;   /* where the budget has one */
    struct az_decimal hard;
    enum az_row_status by_limits;           /* for the history */
    const struct az_row_streak *streak;     /* NULL: none is counted */
    const struct az_row_baseline *baseline; /* NULL: not compared */
    enum az_regression regression;          /* for the history */
    /* In the order in which they were made.  The worst, the first of equal
       ones, is the row's: there is one at least when all is judged. */
    struct az_decision *decisions;
    size_t decision_count;
    size_t decision_capacity;
    bool explained; /* it is reported with its steps */
};

/* "pass", "warn", "fail", "skip", "waived", "no-verdict" */
const char *az_row_status_name(enum az_row_status status);

/* Whether ROW has a sound value that was held against its limits and came out:
   a value that proves nothing is not judged, on whichever side of them it is.
 */
bool az_row_is_judged(const struct az_row *row);

/* VALUE as it is shown to people: with 12 significant digits, if it has more
   and they are not all before the point, and more where it would else not lie
   to one of the COUNT LIMITS as VALUE does.  Tells whether it is not VALUE. */
struct az_decimal az_row_round(struct az_arena *arena, struct az_decimal value,
                               const struct az_decimal *limits, size_t count,
                               bool *ret_rounded);
/* VALUE, in the unit of ROW, as it is shown beside the limits of ROW. */
struct az_decimal az_row_shown(struct az_arena *arena, const struct az_row *row,
                               struct az_decimal value, bool *ret_rounded);

/* The value of ROW in its unit as histories and waivers have it: not better
   than it is, though rounded. */
struct az_decimal az_row_kept(struct az_arena *arena, const struct az_row *row);

/* VALUE, which is finite, as rows have it: with as many digits as can be relied
   on. */
const char *az_row_double(struct az_arena *arena, double value);

/* Counts a row of STATUS. */
void az_row_count(struct az_counts *counts, enum az_row_status status);

/* What a history keeps of what the limits said of ROW. */
enum az_record_status az_row_record_status(const struct az_row *row);

/* Adds DECISION to ROW. */
void az_row_decide(struct az_arena *arena, struct az_row *row,
                   struct az_decision decision);
/* The decision that is ROW's; NULL before the first. */
const struct az_decision *az_row_decision(const struct az_row *row);
/* az_row_decision's status; AZ_ROW_FAIL before the first decision. */
enum az_row_status az_row_status(const struct az_row *row);

#endif
