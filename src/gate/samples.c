/* Measurements from sample logs: which samples are taken together.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include <stdlib.h>

#include "core/arena.h"
#include "gate/scenarios.h"

/* The latest time that a line tells; empty if none does. */
static struct az_str
find_latest(const struct collection *collection)
{
    const struct az_log_context *context;
    struct az_str time = AZ_STR("");

    for (size_t i = 0; i < collection->count; i++)
        for (size_t k = 0; k < collection->parts[i]->count; k++)
            for (context = collection->parts[i]->groups[k]->first;
                 context != NULL; context = context->next)
                if (context->latest.len > 0 &&
                    (time.len == 0 ||
                     az_log_compare_times(az_log_time_text(&context->latest),
                                          time) > 0))
                    time = az_log_time_text(&context->latest);
    return time;
}

/* Computes the value of the measurement, if its samples are as they should be.
 */
static void
judge_samples(struct computing *c)
{
    az_sampling_check(c);
    if (c->measurement->refused)
        return;
    az_sampling_compute(c);
    az_sampling_doubt(c);
}

static int
compare_groups(const void *a, const void *b)
{
    const struct az_log_group *const *x = a, *const *y = b;

    return ((*x)->seed > (*y)->seed) - ((*x)->seed < (*y)->seed);
}

/* Sorts the parts of C, and counts what they have. */
static void
survey(struct computing *c)
{
    const struct az_log_group *first = c->part->first;

    c->sampled->parts = c->collection->count;
    for (size_t p = 0; p < c->collection->count; p++) {
        struct part *part = c->collection->parts[p];

        if (part->count > 1)
            qsort(part->groups, part->count, sizeof(struct az_log_group *),
                  compare_groups);
        if (part->count > c->sampled->seeds)
            c->sampled->seeds = part->count;
        for (size_t i = 0; i < part->count; i++) {
            c->sampled->samples += part->groups[i]->samples.count;
            if (part->groups[i]->dimension != first->dimension)
                az_sampling_refuse(
                    c, AZ_DIAG_MEASUREMENT_UNIT, "unit",
                    "its samples are measured in units of different things");
        }
    }
}

static void
take_collection(struct taking *taking, const struct collection *collection,
                struct az_measurement *ret)
{
    struct az_gate *gate = taking->gate;
    const struct az_log_group *first = collection->parts[0]->first;
    const struct az_log_context *line = first->first;
    struct computing c = { .gate = gate,
                           .taking = taking,
                           .collection = collection,
                           .measurement = ret,
                           .sampled = AZ_NEW(gate->arena, struct az_sampled),
                           .budget = az_map_get(&taking->budgets,
                                                first->metric->name) };
    bool judged;

    az_sampling_set_part(&c, collection->parts[0]);
    *ret = (struct az_measurement){
        .sampled = c.sampled,
        .metric = first->metric->name,
        .profile = az_sampling_text(&c, line, AZ_LOG_PROFILE),
        .environment = az_sampling_text(&c, line, AZ_LOG_BROWSER),
        .commit = az_sampling_text(&c, line, AZ_LOG_COMMIT),
        .unit = az_unit_base(first->dimension),
        .refused = first->metric->refused != NULL || !gate->input->log_whole,
    };
    judged = az_str_eq(ret->profile, gate->input->profile);
    survey(&c);
    c.sampled->tells_commit = ret->commit.len > 0;
    c.sampled->latest = find_latest(collection);
    if (!ret->refused && judged && c.budget != NULL &&
        c.budget->hard.node != NULL)
        judge_samples(&c);
    line = c.part->first->first;
    c.sampled->scenario = az_sampling_text(&c, line, AZ_LOG_SCENARIO);
    c.sampled->bundler = az_sampling_text(&c, line, AZ_LOG_BUNDLER);
    if (ret->commit.len == 0)
        ret->commit = az_str_from(gate->input->commit);
    az_sampling_make_entry(&c);
}

/* The first COUNT texts of GROUP, as a key. */
static struct az_str
texts_of(const struct az_log_group *group, size_t count)
{
    const uint32_t *texts = group->first->key.texts;

    return (struct az_str){ (const char *)texts, count * sizeof *texts };
}

/* The part of GROUP, which is new in COLLECTION if no other group of its
   scenario and bundler was there before. */
static struct part *
part_of(struct az_gate *gate, struct az_map *parts,
        struct collection *collection, struct az_log_group *group)
{
    struct az_map_entry *entry =
        az_map_put(parts, texts_of(group, AZ_LOG_GROUP_TEXTS), NULL);
    struct part *part = entry->value;

    if (part != NULL)
        return part;
    entry->value = part = AZ_NEW(gate->arena, struct part);
    part->first = group;
    collection->parts =
        az_arena_grow(gate->arena, collection->parts, collection->count,
                      &collection->capacity, sizeof(struct part *));
    collection->parts[collection->count++] = part;
    return part;
}

