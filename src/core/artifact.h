/* Files that are measured and not read as documents.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_ARTIFACT_H
#define AZ_CORE_ARTIFACT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/sha256.h"
#include "core/str.h"

struct az_arena;

/* What is wanted of a file beside that it is there. */
struct az_artifact_wants {
    bool sha256;
    bool gzip_size;
};

struct az_artifact {
    uint64_t size; /* bytes */
    uint64_t gzip_size;
    int64_t modified; /* seconds since the start of 1970; 0 in a tree */
    char sha256[AZ_SHA256_SIZE];
    struct az_artifact_wants has;
    bool absent; /* there is no such file */
};

/* Measures the regular file PATH, which must lie in the folder ROOT once all
   links are followed, piece by piece; never waits on a FIFO.  One that is
   in the tree that stands in for the disk is measured there.  NULL, or why it
   could not be done, in ARENA. */
const char *az_artifact_measure(struct az_arena *arena, const char *root,
                                const char *path,
                                struct az_artifact_wants wants,
                                struct az_artifact *ret);
/* The same for a file whose bytes are TEXT. */
const char *az_artifact_measure_text(struct az_arena *arena, struct az_str text,
                                     struct az_artifact_wants wants,
                                     struct az_artifact *ret);

#endif
