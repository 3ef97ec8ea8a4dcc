/* A run of a query over a document: what the evaluation's files share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_QUERY_RUN_H
#define AZ_QUERY_RUN_H

#include "core/map.h"
#include "query/compiled.h"

/* A node whose children a segment is selecting from.  Frames are a stack, so
   that the depth of a document and of a query costs no C stack. */
struct frame {
    const struct az_node *node;
    uint32_t segment;
    uint32_t selector; /* the segment's count: on the way to descendants */
    /* the next child, the first beyond, and the way there */
    int64_t position;
    int64_t stop;
    int64_t step;
};

/* What a query selected: nodes go to NODES (if any) until LIMIT are found. */
struct collector {
    struct az_nodes *nodes;
    const struct az_node *first;
    size_t count;
    size_t limit;
};

/* What a query from the root selects, once it is known. */
struct memo {
    bool known;
    const struct az_node *first;
    size_t count;
};

struct run {
    struct az_arena *arena;
    const struct az_node *root;
    struct frame *frames;
    size_t frame_count;
    size_t frame_capacity;
    struct memo *memos;
    struct az_query_guess *guesses;
    /* patterns that come from documents, compiled: [whole] */
    struct az_map patterns[2];
    size_t steps_left;
    bool failed; /* there is no answer: a limit was passed */
};

/* A value that an operand gives: a node of the document or of the query, one
   of its own, or NULL for Nothing. */
struct value {
    const struct az_node *node;
    struct az_node own;
    char digits[24];
};

/* The functions of RFC 9535, 2.4.4 to 2.4.8. */
struct function {
    const char *name;
    enum expression_type result;
    enum expression_type parameters[FUNCTION_MAX_ARGUMENTS];
    size_t count;
    bool whole; /* match(): the pattern is to match all */
    /* Gives *RET (TYPE_VALUE). */
    void (*value)(struct run *run, const struct call *call,
                  const struct az_node *current, struct value *ret);
    /* Tells (TYPE_LOGICAL). */
    bool (*logical)(struct run *run, const struct call *call,
                    const struct az_node *current);
};

/* Text is charged by this many bytes a step. */
enum { BYTES_PER_STEP = 64 };

/* run.c */

/* Counts WORK steps; past the limit the run has failed. */
static inline void
az_query_spend(struct run *run, size_t work)
{
    bool over = work > run->steps_left;

    run->failed |= over;
    run->steps_left = over ? 0 : run->steps_left - work;
}

/* The member NAME of OBJECT, which is not where GUESS says; or NULL. */
const struct az_node *az_query_search(struct az_query_guess *guess,
                                      struct az_str name,
                                      const struct az_node *object);

/* The member NAME of NODE, or NULL. */
static inline const struct az_node *
az_query_member(struct az_query_guess *guess, struct az_str name,
                const struct az_node *node)
{
    const struct az_member *member;

    if (node->type != AZ_OBJECT)
        return NULL;
    if (guess->member < node->count) {
        member = &node->members[guess->member];
        if (member->key.len == name.len &&
            (member->key.p == guess->text || az_str_eq(member->key, name)))
            return &member->value;
    }
    return az_query_search(guess, name, node);
}

/* The node that a name or an index selects in NODE, or NULL. */
static inline const struct az_node *
az_query_step(struct az_query_guess *guesses, const struct selector *selector,
              const struct az_node *node)
{
    int64_t index = selector->index;

    if (selector->kind == SELECT_NAME)
        return az_query_member(&guesses[selector->guess], selector->name, node);
    if (node->type != AZ_ARRAY)
        return NULL;
    index += index < 0 ? node->count : 0;
    return index >= 0 && index < node->count ? &node->items[index] : NULL;
}

/* The node that QUERY, which is singular, selects under ROOT, or NULL. */
static inline const struct az_node *
az_query_step_on(const struct az_query *query, const struct az_node *root,
                 struct az_query_guess *guesses)
{
    const struct az_node *node = root;
    size_t i;

    for (i = 0; node != NULL && i < query->count; i++)
        node = az_query_step(guesses, query->segments[i].selectors, node);
    return node;
}

/* The same in a run; '@' is CURRENT. */
static inline const struct az_node *
az_query_only(struct run *run, const struct az_query *query,
              const struct az_node *current)
{
    az_query_spend(run, 1);
    return az_query_step_on(query, query->from_root ? run->root : current,
                            run->guesses);
}

/* Collects what QUERY selects; '@' is CURRENT. */
void az_query_select(struct run *run, const struct az_query *query,
                     const struct az_node *current,
                     struct collector *collector);

/* filter.c */

/* As az_query_select, where COLLECTOR keeps no nodes: for the first one and the
   count.  A query from the root is evaluated once in a run. */
void az_query_find(struct run *run, const struct az_query *query,
                   const struct az_node *current, struct collector *collector);

/* Whether EXPRESSION holds for CURRENT, which is '@'; false, and it means
   nothing, once the run has failed. */
bool az_query_test(struct run *run, const struct expression *expression,
                   const struct az_node *current);
/* The value of OPERAND, which is no query of several nodes, into *RET. */
void az_query_value(struct run *run, const struct operand *operand,
                    const struct az_node *current, struct value *ret);

/* function.c */

/* The function called NAME; NULL if there is none, then *RET_NEAR is the name
   that was meant, or NULL. */
const struct function *az_query_function(struct az_str name,
                                         const char **ret_near);
/* Compiles the literal pattern of a call of match() or search(). False with
 *RET_ERROR if it is beyond the engine. */
bool az_query_prepare(struct az_arena *arena, struct call *call,
                      struct az_query_error *ret_error);

#endif
