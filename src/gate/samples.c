/* Measurements from sample logs.
   SPDX-License-Identifier: MIT */

#include "gate/samples.h"

#include <stdlib.h>

#include "core/arena.h"
#include "core/build.h"
#include "stat/binomial.h"
#include "stat/quantile.h"

/* Fewer distinct values than this let the clock be doubted. */
#define MIN_DISTINCT 20
/* What is left outside of the rank interval, on both sides together. */
#define INTERVAL_ALPHA 0.05
/* Decimals, in the base unit, of what has no finite number of them. */
#define MAX_PLACES 24

/* How the samples of a budget become its value. */
enum sampling { SAMPLING_LATENCY, SAMPLING_MEMORY, SAMPLING_SINGLE };

/* The groups of one measurement. */
struct collection {
    struct az_log_group **groups;
    size_t count;
    size_t capacity;
};

/* What is computed with, for all measurements. */
struct taking {
    struct az_gate *gate;
    struct az_map budgets; /* by metric */
    int64_t *seeds;        /* of the budgets, sorted */
    size_t seed_count;
    bool bad_seed; /* there is one that no line can have */
};

/* A measurement that is being computed. */
struct computing {
    struct az_gate *gate;
    const struct taking *taking;
    struct collection *collection; /* by seed */
    const struct az_budget *budget;
    struct az_measurement *measurement;
    struct az_sampled *sampled;
    const struct az_document *line; /* the first */
    enum sampling sampling;
    uint32_t ppm;
    int definition;
};

/* Findings. */

/* A finding about the measurement, at FIELD of its first line. */
static struct az_diag *
report(struct computing *c, enum az_diag_id id, const char *field,
       const char *message)
{
    struct az_gate *gate = c->gate;
    const struct az_node *node = az_node_get(c->line->root, field);
    struct az_diag *diag = az_sink_add(
        gate->sink, id, az_document_place(c->line, node),
        "%s (profile %s, %s): %s",
        az_str_quote(gate->arena, c->measurement->metric),
        az_str_quote(gate->arena, c->measurement->profile),
        az_str_quote(gate->arena, c->measurement->environment), message);

    diag->pointer = az_arena_printf(gate->arena, "/%s", field);
    return diag;
}

/* The same for what keeps the measurement from being judged. */
static struct az_diag *
refuse(struct computing *c, enum az_diag_id id, const char *field,
       const char *message)
{
    c->measurement->refused = true;
    return report(c, id, field, message);
}

/* Points at a node of the budgets. */
static void
relate(struct computing *c, struct az_diag *diag, const struct az_node *node,
       const char *what)
{
    if (node != NULL)
        az_diag_relate(c->gate->sink, diag,
                       az_document_place(c->gate->budgets.document, node), "%s",
                       what);
}

/* The protocol. */

static const struct az_node *
protocol(const struct az_gate *gate, const char *key)
{
    return az_node_get(
        az_node_get(gate->budgets.document->root, "measurement_protocol"), key);
}

static bool
int_of(struct az_gate *gate, const struct az_node *node, int64_t *ret)
{
    struct az_decimal number;

    return node != NULL && az_decimal_of(gate->arena, node, &number) &&
           az_decimal_to_int(number, ret);
}

/* "median-of-seed-p95": 950000 in *RET. */
static bool
read_method(const struct az_node *method, uint32_t *ret)
{
    const struct az_str prefix = AZ_STR("median-of-seed-p");
    struct az_str text;

    if (method == NULL || method->type != AZ_STRING)
        return false;
    text = az_node_text(method);
    if (!az_str_starts_with(text, prefix) || text.len != prefix.len + 2)
        return false;
    text.p += prefix.len;
    if (text.p[0] < '0' || text.p[0] > '9' || text.p[1] < '0' ||
        text.p[1] > '9')
        return false;
    *ret = (uint32_t)((text.p[0] - '0') * 10 + (text.p[1] - '0')) * 10000;
    return *ret > 0;
}

static bool
read_sampling(struct computing *c)
{
    static const char *const names[] = { "latency", "memory", "single" };
    const struct az_node *node = az_node_get(c->budget->row, "sampling");
    struct az_diag *diag;

    for (size_t i = 0; node != NULL && i < 3; i++)
        if (az_node_is_string(node, names[i])) {
            c->sampling = (enum sampling)i;
            return true;
        }
    c->sampling = SAMPLING_LATENCY;
    if (node == NULL && c->budget->unit->dimension == AZ_DIMENSION_TIME)
        return true;
    diag = refuse(c, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
                  "its budget does not say how it is sampled");
    relate(c, diag, node != NULL ? node : c->budget->row, "its budget");
    az_diag_hint(c->gate->sink, diag,
                 "set sampling to latency, memory or single");
    return false;
}

