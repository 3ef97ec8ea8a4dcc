/* Runs Spectral's vectors by rulesets of our own words: rules-spectral DIR.
   SPDX-License-Identifier: MIT

   Each vector names a rule, a document and the findings: paths and severities.
   tests/data/rules-spectral/ has a ruleset for each rule. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/diag.h"
#include "core/map.h"
#include "read/read.h"
#include "rule/rule.h"

static void
oom(void)
{
    fputs("out of memory\n", stderr);
    exit(5);
}

/* The ruleset for the rule called NAME, compiled once. */
static const struct az_ruleset *
find_ruleset(struct az_arena *arena, struct az_map *rulesets,
             const struct az_node *name)
{
    const char *top = getenv("TOP_SRCDIR");
    struct az_map_entry *entry;
    const struct az_document *document;
    struct az_sink sink;
    bool is_new;

    entry = az_map_put(rulesets, az_node_text(name), &is_new);
    if (!is_new)
        return entry->value;
    az_sink_init(&sink, arena);
    document = az_read_file(
        arena, &sink,
        az_arena_printf(arena, "%s/tests/data/rules-spectral/%.*s.rules.yaml",
                        top == NULL ? "." : top,
                        AZ_STR_ARG(az_node_text(name))));
    if (document != NULL)
        entry->value =
            (void *)(uintptr_t)az_ruleset_compile(arena, &sink, document, NULL);
    if (sink.count > 0)
        printf("%.*s: %s\n", AZ_STR_ARG(az_node_text(name)),
               sink.diags[0]->message);
    return entry->value;
}

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* LINES in order, one behind the other. */
static const char *
join(struct az_arena *arena, const char **lines, size_t count)
{
    struct az_buf buf;
    size_t i;

    qsort(lines, count, sizeof(*lines), compare_lines);
    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    for (i = 0; i < count; i++)
        az_buf_addf(&buf, " [%s]", lines[i]);
    return buf.p;
}

/* Severity and pointer of each of ERRORS. */
static const char *
list_wanted(struct az_arena *arena, const struct az_node *errors)
{
    const char **lines =
        az_arena_array(arena, errors->count + 1, sizeof(*lines));
    size_t i, k;

    for (i = 0; i < errors->count; i++) {
        const struct az_node *path = az_node_get(&errors->items[i], "path");
        const struct az_node *severity =
            az_node_get(&errors->items[i], "severity");
        struct az_buf buf;

        az_buf_init(&buf, arena);
        az_buf_addf(&buf, "%s ",
                    az_str_eq_c(az_node_text(severity), "0")   ? "error"
                    : az_str_eq_c(az_node_text(severity), "1") ? "warning"
                                                               : "info");
        for (k = 0; k < path->count; k++) {
            struct az_str name = az_node_text(&path->items[k]);
            size_t c;

            az_buf_add_char(&buf, '/');
            for (c = 0; c < name.len; c++)
                if (name.p[c] == '~')
                    az_buf_add_c(&buf, "~0");
                else if (name.p[c] == '/')
                    az_buf_add_c(&buf, "~1");
                else
                    az_buf_add_char(&buf, name.p[c]);
        }
        lines[i] = buf.p;
    }
    return join(arena, lines, errors->count);
}

static const char *
list_found(struct az_arena *arena, const struct az_sink *sink)
{
    const char **lines = az_arena_array(arena, sink->count + 1, sizeof(*lines));
    size_t i;

    for (i = 0; i < sink->count; i++)
        lines[i] = az_arena_printf(arena, "%s %s",
                                   az_severity_name(sink->diags[i]->severity),
                                   sink->diags[i]->pointer);
    return join(arena, lines, sink->count);
}

/* Whether VECTOR's document has the findings that it says. */
static bool
judge(struct az_arena *arena, struct az_map *rulesets,
      const struct az_document *suite, const struct az_node *vector)
{
    const struct az_node *rule = az_node_get(vector, "rule");
    const struct az_node *name = az_node_get(vector, "name");
    const struct az_ruleset *ruleset = find_ruleset(arena, rulesets, rule);
    struct az_document document = *suite;
    const struct az_judged set[] = { { "own", &document, true } };
    const char *wanted, *found;
    struct az_sink sink;

    document.root = az_node_get(vector, "document");
    az_sink_init(&sink, arena);
    if (ruleset != NULL)
        az_judge_document(az_judge_new(arena, &sink, set, 1, AZ_INFO), ruleset,
                          0, NULL, NULL);
    wanted = list_wanted(arena, az_node_get(vector, "errors"));
    found = list_found(arena, &sink);
    if (ruleset != NULL && strcmp(wanted, found) == 0)
        return true;
    printf("FAIL %.*s, %.*s: found%s, wanted%s\n",
           AZ_STR_ARG(az_node_text(rule)), AZ_STR_ARG(az_node_text(name)),
           ruleset == NULL ? " no ruleset" : found, wanted);
    return false;
}

int
main(int argc, char **argv)
{
    struct az_arena *arena = az_arena_new(oom);
    const struct az_document *suite;
    size_t i, passed = 0, failed = 0;
    const struct az_node *vectors;
    struct az_map rulesets;
    struct az_sink sink;

    if (argc != 2) {
        fputs("usage: rules-spectral DIR\n", stderr);
        return 2;
    }
    az_sink_init(&sink, arena);
    az_map_init(&rulesets, arena);
    suite = az_read_file(arena, &sink,
                         az_arena_printf(arena, "%s/vectors.json", argv[1]));
    vectors = suite == NULL ? NULL : az_node_get(suite->root, "tests");
    for (i = 0; vectors != NULL && i < vectors->count; i++) {
        bool good = judge(arena, &rulesets, suite, &vectors->items[i]);

        passed += good;
        failed += !good;
    }
    az_arena_free(arena);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed == 0 && passed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
