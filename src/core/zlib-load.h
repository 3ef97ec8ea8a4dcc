/* zlib, loaded when it is wanted: linked, it would cost each start.
   SPDX-License-Identifier: MIT

   Not for other rooms: those use core/gzip.h and core/gunzip.h. */

#ifndef AZ_CORE_ZLIB_LOAD_H
#define AZ_CORE_ZLIB_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include <zlib.h>

#include "core/arena.h"

/* A function of zlib, and where a pointer to it goes. */
struct zlib_symbol {
    const char *name;
    void *to;
    size_t size;
};

/* Finds COUNT functions, and has STREAM take its memory from ARENA.  False if
   zlib, or one of them, is not there. */
bool az_zlib_load(struct az_arena *arena, z_stream *stream,
                  const struct zlib_symbol *symbols, size_t count);

#endif
