/* What a run is known by.
   SPDX-License-Identifier: MIT */

#include "gate/runs.h"

#include <stdlib.h>

#include "core/arena.h"

static void print(struct az_buf *buf, const struct az_node *node);

static int
compare_members(const void *a, const void *b)
{
    const struct az_member *const *left = a;
    const struct az_member *const *right = b;

    return az_str_compare((*left)->key, (*right)->key);
}

/* The members of OBJECT but for those called WITHOUT. */
static void
print_object(struct az_buf *buf, const struct az_node *object,
             struct az_str without)
{
    const struct az_member **order =
        az_arena_array(buf->arena, object->count + 1, sizeof *order);
    size_t count = 0;

    for (uint32_t i = 0; i < object->count; i++)
        if (without.len == 0 || !az_str_eq(object->members[i].key, without))
            order[count++] = &object->members[i];
    if (count > 1)
        qsort((void *)order, count, sizeof *order, compare_members);
    az_buf_add_char(buf, '{');
    for (size_t i = 0; i < count; i++) {
        struct az_node key = { .type = AZ_STRING };

        if (i > 0)
            az_buf_add_char(buf, ',');
        key.text = order[i]->key.p;
        key.count = (uint32_t)order[i]->key.len;
        az_node_print(buf, &key);
        az_buf_add_char(buf, ':');
        print(buf, &order[i]->value);
    }
    az_buf_add_char(buf, '}');
}

static void
print(struct az_buf *buf, const struct az_node *node)
{
    struct az_decimal number;

    if (node->type == AZ_OBJECT) {
        print_object(buf, node, AZ_STR(""));
    } else if (node->type == AZ_ARRAY) {
        az_buf_add_char(buf, '[');
        for (uint32_t i = 0; i < node->count; i++) {
            if (i > 0)
                az_buf_add_char(buf, ',');
            print(buf, &node->items[i]);
        }
        az_buf_add_char(buf, ']');
    } else if (node->type == AZ_NUMBER &&
               az_decimal_of(buf->arena, node, &number)) {
        az_buf_add(buf, az_decimal_print(buf->arena, number));
    } else {
        az_node_print(buf, node);
    }
}

void
az_run_digest(struct az_arena *arena, const struct az_node *run,
              char ret[static AZ_SHA256_SIZE])
{
    struct az_sha256 hash;
    struct az_buf text;

    az_buf_init(&text, arena);
    print_object(&text, run, AZ_STR("digest"));
    az_sha256_init(&hash);
    az_sha256_add(&hash, text.p, text.len);
    az_sha256_finish(&hash, ret);
}
