/* How many commits in a row were over a warning threshold.
   SPDX-License-Identifier: MIT */

#include "gate/streak.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/arena.h"

/* The number of COMMIT, given if it has none. */
static size_t
number_commit(struct az_streaks *streaks, struct az_str commit)
{
    bool is_new;
    struct az_map_entry *entry = az_map_put(&streaks->commits, commit, &is_new);

    if (is_new)
        entry->value = (void *)(uintptr_t)streaks->commits.count;
    return (size_t)(uintptr_t)entry->value - 1;
}

static void
add_row(struct az_streaks *streaks, struct az_point point)
{
    const struct az_record_row *row = point.row;
    struct az_map_entry *entry = az_map_put(
        &streaks->tracks,
        az_map_pair_key(streaks->arena, row->metric, row->environment), NULL);
    struct az_track *track = entry->value;

    if (track == NULL) {
        track = AZ_NEW(streaks->arena, struct az_track);
        track->metric = row->metric;
        track->environment = row->environment;
        entry->value = track;
    }
    track->points = az_arena_grow(streaks->arena, track->points, track->count,
                                  &track->capacity, sizeof *track->points);
    track->points[track->count++] = point;
}

/* By commit, then as they came. */
static int
compare_points(const void *a, const void *b)
{
    const struct az_point *left = a, *right = b;

    if (left->commit != right->commit)
        return left->commit < right->commit ? -1 : 1;
    if (left->run != right->run)
        return left->run < right->run ? -1 : 1;
    return left->row < right->row ? -1 : left->row > right->row;
}

/* Makes the points of each commit one. */
static void
merge_points(struct az_track *track)
{
    struct az_point *points = track->points;
    size_t i, kept = 0;

    qsort(points, track->count, sizeof *points, compare_points);
    for (i = 1; i < track->count; i++) {
        const struct az_point *point = &points[i];

        if (point->commit != points[kept].commit) {
            points[++kept] = *point;
            continue;
        }
        if (point->row->status >= points[kept].row->status) {
            points[kept].row = point->row;
            points[kept].run = point->run;
        }
        if (point->regression > points[kept].regression)
            points[kept].regression = point->regression;
    }
    track->count = kept + 1;
}

void
az_streaks_begin(struct az_streaks *ret, struct az_arena *arena)
{
    ret->arena = arena;
    az_map_init(&ret->commits, arena);
    az_map_init(&ret->tracks, arena);
}

/* Adds the rows of RECORD, the one with number RUN, that are LEAST or worse. */
static void
add_rows(struct az_streaks *streaks, const struct az_record *record, size_t run,
         enum az_record_status least)
{
    size_t commit = number_commit(streaks, record->commit);

    for (size_t i = 0; i < record->row_count; i++)
        if (record->rows[i].status >= least)
            add_row(streaks, (struct az_point){ commit, run, &record->rows[i],
                                                record->rows[i].regression });
}

void
az_streaks_add(struct az_streaks *streaks, const struct az_record *record,
               size_t run)
{
    add_rows(streaks, record, run, AZ_RECORD_PASS);
}

void
az_streaks_add_elsewhere(struct az_streaks *streaks,
                         const struct az_record *record, size_t run)
{
    if (az_map_find(&streaks->commits, record->commit) != NULL)
        add_rows(streaks, record, run, AZ_RECORD_WARN);
}

void
az_streaks_end(struct az_streaks *streaks)
{
    size_t i;

    for (i = 0; i < streaks->tracks.count; i++)
        merge_points(streaks->tracks.entries[i].value);
}

void
az_streaks_init(struct az_streaks *ret, struct az_arena *arena,
                const struct az_history *history, struct az_str profile,
                struct az_str branch)
{
    const struct az_record *records = history->records;
    size_t i;

    az_streaks_begin(ret, arena);
    for (i = 0; i < history->count; i++)
        if (az_str_eq(records[i].profile, profile) &&
            az_str_eq(records[i].branch, branch))
            az_streaks_add(ret, &records[i], i);
    for (i = 0; i < history->count; i++)
        if (az_str_eq(records[i].profile, profile) &&
            !az_str_eq(records[i].branch, branch))
            az_streaks_add_elsewhere(ret, &records[i], i);
    az_streaks_end(ret);
}

const struct az_track *
az_streaks_track(const struct az_streaks *streaks, struct az_str metric,
                 struct az_str environment)
{
    return az_map_get(&streaks->tracks,
                      az_map_pair_key(streaks->arena, metric, environment));
}

/* The first point of TRACK at commit number COMMIT or behind it. */
static size_t
find_point(const struct az_track *track, size_t commit)
{
    size_t low = 0, high = track == NULL ? 0 : track->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (track->points[middle].commit < commit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Names the last commits of RET, of which COMMIT is the last and the others are
   the points of TRACK before number AT. */
static void
name_commits(const struct az_streaks *streaks, const struct az_track *track,
             size_t at, struct az_str commit, struct az_streak *ret)
{
    struct az_str *names;
    size_t i;

    ret->named = ret->count < AZ_STREAK_NAMED ? ret->count : AZ_STREAK_NAMED;
    names = az_arena_array(streaks->arena, ret->named, sizeof *names);
    for (i = 0; i + 1 < ret->named; i++)
        names[i] = streaks->commits
                       .entries[track->points[at - ret->named + 1 + i].commit]
                       .key;
    names[i] = commit;
    ret->commits = names;
    ret->first = ret->count == 1
                     ? commit
                     : streaks->commits
                           .entries[track->points[at - ret->count + 1].commit]
                           .key;
}

struct az_streak
az_streak_at(const struct az_streaks *streaks, struct az_str metric,
             struct az_str environment, struct az_str commit,
             enum az_record_status status)
{
    const struct az_track *track =
        az_streaks_track(streaks, metric, environment);
    const struct az_map_entry *known = az_map_find(&streaks->commits, commit);
    size_t number = known != NULL ? (size_t)(uintptr_t)known->value - 1
                                  : streaks->commits.count;
    size_t at = find_point(track, number), before = at;
    struct az_streak ret = { .count = 0 };

    if (track != NULL && at < track->count &&
        track->points[at].commit == number &&
        track->points[at].row->status > status)
        status = track->points[at].row->status;
    if (status < AZ_RECORD_WARN)
        return ret;
    while (before > 0 &&
           track->points[before - 1].row->status >= AZ_RECORD_WARN)
        before--;
    ret.count = at - before + 1;
    name_commits(streaks, track, at, commit, &ret);
    return ret;
}
