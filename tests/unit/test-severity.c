/* Severities that a project gives to findings.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include "core/verdict.h"
#include "policy/recount.h"
#include "policy/severity.h"
#include "read/read.h"

static const struct {
    const char *label;
    enum az_diag_id id;
    const char *rule;
    bool fatal;
    enum az_yield yield;
} yields[] = {
    { "a shape", AZ_DIAG_UNKNOWN_KEY, NULL, false, AZ_YIELD_ALL },
    { "a rule", AZ_DIAG_RULE_BROKEN, "r", false, AZ_YIELD_ALL },
    { "a fatal rule", AZ_DIAG_RULE_BROKEN, "r", true, AZ_YIELD_NONE },
    { "no rule", AZ_DIAG_RULE_BROKEN, NULL, false, AZ_YIELD_NONE },
    { "an empty rule", AZ_DIAG_RULE_EMPTY, "r", false, AZ_YIELD_NONE },
    { "a remark", AZ_DIAG_YAML_AMBIGUOUS, NULL, false, AZ_YIELD_ALL },
    { "a limit", AZ_DIAG_BUDGET_EXCEEDED, NULL, false, AZ_YIELD_WAIVER },
    { "no measurement", AZ_DIAG_BUDGET_MISSING, NULL, false, AZ_YIELD_NONE },
    { "usage", AZ_DIAG_USAGE, NULL, false, AZ_YIELD_NONE },
    { "input", AZ_DIAG_JSON_SYNTAX, NULL, false, AZ_YIELD_NONE },
    { "no verdict", AZ_DIAG_RULE_NOT_JUDGED, "r", false, AZ_YIELD_NONE },
    { "internal", AZ_DIAG_OUTPUT_FAILED, NULL, false, AZ_YIELD_NONE },
    { "no kind", AZ_DIAG_KIND_UNKNOWN, NULL, false, AZ_YIELD_NONE },
};

START_TEST(test_yield)
{
    struct az_diag *diag =
        az_sink_add(&sink, yields[_i].id, AZ_NOWHERE, "found");

    diag->rule = yields[_i].rule;
    diag->fatal = yields[_i].fatal;
    ck_assert_msg(az_diag_yields(diag) == yields[_i].yield, "%s",
                  yields[_i].label);
}
END_TEST

/* Malformed input of the gate is fatal, whatever its id. */
START_TEST(test_class_is_fatal)
{
    struct az_diag *diag =
        az_sink_add(&sink, AZ_DIAG_MISSING_KEY, AZ_NOWHERE, "found");

    az_diag_reclass(&sink, diag, AZ_CLASS_INPUT);
    ck_assert_int_eq(az_diag_yields(diag), AZ_YIELD_NONE);
}
END_TEST

static const struct {
    const char *option;
    bool good;
    enum az_verdict verdict; /* with one finding of each kind below */
} options[] = {
    { "unknown-key=error", true, AZ_FAIL },
    { "unknown-key=warning", true, AZ_WARN },
    { "unknown-key=info", true, AZ_PASS },
    { "missing-key=info", true, AZ_FAIL },
    { "corpus-metric-known=info", true, AZ_FAIL },
    { "yaml-ambiguous=error", true, AZ_FAIL },
    { "unknown-kye=info", false, AZ_FAIL },
    { "unknown-key=", false, AZ_FAIL },
    { "unknown-key", false, AZ_FAIL },
    { "=info", false, AZ_FAIL },
    { "unknown-key=Info", false, AZ_FAIL },
    { "usage=info", false, AZ_FAIL },
    { "rule-empty=warning", false, AZ_FAIL },
    { "budget-exceeded=warning", false, AZ_FAIL },
    { "summary-entry-unique=info", false, AZ_FAIL },
};

START_TEST(test_option)
{
    struct az_severities severities;
    struct az_sink problems;
    struct az_ids ids;
    bool good;

    az_sink_init(&problems, arena);
    az_ids_read(&ids, az_kinds_new(arena, &problems), NULL);
    az_severities_init(&severities, arena);
    good = az_severities_add_option(&severities, &ids, &problems,
                                    options[_i].option);
    ck_assert_msg(good == options[_i].good, "%s", options[_i].option);
    ck_assert_int_eq(good, problems.total == 0);
    az_sink_add(&sink, AZ_DIAG_UNKNOWN_KEY, AZ_NOWHERE, "an error");
    az_sink_add(&sink, AZ_DIAG_YAML_AMBIGUOUS, AZ_NOWHERE, "a warning");
    az_severities_apply(&severities, &sink);
    ck_assert_msg(az_verdict_of(&sink, NULL) == options[_i].verdict, "%s",
                  options[_i].option);
}
END_TEST

