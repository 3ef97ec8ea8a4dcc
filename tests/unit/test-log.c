/* Sample logs: each line judged, whoever reads it.
   SPDX-License-Identifier: MIT */

#include "log-support.h"

#include "core/limits.h"

/* The ways to read that must give the same. */
static const struct az_log_options ways[] = {
    { .jobs = 1 },
    { .jobs = 1, .plain = true },
    { .jobs = 1, .block_size = 64 },
    { .jobs = 1, .block_size = 300, .plain = true },
    { .jobs = 2, .block_size = 300 },
    { .jobs = 4, .block_size = 1 },
    { .jobs = 3, .block_size = 997, .plain = true },
};

/* Reads FILE in each way, and holds what is found against WANT and SAMPLES.
 */
static void
expect(const char *label, const char *file, const char *want,
       const char *samples)
{
    for (size_t i = 0; i < COUNT(ways); i++) {
        struct az_log log;

        az_sink_init(&sink, arena);
        az_log_init(&log, arena, &sink, &ways[i]);
        az_log_read(&log, file);
        ck_assert_msg(strcmp(findings_text(AZ_INFO), want) == 0,
                      "%s, way %zu: %s", label, i, findings_text(AZ_INFO));
        ck_assert_msg(strcmp(samples_text(&log), samples) == 0,
                      "%s, way %zu: %.4000s", label, i, samples_text(&log));
    }
}

