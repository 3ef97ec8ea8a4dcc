/* Paths of schema files, and URIs.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <unistd.h>

#include "policy/schema-path.h"

static const struct az_schema_folder folders[] = {
    { AZ_STR("https://example.com/"), "all" },
    { AZ_STR("https://example.com/units/"), "units/" },
    { AZ_STR("urn:schemas/"), "/" },
};

/* NULL for a path: below no folder; PROBLEM: it must not be read. */
static const struct {
    const char *uri, *path;
    bool problem;
} below[] = {
    { "https://example.com/a.json", "all/a.json", false },
    { "https://example.com/b/a.json", "all/b/a.json", false },
    { "https://example.com/units/a.json", "units/a.json", false },
    { "https://example.com/unitsa.json", "all/unitsa.json", false },
    { "https://example.com/a%20b%2ejson", "all/a b.json", false },
    { "urn:schemas/none/a.json", "/none/a.json", false },
    { "https://example.com/", NULL, false },
    { "https://example.com", NULL, false },
    { "https://example.org/a.json", NULL, false },
    { "http://example.com/a.json", NULL, false },
    { "https://example.com/..", "", true },
    { "https://example.com/b/../a.json", "", true },
    { "https://example.com/b/./a.json", "", true },
    { "https://example.com/%2E%2e/a.json", "", true },
    { "https://example.com/b%2f..%2f..%2fa.json", "", true },
    { "https://example.com//a.json", "", true },
    { "https://example.com/b/", "", true },
    { "https://example.com/a.json%00", "", true },
    { "https://example.com/%zz", "", true },
    { "https://example.com/a.json?b", "", true },
};

START_TEST(is_below)
{
    const char *problem;
    const char *path = az_schema_path_below(
        arena, folders, COUNT(folders), az_str_from(below[_i].uri), &problem);

    if (below[_i].path == NULL)
        ck_assert_msg(path == NULL, "%s: %s", below[_i].uri, path);
    else if (below[_i].problem)
        ck_assert_msg(path != NULL && problem != NULL, "%s", below[_i].uri);
    else
        ck_assert_str_eq(path, below[_i].path);
    if (!below[_i].problem)
        ck_assert_msg(problem == NULL, "%s: %s", below[_i].uri, problem);
}
END_TEST

static const struct {
    const char *folder, *name, *path;
} joined[] = {
    { ".", "a.json", "a.json" },         { ".", "./a.json", "a.json" },
    { ".", "././a.json#", "a.json" },    { "b", "a.json", "b/a.json" },
    { "b", "../a.json", "b/../a.json" }, { "b", "/a.json", "/a.json" },
    { "", "a.json", "/a.json" },
};

START_TEST(is_joined)
{
    ck_assert_str_eq(az_schema_path_join(arena, joined[_i].folder,
                                         az_str_from(joined[_i].name)),
                     joined[_i].path);
}
END_TEST

/* NULL: no file of this host. */
static const struct {
    const char *uri, *path;
} files[] = {
    { "file:///none/a%20b", "/none/a b" },
    { "file://localhost/none/a", "/none/a" },
    { "file:/none/a", "/none/a" },
    { "file://elsewhere/none/a", NULL },
    { "file:a", NULL },
    { "file:///none?a", NULL },
    { "file:///none%00", NULL },
    { "file:///none%", NULL },
    { "https:///none/a", NULL },
    { "/none/a", NULL },
};

START_TEST(is_file)
{
    const char *path = az_schema_path_of_uri(arena, az_str_from(files[_i].uri));

    if (files[_i].path == NULL)
        ck_assert_msg(path == NULL, "%s: %s", files[_i].uri, path);
    else
        ck_assert_str_eq(path, files[_i].path);
}
END_TEST

/* There and back, whatever is in the name. */
START_TEST(goes_round)
{
    char folder[] = "assize path %20#?\303\251-XXXXXX";
    struct az_str uri;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    uri = az_schema_uri_of_path(arena, folder);
    ck_assert(az_str_starts_with(uri, AZ_STR("file:///")));
    ck_assert_str_eq(az_schema_path_of_uri(arena, uri), folder);
    ck_assert_str_eq(
        az_schema_path_clean(arena, az_arena_printf(arena, "%s/../%s/none.json",
                                                    folder, folder)),
        az_arena_printf(arena, "%s/none.json", folder));
    ck_assert_int_eq(rmdir(folder), 0);
    ck_assert_uint_eq(az_schema_uri_of_path(arena, folder).len, 0);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("schema path");
    TCase *tests = new_case(suite, "schema path");

    tcase_add_loop_test(tests, is_below, 0, COUNT(below));
    tcase_add_loop_test(tests, is_joined, 0, COUNT(joined));
    tcase_add_loop_test(tests, is_file, 0, COUNT(files));
    tcase_add_test(tests, goes_round);
    return run_suite(suite);
}
