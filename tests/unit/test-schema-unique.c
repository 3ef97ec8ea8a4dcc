/* uniqueItems against comparing each item with each.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "schema/schema.h"
#include "support.h"

/* Values of which many look alike, and some are equal. */
static const char *const values[] = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "0.0",
    "1",
    "1.0",
    "10e-1",
    "-1",
    "2",
    "258",
    "999999999999999999",
    "-999999999999999999",
    "9223372036854775808",
    "18446744073709551615",
    "1.8446744073709551615e19",
    "\"\"",
    "\"0\"",
    "\"1\"",
    "\"\\u0001\"",
    "\"\\u0002\"",
    "\"\\u0000\"",
    "\"\\u0000\\u0000\"",
    "\"\\u0001\\u0002\"",
    "\"a\"",
    "\"abcdefg\"",
    "\"Abcdefg\"",
    "\"abcdefgh\"",
    "\"abcdefgi\"",
    "\"Abcdefgh\"",
    "\"xabcdefgh\"",
    "\"yabcdefgh\"",
    "\"\\u0061bcdefgh\"",
    "[]",
    "[1]",
    "[1.0]",
    "[[]]",
    "{}",
    "{\"a\":1}",
    "{\"a\":1.0}",
    "{\"b\":1}",
    "{\"a\":1,\"b\":2}",
    "{\"b\":2,\"a\":1}",
};

static bool
is_unique(const char *text)
{
    struct az_registry *registry = az_registry_new(arena, az_read_json);
    const struct az_document *document = document_of(text);
    const struct az_schema *schema = az_schema_compile(
        registry, &sink, document_of("{\"uniqueItems\":true}"),
        az_str_from("urn:test"));
    bool valid = az_schema_check(schema, arena, &sink, document, document->root,
                                 NULL, NULL);

    ck_assert(valid == (sink.total == 0));
    az_sink_init(&sink, arena);
    return valid;
}

/* FIRST and SECOND, alone, among few and among many others. */
static void
expect_unique(const char *first, const char *second, bool want)
{
    const char *texts[] = {
        az_arena_printf(arena, "[%s,%s]", first, second),
        az_arena_printf(arena, "[%s,\"-\",\"=\",%s,\"+\"]", first, second),
        az_arena_printf(arena, "[%s,30,31,32,33,34,35,36,37,38,%s]", first,
                        second),
    };

    for (size_t i = 0; i < COUNT(texts); i++)
        ck_assert_msg(is_unique(texts[i]) == want, "%s", texts[i]);
}

START_TEST(pairs)
{
    const char *first = values[_i];

    for (size_t i = 0; i < COUNT(values); i++)
        expect_unique(first, values[i],
                      !az_node_equal(node_of(first), node_of(values[i])));
}
END_TEST

/* An array of COUNT numbers, each between BEFORE and BEHIND; number LAST is 1
   once more. */
static const char *
many(const char *before, const char *behind, unsigned count, unsigned last)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (unsigned i = 0; i < count; i++)
        az_buf_addf(&buf, "%c%s%u%s", i == 0 ? '[' : ',', before,
                    i == last ? 1 : i, behind);
    az_buf_add_char(&buf, ']');
    return buf.p;
}

static const struct {
    const char *before, *behind;
} shapes[] = {
    { "", "" },
    { "-", "" },
    { "", ".5" },
    { "\"", "\"" },
    { "\"item-00", "\"" },
    { "\"https://example.org/", "/index.html\"" },
    { "[", "]" },
    { "{\"a\":", "}" },
};

START_TEST(large)
{
    const char *before = shapes[_i].before, *behind = shapes[_i].behind;

    for (unsigned count = 7; count < 4000; count = 3 * count + 1) {
        ck_assert(is_unique(many(before, behind, count, count)));
        ck_assert(!is_unique(many(before, behind, count, count - 1)));
        ck_assert(!is_unique(many(before, behind, count, count / 2)));
    }
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("schema-unique");

    TCase *tcase = new_case(suite, "schema-unique");

    tcase_add_loop_test(tcase, pairs, 0, COUNT(values));
    tcase_add_loop_test(tcase, large, 0, COUNT(shapes));
    return run_suite(suite);
}
