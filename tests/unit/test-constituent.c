/* The parts of a verdict: asked, told, closed.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include "gate/gate.h"

static struct az_gate_result result;

/* "documents pass 4 documents; " of the parts that are not "not-asked". */
static const char *
parts_text(void)
{
    struct az_node list = az_constituents_node(arena, &result);
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    for (uint32_t i = 0; i < list.count; i++) {
        const struct az_node *item = &list.items[i];
        const struct az_node *reason = az_node_get(item, "reason");

        if (az_node_is_string(az_node_get(item, "verdict"), "not-asked") &&
            reason->type == AZ_NULL)
            continue;
        az_buf_addf(&buf, "%.*s %.*s (%.*s); ",
                    AZ_STR_ARG(az_node_text(az_node_get(item, "name"))),
                    AZ_STR_ARG(az_node_text(az_node_get(item, "verdict"))),
                    AZ_STR_ARG(az_node_text(reason)));
    }
    return buf.p;
}

/* What was said of a part, in order; then the findings. */
static const struct {
    const char *label;
    struct {
        enum az_constituent_id part;
        enum az_verdict verdict;
        const char *reason; /* NULL: asked only */
    } said[4];
    size_t said_count;
    struct {
        enum az_diag_id id;
        enum az_severity severity;
        const char *rule;
    } found[4];
    size_t found_count;
    const char *parts;
    enum az_verdict verdict;
} rows[] = {
    { "nothing asked", .parts = "", .verdict = AZ_PASS },
    { "asked and not told",
      .said = { { AZ_CONSTITUENT_HISTORY, AZ_PASS, NULL } }, .said_count = 1,
      .parts = "history no-verdict (it did not run); ",
      .verdict = AZ_NO_VERDICT },
    { "told",
      .said = { { AZ_CONSTITUENT_HISTORY, AZ_PASS, NULL },
                { AZ_CONSTITUENT_HISTORY, AZ_PASS, "3 records" } },
      .said_count = 2, .parts = "history pass (3 records); ",
      .verdict = AZ_PASS },
    { "the worst word stands, the first of equal ones",
      .said = { { AZ_CONSTITUENT_BASELINE, AZ_WARN, "a" },
                { AZ_CONSTITUENT_BASELINE, AZ_FAIL, "b" },
                { AZ_CONSTITUENT_BASELINE, AZ_FAIL, "c" },
                { AZ_CONSTITUENT_BASELINE, AZ_PASS, "d" } },
      .said_count = 4, .parts = "baseline fail (b); ", .verdict = AZ_FAIL },
    { "asked again once told",
      .said = { { AZ_CONSTITUENT_WAIVERS, AZ_PASS, "1 in force" },
                { AZ_CONSTITUENT_WAIVERS, AZ_PASS, NULL } },
      .said_count = 2, .parts = "waivers pass (1 in force); ",
      .verdict = AZ_PASS },
    { "findings make it worse",
      .said = { { AZ_CONSTITUENT_WAIVERS, AZ_PASS, "1 in force" } },
      .said_count = 1,
      .found = { { AZ_DIAG_WAIVER_EXPIRED, AZ_ERROR, NULL },
                 { AZ_DIAG_WAIVER_EXPIRED, AZ_ERROR, NULL },
                 { AZ_DIAG_WAIVER_UNUSED, AZ_ERROR, NULL } },
      .found_count = 3,
      .parts = "waivers fail (3 errors: waiver-expired, waiver-unused); ",
      .verdict = AZ_FAIL },
    { "findings are of their part, a rule's by its name",
      .found = { { AZ_DIAG_RULE_BROKEN, AZ_ERROR, "some-rule" },
                 { AZ_DIAG_MEASUREMENT_TWIN, AZ_ERROR, NULL },
                 { AZ_DIAG_NOTHING_JUDGED, AZ_ERROR, NULL },
                 { AZ_DIAG_BUDGET_EXCEEDED, AZ_ERROR, NULL } },
      .found_count = 4,
      .parts = "rules fail (1 error: some-rule); "
               "measurements no-verdict (1 error: measurement-twin); "
               "budgets no-verdict (2 errors: nothing-judged, "
               "budget-exceeded); ",
      .verdict = AZ_NO_VERDICT },
    { "usage is of no part", .found = { { AZ_DIAG_USAGE, AZ_ERROR, NULL } },
      .found_count = 1, .parts = "", .verdict = AZ_PASS },
    { "a warning is no word",
      .said = { { AZ_CONSTITUENT_DOCUMENTS, AZ_PASS, "2 documents" } },
      .said_count = 1,
      .found = { { AZ_DIAG_YAML_AMBIGUOUS, AZ_WARNING, NULL } },
      .found_count = 1, .parts = "documents pass (2 documents); ",
      .verdict = AZ_PASS },
    { "an error made a warning is",
      .said = { { AZ_CONSTITUENT_DOCUMENTS, AZ_PASS, "2 documents" } },
      .said_count = 1, .found = { { AZ_DIAG_UNKNOWN_KEY, AZ_WARNING, NULL } },
      .found_count = 1, .parts = "documents warn (1 error made a warning); ",
      .verdict = AZ_WARN },
};

