/* The gate: bands, evidence, what is missing, rows, events.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "report.h"

#include "core/limits.h"
#include "gate/gate.h"

/* All of them may be missing. */
static const char lenient[] =
    "{\"seed_set\": [11, 29],\n"
    "\"hard_budgets\": [\n"
    "{\"metric_id\": \"SIZE\", \"unit\": \"bytes\", \"when_missing\": "
    "\"skip\",\n"
    " \"profiles\": {\"core-min\": 665600, \"full-dev\": 1331200}},\n"
    "{\"metric_id\": \"INIT\", \"unit\": \"ms\", \"when_missing\": \"skip\",\n"
    " \"profiles\": {\"core-min\": 2.5, \"full-dev\": 5.0}},\n"
    "{\"metric_id\": \"LONG\", \"unit\": \"min\", \"when_missing\": \"skip\",\n"
    " \"profiles\": {\"core-min\": 1, \"full-dev\": 2}},\n"
    "{\"metric_id\": \"DEV\", \"unit\": \"count\",\n"
    " \"profiles\": {\"full-dev\": 2}}\n"
    "],\n"
    "\"operational_budgets\": [\n"
    "{\"metric_id\": \"SEND\", \"unit\": \"us\", \"when_missing\": \"skip\",\n"
    " \"target\": 8, \"warn_threshold\": 8, \"hard_threshold\": 12},\n"
    "{\"metric_id\": \"REPLAY\", \"unit\": \"%\", \"when_missing\": \"skip\",\n"
    " \"target\": 12, \"warn_threshold\": 12, \"hard_threshold\": 20},\n"
    "{\"metric_id\": \"SOAK\", \"unit\": \"min\", \"when_missing\": \"skip\",\n"
    " \"target\": 1, \"warn_threshold\": 2, \"hard_threshold\": 3}\n"
    "]}\n";

static struct az_gate_input input;
static struct az_gate_result result;

/* Judges COUNT files against BUDGETS; the other parts of INPUT are set. */
static void
judge(const char *budgets, const struct az_document *const *files, size_t count)
{
    input.budgets = named_document("b", budgets);
    input.measurements = files;
    input.measurement_count = count;
    if (input.profile.len == 0)
        input.profile = AZ_STR("core-min");
    az_gate_result_init(&result, arena);
    az_gate_judge(arena, &sink, &input, &result);
}

static const char *
field_text(const struct az_node *row, const char *name)
{
    const struct az_node *node = az_node_get(row, name);

    return node->type == AZ_STRING
               ? az_arena_printf(arena, "%.*s", AZ_STR_ARG(az_node_text(node)))
               : text_of(node);
}

/* "metric environment status value unit (reason) rule; " of the rows whose
   status is not WITHOUT; NULL: of all. */
static const char *
rows_text(const char *without)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    for (uint32_t i = 0; i < result.rows.count; i++) {
        const struct az_node *row = &result.rows.items[i];
        const char *status = field_text(row, "status");

        if (without == NULL || strcmp(status, without) != 0)
            az_buf_addf(&buf, "%s %s %s %s %s (%s) %s; ",
                        field_text(row, "metric_id"),
                        field_text(row, "environment"), status,
                        field_text(row, "value"), field_text(row, "unit"),
                        field_text(row, "reason"), field_text(row, "rule"));
    }
    return buf.len > 0 ? buf.p : "";
}

/* Below, at and above each limit, in the budget's unit and in others. */
static const struct {
    const char *label;
    struct entry entry;
    const char *row;
    const char *findings;
    enum az_verdict verdict;
} bands[] = {
    { "hard, below",
      { .value = "665599",
        .unit = "\"bytes\"",
        .status = "\"pass\"",
        .threshold_hard = "665600" },
      "SIZE desktop pass 665599 bytes (665599 <= 665600 bytes) "
      "hard_budgets core-min; ",
      "",
      AZ_PASS },
    { "hard, at",
      { .value = "665600.0", .unit = "\"bytes\"", .status = "\"pass\"" },
      "SIZE desktop pass 665600 bytes (665600 <= 665600 bytes) "
      "hard_budgets core-min; ",
      "",
      AZ_PASS },
    { "hard, above",
      { .value = "665601", .unit = "\"bytes\"", .status = "\"fail\"" },
      "SIZE desktop fail 665601 bytes (665601 > 665600 bytes) "
      "hard_budgets core-min; ",
      "budget-exceeded m:2:103 /entries/0/value < b:4:27; ",
      AZ_FAIL },
    { "hard, at, in KiB, thresholds in KiB",
      { .value = "650",
        .unit = "\"KiB\"",
        .status = "\"pass\"",
        .threshold_hard = "650.0" },
      "SIZE desktop pass 665600 bytes (665600 <= 665600 bytes) "
      "hard_budgets core-min; ",
      "",
      AZ_PASS },
    { "hard, one byte above, in KiB",
      { .value = "650.0009765625",
        .unit = "\"KiB\"",
        .status = "\"fail\"",
        .threshold_hard = "650" },
      "SIZE desktop fail 665601 bytes (665601 > 665600 bytes) "
      "hard_budgets core-min; ",
      "budget-exceeded m:2:103 /entries/0/value < b:4:27; ",
      AZ_FAIL },
    { "hard, 1e400",
      { .value = "1e400", .unit = "\"bytes\"" },
      "SIZE desktop fail 1e+400 bytes (1e+400 > 665600 bytes) "
      "hard_budgets core-min; ",
      "budget-exceeded m:2:103 /entries/0/value < b:4:27; ",
      AZ_FAIL },
    { "time, at, in us",
      { .metric_id = "\"INIT\"",
        .value = "2500",
        .unit = "\"us\"",
        .threshold_hard = "2500" },
      "INIT desktop pass 2.5 ms (2.5 <= 2.5 ms) hard_budgets core-min; ",
      "",
      AZ_PASS },
    { "time, a hair above",
      { .metric_id = "\"INIT\"",
        .value = "2.500000000000000000000000000001",
        .unit = "\"ms\"" },
      "INIT desktop fail 2.500000000000000000000000000001 ms "
      "(2.500000000000000000000000000001 > 2.5 ms) hard_budgets core-min; ",
      "budget-exceeded m:2:103 /entries/0/value < b:6:27; ",
      AZ_FAIL },
    { "time, 1e-400",
      { .metric_id = "\"INIT\"", .value = "1e-400", .unit = "\"ms\"" },
      "INIT desktop pass 1e-400 ms (1e-400 <= 2.5 ms) hard_budgets core-min; ",
      "",
      AZ_PASS },
    { "minutes, at",
      { .metric_id = "\"LONG\"", .value = "1", .unit = "\"min\"" },
      "LONG desktop pass 1 min (1 <= 1 min) hard_budgets core-min; ",
      "",
      AZ_PASS },
    { "minutes, in s, above",
      { .metric_id = "\"LONG\"",
        .value = "61",
        .unit = "\"s\"",
        .threshold_hard = "60" },
      "LONG desktop fail 61000000000 ns (61000000000 > 60000000000 ns) "
      "hard_budgets core-min; ",
      "budget-exceeded m:2:103 /entries/0/value < b:8:27; ",
      AZ_FAIL },
    { "operational, below",
      { .metric_id = "\"SEND\"",
        .value = "7.9",
        .unit = "\"us\"",
        .status = "\"pass\"",
        .threshold_warn = "8",
        .threshold_hard = "12" },
      "SEND desktop pass 7.9 us (7.9 <= 8 us) warn_threshold; ",
      "",
      AZ_PASS },
    { "operational, at the warning threshold",
      { .metric_id = "\"SEND\"",
        .value = "8",
        .unit = "\"us\"",
        .status = "\"pass\"" },
      "SEND desktop pass 8 us (8 <= 8 us) warn_threshold; ",
      "",
      AZ_PASS },
    { "operational, above the warning threshold",
      { .metric_id = "\"SEND\"",
        .value = "8.1",
        .unit = "\"us\"",
        .status = "\"warn\"" },
      "SEND desktop warn 8.1 us (8.1 > 8 us) warn_threshold; ",
      "budget-warn m:2:103 /entries/0/value < b:14:33; ",
      AZ_WARN },
    { "operational, at the hard threshold, in ns",
      { .metric_id = "\"SEND\"",
        .value = "12000",
        .unit = "\"ns\"",
        .status = "\"warn\"",
        .threshold_warn = "8000",
        .threshold_hard = "12000" },
      "SEND desktop warn 12 us (12 > 8 us) warn_threshold; ",
      "budget-warn m:2:103 /entries/0/value < b:14:33; ",
      AZ_WARN },
    { "operational, above the hard threshold",
      { .metric_id = "\"SEND\"",
        .value = "0.012001",
        .unit = "\"ms\"",
        .status = "\"fail\"",
        .threshold_warn = "0.008" },
      "SEND desktop fail 12.001 us (12.001 > 12 us) hard_threshold; ",
      "budget-exceeded m:2:103 /entries/0/value < b:14:54; ",
      AZ_FAIL },
    { "operational, in minutes, measured in s",
      { .metric_id = "\"SOAK\"",
        .value = "121",
        .unit = "\"s\"",
        .status = "\"warn\"",
        .threshold_warn = "120",
        .threshold_hard = "180" },
      "SOAK desktop warn 121000000000 ns (121000000000 > 120000000000 ns) "
      "warn_threshold; ",
      "budget-warn m:2:103 /entries/0/value < b:18:33; ",
      AZ_WARN },
    { "percent below zero",
      { .metric_id = "\"REPLAY\"", .value = "-1.5", .unit = "\"%\"" },
      "REPLAY desktop pass -1.5 % (-1.5 <= 12 %) warn_threshold; ",
      "",
      AZ_PASS },
    { "percent, at the hard threshold",
      { .metric_id = "\"REPLAY\"", .value = "20", .unit = "\"%\"" },
      "REPLAY desktop warn 20 % (20 > 12 %) warn_threshold; ",
      "budget-warn m:2:105 /entries/0/value < b:16:34; ",
      AZ_WARN },
};

