/* Files that are measured and not read as documents.
   SPDX-License-Identifier: MIT */

#include "core/artifact.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/file-tree.h"
#include "core/file.h"
#include "core/gzip.h"
#include "core/limits.h"

enum { PIECE = 64 * 1024 };

/* NULL, or why FD is not measured. */
static const char *
refuse(int fd, struct stat *status)
{
    if (fstat(fd, status) < 0)
        return strerror(errno);
    if (S_ISDIR(status->st_mode))
        return "it is a directory";
    if (!S_ISREG(status->st_mode))
        return "it is not a regular file";
    if (status->st_size > (off_t)AZ_MAX_ARTIFACT_SIZE)
        return "it is over the limit of files that are measured, 1 GiB";
    return NULL;
}

/* The measures under way. */
struct meters {
    struct az_artifact_wants wants;
    struct az_sha256 hash;
    struct az_gzip *gzip;
};

/* NULL, or what cannot be measured. */
static const char *
begin(struct meters *meters, struct az_arena *arena,
      struct az_artifact_wants wants)
{
    meters->wants = wants;
    if (wants.sha256)
        az_sha256_init(&meters->hash);
    if (!wants.gzip_size)
        return NULL;
    meters->gzip = az_gzip_new(arena);
    return meters->gzip == NULL ? "zlib, libz.so.1, cannot be loaded" : NULL;
}

static void
add(struct meters *meters, const void *data, size_t length)
{
    if (meters->wants.sha256)
        az_sha256_add(&meters->hash, data, length);
    if (meters->wants.gzip_size)
        az_gzip_add(meters->gzip, data, length);
}

static void
finish(struct meters *meters, struct az_artifact *ret)
{
    if (meters->wants.sha256)
        az_sha256_finish(&meters->hash, ret->sha256);
    if (meters->wants.gzip_size)
        ret->gzip_size = az_gzip_finish(meters->gzip);
}

/* Reads FD to its end; NULL, or what went wrong. */
static const char *
drain(int fd, struct meters *meters, unsigned char *piece, uint64_t *ret_size)
{
    ssize_t got;

    for (*ret_size = 0; *ret_size <= AZ_MAX_ARTIFACT_SIZE;
         *ret_size += (uint64_t)got) {
        got = read(fd, piece, PIECE);
        if (got < 0 && errno == EINTR) {
            got = 0;
            continue;
        }
        if (got <= 0)
            return got < 0 ? strerror(errno) : NULL;
        add(meters, piece, (size_t)got);
    }
    return "it grows while it is read";
}

static const char *
measure(struct az_arena *arena, int fd, struct az_artifact_wants wants,
        struct az_artifact *ret)
{
    struct meters meters;
    struct stat status;
    const char *why = refuse(fd, &status);

    if (why != NULL)
        return why;
    ret->size = (uint64_t)status.st_size;
    ret->modified = status.st_mtime;
    if (!wants.sha256 && !wants.gzip_size)
        return NULL;
    why = begin(&meters, arena, wants);
    if (why != NULL)
        return why;
    why = drain(fd, &meters, az_arena_alloc(arena, PIECE), &ret->size);
    finish(&meters, ret);
    return why;
}

const char *
az_artifact_measure_text(struct az_arena *arena, struct az_str text,
                         struct az_artifact_wants wants,
                         struct az_artifact *ret)
{
    struct meters meters;
    const char *why;

    memset(ret, 0, sizeof(*ret));
    ret->has = wants;
    ret->size = text.len;
    why = begin(&meters, arena, wants);
    if (why != NULL)
        return why;
    add(&meters, text.p, text.len);
    finish(&meters, ret);
    return NULL;
}

/* Measures FILE of the tree that stands in for the disk. */
static const char *
measure_in_tree(struct az_arena *arena, const void *file,
                struct az_artifact_wants wants, struct az_artifact *ret)
{
    const struct az_file_tree *tree = az_arena_files(arena);
    struct az_arena *own = az_arena_new_like(arena);
    struct az_str text;
    const char *why;

    memset(ret, 0, sizeof(*ret));
    why = tree->read(tree->context, own, file, &text);
    if (why == NULL && text.len > az_arena_limits(own)->file_size)
        why = "it is over the limit of files that are read";
    if (why == NULL)
        why = az_artifact_measure_text(own, text, wants, ret);
    if (why != NULL)
        why = az_arena_strdup(arena, why);
    az_arena_free(own);
    return why;
}

static const char *
measure_on_disk(struct az_arena *arena, const char *root, const char *path,
                struct az_artifact_wants wants, struct az_artifact *ret)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct az_arena *own;
    const char *why;

    memset(ret, 0, sizeof(*ret));
    ret->has = wants;
    ret->absent = fd < 0 && (errno == ENOENT || errno == ENOTDIR);
    if (fd < 0)
        return az_arena_strdup(arena, strerror(errno));
    own = az_arena_new_like(arena);
    why = az_file_is_inside(root, path)
              ? measure(own, fd, wants, ret)
              : "it lies outside of the folder once links are followed";
    if (why != NULL)
        why = az_arena_strdup(arena, why);
    az_arena_free(own);
    close(fd);
    return why;
}

const char *
az_artifact_measure(struct az_arena *arena, const char *root, const char *path,
                    struct az_artifact_wants wants, struct az_artifact *ret)
{
    const void *file;

    /* what is built is seldom in it */
    if (az_file_tree_find(az_arena_files(arena), arena, path, &file) &&
        file != NULL)
        return measure_in_tree(arena, file, wants, ret);
    return measure_on_disk(arena, root, path, wants, ret);
}