static void
say(size_t row)
{
    for (size_t i = 0; i < rows[row].said_count; i++) {
        if (rows[row].said[i].reason == NULL)
            az_constituent_ask(&result, rows[row].said[i].part);
        else
            az_constituent_set(&result, rows[row].said[i].part,
                               rows[row].said[i].verdict,
                               rows[row].said[i].reason);
    }
    for (size_t i = 0; i < rows[row].found_count; i++) {
        struct az_diag *diag =
            az_sink_add(&sink, rows[row].found[i].id, AZ_NOWHERE, "%zu", i);

        diag->rule = rows[row].found[i].rule;
        if (diag->severity != rows[row].found[i].severity)
            az_diag_regrade(&sink, diag, rows[row].found[i].severity);
    }
}

START_TEST(test_parts)
{
    result = (struct az_gate_result){ .arena = arena };
    say((size_t)_i);
    az_constituents_close(&result, &sink);
    ck_assert_msg(strcmp(parts_text(), rows[_i].parts) == 0, "%s: %s",
                  rows[_i].label, parts_text());
    ck_assert_msg(az_constituents_verdict(&result) == rows[_i].verdict,
                  "%s: verdict", rows[_i].label);
}
END_TEST

/* What was decided on two rows, and what the budgets come to: a status, "-" for
   a row without a value, "!" for a measurement that proves nothing, "b" for a
   benchmark. */
static const struct {
    const char *label;
    struct {
        enum az_row_status statuses[2];
        size_t count;
        const char *flags;
    } rows[2];
    size_t judged;
    const char *parts;
} judged[] = {
    { "both are",
      { { { AZ_ROW_PASS }, 1, "" }, { { AZ_ROW_FAIL }, 1, "" } },
      2,
      "budgets fail (2 of 2 rows judged: 1 pass, 0 warn, 1 fail, 0 "
      "skipped); " },
    { "what is skipped is not",
      { { { AZ_ROW_WARN }, 1, "" }, { { AZ_ROW_SKIP }, 1, "-" } },
      1,
      "budgets warn (1 of 2 rows judged: 0 pass, 1 warn, 0 fail, 1 "
      "skipped); " },
    { "nor what was not measured",
      { { { AZ_ROW_WAIVED }, 1, "" }, { { AZ_ROW_FAIL }, 1, "-" } },
      1,
      "budgets fail (1 of 2 rows judged: 1 pass, 0 warn, 1 fail, 0 "
      "skipped); " },
    { "nor what proves nothing",
      { { { AZ_ROW_PASS, AZ_ROW_NO_VERDICT }, 2, "!" },
        { { AZ_ROW_PASS }, 1, "" } },
      1,
      "budgets no-verdict (1 of 2 rows judged: 1 pass, 0 warn, 1 fail, 0 "
      "skipped); " },
    { "also beyond its limit",
      { { { AZ_ROW_FAIL, AZ_ROW_NO_VERDICT }, 2, "!" },
        { { AZ_ROW_PASS }, 1, "" } },
      1,
      "budgets fail (1 of 2 rows judged: 1 pass, 0 warn, 1 fail, 0 "
      "skipped); " },
    { "nor what has no verdict in a comparison",
      { { { AZ_ROW_PASS, AZ_ROW_NO_VERDICT }, 2, "" },
        { { AZ_ROW_PASS }, 1, "" } },
      1,
      "budgets no-verdict (1 of 2 rows judged: 1 pass, 0 warn, 1 fail, 0 "
      "skipped); " },
    { "what fails without one is",
      { { { AZ_ROW_FAIL, AZ_ROW_NO_VERDICT }, 2, "" },
        { { AZ_ROW_PASS }, 1, "" } },
      2,
      "budgets fail (2 of 2 rows judged: 1 pass, 0 warn, 1 fail, 0 "
      "skipped); " },
    { "none",
      { { { AZ_ROW_FAIL, AZ_ROW_NO_VERDICT }, 2, "!" },
        { { AZ_ROW_SKIP }, 1, "-" } },
      0,
      "budgets no-verdict (0 of 2 rows judged: 0 pass, 0 warn, 1 fail, 1 "
      "skipped); " },
    { "benchmarks are of no budget",
      { { { AZ_ROW_FAIL }, 1, "b" }, { { AZ_ROW_PASS }, 1, "" } },
      2,
      "budgets pass (1 of 1 row judged: 1 pass, 0 warn, 0 fail, 0 skipped); " },
    { "and say nothing of them",
      { { { AZ_ROW_FAIL }, 1, "b" },
        { { AZ_ROW_PASS, AZ_ROW_NO_VERDICT }, 2, "!b" } },
      1,
      "" },
};

