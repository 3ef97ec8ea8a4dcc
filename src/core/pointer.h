/* JSON Pointer (RFC 6901).
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_POINTER_H
#define AZ_CORE_POINTER_H

#include "core/node.h"

struct az_arena;

/* A pointer taken apart. */
struct az_pointer {
    struct az_str *tokens; /* decoded */
    size_t count;
};

/* False when TEXT is no JSON Pointer: not empty and not starting with '/', or
   a '~' that is not followed by 0 or 1. */
bool az_pointer_parse(struct az_arena *arena, struct az_str text,
                      struct az_pointer *ret);
/* The array index that TOKEN spells: digits, no leading zero. False if none. */
bool az_pointer_index(struct az_str token, size_t *ret);
/* The node that TOKEN names in CONTAINER, or NULL. */
const struct az_node *az_pointer_step(const struct az_node *container,
                                      struct az_str token);
/* The node POINTER names under ROOT, or NULL. */
const struct az_node *az_pointer_get(const struct az_node *root,
                                     const struct az_pointer *pointer);
/* The same for the text of a pointer; NULL also when it is none. */
const struct az_node *az_pointer_find(struct az_arena *arena,
                                      const struct az_node *root,
                                      const char *text);
/* Appends "/" and TOKEN, escaped; for a NUL, which no text that ends in one can
   hold, "\u0000". */
void az_pointer_add(struct az_buf *buf, struct az_str token);

#endif
