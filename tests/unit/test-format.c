/* Tests of the values of "format".
   SPDX-License-Identifier: MIT */

#include "support.h"

#include "format-rows.h"

#include "schema/format.h"

static bool
has_format(const char *format, struct az_str text, const char **ret_reason)
{
    const struct az_schema_format *found =
        az_schema_format_find(az_str_from(format), AZ_DRAFT_2020);

    ck_assert_msg(found != NULL, "no format '%s'", format);
    return az_schema_format_check(found, arena, text, ret_reason);
}

START_TEST(reason_of)
{
    const struct format_row *row = &format_rows[_i];
    /* A copy that ends with its block, so that AddressSanitizer sees who reads
       behind it. */
    const struct az_str text = source_of("text", az_str_from(row->text))->text;
    const char *reason = NULL;
    bool good = has_format(row->format, text, &reason);

    ck_assert_msg(good == (row->reason == NULL), "%s '%s': %s", row->format,
                  row->text, good ? "is valid" : reason);
    ck_assert_int_eq(good, has_format(row->format, text, NULL));
    ck_assert_msg(good || strcmp(reason, row->reason) == 0,
                  "%s '%s': \"%s\", expected \"%s\"", row->format, row->text,
                  reason, row->reason);
}
END_TEST

/* NUL is a character as any other. */
static const struct {
    const char *format;
    struct az_str text;
    bool valid;
} nul_rows[] = {
    { "date", AZ_STR("2026-01-01\0"), false },
    { "date-time", AZ_STR("2026-01-01T00:00:00Z\0"), false },
    { "time", AZ_STR("00:00:00Z\0"), false },
    { "duration", AZ_STR("P1D\0"), false },
    { "duration", AZ_STR("P1\0"), false },
    { "email", AZ_STR("a\0b@example.org"), false },
    { "email", AZ_STR("\"a\0b\"@example.org"), false },
    { "email", AZ_STR("a@example.org\0"), false },
    { "email", AZ_STR("a@[192.0.2.1\0]"), false },
    { "idn-email", AZ_STR("a@\xc3\xbc\0.example"), false },
    { "hostname", AZ_STR("a\0b"), false },
    { "hostname", AZ_STR("xn--bcher-kva\0"), false },
    { "idn-hostname", AZ_STR("b\xc3\xbc\0cher"), false },
    { "ipv4", AZ_STR("192.0.2.1\0"), false },
    { "ipv6", AZ_STR("::1\0"), false },
    { "uri", AZ_STR("a:\0"), false },
    { "uri", AZ_STR("a:?\0"), false },
    { "uri", AZ_STR("a\0:b"), false },
    { "uri-reference", AZ_STR("\0"), false },
    { "iri", AZ_STR("a:\xc3\xbc\0"), false },
    { "iri-reference", AZ_STR("#\0"), false },
    { "uri-template", AZ_STR("{a\0}"), false },
    { "uri-template", AZ_STR("{\0a}"), false },
    { "uri-template", AZ_STR("\0"), false },
    { "uuid", AZ_STR("f81d4fae-7dec-11d0-a765-00a0c91e6bf\0"), false },
    { "json-pointer", AZ_STR("/\0"), true },
    { "json-pointer", AZ_STR("/~\0"), false },
    { "relative-json-pointer", AZ_STR("0/\0"), true },
    { "relative-json-pointer", AZ_STR("0\0"), false },
};

START_TEST(nul)
{
    ck_assert_msg(has_format(nul_rows[_i].format, nul_rows[_i].text, NULL) ==
                      nul_rows[_i].valid,
                  "%s, row %d", nul_rows[_i].format, _i);
}
END_TEST

/* Which formats each draft has. */
static const struct {
    const char *format;
    enum az_draft since;
} drafts[] = {
    { "date-time", AZ_DRAFT_4 },    { "email", AZ_DRAFT_4 },
    { "hostname", AZ_DRAFT_4 },     { "ipv4", AZ_DRAFT_4 },
    { "ipv6", AZ_DRAFT_4 },         { "uri", AZ_DRAFT_4 },
    { "json-pointer", AZ_DRAFT_6 }, { "uri-reference", AZ_DRAFT_6 },
    { "uri-template", AZ_DRAFT_6 }, { "date", AZ_DRAFT_7 },
    { "idn-email", AZ_DRAFT_7 },    { "idn-hostname", AZ_DRAFT_7 },
    { "iri", AZ_DRAFT_7 },          { "iri-reference", AZ_DRAFT_7 },
    { "regex", AZ_DRAFT_4 },        { "relative-json-pointer", AZ_DRAFT_7 },
    { "time", AZ_DRAFT_7 },         { "duration", AZ_DRAFT_2019 },
    { "uuid", AZ_DRAFT_2019 },
};

