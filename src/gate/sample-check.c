/* Whether samples are those that the budgets want.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include "core/arena.h"
#include "core/ascii.h"

/* Findings. */

void
az_sampling_look_at(struct computing *c, const struct az_log_group *group)
{
    c->line = az_log_context_document(c->gate->arena, group->first);
}

void
az_sampling_set_part(struct computing *c, const struct part *part)
{
    c->part = part;
    az_sampling_look_at(c, part->first);
}

struct az_str
az_sampling_text(const struct computing *c,
                 const struct az_log_context *context, enum az_log_text text)
{
    return az_log_text(c->gate->input->log, context, text);
}

/* The scenario and the bundler of PART. */
static struct az_str
scenario_of(const struct computing *c, const struct part *part)
{
    return az_sampling_text(c, part->first->first, AZ_LOG_SCENARIO);
}

static struct az_str
bundler_of(const struct computing *c, const struct part *part)
{
    return az_sampling_text(c, part->first->first, AZ_LOG_BUNDLER);
}

/* Which of several parts it is, for messages; empty if there is one. */
static const char *
part_name(const struct computing *c)
{
    struct az_arena *arena = c->gate->arena;

    if (c->collection->count == 1)
        return "";
    return az_arena_printf(arena, ", scenario %s, bundler %s",
                           az_str_quote(arena, scenario_of(c, c->part)),
                           az_str_quote(arena, bundler_of(c, c->part)));
}

struct az_diag *
az_sampling_report(struct computing *c, enum az_diag_id id, const char *field,
                   const char *message)
{
    struct az_gate *gate = c->gate;
    const struct az_node *node = az_node_get(c->line->root, field);
    struct az_diag *diag =
        az_sink_add(gate->sink, id, az_document_place(c->line, node),
                    "%s (profile %s, %s%s): %s",
                    az_str_quote(gate->arena, c->measurement->metric),
                    az_str_quote(gate->arena, c->measurement->profile),
                    az_str_quote(gate->arena, c->measurement->environment),
                    part_name(c), message);

    diag->pointer = az_arena_printf(gate->arena, "/%s", field);
    return diag;
}

struct az_diag *
az_sampling_refuse(struct computing *c, enum az_diag_id id, const char *field,
                   const char *message)
{
    c->measurement->refused = true;
    return az_sampling_report(c, id, field, message);
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

bool
az_sampling_int(struct az_gate *gate, const struct az_node *node, int64_t *ret)
{
    struct az_decimal number;

    return node != NULL && az_decimal_of(gate->arena, node, &number) &&
           az_decimal_to_int(number, ret);
}

/* "median-of-seed-p95": 950000 in *RET.  False if METHOD is none from p01 to
   p99. */
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
    if (!az_is_digit(text.p[0]) || !az_is_digit(text.p[1]))
        return false;
    *ret = (uint32_t)((text.p[0] - '0') * 10 + (text.p[1] - '0')) * 10000;
    return *ret > 0;
}

static bool
read_sampling(struct computing *c)
{
    static const char *const names[] = { [SAMPLING_LATENCY] = "latency",
                                         [SAMPLING_MEMORY] = "memory",
                                         [SAMPLING_SINGLE] = "single" };
    const struct az_node *node = az_node_get(c->budget->row, "sampling");
    struct az_diag *diag;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (az_node_is_string(node, names[i])) {
            c->sampling = (enum sampling)i;
            return true;
        }
    c->sampling = SAMPLING_LATENCY;
    if (node == NULL && c->budget->unit->dimension == AZ_DIMENSION_TIME)
        return true;
    diag = az_sampling_refuse(c, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
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
        az_sampling_refuse(
            c, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
            "the budgets have no percentile_method that is known");
        return false;
    }
    if (node != NULL && (!az_sampling_int(c->gate, node, &definition) ||
                         definition < 1 || definition > 9)) {
        relate(c,
               az_sampling_refuse(c, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
                                  "percentile_definition is not 1 to 9"),
               node, "the definition");
        return false;
    }
    c->definition = (int)definition;
    /* the percentile counts from the better side: so many reach the value */
    if (c->budget->higher_is_better)
        c->ppm = 1000000 - c->ppm;
    return true;
}

/* Seeds and counts. */

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
    relate(c, az_sampling_refuse(c, AZ_DIAG_SAMPLE_SEEDS, "seed", text.p),
           c->gate->budgets.seed_set, "the seed set of the budgets");
}

