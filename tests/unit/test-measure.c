/* Measurements: what an entry must be by itself.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/limits.h"
#include "report.h"

#include "measure/measure.h"

/* One entry with one or two fields amiss.  COUNT: how many are kept. */
static const struct {
    const char *label;
    struct entry entry;
    const char *want;
    size_t count;
    bool refused;
} entries[] = {
    { "sound", { 0 }, "", 1, false },
    { "thresholds and status",
      { .threshold_warn = "1", .threshold_hard = "2", .status = "\"pass\"" },
      "",
      1,
      false },
    { "no commit",
      { .commit = "" },
      "measurement-shape m:2:3 /entries/0; ",
      1,
      true },
    { "blank commit",
      { .commit = "\" \"" },
      "measurement-shape m:2:14 /entries/0/commit; ",
      1,
      true },
    { "no metric",
      { .metric_id = "" },
      "measurement-shape m:2:3 /entries/0; ",
      0,
      true },
    { "metric a number",
      { .metric_id = "1" },
      "measurement-shape m:2:86 /entries/0/metric_id; ",
      0,
      true },
    { "empty environment",
      { .environment = "\"\"" },
      "measurement-shape m:2:62 /entries/0/environment; ",
      0,
      true },
    { "null profile",
      { .profile = "null" },
      "measurement-shape m:2:35 /entries/0/profile; ",
      0,
      true },
    { "value null",
      { .value = "null" },
      "measurement-shape m:2:103 /entries/0/value; ",
      1,
      true },
    { "value a string",
      { .value = "\"600\"" },
      "measurement-shape m:2:103 /entries/0/value; ",
      1,
      true },
    { "value and unit missing",
      { .value = "", .unit = "" },
      "measurement-shape m:2:3 /entries/0; measurement-shape m:2:3 "
      "/entries/0; ",
      1,
      true },
    { "threshold a string",
      { .threshold_hard = "\"1\"" },
      "measurement-shape m:2:165 /entries/0/threshold_hard; ",
      1,
      true },
    { "threshold missing",
      { .threshold_warn = "" },
      "measurement-shape m:2:3 /entries/0; ",
      1,
      true },
    { "status true",
      { .status = "true" },
      "measurement-shape m:2:181 /entries/0/status; ",
      1,
      true },
    { "no seeds",
      { .seed_set = "[]" },
      "measurement-shape m:2:199 /entries/0/seed_set; ",
      1,
      true },
    { "no command",
      { .commands = "[]" },
      "measurement-shape m:2:221 /entries/0/commands; ",
      1,
      true },
    { "blank command",
      { .commands = "[\"make\", \"\\t\"]" },
      "measurement-shape m:2:230 /entries/0/commands/1; ",
      1,
      true },
    { "commands a string",
      { .commands = "\"make\"" },
      "measurement-shape m:2:221 /entries/0/commands; ",
      1,
      true },
    { "no artifact",
      { .artifact_paths = "[]" },
      "measurement-shape m:2:249 /entries/0/artifact_paths; ",
      1,
      true },
    { "unknown unit",
      { .unit = "\"kib\"" },
      "measurement-unit m:2:116 /entries/0/unit; ",
      1,
      true },
    { "zero bytes",
      { .value = "0" },
      "measurement-value m:2:103 /entries/0/value; ",
      1,
      true },
    { "minus zero bytes",
      { .value = "-0.0" },
      "measurement-value m:2:103 /entries/0/value; ",
      1,
      true },
    { "bytes below zero",
      { .value = "-1" },
      "measurement-value m:2:103 /entries/0/value; ",
      1,
      true },
    { "half a byte",
      { .value = "0.5", .unit = "\"bytes\"" },
      "measurement-value m:2:103 /entries/0/value; ",
      1,
      true },
    { "half a KiB", { .value = "0.5" }, "", 1, false },
    { "a thousandth of a KiB",
      { .value = "0.001" },
      "measurement-value m:2:103 /entries/0/value; ",
      1,
      true },
    { "1.0 bytes", { .value = "1.0", .unit = "\"B\"" }, "", 1, false },
    { "huge", { .value = "1e400" }, "", 1, false },
    { "zero time",
      { .value = "0", .unit = "\"ms\"" },
      "measurement-value m:2:103 /entries/0/value; ",
      1,
      true },
    { "tiny time", { .value = "1e-400", .unit = "\"ns\"" }, "", 1, false },
    { "zero percent", { .value = "0", .unit = "\"%\"" }, "", 1, false },
    { "percent below zero",
      { .value = "-3.5", .unit = "\"%\"" },
      "",
      1,
      false },
    { "zero count", { .value = "0", .unit = "\"count\"" }, "", 1, false },
    { "half a count",
      { .value = "0.5", .unit = "\"count\"" },
      "measurement-value m:2:103 /entries/0/value; ",
      1,
      true },
    { "count below zero",
      { .value = "-1", .unit = "\"ops\"" },
      "measurement-value m:2:103 /entries/0/value; ",
      1,
      true },
};