/* Row I of case NUMBER. */
static struct az_row
judged_row(size_t number, size_t i)
{
    const char *flags = judged[number].rows[i].flags;
    struct az_row row = { .has_value = strchr(flags, '-') == NULL,
                          .benchmark = strchr(flags, 'b') != NULL };

    for (size_t k = 0; k < judged[number].rows[i].count; k++) {
        enum az_row_status status = judged[number].rows[i].statuses[k];

        az_row_decide(
            arena, &row,
            (struct az_decision){ .status = status,
                                  .unsound = status == AZ_ROW_NO_VERDICT &&
                                             strchr(flags, '!') != NULL });
    }
    return row;
}

START_TEST(test_judged)
{
    struct az_row items[] = { judged_row((size_t)_i, 0),
                              judged_row((size_t)_i, 1) };

    result = (struct az_gate_result){ .arena = arena,
                                      .items = items,
                                      .count = COUNT(items) };
    ck_assert_msg(az_gate_count_judged(&result) == judged[_i].judged, "%s: %zu",
                  judged[_i].label, az_gate_count_judged(&result));
    az_constituents_close(&result, &sink);
    ck_assert_msg(strcmp(parts_text(), judged[_i].parts) == 0, "%s: %s",
                  judged[_i].label, parts_text());
}
END_TEST

/* Whatever is found in a sample log is about the measurements. */
START_TEST(test_log)
{
    static const char *const logs[] = { "a.ndjson", "b.ndjson" };
    struct az_span none = { 0, 0 };

    result = (struct az_gate_result){ .arena = arena };
    result.logs = logs;
    result.log_count = COUNT(logs);
    az_sink_add(&sink, AZ_DIAG_JSON_SYNTAX,
                az_place_of(az_source_new(arena, "b.ndjson", AZ_STR("")), none),
                "of a log");
    az_sink_add(&sink, AZ_DIAG_HISTORY_HEAD,
                az_place_of(az_source_new(arena, "b.ndjson", AZ_STR("")), none),
                "of a history");
    az_sink_add(&sink, AZ_DIAG_DUPLICATE_KEY,
                az_place_of(az_source_new(arena, "c.json", AZ_STR("")), none),
                "of a document");
    az_constituents_close(&result, &sink);
    ck_assert_str_eq(parts_text(),
                     "documents no-verdict (1 error: duplicate-key); "
                     "measurements no-verdict (1 error: json-syntax); "
                     "history no-verdict (1 error: history-head); ");
}
END_TEST

/* What is found in the file of a part beside its own findings: whether the part
   was told of before, and what comes of it. */
