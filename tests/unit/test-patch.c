/* JSON Patch: what each operation does, refuses and shares.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/limits.h"
#include "core/patch.h"
#include "core/pointer.h"
#include "support.h"

/* Documents are compared as printed, so that the order of members counts. */
static const struct good_case {
    const char *label;
    const char *document;
    const char *patch;
    const char *want;
} good_cases[] = {
    { "empty patch", "{\"a\":1}", "[]", "{\"a\":1}" },
    { "add member", "{\"a\":1}",
      "[{\"op\":\"add\",\"path\":\"/b\",\"value\":2}]", "{\"a\":1,\"b\":2}" },
    { "add replaces a member in its place", "{\"a\":1,\"b\":2}",
      "[{\"op\":\"add\",\"path\":\"/a\",\"value\":null}]",
      "{\"a\":null,\"b\":2}" },
    { "add to an empty object", "{}",
      "[{\"op\":\"add\",\"path\":\"/\",\"value\":[]}]", "{\"\":[]}" },
    { "add first", "[1,2]", "[{\"op\":\"add\",\"path\":\"/0\",\"value\":0}]",
      "[0,1,2]" },
    { "add at the end by number", "[1,2]",
      "[{\"op\":\"add\",\"path\":\"/2\",\"value\":3}]", "[1,2,3]" },
    { "add at the end by -", "[]",
      "[{\"op\":\"add\",\"path\":\"/-\",\"value\":3}]", "[3]" },
    { "add at the root", "[1]", "[{\"op\":\"add\",\"path\":\"\",\"value\":7}]",
      "7" },
    { "remove a member", "{\"a\":1,\"b\":2,\"c\":3}",
      "[{\"op\":\"remove\",\"path\":\"/b\"}]", "{\"a\":1,\"c\":3}" },
    { "remove the last member", "{\"a\":1}",
      "[{\"op\":\"remove\",\"path\":\"/a\"}]", "{}" },
    { "remove an item", "[1,2,3]", "[{\"op\":\"remove\",\"path\":\"/1\"}]",
      "[1,3]" },
    { "remove the last item", "[1]", "[{\"op\":\"remove\",\"path\":\"/0\"}]",
      "[]" },
    { "replace deep", "{\"a\":[0,{\"b\":1}],\"z\":2}",
      "[{\"op\":\"replace\",\"path\":\"/a/1/b\",\"value\":{}}]",
      "{\"a\":[0,{\"b\":{}}],\"z\":2}" },
    { "replace the root", "1",
      "[{\"op\":\"replace\",\"path\":\"\",\"value\":[]}]", "[]" },
    { "move a member", "{\"a\":{\"x\":1},\"b\":{}}",
      "[{\"op\":\"move\",\"from\":\"/a/x\",\"path\":\"/b/y\"}]",
      "{\"a\":{},\"b\":{\"y\":1}}" },
    { "move an item to the right", "[0,1,2]",
      "[{\"op\":\"move\",\"from\":\"/0\",\"path\":\"/2\"}]", "[1,2,0]" },
    { "move to its own place", "{\"a\":1}",
      "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/a\"}]", "{\"a\":1}" },
    { "move the root to the root", "{\"a\":1}",
      "[{\"op\":\"move\",\"from\":\"\",\"path\":\"\"}]", "{\"a\":1}" },
    { "move a part to the root", "{\"a\":[1]}",
      "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"\"}]", "[1]" },
    { "move over a key that the source begins with", "{\"a\":1,\"ab\":2}",
      "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/ab\"}]", "{\"ab\":1}" },
    { "move below a key that begins like the source", "{\"a\":1,\"ab\":{}}",
      "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/ab/c\"}]",
      "{\"ab\":{\"c\":1}}" },
    { "copy", "{\"a\":[1]}",
      "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"}]",
      "{\"a\":[1],\"b\":[1]}" },
    { "copy into itself", "{\"a\":1}",
      "[{\"op\":\"copy\",\"from\":\"\",\"path\":\"/b\"}]",
      "{\"a\":1,\"b\":{\"a\":1}}" },
    { "a copy does not follow its source", "{\"a\":[1]}",
      "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"},"
      "{\"op\":\"add\",\"path\":\"/a/-\",\"value\":2}]",
      "{\"a\":[1,2],\"b\":[1]}" },
    { "test by value", "{\"a\":{\"x\":1,\"y\":[1.0]}}",
      "[{\"op\":\"test\",\"path\":\"/a\",\"value\":{\"y\":[1],\"x\":1e0}}]",
      "{\"a\":{\"x\":1,\"y\":[1.0]}}" },
    { "test null", "{\"a\":null}",
      "[{\"op\":\"test\",\"path\":\"/a\",\"value\":null}]", "{\"a\":null}" },
    { "unknown members are ignored", "{\"a\":1}",
      "[{\"op\":\"remove\",\"path\":\"/a\",\"from\":7,\"value\":1,\"x\":0}]",
      "{}" },
    { "later operations see earlier ones", "{}",
      "[{\"op\":\"add\",\"path\":\"/a\",\"value\":{}},"
      "{\"op\":\"add\",\"path\":\"/a/b\",\"value\":1},"
      "{\"op\":\"test\",\"path\":\"/a/b\",\"value\":1}]",
      "{\"a\":{\"b\":1}}" },
    { "digits are a key in an object", "{}",
      "[{\"op\":\"add\",\"path\":\"/-\",\"value\":0},"
      "{\"op\":\"add\",\"path\":\"/01\",\"value\":1}]",
      "{\"-\":0,\"01\":1}" },
    { "escaped tokens", "{\"a/b\":1,\"m~n\":2}",
      "[{\"op\":\"move\",\"from\":\"/a~1b\",\"path\":\"/~01\"},"
      "{\"op\":\"remove\",\"path\":\"/m~0n\"}]",
      "{\"~1\":1}" },
};