static bool
read_percentile(struct computing *c)
{
    const struct az_node *method = protocol(c->gate, "percentile_method");
    const struct az_node *node = protocol(c->gate, "percentile_definition");
    int64_t definition = 1;

    if (!read_method(method, &c->ppm)) {
        refuse(c, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
               "the budgets have no percentile_method that is known");
        return false;
    }
    if (node != NULL && (!int_of(c->gate, node, &definition) ||
                         definition < 1 || definition > 9)) {
        relate(c,
               refuse(c, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
                      "percentile_definition is not 1 to 9"),
               node, "the definition");
        return false;
    }
    c->definition = (int)definition;
    return true;
}

/* Seeds and counts. */

static int
compare_groups(const void *a, const void *b)
{
    const struct az_log_group *const *x = a, *const *y = b;

    return ((*x)->seed > (*y)->seed) - ((*x)->seed < (*y)->seed);
}

/* Says which seed is MISSING or EXTRA, where they are not NULL. */
static void
report_seeds(struct computing *c, const int64_t *missing, const int64_t *extra)
{
    struct az_buf text;

    az_buf_init(&text, c->gate->arena);
    if (missing != NULL)
        az_buf_addf(&text, "there is no sample of seed %lld",
                    (long long)*missing);
    if (extra != NULL)
        az_buf_addf(&text,
                    "%sthere are samples of seed %lld, which the budgets do "
                    "not name",
                    missing != NULL ? "; " : "", (long long)*extra);
    if (missing == NULL && extra == NULL)
        az_buf_add_c(&text, "the budgets do not name seeds as a log does");
    relate(c, refuse(c, AZ_DIAG_SAMPLE_SEEDS, "seed", text.p),
           c->gate->budgets.seed_set, "the seed set of the budgets");
}

/* Whether the seeds are those of the budgets; both are sorted. */
static void
check_seeds(struct computing *c)
{
    const struct taking *taking = c->taking;
    struct az_log_group *const *groups = c->collection->groups;
    const int64_t *missing = NULL, *extra = NULL;
    size_t i = 0, j = 0;

    while (i < taking->seed_count || j < c->collection->count) {
        bool none = j == c->collection->count;
        bool other = i == taking->seed_count;

        if (!none && !other && taking->seeds[i] == groups[j]->seed) {
            i++;
            j++;
        } else if (none || (!other && taking->seeds[i] < groups[j]->seed)) {
            missing = missing != NULL ? missing : &taking->seeds[i];
            i++;
        } else {
            extra = extra != NULL ? extra : &groups[j]->seed;
            j++;
        }
    }
    if (missing != NULL || extra != NULL || taking->bad_seed)
        report_seeds(c, missing, extra);
}

static void
check_single(struct computing *c)
{
    size_t count = 0;

    for (size_t i = 0; i < c->collection->count; i++)
        count += c->collection->groups[i]->samples.count;
    if (count == 1)
        return;
    relate(c,
           refuse(c, AZ_DIAG_SAMPLE_COUNT, "metric_id",
                  az_arena_printf(c->gate->arena,
                                  "there are %zu samples; it is sampled once",
                                  count)),
           az_node_get(c->budget->row, "sampling"), "its sampling");
}

static void
check_counts(struct computing *c)
{
    const char *key = c->sampling == SAMPLING_LATENCY
                          ? "latency_iterations_per_seed"
                          : "memory_sample_ops";
    const struct az_node *node = protocol(c->gate, key);
    int64_t least;

    if (!int_of(c->gate, node, &least) || least < 1) {
        refuse(c, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
               az_arena_printf(c->gate->arena, "the budgets have no %s", key));
        return;
    }
    for (size_t i = 0; i < c->collection->count; i++) {
        const struct az_log_group *group = c->collection->groups[i];

        if (group->samples.count < (uint64_t)least)
            relate(c,
                   refuse(c, AZ_DIAG_SAMPLE_COUNT, "seed",
                          az_arena_printf(
                              c->gate->arena,
                              "seed %lld has %zu samples; the protocol wants "
                              "%lld",
                              (long long)group->seed, group->samples.count,
                              (long long)least)),
                   node, key);
    }
}