/* One line with a field amiss between lines of which nothing is amiss. */
static const struct {
    const char *label, *field, *json, *want, *samples;
} lines[] = {
    { "sound", "bundler", "\"v\"", "", "M/11: 15e2 15e2 15e2; " },
    { "integer", "value", "2", "", "M/11: 15e2 2e3 15e2; " },
    { "exponent", "value", "2.5e1", "", "M/11: 15e2 25e3 15e2; " },
    { "finer", "value", "1.23456", "", "M/11: 15e2 123456e-2 15e2; " },
    { "trailing zeros", "value", "1.500000000000000000000000", "",
      "M/11: 15e2 15e2 15e2; " },
    { "seventeen digits", "value", "1.2345678901234567", "",
      "M/11: 15e2 12345678901234567e-13 15e2; " },
    { "a browser's difference of times", "value", "0.30000000447034836", "",
      "M/11: 15e2 30000000447034836e-14 15e2; " },
    { "a browser's rounding error", "value", "5.960464477539063e-8", "",
      "M/11: 15e2 5960464477539063e-20 15e2; " },
    { "twenty places below the highest digit", "value", "1e20", "",
      "M/11: 15e2 1e23 15e2; " },
    { "other unit", "unit", "\"ns\"", "", "M/11: 15e2 15e-1 15e2; " },
    { "minutes", "unit", "\"min\"", "", "M/11: 15e2 9e10 15e2; " },
    { "seed", "seed", "12", "", "M/11: 15e2 15e2; M/12: 15e2; " },
    { "seed as decimal", "seed", "11.0", "", "M/11: 15e2 15e2 15e2; " },
    { "seed below zero", "seed", "-1", "", "M/11: 15e2 15e2; M/-1: 15e2; " },
    { "browser", "browser", "\"c\"", "", "M/11: 15e2 15e2; M/11: 15e2; " },
    { "escaped", "browser", "\"\\u0062\"", "", "M/11: 15e2 15e2 15e2; " },
    { "beyond ASCII", "bundler", "\"\xc3\xa9\"", "",
      "M/11: 15e2 15e2; M/11: 15e2; " },
    { "another scenario", "scenario_id", "\"t\"", "",
      "M/11: 15e2 15e2; M/11: 15e2; " },
    { "artifact outside", "artifact_paths", "[\"a\", \"../b\"]",
      "log-line l:2:205 /artifact_paths/1; ", "!M/11: 15e2 15e2; " },
    { "artifact from the root", "artifact_paths", "[\"/b\"]",
      "log-line l:2:200 /artifact_paths/0; ", "!M/11: 15e2 15e2; " },
    { "artifacts", "artifact_paths", "[\"b\", \"c\"]", "",
      "M/11: 15e2 15e2 15e2; " },
    { "time", "measured_at", "\"2026-11-21T10:00:00.5+01:00\"", "",
      "M/11: 15e2 15e2 15e2; " },
    { "host class", "host_class", "\"h\"", "", "M/11: 15e2 15e2 15e2; " },
    { "no bundler", "bundler", NULL, "log-line l:2:1 ; ",
      "!M/11: 15e2 15e2; " },
    { "no metric", "metric_id", NULL, "log-line l:2:1 ; ",
      "!M/11: 15e2 15e2; " },
    { "unknown field", "browsr", "\"b\"", "log-line l:2:235 ; ",
      "!M/11: 15e2 15e2; " },
    { "blank text", "framework", "\" \"", "log-line l:2:35 /framework; ",
      "!M/11: 15e2 15e2; " },
    { "empty text", "metric_id", "\"\"", "log-line l:2:130 /metric_id; ",
      "!M/11: 15e2 15e2; " },
    { "null", "bundler", "null", "log-line l:2:100 /bundler; ",
      "!M/11: 15e2 15e2; " },
    { "value null", "value", "null", "log-line l:2:144 /value; ",
      "!M/11: 15e2 15e2; " },
    { "value true", "value", "true", "log-line l:2:144 /value; ",
      "!M/11: 15e2 15e2; " },
    { "value a string", "value", "\"12\"", "log-line l:2:144 /value; ",
      "!M/11: 15e2 15e2; " },
    { "value zero", "value", "0", "measurement-value l:2:144 /value; ",
      "!M/11: 15e2 15e2; " },
    { "value zero with decimals", "value", "0.00",
      "measurement-value l:2:144 /value; ", "!M/11: 15e2 15e2; " },
    { "value below zero", "value", "-1.5", "measurement-value l:2:144 /value; ",
      "!M/11: 15e2 15e2; " },
    { "value NaN", "value", "NaN", "json-syntax l:2:144 -; ",
      "!M/11: 15e2 15e2; " },
    { "value with a leading zero", "value", "01.5", "json-syntax l:2:144 -; ",
      "!M/11: 15e2 15e2; " },
    { "value without decimals", "value", "1.", "json-syntax l:2:144 -; ",
      "!M/11: 15e2 15e2; " },
    { "value of two points", "value", "1.5.5", "json-syntax l:2:144 -; ",
      "!M/11: 15e2 15e2; " },
    { "value of eighteen digits", "value", "1.23456789012345678",
      "log-range l:2:144 /value; ", "!M/11: 15e2 15e2; " },
    { "value too large", "value", "1e300", "log-range l:2:144 /value; ",
      "!M/11: 15e2 15e2; " },
    { "value too fine", "value", "1e-300", "log-range l:2:144 /value; ",
      "!M/11: 15e2 15e2; " },
    { "unknown unit", "unit", "\"parsec\"", "measurement-unit l:2:157 /unit; ",
      "!M/11: 15e2 15e2; " },
    { "unit of another dimension", "unit", "\"bytes\"",
      "measurement-value l:2:144 /value; ", "!M/11: 15e2 15e2; " },
    { "whole unit of another dimension", "unit", "\"KiB\"",
      "measurement-unit l:2:157 /unit; ", "!M/11: 15e2 15e2; " },
    { "failed", "status", "\"fail\"", "log-status l:2:173 /status; ",
      "!M/11: 15e2 15e2; " },
    { "status true", "status", "true", "log-line l:2:173 /status; ",
      "!M/11: 15e2 15e2; " },
    { "no artifacts", "artifact_paths", "[]",
      "log-line l:2:199 /artifact_paths; ", "!M/11: 15e2 15e2; " },
    { "blank artifact", "artifact_paths", "[\"\"]",
      "log-line l:2:199 /artifact_paths; ", "!M/11: 15e2 15e2; " },
    { "artifacts no list", "artifact_paths", "\"a\"",
      "log-line l:2:199 /artifact_paths; ", "!M/11: 15e2 15e2; " },
    { "seed a fraction", "seed", "11.5", "log-line l:2:113 /seed; ",
      "!M/11: 15e2 15e2; " },
    { "seed a string", "seed", "\"11\"", "log-line l:2:113 /seed; ",
      "!M/11: 15e2 15e2; " },
    { "no time", "measured_at", "\"2026-11-21\"",
      "log-line l:2:250 /measured_at; ", "!M/11: 15e2 15e2; " },
    { "control character", "bundler", "\"a\tb\"", "json-syntax l:2:102 -; ",
      "!M/11: 15e2 15e2; " },
    { "no UTF-8", "bundler", "\"\xff\"", "bad-encoding l:2:101 -; ",
      "!M/11: 15e2 15e2; " },
    { "duplicate key", "value", "1, \"value\": 1",
      "duplicate-key l:2:147 /value < l:2:135; ", "!M/11: 15e2 15e2; " },
    { "duplicate metric", "metric_id", "\"N\", \"metric_id\": \"N\"",
      "duplicate-key l:2:135 /metric_id < l:2:117; ", "!M/11: 15e2 15e2; " },
};

