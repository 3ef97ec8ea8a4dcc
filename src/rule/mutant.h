/* Mutants: a sample with one thing changed.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_MUTANT_H
#define AZ_RULE_MUTANT_H

#include "rule/noted-limits.h"
#include "rule/references.h"
#include "rule/self-test.h"

/* A node of the sample and its way to the root. */
struct spot {
    const struct spot *up; /* NULL for the root */
    const struct az_node *node;
    size_t index; /* in UP's node */
};

/* What is to be changed at a spot. */
struct plan {
    enum az_mutation mutation;
    const struct spot *spot; /* its node is replaced */
    size_t index;            /* of the item or member that it is about */
    unsigned variant;        /* of several that stand for one mutant */
    bool is_last_variant;
    bool equivalent;             /* if nobody notices */
    const struct az_node *shown; /* where a survivor is placed */
    bool shown_key;              /* at its key */
    const struct az_node *value; /* the replacement, where one is chosen */
};

struct plans {
    struct plan *items;
    size_t count;
    size_t capacity;
    size_t limit; /* of COUNT */
    size_t cut;   /* mutants that are over it */
};

/* What mutants are made of. */
struct stock {
    const struct az_self_test_kind *kinds;
    size_t count;
    size_t index; /* of the kind whose sample is changed */
    const struct noted_limits *bounds;
    const struct free_names *free_names;
};

/* The plans for the sample, in its order. */
void az_rule_plan_mutants(struct az_arena *arena, const struct stock *stock,
                          struct plans *ret);

/* The mutant's tree; what is not changed is shared with the sample. */
const struct az_node *az_rule_make_mutant(struct az_arena *arena,
                                          const struct plan *plan);

#endif