/* Whether all lines say the same of what they need not say. */
static void
check_provenance(struct computing *c)
{
    const struct az_log_context *first = c->collection->groups[0]->first;

    for (int text = AZ_LOG_COMMIT; text < AZ_LOG_TEXT_COUNT; text++) {
        struct az_str wanted = first->texts[text];
        const struct az_log_context *other = NULL;

        for (size_t i = 0; i < c->collection->count && other == NULL; i++) {
            other = c->collection->groups[i]->first;
            while (other != NULL && az_str_eq(other->texts[text], wanted))
                other = other->next;
        }
        if (other == NULL)
            continue;
        az_diag_relate(
            c->gate->sink,
            refuse(c, AZ_DIAG_SAMPLE_PROVENANCE, "metric_id",
                   az_arena_printf(
                       c->gate->arena, "the %s of its samples is %s and %s",
                       az_log_text_name((enum az_log_text)text),
                       wanted.len > 0 ? az_str_quote(c->gate->arena, wanted)
                                      : "not told",
                       other->texts[text].len > 0
                           ? az_str_quote(c->gate->arena, other->texts[text])
                           : "not told")),
            az_place_of(other->source, (struct az_span){ 0, 1 }),
            "another line");
    }
}

/* Values. */

static struct az_decimal
decimal_at(struct computing *c, const struct az_log_group *group, uint64_t rank)
{
    const struct az_series *series = &group->samples;

    return az_decimal_scale(
        az_decimal_from_int(c->gate->arena,
                            az_series_select(series, (size_t)rank)),
        series->exponent);
}

static struct az_decimal
decimal_of(struct computing *c, uint64_t value)
{
    return az_decimal_from_int(c->gate->arena, (int64_t)value);
}

/* A / DENOMINATOR; where that has no finite number of decimals, rounded to the
   worse side, up or DOWN, so that no limit is kept by rounding. */
static struct az_decimal
divide(struct computing *c, struct az_decimal a, uint64_t denominator,
       bool down)
{
    struct az_arena *arena = c->gate->arena;
    struct az_decimal b = decimal_of(c, denominator), back;
    struct az_decimal quotient = az_decimal_divide(arena, a, b, MAX_PLACES);
    struct az_decimal step =
        az_decimal_scale(az_decimal_from_int(arena, 1), -MAX_PLACES);
    int order;

    back = az_decimal_multiply(arena, quotient, b);
    order = az_decimal_compare(back, a);
    if (order < 0 && !down)
        return az_decimal_add(arena, quotient, step);
    if (order > 0 && down)
        return az_decimal_add(arena, quotient, az_decimal_negate(step));
    return quotient;
}

/* The percentile of GROUP by the policy's definition. */
static struct az_decimal
percentile(struct computing *c, const struct az_log_group *group)
{
    struct az_arena *arena = c->gate->arena;
    struct az_quantile where;
    struct az_decimal low, high, part;

    if (az_quantile_locate(c->definition, group->samples.count, c->ppm,
                           &where) != AZ_STAT_OK)
        where = (struct az_quantile){ group->samples.count, 0, 1 };
    low = decimal_at(c, group, where.rank);
    if (where.numerator == 0)
        return low;
    high = decimal_at(c, group, where.rank + 1);
    part = az_decimal_multiply(
        arena, az_decimal_add(arena, high, az_decimal_negate(low)),
        decimal_of(c, where.numerator));
    return az_decimal_add(
        arena, low,
        divide(c, part, where.denominator, c->budget->higher_is_better));
}

static int
compare_decimals(const void *a, const void *b)
{
    return az_decimal_compare(*(const struct az_decimal *)a,
                              *(const struct az_decimal *)b);
}

/* The median of COUNT values, which are sorted for it; the mean of the middle
   two of an even number. */
static struct az_decimal
median(struct computing *c, struct az_decimal *values, size_t count)
{
    struct az_arena *arena = c->gate->arena;
    struct az_decimal half =
        az_decimal_scale(az_decimal_from_int(arena, 5), -1);

    qsort(values, count, sizeof *values, compare_decimals);
    if (count % 2 == 1)
        return values[count / 2];
    return az_decimal_multiply(
        arena, az_decimal_add(arena, values[count / 2 - 1], values[count / 2]),
        half);
}

