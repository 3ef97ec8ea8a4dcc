/* Derived metrics: formulas, rounding, and the rows they make.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "report.h"

#include "core/decimal.h"
#include "core/limits.h"
#include "gate/derived.h"
#include "gate/gate.h"

static struct az_decimal
decimal(const char *text)
{
    struct az_decimal value;

    ck_assert(az_decimal_parse(arena, az_str_from(text), &value));
    return value;
}

/* A fraction, the limits it is shown beside, and how. */
static const struct {
    const char *label, *numerator, *denominator, *limits[2], *shown;
    bool exact;
} shown[] = {
    { "a third", "1", "3", { "1" }, "0.333", false },
    { "whole", "8", "4", { "1" }, "2", true },
    { "at the limit", "33.5", "100", { "0.335" }, "0.335", true },
    { "a hair above, of three",
      "1000000001",
      "1000000000",
      { "1" },
      "1.001",
      false },
    { "a hair below", "999999999", "1000000000", { "1" }, "0.999", false },
    { "half a step, to the even one", "10005", "10000", { "9" }, "1", false },
    { "half a step above a limit", "10005", "10000", { "1" }, "1.001", false },
    { "a limit with many places",
      "1",
      "3",
      { "0.333333" },
      "0.3333333",
      false },
    { "a limit that is its rounding",
      "1",
      "3",
      { "0.33333333" },
      "0.333333333",
      false },
    { "two limits a step apart",
      "10",
      "3",
      { "3.333", "3.334" },
      "3.3333",
      false },
    { "just above the lower of two",
      "30000000001",
      "10000000000",
      { "3", "3.001" },
      "3.0001",
      false },
    { "just below the upper of two",
      "30009999999",
      "10000000000",
      { "3", "3.001" },
      "3.0009",
      false },
    { "a hair above zero", "1", "100000000", { "0" }, "0.001", false },
    { "a hair below zero", "-1", "100000000", { "0" }, "-0.001", false },
    { "zero", "0", "7", { "0" }, "0", true },
    { "large",
      "1e30",
      "3",
      { "12" },
      "3.33333333333333333333333333333333e+29",
      false },
    { "large limits",
      "5e20",
      "1",
      { "1e20", "1e21" },
      "500000000000000000000",
      true },
};

START_TEST(never_contradicts_by_rounding)
{
    struct az_fraction fraction = { decimal(shown[_i].numerator),
                                    decimal(shown[_i].denominator) };
    struct az_decimal limits[2], value;
    size_t count = 0;
    bool exact;

    for (; count < 2 && shown[_i].limits[count] != NULL; count++)
        limits[count] = decimal(shown[_i].limits[count]);
    value = az_fraction_round(arena, fraction, limits, count, &exact);
    ck_assert_msg(az_str_eq_c(az_decimal_print(arena, value), shown[_i].shown),
                  "%s: %s", shown[_i].label, az_decimal_print(arena, value).p);
    ck_assert_msg(exact == shown[_i].exact, "%s", shown[_i].label);
    for (size_t i = 0; i < count; i++) {
        int order = az_fraction_compare(arena, fraction, limits[i]);
        int seen = az_decimal_compare(value, limits[i]);

        ck_assert_msg((order > 0) == (seen > 0) && (order < 0) == (seen < 0),
                      "%s: %zu", shown[_i].label, i);
    }
}
END_TEST

/* A fraction, and what it is rounded to where nothing may pass for that. */
static const struct {
    const char *label, *numerator, *denominator, *down, *up;
} bounds[] = {
    { "a whole number", "7", "1", "7", "7" },
    { "a decimal", "1", "8", "0.125", "0.125" },
    { "a third", "1", "3", "0.333333333333", "0.333333333334" },
    { "two thirds", "2", "3", "0.666666666666", "0.666666666667" },
    { "below zero", "-1", "3", "-0.333333333334", "-0.333333333333" },
    { "two thirds below zero", "-2", "3", "-0.666666666667",
      "-0.666666666666" },
    { "less than has a place", "1", "3000000000000", "0", "0.000000000001" },
    { "many places and no denominator", "0.12345678901234567", "1",
      "0.12345678901234567", "0.12345678901234567" },
};

START_TEST(bounds_by_rounding)
{
    const struct az_fraction fraction = { decimal(bounds[_i].numerator),
                                          decimal(bounds[_i].denominator) };
    struct az_decimal down = az_fraction_bound(arena, fraction, false);
    struct az_decimal up = az_fraction_bound(arena, fraction, true);

    ck_assert_msg(az_decimal_compare(down, decimal(bounds[_i].down)) == 0,
                  "%s: %s", bounds[_i].label, az_decimal_print(arena, down).p);
    ck_assert_msg(az_decimal_compare(up, decimal(bounds[_i].up)) == 0, "%s: %s",
                  bounds[_i].label, az_decimal_print(arena, up).p);
}
END_TEST

