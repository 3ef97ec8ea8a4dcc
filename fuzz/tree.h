/* Files of a project that are parts of the input and not on the disk.
   SPDX-License-Identifier: MIT */

#ifndef AZ_FUZZ_TREE_H
#define AZ_FUZZ_TREE_H

#include <unistd.h>

#include "findings.h"
#include "support.h"

#include "core/arena.h"
#include "core/file-tree.h"

static inline const char *
read_part_of_tree(void *context, struct az_arena *arena, const void *file,
                  struct az_str *ret)
{
    (void)context;
    (void)arena;
    *ret = *(const struct az_str *)file;
    return NULL;
}

/* Has ARENA read the files NAMES, COUNT of them, sorted, each a part of INPUT,
   and below the working directory no others. */
static inline void
use_tree(struct az_arena *arena, struct az_str input, const char *const *names,
         size_t count)
{
    struct az_file_tree *tree = AZ_NEW(arena, struct az_file_tree);
    struct az_str *text;
    char folder[4096];
    size_t i;

    require(getcwd(folder, sizeof(folder)) != NULL);
    *tree = (struct az_file_tree){ .top = az_arena_strdup(arena, folder),
                                   .prefix = "",
                                   .called = "the input",
                                   .hint = "add it",
                                   .read = read_part_of_tree };
    az_map_init(&tree->files, arena);
    for (i = 0; i < count; i++) {
        text = AZ_NEW(arena, struct az_str);
        *text = next_part(&input);
        az_map_put(&tree->files, az_str_from(names[i]), NULL)->value = text;
    }
    az_arena_set_files(arena, tree);
}

#endif
