/* Kinds: what the files about them share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_POLICY_KIND_INTERNAL_H
#define AZ_POLICY_KIND_INTERNAL_H

#include "policy/kind.h"

/* Makes KIND the one that ENTRY, of sound form, describes; not built in. */
void az_kind_init(struct az_kind *kind, struct az_kinds *kinds,
                  const struct az_node *entry);

#endif