START_TEST(judges_bands)
{
    const struct az_document *file = summary_of("m", &bands[_i].entry, 1);
    const char *text;

    judge(lenient, &file, 1);
    text = rows_text("skip");
    ck_assert_msg(strcmp(text, bands[_i].row) == 0, "%s: %s", bands[_i].label,
                  text);
    text = findings_text(AZ_WARNING);
    ck_assert_msg(strcmp(text, bands[_i].findings) == 0, "%s: %s",
                  bands[_i].label, text);
    ck_assert_msg(result.verdict == bands[_i].verdict, "%s: %s",
                  bands[_i].label, az_verdict_name(result.verdict));
    ck_assert_uint_eq(result.judged, 1);
}
END_TEST

/* Higher is better: limits are floors. */
static const char floors[] =
    "{\"seed_set\": [11, 29],\n"
    "\"hard_budgets\": [\n"
    "{\"metric_id\": \"COVER\", \"unit\": \"%\", \"better\": \"higher\",\n"
    " \"when_missing\": \"skip\", \"profiles\": {\"core-min\": 80}},\n"
    "{\"metric_id\": \"SIZE\", \"unit\": \"bytes\", \"better\": \"lower\",\n"
    " \"when_missing\": \"skip\", \"profiles\": {\"core-min\": 100}},\n"
    "{\"metric_id\": \"ODD\", \"unit\": \"count\", \"better\": \"Higher\",\n"
    " \"when_missing\": \"skip\", \"profiles\": {\"core-min\": 9}}\n"
    "],\n"
    "\"operational_budgets\": [\n"
    "{\"metric_id\": \"RATE\", \"unit\": \"count\", \"better\": \"higher\",\n"
    " \"when_missing\": \"skip\",\n"
    " \"target\": 9, \"warn_threshold\": 9, \"hard_threshold\": 5}\n"
    "]}\n";

static const struct {
    const char *label;
    struct entry entry;
    const char *row;
    const char *findings; /* but for the one of ODD */
} directions[] = {
    { "hard, a hair below",
      { .metric_id = "\"COVER\"",
        .value = "79.9999999999999999999",
        .unit = "\"%\"",
        .status = "\"fail\"",
        .threshold_hard = "80" },
      "COVER desktop fail 79.9999999999999999999 % "
      "(79.9999999999999999999 < 80 %) hard_budgets core-min; ",
      "budget-exceeded m:2:104 /entries/0/value < b:4:51; " },
    { "hard, at",
      { .metric_id = "\"COVER\"",
        .value = "80.0",
        .unit = "\"%\"",
        .status = "\"pass\"" },
      "COVER desktop pass 80 % (80 >= 80 %) hard_budgets core-min; ",
      "" },
    { "hard, above",
      { .metric_id = "\"COVER\"", .value = "81", .unit = "\"%\"" },
      "COVER desktop pass 81 % (81 >= 80 %) hard_budgets core-min; ",
      "" },
    { "lower, in so many words",
      { .value = "101", .unit = "\"bytes\"", .status = "\"fail\"" },
      "SIZE desktop fail 101 bytes (101 > 100 bytes) hard_budgets core-min; ",
      "budget-exceeded m:2:103 /entries/0/value < b:6:51; " },
    { "operational, at the warning threshold",
      { .metric_id = "\"RATE\"",
        .value = "9",
        .unit = "\"ops\"",
        .status = "\"pass\"",
        .threshold_warn = "9",
        .threshold_hard = "5" },
      "RATE desktop pass 9 count (9 >= 9 count) warn_threshold; ",
      "" },
    { "operational, below the warning threshold",
      { .metric_id = "\"RATE\"",
        .value = "8",
        .unit = "\"count\"",
        .status = "\"warn\"" },
      "RATE desktop warn 8 count (8 < 9 count) warn_threshold; ",
      "budget-warn m:2:103 /entries/0/value < b:13:33; " },
    { "operational, at the hard threshold",
      { .metric_id = "\"RATE\"",
        .value = "5",
        .unit = "\"count\"",
        .status = "\"warn\"" },
      "RATE desktop warn 5 count (5 < 9 count) warn_threshold; ",
      "budget-warn m:2:103 /entries/0/value < b:13:33; " },
    { "operational, below the hard threshold",
      { .metric_id = "\"RATE\"",
        .value = "4",
        .unit = "\"count\"",
        .status = "\"fail\"" },
      "RATE desktop fail 4 count (4 < 5 count) hard_threshold; ",
      "budget-exceeded m:2:103 /entries/0/value < b:13:54; " },
    { "status by the other direction",
      { .metric_id = "\"RATE\"",
        .value = "10",
        .unit = "\"count\"",
        .status = "\"warn\"" },
      "RATE desktop pass 10 count (10 >= 9 count) warn_threshold; ",
      "measurement-contradiction m:2:182 /entries/0/status < b:13:33; " },
};

