/* Which values of the samples are names used in more than one place.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_REFERENCES_H
#define AZ_RULE_REFERENCES_H

#include "core/map.h"
#include "rule/self-test.h"

struct az_sink;
struct references;

/* Values of a sample that may be called anything. */
struct free_names {
    struct az_map nodes; /* by their address */
};

/* Those that KIND says.  A path that is none, or selects nothing, is a finding
   in SINK (self-test-sample), unless SINK is NULL. */
void az_rule_find_free_names(struct az_arena *arena, struct az_sink *sink,
                             const struct az_self_test_kind *kind,
                             struct free_names *ret);
bool az_rule_is_free(const struct free_names *names,
                     const struct az_node *node);

/* A value refers if it stands at two sorts of places in the samples: under
   different keys, or in different documents.  A string must look like a name:
   no blank in it, 64 bytes at most. */
const struct references *
az_rule_find_references(struct az_arena *arena,
                        const struct az_self_test_kind *kinds, size_t count);

bool az_rule_is_reference(const struct references *references,
                          const struct az_node *node);
/* The same for a key that names something, which is one that some string of
   the samples spells too. */
bool az_rule_is_reference_key(const struct references *references,
                              struct az_str key);

#endif
