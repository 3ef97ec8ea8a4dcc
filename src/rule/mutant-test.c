/* Self-test: which mutants of a sample are noticed, and by what.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "rule/self-test-internal.h"

/* More than any number that a document means. */
#define HUGE_NUMBER "999999999999999999999999999999"

/* What notices a mutant. */
struct witnesses {
    struct az_arena *arena;
    const char **ids;
    size_t count;
    size_t capacity;
};

static void
add_onlooker(struct tester *tester, const struct az_rule *rule, size_t index)
{
    struct onlooker *onlookers =
        az_arena_grow(tester->arena, tester->onlookers, tester->onlooker_count,
                      &tester->onlooker_capacity, sizeof(*onlookers));

    tester->onlookers = onlookers;
    onlookers[tester->onlooker_count++] = (struct onlooker){ rule, index };
}

/* The rules that look at the kind and find nothing in the samples; the limits
   that they hold numbers against are noted in BOUNDS.  The kind's own come
   first. */
static void
find_onlookers(struct tester *tester, bool own, struct noted_limits *bounds)
{
    size_t i, k;

    for (i = 0; i < tester->count; i++) {
        const struct az_ruleset *ruleset = tester->kinds[i].ruleset;

        if ((i == tester->index) != own || ruleset == NULL)
            continue;
        for (k = 0; k < ruleset->count; k++) {
            const struct az_rule *rule = &ruleset->rules[k];
            struct az_arena *arena;
            struct az_judge *judge;
            struct az_sink sink;

            if (!own &&
                !az_self_test_refers(rule, tester->kinds[tester->index].name))
                continue;
            arena = az_arena_new_like(tester->arena);
            az_sink_init(&sink, arena);
            judge = az_self_test_judge(tester, arena, &sink,
                                       az_self_test_set(arena, tester));
            judge->bounds = bounds;
            az_judge_rule(judge, rule, i, NULL);
            if (sink.total == 0)
                add_onlooker(tester, rule, i);
            az_arena_free(arena);
        }
    }
}

/* Notes the limits that the schema has for the number of PLAN, which is set
   beyond all of them. */
static void
note_schema_bounds(struct tester *tester, const struct plan *plan,
                   struct noted_limits *bounds)
{
    const struct az_self_test_kind *kind = &tester->kinds[tester->index];
    struct az_arena *arena = az_arena_new_like(tester->arena);
    const struct az_node *root = az_rule_make_mutant(arena, plan);
    struct az_schema_bounds found = { NULL, 0, 0 };
    struct az_schema_options options = az_self_test_shape;
    struct az_sink sink;
    size_t i;

    options.bounds = &found;
    az_sink_init(&sink, arena);
    az_schema_check(kind->schema, arena, &sink,
                    az_self_test_variant(arena, kind->sample, root), root,
                    &options, NULL);
    for (i = 0; i < found.count; i++)
        az_rule_noted_add(bounds, plan->spot->node, found.items[i]);
    az_arena_free(arena);
}

/* Does so for each number of the sample that there are mutants of. */
static void
find_schema_bounds(struct tester *tester, const struct plans *plans,
                   struct noted_limits *bounds)
{
    const struct az_node numbers[] = {
        az_make_number(AZ_STR(HUGE_NUMBER)),
        az_make_number(AZ_STR("-" HUGE_NUMBER)),
    };
    size_t i, k;

    if (tester->kinds[tester->index].schema == NULL)
        return;
    for (i = 0; i < plans->count; i++) {
        struct plan plan = plans->items[i];

        if (plan.mutation != AZ_MUTATION_OFF_BY_ONE || plan.variant > 0)
            continue;
        for (k = 0; k < 2; k++) {
            plan.value = &numbers[k];
            note_schema_bounds(tester, &plan, bounds);
        }
    }
}

static void
add_witness(struct witnesses *witnesses, const char *id)
{
    size_t i;

    for (i = 0; i < witnesses->count; i++)
        if (strcmp(witnesses->ids[i], id) == 0)
            return;
    witnesses->ids =
        az_arena_grow(witnesses->arena, witnesses->ids, witnesses->count,
                      &witnesses->capacity, sizeof(*witnesses->ids));
    witnesses->ids[witnesses->count++] = id;
}

/* Whether the schema refuses the sample with another tree, DOCUMENT.  The ids
   of its findings go to WITNESSES, unless it is NULL. */
static bool
is_refused(const struct tester *tester, struct az_arena *arena,
           const struct az_document *document, struct witnesses *witnesses)
{
    const struct az_schema *schema = tester->kinds[tester->index].schema;
    struct az_sink sink;
    bool valid;
    size_t i;

    if (schema == NULL)
        return false;
    az_sink_init(&sink, arena);
    valid =
        az_schema_check(schema, arena, witnesses == NULL ? NULL : &sink,
                        document, document->root, &az_self_test_shape, NULL);
    for (i = 0; witnesses != NULL && i < sink.count; i++)
        add_witness(witnesses, az_diag_info(sink.diags[i]->id)->name);
    return !valid;
}

/* Whether the schema or a rule notices the sample with ROOT in its place; all
   that do are WITNESSES, unless it is NULL. */
