/* JSON Pointer against RFC 6901 and the array index rules of RFC 6902.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/pointer.h"
#include "support.h"

/* The document of RFC 6901, section 5, and containers to miss in. */
static const char document_text[] =
    "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,"
    "\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8,"
    "\"~1\":9,\"n\":{\"\":{\"\":10}},\"nul\\u0000l\":11}";

static const struct find_case {
    const char *pointer;
    const char *want; /* NULL: names nothing */
} find_cases[] = {
    { "", document_text },
    { "/foo", "[\"bar\",\"baz\"]" },
    { "/foo/0", "\"bar\"" },
    { "/foo/1", "\"baz\"" },
    { "/", "0" },
    { "/a~1b", "1" },
    { "/c%d", "2" },
    { "/e^f", "3" },
    { "/g|h", "4" },
    { "/i\\j", "5" },
    { "/k\"l", "6" },
    { "/ ", "7" },
    { "/m~0n", "8" },
    { "/~01", "9" },
    { "/n//", "10" },
    { "/foo/2", NULL },
    { "/foo/-", NULL },
    { "/foo/00", NULL },
    { "/foo/01", NULL },
    { "/foo/+1", NULL },
    { "/foo/-1", NULL },
    { "/foo/1e0", NULL },
    { "/foo/1.0", NULL },
    { "/foo/ 1", NULL },
    { "/foo/", NULL },
    { "/foo/18446744073709551616", NULL },
    { "/foo/18446744073709551617", NULL },
    { "/foo/4294967296", NULL },
    { "/foo/0/0", NULL },
    { "/nul", NULL },
    { "/absent", NULL },
    { "/absent/deeper", NULL },
    { "foo", NULL },
    { "/m~n", NULL },
    { "/m~", NULL },
    { "/m~2n", NULL },
    { "#/foo", NULL },
};

START_TEST(finds_what_the_pointer_names)
{
    const struct find_case *row = &find_cases[_i];
    const struct az_node *root = node_of(document_text);
    const struct az_node *node = az_pointer_find(arena, root, row->pointer);

    if (row->want == NULL) {
        ck_assert_msg(node == NULL, "'%s' found %s", row->pointer,
                      node == NULL ? "" : text_of(node));
        return;
    }
    ck_assert_msg(node != NULL, "'%s' found nothing", row->pointer);
    const char *got = text_of(node);
    ck_assert_msg(az_node_equal(node, node_of(row->want)),
                  "'%s' found %s, not %s", row->pointer, got, row->want);
}
END_TEST

static const struct parse_case {
    const char *text;
    int count; /* -1: no pointer */
    const char *last;
} parse_cases[] = {
    { "", 0, NULL },        { "/", 1, "" },       { "//", 2, "" },
    { "/a/b", 2, "b" },     { "/~0~1", 1, "~/" }, { "/~01", 1, "~1" },
    { "/~10", 1, "/0" },    { "a", -1, NULL },    { "~0", -1, NULL },
    { "/~", -1, NULL },     { "/~/a", -1, NULL }, { "/a~2", -1, NULL },
    { "/a/b~x", -1, NULL },
};

START_TEST(parses_tokens)
{
    const struct parse_case *row = &parse_cases[_i];
    struct az_pointer pointer = { NULL, 77 };
    bool good = az_pointer_parse(arena, az_str_from(row->text), &pointer);

    ck_assert_msg(good == (row->count >= 0), "'%s' parsed: %d", row->text,
                  good);
    if (!good) {
        ck_assert_msg(pointer.count == 77, "'%s' touched the result",
                      row->text);
        return;
    }
    ck_assert_msg(pointer.count == (size_t)row->count, "'%s' has %zu tokens",
                  row->text, pointer.count);
    if (row->last != NULL) {
        struct az_str last = pointer.tokens[pointer.count - 1];
        ck_assert_msg(az_str_eq_c(last, row->last), "'%s' ends in '%.*s'",
                      row->text, AZ_STR_ARG(last));
    }
}
END_TEST

START_TEST(keeps_nul_in_tokens)
{
    struct az_pointer pointer;
    const struct az_node *root = node_of(document_text);

    ck_assert(az_pointer_parse(arena, AZ_STR("/nul\0l"), &pointer));
    const struct az_node *node = az_pointer_get(root, &pointer);
    ck_assert(node != NULL);
    ck_assert_str_eq(text_of(node), "11");
}
END_TEST

START_TEST(steps_nowhere_from_nothing)
{
    ck_assert_ptr_null(az_pointer_step(NULL, AZ_STR("a")));
    ck_assert_ptr_null(az_pointer_step(node_of("\"a\""), AZ_STR("0")));
}
END_TEST

static const struct add_case {
    const char *token;
    const char *want;
} add_cases[] = {
    { "", "/" },
    { "a", "/a" },
    { "~", "/~0" },
    { "/", "/~1" },
    { "a~b/c", "/a~0b~1c" },
    { "~~//", "/~0~0~1~1" },
    { "tail~", "/tail~0" },
    { "~1", "/~01" },
};

START_TEST(escapes_tokens)
{
    const struct add_case *row = &add_cases[_i];
    struct az_buf buf;
    struct az_pointer pointer;

    az_buf_init(&buf, arena);
    az_pointer_add(&buf, az_str_from(row->token));
    struct az_str got = az_buf_str(&buf);
    ck_assert_msg(az_str_eq_c(got, row->want), "'%s' became '%.*s'", row->token,
                  AZ_STR_ARG(got));
    ck_assert(az_pointer_parse(arena, got, &pointer));
    ck_assert_uint_eq(pointer.count, 1);
    ck_assert_msg(az_str_eq_c(pointer.tokens[0], row->token),
                  "'%s' did not come back", row->token);
}
END_TEST

/* The text of a pointer goes on behind a NUL. */
START_TEST(spells_nul)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_pointer_add(&buf, AZ_STR("a\0b"));
    az_pointer_add(&buf, AZ_STR("c"));
    ck_assert_str_eq(buf.p, "/a\\u0000b/c");
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("pointer");
    TCase *tcase = new_case(suite, "pointer");

    tcase_add_loop_test(tcase, finds_what_the_pointer_names, 0,
                        COUNT(find_cases));
    tcase_add_loop_test(tcase, parses_tokens, 0, COUNT(parse_cases));
    tcase_add_test(tcase, keeps_nul_in_tokens);
    tcase_add_test(tcase, steps_nowhere_from_nothing);
    tcase_add_loop_test(tcase, escapes_tokens, 0, COUNT(add_cases));
    tcase_add_test(tcase, spells_nul);
    return run_suite(suite);
}
