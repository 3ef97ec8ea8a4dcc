/* A gate of which nothing was measured: what it would compare.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_UNMEASURED_H
#define AZ_GATE_UNMEASURED_H

#include "gate/baseline.h"

struct az_unmeasured {
    struct az_sink unheard; /* what is wrong with the budgets besides */
    struct az_gate_input input;
    struct az_gate_result result;
    struct az_gate gate;
    struct az_comparison comparison; /* its base is the caller's to set */
    struct az_map rows; /* metrics and environments of RESULT's rows */
};

/* A gate of PROFILE, which stays where it is.  False if it would refuse BUDGETS
   or PROFILE. */
bool az_unmeasured_begin(struct az_unmeasured *ret, struct az_arena *arena,
                         const struct az_document *budgets,
                         struct az_str profile);
/* Adds the row of METRIC in ENVIRONMENT, unless it is not compared. */
void az_unmeasured_add(struct az_unmeasured *gate, struct az_str metric,
                       struct az_str environment);
/* Adds those that the budgets list, makes tests of all, and says whether each
   of them could fail; false after findings (baseline-design) in SINK. */
bool az_unmeasured_check(struct az_unmeasured *gate, struct az_sink *sink);

#endif
