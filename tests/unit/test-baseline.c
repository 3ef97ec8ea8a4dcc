/* Rows against the runs of a baseline: what the designs say, in numbers that
   are worked out beside them, and which runs they take.
   SPDX-License-Identifier: MIT */

#include "report.h"

#include <math.h>

#include "gate/gate.h"
#include "gate/runs.h"

static struct az_gate_input input;
static struct az_gate_result result;

/* A document of runs with the VALUES of metric M, words, or of each of METRICS
   where there are some; in pairs if PAIRED.  The run of the value that ends
   with
   '!' was promoted by a waiver. */
static const struct az_document *
runs_of(const char *name, const char *values, bool paired)
{
    struct az_buf runs, accepted, file;
    size_t number = 0;

    az_buf_init(&runs, arena);
    az_buf_init(&accepted, arena);
    az_buf_init(&file, arena);
    az_buf_add_c(&accepted, "");
    for (const char *p = values; *p != '\0'; number++) {
        size_t length = strcspn(p, " ");
        bool mark = length > 1 && p[length - 1] == '!';
        char digest[AZ_SHA256_SIZE];
        const char *body = az_arena_printf(
            arena,
            "\"commit\": \"%s%02zu\", \"branch\": \"m\", \"recorded_at\": "
            "\"2026-01-01T00:00:%02zuZ\", \"profile\": \"p\", %s\"sources\": "
            "[{\"file\": \"f\", \"sha256\": \"%zu\"}], \"values\": "
            "[{\"metric_id\": \"M\", \"environment\": \"e\", \"value\": %.*s, "
            "\"unit\": \"us\"}]",
            paired && name[0] == 'n' ? "now" : "c", paired ? 0 : number, number,
            paired ? az_arena_printf(arena, "\"pair\": %zu, ", number + 1) : "",
            number, (int)(mark ? length - 1 : length), p);

        az_run_digest(arena, node_of(az_arena_printf(arena, "{%s}", body)),
                      digest);
        az_buf_addf(&runs, "%s{%s, \"digest\": \"%s\"}",
                    number > 0 ? ",\n" : "", body, digest);
        if (mark)
            az_buf_addf(&accepted,
                        "%s{\"metric_id\": \"M\", \"environment\": \"e\", "
                        "\"digest\": \"%s\", \"ticket\": \"T-1\"}",
                        accepted.len > 0 ? ", " : "", digest);
        p += length + (p[length] == ' ');
    }
    az_buf_addf(&file, "{\"accepted\": [%s], \"runs\": [\n%s\n]}", accepted.p,
                runs.p);
    return named_document(name, file.p);
}

/* Judges VALUE of M, whose budget has the baseline PLAN, and the policy POLICY
   besides. */
static const struct az_row *
judge(const char *plan, const char *policy, const char *value)
{
    const char *budgets = az_arena_printf(
        arena,
        "{\"seed_set\": [1], \"hard_budgets\": [{\"metric_id\": "
        "\"S\", \"unit\": \"count\", \"when_missing\": \"skip\", \"profiles\": "
        "{\"p\": 1}}], \"operational_budgets\": ["
        "{\"metric_id\": \"M\", \"unit\": \"us\", %s, \"baseline\": {%s}}], "
        "\"baseline_regression\": {%s}}",
        strstr(plan, "higher") != NULL
            ? "\"better\": \"higher\", \"target\": 1, \"warn_threshold\": 1, "
              "\"hard_threshold\": 1"
            : "\"target\": 1000, \"warn_threshold\": 1000, "
              "\"hard_threshold\": 1000",
        plan + (strstr(plan, "higher") != NULL ? strlen("higher ") : 0),
        policy);
    static const struct az_document *files[1];
    const struct entry entry = {
        .commit = "\"now00\"",
        .profile = "\"p\"",
        .environment = "\"e\"",
        .metric_id = "\"M\"",
        .value = value,
        .unit = "\"us\"",
        .seed_set = "[1]",
    };

    files[0] = summary_of("m", &entry, 1);
    input.budgets = named_document("b", budgets);
    input.measurements = files;
    input.measurement_count = 1;
    input.profile = AZ_STR("p");
    az_gate_result_init(&result, arena);
    az_gate_judge(arena, &sink, &input, &result);
    for (size_t i = 0; i < result.count; i++)
        if (az_str_eq_c(result.items[i].budget->metric, "M"))
            return &result.items[i];
    ck_abort_msg("no row: %s", findings_text(AZ_INFO));
}

