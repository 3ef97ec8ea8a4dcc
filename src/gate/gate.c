/* The gate: budgets and measurements in, rows and one verdict out.
   SPDX-License-Identifier: MIT */

#include "gate/session.h"

#include <stdlib.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/limits.h"
#include "gate/samples.h"

/* Names that "did you mean" is asked for, and among how many: what is beyond
   is one of the cases where a guess helps nobody. */
#define MAX_HINTS      64
#define MAX_CANDIDATES 1024

/* The first five NAMES of COUNT, and how many more there are. */
static const char *
list_names(struct az_arena *arena, const struct az_str *names, size_t count)
{
    size_t shown = count > 5 ? 5 : count;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (size_t i = 0; i < shown; i++)
        az_buf_addf(&buf, "%s%s",
                    i == 0                             ? ""
                    : i + 1 == shown && shown == count ? " and "
                                                       : ", ",
                    az_str_quote(arena, names[i]));
    if (shown < count)
        az_buf_addf(&buf, " and %zu more", count - shown);
    return az_arena_str(arena, az_buf_str(&buf)).p;
}

/* "did you mean", from the keys of NAMES. */
static void
hint_name(struct az_gate *gate, struct az_diag *diag, struct az_str word,
          const struct az_map *names)
{
    struct az_str *candidates;
    size_t nearest;

    if (gate->hints_left == 0 || names->count == 0 ||
        names->count > MAX_CANDIDATES)
        return;
    gate->hints_left--;
    candidates = az_arena_array(gate->arena, names->count, sizeof *candidates);
    for (size_t i = 0; i < names->count; i++)
        candidates[i] = names->entries[i].key;
    nearest = az_str_nearest(word, candidates, names->count);
    if (nearest < names->count)
        az_diag_hint(gate->sink, diag, "did you mean %s?",
                     az_str_quote(gate->arena, candidates[nearest]));
    else
        az_diag_hint(gate->sink, diag, "the budgets name %s",
                     list_names(gate->arena, candidates, names->count));
}

/* Where assize.yaml gives WORD under gate.KEY, as a text or in a list; nowhere
   if an option did. */
static struct az_place
place_given(const struct az_gate *gate, const char *key, struct az_str word)
{
    const struct az_document *project = gate->input->project;
    const struct az_node *node =
        project == NULL ? NULL
                        : az_node_get(az_node_get(project->root, "gate"), key);
    uint32_t count = node != NULL && node->type == AZ_ARRAY ? node->count : 1;

    for (uint32_t i = 0; node != NULL && i < count; i++) {
        const struct az_node *item =
            node->type == AZ_ARRAY ? &node->items[i] : node;

        if (item->type == AZ_STRING && az_str_eq(az_node_text(item), word))
            return az_document_place(project, item);
    }
    return AZ_NOWHERE;
}

static bool
check_profile(struct az_gate *gate)
{
    struct az_str profile = gate->input->profile;
    struct az_diag *diag;

    if (az_map_find(&gate->budgets.profiles, profile) != NULL)
        return true;
    diag = az_sink_add(
        gate->sink, AZ_DIAG_USAGE, place_given(gate, "profile", profile),
        "unknown profile %s", az_str_quote(gate->arena, profile));
    if (gate->budgets.profiles.count == 0)
        az_diag_hint(gate->sink, diag, "the budgets name no profile");
    else
        hint_name(gate, diag, profile, &gate->budgets.profiles);
    return false;
}

static void
mark_required(struct az_gate *gate)
{
    struct az_map required;

    az_map_init(&required, gate->arena);
    for (size_t i = 0; i < gate->input->require_count; i++) {
        struct az_str metric = gate->input->require_metrics[i];
        struct az_diag *diag;

        az_map_put(&required, metric, NULL);
        if (az_map_find(&gate->budgets.metrics, metric) != NULL)
            continue;
        diag = az_sink_add(gate->sink, AZ_DIAG_USAGE,
                           place_given(gate, "require_metric", metric),
                           "unknown metric %s is required",
                           az_str_quote(gate->arena, metric));
        hint_name(gate, diag, metric, &gate->budgets.metrics);
    }
    for (size_t i = 0; i < gate->budgets.count; i++) {
        struct az_budget *budget = &gate->budgets.items[i];

        budget->required = az_map_find(&required, budget->metric) != NULL;
    }
}

