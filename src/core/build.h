/* Making trees in the program: reports, records, rows.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_BUILD_H
#define AZ_CORE_BUILD_H

#include "core/node.h"

/* Values without a place (their span is empty).  Text is borrowed. */
struct az_node az_make_null(void);
struct az_node az_make_boolean(bool truth);
struct az_node az_make_string(struct az_str s);
struct az_node az_make_string_c(const char *c); /* NULL gives null */
struct az_node az_make_integer(struct az_arena *arena, int64_t value);
/* TEXT is a JSON number. */
struct az_node az_make_number(struct az_str text);

/* The empty array. */
struct az_node az_make_empty(void);

/* An object or array under construction. */
struct az_builder {
    struct az_arena *arena;
    struct az_member *members; /* keys empty in an array */
    size_t count;
    size_t capacity;
};

void az_builder_init(struct az_builder *builder, struct az_arena *arena);
/* Before the first is added: makes room for COUNT members or items at once. */
void az_builder_reserve(struct az_builder *builder, size_t count);
/* Keys are borrowed and the caller's to keep distinct. */
void az_builder_set(struct az_builder *builder, const char *key,
                    struct az_node value);
void az_builder_set_str(struct az_builder *builder, struct az_str key,
                        struct az_node value);
void az_builder_set_count(struct az_builder *builder, const char *key,
                          size_t count);
void az_builder_add(struct az_builder *builder, struct az_node value);
struct az_node az_builder_object(const struct az_builder *builder);
struct az_node az_builder_array(const struct az_builder *builder);

#endif
