/* Limits that assize.yaml lowers.
   SPDX-License-Identifier: MIT */

#include "policy/project.h"

#include "core/arena.h"
#include "core/decimal.h"
#include "core/limits.h"

static const struct {
    const char *name;
    size_t offset;
} members[] = {
#define AZ_LIMIT(name, most) { #name, offsetof(struct az_limits, name) },
    AZ_LIMITS(AZ_LIMIT)
#undef AZ_LIMIT
};

/* NODE as a number: its schema has seen to it that it is a whole one from 1 up
   to the program's own limit. */
static size_t
whole_of(struct az_arena *arena, const struct az_node *node)
{
    struct az_decimal decimal;
    size_t value = 0, i;

    if (!az_decimal_of(arena, node, &decimal))
        return 0;
    for (i = 0; i < decimal.digits.len; i++)
        value = value * 10 + (size_t)(decimal.digits.p[i] - '0');
    for (; decimal.exponent > 0; decimal.exponent--)
        value *= 10;
    return value;
}

void
az_project_lower_limits(const struct az_project *project,
                        struct az_arena *arena, struct az_sink *sink)
{
    const struct az_node *wanted =
        az_node_get(project->document->root, "limits");
    struct az_limits *limits;
    size_t i;

    if (wanted == NULL)
        return;
    limits = AZ_NEW(arena, struct az_limits);
    *limits = az_limits_own;
    for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        const struct az_node *node = az_node_get(wanted, members[i].name);

        if (node != NULL)
            *(size_t *)((char *)limits + members[i].offset) =
                whole_of(arena, node);
    }
    az_arena_set_limits(arena, limits);
    sink->limit = limits->findings;
}
