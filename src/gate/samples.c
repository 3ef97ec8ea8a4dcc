/* Measurements from sample logs: which samples are taken together.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include <stdlib.h>

#include "core/arena.h"
#include "gate/scenarios.h"

/* Notes in *RET the one of GROUP's contexts whose lines tell the time of SIDE,
   if it is before that of *RET, or behind it.  False if a line tells none. */
static bool
find_group_time(const struct az_log_group *group, enum az_log_side side,
                const struct az_log_context **ret)
{
    bool timed = true;

    for (const struct az_log_context *context = group->first; context != NULL;
         context = context->next) {
        struct az_str time = az_log_context_time(context, side);

        timed &= !context->untimed;
        if (time.len > 0 &&
            (*ret == NULL ||
             az_log_is_beyond(time, az_log_context_time(*ret, side), side)))
            *ret = context;
    }
    return timed;
}

/* Notes when measuring began and when it ended, as far as the lines tell. */
static void
find_times(struct az_sampling *s)
{
    const struct az_log_context **times = s->sampled->times;
    bool timed = true;

    for (size_t i = 0; i < s->strata->count; i++) {
        const struct az_stratum *stratum = s->strata->items[i];

        for (size_t k = 0; k < stratum->count; k++)
            for (int side = 0; side < AZ_LOG_SIDE_COUNT; side++)
                timed &= find_group_time(stratum->groups[k],
                                         (enum az_log_side)side, &times[side]);
    }
    if (!timed)
        times[AZ_LOG_EARLIEST] = NULL;
}

/* Computes the value of the measurement, if its samples are as they should be.
 */
static void
judge_samples(struct az_sampling *s)
{
    az_sampling_check(s);
    if (s->measurement->refused)
        return;
    az_sampling_compute(s);
    az_sampling_doubt(s);
}

static int
compare_groups(const void *a, const void *b)
{
    const struct az_log_group *const *x = a, *const *y = b;

    return ((*x)->seed > (*y)->seed) - ((*x)->seed < (*y)->seed);
}

/* Sorts the groups of all strata, and counts what they have. */
static void
survey(struct az_sampling *s)
{
    s->sampled->strata = s->strata->count;
    for (size_t i = 0; i < s->strata->count; i++) {
        struct az_stratum *stratum = s->strata->items[i];

        if (stratum->count > 1)
            qsort(stratum->groups, stratum->count,
                  sizeof(struct az_log_group *), compare_groups);
        if (stratum->count > s->sampled->seeds)
            s->sampled->seeds = stratum->count;
        for (size_t k = 0; k < stratum->count; k++)
            s->sampled->samples += stratum->groups[k]->samples.count;
    }
}

/* Whether all groups of STRATUM measure what GROUP does. */
static bool
is_of_dimension(const struct az_stratum *stratum,
                const struct az_log_group *group)
{
    for (size_t i = 0; i < stratum->count; i++)
        if (stratum->groups[i]->dimension != group->dimension)
            return false;
    return true;
}

/* Whether all samples measure the same. */
static void
check_dimensions(struct az_sampling *s)
{
    for (size_t i = 0; i < s->strata->count; i++) {
        if (is_of_dimension(s->strata->items[i], s->stratum->first))
            continue;
        az_sampling_refuse(
            s, AZ_DIAG_MEASUREMENT_UNIT, "unit",
            "its samples are measured in units of different things");
        return;
    }
}

static void
take_measurement(struct az_gate *gate, struct az_sampling_criteria *criteria,
                 const struct az_strata *strata, struct az_measurement *ret)
{
    const struct az_log_group *first = strata->items[0]->first;
    const struct az_log_context *line = first->first, *worst;
    struct az_sampling s = { .gate = gate,
                             .criteria = criteria,
                             .strata = strata,
                             .measurement = ret,
                             .sampled = AZ_NEW(gate->arena, struct az_sampled),
                             .budget = az_map_get(&criteria->budgets,
                                                  first->metric->name) };
    bool judged;

    az_sampling_set_stratum(&s, strata->items[0]);
    *ret = (struct az_measurement){
        .sampled = s.sampled,
        .metric = first->metric->name,
        .profile = az_sampling_text(&s, line, AZ_LOG_PROFILE),
        .environment = az_sampling_text(&s, line, AZ_LOG_BROWSER),
        .commit = az_sampling_text(&s, line, AZ_LOG_COMMIT),
        .unit = az_unit_base(first->dimension),
        .refused = first->metric->refused != NULL || !gate->input->log_whole,
    };
    judged = az_str_eq(ret->profile, gate->input->profile);
    survey(&s);
    check_dimensions(&s);
    s.sampled->tells_commit = ret->commit.len > 0;
    find_times(&s);
    if (!ret->refused && judged && s.budget != NULL &&
        s.budget->hard.node != NULL)
        judge_samples(&s);
    worst = s.stratum->first->first;
    s.sampled->scenario = az_sampling_text(&s, worst, AZ_LOG_SCENARIO);
    s.sampled->bundler = az_sampling_text(&s, worst, AZ_LOG_BUNDLER);
    if (ret->commit.len == 0)
        ret->commit = az_str_from(gate->input->commit);
    az_sampling_make_entry(&s);
}