START_TEST(judges_by_direction)
{
    const struct az_document *file = summary_of("m", &directions[_i].entry, 1);
    const char *text;

    judge(floors, &file, 1);
    text = rows_text("skip");
    ck_assert_msg(strcmp(text, directions[_i].row) == 0, "%s: %s",
                  directions[_i].label, text);
    text = findings_text(AZ_WARNING);
    ck_assert_msg(
        strcmp(text, az_arena_printf(arena, "schema-type b:7:49 -; %s",
                                     directions[_i].findings)) == 0,
        "%s: %s", directions[_i].label, text);
    ck_assert_uint_eq(result.judged, 1);
}
END_TEST

/* Budgets that say where they must be measured. */
static const struct {
    const char *label, *environments, *measured[3], *rows, *findings;
} places[] = {
    { "each",
      "[\"a\", \"b\"]",
      { "\"a\"", "\"b\"" },
      "SIZE a pass 600 bytes (600 <= 700 bytes) hard_budgets core-min; "
      "SIZE b pass 600 bytes (600 <= 700 bytes) hard_budgets core-min; ",
      "" },
    { "one of two",
      "[\"a\", \"b\"]",
      { "\"b\"" },
      "SIZE b pass 600 bytes (600 <= 700 bytes) hard_budgets core-min; "
      "SIZE a fail null bytes (not measured) when_missing; ",
      "budget-missing b:3:1 /hard_budgets/0; " },
    { "another",
      "[\"a\"]",
      { "\"aa\"" },
      "SIZE aa pass 600 bytes (600 <= 700 bytes) hard_budgets core-min; "
      "SIZE a fail null bytes (not measured) when_missing; ",
      "budget-missing b:3:1 /hard_budgets/0; " },
    { "skipped",
      "[\"a\", \"b\"], \"when_missing\": \"skip\"",
      { "\"a\"" },
      "SIZE a pass 600 bytes (600 <= 700 bytes) hard_budgets core-min; "
      "SIZE b skip null bytes (not measured, which its budget allows) "
      "when_missing; ",
      "budget-skipped b:3:1 /hard_budgets/0; " },
    { "listed twice",
      "[\"b\", \"b\"]",
      { "\"a\"" },
      "SIZE a pass 600 bytes (600 <= 700 bytes) hard_budgets core-min; "
      "SIZE b fail null bytes (not measured) when_missing; ",
      "budget-missing b:3:1 /hard_budgets/0; " },
    { "no list",
      "\"a\"",
      { "\"a\"" },
      "",
      "schema-type b:3:56 -; nothing-judged m:1:1 ; " },
    { "empty list",
      "[]",
      { "\"a\"" },
      "",
      "schema-type b:3:56 -; nothing-judged m:1:1 ; " },
    { "no names",
      "[\"a\", \"\"]",
      { "\"a\"" },
      "",
      "schema-type b:3:56 -; nothing-judged m:1:1 ; " },
};

START_TEST(looks_in_each_environment)
{
    struct entry entries[3];
    const struct az_document *file;
    const char *text;
    size_t count = 0;

    for (; count < 3 && places[_i].measured[count] != NULL; count++)
        entries[count] =
            (struct entry){ .environment = places[_i].measured[count],
                            .value = "600",
                            .unit = "\"bytes\"" };
    file = summary_of("m", entries, count);
    judge(az_arena_printf(
              arena,
              "{\"seed_set\": [11, 29],\n\"hard_budgets\": [\n{"
              "\"metric_id\": \"SIZE\", \"unit\": \"bytes\", "
              "\"environments\": %s,\n\"profiles\": {\"core-min\": 700}}],\n"
              "\"operational_budgets\": []}",
              places[_i].environments),
          &file, 1);
    text = rows_text(NULL);
    ck_assert_msg(strcmp(text, places[_i].rows) == 0, "%s: %s",
                  places[_i].label, text);
    text = findings_text(AZ_INFO);
    ck_assert_msg(strcmp(text, places[_i].findings) == 0, "%s: %s",
                  places[_i].label, text);
}
END_TEST

/* Messages that say by how much. */
static const struct {
    const char *label;
    struct entry entry;
    const char *message;
} messages[] = {
    { "bytes",
      { .value = "650.0009765625" },
      "'SIZE' is 665601 bytes, over the limit of 665600 bytes by 1 "
      "(profile 'core-min', 'desktop')" },
    { "fraction",
      { .metric_id = "\"SEND\"", .value = "8.3", .unit = "\"us\"" },
      "'SEND' is 8.3 us, over the warning threshold of 8 us by 0.3 "
      "(profile 'core-min', 'desktop')" },
    { "huge",
      { .value = "1e400" },
      "'SIZE' is 1.024e+403 bytes, over the limit of 665600 bytes "
      "(profile 'core-min', 'desktop')" },
};

START_TEST(says_by_how_much)
{
    const struct az_document *file = summary_of("m", &messages[_i].entry, 1);
    const struct az_diag *diag;

    judge(lenient, &file, 1);
    diag = find_finding("budget-exceeded");
    if (diag == NULL)
        diag = find_finding("budget-warn");
    ck_assert_msg(diag != NULL, "%s", messages[_i].label);
    ck_assert_str_eq(diag->message, messages[_i].message);
}
END_TEST

/* Entries that contradict the budgets or themselves: no verdict, whatever the
   value. */
