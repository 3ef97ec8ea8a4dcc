/* The summary of a benchmark corpus (assize-report(5)).
   SPDX-License-Identifier: MIT */

#include "gate/gate.h"

#include "core/arena.h"
#include "core/build.h"
#include "core/map.h"

#define SUMMARY_VERSION "benchmark-corpus-summary-v1"

/* What scenarios are counted by: the field of a scenario, a string or number or
   a list of them, and the list that says which of them must be there. */
static const struct facet {
    const char *name;  /* in the summary */
    const char *field; /* of a scenario */
    const char *owner; /* of the list: an object of the corpus, or NULL */
    const char *required;
} facets[] = {
    { "frameworks", "framework", "quality_gates", "required_frameworks" },
    { "workloads", "workload", "quality_gates", "required_workloads" },
    { "profiles", "profile", NULL, NULL },
    { "browsers", "browsers", "quality_gates", "required_browsers" },
    { "seeds", "seed_set", "quality_gates", "required_seed_set" },
    { "metrics", "metric_ids", "budget_contract", "metric_ids" },
};

enum { FACET_COUNT = sizeof facets / sizeof facets[0] };

/* One name of a facet. */
struct tally {
    size_t scenarios;
    size_t last; /* the scenario counted last, from 1 */
    bool required;
};

static bool
is_name(const struct az_node *node)
{
    return node->type == AZ_STRING || node->type == AZ_NUMBER;
}

static struct tally *
tally_of(struct az_map *tallies, const struct az_node *name)
{
    struct az_map_entry *entry = az_map_put(tallies, az_node_text(name), NULL);

    if (entry->value == NULL)
        entry->value = AZ_NEW(tallies->arena, struct tally);
    return entry->value;
}

/* Counts scenario NUMBER under NAME, once. */
static void
count_name(struct az_map *tallies, const struct az_node *name, size_t number)
{
    struct tally *tally;

    if (!is_name(name))
        return;
    tally = tally_of(tallies, name);
    if (tally->last != number)
        tally->scenarios++;
    tally->last = number;
}

static void
count_field(struct az_map *tallies, const struct az_node *field, size_t number)
{
    if (field == NULL)
        return;
    if (field->type != AZ_ARRAY) {
        count_name(tallies, field, number);
        return;
    }
    for (uint32_t i = 0; i < field->count; i++)
        count_name(tallies, &field->items[i], number);
}

static void
note_required(struct az_map *tallies, const struct az_node *root,
              const struct facet *facet)
{
    const struct az_node *list;

    if (facet->owner == NULL)
        return;
    list = az_node_get(az_node_get(root, facet->owner), facet->required);
    if (list == NULL || list->type != AZ_ARRAY)
        return;
    for (uint32_t i = 0; i < list->count; i++)
        if (is_name(&list->items[i]))
            tally_of(tallies, &list->items[i])->required = true;
}

static void
tally_facet(struct az_map *tallies, const struct az_node *root,
            const struct facet *facet)
{
    const struct az_node *scenarios = az_node_get(root, "scenarios");

    note_required(tallies, root, facet);
    if (scenarios == NULL || scenarios->type != AZ_ARRAY)
        return;
    for (uint32_t i = 0; i < scenarios->count; i++)
        count_field(tallies, az_node_get(&scenarios->items[i], facet->field),
                    (size_t)i + 1);
}

static struct az_node
counts_node(struct az_arena *arena, const struct az_map *tallies)
{
    struct az_builder counts;

    az_builder_init(&counts, arena);
    for (size_t i = 0; i < tallies->count; i++) {
        const struct tally *tally = tallies->entries[i].value;

        az_builder_set_str(&counts, tallies->entries[i].key,
                           az_make_integer(arena, (int64_t)tally->scenarios));
    }
    return az_builder_object(&counts);
}

/* {required: n, covered: n, missing: [name, ...]} */
static struct az_node
coverage_node(struct az_arena *arena, const struct az_map *tallies)
{
    struct az_builder coverage, missing;
    size_t required = 0;
    size_t covered = 0;

    az_builder_init(&missing, arena);
    for (size_t i = 0; i < tallies->count; i++) {
        const struct tally *tally = tallies->entries[i].value;

        if (!tally->required)
            continue;
        required++;
        if (tally->scenarios > 0)
            covered++;
        else
            az_builder_add(&missing, az_make_string(tallies->entries[i].key));
    }
    az_builder_init(&coverage, arena);
    az_builder_set_count(&coverage, "required", required);
    az_builder_set_count(&coverage, "covered", covered);
    az_builder_set(&coverage, "missing", az_builder_array(&missing));
    return az_builder_object(&coverage);
}

static struct az_node
scenario_ids(struct az_arena *arena, const struct az_node *root)
{
    const struct az_node *scenarios = az_node_get(root, "scenarios");
    struct az_builder ids;

    az_builder_init(&ids, arena);
    if (scenarios == NULL || scenarios->type != AZ_ARRAY)
        return az_builder_array(&ids);
    for (uint32_t i = 0; i < scenarios->count; i++) {
        const struct az_node *id = az_node_get(&scenarios->items[i], "id");

        az_builder_add(&ids, id != NULL ? *id : az_make_null());
    }
    return az_builder_array(&ids);
}

struct az_node
az_gate_corpus_summary(struct az_arena *arena, const struct az_document *corpus)
{
    const struct az_node *root = corpus->root;
    const struct az_node *version = az_node_get(root, "schema_version");
    struct az_node ids = scenario_ids(arena, root);
    struct az_builder summary, counts, coverage;

    az_builder_init(&counts, arena);
    az_builder_init(&coverage, arena);
    for (size_t i = 0; i < FACET_COUNT; i++) {
        struct az_map tallies;

        az_map_init(&tallies, arena);
        tally_facet(&tallies, root, &facets[i]);
        az_builder_set(&counts, facets[i].name, counts_node(arena, &tallies));
        if (facets[i].owner != NULL)
            az_builder_set(&coverage, facets[i].name,
                           coverage_node(arena, &tallies));
    }
    az_builder_init(&summary, arena);
    az_builder_set(&summary, "schema_version",
                   az_make_string_c(SUMMARY_VERSION));
    az_builder_set(&summary, "corpus_schema_version",
                   version != NULL ? *version : az_make_null());
    az_builder_set_count(&summary, "scenario_count", ids.count);
    az_builder_set(&summary, "scenarios", ids);
    az_builder_set(&summary, "counts", az_builder_object(&counts));
    az_builder_set(&summary, "coverage", az_builder_object(&coverage));
    return az_builder_object(&summary);
}
