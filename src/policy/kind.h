/* Kinds: a schema and a ruleset for one sort of document.
   SPDX-License-Identifier: MIT

   Kinds are data, in one form (schemas/kinds.schema.json) from two sources: the
   built-in ones, listed in rules/kinds.yaml and embedded in the program, and
   those that a project's assize.yaml adds.  Nothing here knows a field of
   theirs but schema_version and $schema. */

#ifndef AZ_POLICY_KIND_H
#define AZ_POLICY_KIND_H

#include "core/diag.h"
#include "core/map.h"
#include "core/node.h"
#include "policy/project.h"
#include "rule/rule.h"
#include "schema/schema.h"

struct az_kinds;

struct az_kind {
    struct az_kinds *kinds;
    const char *name; /* optimization-policy */
    const char *title;
    const struct az_node *entry;      /* in the list of kinds */
    bool built_in;                    /* else the project's own */
    const struct az_document *text;   /* see az_kind_schema_document */
    const struct az_schema *schema;   /* see az_kind_schema */
    const struct az_ruleset *ruleset; /* see az_kind_ruleset */
    /* for judging */
    const struct az_schema *short_schema;
    const struct az_ruleset *short_ruleset;
};

struct az_kind_sample {
    const struct az_document *document;
    const struct az_kind *kind;
};

struct az_kinds {
    struct az_arena *arena;
    struct az_sink *sink;
    struct az_registry *registry;      /* of the built-in schemas */
    struct az_registry *short_schemas; /* of those for judging */
    struct az_registry *own;           /* of the project's */
    struct az_kind *items; /* the built-in ones by name, then the project's */
    size_t count;
    size_t built_in_count;
    struct az_project project; /* whose kinds were added; set then */
    struct az_map files; /* identity of a file -> the kind it is said to be */
};

/* The built-in kinds.  What goes wrong with a kind's data, then or later, is a
   finding in SINK. */
struct az_kinds *az_kinds_new(struct az_arena *arena, struct az_sink *sink);

/* Adds the kinds of PROJECT, which may have none, with their schemas and
   rulesets compiled, since a kind that cannot be loaded must not pass for one
   that nobody needs.  False after findings.  Kinds found before are no longer
   good. */
bool az_kinds_add_project(struct az_kinds *kinds,
                          const struct az_project *project);

/* The same with the project of the working directory, if there is one. */
bool az_kinds_add_own(struct az_kinds *kinds);

/* The kind called NAME, one that is built in also with "wasm-" before it, or
   NULL. */
struct az_kind *az_kind_find(const struct az_kinds *kinds, struct az_str name);
/* The same; NULL after a finding (usage) that lists the kinds. */
struct az_kind *az_kind_require(const struct az_kinds *kinds,
                                struct az_str name);
/* The names of all kinds, as the paths of a ruleset may have them before them,
   with NULL behind. */
const char *const *az_kind_name_list(const struct az_kinds *kinds);
/* The names of all kinds, comma separated. */
const char *az_kind_names(const struct az_kinds *kinds);
/* The kind whose list KEY ("schema_versions", "schema_uris") has WORD, or
   NULL. */
struct az_kind *az_kind_find_by(const struct az_kinds *kinds, const char *key,
                                struct az_str word);

/* The kind of DOCUMENT, read from the file IDENTITY (az_file_identity; empty if
   it is none): by its schema_version, its $schema, or the files of a kind; one
   that says none of these by its keys.
   NULL after a finding in SINK: kind-unknown, with a did-you-mean, or
   kind-ambiguous, where these say different kinds. */
struct az_kind *az_kind_of(const struct az_kinds *kinds, struct az_sink *sink,
                           const struct az_document *document,
                           struct az_str identity);

/* Whether DOCUMENT, of the file IDENTITY, is for the schema that its $schema
   names: it has one, and nothing that says, or nearly says, a kind.  ARENA is
   for scratch. */
bool az_kind_leaves_to_schema(const struct az_kinds *kinds,
                              struct az_arena *arena,
                              const struct az_document *document,
                              struct az_str identity);

/* The schema of KIND and its ruleset, made when first asked for.  NULL for the
   ruleset of a kind without rules, and when the data is broken, which is then a
   finding. */
const struct az_schema *az_kind_schema(struct az_kind *kind);
const struct az_ruleset *az_kind_ruleset(struct az_kind *kind);
/* Those that are sooner there: the ruleset perhaps without "why" and "breaks",
   the schema perhaps without the words of its findings, so that what it does
   not hold for is for az_kind_schema to judge. */
const struct az_schema *az_kind_schema_for_judging(struct az_kind *kind);
const struct az_ruleset *az_kind_ruleset_for_judging(struct az_kind *kind);
/* The good samples of KIND: the first is of the kind; those of other kinds
   stand beside it in place of their kind's own sample.  NULL after findings. */
const struct az_kind_sample *az_kind_samples(struct az_kind *kind,
                                             size_t *ret_count);
/* The time at which the samples are good, RFC 3339 in UTC; NULL if KIND says
   none. */
const char *az_kind_sample_time(const struct az_kind *kind);
/* The files that stand in for those that the samples of KIND name: of a
   built-in kind those of the program, else NULL. */
const struct az_embedded *az_kind_files_embedded(const struct az_kind *kind);
/* The schema as a document. */
const struct az_document *az_kind_schema_document(struct az_kind *kind);

/* The embedded file NAME, read; NULL after a finding if there is none. */
const struct az_document *az_embedded_read(struct az_arena *arena,
                                           struct az_sink *sink,
                                           struct az_str name);
/* The same without what az_kind_schema_for_judging and
   az_kind_ruleset_for_judging do without. */
const struct az_document *az_embedded_read_short(struct az_arena *arena,
                                                 struct az_sink *sink,
                                                 struct az_str name);

#endif
