/* Files that a policy asks for.
   SPDX-License-Identifier: MIT */

#include "cli/artifact.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "core/arena.h"
#include "core/file.h"

/* Whether PATH stays below the folder it is relative to, by its words; what is
   git's own is not part of the tree. */
static bool
is_inside(struct az_str path)
{
    size_t start = 0, end;

    if (path.len == 0 || path.p[0] == '/' ||
        memchr(path.p, '\0', path.len) != NULL)
        return false;
    while (start <= path.len) {
        struct az_str part;

        for (end = start; end < path.len && path.p[end] != '/';)
            end++;
        part = (struct az_str){ path.p + start, end - start };
        if (part.len == 0 || az_str_eq_c(part, ".") ||
            az_str_eq_c(part, "..") || az_str_eq_c(part, ".git"))
            return false;
        start = end + 1;
    }
    return true;
}

/* Whether PATH, whose folder is inside ROOT, is inside too: only a link can
   lead elsewhere.  What is no link is not resolved, which for each folder of a
   deep path would take time with its square. */
static bool
stays_inside(const char *root, const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 &&
           (!S_ISLNK(status.st_mode) || az_file_is_inside(root, path));
}

const char *
az_artifact_make_folders(struct az_arena *arena, const char *root, char *path)
{
    const char *problem = NULL;
    size_t i;

    for (i = strlen(root) + 1; path[i] != '\0' && problem == NULL; i++) {
        if (path[i] != '/')
            continue;
        path[i] = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            problem = az_arena_printf(
                arena, "has a folder that cannot be made: %s", strerror(errno));
        else if (!stays_inside(root, path))
            problem = "leads out of the project: nothing is written";
        path[i] = '/';
    }
    return problem;
}

bool
az_artifact_write(const struct az_set *set, const char *root,
                  const struct az_document *document, const char *key,
                  struct az_str text)
{
    struct az_arena *arena = set->arena;
    const struct az_node *name =
        az_node_get(az_node_get(document->root, "output"), key);
    struct az_sink problems;
    const char *problem;
    char *path;

    if (name == NULL || name->type != AZ_STRING)
        return true;
    az_sink_init(&problems, arena);
    path =
        az_arena_printf(arena, "%s/%.*s", root, AZ_STR_ARG(az_node_text(name)));
    problem = is_inside(az_node_text(name))
                  ? az_artifact_make_folders(arena, root, path)
                  : "is not a path inside the project: nothing is written";
    if (problem == NULL && az_set_is_input(set, path))
        problem = "is read in this run: nothing is written over it";
    if (problem != NULL)
        az_sink_add(&problems, AZ_DIAG_OUTPUT_FAILED,
                    az_document_place(document, name), "%s %s",
                    az_node_quote(arena, name), problem);
    else
        az_file_write(arena, &problems, path, text);
    az_cli_print_findings(&problems);
    return problems.total == 0;
}
