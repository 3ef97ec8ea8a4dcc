/* One text for each value: equal values, equal texts.
   SPDX-License-Identifier: MIT */

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/decimal.h"
#include "rule/judging.h"

static void
add_length(struct az_buf *buf, char tag, size_t length)
{
    az_buf_add_char(buf, tag);
    az_buf_add_int(buf, (int64_t)length);
    az_buf_add_char(buf, ':');
}

/* 1, 1.0 and 10e-1 are one number: its digits and its exponent. */
static void
add_number(struct az_buf *buf, struct az_str text)
{
    struct az_decimal value;

    if (!az_decimal_parse(buf->arena, text, &value)) {
        add_length(buf, 'n', text.len);
        az_buf_add(buf, text);
        return;
    }
    az_buf_add_c(buf, value.negative ? "d-" : "d");
    az_buf_add_int(buf, value.exponent);
    az_buf_add_char(buf, ':');
    az_buf_add(buf, value.digits);
    az_buf_add_char(buf, ';');
}

static int
compare_members(const void *a, const void *b)
{
    const struct az_member *const *x = a, *const *y = b;

    return az_str_compare((*x)->key, (*y)->key);
}

static void
add_object(struct az_buf *buf, const struct az_node *node)
{
    const struct az_member **order;
    size_t i;

    order = az_arena_array(buf->arena, node->count + 1, sizeof(*order));
    for (i = 0; i < node->count; i++)
        order[i] = &node->members[i];
    qsort((void *)order, node->count, sizeof(*order), compare_members);
    add_length(buf, 'o', node->count);
    for (i = 0; i < node->count; i++) {
        add_length(buf, 'k', order[i]->key.len);
        az_buf_add(buf, order[i]->key);
        az_rule_canonical(buf, &order[i]->value);
    }
}

void
az_rule_canonical(struct az_buf *buf, const struct az_node *node)
{
    size_t i;

    switch ((enum az_type)node->type) {
    case AZ_NULL:
        az_buf_add_char(buf, 'z');
        break;
    case AZ_BOOLEAN:
        az_buf_add_char(buf, node->truth ? 't' : 'f');
        break;
    case AZ_NUMBER:
        add_number(buf, az_node_text(node));
        break;
    case AZ_STRING:
        add_length(buf, 's', node->count);
        az_buf_add(buf, az_node_text(node));
        break;
    case AZ_ARRAY:
        add_length(buf, 'a', node->count);
        for (i = 0; i < node->count; i++)
            az_rule_canonical(buf, &node->items[i]);
        break;
    case AZ_OBJECT:
        add_object(buf, node);
        break;
    }
}
