/* Runs the patterns of real schemas against what node says of them:
   regex DIR.
   SPDX-License-Identifier: MIT */

#include <stdio.h>
#include <stdlib.h>

#include "core/arena.h"
#include "core/diag.h"
#include "core/node.h"
#include "read/read.h"
#include "regex/regex.h"

static size_t passed;
static size_t failed;

static void
oom(void)
{
    fputs("out of memory\n", stderr);
    exit(5);
}

/* The first subject on which REGEX and WANT ('0' and '1' for each) part; the
   count of subjects when there is none. */
static size_t
first_difference(struct az_regex *regex, const struct az_node *subjects,
                 struct az_str want)
{
    size_t i;

    for (i = 0; i < subjects->count; i++) {
        enum az_regex_result got =
            az_regex_match(regex, az_node_text(&subjects->items[i]));
        enum az_regex_result expected =
            want.p[i] == '1' ? AZ_REGEX_MATCH : AZ_REGEX_NO_MATCH;

        if (got != expected)
            return i;
    }
    return i;
}

/* NULL if RECORD turns out as it says, else what went wrong. */
static const char *
judge(struct az_arena *arena, const struct az_node *record,
      const struct az_node *subjects)
{
    struct az_str pattern = az_node_text(az_node_get(record, "pattern"));
    struct az_str want = az_node_text(az_node_get(record, "match"));
    struct az_regex_error error;
    struct az_regex *regex =
        az_regex_new(arena, pattern, AZ_REGEX_ECMA, false, &error);
    size_t i;

    if (!regex)
        return az_arena_printf(arena, "%zu: %s", error.offset, error.message);
    if (want.len != subjects->count)
        return "the suite is not in order";
    i = first_difference(regex, subjects, want);
    if (i == subjects->count)
        return NULL;
    return az_arena_printf(arena, "%s, want %c",
                           az_node_quote(arena, &subjects->items[i]),
                           want.p[i]);
}

int
main(int argc, char **argv)
{
    const struct az_document *document;
    const struct az_node *patterns, *subjects;
    struct az_arena *arena;
    struct az_sink sink;
    size_t i;

    if (argc != 2) {
        fputs("usage: regex DIR\n", stderr);
        return 2;
    }
    arena = az_arena_new(oom);
    az_sink_init(&sink, arena);
    document = az_read_file(
        arena, &sink, az_arena_printf(arena, "%s/real_patterns.json", argv[1]));
    patterns = document ? az_node_get(document->root, "patterns") : NULL;
    subjects = document ? az_node_get(document->root, "subjects") : NULL;
    if (!patterns || !subjects) {
        printf("FAIL %s: not read\n", argv[1]);
        return EXIT_FAILURE;
    }
    for (i = 0; i < patterns->count; i++) {
        const char *problem = judge(arena, &patterns->items[i], subjects);

        passed += problem == NULL;
        failed += problem != NULL;
        if (problem)
            printf("FAIL %s: %s\n", az_node_quote(arena, &patterns->items[i]),
                   problem);
    }
    az_arena_free(arena);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
