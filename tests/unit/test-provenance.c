/* Provenance: what is told, required, alike and stale.
   SPDX-License-Identifier: MIT */

#include "report.h"

#include "gate/gate.h"
#include "gate/provenance.h"

static struct az_gate_input input;
static struct az_gate_result result;

#define ENTRY(metric, environment, rest)                                       \
    "{\"commit\": \"c\", \"profile\": \"p\", \"environment\": \"" environment  \
    "\", \"metric_id\": \"" metric "\", \"value\": 1, \"unit\": \"count\", "   \
    "\"threshold_warn\": null, \"threshold_hard\": null, \"status\": null, "   \
    "\"seed_set\": [1], \"commands\": [\"x\"], \"artifact_paths\": "           \
    "[\"y\"]" rest "}"

#define ENVIRONMENT(members) "\"environment\": {" members "}"

/* What the budgets want, what the file tells and what the first of two entries
   does; statuses of the rows, and findings. */
static const struct {
    const char *label;
    const char *wanted; /* NULL: nothing */
    const char *common; /* NULL: the file tells nothing */
    const char *own;    /* ", \"provenance\": ..." */
    const char *rows;
    const char *findings;
} checks[] = {
    { "nothing is wanted or told", NULL, NULL, "", "pass pass ", "" },
    { "told, and not wanted", NULL, "{\"method\": \"traced\"}", "",
      "pass pass ", "" },
    { "modelled, and nothing is wanted", NULL, "{\"method\": \"m\"}",
      ", \"provenance\": {\"method\": \"modelled\"}", "no-verdict pass ",
      "provenance-method " },
    { "modelled in a word of several", "{\"methods\": [\"m\", \"2nd-MODEL\"]}",
      "{\"method\": \"m\"}", ", \"provenance\": {\"method\": \"2nd-MODEL\"}",
      "no-verdict pass ", "provenance-method " },
    { "a word that only begins like it", NULL, "{\"method\": \"remodels\"}", "",
      "pass pass ", "" },
    { "required and told by the file", "{\"required\": [\"method\"]}",
      "{\"method\": \"m\"}", "", "pass pass ", "" },
    { "required and told by one", "{\"required\": [\"method\"]}", NULL,
      ", \"provenance\": {\"method\": \"m\"}", "pass no-verdict ",
      "provenance-missing " },
    { "required in the environment",
      "{\"required\": [\"browser\", \"version\", \"host_class\", "
      "\"environment\"]}",
      "{" ENVIRONMENT(
          "\"browser\": \"b\", \"version\": \"1\", \"host_class\": \"h\"") "}",
      ", \"provenance\": {" ENVIRONMENT("\"name\": \"e\"") "}",
      "pass no-verdict ", "provenance-missing " },
    { "the commit is always told", "{\"required\": [\"commit\"]}", NULL, "",
      "pass pass ", "" },
    { "the command of the entry is no provenance",
      "{\"required\": [\"command\"]}", NULL, "", "no-verdict no-verdict ",
      "provenance-missing provenance-missing " },
    { "time", "{\"required\": [\"measured_at\"]}",
      "{\"measured_at\": \"2026-01-01T00:00:00Z\"}", "", "pass pass ", "" },
    { "time, now and a moment later", NULL,
      "{\"measured_at\": \"2026-02-01T00:00:00Z\"}",
      ", \"provenance\": {\"measured_at\": \"2026-02-01T00:00:00.1Z\"}",
      "no-verdict pass ", "provenance-stale " },
    { "method of the budgets", "{\"methods\": [\"a\", \"m\"]}",
      "{\"method\": \"m\"}", "", "pass pass ", "" },
    { "another method, which stands before the file's",
      "{\"methods\": [\"a\", \"m\"]}", "{\"method\": \"m\"}",
      ", \"provenance\": {\"method\": \"M\"}", "no-verdict pass ",
      "provenance-method " },
    { "no method", "{\"methods\": [\"a\"]}", NULL, "", "no-verdict no-verdict ",
      "provenance-method provenance-method " },
    { "name of the environment", NULL, "{" ENVIRONMENT("\"name\": \"e\"") "}",
      "", "pass pass ", "" },
    { "name of another", NULL, NULL,
      ", \"provenance\": {" ENVIRONMENT("\"name\": \"E\"") "}",
      "no-verdict pass ", "provenance-disagrees " },
    { "alike", "{\"must_agree\": [\"host_class\", \"method\"]}",
      "{" ENVIRONMENT("\"host_class\": \"h\"") ", \"method\": \"m\"}",
      ", \"provenance\": {\"method\": \"m\"}", "pass pass ", "" },
    { "unlike: neither is known to be right",
      "{\"must_agree\": [\"host_class\"]}",
      "{" ENVIRONMENT("\"host_class\": \"h\"") "}",
      ", \"provenance\": {" ENVIRONMENT("\"host_class\": \"i\"") "}",
      "no-verdict no-verdict ", "provenance-disagrees " },
    { "told of one", "{\"must_agree\": [\"version\"]}", NULL,
      ", \"provenance\": {" ENVIRONMENT("\"version\": \"1\"") "}",
      "no-verdict no-verdict ", "provenance-disagrees " },
    { "unlike, and need not agree", "{\"must_agree\": [\"version\"]}",
      "{" ENVIRONMENT("\"host_class\": \"h\"") "}",
      ", \"provenance\": {" ENVIRONMENT("\"host_class\": \"i\"") "}",
      "pass pass ", "" },
    { "commands are of their metrics", "{\"must_agree\": [\"command\"]}",
      "{\"command\": \"a\"}", ", \"provenance\": {\"command\": \"b\"}",
      "pass pass ", "" },
    { "built later", NULL, NULL,
      ", \"provenance\": {\"measured_at\": \"2026-01-01T00:00:00Z\", "
      "\"artifacts\": [{\"path\": \"no\"}, {\"path\": \"none\", "
      "\"built_at\": \"2026-01-01T00:00:00.5Z\"}]}",
      "no-verdict pass ", "provenance-stale " },
    { "built then", NULL, NULL,
      ", \"provenance\": {\"measured_at\": \"2026-01-01T00:00:00Z\", "
      "\"artifacts\": [{\"path\": \"no\", "
      "\"built_at\": \"2026-01-01T01:00:00+01:00\"}]}",
      "pass pass ", "" },
    { "built now, and not told when measured", NULL, NULL,
      ", \"provenance\": {\"artifacts\": [{\"path\": \"no\", "
      "\"built_at\": \"2026-02-01T00:00:00Z\"}]}",
      "pass pass ", "" },
    { "built a moment later", NULL, NULL,
      ", \"provenance\": {\"artifacts\": [{\"path\": \"no\", "
      "\"built_at\": \"2026-02-01T00:00:00.1Z\"}]}",
      "no-verdict pass ", "provenance-stale " },
    { "artifacts outside", NULL, NULL,
      ", \"provenance\": {\"artifacts\": [{\"path\": \"../no\"}]}",
      "no-verdict pass ", "provenance-digest " },
    { "a path with a NUL", NULL, NULL,
      ", \"provenance\": {\"artifacts\": [{\"path\": \"no\\u0000\"}]}",
      "no-verdict pass ", "provenance-digest " },
    { "artifacts that are required and absent",
      "{\"required\": [\"artifact\"]}",
      "{\"artifacts\": [{\"path\": \"no\", \"sha256\": "
      "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}]}",
      "", "no-verdict no-verdict ", "provenance-missing " },
    { "no object", NULL, NULL, ", \"provenance\": []", "fail pass ",
      "measurement-shape " },
    { "the file's is no object", NULL, "1", "", "fail fail ",
      "measurement-shape " },
    { "no environment", NULL, NULL, ", \"provenance\": {\"environment\": 1}",
      "fail pass ", "measurement-shape " },
    { "a blank text", NULL, NULL, ", \"provenance\": {\"method\": \" \"}",
      "fail pass ", "measurement-shape " },
    { "a text of nothing that is seen", NULL, NULL,
      ", \"provenance\": {\"method\": \"\\u00ad\\u3164\"}", "fail pass ",
      "measurement-shape " },
    { "a day is no time", NULL, NULL,
      ", \"provenance\": {\"measured_at\": \"2026-01-01\"}", "fail pass ",
      "measurement-shape " },
    { "an artifact without a path", NULL, NULL,
      ", \"provenance\": {\"artifacts\": [{}]}", "fail pass ",
      "measurement-shape " },
    { "no digest", NULL, NULL,
      ", \"provenance\": {\"artifacts\": [{\"path\": \"a\", "
      "\"sha256\": \"BA\"}]}",
      "fail pass ", "measurement-shape " },
    { "no artifacts", NULL, NULL, ", \"provenance\": {\"artifacts\": []}",
      "fail pass ", "measurement-shape " },
    { "a member that there is not", "{\"required\": [\"hostclass\"]}", NULL, "",
      "pass pass ", "provenance-missing " },
    { "no list", "{\"methods\": \"measured\"}", NULL, "", "pass pass ",
      "provenance-missing " },
    { "no policy", "[]", NULL, "", "pass pass ", "provenance-missing " },
};

