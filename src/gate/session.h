/* One run of the gate: what its parts share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_SESSION_H
#define AZ_GATE_SESSION_H

#include "gate/budget.h"
#include "gate/gate.h"
#include "gate/row.h"
#include "gate/runs.h"
#include "measure/measure.h"

struct az_proof;

struct az_gate {
    struct az_arena *arena;
    struct az_sink *sink;
    const struct az_gate_input *input;
    struct az_budgets budgets;
    struct az_measurements measurements;
    /* those of the profile that is judged, by metric, then environment */
    const struct az_measurement **judged;
    size_t judged_count;
    size_t row_capacity; /* of the result's */
    struct az_gate_result *result;
    size_t operands_left;   /* that derived metrics may still take together */
    unsigned hints_left;    /* "did you mean" compares with every name */
    struct az_proof *proof; /* what provenances are held against; or NULL */
    /* What the history has of the commit that is judged; NULL if there is none,
       or no commit. */
    const struct az_commit_runs *commit_runs;
};

/* Adds the rows of BUDGET: one for each of the COUNT measurements at MEASURED,
   and one that says what it means for each environment in which it should have
   been measured and was not, or for there being none at all. */
void az_gate_judge_budget(struct az_gate *gate, const struct az_budget *budget,
                          const struct az_measurement *const *measured,
                          size_t count);
/* The same for BUDGET, whose metric is derived: a row for each environment in
   which one of its operands was measured. */
void az_gate_judge_derived(struct az_gate *gate,
                           const struct az_budget *budget);

/* The measurements of METRIC among those that are judged, once they are
   sorted. */
const struct az_measurement *const *az_gate_measured(const struct az_gate *gate,
                                                     struct az_str metric,
                                                     size_t *ret_count);

/* Holds the provenance of the measurements of the profile that is judged
   against the budgets (provenance-*): some are refused, others prove
   nothing. */
void az_gate_check_provenance(struct az_gate *gate);
/* The same for M, which was kept in a run (az_run_measurement): all of it if
   it is CURRENT, a value of the commit that is judged.  Of a value that others
   are held against, what it tells must not be a model's, nor stale; what it
   does not tell is not missed. */
void az_gate_check_kept(struct az_gate *gate, struct az_measurement *m,
                        bool current);
/* VALUE of RUN, one of RUNS, as a measurement, under the name that its metric
   has now. */
struct az_measurement az_run_measurement(struct az_arena *arena,
                                         const struct az_runs *runs,
                                         const struct az_run *run,
                                         const struct az_run_value *value);
/* Whether the baseline and the current run of benchmarks prove something, as
   az_gate_check_kept says, and agree in what the budgets want.  NULL, or why
   not; *RET is the finding, or NULL if another says so. */
const char *az_gate_check_benchmarks(struct az_gate *gate,
                                     const struct az_diag **ret);
/* Decides that there is no verdict on ROW, which is measured by M, if M proves
   nothing. */
void az_gate_decide_provenance(struct az_gate *gate, struct az_row *row,
                               const struct az_measurement *m);

/* Keeps what the limits said of each row, and lets the history have its say:
   the commit's worst run counts, and too many commits in a row over a warning
   threshold fail.  Sets GATE->commit_runs and the result's known_commit, which
   az_gate_check_repeats and az_gate_compare_runs need afterwards. */
void az_gate_escalate(struct az_gate *gate);

/* What the ways to judge a budget share. */

/* A row of BUDGET for M (may be NULL) with its limits as they are written. */
struct az_row az_gate_row(const struct az_budget *budget,
                          const struct az_measurement *m);
/* Adds a copy of ROW to the result. */
void az_gate_add_row(struct az_gate *gate, const struct az_row *row);
/* Gives ROW the value VALUE in UNIT, in the budget's unit, or, where that has
   no finite decimal for it, all numbers of ROW in the base unit. */
void az_gate_set_value(struct az_gate *gate, struct az_row *row,
                       struct az_decimal value, const struct az_unit *unit);
/* Decides on ROW by its limits: it is known which of them its value is
   beyond. */
void az_gate_decide_limits(struct az_gate *gate, struct az_row *row,
                           bool beyond_hard, bool beyond_warn);
/* Lets DIAG be a finding that ROW's value is too bad: it is at that value, if
   it was measured, and says what a waiver has to know of it: which way the
   value would be worse, and where it stands, be it in the measurement or, of a
   value that was computed of a log or is derived of others, in an object of
   metric_id, profile, environment, value and unit, as the report has them, but
   for a value that is rounded there: it has more places. */
