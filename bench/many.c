/* Runs a program many times and prints the median of wall-clock times, in
   microseconds, and the most memory that a run took, in KiB:
   many COUNT PROGRAM [ARGUMENT...].
   SPDX-License-Identifier: MIT */

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define MAX_COUNT 10000

extern char **environ;

static long
now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int
compare(const void *a, const void *b)
{
    const long *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

int
main(int argc, char **argv)
{
    static long times[MAX_COUNT];
    posix_spawn_file_actions_t actions;
    struct rusage usage;
    int count = argc < 3 ? 0 : atoi(argv[1]), i, status;
    pid_t child;
    long start;

    if (count < 1 || count > MAX_COUNT)
        return 2;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    for (i = 0; i < count; i++) {
        start = now_us();
        if (posix_spawn(&child, argv[2], &actions, NULL, argv + 2, environ) !=
                0 ||
            waitpid(child, &status, 0) < 0 || status != 0) {
            fprintf(stderr, "many: %s failed\n", argv[2]);
            return 1;
        }
        times[i] = now_us() - start;
    }
    qsort(times, (size_t)count, sizeof(times[0]), compare);
    if (getrusage(RUSAGE_CHILDREN, &usage) < 0)
        return 1;
    printf("%ld %ld\n", times[count / 2], usage.ru_maxrss);
    return 0;
}
