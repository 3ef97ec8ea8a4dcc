/* How large gzip makes something: zlib, loaded when it is wanted.
   SPDX-License-Identifier: MIT */

#include "core/gzip.h"

#include <limits.h>

#include "core/zlib-load.h"

/* Around the compressed data: RFC 1952, 2.3, without optional parts. */
enum { HEADER_AND_TRAILER = 10 + 8 };

enum { LEVEL = 9, RAW_WINDOW_BITS = -15, MEMORY_LEVEL = 8 };

struct az_gzip {
    z_stream stream;
    int (*deflate)(z_stream *stream, int flush);
    uint64_t written;
    unsigned char unused[16384];
};

struct az_gzip *
az_gzip_new(struct az_arena *arena)
{
    int (*init)(z_stream *, int, int, int, int, int, const char *, int);
    struct az_gzip *gzip = AZ_NEW(arena, struct az_gzip);
    const struct zlib_symbol symbols[] = {
        { "deflateInit2_", &init, sizeof(init) },
        { "deflate", &gzip->deflate, sizeof(gzip->deflate) },
    };

    if (!az_zlib_load(arena, &gzip->stream, symbols, 2) ||
        init(&gzip->stream, LEVEL, Z_DEFLATED, RAW_WINDOW_BITS, MEMORY_LEVEL,
             Z_DEFAULT_STRATEGY, ZLIB_VERSION,
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
