/* How many commits in a row were over a warning threshold.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_STREAK_H
#define AZ_GATE_STREAK_H

#include "core/map.h"
#include "gate/history.h"

/* Commits of a streak that are named: its last ones. */
#define AZ_STREAK_NAMED 64

/* A commit at which a metric was judged in an environment. */
struct az_point {
    size_t commit; /* its number, from 0 */
    size_t run;    /* the number of the record, from 0 */
    /* of its runs the worst by status; of equally bad ones the last */
    const struct az_record_row *row;
    enum az_regression regression; /* the worst of its runs */
};

/* A metric in an environment. */
struct az_track {
    struct az_str metric;
    struct az_str environment;
    struct az_point *points; /* by number of the commit, each commit once */
    size_t count;
    size_t capacity;
};

/* The records of one branch and profile, and those that other branches have of
   its commits.  Commits are numbered as they come first on the branch, so that
   a commit that is judged again keeps its place. */
struct az_streaks {
    struct az_arena *arena;
    struct az_map commits; /* name -> its number + 1, as a pointer */
    struct az_map tracks;
};

/* The streaks of HISTORY for PROFILE and BRANCH. */
void az_streaks_init(struct az_streaks *ret, struct az_arena *arena,
                     const struct az_history *history, struct az_str profile,
                     struct az_str branch);

/* The same piece by piece, for whoever wants several at once: nothing yet; then
   each RECORD of the branch and the profile, with its number RUN, numbers
   rising; then those of other branches, of which only what was over a threshold
   counts, of commits that the branch has; and the end, before which nothing is
   asked. */
void az_streaks_begin(struct az_streaks *ret, struct az_arena *arena);
void az_streaks_add(struct az_streaks *streaks, const struct az_record *record,
                    size_t run);
void az_streaks_add_elsewhere(struct az_streaks *streaks,
                              const struct az_record *record, size_t run);
void az_streaks_end(struct az_streaks *streaks);

/* NULL if the metric was never judged there. */
const struct az_track *az_streaks_track(const struct az_streaks *streaks,
                                        struct az_str metric,
                                        struct az_str environment);

/* Where a commit stands. */
struct az_streak {
    /* commits in a row that were over a threshold, up to and with this one */
    size_t count;
    struct az_str first; /* of them; empty if there is none */
    /* the last of them, AZ_STREAK_NAMED at most, the oldest first */
    const struct az_str *commits;
    size_t named;
};

/* The streak at COMMIT, whose METRIC in ENVIRONMENT has in this run the status
   STATUS (at least AZ_RECORD_PASS); the worst of its runs counts.  A commit
   that was not judged before stands behind all others. */
struct az_streak az_streak_at(const struct az_streaks *streaks,
                              struct az_str metric, struct az_str environment,
                              struct az_str commit,
                              enum az_record_status status);

#endif
