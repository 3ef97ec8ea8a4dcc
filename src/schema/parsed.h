/* Inside the schema room: schemas taken apart, and where they are found.
   SPDX-License-Identifier: MIT

   Not for other rooms: those use schema/schema.h.  Parsing finds the subschemas
   of a document by the keyword table, and the resources, anchors and dialects
   that they declare; it judges nothing.  That is the compiler's. */

#ifndef AZ_SCHEMA_PARSED_H
#define AZ_SCHEMA_PARSED_H

#include "core/map.h"
#include "schema/keywords.h"
#include "schema/schema.h"

struct az_resource;
struct az_scope;
struct az_subschema;

/* A member of a schema object and what it means there. */
struct az_use {
    const struct az_keyword *keyword; /* NULL: none of this dialect */
    const struct az_member *member;
};

/* A subschema is applied to the same place of the instance as its parent. */
struct az_edge {
    struct az_schema_unit *to;
    const struct az_member *at; /* the keyword */
    const struct az_edge *next;
};

/* One subschema of a document. */
struct az_schema_unit {
    const struct az_node *node;
    struct az_resource *resource;
    struct az_use *uses; /* of an object: one for each member */
    size_t use_count;
    bool may_be_boolean;    /* although the dialect has no boolean schemas */
    bool is_mere_reference; /* a "$ref" that hides what stands beside it */
    /* Of the compilation numbered GENERATION, of no worth in others. */
    uint32_t generation;
    uint32_t mark;
    struct az_subschema *compiled;
    const struct az_edge *edges;
    struct az_schema_unit *next; /* wanted after this one */
};

struct az_anchor {
    struct az_schema_unit *unit;
    bool dynamic;
};

/* A schema resource: a schema with a URI of its own (2020-12 core, 4.3.5). */
struct az_resource {
    struct az_str uri; /* without fragment; empty if it has none */
    const struct az_document *document;
    const struct az_node *root;
    const struct az_dialect *dialect;
    uint32_t vocabularies;    /* those in force, of enum az_vocabulary */
    struct az_str metaschema; /* the URI of a dialect that is no draft's own */
    bool recursive;           /* "$recursiveAnchor": true at its root */
    /* The dialect cannot be used: why, where, and what to do. */
    const char *dialect_problem;
    const char *dialect_hint;
    const struct az_node *dialect_at;
    /* Another resource has the URI already. */
    const struct az_resource *twin;
    struct az_map anchors; /* name -> struct az_anchor */
    uint32_t generation;   /* of SCOPE */
    struct az_scope *scope;
};

/* A document that the registry knows. */
struct az_entry {
    struct az_str uri;
    const struct az_document *document;
    struct az_schema_unit *unit; /* its root, once it is parsed */
    struct az_entry *next;
};

enum { AZ_RECENT_KEYWORDS = 32 };

struct az_registry {
    struct az_arena *arena;
    az_schema_parse_fn *parse;
    az_schema_load_fn *load; /* may be NULL */
    void *load_context;
    const struct az_dialect *dialect; /* of schemas without $schema */
    struct az_map resources;          /* URI -> struct az_resource */
    struct az_map entries;            /* URI -> struct az_entry */
    struct az_entry *queue;           /* all entries, in order of arrival */
    struct az_entry *last;
    struct az_schema_unit **slots; /* units by the address of their node */
    size_t slot_count;
    size_t unit_count;
    uint32_t generation;
    /* the last keyword of each hash, for az_schema_parse_unit */
    const struct az_keyword *recent[AZ_RECENT_KEYWORDS];
    struct az_map metaschemas; /* URI -> struct az_metaschema */
    unsigned metaschema_depth; /* being compiled, one for the other */
};

/* The resource of URI, to which FROM refers, parsed; NULL if nobody declares
   it. */
struct az_resource *az_registry_find(struct az_registry *registry,
                                     struct az_str uri,
                                     const struct az_resource *from);
/* The root of the resource of URI if it is known, without parsing it as a
   schema; NULL if not. */
const struct az_node *az_registry_node(struct az_registry *registry,
                                       struct az_str uri);
/* Makes RESOURCE known under its URI; if another has it, keeps that one and
   remembers it as RESOURCE's twin. */
void az_registry_declare(struct az_registry *registry,
                         struct az_resource *resource);

/* The unit of NODE, or NULL. */
struct az_schema_unit *az_schema_unit_find(const struct az_registry *registry,
                                           const struct az_node *node);
/* The unit of NODE, a new one of RESOURCE if there was none; *RET_NEW tells. */
struct az_schema_unit *az_schema_unit_put(struct az_registry *registry,
                                          const struct az_node *node,
                                          struct az_resource *resource,
                                          bool *ret_new);
/* The unit of NODE, parsed with all below it as a part of RESOURCE if it was
   none before. */
struct az_schema_unit *az_schema_parse_unit(struct az_registry *registry,
                                            const struct az_node *node,
                                            struct az_resource *resource);
/* Parses DOCUMENT as a schema with base URI BASE; returns its root.  Without
   $schema it is of the dialect of FROM, which refers to it, or of the
   registry's if that is NULL. */
struct az_schema_unit *
az_schema_parse_document(struct az_registry *registry,
                         const struct az_document *document, struct az_str base,
                         const struct az_resource *from);

/* The URI that ROOT, a schema, declares for itself under BASE; false if
   none. */
bool az_schema_parse_id(struct az_registry *registry,
                        const struct az_node *root,
                        const struct az_dialect *dialect, struct az_str base,
                        struct az_str *ret);
/* The name that NODE, a schema object, has by its id: a fragment that is no
   JSON Pointer (draft 7 core, 8.2.3); false if it has none. */
bool az_schema_parse_name(struct az_registry *registry,
                          const struct az_node *node,
                          const struct az_dialect *dialect, struct az_str *ret);

#endif
