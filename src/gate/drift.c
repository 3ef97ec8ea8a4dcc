/* Slow changes: the level of a metric against its anchor.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "gate/baseline.h"
#include "gate/decimals.h"

/* The median of WINDOW runs of SERIES from number FIRST on. */
static struct az_decimal
level_of(struct az_arena *arena, const struct az_run_series *series,
         size_t first, size_t window)
{
    struct az_decimal values[AZ_LEVEL_RUNS_MAX];

    for (size_t i = 0; i < window; i++)
        values[i] = series->points[first + i].value->base;
    return az_decimals_median(arena, values, window);
}

bool
az_level_is_better(struct az_decimal a, struct az_decimal b,
                   bool higher_is_better)
{
    int order = az_decimal_compare(a, b);

    return higher_is_better ? order > 0 : order < 0;
}

bool
az_runs_best_window(struct az_arena *arena, const struct az_run_series *series,
                    size_t window, bool higher_is_better,
                    struct az_run_level *ret)
{
    bool found = false;

    for (size_t i = 0; i + window <= series->count; i++) {
        struct az_decimal level = level_of(arena, series, i, window);

        if (!found || az_level_is_better(level, ret->base, higher_is_better))
            *ret =
                (struct az_run_level){ level, &series->points[i + window - 1] };
        found = true;
    }
    return found;
}

/* The best median of WINDOW runs of SERIES in a row, or its anchor if that is
   better; false if there is neither. */
static bool
best_level(struct az_arena *arena, const struct az_run_series *series,
           size_t window, bool higher_is_better, struct az_decimal *ret)
{
    const struct az_run_value *anchor = series->anchor;
    struct az_run_level level;
    bool found =
        az_runs_best_window(arena, series, window, higher_is_better, &level);

    if (!found && anchor == NULL)
        return false;
    if (found && (anchor == NULL || az_level_is_better(level.base, anchor->base,
                                                       higher_is_better)))
        *ret = level.base;
    else
        *ret = anchor->base;
    return true;
}

/* The level now: of the last runs, the one that is judged among them. */
static struct az_decimal
level_now(struct az_comparison *c, const struct az_baseline_test *test,
          size_t window)
{
    const struct az_run_series *series = test->base;
    struct az_decimal values[AZ_LEVEL_RUNS_MAX];

    for (size_t i = 0; i + 1 < window; i++)
        values[i] = series->points[series->count - 1 - i].value->base;
    values[window - 1] = test->value;
    return az_decimals_median(c->gate->arena, values, window);
}

/* The level BASE in the unit of ROW, with enough digits to tell it from
   OTHER. */
static const char *
in_unit(struct az_comparison *c, const struct az_row *row,
        struct az_decimal base, struct az_decimal other)
{
    struct az_arena *arena = c->gate->arena;
    const struct az_unit *unit = az_unit_base(row->unit->dimension);
    struct az_decimal value = base;
    bool rounded;

    if (az_unit_convert(arena, base, unit, row->unit, &value)) {
        az_unit_convert(arena, other, unit, row->unit, &other);
        unit = row->unit;
    }
    value = az_row_round(arena, value, &other, 1, &rounded);
    return az_arena_printf(arena, "%s %s%s", az_gate_shown(c->gate, value),
                           unit->name, rounded ? " (rounded)" : "");
}

static void
decide(struct az_comparison *c, const struct az_baseline_test *test,
       const struct az_drift_rule *rule, struct az_decimal anchor)
{
    struct az_arena *arena = c->gate->arena;
    struct az_decimal level = level_now(c, test, rule->window);
    bool worse = az_baseline_is_worse(arena, test->row->budget, level, anchor,
                                      rule->percent);
    const char *reason = az_arena_printf(
        arena, "the level of %zu runs is %s, %s %s %% from the anchor %s",
        rule->window, in_unit(c, test->row, level, anchor),
        worse ? "more than" : "not over", az_gate_shown(c->gate, rule->percent),
        in_unit(c, test->row, anchor, level));
    struct az_diag *diag = NULL;

    if (worse) {
        diag = az_baseline_report(c, test, AZ_DIAG_BASELINE_DRIFT, AZ_ERROR,
                                  reason);
        az_gate_blame_value(c->gate, test->row, diag);
        az_diag_hint(c->gate->sink, diag,
                     "no single change did it: look through the runs since the "
                     "anchor");
    }
    az_row_decide(
        arena, test->row,
        (struct az_decision){
            .status = worse ? AZ_ROW_FAIL : AZ_ROW_PASS,
            .rule = AZ_STR("baseline drift"),
            .reason = reason,
            .place = az_document_place(c->gate->budgets.document, rule->node),
            .finding = diag });
}

static void
decide_impossible(struct az_comparison *c, const struct az_baseline_test *test,
                  const struct az_drift_rule *rule)
{
    az_baseline_decide_impossible(
        c, test, AZ_STR("baseline drift"), rule->node,
        az_arena_printf(c->gate->arena,
                        "drift check not possible: n = %zu, and %zu runs are "
                        "needed",
                        test->base->count, rule->window));
}

bool
az_drift_rule_read(struct az_arena *arena, const struct az_node *policy,
                   struct az_drift_rule *ret)
{
    const struct az_node *percent;
    int64_t window;

    ret->node = az_node_get(policy, "drift");
    percent = az_node_get(ret->node, "max_pct");
    if (percent == NULL || !az_decimal_of(arena, percent, &ret->percent) ||
        ret->percent.negative ||
        !az_node_int(arena, az_node_get(ret->node, "window"), &window) ||
        window < AZ_LEVEL_RUNS_MIN || window > AZ_LEVEL_RUNS_MAX)
        return false;
    ret->window = (size_t)window;
    return true;
}

void
az_comparison_drift(struct az_comparison *c)
{
    struct az_drift_rule rule;

    if (!c->has_base || !az_drift_rule_read(c->gate->arena, c->policy, &rule))
        return;
    for (size_t i = 0; i < c->count; i++) {
        const struct az_baseline_test *test = &c->tests[i];
        struct az_decimal anchor;

        if (test->unsound || !test->row->has_value || test->base == NULL)
            continue;
        if (test->base->count + 1 >= rule.window &&
            best_level(c->gate->arena, test->base, rule.window,
                       test->row->budget->higher_is_better, &anchor))
            decide(c, test, &rule, anchor);
        else
            decide_impossible(c, test, &rule);
    }
}
