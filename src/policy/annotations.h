/* Inside the policy room: annotations of documents as rows of the report.
   SPDX-License-Identifier: MIT */

#ifndef AZ_POLICY_ANNOTATIONS_H
#define AZ_POLICY_ANNOTATIONS_H

#include "core/build.h"
#include "schema/schema.h"

/* Adds FOUND, of a document of SOURCE, to an array; all is borrowed. */
void az_annotations_add(struct az_builder *to, const struct az_source *source,
                        const struct az_annotations *found);

#endif
