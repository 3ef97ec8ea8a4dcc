/* Strings, buffers, UTF-8.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <string.h>

#include "core/utf8.h"

#define S(literal)                                                             \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }

static const struct {
    const char *label;
    struct az_str a, b;
    int order;
} orders[] = {
    { "equal", S("abc"), S("abc"), 0 },
    { "prefix first", S("ab"), S("abc"), -1 },
    { "bytes are unsigned", S("\x7f"), S("\xc3\xa9"), -1 },
    { "NUL is a byte", S("a\0b"), S("a"), 1 },
    { "empty", S(""), S(""), 0 },
};

START_TEST(test_compare)
{
    int order = az_str_compare(orders[_i].a, orders[_i].b);

    ck_assert_msg((order > 0) - (order < 0) == orders[_i].order, "%s",
                  orders[_i].label);
    ck_assert_msg(az_str_eq(orders[_i].a, orders[_i].b) ==
                      (orders[_i].order == 0),
                  "%s", orders[_i].label);
}
END_TEST

static const struct {
    const char *a, *b;
    unsigned limit, distance;
} distances[] = {
    { "metric", "metric", 3, 0 }, { "metric", "Metric", 3, 0 },
    { "metric", "metirc", 3, 1 }, { "metric", "metrics", 3, 1 },
    { "metric", "mtric", 3, 1 },  { "metric", "matrix", 3, 2 },
    { "abcdef", "uvwxyz", 3, 4 }, { "", "ab", 3, 2 },
    { "ca", "abc", 5, 3 },
};

START_TEST(test_distance)
{
    unsigned distance =
        az_str_distance(az_str_from(distances[_i].a),
                        az_str_from(distances[_i].b), distances[_i].limit);

    ck_assert_msg(distance == distances[_i].distance, "%s ~ %s: %u",
                  distances[_i].a, distances[_i].b, distance);
}
END_TEST

START_TEST(test_nearest)
{
    const struct az_str names[] = { AZ_STR("required"), AZ_STR("properties"),
                                    AZ_STR("propertyNames"), AZ_STR("x") };

    ck_assert_uint_eq(az_str_nearest(AZ_STR("propertis"), names, 4), 1);
    ck_assert_uint_eq(az_str_nearest(AZ_STR("requried"), names, 4), 0);
    ck_assert_uint_eq(az_str_nearest(AZ_STR("unrelated"), names, 4), 4);
    /* One letter for another is not a misspelling. */
    ck_assert_uint_eq(az_str_nearest(AZ_STR("y"), names, 4), 4);
}
END_TEST

START_TEST(test_may_guess)
{
    uint64_t budget = 100;

    ck_assert(az_str_may_guess(&budget, AZ_STR("word"), 10));
    ck_assert_uint_eq(budget, 50);
    ck_assert(!az_str_may_guess(&budget, AZ_STR("word"), 11));
    ck_assert(!az_str_may_guess(&budget, AZ_STR("word"), SIZE_MAX));
    ck_assert_uint_eq(budget, 50);
    ck_assert(az_str_may_guess(&budget, AZ_STR(""), 50));
    ck_assert_uint_eq(budget, 0);
    ck_assert(az_str_may_guess(&budget, AZ_STR("word"), 0));
}
END_TEST

static const struct {
    const char *label;
    struct az_str text;
    const char *escaped;
} escapes[] = {
    { "plain", S("caf\xc3\xa9"), "'caf\xc3\xa9'" },
    { "terminal escape", S("\x1b[31m"), "'\\x1b[31m'" },
    { "NUL and newline", S("a\0b\n"), "'a\\x00b\\x0a'" },
    { "C1 control", S("\xc2\x9b"), "'\\u{9b}'" },
    { "line separator", S("\xe2\x80\xa8"), "'\\u{2028}'" },
    { "right-to-left override", S("\xe2\x80\xae"), "'\\u{202e}'" },
    { "not UTF-8", S("\xff\xc3"), "'\\xff\\xc3'" },
    { "long",
      S("0123456789012345678901234567890123456789012345678901234567890"),
      "'012345678901234567890123456789012345678901234567890123456789...'" },
};

START_TEST(test_quote)
{
    ck_assert_str_eq(az_str_quote(arena, escapes[_i].text),
                     escapes[_i].escaped);
}
END_TEST

static const struct {
    uint64_t count;
    const char *noun;
    const char *text;
} nouns[] = {
    { 0, "record", "0 records" },
    { 1, "record", "1 record" },
    { 2, "more line", "2 more lines" },
    { 1, "entry", "1 entry" },
    { 3, "entry", "3 entries" },
    { 2, "key", "2 keys" },
    { UINT64_MAX, "sample", "18446744073709551615 samples" },
};

START_TEST(test_counted)
{
    ck_assert_str_eq(az_str_counted(arena, nouns[_i].count, nouns[_i].noun),
                     nouns[_i].text);
}
END_TEST

