/* Rulesets: what a schema cannot say, said as data, and judged.
   SPDX-License-Identifier: MIT

   Arrows inside: ruleset (nodes -> compiled, const) -> judge (documents ->
   findings); self-test and its mutants use both.  The language is described
   in assize-ruleset(5) and, for machines, in schemas/ruleset.schema.json. */

#ifndef AZ_RULE_RULE_H
#define AZ_RULE_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/diag.h"
#include "core/embedded.h"
#include "core/node.h"

struct az_arena;
struct az_rule_form;
struct az_ruleset;
struct az_judge;

/* A rule as its author wrote it; the nodes are the ruleset's own, NULL where
   the rule does not have the key. */
struct az_rule {
    const char *id;
    enum az_severity severity;
    bool fatal; /* its findings can neither be re-graded nor waived */
    struct az_str category; /* empty if none was given */
    const struct az_node *node;
    const struct az_node *given;     /* a path, or a list of paths */
    const struct az_node *assertion; /* the "assert" object */
    const struct az_node *message;   /* strings */
    const struct az_node *why;
    const struct az_node *hint;
    const struct az_node *breaks; /* a list of patches */
    struct az_place place;        /* of the id */
    const char *const *kinds;     /* other kinds whose documents it reads */
    size_t kind_count;
    const struct az_rule_form *form;
};

struct az_ruleset_options {
    /* The kinds that a path may name, NULL-terminated; NULL allows any. */
    const char *const *kinds;
};

/* Compiles DOCUMENT, a list of rules.  NULL when it has mistakes; each of them
   is a finding in SINK (ruleset-invalid, regex-invalid) at its place, down to
   the character inside a path where the source spells it plainly.  OPTIONS may
   be NULL.  The result is const, borrows from DOCUMENT and belongs to ARENA. */
const struct az_ruleset *
az_ruleset_compile(struct az_arena *arena, struct az_sink *sink,
                   const struct az_document *document,
                   const struct az_ruleset_options *options)
    __attribute__((warn_unused_result));

/* The rules, in the order of the file. */
const struct az_rule *az_ruleset_rules(const struct az_ruleset *ruleset,
                                       size_t *ret_count);
/* The rule called ID, or NULL. */
const struct az_rule *az_ruleset_find(const struct az_ruleset *ruleset,
                                      struct az_str id);

/* A file that "documents" of a rule names. */
struct az_rule_file {
    struct az_str path; /* below that folder: */
    bool from_project;  /* or from the folder of the document that is judged */
};

/* The files that the rules of DOCUMENT name in "documents", be it a sound
   ruleset or not; *RET_COUNT of them, in ARENA. */
const struct az_rule_file *az_ruleset_files(struct az_arena *arena,
                                            const struct az_document *document,
                                            size_t *ret_count);

/* A document of the set that is judged together. */
struct az_judged {
    const char *kind;
    const struct az_document *document;
    bool reported; /* false: it is only there to be referred to */
};

/* What became of the rules of one document. */
struct az_rule_counts {
    size_t judged;     /* rules */
    size_t not_judged; /* a kind they refer to is not in the set */
    size_t broken;     /* judged, with at least one finding */
    size_t failed;     /* of these, with an error */
    size_t warned;     /* with a warning and no error */
    size_t unsure;     /* a pattern, path or AZ_MAX_CHOICES was too much */
    size_t subjects;   /* nodes that were judged, over all rules */
};

/* Prepares to judge COUNT documents as one set.  SET is borrowed, findings go
   to SINK; that rules cannot be judged is a finding rule-not-judged of severity
   NOT_JUDGED. */
struct az_judge *az_judge_new(struct az_arena *arena, struct az_sink *sink,
                              const struct az_judged *set, size_t count,
                              enum az_severity not_judged);

/* What rules may look at beside documents. */
struct az_judge_world {
    const char *now;  /* the time of the run, RFC 3339; NULL: unknown */
    const char *root; /* the project's folder; NULL: there is none */
    /* of the documents' files, by their index; NULL: as their sources are
       called */
    const char *const *paths;
    /* Files that are part of the program, in place of those of the project that
       have their names: what the samples of built-in kinds name.  NULL: none */
    const struct az_embedded *embedded;
    /* Is told, with NOTING, of each file that a rule looks at beside documents,
       be it there or not: nothing may be written over it.  NULL: nobody asks */
    void (*note_input)(void *noting, const char *path);
    void *noting;
};

/* Has JUDGE know WORLD, which is borrowed.  What a rule asks about and is
   unknown is a finding of the rule. */
void az_judge_show(struct az_judge *judge, const struct az_judge_world *world);

/* Applies RULESET to document INDEX of the set, if it is reported.  Findings
   are rule-broken and rule-empty with the rule's severity, regex-budget, and
   rule-not-judged, an error, for a rule that is over AZ_MAX_CHOICES.  The kinds
   that RULESET refers to and the set has no document of are reported first,
   each with the rules that cannot be judged for it (rule-not-judged, of the
   severity given to the judge); HINT says how to give a document, it may be
   NULL.  Adds to *COUNTS (may be NULL). */
void az_judge_document(struct az_judge *judge, const struct az_ruleset *ruleset,
                       size_t index, const char *hint,
                       struct az_rule_counts *counts);

/* Applies one rule.  One that cannot be judged is only counted. */
void az_judge_rule(struct az_judge *judge, const struct az_rule *rule,
                   size_t index, struct az_rule_counts *counts);

#endif
