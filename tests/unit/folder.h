/* A folder of its own for each test, which it runs in.
   SPDX-License-Identifier: MIT */

#ifndef TESTS_UNIT_FOLDER_H
#define TESTS_UNIT_FOLDER_H

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "support.h"

static char test_folder[] = "/tmp/assize-test.XXXXXX";

static inline void
enter_folder(void)
{
    setup();
    memcpy(test_folder + sizeof test_folder - 7, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(test_folder));
    ck_assert_int_eq(chdir(test_folder), 0);
}

/* Removes it, and the files and empty folders in it. */
static inline void
leave_folder(void)
{
    DIR *content = opendir(test_folder);
    const struct dirent *entry;

    ck_assert_ptr_nonnull(content);
    ck_assert_int_eq(chdir(test_folder), 0);
    while ((entry = readdir(content)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove(entry->d_name);
    closedir(content);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(test_folder), 0);
    teardown();
}

#endif
