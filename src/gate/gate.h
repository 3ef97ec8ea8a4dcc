/* The gate: budgets and measurements in, rows and one verdict out.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_GATE_H
#define AZ_GATE_GATE_H

#include <stddef.h>

#include "core/diag.h"
#include "core/node.h"
#include "core/str.h"
#include "core/verdict.h"
#include "gate/constituent.h"
#include "gate/history.h"
#include "gate/row.h"
#include "gate/runs.h"
#include "measure/log.h"

/* Bytes of the name of a commit in messages, reasons and the closing line. */
#define AZ_COMMIT_SHOWN 12

/* What is judged.  Documents have been read and checked against their schemas
   and rules before; nothing here relies on it. */
struct az_gate_input {
    const struct az_document *budgets;             /* performance budgets */
    const struct az_document *const *measurements; /* budget summaries */
    size_t measurement_count;
    const struct az_log *log;         /* read; NULL: there is none */
    bool log_whole;                   /* all of it could be read */
    const struct az_document *corpus; /* what a log is held against, or NULL */
    struct az_str profile; /* the one that is judged; one of the budgets' */
    const struct az_str *require_metrics; /* must be measured, skip or not */
    size_t require_count;
    const char *commit;        /* what the measurements must be of, or NULL */
    const char *commit_source; /* who says so: "--commit", "HEAD" */
    /* Runs of benchmarks, or of metrics: what is compared with, and what is
       compared; NULL: not asked for, or not to be had. */
    const struct az_document *baseline;
    const struct az_document *current;
    bool values_only; /* nothing is compared with a baseline */
    /* A run that was saved, whose values are judged in place of measurements,
       and what it is compared with, read already (NULL: nothing yet): whether
       it may be a baseline.  NULL: not asked. */
    const struct az_run *saved;
    const struct az_runs *saved_in;
    const struct az_runs *accepted;
    /* Runs that are kept beside the one that is judged: what is compared
       exactly has one value for a commit in all of them.  NULL: not asked. */
    const struct az_runs *kept;
    const char *today; /* YYYY-MM-DD; NULL lets every "until" be past */
    const char *now;   /* RFC 3339; NULL: nothing is of the future */
    const char *root;  /* folder of artifacts; NULL: the working directory */
    const struct az_history *history; /* of this gate before; NULL: not asked */
    struct az_str branch;             /* whose records count, with a history */
    const struct az_document *project; /* assize.yaml, or NULL */
};

struct az_gate_result {
    struct az_arena *arena;     /* what it is made in */
    const struct az_sink *sink; /* where its findings are */
    const struct az_document *budgets;
    const char *const *logs; /* the sample logs, as findings name them */
    size_t log_count;
    const struct az_constituent_file *files; /* that are in no log */
    size_t file_count;
    struct az_row *items; /* in the order of the budgets file, hard budgets
                             first, then by environment; those in which it
                             should have been measured come last */
    size_t count;
    /* The same as they are reported: an array of objects with the fields, in
       this order: commit, profile, environment, metric_id, value, unit,
       threshold_warn, threshold_hard, status, seed_set, commands,
       artifact_paths, as in a budget summary, reason, rule, source {file, line,
       raw}, and, where they were asked for, history {streak, limit, first,
       commits} and explain.  Value and thresholds are in the budget's unit,
       exact (a time in ns where the budget's minutes have no finite decimal).
       What is unknown of a metric that was not measured is null. */
    struct az_node rows;
    struct az_counts counts;
    size_t judged;     /* rows, see az_row_is_judged */
    size_t compared;   /* benchmarks with their baseline, and judged */
    size_t not_judged; /* entries of other profiles */
    struct az_str profile;
    struct az_str commit;       /* the one commit, empty if there is none */
    struct az_str known_commit; /* its longest name, as a history has it */
    bool has_history;
    struct az_constituent constituents[AZ_CONSTITUENT_COUNT];
    enum az_verdict verdict;
};

/* A result of nothing yet, for which documents, measurements and budgets are
   asked. */
void az_gate_result_init(struct az_gate_result *result, struct az_arena *arena);

/* Judges INPUT; *RET was initialised.  Findings go to SINK: usage (unknown
   profile, unknown required metric), measurement-* (what contradicts the policy
   or itself), budget-exceeded, budget-warn, budget-missing, budget-skipped and
   nothing-judged.  The verdict is az_verdict_of of the sink as a whole, so a
   document that broke a rule before keeps it from being a pass; what the
   constituents make of it comes when they are closed. */
void az_gate_judge(struct az_arena *arena, struct az_sink *sink,
                   const struct az_gate_input *input,
                   struct az_gate_result *ret);

/* Finds those comparisons with a baseline, of BUDGETS, that could never fail
   (baseline-design), as far as that is known before anything is measured: in
   the environments that BUDGETS list, and, where a row has none, in one. */
void az_gate_check_designs(struct az_arena *arena, struct az_sink *sink,
                           const struct az_document *budgets);
/* Whether a metric of BUDGETS, which may be NULL, is compared with a baseline
   of runs. */
bool az_gate_wants_runs(const struct az_document *budgets);

/* Whether what RESULT is of has judged the value at POINTER, "value" of an
   entry, in the measurements DOCUMENT: CONTEXT is a struct az_gate_result.
   For waivers; ID is one of the gate's diagnostics. */
bool az_gate_judged(const void *context, enum az_diag_id id,
                    const struct az_document *document, const char *pointer);

/* Takes the waivers of findings into the rows: what was decided by a finding
   that is waived counts as a pass, and says by whose word.  Counts and rows of
   RESULT are made again. */
void az_gate_take_waivers(struct az_gate_result *result);

/* What a history keeps of RESULT, a run on BRANCH at TIME with VERDICT; what it
   follows and its hash are not set. */
struct az_record az_gate_record(const struct az_gate_result *result,
                                struct az_str branch, struct az_str time,
                                enum az_verdict verdict);

/* How many rows of RESULT are judged as it stands. */
size_t az_gate_count_judged(const struct az_gate_result *result);
/* Counts the rows of RESULT and makes them nodes. */
void az_gate_report_rows(struct az_gate_result *result);

/* The event log: newline-delimited JSON, one object for each row ("event":
   "row", then the row's fields) and one at the end ("event": "verdict",
   verdict, commit, profile, judged, pass, warn, fail, skip).  GENERATED_AT, an
   RFC 3339 time, stands in the last line unless it is NULL. */
struct az_str az_gate_events(struct az_arena *arena,
                             const struct az_gate_result *result,
                             const char *generated_at);

/* The summary of an optimization policy (assize-report(5)): its profiles in the
   order of the document, each with its command lines for a POSIX shell,
   features as Cargo reads them and artifact paths. */
struct az_node az_gate_optimization_summary(struct az_arena *arena,
                                            const struct az_document *policy);
/* The summary of a benchmark corpus (assize-report(5)): scenario ids, counts by
   framework, workload, profile, browser, seed and metric, and what is covered
   of that which is required.  Everything in the order of the document: names
   that are required first, as they are listed there, then others as scenarios
   bring them. */
struct az_node az_gate_corpus_summary(struct az_arena *arena,
                                      const struct az_document *corpus);

/* Appends WORD so that a POSIX shell reads it as that one word: bare when it
   is made of letters, digits and _@%+=:,./- only, else in single quotes.  A NUL
   byte, which no shell word can hold, is left out. */
void az_gate_add_shell_word(struct az_buf *buf, struct az_str word);

#endif
