/* Whether samples are those that the budgets want.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include "core/arena.h"

/* Findings. */

struct az_diag *
az_sampling_report(struct computing *c, enum az_diag_id id, const char *field,
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
           az_sampling_refuse(
               c, AZ_DIAG_SAMPLE_COUNT, "metric_id",
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

    if (!az_sampling_int(c->gate, node, &least) || least < 1) {
        az_sampling_refuse(
            c, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
            az_arena_printf(c->gate->arena, "the budgets have no %s", key));
        return;
    }
    for (size_t i = 0; i < c->collection->count; i++) {
        const struct az_log_group *group = c->collection->groups[i];

        if (group->samples.count < (uint64_t)least)
            relate(c,
                   az_sampling_refuse(
                       c, AZ_DIAG_SAMPLE_COUNT, "seed",
                       az_arena_printf(
                           c->gate->arena,
                           "seed %lld has %zu samples; the protocol wants "
                           "%lld",
                           (long long)group->seed, group->samples.count,
                           (long long)least)),
                   node, key);
    }
}

/* The first of the lines that differs from LINE in TEXT; NULL if none does. */
static const struct az_log_context *
find_other(const struct computing *c, const struct az_log_context *line,
           enum az_log_text text)
{
    const struct az_log_context *other = NULL;

    for (size_t i = 0; i < c->collection->count && other == NULL; i++) {
        other = c->collection->groups[i]->first;
        while (other != NULL &&
               az_str_eq(other->texts[text], line->texts[text]))
            other = other->next;
    }
    return other;
}

static const char *
tell(struct computing *c, struct az_str text)
{
    return text.len > 0 ? az_str_quote(c->gate->arena, text) : "not told";
}

/* Whether all lines say the same of TEXT. */
static void
check_same(struct computing *c, enum az_log_text text, enum az_diag_id id,
           const char *field)
{
    const struct az_log_context *first = c->collection->groups[0]->first;
    const struct az_log_context *other = find_other(c, first, text);

    if (other == NULL)
        return;
    az_diag_relate(
        c->gate->sink,
        az_sampling_refuse(c, id, field,
                           az_arena_printf(c->gate->arena,
                                           "the %s of its samples is %s and %s",
                                           az_log_text_name(text),
                                           tell(c, first->texts[text]),
                                           tell(c, other->texts[text]))),
        az_place_of(other->source, (struct az_span){ 0, 1 }), "another line");
}

/* Whether the samples can be of one value: a unit of its own would put one
   anywhere among the others. */
static void
check_alike(struct computing *c)
{
    check_same(c, AZ_LOG_UNIT, AZ_DIAG_MEASUREMENT_UNIT, "unit");
    for (int text = AZ_LOG_COMMIT; text < AZ_LOG_TEXT_COUNT; text++)
        check_same(c, (enum az_log_text)text, AZ_DIAG_SAMPLE_PROVENANCE,
                   "metric_id");
}

void
az_sampling_check(struct computing *c)
{
    check_alike(c);
    if (!read_sampling(c))
        return;
    if (c->sampling == SAMPLING_SINGLE) {
        check_single(c);
    } else if (read_percentile(c)) {
        check_seeds(c);
        check_counts(c);
    }
}
