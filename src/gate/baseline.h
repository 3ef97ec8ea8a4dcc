/* The comparison of rows with the runs of a baseline: what its parts share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_BASELINE_H
#define AZ_GATE_BASELINE_H

#include "gate/runs.h"
#include "gate/session.h"
#include "stat/prediction.h"
#include "stat/trend.h"

/* The last runs of a series, so many at most, are what a value is held
   against: older ones are of another program. */
#define AZ_BASELINE_RUNS 30
/* The chance with which a change of the size that is told is found. */
#define AZ_BASELINE_POWER 0.8

enum az_design {
    AZ_DESIGN_EXACT,    /* against the last run, without any noise */
    AZ_DESIGN_INTERVAL, /* against earlier runs, by a prediction interval */
    AZ_DESIGN_PAIRS,    /* against runs that were interleaved with these */
    AZ_DESIGN_COUNT,
};

/* What a budget wants compared. */
struct az_baseline_plan {
    const struct az_node *node; /* the member "baseline" of its row */
    enum az_design design;
    struct az_decimal min_effect; /* smallest change that counts, per cent */
    double effect;                /* the same as a part of one */
    struct az_decimal max_change; /* allowed by the exact design, per cent */
    double hard_factor;           /* beyond this nothing is confirmed first */
    double max_detectable;        /* per cent; infinite if none was given */
    size_t min_runs;
    size_t min_pairs;
    bool blocks;
};

/* Tests that may be wrong by chance, whose errors are held down together. */
struct az_family {
    double rate;  /* of errors, above 0 and below 1 */
    size_t count; /* of tests */
};

/* The runs of a series that a value is held against. */
struct az_baseline_window {
    const struct az_run_point *points[AZ_BASELINE_RUNS]; /* the oldest first */
    double numbers[AZ_BASELINE_RUNS];                    /* in base units */
    size_t count;
    bool cut;        /* there are others, of another level */
    const char *why; /* just these; NULL: there are none */
    /* where those after it begin that are worse and were not accepted, and by
       how much they are; or NULL */
    const struct az_run_point *creeping;
    const char *creep;
};

/* A row and what it is compared with. */
struct az_baseline_test {
    const struct az_baseline_plan *plan;
    struct az_row *row;
    bool counted;                        /* in its family, of tests by chance */
    const struct az_run_series *base;    /* NULL: the baseline has none */
    const struct az_run_series *current; /* of runs in pairs, likewise */
    struct az_decimal value;             /* of the row, in base units */
    const char *impossible;       /* why nothing can be compared, or NULL */
    bool unsound;                 /* a finding says so already */
    const struct az_diag *unlike; /* that one, if what was measured is unlike
                                     the runs; or NULL */
    const char *reason;           /* of UNLIKE */
    bool equal;                   /* the runs have one value, as if exact */
    bool worse;                   /* by more than is allowed, whatever P is */
    struct az_baseline_window *window; /* of the design interval */
    struct az_trend trend;             /* of its runs, on logarithms */
    bool trending;                     /* they become worse, beyond noise */
    const struct az_run_point *first;  /* the oldest of the runs that it is
                                          compared with; or NULL */
    size_t runs;                       /* that it was compared with, or pairs */
    double centre; /* of the runs, in base units; NaN: unknown */
    double limit;  /* beyond this noise ends, likewise; NaN: there is none */
    double change; /* a part of the centre, above 0 if worse; NaN */
    double p;      /* 1 where nothing could be tested */
    double adjusted;
    double alpha;      /* of the first step of its family */
    double noise;      /* a part of the centre: less is not significant; NaN */
    double detectable; /* a part of the centre; NaN: unknown */
};

/* All that a gate compares with its baseline. */
struct az_comparison {
    struct az_gate *gate;
    const struct az_node *policy; /* baseline_regression; or NULL */
    struct az_family family[2];   /* of tests that warn, and that block */
    struct az_map plans;          /* metric -> struct az_baseline_plan */
    struct az_runs base;
    struct az_runs now; /* in pairs with these */
    bool has_base;
    struct az_baseline_test *tests;
    size_t count;
};

/* baseline-plan.c */

extern const char *const az_design_names[AZ_DESIGN_COUNT];

/* Reads the plans of the budgets; false after findings (baseline-design). */
bool az_comparison_plan(struct az_comparison *c);
/* Whether each of them could fail, now that it is known how many rows are
   compared; false after findings (baseline-design). */
bool az_comparison_check(struct az_comparison *c);
/* The p that one test of FAMILY needs when it is the first to be believed: that
   of Holm's first step, and of Benjamini and Hochberg's. */
double az_family_alpha(const struct az_family *family);

/* baseline.c */

/* Sets the tests of C, of which the rows are known and the base is read. */
void az_comparison_collect(struct az_comparison *c);
/* Has each of them know what it will be compared with; those that cannot be
   made are impossible. */
void az_comparison_expect(struct az_comparison *c);
/* What RUNS, the base or the current ones of C, have of METRIC in ENVIRONMENT
   in the profile that is judged; NULL if nothing. */
const struct az_run_series *az_comparison_series(const struct az_comparison *c,
                                                 const struct az_runs *runs,
                                                 struct az_str metric,
                                                 struct az_str environment);

/* baseline-design.c */

/* Fills in what TEST's design says; its row has a value, or is of pairs. */
void az_baseline_compute(struct az_comparison *c,
                         struct az_baseline_test *test);

/* Whether a logarithm can be taken of NUMBER, which was a decimal. */
bool az_baseline_is_usable(double number);

