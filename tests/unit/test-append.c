/* Files that grow under a lock.
   SPDX-License-Identifier: MIT */

#include "folder.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/append.h"
#include "core/file.h"

/* Milliseconds that no test waits for longer than it must. */
#define SOON 60

static struct az_append append;

static bool
open_as(const char *path, enum az_append_mode mode)
{
    return az_append_open(arena, &sink, path, mode, SOON, &append);
}

static const char *
content_of(const char *path)
{
    return az_arena_str(arena, az_file_read(arena, &sink, path)->text).p;
}

START_TEST(appends_and_cuts)
{
    ck_assert(open_as("f", AZ_APPEND_CREATE));
    ck_assert(append.created);
    ck_assert_uint_eq(append.source->text.len, 0);
    ck_assert(az_append_write(&append, 0, AZ_STR("one\n")));
    az_append_close(&append);
    ck_assert_str_eq(content_of("f"), "one\n");
    ck_assert(open_as("f", AZ_APPEND_CREATE));
    ck_assert(!append.created);
    ck_assert(az_str_eq_c(append.source->text, "one\n"));
    ck_assert(az_append_write(&append, 4, AZ_STR("two, and a tail")));
    az_append_close(&append);
    ck_assert(open_as("f", AZ_APPEND_WRITE));
    ck_assert(az_append_write(&append, 7, AZ_STR("\n3\n")));
    az_append_close(&append);
    ck_assert_str_eq(content_of("f"), "one\ntwo\n3\n");
    ck_assert_uint_eq(sink.total, 0);
}
END_TEST

START_TEST(makes_nothing_unasked)
{
    ck_assert(open_as("none", AZ_APPEND_READ));
    ck_assert_ptr_null(append.source);
    ck_assert(open_as("none", AZ_APPEND_WRITE));
    ck_assert_ptr_null(append.source);
    az_append_close(&append);
    ck_assert_int_ne(access("none", F_OK), 0);
    /* what was made and not used goes */
    ck_assert(open_as("none", AZ_APPEND_CREATE));
    ck_assert_int_eq(access("none", F_OK), 0);
    az_append_close(&append);
    ck_assert_int_ne(access("none", F_OK), 0);
    ck_assert_uint_eq(sink.total, 0);
}
END_TEST

/* What is no file of one's own to append to. */
static const struct {
    const char *path;
    const char *why;
} refused[] = {
    { "link", "it is a symbolic link" },
    { "dangling", "it is a symbolic link" },
    { "fifo", "it is not a regular file" },
    { "/dev/null", "it is not a regular file" },
    { "folder", "Is a directory" },
    { "file/below", "Not a directory" },
};

START_TEST(refuses_what_is_no_file)
{
    const char *path = refused[_i].path;
    enum az_append_mode mode;

    ck_assert(az_file_write(arena, &sink, "file", AZ_STR("x")));
    ck_assert_int_eq(symlink("file", "link"), 0);
    ck_assert_int_eq(symlink("none", "dangling"), 0);
    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    ck_assert_int_eq(mkdir("folder", 0700), 0);
    for (mode = AZ_APPEND_WRITE; mode <= AZ_APPEND_CREATE; mode++) {
        az_sink_init(&sink, arena);
        ck_assert(!open_as(path, mode));
        ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_OUTPUT_FAILED);
        ck_assert_msg(strstr(sink.diags[0]->message, refused[_i].why) != NULL,
                      "%s: %s", path, sink.diags[0]->message);
    }
    az_sink_init(&sink, arena);
    ck_assert(!open_as(path, AZ_APPEND_READ));
    ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_FILE_UNREADABLE);
}
END_TEST

START_TEST(keeps_the_limit)
{
    struct az_limits limits = az_limits_own;

    limits.file_size = 4;
    az_arena_set_limits(arena, &limits);
    ck_assert(az_file_write(arena, &sink, "f", AZ_STR("1234")));
    ck_assert(open_as("f", AZ_APPEND_READ));
    az_append_close(&append);
    ck_assert(az_file_write(arena, &sink, "f", AZ_STR("12345")));
    ck_assert(!open_as("f", AZ_APPEND_READ));
    ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_FILE_TOO_LARGE);
}
END_TEST

/* Has another process open "f" as MODE; until it is killed. */
static pid_t
hold(enum az_append_mode mode, int *ret_ready)
{
    int ends[2];
    pid_t child;
    char ready;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        if (open_as("f", mode) && write(ends[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    ck_assert_int_eq(read(ends[0], &ready, 1), 1);
    *ret_ready = ends[0];
    return child;
}

static void
kill_holder(pid_t child, int ready)
{
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    close(ready);
}

START_TEST(waits_for_the_lock)
{
    int ready;
    pid_t child;

    ck_assert(az_file_write(arena, &sink, "f", AZ_STR("x")));
    child = hold(AZ_APPEND_WRITE, &ready);
    ck_assert(!open_as("f", AZ_APPEND_WRITE));
    ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_OUTPUT_FAILED);
    ck_assert_ptr_nonnull(strstr(sink.diags[0]->message, "had it locked"));
    az_sink_init(&sink, arena);
    ck_assert(!open_as("f", AZ_APPEND_READ));
    ck_assert_uint_eq(sink.diags[0]->id, AZ_DIAG_FILE_UNREADABLE);
    /* a process that is gone holds nothing */
    kill_holder(child, ready);
    ck_assert(open_as("f", AZ_APPEND_WRITE));
    az_append_close(&append);
    /* readers do not keep each other out */
    child = hold(AZ_APPEND_READ, &ready);
    ck_assert(open_as("f", AZ_APPEND_READ));
    az_append_close(&append);
    az_sink_init(&sink, arena);
    ck_assert(!open_as("f", AZ_APPEND_WRITE));
    kill_holder(child, ready);
}
END_TEST

/* A file that another was put in place of while the lock was waited for is not
   the one to append to. */
START_TEST(takes_the_file_of_that_name)
{
    int ready, status;
    pid_t child, other;

    ck_assert(az_file_write(arena, &sink, "f", AZ_STR("old")));
    child = hold(AZ_APPEND_WRITE, &ready);
    other = fork();
    if (other == 0)
        _exit(
            az_append_open(arena, &sink, "f", AZ_APPEND_WRITE, 5000, &append) &&
                    az_append_write(&append, 3, AZ_STR("er"))
                ? 0
                : 1);
    nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
    ck_assert(az_file_write(arena, &sink, "f", AZ_STR("new")));
    kill_holder(child, ready);
    ck_assert_int_eq(waitpid(other, &status, 0), other);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    ck_assert_str_eq(content_of("f"), "newer");
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("append");
    TCase *tcase = tcase_create("append");

    tcase_add_checked_fixture(tcase, enter_folder, leave_folder);
    tcase_add_test(tcase, appends_and_cuts);
    tcase_add_test(tcase, makes_nothing_unasked);
    tcase_add_loop_test(tcase, refuses_what_is_no_file, 0, COUNT(refused));
    tcase_add_test(tcase, keeps_the_limit);
    tcase_add_test(tcase, waits_for_the_lock);
    tcase_add_test(tcase, takes_the_file_of_that_name);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
