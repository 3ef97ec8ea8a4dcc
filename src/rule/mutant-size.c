/* Lists and strings made longer or shorter.
   SPDX-License-Identifier: MIT */

#include "rule/mutant-size.h"

#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/utf8.h"

static struct az_node
resize_array(struct az_arena *arena, const struct az_node *array, size_t size)
{
    struct az_node *items = az_arena_array(arena, size + 1, sizeof(*items));
    struct az_node node = *array;
    size_t i;

    for (i = 0; i < size; i++)
        items[i] = array->items[i < array->count ? i : array->count - 1];
    node.items = items;
    node.count = (uint32_t)size;
    return node;
}

static struct az_node
resize_string(struct az_arena *arena, struct az_str text, size_t size)
{
    const char *p = text.p, *end = text.p + text.len;
    struct az_buf buf;

    for (; size > 0 && p < end; size--)
        p += az_utf8_decode(p, end, NULL);
    az_buf_init(&buf, arena);
    az_buf_add(&buf, (struct az_str){ text.p, (size_t)(p - text.p) });
    for (; size > 0; size--)
        az_buf_add_char(&buf, 'x');
    return az_make_string(az_buf_str(&buf));
}

struct az_node
az_rule_resize(struct az_arena *arena, const struct az_node *node, size_t size)
{
    return node->type == AZ_ARRAY
               ? resize_array(arena, node, size)
               : resize_string(arena, az_node_text(node), size);
}
