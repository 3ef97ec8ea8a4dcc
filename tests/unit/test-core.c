/* Arena, map, source text, nodes.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <stdint.h>
#include <string.h>

#include "core/build.h"
#include "core/map.h"
#include "core/utf8.h"

START_TEST(test_arena)
{
    size_t capacity = 0, i;
    uint32_t *numbers = NULL;
    char *large;

    for (i = 0; i < 10000; i++) {
        numbers = az_arena_grow(arena, numbers, i, &capacity, sizeof(*numbers));
        numbers[i] = (uint32_t)i;
    }
    large = az_arena_alloc(arena, (size_t)10 << 20);
    memset(large, 1, (size_t)10 << 20);
    for (i = 0; i < 10000; i++)
        ck_assert_uint_eq(numbers[i], i);
    ck_assert_uint_eq((uintptr_t)az_arena_alloc(arena, 1) % 8, 0);
    ck_assert_uint_eq((uintptr_t)az_arena_alloc(arena, 1) % 8, 0);
    ck_assert_str_eq(az_arena_printf(arena, "%d-%s", 7, "x"), "7-x");
}
END_TEST

static int released[2], release_count;

static void
note_release(void *object)
{
    released[release_count++] = *(int *)object;
}

START_TEST(test_defer)
{
    struct az_arena *own = az_arena_new(out_of_memory);
    int first = 1, second = 2;

    az_arena_defer(own, note_release, &first);
    az_arena_defer(own, note_release, &second);
    az_arena_free(own);
    ck_assert_int_eq(release_count, 2);
    ck_assert_int_eq(released[0], 2);
    ck_assert_int_eq(released[1], 1);
}
END_TEST

START_TEST(test_clear)
{
    struct az_arena *own = az_arena_new(out_of_memory);
    int first = 1, round;
    size_t i;

    release_count = 0;
    for (round = 0; round < 100; round++) {
        az_arena_defer(own, note_release, &first);
        for (i = 1; i < 200; i++)
            memset(az_arena_alloc(own, i * 40), round, i * 40);
        az_arena_clear(own);
        ck_assert_int_eq(release_count, 1);
        release_count = 0;
    }
    az_arena_free(own);
    ck_assert_int_eq(release_count, 0);
}
END_TEST

/* Exits, as the program's handler does. */
static void
leave(void)
{
    exit(42);
}

START_TEST(test_overflow)
{
    struct az_arena *own = az_arena_new(leave);
    volatile size_t count = SIZE_MAX / 2; /* out of the compiler's sight */

    (void)az_arena_array(own, count, 4);
}
END_TEST

START_TEST(test_map)
{
    struct az_map map;
    bool new;
    size_t i;

    az_map_init(&map, arena);
    ck_assert_ptr_null(az_map_get(&map, AZ_STR("none")));
    for (i = 0; i < 5000; i++) {
        const char *key = az_arena_printf(arena, "key-%zu", i);

        az_map_put(&map, az_str_from(key), &new)->value = &map;
        ck_assert(new);
    }
    az_map_put(&map, AZ_STR("key-77"), &new);
    ck_assert(!new);
    ck_assert_uint_eq(map.count, 5000);
    ck_assert_ptr_eq(az_map_get(&map, AZ_STR("key-4999")), &map);
    ck_assert_ptr_null(az_map_find(&map, AZ_STR("key-5000")));
    ck_assert(az_str_eq(map.entries[3].key, AZ_STR("key-3")));
}
END_TEST

/* Lists of texts that have one key must be the same list. */
START_TEST(test_map_key)
{
    static const struct az_str lists[][2] = {
        { { "a", 1 }, { "bc", 2 } }, { { "ab", 2 }, { "c", 1 } },
        { { "", 0 }, { "abc", 3 } }, { { "abc", 3 }, { "", 0 } },
        { { "c", 1 }, { "ab", 2 } }, { { "a\0b", 3 }, { "c", 1 } },
    };
    struct az_map map;
    size_t i;

    az_map_init(&map, arena);
    for (i = 0; i < COUNT(lists); i++)
        az_map_put(&map, az_map_key(arena, lists[i], 2), NULL);
    az_map_put(&map, az_map_key(arena, lists[0], 1), NULL);
    ck_assert_uint_eq(map.count, COUNT(lists) + 1);
    for (i = 0; i < COUNT(lists); i++)
        ck_assert_ptr_nonnull(
            az_map_find(&map, az_map_key(arena, lists[i], 2)));
}
END_TEST

