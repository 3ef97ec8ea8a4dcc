/* What assize.yaml says about which file is for which schema.
   SPDX-License-Identifier: MIT */

#ifndef AZ_POLICY_CHOICE_H
#define AZ_POLICY_CHOICE_H

#include "core/map.h"
#include "policy/project.h"
#include "policy/schemas.h"

/* The schema that somebody names for a file. */
struct az_schema_choice {
    struct az_str name;
    const char *folder; /* that NAME is relative to */
    struct az_schema_style style;
    struct az_place place; /* of the name */
};

struct az_choices {
    struct az_map by_file; /* what file it is -> struct az_schema_choice */
    struct az_paths paths; /* of the files, below the project's root */
};

void az_choices_init(struct az_choices *choices, struct az_arena *arena);

/* Adds the choices of PROJECT's "schemas"; what STYLE says comes before what
   they say.  Of several for a file the first stays. False after findings. */
bool az_choices_add(struct az_choices *choices,
                    const struct az_project *project, struct az_sink *sink,
                    const struct az_schema_style *style);

/* The choice for the file of IDENTITY (az_file_identity), or NULL. */
const struct az_schema_choice *az_choices_find(const struct az_choices *choices,
                                               struct az_str identity);

/* The dialect that NAME means for OPTION; NULL after a finding ID at PLACE,
   with what there is. */
const struct az_dialect *az_choice_dialect(struct az_sink *sink,
                                           enum az_diag_id id,
                                           struct az_place place,
                                           const char *option,
                                           struct az_str name);

#endif