START_TEST(test_buffer)
{
    struct az_buf buf;
    int i;

    az_buf_init(&buf, arena);
    for (i = 0; i < 1000; i++)
        az_buf_addf(&buf, "%d,", i);
    az_buf_add_code_point(&buf, 0x1f600);
    ck_assert_uint_eq(buf.len, 10 * 2 + 90 * 3 + 900 * 4 + 4);
    ck_assert_uint_eq(strlen(buf.p), buf.len);
    ck_assert(az_str_ends_with(az_buf_str(&buf), AZ_STR(",\xf0\x9f\x98\x80")));
    ck_assert(az_str_starts_with(az_buf_str(&buf), AZ_STR("0,1,2,")));
}
END_TEST

static const struct {
    const char *label;
    struct az_str text;
    size_t good, length;
} encodings[] = {
    { "ASCII", S("0123456789abcdef"), 16, 16 },
    { "two, three, four bytes", S("\xc2\x80\xe2\x82\xac\xf0\x9f\x98\x80"), 9,
      3 },
    { "overlong", S("ab\xc0\xaf"), 2, 4 },
    { "overlong in three", S("\xe0\x80\xaf"), 0, 3 },
    { "surrogate", S("a\xed\xa0\x80"), 1, 4 },
    { "past the end of Unicode", S("\xf4\x90\x80\x80"), 0, 4 },
    { "last code point", S("\xf4\x8f\xbf\xbf"), 4, 1 },
    { "truncated", S("12345678\xe2\x82"), 8, 10 },
    { "continuation alone", S("\x80"), 0, 1 },
};

START_TEST(test_utf8)
{
    ck_assert_msg(az_utf8_check(encodings[_i].text) == encodings[_i].good, "%s",
                  encodings[_i].label);
    ck_assert_msg(az_utf8_length(encodings[_i].text) == encodings[_i].length,
                  "%s", encodings[_i].label);
}
END_TEST

/* What az_utf8_skip does, one code point at a time. */
static const char *
skip_singly(const char *p, const char *end)
{
    size_t length;

    while (p < end && (unsigned char)*p >= 0x80 &&
           (length = az_utf8_decode(p, end, NULL)) > 0)
        p += length;
    return p;
}

/* All first and second bytes, with all sorts of bytes behind them. */
START_TEST(test_utf8_skip)
{
    static const unsigned char others[] = {
        0x00, 0x22, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc3, 0xff
    };
    const size_t count = sizeof(others);
    unsigned second;
    size_t i, size;

    for (second = 0; second < 256; second++)
        for (i = 0; i < count * count; i++)
            for (size = 1; size <= 5; size++) {
                const unsigned char bytes[] = { (unsigned char)_i,
                                                (unsigned char)second,
                                                others[i / count],
                                                others[i % count], 0xc3 };
                const char *p = (const char *)bytes;

                if (az_utf8_skip(p, p + size) != skip_singly(p, p + size))
                    ck_abort_msg("%02x %02x %02x %02x, %zu bytes", bytes[0],
                                 bytes[1], bytes[2], bytes[3], size);
            }
}
END_TEST

START_TEST(test_utf8_round_trip)
{
    uint32_t c, back;
    char bytes[4];

    for (c = 0; c <= 0x10ffff; c += c < 0x800 ? 1 : 0x101) {
        size_t length = az_utf8_encode(c, bytes);
        size_t decoded = az_utf8_decode(bytes, bytes + length, &back);

        if (c >= 0xd800 && c < 0xe000) {
            ck_assert_uint_eq(decoded, 0);
            continue;
        }
        ck_assert_uint_eq(decoded, length);
        ck_assert_uint_eq(back, c);
    }
}
END_TEST

static const struct {
    size_t count;
    const char *list;
} lists[] = { { 0, "" }, { 1, "1" }, { 2, "1 or 2" }, { 4, "1, 2, 3 or 4" } };

START_TEST(test_separator)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    for (i = 0; i < lists[_i].count; i++) {
        az_buf_add_separator(&buf, i, lists[_i].count, "or");
        az_buf_addf(&buf, "%zu", i + 1);
    }
    ck_assert_str_eq(buf.p, lists[_i].list);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("str");
    TCase *tcase = new_case(suite, "str");

    tcase_add_loop_test(tcase, test_compare, 0, COUNT(orders));
    tcase_add_loop_test(tcase, test_distance, 0, COUNT(distances));
    tcase_add_test(tcase, test_nearest);
    tcase_add_test(tcase, test_may_guess);
    tcase_add_loop_test(tcase, test_quote, 0, COUNT(escapes));
    tcase_add_loop_test(tcase, test_counted, 0, COUNT(nouns));
    tcase_add_test(tcase, test_buffer);
    tcase_add_loop_test(tcase, test_separator, 0, COUNT(lists));
    tcase_add_loop_test(tcase, test_utf8, 0, COUNT(encodings));
    tcase_add_loop_test(tcase, test_utf8_skip, 0, 256);
    tcase_add_test(tcase, test_utf8_round_trip);
    return run_suite(suite);
}
