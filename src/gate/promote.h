/* Whether a run that was saved may be a part of the baseline.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_PROMOTE_H
#define AZ_GATE_PROMOTE_H

#include "core/build.h"
#include "gate/gate.h"

/* What speaks against a run's value of a metric in an environment. */
struct az_objection {
    const struct az_diag *finding; /* baseline-promote */
    struct az_str metric;
    struct az_str environment;
};

/* A run that is to be promoted, and what was said against it. */
struct az_candidate {
    const struct az_run *run;
    struct az_objection *objections;
    size_t count;
    size_t capacity;
    bool present;  /* the baseline has it already */
    bool unjudged; /* a finding says why it could not be judged */
};

/* Judges CANDIDATE as a gate with INPUT does, of which "saved" is its run: by
   the budgets, and by the runs that were accepted.  Findings go to SINK; what
   is worse than allowed is one at the run's value (baseline-promote), one for
   each row, whatever it is worse than. */
void az_candidate_judge(struct az_arena *arena, struct az_sink *sink,
                        const struct az_gate_input *input,
                        struct az_candidate *candidate);

/* Adds to LIST, of the member "accepted" of a document of runs, what waivers
   let CANDIDATE be promoted with: an object for each value. */
void az_candidate_accept(const struct az_candidate *candidate,
                         struct az_builder *list);

/* "present", "refused", "waived" or "accepted", once waivers were applied. */
const char *az_candidate_status(const struct az_candidate *candidate);

#endif
