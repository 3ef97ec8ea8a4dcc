/* Inside the readers: equal keys of an object, and what pointers may cost.
   SPDX-License-Identifier: MIT

   Not for other rooms: those use read/read.h. */

#ifndef AZ_READ_DUPLICATES_H
#define AZ_READ_DUPLICATES_H

#include "core/diag.h"
#include "core/node.h"

/* What a reader needs to report them. */
struct duplicates {
    struct az_arena *arena;
    struct az_sink *sink;
    const struct az_source *source;
    const char *otherwise; /* ends the hint where two equal keys are spelt
                              otherwise */
    size_t pointer_bytes;  /* spent on the pointers of findings */
};

/* Whether the JSON Pointer of one more finding may be built, and take BYTES;
   then they are spent.  Beyond the budget of a document, findings have none:
   long keys in a deep tree would make their length quadratic. */
bool az_read_spend_on_pointer(struct duplicates *duplicates, size_t bytes);

/* A finding for each of the MEMBERS, which az_object_index has seen, whose key
   one before it has.  OBJECT is the pointer of their object; NULL beyond the
   budget. */
void az_read_duplicate_keys(struct duplicates *duplicates,
                            const struct az_buf *object,
                            const struct az_member *members, size_t count);

#endif
