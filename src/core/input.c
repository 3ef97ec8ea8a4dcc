/* A file, or standard input, read piece by piece; gzip is unpacked.
   SPDX-License-Identifier: MIT */

#include "core/input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/file.h"
#include "core/gunzip.h"
#include "core/limits.h"

/* Packed bytes that are read at a time. */
#define PACKED_SIZE ((size_t)64 << 10)

enum { MAGIC_SIZE = sizeof(AZ_GZIP_MAGIC) - 1 };

struct az_input {
    struct az_arena *arena; /* its own */
    const char *name;
    int fd;
    bool is_stdin;
    bool begun; /* the first bytes have told whether it is packed */
    bool ended;
    uint64_t done;
    uint64_t size;
    uint64_t given;           /* bytes that left it */
    struct az_gunzip *gunzip; /* NULL: not packed */
    struct az_str held;       /* read, not given yet */
    char *buffer;             /* what HELD points into */
    enum az_diag_id id;       /* of FAULT */
    const char *fault;        /* NULL: none */
};

struct az_input *
az_input_open(struct az_arena *arena, struct az_sink *sink, const char *path)
{
    bool is_stdin = strcmp(path, "-") == 0;
    struct az_input *input;
    uint64_t size = 0;
    int fd = is_stdin ? STDIN_FILENO : az_file_open(arena, sink, path, &size);

    if (fd < 0)
        return NULL;
    input = AZ_NEW(arena, struct az_input);
    input->arena = az_arena_new_like(arena);
    input->name = is_stdin ? "<stdin>" : path;
    input->fd = fd;
    input->is_stdin = is_stdin;
    input->size = size;
    return input;
}

static size_t
stop(struct az_input *input, enum az_diag_id id, const char *fault)
{
    input->ended = true;
    input->id = id;
    input->fault = fault;
    return 0;
}

/* Bytes of the file itself. */
static size_t
read_raw(struct az_input *input, char *to, size_t size)
{
    ssize_t got;

    do
        got = read(input->fd, to, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return stop(input, AZ_DIAG_FILE_UNREADABLE, strerror(errno));
    input->done += (size_t)got;
    return (size_t)got;
}

/* Takes the first bytes and looks whether they begin a gzip file. */
static void
begin(struct az_input *input)
{
    size_t got;

    input->begun = true;
    input->buffer = az_arena_alloc(input->arena, PACKED_SIZE);
    input->held.p = input->buffer;
    do {
        got = read_raw(input, input->buffer + input->held.len,
                       PACKED_SIZE - input->held.len);
        input->held.len += got;
    } while (got > 0 && input->held.len < MAGIC_SIZE);
    if (!az_str_starts_with(input->held, AZ_STR(AZ_GZIP_MAGIC)))
        return;
    input->gunzip = az_gunzip_new(input->arena);
    if (input->gunzip == NULL)
        stop(input, AZ_DIAG_FILE_UNREADABLE,
             "it is packed with gzip, and zlib is not there to unpack it");
}

static size_t
read_plain(struct az_input *input, char *to, size_t size)
{
    size_t from_held = input->held.len < size ? input->held.len : size;

    if (from_held == 0)
        return read_raw(input, to, size);
    memcpy(to, input->held.p, from_held);
    input->held.p += from_held;
    input->held.len -= from_held;
    return from_held;
}

static size_t
read_packed(struct az_input *input, char *to, size_t size)
{
    const char *fault;
    size_t made;

    for (;;) {
        made = az_gunzip_read(input->gunzip, &input->held, to, size, &fault);
        if (fault != NULL)
            return stop(input, AZ_DIAG_GZIP_INVALID, fault);
        if (made > 0)
            return made;
        input->held.p = input->buffer;
        input->held.len = read_raw(input, input->buffer, PACKED_SIZE);
        if (input->held.len > 0)
            continue;
        if (input->fault == NULL && !az_gunzip_is_whole(input->gunzip))
            stop(input, AZ_DIAG_GZIP_INVALID, "its gzip data are cut short");
        return 0;
    }
}

size_t
az_input_read(struct az_input *input, char *to, size_t size)
{
    size_t got = 0;

    if (!input->begun)
        begin(input);
    if (!input->ended)
        got = input->gunzip != NULL ? read_packed(input, to, size)
                                    : read_plain(input, to, size);
    if (got == 0)
        input->ended = true;
    input->given += got;
    if (input->given <= AZ_MAX_LOG_SIZE)
        return got;
    return stop(input, AZ_DIAG_FILE_TOO_LARGE, NULL);
}

uint64_t
az_input_done(const struct az_input *input)
{
    return input->done;
}

uint64_t
az_input_size(const struct az_input *input)
{
    return input->size;
}

const char *
az_input_name(const struct az_input *input)
{
    return input->name;
}

static void
report(const struct az_input *input, struct az_sink *sink)
{
    struct az_place place =
        az_place_of(az_source_new(sink->arena, input->name, AZ_STR("")),
                    (struct az_span){ 0, 0 });
    const char *name = az_str_quote(sink->arena, az_str_from(input->name));

    if (input->id == AZ_DIAG_FILE_TOO_LARGE)
        az_sink_add(sink, input->id, place,
                    "%s is larger than %zu GiB, the limit", name,
                    (size_t)(AZ_MAX_LOG_SIZE >> 30));
    else
        az_sink_add(sink, input->id, place, "cannot read %s: %s", name,
                    input->fault);
}

bool
az_input_close(struct az_input *input, struct az_sink *sink)
{
    bool failed = input->fault != NULL || input->id == AZ_DIAG_FILE_TOO_LARGE;

    if (!input->is_stdin)
        close(input->fd);
    if (failed)
        report(input, sink);
    az_arena_free(input->arena);
    return !failed;
}