START_TEST(judges_line)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    add_line(&buf, "", NULL);
    az_buf_add_c(&buf, "\n");
    add_line(&buf, lines[_i].field, lines[_i].json);
    az_buf_add_c(&buf, "\n");
    add_line(&buf, "", NULL);
    az_buf_add_c(&buf, "\n");
    write_file("l", buf.p, buf.len);
    expect(lines[_i].label, "l", lines[_i].want, lines[_i].samples);
}
END_TEST

/* The time of a line behind one that has a time. */
static const struct {
    const char *label, *time, *want, *samples;
} times[] = {
    { "later", "2026-11-21T10:00:01Z", "", "M/11: 15e2 15e2; " },
    { "of another zone", "2026-11-21T10:00:00.5+01:00", "",
      "M/11: 15e2 15e2; " },
    { "a date", "2026-11-21", "log-line l:2:250 /measured_at; ",
      "!M/11: 15e2; " },
    { "no month", "2026-13-21T10:00:00Z", "log-line l:2:250 /measured_at; ",
      "!M/11: 15e2; " },
    { "as long as may be",
      "2026-11-21T10:00:00."
      "0000000000000000000000000000000000000000000Z",
      "", "M/11: 15e2 15e2; " },
    { "longer",
      "2026-11-21T10:00:00."
      "00000000000000000000000000000000000000000000Z",
      "log-line l:2:250 /measured_at; ", "!M/11: 15e2; " },
};

START_TEST(judges_time)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    add_line(&buf, "measured_at", "\"2026-11-21T10:00:00Z\"");
    az_buf_add_c(&buf, "\n");
    add_line(&buf, "measured_at",
             az_arena_printf(arena, "\"%s\"", times[_i].time));
    write_file("l", buf.p, buf.len);
    expect(times[_i].label, "l", times[_i].want, times[_i].samples);
}
END_TEST

/* Texts in which '@' stands for a good line, and '%' for one of metric N. */
static const struct {
    const char *label, *text, *want, *samples;
} texts[] = {
    { "empty", "", "", "" },
    { "blank", "\n \r\n\t\n", "", "" },
    { "one", "@\n", "", "M/11: 15e2; " },
    { "no newline at the end", "@\n@", "", "M/11: 15e2 15e2; " },
    { "CR LF", "@\r\n@\r\n", "", "M/11: 15e2 15e2; " },
    { "blank lines", "\n@\n\n\n@\n\n", "", "M/11: 15e2 15e2; " },
    { "white space around", " @ \n\t@\t\n", "", "M/11: 15e2 15e2; " },
    { "byte order mark", "\xef\xbb\xbf@\n@\n", "bad-encoding l:1:1 -; ",
      "!M/11: 15e2; " },
    { "CR alone", "@\r@\n%\n", "json-syntax l:1:235 -; ", "!N/11: 15e2; " },
    { "two on a line", "%\n@@\n", "json-syntax l:2:234 -; ", "!N/11: 15e2; " },
    { "comma behind", "%\n@,\n", "json-syntax l:2:234 -; ", "!N/11: 15e2; " },
    { "no object", "@\n7\n[]\n\"a\"\n%\n",
      "log-line l:2:1 ; log-line l:3:1 ; log-line l:4:1 ; ",
      "!M/11: 15e2; !N/11: 15e2; " },
    { "torn", "%\n@\n{\"scenario_id\": \"s", "json-syntax l:3:17 -; ",
      "!N/11: 15e2; !M/11: 15e2; " },
    { "an array around", "[\n@,\n@\n]\n",
      "json-syntax l:1:2 - < l:1:1; json-syntax l:2:234 -; json-syntax l:4:1 "
      "-; ",
      "!M/11: 15e2; " },
};

