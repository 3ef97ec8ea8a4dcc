/* Limits that the numbers and sizes of a sample are held against.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_NOTED_LIMITS_H
#define AZ_RULE_NOTED_LIMITS_H

#include "core/map.h"
#include "schema/schema.h"

struct az_node;

/* Limits by what they are of: struct az_schema_bounds. */
struct noted_limits {
    struct az_arena *arena;
    struct az_map map;
};

void az_rule_noted_init(struct noted_limits *bounds, struct az_arena *arena);

/* Notes BOUND of the number NODE, or of the length of the string, once. */
void az_rule_noted_add(struct noted_limits *bounds, const struct az_node *node,
                       struct az_schema_bound bound);
/* Notes BOUND of the number of items of the list that has COUNT, from FIRST
   on. */
void az_rule_noted_add_count(struct noted_limits *bounds,
                             const struct az_node *first, size_t count,
                             struct az_schema_bound bound);

/* The limits of NODE, a number, string or array, in the order in which they
   were found, or NULL. */
const struct az_schema_bounds *
az_rule_noted_find(const struct noted_limits *bounds,
                   const struct az_node *node);

#endif
