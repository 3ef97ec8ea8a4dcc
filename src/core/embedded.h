/* Files that are part of the program.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_EMBEDDED_H
#define AZ_CORE_EMBEDDED_H

#include <stddef.h>
#include <stdint.h>

struct az_arena;
struct az_document;

/* A file of the source tree, put into the program at build time.  Tables of
   these end with an entry whose name is NULL.

   TREE is what a reader made of it, so that no run reads it again: words, the
   values in the order in which they begin.  A value is its type and, from bit
   AZ_EMBEDDED_COUNT on, its count; its span; and a word more: where the text
   of a string or number is in DATA, or whether a boolean is true.  The items
   of an array follow it, and so do the members of an object: a key's length,
   place in DATA and span, then the value. */
struct az_embedded {
    const char *name; /* its path below the folder that was embedded */
    const unsigned char *data;
    size_t size; /* texts that the file spells with escapes stand behind it */
    const uint32_t *tree;
};

#define AZ_EMBEDDED_COUNT 3

/* FILE as a document; the texts are those of the program. */
const struct az_document *az_embedded_document(struct az_arena *arena,
                                               const struct az_embedded *file)
    __attribute__((returns_nonnull));

#endif
