/* Provenance: where a measurement comes from.
   SPDX-License-Identifier: MIT

   A measurement, or the file for all of its measurements, has an object
   "provenance": {environment: {name, browser, version, host_class}, command,
   method, measured_at, artifacts: [{path, sha256, built_at}]}.  What the
   measurement's own tells stands before what the file's does. */

#ifndef AZ_GATE_PROVENANCE_H
#define AZ_GATE_PROVENANCE_H

#include "core/node.h"
#include "measure/measure.h"

enum az_provenance_member {
    AZ_PROVENANCE_COMMIT,
    AZ_PROVENANCE_ENVIRONMENT,
    AZ_PROVENANCE_BROWSER,
    AZ_PROVENANCE_VERSION,
    AZ_PROVENANCE_HOST_CLASS,
    AZ_PROVENANCE_COMMAND,
    AZ_PROVENANCE_METHOD,
    AZ_PROVENANCE_ARTIFACT,
    AZ_PROVENANCE_MEASURED_AT,
    AZ_PROVENANCE_COUNT,
};

struct az_row;

struct az_provenance {
    /* NULL: not told, or not as it must be. */
    const struct az_node *members[AZ_PROVENANCE_COUNT];
    bool shared; /* the artifacts are those of all measurements of the file */
};

/* "commit", "host_class" and so on. */
const char *az_provenance_name(enum az_provenance_member member);

/* What is wrong with the shape of PROVENANCE, which may be NULL: the first
   fault, which is at *RET_NODE.  NULL if nothing is. */
const char *az_provenance_fault(struct az_arena *arena,
                                const struct az_node *provenance,
                                const struct az_node **ret_node);

/* The first word of METHOD that says that a value is not measured, as
   "modelled" or "estimate" do, in whatever case; empty if there is none.  A
   word ends where letters end, or where their case changes as in "costModel".
 */
struct az_str az_provenance_model_word(struct az_str method);

/* What the objects OWN and COMMON tell; either may be NULL.  There is no
   commit in them. */
void az_provenance_read(struct az_provenance *ret, const struct az_node *own,
                        const struct az_node *common);
/* What M tells, its commit too. */
void az_provenance_of(struct az_provenance *ret,
                      const struct az_measurement *m);

/* What ROW, which was measured, tells: of one that is derived, what all of its
   operands tell alike, their commands and artifacts together, and the earliest
   of their times. */
void az_provenance_of_row(struct az_arena *arena, struct az_provenance *ret,
                          const struct az_row *row);

/* NODE, a member or NULL, quoted for a message: "not told" if there is none. */
const char *az_provenance_told(struct az_arena *arena,
                               const struct az_node *node);

/* Why a value of CURRENT cannot be compared with one of BASE: one line about
   the first member of MUST_AGREE, the budgets' list of names, that is not told
   on both sides, or not the same.  NULL if there is none, or no list. */
const char *az_provenance_compare(struct az_arena *arena,
                                  const struct az_provenance *base,
                                  const struct az_provenance *current,
                                  const struct az_node *must_agree);

/* What is told, as one object; null if nothing is. */
struct az_node az_provenance_node(struct az_arena *arena,
                                  const struct az_provenance *provenance);

#endif
