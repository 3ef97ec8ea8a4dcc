/* Runs as budgets see them: metrics that are derived of others.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "core/limits.h"
#include "gate/budget.h"
#include "gate/runs.h"

/* One run whose metrics are derived. */
struct derivation {
    struct az_arena *arena;
    struct az_sink *sink;
    struct az_runs *runs;
    const struct az_run *run;
    struct az_map values; /* metric by the name it has now -> struct held */
    struct az_map places; /* the same and environment -> number of its
                             value, from 1 */
    size_t operands_left; /* that may still be taken */
    bool sound;
};

/* What a run has of a metric: one value an environment. */
struct held {
    const struct az_run_value **items;
    size_t count;
    size_t capacity;
};

static void
report(struct derivation *d, enum az_diag_id id, const struct az_node *node,
       const char *message, const char *hint)
{
    struct az_diag *diag = az_sink_add(
        d->sink, id, az_document_place(d->run->document, node), "%s", message);

    diag->pointer = az_document_pointer(d->arena, d->run->document, node);
    if (hint != NULL)
        az_diag_hint(d->sink, diag, "%s", hint);
    d->sound = false;
}

/* Sorts the values of the run by metric, and by metric and environment. */
static void
hold_values(struct derivation *d)
{
    az_map_init(&d->values, d->arena);
    az_map_init(&d->places, d->arena);
    for (size_t i = 0; i < d->run->count; i++) {
        const struct az_run_value *value = &d->run->values[i];
        struct az_str metric = az_runs_name(d->runs, value->metric);
        struct az_map_entry *entry = az_map_put(&d->values, metric, NULL);
        struct held *held = entry->value;

        az_map_put(&d->places,
                   az_map_pair_key(d->arena, metric, value->environment), NULL)
            ->value = (void *)(uintptr_t)(i + 1);
        if (held == NULL)
            entry->value = held = AZ_NEW(d->arena, struct held);
        held->items = az_arena_grow(d->arena, (void *)held->items, held->count,
                                    &held->capacity, sizeof *held->items);
        held->items[held->count++] = value;
    }
}

/* The number of the value of METRIC in ENVIRONMENT, from 1; 0: there is none.
 */
static size_t
number_of(struct derivation *d, struct az_str metric, struct az_str environment)
{
    return (size_t)(uintptr_t)az_map_get(
        &d->places, az_map_pair_key(d->arena, metric, environment));
}

/* Whether the OPERANDS of BUDGET measure the same thing; a finding if not. */
static bool
are_alike(struct derivation *d, const struct az_budget *budget,
          const struct az_run_value *const *operands)
{
    const struct az_unit *unit =
        budget->derived->formula == AZ_FORMULA_DIFFERENCE ? budget->unit
                                                          : operands[0]->unit;

    for (size_t i = 0; i < budget->derived->count; i++) {
        if (operands[i]->unit->dimension == unit->dimension)
            continue;
        report(d, AZ_DIAG_BASELINE_SHAPE, operands[i]->node,
               az_arena_printf(d->arena, "%s cannot be computed: %s is in %s",
                               az_str_quote(d->arena, budget->metric),
                               az_str_quote(d->arena, operands[i]->metric),
                               operands[i]->unit->name),
               NULL);
        return false;
    }
    return true;
}

/* Whether VALUE, computed exactly, is what the run itself has of the metric, if
   it does; what has been rounded differs by less than its last place. */
static bool
agrees(struct derivation *d, const struct az_run_value *value)
{
    size_t number = number_of(d, value->metric, value->environment);
    const struct az_run_value *told;
    struct az_decimal gap, place;

    if (number == 0)
        return true;
    told = &d->run->values[number - 1];
    place = az_decimal_scale(az_decimal_from_int(d->arena, 1),
                             told->base.exponent < 0 ? told->base.exponent : 0);
    gap = az_decimal_add(d->arena, value->exact.numerator,
                         az_decimal_negate(az_decimal_multiply(
                             d->arena, told->base, value->exact.denominator)));
    gap.negative = false;
    if (told->unit->dimension == value->unit->dimension &&
        az_decimal_compare(gap,
                           az_decimal_multiply(d->arena, place,
                                               value->exact.denominator)) <= 0)
        return true;
    report(d, AZ_DIAG_BASELINE_SHAPE, told->node,
           az_arena_printf(d->arena,
                           "%s has another value than what its budget derives "
                           "it from",
                           az_str_quote(d->arena, told->metric)),
           "take the value out: it is computed");
    return false;
}

/* Adds the value that the OPERANDS of BUDGET give. */
static void
add_value(struct derivation *d, const struct az_budget *budget,
          const struct az_run_value *const *operands)
{
    const struct az_derived *derived = budget->derived;
    struct az_decimal *values =
        az_arena_array(d->arena, derived->count, sizeof *values);
    struct az_run_value *value = AZ_NEW(d->arena, struct az_run_value);
    struct az_derived_value computed;
    const char *fault;

    for (size_t i = 0; i < derived->count; i++)
        values[i] = operands[i]->base;
    *value =
        (struct az_run_value){ .computed = true,
                               .metric = budget->metric,
                               .environment = operands[0]->environment,
                               .unit = az_unit_base(budget->unit->dimension) };
    fault = az_derived_compute(d->arena, derived, values,
                               budget->higher_is_better, &computed);
    value->node = operands[computed.lead]->node;
    if (fault != NULL) {
        report(d, AZ_DIAG_BASELINE_ZERO, value->node,
               az_arena_printf(d->arena, "%s has no value: %s",
                               az_str_quote(d->arena, budget->metric), fault),
               NULL);
        return;
    }
    value->exact = computed.fraction;
    value->base = value->value = az_fraction_level(d->arena, value->exact);
    if (agrees(d, value))
        az_runs_add_point(d->runs, d->run, budget->metric, value);
}

