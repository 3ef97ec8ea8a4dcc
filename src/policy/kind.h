/* Kinds: a schema and a ruleset for one sort of document.
   SPDX-License-Identifier: MIT

   The built-in kinds are data, listed in rules/kinds.yaml and embedded in the
   program; nothing here knows a field of theirs but schema_version. */

#ifndef AZ_POLICY_KIND_H
#define AZ_POLICY_KIND_H

#include "core/diag.h"
#include "core/node.h"
#include "rule/rule.h"
#include "schema/schema.h"

struct az_kinds;

struct az_kind {
    struct az_kinds *kinds;
    const char *name; /* optimization-policy */
    const char *title;
    const struct az_node *entry;      /* in the list of kinds */
    const struct az_schema *schema;   /* see az_kind_schema */
    const struct az_ruleset *ruleset; /* see az_kind_ruleset */
    const struct az_ruleset *for_judging;
};

struct az_kinds {
    struct az_arena *arena;
    struct az_sink *sink;
    struct az_registry *registry;
    struct az_kind *items; /* sorted by name */
    size_t count;
};

/* The built-in kinds.  What goes wrong with a kind's data, then or later, is a
   finding in SINK. */
struct az_kinds *az_kinds_new(struct az_arena *arena, struct az_sink *sink);

/* The kind called NAME, with or without "wasm-" before it, or NULL. */
struct az_kind *az_kind_find(const struct az_kinds *kinds, struct az_str name);
/* The names of all kinds, comma separated. */
const char *az_kind_names(const struct az_kinds *kinds);

/* The kind of DOCUMENT by its schema_version.  NULL after a finding
   (kind-unknown) in the sink of KINDS, with a did-you-mean. */
struct az_kind *az_kind_of(const struct az_kinds *kinds,
                           const struct az_document *document);

/* The schema, ruleset and good sample of KIND, made when first asked for. NULL
   only when the data is broken, which is then a finding. */
const struct az_schema *az_kind_schema(struct az_kind *kind);
const struct az_ruleset *az_kind_ruleset(struct az_kind *kind);
/* The ruleset without "why" and "breaks", which is sooner there. */
const struct az_ruleset *az_kind_ruleset_for_judging(struct az_kind *kind);
const struct az_document *az_kind_sample(struct az_kind *kind);
/* The schema as a document. */
const struct az_document *az_kind_schema_document(struct az_kind *kind);

/* The embedded file NAME, read; NULL after a finding if there is none. */
const struct az_document *az_embedded_read(struct az_arena *arena,
                                           struct az_sink *sink,
                                           struct az_str name);

#endif
