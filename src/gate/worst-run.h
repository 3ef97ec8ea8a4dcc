/* What a commit was at its worst, by a history.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_WORST_RUN_H
#define AZ_GATE_WORST_RUN_H

#include "core/decimal.h"
#include "core/map.h"
#include "gate/history.h"
#include "measure/unit.h"

/* A metric in an environment, over all runs of a commit that measured it. */
struct az_worst_run {
    enum az_record_status status; /* at least AZ_RECORD_PASS */
    /* Of all values, in the base unit; NULL: some cannot be compared. */
    const struct az_unit *unit;
    struct az_decimal least;
    struct az_decimal most;
};

/* The runs of a commit. */
struct az_worst_runs {
    struct az_arena *arena;
    struct az_map by_row; /* metric and environment -> struct az_worst_run */
};

/* Takes those records of HISTORY that are of PROFILE and COMMIT, under
   whichever of its names and on whichever branch: what was built is the same.
 */
void az_worst_runs_init(struct az_worst_runs *ret, struct az_arena *arena,
                        const struct az_history *history, struct az_str profile,
                        struct az_str commit);

/* Of METRIC in ENVIRONMENT, in any if that is empty; NULL if no run measured
   it. */
const struct az_worst_run *az_worst_runs_find(const struct az_worst_runs *runs,
                                              struct az_str metric,
                                              struct az_str environment);

#endif
