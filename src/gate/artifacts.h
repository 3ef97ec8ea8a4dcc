/* Artifacts that provenances name, held against the files in the tree.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_ARTIFACTS_H
#define AZ_GATE_ARTIFACTS_H

#include "core/date.h"
#include "gate/session.h"

struct az_artifacts {
    struct az_gate *gate;
    const struct az_node *required; /* the budgets want them; or NULL */
    struct az_map files;            /* that were measured, by path */
    struct az_map lists; /* that are shared -> struct az_artifact_list */
};

/* What "artifacts" of a provenance came to. */
struct az_artifact_list {
    /* A finding that a file is not what was measured; or NULL. */
    const struct az_diag *refused;
    /* A finding that a file is needed and not there; or NULL. */
    const struct az_diag *missing;
    /* The one that was made last, NULL if it is not known of any, and when. */
    const struct az_node *latest;
    struct az_moment made;
    bool by_file; /* it is the file that says so */
};

/* For the measurements of GATE; REQUIRED is the place where the budgets want
   artifacts, or NULL. */
void az_artifacts_init(struct az_artifacts *artifacts, struct az_gate *gate,
                       const struct az_node *required);

/* Checks LIST, the artifacts of M, which is sound in shape; once if it is
   SHARED by the measurements of its file.  A digest that is not that of the
   file, and a file that cannot be looked at, are findings (provenance-digest),
   and where artifacts are required so is one that is not there
   (provenance-missing).  A file is measured once, and none for a run that was
   saved, of which only the times count.  What it came to is in the gate's
   arena. */
const struct az_artifact_list *
az_artifacts_check(struct az_artifacts *artifacts,
                   const struct az_measurement *m, const struct az_node *list,
                   bool shared);

#endif