static void
report_derived(struct az_gate *gate, const struct az_measurement *m,
               const struct az_budget *budget)
{
    struct az_diag *diag = az_sink_add(
        gate->sink, AZ_DIAG_MEASUREMENT_TWIN,
        az_measurement_place(m, "metric_id"),
        "%s is measured, and its budget derives it from other metrics",
        az_str_quote(gate->arena, m->metric));

    diag->pointer = az_measurement_pointer(gate->arena, m, "metric_id");
    az_diag_relate(gate->sink, diag,
                   az_document_place(gate->budgets.document,
                                     az_node_get(budget->row, "derived")),
                   "what it is derived from");
    az_diag_hint(gate->sink, diag,
                 "measure the operands, or take 'derived' out of the budget");
}

/* Whether a budget knows the metric of M, as its own or as an operand. */
static bool
check_metric(struct az_gate *gate, const struct az_measurement *m)
{
    const struct az_map_entry *entry =
        az_map_find(&gate->budgets.metrics, m->metric);
    const struct az_budget *budget = entry != NULL ? entry->value : NULL;
    struct az_diag *diag;

    if (budget != NULL && budget->derived != NULL) {
        report_derived(gate, m, budget);
        return false;
    }
    if (entry != NULL ||
        az_map_find(&gate->budgets.operands, m->metric) != NULL)
        return true;
    diag = az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_METRIC,
                       az_measurement_place(m, "metric_id"),
                       "metric %s has no budget",
                       az_str_quote(gate->arena, m->metric));
    diag->pointer = az_measurement_pointer(gate->arena, m, "metric_id");
    hint_name(gate, diag, m->metric, &gate->budgets.metrics);
    return false;
}

/* Entries of one profile, which is not judged. */
struct others {
    const struct az_measurement *first;
    size_t count;
};

static void
note_other(struct az_gate *gate, struct az_map *profiles,
           const struct az_measurement *m)
{
    struct az_map_entry *entry = az_map_put(profiles, m->profile, NULL);
    struct others *others = entry->value;

    if (others == NULL) {
        others = AZ_NEW(gate->arena, struct others);
        others->first = m;
        entry->value = others;
    }
    others->count++;
}

static void
report_unknown(struct az_gate *gate, struct az_str profile,
               const struct others *others)
{
    struct az_diag *diag =
        az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_METRIC,
                    az_measurement_place(others->first, "profile"),
                    "%s of profile %s, which no budget knows",
                    az_str_counted(gate->arena, others->count, "entry"),
                    az_str_quote(gate->arena, profile));

    diag->pointer =
        az_measurement_pointer(gate->arena, others->first, "profile");
    hint_name(gate, diag, profile, &gate->budgets.profiles);
}

static void
report_other(struct az_gate *gate, struct az_str profile,
             const struct others *others)
{
    struct az_diag *diag =
        az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_NOT_JUDGED,
                    az_measurement_place(others->first, "profile"),
                    "%s of profile %s not judged: the profile is %s",
                    az_str_counted(gate->arena, others->count, "entry"),
                    az_str_quote(gate->arena, profile),
                    az_str_quote(gate->arena, gate->input->profile));

    diag->pointer =
        az_measurement_pointer(gate->arena, others->first, "profile");
    gate->result->not_judged += others->count;
}

static void
report_others(struct az_gate *gate, const struct az_map *profiles)
{
    for (size_t i = 0; i < profiles->count; i++) {
        struct az_str profile = profiles->entries[i].key;
        const struct others *others = profiles->entries[i].value;

        if (az_map_find(&gate->budgets.profiles, profile) == NULL)
            report_unknown(gate, profile, others);
        else
            report_other(gate, profile, others);
    }
}

/* Takes the measurements of the profile that is judged; says what is wrong with
   all of them. */
static void
select_measurements(struct az_gate *gate)
{
    const struct az_measurements *all = &gate->measurements;
    struct az_map others;

    az_map_init(&others, gate->arena);
    gate->judged =
        az_arena_array(gate->arena, all->count, sizeof *gate->judged);
    for (size_t i = 0; i < all->count; i++) {
        const struct az_measurement *m = &all->items[i];
        bool known = check_metric(gate, m);

        if (!az_str_eq(m->profile, gate->input->profile)) {
            note_other(gate, &others, m);
        } else if (known) {
            if (m->sampled == NULL)
                az_gate_check_seeds(gate, m);
            gate->judged[gate->judged_count++] = m;
        }
    }
    report_others(gate, &others);
}

