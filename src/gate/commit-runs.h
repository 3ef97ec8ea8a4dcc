/* What a history has of one commit.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_COMMIT_RUNS_H
#define AZ_GATE_COMMIT_RUNS_H

#include "core/decimal.h"
#include "core/map.h"
#include "gate/history.h"
#include "measure/unit.h"

/* The rows that the runs of the commit have of a metric, the oldest first; in
   the arena of struct az_commit_runs. */
struct az_commit_rows {
    struct az_commit_row {
        const struct az_record_row *row;
        enum az_verdict verdict; /* of its run: waivers may have let it pass */
    } * items;
    size_t count;
    size_t capacity;
};

/* The runs of a commit with a profile. */
struct az_commit_runs {
    struct az_arena *arena;
    struct az_map rows; /* metric and environment -> struct az_commit_rows */
};

/* Takes those records of HISTORY, which has to stay, that are of PROFILE and
   COMMIT, under whichever of its names and on whichever branch: what was built
   is the same. */
void az_commit_runs_init(struct az_commit_runs *ret, struct az_arena *arena,
                         const struct az_history *history,
                         struct az_str profile, struct az_str commit);

/* The rows of METRIC in ENVIRONMENT; perhaps none. */
struct az_commit_rows az_commit_runs_find(const struct az_commit_runs *runs,
                                          struct az_str metric,
                                          struct az_str environment);

/* The value of ROW in the base unit *RET_UNIT, which is NULL where either is
   not known. */
struct az_decimal az_record_row_value(struct az_arena *arena,
                                      const struct az_record_row *row,
                                      const struct az_unit **ret_unit);

/* How far those of a commit's rows go that were measured; each may be another
   run's. */
struct az_commit_extent {
    enum az_record_status worst; /* AZ_RECORD_SKIP: none was measured */
    /* The base unit of their values; NULL: some cannot be compared. */
    const struct az_unit *unit;
    /* In base units; not set where none was measured. */
    struct az_decimal least;
    struct az_decimal most;
};

/* The rows of ROWS whose runs did not pass. */
struct az_commit_rows az_commit_rows_failed(struct az_arena *arena,
                                            struct az_commit_rows rows);

struct az_commit_extent az_commit_rows_extent(struct az_arena *arena,
                                              struct az_commit_rows rows);

#endif