static bool
is_killed(struct tester *tester, struct az_arena *arena,
          const struct az_node *root, struct witnesses *witnesses)
{
    struct az_judged *set = az_self_test_set(arena, tester);
    const struct az_document *document =
        az_self_test_variant(arena, tester->kinds[tester->index].sample, root);
    bool killed = is_refused(tester, arena, document, witnesses);
    struct az_judge *judge;
    struct az_sink sink;
    size_t i, before;

    tester->ret->killed_by_schema += killed;
    set[tester->index].document = document;
    az_sink_init(&sink, arena);
    judge = az_self_test_judge(tester, arena, &sink, set);
    judge->bare = true;
    for (i = 0; i < tester->onlooker_count; i++) {
        const struct onlooker *onlooker = &tester->onlookers[i];

        if (killed && witnesses == NULL)
            return true;
        before = sink.by_severity[AZ_ERROR] + sink.by_severity[AZ_WARNING];
        az_judge_rule(judge, onlooker->rule, onlooker->index, NULL);
        if (sink.by_severity[AZ_ERROR] + sink.by_severity[AZ_WARNING] == before)
            continue;
        killed = true;
        if (witnesses != NULL)
            add_witness(witnesses, onlooker->rule->id);
    }
    return killed;
}

static const char *const noticed[AZ_MUTATION_COUNT] = {
    "that this member is missing",
    "that this is empty",
    "that this item is there twice",
    "that two items have this id",
    "that this has another type",
    "that this is null",
    "an unknown key in this",
    "that this names nothing",
    "that this is one more or one less",
    "that this is 0",
    "that this is negative",
    "that this is beyond its limit",
    "that this list is reversed",
};

static void
list_mutant(struct tester *tester, const struct plan *plan,
            const struct witnesses *witnesses)
{
    const struct az_document *sample = tester->kinds[tester->index].sample;
    struct az_self_test *ret = tester->ret;
    const struct az_member *member = NULL;
    struct az_mutant *mutant;

    ret->listed = az_arena_grow(tester->arena, ret->listed, ret->listed_count,
                                &tester->listed_capacity, sizeof(*ret->listed));
    mutant = &ret->listed[ret->listed_count++];
    *mutant = (struct az_mutant){
        .mutation = plan->mutation,
        .pointer = az_document_pointer(tester->arena, sample, plan->shown),
        .place = az_document_place(sample, plan->shown),
        .noticed_by = witnesses->ids,
        .noticed_count = witnesses->count,
        .equivalent = witnesses->count == 0 && plan->equivalent,
    };
    if (plan->shown_key)
        member = az_document_member_of(sample, plan->shown);
    if (member != NULL)
        mutant->place.span = member->key_span;
}

static void
report_survivor(struct tester *tester, const struct az_mutant *mutant)
{
    az_sink_add(tester->sink, AZ_DIAG_SELF_TEST_SURVIVOR, mutant->place,
                "nobody notices %s (%s)", noticed[mutant->mutation],
                az_mutation_name(mutant->mutation))
        ->pointer = mutant->pointer;
}

static void
count_mutant(struct tester *tester, const struct plan *plan, bool killed,
             const struct witnesses *witnesses)
{
    struct az_self_test *ret = tester->ret;

    ret->mutants++;
    ret->killed += killed;
    ret->equivalent += !killed && plan->equivalent;
    ret->by_mutation[plan->mutation].mutants++;
    ret->by_mutation[plan->mutation].killed += killed;
    if (killed && !tester->explore)
        return;
    list_mutant(tester, plan, witnesses);
    if (!plan->equivalent && !tester->explore)
        report_survivor(tester, &ret->listed[ret->listed_count - 1]);
}

/* Mutants that stand together, variants of one, count as one; any of them
   noticed is enough. */
static void
try_mutants(struct tester *tester, const struct plans *plans)
{
    struct witnesses witnesses = { .arena = tester->arena };
    bool killed = false;
    size_t i;

    for (i = 0; i < plans->count; i++) {
        const struct plan *plan = &plans->items[i];
        struct az_arena *arena;

        if (plan->variant == 0) {
            killed = false;
            witnesses = (struct witnesses){ .arena = tester->arena };
        }
        if (!killed || tester->explore) {
            arena = az_arena_new_like(tester->arena);
            killed |= is_killed(tester, arena, az_rule_make_mutant(arena, plan),
                                tester->explore ? &witnesses : NULL);
            az_arena_free(arena);
        }
        if (plan->is_last_variant)
            count_mutant(tester, plan, killed, &witnesses);
    }
}

void
az_self_test_mutants(struct tester *tester)
{
    const struct az_document *sample = tester->kinds[tester->index].sample;
    struct noted_limits bounds;
    struct free_names free_names;
    struct stock stock = { tester->kinds, tester->count, tester->index, &bounds,
                           &free_names };
    struct plans plans;

    az_rule_find_free_names(tester->arena,
                            tester->explore ? NULL : tester->sink,
                            &tester->kinds[tester->index], &free_names);
    az_rule_noted_init(&bounds, tester->arena);
    find_onlookers(tester, true, &bounds);
    find_onlookers(tester, false, &bounds);
    /* once to know the numbers, and again with their limits */
    az_rule_plan_mutants(tester->arena, &stock, &plans);
    find_schema_bounds(tester, &plans, &bounds);
    az_rule_plan_mutants(tester->arena, &stock, &plans);
    tester->ret->cut = plans.cut;
    if (plans.cut > 0)
        az_sink_add(tester->sink, AZ_DIAG_SELF_TEST_CUT,
                    az_place_of(sample->source, (struct az_span){ 0, 0 }),
                    "%zu more mutants than %zu, the limit, are not tried",
                    plans.cut, plans.limit);
    try_mutants(tester, &plans);
}
