/* Schemas for documents of no kind: where they are found, and how applied.
   SPDX-License-Identifier: MIT

   A schema is compiled once in a run, with a registry of its own, so that what
   it means does not depend on the schemas before it. */

#ifndef AZ_POLICY_SCHEMAS_H
#define AZ_POLICY_SCHEMAS_H

#include "core/diag.h"
#include "schema/schema.h"

struct az_schemas;

/* How schemas are read. */
struct az_schema_style {
    const struct az_dialect *dialect; /* of those without $schema, or NULL */
    struct az_schema_options options;
};

/* A schema, ready to be applied. */
struct az_applied {
    const struct az_schema *schema; /* NULL: it is none, the findings say so */
    struct az_schema_options options;
    struct az_sink findings;
    /* For who applies it. */
    bool told;     /* the findings are reported */
    bool prepared; /* for several threads */
};

/* None yet.  */
struct az_schemas *az_schemas_new(struct az_arena *arena);

/* Makes known what MAP, URI=FILE or URI=DIRECTORY, says: the schema FILE, or
   each file below DIRECTORY, read when it is referred to.  False after findings
   in SINK. */
bool az_schemas_map(struct az_schemas *schemas, struct az_sink *sink,
                    const char *map);

/* The schema called NAME: a URI, that is, something with a scheme, or a path
   relative to FOLDER, or, with a FOLDER of NULL, as the user wrote it.  NULL
   when NAME is a URI that nobody knows; *RET_WHY is then the reason.  Not for
   several threads at once. */
struct az_applied *az_schemas_find(struct az_schemas *schemas,
                                   struct az_str name, const char *folder,
                                   const struct az_schema_style *style,
                                   const char **ret_why);

/* The paths of the files that were read for schemas, by number, up to NULL. */
const char *az_schemas_path(const struct az_schemas *schemas, size_t number);

#endif
