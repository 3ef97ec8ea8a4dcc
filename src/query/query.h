/* JSONPath (RFC 9535).
   SPDX-License-Identifier: MIT */

#ifndef AZ_QUERY_QUERY_H
#define AZ_QUERY_QUERY_H

#include <stdbool.h>

#include "core/node.h"

struct az_arena;
struct az_query;

struct az_query_error {
    size_t offset;       /* bytes into the path */
    const char *message; /* lower case, no full stop */
};

/* A node list, in the order of RFC 9535. */
struct az_nodes {
    const struct az_node **items;
    size_t count;
    size_t capacity;
};

/* PATH compiled (const after this); NULL with *RET_ERROR if it is not
   well-formed or not well-typed (RFC 9535, 2.1, 2.4.3). Belongs to ARENA, and
   borrows PATH. */
const struct az_query *az_query_parse(struct az_arena *arena,
                                      struct az_str path,
                                      struct az_query_error *ret_error);

/* The length of "KIND:" before a path, with the blanks behind it; 0 if there is
   none, and *RET_KIND is as it was. */
size_t az_query_split(struct az_str text, struct az_str *ret_kind);

/* The nodes QUERY selects under ROOT, appended to *NODES. False if there is no
   answer: a pattern of match() or search() went over its budget or is beyond
   the engine, or the query took more steps than the arena's limit
   (query_steps) or selected over AZ_MAX_NODES. */
bool az_query_run(const struct az_query *query, struct az_arena *arena,
                  const struct az_node *root, struct az_nodes *nodes)
    __attribute__((warn_unused_result));

/* The same in *STEPS steps, of which what it took is taken away; without an
   answer where it would take more. */
bool az_query_run_within(const struct az_query *query, struct az_arena *arena,
                         const struct az_node *root, struct az_nodes *nodes,
                         size_t *steps) __attribute__((warn_unused_result));

/* A run that is taken piece by piece. */
struct az_query_walk;

/* Begins to run QUERY under ROOT.  The walk belongs to ARENA. */
struct az_query_walk *az_query_begin(const struct az_query *query,
                                     struct az_arena *arena,
                                     const struct az_node *root);
/* The first array or object that is not left by a plain name or index: the walk
   goes through its children, one after the other.  NULL if there is none. */
const struct az_node *az_query_trunk(const struct az_query_walk *walk);
/* How many steps it took so far. */
size_t az_query_steps(const struct az_query_walk *walk);
/* Appends to *NODES what is selected at and below the trunk's children before
   number STOP, or all that is left if STOP is INT64_MAX.  False as
   az_query_run. */
bool az_query_go_on(struct az_query_walk *walk, int64_t stop,
                    struct az_nodes *nodes) __attribute__((warn_unused_result));

/* Whether it selects at most one node (RFC 9535, 2.3.5.1). */
bool az_query_is_singular(const struct az_query *query);
/* Whether it calls match() or search() with a literal pattern: one that goes
   over its budget is given up, so that it matters what ran before. */
bool az_query_has_patterns(const struct az_query *query);
/* Where a name was found last: the next object is mostly like the last one, and
   its key mostly the same piece of text. */
struct az_query_guess {
    const char *text; /* of the key */
    uint32_t member;
};
/* The node that QUERY, which is singular, selects under ROOT, or NULL.  GUESSES
   are zero at first and serve from one run to the next. */
const struct az_node *az_query_follow(const struct az_query *query,
                                      const struct az_node *root,
                                      struct az_query_guess *guesses);
/* How many guesses that are. */
size_t az_query_guess_count(const struct az_query *query);

/* The normalized paths (RFC 9535, 2.7) of NODES, one for each, found in one
   walk of the tree under ROOT; NULL for a node that is not there. Of a node
   that stands in two places (a patch can share them), the first path. */
const char **az_query_paths(struct az_arena *arena, const struct az_node *root,
                            const struct az_nodes *nodes);

#endif
