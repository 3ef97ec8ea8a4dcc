/* The files of git's index, in place of those of the disk.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/staged.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/git.h"
#include "core/arena.h"
#include "core/diag.h"
#include "core/file-tree.h"
#include "core/limits.h"

/* Modes of entries: regular files begin with "100". */
#define MODE_LENGTH 6
/* An object's name is 40 or 64 digits. */
#define MAX_NAME 64

/* What git calls the tree and the file that are empty, by its two hashes. */
static const struct empty {
    const char *tree, *file;
} empty[] = {
    { "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
      "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391" },
    { "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
      "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813" },
};

/* An entry of the index: "MODE OBJECT STAGE\tNAME" and a NUL. */
struct entry {
    struct az_str mode;
    struct az_str object;
    bool unmerged;
};

static const char *
read_blob(void *context, struct az_arena *arena, const void *file,
          struct az_str *ret)
{
    const struct az_git_server *server = context;
    const struct entry *entry = file;

    if (entry->unmerged)
        return "it is not merged in git's index";
    if (strncmp(entry->mode.p, "100", 3) != 0)
        return "it is no regular file in git's index";
    return az_git_blob(server, arena, entry->object, ret)
               ? NULL
               : "git does not give its content";
}

/* Takes LINE, an entry up to its NUL, into TREE; false if it is no entry. */
static bool
take_entry(struct az_file_tree *tree, struct az_arena *arena,
           struct az_str line)
{
    struct entry *entry = AZ_NEW(arena, struct entry);
    const char *tab = memchr(line.p, '\t', line.len);
    size_t head = tab == NULL ? 0 : (size_t)(tab - line.p), length;
    struct az_map_entry *slot;
    bool is_new;

    if (head < MODE_LENGTH + 4 || line.p[MODE_LENGTH] != ' ' ||
        line.p[head - 2] != ' ')
        return false;
    entry->mode = (struct az_str){ line.p, MODE_LENGTH };
    length = head - MODE_LENGTH - 3;
    entry->object = (struct az_str){ line.p + MODE_LENGTH + 1, length };
    entry->unmerged = line.p[head - 1] != '0';
    if (length > MAX_NAME)
        return false;
    slot = az_map_put(
        &tree->files,
        az_arena_str(arena, (struct az_str){ tab + 1, line.len - head - 1 }),
        &is_new);
    slot->value = entry;
    return true;
}

static bool
list_files(struct az_file_tree *tree, struct az_arena *arena)
{
    static const char *const arguments[] = { "git", "ls-files",    "--stage",
                                             "-z",  "--full-name", "--",
                                             ":/",  NULL };
    struct az_str list;
    size_t start = 0, i;

    az_map_init(&tree->files, arena);
    if (!az_git_run(arena, arguments, AZ_MAX_FILE_SIZE, &list))
        return false;
    for (i = 0; i < list.len; i++) {
        if (list.p[i] != '\0')
            continue;
        if (!take_entry(tree, arena,
                        (struct az_str){ list.p + start, i - start }))
            return false;
        start = i + 1;
    }
    return start == list.len;
}

/* The row of the empty file that is among the entries of TREE; NULL if none is.
 */
static const struct empty *
find_empty(const struct az_file_tree *tree)
{
    const struct entry *entry;
    size_t i, k;

    for (i = 0; i < tree->files.count; i++)
        for (k = 0; k < sizeof(empty) / sizeof(empty[0]); k++) {
            entry = tree->files.entries[i].value;
            if (az_str_eq_c(entry->object, empty[k].file))
                return &empty[k];
        }
    return NULL;
}

/* What a commit of the index would have, into *RET: each name in it. EMPTY_TREE
   is what it is compared with. */
static bool
list_committed(struct az_arena *arena, const char *empty_tree,
               struct az_map *ret)
{
    const char *const arguments[] = {
        "git",         "-c",       "diff.relative=false",
        "diff-index",  "--cached", "--ita-invisible-in-index",
        "--name-only", "-z",       empty_tree,
        NULL
    };
    struct az_str list;

    az_map_init(ret, arena);
    if (!az_git_run(arena, arguments, AZ_MAX_FILE_SIZE, &list))
        return false;
    while (list.len > 0) {
        struct az_str name = { list.p, strnlen(list.p, list.len) };
        size_t taken = name.len + (name.len < list.len);

        az_map_put(ret, name, NULL);
        list = (struct az_str){ list.p + taken, list.len - taken };
    }
    return true;
}

/* Takes out of TREE what `git add -N` only announced: its entries look like
   those of empty files, and no commit has them. */
static bool
drop_announced(struct az_file_tree *tree, struct az_arena *arena)
{
    const struct empty *found = find_empty(tree);
    struct az_map committed;
    size_t i;

    if (found == NULL)
        return true;
    if (!list_committed(arena, found->tree, &committed))
        return false;
    for (i = 0; i < tree->files.count; i++) {
        struct az_map_entry *slot = &tree->files.entries[i];
        const struct entry *entry = slot->value;

        if (az_str_eq_c(entry->object, found->file) &&
            az_map_find(&committed, slot->key) == NULL)
            slot->value = NULL;
    }
    return true;
}

/* Finds the work tree, and where in it the working directory is. */
static bool
find_top(struct az_file_tree *tree, struct az_arena *arena)
{
    static const char *const arguments[] = { "git", "rev-parse",
                                             "--show-toplevel", NULL };
    struct az_str answer;
    char *here, *top;
    size_t length;
    bool below;

    if (!az_git_run(arena, arguments, PATH_MAX, &answer) || answer.len < 2)
        return false;
    top = realpath(
        az_arena_str(arena, (struct az_str){ answer.p, answer.len - 1 }).p,
        NULL);
    here = realpath(".", NULL);
    below = top != NULL && here != NULL;
    length = below ? strlen(top) : 0;
    below = below && strncmp(top, here, length) == 0 &&
            (here[length] == '/' || here[length] == '\0');
    if (below) {
        tree->top = az_arena_strdup(arena, top);
        tree->prefix = here[length] == '\0'
                           ? ""
                           : az_arena_printf(arena, "%s/", here + length + 1);
    }
    free(top);
    free(here);
    return below;
}

bool
az_staged_use(struct az_sink *sink)
{
    /* a commit keeps what is in the index, not what `git replace` shows */
    static const char *const server_arguments[] = {
        "git", "--no-replace-objects", "cat-file", "--batch", NULL
    };
    struct az_arena *arena = sink->arena;
    struct az_file_tree *tree = AZ_NEW(arena, struct az_file_tree);
    struct az_git_server *server = AZ_NEW(arena, struct az_git_server);

    *tree = (struct az_file_tree){
        .called = "git's index",
        .hint = "'git add' it",
        .read = read_blob,
        .context = server,
    };
    if (find_top(tree, arena) && list_files(tree, arena) &&
        drop_announced(tree, arena) &&
        az_git_serve(arena, server_arguments, server)) {
        az_arena_set_files(arena, tree);
        return true;
    }
    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                             "option '--staged' needs git and a work tree"),
                 "leave it out to check the files on disk");
    return false;
}