START_TEST(applies)
{
    const struct good_case *row = &good_cases[_i];
    const struct az_node *document = node_of(row->document);
    const struct az_node *patch = node_of(row->patch);
    const char *before = text_of(document);
    const char *patch_before = text_of(patch);
    struct az_patch_error error = { 0 };
    const struct az_node *got = az_patch_apply(arena, document, patch, &error);

    ck_assert_msg(got != NULL, "%s: %s", row->label, error.message);
    ck_assert_msg(strcmp(text_of(got), row->want) == 0, "%s: %s, not %s",
                  row->label, text_of(got), row->want);
    ck_assert_msg(strcmp(text_of(document), before) == 0,
                  "%s: the document changed", row->label);
    ck_assert_msg(strcmp(text_of(patch), patch_before) == 0,
                  "%s: the patch changed", row->label);
}
END_TEST

#define DOCUMENT "{\"a\":1,\"l\":[1,2],\"o\":{\"p\":{}}}"

static const struct bad_case {
    const char *label;
    const char *patch;
    size_t operation;
    const char *where; /* pointer into the patch */
    const char *message;
} bad_cases[] = {
    { "no array", "{\"op\":\"remove\",\"path\":\"/a\"}", 0, "",
      "a patch must be an array of operations" },
    { "no object", "[[]]", 0, "/0", "an operation must be an object" },
    { "no op", "[{\"path\":\"/a\"}]", 0, "/0",
      "the operation has no member 'op'" },
    { "op no string", "[{\"op\":1,\"path\":\"/a\"}]", 0, "/0/op",
      "'op' is not a string" },
    { "unknown op", "[{\"op\":\"spam\",\"path\":\"/a\"}]", 0, "/0/op",
      "unknown op 'spam'" },
    { "op almost right", "[{\"op\":\"replcae\",\"path\":\"/a\"}]", 0, "/0/op",
      "unknown op 'replcae', did you mean 'replace'?" },
    { "op in capitals", "[{\"op\":\"ADD\",\"path\":\"/a\",\"value\":1}]", 0,
      "/0/op", "unknown op 'ADD', did you mean 'add'?" },
    { "no path", "[{\"op\":\"remove\"}]", 0, "/0",
      "the operation has no member 'path'" },
    { "path null", "[{\"op\":\"remove\",\"path\":null}]", 0, "/0/path",
      "'path' is not a string" },
    { "path no pointer", "[{\"op\":\"remove\",\"path\":\"a\"}]", 0, "/0/path",
      "this is no JSON Pointer: 'a'" },
    { "path with a bad escape", "[{\"op\":\"remove\",\"path\":\"/~2\"}]", 0,
      "/0/path", "this is no JSON Pointer: '/~2'" },
    { "no from", "[{\"op\":\"copy\",\"path\":\"/b\"}]", 0, "/0",
      "the operation has no member 'from'" },
    { "from no pointer", "[{\"op\":\"move\",\"from\":\"a\",\"path\":\"/b\"}]",
      0, "/0/from", "this is no JSON Pointer: 'a'" },
    { "no value", "[{\"op\":\"add\",\"path\":\"/b\"}]", 0, "/0",
      "the operation has no member 'value'" },
    { "test without value", "[{\"op\":\"test\",\"path\":\"/a\"}]", 0, "/0",
      "the operation has no member 'value'" },
    { "remove what is not there", "[{\"op\":\"remove\",\"path\":\"/b\"}]", 0,
      "/0/path", "there is no value at '/b'" },
    { "replace what is not there",
      "[{\"op\":\"replace\",\"path\":\"/b\",\"value\":1}]", 0, "/0/path",
      "there is no value at '/b'" },
    { "replace past the end",
      "[{\"op\":\"replace\",\"path\":\"/l/2\",\"value\":1}]", 0, "/0/path",
      "no such index in the array: '/l/2'" },
    { "replace at -", "[{\"op\":\"replace\",\"path\":\"/l/-\",\"value\":1}]", 0,
      "/0/path", "no such index in the array: '/l/-'" },
    { "add past the end", "[{\"op\":\"add\",\"path\":\"/l/3\",\"value\":1}]", 0,
      "/0/path", "no such index in the array: '/l/3'" },
    { "add with a leading zero",
      "[{\"op\":\"add\",\"path\":\"/l/01\",\"value\":1}]", 0, "/0/path",
      "no such index in the array: '/l/01'" },
    { "add without a parent",
      "[{\"op\":\"add\",\"path\":\"/b/c\",\"value\":1}]", 0, "/0/path",
      "nothing holds the place '/b/c'" },
    { "add into a scalar", "[{\"op\":\"add\",\"path\":\"/a/c\",\"value\":1}]",
      0, "/0/path", "neither an object nor an array holds the place '/a/c'" },
    { "remove the root", "[{\"op\":\"remove\",\"path\":\"\"}]", 0, "/0/path",
      "the whole document cannot be removed" },
    { "move from nowhere",
      "[{\"op\":\"move\",\"from\":\"/b\",\"path\":\"/c\"}]", 0, "/0/from",
      "there is no value at '/b'" },
    { "move into itself",
      "[{\"op\":\"move\",\"from\":\"/o\",\"path\":\"/o/p/q\"}]", 0, "/0/path",
      "a value cannot be moved into itself" },
    { "move the root down", "[{\"op\":\"move\",\"from\":\"\",\"path\":\"/b\"}]",
      0, "/0/path", "a value cannot be moved into itself" },
    { "move past the end of the array it leaves",
      "[{\"op\":\"move\",\"from\":\"/l/0\",\"path\":\"/l/2\"}]", 0, "/0/path",
      "no such index in the array: '/l/2'" },
    { "copy from nowhere",
      "[{\"op\":\"copy\",\"from\":\"/b\",\"path\":\"/c\"}]", 0, "/0/from",
      "there is no value at '/b'" },
    { "test fails", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":\"1\"}]", 0,
      "/0/value", "the value at '/a' is 1, not '1'" },
    { "test of nothing", "[{\"op\":\"test\",\"path\":\"/b\",\"value\":null}]",
      0, "/0/path", "there is no value at '/b'" },
    { "the second fails",
      "[{\"op\":\"remove\",\"path\":\"/a\"},"
      "{\"op\":\"test\",\"path\":\"/a\",\"value\":1}]",
      1, "/1/path", "there is no value at '/a'" },
};