/* The column counted from the beginning of the line. */
static unsigned
plain_column(struct az_str text, size_t offset)
{
    size_t start = offset;

    while (start > 0 && text.p[start - 1] != '\n')
        start--;
    return (unsigned)az_utf8_length(
               (struct az_str){ text.p + start, offset - start }) +
           1;
}

/* What long lines are made of. */
static const char *const pieces[] = { "a",
                                      "\xc3\xa9",
                                      "\xe2\x82\xac",
                                      "\xf0\x9f\x98\x80",
                                      "x\xf0\x9f\x98\x80",
                                      "\x80",
                                      "\xf0\x9f\n\x9f" };

START_TEST(test_position_in_long_line)
{
    const struct az_source *source;
    struct az_str text;
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    while (buf.len < 5000)
        az_buf_add_c(&buf, pieces[_i]);
    text = az_buf_str(&buf);
    source = az_source_new(arena, "f", text);
    for (i = text.len; i-- > 0;)
        ck_assert_msg(az_source_position(source, i).column ==
                          plain_column(text, i),
                      "piece %d, offset %zu", _i, i);
}
END_TEST

/* Backwards through a line of many megabytes; Check's time limit fails what
   counts from the beginning each time. */
START_TEST(test_position_is_fast)
{
    size_t length = (size_t)16 << 20, i;
    char *text = az_arena_alloc(arena, length);
    const struct az_source *source;

    memset(text, 'a', length);
    source = az_source_new(arena, "f", (struct az_str){ text, length });
    for (i = 40000; i-- > 0;)
        ck_assert_uint_eq(az_source_position(source, 400 * i).column,
                          400 * i + 1);
}
END_TEST

static const struct {
    const char *label;
    size_t offset;
    unsigned line, column;
} positions[] = {
    { "start", 0, 1, 1 },
    { "end of the first line", 2, 1, 3 },
    { "start of the second", 3, 2, 1 },
    { "after a two-byte letter", 6, 2, 3 },
    { "carriage return", 6, 2, 3 },
    { "empty line", 8, 3, 1 },
    { "last line, no newline", 9, 4, 1 },
    { "end of text", 10, 4, 2 },
    { "past the end", 99, 4, 2 },
};

START_TEST(test_position)
{
    const struct az_source *source =
        az_source_new(arena, "f", AZ_STR("ab\n\xc3\xa9x\r\n\nz"));
    struct az_position at;
    size_t i;

    /* In any order: the answer must not depend on what was asked before. */
    for (i = 0; i < COUNT(positions); i++) {
        size_t k = (i * 5 + (size_t)_i) % COUNT(positions);

        at = az_source_position(source, positions[k].offset);
        ck_assert_msg(at.line == positions[k].line &&
                          at.column == positions[k].column,
                      "%s: %u:%u", positions[k].label, at.line, at.column);
    }
    ck_assert(az_str_eq(az_source_line(source, 2), AZ_STR("\xc3\xa9x")));
    ck_assert(az_str_eq(az_source_line(source, 3), AZ_STR("")));
    ck_assert(az_str_eq(az_source_line(source, 4), AZ_STR("z")));
    ck_assert(az_str_eq(az_source_line(source, 5), AZ_STR("")));
}
END_TEST

