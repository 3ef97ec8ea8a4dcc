/* What git knows.
   SPDX-License-Identifier: MIT */

#include "cli/git.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/arena.h"

/* A commit's name is 40 or 64 digits. */
#define MAX_ANSWER 128
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

/* Reads up to CAPACITY bytes from FD; the number read, or -1. */
static ssize_t
read_answer(int fd, char *answer, size_t capacity)
{
    size_t len = 0;
    ssize_t got;

    while (len < capacity) {
        got = read(fd, answer + len, capacity - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        len += (size_t)got;
    }
    return (ssize_t)len;
}

/* The environment without what points git at another repository than that of
   the working directory: whose HEAD it is must not depend on who calls. */
static char **
own_environment(struct az_arena *arena)
{
    static const char *const misleading[] = { "GIT_DIR=", "GIT_COMMON_DIR=" };
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

/* Starts git with its output into WRITE_END and its messages nowhere. */
static bool
start(char *const *arguments, char *const *environment, int write_end,
      pid_t *ret_child)
{
    posix_spawn_file_actions_t actions;
    bool started = false;

    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    if (posix_spawn_file_actions_adddup2(&actions, write_end, STDOUT_FILENO) ==
            0 &&
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                         O_WRONLY, 0) == 0)
        started = posix_spawnp(ret_child, arguments[0], &actions, NULL,
                               arguments, environment) == 0;
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

const char *
az_git_head(struct az_arena *arena)
{
    char git[] = "git", verb[] = "rev-parse", option[] = "--verify",
         what[] = "HEAD^{commit}", answer[MAX_ANSWER];
    char *const arguments[] = { git, verb, option, what, NULL };
    ssize_t length = -1;
    bool started;
    pid_t child = 0;
    int ends[2];

    if (pipe(ends) != 0)
        return NULL;
    started = start(arguments, own_environment(arena), ends[1], &child);
    close(ends[1]);
    if (started)
        length = read_answer(ends[0], answer, sizeof(answer));
    close(ends[0]);
    if (!started || !succeeded(child) || length < 1 ||
        answer[length - 1] != '\n')
        return NULL;
    return az_arena_str(arena, (struct az_str){ answer, (size_t)length - 1 }).p;
}
