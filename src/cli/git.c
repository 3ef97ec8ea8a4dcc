/* What git knows.
   SPDX-License-Identifier: MIT */

#include "cli/git.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/limits.h"

/* A line is a name or a path. */
#define MAX_ANSWER 4096
/* "NAME blob SIZE" and a newline. */
#define MAX_HEADER 128
/* Folders between the working directory and "/". */
#define MAX_ASCENT 256

extern char **environ;

bool
az_git_present(struct az_arena *arena)
{
    const char *folder = ".";
    struct stat here, above;
    unsigned i;

    for (i = 0; i < MAX_ASCENT; i++) {
        if (stat(az_arena_printf(arena, "%s/.git", folder), &here) == 0)
            return true;
        if (stat(folder, &here) != 0 ||
            stat(az_arena_printf(arena, "%s/..", folder), &above) != 0)
            return true;
        if (here.st_dev == above.st_dev && here.st_ino == above.st_ino)
            return false;
        folder = az_arena_printf(arena, "%s/..", folder);
    }
    return true;
}

static bool
write_all(int fd, struct az_str text)
{
    ssize_t wrote;

    while (text.len > 0) {
        wrote = write(fd, text.p, text.len);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        text = (struct az_str){ text.p + wrote, text.len - (size_t)wrote };
    }
    return true;
}

/* Reads all of FD into *RET; false if that is over LIMIT bytes. */
static bool
read_answer(struct az_arena *arena, int fd, size_t limit, struct az_str *ret)
{
    struct az_buf buf;
    char piece[4096];
    ssize_t got;

    az_buf_init(&buf, arena);
    for (;;) {
        got = read(fd, piece, sizeof(piece));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        az_buf_add(&buf, (struct az_str){ piece, (size_t)got });
        if (buf.len > limit)
            return false;
    }
    *ret = az_buf_str(&buf);
    return got == 0;
}

/* The environment without what points git at another repository than that of
   the working directory, or has it read ":/" otherwise: whose HEAD it is must
   not depend on who calls. */
static char **
own_environment(struct az_arena *arena)
{
    static const char *const misleading[] = {
        "GIT_DIR=",
        "GIT_COMMON_DIR=",
        "GIT_WORK_TREE=",
        "GIT_LITERAL_PATHSPECS=",
    };
    size_t count = 0, kept = 0, i, k;
    char **own;

    while (environ[count] != NULL)
        count++;
    own = az_arena_array(arena, count + 1, sizeof(*own));
    for (i = 0; i < count; i++) {
        for (k = 0; k < sizeof(misleading) / sizeof(misleading[0]); k++)
            if (strncmp(environ[i], misleading[k], strlen(misleading[k])) == 0)
                break;
        if (k == sizeof(misleading) / sizeof(misleading[0]))
            own[kept++] = environ[i];
    }
    return own;
}

/* Starts git with its input from READ_END, its output into WRITE_END and its
   messages nowhere. */
static bool
start(struct az_arena *arena, const char *const *arguments, int read_end,
      int write_end, pid_t *ret_child)
{
    posix_spawn_file_actions_t actions;
    bool started = false;
    size_t count = 0;
    char **copy;

    while (arguments[count] != NULL)
        count++;
    copy = az_arena_array(arena, count + 1, sizeof(*copy));
    while (count-- > 0)
        copy[count] = az_arena_strdup(arena, arguments[count]);
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    if ((read_end < 0 ? posix_spawn_file_actions_addopen(
                            &actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
                      : posix_spawn_file_actions_adddup2(&actions, read_end,
                                                         STDIN_FILENO)) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, write_end, STDOUT_FILENO) ==
            0 &&
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                         O_WRONLY, 0) == 0)
        started = posix_spawnp(ret_child, copy[0], &actions, NULL, copy,
                               own_environment(arena)) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return started;
}

static bool
succeeded(pid_t child)
{
    int status;

    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* A pipe that no child inherits but by its standard files. */
static bool
make_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    if (fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 &&
        fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0)
        return true;
    close(ends[0]);
    close(ends[1]);
    return false;
}

/* One to a child and one from it; both or none. */
static bool
make_pipes(int requests[2], int answers[2])
{
    if (!make_pipe(requests))
        return false;
    if (make_pipe(answers))
        return true;
    close(requests[0]);
    close(requests[1]);
    return false;
}

bool
az_git_run(struct az_arena *arena, const char *const *arguments, size_t limit,
           struct az_str *ret)
{
    bool started, whole = false;
    pid_t child = 0;
    int ends[2];