START_TEST(checks_entry)
{
    const struct az_document *document = summary_of("m", &entries[_i].entry, 1);
    struct az_measurements got;
    const char *text;

    az_measure_read(arena, &sink, &document, 1, &got);
    text = findings_text(AZ_INFO);
    ck_assert_msg(strcmp(text, entries[_i].want) == 0, "%s: %s",
                  entries[_i].label, text);
    ck_assert_msg(got.count == entries[_i].count, "%s: %zu kept",
                  entries[_i].label, got.count);
    if (got.count == 1)
        ck_assert_msg(got.items[0].refused == entries[_i].refused, "%s",
                      entries[_i].label);
    if (entries[_i].refused)
        ck_assert_msg(az_sink_class(&sink) == AZ_CLASS_INPUT, "%s",
                      entries[_i].label);
}
END_TEST

/* Whole files. */
static const struct {
    const char *label;
    const char *text;
    const char *want;
} files[] = {
    { "nothing", "{}", "measurement-shape m:1:1 ; " },
    { "no object", "[]", "measurement-shape m:1:1 ; " },
    { "empty", "{\"entries\": []}", "" },
    { "empty, other name", "{\"measurements\": []}", "" },
    { "both names", "{\"entries\": [],\n\"measurements\": []}",
      "measurement-shape m:2:17 /measurements; " },
    { "no list", "{\"entries\": {}}", "measurement-shape m:1:13 /entries; " },
    { "entry no object", "{\"measurements\": [null, 1]}",
      "measurement-shape m:1:19 /measurements/0; "
      "measurement-shape m:1:25 /measurements/1; " },
    { "profile no string", "{\"profile\": 1, \"entries\": []}",
      "measurement-shape m:1:13 /profile; " },
};

START_TEST(checks_file)
{
    const struct az_document *document = named_document("m", files[_i].text);
    struct az_measurements got;
    const char *text;

    az_measure_read(arena, &sink, &document, 1, &got);
    text = findings_text(AZ_INFO);
    ck_assert_msg(strcmp(text, files[_i].want) == 0, "%s: %s", files[_i].label,
                  text);
    ck_assert_uint_eq(got.count, 0);
}
END_TEST

START_TEST(profile_of_file)
{
    const struct entry entry = { 0 }, other = { .metric_id = "\"OTHER\"" };
    const struct az_document *document = named_document(
        "m", az_arena_printf(arena,
                             "{\"profile\": \"full-dev\",\n\"entries\": [%s, "
                             "%s]}",
                             entry_text(&entry), entry_text(&other)));
    struct az_measurements got;

    az_measure_read(arena, &sink, &document, 1, &got);
    ck_assert_str_eq(findings_text(AZ_INFO),
                     "measurement-contradiction m:2:45 /entries/0/profile"
                     " < m:1:13; ");
    ck_assert_str_eq(sink.diags[0]->message,
                     "the entry is of profile 'core-min', the file of "
                     "'full-dev' (and 1 more)");
    ck_assert(got.items[0].refused);
    ck_assert(got.items[1].refused);
}
END_TEST