static int
compare_measured(const void *a, const void *b)
{
    const struct az_measurement *const *left = a;
    const struct az_measurement *const *right = b;
    int order = az_str_compare((*left)->metric, (*right)->metric);

    return order != 0
               ? order
               : az_str_compare((*left)->environment, (*right)->environment);
}

/* The first of the sorted measurements whose metric is METRIC or behind it. */
static size_t
find_measured(const struct az_gate *gate, struct az_str metric)
{
    size_t low = 0;
    size_t high = gate->judged_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (az_str_compare(gate->judged[middle]->metric, metric) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct az_measurement *const *
az_gate_measured(const struct az_gate *gate, struct az_str metric,
                 size_t *ret_count)
{
    size_t first = find_measured(gate, metric);
    size_t end = first;

    while (end < gate->judged_count &&
           az_str_eq(gate->judged[end]->metric, metric))
        end++;
    *ret_count = end - first;
    return gate->judged + first;
}

static void
judge_budgets(struct az_gate *gate)
{
    if (gate->judged_count > 1)
        qsort(gate->judged, gate->judged_count, sizeof *gate->judged,
              compare_measured);
    for (size_t i = 0; i < gate->budgets.count; i++) {
        const struct az_budget *budget = &gate->budgets.items[i];
        const struct az_measurement *const *measured;
        size_t count;

        if (budget->derived != NULL) {
            az_gate_judge_derived(gate, budget);
            continue;
        }
        measured = az_gate_measured(gate, budget->metric, &count);
        az_gate_judge_budget(gate, budget, measured, count);
    }
}

static void
report_nothing(struct az_gate *gate)
{
    const struct az_document *document = gate->input->measurement_count > 0
                                             ? gate->input->measurements[0]
                                             : gate->input->budgets;
    struct az_diag *diag =
        az_sink_add(gate->sink, AZ_DIAG_NOTHING_JUDGED,
                    az_document_place(document, document->root),
                    "no budget of profile %s was judged",
                    az_str_quote(gate->arena, gate->input->profile));

    diag->pointer = "";
    az_diag_hint(gate->sink, diag, "%s",
                 gate->result->not_judged > 0
                     ? "the measurements are of another profile"
                     : "there is no sound measurement of it");
}

/* How much was measured, in summaries and in logs. */
static const char *
count_measurements(const struct az_gate *gate)
{
    struct az_arena *arena = gate->arena;
    const struct az_log *log = gate->input->log;
    const char *entries = az_arena_printf(
        arena, "%s in %s",
        az_str_counted(arena, gate->measurements.count, "entry"),
        az_str_counted(arena, gate->input->measurement_count, "file"));
    const char *samples =
        log == NULL
            ? ""
            : az_arena_printf(arena, "%s in %s",
                              az_str_counted(arena, log->samples, "sample"),
                              az_str_counted(arena, log->files, "log"));

    if (log != NULL && gate->input->measurement_count == 0)
        return samples;
    return az_arena_printf(arena, "%s%s%s", entries, log == NULL ? "" : ", ",
                           samples);
}

static void
judge_profile(struct az_gate *gate)
{
    const struct az_gate_input *input = gate->input;

    mark_required(gate);
    az_measure_read(gate->arena, gate->sink, input->measurements,
                    input->measurement_count, &gate->measurements);
    if (input->saved != NULL)
        az_gate_take_saved(gate);
    az_constituent_set(gate->result, AZ_CONSTITUENT_MEASUREMENTS, AZ_PASS,
                       count_measurements(gate));
    if (input->log != NULL)
        az_gate_take_samples(gate);
    az_gate_check_commits(gate);
    az_gate_check_provenance(gate);
    select_measurements(gate);
    judge_budgets(gate);
    az_gate_escalate(gate);
    az_gate_check_repeats(gate);
    if (az_gate_count_judged(gate->result) == 0)
        report_nothing(gate);
}

void
az_gate_result_init(struct az_gate_result *result, struct az_arena *arena)
{
    *result = (struct az_gate_result){ .arena = arena };
    result->rows = az_make_empty();
    az_constituent_ask(result, AZ_CONSTITUENT_DOCUMENTS);
    az_constituent_ask(result, AZ_CONSTITUENT_RULES);
    az_constituent_ask(result, AZ_CONSTITUENT_MEASUREMENTS);
    az_constituent_ask(result, AZ_CONSTITUENT_BUDGETS);
}

/* Without measurements and a profile a gate is of a baseline alone: nothing is
   said of the budgets. */
static bool
is_of_baseline_alone(const struct az_gate_input *input)
{
    return input->profile.len == 0 && input->measurement_count == 0 &&
           input->current != NULL;
}

static void
report_no_baseline(struct az_gate *gate, const struct az_node *place,
                   const char *message)
{
    const struct az_document *document = gate->budgets.document;
    struct az_diag *diag =
        az_sink_add(gate->sink, AZ_DIAG_BASELINE_MISSING,
                    az_document_place(document, place), "%s", message);

    diag->pointer = az_document_pointer(gate->arena, document, place);
}

bool
az_gate_is_of_benchmarks(const struct az_document *document)
{
    return document != NULL &&
           az_node_get(document->root, "benchmarks") != NULL;
}

static void
judge_benchmarks(struct az_gate *gate, const struct az_node *policy)
{
    const struct az_gate_input *input = gate->input;

    if (input->baseline != NULL && input->current != NULL &&
        az_gate_is_of_benchmarks(input->baseline) &&
        az_gate_is_of_benchmarks(input->current))
        az_gate_compare_benchmarks(gate);
    else
        report_no_baseline(
            gate, policy != NULL ? policy : input->budgets->root,
            input->baseline == NULL ? "there is a current run, but no baseline"
            : input->current == NULL
                ? "there is a baseline, but no current run"
                : "of baseline and current run only one is of benchmarks");
}

static void
judge_runs(struct az_gate *gate, const struct az_node *policy)
{
    const struct az_gate_input *input = gate->input;
    const struct az_node *required = az_node_get(policy, "required");

    if (input->baseline == NULL && az_node_is_true(required)) {
        az_constituent_ask(gate->result, AZ_CONSTITUENT_BASELINE);
        report_no_baseline(gate, required,
                           "a comparison with a baseline is required");
    } else if (input->baseline == NULL && input->current != NULL) {
        report_no_baseline(gate, policy != NULL ? policy : input->budgets->root,
                           "there is a current run, but no baseline");
    }
}

static void
judge_baseline(struct az_gate *gate)
{
    const struct az_gate_input *input = gate->input;
    const struct az_node *policy =
        az_node_get(input->budgets->root, "baseline_regression");
    bool of_benchmarks = az_gate_is_of_benchmarks(input->baseline) ||
                         az_gate_is_of_benchmarks(input->current);

    if (of_benchmarks)
        judge_benchmarks(gate, policy);
    else
        judge_runs(gate, policy);
    /* with benchmarks no row of a budget is compared, which is told of it */
    if (!of_benchmarks || !is_of_baseline_alone(input))
        az_gate_compare_runs(gate);
}

void
az_gate_judge(struct az_arena *arena, struct az_sink *sink,
              const struct az_gate_input *input, struct az_gate_result *ret)
{
    struct az_gate gate = { .arena = arena,
                            .sink = sink,
                            .input = input,
                            .result = ret,
                            .operands_left = az_arena_limits(arena)->rows,
                            .hints_left = MAX_HINTS };
    size_t before = sink->count;

    ret->profile = input->profile;
    ret->sink = sink;
    ret->budgets = input->budgets;
    ret->has_history = input->history != NULL;
    if (az_budgets_read(arena, sink, input->budgets, input->profile,
                        &gate.budgets)) {
        if (is_of_baseline_alone(input)) {
            ret->constituents[AZ_CONSTITUENT_MEASUREMENTS].asked = false;
            ret->constituents[AZ_CONSTITUENT_BUDGETS].asked = false;
        } else if (check_profile(&gate)) {
            judge_profile(&gate);
        }
        if (input->saved != NULL)
            az_gate_compare_runs(&gate);
        else if (!input->values_only)
            judge_baseline(&gate);
    }
    az_gate_drop_known(&gate, before);
    az_gate_report_rows(ret);
    ret->verdict = az_verdict_of(sink, &ret->counts);
}