/* The interval of the percentile: az_sampled. */
static void
compute_interval(struct computing *c)
{
    size_t count = c->collection->count;
    struct az_decimal *lows =
        az_arena_array(c->gate->arena, count, sizeof *lows);
    struct az_decimal *highs =
        az_arena_array(c->gate->arena, count, sizeof *highs);

    for (size_t i = 0; i < count; i++) {
        const struct az_log_group *group = c->collection->groups[i];
        struct az_rank_interval ranks;

        if (az_quantile_interval(group->samples.count, c->ppm, INTERVAL_ALPHA,
                                 &ranks) != AZ_STAT_OK)
            return;
        lows[i] = decimal_at(c, group, ranks.low);
        highs[i] = decimal_at(c, group, ranks.high);
    }
    c->sampled->has_interval = true;
    c->sampled->low = median(c, lows, count);
    c->sampled->high = median(c, highs, count);
}

static void
compute(struct computing *c)
{
    size_t count = c->collection->count;
    struct az_decimal *values =
        az_arena_array(c->gate->arena, count, sizeof *values);

    if (c->sampling == SAMPLING_SINGLE) {
        c->measurement->value = decimal_at(c, c->collection->groups[0], 1);
        return;
    }
    for (size_t i = 0; i < count; i++)
        values[i] = percentile(c, c->collection->groups[i]);
    c->measurement->value = median(c, values, count);
    compute_interval(c);
}

/* Doubts. */

static void
doubt_tail(struct computing *c)
{
    for (size_t i = 0; i < c->collection->count; i++) {
        const struct az_log_group *group = c->collection->groups[i];

        if (az_quantile_is_supported(group->samples.count, c->ppm))
            continue;
        report(c, AZ_DIAG_SAMPLE_TAIL, "seed",
               az_arena_printf(
                   c->gate->arena,
                   "of the %zu samples of seed %lld fewer than 100 are beyond "
                   "the percentile",
                   group->samples.count, (long long)group->seed));
        return;
    }
}

static void
doubt_values(struct computing *c)
{
    for (size_t i = 0; i < c->collection->count; i++) {
        const struct az_log_group *group = c->collection->groups[i];
        size_t count = az_series_distinct(&group->samples, MIN_DISTINCT);

        if (count >= MIN_DISTINCT)
            continue;
        report(c, AZ_DIAG_SAMPLE_DISTINCT, "seed",
               az_arena_printf(c->gate->arena,
                               "the %zu samples of seed %lld have %zu distinct "
                               "value%s: the clock may be too coarse",
                               group->samples.count, (long long)group->seed,
                               count, count == 1 ? "" : "s"));
        return;
    }
}

struct hashed {
    uint64_t hash;
    const struct az_log_group *group;
};

static int
compare_hashes(const void *a, const void *b)
{
    const struct hashed *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->group->seed > y->group->seed) -
           (x->group->seed < y->group->seed);
}

static void
doubt_copies(struct computing *c)
{
    size_t count = c->collection->count;
    struct hashed *all = az_arena_array(c->gate->arena, count, sizeof *all);
    int exponent = c->collection->groups[0]->samples.exponent;

    for (size_t i = 0; i < count; i++)
        if (c->collection->groups[i]->samples.exponent < exponent)
            exponent = c->collection->groups[i]->samples.exponent;
    for (size_t i = 0; i < count; i++)
        all[i] =
            (struct hashed){ az_series_hash(&c->collection->groups[i]->samples,
                                            exponent),
                             c->collection->groups[i] };
    qsort(all, count, sizeof *all, compare_hashes);
    for (size_t i = 1; i < count; i++) {
        if (all[i - 1].hash != all[i].hash ||
            !az_series_equal(&all[i - 1].group->samples,
                             &all[i].group->samples))
            continue;
        report(c, AZ_DIAG_SAMPLE_IDENTICAL, "seed",
               az_arena_printf(c->gate->arena,
                               "seeds %lld and %lld have the same %zu samples "
                               "in the same order",
                               (long long)all[i - 1].group->seed,
                               (long long)all[i].group->seed,
                               all[i].group->samples.count));
        return;
    }
}

/* The entry. */

/* VALUE at the place of FIELD of the first line. */
static struct az_node
placed(const struct computing *c, const char *field, struct az_node value)
{
    const struct az_node *node = az_node_get(c->line->root, field);

    value.span = node != NULL ? node->span : c->line->root->span;
    return value;
}

/* Adds to LIST those strings of what CONTEXT's first line says in FIELD, one or
   an array, that are not yet in SEEN. */
