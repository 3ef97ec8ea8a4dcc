/* Files that stand in for those of the disk: a version that git keeps.
   SPDX-License-Identifier: MIT */

#include "core/file-tree.h"

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

const char *
az_file_tree_name(const struct az_file_tree *tree, struct az_arena *arena,
                  const char *path)
{
    size_t length;
    struct az_buf buf;

    if (tree == NULL || strcmp(path, "-") == 0)
        return NULL;
    az_buf_init(&buf, arena);
    if (path[0] == '/') {
        length = strlen(tree->top);
        if (strncmp(path, tree->top, length) != 0 ||
            (path[length] != '/' && path[length] != '\0'))
            return NULL;
        path += length;
    } else {
        az_buf_add_c(&buf, tree->prefix);
    }
    if (!add_components(&buf, path))
        return NULL;
    return az_arena_printf(arena, "%.*s", (int)(buf.len > 0 ? buf.len - 1 : 0),
                           buf.len > 0 ? buf.p : "");
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