static const struct {
    const char *label;
    struct entry entry;
    const char *findings;
    size_t judged;
} contradictions[] = {
    { "unknown metric",
      { .metric_id = "\"SIZ\"" },
      "nothing-judged m:1:1 ; measurement-metric m:2:86 /entries/0/metric_id; ",
      0 },
    { "unknown profile",
      { .profile = "\"core-mn\"" },
      "nothing-judged m:1:1 ; measurement-metric m:2:35 /entries/0/profile; ",
      0 },
    { "no limit for the profile",
      { .metric_id = "\"DEV\"", .value = "1", .unit = "\"count\"" },
      "nothing-judged m:1:1 ; "
      "measurement-metric m:2:86 /entries/0/metric_id < b:9:1; ",
      0 },
    { "other dimension",
      { .unit = "\"ms\"" },
      "nothing-judged m:1:1 ; "
      "measurement-unit m:2:116 /entries/0/unit < b:3:31; ",
      0 },
    { "percent for bytes",
      { .unit = "\"%\"" },
      "nothing-judged m:1:1 ; "
      "measurement-unit m:2:116 /entries/0/unit < b:3:31; ",
      0 },
    { "refused value",
      { .value = "0" },
      "nothing-judged m:1:1 ; measurement-value m:2:103 /entries/0/value; ",
      0 },
    { "status better than the value",
      { .value = "651", .status = "\"pass\"" },
      "budget-exceeded m:2:103 /entries/0/value < b:4:27; "
      "measurement-contradiction m:2:181 /entries/0/status < b:4:27; ",
      1 },
    { "status worse than the value",
      { .status = "\"fail\"" },
      "measurement-contradiction m:2:181 /entries/0/status < b:4:27; ",
      1 },
    { "status warn of a hard budget",
      { .value = "650", .status = "\"warn\"" },
      "measurement-contradiction m:2:181 /entries/0/status < b:4:27; ",
      1 },
    { "status skip with a value",
      { .status = "\"skip\"" },
      "measurement-contradiction m:2:181 /entries/0/status < b:4:27; ",
      1 },
    { "status of a warning band",
      { .metric_id = "\"SEND\"",
        .value = "9",
        .unit = "\"us\"",
        .status = "\"pass\"" },
      "budget-warn m:2:103 /entries/0/value < b:14:33; "
      "measurement-contradiction m:2:178 /entries/0/status < b:14:33; ",
      1 },
    { "limit of its own",
      { .threshold_hard = "700" },
      "measurement-contradiction m:2:165 /entries/0/threshold_hard < b:4:27; ",
      1 },
    { "limit in the budget's unit, not the entry's",
      { .threshold_hard = "665600" },
      "measurement-contradiction m:2:165 /entries/0/threshold_hard < b:4:27; ",
      1 },
    { "warning threshold of a hard budget",
      { .threshold_warn = "650" },
      "measurement-contradiction m:2:141 /entries/0/threshold_warn; ",
      1 },
    { "both thresholds",
      { .metric_id = "\"REPLAY\"",
        .value = "1",
        .unit = "\"%\"",
        .threshold_warn = "12.0001",
        .threshold_hard = "19.9999" },
      "measurement-contradiction m:2:139 /entries/0/threshold_warn < b:16:34; "
      "measurement-contradiction m:2:166 /entries/0/threshold_hard < b:16:56; ",
      1 },
    { "seed missing",
      { .seed_set = "[11]" },
      "measurement-seeds m:2:199 /entries/0/seed_set < b:1:14; ",
      1 },
    { "seed too many",
      { .seed_set = "[29, 7, 11]" },
      "measurement-seeds m:2:199 /entries/0/seed_set < b:1:14; ",
      1 },
    { "seed twice",
      { .seed_set = "[11, 29, 11.0]" },
      "measurement-seeds m:2:208 /entries/0/seed_set; ",
      1 },
    { "seed a string",
      { .seed_set = "[11, \"29\"]" },
      "measurement-seeds m:2:199 /entries/0/seed_set < b:1:14; ",
      1 },
};

START_TEST(refuses_contradictions)
{
    const struct az_document *file =
        summary_of("m", &contradictions[_i].entry, 1);
    const char *text;

    judge(lenient, &file, 1);
    text = findings_text(AZ_WARNING);
    ck_assert_msg(strcmp(text, contradictions[_i].findings) == 0, "%s: %s",
                  contradictions[_i].label, text);
    ck_assert_msg(az_sink_class(&sink) == AZ_CLASS_INPUT, "%s",
                  contradictions[_i].label);
    ck_assert_int_eq(result.verdict, AZ_NO_VERDICT);
    ck_assert_msg(result.judged == contradictions[_i].judged, "%s: %zu",
                  contradictions[_i].label, result.judged);
}
END_TEST

START_TEST(accepts_seeds_in_any_order)
{
    const struct entry entry = { .seed_set = "[29.0, 11]" };
    const struct az_document *file = summary_of("m", &entry, 1);

    judge(lenient, &file, 1);
    ck_assert_str_eq(findings_text(AZ_WARNING), "");
    ck_assert_int_eq(result.verdict, AZ_PASS);
}
END_TEST

/* A twin is not judged, nor is what it is a twin of. */
START_TEST(refuses_twins)
{
    const struct entry entry = { 0 };
    const struct az_document *files[] = { summary_of("m", &entry, 1),
                                          summary_of("n", &entry, 1) };

    judge(lenient, files, 2);
    ck_assert_str_eq(findings_text(AZ_WARNING),
                     "nothing-judged m:1:1 ; "
                     "measurement-twin n:2:3 /entries/0 < m:2:3; ");
    ck_assert_str_eq(rows_text("skip"),
                     "SIZE desktop fail null bytes "
                     "(the measurement is refused) measurement; ");
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_INPUT);
    ck_assert_int_eq(result.verdict, AZ_NO_VERDICT);
}
END_TEST

#define FULL  "0123456789abcdef0123456789abcdef01234567"
#define FULL2 "0123456789abcdef0123456789abcdef01234568"

/* Two entries and the commit expected. */
static const struct {
    const char *label;
    const char *first, *second;
    const char *expected;
    const char *findings;
    const char *commit; /* of the result */
} commits[] = {
    { "one, none expected", "c0ffee", "c0ffee", NULL, "", "c0ffee" },
    { "one, the expected", "c0ffee", "c0ffee", "c0ffee", "", "c0ffee" },
    { "letters differ in case", FULL,
      "0123456789ABCDEF0123456789abcdef01234567", FULL, "", FULL },
    { "names differ in case", "Head", "head", NULL,
      "measurement-commit m:3:14 /entries/1/commit < m:2:14; ", "" },
    { "two", "c0ffee", "decaf0", NULL,
      "measurement-commit m:3:14 /entries/1/commit < m:2:14; ", "" },
    { "not the expected", "c0ffee", "c0ffee", "decaf0",
      "measurement-commit m:2:14 /entries/0/commit; ", "" },
    { "one not the expected", FULL, FULL2, FULL,
      "measurement-commit m:3:14 /entries/1/commit; ", "" },
    { "short for the expected", "0123456", "0123456789", FULL,
      "measurement-commit m:2:14 /entries/0/commit < m:3:14; ", "" },
    { "both short and equal", "0123456", "0123456", FULL, "", "0123456" },
    { "expected is short", FULL, FULL, "0123456", "", FULL },
    { "too short", "012345", "012345", FULL,
      "measurement-commit m:2:14 /entries/0/commit; ", "" },
    { "short of two", FULL, FULL2, "0123456",
      "measurement-commit m:3:14 /entries/1/commit < m:2:14; ", "" },
    { "short beside full", "0123456", FULL, NULL, "", FULL },
    { "short of what is not full", "0123456", "01234567", NULL,
      "measurement-commit m:2:14 /entries/0/commit < m:3:14; ", "" },
    { "no hexadecimal digits", "release", "release-1", NULL,
      "measurement-commit m:2:14 /entries/0/commit < m:3:14; ", "" },
    { "empty expected", "c0ffee", "c0ffee", "",
      "measurement-commit m:2:14 /entries/0/commit; ", "" },
};

