/* Runs: values of metrics that were kept, for a baseline.
   SPDX-License-Identifier: MIT */

#include "gate/runs.h"

#include <stdlib.h>

#include "core/arena.h"
#include "core/date.h"

struct reader {
    struct az_arena *arena;
    struct az_sink *sink;
    struct az_runs *out;
    bool sound;
};

static void
report(struct reader *reader, enum az_diag_id id, const struct az_node *node,
       const char *message)
{
    const struct az_document *document = reader->out->document;
    struct az_diag *diag = az_sink_add(
        reader->sink, id, az_document_place(document, node), "%s", message);

    diag->pointer = az_document_pointer(reader->arena, document, node);
    reader->sound = false;
}

static void
report_shape(struct reader *reader, const struct az_node *parent,
             const char *key, const char *what)
{
    const struct az_node *node = az_node_get(parent, key);

    report(reader, AZ_DIAG_BASELINE_SHAPE, node != NULL ? node : parent,
           az_arena_printf(reader->arena, "'%s' must be %s", key, what));
}

/* The text KEY of PARENT, which must be there and not be empty. */
static struct az_str
read_text(struct reader *reader, const struct az_node *parent, const char *key)
{
    const struct az_node *node = az_node_get(parent, key);

    if (node != NULL && node->type == AZ_STRING && node->count > 0)
        return az_node_text(node);
    report_shape(reader, parent, key, "a text");
    return AZ_STR("");
}

/* The list KEY of PARENT; the empty one if it is not there. */
static struct az_node
read_list(struct reader *reader, const struct az_node *parent, const char *key,
          bool required)
{
    const struct az_node *node = az_node_get(parent, key);

    if (node != NULL && node->type == AZ_ARRAY)
        return *node;
    if (node != NULL || required)
        report_shape(reader, parent, key, "a list");
    return (struct az_node){ .type = AZ_ARRAY };
}

static struct az_run_value
read_value(struct reader *reader, const struct az_node *node)
{
    struct az_run_value ret = { .node = node };
    const struct az_node *value = az_node_get(node, "value");
    struct az_str unit = read_text(reader, node, "unit");

    ret.metric = read_text(reader, node, "metric_id");
    ret.environment = read_text(reader, node, "environment");
    ret.unit = az_unit_find(unit);
    if (ret.unit == NULL && unit.len > 0)
        report_shape(reader, node, "unit", "a known unit");
    if (value == NULL || !az_decimal_of(reader->arena, value, &ret.value))
        report_shape(reader, node, "value", "a number");
    else if (ret.unit != NULL)
        ret.base = az_unit_to_base(reader->arena, ret.unit, ret.value);
    ret.exact =
        (struct az_fraction){ ret.base, az_decimal_from_int(reader->arena, 1) };
    return ret;
}

static struct az_str
key_of(struct az_arena *arena, struct az_str profile, struct az_str metric,
       struct az_str environment)
{
    const struct az_str texts[] = { profile, metric, environment };

    return az_map_key(arena, texts, 3);
}

/* The series of METRIC, made when it is the first. */
static struct az_run_series *
series_of(struct az_runs *runs, struct az_str profile, struct az_str metric,
          struct az_str environment)
{
    struct az_arena *arena = runs->series.arena;
    struct az_map_entry *entry = az_map_put(
        &runs->series, key_of(arena, profile, metric, environment), NULL);
    struct az_run_series *series = entry->value;

    if (series != NULL)
        return series;
    series = AZ_NEW(arena, struct az_run_series);
    *series = (struct az_run_series){ .profile = profile,
                                      .metric = metric,
                                      .environment = environment };
    entry->value = series;
    return series;
}

struct az_str
az_runs_name(const struct az_runs *runs, struct az_str metric)
{
    const struct az_str *now = az_map_get(&runs->aliases, metric);

    return now != NULL ? *now : metric;
}

bool
az_runs_add_point(struct az_runs *runs, const struct az_run *run,
                  struct az_str metric, const struct az_run_value *value)
{
    struct az_run_series *series =
        series_of(runs, run->profile, metric, value->environment);
    struct az_run_point **points =
        run->pair > 0 ? &series->pairs : &series->points;
    size_t *count = run->pair > 0 ? &series->pair_count : &series->count;
    size_t *capacity =
        run->pair > 0 ? &series->pair_capacity : &series->capacity;

    if (*count > 0 && (*points)[*count - 1].run == run)
        return false;
    *points = az_arena_grow(runs->series.arena, *points, *count, capacity,
                            sizeof **points);
    (*points)[(*count)++] = (struct az_run_point){ .run = run, .value = value };
    return true;
}

static void
report_twice(struct reader *reader, const struct az_run_value *value)
{
    report(reader, AZ_DIAG_BASELINE_SHAPE, value->node,
           az_arena_printf(reader->arena, "%s stands twice for %s",
                           az_str_quote(reader->arena, value->metric),
                           az_str_quote(reader->arena, value->environment)));
}

