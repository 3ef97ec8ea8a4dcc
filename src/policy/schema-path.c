/* Paths of schema files, and URIs.
   SPDX-License-Identifier: MIT */

#include "policy/schema-path.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/file-tree.h"
#include "schema/uri.h"

/* PATH with links followed, in ARENA; NULL if there is no such file. */
static const char *
real_path(struct az_arena *arena, const char *path)
{
    const struct az_file_tree *tree = az_arena_files(arena);
    const char *copy;
    const void *file;
    char *real;

    if (az_file_tree_find(tree, arena, path, &file) && file != NULL)
        return az_arena_printf(arena, "%s/%s", tree->top,
                               az_file_tree_name(tree, arena, path));
    real = realpath(path, NULL);

    if (real == NULL)
        return NULL;
    copy = az_arena_strdup(arena, real);
    free(real);
    return copy;
}

const char *
az_schema_path_join(struct az_arena *arena, const char *folder,
                    struct az_str name)
{
    struct az_str path = { name.p, 0 };

    while (path.len < name.len && path.p[path.len] != '#')
        path.len++;
    while (path.len > 2 && strncmp(path.p, "./", 2) == 0)
        path = (struct az_str){ path.p + 2, path.len - 2 };
    if ((path.len > 0 && path.p[0] == '/') || strcmp(folder, ".") == 0)
        return az_arena_str(arena, path).p;
    return az_arena_printf(arena, "%s/%.*s",
                           strcmp(folder, "/") == 0 ? "" : folder,
                           AZ_STR_ARG(path));
}

struct az_str
az_schema_uri_of_path(struct az_arena *arena, const char *path)
{
    const char *real = real_path(arena, path);
    struct az_buf buf;

    if (real == NULL)
        return AZ_STR("");
    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "file://");
    az_uri_encode(&buf, az_str_from(real), "-._~/");
    return az_buf_str(&buf);
}

/* The length of what A and B, absolute paths, have in common: whole
   components, with the slash behind them. */
static size_t
common_length(const char *a, const char *b)
{
    size_t i, length = 0;

    for (i = 0; a[i] == b[i] && a[i] != '\0'; i++)
        if (a[i] == '/')
            length = i + 1;
    return length;
}

/* PATH, absolute, as the working directory has it. */
static const char *
shorten(struct az_arena *arena, const char *path)
{
    const char *here = real_path(arena, ".");
    struct az_buf buf;
    size_t common;

    if (here == NULL)
        return path;
    here = az_arena_printf(arena, "%s/", strcmp(here, "/") == 0 ? "" : here);
    common = common_length(here, path);
    if (common == 1)
        return path;
    az_buf_init(&buf, arena);
    for (here += common; *here != '\0'; here++)
        if (*here == '/')
            az_buf_add_c(&buf, "../");
    az_buf_add_c(&buf, path + common);
    return buf.p;
}

const char *
az_schema_path_clean(struct az_arena *arena, const char *path)
{
    const char *real = real_path(arena, path);
    const char *slash = strrchr(path, '/');

    if (real == NULL && slash != NULL && slash != path) {
        real = real_path(
            arena, az_arena_printf(arena, "%.*s", (int)(slash - path), path));
        if (real != NULL)
            real = az_arena_printf(arena, "%s%s", real, slash);
    }
    return real == NULL ? path : shorten(arena, real);
}

const char *
az_schema_path_of_uri(struct az_arena *arena, struct az_str uri)
{
    struct az_uri parts = az_uri_split(uri);
    struct az_str path;

    if (!az_str_eq_c(parts.scheme, "file") || parts.has_query ||
        (parts.authority.len > 0 &&
         !az_str_eq_c(parts.authority, "localhost")) ||
        parts.path.len == 0 || parts.path.p[0] != '/' ||
        !az_uri_decode(arena, parts.path, &path) ||
        memchr(path.p, '\0', path.len) != NULL)
        return NULL;
    return shorten(arena, az_arena_str(arena, path).p);
}

/* Whether PATH, encoded, is one of plain components that lead down. */
static bool
leads_down(struct az_str path)
{
    size_t start = 0, end;

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

/* Why PATH, below FOLDER, must not be read; NULL if it may, or is not there. */
static const char *
find_problem(struct az_arena *arena, const char *folder, const char *path)
{
    const char *real_folder = real_path(arena, folder);
    const char *real = real_path(arena, path);
    size_t length;

    if (real_folder == NULL || real == NULL)
        return NULL;
    length = strlen(real_folder);
    if (strncmp(real, real_folder, length) == 0 &&
        (real[length] == '/' || length == 1))
        return NULL;
    return "a symbolic link leads out of the folder of --schema-map";
}

const char *
az_schema_path_below(struct az_arena *arena,
                     const struct az_schema_folder *folders, size_t count,
                     struct az_str uri, const char **ret_problem)
{
    const struct az_schema_folder *folder = NULL;
    struct az_str rest, path;
    size_t i;

    *ret_problem = NULL;
    for (i = 0; i < count; i++)
        if (az_str_starts_with(uri, folders[i].uri) &&
            uri.len > folders[i].uri.len &&
            (folder == NULL || folders[i].uri.len > folder->uri.len))
            folder = &folders[i];
    if (folder == NULL)
        return NULL;
    rest =
        (struct az_str){ uri.p + folder->uri.len, uri.len - folder->uri.len };
    if (memchr(rest.p, '?', rest.len) != NULL ||
        !az_uri_decode(arena, rest, &path) || !leads_down(path) ||
        memchr(path.p, '\0', path.len) != NULL) {
        *ret_problem = "the rest of the URI is no path below the folder of "
                       "--schema-map";
        return az_arena_str(arena, rest).p;
    }
    i = strlen(folder->path);
    path = az_str_from(az_arena_printf(arena, "%s%s%.*s", folder->path,
                                       folder->path[i - 1] == '/' ? "" : "/",
                                       AZ_STR_ARG(path)));
    *ret_problem = find_problem(arena, folder->path, path.p);
    return path.p;
}
