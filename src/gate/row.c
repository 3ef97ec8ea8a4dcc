/* A row of the gate, and the rows as they are reported.
   SPDX-License-Identifier: MIT */

#include "gate/row.h"

#include <math.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/map.h"
#include "gate/explain.h"
#include "gate/gate.h"
#include "gate/provenance.h"

/* Of a row as it is reported. */
enum { FIELD_COUNT = 15 };

static const char *const status_names[AZ_ROW_STATUS_COUNT] = {
    [AZ_ROW_SKIP] = "skip",
    [AZ_ROW_PASS] = "pass",
    [AZ_ROW_WAIVED] = "waived",
    [AZ_ROW_WARN] = "warn",
    [AZ_ROW_NO_VERDICT] = "no-verdict",
    [AZ_ROW_FAIL] = "fail",
};

const char *
az_row_status_name(enum az_row_status status)
{
    return status_names[status];
}

void
az_row_decide(struct az_arena *arena, struct az_row *row,
              struct az_decision decision)
{
    row->decisions =
        az_arena_grow(arena, row->decisions, row->decision_count,
                      &row->decision_capacity, sizeof *row->decisions);
    row->decisions[row->decision_count++] = decision;
}

const struct az_decision *
az_row_decision(const struct az_row *row)
{
    const struct az_decision *worst = NULL;

    for (size_t i = 0; i < row->decision_count; i++)
        if (worst == NULL || row->decisions[i].status > worst->status)
            worst = &row->decisions[i];
    return worst;
}

enum az_row_status
az_row_status(const struct az_row *row)
{
    const struct az_decision *decision = az_row_decision(row);

    return decision != NULL ? decision->status : AZ_ROW_FAIL;
}

static struct az_node
number_node(struct az_arena *arena, bool known, struct az_decimal value)
{
    return known ? az_make_number(az_decimal_print(arena, value))
                 : az_make_null();
}

static struct az_node
text_or_null(struct az_str s)
{
    return s.len > 0 ? az_make_string(s) : az_make_null();
}

static struct az_node
list_node(struct az_arena *arena, const struct az_measurement *m,
          const char *field)
{
    const struct az_node *node =
        m != NULL ? az_measurement_field(m, field) : NULL;
    struct az_builder empty;

    if (node != NULL && node->type == AZ_ARRAY)
        return *node;
    az_builder_init(&empty, arena);
    return az_builder_array(&empty);
}

/* The strings in FIELD of what ROW was measured by, each once. */
static struct az_node
union_node(struct az_arena *arena, const struct az_row *row, const char *field)
{
    struct az_builder list;
    struct az_map seen;
    bool is_new;

    if (row->operands == NULL)
        return list_node(arena, row->measured, field);
    az_map_init(&seen, arena);
    az_builder_init(&list, arena);
    for (size_t i = 0; i < row->budget->derived->count; i++) {
        struct az_node items = list_node(arena, row->operands[i], field);

        for (uint32_t k = 0; k < items.count; k++) {
            if (items.items[k].type != AZ_STRING)
                continue;
            az_map_put(&seen, az_node_text(&items.items[k]), &is_new);
            if (is_new)
                az_builder_add(&list, items.items[k]);
        }
    }
    return az_builder_array(&list);
}

/* Where the number of M stands, and how it is written there. */
static struct az_node
source_node(struct az_arena *arena, const struct az_measurement *m)
{
    struct az_place place =
        az_measurement_place(m, m->value_key != NULL ? m->value_key : "value");
    struct az_str text = place.source->text;
    struct az_str raw = AZ_STR("");
    struct az_builder source;

    if (m->sampled == NULL && place.span.start < place.span.end &&
        place.span.end <= text.len)
        raw = (struct az_str){ text.p + place.span.start,
                               place.span.end - place.span.start };
    az_builder_init(&source, arena);
    az_builder_set(&source, "file", az_make_string_c(place.source->name));
    az_builder_set(
        &source, "line",
        az_make_integer(
            arena, az_source_position(place.source, place.span.start).line));
    az_builder_set(&source, "raw",
                   raw.len > 0 ? az_make_string(raw) : az_make_null());
    return az_builder_object(&source);
}

