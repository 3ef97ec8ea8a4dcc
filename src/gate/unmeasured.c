/* A gate of which nothing was measured.
   SPDX-License-Identifier: MIT */

#include "gate/unmeasured.h"

#include "core/arena.h"

bool
az_unmeasured_begin(struct az_unmeasured *ret, struct az_arena *arena,
                    const struct az_document *budgets, struct az_str profile)
{
    az_sink_init(&ret->unheard, arena);
    az_gate_result_init(&ret->result, arena);
    az_map_init(&ret->rows, arena);
    ret->input =
        (struct az_gate_input){ .budgets = budgets, .profile = profile };
    ret->gate = (struct az_gate){ .arena = arena,
                                  .sink = &ret->unheard,
                                  .input = &ret->input,
                                  .result = &ret->result };
    ret->comparison = (struct az_comparison){ .gate = &ret->gate };
    az_runs_init(&ret->comparison.base, arena);
    az_runs_init(&ret->comparison.now, arena);
    return az_budgets_read(arena, &ret->unheard, budgets, profile,
                           &ret->gate.budgets) &&
           az_map_find(&ret->gate.budgets.profiles, profile) != NULL &&
           az_comparison_plan(&ret->comparison);
}

void
az_unmeasured_add(struct az_unmeasured *gate, struct az_str metric,
                  struct az_str environment)
{
    struct az_row row;
    bool is_new;

    if (az_map_get(&gate->comparison.plans, metric) == NULL)
        return;
    az_map_put(&gate->rows,
               az_map_pair_key(gate->gate.arena, metric, environment), &is_new);
    if (!is_new)
        return;
    row = az_gate_row(az_map_get(&gate->gate.budgets.metrics, metric), NULL);
    row.environment = environment;
    az_gate_add_row(&gate->gate, &row);
}

bool
az_unmeasured_check(struct az_unmeasured *gate, struct az_sink *sink)
{
    const struct az_budgets *budgets = &gate->gate.budgets;

    for (size_t i = 0; i < budgets->count; i++) {
        const struct az_node *list = budgets->items[i].environments;

        for (uint32_t k = 0; list != NULL && k < list->count; k++)
            az_unmeasured_add(gate, budgets->items[i].metric,
                              az_node_text(&list->items[k]));
    }
    az_comparison_collect(&gate->comparison);
    gate->gate.sink = sink;
    return az_comparison_check(&gate->comparison);
}

/* The first profile that BUDGETS have limits for: their rules want all hard
   budgets to have the same ones, so that each has as many tests. */
static struct az_str
first_profile(const struct az_document *budgets)
{
    const struct az_node *list = az_node_get(budgets->root, "hard_budgets");
    const struct az_node *profiles =
        list != NULL && list->type == AZ_ARRAY && list->count > 0
            ? az_node_get(&list->items[0], "profiles")
            : NULL;

    return profiles != NULL && profiles->type == AZ_OBJECT &&
                   profiles->count > 0
               ? profiles->members[0].key
               : AZ_STR("");
}

bool
az_gate_wants_runs(const struct az_document *budgets)
{
    static const char *const lists[] = { "hard_budgets",
                                         "operational_budgets" };

    for (size_t l = 0; budgets != NULL && l < sizeof(lists) / sizeof(lists[0]);
         l++) {
        const struct az_node *list = az_node_get(budgets->root, lists[l]);

        for (size_t i = 0;
             list != NULL && list->type == AZ_ARRAY && i < list->count; i++)
            if (az_node_get(&list->items[i], "baseline") != NULL)
                return true;
    }
    return false;
}

void
az_gate_check_designs(struct az_arena *arena, struct az_sink *sink,
                      const struct az_document *budgets)
{
    struct az_unmeasured gate;

    if (az_gate_wants_runs(budgets) &&
        az_unmeasured_begin(&gate, arena, budgets, first_profile(budgets)))
        az_unmeasured_check(&gate, sink);
}
