/* Lists and strings made longer or shorter.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_MUTANT_SIZE_H
#define AZ_RULE_MUTANT_SIZE_H

#include "core/node.h"

struct az_arena;

/* Items and characters that a list or string is stretched to at most. */
#define AZ_MAX_STRETCH 4096

/* NODE, an array with an item or a string, with SIZE items or characters: cut
   off, or with its last item, or an 'x', as often as that takes. */
struct az_node az_rule_resize(struct az_arena *arena,
                              const struct az_node *node, size_t size);

#endif