START_TEST(draft)
{
    const struct az_str name = az_str_from(drafts[_i].format);
    unsigned at;

    for (at = AZ_DRAFT_4; at <= AZ_DRAFT_2020; at <<= 1)
        ck_assert_msg((az_schema_format_find(name, (enum az_draft)at) !=
                       NULL) == (at >= (unsigned)drafts[_i].since),
                      "%s in draft bit %u", drafts[_i].format, at);
}
END_TEST

START_TEST(unknown)
{
    ck_assert_ptr_null(
        az_schema_format_find(AZ_STR("ip-address"), AZ_DRAFT_2020));
    ck_assert_ptr_null(az_schema_format_find(AZ_STR(""), AZ_DRAFT_2020));
    ck_assert_ptr_null(az_schema_format_find(AZ_STR("Date"), AZ_DRAFT_2020));
    ck_assert_str_eq(
        az_schema_format_nearest(AZ_STR("dat-time"), AZ_DRAFT_2020),
        "date-time");
    ck_assert_str_eq(az_schema_format_nearest(AZ_STR("uuids"), AZ_DRAFT_2020),
                     "uuid");
    ck_assert_ptr_null(az_schema_format_nearest(AZ_STR("uuids"), AZ_DRAFT_4));
}
END_TEST

/* Long texts take time in proportion to their length: each of these is judged
   at once, or the test runs out of time. */
static const struct {
    const char *format;
    const char *head;
    const char *unit;
} long_rows[] = {
    { "date", "", "1" },
    { "time", "12:00:00.", "1" },
    { "date-time", "2026-01-01T12:00:00.", "1" },
    { "duration", "P", "1" },
    { "email", "", "a." },
    { "email", "\"", "\\\"" },
    { "email", "a@", "a." },
    { "idn-email", "", "\xc3\xbc" },
    { "idn-email", "a@", "\xc3\xbc" },
    { "hostname", "", "a." },
    { "hostname", "", "xn--bcher-kva." },
    { "hostname", "xn--", "a" },
    { "idn-hostname", "", "\xc3\xbc" },
    { "idn-hostname", "", "\xc3\xbc." },
    { "idn-hostname", "", "\xe3\x80\x82" },
    { "ipv4", "", "1." },
    { "ipv4", "", "1" },
    { "ipv6", "", "1:" },
    { "ipv6", "", "1" },
    { "ipv6", "", "::" },
    { "uri", "a:", "%41" },
    { "uri", "a", "a" },
    { "uri", "a://", "@" },
    { "uri", "a://", "[" },
    { "uri", "a://[v", "1" },
    { "uri", "a://h:", "1" },
    { "uri-reference", "", "../" },
    { "iri", "a:", "\xc3\xbc" },
    { "uri-template", "", "{a}" },
    { "uri-template", "{", "a." },
    { "uri-template", "{a:", "1" },
    { "uuid", "", "1" },
    { "json-pointer", "", "/~1" },
    { "relative-json-pointer", "", "1" },
    { "regex", "", "(a" },
};

START_TEST(long_text)
{
    struct az_buf buf;
    const char *reason;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, long_rows[_i].head);
    while (buf.len < 4u << 20)
        az_buf_add_c(&buf, long_rows[_i].unit);
    (void)has_format(long_rows[_i].format, az_buf_str(&buf), &reason);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("format");
    TCase *tcase;

    tcase = new_case(suite, "rows");
    tcase_add_loop_test(tcase, reason_of, 0, COUNT(format_rows));
    tcase_add_loop_test(tcase, nul, 0, COUNT(nul_rows));
    tcase = new_case(suite, "drafts");
    tcase_add_loop_test(tcase, draft, 0, COUNT(drafts));
    tcase_add_test(tcase, unknown);
    tcase = new_case(suite, "long");
    tcase_set_timeout(tcase, 4);
    tcase_add_loop_test(tcase, long_text, 0, COUNT(long_rows));
    return run_suite(suite);
}
