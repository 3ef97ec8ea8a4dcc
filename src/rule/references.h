/* Which values of the samples are names used in more than one place.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_REFERENCES_H
#define AZ_RULE_REFERENCES_H

#include "rule/self-test.h"

struct references;

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
