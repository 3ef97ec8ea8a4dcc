/* Runs of a baseline: what is read, and what is refused.
   SPDX-License-Identifier: MIT */

#include "report.h"

#include "core/arena.h"
#include "gate/baseline.h"
#include "gate/runs.h"

#define DIGEST                                                                 \
    "1102e4dc8c666a317519b6bc5c7d669cc570bf51a662d52fe86cc1ebfac353cb"
#define VALUE                                                                  \
    "{\"metric_id\": \"M\", \"environment\": \"e\", \"value\": 7.5, "          \
    "\"unit\": \"us\"}"
#define HEAD                                                                   \
    "\"commit\": \"c1\", \"branch\": \"m\", \"recorded_at\": "                 \
    "\"2026-01-01T00:00:00Z\", \"profile\": \"p\", \"sources\": [], "
#define RUN(values)                                                            \
    "{\"digest\": \"" DIGEST "\", " HEAD "\"values\": [" values "]}"

/* The same run in other words, and others. */
static const struct {
    const char *label;
    const char *run;
    bool same;
} digests[] = {
    { "as it is", RUN(VALUE), true },
    { "another order of keys",
      "{\"values\": [{\"unit\": \"us\", \"value\": 7.5, \"metric_id\": \"M\", "
      "\"environment\": \"e\"}], " HEAD "\"digest\": \"x\"}",
      true },
    { "another spelling of a number",
      RUN("{\"metric_id\": \"M\", \"environment\": \"e\", \"value\": 75.0e-1, "
          "\"unit\": \"us\"}"),
      true },
    { "another spelling of a text",
      RUN("{\"metric_id\": \"\\u004d\", \"environment\": \"e\", \"value\": "
          "7.5, \"unit\": \"us\"}"),
      true },
    { "another value",
      RUN("{\"metric_id\": \"M\", \"environment\": \"e\", \"value\": 7.4, "
          "\"unit\": \"us\"}"),
      false },
    { "another unit",
      RUN("{\"metric_id\": \"M\", \"environment\": \"e\", \"value\": 7.5, "
          "\"unit\": \"ms\"}"),
      false },
    { "one more value", RUN(VALUE ", " VALUE), false },
    { "a pair", "{\"pair\": 1, " HEAD "\"values\": [" VALUE "]}", false },
};

START_TEST(test_digest)
{
    char digest[AZ_SHA256_SIZE];

    az_run_digest(arena, node_of(digests[_i].run), digest);
    ck_assert_msg((strcmp(digest, DIGEST) == 0) == digests[_i].same, "%s: %s",
                  digests[_i].label, digest);
}
END_TEST

/* Levels of five runs in a row, and the last run of the best. */
static const struct {
    const char *label;
    const char *values;
    bool higher;
    const char *level; /* NULL: none */
    const char *last;
} windows[] = {
    { "too few", "9 8 7 6", false, NULL, NULL },
    { "as many as it takes", "9 5 7 6 8", false, "7", "8" },
    { "one low value is no level", "9 9 9 9 1 9 9", false, "9", "1" },
    { "the lowest in the middle", "9 9 4 5 4 6 4 9 9", false, "4", "4" },
    { "the highest", "1 9 8 9 8 9 1 1 1", true, "9", "9" },
    { "the first of equal ones", "3 3 3 3 5 3 3 3 3 6", false, "3", "5" },
};

START_TEST(test_window)
{
    const char *values = windows[_i].values;
    struct az_run_series series = { .points = NULL };
    struct az_run_level level;
    bool found;

    while (*values != '\0') {
        size_t length = strcspn(values, " ");
        struct az_run_value *value = AZ_NEW(arena, struct az_run_value);

        ck_assert(az_decimal_parse(arena, (struct az_str){ values, length },
                                   &value->base));
        series.points = az_arena_grow(arena, series.points, series.count,
                                      &series.capacity, sizeof *series.points);
        series.points[series.count++] = (struct az_run_point){ .value = value };
        values += length + strspn(values + length, " ");
    }
    found = az_runs_best_window(arena, &series, 5, windows[_i].higher, &level);
    ck_assert_msg(found == (windows[_i].level != NULL), "%s",
                  windows[_i].label);
    if (!found)
        return;
    ck_assert_msg(
        az_str_eq_c(az_decimal_print(arena, level.base), windows[_i].level),
        "%s: level", windows[_i].label);
    ck_assert_msg(az_str_eq_c(az_decimal_print(arena, level.last->value->base),
                              windows[_i].last),
                  "%s: last", windows[_i].label);
}
END_TEST