START_TEST(compares_commits)
{
    const struct entry entries[] = {
        { .commit = az_arena_printf(arena, "\"%s\"", commits[_i].first) },
        { .commit = az_arena_printf(arena, "\"%s\"", commits[_i].second),
          .environment = "\"mobile\"" },
    };
    const struct az_document *file = summary_of("m", entries, 2);
    const char *text;

    input.commit = commits[_i].expected;
    input.commit_source = "--commit";
    judge(lenient, &file, 1);
    text = findings_text(AZ_WARNING);
    ck_assert_msg(strcmp(text, commits[_i].findings) == 0, "%s: %s",
                  commits[_i].label, text);
    ck_assert_msg(az_str_eq_c(result.commit, commits[_i].commit), "%s: %.*s",
                  commits[_i].label, AZ_STR_ARG(result.commit));
    ck_assert_int_eq(result.verdict, text[0] != '\0' ? AZ_NO_VERDICT : AZ_PASS);
    if (text[0] != '\0')
        ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_NO_VERDICT);
}
END_TEST

/* One measured (SIZE), one not (COLD, which says WHEN_MISSING). */
static const struct {
    const char *label;
    const char *when_missing; /* member text, or "" */
    const char *require;
    const char *today;
    const char *row;
    const char *findings;
    enum az_verdict verdict;
} absences[] = {
    { "by default", "", NULL, NULL,
      "COLD null fail null ms (not measured) when_missing; ",
      "budget-missing b:5:1 /hard_budgets/1; ", AZ_FAIL },
    { "fail", "\"when_missing\": \"fail\",", NULL, NULL,
      "COLD null fail null ms (not measured) when_missing; ",
      "budget-missing b:5:1 /hard_budgets/1; ", AZ_FAIL },
    { "unknown word", "\"when_missing\": \"skipp\",", NULL, NULL,
      "COLD null fail null ms (not measured) when_missing; ",
      "budget-missing b:5:1 /hard_budgets/1; ", AZ_FAIL },
    { "null", "\"when_missing\": null,", NULL, NULL,
      "COLD null fail null ms (not measured) when_missing; ",
      "budget-missing b:5:1 /hard_budgets/1; ", AZ_FAIL },
    { "skip", "\"when_missing\": \"skip\",", NULL, NULL,
      "COLD null skip null ms (not measured, which its budget allows) "
      "when_missing; ",
      "budget-skipped b:5:1 /hard_budgets/1; ", AZ_PASS },
    { "skip, but required", "\"when_missing\": \"skip\",", "COLD", NULL,
      "COLD null fail null ms (not measured, but required) require-metric; ",
      "budget-missing b:5:1 /hard_budgets/1; ", AZ_FAIL },
    { "skip, another required", "\"when_missing\": \"skip\",", "SIZE", NULL,
      "COLD null skip null ms (not measured, which its budget allows) "
      "when_missing; ",
      "budget-skipped b:5:1 /hard_budgets/1; ", AZ_PASS },
    { "until tomorrow",
      "\"when_missing\": {\"skip\": {\"reason\": \"no rig\",\n"
      "\"until\": \"2026-11-22\"}},",
      NULL, "2026-11-21",
      "COLD null skip null ms (not measured; skipped until 2026-11-22: no rig) "
      "when_missing; ",
      "budget-skipped b:5:1 /hard_budgets/1; ", AZ_PASS },
    { "until today",
      "\"when_missing\": {\"skip\": {\"reason\": \"no rig\",\n"
      "\"until\": \"2026-11-21\"}},",
      NULL, "2026-11-21",
      "COLD null skip null ms (not measured; skipped until 2026-11-21: no rig) "
      "when_missing; ",
      "budget-skipped b:5:1 /hard_budgets/1; ", AZ_PASS },
    { "until yesterday",
      "\"when_missing\": {\"skip\": {\"reason\": \"no rig\",\n"
      "\"until\": \"2026-11-20\"}},",
      NULL, "2026-11-21",
      "COLD null fail null ms (not measured, and its skip ended on 2026-11-20) "
      "when_missing; ",
      "budget-missing b:6:10 /hard_budgets/1/when_missing/skip/until; ",
      AZ_FAIL },
    { "until tomorrow, required",
      "\"when_missing\": {\"skip\": {\"reason\": \"no rig\",\n"
      "\"until\": \"2026-11-22\"}},",
      "COLD", "2026-11-21",
      "COLD null fail null ms (not measured, but required) require-metric; ",
      "budget-missing b:5:1 /hard_budgets/1; ", AZ_FAIL },
    { "until no date",
      "\"when_missing\": {\"skip\": {\"reason\": \"no rig\",\n"
      "\"until\": \"2026-02-30\"}},",
      NULL, "2026-01-01",
      "COLD null fail null ms (not measured, and its skip has no reason or no "
      "date) when_missing; ",
      "budget-missing b:5:1 /hard_budgets/1; ", AZ_FAIL },
    { "until a leap day",
      "\"when_missing\": {\"skip\": {\"reason\": \"no rig\",\n"
      "\"until\": \"2028-02-29\"}},",
      NULL, "2026-01-01",
      "COLD null skip null ms (not measured; skipped until 2028-02-29: no rig) "
      "when_missing; ",
      "budget-skipped b:5:1 /hard_budgets/1; ", AZ_PASS },
    { "without reason",
      "\"when_missing\": {\"skip\": {\"reason\": \"\",\n"
      "\"until\": \"2028-02-29\"}},",
      NULL, "2026-01-01",
      "COLD null fail null ms (not measured, and its skip has no reason or no "
      "date) when_missing; ",
      "budget-missing b:5:1 /hard_budgets/1; ", AZ_FAIL },
    { "without today",
      "\"when_missing\": {\"skip\": {\"reason\": \"no rig\",\n"
      "\"until\": \"2028-02-29\"}},",
      NULL, NULL,
      "COLD null fail null ms (not measured, and its skip ends on a date, but "
      "there is no date of today) when_missing; ",
      "budget-missing b:5:1 /hard_budgets/1; ", AZ_FAIL },
    { "an object without skip", "\"when_missing\": {},", NULL, "2026-01-01",
      "COLD null fail null ms (not measured, and its skip has no reason or no "
      "date) when_missing; ",
      "budget-missing b:5:1 /hard_budgets/1; ", AZ_FAIL },
};