static void
add_text(struct az_buf *buf, const char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '@')
            add_line(buf, "", NULL);
        else if (*text == '%')
            add_line(buf, "metric_id", "\"N\"");
        else
            az_buf_add_char(buf, *text);
}

START_TEST(judges_text)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    add_text(&buf, texts[_i].text);
    write_file("l", buf.len > 0 ? buf.p : "", buf.len);
    expect(texts[_i].label, "l", texts[_i].want, texts[_i].samples);
}
END_TEST

/* A value with more decimals than the exponent of a sample has room for. */
START_TEST(judges_decimals)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    add_text(&buf, "%\n@\n");
    add_line(&buf, "value",
             az_arena_printf(arena, "0.%s1", text_times("0", 40000)));
    write_file("l", buf.p, buf.len);
    expect("decimals", "l", "number-limit l:3:144 -; ",
           "!N/11: 15e2; !M/11: 15e2; ");
}
END_TEST

START_TEST(refuses_nul)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    add_text(&buf, "@\n@\n%\n");
    buf.p[buf.len / 2] = '\0';
    write_file("l", buf.p, buf.len);
    expect("NUL", "l", "json-syntax l:2:118 -; ", "!M/11: 15e2; !N/11: 15e2; ");
}
END_TEST

/* A line of LIMIT bytes or one more, its length in one of its texts. */
START_TEST(limits_line)
{
    static const struct {
        size_t over;
        const char *want, *samples;
    } rows[] = {
        { 0, "", "N/11: 15e2 15e2; M/11: 15e2 15e2; " },
        { 1, "log-line l:3:1 -; ", "!N/11: 15e2 15e2; !M/11: 15e2; " },
        { 300000, "log-line l:3:1 -; ", "!N/11: 15e2 15e2; !M/11: 15e2; " },
    };
    struct az_buf buf, line;

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t used;

        az_buf_init(&line, arena);
        add_line(&line, "artifact_paths", "[\"\"]");
        used = line.len;
        az_buf_init(&buf, arena);
        /* one that it is like but for its length, too */
        add_text(&buf, "%\n@\n");
        az_buf_init(&line, arena);
        add_line(&line, "artifact_paths",
                 az_arena_printf(arena, "[\"%s\"]",
                                 text_times("x", AZ_MAX_LOG_LINE_SIZE - used +
                                                     rows[i].over)));
        ck_assert_uint_eq(line.len, AZ_MAX_LOG_LINE_SIZE + rows[i].over);
        az_buf_add(&buf, az_buf_str(&line));
        add_text(&buf, "\n%\n");
        write_file("l", buf.p, buf.len);
        expect("length", "l", rows[i].want, rows[i].samples);
    }
}
END_TEST

/* A line that is too long, wherever a block ends in it: with more than the
   limit of blanks before what is bad, or nothing behind them. */
START_TEST(refuses_long_blank)
{
    static const char *const ends[] = { "", "{\"torn", "%" };

    for (size_t i = 0; i < COUNT(ends); i++) {
        struct az_buf buf;

        az_buf_init(&buf, arena);
        add_text(&buf, "%\n");
        az_buf_add_c(&buf, text_times(" ", 4 * AZ_MAX_LOG_LINE_SIZE));
        add_text(&buf, ends[i]);
        add_text(&buf, "\n%\n");
        write_file("l", buf.p, buf.len);
        expect(ends[i], "l", "log-line l:2:1 -; ", "!N/11: 15e2 15e2; ");
    }
}
END_TEST