/* Two entries, in one file or in two.  TWIN: they have one key. */
static const struct {
    const char *label;
    struct entry first, second;
    bool twin;
} pairs[] = {
    { "equal values", { 0 }, { 0 }, true },
    { "different values", { .value = "1" }, { .value = "2" }, true },
    { "other unit", { .unit = "\"KiB\"" }, { .unit = "\"B\"" }, true },
    { "other metric", { 0 }, { .metric_id = "\"OTHER\"" }, false },
    { "other profile", { 0 }, { .profile = "\"full-dev\"" }, false },
    { "other environment", { 0 }, { .environment = "\"mobile\"" }, false },
    { "escapes are one name", { 0 }, { .metric_id = "\"\\u0053IZE\"" }, true },
    { "parts do not run together",
      { .metric_id = "\"ab\"", .profile = "\"c\"" },
      { .metric_id = "\"a\"", .profile = "\"bc\"" },
      false },
};

START_TEST(finds_twins)
{
    const struct entry both[] = { pairs[_i].first, pairs[_i].second };
    const struct az_document *two[] = { summary_of("m", &both[0], 1),
                                        summary_of("n", &both[1], 1) };
    const struct az_document *one = summary_of("m", both, 2);
    struct az_measurements got;

    az_measure_read(arena, &sink, &one, 1, &got);
    ck_assert_msg(strcmp(findings_text(AZ_INFO),
                         pairs[_i].twin
                             ? "measurement-twin m:3:3 /entries/1 < m:2:3; "
                             : "") == 0,
                  "%s: %s", pairs[_i].label, findings_text(AZ_INFO));
    ck_assert_uint_eq(got.count, pairs[_i].twin ? 1 : 2);
    ck_assert(got.items[0].refused == pairs[_i].twin);

    az_sink_init(&sink, arena);
    az_measure_read(arena, &sink, two, 2, &got);
    ck_assert_msg(strcmp(findings_text(AZ_INFO),
                         pairs[_i].twin
                             ? "measurement-twin n:2:3 /entries/0 < m:2:3; "
                             : "") == 0,
                  "%s: %s", pairs[_i].label, findings_text(AZ_INFO));
}
END_TEST

START_TEST(hints_at_units)
{
    static const struct {
        const char *unit, *hint;
    } units[] = {
        { "\"kib\"", "did you mean 'KiB'?" },
        { "\"parsec\"",
          "the units are bytes, B, KiB, MiB, GiB, kB, KB, MB, GB (size); ns, "
          "us, \xc2\xb5s, \xce\xbcs, ms, s, min (time); % (percentage); "
          "count, ops (count); ratio (ratio); ops/s, kops/s, fps, Hz (rate of "
          "events); bytes/s, B/s, KiB/s, MiB/s, GiB/s, kB/s, KB/s, MB/s, GB/s "
          "(rate of data)" },
    };

    for (size_t i = 0; i < COUNT(units); i++) {
        const struct entry entry = { .unit = units[i].unit };
        const struct az_document *document = summary_of("m", &entry, 1);
        struct az_measurements got;

        az_sink_init(&sink, arena);
        az_measure_read(arena, &sink, &document, 1, &got);
        ck_assert_uint_eq(sink.count, 1);
        ck_assert_str_eq(sink.diags[0]->hint, units[i].hint);
    }
}
END_TEST

START_TEST(stops_at_limit)
{
    enum { LIMIT = 1000 };
    struct az_limits limits = az_limits_own;
    struct az_buf buf;
    const struct az_document *document;
    struct az_measurements got;

    limits.rows = LIMIT;
    az_arena_set_limits(arena, &limits);
    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{\"entries\": [");
    for (size_t i = 0; i <= LIMIT; i++)
        az_buf_addf(&buf,
                    "%s{\"metric_id\": \"m%zu\", \"profile\": \"p\","
                    " \"environment\": \"e\"}\n",
                    i > 0 ? "," : " ", i);
    az_buf_add_c(&buf, "]}");
    document = named_document("m", buf.p);
    az_measure_read(arena, &sink, &document, 1, &got);
    ck_assert_uint_eq(got.count, LIMIT);
    ck_assert_uint_eq(sink.total, 9 * LIMIT + 1);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("measure");
    TCase *tcase = new_case(suite, "measure");

    tcase_add_loop_test(tcase, checks_entry, 0, COUNT(entries));
    tcase_add_loop_test(tcase, checks_file, 0, COUNT(files));
    tcase_add_test(tcase, profile_of_file);
    tcase_add_loop_test(tcase, finds_twins, 0, COUNT(pairs));
    tcase_add_test(tcase, hints_at_units);
    tcase_add_test(tcase, stops_at_limit);
    return run_suite(suite);
}
