/* zlib, loaded when it is wanted.
   SPDX-License-Identifier: MIT */

#include "core/zlib-load.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

/* By its soname, as a program that is linked with it would ask for it. */
#define ZLIB_LIBRARY "libz.so.1"

static void *
allocate(void *arena, unsigned count, unsigned size)
{
    return az_arena_array(arena, count, size);
}

/* What zlib gives back goes with the arena. */
static void
give_back(void *arena, void *memory)
{
    (void)arena;
    (void)memory;
}

/* POSIX has functions and objects of one representation; ISO C does not. */
static bool
find(void *handle, const struct zlib_symbol *wanted)
{
    void *symbol = dlsym(handle, wanted->name);

    memcpy(wanted->to, &symbol, wanted->size);
    return symbol != NULL;
}

bool
az_zlib_load(struct az_arena *arena, z_stream *stream,
             const struct zlib_symbol *symbols, size_t count)
{
    void *handle;
    bool found = true;

    errno = 0;
    handle = dlopen(ZLIB_LIBRARY, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL && errno == ENOMEM)
        az_arena_oom(arena);
    if (handle == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        found = find(handle, &symbols[i]) && found;
    dlclose(handle);
    stream->opaque = arena;
    stream->zalloc = allocate;
    stream->zfree = give_back;
    return found;
}
