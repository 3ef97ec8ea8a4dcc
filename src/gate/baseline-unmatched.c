/* Metrics that only one of a baseline and a run has.
   SPDX-License-Identifier: MIT */

#include "gate/baseline.h"

#include "core/arena.h"

static const struct az_run_series *
series_of_row(const struct az_comparison *c, const struct az_row *row)
{
    return az_comparison_series(c, &c->base, row->budget->metric,
                                row->environment);
}

/* Notes SERIES, which may be NULL, in SEEN, by its address. */
static void
note_series(struct az_map *seen, const struct az_run_series *series)
{
    struct az_str key = az_arena_str(seen->arena, AZ_KEY_OF(series));

    if (series != NULL)
        az_map_put(seen, key, NULL);
}

/* Notes the series of the baseline that were measured: those with a test, those
   that others are derived of, and of a run that is to be a baseline all. */
static void
note_measured(struct az_comparison *c, struct az_map *seen)
{
    const struct az_gate *gate = c->gate;
    const struct az_gate_result *result = gate->result;

    az_map_init(seen, gate->arena);
    for (size_t i = 0; i < c->count; i++)
        if (c->tests[i].row->has_value || c->tests[i].current != NULL)
            note_series(seen, c->tests[i].base);
    for (size_t i = 0; gate->input->saved != NULL && i < result->count; i++)
        if (result->items[i].has_value)
            note_series(seen, series_of_row(c, &result->items[i]));
    for (size_t i = 0; i < gate->judged_count; i++) {
        const struct az_measurement *m = gate->judged[i];

        if (!m->refused &&
            az_map_find(&gate->budgets.operands, m->metric) != NULL &&
            az_map_find(&gate->budgets.metrics, m->metric) == NULL)
            note_series(seen, az_comparison_series(c, &c->base, m->metric,
                                                   m->environment));
    }
}

/* Whether SERIES must have been measured: what a budget wants not to be
   compared need not, but in a run that is to be promoted. */
static bool
is_expected(const struct az_comparison *c, const struct az_run_series *series)
{
    const struct az_gate *gate = c->gate;

    return az_str_eq(series->profile, gate->input->profile) &&
           (gate->input->saved != NULL ||
            az_map_find(&gate->budgets.metrics, series->metric) == NULL ||
            az_map_get(&c->plans, series->metric) != NULL);
}

/* What the baseline has of metrics that are to be compared, and nobody
   measured. */
static void
report_vanished(struct az_comparison *c)
{
    struct az_gate *gate = c->gate;
    struct az_map seen;

    note_measured(c, &seen);
    for (size_t i = 0; i < c->base.series.count; i++) {
        const struct az_run_series *series = c->base.series.entries[i].value;
        const struct az_run_point *last = az_run_series_last(series);
        struct az_diag *diag;

        if (last == NULL || !is_expected(c, series) ||
            az_map_find(&seen, AZ_KEY_OF(series)) != NULL)
            continue;
        diag = az_sink_add(
            gate->sink, AZ_DIAG_BASELINE_VANISHED,
            az_document_place(last->run->document, last->value->node),
            "%s (%s) is in the baseline and was not measured",
            az_str_quote(gate->arena, series->metric),
            az_str_quote(gate->arena, series->environment));
        diag->pointer = az_document_pointer(gate->arena, last->run->document,
                                            last->value->node);
        az_diag_hint(gate->sink, diag,
                     "measure it, or tell its new name in 'aliases' of the "
                     "baseline");
    }
}

/* What a run that is to be a baseline has of metrics that nothing is said of
   otherwise, and that the baseline does not have. */
static void
report_new(struct az_comparison *c)
{
    struct az_gate *gate = c->gate;

    for (size_t i = 0; i < gate->result->count; i++) {
        const struct az_row *row = &gate->result->items[i];
        struct az_diag *diag;

        if (!row->has_value ||
            az_map_get(&c->plans, row->budget->metric) != NULL ||
            series_of_row(c, row) != NULL)
            continue;
        diag = az_sink_add(gate->sink, AZ_DIAG_BASELINE_NEW,
                           az_measurement_place(row->measured, "value"),
                           "%s (%s) is new: the baseline does not have it",
                           az_str_quote(gate->arena, row->budget->metric),
                           az_str_quote(gate->arena, row->environment));
        diag->pointer =
            az_measurement_pointer(gate->arena, row->measured, "value");
    }
}

void
az_comparison_report_unmatched(struct az_comparison *c)
{
    if (!c->has_base)
        return;
    report_vanished(c);
    if (c->gate->input->saved != NULL)
        report_new(c);
}
