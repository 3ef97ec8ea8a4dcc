/* The parts of the self-test, to each other.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_SELF_TEST_INTERNAL_H
#define AZ_RULE_SELF_TEST_INTERNAL_H

#include "rule/mutant.h"
#include "rule/trial.h"
#include "schema/schema.h"

/* A rule that may notice a change: of the kind under test, or of another that
   refers to it. */
struct onlooker {
    const struct az_rule *rule;
    size_t index; /* of its kind */
};

struct tester {
    struct az_arena *arena;
    struct az_sink *sink;
    const struct az_self_test_kind *kinds;
    size_t count;
    size_t index;
    struct az_judge_world world;
    struct az_self_test *ret;
    bool explore; /* of the options */
    size_t listed_capacity;
    struct onlooker *onlookers;
    size_t onlooker_count;
    size_t onlooker_capacity;
};

/* The schemas of kinds are applied as a check of their documents does. */
extern const struct az_schema_options az_self_test_shape;

/* Whether RULE reads documents of KIND. */
bool az_self_test_refers(const struct az_rule *rule, const char *kind);
/* The samples as a set to be judged. */
struct az_judged *az_self_test_set(struct az_arena *arena,
                                   const struct tester *tester);
/* A judge of SET, as many documents as there are samples. */
struct az_judge *az_self_test_judge(const struct tester *tester,
                                    struct az_arena *arena,
                                    struct az_sink *sink,
                                    const struct az_judged *set);
/* SAMPLE with another tree. */
struct az_document *az_self_test_variant(struct az_arena *arena,
                                         const struct az_document *sample,
                                         const struct az_node *root);
/* Makes the mutants of the sample and shows which of them are noticed. */
void az_self_test_mutants(struct tester *tester);
/* Each rule has breaks, and each of them makes it fire. */
void az_self_test_breaks(struct tester *tester);

#endif
