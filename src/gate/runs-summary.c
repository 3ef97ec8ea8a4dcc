/* The runs of a baseline summed up.
   SPDX-License-Identifier: MIT */

#include <math.h>
#include <stdlib.h>

#include "core/arena.h"
#include "core/build.h"
#include "gate/baseline.h"
#include "gate/saving.h"

/* What the budgets want compared in one profile. */
struct profile {
    struct az_gate gate;
    struct az_comparison comparison;
    struct az_sink unheard;
};

struct summary {
    struct az_arena *arena;
    const struct az_document *budgets;
    struct az_map profiles; /* name -> struct profile */
};

/* What the budgets want of profile NAME, read when it is first asked for; NULL
   if there are no budgets. */
static struct profile *
profile_of(struct summary *summary, struct az_str name)
{
    struct az_map_entry *entry = az_map_put(&summary->profiles, name, NULL);
    struct profile *profile = entry->value;

    if (profile != NULL || summary->budgets == NULL)
        return profile;
    profile = AZ_NEW(summary->arena, struct profile);
    entry->value = profile;
    az_sink_init(&profile->unheard, summary->arena);
    profile->gate =
        (struct az_gate){ .arena = summary->arena, .sink = &profile->unheard };
    profile->comparison = (struct az_comparison){ .gate = &profile->gate };
    az_map_init(&profile->gate.budgets.metrics, summary->arena);
    az_map_init(&profile->comparison.plans, summary->arena);
    if (az_budgets_read(summary->arena, &profile->unheard, summary->budgets,
                        name, &profile->gate.budgets))
        az_comparison_plan(&profile->comparison);
    return profile;
}

/* The smallest change that a comparison of SERIES with so many of its last runs
   would mostly find, a part of one; NaN if that is not known. */
static double
detectable_of(struct summary *summary, const struct az_run_series *series,
              size_t count)
{
    struct profile *profile = profile_of(summary, series->profile);
    const struct az_baseline_plan *plan =
        profile == NULL
            ? NULL
            : az_map_get(&profile->comparison.plans, series->metric);
    double numbers[AZ_BASELINE_RUNS];
    struct az_row row = { .benchmark = false };
    struct az_baseline_test test = { .plan = plan, .row = &row };

    if (plan == NULL || plan->design != AZ_DESIGN_INTERVAL)
        return NAN;
    row.budget = az_map_get(&profile->gate.budgets.metrics, series->metric);
    test.alpha = az_family_alpha(&profile->comparison.family[plan->blocks]);
    for (size_t i = 0; i < count; i++) {
        numbers[i] = az_decimal_to_double(
            series->points[series->count - count + i].value->base);
        if (!az_baseline_is_usable(numbers[i]))
            return NAN;
    }
    return az_baseline_detectable(&test, numbers, count);
}

/* BASE in UNIT; where that has no finite decimal for it, in base units. */
static struct az_node
number_of(struct az_arena *arena, struct az_decimal base,
          const struct az_unit *unit)
{
    struct az_decimal value = base;

    az_unit_convert(arena, base, az_unit_base(unit->dimension), unit, &value);
    return az_make_number(az_decimal_print(arena, value));
}

/* How many of the last runs of SERIES a comparison takes; none where they
   measure different things. */
static size_t
take_last(const struct az_run_series *series)
{
    size_t count =
        series->count < AZ_BASELINE_RUNS ? series->count : AZ_BASELINE_RUNS;

    for (size_t i = 1; i < count; i++)
        if (series->points[series->count - 1 - i].value->unit->dimension !=
            series->points[series->count - 1].value->unit->dimension)
            return 0;
    return count;
}

/* The unit of the last run, if all numbers of it are exact in it. */
static const struct az_unit *
unit_of(struct az_arena *arena, const struct az_run_value *last)
{
    struct az_decimal one;
    const struct az_unit *base = az_unit_base(last->unit->dimension);

    return az_unit_convert(arena, az_decimal_from_int(arena, 1), base,
                           last->unit, &one)
               ? last->unit
               : base;
}

/* The median, the lowest and the highest of the last COUNT runs. */
static void
set_levels(struct az_builder *row, const struct az_run_series *series,
           size_t count, const struct az_unit *unit)
{
    struct az_arena *arena = row->arena;
    struct az_decimal values[AZ_BASELINE_RUNS];

    for (size_t i = 0; i < count; i++)
        values[i] = series->points[series->count - count + i].value->base;
    az_builder_set(
        row, "centre",
        count == 0
            ? az_make_null()
            : number_of(arena, az_decimals_median(arena, values, count), unit));
    az_builder_set(row, "low",
                   count == 0 ? az_make_null()
                              : number_of(arena, values[0], unit));
    az_builder_set(row, "high",
                   count == 0 ? az_make_null()
                              : number_of(arena, values[count - 1], unit));
}

/* The row of SERIES, which has runs or pairs. */
static struct az_node
series_node(struct summary *summary, const struct az_run_series *series)
{
    struct az_arena *arena = summary->arena;
    const struct az_run_point *last = az_run_series_last(series);
    const struct az_unit *unit = unit_of(arena, last->value);
    size_t count = take_last(series);
    double detectable = detectable_of(summary, series, count);
    struct az_builder row;

    az_builder_init(&row, arena);
    az_builder_set(&row, "profile", az_make_string(series->profile));
    az_builder_set(&row, "metric_id", az_make_string(series->metric));
    az_builder_set(&row, "environment", az_make_string(series->environment));
    az_builder_set_count(&row, "runs", series->count);
    az_builder_set_count(&row, "pairs", series->pair_count);
    set_levels(&row, series, count, unit);
    az_builder_set(&row, "unit", az_make_string_c(unit->name));
    az_builder_set(&row, "anchor",
                   series->anchor == NULL ||
                           series->anchor->unit->dimension != unit->dimension
                       ? az_make_null()
                       : number_of(arena, series->anchor->base, unit));
    az_builder_set(&row, "detectable_pct",
                   isnan(detectable)
                       ? az_make_null()
                       : az_make_number(az_str_from(
                             az_baseline_number(arena, detectable * 100))));
    az_builder_set(&row, "commit", az_make_string(last->run->commit));
    return az_builder_object(&row);
}

struct az_node
az_runs_summary(struct az_arena *arena, const struct az_document *budgets,
                const struct az_runs *runs)
{
    struct summary summary = { .arena = arena, .budgets = budgets };
    struct az_builder rows;

    az_map_init(&summary.profiles, arena);
    az_builder_init(&rows, arena);
    for (size_t i = 0; i < runs->series.count; i++) {
        const struct az_run_series *series = runs->series.entries[i].value;

        if (az_run_series_last(series) != NULL)
            az_builder_add(&rows, series_node(&summary, series));
    }
    return az_builder_array(&rows);
}
