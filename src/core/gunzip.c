/* Reading gzip: zlib, loaded when it is wanted.
   SPDX-License-Identifier: MIT */

#include "core/gunzip.h"

#include <limits.h>
#include <stdint.h>

#include "core/zlib-load.h"

/* The largest window; with 16, zlib wants and checks a gzip header. */
enum { GZIP_WINDOW_BITS = 15 + 16 };

struct az_gunzip {
    z_stream stream;
    int (*inflate)(z_stream *stream, int flush);
    int (*reset)(z_stream *stream);
    bool in_member;
};

struct az_gunzip *
az_gunzip_new(struct az_arena *arena)
{
    int (*init)(z_stream *, int, const char *, int);
    struct az_gunzip *gunzip = AZ_NEW(arena, struct az_gunzip);
    const struct zlib_symbol symbols[] = {
        { "inflateInit2_", &init, sizeof(init) },
        { "inflate", &gunzip->inflate, sizeof(gunzip->inflate) },
        { "inflateReset", &gunzip->reset, sizeof(gunzip->reset) },
    };

    if (!az_zlib_load(arena, &gunzip->stream, symbols, 3) ||
        init(&gunzip->stream, GZIP_WINDOW_BITS, ZLIB_VERSION,
             (int)sizeof(gunzip->stream)) != Z_OK)
        return NULL;
    return gunzip;
}

static unsigned
fit(size_t size)
{
    return size > UINT_MAX ? UINT_MAX : (unsigned)size;
}

size_t
az_gunzip_read(struct az_gunzip *gunzip, struct az_str *input, char *to,
               size_t size, const char **ret_fault)
{
    z_stream *stream = &gunzip->stream;
    size_t made = 0, taken;
    int status = Z_OK;

    *ret_fault = NULL;
    if (!gunzip->in_member && input->len == 0)
        return 0;
    do {
        if (!gunzip->in_member && gunzip->reset(stream) != Z_OK)
            *ret_fault = "zlib failed";
        stream->next_in = (unsigned char *)(uintptr_t)input->p;
        stream->avail_in = fit(input->len);
        stream->next_out = (unsigned char *)to;
        stream->avail_out = fit(size);
        status = gunzip->inflate(stream, Z_NO_FLUSH);
        taken = fit(input->len) - stream->avail_in;
        made = fit(size) - stream->avail_out;
        input->p += taken;
        input->len -= taken;
        gunzip->in_member = status != Z_STREAM_END;
        /* what it made before is given first; it says the same again */
        if (made == 0 && status != Z_OK && status != Z_STREAM_END &&
            status != Z_BUF_ERROR)
            *ret_fault = "its gzip data are not sound";
    } while (made == 0 && input->len > 0 && *ret_fault == NULL);
    return made;
}

bool
az_gunzip_is_whole(const struct az_gunzip *gunzip)
{
    return !gunzip->in_member;
}
