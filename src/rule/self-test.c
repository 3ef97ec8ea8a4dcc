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
                "the sample of kind %s is not accepted: %s",
                az_str_quote(tester->arena, az_str_from(kind->name)),
                az_str_counted(tester->arena, found, "finding"));
    return false;
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
                             .explore = options != NULL && options->explore,
                             .ret = ret };
    bool good;

    if (options != NULL)
        tester.world = options->world;
    memset(ret, 0, sizeof(*ret));
    if (tester.explore) {
        az_self_test_mutants(&tester);
        return;
    }
    good = test_sample(&tester);
    if (options != NULL && options->only_sample)
        return;
    az_self_test_breaks(&tester);
    if (!good || (options != NULL && options->no_mutants))
        return;
    az_self_test_mutants(&tester);
}
