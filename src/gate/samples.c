/* Measurements from sample logs.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include <stdlib.h>

#include "core/arena.h"
#include "core/build.h"

/* The entry. */

/* VALUE at the place of FIELD of the line that is looked at. */
static struct az_node
placed(const struct computing *c, const char *field, struct az_node value)
{
    const struct az_node *node = az_node_get(c->line->root, field);

    value.span = node != NULL ? node->span : c->line->root->span;
    return value;
}

/* A list without repeats. */
struct texts {
    struct az_builder list;
    struct az_map seen;
};

static void
texts_init(struct texts *texts, struct az_arena *arena)
{
    az_builder_init(&texts->list, arena);
    az_map_init(&texts->seen, arena);
}

/* Adds TEXT, which is copied, unless it is there already. */
static void
add_text(struct computing *c, struct texts *texts, struct az_str text)
{
    if (az_map_find(&texts->seen, text) != NULL)
        return;
    text = az_arena_str(c->gate->arena, text);
    az_map_put(&texts->seen, text, NULL);
    az_builder_add(&texts->list, az_make_string(text));
}

/* Adds the artifacts of CONTEXT's first line, which is read again in SCRATCH:
   to keep what it says would take most of the memory of a context. */
static void
add_paths(struct computing *c, struct texts *paths,
          const struct az_log_context *context, struct az_arena *scratch)
{
    const struct az_node *value;

    az_arena_clear(scratch);
    value = az_node_get(az_log_context_read(scratch, context)->root,
                        "artifact_paths");
    for (uint32_t i = 0; i < value->count; i++)
        add_text(c, paths, az_node_text(&value->items[i]));
}

/* Adds the commands and the paths of the artifacts of all contexts. */
static void
list_texts(struct computing *c, struct texts *commands, struct texts *paths)
{
    struct az_arena *scratch = az_arena_new_like(c->gate->arena);

    for (size_t p = 0; p < c->collection->count; p++)
        for (size_t i = 0; i < c->collection->parts[p]->count; i++)
            for (const struct az_log_context *context =
                     c->collection->parts[p]->groups[i]->first;
                 context != NULL; context = context->next) {
                add_text(c, commands,
                         az_sampling_text(c, context, AZ_LOG_COMMAND));
                add_paths(c, paths, context, scratch);
            }
    az_arena_free(scratch);
}

/* Where the measurement is not refused, all parts have the same seeds. */
static struct az_node
seeds_of(struct computing *c)
{
    struct az_builder list;

    az_builder_init(&list, c->gate->arena);
    for (size_t i = 0; i < c->part->count; i++)
        az_builder_add(
            &list, az_make_integer(c->gate->arena, c->part->groups[i]->seed));
    return placed(c, "seed", az_builder_array(&list));
}

/* Sets KEY to TEXT, if it is not empty, which stands in FIELD of the line. */
static void
set_text(struct computing *c, struct az_builder *object, const char *key,
         const char *field, struct az_str text)
{
    if (text.len > 0)
        az_builder_set(object, key, placed(c, field, az_make_string(text)));
}

/* The earliest time that the lines of GROUP tell, if it is before TIME, which
   may be empty; false if one tells none. */
static bool
find_earliest(const struct az_log_group *group, struct az_str *time)
{
    const struct az_log_context *context = group->first;

    for (; context != NULL && !context->untimed; context = context->next)
        if (time->len == 0 ||
            az_log_compare_times(az_log_time_text(&context->earliest), *time) <
                0)
            *time = az_log_time_text(&context->earliest);
    return context == NULL;
}

/* When measuring began; empty if not all lines tell it. */
static struct az_str
measured_at(const struct collection *collection)
{
    struct az_str time = AZ_STR("");

    for (size_t i = 0; i < collection->count; i++)
        for (size_t k = 0; k < collection->parts[i]->count; k++)
            if (!find_earliest(collection->parts[i]->groups[k], &time))
                return AZ_STR("");
    return time;
}

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

static struct az_node
provenance_of(struct computing *c)
{
    const struct az_log_context *first = c->part->first->first;
    struct az_builder object, environment;

    az_builder_init(&environment, c->gate->arena);
    set_text(c, &environment, "name", "browser", c->measurement->environment);
    set_text(c, &environment, "browser", "browser",
             c->measurement->environment);
    set_text(c, &environment, "version", "version",
             az_sampling_text(c, first, AZ_LOG_VERSION));
    set_text(c, &environment, "host_class", "host_class",
             az_sampling_text(c, first, AZ_LOG_HOST_CLASS));
    az_builder_init(&object, c->gate->arena);
    az_builder_set(&object, "environment", az_builder_object(&environment));
    set_text(c, &object, "command", "repro_command",
             az_sampling_text(c, first, AZ_LOG_COMMAND));
    set_text(c, &object, "method", "method",
             az_sampling_text(c, first, AZ_LOG_METHOD));
    set_text(c, &object, "measured_at", "measured_at",
             measured_at(c->collection));
    return az_builder_object(&object);
}

