/* Sets of documents that are judged together.
   SPDX-License-Identifier: MIT */

#ifndef AZ_POLICY_SET_H
#define AZ_POLICY_SET_H

#include "core/build.h"
#include "core/map.h"
#include "core/verdict.h"
#include "policy/choice.h"
#include "policy/kind.h"
#include "policy/project.h"

struct az_set_entry {
    const char *path;
    const char *name;                   /* of the file, in findings */
    struct az_str identity;             /* of the file */
    const struct az_document *document; /* NULL: unreadable, a finding, or not
                                           judged with others */
    struct az_kind *kind; /* NULL: none, a finding where one is needed */
    bool named;           /* findings in it are reported */
    bool governs;         /* it decides on findings in others, and is judged
                             for that, by its kind; nobody asked for it */
    bool log;             /* it is a sample log, and no document of the set */
    bool alone;           /* it was judged by a schema that is no kind's */
    struct az_counts counts; /* its shape and its rules, after az_set_judge */
    size_t rules;            /* that were judged, likewise */
};

/* A schema and a ruleset that take the place of the kinds' own. */
struct az_set_override {
    struct az_applied *schema;
    const struct az_ruleset *ruleset;
};

struct az_set {
    struct az_arena *arena;
    struct az_sink *sink;
    struct az_kinds *kinds;
    struct az_set_override override;
    struct az_schemas *schemas; /* NULL: every document is for its kind */
    struct az_schema_style style;
    struct az_choices choices;
    struct az_judge_world world; /* at first it but notes inputs of the set */
    bool multi;    /* a YAML file may hold several documents; false at first */
    bool annotate; /* judging lists annotations */
    /* Of the documents that their schema holds for: assize-report(5). */
    struct az_builder annotations;
    struct az_set_entry *entries;
    size_t count;
    size_t capacity;
    /* Names up to a NULL: kinds whose broken shape is malformed input; NULL at
       first: no kind's. */
    const char *const *input_kinds;
    struct az_map files; /* what file it is -> size_t, its entry's number */
    struct az_map logs;  /* what file it is -> an entry that is in no list */
    /* what is input, beside FILES, where a mistake keeps it from being read */
    struct az_project project;
    const char *rules; /* a ruleset's path; NULL: each kind has its own */
    struct az_paths to_judge;
    bool listed; /* what PROJECT names is in FILES and TO_JUDGE */
};

/* An empty set, which stays where it is, over the built-in kinds. With an
   override, documents need no kind. */
void az_set_init(struct az_set *set, struct az_arena *arena,
                 struct az_sink *sink, struct az_set_override override);

/* Lets documents name their schemas, found in SCHEMAS and read in STYLE. */
void az_set_use_schemas(struct az_set *set, struct az_schemas *schemas,
                        struct az_schema_style style);

/* A file, shown as NAME in findings. */
struct az_set_file {
    const char *path;
    const char *name;
};

/* Reads FILES, COUNT of them, into the set with JOBS threads (0: as many as are
   worth it).  Those that are for a schema and no rules are judged at once, and
   only their findings and counts stay.  False when the set is full. */
bool az_set_add_files(struct az_set *set, const struct az_set_file *files,
                      size_t count, unsigned jobs);

/* Reads the file PATH, shown as NAME in findings, into the set. A file that is
   already there is not taken twice. The entry (the last, if the file holds
   several documents), or NULL when the set is full (a finding); it is good
   until the next one is added. */
struct az_set_entry *az_set_add(struct az_set *set, const char *path,
                                const char *name, bool named);

/* The same for a text that is already there. */
struct az_set_entry *az_set_add_source(struct az_set *set,
                                       const struct az_source *source,
                                       bool named);

/* Takes ENTRY, which came last and is alone in its file, out again; its file
   stays input. */
void az_set_leave_out(struct az_set *set, const struct az_set_entry *entry);

/* Notes that PATH is read in this run, though not into the set. */
void az_set_note_input(struct az_set *set, const char *path);
/* The same for a document that is to be judged, be it read or not: what rules
   take from its folder is input too. */
void az_set_note_document(struct az_set *set, const char *path);
/* The same for the ruleset PATH, be it sound or not, and the files that it
   names. */
void az_set_note_rules(struct az_set *set, const char *path);
/* The same for the configuration of PROJECT, if there is one, and what it
   names; it is copied. */
void az_set_note_project(struct az_set *set, const struct az_project *project);

/* Has waivers be for what is computed of the sample log PATH. */
void az_set_note_log(struct az_set *set, const char *path);

/* Whether PATH is a file that is read in this run, or would be if nothing were
   wrong, under whatever name: nothing may be written over it. */
bool az_set_is_input(struct az_set *set, const char *path);

/* Adds the documents of PROJECT but for those of a kind that the set already
   has: what was named takes their place.  NAMED tells whether their findings
   are reported.  False after a finding. */
bool az_set_add_project(struct az_set *set, const struct az_project *project,
                        bool named);

/* The documents of the kind called NAME that could be read; *RET_COUNT of
   them. */
const struct az_document *const *
az_set_find(const struct az_set *set, const char *name, size_t *ret_count);

/* Applies each named document's schema and ruleset, and fills in the counts of
   its entry.  Rules that refer to a kind that is not in the set are a finding
   of severity NOT_JUDGED; HINT says how to give a document (may be NULL). */
void az_set_judge(struct az_set *set, enum az_severity not_judged,
                  const char *hint);

#endif
