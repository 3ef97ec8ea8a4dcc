/* Runs two programs in turn, many times: compare COUNT BASELINE [ARGUMENT...]
   -- PROGRAM [ARGUMENT...].
   SPDX-License-Identifier: MIT

   Prints the medians of the wall-clock times of each, in microseconds, the
   median of the ratios of neighbours, in hundredths, and the most memory that
   the program took, in KiB.  Whatever else the machine does at the time, it
   does to both. */

#define _DEFAULT_SOURCE /* wait4, which POSIX does not have */
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "support.h"

#define MAX_COUNT 10000

extern char **environ;

static int
compare_longs(const void *a, const void *b)
{
    const long *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static long
median(long *values, int count)
{
    qsort(values, (size_t)count, sizeof(*values), compare_longs);
    return values[count / 2];
}

/* How long one run of ARGV takes, in microseconds; in *RET_MEMORY the memory
   that it took, in KiB. */
static long
run(char **argv, const posix_spawn_file_actions_t *actions, long *ret_memory)
{
    double start = now_ns(CLOCK_MONOTONIC), end;
    struct rusage usage;
    int status;
    pid_t child;

    if (posix_spawn(&child, argv[0], actions, NULL, argv, environ) != 0 ||
        wait4(child, &status, 0, &usage) < 0 || status != 0) {
        fprintf(stderr, "compare: %s failed\n", argv[0]);
        exit(1);
    }
    end = now_ns(CLOCK_MONOTONIC);
    *ret_memory = usage.ru_maxrss;
    return (long)((end - start) / 1e3);
}

int
main(int argc, char **argv)
{
    static long baseline[MAX_COUNT], program[MAX_COUNT], ratio[MAX_COUNT];
    posix_spawn_file_actions_t actions;
    int count = argc < 5 ? 0 : atoi(argv[1]), split = 2, i;
    long memory, most = 0;

    while (split < argc && strcmp(argv[split], "--") != 0)
        split++;
    if (count < 1 || count > MAX_COUNT || split + 1 >= argc)
        return 2;
    argv[split] = NULL;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    for (i = 0; i < count; i++) {
        baseline[i] = run(argv + 2, &actions, &memory);
        program[i] = run(argv + split + 1, &actions, &memory);
        ratio[i] = program[i] * 100 / baseline[i];
        most = memory > most ? memory : most;
    }
    printf("%ld %ld %ld %ld\n", median(baseline, count), median(program, count),
           median(ratio, count), most);
    return 0;
}