/* {streak, limit, first, commits}, or null where no streak is counted. */
static struct az_node
streak_node(struct az_arena *arena, const struct az_row_streak *counted)
{
    struct az_builder object, commits;
    const struct az_streak *streak;
    size_t i;

    if (counted == NULL)
        return az_make_null();
    streak = &counted->streak;
    az_builder_init(&commits, arena);
    for (i = 0; i < streak->named; i++)
        az_builder_add(&commits, az_make_string(streak->commits[i]));
    az_builder_init(&object, arena);
    az_builder_set_count(&object, "streak", streak->count);
    az_builder_set_count(&object, "limit", counted->limit);
    az_builder_set(&object, "first", text_or_null(streak->first));
    az_builder_set(&object, "commits", az_builder_array(&commits));
    return az_builder_object(&object);
}

/* Adds to OBJECT what M tells of where it comes from, if it tells it. */
static void
set_provenance(struct az_builder *object, const struct az_measurement *m)
{
    struct az_provenance provenance;
    struct az_node node;

    az_provenance_of(&provenance, m);
    node = az_provenance_node(object->arena, &provenance);
    if (node.type != AZ_NULL)
        az_builder_set(object, "provenance", node);
}

/* What the value of ROW was computed from. */
static struct az_node
derived_node(struct az_arena *arena, const struct az_row *row)
{
    const struct az_derived *derived = row->budget->derived;
    struct az_builder object, list, item;

    az_builder_init(&list, arena);
    for (size_t i = 0; i < derived->count; i++) {
        const struct az_operand *operand = &derived->operands[i];
        const struct az_measurement *m = row->operands[i];

        az_builder_init(&item, arena);
        az_builder_set(&item, "metric_id", az_make_string(operand->metric));
        if (derived->formula == AZ_FORMULA_GROWTH)
            az_builder_set(&item, "at", number_node(arena, true, operand->at));
        az_builder_set(&item, "value",
                       number_node(arena, !m->refused, m->value));
        az_builder_set(&item, "unit",
                       m->unit != NULL ? az_make_string_c(m->unit->name)
                                       : az_make_null());
        az_builder_set(&item, "source", source_node(arena, m));
        set_provenance(&item, m);
        az_builder_add(&list, az_builder_object(&item));
    }
    az_builder_init(&object, arena);
    az_builder_set(&object, "formula",
                   az_make_string_c(az_formula_name(derived->formula)));
    az_builder_set(&object, "rounded", az_make_boolean(row->rounded));
    az_builder_set(&object, "operands", az_builder_array(&list));
    return az_builder_object(&object);
}

struct az_decimal
az_row_kept(struct az_arena *arena, const struct az_row *row)
{
    struct az_decimal value = row->value;

    if (row->rounded)
        az_unit_convert(arena,
                        az_fraction_bound(arena, row->exact,
                                          !row->budget->higher_is_better),
                        az_unit_base(row->unit->dimension), row->unit, &value);
    return value;
}

const char *
az_row_double(struct az_arena *arena, double value)
{
    return az_arena_printf(arena, "%.6g", value);
}

static void
set_number(struct az_builder *object, const char *key, double value)
{
    az_builder_set(object, key,
                   isfinite(value) ? az_make_number(az_str_from(
                                         az_row_double(object->arena, value)))
                                   : az_make_null());
}

static struct az_node
window_node(struct az_arena *arena, const struct az_row_baseline *baseline)
{
    struct az_builder object;

    if (baseline->window == NULL)
        return az_make_null();
    az_builder_init(&object, arena);
    az_builder_set(&object, "first", az_make_string(baseline->first));
    az_builder_set(&object, "last", az_make_string(baseline->last));
    az_builder_set(&object, "reason", az_make_string_c(baseline->window));
    return az_builder_object(&object);
}

static struct az_node
baseline_node(struct az_arena *arena, const struct az_row_baseline *baseline)
{
    struct az_builder object;

    az_builder_init(&object, arena);
    az_builder_set(&object, "design", az_make_string_c(baseline->design));
    set_number(&object, "base", baseline->base);
    set_number(&object, "change_pct", baseline->change * 100);
    set_number(&object, "p", baseline->p);
    set_number(&object, "adjusted_p", baseline->adjusted);
    set_number(&object, "alpha", baseline->alpha);
    set_number(&object, "detectable_pct", baseline->detectable * 100);
    az_builder_set_count(&object, "runs", baseline->runs);
    az_builder_set(&object, "window", window_node(arena, baseline));
    return az_builder_object(&object);
}