START_TEST(refuses)
{
    const struct bad_case *row = &bad_cases[_i];
    const struct az_node *document = node_of(DOCUMENT);
    const struct az_node *patch = node_of(row->patch);
    struct az_patch_error error = { .operation = 77 };
    const struct az_node *got = az_patch_apply(arena, document, patch, &error);

    ck_assert_msg(got == NULL, "%s: gave %s", row->label,
                  got == NULL ? "" : text_of(got));
    ck_assert_msg(strcmp(error.message, row->message) == 0, "%s: message '%s'",
                  row->label, error.message);
    ck_assert_msg(error.operation == row->operation, "%s: operation %zu",
                  row->label, error.operation);
    const struct az_node *where = az_pointer_find(arena, patch, row->where);
    ck_assert_msg(error.where == where, "%s: not at '%s'", row->label,
                  row->where);
    ck_assert_msg(strcmp(text_of(document), DOCUMENT) == 0,
                  "%s: the document changed", row->label);
}
END_TEST

START_TEST(shares_what_does_not_change)
{
    const struct az_node *document =
        node_of("{\"big\":[1,2,3],\"o\":{\"kept\":[4],\"x\":5}}");
    const struct az_node *patch =
        node_of("[{\"op\":\"replace\",\"path\":\"/o/x\",\"value\":{\"y\":6}}]");
    struct az_patch_error error;
    const struct az_node *got = az_patch_apply(arena, document, patch, &error);

    ck_assert_ptr_nonnull(got);
    const struct az_node *old_o = az_node_get(document, "o");
    const struct az_node *new_o = az_node_get(got, "o");
    ck_assert_ptr_ne(old_o->members, new_o->members);
    ck_assert_ptr_eq(az_node_get(document, "big")->items,
                     az_node_get(got, "big")->items);
    ck_assert_ptr_eq(az_node_get(old_o, "kept")->items,
                     az_node_get(new_o, "kept")->items);
    ck_assert_ptr_eq(az_node_get(new_o, "x")->members,
                     az_pointer_find(arena, patch, "/0/value")->members);
    /* the changed container keeps its place in the file */
    ck_assert_uint_eq(old_o->span.start, new_o->span.start);
}
END_TEST