static bool
close_to(double got, double want)
{
    return (isnan(want) && isnan(got)) ||
           fabs(got - want) <= fabs(want) * 1e-9 + 1e-13;
}

#define FIVE     "7.21 7.32 7.15 7.27 7.24"
#define CREEP    "100 101.1 101.9 103.0 104.1"
#define INTERVAL "\"design\": \"interval\""
#define PAIRS    "\"design\": \"pairs\""

/* L97 and L104 are three per cent below and four above L100. */
#define L100 "100 100.4 99.7 100.2 99.9 100.1"
#define L104 "103.8 104.3 103.9 104.2 104 104.1"
#define L97  "97 97.4 96.7 97.2 96.9 97.1"

/* P(T > t) is 1/2 - s (3 - s^2) / 4 with s = t / sqrt(4 + t^2) for 4 degrees of
   freedom, and 1/2 - (a + sin a cos a) / pi with a = atan(t / sqrt 3) for 3. */
static const struct {
    const char *label;
    const char *plan;
    const char *policy;
    const char *runs;
    const char *value;
    enum az_row_status status;
    double change; /* NaN: not compared */
    double p;      /* NaN: no chance in it */
    double adjusted;
} intervals[] = {
    { "worse, p by df 4", INTERVAL, "", FIVE, "7.95", AZ_ROW_FAIL,
      0.09840387341645984, 0.00031420162335382695, 0.00031420162335382695 },
    { "sure, and less than counts", INTERVAL, "", FIVE, "7.5", AZ_ROW_PASS,
      0.03623006926081107, 0.010565762273802681, 0.010565762273802681 },
    { "what counts is less", INTERVAL ", \"min_effect_pct\": 3", "", FIVE,
      "7.5", AZ_ROW_FAIL, 0.03623006926081107, 0.010565762273802681,
      0.010565762273802681 },
    { "sure enough at no lower rate", INTERVAL ", \"min_effect_pct\": 3",
      "\"familywise_error_rate\": 0.01", FIVE, "7.5", AZ_ROW_PASS,
      0.03623006926081107, 0.010565762273802681, 0.010565762273802681 },
    { "it may warn only", INTERVAL ", \"on_regression\": \"warn\"", "", FIVE,
      "7.95", AZ_ROW_WARN, 0.09840387341645984, 0.00031420162335382695,
      0.00031420162335382695 },
    { "lower is worse", "higher " INTERVAL, "", FIVE, "7.95", AZ_ROW_PASS,
      -0.09840387341645984, 0.9996857983766462, 0.9996857983766462 },
    { "noise may be as large", INTERVAL, "", "5 9 7 4 11", "9", AZ_ROW_PASS,
      0.3362566003300693, 0.2788518054780823, 0.2788518054780823 },
    { "but must not", INTERVAL ", \"max_detectable_pct\": 20", "", "5 9 7 4 11",
      "9", AZ_ROW_NO_VERDICT, 0.3362566003300693, 0.2788518054780823,
      0.2788518054780823 },
    { "a threshold below the noise cannot block",
      INTERVAL ", \"min_effect_pct\": 0", "", "5 9 7 4 11", "9.9", AZ_ROW_PASS,
      NAN, NAN, NAN },
    { "beyond hard_factor, and within the noise", INTERVAL, "", "5 9 7 4 11",
      "11", AZ_ROW_NO_VERDICT, NAN, NAN, NAN },
    { "beyond a larger one it passes", INTERVAL ", \"hard_factor\": 2", "",
      "5 9 7 4 11", "11", AZ_ROW_PASS, NAN, NAN, NAN },
    { "all equal: in decimals, at", INTERVAL, "", "7 7 7 7 7", "7.35",
      AZ_ROW_PASS, 0.05, NAN, NAN },
    { "all equal: in decimals, above", INTERVAL, "", "7 7 7 7 7",
      "7.350000000000000000000000001", AZ_ROW_FAIL, 0.05, NAN, NAN },
    { "a run too few", INTERVAL, "", "7.21 7.32 7.15 7.27", "7.95", AZ_ROW_PASS,
      NAN, NAN, NAN },
    { "which must be compared", INTERVAL, "\"required\": true",
      "7.21 7.32 7.15 7.27", "7.95", AZ_ROW_NO_VERDICT, NAN, NAN, NAN },
    { "better, and too few of that: all are compared",
      INTERVAL ", \"min_runs\": 7", "", L100 " " L97, "97.5", AZ_ROW_PASS, NAN,
      NAN, NAN },
    { "worse, and too few before", INTERVAL ", \"min_runs\": 7", "",
      L100 " " L104, "97.5", AZ_ROW_NO_VERDICT, NAN, NAN, NAN },
    { "on a line: df 3, and it warns", INTERVAL, "", CREEP, "103.5",
      AZ_ROW_WARN, 0.014606618598517418, 0.00032359283840943665,
      0.00032359283840943665 },
    { "a step on a line", INTERVAL,
      "\"familywise_error_rate\": 0.01", /* p without it: .025 */
      "100 101.1 101.9 103.0 104.1", "109", AZ_ROW_FAIL, NAN, NAN, NAN },
    { "a line for the better tells nothing", "higher " INTERVAL, "", CREEP,
      "103.5", AZ_ROW_PASS, -0.014606618598517418, NAN, NAN },
};

