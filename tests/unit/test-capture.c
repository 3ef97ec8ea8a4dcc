/* Matches in the lines of texts: what groups take, and where.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "regex/regex.h"
#include "rule/capture.h"

struct row {
    const char *label;
    const char *pattern;
    const char *text;
    const char *expected; /* "line:column key=value ..." of each match, or
                             "! line:column" and words of the mistake */
};

static const struct row rows[] = {
    { "a line each", "^(?<k>\\w+) = (?<v>\\d+)$", "a = 1\nno\nb = 22\n",
      "1:1 k=a v=1;3:1 k=b v=22;" },
    { "CR LF", "(?<a>.+)$", "x\r\ny", "1:1 a=x;2:1 a=y;" },
    { "CR alone", "(?<a>.+)$", "x\ry", "1:3 a=y;" },
    { "several in a line", "(?<d>\\d)", "a1b2\n3", "1:2 d=1;1:4 d=2;2:1 d=3;" },
    { "columns", "b(?<a>.)",
      "\xc3\xa9\xc3\xa9"
      "b\xc3\xa9",
      "1:3 a=\xc3\xa9;" },
    { "no part", "(?<a>x)|(?<b>y)", "xy", "1:1 a=x;1:2 b=y;" },
    { "empty, which is part", "x(?<a>\\d*)", "x", "1:1 a=;" },
    { "optional", "x(?<a>\\d)?", "x", "1:1;" },
    { "empty matches", "(?<a>\\d*)",
      "1\xc3\xa9"
      "2",
      "1:1 a=1;1:2 a=;1:3 a=2;1:4 a=;" },
    { "empty lines", "^(?<a>)$", "\n\nx\n", "1:1 a=;2:1 a=;" },
    { "greedy in front", ".*(?<a>\\d)", "1 2 3", "1:1 a=3;" },
    { "the start is the line's", "^(?<a>.)", "xy", "1:1 a=x;" },
    { "sees what is before", "(?<=x)(?<a>y)", "xyy", "1:2 a=y;" },
    { "sees the word before", "\\b(?<a>\\w)", "xy z", "1:1 a=x;1:4 a=z;" },
    { "ahead", "x(?=(?<a>y))", "xyxz", "1:1 a=y;" },
    { "not ahead", "x(?!(?<a>y))", "xyxz", "1:3;" },
    { "backreference", "(['\"])(?<a>.)\\1", "'x' \"y'", "1:1 a=x;" },
    { "in each other", "(?<a>x(?<b>y))", "xy", "1:1 a=xy b=y;" },
    { "unnamed before", "(x)(?:y)(?<a>z)", "xyz", "1:1 a=z;" },
    { "the last of many", "(?<a>\\d)+", "123", "1:1 a=3;" },
    { "name with '$'", "(?<$a>x)", "x", "1:1 $a=x;" },
    { "name of 40", "(?<a234567890b234567890c234567890d234567890>x)", "x",
      "1:1 a234567890b234567890c234567890d234567890=x;" },
    { "control characters", "(?<a>\\u{1}.)", "\1\2", "1:1 a=\1\2;" },
    { "none", "(?<a>x)", "y\nz\n", "! 1:1 no line" },
    { "empty text", "(?<a>x*)", "", "! 1:1 no line" },
    { "not UTF-8", "(?<a>x)", "x\ny\xff", "! 2:2 UTF-8" },
    { "byte order mark", "(?<a>x)",
      "\xEF\xBB\xBF"
      "x",
      "! 1:1 byte order mark" },
    { "budget", "(?<a>(?:x+x+)+)(?=y)",
      "xy\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n", "! 2:1 more than" },
};

/* DOCUMENT as rows[] has it. */
static const char *
describe(const struct az_document *document)
{
    const struct az_node *root = document->root;
    struct az_position at;
    struct az_buf buf;
    size_t i, k;

    az_buf_init(&buf, arena);
    for (i = 0; i < root->count; i++) {
        const struct az_node *match = &root->items[i];

        at = az_source_position(document->source, match->span.start);
        az_buf_addf(&buf, "%u:%u", at.line, at.column);
        for (k = 0; k < match->count; k++) {
            const struct az_node *value = &match->members[k].value;
            struct az_str found = { document->source->text.p +
                                        value->span.start,
                                    value->span.end - value->span.start };

            ck_assert(az_str_eq(found, az_node_text(value)));
            az_buf_addf(&buf, " %.*s=%.*s", AZ_STR_ARG(match->members[k].key),
                        AZ_STR_ARG(found));
        }
        az_buf_add_char(&buf, ';');
    }
    return buf.p;
}

static const char *
try(const char *pattern, struct az_str text, struct extract_error *ret_error)
{
    const struct az_source *source = az_source_new(arena, "text", text);
    struct az_regex_error refused = { .message = "" };
    struct az_regex *regex =
        az_regex_new_capture(arena, az_str_from(pattern), &refused);
    const struct az_document *document;
    struct az_position at;

    ck_assert_msg(regex != NULL, "%s: %s", pattern, refused.message);
    memset(ret_error, 0, sizeof(*ret_error));
    document = az_capture_lines(arena, source, regex, ret_error);
    if (document != NULL)
        return describe(document);
    at = az_source_position(source, ret_error->span.start);
    return az_arena_printf(arena, "! %u:%u %s", at.line, at.column,
                           ret_error->message);
}

