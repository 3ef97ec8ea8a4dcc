/* Runs that are kept: made of what a gate judged, summed up, and what their
   levels do to the anchors.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_SAVING_H
#define AZ_GATE_SAVING_H

#include "gate/gate.h"
#include "gate/runs.h"

/* What a run says of itself besides its values. */
struct az_run_origin {
    struct az_str branch;
    struct az_str recorded_at; /* RFC 3339, UTC */
    size_t pair;               /* 0: it is no part of a pair */
    struct az_node sources;    /* array of {file, sha256} */
};

/* The run of the values that RESULT has judged, with its digest; null if it has
   none. */
struct az_node az_run_make(struct az_arena *arena,
                           const struct az_gate_result *result,
                           const struct az_run_origin *origin);

/* The anchors of RUNS, those that are there in their order and new ones behind
   them, as an array: for each metric that BUDGETS know, the best level of
   baseline_regression.drift.window runs in a row, where that is better than the
   anchor or there is none.  Without "drift" they stay as they are.
   *RET_CHANGED tells how many are other ones. */
struct az_node az_anchors_improve(struct az_arena *arena,
                                  const struct az_document *budgets,
                                  const struct az_runs *runs,
                                  size_t *ret_changed);

/* The series of RUNS, which BUDGETS govern, as rows of a report,
   assize-report(5): of each what a gate compares with, as far as that is known
   without the commit that it judges.  BUDGETS may be NULL: it compares with
   nothing then. */
struct az_node az_runs_summary(struct az_arena *arena,
                               const struct az_document *budgets,
                               const struct az_runs *runs);

/* What was measured, of runs that were noted. */
struct az_measured {
    struct az_map files; /* profile and digests -> struct az_measured_list */
};

/* Nothing noted yet. */
void az_measured_init(struct az_measured *measured, struct az_arena *arena);

/* Notes RUN, which is borrowed.  The one noted before that is of the same
   measurement: the same files of the same commit and profile; NULL if there is
   none. */
const struct az_run *az_measured_note(struct az_measured *measured,
                                      const struct az_run *run);

#endif
