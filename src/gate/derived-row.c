/* Judging a budget whose metric is derived from others.
   SPDX-License-Identifier: MIT */

#include <stdlib.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/map.h"
#include "gate/session.h"

/* A measurement of an operand. */
struct operand {
    const struct az_measurement *m;
    size_t number; /* of the budget's operands */
};

static int
compare_operands(const void *a, const void *b)
{
    const struct operand *left = a;
    const struct operand *right = b;
    int order = az_str_compare(left->m->environment, right->m->environment);

    if (order != 0)
        return order;
    return (left->number > right->number) - (left->number < right->number);
}

/* Adds ROW, of whose value nothing can be said, for REASON. */
static void
add_undefined(struct az_gate *gate, struct az_row *row, const char *reason)
{
    const struct az_budget *budget = row->budget;
    struct az_place place =
        az_document_place(gate->budgets.document, budget->derived->node);
    struct az_diag *diag = az_sink_add(
        gate->sink, AZ_DIAG_DERIVED_UNDEFINED,
        row->measured != NULL ? az_measurement_place(row->measured, "value")
                              : place,
        "%s has no value, profile %s%s%s: %s",
        az_str_quote(gate->arena, budget->metric),
        az_str_quote(gate->arena, gate->input->profile),
        row->environment.len > 0 ? ", " : "",
        row->environment.len > 0 ? az_str_quote(gate->arena, row->environment)
                                 : "",
        reason);

    if (row->measured != NULL) {
        diag->pointer =
            az_measurement_pointer(gate->arena, row->measured, "value");
        az_diag_relate(gate->sink, diag, place, "what it is derived from");
    }
    az_row_decide(gate->arena, row,
                  (struct az_decision){ .status = AZ_ROW_NO_VERDICT,
                                        .rule = AZ_STR("derived"),
                                        .reason = reason,
                                        .place = place,
                                        .finding = diag });
    az_gate_add_row(gate, row);
}

/* Whether A and B list the same seeds; a measurement that lists none has had
   its own looked at where it was read. */
static bool
same_seeds(struct az_gate *gate, const struct az_measurement *a,
           const struct az_measurement *b)
{
    const struct az_node *left = az_measurement_field(a, "seed_set");
    const struct az_node *right = az_measurement_field(b, "seed_set");
    const struct az_node **left_sorted, **right_sorted;

    if (left == NULL || right == NULL || left->type != AZ_ARRAY ||
        right->type != AZ_ARRAY)
        return true;
    if (left->count != right->count)
        return false;
    left_sorted = az_node_sorted(gate->arena, left);
    right_sorted = az_node_sorted(gate->arena, right);
    for (uint32_t i = 0; i < left->count; i++)
        if (!az_node_equal(left_sorted[i], right_sorted[i]))
            return false;
    return true;
}

/* Whether M is of a sample log, and no budget says how it is sampled: it has no
   value then. */
static bool
lacks_sampling(const struct az_gate *gate, const struct az_measurement *m)
{
    const struct az_budget *budget =
        az_map_get(&gate->budgets.metrics, m->metric);

    return m->sampled != NULL && (budget == NULL || budget->hard.node == NULL);
}

/* Why the operands of ROW cannot be put together; NULL if they can. */
static const char *
find_disagreement(struct az_gate *gate, const struct az_row *row)
{
    const struct az_derived *derived = row->budget->derived;
    const struct az_measurement *first = row->operands[0];

    for (size_t i = 0; i < derived->count; i++)
        if (lacks_sampling(gate, row->operands[i]))
            return az_arena_printf(
                gate->arena,
                "%s comes from a sample log, and no budget says how it is "
                "sampled",
                az_str_quote(gate->arena, row->operands[i]->metric));
    for (size_t i = 1; i < derived->count; i++) {
        const struct az_measurement *other = row->operands[i];
        const char *what = !az_gate_is_same_commit(first->commit, other->commit)
                               ? "commits"
                           : !same_seeds(gate, first, other) ? "seeds"
                                                             : NULL;

        if (what != NULL)
            return az_arena_printf(gate->arena, "%s and %s are of different %s",
                                   az_str_quote(gate->arena, first->metric),
                                   az_str_quote(gate->arena, other->metric),
                                   what);
    }
    return NULL;
}

/* The values of the operands, in base units. */
static const struct az_decimal *
base_values(struct az_gate *gate, const struct az_row *row)
{
    size_t count = row->budget->derived->count;
    struct az_decimal *values =
        az_arena_array(gate->arena, count, sizeof *values);

    for (size_t i = 0; i < count; i++)
        values[i] = az_unit_to_base(gate->arena, row->operands[i]->unit,
                                    row->operands[i]->value);
    return values;
}

static bool
breaks(struct az_gate *gate, const struct az_budget *budget,
       const struct az_limit *limit, struct az_fraction value)
{
    return az_budget_is_beyond(
        budget, az_fraction_compare(gate->arena, value, limit->base));
}