START_TEST(checks_provenance)
{
    const struct az_document *file;
    struct az_buf rows, findings, text;

    az_buf_init(&text, arena);
    az_buf_addf(&text, "{\"seed_set\": [1], %s%s%s\"hard_budgets\": [",
                checks[_i].wanted != NULL ? "\"provenance\": " : "",
                checks[_i].wanted != NULL ? checks[_i].wanted : "",
                checks[_i].wanted != NULL ? ", " : "");
    az_buf_add_c(&text,
                 "{\"metric_id\": \"A\", \"unit\": \"count\", \"profiles\": "
                 "{\"p\": 2}}, {\"metric_id\": \"B\", \"unit\": \"count\", "
                 "\"profiles\": {\"p\": 2}}], \"operational_budgets\": []}");
    input = (struct az_gate_input){ .budgets = named_document("b", text.p),
                                    .profile = AZ_STR("p"),
                                    .now = "2026-02-01T00:00:00Z",
                                    .measurements = &file,
                                    .measurement_count = 1 };
    az_buf_init(&text, arena);
    az_buf_addf(&text, "{%s%s%s\"entries\": [" ENTRY("A", "e", "%s"),
                checks[_i].common != NULL ? "\"provenance\": " : "",
                checks[_i].common != NULL ? checks[_i].common : "",
                checks[_i].common != NULL ? ", " : "", checks[_i].own);
    az_buf_add_c(&text, ", " ENTRY("B", "e", "") "]}");
    file = named_document("m", text.p);
    az_gate_result_init(&result, arena);
    az_gate_judge(arena, &sink, &input, &result);
    az_buf_init(&rows, arena);
    az_buf_add_c(&rows, "");
    for (size_t i = 0; i < result.count; i++)
        az_buf_addf(&rows, "%s ",
                    az_row_status_name(az_row_status(&result.items[i])));
    az_buf_init(&findings, arena);
    az_buf_add_c(&findings, "");
    for (size_t i = 0; i < sink.count; i++)
        if (sink.diags[i]->id != AZ_DIAG_NOTHING_JUDGED)
            az_buf_addf(&findings, "%s ", name_of(sink.diags[i]));
    ck_assert_msg(strcmp(rows.p, checks[_i].rows) == 0 &&
                      strcmp(findings.p, checks[_i].findings) == 0,
                  "%s: %s[%s]", checks[_i].label, rows.p, findings.p);
}
END_TEST