/* Puts the groups of one metric, profile and environment together. */
static void
collect(struct az_gate *gate, struct az_map *collections)
{
    const struct az_log *log = gate->input->log;
    struct az_map parts;

    az_map_init(&parts, gate->arena);
    for (size_t i = 0; i < log->groups.count; i++) {
        struct az_log_group *group = az_log_group_at(log, i);
        struct az_map_entry *entry;
        struct part *part;

        if (group->samples.count == 0)
            continue;
        entry = az_map_put(collections,
                           texts_of(group, AZ_LOG_MEASUREMENT_TEXTS), NULL);
        if (entry->value == NULL)
            entry->value = AZ_NEW(gate->arena, struct collection);
        part = part_of(gate, &parts, entry->value, group);
        part->groups =
            az_arena_grow(gate->arena, part->groups, part->count,
                          &part->capacity, sizeof(struct az_log_group *));
        part->groups[part->count++] = group;
    }
}

/* Refuses what both a summary and the log measure. */
static void
refuse_twins(struct az_gate *gate)
{
    const struct az_log *log = gate->input->log;

    for (size_t i = 0; i < gate->measurements.count; i++) {
        struct az_measurement *m = &gate->measurements.items[i];
        struct az_log_metric *metric = az_map_get(&log->metrics, m->metric);
        struct az_diag *diag;

        if (metric == NULL)
            continue;
        diag = az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_TWIN,
                           az_measurement_place(m, "metric_id"),
                           "%s is measured by a summary and by a sample log",
                           az_str_quote(gate->arena, m->metric));
        diag->pointer = az_measurement_pointer(gate->arena, m, "metric_id");
        m->refused = true;
        if (metric->refused == NULL)
            metric->refused = diag;
    }
}

/* Whether it can be told what the samples are of. */
static void
check_commit_known(struct az_gate *gate)
{
    const struct az_log *log = gate->input->log;

    if (gate->input->commit != NULL)
        return;
    for (size_t i = 0; i < log->contexts.count; i++) {
        struct az_log_context *context = az_log_context_at(log, i);

        if (az_log_text(log, context, AZ_LOG_COMMIT).len > 0)
            continue;
        az_diag_hint(gate->sink,
                     az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_COMMIT,
                                 az_log_context_place(gate->arena, context),
                                 "it is not known of which commit the samples "
                                 "are"),
                     "give '--commit COMMIT'");
        return;
    }
}

/* What is wrong with all of the log. */
static void
check_log(struct az_gate *gate, struct az_plan *plan)
{
    if (gate->input->corpus != NULL && gate->input->log_whole)
        az_gate_check_scenarios(gate, plan);
    else if (gate->input->corpus == NULL)
        az_diag_hint(gate->sink,
                     az_sink_add(gate->sink, AZ_DIAG_SAMPLE_CORPUS, AZ_NOWHERE,
                                 "there is no corpus to hold the sample log "
                                 "against"),
                     "give '--corpus FILE', or gate.corpus in assize.yaml");
    check_commit_known(gate);
    refuse_twins(gate);
}

static int
compare_seeds(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void
prepare(struct taking *taking)
{
    struct az_budgets *budgets = &taking->gate->budgets;

    az_plan_init(&taking->plan, taking->gate->arena,
                 taking->gate->input->corpus);
    az_map_init(&taking->budgets, taking->gate->arena);
    for (size_t i = 0; i < budgets->count; i++)
        az_map_put(&taking->budgets, budgets->items[i].metric, NULL)->value =
            &budgets->items[i];
    taking->seeds = az_arena_array(taking->gate->arena, budgets->seed_count,
                                   sizeof *taking->seeds);
    taking->bad_seed = budgets->seed_count == 0;
    for (size_t i = 0; i < budgets->seed_count; i++) {
        int64_t *seed = &taking->seeds[taking->seed_count];

        if (az_sampling_int(taking->gate, budgets->sorted_seeds[i], seed))
            taking->seed_count++;
        else
            taking->bad_seed = true;
    }
    if (taking->seed_count > 1)
        qsort(taking->seeds, taking->seed_count, sizeof *taking->seeds,
              compare_seeds);
}

void
az_gate_take_samples(struct az_gate *gate)
{
    struct az_measurements *all = &gate->measurements;
    struct az_measurement *items;
    struct az_map collections;
    struct taking taking = { .gate = gate };

    prepare(&taking);
    check_log(gate, &taking.plan);
    az_map_init(&collections, gate->arena);
    collect(gate, &collections);
    items = az_arena_array(gate->arena, all->count + collections.count,
                           sizeof *items);
    for (size_t i = 0; i < all->count; i++)
        items[i] = all->items[i];
    for (size_t i = 0; i < collections.count; i++)
        take_collection(&taking, collections.entries[i].value,
                        &items[all->count + i]);
    all->items = items;
    all->count += collections.count;
}
