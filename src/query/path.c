/* Normalized paths (RFC 9535, 2.7).
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
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

/* The way to a node, from the node up. */
struct step {
    const struct step *up;
    const struct az_member *member; /* NULL in an array */
    size_t index;
};

struct search {
    const struct az_node *wanted;
    bool scattered;
    struct az_buf *buf;
};

static void
spell(struct az_buf *buf, const struct step *step)
{
    if (step == NULL) {
        az_buf_add_char(buf, '$');
        return;
    }
    spell(buf, step->up);
    if (step->member != NULL)
        add_name(buf, step->member->key);
    else
        az_buf_addf(buf, "[%zu]", step->index);
}

static const struct az_node *
child_at(const struct az_node *node, size_t index)
{
    return node->type == AZ_ARRAY ? &node->items[index]
                                  : &node->members[index].value;
}

/* The first child that may hold the wanted node: unless nodes are scattered,
   they stand in order. */
static size_t
first_candidate(const struct search *search, const struct az_node *node)
{
    size_t low = 0;
    size_t high = search->scattered ? 0 : node->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (child_at(node, middle)->span.end < search->wanted->span.end)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
find(const struct search *search, const struct az_node *node,
     const struct step *up)
{
    if (node == search->wanted) {
        spell(search->buf, up);
        return true;
    }
    if (node->type != AZ_ARRAY && node->type != AZ_OBJECT)
        return false;
    for (size_t i = first_candidate(search, node); i < node->count; i++) {
        struct step step = { .up = up,
                             .member = node->type == AZ_OBJECT
                                           ? &node->members[i]
                                           : NULL,
                             .index = i };
        const struct az_node *child = child_at(node, i);
        if (!search->scattered &&
            child->span.start > search->wanted->span.start)
            return false;
        if (find(search, child, &step))
            return true;
    }
    return false;
}

const char *
az_query_path(struct az_arena *arena, const struct az_node *root,
              const struct az_node *node, bool scattered)
{
    struct az_buf buf;
    struct search search = { .wanted = node,
                             .scattered = scattered,
                             .buf = &buf };

    az_buf_init(&buf, arena);
    return find(&search, root, NULL) ? buf.p : NULL;
}
