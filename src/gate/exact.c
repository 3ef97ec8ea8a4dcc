/* Values that are declared exact: the same in each run of a commit.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "gate/baseline.h"
#include "gate/commit-runs.h"
#include "gate/session.h"

/* Whether PAST, which was measured, is not the value of ROW. */
static bool
differs(struct az_gate *gate, const struct az_row *row,
        const struct az_record_row *past)
{
    struct az_arena *arena = gate->arena;
    const struct az_unit *unit;
    struct az_decimal value = az_record_row_value(arena, past, &unit);

    return unit != az_unit_base(row->unit->dimension) ||
           az_decimal_compare(
               az_unit_to_base(arena, row->unit, az_row_kept(arena, row)),
               value) != 0;
}

/* Where BUDGET declares that its metric is exact; NULL if it does not. */
static const struct az_node *
declaration_of(const struct az_budget *budget)
{
    const struct az_node *plan = az_node_get(budget->row, "baseline");

    if (budget->exact)
        return az_node_get(budget->row, "assume");
    return az_node_is_string(az_node_get(plan, "design"), "exact") ? plan
                                                                   : NULL;
}

/* Decides that there is no verdict on ROW, whose commit has the value EARLIER,
   written with its unit, too; WHERE says in what. */
static struct az_diag *
report_varies(struct az_gate *gate, struct az_row *row, const char *earlier,
              const char *where)
{
    const struct az_measurement *m = row->measured;
    const char *reason = az_arena_printf(
        gate->arena, "declared exact but varies: %s %s, and %s in %s",
        az_decimal_print(gate->arena, row->value).p, row->unit->name, earlier,
        where);
    struct az_diag *diag = az_sink_add(
        gate->sink, AZ_DIAG_MEASUREMENT_VARIES,
        az_measurement_place(m, "value"), "%s is %s (profile %s, %s)",
        az_str_quote(gate->arena, row->budget->metric), reason,
        az_str_quote(gate->arena, m->profile),
        az_str_quote(gate->arena, m->environment));

    diag->pointer = az_measurement_pointer(gate->arena, m, "value");
    az_diag_relate(
        gate->sink, diag,
        az_document_place(gate->budgets.document, declaration_of(row->budget)),
        "declared here");
    az_row_decide(gate->arena, row,
                  (struct az_decision){ .status = AZ_ROW_NO_VERDICT,
                                        .rule = AZ_STR("assume"),
                                        .reason = reason,
                                        .place = diag->place,
                                        .finding = diag,
                                        .unsound = true });
    return diag;
}

/* Decides that there is no verdict on ROW, which has a value, if one of PAST,
   of its commit, is not the same. */
static void
check_past(struct az_gate *gate, struct az_row *row, struct az_commit_rows past)
{
    const struct az_record_row *other = NULL;
    const struct az_unit *unit;

    for (size_t i = 0; i < past.count && other == NULL; i++)
        if (past.items[i].row->value.len > 0 &&
            differs(gate, row, past.items[i].row))
            other = past.items[i].row;
    if (other == NULL)
        return;
    unit = az_unit_find(other->unit);
    az_diag_hint(
        gate->sink,
        report_varies(
            gate, row,
            az_arena_printf(gate->arena, "%.*s %s", AZ_STR_ARG(other->value),
                            unit != NULL ? unit->name : "of no known unit"),
            "an earlier run of the commit"),
        "find out in what the two runs differ, or take 'assume' out");
}

/* The first of the last POINTS, as many as a comparison takes, that is of the
   commit that is judged and not of the value of ROW; NULL if there is none. */
static const struct az_run_point *
find_other(const struct az_gate *gate, const struct az_row *row,
           const struct az_run_point *points, size_t count)
{
    struct az_decimal level = az_fraction_level(gate->arena, row->exact);
    size_t i = count > AZ_BASELINE_RUNS ? count - AZ_BASELINE_RUNS : 0;

    for (; i < count; i++)
        if (az_gate_is_same_commit(points[i].run->commit,
                                   gate->result->known_commit) &&
            az_decimal_compare(points[i].value->base, level) != 0)
            return &points[i];
    return NULL;
}

/* Decides that there is no verdict on ROW if the runs that are kept have
   another value of its commit. */
static void
check_kept(struct az_gate *gate, struct az_row *row)
{
    const struct az_run_series *series =
        az_runs_series(gate->input->kept, gate->input->profile,
                       row->budget->metric, row->environment);
    const struct az_run_point *other = NULL;
    struct az_diag *diag;

    if (series != NULL)
        other = find_other(gate, row, series->points, series->count);
    if (series != NULL && other == NULL)
        other = find_other(gate, row, series->pairs, series->pair_count);
    if (other == NULL)
        return;
    diag =
        report_varies(gate, row,
                      az_arena_printf(gate->arena, "%s %s",
                                      az_gate_shown(gate, other->value->value),
                                      other->value->unit->name),
                      "another run of the commit that is kept");
    az_diag_relate(gate->sink, diag,
                   az_document_place(other->run->document, other->value->node),
                   "the other value");
    az_diag_hint(gate->sink, diag,
                 "find out in what the two runs differ, and keep only runs of "
                 "the build that counts");
}

void
az_gate_check_repeats(struct az_gate *gate)
{
    struct az_gate_result *result = gate->result;

    for (size_t i = 0; i < result->count; i++) {
        struct az_row *row = &result->items[i];

        if (!row->has_value || row->measured == NULL ||
            declaration_of(row->budget) == NULL)
            continue;
        if (gate->input->kept != NULL)
            check_kept(gate, row);
        if (gate->commit_runs != NULL && row->budget->exact)
            check_past(gate, row,
                       az_commit_runs_find(gate->commit_runs,
                                           row->budget->metric,
                                           row->environment));
    }
}
