/* Files read whole, within a limit, and written whole or not at all.
   SPDX-License-Identifier: MIT */

#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/file-tree.h"
#include "core/limits.h"
#include "core/path.h"

/* What a file that is not regular is, and what to do about it. */
static const struct special {
    mode_t type;
    const char *is, *hint;
} special[] = {
    { S_IFDIR, "is a directory", "name the files in it" },
    { S_IFIFO, "is a FIFO", "give '-' and use standard input" },
    { S_IFCHR, "is a device", "give '-' and use standard input" },
    { S_IFBLK, "is a block device", "name a regular file" },
    { S_IFSOCK, "is a socket", "name a regular file" },
};

/* The row of MODE, or NULL. */
static const struct special *
find_special(mode_t mode)
{
    size_t i;

    for (i = 0; i < sizeof(special) / sizeof(special[0]); i++)
        if ((mode & S_IFMT) == special[i].type)
            return &special[i];
    return NULL;
}

/* The place of a whole file that could not be read. */
static struct az_place
place_of_file(struct az_arena *arena, const char *path)
{
    return az_place_of(az_source_new(arena, path, AZ_STR("")),
                       (struct az_span){ 0, 0 });
}

static struct az_diag *
unreadable(struct az_arena *arena, struct az_sink *sink, const char *path,
           const char *why)
{
    return az_sink_add(sink, AZ_DIAG_FILE_UNREADABLE,
                       place_of_file(arena, path), "cannot read %s: %s",
                       az_str_quote(arena, az_str_from(path)), why);
}

static bool
check_regular(struct az_arena *arena, struct az_sink *sink, const char *path,
              const struct stat *status)
{
    const struct special *found = find_special(status->st_mode);

    if (S_ISREG(status->st_mode))
        return true;
    if (found != NULL)
        az_diag_hint(sink, unreadable(arena, sink, path, found->is), "%s",
                     found->hint);
    else
        unreadable(arena, sink, path, "it is not a regular file");
    return false;
}

/* Why PATH must not be renamed over; NULL if it is a regular file or nothing
   yet.  Whoever has all rights would lose /dev/null to a report. */
static const char *
irreplaceable(const char *path)
{
    const struct special *found;
    struct stat status;

    if (stat(path, &status) != 0 || S_ISREG(status.st_mode))
        return NULL;
    found = find_special(status.st_mode);
    return found != NULL ? found->is : "it is not a regular file";
}

/* Opens PATH without waiting for a writer if it is a FIFO. */
static int
open_regular(struct az_arena *arena, struct az_sink *sink, const char *path,
             struct stat *status)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

    if (fd < 0) {
        unreadable(arena, sink, path, strerror(errno));
        return -1;
    }
    if (fstat(fd, status) < 0) {
        unreadable(arena, sink, path, strerror(errno));
        close(fd);
        return -1;
    }
    if (!check_regular(arena, sink, path, status)) {
        close(fd);
        return -1;
    }
    return fd;
}

int
az_file_open(struct az_arena *arena, struct az_sink *sink, const char *path,
             uint64_t *ret_size)
{
    struct stat status;
    int fd = open_regular(arena, sink, path, &status);

    if (fd >= 0)
        *ret_size = (uint64_t)status.st_size;
    return fd;
}

/* Reads FD to its end into BUF, one byte over the limit at most.  A regular
   file ends where its status says so and a read gives no more, though it was
   asked.  False with errno set. */
static bool
slurp(struct az_arena *arena, int fd, const struct stat *status,
      struct az_str *ret)
{
    bool regular = S_ISREG(status->st_mode);
    size_t expected = (size_t)status->st_size;
    size_t capacity = expected + 1, len = 0;
    char *p = az_arena_alloc(arena, capacity);
    ssize_t got;

