/* A file that grows by whole pieces, under a lock.
   SPDX-License-Identifier: MIT */

#include "core/append.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/file.h"
#include "core/limits.h"

/* Milliseconds between two tries to get the lock. */
#define PAUSE 5u

static struct az_place
place_of_file(const struct az_append *append)
{
    return az_place_of(az_source_new(append->arena, append->path, AZ_STR("")),
                       (struct az_span){ 0, 0 });
}

/* Says WHY the file cannot be had; returns false. */
static bool
refuse(const struct az_append *append, const char *why)
{
    const char *path = az_str_quote(append->arena, az_str_from(append->path));

    if (append->mode == AZ_APPEND_READ)
        az_sink_add(append->sink, AZ_DIAG_FILE_UNREADABLE,
                    place_of_file(append), "cannot read %s: %s", path, why);
    else
        az_sink_add(
            append->sink, AZ_DIAG_OUTPUT_FAILED, AZ_NOWHERE, "cannot %s %s: %s",
            append->mode == AZ_APPEND_LOCK ? "lock" : "append to", path, why);
    return false;
}

/* Whether a file that is not there is to be made. */
static bool
makes(const struct az_append *append)
{
    return append->mode == AZ_APPEND_CREATE || append->mode == AZ_APPEND_LOCK;
}

/* Opens the file; -1 with errno set.  Does not wait for anybody at the other
   end of a FIFO. */
static int
open_file(struct az_append *append)
{
    const int flags = O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY;
    int fd;

    append->created = false;
    fd = open(append->path,
              flags | (append->mode == AZ_APPEND_READ ? O_RDONLY : O_RDWR));
    if (fd >= 0 || errno != ENOENT || !makes(append))
        return fd;
    fd = open(append->path, flags | O_RDWR | O_CREAT | O_EXCL, 0666);
    append->created = fd >= 0;
    return fd;
}

/* Takes the lock if nobody has it. */
static bool
try_lock(const struct az_append *append)
{
    struct flock lock = {
        .l_type = append->mode == AZ_APPEND_READ ? F_RDLCK : F_WRLCK,
        .l_whence = SEEK_SET,
    };

    return fcntl(append->fd, F_SETLK, &lock) == 0;
}

/* Whether what is open is what the path still names: others may have replaced
   or removed it before the lock was there. */
static bool
is_current(const struct az_append *append, struct stat *status)
{
    struct stat named;

    return fstat(append->fd, status) == 0 && lstat(append->path, &named) == 0 &&
           named.st_dev == status->st_dev && named.st_ino == status->st_ino;
}

static void
drop(struct az_append *append)
{
    close(append->fd);
    append->fd = -1;
}

static void
pause_a_moment(void)
{
    const struct timespec moment = { .tv_nsec = PAUSE * 1000000L };

    nanosleep(&moment, NULL);
}

/* Opens the file and waits for its lock.  True without a file if there is none
   and none is to be made. */
static bool
open_locked(struct az_append *append, unsigned wait, struct stat *status)
{
    unsigned waited;

    for (waited = 0;; waited += PAUSE) {
        if (append->fd < 0)
            append->fd = open_file(append);
        if (append->fd < 0 && errno == ENOENT)
            return !makes(append) || refuse(append, strerror(errno));
        if (append->fd < 0 && errno != EEXIST && errno != EINTR)
            return refuse(append, errno == ELOOP ? "it is a symbolic link"
                                                 : strerror(errno));
        if (append->fd >= 0) {
            if (fstat(append->fd, status) == 0 && !S_ISREG(status->st_mode))
                return refuse(append, "it is not a regular file");
            if (!try_lock(append)) {
                if (errno != EACCES && errno != EAGAIN && errno != EINTR)
                    return refuse(append, strerror(errno));
            } else if (is_current(append, status)) {
                return true;
            } else {
                drop(append);
            }
        }
        if (waited >= wait)
            break;
        pause_a_moment();
    }
    return refuse(append,
                  az_arena_printf(append->arena,
                                  "others have had it locked for %u seconds",
                                  wait / 1000));
}

/* All of the file, whose size STATUS has; nobody changes it under the lock. */
static bool
read_whole(struct az_append *append, const struct stat *status)
{
    size_t limit = az_arena_limits(append->arena)->file_size, length = 0, size;
    ssize_t got;
    char *text;

    if (status->st_size > (off_t)limit) {
        az_sink_add(append->sink, AZ_DIAG_FILE_TOO_LARGE, place_of_file(append),
                    "%s is larger than %zu bytes, "
                    "the limit",
                    az_str_quote(append->arena, az_str_from(append->path)),
                    limit);
        return false;
    }
    size = (size_t)status->st_size;
    text = az_arena_alloc(append->arena, size + 1);
    while (length < size) {
        got = pread(append->fd, text + length, size - length, (off_t)length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return refuse(append, strerror(errno));
        if (got == 0)
            break;
        length += (size_t)got;
    }
    append->source = az_source_new(append->arena, append->path,
                                   (struct az_str){ text, length });
    return true;
}

bool
az_append_open(struct az_arena *arena, struct az_sink *sink, const char *path,
               enum az_append_mode mode, unsigned wait, struct az_append *ret)
{
    struct stat status;

    *ret = (struct az_append){
        .arena = arena, .sink = sink, .path = path, .mode = mode, .fd = -1
    };
    if (open_locked(ret, wait, &status) &&
        (ret->fd < 0 || read_whole(ret, &status)))
        return true;
    az_append_close(ret);
    return false;
}

/* Has the disk keep the name of a new file. */
static bool
sync_folder(const struct az_append *append)
{
    int fd = open(az_file_folder(append->arena, append->path),
                  O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced;

    if (fd < 0)
        return false;
    /* some file systems have no such thing */
    synced = fsync(fd) == 0 || errno == EINVAL;
    close(fd);
    return synced;
}

/* One write, all or nothing; false with errno set. */
static bool
write_at(int fd, size_t offset, struct az_str text)
{
    ssize_t wrote;

    do
        wrote = pwrite(fd, text.p, text.len, (off_t)offset);
    while (wrote < 0 && errno == EINTR);
    if (wrote >= 0 && (size_t)wrote < text.len)
        errno = ENOSPC; /* what makes a write to a file stop short */
    return wrote >= 0 && (size_t)wrote == text.len;
}

bool
az_append_write(struct az_append *append, size_t keep, struct az_str text)
{
    int saved;

    if ((keep == append->source->text.len ||
         ftruncate(append->fd, (off_t)keep) == 0) &&
        write_at(append->fd, keep, text) && fsync(append->fd) == 0 &&
        (append->source->text.len > 0 || sync_folder(append)))
        return true;
    saved = errno;
    if (ftruncate(append->fd, (off_t)keep) == 0)
        fsync(append->fd);
    return refuse(append, strerror(saved));
}

void
az_append_close(struct az_append *append)
{
    struct stat status;

    if (append->fd < 0)
        return;
    /* under the lock still, so that nobody has begun to fill it */
    if ((append->created || append->mode == AZ_APPEND_LOCK) &&
        fstat(append->fd, &status) == 0 && status.st_size == 0)
        unlink(append->path);
    drop(append);
}
