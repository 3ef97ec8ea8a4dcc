/* From bytes to trees.
   SPDX-License-Identifier: MIT */

#ifndef AZ_READ_READ_H
#define AZ_READ_READ_H

#include "core/diag.h"
#include "core/node.h"

/* Reads SOURCE as JSON: RFC 8259 to the letter, UTF-8 checked exactly, any
   depth up to the limit, numbers kept as written. The tree borrows from
   SOURCE. The limits are those of ARENA. NULL with one finding where the text
   stops being JSON, or is over a limit.  Duplicate keys (by decoded name) are
   each a finding that shows both places; the document is then returned, marked
   malformed, with all members. */
const struct az_document *az_read_json(struct az_arena *arena,
                                       struct az_sink *sink,
                                       const struct az_source *source);

/* The same for a text that is part of the program: lowered limits are for what
   comes from outside. */
const struct az_document *az_read_embedded(struct az_arena *arena,
                                           struct az_sink *sink,
                                           const struct az_source *source);

/* Reads SOURCE as YAML: one document, YAML 1.2 core schema, mappings with
   string keys.  Aliases are expanded within a budget.  What libyaml would
   misread is refused with a reason. Findings as above. */
const struct az_document *az_read_yaml(struct az_arena *arena,
                                       struct az_sink *sink,
                                       const struct az_source *source);

/* The documents of one file. */
struct az_documents {
    const struct az_document **items; /* NULL: a bad one, with a finding */
    size_t count;
};

/* Reads the documents of SOURCE: with MULTI, of YAML as many as "---" and "..."
   divide it into (YAML 1.2.2, 9.2), each by itself, so that a mistake in one
   hides no other; each then knows its number by its source.  Their number is
   limited by ARENA's limits; over that is a finding, and there are none. */
struct az_documents az_read_documents(struct az_arena *arena,
                                      struct az_sink *sink,
                                      const struct az_source *source,
                                      bool multi);

/* Reads the file PATH, "-" for standard input: *.json as JSON, *.yaml and *.yml
   as YAML, anything else by its first byte that is no white space: '{' and '['
   begin JSON. */
const struct az_document *az_read_file(struct az_arena *arena,
                                       struct az_sink *sink, const char *path);
/* The same for a text already in memory. */
const struct az_document *az_read_source(struct az_arena *arena,
                                         struct az_sink *sink,
                                         const struct az_source *source);

#endif