    for (;;) {
        if (len == capacity)
            p = az_arena_grow(arena, p, len, &capacity, 1);
        got = read(fd, p + len, capacity - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        len += (size_t)got;
        if (got == 0 || (regular && len == expected) ||
            len > az_arena_limits(arena)->file_size)
            break;
    }
    *ret = (struct az_str){ p, len };
    return true;
}

static void
too_large(struct az_arena *arena, struct az_sink *sink, const char *path)
{
    size_t limit = az_arena_limits(arena)->file_size;
    bool whole = limit % (1u << 20) == 0;

    az_sink_add(sink, AZ_DIAG_FILE_TOO_LARGE, place_of_file(arena, path),
                "%s is larger than %zu %s, the limit",
                az_str_quote(arena, az_str_from(path)),
                whole ? limit >> 20 : limit, whole ? "MiB" : "bytes");
}

/* FILE of the tree that stands in for the disk; NULL: it is not there. */
static struct az_source *
read_from_tree(struct az_arena *arena, struct az_sink *sink, const char *path,
               const void *file)
{
    const struct az_file_tree *tree = az_arena_files(arena);
    struct az_str text = AZ_STR("");
    const char *why;

    if (file == NULL) {
        az_diag_hint(
            sink,
            unreadable(arena, sink, path,
                       az_arena_printf(arena, "it is not in %s", tree->called)),
            "%s", tree->hint);
        return NULL;
    }
    why = tree->read(tree->context, arena, file, &text);
    if (why != NULL) {
        unreadable(arena, sink, path, why);
        return NULL;
    }
    if (text.len > az_arena_limits(arena)->file_size) {
        too_large(arena, sink, path);
        return NULL;
    }
    return az_source_new(arena, path, text);
}

struct az_source *
az_file_read(struct az_arena *arena, struct az_sink *sink, const char *path)
{
    bool is_stdin = strcmp(path, "-") == 0;
    const char *name = is_stdin ? "<stdin>" : path;
    struct stat status = { .st_size = 4095 };
    struct az_str text;
    bool done;
    int fd = STDIN_FILENO;
    const void *file;

    if (az_file_tree_find(az_arena_files(arena), arena, path, &file))
        return read_from_tree(arena, sink, path, file);
    if (!is_stdin)
        fd = open_regular(arena, sink, path, &status);
    if (fd < 0)
        return NULL;
    if (status.st_size > (off_t)az_arena_limits(arena)->file_size) {
        too_large(arena, sink, name);
        close(fd);
        return NULL;
    }
    done = slurp(arena, fd, &status, &text);
    if (!done)
        unreadable(arena, sink, name, strerror(errno));
    if (!is_stdin)
        close(fd);
    if (!done)
        return NULL;
    if (text.len > az_arena_limits(arena)->file_size) {
        too_large(arena, sink, name);
        return NULL;
    }
    return az_source_new(arena, name, text);
}

const char *
az_file_folder(struct az_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    return slash == path
               ? "/"
               : az_arena_printf(arena, "%.*s", (int)(slash - path), path);
}

/* PATH, where nothing is yet: what folder it would be in, and its name there.
 */
static const char *
identity_of_absent(struct az_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    struct stat status;

    if (stat(az_file_folder(arena, path), &status) != 0)
        return path;
    return az_arena_printf(arena, "%ju:%ju/%s", (uintmax_t)status.st_dev,
                           (uintmax_t)status.st_ino, name);
}

struct az_str
az_file_identity(struct az_arena *arena, const char *path)
{
    struct stat status;
    const void *file;

    if (strcmp(path, "-") == 0)
        return az_str_from(path);
    if (az_file_tree_find(az_arena_files(arena), arena, path, &file) &&
        file != NULL)
        return az_str_from(az_arena_printf(
            arena, "tree:%s",
            az_file_tree_name(az_arena_files(arena), arena, path)));
    if (stat(path, &status) != 0)
        return az_str_from(identity_of_absent(arena, path));
    return az_str_from(az_arena_printf(
        arena, "%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino));
}

static bool
write_all(int fd, struct az_str text)
{
    size_t done = 0;
    ssize_t wrote;

    while (done < text.len) {
        wrote = write(fd, text.p + done, text.len - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return false;
        done += (size_t)wrote;
    }
    return true;
}

/* mkstemp makes files that only their owner may read; a report has the mode
   that any new file would have. */
static bool
set_usual_mode(int fd)
{
    mode_t mask = umask(0);

    umask(mask);
    return fchmod(fd, 0666 & ~mask) == 0;
}

static bool
write_new(int fd, struct az_str text)
{
    bool done = write_all(fd, text) && set_usual_mode(fd) && fsync(fd) == 0;
    int saved = errno;

    if (close(fd) != 0 && done)
        return false;
    if (!done)
        errno = saved;
    return done;
}

/* Writes TEXT to a temporary file and has PLACE, rename or link, give it the
   name PATH.  False with errno set. */
static bool
write_aside(struct az_arena *arena, const char *path, struct az_str text,
            int (*place)(const char *, const char *))
{
    char *temporary = az_arena_printf(arena, "%s.XXXXXX", path);
    int fd = mkstemp(temporary), saved;
    bool done;

    if (fd < 0)
        return false;
    done = write_new(fd, text) && place(temporary, path) == 0;
    saved = errno;
    /* once it is renamed there is nothing to remove */
    unlink(temporary);
    errno = saved;
    return done;
}

static void
not_written(struct az_arena *arena, struct az_sink *sink, const char *path,
            const char *why)
{
    az_sink_add(sink, AZ_DIAG_OUTPUT_FAILED, AZ_NOWHERE, "cannot write %s: %s",
                az_str_quote(arena, az_str_from(path)), why);
}

bool
az_file_write(struct az_arena *arena, struct az_sink *sink, const char *path,
              struct az_str text)
{
    const char *why = irreplaceable(path);

    if (why == NULL && write_aside(arena, path, text, rename))
        return true;
    not_written(arena, sink, path, why != NULL ? why : strerror(errno));
    return false;
}

bool
az_file_create(struct az_arena *arena, struct az_sink *sink, const char *path,
               struct az_str text, bool *ret_exists)
{
    struct stat status;

    *ret_exists = lstat(path, &status) == 0;
    if (*ret_exists)
        return false;
    if (write_aside(arena, path, text, link))
        return true;
    *ret_exists = errno == EEXIST;
    if (!*ret_exists)
        not_written(arena, sink, path, strerror(errno));
    return false;
}

void
az_file_discard(const char *path)
{
    struct stat status;

    if (lstat(path, &status) == 0 && S_ISREG(status.st_mode))
        unlink(path);
}

/* Whether PATH has a component ".git". */
static bool
is_of_git(struct az_str path)
{
    size_t start = 0;

    for (size_t i = 0; i <= path.len; i++) {
        if (i < path.len && path.p[i] != '/')
            continue;
        if (az_str_eq_c((struct az_str){ path.p + start, i - start }, ".git"))
            return true;
        start = i + 1;
    }
    return false;
}

bool
az_file_name_stays_inside(struct az_str path)
{
    return az_path_complaint(path) == NULL && !is_of_git(path);
}

/* az_file_is_inside, and with TREE az_file_is_in_tree. */
static bool
is_below(const char *root, const char *path, bool tree)
{
    char *real_root = realpath(root, NULL);
    char *real_path = realpath(path, NULL);
    bool inside = false;
    size_t length;

    if (real_root != NULL && real_path != NULL) {
        length = strlen(real_root);
        inside = strncmp(real_root, real_path, length) == 0 &&
                 (real_path[length] == '\0' || real_path[length] == '/' ||
                  length == 1) &&
                 !(tree && is_of_git(az_str_from(real_path + length)));
    }
    free(real_root);
    free(real_path);
    return inside;
}

bool
az_file_is_inside(const char *root, const char *path)
{
    return is_below(root, path, false);
}

bool
az_file_is_in_tree(const char *root, const char *path)
{
    return is_below(root, path, true);
}

/* Whether PATH, whose folder is inside ROOT, is inside too: only a link can
   lead elsewhere.  What is no link is not resolved, which for each folder of a
   deep path would take time with its square. */
static bool
stays_inside(const char *root, const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 &&
           (!S_ISLNK(status.st_mode) || az_file_is_in_tree(root, path));
}

const char *
az_file_make_folders(struct az_arena *arena, const char *root, char *path)
{
    const char *problem = NULL;
    size_t i;

    for (i = strlen(root) + 1; path[i] != '\0' && problem == NULL; i++) {
        if (path[i] != '/')
            continue;
        path[i] = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            problem = az_arena_printf(
                arena, "has a folder that cannot be made: %s", strerror(errno));
        else if (!stays_inside(root, path))
            problem = "leads out of the project: nothing is written";
        path[i] = '/';
    }
    return problem;
}

bool
az_file_is_read_inside(struct az_arena *arena, const char *root,
                       const char *path)
{
    const struct az_file_tree *tree = az_arena_files(arena);
    const char *name = az_file_tree_name(tree, arena, path);
    const char *folder = az_file_tree_name(tree, arena, root);
    size_t length;

    if (name == NULL || folder == NULL)
        return az_file_is_inside(root, path);
    length = strlen(folder);
    return length == 0 ||
           (strncmp(name, folder, length) == 0 && name[length] == '/');
}

bool
az_file_is_absent(struct az_arena *arena, const char *path)
{
    struct stat status;
    const void *file;

    if (az_file_tree_find(az_arena_files(arena), arena, path, &file))
        return file == NULL;
    return lstat(path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

bool
az_file_is_there(struct az_arena *arena, const char *path)
{
    struct stat status;
    const void *file;

    if (az_file_tree_find(az_arena_files(arena), arena, path, &file))
        return file != NULL;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}
