/* What the budgets want compared with a baseline, and whether that can fail.
   SPDX-License-Identifier: MIT */

#include "gate/baseline.h"

#include <math.h>

#include "core/arena.h"
#include "stat/adjust.h"
#include "stat/prediction.h"
#include "stat/sign-flip.h"

/* Runs, or pairs, that a comparison needs whatever the budgets say. */
#define FEWEST 5

#define DEFAULT_EFFECT      "5"
#define DEFAULT_HARD_FACTOR 1.5
#define DEFAULT_RUNS        FEWEST
#define DEFAULT_PAIRS       8
#define DEFAULT_FAMILYWISE  0.05
#define DEFAULT_DISCOVERY   0.10
/* A limit that is further than so many deviations above the mean of the runs is
   none: with three runs it is eight at a rate of .01, and never fires. */
#define MOST_DEVIATIONS 10

const char *const az_design_names[AZ_DESIGN_COUNT] = {
    [AZ_DESIGN_EXACT] = "exact",
    [AZ_DESIGN_INTERVAL] = "interval",
    [AZ_DESIGN_PAIRS] = "pairs",
};

static struct az_diag *
report(struct az_comparison *c, const struct az_node *node, const char *message)
{
    const struct az_document *document = c->gate->budgets.document;
    struct az_diag *diag =
        az_sink_add(c->gate->sink, AZ_DIAG_BASELINE_DESIGN,
                    az_document_place(document, node), "%s", message);

    diag->pointer = az_document_pointer(c->gate->arena, document, node);
    return diag;
}

/* The member KEY of PARENT, or OTHERWISE; what is no number that may stand
   there, which the schema tells, is refused. */
static struct az_decimal
read_decimal(struct az_comparison *c, const struct az_node *parent,
             const char *key, const char *otherwise)
{
    const struct az_node *node = az_node_get(parent, key);
    struct az_decimal ret = { .exponent = 0 };

    if (node == NULL)
        az_decimal_parse(c->gate->arena, az_str_from(otherwise), &ret);
    else if (!az_decimal_of(c->gate->arena, node, &ret) || ret.negative)
        report(c, node,
               az_arena_printf(c->gate->arena,
                               "'%s' must be a number, not below 0", key));
    return ret;
}

static double
read_number(struct az_comparison *c, const struct az_node *parent,
            const char *key, double otherwise)
{
    return az_node_get(parent, key) == NULL
               ? otherwise
               : az_decimal_to_double(read_decimal(c, parent, key, "0"));
}

/* How often tests may be wrong: a chance, which is neither none nor sure. */
static double
read_rate(struct az_comparison *c, const char *key, double otherwise)
{
    double rate = read_number(c, c->policy, key, otherwise);

    if (rate > 0 && rate < 1)
        return rate;
    report(c, az_node_get(c->policy, key),
           az_arena_printf(c->gate->arena, "'%s' must be above 0 and below 1",
                           key));
    return otherwise;
}

static size_t
read_count(struct az_comparison *c, const struct az_node *parent,
           const char *key, size_t otherwise)
{
    const struct az_node *node = az_node_get(parent, key);
    int64_t count;

    if (node == NULL)
        return otherwise;
    if (az_node_int(c->gate->arena, node, &count) && count >= FEWEST)
        return (size_t)count;
    report(c, node,
           az_arena_printf(c->gate->arena,
                           "'%s' must be a whole number of at least %d", key,
                           FEWEST));
    return otherwise;
}

static bool
read_design(struct az_comparison *c, struct az_baseline_plan *plan)
{
    const struct az_node *design = az_node_get(plan->node, "design");

    for (size_t i = 0; i < AZ_DESIGN_COUNT; i++)
        if (az_node_is_string(design, az_design_names[i])) {
            plan->design = (enum az_design)i;
            return true;
        }
    report(c, design != NULL ? design : plan->node,
           "'design' must be exact, interval or pairs");
    return false;
}

static void
read_plan(struct az_comparison *c, const struct az_budget *budget)
{
    const struct az_node *node = az_node_get(budget->row, "baseline");
    const struct az_node *action = az_node_get(node, "on_regression");
    struct az_baseline_plan *plan;

    if (node == NULL || budget->hard.node == NULL)
        return;
    plan = AZ_NEW(c->gate->arena, struct az_baseline_plan);
    plan->node = node;
    if (!read_design(c, plan))
        return;
    plan->min_effect = read_decimal(c, node, "min_effect_pct", DEFAULT_EFFECT);
    plan->max_change = read_decimal(c, node, "max_change_pct", "0");
    plan->effect = az_decimal_to_double(az_decimal_scale(plan->min_effect, -2));
    plan->hard_factor =
        read_number(c, node, "hard_factor", DEFAULT_HARD_FACTOR);
    plan->max_detectable = read_number(c, node, "max_detectable_pct", HUGE_VAL);
    plan->min_runs = read_count(c, node, "min_runs", DEFAULT_RUNS);
    plan->min_pairs = read_count(c, node, "min_pairs", DEFAULT_PAIRS);
    /* what is no word for a warning blocks */
    plan->blocks = !az_node_is_string(action, "warn");
    if (plan->design != AZ_DESIGN_EXACT)
        c->family[plan->blocks].count++;
    az_map_put(&c->plans, budget->metric, NULL)->value = plan;
}

