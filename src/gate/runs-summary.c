/* The runs of a baseline summed up.
   SPDX-License-Identifier: MIT */

#include <math.h>
#include <stdlib.h>

#include "core/arena.h"
#include "core/build.h"
#include "gate/baseline.h"
#include "gate/decimals.h"
#include "gate/saving.h"
#include "gate/unmeasured.h"

struct profile {
    struct az_str name;
    const struct az_run_series **series; /* that have runs or pairs */
    size_t count;
    size_t capacity;
    bool expected;
    struct az_sink unheard;
    struct az_unmeasured gate;
    struct az_map tests; /* metric, environment -> struct az_baseline_test */
};

struct summary {
    struct az_arena *arena;
    const struct az_document *budgets;
    const struct az_runs *runs;
    struct az_map profiles; /* name -> struct profile */
};

/* Has what a gate of PROFILE would compare with be known, unless it refuses to
   compare at all. */
static void
expect(const struct summary *summary, struct profile *profile)
{
    struct az_arena *arena = summary->arena;
    struct az_unmeasured *gate = &profile->gate;
    struct az_comparison *c = &gate->comparison;

    if (!az_unmeasured_begin(gate, arena, summary->budgets, profile->name))
        return;
    c->base = *summary->runs;
    c->has_base = true;
    for (size_t i = 0; i < profile->count; i++)
        az_unmeasured_add(gate, profile->series[i]->metric,
                          profile->series[i]->environment);
    if (!az_unmeasured_check(gate, &profile->unheard))
        return;
    az_comparison_expect(c);
    for (size_t i = 0; i < c->count; i++) {
        const struct az_row *row = c->tests[i].row;

        az_map_put(
            &profile->tests,
            az_map_pair_key(arena, row->budget->metric, row->environment), NULL)
            ->value = &c->tests[i];
    }
}

/* Notes SERIES in its profile. */
static void
note_series(struct summary *summary, const struct az_run_series *series)
{
    struct az_map_entry *entry =
        az_map_put(&summary->profiles, series->profile, NULL);
    struct profile *profile = entry->value;

    if (profile == NULL) {
        entry->value = profile = AZ_NEW(summary->arena, struct profile);
        *profile = (struct profile){ .name = series->profile };
        az_sink_init(&profile->unheard, summary->arena);
        az_map_init(&profile->tests, summary->arena);
    }
    profile->series =
        az_arena_grow(summary->arena, profile->series, profile->count,
                      &profile->capacity, sizeof(*profile->series));
    profile->series[profile->count++] = series;
}

/* How a gate compares with SERIES; NULL where it does not, or where there are
   no budgets to say so. */
