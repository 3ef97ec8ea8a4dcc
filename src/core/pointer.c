/* JSON Pointer (RFC 6901).
   SPDX-License-Identifier: MIT */

#include "core/pointer.h"

#include <string.h>

#include "core/arena.h"

/* Decodes TOKEN, which has at least one '~', into *RET.  False if one is not
   followed by 0 or 1. */
static bool
decode_escapes(struct az_arena *arena, struct az_str token, struct az_str *ret)
{
    char *p = az_arena_alloc(arena, token.len);
    size_t len = 0;

    for (size_t i = 0; i < token.len; i++) {
        char c = token.p[i];
        if (c == '~') {
            i++;
            if (i == token.len || (token.p[i] != '0' && token.p[i] != '1'))
                return false;
            c = token.p[i] == '0' ? '~' : '/';
        }
        p[len++] = c;
    }
    *ret = (struct az_str){ .p = p, .len = len };
    return true;
}

static size_t
count_slashes(struct az_str text)
{
    size_t count = 0;
    const char *p = text.p;
    const char *end = text.p + text.len;

    while (p < end && (p = memchr(p, '/', (size_t)(end - p))) != NULL) {
        count++;
        p++;
    }
    return count;
}

bool
az_pointer_parse(struct az_arena *arena, struct az_str text,
                 struct az_pointer *ret)
{
    if (text.len == 0) {
        *ret = (struct az_pointer){ .tokens = NULL, .count = 0 };
        return true;
    }
    if (text.p[0] != '/')
        return false;
    size_t count = count_slashes(text);
    struct az_str *tokens = az_arena_array(arena, count, sizeof *tokens);
    const char *p = text.p + 1;
    const char *end = text.p + text.len;

    for (size_t i = 0; i < count; i++) {
        const char *slash = p < end ? memchr(p, '/', (size_t)(end - p)) : NULL;
        const char *stop = slash != NULL ? slash : end;
        struct az_str token = { .p = p, .len = (size_t)(stop - p) };
        if (token.len > 0 && memchr(token.p, '~', token.len) != NULL &&
            !decode_escapes(arena, token, &token))
            return false;
        tokens[i] = token;
        p = stop + 1;
    }
    *ret = (struct az_pointer){ .tokens = tokens, .count = count };
    return true;
}

bool
az_pointer_index(struct az_str token, size_t *ret)
{
    size_t value = 0;

    if (token.len == 0 || (token.len > 1 && token.p[0] == '0'))
        return false;
    for (size_t i = 0; i < token.len; i++) {
        if (token.p[i] < '0' || token.p[i] > '9')
            return false;
        size_t digit = (size_t)(token.p[i] - '0');
        if (value > (SIZE_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *ret = value;
    return true;
}

const struct az_node *
az_pointer_step(const struct az_node *container, struct az_str token)
{
    if (container == NULL)
        return NULL;
    if (container->type == AZ_OBJECT) {
        const struct az_member *member = az_node_member(container, token);
        return member != NULL ? &member->value : NULL;
    }
    size_t index;
    if (container->type == AZ_ARRAY && az_pointer_index(token, &index) &&
        index < container->count)
        return &container->items[index];
    return NULL;
}

const struct az_node *
az_pointer_get(const struct az_node *root, const struct az_pointer *pointer)
{
    const struct az_node *node = root;

    for (size_t i = 0; i < pointer->count && node != NULL; i++)
        node = az_pointer_step(node, pointer->tokens[i]);
    return node;
}

const struct az_node *
az_pointer_find(struct az_arena *arena, const struct az_node *root,
                const char *text)
{
    struct az_pointer pointer;

    if (!az_pointer_parse(arena, az_str_from(text), &pointer))
        return NULL;
    return az_pointer_get(root, &pointer);
}

void
az_pointer_add(struct az_buf *buf, struct az_str token)
{
    size_t start = 0;

    az_buf_add_char(buf, '/');
    for (size_t i = 0; i < token.len; i++) {
        if (token.p[i] != '~' && token.p[i] != '/' && token.p[i] != '\0')
            continue;
        az_buf_add(buf,
                   (struct az_str){ .p = token.p + start, .len = i - start });
        az_buf_add_c(buf, token.p[i] == '~'   ? "~0"
                          : token.p[i] == '/' ? "~1"
                                              : "\\u0000");
        start = i + 1;
    }
    if (start < token.len) {
        az_buf_add(buf, (struct az_str){ .p = token.p + start,
                                         .len = token.len - start });
    }
}