/* A finding that is fatal though its id is not becomes worse and not better. */
START_TEST(test_fatal)
{
    struct az_severities severities;
    struct az_ids ids;

    az_ids_read(&ids, az_kinds_new(arena, &sink), NULL);
    az_severities_init(&severities, arena);
    az_sink_add(&sink, AZ_DIAG_UNKNOWN_KEY, AZ_NOWHERE, "yields");
    az_sink_add(&sink, AZ_DIAG_UNKNOWN_KEY, AZ_NOWHERE, "fatal")->fatal = true;
    az_sink_add_as(&sink, AZ_DIAG_UNKNOWN_KEY, AZ_INFO, AZ_NOWHERE, "fatal")
        ->fatal = true;
    az_severities_add_option(&severities, &ids, &sink, "unknown-key=warning");
    az_severities_apply(&severities, &sink);
    ck_assert_int_eq(sink.diags[0]->severity, AZ_WARNING);
    ck_assert_int_eq(sink.diags[1]->severity, AZ_ERROR);
    ck_assert_int_eq(sink.diags[2]->severity, AZ_WARNING);
}
END_TEST

/* What is not kept might have had to become an error: no verdict. */
START_TEST(test_hidden)
{
    struct az_severities severities;
    struct az_ids ids;

    az_ids_read(&ids, az_kinds_new(arena, &sink), NULL);
    az_severities_init(&severities, arena);
    sink.limit = 1;
    az_sink_add(&sink, AZ_DIAG_YAML_AMBIGUOUS, AZ_NOWHERE, "kept");
    az_sink_add(&sink, AZ_DIAG_YAML_AMBIGUOUS, AZ_NOWHERE, "not kept");
    az_severities_add_option(&severities, &ids, &sink, "unknown-key=info");
    az_severities_apply(&severities, &sink);
    ck_assert_int_eq(az_verdict_of(&sink, NULL), AZ_PASS);
    az_severities_add_option(&severities, &ids, &sink, "yaml-ambiguous=error");
    az_severities_apply(&severities, &sink);
    ck_assert_int_eq(az_verdict_of(&sink, NULL), AZ_NO_VERDICT);
    ck_assert_int_eq((int)sink.diags[1]->id, AZ_DIAG_NOTHING_JUDGED);
}
END_TEST

/* A check is as its worst finding. */
START_TEST(test_recount)
{
    struct az_set set;
    const struct az_source *source =
        az_source_new(arena, "a.json",
                      AZ_STR("{\"schema_version\": "
                             "\"perf-budgets-v1\"}"));
    struct az_set_entry *entry;
    size_t broken, warned, i;

    az_set_init(&set, arena, &sink, (struct az_set_override){ NULL, NULL });
    entry = az_set_add_source(&set, source, true);
    az_set_judge(&set, AZ_INFO, NULL);
    broken = entry->counts.fail;
    warned = entry->counts.warn;
    ck_assert_uint_gt(broken, 0);
    az_set_recount(&set);
    ck_assert_uint_eq(entry->counts.fail, broken);
    for (i = 0; i < sink.count; i++)
        if (sink.diags[i]->id == AZ_DIAG_MISSING_KEY &&
            sink.diags[i]->place.source != NULL)
            break;
    ck_assert_uint_lt(i, sink.count);
    az_diag_regrade(&sink, sink.diags[i], AZ_INFO);
    az_set_recount(&set);
    ck_assert_msg(entry->counts.fail == broken, "others are still missing");
    for (i = 0; i < sink.count; i++)
        if (az_diag_is_shape(sink.diags[i]->id))
            az_diag_regrade(&sink, sink.diags[i], AZ_WARNING);
    az_set_recount(&set);
    ck_assert_uint_eq(entry->counts.fail, broken - 1);
    ck_assert_uint_eq(entry->counts.warn, warned + 1);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("severity");
    TCase *tcase = new_case(suite, "severity");

    tcase_add_loop_test(tcase, test_yield, 0, COUNT(yields));
    tcase_add_test(tcase, test_class_is_fatal);
    tcase_add_loop_test(tcase, test_option, 0, COUNT(options));
    tcase_add_test(tcase, test_fatal);
    tcase_add_test(tcase, test_hidden);
    tcase_add_test(tcase, test_recount);
    return run_suite(suite);
}