/* The values of BUDGET's metric: one for each environment that has all of its
   operands; where it has not, what the run itself has. */
static void
derive(struct derivation *d, const struct az_budget *budget)
{
    const struct az_derived *derived = budget->derived;
    const struct held *first =
        az_map_get(&d->values, derived->operands[0].metric);
    const struct held *told = az_map_get(&d->values, budget->metric);
    const struct az_run_value **operands =
        az_arena_array(d->arena, derived->count, sizeof *operands);

    for (size_t k = 0; first != NULL && k < first->count; k++) {
        struct az_str environment = first->items[k]->environment;
        size_t i = 0, number;

        for (; i < derived->count && d->operands_left > 0; i++) {
            d->operands_left--;
            number = number_of(d, derived->operands[i].metric, environment);
            if (number == 0)
                break;
            operands[i] = &d->run->values[number - 1];
        }
        if (i == derived->count && are_alike(d, budget, operands))
            add_value(d, budget, operands);
    }
    for (size_t k = 0; told != NULL && k < told->count; k++)
        az_runs_add_point(d->runs, d->run, budget->metric, told->items[k]);
}

/* Adds to RUNS what the budgets derive of the values of RUN; false after
   findings. */
static bool
derive_run(struct az_sink *sink, struct az_runs *runs, const struct az_run *run)
{
    struct az_arena *arena = runs->series.arena;
    const struct az_budgets *budgets = runs->budgets;
    struct derivation d = { .arena = arena,
                            .sink = sink,
                            .runs = runs,
                            .run = run,
                            .operands_left = az_arena_limits(arena)->rows + 1,
                            .sound = true };

    if (budgets == NULL || budgets->operands.count == 0)
        return true;
    hold_values(&d);
    for (size_t i = 0; i < budgets->count && d.sound; i++)
        if (budgets->items[i].derived != NULL)
            derive(&d, &budgets->items[i]);
    if (d.operands_left == 0)
        report(&d, AZ_DIAG_BASELINE_SHAPE, run->node,
               az_arena_printf(arena,
                               "derived metrics take more than %zu values of "
                               "the run, the limit of rows",
                               az_arena_limits(arena)->rows),
               NULL);
    return d.sound;
}

/* A metric that the budgets have was not renamed: its runs would be taken for
   those of another. */
static bool
check_aliases(struct az_sink *sink, const struct az_runs *runs)
{
    const struct az_node *list = az_node_get(runs->document->root, "aliases");
    const struct az_budgets *budgets = runs->budgets;
    bool sound = true;

    for (uint32_t i = 0;
         list != NULL && list->type == AZ_ARRAY && i < list->count; i++) {
        const struct az_node *from = az_node_get(&list->items[i], "from");
        struct az_diag *diag;

        if (from == NULL || from->type != AZ_STRING ||
            (az_map_find(&budgets->metrics, az_node_text(from)) == NULL &&
             az_map_find(&budgets->operands, az_node_text(from)) == NULL))
            continue;
        diag = az_sink_add(sink, AZ_DIAG_BASELINE_ALIAS,
                           az_document_place(runs->document, from),
                           "%s has not been renamed: the budgets have it",
                           az_node_quote(sink->arena, from));
        diag->pointer = az_document_pointer(sink->arena, runs->document, from);
        az_diag_hint(sink, diag, "take the alias out");
        sound = false;
    }
    return sound;
}

/* Empties the series of metrics that are derived. */
static void
forget_derived(struct az_runs *runs)
{
    for (size_t i = 0; i < runs->series.count; i++) {
        struct az_run_series *series = runs->series.entries[i].value;
        const struct az_budget *budget =
            az_map_get(&runs->budgets->metrics, series->metric);

        if (budget != NULL && budget->derived != NULL)
            series->count = series->pair_count = 0;
    }
}

bool
az_runs_govern(struct az_sink *sink, const struct az_document *document,
               struct az_runs *runs)
{
    struct az_arena *arena = runs->series.arena;
    struct az_budgets *budgets = AZ_NEW(arena, struct az_budgets);
    struct az_sink unheard; /* whoever judges by the budgets says it */
    bool sound;

    az_sink_init(&unheard, arena);
    if (!az_budgets_read(arena, &unheard, document, AZ_STR(""), budgets))
        return true;
    runs->budgets = budgets;
    sound = check_aliases(sink, runs);
    forget_derived(runs);
    for (size_t i = 0; i < runs->count; i++)
        sound &= derive_run(sink, runs, &runs->items[i]);
    az_runs_sort_pairs(runs);
    return sound;
}

bool
az_runs_append(struct az_sink *sink, struct az_runs *runs,
               const struct az_run *run)
{
    for (size_t i = 0; i < run->count; i++) {
        const struct az_run_value *value = &run->values[i];
        struct az_str metric = az_runs_name(runs, value->metric);
        const struct az_budget *budget =
            runs->budgets == NULL ? NULL
                                  : az_map_get(&runs->budgets->metrics, metric);

        if (budget == NULL || budget->derived == NULL)
            az_runs_add_point(runs, run, metric, value);
    }
    return derive_run(sink, runs, run);
}