void az_gate_blame_value(struct az_gate *gate, const struct az_row *row,
                         struct az_diag *diag);
/* Lets DIAG, a finding that ROW's value is too bad, be waived only for VALUE in
   UNIT too, of another run of the commit; where that is not known, by UNIT NULL
   or for having no decimals, it cannot be waived. */
void az_gate_blame_worst(struct az_gate *gate, const struct az_row *row,
                         struct az_diag *diag, struct az_decimal value,
                         const struct az_unit *unit);
/* A number that was computed, and what has to stand beside it. */
struct az_gate_blamed {
    const char *key;
    struct az_str number;
    struct {
        const char *key;
        struct az_str text;
    } beside[2];
    size_t beside_count;
};
/* The same for another number that was computed for ROW: it stands beside
   metric_id, profile and environment of the row, in no file. */
void az_gate_blame_computed(struct az_gate *gate, const struct az_row *row,
                            struct az_diag *diag,
                            const struct az_gate_blamed *value);
/* Adds ROW, whose measurement M a finding refuses. */
void az_gate_refuse_row(struct az_gate *gate, struct az_row *row,
                        const struct az_measurement *m);
/* Whether M measures what UNIT does, the unit of BUDGET or of what it is
   derived from; a finding if not. */
bool az_gate_check_dimension(struct az_gate *gate,
                             const struct az_budget *budget,
                             const struct az_measurement *m,
                             const struct az_unit *unit);
/* Adds the row that BUDGET was not measured in ENVIRONMENT, or, empty, in any.
   LACK, if not empty, is the operand that is missing. */
void az_gate_judge_missing(struct az_gate *gate, const struct az_budget *budget,
                           struct az_str environment, struct az_str lack);

/* Adds such rows for the environments that BUDGET lists and that are not among
   the keys of SEEN, or, if it lists none, for SEEN being empty.  SEEN gets
   them. */
void az_gate_judge_absent(struct az_gate *gate, const struct az_budget *budget,
                          struct az_map *seen);

/* Decides that there is no verdict on those rows whose value is declared exact
   and is not that of another run of the commit: of the history ("assume:
   exact"), or of the runs that the input's run is kept with (also design
   exact). */
void az_gate_check_repeats(struct az_gate *gate);

/* VALUE for a message or a reason: cut where it is too long to be read. */
const char *az_gate_shown(struct az_gate *gate, struct az_decimal value);
/* A difference or a ratio is shown of numbers that are as short as this
   (az_decimal_is_short): of longer ones nobody could read it. */
#define AZ_GATE_SHOWN_SPAN 64

/* Takes the values of the input's saved run for measurements. */
void az_gate_take_saved(struct az_gate *gate);
/* Whether DOCUMENT, which may be NULL, is a run of benchmarks, not runs of
   metrics. */
bool az_gate_is_of_benchmarks(const struct az_document *document);
/* Whether the input's current run of benchmarks is another than its baseline,
   later and of another commit, as far as both tell; findings (baseline-same) if
   not. */
bool az_gate_check_succession(struct az_gate *gate);
/* Compares the benchmarks of the input's current run with those of its
   baseline: a row for each of the baseline. */
void az_gate_compare_benchmarks(struct az_gate *gate);

/* Compares the rows of the result with the runs of the input's baseline, as
   their budgets want it. */
void az_gate_compare_runs(struct az_gate *gate);

/* Takes back those findings from number BEFORE on that repeat one before it: a
   fault of shape that a schema found at the same place, a twin or an entry of
   another profile than the summary's that a rule found. */
void az_gate_drop_known(struct az_gate *gate, size_t before);

/* Whether A and B name one commit: hexadecimal digits without regard to case,
   and one of them may be the beginning of the other, whole, object name. */
bool az_gate_is_same_commit(struct az_str a, struct az_str b);

/* Whether the measurements are of one commit, and of the one expected; sets
   the result's commit. */
void az_gate_check_commits(struct az_gate *gate);
/* Whether the seed set of M is that of the budgets. */
void az_gate_check_seeds(struct az_gate *gate, const struct az_measurement *m);
/* Whether the thresholds and the status that M brings are those of BUDGET and
   BAND, the status by its value alone. */
void az_gate_check_record(struct az_gate *gate, const struct az_measurement *m,
                          const struct az_budget *budget,
                          enum az_row_status band);

#endif