/* A budget of D, then what is measured of A, B and C, "value unit", with the
   fields that a row may change. */
static const struct {
    const char *label;
    const char *budget; /* unit, derived, limit and more */
    const char *value[3], *unit[3];
    struct entry second; /* beside value and unit, of B */
    const char *row;
    const char *finding; /* the first warning or error that is about D */
} rows[] = {
    { "overhead, at",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "105", "100" },
      { "ms", "ms" },
      { 0 },
      "D desktop pass 5 % (5 <= 5 %)",
      NULL },
    { "overhead, in two units, a hair above",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "105.000000000001", "100000" },
      { "ms", "us" },
      { 0 },
      "D desktop fail 5.001 % (5.001 (rounded) > 5 %)",
      "budget-exceeded" },
    { "overhead, below zero",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "90", "100" },
      { "ms", "ms" },
      { 0 },
      "D desktop pass -10 % (-10 <= 5 %)",
      NULL },
    { "overhead over zero",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "90", "0" },
      { "count", "count" },
      { 0 },
      "D desktop no-verdict null % "
      "('B', by which is divided, is not above zero)",
      "derived-undefined" },
    { "overhead over less than zero",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "90", "-1" },
      { "%", "%" },
      { 0 },
      "D desktop no-verdict null % "
      "('B', by which is divided, is not above zero)",
      "derived-undefined" },
    { "ratio, thirds",
      "\"unit\": \"ratio\", \"derived\": {\"ratio\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 0.333}",
      { "1", "3" },
      { "MiB", "MiB" },
      { 0 },
      "D desktop fail 0.3333 ratio (0.3333 (rounded) > 0.333 ratio)",
      "budget-exceeded" },
    { "ratio, a floor, at",
      "\"unit\": \"ratio\", \"better\": \"higher\", \"derived\": {\"ratio\": "
      "{\"of\": \"A\", \"over\": \"B\"}}, \"profiles\": {\"p\": 0.5}",
      { "1", "2" },
      { "s", "s" },
      { 0 },
      "D desktop pass 0.5 ratio (0.5 >= 0.5 ratio)",
      NULL },
    { "ratio, a floor, below",
      "\"unit\": \"ratio\", \"better\": \"higher\", \"derived\": {\"ratio\": "
      "{\"of\": \"A\", \"over\": \"B\"}}, \"profiles\": {\"p\": 0.5}",
      { "1", "2.0000000001" },
      { "s", "s" },
      { 0 },
      "D desktop fail 0.499 ratio (0.499 (rounded) < 0.5 ratio)",
      "budget-exceeded" },
    { "difference, in a third unit",
      "\"unit\": \"KiB\", \"derived\": {\"difference\": {\"of\": \"A\", "
      "\"over\": \"B\"}}, \"profiles\": {\"p\": 1}",
      { "3", "1024" },
      { "KiB", "bytes" },
      { 0 },
      "D desktop fail 2 KiB (2 > 1 KiB)",
      "budget-exceeded" },
    { "difference, in minutes",
      "\"unit\": \"min\", \"derived\": {\"difference\": {\"of\": \"A\", "
      "\"over\": \"B\"}}, \"profiles\": {\"p\": 1}",
      { "61", "1" },
      { "s", "s" },
      { 0 },
      "D desktop pass 60000000000 ns (60000000000 <= 60000000000 ns)",
      NULL },
    { "growth, the worst is in the middle",
      "\"unit\": \"%\", \"derived\": {\"growth\": [{\"metric\": \"A\", \"at\": "
      "1}, {\"metric\": \"B\", \"at\": 10}, {\"metric\": \"C\", \"at\": 50}]}, "
      "\"profiles\": {\"p\": 10}",
      { "100", "1200", "5500" },
      { "KiB", "KiB", "KiB" },
      { 0 },
      "D desktop fail 20 % (20 > 10 %)",
      "budget-exceeded" },
    { "growth, the worst is the last, exactly at",
      "\"unit\": \"%\", \"derived\": {\"growth\": [{\"metric\": \"A\", \"at\": "
      "2}, {\"metric\": \"B\", \"at\": 10}, {\"metric\": \"C\", \"at\": 50}]}, "
      "\"profiles\": {\"p\": 10}",
      { "200", "1050", "5500" },
      { "KiB", "KiB", "KiB" },
      { 0 },
      "D desktop pass 10 % (10 <= 10 %)",
      NULL },
    { "growth of what should be high, the lowest",
      "\"unit\": \"%\", \"better\": \"higher\", \"derived\": {\"growth\": "
      "[{\"metric\": \"A\", \"at\": 1}, {\"metric\": \"B\", \"at\": 2}, "
      "{\"metric\": \"C\", \"at\": 4}]}, \"profiles\": {\"p\": -5}",
      { "100", "180", "390" },
      { "ops", "ops", "count" },
      { 0 },
      "D desktop fail -10 % (-10 < -5 %)",
      "budget-exceeded" },
    { "an operand is missing",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "105" },
      { "ms" },
      { 0 },
      "D desktop fail null % (not measured ('B' was not))",
      "budget-missing" },
    { "an operand is missing, which may be",
      "\"unit\": \"%\", \"when_missing\": \"skip\", \"derived\": "
      "{\"overhead\": "
      "{\"of\": \"A\", \"over\": \"B\"}}, \"profiles\": {\"p\": 5}",
      { NULL, "105" },
      { NULL, "ms" },
      { 0 },
      "D desktop skip null % (not measured, which its budget allows ('A' was "
      "not))",
      "budget-skipped" },
    { "an operand of another environment",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "105", "100" },
      { "ms", "ms" },
      { .environment = "\"mobile\"" },
      "D desktop fail null % (not measured ('B' was not)); "
      "D mobile fail null % (not measured ('A' was not))",
      "budget-missing" },
    { "an environment without any operand",
      "\"unit\": \"%\", \"environments\": [\"desktop\", \"tv\"], \"derived\": "
      "{\"overhead\": {\"of\": \"A\", \"over\": \"B\"}}, "
      "\"profiles\": {\"p\": 5}",
      { "105", "100" },
      { "ms", "ms" },
      { 0 },
      "D desktop pass 5 % (5 <= 5 %); D tv fail null % (not measured)",
      "budget-missing" },
    { "operands of two commits",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "105", "100" },
      { "ms", "ms" },
      { .commit = "\"beef00\"" },
      "D desktop no-verdict null % ('A' and 'B' are of different commits)",
      "derived-undefined" },
    { "operands of two sets of seeds",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "105", "100" },
      { "ms", "ms" },
      { .seed_set = "[11, 30]" },
      "D desktop no-verdict null % ('A' and 'B' are of different seeds)",
      "derived-undefined" },
    { "the same seeds in another order",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "105", "100" },
      { "ms", "ms" },
      { .seed_set = "[29, 11.0]" },
      "D desktop pass 5 % (5 <= 5 %)",
      NULL },
    { "operands of two dimensions",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "105", "100" },
      { "ms", "KiB" },
      { 0 },
      "D desktop fail null % (the measurement of 'B' is refused)",
      "measurement-unit" },
    { "a difference of another dimension",
      "\"unit\": \"ms\", \"derived\": {\"difference\": {\"of\": \"A\", "
      "\"over\": \"B\"}}, \"profiles\": {\"p\": 5}",
      { "105", "100" },
      { "KiB", "KiB" },
      { 0 },
      "D desktop fail null ms (the measurement of 'A' is refused)",
      "measurement-unit" },
    { "a number too long",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"p\": 5}",
      { "1e300", "100" },
      { "ns", "ns" },
      { 0 },
      "D desktop no-verdict null % "
      "('A' has a number too long to compute with)",
      "derived-undefined" },
    { "no limit for the profile",
      "\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", \"over\": "
      "\"B\"}}, \"profiles\": {\"q\": 5}",
      { "105", "100" },
      { "ms", "ms" },
      { 0 },
      "D null skip null % (the budget has no limit for the profile)",
      "budget-skipped" },
};