static void
read_values(struct reader *reader, struct az_run *run)
{
    struct az_node list = read_list(reader, run->node, "values", true);
    struct az_run_value *values =
        az_arena_array(reader->arena, list.count + 1, sizeof *values);

    for (uint32_t i = 0; i < list.count; i++) {
        values[i] = read_value(reader, &list.items[i]);
        if (!az_runs_add_point(reader->out, run,
                               az_runs_name(reader->out, values[i].metric),
                               &values[i]))
            report_twice(reader, &values[i]);
    }
    if (list.count == 0)
        report_shape(reader, run->node, "values", "a list that is not empty");
    run->values = values;
    run->count = list.count;
}

static void
read_pair(struct reader *reader, struct az_run *run)
{
    const struct az_node *pair = az_node_get(run->node, "pair");

    if (pair == NULL)
        return;
    if (!az_node_int(reader->arena, pair, &run->pair) || run->pair < 1)
        report_shape(reader, run->node, "pair", "a whole number above 0");
}

/* Whether RUN is as it was written, and is there once. */
static void
check_digest(struct reader *reader, struct az_map *seen, struct az_run *run)
{
    char digest[AZ_SHA256_SIZE];
    bool is_new = true;

    run->digest = read_text(reader, run->node, "digest");
    if (run->digest.len == 0)
        return;
    az_run_digest(reader->arena, run->node, digest);
    if (!az_str_eq_c(run->digest, digest))
        report(reader, AZ_DIAG_BASELINE_DIGEST,
               az_node_get(run->node, "digest"),
               az_arena_printf(reader->arena,
                               "the run has been changed: its digest is %s",
                               digest));
    az_map_put(seen, run->digest, &is_new);
    if (!is_new)
        report(reader, AZ_DIAG_BASELINE_SHAPE, run->node,
               "the same run is there twice");
}

static void
read_runs(struct reader *reader)
{
    const struct az_node *root = reader->out->document->root;
    struct az_node list = read_list(reader, root, "runs", true);
    struct az_map seen;

    az_map_init(&seen, reader->arena);
    reader->out->items = az_arena_array(reader->arena, list.count + 1,
                                        sizeof *reader->out->items);
    reader->out->count = list.count;
    if (list.count == 0)
        report_shape(reader, root, "runs", "a list that is not empty");
    for (uint32_t i = 0; i < list.count; i++) {
        struct az_run *run = &reader->out->items[i];

        run->document = reader->out->document;
        run->index = i;
        run->node = &list.items[i];
        run->commit = read_text(reader, run->node, "commit");
        run->branch = read_text(reader, run->node, "branch");
        run->profile = read_text(reader, run->node, "profile");
        run->recorded_at = read_text(reader, run->node, "recorded_at");
        if (i > 0 && az_str_compare(run->recorded_at, run[-1].recorded_at) < 0)
            report(reader, AZ_DIAG_BASELINE_SHAPE, run->node,
                   "the run was recorded before the one above it");
        read_pair(reader, run);
        read_values(reader, run);
        check_digest(reader, &seen, run);
    }
}

/* The anchors, each of which belongs to one series. */
static void
read_anchors(struct reader *reader)
{
    struct az_node list =
        read_list(reader, reader->out->document->root, "anchors", false);
    struct az_run_value *levels =
        az_arena_array(reader->arena, list.count + 1, sizeof *levels);

    for (uint32_t i = 0; i < list.count; i++) {
        struct az_str profile = read_text(reader, &list.items[i], "profile");
        struct az_run_series *series;

        levels[i] = read_value(reader, &list.items[i]);
        series = series_of(reader->out, profile,
                           az_runs_name(reader->out, levels[i].metric),
                           levels[i].environment);
        if (series->anchor != NULL)
            report_twice(reader, &levels[i]);
        series->anchor = &levels[i];
    }
}

static void
note_accepted(struct reader *reader, const struct az_map *accepted,
              const struct az_run_series *series, struct az_run_point *point)
{
    const struct az_node *const *held =
        az_map_get(accepted, key_of(reader->arena, point->run->digest,
                                    series->metric, series->environment));

    if (held != NULL)
        point->accepted = *held;
}

/* Notes which values were promoted by a waiver.  An acceptance of what no run
   has is for its rule to tell: it accepts nothing. */
static void
read_accepted(struct reader *reader)
{
    struct az_node list =
        read_list(reader, reader->out->document->root, "accepted", false);
    const struct az_map *all = &reader->out->series;
    struct az_map accepted;
    bool is_new;

    az_map_init(&accepted, reader->arena);
    for (uint32_t i = 0; i < list.count; i++) {
        const struct az_node *item = &list.items[i];
        struct az_str metric = read_text(reader, item, "metric_id");
        const struct az_str *now = az_map_get(&reader->out->aliases, metric);
        struct az_str digest = read_text(reader, item, "digest");
        struct az_str environment = read_text(reader, item, "environment");
        const struct az_node **held;

        if (read_text(reader, item, "ticket").len == 0)
            continue;
        held = AZ_NEW(reader->arena, const struct az_node *);
        *held = item;
        az_map_put(&accepted,
                   key_of(reader->arena, digest, now != NULL ? *now : metric,
                          environment),
                   &is_new)
            ->value = held;
        if (!is_new)
            report(reader, AZ_DIAG_BASELINE_SHAPE, item,
                   "the same value is accepted twice");
    }
    for (size_t i = 0; accepted.count > 0 && i < all->count; i++) {
        struct az_run_series *series = all->entries[i].value;

        for (size_t k = 0; k < series->count; k++)
            note_accepted(reader, &accepted, series, &series->points[k]);
    }
}

