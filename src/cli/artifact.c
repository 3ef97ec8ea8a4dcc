/* Files that a policy asks for.
   SPDX-License-Identifier: MIT */

#include "cli/artifact.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "core/arena.h"
#include "core/file.h"

/* Whether PATH stays below the folder it is relative to, by its words. */
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
        if (part.len == 0 || az_str_eq_c(part, ".") || az_str_eq_c(part, ".."))
            return false;
        start = end + 1;
    }
    return true;
}

/* Makes the folders above PATH, which begins with those of ROOT_LENGTH bytes.
   False with errno set. */
static bool
make_folders(char *path, size_t root_length)
{
    size_t i;

    for (i = root_length + 1; path[i] != '\0'; i++) {
        if (path[i] != '/')
            continue;
        path[i] = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            return false;
        path[i] = '/';
    }
    return true;
}

/* Whether the folder of PATH, links followed, is ROOT or below it. */
static bool
is_really_inside(struct az_arena *arena, const char *root, const char *path)
{
    char *folder = az_arena_strdup(arena, path), *real_root, *real_folder;
    bool inside = false;
    size_t length;

    *strrchr(folder, '/') = '\0';
    real_root = realpath(root, NULL);
    real_folder = realpath(folder, NULL);
    if (real_root != NULL && real_folder != NULL) {
        length = strlen(real_root);
        inside = strncmp(real_root, real_folder, length) == 0 &&
                 (real_folder[length] == '\0' || real_folder[length] == '/' ||
                  length == 1);
    }
    free(real_root);
    free(real_folder);
    return inside;
}

bool
az_artifact_write(struct az_arena *arena, const char *root,
                  const struct az_document *document, const char *key,
                  struct az_str text)
{
    const struct az_node *name =
        az_node_get(az_node_get(document->root, "output"), key);
    struct az_sink problems;
    char *path;

    if (name == NULL || name->type != AZ_STRING)
        return true;
    az_sink_init(&problems, arena);
    path =
        az_arena_printf(arena, "%s/%.*s", root, AZ_STR_ARG(az_node_text(name)));
    if (!is_inside(az_node_text(name)))
        az_sink_add(&problems, AZ_DIAG_OUTPUT_FAILED,
                    az_document_place(document, name),
                    "%s is not a path inside the project: nothing is written",
                    az_node_quote(arena, name));
    else if (!make_folders(path, strlen(root)))
        az_sink_add(&problems, AZ_DIAG_OUTPUT_FAILED,
                    az_document_place(document, name),
                    "cannot make the folder of %s: %s",
                    az_node_quote(arena, name), strerror(errno));
    else if (!is_really_inside(arena, root, path))
        az_sink_add(&problems, AZ_DIAG_OUTPUT_FAILED,
                    az_document_place(document, name),
                    "%s leads out of the project: nothing is written",
                    az_node_quote(arena, name));
    else
        az_file_write(arena, &problems, path, text);
    az_print_findings(&problems);
    return problems.total == 0;
}