/* What a summary would say of the measurement. */
static void
make_entry(struct computing *c)
{
    struct az_measurement *m = c->measurement;
    struct az_arena *arena = c->gate->arena;
    struct az_document *document = AZ_NEW(arena, struct az_document);
    struct az_node *entry = AZ_NEW(arena, struct az_node);
    struct texts commands, paths;
    struct az_builder object;

    texts_init(&commands, arena);
    texts_init(&paths, arena);
    list_texts(c, &commands, &paths);
    az_builder_init(&object, arena);
    az_builder_set(&object, "commit",
                   placed(c, "commit", az_make_string(m->commit)));
    az_builder_set(&object, "profile",
                   placed(c, "profile", az_make_string(m->profile)));
    az_builder_set(&object, "environment",
                   placed(c, "browser", az_make_string(m->environment)));
    az_builder_set(&object, "metric_id",
                   placed(c, "metric_id", az_make_string(m->metric)));
    az_builder_set(
        &object, "value",
        placed(c, "value",
               m->refused ? az_make_null()
                          : az_make_number(az_decimal_print(arena, m->value))));
    az_builder_set(&object, "unit",
                   placed(c, "unit", az_make_string_c(m->unit->name)));
    az_builder_set(&object, "threshold_warn", az_make_null());
    az_builder_set(&object, "threshold_hard", az_make_null());
    az_builder_set(&object, "status", az_make_null());
    az_builder_set(&object, "seed_set", seeds_of(c));
    az_builder_set(
        &object, "commands",
        placed(c, "repro_command", az_builder_array(&commands.list)));
    az_builder_set(&object, "artifact_paths",
                   placed(c, "artifact_paths", az_builder_array(&paths.list)));
    az_builder_set(&object, "provenance", provenance_of(c));
    *entry = az_builder_object(&object);
    entry->span = c->line->root->span;
    document->source = c->line->source;
    document->root = entry;
    document->scattered = true;
    m->document = document;
    m->entry = entry;
}

/* The log. */

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
    make_entry(&c);
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

/* Shows. */

/* The number VALUE, in base units, as ROW shows its value; sets ROUNDED if it
   is another number then. */
static const char *
show(struct az_gate *gate, const struct az_row *row, struct az_decimal value,
     bool *rounded)
{
    struct az_decimal converted;
    bool now;

    if (az_unit_convert(gate->arena, value, row->measured->unit, row->unit,
                        &converted))
        value = converted;
    value = az_row_shown(gate->arena, row, value, &now);
    *rounded |= now;
    return az_decimal_print(gate->arena, value).p;
}

/* Whether the interval of ROW has LIMIT in it. */
static bool
holds(const struct az_row *row, const struct az_limit *limit)
{
    const struct az_sampled *sampled = row->measured->sampled;

    return limit->node != NULL &&
           az_budget_breaks(row->budget, limit, sampled->low) !=
               az_budget_breaks(row->budget, limit, sampled->high);
}

/* Warns that INTERVAL, that of ROW, has LIMIT in it, which is the one WHAT. */
static void
report_interval(struct az_gate *gate, const struct az_row *row,
                const struct az_limit *limit, const char *what,
                const char *interval)
{
    const struct az_measurement *m = row->measured;
    struct az_diag *diag = az_sink_add(
        gate->sink, AZ_DIAG_SAMPLE_INTERVAL, az_measurement_place(m, "value"),
        "%s (profile %s, %s): the 95 %% interval of the percentile, %s, "
        "has the %s in it",
        az_str_quote(gate->arena, m->metric),
        az_str_quote(gate->arena, m->profile),
        az_str_quote(gate->arena, m->environment), interval, what);

    diag->pointer = "/value";
    az_diag_hint(gate->sink, diag, "more samples make it narrower");
    az_diag_relate(gate->sink, diag,
                   az_document_place(gate->budgets.document, limit->node),
                   "the limit");
}

void
az_gate_show_interval(struct az_gate *gate, struct az_row *row)
{
    const struct az_budget *budget = row->budget;
    const struct az_sampled *sampled = row->measured->sampled;
    const char *low, *high, *interval, *spread = "", *worst = "";
    bool rounded = false;

    if (!sampled->has_interval)
        return;
    low = show(gate, row, sampled->low, &rounded);
    high = show(gate, row, sampled->high, &rounded);
    interval = az_arena_printf(gate->arena, "%s to %s %s%s", low, high,
                               row->unit->name, rounded ? ", rounded" : "");
    if (sampled->has_spread)
        spread =
            az_arena_printf(gate->arena, "; the seeds lie %s %% apart",
                            az_decimal_print(gate->arena, sampled->spread).p);
    if (sampled->parts > 1)
        worst = az_arena_printf(
            gate->arena, "; the worst of %zu: scenario %s, bundler %s",
            sampled->parts, az_str_quote(gate->arena, sampled->scenario),
            az_str_quote(gate->arena, sampled->bundler));
    for (size_t i = 0; i < row->decision_count; i++)
        row->decisions[i].reason =
            az_arena_printf(gate->arena, "%s (95 %% interval %s%s%s)",
                            row->decisions[i].reason, interval, spread, worst);
    if (holds(row, &budget->hard))
        report_interval(gate, row, &budget->hard, "limit", interval);
    if (holds(row, &budget->warn))
        report_interval(gate, row, &budget->warn, "warning threshold",
                        interval);
}
