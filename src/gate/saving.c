/* Runs made of what a gate judged, and what levels do to the anchors.
   SPDX-License-Identifier: MIT */

#include "gate/saving.h"

#include "core/arena.h"
#include "core/build.h"
#include "gate/baseline.h"
#include "gate/provenance.h"
#include "gate/session.h"

/* The values of a run while it is made. */
struct values {
    struct az_builder list;
    struct az_map seen; /* metric and environment of each */
};

/* Adds VALUE in UNIT, which M is the measurement of, unless that is there. */
static void
add_value(struct values *values, const struct az_measurement *m,
          struct az_decimal value, const struct az_unit *unit)
{
    struct az_arena *arena = values->list.arena;
    struct az_provenance provenance;
    struct az_builder object;
    struct az_node told;
    bool is_new;

    az_map_put(&values->seen, az_map_pair_key(arena, m->metric, m->environment),
               &is_new);
    if (!is_new)
        return;
    az_builder_init(&object, arena);
    az_builder_set(&object, "metric_id", az_make_string(m->metric));
    az_builder_set(&object, "environment", az_make_string(m->environment));
    az_builder_set(&object, "value",
                   az_make_number(az_decimal_print(arena, value)));
    az_builder_set(&object, "unit", az_make_string_c(unit->name));
    az_provenance_of(&provenance, m);
    told = az_provenance_node(arena, &provenance);
    if (told.type != AZ_NULL)
        az_builder_set(&object, "provenance", told);
    az_builder_add(&values->list, az_builder_object(&object));
}

/* The values that RESULT has judged: what was measured, in the units of the
   budgets, and what has no budget but others are derived of.  Those are
   computed again by whoever wants them. */
static struct az_node
values_of(struct az_arena *arena, const struct az_gate_result *result)
{
    struct values values;

    az_builder_init(&values.list, arena);
    az_map_init(&values.seen, arena);
    for (size_t i = 0; i < result->count; i++) {
        const struct az_row *row = &result->items[i];

        if (row->has_value && row->operands == NULL)
            add_value(&values, row->measured, row->value, row->unit);
    }
    for (size_t i = 0; i < result->count; i++) {
        const struct az_row *row = &result->items[i];

        for (size_t k = 0; row->has_value && row->operands != NULL &&
                           k < row->budget->derived->count;
             k++)
            add_value(&values, row->operands[k], row->operands[k]->value,
                      row->operands[k]->unit);
    }
    return az_builder_array(&values.list);
}

struct az_node
az_run_make(struct az_arena *arena, const struct az_gate_result *result,
            const struct az_run_origin *origin)
{
    struct az_node values = values_of(arena, result), node;
    struct az_builder run;
    char *digest = az_arena_alloc(arena, AZ_SHA256_SIZE);

    if (values.count == 0)
        return az_make_null();
    az_builder_init(&run, arena);
    az_builder_set(&run, "commit", az_make_string(result->known_commit));
    az_builder_set(&run, "branch", az_make_string(origin->branch));
    az_builder_set(&run, "recorded_at", az_make_string(origin->recorded_at));
    az_builder_set(&run, "profile", az_make_string(result->profile));
    if (origin->pair > 0)
        az_builder_set_count(&run, "pair", origin->pair);
    az_builder_set(&run, "sources", origin->sources);
    az_builder_set(&run, "values", values);
    node = az_builder_object(&run);
    az_run_digest(arena, &node, digest);
    az_builder_set(&run, "digest", az_make_string_c(digest));
    return az_builder_object(&run);
}

/* The runs of the same files and profile, each of another commit. */
struct az_measured_list {
    const struct az_run **items;
    size_t count;
    size_t capacity;
};

/* A key that is the same for the same files, in whatever order, and the same
   profile; empty if RUN has no files. */
static struct az_str
files_of(struct az_arena *arena, const struct az_run *run)
{
    const struct az_node *sources = az_node_get(run->node, "sources");
    const struct az_node **sorted;
    struct az_builder digests;
    struct az_node list;
    struct az_str *texts;

    az_builder_init(&digests, arena);
    for (uint32_t i = 0;
         sources != NULL && sources->type == AZ_ARRAY && i < sources->count;
         i++) {
        const struct az_node *digest =
            az_node_get(&sources->items[i], "sha256");

        if (digest != NULL && digest->type == AZ_STRING)
            az_builder_add(&digests, *digest);
    }
    list = az_builder_array(&digests);
    if (list.count == 0)
        return AZ_STR("");
    sorted = az_node_sorted(arena, &list);
    texts = az_arena_array(arena, (size_t)list.count + 1, sizeof *texts);
    texts[0] = run->profile;
    for (uint32_t i = 0; i < list.count; i++)
        texts[i + 1] = az_node_text(sorted[i]);
    return az_map_key(arena, texts, (size_t)list.count + 1);
}

void
az_measured_init(struct az_measured *measured, struct az_arena *arena)
{
    az_map_init(&measured->files, arena);
}

const struct az_run *
az_measured_note(struct az_measured *measured, const struct az_run *run)
{
    struct az_arena *arena = measured->files.arena;
    struct az_str files = files_of(arena, run);
    struct az_measured_list *list;
    struct az_map_entry *entry;

    if (files.len == 0)
        return NULL;
    entry = az_map_put(&measured->files, files, NULL);
    if (entry->value == NULL)
        entry->value = AZ_NEW(arena, struct az_measured_list);
    list = entry->value;
    for (size_t i = 0; i < list->count; i++)
        if (az_gate_is_same_commit(list->items[i]->commit, run->commit))
            return list->items[i];
    list->items = az_arena_grow(arena, (void *)list->items, list->count,
                                &list->capacity, sizeof *list->items);
    list->items[list->count++] = run;
    return NULL;
}

