/* Files that stand in for those of the disk: a version that git keeps.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_FILE_TREE_H
#define AZ_CORE_FILE_TREE_H

#include "core/map.h"

struct az_sink;

/* What is below the folder TOP.  Where an arena carries one, nothing below TOP
   is read from the disk.  One thread at a time may read. */
struct az_file_tree {
    const char *top;    /* a real path */
    const char *prefix; /* the working directory below TOP: "" or "a/b/" */
    const char *called; /* "git's index" */
    const char *hint;   /* what to do about a file that is not there */
    /* name below TOP -> what READ knows it by, sorted; NULL: it is not there */
    struct az_map files;
    /* The text of FILE into *RET; NULL, or why it cannot be read. */
    const char *(*read)(void *context, struct az_arena *arena, const void *file,
                        struct az_str *ret);
    void *context;
};

/* PATH, as the working directory has it, below TOP: without ".", ".." and empty
   components.  A PATH that as it is written leads out of TOP may be below it
   once links are followed.  NULL if it is not, or there is no tree. */
const char *az_file_tree_name(const struct az_file_tree *tree,
                              struct az_arena *arena, const char *path);
/* Whether PATH is below TOP; *RET_FILE is NULL if the tree has no such file. */
bool az_file_tree_find(const struct az_file_tree *tree, struct az_arena *arena,
                       const char *path, const void **ret_file);

#endif
