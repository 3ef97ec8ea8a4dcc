/* Whether samples are those that the budgets want.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include "core/arena.h"
#include "core/ascii.h"

/* Points at a node of the budgets. */
static void
relate(struct az_sampling *s, struct az_diag *diag, const struct az_node *node,
       const char *what)
{
    if (node != NULL)
        az_diag_relate(s->gate->sink, diag,
                       az_document_place(s->gate->budgets.document, node), "%s",
                       what);
}

/* The protocol. */

static const struct az_node *
protocol(const struct az_gate *gate, const char *key)
{
    return az_node_get(
        az_node_get(gate->budgets.document->root, "measurement_protocol"), key);
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
read_sampling(struct az_sampling *s)
{
    static const char *const names[] = { [AZ_SAMPLING_LATENCY] = "latency",
                                         [AZ_SAMPLING_MEMORY] = "memory",
                                         [AZ_SAMPLING_SINGLE] = "single" };
    const struct az_node *node = az_node_get(s->budget->row, "sampling");
    struct az_diag *diag;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (az_node_is_string(node, names[i])) {
            s->kind = (enum az_sampling_kind)i;
            return true;
        }
    s->kind = AZ_SAMPLING_LATENCY;
    if (node == NULL && s->budget->unit->dimension == AZ_DIMENSION_TIME)
        return true;
    diag = az_sampling_refuse(s, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
                              "its budget does not say how it is sampled");
    relate(s, diag, node != NULL ? node : s->budget->row, "its budget");
    az_diag_hint(s->gate->sink, diag,
                 "set sampling to latency, memory or single");
    return false;
}

static bool
read_percentile(struct az_sampling *s)
{
    const struct az_node *method = protocol(s->gate, "percentile_method");
    const struct az_node *node = protocol(s->gate, "percentile_definition");
    int64_t definition = 1;

    if (!read_method(method, &s->ppm)) {
        az_sampling_refuse(
            s, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
            "the budgets have no percentile_method that is known");
        return false;
    }
    if (node != NULL && (!az_node_int(s->gate->arena, node, &definition) ||
                         definition < 1 || definition > 9)) {
        relate(s,
               az_sampling_refuse(s, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
                                  "percentile_definition is not 1 to 9"),
               node, "the definition");
        return false;
    }
    s->definition = (int)definition;
    return true;
}

/* Seeds and counts. */

/* Says which seed is MISSING or EXTRA, where they are not NULL. */
static void
report_seeds(struct az_sampling *s, const int64_t *missing,
             const int64_t *extra)
{
    struct az_buf text;

    az_buf_init(&text, s->gate->arena);
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
    relate(s, az_sampling_refuse(s, AZ_DIAG_SAMPLE_SEEDS, "seed", text.p),
           s->gate->budgets.seed_set, "the seed set of the budgets");
}

/* Whether the seeds are those of the budgets; both are sorted. */
static void
check_seeds(struct az_sampling *s)
{
    const struct az_sampling_criteria *criteria = s->criteria;
    struct az_log_group *const *groups = s->stratum->groups;
    const int64_t *missing = NULL, *extra = NULL;
    size_t i = 0, j = 0;

    while (i < criteria->seed_count || j < s->stratum->count) {
        bool none = j == s->stratum->count;
        bool other = i == criteria->seed_count;

        if (!none && !other && criteria->seeds[i] == groups[j]->seed) {
            i++;
            j++;
        } else if (none || (!other && criteria->seeds[i] < groups[j]->seed)) {
            missing = missing != NULL ? missing : &criteria->seeds[i];
            i++;
        } else {
            extra = extra != NULL ? extra : &groups[j]->seed;
            j++;
        }
    }
    if (missing != NULL || extra != NULL || criteria->bad_seed)
        report_seeds(s, missing, extra);
}

static void
check_single(struct az_sampling *s)
{
    if (s->sampled->samples == 1)
        return;
    relate(s,
           az_sampling_refuse(
               s, AZ_DIAG_SAMPLE_COUNT, "metric_id",
               az_arena_printf(s->gate->arena,
                               "there are %zu samples; it is sampled once",
                               s->sampled->samples)),
           az_node_get(s->budget->row, "sampling"), "its sampling");
}

/* What the protocol calls the number of samples. */
static const char *
count_key(const struct az_sampling *s)
{
    return s->kind == AZ_SAMPLING_LATENCY ? "latency_iterations_per_seed"
                                          : "memory_sample_ops";
}

/* Says that the group of number I has not the LEAST samples that NODE of the
   protocol wants. */
static void
report_few(struct az_sampling *s, size_t i, int64_t least,
           const struct az_node *node)
{
    struct az_arena *arena = s->gate->arena;
    const struct az_log_group *group = s->stratum->groups[i];
    const char *copies = az_sampling_copies(arena, &s->stratum->evidence[i],
                                            group->samples.count);

    az_sampling_look_at(s, group);
    relate(
        s,
        az_sampling_refuse(
            s, AZ_DIAG_SAMPLE_COUNT, "seed",
            az_arena_printf(
                arena, "seed %lld has %zu samples%s%s; the protocol wants %lld",
                (long long)group->seed, group->samples.count,
                copies != NULL ? ", " : "", copies != NULL ? copies : "",
                (long long)least)),
        node, count_key(s));
}

/* Says that some of the samples of the group of number I are copies of others:
   they would have the percentile twice. */
static void
report_copied(struct az_sampling *s, size_t i)
{
    struct az_arena *arena = s->gate->arena;
    const struct az_log_group *group = s->stratum->groups[i];
    size_t count = group->samples.count;

    az_sampling_look_at(s, group);
    az_diag_hint(
        s->gate->sink,
        az_sampling_refuse(
            s, AZ_DIAG_SAMPLE_COUNT, "seed",
            az_arena_printf(
                arena, "seed %lld has %zu samples, %s", (long long)group->seed,
                count,
                az_sampling_copies(arena, &s->stratum->evidence[i], count))),
        "give each sample once: a log that has part of another too "
        "weighs that part twice");
}

static void
check_counts(struct az_sampling *s)
{
    const struct az_node *node = protocol(s->gate, count_key(s));
    int64_t least;

    if (!az_node_int(s->gate->arena, node, &least) || least < 1) {
        az_sampling_refuse(s, AZ_DIAG_SAMPLE_SAMPLING, "metric_id",
                           az_arena_printf(s->gate->arena,
                                           "the budgets have no %s",
                                           count_key(s)));
        return;
    }
    for (size_t i = 0; i < s->stratum->count; i++) {
        const struct az_sample_evidence *evidence = &s->stratum->evidence[i];

        if (evidence->original < (uint64_t)least)
            report_few(s, i, least, node);
        else if (evidence->original < evidence->unrepeated)
            report_copied(s, i);
    }
}

/* The first of the lines of STRATUM that differs from LINE in TEXT; NULL if
   none does. */
static const struct az_log_context *
find_other(const struct az_stratum *stratum, const struct az_log_context *line,
           enum az_log_text text)
{
    for (size_t i = 0; i < stratum->count; i++)
        for (const struct az_log_context *other = stratum->groups[i]->first;
             other != NULL; other = other->next)
            if (other->key.texts[text] != line->key.texts[text])
                return other;
    return NULL;
}

static const char *
tell(struct az_sampling *s, const struct az_log_context *context,
     enum az_log_text field)
{
    struct az_str text = az_sampling_text(s, context, field);