static void
add_texts(struct computing *c, struct az_builder *list, struct az_map *seen,
          struct az_log_context *context, const char *field)
{
    const struct az_document *document =
        az_log_context_document(c->gate->arena, context);
    const struct az_node *value = az_node_get(document->root, field);
    const struct az_node *items =
        value->type == AZ_ARRAY ? value->items : value;
    uint32_t count = value->type == AZ_ARRAY ? value->count : 1;

    for (uint32_t i = 0; i < count; i++) {
        bool is_new;

        az_map_put(seen, az_node_text(&items[i]), &is_new);
        if (is_new)
            az_builder_add(list, az_make_string(az_node_text(&items[i])));
    }
}

static struct az_node
list_of(struct computing *c, const char *field)
{
    struct az_builder list;
    struct az_map seen;

    az_builder_init(&list, c->gate->arena);
    az_map_init(&seen, c->gate->arena);
    for (size_t i = 0; i < c->collection->count; i++)
        for (struct az_log_context *context = c->collection->groups[i]->first;
             context != NULL; context = context->next)
            add_texts(c, &list, &seen, context, field);
    return placed(c, field, az_builder_array(&list));
}

static struct az_node
seeds_of(struct computing *c)
{
    struct az_builder list;

    az_builder_init(&list, c->gate->arena);
    for (size_t i = 0; i < c->collection->count; i++)
        az_builder_add(&list, az_make_integer(c->gate->arena,
                                              c->collection->groups[i]->seed));
    return placed(c, "seed", az_builder_array(&list));
}

static void
set_text(struct az_builder *object, const char *key, struct az_str text)
{
    if (text.len > 0)
        az_builder_set(object, key, az_make_string(text));
}

static struct az_node
provenance_of(struct computing *c)
{
    const struct az_log_context *first = c->collection->groups[0]->first;
    struct az_builder object, environment;

    az_builder_init(&environment, c->gate->arena);
    set_text(&environment, "name", c->measurement->environment);
    set_text(&environment, "browser", c->measurement->environment);
    set_text(&environment, "version", first->texts[AZ_LOG_VERSION]);
    set_text(&environment, "host_class", first->texts[AZ_LOG_HOST_CLASS]);
    az_builder_init(&object, c->gate->arena);
    az_builder_set(&object, "environment", az_builder_object(&environment));
    set_text(&object, "command", first->texts[AZ_LOG_COMMAND]);
    set_text(&object, "method", first->texts[AZ_LOG_METHOD]);
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
    struct az_builder object;

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
    az_builder_set(&object, "commands", list_of(c, "repro_command"));
    az_builder_set(&object, "artifact_paths", list_of(c, "artifact_paths"));
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

/* Whether the samples of the measurement are those that its budget wants; then
   its value is computed. */
static void
judge_samples(struct computing *c)
{
    check_provenance(c);
    if (!read_sampling(c))
        return;
    if (c->sampling == SAMPLING_SINGLE) {
        check_single(c);
    } else if (read_percentile(c)) {
        check_seeds(c);
        check_counts(c);
    }
    if (c->measurement->refused)
        return;
    compute(c);
    if (c->sampling == SAMPLING_SINGLE)
        return;
    doubt_tail(c);
    doubt_values(c);
    doubt_copies(c);
}

static void
take_collection(const struct taking *taking, struct collection *collection,
                struct az_measurement *ret)
{
    struct az_gate *gate = taking->gate;
    struct az_log_group *first = collection->groups[0];
    struct computing c = {
        .gate = gate,
        .taking = taking,
        .collection = collection,
        .measurement = ret,
        .sampled = AZ_NEW(gate->arena, struct az_sampled),
        .line = az_log_context_document(gate->arena, first->first),
        .budget = az_map_get(&taking->budgets, first->metric->name)
    };
    bool judged = az_str_eq(first->profile, gate->input->profile);

    if (collection->count > 1)
        qsort(collection->groups, collection->count,
              sizeof(struct az_log_group *), compare_groups);
    *ret = (struct az_measurement){
        .sampled = c.sampled,
        .metric = first->metric->name,
        .profile = first->profile,
        .environment = first->environment,
        .commit = first->first->texts[AZ_LOG_COMMIT],
        .unit = az_unit_base(first->dimension),
        .refused = first->metric->refused != NULL || !gate->input->log_whole,
    };
    c.sampled->seeds = collection->count;
    for (size_t i = 0; i < collection->count; i++) {
        const struct az_log_group *group = collection->groups[i];

        c.sampled->samples += group->samples.count;
        if (group->dimension != first->dimension)
            refuse(&c, AZ_DIAG_MEASUREMENT_UNIT, "unit",
                   "its seeds are measured in units of different things");
    }
    if (!ret->refused && judged && c.budget != NULL &&
        c.budget->hard.node != NULL)
        judge_samples(&c);
    if (ret->commit.len == 0)
        ret->commit = az_str_from(gate->input->commit);
    make_entry(&c);
}

/* Puts the groups of one metric, profile and environment together. */
static void
collect(struct az_gate *gate, struct az_map *collections)
{
    const struct az_log *log = gate->input->log;

    for (size_t i = 0; i < log->groups.count; i++) {
        struct az_log_group *group = az_log_group_at(log, i);
        struct collection *collection;
        struct az_map_entry *entry;
        struct az_buf key;

        if (group->samples.count == 0)
            continue;
        az_buf_init(&key, gate->arena);
        az_buf_addf(&key, "%zu %zu ", group->metric->name.len,
                    group->profile.len);
        az_buf_add(&key, group->metric->name);
        az_buf_add(&key, group->profile);
        az_buf_add(&key, group->environment);
        entry = az_map_put(collections, az_buf_str(&key), NULL);
        if (entry->value == NULL)
            entry->value = AZ_NEW(gate->arena, struct collection);
        collection = entry->value;
        collection->groups =
            az_arena_grow(gate->arena, collection->groups, collection->count,
                          &collection->capacity, sizeof(struct az_log_group *));
        collection->groups[collection->count++] = group;
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

        if (context->texts[AZ_LOG_COMMIT].len > 0)
            continue;
        az_diag_hint(
            gate->sink,
            az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_COMMIT,
                        az_place_of(context->source, (struct az_span){ 0, 1 }),
                        "it is not known of which commit the samples "
                        "are"),
            "give '--commit COMMIT'");
        return;
    }
}