/* Budgets of two metrics, SIZE and COLD; COLD's row begins at line 5. */
static const char *
two_budgets(const char *when_missing)
{
    return az_arena_printf(arena,
                           "{\"seed_set\": [11, 29],\n"
                           "\"hard_budgets\": [\n"
                           "{\"metric_id\": \"SIZE\", \"unit\": \"KiB\",\n"
                           " \"profiles\": {\"core-min\": 650}},\n"
                           "{\"metric_id\": \"COLD\", \"unit\": \"ms\", %s\n"
                           " \"profiles\": {\"core-min\": 60}}\n"
                           "], \"operational_budgets\": []}",
                           when_missing);
}

START_TEST(judges_absence)
{
    const struct entry entry = { 0 };
    const struct az_document *file = summary_of("m", &entry, 1);
    struct az_str require = az_str_from(absences[_i].require);
    const char *text;

    input.require_metrics = &require;
    input.require_count = require.len > 0 ? 1 : 0;
    input.today = absences[_i].today;
    judge(two_budgets(absences[_i].when_missing), &file, 1);
    text = rows_text("pass");
    ck_assert_msg(strcmp(text, absences[_i].row) == 0, "%s: %s",
                  absences[_i].label, text);
    text = findings_text(AZ_INFO);
    ck_assert_msg(strcmp(text, absences[_i].findings) == 0, "%s: %s",
                  absences[_i].label, text);
    ck_assert_msg(result.verdict == absences[_i].verdict, "%s: %s",
                  absences[_i].label, az_verdict_name(result.verdict));
    ck_assert_uint_eq(result.counts.pass, 1);
    ck_assert_uint_eq(result.counts.fail + result.counts.skip, 1);
}
END_TEST

/* A budget without the profile is a row that is skipped, unless required. */
START_TEST(profile_without_limit)
{
    struct az_str require = AZ_STR("DEV");
    const struct entry entry = { 0 };
    const struct az_document *file = summary_of("m", &entry, 1);

    judge(lenient, &file, 1);
    ck_assert_ptr_nonnull(strstr(rows_text(NULL),
                                 "DEV null skip null count (the budget has no "
                                 "limit for the profile) "
                                 "hard_budgets core-min; "));
    ck_assert_int_eq(result.verdict, AZ_PASS);

    az_sink_init(&sink, arena);
    input.require_metrics = &require;
    input.require_count = 1;
    judge(lenient, &file, 1);
    ck_assert_str_eq(findings_text(AZ_WARNING),
                     "budget-missing b:9:1 /hard_budgets/3; ");
    ck_assert_int_eq(result.verdict, AZ_FAIL);
}
END_TEST

/* Options that name what is not there. */
START_TEST(refuses_unknown_options)
{
    struct az_str require[] = { AZ_STR("SIZE"), AZ_STR("SIZ") };
    const struct entry entry = { 0 };
    const struct az_document *file = summary_of("m", &entry, 1);

    input.require_metrics = require;
    input.require_count = 2;
    judge(lenient, &file, 1);
    ck_assert_str_eq(findings_text(AZ_WARNING), "usage - -; ");
    ck_assert_str_eq(find_finding("usage")->hint, "did you mean 'SIZE'?");
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_USAGE);
    ck_assert_int_eq(result.verdict, AZ_NO_VERDICT);

    az_sink_init(&sink, arena);
    input.require_count = 0;
    input.profile = AZ_STR("core-mini");
    judge(lenient, &file, 1);
    ck_assert_str_eq(findings_text(AZ_INFO), "usage - -; ");
    ck_assert_str_eq(find_finding("usage")->hint, "did you mean 'core-min'?");
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_USAGE);
    ck_assert_int_eq(result.verdict, AZ_NO_VERDICT);
    ck_assert_uint_eq(result.rows.count, 0);
}
END_TEST

/* Measurements of another profile are counted, and judge nothing. */
START_TEST(other_profiles)
{
    const struct entry both[] = { { 0 },
                                  { .profile = "\"full-dev\"" },
                                  { .profile = "\"full-dev\"",
                                    .environment = "\"mobile\"" } };
    const struct az_document *file = summary_of("m", both, 3);
    const struct az_document *other = summary_of("m", both + 1, 2);

    judge(lenient, &file, 1);
    ck_assert_int_eq(result.verdict, AZ_PASS);
    ck_assert_uint_eq(result.judged, 1);
    ck_assert_uint_eq(result.not_judged, 2);
    ck_assert_str_eq(find_finding("measurement-not-judged")->message,
                     "2 entries of profile 'full-dev' not judged: the profile "
                     "is 'core-min'");

    az_sink_init(&sink, arena);
    judge(lenient, &other, 1);
    ck_assert_str_eq(findings_text(AZ_WARNING), "nothing-judged m:1:1 ; ");
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_NO_VERDICT);
    ck_assert_int_eq(result.verdict, AZ_NO_VERDICT);
}
END_TEST

/* Entries of one unknown profile are one finding. */
START_TEST(unknown_profiles)
{
    const struct entry entries[] = { { 0 },
                                     { .profile = "\"full-dve\"" },
                                     { .profile = "\"full-dve\"",
                                       .environment = "\"mobile\"" } };
    const struct az_document *file = summary_of("m", entries, 3);

    judge(lenient, &file, 1);
    ck_assert_str_eq(find_finding("measurement-metric")->message,
                     "2 entries of profile 'full-dve', which no budget knows");
    ck_assert_str_eq(find_finding("measurement-metric")->hint,
                     "did you mean 'full-dev'?");
    ck_assert_uint_eq(sink.errors_by_class[AZ_CLASS_INPUT], 1);
    ck_assert_uint_eq(result.not_judged, 0);
}
END_TEST

/* What a schema found in a summary is not said again, and is malformed
   input. */
START_TEST(known_shapes)
{
    const struct entry entry = { .unit = "\"uz\"" };
    const struct az_document *file = summary_of("m", &entry, 1);
    const struct az_node *first = &az_node_get(file->root, "entries")->items[0];
    struct az_place unit = az_document_place(file, az_node_get(first, "unit"));

    az_sink_add(&sink, AZ_DIAG_SCHEMA_ENUM, unit, "unknown unit");
    judge(lenient, &file, 1);
    ck_assert_ptr_null(find_finding("measurement-unit"));
    ck_assert_uint_eq(sink.errors_by_class[AZ_CLASS_INPUT], 1);
    ck_assert_uint_eq(sink.errors_by_class[AZ_CLASS_JUDGED], 0);
    ck_assert_uint_eq(result.judged, 0);

    /* of another place it is another fault */
    az_sink_init(&sink, arena);
    unit.span.start++;
    az_sink_add(&sink, AZ_DIAG_SCHEMA_ENUM, unit, "unknown unit");
    judge(lenient, &file, 1);
    ck_assert_ptr_nonnull(find_finding("measurement-unit"));
    ck_assert_uint_eq(sink.errors_by_class[AZ_CLASS_INPUT], 1);
    ck_assert_uint_eq(sink.errors_by_class[AZ_CLASS_JUDGED], 1);
}
END_TEST

