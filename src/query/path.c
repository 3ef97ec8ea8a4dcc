/* Normalized paths (RFC 9535, 2.7).
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/map.h"
#include "query/query.h"

/* Appends what stands for the byte C in a normalized name. */
static void
add_byte(struct az_buf *buf, char c)
{
    static const char plain[] = "\b\t\n\f\r'\\";
    static const char escape[] = "btnfr'\\";
    const char *at = c != '\0' ? strchr(plain, c) : NULL;

    if (at != NULL) {
        az_buf_add_char(buf, '\\');
        az_buf_add_char(buf, escape[at - plain]);
    } else if ((unsigned char)c < 0x20) {
        az_buf_addf(buf, "\\u%04x", (unsigned)(unsigned char)c);
    } else {
        az_buf_add_char(buf, c);
    }
}

static void
add_name(struct az_buf *buf, struct az_str name)
{
    az_buf_add_c(buf, "['");
    for (size_t i = 0; i < name.len; i++)
        add_byte(buf, name.p[i]);
    az_buf_add_c(buf, "']");
}

/* A walk through a tree that spells the path of each wanted node. */
struct walk {
    struct az_arena *arena;
    struct az_map wanted; /* address -> path, once it was there */
    struct az_buf path;   /* of the node that the walk has come to */
    size_t missing;
};

/* The address as a key: the bytes of the pointer at WHERE. */
static struct az_str
key_of(const struct az_node *const *where)
{
    return (struct az_str){ (const char *)where, sizeof(*where) };
}

/* Recursion is as deep as the tree, AZ_MAX_DEPTH. */
static void
visit(struct walk *walk, const struct az_node *node)
{
    struct az_map_entry *entry = az_map_find(&walk->wanted, key_of(&node));
    size_t length = walk->path.len, i;

    if (entry != NULL && entry->value == NULL) {
        entry->value = az_arena_strdup(walk->arena, walk->path.p);
        walk->missing--;
    }
    if (node->type != AZ_ARRAY && node->type != AZ_OBJECT)
        return;
    for (i = 0; i < node->count && walk->missing > 0; i++) {
        if (node->type == AZ_OBJECT)
            add_name(&walk->path, node->members[i].key);
        else
            az_buf_addf(&walk->path, "[%zu]", i);
        visit(walk, node->type == AZ_OBJECT ? &node->members[i].value
                                            : &node->items[i]);
        walk->path.len = length;
        walk->path.p[length] = '\0';
    }
}

const char **
az_query_paths(struct az_arena *arena, const struct az_node *root,
               const struct az_nodes *nodes)
{
    const char **paths = az_arena_array(arena, nodes->count, sizeof(*paths));
    struct walk walk = { .arena = arena };
    bool is_new;
    size_t i;

    az_map_init(&walk.wanted, arena);
    for (i = 0; i < nodes->count; i++) {
        az_map_put(&walk.wanted, key_of(&nodes->items[i]), &is_new);
        walk.missing += is_new;
    }
    az_buf_init(&walk.path, arena);
    az_buf_add_char(&walk.path, '$');
    visit(&walk, root);
    for (i = 0; i < nodes->count; i++)
        paths[i] = az_map_get(&walk.wanted, key_of(&nodes->items[i]));
    return paths;
}