/* What is wrong with all of the log. */
static void
check_log(struct az_gate *gate)
{
    if (gate->input->corpus != NULL && gate->input->log_whole)
        az_gate_check_scenarios(gate);
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

    az_map_init(&taking->budgets, taking->gate->arena);
    for (size_t i = 0; i < budgets->count; i++)
        az_map_put(&taking->budgets, budgets->items[i].metric, NULL)->value =
            &budgets->items[i];
    taking->seeds = az_arena_array(taking->gate->arena, budgets->seed_count,
                                   sizeof *taking->seeds);
    taking->bad_seed = budgets->seed_count == 0;
    for (size_t i = 0; i < budgets->seed_count; i++) {
        int64_t *seed = &taking->seeds[taking->seed_count];

        if (int_of(taking->gate, budgets->sorted_seeds[i], seed))
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

    check_log(gate);
    prepare(&taking);
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

/* The number VALUE, in base units, as ROW shows its value. */
static const char *
show(struct az_gate *gate, const struct az_row *row, struct az_decimal value)
{
    struct az_decimal converted;

    if (az_unit_convert(gate->arena, value, row->measured->unit, row->unit,
                        &converted))
        value = converted;
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

void
az_gate_show_interval(struct az_gate *gate, struct az_row *row)
{
    const struct az_measurement *m = row->measured;
    const struct az_sampled *sampled = m->sampled;
    const struct az_limit *limits[] = { &row->budget->hard,
                                        &row->budget->warn };
    const char *interval;

    if (!sampled->has_interval)
        return;
    interval = az_arena_printf(gate->arena, "%s to %s %s",
                               show(gate, row, sampled->low),
                               show(gate, row, sampled->high), row->unit->name);
    for (size_t i = 0; i < row->decision_count; i++)
        row->decisions[i].reason =
            az_arena_printf(gate->arena, "%s (95 %% interval %s)",
                            row->decisions[i].reason, interval);
    for (size_t i = 0; i < 2; i++) {
        struct az_diag *diag;

        if (!holds(row, limits[i]))
            continue;
        diag = az_sink_add(
            gate->sink, AZ_DIAG_SAMPLE_INTERVAL,
            az_measurement_place(m, "value"),
            "%s (profile %s, %s): the 95 %% interval of the percentile, %s, "
            "has the %s in it",
            az_str_quote(gate->arena, m->metric),
            az_str_quote(gate->arena, m->profile),
            az_str_quote(gate->arena, m->environment), interval,
            i == 0 ? "limit" : "warning threshold");
        diag->pointer = "/value";
        az_diag_hint(gate->sink, diag, "more samples make it narrower");
        az_diag_relate(
            gate->sink, diag,
            az_document_place(gate->budgets.document, limits[i]->node),
            "the limit");
    }
}