static int
compare_pairs(const void *a, const void *b)
{
    const struct az_run_point *left = a;
    const struct az_run_point *right = b;

    return (left->run->pair > right->run->pair) -
           (left->run->pair < right->run->pair);
}

void
az_runs_sort_pairs(struct az_runs *runs)
{
    for (size_t i = 0; i < runs->series.count; i++) {
        struct az_run_series *series = runs->series.entries[i].value;

        if (series->pair_count > 1)
            qsort(series->pairs, series->pair_count, sizeof *series->pairs,
                  compare_pairs);
    }
}

/* A pair has one run on this side: one that stands twice is a finding. */
static void
check_pairs(struct reader *reader)
{
    const struct az_map *all = &reader->out->series;

    for (size_t i = 0; i < all->count; i++) {
        const struct az_run_series *series = all->entries[i].value;

        for (size_t k = 1; k < series->pair_count; k++)
            if (series->pairs[k].run->pair == series->pairs[k - 1].run->pair)
                report(reader, AZ_DIAG_BASELINE_SHAPE,
                       series->pairs[k].run->node,
                       "there is another run with the number of this pair");
    }
}

/* A name is renamed once, and what it is called now is no old name: TARGETS
   has the new names of the aliases before this one. */
static void
read_alias(struct reader *reader, struct az_map *targets,
           const struct az_node *alias)
{
    struct az_str from = read_text(reader, alias, "from");
    struct az_str to = read_text(reader, alias, "to");
    struct az_map_entry *entry;
    bool is_new;

    if (from.len == 0 || to.len == 0)
        return;
    entry = az_map_put(&reader->out->aliases, from, &is_new);
    entry->value = AZ_NEW(reader->arena, struct az_str);
    *(struct az_str *)entry->value = to;
    if (is_new)
        az_map_put(targets, to, &is_new);
    if (!is_new || az_map_find(&reader->out->aliases, to) != NULL ||
        az_map_find(targets, from) != NULL)
        report(reader, AZ_DIAG_BASELINE_ALIAS, alias,
               "a name of the alias stands in another one, or twice in it");
}

static void
read_aliases(struct reader *reader)
{
    struct az_node list =
        read_list(reader, reader->out->document->root, "aliases", false);
    struct az_map targets;

    az_map_init(&targets, reader->arena);
    for (uint32_t i = 0; i < list.count; i++)
        read_alias(reader, &targets, &list.items[i]);
}

void
az_runs_init(struct az_runs *runs, struct az_arena *arena)
{
    *runs = (struct az_runs){ .document = NULL };
    az_map_init(&runs->series, arena);
    az_map_init(&runs->aliases, arena);
}

bool
az_runs_read(struct az_arena *arena, struct az_sink *sink,
             const struct az_document *document, struct az_runs *ret)
{
    struct reader reader = {
        .arena = arena, .sink = sink, .out = ret, .sound = true
    };

    az_runs_init(ret, arena);
    ret->document = document;
    read_aliases(&reader);
    read_runs(&reader);
    read_anchors(&reader);
    read_accepted(&reader);
    az_runs_sort_pairs(ret);
    check_pairs(&reader);
    return reader.sound;
}

bool
az_run_check_time(struct az_sink *sink, const struct az_document *document,
                  const struct az_node *at, const char *now)
{
    struct az_diag *diag;

    if (now == NULL || at == NULL || at->type != AZ_STRING ||
        !az_moment_is_later(az_node_text(at), az_str_from(now)))
        return true;
    diag = az_sink_add(sink, AZ_DIAG_BASELINE_SHAPE,
                       az_document_place(document, at),
                       "the run was recorded at %s, and now it is %s",
                       az_node_quote(sink->arena, at), now);
    diag->pointer = az_document_pointer(sink->arena, document, at);
    return false;
}

bool
az_runs_check_time(struct az_sink *sink, const struct az_runs *runs,
                   const char *now)
{
    bool past = true;

    for (size_t i = 0; i < runs->count; i++) {
        const struct az_run *run = &runs->items[i];

        past &= az_run_check_time(sink, run->document,
                                  az_node_get(run->node, "recorded_at"), now);
    }
    return past;
}

const struct az_run_series *
az_runs_series(const struct az_runs *runs, struct az_str profile,
               struct az_str metric, struct az_str environment)
{
    return az_map_get(&runs->series,
                      key_of(runs->series.arena, profile, metric, environment));
}

const struct az_run_point *
az_run_series_last(const struct az_run_series *series)
{
    if (series->count > 0)
        return &series->points[series->count - 1];
    return series->pair_count > 0 ? &series->pairs[series->pair_count - 1]
                                  : NULL;
}