START_TEST(test_interval)
{
    const struct az_row *row;

    input.baseline = runs_of("base", intervals[_i].runs, false);
    row = judge(intervals[_i].plan, intervals[_i].policy, intervals[_i].value);
    ck_assert_msg(az_row_status(row) == intervals[_i].status, "%s: %s: %s",
                  intervals[_i].label, az_row_status_name(az_row_status(row)),
                  findings_text(AZ_INFO));
    if (isnan(intervals[_i].change))
        return;
    ck_assert_ptr_nonnull(row->baseline);
    ck_assert_msg(close_to(row->baseline->change, intervals[_i].change),
                  "%s: change %.17g", intervals[_i].label,
                  row->baseline->change);
    if (intervals[_i].plan[0] == 'h' && isnan(intervals[_i].p))
        return;
    ck_assert_msg(close_to(row->baseline->p, intervals[_i].p) &&
                      close_to(row->baseline->adjusted, intervals[_i].adjusted),
                  "%s: p %.17g, adjusted %.17g", intervals[_i].label,
                  row->baseline->p, row->baseline->adjusted);
}
END_TEST

/* Which runs are taken: how many, the first, and whether it is told that they
   creep. */
static const struct {
    const char *label;
    const char *runs;
    const char *value;
    size_t count;
    const char *first;
    bool warns;
    enum az_row_status status;
} windows[] = {
    { "one level", L100, "100", 6, "c00", false, AZ_ROW_PASS },
    { "a single bad run is no level", L100 " 109 100.3 99.8 100.2 99.7", "100",
      11, "c00", false, AZ_ROW_PASS },
    { "better", L100 " " L97, "98", 6, "c06", false, AZ_ROW_PASS },
    { "and what was good is not", L100 " " L97, "102.5", 6, "c06", false,
      AZ_ROW_FAIL },
    { "worse", L100 " " L104, "104", 6, "c00", true, AZ_ROW_WARN },
    { "and worse again", L100 " " L104, "108", 6, "c00", true, AZ_ROW_FAIL },
    { "worse, and accepted", L100 " 104! " L104, "108", 7, "c06", false,
      AZ_ROW_PASS },
    { "the fifth run of it was", L100 " 103.8 104.3 103.9 104.2 104! 104.1",
      "108", 6, "c06", false, AZ_ROW_PASS },
    { "the sixth is too late", L100 " 103.8 104.3 103.9 104.2 104 104.1!",
      "108", 6, "c00", true, AZ_ROW_FAIL },
    { "accepted before", "100! 100.4! 99.7! 100.2! 99.9! 100.1! " L104, "108",
      6, "c00", true, AZ_ROW_FAIL },
    { "up and back", L100 " " L104 " " L100, "100", 6, "c12", false,
      AZ_ROW_PASS },
    { "up, and back by half",
      L100 " " L104 " 101 101.4 100.7 101.2 100.9 101.1", "106", 6, "c00",
      false, AZ_ROW_FAIL },
    { "up, down, and up again", L100 " " L97 " " L100, "103", 6, "c06", true,
      AZ_ROW_FAIL },
    { "better, of wild runs: nothing is sure",
      L100 " " L100 " " L100 " 80 99 84 96 87 90", "100", 24, "c00", false,
      AZ_ROW_PASS },
};