static struct az_gate_result result;

static void
judge(const char *budget, const struct az_document *file)
{
    struct az_gate_input input = { .measurements = &file,
                                   .measurement_count = 1,
                                   .profile = AZ_STR("p") };

    input.budgets = named_document(
        "b", az_arena_printf(arena,
                             "{\"seed_set\": [11, 29],\n\"hard_budgets\": [\n"
                             "{\"metric_id\": \"E\", \"unit\": \"%%\", "
                             "\"when_missing\": \"skip\", "
                             "\"profiles\": {\"p\": 5}},\n"
                             "{\"metric_id\": \"D\", %s}],\n"
                             "\"operational_budgets\": []}",
                             budget));
    az_gate_result_init(&result, arena);
    az_gate_judge(arena, &sink, &input, &result);
}

/* "metric environment status value unit (reason)" of all rows but E's. */
static const char *
rows_text(void)
{
    static const char *const fields[] = { "metric_id", "environment", "status",
                                          "value", "unit" };
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    for (uint32_t i = 0; i < result.rows.count; i++) {
        const struct az_node *row = &result.rows.items[i];

        if (az_node_is_string(az_node_get(row, "metric_id"), "E"))
            continue;
        az_buf_add_c(&buf, buf.len > 0 ? "; " : "");
        for (size_t k = 0; k < COUNT(fields); k++) {
            const struct az_node *node = az_node_get(row, fields[k]);

            if (node->type == AZ_STRING)
                az_buf_add(&buf, az_node_text(node));
            else
                az_buf_add_c(&buf, text_of(node));
            az_buf_add_c(&buf, " ");
        }
        az_buf_add_c(&buf, "(");
        az_buf_add(&buf, az_node_text(az_node_get(row, "reason")));
        az_buf_add_c(&buf, ")");
    }
    return buf.p;
}

