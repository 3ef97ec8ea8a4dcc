/* Rulesets: compiled, judged, self-tested.  The input is a ruleset, NUL, a
   document, NUL, a document of another kind.
   SPDX-License-Identifier: MIT */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#include "core/arena.h"
#include "read/read.h"
#include "rule/self-test.h"

/* Mutants of larger samples take too long for a fuzzer. */
#define MAX_SAMPLE 64

static const struct az_document *
read_part(struct az_arena *arena, struct az_str *input, const char *name)
{
    struct az_sink sink;
    const struct az_document *document;

    az_sink_init(&sink, arena);
    document = az_read_source(arena, &sink,
                              az_source_new(arena, name, next_part(input)));
    return sink.by_severity[AZ_ERROR] == 0 ? document : NULL;
}

/* What a report relies on. */
static void
check_findings(const struct az_sink *sink)
{
    size_t i;

    for (i = 0; i < sink->count; i++) {
        const struct az_diag *diag = sink->diags[i];

        if (diag->message[0] == '\0' || strpbrk(diag->message, "\n\r") != NULL)
            abort();
        if (diag->place.source != NULL &&
            (diag->place.span.start > diag->place.span.end ||
             diag->place.span.end > diag->place.source->text.len))
            abort();
    }
}

static void
judge(struct az_arena *arena, const struct az_ruleset *ruleset,
      const struct az_document *own, const struct az_document *other)
{
    const struct az_judged set[] = { { "own", own, true },
                                     { "other", other, true } };
    const struct az_self_test_kind kinds[] = {
        { "own", NULL, ruleset, own, NULL },
        { "other", NULL, NULL, other, NULL },
    };
    struct az_self_test_options options = { .no_mutants = false };
    struct az_self_test result;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    az_judge_document(az_judge_new(arena, &sink, set, 2, AZ_INFO), ruleset, 0,
                      NULL, NULL);
    check_findings(&sink);
    options.no_mutants = az_node_size(own->root) > MAX_SAMPLE;
    az_self_test_run(arena, &sink, kinds, 2, 0, &options, &result);
    if (result.killed + result.listed_count != result.mutants)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    struct az_str input = { (const char *)data, size };
    const struct az_document *rules = read_part(arena, &input, "rules");
    const struct az_document *own = read_part(arena, &input, "own");
    const struct az_document *other = read_part(arena, &input, "other");
    const struct az_ruleset *ruleset = NULL;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    if (rules != NULL)
        ruleset = az_ruleset_compile(arena, &sink, rules, NULL);
    check_findings(&sink);
    if (rules != NULL && (ruleset == NULL) != (sink.total > 0))
        abort();
    if (ruleset != NULL && own != NULL && other != NULL)
        judge(arena, ruleset, own, other);
    az_arena_free(arena);
    return 0;
}
