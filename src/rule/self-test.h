/* Self-test: proof that each rule can fail.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_SELF_TEST_H
#define AZ_RULE_SELF_TEST_H

#include "rule/rule.h"

struct az_schema;

/* A kind with its good sample. */
struct az_self_test_kind {
    const char *name;
    const struct az_schema *schema;   /* NULL: no schema */
    const struct az_ruleset *ruleset; /* NULL: no rules */
    const struct az_document *sample;
    /* Texts, JSONPaths of values in it that are no references; or NULL */
    const struct az_node *free_names;
};

/* How a mutant differs from the sample. */
enum az_mutation {
    AZ_MUTATION_DROP_MEMBER,
    AZ_MUTATION_EMPTY,          /* a list, object or string */
    AZ_MUTATION_DUPLICATE_ITEM, /* an item of a list, once more */
    AZ_MUTATION_DUPLICATE_ID,   /* an item with the id of another */
    AZ_MUTATION_CHANGE_TYPE,
    AZ_MUTATION_NULL,
    AZ_MUTATION_UNKNOWN_KEY,
    AZ_MUTATION_SWAP_REFERENCE, /* a name that is used elsewhere, unknown */
    AZ_MUTATION_OFF_BY_ONE,     /* one below and one above: either is noticed */
    AZ_MUTATION_ZERO,
    AZ_MUTATION_NEGATE,
    AZ_MUTATION_BOUNDARY, /* beyond, at and within a limit of schema or rules */
    AZ_MUTATION_REVERSE,  /* a list; often means the same, see EQUIVALENT */
    AZ_MUTATION_COUNT,
};

/* "drop-member" */
const char *az_mutation_name(enum az_mutation mutation);

struct az_mutant {
    enum az_mutation mutation;
    const char *pointer; /* in the sample */
    struct az_place place;
    /* What notices it, each once: ids of findings and of rules.  In a list of
       survivors there are none. */
    const char *const *noticed_by;
    size_t noticed_count;
    /* It may mean the same as the sample: nothing to notice. */
    bool equivalent;
};

struct az_mutation_counts {
    size_t mutants;
    size_t killed;
};

struct az_self_test {
    size_t rules;
    size_t breaks;
    size_t breaks_refused; /* by the schema as well as by the rule */
    size_t mutants;
    size_t killed;
    size_t killed_by_schema;
    size_t equivalent; /* not killed, and perhaps nothing to notice */
    struct az_mutation_counts by_mutation[AZ_MUTATION_COUNT];
    size_t cut;               /* mutants over the limit, which nobody made */
    struct az_mutant *listed; /* in the order of the sample: the survivors */
    size_t listed_count;
};

struct az_self_test_options {
    bool no_mutants;  /* samples and breaks only */
    bool only_sample; /* the sample only */
    struct az_judge_world world;
    /* Mutants only, of a document in use: it may break rules of severity
       warning, which then cannot notice anything.  All mutants are listed, and
       none is a finding. */
    bool explore;
};

/* Tests kind INDEX of COUNT, whose samples make one set:
   1. the samples pass the schema and the rules of the kind, without so much as
      a warning (self-test-sample, beside the findings themselves);
   2. each rule has a break (self-test-no-break), and each break makes its rule
      fire, at a place the patch touched or that the rule reads there
      (self-test-break, which lists what else fired);
   3. mutants of the sample are noticed, by the schema or a rule of severity
      warning or error; those that are not are listed in *RET and are findings
      self-test-survivor, but for the equivalent ones.
   Mutants beyond the limit are a finding self-test-cut.
   OPTIONS may be NULL. */
void az_self_test_run(struct az_arena *arena, struct az_sink *sink,
                      const struct az_self_test_kind *kinds, size_t count,
                      size_t index, const struct az_self_test_options *options,
                      struct az_self_test *ret);

#endif
