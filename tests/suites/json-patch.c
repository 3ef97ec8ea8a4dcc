/* Runs the JSON Patch test suite: json-patch DIR.
   SPDX-License-Identifier: MIT */

#include <stdio.h>
#include <stdlib.h>

#include "core/arena.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/patch.h"
#include "read/read.h"

static size_t passed;
static size_t failed;

static void
oom(void)
{
    fputs("out of memory\n", stderr);
    exit(5);
}

static bool
flag(const struct az_node *record, const char *name)
{
    const struct az_node *value = az_node_get(record, name);

    return value != NULL && value->type == AZ_BOOLEAN && value->truth;
}

/* Whether the reader found a key twice in RECORD: then it refuses a file that
   is this record. */
static bool
is_refused(const struct az_sink *sink, const struct az_node *record)
{
    for (size_t i = 0; i < sink->count; i++) {
        struct az_span span = sink->diags[i]->place.span;
        if (sink->diags[i]->id == AZ_DIAG_DUPLICATE_KEY &&
            span.start >= record->span.start && span.end <= record->span.end) {
            return true;
        }
    }
    return false;
}

/* NULL if RECORD turns out as it says, else what went wrong. */
static const char *
judge(struct az_arena *arena, const struct az_node *record)
{
    const struct az_node *want = az_node_get(record, "expected");
    struct az_patch_error error;
    const struct az_node *got =
        az_patch_apply(arena, az_node_get(record, "doc"),
                       az_node_get(record, "patch"), &error);

    if (got == NULL) {
        return az_node_get(record, "error") != NULL ? NULL : error.message;
    }
    if (az_node_get(record, "error") != NULL) {
        return "no error";
    }
    return want == NULL || az_node_equal(got, want) ? NULL : "another result";
}

static void
run_file(struct az_arena *arena, const char *path)
{
    struct az_sink sink;

    az_sink_init(&sink, arena);
    const struct az_document *document = az_read_file(arena, &sink, path);
    if (document == NULL || document->root->type != AZ_ARRAY) {
        printf("FAIL %s: not read\n", path);
        failed++;
        return;
    }
    for (size_t i = 0; i < document->root->count; i++) {
        const struct az_node *record = &document->root->items[i];
        const char *problem = NULL;
        if (is_refused(&sink, record)) {
            problem = az_node_get(record, "error") != NULL ? NULL : "refused";
        } else if (flag(record, "disabled")) {
            continue;
        } else {
            problem = judge(arena, record);
        }
        if (problem == NULL) {
            passed++;
            continue;
        }
        failed++;
        const struct az_node *comment = az_node_get(record, "comment");
        printf("FAIL %s #%zu %s: %s\n", path, i,
               comment != NULL ? az_node_quote(arena, comment) : "", problem);
    }
}

int
main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: json-patch DIR\n", stderr);
        return 2;
    }
    struct az_arena *arena = az_arena_new(oom);
    run_file(arena, az_arena_printf(arena, "%s/tests.json", argv[1]));
    run_file(arena, az_arena_printf(arena, "%s/spec_tests.json", argv[1]));
    az_arena_free(arena);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
