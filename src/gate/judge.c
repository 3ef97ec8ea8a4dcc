/* Judging one budget: its rows.
   SPDX-License-Identifier: MIT */

#include "gate/session.h"

#include "core/arena.h"
#include "core/build.h"
#include "core/date.h"
#include "gate/samples.h"

void
az_gate_add_row(struct az_gate *gate, const struct az_row *row)
{
    struct az_gate_result *result = gate->result;

    result->items = az_arena_grow(gate->arena, result->items, result->count,
                                  &gate->row_capacity, sizeof *result->items);
    result->items[result->count++] = *row;
}

struct az_row
az_gate_row(const struct az_budget *budget, const struct az_measurement *m)
{
    return (struct az_row){ .budget = budget,
                            .measured = m,
                            .environment =
                                m != NULL ? m->environment : AZ_STR(""),
                            .unit = budget->unit,
                            .warn = budget->warn.value,
                            .hard = budget->hard.value };
}

/* "hard_budgets core-min" */
static struct az_str
hard_rule(struct az_gate *gate)
{
    struct az_buf buf;

    az_buf_init(&buf, gate->arena);
    az_buf_add_c(&buf, "hard_budgets ");
    az_buf_add(&buf, gate->input->profile);
    return az_buf_str(&buf);
}

/* The value of ROW with WHAT behind it; says that it is rounded, if it is. */
static const char *
shown_value(struct az_gate *gate, const struct az_row *row, const char *what)
{
    bool rounded;
    struct az_decimal value =
        az_row_shown(gate->arena, row, row->value, &rounded);

    return az_arena_printf(gate->arena, "%s%s%s", az_gate_shown(gate, value),
                           what, rounded || row->rounded ? " (rounded)" : "");
}

/* " by 1", in the unit of the limit, or nothing when the difference is too long
   to be read or rounded. */
static const char *
excess(struct az_gate *gate, const struct az_row *row, struct az_decimal limit)
{
    struct az_decimal difference;
    bool rounded = row->rounded;

    if (!rounded)
        az_row_shown(gate->arena, row, row->value, &rounded);
    if (rounded || !az_decimal_is_short(row->value, AZ_GATE_SHOWN_SPAN) ||
        !az_decimal_is_short(limit, AZ_GATE_SHOWN_SPAN))
        return "";
    difference =
        az_decimal_add(gate->arena, row->value, az_decimal_negate(limit));
    difference.negative = false;
    return az_arena_printf(gate->arena, " by %s",
                           az_gate_shown(gate, difference));
}

void
az_gate_blame_computed(struct az_gate *gate, const struct az_row *row,
                       struct az_diag *diag, const struct az_gate_blamed *value)
{
    const struct az_document *document = row->measured != NULL
                                             ? row->measured->document
                                             : gate->budgets.document;
    struct az_document *computed = AZ_NEW(gate->arena, struct az_document);
    struct az_node *root = AZ_NEW(gate->arena, struct az_node);
    struct az_builder object;

    az_builder_init(&object, gate->arena);
    az_builder_set(&object, "metric_id", az_make_string(row->budget->metric));
    az_builder_set(&object, "profile", az_make_string(gate->input->profile));
    az_builder_set(&object, "environment", az_make_string(row->environment));
    az_builder_set(&object, value->key, az_make_number(value->number));
    for (size_t i = 0; i < value->beside_count; i++)
        az_builder_set(&object, value->beside[i].key,
                       az_make_string(value->beside[i].text));
    *root = az_builder_object(&object);
    *computed = *document;
    computed->root = root;
    diag->pointer = az_arena_printf(gate->arena, "/%s", value->key);
    diag->computed = computed;
}

void
az_gate_blame_value(struct az_gate *gate, const struct az_row *row,
                    struct az_diag *diag)
{
    const struct az_measurement *m = row->measured;
    struct az_gate_blamed value = { .key = "value", .beside_count = 1 };

    diag->worse =
        row->budget->higher_is_better ? AZ_WORSE_BELOW : AZ_WORSE_ABOVE;
    diag->fatal = m == NULL || !row->has_value; /* a waiver is for a value */
    if (diag->fatal)
        return;
    if (m->sampled == NULL && row->operands == NULL) {
        diag->pointer = az_measurement_pointer(gate->arena, m, "value");
        return;
    }
    value.number = az_decimal_print(gate->arena, az_row_kept(gate->arena, row));
    value.beside[0].key = "unit";
    value.beside[0].text = az_str_from(row->unit->name);
    az_gate_blame_computed(gate, row, diag, &value);
}

