/* JSON Schema, from draft-04 to 2020-12: compiled once, then applied.
   SPDX-License-Identifier: MIT

   Arrows inside: parse -> compiled (const struct az_schema) -> check. */

#ifndef AZ_SCHEMA_SCHEMA_H
#define AZ_SCHEMA_SCHEMA_H

#include <stdbool.h>

#include "core/diag.h"
#include "core/embedded.h"
#include "core/node.h"

struct az_dialect;
struct az_schema;
struct az_registry;

/* Reads the text of a built-in metaschema; az_read_json is one.  This room does
   not know the readers, so its caller brings one. */
typedef const struct az_document *
az_schema_parse_fn(struct az_arena *arena, struct az_sink *sink,
                   const struct az_source *source);

/* The metaschemas of JSON Schema, named by their path below
   src/schema/metaschemas ("2020-12/meta/core.json"); made at build time. */
extern const struct az_embedded az_schema_metaschemas[];

/* Where schemas are found by URI; there is no other place, and no network.
   PARSE is called when a built-in metaschema is first referred to; with NULL
   there are none. */
struct az_registry *az_registry_new(struct az_arena *arena,
                                    az_schema_parse_fn *parse);
/* The dialect called NAME: the URI of its metaschema, or one of the short names
   "2020-12", "draft2020-12", "draft-07", "draft7", "7"; NULL if there is
   none. */
const struct az_dialect *az_schema_dialect(struct az_str name);
/* What the dialects are called in messages, the newest first, then NULL; each
   is a name that az_schema_dialect knows. */
extern const char *const az_schema_dialect_names[];
/* Lets schemas without $schema be of DIALECT; without this call they are of the
   newest.  Before the first schema is made known or compiled. */
void az_registry_set_dialect(struct az_registry *registry,
                             const struct az_dialect *dialect);
/* Makes DOCUMENT known as URI (absolute; a fragment is ignored), and under the
   $id it declares.  The first document of a URI stays. */
void az_registry_add(struct az_registry *registry, struct az_str uri,
                     const struct az_document *document);

/* Gives the document of URI, which the registry asks for once at most, when
   something refers to it and nobody has it; NULL if there is none. */
typedef const struct az_document *az_schema_load_fn(void *context,
                                                    struct az_str uri);
/* Has LOAD asked with CONTEXT for what is not known otherwise. */
void az_registry_set_load(struct az_registry *registry, az_schema_load_fn *load,
                          void *context);
/* The document that is known as URI, one of the built-in metaschemas too; NULL
   if there is none. */
const struct az_document *az_registry_document(struct az_registry *registry,
                                               struct az_str uri);

/* Compiles DOCUMENT, whose base URI is its $id or else BASE (may be empty).
   NULL with findings in SINK (schema-invalid, schema-reference, regex-invalid),
   all of them, each at its place in the schema; an unknown keyword is a
   warning, schema-unknown-keyword.  The result is const and, once prepared, may
   be applied from several threads. */
const struct az_schema *az_schema_compile(struct az_registry *registry,
                                          struct az_sink *sink,
                                          const struct az_document *document,
                                          struct az_str base);

/* Makes what SCHEMA's patterns otherwise make when they are first matched: to
   be called before several threads apply it. */
void az_schema_prepare(const struct az_schema *schema);

/* The limits that a number breaks, as findings tell of them. */
struct az_schema_bound {
    struct az_str limit; /* a JSON number */
    bool upper;
    bool strict; /* the limit itself is not allowed */
};

struct az_schema_bounds {
    struct az_schema_bound *items;
    size_t count;
    size_t capacity;
};

/* What "format" does: what the schema's dialect says if neither is set. */
struct az_schema_options {
    bool assert_format; /* it judges */
    bool ignore_format; /* it is a remark, whatever the dialect says */
    bool explain_all;   /* tell why each alternative fails, not only the one
                           that was meant */
    /* Takes the limits of the findings, or NULL. */
    struct az_schema_bounds *bounds;
};

/* Applies SCHEMA to NODE of INSTANCE. Each failure is a finding with the place
   and pointer in the instance, and the keyword's place in the schema as related
   place. SINK may be NULL: then it only answers, and stops at the first
   failure. OPTIONS may be NULL. True if valid.  *RET_UNSURE (may be NULL) is
   set when a pattern went over its budget or the schema over its own
   (AZ_MAX_CHECK_STEPS, AZ_MAX_REF_DEPTH), so that neither answer is true; the
   result is then false, and a finding says so. */
bool az_schema_check(const struct az_schema *schema, struct az_arena *arena,
                     struct az_sink *sink, const struct az_document *instance,
                     const struct az_node *node,
                     const struct az_schema_options *options, bool *ret_unsure);

/* A remark of a schema on a place of a document. */
struct az_annotation {
    struct az_location location;
    struct az_node value;
};

struct az_annotations {
    const struct az_annotation *items;
    size_t count;
};

/* Lists the annotations (2020-12 core, 7.7) of SCHEMA, which NODE of INSTANCE
   is valid by: those of subschemas that hold, in the order of the schema.
   False, with a finding, when that takes more steps than the limit. */
bool az_schema_annotate(const struct az_schema *schema, struct az_arena *arena,
                        struct az_sink *sink,
                        const struct az_document *instance,
                        const struct az_node *node,
                        const struct az_schema_options *options,
                        struct az_annotations *ret);

#endif
