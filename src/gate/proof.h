/* What measurements must prove: what the parts of proof share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_PROOF_H
#define AZ_GATE_PROOF_H

#include "gate/artifacts.h"
#include "gate/provenance.h"
#include "gate/session.h"

/* What the budgets want of provenances, and what is remembered of them. */
struct az_proof {
    struct az_gate *gate;
    /* where it stands that the member is required, or must agree; or NULL */
    const struct az_node *required[AZ_PROVENANCE_COUNT];
    const struct az_node *agree[AZ_PROVENANCE_COUNT];
    const struct az_node *methods;
    bool has_now;
    struct az_moment now;
    struct az_artifacts artifacts;
    struct az_map firsts; /* environment -> struct first */
    /* what tells it for the measurements at hand, and what is wrong there */
    const struct az_node *common;
    const struct az_diag *broken;
};

/* What speaks against a measurement. */
struct az_proof_objection {
    enum az_diag_id id;
    const struct az_node *node; /* in its document, or in the line of a log;
                                   NULL: its provenance as a whole */
    struct az_place place;      /* in another line, unless it has no source */
    enum az_provenance_member member; /* what is there */
    const char *message;
};

/* Reads what the budgets want into PROOF, which has nothing of it yet.  What is
   not understood there is a finding that nobody waives (provenance-missing). */
void az_proof_read_policy(struct az_proof *proof);

/* The finding that OBJECTION is, for which M proves nothing from now on. */
struct az_diag *az_proof_object(struct az_proof *proof,
                                struct az_measurement *m,
                                const struct az_proof_objection *objection);

/* Refuses M, which tells PROVENANCE, after a finding (provenance-stale) if it
   was measured before one of its artifacts was made, of which LIST tells (may
   be NULL), or if one of the two is still to come. */
void az_proof_check_time(struct az_proof *proof, struct az_measurement *m,
                         const struct az_provenance *provenance,
                         const struct az_artifact_list *list);

#endif