    if (!make_pipe(ends))
        return false;
    started = start(arena, arguments, -1, ends[1], &child);
    close(ends[1]);
    if (started)
        whole = read_answer(arena, ends[0], limit, ret);
    /* one that has more to say ends by the closed pipe */
    close(ends[0]);
    return started && succeeded(child) && whole;
}

bool
az_git_feed(struct az_arena *arena, const char *const *arguments,
            struct az_str input, size_t limit, struct az_str *ret)
{
    bool started, written = false, whole = false;
    int requests[2], answers[2];
    pid_t child = 0;

    if (!make_pipes(requests, answers))
        return false;
    started = start(arena, arguments, requests[0], answers[1], &child);
    close(requests[0]);
    close(answers[1]);
    if (started)
        written = write_all(requests[1], input);
    close(requests[1]);
    if (started)
        whole = read_answer(arena, answers[0], limit, ret);
    close(answers[0]);
    return started && succeeded(child) && written && whole;
}

static void
end_server(void *object)
{
    const struct az_git_server *server = object;

    close(server->requests);
    close(server->answers);
    succeeded(server->child);
}

bool
az_git_serve(struct az_arena *arena, const char *const *arguments,
             struct az_git_server *ret)
{
    struct az_git_server *server;
    int requests[2], answers[2];
    bool started;

    if (!make_pipes(requests, answers))
        return false;
    started = start(arena, arguments, requests[0], answers[1], &ret->child);
    close(requests[0]);
    close(answers[1]);
    ret->requests = requests[1];
    ret->answers = answers[0];
    if (!started) {
        close(requests[1]);
        close(answers[0]);
        return false;
    }
    server = AZ_NEW(arena, struct az_git_server);
    *server = *ret;
    az_arena_defer(arena, end_server, server);
    return true;
}

/* Exactly SIZE bytes of FD. */
static bool
read_exactly(int fd, char *to, size_t size)
{
    ssize_t got;

    while (size > 0) {
        got = read(fd, to, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        size -= (size_t)got;
    }
    return true;
}

/* The size in the header that git sends before a blob; false if it sends
   something else. */
static bool
read_header(int fd, struct az_str object, size_t *ret_size)
{
    char header[MAX_HEADER], *end;
    size_t length = 0;
    unsigned long long size;

    do {
        if (length == sizeof(header) - 1 ||
            !read_exactly(fd, &header[length], 1))
            return false;
    } while (header[length++] != '\n');
    header[length] = '\0';
    if (strncmp(header, object.p, object.len) != 0 ||
        strncmp(header + object.len, " blob ", 6) != 0)
        return false;
    errno = 0;
    size = strtoull(header + object.len + 6, &end, 10);
    *ret_size = (size_t)size;
    return errno == 0 && *end == '\n' && size <= SSIZE_MAX;
}

bool
az_git_blob(const struct az_git_server *server, struct az_arena *arena,
            struct az_str object, struct az_str *ret)
{
    size_t size, limit = az_arena_limits(arena)->file_size;
    char *text, piece[4096];

    if (!write_all(server->requests, object) ||
        !write_all(server->requests, AZ_STR("\n")) ||
        !read_header(server->answers, object, &size))
        return false;
    text = az_arena_alloc(arena, (size <= limit ? size : limit + 1) + 1);
    *ret = (struct az_str){ text, size <= limit ? size : limit + 1 };
    if (!read_exactly(server->answers, text, ret->len))
        return false;
    /* the rest of one that is too large, and a newline */
    for (size = size - ret->len + 1; size > 0;) {
        size_t part = size < sizeof(piece) ? size : sizeof(piece);

        if (!read_exactly(server->answers, piece, part))
            return false;
        size -= part;
    }
    return true;
}

const char *
az_git_ask(struct az_arena *arena, const char *const *arguments)
{
    struct az_str answer;

    if (!az_git_run(arena, arguments, MAX_ANSWER, &answer) || answer.len < 2 ||
        answer.p[answer.len - 1] != '\n')
        return NULL;
    return az_arena_str(arena, (struct az_str){ answer.p, answer.len - 1 }).p;
}

const char *
az_git_head(struct az_arena *arena)
{
    static const char *const arguments[] = { "git", "rev-parse", "--verify",
                                             "HEAD^{commit}", NULL };

    return az_git_ask(arena, arguments);
}

const char *
az_git_branch(struct az_arena *arena)
{
    static const char *const arguments[] = { "git",     "symbolic-ref",
                                             "--quiet", "--short",
                                             "HEAD",    NULL };

    return az_git_ask(arena, arguments);
}