void
az_gate_blame_worst(struct az_gate *gate, const struct az_row *row,
                    struct az_diag *diag, struct az_decimal value,
                    const struct az_unit *unit)
{
    const struct az_measurement *m = row->measured;
    struct az_node *worst = AZ_NEW(gate->arena, struct az_node);
    bool computed = m != NULL && (m->sampled != NULL || row->operands != NULL);

    if (m == NULL || unit == NULL ||
        !az_unit_convert(gate->arena, value, unit,
                         computed ? row->unit : m->unit, &value)) {
        diag->fatal = true;
        return;
    }
    *worst = az_make_number(az_decimal_print(gate->arena, value));
    diag->worst = worst;
}

/* A finding that ROW's value is beyond LIMIT, which stands at PLACE. */
static const struct az_diag *
report_beyond(struct az_gate *gate, const struct az_row *row, bool warn,
              struct az_decimal limit, struct az_place place)
{
    const struct az_measurement *m = row->measured;
    const char *what = warn ? "warning threshold" : "limit";
    const char *unit = row->unit->name;
    struct az_diag *diag = az_sink_add(
        gate->sink, warn ? AZ_DIAG_BUDGET_WARN : AZ_DIAG_BUDGET_EXCEEDED,
        az_measurement_place(m, "value"),
        "%s is %s, %s the %s of %s %s%s (profile %s, %s)",
        az_str_quote(gate->arena, row->budget->metric),
        shown_value(gate, row, az_arena_printf(gate->arena, " %s", unit)),
        row->budget->higher_is_better ? "below" : "over", what,
        az_gate_shown(gate, limit), unit, excess(gate, row, limit),
        az_str_quote(gate->arena, m->profile),
        az_str_quote(gate->arena, m->environment));

    az_gate_blame_value(gate, row, diag);
    az_diag_relate(gate->sink, diag, place, "the %s", what);
    return diag;
}

void
az_gate_set_value(struct az_gate *gate, struct az_row *row,
                  struct az_decimal value, const struct az_unit *unit)
{
    const struct az_budget *budget = row->budget;

    row->has_value = true;
    row->exact =
        (struct az_fraction){ az_unit_to_base(gate->arena, unit, value),
                              az_decimal_from_int(gate->arena, 1) };
    if (az_unit_convert(gate->arena, value, unit, budget->unit, &row->value))
        return;
    row->unit = az_unit_base(budget->unit->dimension);
    row->value = az_unit_to_base(gate->arena, unit, value);
    row->warn = budget->warn.base;
    row->hard = budget->hard.base;
}

/* How a value that is, or is not, beyond its limit lies to it. */
static const char *
relation(const struct az_budget *budget, bool beyond)
{
    if (budget->higher_is_better)
        return beyond ? "<" : ">=";
    return beyond ? ">" : "<=";
}

void
az_gate_decide_limits(struct az_gate *gate, struct az_row *row,
                      bool beyond_hard, bool beyond_warn)
{
    const struct az_budget *budget = row->budget;
    bool by_warn = budget->operational && !beyond_hard;
    struct az_decimal limit = by_warn ? row->warn : row->hard;
    bool beyond = beyond_hard || beyond_warn;
    struct az_decision decision = {
        .status = beyond_hard   ? AZ_ROW_FAIL
                  : beyond_warn ? AZ_ROW_WARN
                                : AZ_ROW_PASS,
        .rule = !budget->operational ? hard_rule(gate)
                : by_warn            ? AZ_STR("warn_threshold")
                                     : AZ_STR("hard_threshold"),
        .reason = az_arena_printf(gate->arena, "%s %s %s %s",
                                  shown_value(gate, row, ""),
                                  relation(budget, beyond),
                                  az_gate_shown(gate, limit), row->unit->name),
        .place =
            az_document_place(gate->budgets.document,
                              by_warn ? budget->warn.node : budget->hard.node),
    };

    if (beyond)
        decision.finding =
            report_beyond(gate, row, !beyond_hard, limit, decision.place);
    az_row_decide(gate->arena, row, decision);
}

/* Why there is no value, with the operand if it is one. */
static const char *
refusal(struct az_gate *gate, const struct az_budget *budget,
        const struct az_measurement *m)
{
    if (budget->derived == NULL)
        return "the measurement is refused";
    return az_arena_printf(gate->arena, "the measurement of %s is refused",
                           az_str_quote(gate->arena, m->metric));
}