/* Nor is a twin that a rule found. */
START_TEST(known_twins)
{
    const struct entry entries[] = { { 0 }, { 0 } };
    const struct az_document *file = summary_of("m", entries, 2);
    const struct az_node *later = &az_node_get(file->root, "entries")->items[1];

    az_sink_add(&sink, AZ_DIAG_RULE_BROKEN, az_document_place(file, later),
                "measured twice");
    judge(lenient, &file, 1);
    ck_assert_ptr_null(find_finding("measurement-twin"));
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_INPUT);
    ck_assert_uint_eq(result.judged, 0);
}
END_TEST

/* What is missing is no judgement: nothing measured is no verdict, not a
   failure and not a pass. */
START_TEST(nothing_is_no_verdict)
{
    judge(lenient, NULL, 0);
    ck_assert_str_eq(findings_text(AZ_WARNING), "nothing-judged b:1:1 ; ");
    ck_assert_int_eq(result.verdict, AZ_NO_VERDICT);

    az_sink_init(&sink, arena);
    judge(two_budgets(""), NULL, 0);
    ck_assert_int_eq(result.verdict, AZ_NO_VERDICT);
    ck_assert_int_eq(az_sink_class(&sink), AZ_CLASS_NO_VERDICT);
    ck_assert_uint_eq(result.counts.fail, 2);
}
END_TEST

/* A finding that was there before keeps the run from passing. */
START_TEST(earlier_findings_count)
{
    const struct entry entry = { 0 };
    const struct az_document *file = summary_of("m", &entry, 1);
    const struct az_place nowhere = { NULL, { 0, 0 } };

    az_sink_add(&sink, AZ_DIAG_RULE_BROKEN, nowhere, "broken");
    judge(lenient, &file, 1);
    ck_assert_int_eq(result.verdict, AZ_FAIL);
}
END_TEST

/* Budgets that a schema should have refused: no crash, and no pass. */
static const struct {
    const char *label;
    const char *text;
    const char *findings;
} broken[] = {
    { "no object", "[]",
      "usage - -; "
      "missing-key b:1:1 -; missing-key b:1:1 -; missing-key b:1:1 -; " },
    { "rows are no objects",
      "{\"hard_budgets\": [1], \"operational_budgets\": [null],\n"
      "\"seed_set\": 1}",
      "usage - -; "
      "missing-key b:1:19 -; missing-key b:1:47 -; schema-type b:2:13 -; " },
    { "limit no number",
      "{\"hard_budgets\": [{\"metric_id\": \"SIZE\", \"unit\": \"B\",\n"
      "\"profiles\": {\"core-min\": \"1\"}}], \"operational_budgets\": [],\n"
      "\"seed_set\": [11, 29]}",
      "schema-type b:2:26 -; nothing-judged m:1:1 ; " },
    { "unknown unit",
      "{\"hard_budgets\": [{\"metric_id\": \"SIZE\", \"unit\": \"kib\",\n"
      "\"profiles\": {\"core-min\": 650}}], \"operational_budgets\": [],\n"
      "\"seed_set\": [11, 29]}",
      "schema-enum b:1:49 -; nothing-judged m:1:1 ; " },
    { "thresholds missing",
      "{\"hard_budgets\": [{\"metric_id\": \"A\", \"unit\": \"%\",\n"
      "\"profiles\": {\"core-min\": 650}}], \"operational_budgets\": [\n"
      "{\"metric_id\": \"SIZE\", \"unit\": \"KiB\", \"warn_threshold\": "
      "null}],\n"
      "\"seed_set\": [11, 29]}",
      "budget-missing b:1:19 /hard_budgets/0; "
      "missing-key b:3:1 -; schema-type b:3:56 -; nothing-judged m:1:1 ; " },
    { "one threshold missing",
      "{\"hard_budgets\": [{\"metric_id\": \"A\", \"unit\": \"%\",\n"
      "\"profiles\": {\"core-min\": 650}}], \"operational_budgets\": [\n"
      "{\"metric_id\": \"SIZE\", \"unit\": \"KiB\", \"hard_threshold\": 1}],\n"
      "\"seed_set\": [11, 29]}",
      "budget-missing b:1:19 /hard_budgets/0; missing-key b:3:1 -; "
      "nothing-judged m:1:1 ; " },
    { "one metric twice",
      "{\"hard_budgets\": [{\"metric_id\": \"SIZE\", \"unit\": \"KiB\",\n"
      "\"profiles\": {\"core-min\": 650}}], \"operational_budgets\": [\n"
      "{\"metric_id\": \"SIZE\", \"unit\": \"KiB\", \"warn_threshold\": 1,\n"
      "\"hard_threshold\": 2}], \"seed_set\": [11, 29]}",
      "schema-unique b:3:15 - < b:1:33; " },
};

START_TEST(survives_broken_budgets)
{
    const struct entry entry = { 0 };
    const struct az_document *file = summary_of("m", &entry, 1);
    const char *text;

    judge(broken[_i].text, &file, 1);
    text = findings_text(AZ_WARNING);
    ck_assert_msg(strcmp(text, broken[_i].findings) == 0, "%s: %s",
                  broken[_i].label, text);
    ck_assert_msg(result.verdict == AZ_FAIL || result.verdict == AZ_NO_VERDICT,
                  "%s", broken[_i].label);
}
END_TEST

/* The order of rows, whatever the order of entries and files. */
START_TEST(sorts_rows)
{
    const struct entry first[] = {
        { .metric_id = "\"SEND\"", .value = "1", .unit = "\"us\"" },
        { .environment = "\"mobile\"" },
        { .metric_id = "\"INIT\"", .value = "1", .unit = "\"ms\"" },
    };
    const struct entry second[] = { { .environment = "\"desktop\"" },
                                    { .environment = "\"Tablet\"" } };
    const struct az_document *files[] = { summary_of("m", first, 3),
                                          summary_of("n", second, 2) };

    judge(lenient, files, 2);
    ck_assert_str_eq(
        rows_text("skip"),
        "SIZE Tablet pass 614400 bytes (614400 <= 665600 bytes) "
        "hard_budgets core-min; "
        "SIZE desktop pass 614400 bytes (614400 <= 665600 bytes) "
        "hard_budgets core-min; "
        "SIZE mobile pass 614400 bytes (614400 <= 665600 bytes) "
        "hard_budgets core-min; "
        "INIT desktop pass 1 ms (1 <= 2.5 ms) hard_budgets core-min; "
        "SEND desktop pass 1 us (1 <= 8 us) warn_threshold; ");
    ck_assert_uint_eq(result.counts.pass, 5);
    ck_assert_uint_eq(result.counts.skip, 4);
}
END_TEST