/* The first COUNT texts of GROUP, as a key. */
static struct az_str
texts_of(const struct az_log_group *group, size_t count)
{
    const uint32_t *texts = group->first->key.texts;

    return (struct az_str){ (const char *)texts, count * sizeof *texts };
}

/* The stratum of GROUP, which is new in STRATA if no other group of its
   scenario and bundler was there before.  KNOWN are those of the whole log. */
static struct az_stratum *
stratum_of(struct az_gate *gate, struct az_map *known, struct az_strata *strata,
           struct az_log_group *group)
{
    struct az_map_entry *entry =
        az_map_put(known, texts_of(group, AZ_LOG_GROUP_TEXTS), NULL);
    struct az_stratum *stratum = entry->value;

    if (stratum != NULL)
        return stratum;
    entry->value = stratum = AZ_NEW(gate->arena, struct az_stratum);
    stratum->first = group;
    strata->items =
        az_arena_grow(gate->arena, strata->items, strata->count,
                      &strata->capacity, sizeof(struct az_stratum *));
    strata->items[strata->count++] = stratum;
    return stratum;
}

/* The groups that have samples, as the strata of each metric, profile and
   environment. */
static void
collect(struct az_gate *gate, struct az_map *measured)
{
    const struct az_log *log = gate->input->log;
    struct az_map known;

    az_map_init(&known, gate->arena);
    for (size_t i = 0; i < log->groups.count; i++) {
        struct az_log_group *group = az_log_group_at(log, i);
        struct az_map_entry *entry;
        struct az_stratum *stratum;

        if (group->samples.count == 0)
            continue;
        entry = az_map_put(measured, texts_of(group, AZ_LOG_MEASUREMENT_TEXTS),
                           NULL);
        if (entry->value == NULL)
            entry->value = AZ_NEW(gate->arena, struct az_strata);
        stratum = stratum_of(gate, &known, entry->value, group);
        stratum->groups =
            az_arena_grow(gate->arena, stratum->groups, stratum->count,
                          &stratum->capacity, sizeof(struct az_log_group *));
        stratum->groups[stratum->count++] = group;
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
read_criteria(struct az_gate *gate, struct az_sampling_criteria *criteria)
{
    struct az_budgets *budgets = &gate->budgets;

    az_plan_init(&criteria->plan, gate->arena, gate->input->corpus);
    az_map_init(&criteria->budgets, gate->arena);
    for (size_t i = 0; i < budgets->count; i++)
        az_map_put(&criteria->budgets, budgets->items[i].metric, NULL)->value =
            &budgets->items[i];
    criteria->seeds = az_arena_array(gate->arena, budgets->seed_count,
                                     sizeof *criteria->seeds);
    criteria->bad_seed = budgets->seed_count == 0;
    for (size_t i = 0; i < budgets->seed_count; i++) {
        int64_t *seed = &criteria->seeds[criteria->seed_count];

        if (az_node_int(gate->arena, budgets->sorted_seeds[i], seed))
            criteria->seed_count++;
        else
            criteria->bad_seed = true;
    }
    if (criteria->seed_count > 1)
        qsort(criteria->seeds, criteria->seed_count, sizeof *criteria->seeds,
              compare_seeds);
}

void
az_gate_take_samples(struct az_gate *gate)
{
    struct az_measurements *all = &gate->measurements;
    struct az_measurement *items;
    struct az_map measured;
    struct az_sampling_criteria criteria = { .seeds = NULL };

    read_criteria(gate, &criteria);
    check_log(gate, &criteria.plan);
    az_map_init(&measured, gate->arena);
    collect(gate, &measured);
    items =
        az_arena_array(gate->arena, all->count + measured.count, sizeof *items);
    for (size_t i = 0; i < all->count; i++)
        items[i] = all->items[i];
    for (size_t i = 0; i < measured.count; i++)
        take_measurement(gate, &criteria, measured.entries[i].value,
                         &items[all->count + i]);
    all->items = items;
    all->count += measured.count;
}
