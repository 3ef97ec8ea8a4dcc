/* Streaks: which commits in a row were over a warning threshold.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <stdio.h>

#include "gate/streak.h"

/* Runs, the last of which is the one that is judged: a commit, how its row was
   (p: pass, w: warn, f: fail, s: skipped, m: missing, -: it has no such row),
   and where else than usual: '@' another branch, '#' another profile, '%'
   another environment, '!' another metric. */
struct row {
    const char *label;
    const char *runs;
    const char *expected; /* count, first, commits */
};

static const struct row rows[] = {
    { "first run, pass", "Ap", "0" },
    { "first run, warn", "Aw", "1 A (A)" },
    { "first run, over the hard limit", "Af", "1 A (A)" },
    { "two passes", "Ap Bp", "0" },
    { "pass, then warn", "Ap Bw", "1 B (B)" },
    { "two warns", "Aw Bw", "2 A (A B)" },
    { "three warns", "Aw Bw Cw", "3 A (A B C)" },
    { "a pass resets", "Aw Bp Cw", "1 C (C)" },
    { "a pass now", "Aw Bw Cp", "0" },
    { "a hard breach counts", "Af Bw", "2 A (A B)" },
    { "and now", "Aw Bf", "2 A (A B)" },
    { "two hard breaches", "Af Bf", "2 A (A B)" },
    { "a skip does not reset", "Aw Bs Cw", "2 A (A C)" },
    { "nor many", "Aw Bs Cs Ds Ew", "2 A (A E)" },
    { "a skip does not count", "As Bw", "1 B (B)" },
    { "what is missing does not reset", "Aw Bm Cw", "2 A (A C)" },
    { "nor count", "Am Bw", "1 B (B)" },
    { "a run without the row does not reset", "Aw B- Cw", "2 A (A C)" },
    { "a rerun does not count", "Aw Aw", "1 A (A)" },
    { "nor many", "Aw Aw Aw Aw", "1 A (A)" },
    { "nor before another commit", "Aw Aw Bw", "2 A (A B)" },
    { "nor behind it", "Aw Bw Bw", "2 A (A B)" },
    { "the worst run counts: it was worse", "Aw Ap", "1 A (A)" },
    { "it was over the hard limit", "Af Ap", "1 A (A)" },
    { "over the hard limit, now a warn", "Af Aw", "1 A (A)" },
    { "it was better", "Ap Aw", "1 A (A)" },
    { "it was better, and another since", "Ap Aw Bw", "2 A (A B)" },
    { "it was worse, and another since", "Aw Ap Bw", "2 A (A B)" },
    { "passing by a rerun does not reset", "Aw Bw Bp", "2 A (A B)" },
    { "nor afterwards", "Aw Bw Bp Cw", "3 A (A B C)" },
    { "a rerun after a skip", "As Aw", "1 A (A)" },
    { "an older commit again, at its own place", "Aw Bw Cw Aw", "1 A (A)" },
    { "the middle one", "Aw Bw Cw Bw", "2 A (A B)" },
    { "an older one that passed", "Ap Bw Cw Aw", "1 A (A)" },
    { "an older one that passes is worse for those behind", "Ap Bw Cw Aw Cw",
      "3 A (A B C)" },
    { "an older one's pass does not end the newest's streak", "Aw Bw Ap Cw",
      "3 A (A B C)" },
    { "the newest again", "Ap Bw Cw Cw", "2 B (B C)" },
    { "an older one that was first seen without the row", "A- Bw Aw Cw",
      "3 A (A B C)" },
    { "the same as the one judged", "A- Bw Aw", "1 A (A)" },
    { "another branch is apart", "Aw@ Bw", "1 B (B)" },
    { "both branches", "Aw Bw@ Cw@ Dw", "2 A (A D)" },
    { "the same commit on another branch", "Aw Aw@ Bw@", "2 A (A B)" },
    { "a pass on another branch", "Aw Bp@ Cw", "2 A (A C)" },
    { "a commit that was worse on another branch", "Aw@ Ap", "0" },
    { "and another since", "Aw@ Ap Bw", "2 A (A B)" },
    { "worse on another branch later", "Ap Aw@ Bw", "2 A (A B)" },
    { "and passing on another", "Aw Ap@ Bw", "2 A (A B)" },
    { "another profile is apart", "Aw# Bw", "1 B (B)" },
    { "a pass of another profile", "Aw Bp# Cw", "2 A (A C)" },
    { "another environment is apart", "Aw% Bw", "1 B (B)" },
    { "a pass in another environment", "Aw Bp% Cw", "2 A (A C)" },
    { "another metric is apart", "Aw! Bw", "1 B (B)" },
    { "a pass of another metric", "Aw Bp! Cw", "2 A (A C)" },
    { "up and down", "Aw Bp Cw Dw Ep Fw Gw", "2 F (F G)" },
};

static struct az_history history;

/* The record of a run, and its only row; ROW->status is that of a skip where
   it is not there. */