START_TEST(rows_and_events)
{
    const struct entry entry = { .value = "600.50", .status = "\"pass\"" };
    const struct az_document *file = summary_of("m", &entry, 1);
    static const char row[] =
        "\"commit\":\"c0ffee\",\"profile\":\"core-min\","
        "\"environment\":\"desktop\",\"metric_id\":\"SIZE\",\"value\":600.5,"
        "\"unit\":\"KiB\",\"threshold_warn\":null,\"threshold_hard\":650,"
        "\"status\":\"pass\",\"seed_set\":[11,29],\"commands\":[\"make\"],"
        "\"artifact_paths\":[\"a.wasm\"],\"reason\":\"600.5 <= 650 KiB\","
        "\"rule\":\"hard_budgets core-min\","
        "\"source\":{\"file\":\"m\",\"line\":2,\"raw\":\"600.50\"}}";
    static const char missing[] =
        "\"commit\":\"c0ffee\",\"profile\":\"core-min\",\"environment\":null,"
        "\"metric_id\":\"COLD\",\"value\":null,\"unit\":\"ms\","
        "\"threshold_warn\":null,\"threshold_hard\":60,\"status\":\"fail\","
        "\"seed_set\":[],\"commands\":[],\"artifact_paths\":[],"
        "\"reason\":\"not measured\",\"rule\":\"when_missing\","
        "\"source\":null}";
    struct az_node constituents;
    const char *parts;

    judge(two_budgets(""), &file, 1);
    constituents = az_constituents_node(arena, &result);
    parts = text_of(&constituents);
    ck_assert_str_eq(text_of(&result.rows),
                     az_arena_printf(arena, "[{%s,{%s]", row, missing));
    ck_assert_str_eq(
        az_gate_events(arena, &result, NULL).p,
        az_arena_printf(arena,
                        "{\"event\":\"row\",%s\n{\"event\":\"row\",%s\n"
                        "{\"event\":\"verdict\",\"verdict\":\"fail\","
                        "\"commit\":\"c0ffee\",\"profile\":\"core-min\","
                        "\"judged\":1,\"pass\":1,\"warn\":0,\"fail\":1,"
                        "\"skip\":0,\"constituents\":%s}\n",
                        row, missing, parts));
    ck_assert_ptr_nonnull(
        strstr(az_gate_events(arena, &result, "2026-11-21T00:00:00Z").p,
               "}],\"generated_at\":\"2026-11-21T00:00:00Z\"}\n"));
}
END_TEST

/* Neither hangs nor grows out of hand: so many entries, all unknown. */
enum { MANY = 65536 };

START_TEST(many_unknown_metrics)
{
    struct az_buf buf;
    const struct az_document *file;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{\"entries\": [\n");
    for (size_t i = 0; i < MANY; i++) {
        const struct entry entry = { .metric_id = az_arena_printf(
                                         arena, "\"M%zu\"", i) };

        az_buf_addf(&buf, "%s%s\n", i > 0 ? "," : "", entry_text(&entry));
    }
    az_buf_add_c(&buf, "]}");
    file = named_document("m", buf.p);
    judge(lenient, &file, 1);
    ck_assert_uint_eq(sink.by_severity[AZ_ERROR], MANY + 1);
    ck_assert_int_eq(result.verdict, AZ_NO_VERDICT);
}
END_TEST

static void
clear_input(void)
{
    memset(&input, 0, sizeof input);
}

/* LIMIT NULL: there is none.  SHOWN NULL: as it is. */
static const struct {
    const char *value, *limit, *shown;
} shown[] = {
    { "12.3456789012", NULL, NULL },
    { "12.34567890123", NULL, "12.3456789012" },
    { "-12.34567890128", NULL, "-12.3456789013" },
    { "123456789012345", NULL, NULL },
    { "1e20", NULL, NULL },
    { "123456789012345.5", NULL, "123456789012346" },
    { "0.000123456789012345", NULL, "0.000123456789012" },
    { "99.99999999999999", NULL, "100" },
    { "99.99999999999999", "100", NULL },
    { "100.00000000000012", "100", "100.0000000000001" },
    { "100.0000000000000000001", "100", NULL },
    { "100.00000000000001", "99", "100" },
    { "1.00000000000004", "1.00000000000003", NULL },
    { "1.00000000000004999", "1.00000000000003", "1.00000000000005" },
    /* longer than what is computed with */
    { "1.00000000000000000000000000000000000000000000000000000000000000000001",
      NULL, NULL },
};

START_TEST(rounds_what_is_shown)
{
    struct az_decimal value = { { NULL, 0 }, 0, false }, limit = value, got;
    bool rounded, has_limit = shown[_i].limit != NULL;

    ck_assert(az_decimal_parse(arena, az_str_from(shown[_i].value), &value) &&
              (!has_limit ||
               az_decimal_parse(arena, az_str_from(shown[_i].limit), &limit)));
    got = az_row_round(arena, value, &limit, has_limit, &rounded);
    ck_assert_int_eq(rounded, shown[_i].shown != NULL);
    if (rounded)
        ck_assert_str_eq(az_decimal_print(arena, got).p, shown[_i].shown);
    else
        ck_assert_int_eq(az_decimal_compare(got, value), 0);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("gate");
    TCase *tcase = new_case(suite, "gate");

    tcase_add_checked_fixture(tcase, clear_input, NULL);
    tcase_add_loop_test(tcase, judges_bands, 0, COUNT(bands));
    tcase_add_loop_test(tcase, judges_by_direction, 0, COUNT(directions));
    tcase_add_loop_test(tcase, looks_in_each_environment, 0, COUNT(places));
    tcase_add_loop_test(tcase, says_by_how_much, 0, COUNT(messages));
    tcase_add_loop_test(tcase, refuses_contradictions, 0,
                        COUNT(contradictions));
    tcase_add_test(tcase, accepts_seeds_in_any_order);
    tcase_add_test(tcase, refuses_twins);
    tcase_add_loop_test(tcase, compares_commits, 0, COUNT(commits));
    tcase_add_loop_test(tcase, judges_absence, 0, COUNT(absences));
    tcase_add_test(tcase, profile_without_limit);
    tcase_add_test(tcase, refuses_unknown_options);
    tcase_add_test(tcase, other_profiles);
    tcase_add_test(tcase, unknown_profiles);
    tcase_add_test(tcase, known_shapes);
    tcase_add_test(tcase, known_twins);
    tcase_add_test(tcase, nothing_is_no_verdict);
    tcase_add_test(tcase, earlier_findings_count);
    tcase_add_loop_test(tcase, survives_broken_budgets, 0, COUNT(broken));
    tcase_add_test(tcase, sorts_rows);
    tcase_add_test(tcase, rows_and_events);
    tcase_add_test(tcase, many_unknown_metrics);
    tcase_add_loop_test(tcase, rounds_what_is_shown, 0, COUNT(shown));
    return run_suite(suite);
}
