/* Self-test: the good sample passes, and each rule can fail.
   SPDX-License-Identifier: MIT */

#include "rule/self-test.h"

#include <string.h>

#include "core/arena.h"
#include "rule/self-test-internal.h"

const struct az_schema_options az_self_test_shape = { .assert_format = true };

bool
az_self_test_refers(const struct az_rule *rule, const char *kind)
{
    size_t i;

    for (i = 0; i < rule->kind_count; i++)
        if (strcmp(rule->kinds[i], kind) == 0)
            return true;
    return false;
}

struct az_judged *
az_self_test_set(struct az_arena *arena, const struct tester *tester)
{
    struct az_judged *set = az_arena_array(arena, tester->count, sizeof(*set));
    size_t i;

    for (i = 0; i < tester->count; i++)
        set[i] = (struct az_judged){ tester->kinds[i].name,
                                     tester->kinds[i].sample, true };
    return set;
}

struct az_document *
az_self_test_variant(struct az_arena *arena, const struct az_document *sample,
                     const struct az_node *root)
{
    struct az_document *variant = AZ_NEW(arena, struct az_document);

    *variant = *sample;
    variant->root = root;
    variant->scattered = true;
    return variant;
}

struct az_judge *
az_self_test_judge(const struct tester *tester, struct az_arena *arena,
                   struct az_sink *sink, const struct az_judged *set)
{
    struct az_judge *judge =
        az_judge_new(arena, sink, set, tester->count, AZ_ERROR);

    az_judge_show(judge, &tester->world);
    return judge;
}

/* The kind's own schema and rules find nothing in its sample. */
static bool
test_sample(struct tester *tester)
{
    const struct az_self_test_kind *kind = &tester->kinds[tester->index];
    size_t before = tester->sink->total, found;
    struct az_judge *judge;

    if (kind->schema != NULL)
        az_schema_check(kind->schema, tester->arena, tester->sink, kind->sample,
                        kind->sample->root, &az_self_test_shape, NULL);
    judge = az_self_test_judge(tester, tester->arena, tester->sink,
                               az_self_test_set(tester->arena, tester));
    if (kind->ruleset != NULL)
        az_judge_document(judge, kind->ruleset, tester->index, NULL, NULL);
    found = tester->sink->total - before;
    if (found == 0)
        return true;
    az_sink_add(tester->sink, AZ_DIAG_SELF_TEST_SAMPLE,
                az_document_start(kind->sample, kind->sample->root),
                "the sample of kind %s is not accepted: %zu finding%s",
                az_str_quote(tester->arena, az_str_from(kind->name)), found,
                found == 1 ? "" : "s");
    return false;
}

/* The rules of other kinds that look at this one, and pass for the samples. */
static void
find_onlookers(struct tester *tester)
{
    struct az_sink sink;
    struct az_judge *judge;
    size_t i, k;

    for (i = 0; i < tester->count; i++) {
        const struct az_ruleset *ruleset = tester->kinds[i].ruleset;

        for (k = 0; i != tester->index && ruleset != NULL && k < ruleset->count;
             k++) {
            const struct az_rule *rule = &ruleset->rules[k];

            if (!az_self_test_refers(rule, tester->kinds[tester->index].name))
                continue;
            az_sink_init(&sink, tester->arena);
            judge = az_self_test_judge(tester, tester->arena, &sink,
                                       az_self_test_set(tester->arena, tester));
            az_judge_rule(judge, rule, i, NULL);
            if (sink.total > 0)
                continue;
            tester->onlookers = az_arena_grow(
                tester->arena, tester->onlookers, tester->onlooker_count,
                &tester->onlooker_capacity, sizeof(*tester->onlookers));
            tester->onlookers[tester->onlooker_count++] =
                (struct onlooker){ rule, i };
        }
    }
}

/* Mutants. */

