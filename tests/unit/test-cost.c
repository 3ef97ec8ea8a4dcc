/* What a small run costs, in page faults: unlike time, these hardly change from
   run to run and from machine to machine.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
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

int
main(void)
{
    Suite *suite = suite_create("cost");
    TCase *tcase = new_case(suite, "cost");

    tcase_add_test(tcase, test_faults);
    return run_suite(suite);
}