static const struct {
    const char *label;
    enum az_constituent_id part;
    bool told;
    enum az_diag_id id;
    const char *file;
    const char *parts;
} owned[] = {
    { "a file that cannot be read, of a part that did not run",
      AZ_CONSTITUENT_BASELINE, false, AZ_DIAG_FILE_UNREADABLE, "a.json",
      "documents no-verdict (1 error: file-unreadable); "
      "baseline no-verdict (1 error: file-unreadable); " },
    { "one of several", AZ_CONSTITUENT_MEASUREMENTS, true,
      AZ_DIAG_FILE_UNREADABLE, "a.json",
      "documents no-verdict (1 error: file-unreadable); "
      "measurements no-verdict (1 error: file-unreadable); " },
    { "no JSON", AZ_CONSTITUENT_WAIVERS, true, AZ_DIAG_JSON_SYNTAX, "a.json",
      "documents no-verdict (1 error: json-syntax); "
      "waivers no-verdict (1 error: json-syntax); " },
    { "of another shape", AZ_CONSTITUENT_WAIVERS, true, AZ_DIAG_MISSING_KEY,
      "a.json",
      "documents fail (1 error: missing-key); "
      "waivers fail (1 error: missing-key); " },
    { "nothing that was judged", AZ_CONSTITUENT_WAIVERS, false,
      AZ_DIAG_KIND_UNKNOWN, "a.json",
      "documents fail (1 error: kind-unknown); "
      "waivers no-verdict (1 error: kind-unknown); " },
    { "of nobody", AZ_CONSTITUENT_WAIVERS, true, AZ_DIAG_MISSING_KEY, "b.json",
      "documents fail (1 error: missing-key); waivers pass (good); " },
    { "what has a part of its own", AZ_CONSTITUENT_WAIVERS, true,
      AZ_DIAG_MEASUREMENT_TWIN, "a.json",
      "measurements no-verdict (1 error: measurement-twin); "
      "waivers pass (good); " },
};

START_TEST(test_files)
{
    struct az_constituent_file files[] = { { "a.json", owned[_i].part } };
    struct az_span none = { 0, 0 };

    result = (struct az_gate_result){ .arena = arena,
                                      .files = files,
                                      .file_count = COUNT(files) };
    az_constituent_ask(&result, owned[_i].part);
    if (owned[_i].told)
        az_constituent_set(&result, owned[_i].part, AZ_PASS, "good");
    az_sink_add(
        &sink, owned[_i].id,
        az_place_of(az_source_new(arena, owned[_i].file, AZ_STR("")), none),
        "found");
    az_constituents_close(&result, &sink);
    ck_assert_msg(strcmp(parts_text(), owned[_i].parts) == 0, "%s: %s",
                  owned[_i].label, parts_text());
}
END_TEST

/* What is asked of every gate, and errors that no finding is kept of. */
START_TEST(test_unkept)
{
    az_gate_result_init(&result, arena);
    ck_assert_int_eq(az_constituents_verdict(&result), AZ_NO_VERDICT);
    for (int i = 0; i <= AZ_CONSTITUENT_BUDGETS; i++)
        az_constituent_set(&result, (enum az_constituent_id)i, AZ_PASS, "good");
    ck_assert_int_eq(az_constituents_verdict(&result), AZ_PASS);
    sink.limit = 1;
    az_sink_add(&sink, AZ_DIAG_MEASUREMENT_TWIN, AZ_NOWHERE, "kept");
    az_sink_add(&sink, AZ_DIAG_UNKNOWN_KEY, AZ_NOWHERE, "not kept");
    az_constituents_close(&result, &sink);
    ck_assert_str_eq(
        parts_text(),
        "documents fail (1 error, which the limit of findings hides, may be of "
        "this); rules fail (1 error, which the limit of findings hides, may be "
        "of this); measurements no-verdict (1 error: measurement-twin); "
        "budgets "
        "fail (1 error, which the limit of findings hides, may be of this); ");
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("constituent");
    TCase *tcase = new_case(suite, "parts");

    tcase_add_loop_test(tcase, test_parts, 0, COUNT(rows));
    tcase_add_loop_test(tcase, test_judged, 0, COUNT(judged));
    tcase_add_test(tcase, test_log);
    tcase_add_loop_test(tcase, test_files, 0, COUNT(owned));
    tcase_add_test(tcase, test_unkept);
    return run_suite(suite);
}