/* ROW as it is reported in RESULT. */
static struct az_node
row_node(struct az_arena *arena, const struct az_row *row,
         const struct az_gate_result *result)
{
    const struct az_measurement *m = row->measured;
    const struct az_budget *budget = row->budget;
    const struct az_decision *decision = az_row_decision(row);
    struct az_builder object;

    az_builder_init(&object, arena);
    az_builder_reserve(&object, FIELD_COUNT);
    az_builder_set(&object, "commit",
                   text_or_null(m != NULL ? m->commit : result->commit));
    az_builder_set(&object, "profile", text_or_null(result->profile));
    az_builder_set(&object, "environment", text_or_null(row->environment));
    az_builder_set(&object, "metric_id", az_make_string(budget->metric));
    az_builder_set(&object, "value",
                   number_node(arena, row->has_value, row->value));
    az_builder_set(&object, "unit", az_make_string_c(row->unit->name));
    az_builder_set(&object, "threshold_warn",
                   number_node(arena, budget->warn.node != NULL, row->warn));
    az_builder_set(&object, "threshold_hard",
                   number_node(arena, budget->hard.node != NULL, row->hard));
    az_builder_set(&object, "status",
                   az_make_string_c(az_row_status_name(decision->status)));
    az_builder_set(&object, "seed_set", list_node(arena, m, "seed_set"));
    az_builder_set(&object, "commands", union_node(arena, row, "commands"));
    az_builder_set(&object, "artifact_paths",
                   union_node(arena, row, "artifact_paths"));
    az_builder_set(&object, "reason", az_make_string_c(decision->reason));
    az_builder_set(&object, "rule", az_make_string(decision->rule));
    az_builder_set(&object, "source",
                   m != NULL && row->operands == NULL ? source_node(arena, m)
                                                      : az_make_null());
    if (m != NULL && row->operands == NULL)
        set_provenance(&object, m);
    if (row->operands != NULL)
        az_builder_set(&object, "derived", derived_node(arena, row));
    if (result->has_history)
        az_builder_set(&object, "history", streak_node(arena, row->streak));
    if (row->baseline != NULL)
        az_builder_set(&object, "baseline",
                       baseline_node(arena, row->baseline));
    if (row->explained)
        az_builder_set(&object, "explain", az_row_steps(arena, row, result));
    return az_builder_object(&object);
}

bool
az_row_is_judged(const struct az_row *row)
{
    for (size_t i = 0; i < row->decision_count; i++)
        if (row->decisions[i].unsound)
            return false;
    return row->has_value && az_row_status(row) != AZ_ROW_NO_VERDICT;
}

size_t
az_gate_count_judged(const struct az_gate_result *result)
{
    size_t count = 0;

    for (size_t i = 0; i < result->count; i++)
        count += az_row_is_judged(&result->items[i]);
    return count;
}

void
az_row_count(struct az_counts *counts, enum az_row_status status)
{
    size_t *const of[AZ_ROW_STATUS_COUNT] = {
        [AZ_ROW_SKIP] = &counts->skip,       [AZ_ROW_PASS] = &counts->pass,
        [AZ_ROW_WAIVED] = &counts->pass,     [AZ_ROW_WARN] = &counts->warn,
        [AZ_ROW_NO_VERDICT] = &counts->fail, [AZ_ROW_FAIL] = &counts->fail,
    };

    (*of[status])++;
}

void
az_gate_report_rows(struct az_gate_result *result)
{
    struct az_builder rows;

    result->counts = (struct az_counts){ 0, 0, 0, 0 };
    az_builder_init(&rows, result->arena);
    az_builder_reserve(&rows, result->count);
    for (size_t i = 0; i < result->count; i++) {
        const struct az_row *row = &result->items[i];

        az_builder_add(&rows, row_node(result->arena, row, result));
        az_row_count(&result->counts, az_row_status(row));
    }
    result->rows = az_builder_array(&rows);
    result->judged = az_gate_count_judged(result);
}