void
az_gate_refuse_row(struct az_gate *gate, struct az_row *row,
                   const struct az_measurement *m)
{
    if (m->refused && m->unproven != NULL) {
        az_gate_decide_provenance(gate, row, m);
        az_gate_add_row(gate, row);
        return;
    }
    az_row_decide(
        gate->arena, row,
        (struct az_decision){ .status = AZ_ROW_FAIL,
                              .rule = AZ_STR("measurement"),
                              .reason = refusal(gate, row->budget, m),
                              .place = az_measurement_place(m, NULL) });
    az_gate_add_row(gate, row);
}

bool
az_gate_check_dimension(struct az_gate *gate, const struct az_budget *budget,
                        const struct az_measurement *m,
                        const struct az_unit *unit)
{
    struct az_diag *diag;

    if (m->unit->dimension == unit->dimension)
        return true;
    diag = az_sink_add(
        gate->sink, AZ_DIAG_MEASUREMENT_UNIT, az_measurement_place(m, "unit"),
        "%s is measured in %s, a %s; %s is in %s, a %s",
        az_str_quote(gate->arena, m->metric), m->unit->name,
        az_dimension_name(m->unit->dimension),
        budget->derived != NULL
            ? az_arena_printf(gate->arena, "the other operand of %s",
                              az_str_quote(gate->arena, budget->metric))
            : "its budget",
        unit->name, az_dimension_name(unit->dimension));
    diag->pointer = az_measurement_pointer(gate->arena, m, "unit");
    az_diag_relate(gate->sink, diag,
                   az_document_place(gate->budgets.document,
                                     budget->derived != NULL
                                         ? budget->derived->node
                                         : az_node_get(budget->row, "unit")),
                   "%s",
                   budget->derived != NULL ? "what it is derived from"
                                           : "the unit of the budget");
    return false;
}

static void
report_no_limit(struct az_gate *gate, const struct az_budget *budget,
                const struct az_measurement *m)
{
    struct az_diag *diag =
        az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_METRIC,
                    az_measurement_place(m, "metric_id"),
                    "%s is measured, but has no limit for profile %s",
                    az_str_quote(gate->arena, m->metric),
                    az_str_quote(gate->arena, m->profile));

    diag->pointer = az_measurement_pointer(gate->arena, m, "metric_id");
    az_diag_relate(gate->sink, diag,
                   az_document_place(gate->budgets.document, budget->row),
                   "its budget");
}

static void
judge_measured(struct az_gate *gate, const struct az_budget *budget,
               const struct az_measurement *m)
{
    struct az_row row = az_gate_row(budget, m);
    struct az_decimal base;
    bool beyond_hard, beyond_warn;

    if (m->refused) {
        az_gate_refuse_row(gate, &row, m);
        return;
    }
    if (budget->hard.node == NULL) {
        report_no_limit(gate, budget, m);
        az_gate_refuse_row(gate, &row, m);
        return;
    }
    if (!az_gate_check_dimension(gate, budget, m, budget->unit)) {
        az_gate_refuse_row(gate, &row, m);
        return;
    }
    base = az_unit_to_base(gate->arena, m->unit, m->value);
    beyond_hard = az_budget_breaks(budget, &budget->hard, base);
    beyond_warn =
        budget->operational && az_budget_breaks(budget, &budget->warn, base);
    az_gate_set_value(gate, &row, m->value, m->unit);
    az_gate_decide_limits(gate, &row, beyond_hard, beyond_warn);
    az_gate_check_record(gate, m, budget, az_row_status(&row));
    if (m->sampled != NULL)
        az_gate_show_interval(gate, &row);
    az_gate_decide_provenance(gate, &row, m);
    az_gate_add_row(gate, &row);
}

/* What it means that a budget was not measured. */
struct absence {
    bool skip;
    struct az_str rule;
    const char *reason;          /* of the row, and the end of the message */
    const struct az_node *where; /* of the finding */
};

static const char *
reason_text(struct az_gate *gate, const struct az_node *reason)
{
    struct az_buf buf;

    az_buf_init(&buf, gate->arena);
    az_buf_add_escaped(&buf, az_node_text(reason), 0);
    return buf.p;
}