/* Bad lines of so many metrics, behind a sound one, that their names are not
   kept; whoever reads them, and wherever a block ends. */
START_TEST(refuses_all_metrics)
{
    static const struct {
        unsigned names;
        const char *want;
    } rows[] = { { AZ_MAX_LOG_BAD_METRICS, "" },
                 { AZ_MAX_LOG_BAD_METRICS + 1, "!" } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct az_buf buf;

        az_buf_init(&buf, arena);
        add_text(&buf, "%\n");
        for (unsigned k = 0; k < 2 * rows[i].names; k++)
            az_buf_addf(&buf, "{\"metric_id\":\"X%u\"}\n", k % rows[i].names);
        write_file("l", buf.p, buf.len);
        for (size_t w = 0; w < COUNT(ways); w++) {
            const struct az_log_options options = { .block_size =
                                                        ways[w].block_size,
                                                    .jobs = ways[w].jobs,
                                                    .plain = ways[w].plain };
            struct az_log log;

            az_sink_init(&sink, arena);
            az_log_init(&log, arena, &sink, &options);
            az_log_read(&log, "l");
            ck_assert_uint_eq(log.bad_metrics, AZ_MAX_LOG_BAD_METRICS);
            ck_assert_uint_eq(log.metrics.count, AZ_MAX_LOG_BAD_METRICS + 1);
            ck_assert_str_eq(
                samples_text(&log),
                az_arena_printf(arena, "%sN/11: 15e2; ", rows[i].want));
        }
    }
}
END_TEST

/* Lines that differ in shape, order, texts and seeds, again and again. */
START_TEST(mixes_shapes)
{
    struct az_buf buf, want[2];

    az_buf_init(&buf, arena);
    az_buf_init(&want[0], arena);
    az_buf_init(&want[1], arena);
    for (unsigned i = 0; i < 600; i++) {
        unsigned seed = i * i % 7 % 2;

        az_buf_addf(
            &buf,
            i % 3 == 0
                ? "{\"value\":%u.%02u,\"unit\":\"us\",\"seed\":%u,"
                  "\"browser\":\"b\",\"bundler\":\"v\",\"method\":\"m%u\","
                  "\"profile\":\"p\","
                  "\"scenario_id\":\"s\",\"framework\":\"f\",\"workload\":"
                  "\"w\",\"metric_id\":\"M\",\"status\":\"pass\","
                  "\"artifact_paths\":[\"a\"],\"repro_command\":\"r\"}\n"
                : "{ \"unit\" : \"us\", \"value\" : %u.%02u, \"seed\" : %u, "
                  "\"browser\":\"b\",\"bundler\":\"v\",\"method\":\"m%u\","
                  "\"profile\":\"p\","
                  "\"scenario_id\":\"s\",\"framework\":\"f\",\"workload\":"
                  "\"w\",\"metric_id\":\"M\",\"status\":\"pass\","
                  "\"artifact_paths\":[\"a\"],\"repro_command\":\"r\"}\n",
            i + 1, i % 97 + 1, seed, i % 5);
        add_sample_text(&want[seed], (i + 1) * 100 + i % 97 + 1, 1);
    }
    write_file("l", buf.p, buf.len);
    expect("mixed", "l", "",
           az_arena_printf(arena, "M/0:%s; M/1:%s; ", want[0].p, want[1].p));
}
END_TEST

/* What a line is that stands behind more contexts than there are templates. */
static const struct {
    const char *label, *field, *json, *want, *samples;
} late_lines[] = {
    { "another seed", "seed", "7", "", "M/11: 15e2; M/7: 15e2; " },
    { "another text", "browser", "\"c\"", "", "M/11: 15e2; M/11: 15e2; " },
    { "no text", "browser", "\"\"", "log-line l:1102:84 /browser; ",
      "!M/11: 15e2; " },
    { "blank text", "browser", "\" \"", "log-line l:1102:84 /browser; ",
      "!M/11: 15e2; " },
    { "blank in two bytes", "browser", "\"\u00a0\"",
      "log-line l:1102:84 /browser; ", "!M/11: 15e2; " },
    { "another unit", "unit", "\"ms\"", "", "M/11: 15e2 15e5; " },
    { "no unit", "unit", "\"parsec\"", "measurement-unit l:1102:157 /unit; ",
      "!M/11: 15e2; " },
    { "another dimension", "unit", "\"bytes\"",
      "measurement-value l:1102:144 /value; ", "!M/11: 15e2; " },
};