START_TEST(judges_derived)
{
    static const char *const names[] = { "\"A\"", "\"B\"", "\"C\"" };
    struct entry entries[3];
    const char *text;
    size_t count = 0;

    for (size_t i = 0; i < 3; i++) {
        struct entry entry = { 0 };

        if (rows[_i].value[i] == NULL)
            continue;
        if (i == 1)
            entry = rows[_i].second;
        entry.profile = "\"p\"";
        entry.metric_id = names[i];
        entry.value = rows[_i].value[i];
        entry.unit = az_arena_printf(arena, "\"%s\"", rows[_i].unit[i]);
        entries[count++] = entry;
    }
    judge(rows[_i].budget, summary_of("m", entries, count));
    text = rows_text();
    ck_assert_msg(strcmp(text, rows[_i].row) == 0, "%s: %s", rows[_i].label,
                  text);
    if (rows[_i].finding != NULL)
        ck_assert_msg(find_finding(rows[_i].finding) != NULL, "%s: %s",
                      rows[_i].label, findings_text(AZ_INFO));
    else
        ck_assert_msg(sink.by_severity[AZ_ERROR] == 0, "%s: %s", rows[_i].label,
                      findings_text(AZ_WARNING));
    if (rows[_i].finding != NULL &&
        strcmp(rows[_i].finding, "derived-undefined") == 0)
        ck_assert_msg(az_sink_class(&sink) == AZ_CLASS_NO_VERDICT ||
                          az_sink_class(&sink) == AZ_CLASS_INPUT,
                      "%s", rows[_i].label);
    ck_assert_msg(result.counts.pass + result.counts.warn <= result.judged,
                  "%s", rows[_i].label);
}
END_TEST

/* What nothing can be derived from: the budget is left out, for good. */
static const struct {
    const char *label, *unit, *derived, *message;
} mistakes[] = {
    { "no object", "%", "[]", "'derived' is an object of one formula" },
    { "no formula", "%", "{}", "'derived' is an object of one formula" },
    { "two formulas", "%",
      "{\"ratio\": {\"of\": \"A\", \"over\": \"B\"}, \"overhead\": {\"of\": "
      "\"A\", \"over\": \"B\"}}",
      "'derived' is an object of one formula" },
    { "unknown formula", "%", "{\"sum\": {\"of\": \"A\", \"over\": \"B\"}}",
      "unknown formula 'sum'" },
    { "no 'over'", "%", "{\"overhead\": {\"of\": \"A\"}}",
      "'over' must be the id of a metric" },
    { "'of' is no name", "%", "{\"overhead\": {\"of\": 1, \"over\": \"B\"}}",
      "'of' must be the id of a metric" },
    { "operands are no object", "%", "{\"overhead\": [\"A\", \"B\"]}",
      "'of' must be the id of a metric" },
    { "held against itself", "%",
      "{\"overhead\": {\"of\": \"A\", \"over\": \"A\"}}",
      "'A' is held against itself" },
    { "ratio in per cent", "%", "{\"ratio\": {\"of\": \"A\", \"over\": \"B\"}}",
      "the budget of ratio is in 'ratio', not in '%'" },
    { "overhead as a ratio", "ratio",
      "{\"overhead\": {\"of\": \"A\", \"over\": \"B\"}}",
      "the budget of overhead is in '%', not in 'ratio'" },
    { "growth in bytes", "bytes",
      "{\"growth\": [{\"metric\": \"A\", \"at\": 1}, {\"metric\": \"B\", "
      "\"at\": 2}]}",
      "the budget of growth is in '%', not in 'bytes'" },
    { "growth of one", "%", "{\"growth\": [{\"metric\": \"A\", \"at\": 1}]}",
      "a growth needs two points or more" },
    { "growth of a pair", "%", "{\"growth\": {\"of\": \"A\", \"over\": \"B\"}}",
      "a growth needs two points or more" },
    { "growth from nothing", "%",
      "{\"growth\": [{\"metric\": \"A\", \"at\": 0}, {\"metric\": \"B\", "
      "\"at\": 2}]}",
      "'at' must be a number above zero" },
    { "growth without 'at'", "%",
      "{\"growth\": [{\"metric\": \"A\"}, {\"metric\": \"B\", \"at\": 2}]}",
      "'at' must be a number above zero" },
    { "growth that stands", "%",
      "{\"growth\": [{\"metric\": \"A\", \"at\": 2}, {\"metric\": \"B\", "
      "\"at\": 2.0}]}",
      "'at' must ascend from point to point" },
    { "growth that falls", "%",
      "{\"growth\": [{\"metric\": \"A\", \"at\": 2}, {\"metric\": \"B\", "
      "\"at\": 1}]}",
      "'at' must ascend from point to point" },
    { "derived from itself", "%",
      "{\"overhead\": {\"of\": \"A\", \"over\": \"D\"}}",
      "'D' is derived itself" },
};

