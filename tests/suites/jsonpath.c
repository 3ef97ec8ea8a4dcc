/* Runs the JSONPath compliance test suite: jsonpath DIR.
   SPDX-License-Identifier: MIT */

#include <stdio.h>
#include <stdlib.h>

#include "core/arena.h"
#include "core/diag.h"
#include "query/query.h"
#include "read/read.h"

static void
oom(void)
{
    fputs("out of memory\n", stderr);
    exit(5);
}

/* Whether NODES are, in order, the items of the array WANT. */
static bool
are_nodes(const struct az_nodes *nodes, const struct az_node *want)
{
    if (want->count != nodes->count) {
        return false;
    }
    for (size_t i = 0; i < nodes->count; i++) {
        if (!az_node_equal(nodes->items[i], &want->items[i])) {
            return false;
        }
    }
    return true;
}

/* The same for their normalized paths. */
static bool
are_paths(struct az_arena *arena, const struct az_node *root,
          const struct az_nodes *nodes, const struct az_node *want)
{
    const char **paths = az_query_paths(arena, root, nodes);

    if (want->count != nodes->count) {
        return false;
    }
    for (size_t i = 0; i < nodes->count; i++) {
        if (paths[i] == NULL || !az_node_is_string(&want->items[i], paths[i])) {
            return false;
        }
    }
    return true;
}

/* NULL if NODES are one of the results that TEST allows. */
static const char *
judge_nodes(struct az_arena *arena, const struct az_node *test,
            const struct az_nodes *nodes)
{
    const struct az_node *root = az_node_get(test, "document");
    const struct az_node *result = az_node_get(test, "result");
    const struct az_node *paths = az_node_get(test, "result_paths");
    const struct az_node *results = az_node_get(test, "results");
    const struct az_node *results_paths = az_node_get(test, "results_paths");

    if (result != NULL) {
        if (!are_nodes(nodes, result)) {
            return "other nodes";
        }
        return paths == NULL || are_paths(arena, root, nodes, paths)
                   ? NULL
                   : "other paths";
    }
    for (size_t i = 0; results != NULL && i < results->count; i++) {
        if (are_nodes(nodes, &results->items[i]) &&
            (results_paths == NULL ||
             are_paths(arena, root, nodes, &results_paths->items[i]))) {
            return NULL;
        }
    }
    return "none of the results";
}

/* NULL if TEST passes, else what went wrong. */
static const char *
judge(struct az_arena *arena, const struct az_node *test)
{
    const struct az_node *invalid = az_node_get(test, "invalid_selector");
    struct az_nodes nodes = { .count = 0 };
    struct az_query_error error;
    const struct az_query *query = az_query_parse(
        arena, az_node_text(az_node_get(test, "selector")), &error);

    if (invalid != NULL && invalid->truth) {
        return query == NULL ? NULL : "a wrong path was accepted";
    }
    if (query == NULL) {
        return az_arena_printf(arena, "byte %zu: %s", error.offset,
                               error.message);
    }
    if (!az_query_run(query, arena, az_node_get(test, "document"), &nodes)) {
        return "no answer";
    }
    return judge_nodes(arena, test, &nodes);
}

static const struct az_node *
read_tests(struct az_arena *arena, const char *dir)
{
    struct az_sink sink;

    az_sink_init(&sink, arena);
    const struct az_document *document =
        az_read_file(arena, &sink, az_arena_printf(arena, "%s/cts.json", dir));
    if (document == NULL) {
        return NULL;
    }
    return az_node_get(document->root, "tests");
}

int
main(int argc, char **argv)
{
    size_t passed = 0;
    size_t failed = 0;

    if (argc != 2) {
        fputs("usage: jsonpath DIR\n", stderr);
        return 2;
    }
    struct az_arena *arena = az_arena_new(oom);
    const struct az_node *tests = read_tests(arena, argv[1]);
    if (tests == NULL) {
        fputs("cts.json cannot be read\n", stderr);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < tests->count; i++) {
        const struct az_node *test = &tests->items[i];
        const char *problem = judge(arena, test);
        if (problem == NULL) {
            passed++;
            continue;
        }
        failed++;
        printf("FAIL %s, %s: %s\n",
               az_node_quote(arena, az_node_get(test, "name")),
               az_node_quote(arena, az_node_get(test, "selector")), problem);
    }
    az_arena_free(arena);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