/* So many lines to BUF, whose contexts take all templates; WANT gets their
   samples, REFUSED or not. */
static void
add_contexts(struct az_buf *buf, struct az_buf *want, bool refused)
{
    for (unsigned i = 0; i < 1100; i++) {
        add_line(buf, "seed", az_arena_printf(arena, "%u", i + 100));
        az_buf_add_char(buf, '\n');
        az_buf_addf(want, "%sM/%u: 15e2; ", refused ? "!" : "", i + 100);
    }
}

START_TEST(judges_late_line)
{
    struct az_buf buf, want;

    az_buf_init(&buf, arena);
    az_buf_init(&want, arena);
    add_contexts(&buf, &want, late_lines[_i].want[0] != '\0');
    add_line(&buf, "seed", "11");
    az_buf_add_char(&buf, '\n');
    add_line(&buf, late_lines[_i].field, late_lines[_i].json);
    az_buf_add_char(&buf, '\n');
    az_buf_add_c(&want, late_lines[_i].samples);
    write_file("l", buf.p, buf.len);
    expect(late_lines[_i].label, "l", late_lines[_i].want, want.p);
}
END_TEST

/* There, the same value in another unit, written in a way that no template
   reads. */
START_TEST(changes_unit)
{
    struct az_buf buf, want;

    az_buf_init(&buf, arena);
    az_buf_init(&want, arena);
    add_contexts(&buf, &want, false);
    for (unsigned i = 0; i < 4; i++)
        az_buf_addf(
            &buf,
            "{\"scenario_id\":\"s\",\"framework\":\"f\",\"workload\":\"w\","
            "\"profile\":\"p\",\"browser\":\"b\",\"bundler\":\"v\","
            "\"seed\":11,\"metric_id\":\"N\",\"value\":1.5e1,\"unit\":\"%s\","
            "\"status\":\"pass\",\"artifact_paths\":[\"a\"],"
            "\"repro_command\":\"r\"}\n",
            i % 2 == 0 ? "us" : "ms");
    az_buf_add_c(&want, "N/11: 15e3 15e6 15e3 15e6; ");
    write_file("l", buf.p, buf.len);
    expect("unit", "l", "", want.p);
}
END_TEST

/* What reading "l" says of lines that are counted, in whatever way it is read.
 */
static void
expect_more(const char *label, const char *message, enum az_class class,
            const char *samples)
{
    for (size_t i = 0; i < COUNT(ways); i++) {
        const struct az_diag *more;
        struct az_log log;

        az_sink_init(&sink, arena);
        az_log_init(&log, arena, &sink, &ways[i]);
        ck_assert(az_log_read(&log, "l"));
        more = find_finding("log-more");
        ck_assert_msg(more != NULL, "%s, way %zu", label, i);
        ck_assert_msg(strcmp(more->message, message) == 0, "%s, way %zu: %s",
                      label, i, more->message);
        ck_assert_msg(more->class == class, "%s, way %zu", label, i);
        ck_assert_msg(strcmp(samples_text(&log), samples) == 0,
                      "%s, way %zu: %s", label, i, samples_text(&log));
    }
}

/* Bad lines behind so many of which three are explained. */
static const struct {
    const char *label, *text, *message, *samples;
    enum az_class class;
} behind[] = {
    { "failed", "%\n", "247 more lines cannot be used", "N/11: 15e2; ",
      AZ_CLASS_NO_VERDICT },
    { "of no metric", "nothing\n%\n", "248 more lines cannot be used",
      "!N/11: 15e2; ", AZ_CLASS_INPUT },
    { "of another metric", "{\"metric_id\": \"N\"}\n%\n",
      "248 more lines cannot be used", "!N/11: 15e2; ", AZ_CLASS_INPUT },
};