static struct az_record
record_of(const char *run, struct az_record_row *row)
{
    static const char letters[] = "smpwf";
    const char *letter = strchr(letters, run[1]);
    struct az_record record = {
        .commit = az_arena_str(arena, (struct az_str){ run, 1 }),
        .branch = AZ_STR("main"),
        .profile = AZ_STR("core-min"),
        .rows = row,
        .row_count = letter != NULL,
    };

    *row = (struct az_record_row){ .metric = AZ_STR("M"),
                                   .environment = AZ_STR("E"),
                                   .value = AZ_STR("1"),
                                   .unit = AZ_STR("us") };
    if (letter != NULL)
        row->status = (enum az_record_status)(letter - letters);
    switch (run[2]) {
    case '@':
        record.branch = AZ_STR("topic");
        break;
    case '#':
        record.profile = AZ_STR("core");
        break;
    case '%':
        row->environment = AZ_STR("E2");
        break;
    case '!':
        row->metric = AZ_STR("M2");
        break;
    }
    return record;
}

/* The last run of RUNS; those before are added to the history. */
static struct az_record
read_runs(const char *runs)
{
    struct az_record record;

    az_history_init(&history, arena);
    for (;;) {
        struct az_record_row *row = AZ_NEW(arena, struct az_record_row);
        const char *next = strchr(runs, ' ');

        record = record_of(runs, row);
        if (next == NULL)
            return record;
        az_history_add(&history, &record);
        runs = next + 1;
    }
}

static const char *
spell(const struct az_streak *streak)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    az_buf_addf(&buf, "%zu", streak->count);
    if (streak->count > 0) {
        az_buf_addf(&buf, " %.*s (", AZ_STR_ARG(streak->first));
        for (i = 0; i < streak->named; i++)
            az_buf_addf(&buf, "%s%.*s", i == 0 ? "" : " ",
                        AZ_STR_ARG(streak->commits[i]));
        az_buf_add_char(&buf, ')');
    }
    return buf.p;
}

static struct az_streak
judge(const struct az_record *last)
{
    struct az_streaks streaks;

    az_streaks_init(&streaks, arena, &history, last->profile, last->branch);
    return az_streak_at(&streaks, last->rows[0].metric,
                        last->rows[0].environment, last->commit,
                        last->rows[0].status);
}

START_TEST(streak_of_runs)
{
    const struct row *row = &rows[_i];
    struct az_record last = read_runs(row->runs);
    struct az_streak streak = judge(&last);

    ck_assert_msg(strcmp(spell(&streak), row->expected) == 0,
                  "%s: '%s' gives '%s', not '%s'", row->label, row->runs,
                  spell(&streak), row->expected);
}
END_TEST

/* Only the last commits of a long streak are named; the first always is. */
START_TEST(long_streak)
{
    enum { COMMITS = 200 };
    struct az_record last = read_runs("x-");
    struct az_record_row row;
    struct az_streak streak;
    unsigned i;

    for (i = 0; i < COMMITS; i++) {
        struct az_record record;
        struct az_record_row *kept = AZ_NEW(arena, struct az_record_row);

        record = record_of("Aw", kept);
        record.commit = az_str_from(az_arena_printf(arena, "commit-%u", i));
        az_history_add(&history, &record);
    }
    last = record_of("Zw", &row);
    streak = judge(&last);
    ck_assert_uint_eq(streak.count, COMMITS + 1);
    ck_assert(az_str_eq_c(streak.first, "commit-0"));
    ck_assert_uint_eq(streak.named, AZ_STREAK_NAMED);
    ck_assert(az_str_eq_c(streak.commits[0], "commit-137"));
    ck_assert(az_str_eq_c(streak.commits[AZ_STREAK_NAMED - 1], "Z"));
}
END_TEST

/* A metric's name and an environment's cannot be taken for others that read
   the same together. */
START_TEST(names_do_not_run_together)
{
    struct az_streaks streaks;

    read_runs("Aw x-");
    az_streaks_init(&streaks, arena, &history, AZ_STR("core-min"),
                    AZ_STR("main"));
    ck_assert_ptr_nonnull(az_streaks_track(&streaks, AZ_STR("M"), AZ_STR("E")));
    ck_assert_ptr_null(az_streaks_track(&streaks, AZ_STR("ME"), AZ_STR("")));
    ck_assert_ptr_null(az_streaks_track(&streaks, AZ_STR(""), AZ_STR("ME")));
}
END_TEST

/* What is known of a commit is that of its worst run. */
START_TEST(points_are_the_worst_runs)
{
    struct az_streaks streaks;
    const struct az_track *track;

    read_runs("Ap Bw Af Ap Bp x-");
    az_streaks_init(&streaks, arena, &history, AZ_STR("core-min"),
                    AZ_STR("main"));
    track = az_streaks_track(&streaks, AZ_STR("M"), AZ_STR("E"));
    ck_assert_uint_eq(track->count, 2);
    ck_assert_uint_eq(track->points[0].commit, 0);
    ck_assert_uint_eq(track->points[0].run, 2);
    ck_assert_uint_eq(track->points[0].row->status, AZ_RECORD_FAIL);
    ck_assert_uint_eq(track->points[1].commit, 1);
    ck_assert_uint_eq(track->points[1].run, 1);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("streak");
    TCase *tcase = new_case(suite, "streak");

    tcase_add_loop_test(tcase, streak_of_runs, 0,
                        sizeof(rows) / sizeof(rows[0]));
    tcase_add_test(tcase, long_streak);
    tcase_add_test(tcase, names_do_not_run_together);
    tcase_add_test(tcase, points_are_the_worst_runs);
    return run_suite(suite);
}