/* Whether the schema or a rule refuses the sample with ROOT in its place. */
static bool
is_killed(struct tester *tester, struct az_arena *arena,
          const struct az_node *root, bool *ret_by_schema)
{
    const struct az_self_test_kind *kind = &tester->kinds[tester->index];
    struct az_judged *set = az_self_test_set(arena, tester);
    struct az_judge *judge;
    struct az_sink sink;
    size_t i;

    set[tester->index].document =
        az_self_test_variant(arena, kind->sample, root);
    *ret_by_schema =
        kind->schema != NULL &&
        !az_schema_check(kind->schema, arena, NULL, set[tester->index].document,
                         root, &az_self_test_shape, NULL);
    if (*ret_by_schema)
        return true;
    az_sink_init(&sink, arena);
    judge = az_self_test_judge(tester, arena, &sink, set);
    judge->bare = true;
    for (i = 0; kind->ruleset != NULL && i < kind->ruleset->count; i++) {
        az_judge_rule(judge, &kind->ruleset->rules[i], tester->index, NULL);
        if (sink.by_severity[AZ_ERROR] > 0)
            return true;
    }
    for (i = 0; i < tester->onlooker_count; i++) {
        az_judge_rule(judge, tester->onlookers[i].rule,
                      tester->onlookers[i].index, NULL);
        if (sink.by_severity[AZ_ERROR] > 0)
            return true;
    }
    return false;
}

static const char *const noticed[AZ_MUTATION_COUNT] = {
    "that this member is missing",
    "that this is empty",
    "that this item is there twice",
    "that two items have this id",
    "that this has another type",
    "an unknown key in this",
    "that this names nothing",
    "that this is one more or one less",
    "that this is 0",
    "that this is negative",
    "that this list is reversed",
};

static void
add_survivor(struct tester *tester, const struct plan *plan)
{
    const struct az_document *sample = tester->kinds[tester->index].sample;
    struct az_self_test *ret = tester->ret;
    struct az_survivor *survivor;
    const struct az_member *member;
    struct az_diag *diag;

    ret->survivors =
        az_arena_grow(tester->arena, ret->survivors, ret->survivor_count,
                      &tester->survivor_capacity, sizeof(*ret->survivors));
    survivor = &ret->survivors[ret->survivor_count++];
    survivor->mutation = plan->mutation;
    survivor->equivalent = plan->equivalent;
    survivor->pointer = az_document_pointer(tester->arena, sample, plan->shown);
    survivor->place = az_document_place(sample, plan->shown);
    if (plan->shown_key) {
        member = az_document_member_of(sample, plan->shown);
        if (member != NULL)
            survivor->place.span = member->key_span;
    }
    ret->equivalent += plan->equivalent;
    if (plan->equivalent)
        return;
    diag =
        az_sink_add(tester->sink, AZ_DIAG_SELF_TEST_SURVIVOR, survivor->place,
                    "nobody notices %s (%s)", noticed[plan->mutation],
                    az_mutation_name(plan->mutation));
    diag->pointer = survivor->pointer;
}

/* Mutants that stand together, variants of one, count as one; any of them
   noticed is enough. */
static void
test_mutants(struct tester *tester)
{
    struct az_self_test *ret = tester->ret;
    struct plans plans;
    bool killed = false, by_schema;
    size_t i;

    az_rule_plan_mutants(tester->arena, tester->kinds, tester->count,
                         tester->index, &plans);
    for (i = 0; i < plans.count; i++) {
        const struct plan *plan = &plans.items[i];
        struct az_arena *arena = az_arena_new_like(tester->arena);

        if (plan->variant == 0)
            killed = false;
        if (!killed) {
            killed = is_killed(tester, arena, az_rule_make_mutant(arena, plan),
                               &by_schema);
            ret->killed_by_schema += by_schema;
        }
        az_arena_free(arena);
        if (!plan->is_last_variant)
            continue;
        ret->mutants++;
        ret->killed += killed;
        ret->by_mutation[plan->mutation].mutants++;
        ret->by_mutation[plan->mutation].killed += killed;
        if (!killed)
            add_survivor(tester, plan);
    }
}

void
az_self_test_run(struct az_arena *arena, struct az_sink *sink,
                 const struct az_self_test_kind *kinds, size_t count,
                 size_t index, const struct az_self_test_options *options,
                 struct az_self_test *ret)
{
    struct tester tester = { .arena = arena,
                             .sink = sink,
                             .kinds = kinds,
                             .count = count,
                             .index = index,
                             .ret = ret };
    bool good;

    if (options != NULL)
        tester.world = options->world;
    memset(ret, 0, sizeof(*ret));
    good = test_sample(&tester);
    if (options != NULL && options->only_sample)
        return;
    az_self_test_breaks(&tester);
    if (!good || (options != NULL && options->no_mutants))
        return;
    find_onlookers(&tester);
    test_mutants(&tester);
}
