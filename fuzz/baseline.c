/* Fuzz target: the comparison with a baseline.
   SPDX-License-Identifier: MIT

   The input is budgets, then, each behind a NUL, a budget summary, a baseline
   and a current run. */

#include "support.h"

#include "core/arena.h"
#include "gate/gate.h"
#include "gate/runs.h"
#include "read/read.h"

static const struct az_document *
read_part(struct az_arena *arena, const char *name, struct az_str *input)
{
    struct az_sink unheard;

    az_sink_init(&unheard, arena);
    return az_read_json(arena, &unheard,
                        az_source_new(arena, name, next_part(input)));
}

/* A run that was read has the digest that it says. */
static void
check_digests(struct az_arena *arena, const struct az_document *document)
{
    struct az_sink sink;
    struct az_runs runs;
    char digest[AZ_SHA256_SIZE];

    az_sink_init(&sink, arena);
    if (!az_runs_read(arena, &sink, document, &runs)) {
        require(az_sink_class(&sink) == AZ_CLASS_INPUT);
        return;
    }
    require(runs.count > 0);
    for (size_t i = 0; i < runs.count; i++) {
        az_run_digest(arena, runs.items[i].node, digest);
        require(az_str_eq_c(runs.items[i].digest, digest));
    }
}

static void
run(struct az_arena *arena, struct az_str input)
{
    struct az_gate_input gate = { .profile = AZ_STR("p"),
                                  .commit = "c0ffee",
                                  .commit_source = "--commit",
                                  .now = "2026-11-21T00:00:00Z",
                                  .today = "2026-11-21" };
    const struct az_document *summary;
    struct az_gate_result result;
    struct az_sink sink;

    gate.budgets = read_part(arena, "budgets", &input);
    summary = read_part(arena, "summary", &input);
    gate.baseline = read_part(arena, "baseline", &input);
    gate.current = read_part(arena, "current", &input);
    if (gate.budgets == NULL)
        return;
    gate.measurements = &summary;
    gate.measurement_count = summary == NULL ? 0 : 1;
    if (summary == NULL)
        gate.profile = AZ_STR("");
    if (gate.baseline != NULL)
        check_digests(arena, gate.baseline);
    az_sink_init(&sink, arena);
    az_gate_result_init(&result, arena);
    az_gate_judge(arena, &sink, &gate, &result);
    az_constituents_close(&result, &sink);
    require(result.compared <= result.judged);
    require(result.judged <= result.count);
    require(az_sink_class(&sink) == AZ_CLASS_NONE ||
            az_constituents_verdict(&result) > AZ_WARN);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);

    run(arena, (struct az_str){ (const char *)data, size });
    az_arena_free(arena);
    return 0;
}