/* Whether the seeds are those of the budgets; both are sorted. */
static void
check_seeds(struct computing *c)
{
    const struct taking *taking = c->taking;
    struct az_log_group *const *groups = c->part->groups;
    const int64_t *missing = NULL, *extra = NULL;
    size_t i = 0, j = 0;

    while (i < taking->seed_count || j < c->part->count) {
        bool none = j == c->part->count;
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
    if (c->sampled->samples == 1)
        return;
    relate(c,
           az_sampling_refuse(
               c, AZ_DIAG_SAMPLE_COUNT, "metric_id",
               az_arena_printf(c->gate->arena,
                               "there are %zu samples; it is sampled once",
                               c->sampled->samples)),
           az_node_get(c->budget->row, "sampling"), "its sampling");
}

/* What the protocol calls the number of samples. */
static const char *
count_key(const struct computing *c)
{
    return c->sampling == SAMPLING_LATENCY ? "latency_iterations_per_seed"
                                           : "memory_sample_ops";
}

/* Says that the group of number I has not the LEAST samples that NODE of the
   protocol wants. */
static void
report_few(struct computing *c, size_t i, int64_t least,
           const struct az_node *node)
{
    struct az_arena *arena = c->gate->arena;
    const struct az_log_group *group = c->part->groups[i];
    const char *copies =
        az_sampling_copies(arena, &c->part->evidence[i], group->samples.count);

    az_sampling_look_at(c, group);
    relate(
        c,
        az_sampling_refuse(
            c, AZ_DIAG_SAMPLE_COUNT, "seed",
            az_arena_printf(
                arena, "seed %lld has %zu samples%s%s; the protocol wants %lld",
                (long long)group->seed, group->samples.count,
                copies != NULL ? ", " : "", copies != NULL ? copies : "",
                (long long)least)),
        node, count_key(c));
}

/* Says that some of the samples of the group of number I are copies of others:
   they would have the percentile twice. */
static void
report_copied(struct computing *c, size_t i)
{
    struct az_arena *arena = c->gate->arena;
    const struct az_log_group *group = c->part->groups[i];
    size_t count = group->samples.count;

    az_sampling_look_at(c, group);
    az_diag_hint(c->gate->sink,
                 az_sampling_refuse(
                     c, AZ_DIAG_SAMPLE_COUNT, "seed",
                     az_arena_printf(arena, "seed %lld has %zu samples, %s",
                                     (long long)group->seed, count,
                                     az_sampling_copies(
                                         arena, &c->part->evidence[i], count))),
                 "give each sample once: a log that has part of another too "
                 "weighs that part twice");
}

static void
check_counts(struct computing *c)
{
    const struct az_node *node = protocol(c->gate, count_key(c));
    int64_t least;

    if (!az_sampling_int(c->gate, node, &least) || least < 1) {
        az_sampling_refuse(c, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
                           az_arena_printf(c->gate->arena,
                                           "the budgets have no %s",
                                           count_key(c)));
        return;
    }
    for (size_t i = 0; i < c->part->count; i++) {
        const struct evidence *evidence = &c->part->evidence[i];

        if (evidence->own < (uint64_t)least)
            report_few(c, i, least, node);
        else if (evidence->own < evidence->ranked)
            report_copied(c, i);
    }
}

/* The first of the lines of PART that differs from LINE in TEXT; NULL if none
   does. */
static const struct az_log_context *
find_other(const struct part *part, const struct az_log_context *line,
           enum az_log_text text)
{
    for (size_t i = 0; i < part->count; i++)
        for (const struct az_log_context *other = part->groups[i]->first;
             other != NULL; other = other->next)
            if (other->key.texts[text] != line->key.texts[text])
                return other;
    return NULL;
}

static const char *
tell(struct computing *c, const struct az_log_context *context,
     enum az_log_text field)
{
    struct az_str text = az_sampling_text(c, context, field);

    return text.len > 0 ? az_str_quote(c->gate->arena, text) : "not told";
}

/* Whether all lines say the same of TEXT; if not, the finding is ID, at FIELD.
 */
static void
check_same(struct computing *c, enum az_log_text text, enum az_diag_id id,
           const char *field)
{
    const struct az_log_context *first = c->part->first->first;
    const struct az_log_context *other = NULL;

    for (size_t i = 0; i < c->collection->count && other == NULL; i++)
        other = find_other(c->collection->parts[i], first, text);
    if (other == NULL)
        return;
    az_diag_relate(c->gate->sink,
                   az_sampling_refuse(
                       c, id, field,
                       az_arena_printf(
                           c->gate->arena, "the %s of its samples is %s and %s",
                           az_log_text_name(text), tell(c, first, text),
                           tell(c, other, text))),
                   az_log_context_place(c->gate->arena, other), "another line");
}

/* Whether the samples can be of one value: a unit of its own would put one
   anywhere among the others. */
static void
check_alike(struct computing *c)
{
    check_same(c, AZ_LOG_UNIT, AZ_DIAG_MEASUREMENT_UNIT, "unit");
    /* these need not be there: the finding stands at a field that is */
    for (int text = AZ_LOG_COMMIT; text < AZ_LOG_TEXT_COUNT; text++)
        check_same(c, (enum az_log_text)text, AZ_DIAG_SAMPLE_PROVENANCE,
                   "metric_id");
}

/* Scenarios. */

/* Says that SCENARIO, whose samples the others do not stand for, is not in the
   log, or not with BUNDLER. */
static void
report_unmeasured(struct computing *c, const struct az_node *scenario,
                  const struct az_node *bundler)
{
    struct az_gate *gate = c->gate;
    struct az_arena *arena = gate->arena;
    const struct az_node *id = az_node_get(scenario, "id");
    struct az_diag *diag = az_sink_add_as(
        gate->sink, AZ_DIAG_SAMPLE_MISSING,
        bundler != NULL ? AZ_WARNING : AZ_ERROR,
        az_document_place(c->line, az_node_get(c->line->root, "metric_id")),
        "%s (profile %s, %s): there is no sample of scenario %s%s%s",
        az_str_quote(arena, c->measurement->metric),
        az_str_quote(arena, c->measurement->profile),
        az_str_quote(arena, c->measurement->environment),
        az_node_quote(arena, id), bundler != NULL ? " with bundler " : "",
        bundler != NULL ? az_node_quote(arena, bundler) : "");

    diag->pointer = "/metric_id";
    az_diag_relate(
        gate->sink, diag,
        az_document_place(gate->input->corpus, bundler != NULL ? bundler : id),
        "the corpus has it measured there");
    if (bundler == NULL)
        c->measurement->refused = true;
}

/* Whether SCENARIO, which measures what C is about, does so in its profile and
   environment. */
static bool
is_planned(struct computing *c, const struct az_node *scenario)
{
    const struct az_measurement *m = c->measurement;
    const struct az_node *profile = az_node_get(scenario, "profile");

    return profile != NULL && profile->type == AZ_STRING &&
           az_str_eq(az_node_text(profile), m->profile) &&
           az_plan_lists(&c->taking->plan, scenario, "browsers",
                         m->environment);
}

/* What of SCENARIO the log lacks; MEASURED are the scenarios that it has, and
   their bundlers. */
static void
check_planned(struct computing *c, const struct az_node *scenario,
              const struct az_map *measured)
{
    const struct az_node *bundlers = az_node_get(scenario, "bundlers");
    struct az_str id = az_node_text(az_node_get(scenario, "id"));
    const struct az_map *with = az_map_get(measured, id);

    if (with == NULL) {
        report_unmeasured(c, scenario, NULL);
        return;
    }
    for (uint32_t i = 0;
         bundlers != NULL && bundlers->type == AZ_ARRAY && i < bundlers->count;
         i++)
        if (bundlers->items[i].type == AZ_STRING &&
            az_map_find(with, az_node_text(&bundlers->items[i])) == NULL)
            report_unmeasured(c, scenario, &bundlers->items[i]);
}

/* Whether the log has all scenarios that the corpus has measure it: a slow one
   could be left out. */
static void
check_scenarios(struct computing *c)
{
    struct az_arena *arena = c->gate->arena;
    const struct az_planned *planned =
        az_plan_measuring(&c->taking->plan, c->measurement->metric);
    struct az_map measured;

    az_map_init(&measured, arena);
    for (size_t i = 0; i < c->collection->count; i++) {
        const struct part *part = c->collection->parts[i];
        struct az_map_entry *entry =
            az_map_put(&measured, scenario_of(c, part), NULL);

        if (entry->value == NULL) {
            entry->value = AZ_NEW(arena, struct az_map);
            az_map_init(entry->value, arena);
        }
        az_map_put(entry->value, bundler_of(c, part), NULL);
    }
    for (size_t i = 0; planned != NULL && i < planned->count; i++)
        if (is_planned(c, planned->scenarios[i]))
            check_planned(c, planned->scenarios[i], &measured);
}

/* Counts what of PART is evidence. */
static void
weigh(const struct computing *c, struct part *part)
{
    struct az_arena *scratch = az_arena_new_like(c->gate->arena);

    part->evidence =
        az_arena_array(c->gate->arena, part->count, sizeof *part->evidence);
    for (size_t i = 0; i < part->count; i++) {
        part->evidence[i] = az_sampling_weigh(c, part->groups[i], scratch);
        az_arena_clear(scratch);
    }
    az_arena_free(scratch);
}

void
az_sampling_check(struct computing *c)
{
    check_alike(c);
    if (!read_sampling(c))
        return;
    if (c->sampling == SAMPLING_SINGLE) {
        check_single(c);
        return;
    }
    if (!read_percentile(c))
        return;
    check_scenarios(c);
    for (size_t i = 0; i < c->collection->count; i++) {
        weigh(c, c->collection->parts[i]);
        az_sampling_set_part(c, c->collection->parts[i]);
        check_seeds(c);
        check_counts(c);
    }
}
