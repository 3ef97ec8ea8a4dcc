/* Paths that documents name: sound ones, and inside of a tree.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include "core/file.h"
#include "core/path.h"

static const struct {
    const char *path;
    const char *complaint; /* NULL: none */
    bool inside;
} rows[] = {
    { "a", NULL, true },
    { "a/b.wasm", NULL, true },
    { ".gitignore", NULL, true },
    { "a/.github/b", NULL, true },
    { "a..b", NULL, true },
    { ".git", NULL, false },
    { ".git/hooks/pre-commit", NULL, false },
    { "a/.git/config", NULL, false },
    { "a/.git", NULL, false },
    { "", "is empty", false },
    { "/etc/passwd", "is not relative", false },
    { "~/a", "is not relative", false },
    { "C:/a", "has a drive letter", false },
    { "a\\..\\b", "has a backslash", false },
    { "a\nb", "has a control character", false },
    { "a\xc2\x9b/b", "has a control character", false },
    { "a/", "ends in '/'", false },
    { "a//b", "has an empty component", false },
    { "./a", "has a component '.' or '..'", false },
    { "a/..", "has a component '.' or '..'", false },
    { "a/../../b", "has a component '.' or '..'", false },
};

START_TEST(tells)
{
    struct az_str path = az_str_from(rows[_i].path);
    const char *complaint = az_path_complaint(path);

    ck_assert_msg(
        (complaint == NULL) == (rows[_i].complaint == NULL) &&
            (complaint == NULL || strcmp(complaint, rows[_i].complaint) == 0),
        "case %d (%s): %s", _i, path.p,
        complaint == NULL ? "no complaint" : complaint);
    ck_assert_msg(az_file_name_stays_inside(path) == rows[_i].inside,
                  "case %d (%s)", _i, path.p);
}
END_TEST

START_TEST(nul_is_seen)
{
    ck_assert_ptr_nonnull(az_path_complaint(AZ_STR("a\0/../b")));
    ck_assert(!az_file_name_stays_inside(AZ_STR("a\0b")));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("path");
    TCase *tcase = new_case(suite, "path");

    tcase_add_loop_test(tcase, tells, 0, (int)COUNT(rows));
    tcase_add_test(tcase, nul_is_seen);
    return run_suite(suite);
}