/* Whether TEST is of those that may be wrong by chance: not of what is, or as
   good as, exact. */
bool az_baseline_is_by_chance(const struct az_baseline_test *test);

/* Fills in what is known of TEST before there is a value: the runs that it will
   be compared with, their centre and limit, and what is found. */
void az_baseline_expect(struct az_comparison *c, struct az_baseline_test *test);

/* Whether VALUE is worse than LEVEL by more than PERCENT per cent of it;
   exact. */
bool az_baseline_is_worse(struct az_arena *arena,
                          const struct az_budget *budget,
                          struct az_decimal value, struct az_decimal level,
                          struct az_decimal percent);

/* VALUE, a double, with so many digits as it has: for a reason. */
const char *az_baseline_number(struct az_arena *arena, double value);
/* A part of one in per cent, with its sign. */
const char *az_baseline_percent(struct az_arena *arena, double part);

/* baseline-window.c */

/* Chooses the runs that TEST, of the design interval, is made with: its window.
   It begins with the last change for the worse that somebody accepted (a run
   promoted by a waiver), or with one for the better behind that of which there
   are runs enough, and ends before a change for the worse that nobody accepted;
   it has the last AZ_BASELINE_RUNS of these.  So runs never become the level
   that others are held against by being worse and many. */
void az_baseline_choose_window(struct az_comparison *c,
                               struct az_baseline_test *test);

/* baseline-provenance.c */

/* Whether the runs that TEST's row is compared with prove something
   (az_gate_check_kept), and agree with it in what the budgets' provenance wants
   to agree.  If not, a finding (provenance-*) says so, and TEST is unsound. */
bool az_baseline_check_provenance(struct az_comparison *c,
                                  struct az_baseline_test *test);

/* baseline-memory.c */

/* Which comparisons failed before, by the history. */
struct az_baseline_memory {
    const struct az_gate *gate;
    struct az_map last; /* metric and environment -> struct last_commit; none
                           without a history */
};

/* Whether there are a history and the name of the commit that is judged, though
   the history may know nothing of it: what fails is remembered by it. */
static inline bool
az_baseline_has_history(const struct az_baseline_memory *memory)
{
    return memory->gate->commit_runs != NULL;
}

/* What the gate's history has for C. */
void az_baseline_remember(struct az_baseline_memory *ret,
                          const struct az_comparison *c);
/* Whether another run of the commit failed too, or the commit before it on the
   branch. */
bool az_baseline_is_confirmed(const struct az_baseline_memory *memory,
                              const struct az_baseline_test *test);
/* Whether two other runs of the commit failed, of different values, or one that
   blocked: that another one passes is chance. */
bool az_baseline_failed_before(const struct az_baseline_memory *memory,
                               const struct az_baseline_test *test);
/* The worst value of the runs of the commit that failed, in the base unit
   *RET_UNIT; that is NULL if one is not known.  At least one must have failed
   (az_baseline_failed_before). */
struct az_decimal az_baseline_worst(const struct az_baseline_memory *memory,
                                    const struct az_baseline_test *test,
                                    const struct az_unit **ret_unit);

/* baseline-decide.c */

/* Decides on the row of each test, with findings (baseline-*). */
void az_comparison_decide(struct az_comparison *c);

/* Decides that TEST's row could not be held against RULE, which stands at NODE
   of the budgets, for REASON: a skip, but no verdict where the policy requires
   a baseline, or where there are runs enough, but of another level. */
void az_baseline_decide_impossible(struct az_comparison *c,
                                   const struct az_baseline_test *test,
                                   struct az_str rule,
                                   const struct az_node *node,
                                   const char *reason);

/* The finding ID at the value of TEST's row, or at its budget where it has
   none. */
struct az_diag *az_baseline_report(struct az_comparison *c,
                                   const struct az_baseline_test *test,
                                   enum az_diag_id id,
                                   enum az_severity severity,
                                   const char *message);

/* baseline-unmatched.c */

/* Findings of what the baseline has and nobody measured (baseline-vanished),
   and, of a run that is to be promoted, of what the baseline does not have
   (baseline-new). */
void az_comparison_report_unmatched(struct az_comparison *c);

/* drift.c */

/* The fewest and the most runs of a level. */
#define AZ_LEVEL_RUNS_MIN 5
#define AZ_LEVEL_RUNS_MAX 50

/* What the policy, baseline_regression, says of slow changes. */
struct az_drift_rule {
    const struct az_node *node;
    struct az_decimal percent;
    size_t window; /* runs of a level, within the two limits */
};

/* False if it says nothing of them, or what its schema refuses. */
bool az_drift_rule_read(struct az_arena *arena, const struct az_node *policy,
                        struct az_drift_rule *ret);

/* Holds the level of each test's row against its anchor. */
void az_comparison_drift(struct az_comparison *c);

/* A level that was held, and the last run that held it. */
struct az_run_level {
    struct az_decimal base; /* in base units */
    const struct az_run_point *last;
};

/* The best median of WINDOW runs of SERIES in a row, the first of equal ones;
   false if it has not so many.  WINDOW is at most AZ_LEVEL_RUNS_MAX. */
bool az_runs_best_window(struct az_arena *arena,
                         const struct az_run_series *series, size_t window,
                         bool higher_is_better, struct az_run_level *ret);

/* Whether level A is better than B. */
bool az_level_is_better(struct az_decimal a, struct az_decimal b,
                        bool higher_is_better);

#endif