/* The exemption of when_missing: {skip: {reason, until}}. */
static struct absence
judge_exemption(struct az_gate *gate, const struct az_budget *budget,
                const struct az_node *skip)
{
    const struct az_node *reason = az_node_get(skip, "reason");
    const struct az_node *until = az_node_get(skip, "until");
    struct az_str today = az_str_from(gate->input->today);
    struct absence absence = { .rule = AZ_STR("when_missing"),
                               .where = budget->row };

    if (reason == NULL || reason->type != AZ_STRING || reason->count == 0 ||
        until == NULL || until->type != AZ_STRING ||
        !az_date_is_day(az_node_text(until))) {
        absence.reason = "not measured, and its skip has no reason or no date";
        return absence;
    }
    if (!az_date_is_day(today)) {
        absence.reason = "not measured, and its skip ends on a date, but there "
                         "is no date of today";
        return absence;
    }
    if (az_str_compare(today, az_node_text(until)) > 0) {
        absence.where = until;
        absence.reason = az_arena_printf(
            gate->arena, "not measured, and its skip ended on %.*s",
            AZ_STR_ARG(az_node_text(until)));
        return absence;
    }
    absence.skip = true;
    absence.reason = az_arena_printf(
        gate->arena, "not measured; skipped until %.*s: %s",
        AZ_STR_ARG(az_node_text(until)), reason_text(gate, reason));
    return absence;
}

static struct absence
judge_absence(struct az_gate *gate, const struct az_budget *budget)
{
    const struct az_node *when = az_node_get(budget->row, "when_missing");
    struct absence absence = { .rule = AZ_STR("when_missing"),
                               .where = budget->row };

    if (budget->required) {
        absence.rule = AZ_STR("require-metric");
        absence.reason = budget->hard.node != NULL
                             ? "not measured, but required"
                             : "required, but without a limit for the profile";
    } else if (budget->hard.node == NULL) {
        absence.skip = true;
        absence.rule = hard_rule(gate);
        absence.reason = "the budget has no limit for the profile";
    } else if (when != NULL && when->type == AZ_OBJECT) {
        absence = judge_exemption(gate, budget, az_node_get(when, "skip"));
    } else if (az_node_is_string(when, "skip")) {
        absence.skip = true;
        absence.reason = "not measured, which its budget allows";
    } else {
        absence.reason = "not measured";
    }
    return absence;
}

void
az_gate_judge_missing(struct az_gate *gate, const struct az_budget *budget,
                      struct az_str environment, struct az_str lack)
{
    struct absence absence = judge_absence(gate, budget);
    struct az_row row = az_gate_row(budget, NULL);
    struct az_diag *diag;

    if (lack.len > 0)
        absence.reason =
            az_arena_printf(gate->arena, "%s (%s was not)", absence.reason,
                            az_str_quote(gate->arena, lack));
    diag = az_sink_add(
        gate->sink,
        absence.skip ? AZ_DIAG_BUDGET_SKIPPED : AZ_DIAG_BUDGET_MISSING,
        az_document_place(gate->budgets.document, absence.where),
        "%s, profile %s%s%s: %s", az_str_quote(gate->arena, budget->metric),
        az_str_quote(gate->arena, gate->input->profile),
        environment.len > 0 ? ", " : "",
        environment.len > 0 ? az_str_quote(gate->arena, environment) : "",
        absence.reason);

    row.environment = environment;
    diag->pointer = az_arena_printf(
        gate->arena, "%s%s", az_budget_pointer(gate->arena, budget),
        absence.where != budget->row ? "/when_missing/skip/until" : "");
    az_row_decide(gate->arena, &row,
                  (struct az_decision){ .status = absence.skip ? AZ_ROW_SKIP
                                                               : AZ_ROW_FAIL,
                                        .rule = absence.rule,
                                        .reason = absence.reason,
                                        .place = diag->place });
    az_gate_add_row(gate, &row);
}

void
az_gate_judge_absent(struct az_gate *gate, const struct az_budget *budget,
                     struct az_map *seen)
{
    const struct az_node *wanted = budget->environments;
    bool is_new;

    if (wanted == NULL && seen->count == 0)
        az_gate_judge_missing(gate, budget, AZ_STR(""), AZ_STR(""));
    for (uint32_t i = 0; wanted != NULL && i < wanted->count; i++) {
        struct az_str name = az_node_text(&wanted->items[i]);

        az_map_put(seen, name, &is_new);
        if (is_new)
            az_gate_judge_missing(gate, budget, name, AZ_STR(""));
    }
}

void
az_gate_judge_budget(struct az_gate *gate, const struct az_budget *budget,
                     const struct az_measurement *const *measured, size_t count)
{
    struct az_map seen;

    for (size_t i = 0; i < count; i++)
        judge_measured(gate, budget, measured[i]);
    if (budget->environments == NULL && count > 0)
        return;
    az_map_init(&seen, gate->arena);
    for (size_t i = 0; i < count; i++)
        az_map_put(&seen, measured[i]->environment, NULL);
    az_gate_judge_absent(gate, budget, &seen);
}