/* Puts VALUE, which is in base units, into ROW as it is shown. */
static void
show_value(struct az_gate *gate, struct az_row *row, struct az_fraction value)
{
    const struct az_budget *budget = row->budget;
    const struct az_decimal limits[] = { budget->hard.base, budget->warn.base };
    struct az_decimal shown = value.numerator;
    bool exact = true;

    if (budget->derived->formula != AZ_FORMULA_DIFFERENCE)
        shown = az_fraction_round(gate->arena, value, limits,
                                  budget->operational ? 2 : 1, &exact);
    az_gate_set_value(gate, row, shown, az_unit_base(budget->unit->dimension));
    row->rounded = !exact;
    row->exact = value;
}

/* Whether each operand of ROW can be computed with; if not, ROW is added as
   refused. */
static bool
are_sound(struct az_gate *gate, struct az_row *row)
{
    const struct az_budget *budget = row->budget;
    const struct az_derived *derived = budget->derived;
    const struct az_unit *unit =
        derived->formula == AZ_FORMULA_DIFFERENCE ? budget->unit : NULL;

    for (size_t i = 0; i < derived->count; i++) {
        const struct az_measurement *m = row->operands[i];

        if (unit == NULL && !m->refused)
            unit = m->unit;
        if (!m->refused && az_gate_check_dimension(gate, budget, m, unit))
            continue;
        az_gate_refuse_row(gate, row, m);
        return false;
    }
    return true;
}

static void
judge_whole(struct az_gate *gate, struct az_row *row)
{
    const struct az_budget *budget = row->budget;
    struct az_derived_value value = { .lead = 0 };
    const char *fault;

    if (!are_sound(gate, row))
        return;
    fault = find_disagreement(gate, row);
    if (fault == NULL)
        fault = az_derived_compute(gate->arena, budget->derived,
                                   base_values(gate, row),
                                   budget->higher_is_better, &value);
    row->measured = row->operands[value.lead];
    if (fault != NULL) {
        add_undefined(gate, row, fault);
        return;
    }
    show_value(gate, row, value.fraction);
    az_gate_decide_limits(
        gate, row, breaks(gate, budget, &budget->hard, value.fraction),
        budget->operational &&
            breaks(gate, budget, &budget->warn, value.fraction));
    for (size_t i = 0; i < budget->derived->count; i++)
        az_gate_decide_provenance(gate, row, row->operands[i]);
    az_gate_add_row(gate, row);
}

/* The row of BUDGET in one environment, where COUNT parts of it were
   measured. */
static void
judge_measured(struct az_gate *gate, const struct az_budget *budget,
               const struct operand *parts, size_t count)
{
    const struct az_derived *derived = budget->derived;
    const struct az_measurement **operands =
        az_arena_array(gate->arena, derived->count, sizeof *operands);
    struct az_row row = az_gate_row(budget, parts[0].m);

    for (size_t i = 0; i < count; i++)
        operands[parts[i].number] = parts[i].m;
    for (size_t i = 0; i < derived->count; i++)
        if (operands[i] == NULL) {
            az_gate_judge_missing(gate, budget, row.environment,
                                  derived->operands[i].metric);
            return;
        }
    row.operands = operands;
    judge_whole(gate, &row);
}

/* The measurements of the operands of BUDGET by environment; NULL if they are
   more than may be. */
static struct operand *
gather(struct az_gate *gate, const struct az_budget *budget, size_t *ret_count)
{
    const struct az_derived *derived = budget->derived;
    struct operand *parts;
    size_t total = 0, filled = 0, count;

    for (size_t i = 0; i < derived->count; i++) {
        az_gate_measured(gate, derived->operands[i].metric, &count);
        total += count;
    }
    *ret_count = total;
    if (total > gate->operands_left)
        return NULL;
    gate->operands_left -= total;
    parts = az_arena_array(gate->arena, total + 1, sizeof *parts);
    for (size_t i = 0; i < derived->count; i++) {
        const struct az_measurement *const *measured =
            az_gate_measured(gate, derived->operands[i].metric, &count);

        for (size_t k = 0; k < count; k++)
            parts[filled++] = (struct operand){ measured[k], i };
    }
    qsort(parts, total, sizeof *parts, compare_operands);
    return parts;
}

void
az_gate_judge_derived(struct az_gate *gate, const struct az_budget *budget)
{
    size_t count, end;
    struct operand *parts = gather(gate, budget, &count);
    struct az_map seen;

    if (parts == NULL) {
        struct az_row row = az_gate_row(budget, NULL);

        add_undefined(
            gate, &row,
            az_arena_printf(gate->arena,
                            "derived metrics take more than %zu measurements, "
                            "the limit of rows",
                            az_arena_limits(gate->arena)->rows));
        return;
    }
    if (budget->hard.node == NULL) {
        az_gate_judge_missing(gate, budget, AZ_STR(""), AZ_STR(""));
        return;
    }
    for (size_t first = 0; first < count; first = end) {
        for (end = first + 1;
             end < count &&
             az_str_eq(parts[end].m->environment, parts[first].m->environment);)
            end++;
        judge_measured(gate, budget, parts + first, end - first);
    }
    if (budget->environments == NULL && count > 0)
        return;
    az_map_init(&seen, gate->arena);
    for (size_t i = 0; i < count; i++)
        az_map_put(&seen, parts[i].m->environment, NULL);
    az_gate_judge_absent(gate, budget, &seen);
}
