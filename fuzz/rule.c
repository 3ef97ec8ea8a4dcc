/* Fuzz target: rulesets, compiled, judged, self-tested.
   SPDX-License-Identifier: MIT

   The input is a ruleset, NUL, a document, NUL, a document of another kind.
   Rules that have few steps say no more than these allow, and what holds in few
   holds in many. */

#include "findings.h"
#include "support.h"

#include "core/arena.h"
#include "core/limits.h"
#include "read/read.h"
#include "rule/compiled.h"
#include "rule/self-test.h"

/* Mutants of larger samples take too long for a fuzzer. */
#define MAX_SAMPLE 64

/* So would rules that take all steps that there are; what few are depends on
   the input. */
#define MANY_STEPS 1000000
#define FEW_STEPS  997

/* A finding takes more steps than this. */
#define STEPS_PER_FINDING 8
#define MAX_OWN_FINDINGS  16

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

/* RULE's findings are as many as STEPS allow, and the few that a rule has for
   each of its paths and when it stops; whether it did. */
static bool
check_rule(const struct az_sink *sink, const struct az_rule *rule, size_t steps)
{
    size_t found = 0, stops = 0, i;

    for (i = 0; i < sink->count; i++) {
        const struct az_diag *diag = sink->diags[i];

        if (diag->rule == NULL || strcmp(diag->rule, rule->id) != 0)
            continue;
        found++;
        stops += diag->id == AZ_DIAG_RULE_BUDGET;
    }
    require(stops <= 1);
    require(found <= steps / STEPS_PER_FINDING + MAX_OWN_FINDINGS);
    return stops == 1;
}

/* Judges the first document of SET with STEPS for each rule; how many went over
   that, and in *COUNTS what became of all. */
static size_t
judge_within(struct az_arena *arena, const struct az_ruleset *ruleset,
             const struct az_judged *set, size_t steps,
             struct az_rule_counts *counts)
{
    const struct az_limits *limits = az_arena_limits(arena);
    struct az_limits lowered = *limits;
    struct az_sink sink;
    size_t stopped = 0, i;

    lowered.rule_steps = steps;
    az_arena_set_limits(arena, &lowered);
    memset(counts, 0, sizeof(*counts));
    az_sink_init(&sink, arena);
    az_judge_document(az_judge_new(arena, &sink, set, 2, AZ_INFO), ruleset, 0,
                      NULL, counts);
    az_arena_set_limits(arena, limits);
    check_findings(&sink);
    for (i = 0; i < ruleset->count; i++)
        stopped += check_rule(&sink, &ruleset->rules[i], steps);
    require(stopped <= counts->unsure && stopped <= counts->failed);
    return stopped;
}

/* What few steps leave out is not a pass. */
static void
check_budget(struct az_arena *arena, const struct az_ruleset *ruleset,
             const struct az_judged *set, size_t few)
{
    struct az_rule_counts in_few, in_many;
    size_t stopped = judge_within(arena, ruleset, set, few, &in_few);

    (void)judge_within(arena, ruleset, set, MANY_STEPS, &in_many);
    require(in_few.judged == in_many.judged);
    require(in_few.broken >= in_many.broken);
    require(in_few.broken <= in_many.broken + stopped);
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

    check_budget(arena, ruleset, set, 1 + own->source->text.len % FEW_STEPS);
    az_sink_init(&sink, arena);
    options.no_mutants = az_node_size(own->root) > MAX_SAMPLE;
    az_self_test_run(arena, &sink, kinds, 2, 0, &options, &result);
    require(result.killed + result.listed_count == result.mutants);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    struct az_limits limits = az_limits_own;
    struct az_str input = { (const char *)data, size };
    const struct az_document *rules = read_part(arena, &input, "rules");
    const struct az_document *own = read_part(arena, &input, "own");
    const struct az_document *other = read_part(arena, &input, "other");
    const struct az_ruleset *ruleset = NULL;
    struct az_sink sink;

    limits.rule_steps = MANY_STEPS;
    az_arena_set_limits(arena, &limits);
    az_sink_init(&sink, arena);
    if (rules != NULL)
        ruleset = az_ruleset_compile(arena, &sink, rules, NULL);
    check_findings(&sink);
    require(rules == NULL || (ruleset == NULL) == (sink.total > 0));
    if (ruleset != NULL && own != NULL && other != NULL)
        judge(arena, ruleset, own, other);
    az_arena_free(arena);
    return 0;
}
