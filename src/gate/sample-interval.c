/* Between what a percentile of samples lies, as its row tells it.
   SPDX-License-Identifier: MIT */

#include "gate/samples.h"

#include "core/arena.h"

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
    const struct az_estimate *estimate = row->measured->sampled->estimate;

    return limit->node != NULL &&
           az_budget_breaks(row->budget, limit, estimate->low) !=
               az_budget_breaks(row->budget, limit, estimate->high);
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
    const struct az_estimate *estimate = sampled->estimate;
    const char *low, *high, *interval, *spread = "", *worst = "";
    bool rounded = false;

    if (estimate == NULL || !estimate->has_interval)
        return;
    low = show(gate, row, estimate->low, &rounded);
    high = show(gate, row, estimate->high, &rounded);
    interval = az_arena_printf(gate->arena, "%s to %s %s%s", low, high,
                               row->unit->name, rounded ? ", rounded" : "");
    if (estimate->has_spread)
        spread =
            az_arena_printf(gate->arena, "; the seeds lie %s %% apart",
                            az_decimal_print(gate->arena, estimate->spread).p);
    if (sampled->strata > 1)
        worst = az_arena_printf(
            gate->arena, "; the worst of %zu: scenario %s, bundler %s",
            sampled->strata, az_str_quote(gate->arena, sampled->scenario),
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