    return text.len > 0 ? az_str_quote(s->gate->arena, text) : "not told";
}

/* Whether all lines say the same of TEXT; if not, the finding is ID, at FIELD.
 */
static void
check_same(struct az_sampling *s, enum az_log_text text, enum az_diag_id id,
           const char *field)
{
    const struct az_log_context *first = s->stratum->first->first;
    const struct az_log_context *other = NULL;

    for (size_t i = 0; i < s->strata->count && other == NULL; i++)
        other = find_other(s->strata->items[i], first, text);
    if (other == NULL)
        return;
    az_diag_relate(s->gate->sink,
                   az_sampling_refuse(
                       s, id, field,
                       az_arena_printf(
                           s->gate->arena, "the %s of its samples is %s and %s",
                           az_log_text_name(text), tell(s, first, text),
                           tell(s, other, text))),
                   az_log_context_place(s->gate->arena, other), "another line");
}

/* Whether the samples can be of one value: a unit of its own would put one
   anywhere among the others. */
static void
check_alike(struct az_sampling *s)
{
    check_same(s, AZ_LOG_UNIT, AZ_DIAG_MEASUREMENT_UNIT, "unit");
    /* these need not be there: the finding stands at a field that is */
    for (int text = AZ_LOG_COMMIT; text < AZ_LOG_TEXT_COUNT; text++)
        check_same(s, (enum az_log_text)text, AZ_DIAG_SAMPLE_PROVENANCE,
                   "metric_id");
}

void
az_sampling_check(struct az_sampling *s)
{
    check_alike(s);
    if (!read_sampling(s))
        return;
    if (s->kind == AZ_SAMPLING_SINGLE) {
        check_single(s);
        return;
    }
    if (!read_percentile(s))
        return;
    az_sampling_check_coverage(s);
    for (size_t i = 0; i < s->strata->count; i++) {
        az_sampling_weigh(s, s->strata->items[i]);
        az_sampling_set_stratum(s, s->strata->items[i]);
        check_seeds(s);
        check_counts(s);
    }
}
