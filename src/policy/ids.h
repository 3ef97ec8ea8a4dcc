/* The ids that findings go by: diagnostics, and rules of all kinds.
   SPDX-License-Identifier: MIT */

#ifndef AZ_POLICY_IDS_H
#define AZ_POLICY_IDS_H

#include "core/map.h"
#include "policy/kind.h"

/* What is known of an id.  Rules of several kinds, or a rule and a diagnostic,
   may share one; it then yields what each of them does. */
struct az_id {
    enum az_severity severity; /* of the first of them */
    enum az_yield yield;
    bool rule;       /* it is a rule's */
    bool diagnostic; /* it is a diagnostic's */
};

struct az_ids {
    struct az_map map; /* id -> struct az_id */
};

/* All ids there are in a run over KINDS; OWN, a ruleset of the user's, may be
   NULL. */
void az_ids_read(struct az_ids *ids, const struct az_kinds *kinds,
                 const struct az_ruleset *own);
/* What is known of NAME, or NULL. */
const struct az_id *az_ids_find(const struct az_ids *ids, struct az_str name);
/* Adds to DIAG which known id is near to NAME, if any. */
void az_ids_hint(const struct az_ids *ids, struct az_sink *sink,
                 struct az_diag *diag, struct az_str name);

/* The id that DIAG goes by: its rule's, or that of the diagnostic. */
struct az_str az_ids_of(const struct az_diag *diag);
/* That of the finding which DIAG is like: a waiver of either is for it. */
struct az_str az_ids_like(const struct az_diag *diag);

#endif
