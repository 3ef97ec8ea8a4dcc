/* JSON Patch (RFC 6902), on const trees.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_PATCH_H
#define AZ_CORE_PATCH_H

#include "core/node.h"

struct az_arena;

/* What went wrong with a patch. */
struct az_patch_error {
    size_t operation;    /* index in the patch; the count for "no array" */
    const char *message; /* lower case, no full stop, in the arena */
    const struct az_node *where; /* in the patch */
};

/* The tree that PATCH (an array of operations) makes of ROOT. Both stay as they
   are; unchanged parts are shared, changed containers are copies. NULL with
   *RET_ERROR filled when an operation is malformed or fails; then nothing is
   applied. Nodes of the result that come from the patch have the patch's
   spans, so look for them by address (scattered). */
const struct az_node *az_patch_apply(struct az_arena *arena,
                                     const struct az_node *root,
                                     const struct az_node *patch,
                                     struct az_patch_error *ret_error);

#endif
