/* Limits that the numbers of a sample are held against.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_NOTED_LIMITS_H
#define AZ_RULE_NOTED_LIMITS_H

#include "core/map.h"
#include "schema/schema.h"

struct az_node;

/* Limits by the node of the number: struct az_schema_bounds. */
struct noted_limits {
    struct az_arena *arena;
    struct az_map by_node;
};

void az_rule_noted_init(struct noted_limits *bounds, struct az_arena *arena);

/* Notes BOUND of the number NODE, once. */
void az_rule_noted_add(struct noted_limits *bounds, const struct az_node *node,
                       struct az_schema_bound bound);

/* The limits of NODE, in the order in which they were found, or NULL. */
const struct az_schema_bounds *
az_rule_noted_find(const struct noted_limits *bounds,
                   const struct az_node *node);

#endif