START_TEST(refuses_what_is_no_derivation)
{
    struct entry entry = {
        .profile = "\"p\"", .metric_id = "\"E\"", .value = "1", .unit = "\"%\""
    };
    const struct az_diag *diag;

    judge(az_arena_printf(arena,
                          "\"unit\": \"%s\", \"derived\": %s, \"profiles\": "
                          "{\"p\": 5}",
                          mistakes[_i].unit, mistakes[_i].derived),
          summary_of("m", &entry, 1));
    diag = find_finding("budget-derived");
    ck_assert_msg(diag != NULL, "%s", mistakes[_i].label);
    ck_assert_msg(strcmp(diag->message, mistakes[_i].message) == 0, "%s: %s",
                  mistakes[_i].label, diag->message);
    ck_assert(diag->fatal);
    ck_assert_msg(result.verdict == AZ_FAIL, "%s", mistakes[_i].label);
}
END_TEST

START_TEST(refuses_measuring_what_is_derived)
{
    struct entry entries[] = {
        { .profile = "\"p\"", .metric_id = "\"A\"" },
        { .profile = "\"p\"", .metric_id = "\"B\"" },
        { .profile = "\"p\"",
          .metric_id = "\"D\"",
          .value = "1",
          .unit = "\"%\"" },
    };

    judge("\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", "
          "\"over\": \"B\"}}, \"profiles\": {\"p\": 5}",
          summary_of("m", entries, 3));
    ck_assert_str_eq(findings_text(AZ_WARNING),
                     "measurement-twin m:4:79 /entries/2/metric_id < b:4:44; ");
    ck_assert_str_eq(rows_text(), "D desktop pass 0 % (0 <= 5 %)");
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_INPUT);
}
END_TEST

/* The product of budgets and environments is held down. */
START_TEST(takes_no_more_operands_than_rows)
{
    struct az_limits limits = az_limits_own;
    struct entry entries[4];

    for (size_t i = 0; i < COUNT(entries); i++)
        entries[i] =
            (struct entry){ .profile = "\"p\"",
                            .metric_id = i < 2 ? "\"A\"" : "\"B\"",
                            .environment = i % 2 == 0 ? "\"x\"" : "\"y\"" };
    limits.rows = 3;
    az_arena_set_limits(arena, &limits);
    judge("\"unit\": \"%\", \"derived\": {\"overhead\": {\"of\": \"A\", "
          "\"over\": \"B\"}}, \"profiles\": {\"p\": 5}",
          summary_of("m", entries, COUNT(entries)));
    ck_assert(result.verdict == AZ_NO_VERDICT);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("derived");
    TCase *tcase = new_case(suite, "derived");

    tcase_add_loop_test(tcase, never_contradicts_by_rounding, 0, COUNT(shown));
    tcase_add_loop_test(tcase, bounds_by_rounding, 0, COUNT(bounds));
    tcase_add_loop_test(tcase, judges_derived, 0, COUNT(rows));
    tcase_add_loop_test(tcase, refuses_what_is_no_derivation, 0,
                        COUNT(mistakes));
    tcase_add_test(tcase, refuses_measuring_what_is_derived);
    tcase_add_test(tcase, takes_no_more_operands_than_rows);
    return run_suite(suite);
}