/* The budgets that are in force for a profile. */
struct by_profile {
    struct az_arena *arena;
    const struct az_document *document;
    struct az_map budgets; /* profile -> struct az_budgets */
};

/* The budget of SERIES in its profile; NULL if it has none. */
static const struct az_budget *
find_budget(struct by_profile *all, const struct az_run_series *series)
{
    struct az_map_entry *entry =
        az_map_put(&all->budgets, series->profile, NULL);
    struct az_budgets *budgets = entry->value;
    struct az_sink unheard;

    if (budgets == NULL) {
        budgets = AZ_NEW(all->arena, struct az_budgets);
        entry->value = budgets;
        az_sink_init(&unheard, all->arena);
        az_map_init(&budgets->metrics, all->arena);
        az_budgets_read(all->arena, &unheard, all->document, series->profile,
                        budgets);
    }
    return az_map_get(&budgets->metrics, series->metric);
}

/* LEVEL of SERIES as an anchor, in the unit of its last run where that is
   exact. */
static struct az_node
anchor_node(struct az_arena *arena, const struct az_run_series *series,
            const struct az_run_level *level)
{
    const struct az_run_point *last = level->last;
    const struct az_unit *unit = last->value->unit;
    const struct az_unit *base = az_unit_base(unit->dimension);
    struct az_decimal value = level->base;
    struct az_provenance provenance;
    struct az_builder object;
    struct az_node told;

    if (!az_unit_convert(arena, level->base, base, unit, &value))
        unit = base;
    az_builder_init(&object, arena);
    az_builder_set(&object, "metric_id", az_make_string(series->metric));
    az_builder_set(&object, "profile", az_make_string(series->profile));
    az_builder_set(&object, "environment", az_make_string(series->environment));
    az_builder_set(&object, "value",
                   az_make_number(az_decimal_print(arena, value)));
    az_builder_set(&object, "unit", az_make_string_c(unit->name));
    az_builder_set(&object, "commit", az_make_string(last->run->commit));
    az_provenance_read(&provenance,
                       az_node_get(last->value->node, "provenance"),
                       az_node_get(last->run->node, "provenance"));
    told = az_provenance_node(arena, &provenance);
    if (told.type != AZ_NULL && !last->value->computed)
        az_builder_set(&object, "provenance", told);
    return az_builder_object(&object);
}

/* Whether the best level of SERIES, which *RET then is, is better than its
   anchor, or it has no anchor. */
static bool
is_improved(struct by_profile *all, const struct az_run_series *series,
            size_t window, struct az_run_level *ret)
{
    const struct az_budget *budget = find_budget(all, series);

    for (size_t i = 0; budget != NULL && i < series->count; i++)
        if (series->points[i].value->unit->dimension != budget->unit->dimension)
            return false;
    if (budget == NULL || !az_runs_best_window(all->arena, series, window,
                                               budget->higher_is_better, ret))
        return false;
    return series->anchor == NULL ||
           az_level_is_better(ret->base, series->anchor->base,
                              budget->higher_is_better);
}

/* Anchors that are better than those that there are. */
struct improvement {
    struct az_map better;    /* the anchor's node, by its address -> a better
                                one, struct az_node */
    struct az_builder fresh; /* of series that have none */
};

/* Notes LEVEL, to which SERIES has come, as its anchor. */
static void
improve(struct az_arena *arena, struct improvement *improvement,
        const struct az_run_series *series, const struct az_run_level *level)
{
    struct az_node *node = AZ_NEW(arena, struct az_node);

    *node = anchor_node(arena, series, level);
    if (series->anchor == NULL)
        az_builder_add(&improvement->fresh, *node);
    else
        az_map_put(&improvement->better, AZ_KEY_OF(series->anchor->node), NULL)
            ->value = node;
}

/* The anchors of the list OLD, which may be NULL, each as it is now, and behind
   them the fresh ones. */
static struct az_node
merge_anchors(struct az_arena *arena, const struct az_node *old,
              const struct improvement *improvement)
{
    struct az_builder anchors;

    az_builder_init(&anchors, arena);
    for (uint32_t i = 0; old != NULL && i < old->count; i++) {
        const struct az_node *item = &old->items[i];
        const struct az_node *better =
            az_map_get(&improvement->better, AZ_KEY_OF(item));

        az_builder_add(&anchors, better != NULL ? *better : *item);
    }
    for (size_t i = 0; i < improvement->fresh.count; i++)
        az_builder_add(&anchors, improvement->fresh.members[i].value);
    return az_builder_array(&anchors);
}

struct az_node
az_anchors_improve(struct az_arena *arena, const struct az_document *budgets,
                   const struct az_runs *runs, size_t *ret_changed)
{
    const struct az_node *old = az_node_get(runs->document->root, "anchors");
    struct by_profile all = { .arena = arena, .document = budgets };
    struct az_drift_rule rule;
    bool has_rule = az_drift_rule_read(
        arena, az_node_get(budgets->root, "baseline_regression"), &rule);
    struct improvement improvement;

    az_map_init(&all.budgets, arena);
    az_map_init(&improvement.better, arena);
    az_builder_init(&improvement.fresh, arena);
    for (size_t i = 0; has_rule && i < runs->series.count; i++) {
        const struct az_run_series *series = runs->series.entries[i].value;
        struct az_run_level level;

        if (is_improved(&all, series, rule.window, &level))
            improve(arena, &improvement, series, &level);
    }
    *ret_changed = improvement.better.count + improvement.fresh.count;
    return merge_anchors(arena, old, &improvement);
}
