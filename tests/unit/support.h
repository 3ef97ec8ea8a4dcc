/* What the unit tests share: an arena and a sink for each test, reading a
   text, running a suite.
   SPDX-License-Identifier: MIT */

#ifndef TESTS_UNIT_SUPPORT_H
#define TESTS_UNIT_SUPPORT_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/diag.h"
#include "core/node.h"
#include "read/read.h"

/* Made afresh for each test. */
static struct az_arena *arena;
static struct az_sink sink;

static void
out_of_memory(void)
{
    abort();
}

static inline void
setup(void)
{
    arena = az_arena_new(out_of_memory);
    az_sink_init(&sink, arena);
}

static inline void
teardown(void)
{
    az_arena_free(arena);
}

/* TEXT read as JSON under the name "test"; it must be sound. */
static inline const struct az_document *
document_of(const char *text)
{
    struct az_sink problems;
    const struct az_document *document;

    az_sink_init(&problems, arena);
    document = az_read_json(arena, &problems,
                            az_source_new(arena, "test", az_str_from(text)));
    ck_assert_msg(document != NULL && problems.total == 0, "not JSON: %s",
                  text);
    return document;
}

static inline const struct az_node *
node_of(const char *text)
{
    return document_of(text)->root;
}

/* A source over a copy of TEXT that ends with its block, so that
   AddressSanitizer sees who reads behind it. */
static inline struct az_source *
source_of(const char *name, struct az_str text)
{
    char *copy = malloc(text.len == 0 ? 1 : text.len);

    ck_assert_ptr_nonnull(copy);
    az_arena_defer(arena, free, copy);
    memcpy(copy, text.p, text.len);
    return az_source_new(arena, name,
                         (struct az_str){ .p = copy, .len = text.len });
}

/* TEXT, COUNT times. */
static inline const char *
text_times(const char *text, size_t count)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    for (size_t i = 0; i < count; i++)
        az_buf_add_c(&buf, text);
    return buf.p;
}

static inline const char *
name_of(const struct az_diag *diag)
{
    return az_diag_info(diag->id)->name;
}

/* NODE as compact JSON. */
static inline const char *
text_of(const struct az_node *node)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_node_print(&buf, node);
    return buf.p;
}

/* What a test may take, in seconds, so that a busy machine breaks none. */
enum { TIME_LIMIT = 60 };

/* A test case with the fixture. */
static inline TCase *
new_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, TIME_LIMIT);
    suite_add_tcase(suite, tcase);
    return tcase;
}

/* Runs SUITE; main's return value: a suite without tests has failed. */
static inline int
run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed =
        srunner_ntests_run(runner) == 0 || srunner_ntests_failed(runner) > 0;
    srunner_free(runner);
    return failed ? 1 : 0;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
