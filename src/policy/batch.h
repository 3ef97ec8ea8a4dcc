/* Files that are judged one by one, by several threads.
   SPDX-License-Identifier: MIT */

#ifndef AZ_POLICY_BATCH_H
#define AZ_POLICY_BATCH_H

#include "core/verdict.h"
#include "policy/choice.h"
#include "policy/kind.h"
#include "policy/schemas.h"

struct az_batch_kept {
    const struct az_document *document;
    struct az_kind *kind;
};

struct az_batch_item {
    const char *path;
    const char *name;       /* in findings */
    struct az_str identity; /* of the file */
    /* One of these, or neither: then the document says. */
    struct az_applied *applied;
    const struct az_schema_choice *choice;

    /* What came of it. */
    struct az_counts counts;
    bool alone; /* it was for a schema, not for a kind */
    /* Documents of a kind, which are to be judged with others; they stay. */
    struct az_batch_kept *kept;
    size_t kept_count;
    size_t kept_capacity;
};

struct az_batch {
    struct az_arena *arena;
    struct az_sink *sink;
    const struct az_kinds *kinds;
    struct az_schemas *schemas;
    struct az_schema_style style;   /* of schemas that documents name */
    struct az_builder *annotations; /* an array that they are added to; or
                                       NULL */
    unsigned jobs;                  /* 0: as many as there are processors */
    bool multi;                     /* a YAML file may hold several documents */
};

/* Reads ITEMS, COUNT of them, and judges those that are for a schema; of these
   only the findings stay.  What is found, and in which order, does not depend
   on the number of jobs. */
void az_batch_run(const struct az_batch *batch, struct az_batch_item *items,
                  size_t count);

#endif
