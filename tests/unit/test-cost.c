/* What runs cost, in page faults and peak memory: unlike time, these hardly
   change from run to run and from machine to machine.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include "measure/log.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#ifdef __linux__
#    include <sys/prctl.h>
#endif
#include <unistd.h>

/* A check of the three reference policies takes about 104 faults more than a
   start does: 90 pages of memory, most of them for the 94 rules that it
   compiles, and a few of code.  Each is as dear as 6,000 instructions. */
#define BOUND 112

#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
#    define INSTRUMENTED 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define INSTRUMENTED 1
#    endif
#endif
#ifndef INSTRUMENTED
#    define INSTRUMENTED 0
#endif

extern char **environ;

static long
faults_so_far(void)
{
    struct rusage usage;

    ck_assert_int_eq(getrusage(RUSAGE_CHILDREN, &usage), 0);
    return usage.ru_minflt;
}

/* The fewest page faults of some runs of ARGV, which succeeds; the first may
   have to bring the program into memory. */
static long
faults_of(char **argv)
{
    posix_spawn_file_actions_t actions;
    long fewest = -1, faults;
    int status, i;
    pid_t child;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    for (i = 0; i < 5; i++) {
        faults = faults_so_far();
        ck_assert_int_eq(
            posix_spawn(&child, argv[0], &actions, NULL, argv, environ), 0);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert_int_eq(status, 0);
        faults = faults_so_far() - faults;
        if (fewest < 0 || faults < fewest)
            fewest = faults;
    }
    posix_spawn_file_actions_destroy(&actions);
    return fewest;
}

static char *
policy(const char *name)
{
    return az_arena_printf(arena, "%s/policies/%s", getenv("TOP_SRCDIR"), name);
}

START_TEST(test_faults)
{
    char *program = getenv("ASSIZE"), version[] = "--version",
         check[] = "check";
    char *start[] = { program, version, NULL };
    char *run[] = { program,
                    check,
                    policy("optimization-policy.json"),
                    policy("benchmark-corpus.json"),
                    policy("perf-budgets.json"),
                    NULL };
    long least, most;

    /* Instrumented programs and pages of other sizes count otherwise. */
    if (INSTRUMENTED || program == NULL || getenv("TOP_SRCDIR") == NULL ||
        sysconf(_SC_PAGESIZE) != 4096)
        return;
    ck_assert_int_eq(chdir("/"), 0); /* where no project is found */
    least = faults_of(start);
    most = faults_of(run);
    ck_assert_msg(most - least <= BOUND,
                  "%ld page faults, %ld more than a start takes: see Speed in "
                  "ARCHITECTURE.md",
                  most, most - least);
}
END_TEST

/* A log of GROUPS groups with PER_GROUP samples each, in turn, in the file
   "log". */
static void
write_log(unsigned groups, unsigned per_group)
{
    FILE *file = fopen("log", "w");

    ck_assert_ptr_nonnull(file);
    for (unsigned i = 0; i < groups * per_group; i++) {
        unsigned seed = i % groups;

        fprintf(file,
                "{\"scenario_id\": \"vanilla-cold-start\", \"framework\": "
                "\"vanilla-js\", \"workload\": \"cold-start\", \"profile\": "
                "\"core-min\", \"browser\": \"desktop-chromium\", "
                "\"bundler\": \"vite\", \"seed\": %u, \"metric_id\": "
                "\"M-PERF-02A\", \"value\": %u, \"unit\": \"ns\", "
                "\"status\": \"pass\", \"artifact_paths\": "
                "[\"artifacts/vanilla-cold-start/desktop-chromium/%u.json\"], "
                "\"repro_command\": \"./run.sh --scenario vanilla-cold-start "
                "--seed %u --metric p95_ns\", \"measured_at\": "
                "\"2026-02-28T06:53:%02u.%06uZ\"}\n",
                seed, 1000000 + i, seed, seed, i % 60, i % 1000000);
    }
    ck_assert_int_eq(fclose(file), 0);
}

/* The peak memory in bytes of a process that reads LOG, and finds so many
   groups and samples in it. */
static long
peak_of_run(size_t groups, size_t samples)
{
    struct az_log_options options = { .jobs = 2 };
    struct rusage usage;
    struct az_log log;
    int status, ends[2];
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    if (child == 0) {
#ifdef PR_SET_THP_DISABLE
        /* large pages come in one piece, or not: more than is looked for */
        prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
#endif
        az_log_init(&log, arena, &sink, &options);
        if (!az_log_read(&log, "log") || log.groups.count != groups ||
            log.samples != samples)
            _exit(1);
        getrusage(RUSAGE_SELF, &usage);
        _exit(write(ends[1], &usage, sizeof usage) != sizeof usage);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(read(ends[0], &usage, sizeof usage), sizeof usage);
    close(ends[0]);
    close(ends[1]);
    return usage.ru_maxrss * 1024;
}

/* The least of some runs: the threads do not always share the work alike. */
static long
peak_of_reading(size_t groups, size_t samples)
{
    long least = peak_of_run(groups, samples);

    for (int i = 0; i < 2; i++) {
        long peak = peak_of_run(groups, samples);

        least = peak < least ? peak : least;
    }
    return least;
}

/* A group of a sample log takes less than 1 KiB, a sample no more than eight
   bytes, whatever comes first; what does not grow with them is not counted. */
static const struct {
    const char *label;
    struct {
        unsigned groups, per_group;
    } few, many;
} logs[] = {
    { "one sample each", { 10000, 1 }, { 60000, 1 } },
    { "some samples each", { 6000, 17 }, { 26000, 17 } },
};

START_TEST(test_log_memory)
{
    char folder[] = "/tmp/assize-cost.XXXXXX";
    size_t few = (size_t)logs[_i].few.groups * logs[_i].few.per_group;
    size_t many = (size_t)logs[_i].many.groups * logs[_i].many.per_group;
    long least, most, bound;

    if (INSTRUMENTED)
        return;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    write_log(logs[_i].few.groups, logs[_i].few.per_group);
    least = peak_of_reading(logs[_i].few.groups, few);
    write_log(logs[_i].many.groups, logs[_i].many.per_group);
    most = peak_of_reading(logs[_i].many.groups, many);
    unlink("log");
    ck_assert_int_eq(chdir("/"), 0);
    rmdir(folder);
    bound = (long)(logs[_i].many.groups - logs[_i].few.groups) * 1024 +
            (long)(many - few) * 8;
    ck_assert_msg(most - least <= bound, "%s: %ld bytes, not %ld",
                  logs[_i].label, most - least, bound);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("cost");
    TCase *tcase = new_case(suite, "cost");

    tcase_add_test(tcase, test_faults);
    tcase_add_loop_test(tcase, test_log_memory, 0, COUNT(logs));
    return run_suite(suite);
}
