/* Project configuration: assize.yaml.
   SPDX-License-Identifier: MIT */

#ifndef AZ_POLICY_PROJECT_H
#define AZ_POLICY_PROJECT_H

#include "core/diag.h"
#include "core/node.h"

struct az_arena;

/* The files that a pattern of the configuration, or of an option, names. */
struct az_paths {
    const char **items;
    size_t count;
    size_t capacity;
};

void az_paths_add(struct az_arena *arena, struct az_paths *paths,
                  const char *path);

/* The name of the configuration. */
#define AZ_PROJECT_FILE "assize.yaml"

struct az_project {
    const char *root; /* the folder of assize.yaml; "." without one */
    const struct az_document *document; /* NULL without an assize.yaml, or when
                                           it is malformed */
    const char *file; /* the path of assize.yaml; NULL only without one */
};

/* Looks for assize.yaml in the working directory and above, up to a repository
   root (a folder with .git) or "/", reads it, checks its shape and keeps to its
   limits from then on.  False after findings; *RET has the root and the file
   even so, and the document if it could be read.  Without one, *RET has the
   root "." and no more. */
bool az_project_find(struct az_arena *arena, struct az_sink *sink,
                     struct az_project *ret);

/* Has ARENA and SINK keep to the limits of a configuration that is sound, from
   now on. */
void az_project_lower_limits(const struct az_project *project,
                             struct az_arena *arena, struct az_sink *sink);

/* The list KEY of the configuration, which need not be sound; NULL if it has
   none. */
const struct az_node *az_project_list(const struct az_project *project,
                                      const char *key);

/* The documents' paths below the root, sorted, each once.  A pattern that
   matches nothing is a finding (config-invalid); false then.  Nothing is told
   of patterns that are none, in a configuration that is not sound. */
bool az_project_documents(const struct az_project *project,
                          struct az_arena *arena, struct az_sink *sink,
                          struct az_paths *ret);

/* The file that NAME, a string of the configuration, names, read: it is inside
   the project, also when links are followed. NULL after findings, at NAME or in
   the file. */
const struct az_document *az_project_read(const struct az_project *project,
                                          struct az_arena *arena,
                                          struct az_sink *sink,
                                          const struct az_node *name);

/* The files below the root that ENTRY, an item of "kinds" or "schemas",
   matches, sorted, each once.  Findings as above. */
bool az_project_entry_files(const struct az_project *project,
                            struct az_arena *arena, struct az_sink *sink,
                            const struct az_node *entry, struct az_paths *ret);

/* All files below the root that the configuration names for a set to be read
   from, be they there or not: documents, and what kinds and schemas are made
   of.  It need not be sound. */
void az_project_inputs(const struct az_project *project, struct az_arena *arena,
                       struct az_paths *ret);

/* The value of gate.KEY: a string, or NULL. */
const char *az_project_gate_text(const struct az_project *project,
                                 struct az_arena *arena, const char *key);
/* The strings of gate.KEY, which may be one string or a list, appended. */
void az_project_gate_list(const struct az_project *project,
                          struct az_arena *arena, const char *key,
                          struct az_paths *ret);

/* PATH, which is relative to the project's root, as the working directory has
   it. */
const char *az_project_path(const struct az_project *project,
                            struct az_arena *arena, const char *path);

#endif
