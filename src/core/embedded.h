/* Files that are part of the program.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_EMBEDDED_H
#define AZ_CORE_EMBEDDED_H

#include <stddef.h>

/* A file of the source tree, put into the program at build time.  Tables of
   these end with an entry whose name is NULL. */
struct az_embedded {
    const char *name; /* its path below the folder that was embedded */
    const unsigned char *data;
    size_t size;
};

#endif
