/* What a benchmark corpus plans, so indexed that no question takes a walk
   through it.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_PLAN_H
#define AZ_GATE_PLAN_H

#include "core/map.h"
#include "core/node.h"

struct az_plan {
    struct az_arena *arena;
    struct az_map scenarios; /* id -> the scenario's node */
    struct az_map metrics; /* id -> struct az_planned, those that measure it */
    struct az_map members; /* what the scenarios list */
    struct az_buf key;     /* of the member that is asked for */
};

/* Scenarios that measure one metric, in the order of the corpus. */
struct az_planned {
    const struct az_node **scenarios;
    size_t count;
    size_t capacity;
};

/* Indexes CORPUS, which lives at least as long as PLAN; NULL plans nothing.
   What has not the shape that the corpus's schema wants is left out. */
void az_plan_init(struct az_plan *plan, struct az_arena *arena,
                  const struct az_document *corpus);
/* The scenario called ID, the last one of that name, or NULL. */
const struct az_node *az_plan_scenario(const struct az_plan *plan,
                                       struct az_str id);
/* The scenarios that measure METRIC, or NULL. */
const struct az_planned *az_plan_measuring(const struct az_plan *plan,
                                           struct az_str metric);
/* Whether SCENARIO's FIELD (metric_ids, browsers, bundlers) lists TEXT. */
bool az_plan_lists(struct az_plan *plan, const struct az_node *scenario,
                   const char *field, struct az_str text);
/* Whether SCENARIO's seed_set has SEED. */
bool az_plan_lists_seed(struct az_plan *plan, const struct az_node *scenario,
                        int64_t seed);

#endif
