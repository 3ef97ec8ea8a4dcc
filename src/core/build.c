/* Making trees in the program: reports, records, rows.
   SPDX-License-Identifier: MIT */

#include "core/build.h"

#include <inttypes.h>
#include <string.h>

#include "core/arena.h"

static struct az_node
text_node(enum az_type type, struct az_str text)
{
    struct az_node node = { .type = type & 0xff, .count = (uint32_t)text.len };

    /* The empty string of a zeroed struct has no address; a node's has. */
    node.text = text.len == 0 ? "" : text.p;
    return node;
}

struct az_node
az_make_null(void)
{
    return (struct az_node){ .type = AZ_NULL };
}

struct az_node
az_make_boolean(bool truth)
{
    struct az_node node = { .type = AZ_BOOLEAN };

    node.truth = truth;
    return node;
}

struct az_node
az_make_string(struct az_str s)
{
    return text_node(AZ_STRING, s);
}

struct az_node
az_make_string_c(const char *c)
{
    return c == NULL ? az_make_null() : az_make_string(az_str_from(c));
}

struct az_node
az_make_integer(struct az_arena *arena, int64_t value)
{
    return az_make_number(
        az_str_from(az_arena_printf(arena, "%" PRId64, value)));
}

struct az_node
az_make_number(struct az_str text)
{
    return text_node(AZ_NUMBER, text);
}

struct az_node
az_make_empty(void)
{
    return (struct az_node){ .type = AZ_ARRAY };
}

void
az_builder_init(struct az_builder *builder, struct az_arena *arena)
{
    memset(builder, 0, sizeof(*builder));
    builder->arena = arena;
}

void
az_builder_reserve(struct az_builder *builder, size_t count)
{
    if (builder->members != NULL)
        return;
    builder->members =
        az_arena_array(builder->arena, count, sizeof(*builder->members));
    builder->capacity = count;
}

void
az_builder_set_str(struct az_builder *builder, struct az_str key,
                   struct az_node value)
{
    struct az_member *member;

    builder->members =
        az_arena_grow(builder->arena, builder->members, builder->count,
                      &builder->capacity, sizeof(*builder->members));
    member = &builder->members[builder->count++];
    memset(member, 0, sizeof(*member));
    member->key = key;
    member->value = value;
}

void
az_builder_set(struct az_builder *builder, const char *key,
               struct az_node value)
{
    az_builder_set_str(builder, az_str_from(key), value);
}

void
az_builder_set_count(struct az_builder *builder, const char *key, size_t count)
{
    az_builder_set(builder, key,
                   az_make_integer(builder->arena, (int64_t)count));
}

void
az_builder_add(struct az_builder *builder, struct az_node value)
{
    az_builder_set_str(builder, AZ_STR(""), value);
}

struct az_node
az_builder_object(const struct az_builder *builder)
{
    struct az_node node = { .type = AZ_OBJECT,
                            .count = (uint32_t)builder->count };
    struct az_member *members = az_object_alloc(builder->arena, builder->count);

    if (builder->count > 0)
        memcpy(members, builder->members, builder->count * sizeof(*members));
    az_object_index(builder->arena, members, builder->count);
    node.members = members;
    return node;
}

struct az_node
az_builder_array(const struct az_builder *builder)
{
    struct az_node node = { .type = AZ_ARRAY,
                            .count = (uint32_t)builder->count };
    struct az_node *items =
        az_arena_array(builder->arena, builder->count + 1, sizeof(*items));
    size_t i;

    for (i = 0; i < builder->count; i++)
        items[i] = builder->members[i].value;
    node.items = items;
    return node;
}
