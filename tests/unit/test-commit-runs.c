/* What a history has of one commit.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <string.h>

#include "core/decimal.h"
#include "gate/commit-runs.h"

#define COMMIT "5e1f0c2a9d4b7836e0a1c5f29b84d7603f6a1e52"

/* A run of one row: of COMMIT, main, core-min, M in E, us, if nothing else is
   said. */
struct run {
    char as; /* s, m, p, w or f: its status; 0 behind the last run */
    const char *value;
    const char *unit;
    const char *commit;
    const char *branch;
    const char *profile;
    const char *metric;
    const char *environment;
};

/* What the runs are asked for is M in E. */
static const struct row {
    const char *label;
    struct run runs[4];
    const char *want;
} rows[] = {
    { "one run", { { .as = 'p', .value = "7" } }, "pass 7000 7000" },
    { "the worst status",
      { { .as = 'w', .value = "9" },
        { .as = 'f', .value = "13" },
        { .as = 'p', .value = "7" } },
      "fail 7000 13000" },
    { "the worst value is no other's status",
      { { .as = 'f', .value = "1" }, { .as = 'p', .value = "2" } },
      "fail 1000 2000" },
    { "in several units",
      { { .as = 'p', .value = "7" },
        { .as = 'w', .value = "0.008", .unit = "ms" } },
      "warn 7000 8000" },
    { "in units of two dimensions",
      { { .as = 'p', .value = "7" },
        { .as = 'w', .value = "8", .unit = "MiB" } },
      "warn ?" },
    { "and back",
      { { .as = 'p', .value = "7" },
        { .as = 'w', .value = "8", .unit = "MiB" },
        { .as = 'p', .value = "9" } },
      "warn ?" },
    { "in a unit that nobody knows",
      { { .as = 'p', .value = "7", .unit = "blinks" },
        { .as = 'p', .value = "9" } },
      "pass ?" },
    { "skipped", { { .as = 's' } }, "skip ?" },
    { "missed",
      { { .as = 'm' }, { .as = 'p', .value = "3" } },
      "pass 3000 3000" },
    { "on another branch",
      { { .as = 'f', .value = "13", .branch = "topic" } },
      "fail 13000 13000" },
    { "of another profile",
      { { .as = 'f', .value = "13", .profile = "full-dev" } },
      "skip ?" },
    { "of another commit",
      { { .as = 'f', .value = "13", .commit = "6e1f0c2a9d4b" } },
      "skip ?" },
    { "of another metric",
      { { .as = 'f', .value = "13", .metric = "N" } },
      "skip ?" },
    { "in another environment",
      { { .as = 'f', .value = "13", .environment = "F" },
        { .as = 'p', .value = "7" } },
      "pass 7000 7000" },
    { "under a short name",
      { { .as = 'f', .value = "13", .commit = "5e1f0c2a9d4b" } },
      "fail 13000 13000" },
    { "in capitals",
      { { .as = 'f', .value = "13", .commit = "5E1F0C2A9D4B" } },
      "fail 13000 13000" },
};

static struct az_str
given(const char *text, const char *usual)
{
    return az_str_from(text != NULL ? text : usual);
}

static void
add_runs(struct az_history *history, const struct run *runs)
{
    static const char letters[] = "smpwf";

    az_history_init(history, arena);
    for (size_t i = 0; i < 4 && runs[i].as != 0; i++) {
        struct az_record_row *row = AZ_NEW(arena, struct az_record_row);

        *row = (struct az_record_row){
            .metric = given(runs[i].metric, "M"),
            .environment = given(runs[i].environment, "E"),
            .value = given(runs[i].value, ""),
            .unit = given(runs[i].unit, "us"),
            .status =
                (enum az_record_status)(strchr(letters, runs[i].as) - letters),
        };
        az_history_add(history,
                       &(struct az_record){
                           .commit = given(runs[i].commit, COMMIT),
                           .branch = given(runs[i].branch, "main"),
                           .profile = given(runs[i].profile, "core-min"),
                           .rows = row,
                           .row_count = 1,
                       });
    }
}

/* The runs of M in E: the worst status, and from where to where the
   values go, or a question mark. */
static const char *
spell(const struct az_commit_runs *runs)
{
    struct az_commit_extent extent = az_commit_rows_extent(
        arena, az_commit_runs_find(runs, AZ_STR("M"), AZ_STR("E")));
    const char *status = az_record_status_name(extent.worst);

    if (extent.unit == NULL)
        return az_arena_printf(arena, "%s ?", status);
    return az_arena_printf(arena, "%s %s %s", status,
                           az_decimal_print(arena, extent.least).p,
                           az_decimal_print(arena, extent.most).p);
}

START_TEST(worst_run_of_a_commit)
{
    const struct row *row = &rows[_i];
    struct az_history history;
    struct az_commit_runs runs;

    add_runs(&history, row->runs);
    az_commit_runs_init(&runs, arena, &history, AZ_STR("core-min"),
                        AZ_STR(COMMIT));
    ck_assert_msg(strcmp(spell(&runs), row->want) == 0, "%s: %s", row->label,
                  spell(&runs));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("commit-runs");
    TCase *tcase = new_case(suite, "commit-runs");

    tcase_add_loop_test(tcase, worst_run_of_a_commit, 0,
                        sizeof(rows) / sizeof(rows[0]));
    return run_suite(suite);
}
