/* Files that stand in for those of the disk: a version that git keeps.
   SPDX-License-Identifier: MIT */

#include "core/file-tree.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"

/* Appends the components of PATH to BUF, which ends in '/' or is empty. False
   if they lead above its beginning. */
static bool
add_components(struct az_buf *buf, const char *path)
{
    while (*path != '\0') {
        size_t length = strcspn(path, "/");
        struct az_str part = { path, length };

        path += length + (path[length] == '/');
        if (length == 0 || az_str_eq_c(part, "."))
            continue;
        if (!az_str_eq_c(part, "..")) {
            az_buf_add(buf, part);
            az_buf_add_char(buf, '/');
            continue;
        }
        if (buf->len == 0)
            return false;
        for (buf->len--; buf->len > 0 && buf->p[buf->len - 1] != '/';)
            buf->len--;
    }
    return true;
}

/* What is left of PATH, which is absolute, below TOP; NULL if it is not there.
 */
static const char *
below_top(const struct az_file_tree *tree, const char *path)
{
    size_t length = strlen(tree->top);

    if (strncmp(path, tree->top, length) != 0 ||
        (path[length] != '/' && path[length] != '\0'))
        return NULL;
    return path + length;
}

/* The name of PATH by what is written in it; NULL if that leads out of TOP. */
static const char *
name_as_written(const struct az_file_tree *tree, struct az_arena *arena,
                const char *path)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    if (path[0] == '/')
        path = below_top(tree, path);
    else
        az_buf_add_c(&buf, tree->prefix);
    if (path == NULL || !add_components(&buf, path))
        return NULL;
    return az_arena_printf(arena, "%.*s", (int)(buf.len > 0 ? buf.len - 1 : 0),
                           buf.len > 0 ? buf.p : "");
}

/* PATH with the links in it followed, as far as it is there. */
static const char *
follow_links(struct az_arena *arena, const char *path)
{
    size_t length = strlen(path);
    const char *followed = NULL;
    char *real;

    while (followed == NULL) {
        const char *folder =
            length == 0 ? "."
                        : az_arena_printf(arena, "%.*s", (int)length, path);

        real = realpath(folder, NULL);
        if (real != NULL)
            followed = az_arena_printf(arena, "%s/%s", real, path + length);
        else if (length == 0)
            return path;
        free(real);
        /* to the end of the component before */
        while (length > 0 && path[length - 1] == '/')
            length--;
        while (length > 0 && path[length - 1] != '/')
            length--;
    }
    return followed;
}

const char *
az_file_tree_name(const struct az_file_tree *tree, struct az_arena *arena,
                  const char *path)
{
    const char *name;

    if (tree == NULL || strcmp(path, "-") == 0)
        return NULL;
    name = name_as_written(tree, arena, path);
    /* it may lead back by a link, or by the names of the folders around TOP */
    return name != NULL
               ? name
               : name_as_written(tree, arena, follow_links(arena, path));
}

bool
az_file_tree_find(const struct az_file_tree *tree, struct az_arena *arena,
                  const char *path, const void **ret_file)
{
    const char *name = az_file_tree_name(tree, arena, path);

    if (name == NULL)
        return false;
    *ret_file = az_map_get(&tree->files, az_str_from(name));
    return true;
}