START_TEST(captures)
{
    const struct row *row = &rows[_i];
    struct extract_error error;
    const char *got = try(row->pattern, az_str_from(row->text), &error);
    const char *words = strrchr(row->expected, ':');

    if (row->expected[0] != '!') {
        ck_assert_msg(strcmp(got, row->expected) == 0, "%s: %s", row->label,
                      got);
        return;
    }
    words = strchr(words, ' ');
    ck_assert_msg(
        strncmp(got, row->expected, (size_t)(words - row->expected)) == 0 &&
            strstr(got, words + 1) != NULL,
        "%s: %s", row->label, got);
    ck_assert_msg(error.unsure == (strcmp(row->label, "budget") == 0), "%s",
                  row->label);
}
END_TEST

/* Patterns of which PCRE2 would tell other groups than ECMA-262. */
static const struct {
    const char *pattern;
    size_t offset;
    const char *words;
} refusals[] = {
    { "(?:(?<a>x)|y)+", 3, "repeated in this way" },
    { "(?:(?<a>x)?y){2}", 3, "repeated in this way" },
    { "(?<a>x*)?", 0, "repeated in this way" },
    { "(?:(?<a>x)*)*", 3, "repeated in this way" },
    { "z(?<=(?<a>x|z))", 5, "lookbehind" },
    { "z(?<=(?:(?<a>x)))", 8, "lookbehind" },
    { "(?<a>x)(?<a>y)", 7, "have one name" },
    { "(?<a>x)|(?<a>y)", 8, "used twice" },
    { "(?<a x)", 0, "proper name" },
    { "(?<\xc3\xa9>x)", 0, "beyond ASCII" },
    { "(?<=(?:x|yy)*)(?<a>x)", 0, "lookbehind" },
};

START_TEST(refuses)
{
    struct az_regex_error error = { .message = "" };
    const char *pattern = refusals[_i].pattern;

    ck_assert_msg(az_regex_new_capture(arena, az_str_from(pattern), &error) ==
                      NULL,
                  "'%s' is taken", pattern);
    ck_assert_msg(error.offset == refusals[_i].offset &&
                      strstr(error.message, refusals[_i].words) != NULL,
                  "'%s' at %zu: %s", pattern, error.offset, error.message);
}
END_TEST

/* A LENGTH of the bytes of UNIT. */
static struct az_str
repeat(const char *unit, size_t length)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    while (buf.len < length)
        az_buf_add_c(&buf, unit);
    return az_buf_str(&buf);
}

START_TEST(limits_what_it_takes)
{
    struct az_str line = repeat("x", AZ_MAX_SUBJECT_SIZE + 1);
    struct extract_error error;

    ck_assert_ptr_nonnull(strstr(try("(?<a>x)$", line, &error), "too long"));
    ck_assert(error.unsure);
    /* All matches of a line have the steps of one: each of these takes only the
       rest of the line. */
    line = repeat("x", 20000);
    ck_assert_ptr_nonnull(
        strstr(try("(?<a>x)(?=x*)", line, &error), "more than"));
    ck_assert(error.unsure);
    /* Each line has its own. */
    ck_assert_ptr_null(
        strstr(try("(?<a>x)\\b", repeat("xx\n", 900000), &error), "!"));
    /* But they must not take it all, one behind the other. */
    ck_assert_ptr_nonnull(strstr(
        try("^(?<a>(?:x+)+)$", repeat("xxxxxxxxxxxxxxy\n", 1600000), &error),
        "in all"));
    ck_assert(error.unsure);
}
END_TEST

START_TEST(limits_values)
{
    struct az_limits limits = az_limits_own;
    struct extract_error error;

    limits.nodes = 5;
    az_arena_set_limits(arena, &limits);
    ck_assert_str_eq(try("(?<a>x)", AZ_STR("xx"), &error), "1:1 a=x;1:2 a=x;");
    ck_assert_ptr_nonnull(
        strstr(try("(?<a>x)", AZ_STR("xxx"), &error), "! 1:3 the pattern"));
}
END_TEST

START_TEST(matches_as_any_pattern)
{
    struct az_regex_error error;
    struct az_regex *regex =
        az_regex_new_capture(arena, AZ_STR("^(?<a>x+)$"), &error);

    ck_assert_int_eq(az_regex_match(regex, AZ_STR("xx")), AZ_REGEX_MATCH);
    ck_assert_int_eq(az_regex_match(regex, AZ_STR("xy")), AZ_REGEX_NO_MATCH);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("capture");
    TCase *tests = new_case(suite, "capture");

    tcase_add_loop_test(tests, captures, 0, (int)COUNT(rows));
    tcase_add_loop_test(tests, refuses, 0, (int)COUNT(refusals));
    tcase_add_test(tests, limits_what_it_takes);
    tcase_add_test(tests, limits_values);
    tcase_add_test(tests, matches_as_any_pattern);
    return run_suite(suite);
}