static const struct {
    const char *a, *b;
    bool equal;
} pairs[] = {
    { "1", "1.0", true },
    { "100", "1e2", true },
    { "1", "true", false },
    { "0", "false", false },
    { "null", "0", false },
    { "\"1\"", "1", false },
    { "[1,2]", "[1.0,2]", true },
    { "[1,2]", "[2,1]", false },
    { "[1]", "[1,1]", false },
    { "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true },
    { "{\"a\":1}", "{\"a\":1,\"b\":2}", false },
    { "{\"a\":1}", "{\"b\":1}", false },
    { "{\"a\":{\"x\":[0]}}", "{\"a\":{\"x\":[0.0]}}", true },
    { "9007199254740993", "9007199254740992", false },
};

START_TEST(test_equal)
{
    const struct az_node *a = node_of(pairs[_i].a), *b = node_of(pairs[_i].b);

    ck_assert_msg(az_node_equal(a, b) == pairs[_i].equal, "%s, %s", pairs[_i].a,
                  pairs[_i].b);
    ck_assert_msg((az_node_compare(a, b) == 0) == pairs[_i].equal, "%s, %s",
                  pairs[_i].a, pairs[_i].b);
    ck_assert_int_eq(az_node_compare(a, b) > 0, az_node_compare(b, a) < 0);
}
END_TEST

START_TEST(test_large_object)
{
    struct az_builder builder;
    struct az_node object;
    const char *pointer;
    size_t i;

    az_builder_init(&builder, arena);
    for (i = 0; i < 1000; i++)
        az_builder_set(&builder, az_arena_printf(arena, "k%zu", i),
                       az_make_integer(arena, (int64_t)i));
    object = az_builder_object(&builder);
    ck_assert(
        az_str_eq(az_node_text(az_node_get(&object, "k731")), AZ_STR("731")));
    ck_assert_ptr_null(az_node_get(&object, "k1000"));
    pointer = az_node_pointer(arena, &object, az_node_get(&object, "k7"), true);
    ck_assert_str_eq(pointer, "/k7");
}
END_TEST

START_TEST(test_index_finds_twins)
{
    struct az_member *members = az_object_alloc(arena, 40);
    size_t i;

    for (i = 0; i < 40; i++)
        members[i].key =
            az_str_from(az_arena_printf(arena, "k%zu", i == 39 ? 5 : i));
    ck_assert(az_object_index(arena, members, 40));
    ck_assert(!az_object_index(arena, members, 39));
    ck_assert(!az_object_index(arena, members, 3));
    members[2].key = members[0].key;
    ck_assert(az_object_index(arena, members, 3));
}
END_TEST

START_TEST(test_pointer_of)
{
    const struct az_document *document =
        document_of("{\"a/b\":[10,{\"~\":null}],\"\":0}");
    const struct az_node *list = az_node_get(document->root, "a/b");
    const struct az_node *deep = az_node_get(&list->items[1], "~");

    ck_assert_str_eq(az_document_pointer(arena, document, document->root), "");
    ck_assert_str_eq(az_document_pointer(arena, document, deep), "/a~1b/1/~0");
    ck_assert_str_eq(
        az_document_pointer(arena, document, az_node_get(document->root, "")),
        "/");
    ck_assert_ptr_null(az_document_pointer(arena, document, node_of("[]")));
    ck_assert_ptr_eq(az_document_member_of(document, deep),
                     az_node_member(&list->items[1], AZ_STR("~")));
    ck_assert_ptr_null(az_document_member_of(document, &list->items[0]));
}
END_TEST

START_TEST(test_print)
{
    static const char text[] =
        "{\"a\":[1.50,-0,1e400],\"q\\\"\":\"\\u0001\\n\\\\\",\"e\":{},\"n\":["
        "]}";

    ck_assert_str_eq(text_of(node_of(text)), text);
}
END_TEST

static const struct {
    const char *label, *text, *printed;
} printed[] = {
    { "plain", "caf\xc3\xa9", "\"caf\xc3\xa9\"" },
    { "delete", "a\x7fz", "\"a\\u007fz\"" },
    { "C1 control",
      "\xc2\x9b"
      "2J",
      "\"\\u009b2J\"" },
    { "turns the text round", "\xe2\x80\xae", "\"\\u202e\"" },
    { "tag, beyond 16 bits", "\xf3\xa0\x81\x81", "\"\\udb40\\udc41\"" },
    { "no UTF-8", "a\xffz", "\"a\\ufffdz\"" },
    { "truncated", "\xe2\x80", "\"\\ufffd\\ufffd\"" },
};

/* What would move the cursor of a terminal is escaped; JSON is UTF-8. */
START_TEST(test_print_is_safe)
{
    const struct az_node node = az_make_string_c(printed[_i].text);

    ck_assert_msg(strcmp(text_of(&node), printed[_i].printed) == 0, "%s: %s",
                  printed[_i].label, text_of(&node));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("core");
    TCase *tcase = new_case(suite, "core");

    tcase_add_test(tcase, test_arena);
    tcase_add_test(tcase, test_defer);
    tcase_add_test(tcase, test_clear);
    tcase_add_exit_test(tcase, test_overflow, 42);
    tcase_add_test(tcase, test_map);
    tcase_add_test(tcase, test_map_key);
    tcase_add_loop_test(tcase, test_position, 0, COUNT(positions));
    tcase_add_loop_test(tcase, test_position_in_long_line, 0, COUNT(pieces));
    tcase_add_test(tcase, test_position_is_fast);
    tcase_add_loop_test(tcase, test_equal, 0, COUNT(pairs));
    tcase_add_test(tcase, test_large_object);
    tcase_add_test(tcase, test_index_finds_twins);
    tcase_add_test(tcase, test_pointer_of);
    tcase_add_test(tcase, test_print);
    tcase_add_loop_test(tcase, test_print_is_safe, 0, COUNT(printed));
    return run_suite(suite);
}
