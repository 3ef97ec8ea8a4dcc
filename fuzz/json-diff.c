/* Fuzz target: the JSON reader against json-c.
   SPDX-License-Identifier: MIT

   What our reader accepts, json-c, not strict, accepts too, and both see the
   same value; but for what json-c 0.16 is known to get wrong: it cuts keys at
   U+0000, clamps integers beyond 64 bits, drops the sign of -0, and needs one
   level more for objects. */

#include <errno.h>

#include <json-c/json.h>

#include "support.h"

#include "core/arena.h"
#include "core/diag.h"
#include "core/limits.h"
#include "read/read.h"

static bool
has_cut_key(const struct az_node *node)
{
    if (node->type == AZ_ARRAY)
        for (uint32_t i = 0; i < node->count; i++)
            if (has_cut_key(&node->items[i]))
                return true;
    if (node->type == AZ_OBJECT)
        for (uint32_t i = 0; i < node->count; i++)
            if ((node->members[i].key.len > 0 &&
                 memchr(node->members[i].key.p, '\0',
                        node->members[i].key.len) != NULL) ||
                has_cut_key(&node->members[i].value))
                return true;
    return false;
}

/* Integers in range by value, others by their text, which json-c keeps. */
static void
compare_number(struct az_arena *arena, struct az_str text,
               struct json_object *other)
{
    const char *digits = az_arena_str(arena, text).p;

    if (strpbrk(digits, ".eE") != NULL) {
        require(json_object_is_type(other, json_type_double));
        require(az_str_eq_c(text, json_object_to_json_string(other)));
        return;
    }
    require(json_object_is_type(other, json_type_int));
    errno = 0;
    if (*digits == '-') {
        long long value = strtoll(digits, NULL, 10);
        require(errno == ERANGE || json_object_get_int64(other) == value);
    } else {
        unsigned long long value = strtoull(digits, NULL, 10);
        require(errno == ERANGE || json_object_get_uint64(other) == value);
    }
}

static void compare(struct az_arena *arena, const struct az_node *node,
                    struct json_object *other);

static void
compare_members(struct az_arena *arena, const struct az_node *node,
                struct json_object *other)
{
    struct json_object_iterator i = json_object_iter_begin(other);
    struct json_object_iterator end = json_object_iter_end(other);
    uint32_t k = 0;

    for (; !json_object_iter_equal(&i, &end); json_object_iter_next(&i)) {
        require(k < node->count);
        require(
            az_str_eq_c(node->members[k].key, json_object_iter_peek_name(&i)));
        compare(arena, &node->members[k].value,
                json_object_iter_peek_value(&i));
        k++;
    }
    require(k == node->count);
}

static void
compare(struct az_arena *arena, const struct az_node *node,
        struct json_object *other)
{
    struct az_str text;

    switch ((enum az_type)node->type) {
    case AZ_NULL:
        require(other == NULL);
        break;
    case AZ_BOOLEAN:
        require(json_object_is_type(other, json_type_boolean));
        require((json_object_get_boolean(other) != 0) == node->truth);
        break;
    case AZ_NUMBER:
        compare_number(arena, az_node_text(node), other);
        break;
    case AZ_STRING:
        require(json_object_is_type(other, json_type_string));
        text.p = json_object_get_string(other);
        text.len = (size_t)json_object_get_string_len(other);
        require(az_str_eq(az_node_text(node), text));
        break;
    case AZ_ARRAY:
        require(json_object_is_type(other, json_type_array));
        require(json_object_array_length(other) == node->count);
        for (uint32_t i = 0; i < node->count; i++)
            compare(arena, &node->items[i],
                    json_object_array_get_idx(other, i));
        break;
    case AZ_OBJECT:
        require(json_object_is_type(other, json_type_object));
        compare_members(arena, node, other);
        break;
    }
}

/* json-c wants a NUL behind the text to know that it ends there. */
static void
compare_readers(struct az_arena *arena, const struct az_node *root,
                const uint8_t *data, size_t size)
{
    struct json_tokener *tokener = json_tokener_new_ex(AZ_MAX_DEPTH + 2);
    char *text = az_arena_alloc(arena, size + 1);
    struct json_object *other;

    require(tokener != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    other = json_tokener_parse_ex(tokener, text, (int)size + 1);
    require(json_tokener_get_error(tokener) == json_tokener_success);
    compare(arena, root, other);
    json_object_put(other);
    json_tokener_free(tokener);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    struct az_str text = { .p = (const char *)data, .len = size };
    const struct az_document *document;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    document = az_read_json(arena, &sink, az_source_new(arena, "fuzz", text));
    if (document != NULL && !document->malformed &&
        !has_cut_key(document->root))
        compare_readers(arena, document->root, data, size);
    az_arena_free(arena);
    return 0;
}