/* What is derived of a measurement that proves nothing proves nothing. */
START_TEST(checks_operands)
{
    const struct az_document *file =
        named_document("m", "{\"entries\": [" ENTRY("A", "e", "") ", " ENTRY(
                                "B", "e",
                                ", \"provenance\": "
                                "{\"method\": \"m\"}") "]}");

    input = (struct az_gate_input){
        .budgets = named_document(
            "b",
            "{\"seed_set\": [1], \"provenance\": {\"methods\": [\"m\"]}, "
            "\"hard_budgets\": [{\"metric_id\": \"R\", \"unit\": \"ratio\", "
            "\"derived\": {\"ratio\": {\"of\": \"B\", \"over\": \"A\"}}, "
            "\"profiles\": {\"p\": 2}}, {\"metric_id\": \"S\", \"unit\": "
            "\"ratio\", \"derived\": {\"ratio\": {\"of\": \"B\", \"over\": "
            "\"B2\"}}, \"when_missing\": \"skip\", \"profiles\": {\"p\": 2}}],"
            "\"operational_budgets\": []}"),
        .profile = AZ_STR("p"),
        .measurements = &file,
        .measurement_count = 1
    };
    az_gate_result_init(&result, arena);
    az_gate_judge(arena, &sink, &input, &result);
    ck_assert_uint_eq(result.count, 2);
    ck_assert_int_eq(az_row_status(&result.items[0]), AZ_ROW_NO_VERDICT);
    ck_assert_str_eq(az_row_decision(&result.items[0])->reason,
                     "it does not tell by which method it was measured");
    ck_assert_int_eq(az_row_status(&result.items[1]), AZ_ROW_SKIP);
}
END_TEST