/* {"k0":0,...} with COUNT members */
static const struct az_node *
wide_object(unsigned count)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_char(&buf, '{');
    for (unsigned i = 0; i < count; i++) {
        az_buf_addf(&buf, "%s\"k%u\":%u", i == 0 ? "" : ",", i, i);
    }
    az_buf_add_char(&buf, '}');
    return node_of(buf.p);
}

/* Objects on both sides of the size where an index begins find their members
   after a member came and one went. */
START_TEST(indexes_objects_again)
{
    unsigned count = AZ_OBJECT_INDEX_MIN - 2 + (unsigned)_i;
    const struct az_node *patch =
        node_of("[{\"op\":\"add\",\"path\":\"/a\",\"value\":\"new\"},"
                "{\"op\":\"remove\",\"path\":\"/k3\"},"
                "{\"op\":\"replace\",\"path\":\"/k4\",\"value\":\"four\"}]");
    struct az_patch_error error;
    const struct az_node *got =
        az_patch_apply(arena, wide_object(count), patch, &error);

    ck_assert_ptr_nonnull(got);
    ck_assert_uint_eq(got->count, count);
    ck_assert(az_node_is_string(az_node_get(got, "a"), "new"));
    ck_assert(az_node_is_string(az_node_get(got, "k4"), "four"));
    ck_assert_ptr_null(az_node_get(got, "k3"));
    for (unsigned i = 5; i < count; i++) {
        const struct az_node *value =
            az_node_get(got, az_arena_printf(arena, "k%u", i));
        ck_assert_msg(value != NULL, "%u members: k%u is lost", count, i);
        ck_assert_str_eq(text_of(value), az_arena_printf(arena, "%u", i));
    }
}
END_TEST

/* Each operation doubles the tree: without a limit this is 2^64 values. */
START_TEST(limits_copies)
{
    struct az_buf buf;
    struct az_patch_error error;

    az_buf_init(&buf, arena);
    az_buf_add_char(&buf, '[');
    for (int i = 0; i < 64; i++) {
        az_buf_addf(&buf, "%s{\"op\":\"copy\",\"from\":\"\",\"path\":\"/%d\"}",
                    i == 0 ? "" : ",", i);
    }
    az_buf_add_char(&buf, ']');
    const struct az_node *got =
        az_patch_apply(arena, node_of("{}"), node_of(buf.p), &error);
    ck_assert_ptr_null(got);
    ck_assert_str_eq(error.message, "the patch copies too many values");
    ck_assert_uint_lt(error.operation, 32);
}
END_TEST

/* Each operation wraps the tree once more. */
START_TEST(limits_depth)
{
    struct az_buf buf;
    struct az_patch_error error;

    az_buf_init(&buf, arena);
    az_buf_add_char(&buf, '[');
    for (int i = 0; i < AZ_MAX_DEPTH + _i; i++) {
        az_buf_addf(&buf, "%s{\"op\":\"add\",\"path\":\"", i == 0 ? "" : ",");
        for (int j = 0; j < i; j++) {
            az_buf_add_c(&buf, "/0");
        }
        az_buf_add_c(&buf, "\",\"value\":[]}");
    }
    az_buf_add_char(&buf, ']');
    const struct az_node *got =
        az_patch_apply(arena, node_of("1"), node_of(buf.p), &error);
    if (_i == 0) {
        ck_assert_ptr_nonnull(got);
        return;
    }
    ck_assert_ptr_null(got);
    ck_assert_ptr_nonnull(strstr(error.message, "nested too deep"));
    ck_assert_uint_eq(error.operation, AZ_MAX_DEPTH);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("patch");
    TCase *tcase = new_case(suite, "patch");

    tcase_add_loop_test(tcase, applies, 0, COUNT(good_cases));
    tcase_add_loop_test(tcase, refuses, 0, COUNT(bad_cases));
    tcase_add_test(tcase, shares_what_does_not_change);
    tcase_add_loop_test(tcase, indexes_objects_again, 0, 5);
    tcase_add_test(tcase, limits_copies);
    tcase_add_loop_test(tcase, limits_depth, 0, 2);
    return run_suite(suite);
}