START_TEST(test_window)
{
    const struct az_row *row;
    const char *label = windows[_i].label;

    input.baseline = runs_of("base", windows[_i].runs, false);
    row = judge(INTERVAL, "", windows[_i].value);
    ck_assert_msg(row->baseline != NULL, "%s: %s", label,
                  findings_text(AZ_INFO));
    ck_assert_msg(row->baseline->runs == windows[_i].count &&
                      az_str_eq_c(row->baseline->first, windows[_i].first),
                  "%s: %zu runs since %.*s: %s", label, row->baseline->runs,
                  AZ_STR_ARG(row->baseline->first), row->baseline->window);
    ck_assert_msg((find_finding("baseline-trend") != NULL) == windows[_i].warns,
                  "%s: %s", label, findings_text(AZ_INFO));
    ck_assert_msg(az_row_status(row) == windows[_i].status, "%s: %s", label,
                  az_row_status_name(az_row_status(row)));
}
END_TEST

/* One per cent from run to run, with a noise of up to 0.4: a step by five is
   never passed, however many runs there are. */
START_TEST(test_step_on_a_drift)
{
    struct az_buf runs;
    double level = 100;

    az_buf_init(&runs, arena);
    for (int i = 0; i < _i; i++, level *= 1.01)
        az_buf_addf(&runs, "%s%.3f", i > 0 ? " " : "",
                    level * (1 + (i * 7 % 5 - 2) / 500.0));
    input.baseline = runs_of("base", runs.p, false);
    ck_assert_int_eq(
        az_row_status(
            judge(INTERVAL, "", az_arena_printf(arena, "%.3f", level * 1.05))),
        AZ_ROW_FAIL);
}
END_TEST

/* The levels of five runs, that of the value among them, and the anchor: the
   best five in a row. */
static const struct {
    const char *label;
    const char *runs;
    const char *value;
    enum az_row_status status;
} drifts[] = {
    { "at", "10 10 10 10 10 11 11", "11", AZ_ROW_PASS },
    { "at, as the median", "10 10 10 10 10 11 11 12", "12", AZ_ROW_PASS },
    { "above", "10 10 10 10 10 11.1 11.1", "11.1", AZ_ROW_FAIL },
    { "by a hair", "10 10 10 10 10 11 11", "11.000000000000000000001",
      AZ_ROW_PASS },
    { "and again", "10 10 10 10 10 11.000000000000000000001 12", "13",
      AZ_ROW_FAIL },
    { "one value is no level", "10 10 10 10 10 10", "90", AZ_ROW_PASS },
    { "too few", "10 10 10", "90", AZ_ROW_PASS },
};

START_TEST(test_drift)
{
    const struct az_row *row;

    input.baseline = runs_of("base", drifts[_i].runs, false);
    row =
        judge("\"design\": \"exact\", \"max_change_pct\": 900",
              "\"drift\": {\"max_pct\": 10, \"window\": 5}", drifts[_i].value);
    ck_assert_msg(az_row_status(row) == drifts[_i].status, "%s: %s: %s",
                  drifts[_i].label, az_row_status_name(az_row_status(row)),
                  findings_text(AZ_INFO));
}
END_TEST

#define BASE "10 10.2 9.9 10.1 10 10.3 9.8 10.1"

/* Of 256 patterns of signs one has a sum as large, or 139 have; the change is
   the geometric mean of the ratios. */
static const struct {
    const char *label;
    const char *plan;
    const char *now;
    enum az_row_status status;
    double change;
    double p;
} pairs[] = {
    { "one pattern of 256", PAIRS, "11 11.3 10.8 11.0 11.1 11.2 10.9 11.0",
      AZ_ROW_FAIL, 0.09828054977007272, 1 / 256.0 },
    { "139 patterns", PAIRS, "10.6 10.5 10.5 10.4 10.7 10.6 10.2 10.9",
      AZ_ROW_PASS, 0.04969127561231623, 139 / 256.0 },
    { "exactly what is allowed, eight times", PAIRS,
      "10.5 10.71 10.395 10.605 10.5 10.815 10.29 10.605", AZ_ROW_PASS, 0.05,
      1 },
    { "too few", PAIRS ", \"min_pairs\": 9",
      "11 11.3 10.8 11.0 11.1 11.2 10.9 11.0", AZ_ROW_PASS, NAN, NAN },
};

START_TEST(test_pairs)
{
    const struct az_row *row;

    input.baseline = runs_of("base", BASE, true);
    input.current = runs_of("now", pairs[_i].now, true);
    row = judge(pairs[_i].plan, "", "11");
    ck_assert_msg(az_row_status(row) == pairs[_i].status, "%s: %s: %s",
                  pairs[_i].label, az_row_status_name(az_row_status(row)),
                  findings_text(AZ_INFO));
    if (isnan(pairs[_i].p))
        return;
    ck_assert_msg(close_to(row->baseline->p, pairs[_i].p) &&
                      close_to(row->baseline->change, pairs[_i].change),
                  "%s: p %.17g, change %.17g", pairs[_i].label,
                  row->baseline->p, row->baseline->change);
}
END_TEST