static const struct {
    const char *label;
    const char *text;
    const char *findings;
} broken[] = {
    { "sound", "{\"runs\": [" RUN(VALUE) "]}", "" },
    { "no runs", "{\"runs\": []}", "baseline-shape r:1:10 /runs; " },
    { "no list", "{}", "baseline-shape r:1:1 ; baseline-shape r:1:1 ; " },
    { "changed",
      "{\"runs\": [{\"digest\": \"" DIGEST "\", \"pair\": 1, " HEAD
      "\"values\": [" VALUE "]}]}",
      "baseline-digest r:1:22 /runs/0/digest; " },
    { "twice", "{\"runs\": [" RUN(VALUE) ",\n" RUN(VALUE) "]}",
      "baseline-shape r:2:1 /runs/1; " },
    { "an alias of an alias",
      "{\"runs\": [" RUN(VALUE) "],\n\"aliases\": [{\"from\": \"M\", \"to\": "
                                "\"N\"},\n{\"from\": \"N\", \"to\": \"O\"}]}",
      "baseline-alias r:3:1 /aliases/1; " },
    { "an alias of two",
      "{\"runs\": [" RUN(VALUE) "],\n\"aliases\": [{\"from\": \"M\", \"to\": "
                                "\"N\"},\n{\"from\": \"M\", \"to\": \"O\"}]}",
      "baseline-alias r:3:1 /aliases/1; " },
    { "two anchors",
      "{\"runs\": [" RUN(VALUE) "],\n\"anchors\": [{\"profile\": \"p\", "
                                "\"metric_id\": \"M\", \"environment\": \"e\", "
                                "\"value\": 1, \"unit\": "
                                "\"us\"},\n{\"profile\": \"p\", \"metric_id\": "
                                "\"M\", \"environment\": "
                                "\"e\", \"value\": 1, \"unit\": \"us\"}]}",
      "baseline-shape r:3:1 /anchors/1; " },
};

START_TEST(test_broken)
{
    struct az_runs runs;
    bool sound =
        az_runs_read(arena, &sink, named_document("r", broken[_i].text), &runs);

    ck_assert_msg(sound == (*broken[_i].findings == '\0'), "%s: sound",
                  broken[_i].label);
    ck_assert_msg(strcmp(findings_text(AZ_INFO), broken[_i].findings) == 0,
                  "%s: %s", broken[_i].label, findings_text(AZ_INFO));
}
END_TEST

/* The run of 2026-01-01T00:00:00Z, and what the time is. */
static const struct {
    const char *now;
    const char *findings;
} nows[] = {
    { NULL, "" },
    { "2026-01-01T00:00:01Z", "" },
    { "2026-01-01T00:00:00Z", "" },
    { "2025-12-31T23:59:59Z", "baseline-shape r:1:136 /runs/0/recorded_at; " },
};

START_TEST(test_future)
{
    struct az_runs runs;

    ck_assert(az_runs_read(arena, &sink,
                           named_document("r", "{\"runs\": [" RUN(VALUE) "]}"),
                           &runs));
    ck_assert(az_runs_check_time(&sink, &runs, nows[_i].now) ==
              (*nows[_i].findings == '\0'));
    ck_assert_str_eq(findings_text(AZ_INFO), nows[_i].findings);
}
END_TEST

START_TEST(test_series)
{
    struct az_runs runs;
    const struct az_run_series *series;

    ck_assert(az_runs_read(
        arena, &sink,
        named_document("r", "{\"aliases\": [{\"from\": \"M\", \"to\": "
                            "\"N\"}], \"runs\": [" RUN(VALUE) "]}"),
        &runs));
    ck_assert_ptr_null(
        az_runs_series(&runs, AZ_STR("p"), AZ_STR("M"), AZ_STR("e")));
    ck_assert_ptr_null(
        az_runs_series(&runs, AZ_STR("q"), AZ_STR("N"), AZ_STR("e")));
    series = az_runs_series(&runs, AZ_STR("p"), AZ_STR("N"), AZ_STR("e"));
    ck_assert_ptr_nonnull(series);
    ck_assert_uint_eq(series->count, 1);
    ck_assert_uint_eq(series->pair_count, 0);
    ck_assert_str_eq(az_decimal_print(arena, series->points[0].value->base).p,
                     "7500");
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("runs");
    TCase *tcase = tcase_create("runs");

    suite_add_tcase(suite, tcase);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_window, 0, COUNT(windows));
    tcase_add_loop_test(tcase, test_digest, 0, COUNT(digests));
    tcase_add_loop_test(tcase, test_broken, 0, COUNT(broken));
    tcase_add_loop_test(tcase, test_future, 0, COUNT(nows));
    tcase_add_test(tcase, test_series);
    return run_suite(suite);
}