static const struct az_baseline_test *
test_of(struct summary *summary, const struct az_run_series *series)
{
    struct profile *profile = az_map_get(&summary->profiles, series->profile);

    if (summary->budgets == NULL)
        return NULL;
    if (!profile->expected)
        expect(summary, profile);
    profile->expected = true;
    return az_map_get(
        &profile->tests,
        az_map_pair_key(summary->arena, series->metric, series->environment));
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

/* Runs of a series: those that a gate compares with, or, where it does not, its
   last ones. */
struct levels {
    const struct az_run_point *points[AZ_BASELINE_RUNS];
    size_t count;
};

/* The last runs of SERIES; none where they measure different things. */
static void
take_last(const struct az_run_series *series, struct levels *ret)
{
    size_t count =
        series->count < AZ_BASELINE_RUNS ? series->count : AZ_BASELINE_RUNS;

    ret->count = 0;
    for (size_t i = series->count - count; i < series->count; i++) {
        const struct az_run_point *point = &series->points[i];

        if (point->value->unit->dimension !=
            series->points[series->count - 1].value->unit->dimension) {
            ret->count = 0;
            return;
        }
        ret->points[ret->count++] = point;
    }
}

/* Those that TEST is made with. */
static void
take_compared(const struct az_baseline_test *test, struct levels *ret)
{
    ret->count = 0;
    if (test->window != NULL)
        for (; ret->count < test->window->count; ret->count++)
            ret->points[ret->count] = test->window->points[ret->count];
    else if (test->first != NULL)
        ret->points[ret->count++] = test->first;
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

/* NUMBER, in base units, in UNIT, with the digits of a double that can be
   relied on. */
static struct az_node
rounded_of(struct az_arena *arena, double number, const struct az_unit *unit)
{
    struct az_decimal value;

    if (!isfinite(number) ||
        !az_decimal_parse(arena, az_str_from(az_row_double(arena, number)),
                          &value))
        return az_make_null();
    return number_of(arena, value, unit);
}

/* The level that TEST holds values against; without it the MEDIAN. */
static struct az_node
centre_of(struct az_arena *arena, const struct az_baseline_test *test,
          struct az_decimal median, const struct az_unit *unit)
{
    if (test == NULL)
        return number_of(arena, median, unit);
    if (isnan(test->centre))
        return az_make_null();
    return isnan(test->limit) ? number_of(arena, test->first->value->base, unit)
                              : rounded_of(arena, test->centre, unit);
}

/* Where the runs of SERIES lie that TEST, which may be NULL, is made with. */
static void
set_levels(struct az_builder *row, const struct az_run_series *series,
           const struct az_baseline_test *test, const struct az_unit *unit)
{
    struct az_arena *arena = row->arena;
    struct az_decimal values[AZ_BASELINE_RUNS], median;
    struct levels levels;

    if (test != NULL)
        take_compared(test, &levels);
    else
        take_last(series, &levels);
    for (size_t i = 0; i < levels.count; i++)
        values[i] = levels.points[i]->value->base;
    if (levels.count == 0) {
        az_builder_set(row, "centre", az_make_null());
        az_builder_set(row, "low", az_make_null());
        az_builder_set(row, "high", az_make_null());
        return;
    }
    median = az_decimals_median(arena, values, levels.count);
    az_builder_set(row, "centre", centre_of(arena, test, median, unit));
    az_builder_set(row, "low", number_of(arena, values[0], unit));
    az_builder_set(row, "high",
                   number_of(arena, values[levels.count - 1], unit));
}

/* Which runs TEST, which may be NULL, is made with. */
static void
set_compared(struct az_builder *row, const struct az_baseline_test *test)
{
    const struct az_run_point *first = test == NULL ? NULL : test->first;

    az_builder_set(row, "design",
                   test == NULL
                       ? az_make_null()
                       : az_make_string_c(az_design_names[test->plan->design]));
    if (first == NULL)
        az_builder_set(row, "compared", az_make_null());
    else
        az_builder_set_count(row, "compared",
                             test->window == NULL ? 1 : test->window->count);
    az_builder_set(row, "first",
                   first == NULL ? az_make_null()
                                 : az_make_string(first->run->commit));
    az_builder_set(row, "reason",
                   test == NULL || test->window == NULL ||
                           test->window->why == NULL
                       ? az_make_null()
                       : az_make_string_c(test->window->why));
}

/* The row of SERIES, which has runs or pairs. */
static struct az_node
series_node(struct summary *summary, const struct az_run_series *series)
{
    struct az_arena *arena = summary->arena;
    const struct az_baseline_test *test = test_of(summary, series);
    const struct az_run_point *last = az_run_series_last(series);
    const struct az_unit *unit = unit_of(arena, last->value);
    struct az_builder row;

    az_builder_init(&row, arena);
    az_builder_set(&row, "profile", az_make_string(series->profile));
    az_builder_set(&row, "metric_id", az_make_string(series->metric));
    az_builder_set(&row, "environment", az_make_string(series->environment));
    az_builder_set_count(&row, "runs", series->count);
    az_builder_set_count(&row, "pairs", series->pair_count);
    set_compared(&row, test);
    set_levels(&row, series, test, unit);
    az_builder_set(&row, "limit",
                   test == NULL ? az_make_null()
                                : rounded_of(arena, test->limit, unit));
    az_builder_set(&row, "unit", az_make_string_c(unit->name));
    az_builder_set(&row, "anchor",
                   series->anchor == NULL ||
                           series->anchor->unit->dimension != unit->dimension
                       ? az_make_null()
                       : number_of(arena, series->anchor->base, unit));
    az_builder_set(&row, "detectable_pct",
                   test == NULL || isnan(test->detectable)
                       ? az_make_null()
                       : az_make_number(az_str_from(az_baseline_number(
                             arena, test->detectable * 100))));
    az_builder_set(&row, "commit", az_make_string(last->run->commit));
    return az_builder_object(&row);
}

struct az_node
az_runs_summary(struct az_arena *arena, const struct az_document *budgets,
                const struct az_runs *runs)
{
    struct summary summary = { .arena = arena,
                               .budgets = budgets,
                               .runs = runs };
    struct az_builder rows;

    az_map_init(&summary.profiles, arena);
    az_builder_init(&rows, arena);
    for (size_t i = 0; i < runs->series.count; i++)
        if (az_run_series_last(runs->series.entries[i].value) != NULL)
            note_series(&summary, runs->series.entries[i].value);
    for (size_t i = 0; i < runs->series.count; i++) {
        const struct az_run_series *series = runs->series.entries[i].value;

        if (az_run_series_last(series) != NULL)
            az_builder_add(&rows, series_node(&summary, series));
    }
    return az_builder_array(&rows);
}