/* Whether the policy is one that can fail: P(T > 10 / sqrt 1.2) with 4 degrees
   of freedom is .000399; 2^-5 is .03125. */
static const struct {
    const char *label;
    const char *plan;
    const char *policy;
    bool sound;
} policies[] = {
    { "five runs", INTERVAL, "\"familywise_error_rate\": 0.0004", true },
    { "out of reach", INTERVAL, "\"familywise_error_rate\": 0.00039", false },
    { "more runs", INTERVAL ", \"min_runs\": 6",
      "\"familywise_error_rate\": 0.00039", true },
    { "of warnings", INTERVAL ", \"on_regression\": \"warn\"",
      "\"false_discovery_rate\": 0.00039", false },
    { "no rate", INTERVAL, "\"familywise_error_rate\": 0", false },
    { "always", PAIRS, "\"familywise_error_rate\": 1", false },
    { "five pairs", PAIRS ", \"min_pairs\": 5",
      "\"familywise_error_rate\": 0.03125", true },
    { "too few", PAIRS ", \"min_pairs\": 5",
      "\"familywise_error_rate\": 0.03124", false },
};

START_TEST(test_policy)
{
    input.baseline = runs_of("base", FIVE, false);
    judge(policies[_i].plan, policies[_i].policy, "7.2");
    ck_assert_msg((find_finding("baseline-design") == NULL) ==
                      policies[_i].sound,
                  "%s: %s", policies[_i].label, findings_text(AZ_INFO));
}
END_TEST

/* A family: each of its budgets counts, also those that were not measured, so
   one value alone is held to the rate over as many.  Holm's procedure for those
   that block, Benjamini and Hochberg's for those that warn, each for itself. */
static const struct {
    const char *label;
    const char *others; /* budgets */
    bool blocks;        /* M's */
    double factor;      /* of its p */
} families[] = {
    { "alone", "", true, 1 },
    { "with one that blocks", "i", true, 2 },
    { "with three", "iii", true, 4 },
    { "with one that warns", "w", true, 1 },
    { "and one of each", "iw", true, 2 },
    { "exact ones are no tests", "eei", true, 2 },
    { "it warns", "", false, 1 },
    { "with one more that warns", "w", false, 2 },
    { "and others that block", "iiw", false, 2 },
};

START_TEST(test_family)
{
    struct az_buf plan;
    const struct az_row *row;
    const char *label = families[_i].label;

    az_buf_init(&plan, arena);
    az_buf_addf(&plan, "%s", INTERVAL);
    if (!families[_i].blocks)
        az_buf_add_c(&plan, ", \"on_regression\": \"warn\"");
    for (const char *p = families[_i].others; *p != '\0'; p++)
        az_buf_addf(&plan,
                    "}}, {\"metric_id\": \"O%d\", \"unit\": \"us\", "
                    "\"target\": 9, \"warn_threshold\": 9, "
                    "\"hard_threshold\": 9, \"when_missing\": \"skip\", "
                    "\"baseline\": {\"design\": \"%s\"%s",
                    (int)(p - families[_i].others),
                    *p == 'e' ? "exact" : "interval",
                    *p == 'w' ? ", \"on_regression\": \"warn\"" : "");
    /* the braces of the last budget are judge's */
    input.baseline = runs_of("base", FIVE, false);
    row = judge(plan.p, "", "7.95");
    ck_assert_ptr_nonnull(row->baseline);
    ck_assert_msg(close_to(row->baseline->p, 0.00031420162335382695) &&
                      close_to(row->baseline->adjusted,
                               families[_i].factor * row->baseline->p),
                  "%s: p %.17g, adjusted %.17g", label, row->baseline->p,
                  row->baseline->adjusted);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("baseline");
    TCase *tcase = new_case(suite, "baseline");

    tcase_add_loop_test(tcase, test_interval, 0, COUNT(intervals));
    tcase_add_loop_test(tcase, test_window, 0, COUNT(windows));
    tcase_add_loop_test(tcase, test_step_on_a_drift, 5, 60);
    tcase_add_loop_test(tcase, test_drift, 0, COUNT(drifts));
    tcase_add_loop_test(tcase, test_pairs, 0, COUNT(pairs));
    tcase_add_loop_test(tcase, test_family, 0, COUNT(families));
    tcase_add_loop_test(tcase, test_policy, 0, COUNT(policies));
    return run_suite(suite);
}