/* Times of lines: which is before the other. */
static const struct {
    const char *label;
    const char *a;
    const char *b;
    int order;
} times[] = {
    { "the same", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", 0 },
    { "written alike", "2026-01-01T00:00:09Z", "2026-01-01T00:00:10Z", -1 },
    { "a fraction", "2026-01-01T00:00:00.1Z", "2026-01-01T00:00:00Z", 1 },
    { "fractions", "2026-01-01T00:00:00.25Z", "2026-01-01T00:00:00.3Z", -1 },
    { "another zone", "2026-01-01T02:00:00+03:00", "2026-01-01T00:00:00Z", -1 },
    { "zones of one length", "2026-01-01T00:00:00+03:00",
      "2026-01-01T00:00:00-03:00", -1 },
    { "small letters", "2026-01-01t00:00:00Z", "2026-01-01T00:00:01Z", -1 },
    { "one moment, two texts", "2026-01-01T00:00:00+00:00",
      "2026-01-01T00:00:00Z", -1 },
};

START_TEST(compares_times)
{
    int there = az_log_compare_times(az_str_from(times[_i].a),
                                     az_str_from(times[_i].b));
    int back = az_log_compare_times(az_str_from(times[_i].b),
                                    az_str_from(times[_i].a));

    ck_assert_msg((there > 0) - (there < 0) == times[_i].order &&
                      (back > 0) - (back < 0) == -times[_i].order,
                  "%s: %d, %d", times[_i].label, there, back);
}
END_TEST

/* Two provenances, and what must agree. */
static const struct {
    const char *label;
    const char *base;
    const char *current;
    const char *must_agree;
    const char *want; /* NULL: they do */
} pairs[] = {
    { "the same", "{\"method\": \"m\"}", "{\"method\": \"m\"}", "[\"method\"]",
      NULL },
    { "nothing must", "{\"method\": \"m\"}", "{}", "[]", NULL },
    { "another", "{\"method\": \"m\"}", "{\"method\": \"n\"}",
      "[\"browser\", \"method\"]",
      "the browser was not told in the baseline, and is not told" },
    { "one is not told", "{}", "{\"method\": \"n\"}", "[\"method\"]",
      "the method was not told in the baseline, and is 'n'" },
    { "the other is not told", "{\"command\": \"c\"}", "{\"method\": \"n\"}",
      "[\"command\"]", "the command was 'c' in the baseline, and is not told" },
    { "of another type", "{\"environment\": {\"version\": 1}}",
      "{\"environment\": {\"version\": 1}}", "[\"version\"]",
      "the version was not told in the baseline, and is not told" },
    { "another member may differ", "{\"command\": \"c\", \"method\": \"m\"}",
      "{\"command\": \"d\", \"method\": \"m\"}", "[\"method\"]", NULL },
    { "case counts", "{\"environment\": {\"host_class\": \"Lab\"}}",
      "{\"environment\": {\"host_class\": \"lab\"}}", "[\"host_class\"]",
      "the host_class was 'Lab' in the baseline, and is 'lab'" },
};

START_TEST(compares_provenances)
{
    struct az_provenance base, current;
    const char *got;

    az_provenance_read(&base, NULL, node_of(pairs[_i].base));
    az_provenance_read(&current, node_of(pairs[_i].current), NULL);
    got = az_provenance_compare(arena, &base, &current,
                                node_of(pairs[_i].must_agree));
    ck_assert_msg(pairs[_i].want == NULL
                      ? got == NULL
                      : got != NULL && strcmp(got, pairs[_i].want) == 0,
                  "%s: %s", pairs[_i].label, got != NULL ? got : "they agree");
}
END_TEST

/* Methods, and the word of each that says that it is a model's; NULL if none
   does. */
static const struct {
    const char *method;
    const char *word;
} methods[] = {
    { "model", "model" },
    { "models", "models" },
    { "modelled", "modelled" },
    { "modeled", "modeled" },
    { "Modelling", "Modelling" },
    { "MODELING", "MODELING" },
    { "costModel", "Model" },
    { "modelCost", "model" },
    { "CPUModel", "Model" },
    { "cpuMODEL", "MODEL" },
    { "MODELled", "MODELled" },
    { "cost-model", "model" },
    { "cost_models", "models" },
    { "my cost model.", "model" },
    { "2ndModel3", "Model" },
    { "\xc3\xa4model\xc3\xa4", "model" },
    { "estimate", "estimate" },
    { "estimates", "estimates" },
    { "estimated", "estimated" },
    { "estimating", "estimating" },
    { "estimation", "estimation" },
    { "simulated", "simulated" },
    { "simulation", "simulation" },
    { "simulator", "simulator" },
    { "emulated", "emulated" },
    { "measured-on-emulator", "emulator" },
    { "load-predictor", "predictor" },
    { "costModeler v2", "Modeler" },
    { "forecaster", "forecaster" },
    { "extrapolated", "extrapolated" },
    { "interpolation", "interpolation" },
    { "guesstimates", "guesstimates" },
    { "guess", "guess" },
    { "guesses", "guesses" },
    { "guessed", "guessed" },
    { "predict", "predict" },
    { "predicted", "predicted" },
    { "predictions", "predictions" },
    { "predictive", "predictive" },
    { "forecasts", "forecasts" },
    { "projected", "projected" },
    { "projections", "projections" },
    { "assume", "assume" },
    { "assumed", "assumed" },
    { "assumptions", "assumptions" },
    { "expected", "expected" },
    { "synthetic", "synthetic" },
    { "hypothetical", "hypothetical" },
    { "theoretical", "theoretical" },
    /* these measure */
    { "", NULL },
    { "m", NULL },
    { "measured", NULL },
    { "hyperfine", NULL },
    { "criterion", NULL },
    { "playwright", NULL },
    { "rch exec", NULL },
    { "remodels", NULL },
    { "modeless", NULL },
    { "modelesque", NULL },
    { "mode-led", NULL },
    { "modElement", NULL },
    { "project", NULL },
    { "projectBench", NULL },
    { "projector", NULL },
    { "unexpected", NULL },
    { "estimator", NULL },
    { "simulacrum", NULL },
    { "stat -c %s", NULL },
    { "photosynthetic", NULL },
    { "performance.measureUserAgentSpecificMemory", NULL },
};

START_TEST(knows_models)
{
    const char *want = methods[_i].word;
    struct az_str word =
        az_provenance_model_word(az_str_from(methods[_i].method));

    ck_assert_msg(want == NULL ? word.len == 0
                               : az_str_eq(word, az_str_from(want)),
                  "'%s': '%.*s'", methods[_i].method, AZ_STR_ARG(word));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("provenance");
    TCase *tcase = new_case(suite, "provenance");

    tcase_add_loop_test(tcase, checks_provenance, 0, COUNT(checks));
    tcase_add_loop_test(tcase, compares_provenances, 0, COUNT(pairs));
    tcase_add_test(tcase, checks_operands);
    tcase_add_loop_test(tcase, compares_times, 0, COUNT(times));
    tcase_add_loop_test(tcase, knows_models, 0, COUNT(methods));
    return run_suite(suite);
}