double
az_family_alpha(const struct az_family *family)
{
    return family->rate / (double)(family->count > 0 ? family->count : 1);
}

/* The fewest pairs with which a family's first step can be significant. */
static size_t
pairs_needed(double alpha)
{
    size_t pairs = FEWEST;

    while (pairs < AZ_SIGN_FLIP_MAX && az_sign_flip_smallest_p(pairs) > alpha)
        pairs++;
    return pairs;
}

/* The fewest runs whose limit is near enough to be one. */
static size_t
runs_needed(double alpha)
{
    size_t runs = FEWEST;

    while (runs < AZ_BASELINE_RUNS &&
           az_prediction_multiplier(runs, alpha) > MOST_DEVIATIONS)
        runs++;
    return runs;
}

/* A limit that is out of reach lets everything pass. */
static void
check_interval(struct az_comparison *c, const struct az_budget *budget,
               const struct az_baseline_plan *plan)
{
    struct az_arena *arena = c->gate->arena;
    double alpha = az_family_alpha(&c->family[plan->blocks]);
    double multiplier = az_prediction_multiplier(plan->min_runs, alpha);
    struct az_diag *diag;

    if (multiplier <= MOST_DEVIATIONS)
        return;
    diag = report(
        c, plan->node,
        az_arena_printf(
            arena,
            "the comparison of %s can hardly ever fail: at a rate of %s the "
            "limit of %zu runs is %s deviations above their mean, and %d is "
            "the most",
            az_str_quote(arena, budget->metric),
            az_baseline_number(arena, alpha), plan->min_runs,
            az_baseline_number(arena, multiplier), MOST_DEVIATIONS));
    az_diag_hint(c->gate->sink, diag,
                 "set min_runs to %zu at least, or compare fewer metrics or "
                 "environments",
                 runs_needed(alpha));
}

/* A test of so few pairs that no result of it is significant passes whatever
   happens. */
static void
check_pairs(struct az_comparison *c, const struct az_budget *budget,
            const struct az_baseline_plan *plan)
{
    struct az_arena *arena = c->gate->arena;
    const struct az_family *family = &c->family[plan->blocks];
    double alpha = az_family_alpha(family);
    double smallest = az_sign_flip_smallest_p(plan->min_pairs);
    struct az_diag *diag;

    if (plan->min_pairs > AZ_SIGN_FLIP_MAX) {
        diag = report(c, plan->node,
                      az_arena_printf(arena,
                                      "%zu pairs are more than the %d that can "
                                      "be tested",
                                      plan->min_pairs, AZ_SIGN_FLIP_MAX));
        az_diag_hint(c->gate->sink, diag, "lower min_pairs");
        return;
    }
    if (az_adjust_can_reject(family->count, family->rate, smallest))
        return;
    diag = report(
        c, plan->node,
        az_arena_printf(
            arena,
            "the comparison of %s can never fail: the smallest p of %zu pairs "
            "is %s, and in a family of %zu it must be %s",
            az_str_quote(arena, budget->metric), plan->min_pairs,
            az_baseline_number(arena, smallest), family->count,
            az_baseline_number(arena, alpha)));
    az_diag_hint(c->gate->sink, diag,
                 "set min_pairs to %zu at least, or compare fewer metrics or "
                 "environments",
                 pairs_needed(alpha));
}

static void
check_plan(struct az_comparison *c, const struct az_budget *budget,
           const struct az_baseline_plan *plan)
{
    if (plan->design == AZ_DESIGN_INTERVAL)
        check_interval(c, budget, plan);
    else if (plan->design == AZ_DESIGN_PAIRS)
        check_pairs(c, budget, plan);
}

bool
az_comparison_check(struct az_comparison *c)
{
    size_t before = c->gate->sink->errors_by_class[AZ_CLASS_USAGE];
    const struct az_budgets *budgets = &c->gate->budgets;

    for (size_t i = 0; i < budgets->count; i++) {
        const struct az_baseline_plan *plan =
            az_map_get(&c->plans, budgets->items[i].metric);

        if (plan != NULL)
            check_plan(c, &budgets->items[i], plan);
    }
    return c->gate->sink->errors_by_class[AZ_CLASS_USAGE] == before;
}

bool
az_comparison_plan(struct az_comparison *c)
{
    size_t before = c->gate->sink->errors_by_class[AZ_CLASS_USAGE];
    const struct az_budgets *budgets = &c->gate->budgets;

    c->policy = az_node_get(budgets->document->root, "baseline_regression");
    c->family[true].rate =
        read_rate(c, "familywise_error_rate", DEFAULT_FAMILYWISE);
    c->family[false].rate =
        read_rate(c, "false_discovery_rate", DEFAULT_DISCOVERY);
    az_map_init(&c->plans, c->gate->arena);
    for (size_t i = 0; i < budgets->count; i++)
        read_plan(c, &budgets->items[i]);
    return c->gate->sink->errors_by_class[AZ_CLASS_USAGE] == before;
}