START_TEST(counts_more)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (unsigned i = 0; i < AZ_MAX_LOG_LOOKS + 50; i++) {
        add_line(&buf, "status", "\"fail\"");
        az_buf_add_c(&buf, "\n");
    }
    add_text(&buf, behind[_i].text);
    write_file("l", buf.p, buf.len);
    expect_more(behind[_i].label, behind[_i].message, behind[_i].class,
                behind[_i].samples);
    ck_assert_uint_eq(sink.total, AZ_MAX_LOG_ALIKE + 1);
}
END_TEST

/* Lines that are sound, each by itself, but not beside a good one. */
static const struct {
    const char *label, *field, *json, *id;
} beside[] = {
    { "dimension", "unit", "\"KiB\"", "measurement-unit" },
    { "range", "value", "1e40", "log-range" },
};

START_TEST(counts_beside)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (unsigned i = 0; i < AZ_MAX_LOG_FINDINGS; i++)
        az_buf_addf(&buf, "{\"metric_id\": \"N\", \"field-%u\": 1}\n", i);
    add_text(&buf, "@\n");
    add_line(&buf, beside[_i].field, beside[_i].json);
    write_file("l", buf.p, buf.len);
    expect_more(beside[_i].label, "1 more line cannot be used", AZ_CLASS_INPUT,
                "!M/11: 15e2; ");
    ck_assert_ptr_null(find_finding(beside[_i].id));
}
END_TEST

/* A line that does not tell its metric refuses those of its file, also where
   another file had them first. */
START_TEST(refuses_file)
{
    struct az_log log;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    add_text(&buf, "%\n@\n");
    write_file("l", buf.p, buf.len);
    az_buf_init(&buf, arena);
    add_text(&buf, "@\n7\n");
    write_file("l2", buf.p, buf.len);
    az_log_init(&log, arena, &sink, &ways[0]);
    ck_assert(az_log_read(&log, "l"));
    ck_assert(az_log_read(&log, "l2"));
    ck_assert_str_eq(samples_text(&log), "N/11: 15e2; !M/11: 15e2 15e2; ");
}
END_TEST

/* Fields that only the policy asks for. */
START_TEST(wants_fields)
{
    static const struct {
        const char *json, *want;
    } rows[] = {
        { NULL, "log-line l:1:1 ; " },
        { "\"o\"", "" },
        { "7", "" },
        { "null", "log-line l:1:241 /os; " },
    };
    const struct az_str name = AZ_STR("os");
    const struct az_log_options options = { .required = &name,
                                            .required_count = 1 };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct az_log log;
        struct az_buf buf;

        az_buf_init(&buf, arena);
        add_line(&buf, "os", rows[i].json);
        write_file("l", buf.p, buf.len);
        az_sink_init(&sink, arena);
        az_log_init(&log, arena, &sink, &options);
        az_log_read(&log, "l");
        ck_assert_str_eq(findings_text(AZ_INFO), rows[i].want);
    }
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("log");
    TCase *tcase = tcase_create("log");

    tcase_add_checked_fixture(tcase, enter_folder, leave_folder);
    suite_add_tcase(suite, tcase);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, judges_line, 0, COUNT(lines));
    tcase_add_loop_test(tcase, judges_time, 0, COUNT(times));
    tcase_add_test(tcase, judges_decimals);
    tcase_add_loop_test(tcase, judges_text, 0, COUNT(texts));
    tcase_add_test(tcase, refuses_nul);
    tcase_add_test(tcase, limits_line);
    tcase_add_test(tcase, refuses_long_blank);
    tcase_add_test(tcase, refuses_all_metrics);
    tcase_add_test(tcase, mixes_shapes);
    tcase_add_loop_test(tcase, judges_late_line, 0, COUNT(late_lines));
    tcase_add_test(tcase, changes_unit);
    tcase_add_loop_test(tcase, counts_more, 0, COUNT(behind));
    tcase_add_loop_test(tcase, counts_beside, 0, COUNT(beside));
    tcase_add_test(tcase, refuses_file);
    tcase_add_test(tcase, wants_fields);
    return run_suite(suite);
}
