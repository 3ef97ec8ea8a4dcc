/* How large gzip makes something: zlib, loaded when it is wanted.
   SPDX-License-Identifier: MIT */

#include "core/gzip.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <zlib.h>

#include "core/arena.h"

/* By its soname, as a program that is linked with it would ask for it. */
#define ZLIB_LIBRARY "libz.so.1"

/* Around the compressed data: RFC 1952, 2.3, without optional parts. */
enum { HEADER_AND_TRAILER = 10 + 8 };

enum { LEVEL = 9, RAW_WINDOW_BITS = -15, MEMORY_LEVEL = 8 };

struct az_gzip {
    struct az_arena *arena;
    z_stream stream;
    int (*deflate)(z_stream *stream, int flush);
    uint64_t written;
    unsigned char unused[16384];
};

/* POSIX has functions and objects of one representation; ISO C does not. */
static bool
find(void *handle, const char *name, void *ret, size_t size)
{
    void *symbol = dlsym(handle, name);

    memcpy(ret, &symbol, size);
    return symbol != NULL;
}

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

struct az_gzip *
az_gzip_new(struct az_arena *arena)
{
    int (*init)(z_stream *, int, int, int, int, int, const char *, int);
    struct az_gzip *gzip;
    void *handle;
    bool found;

    errno = 0;
    handle = dlopen(ZLIB_LIBRARY, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL && errno == ENOMEM)
        az_arena_oom(arena);
    if (handle == NULL)
        return NULL;
    gzip = AZ_NEW(arena, struct az_gzip);
    found = find(handle, "deflateInit2_", &init, sizeof(init)) &&
            find(handle, "deflate", &gzip->deflate, sizeof(gzip->deflate));
    dlclose(handle);
    gzip->arena = arena;
    gzip->stream.opaque = arena;
    gzip->stream.zalloc = allocate;
    gzip->stream.zfree = give_back;
    if (!found || init(&gzip->stream, LEVEL, Z_DEFLATED, RAW_WINDOW_BITS,
                       MEMORY_LEVEL, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                       (int)sizeof(gzip->stream)) != Z_OK)
        return NULL;
    return gzip;
}

/* Has zlib take its input, and throws away what it makes of it. */
static void
run(struct az_gzip *gzip, int flush)
{
    do {
        gzip->stream.next_out = gzip->unused;
        gzip->stream.avail_out = sizeof(gzip->unused);
        gzip->deflate(&gzip->stream, flush);
        gzip->written += sizeof(gzip->unused) - gzip->stream.avail_out;
    } while (gzip->stream.avail_out == 0);
}

void
az_gzip_add(struct az_gzip *gzip, const void *data, size_t length)
{
    const unsigned char *p = data;
    unsigned part;

    for (; length > 0; p += part, length -= part) {
        part = length > UINT_MAX ? UINT_MAX : (unsigned)length;
        gzip->stream.next_in = (unsigned char *)(uintptr_t)p;
        gzip->stream.avail_in = part;
        run(gzip, Z_NO_FLUSH);
    }
}

uint64_t
az_gzip_finish(struct az_gzip *gzip)
{
    run(gzip, Z_FINISH);
    return gzip->written + HEADER_AND_TRAILER;
}
