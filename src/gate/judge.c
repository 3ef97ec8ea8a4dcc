/* Judging one budget: its rows.
   SPDX-License-Identifier: MIT */

#include "gate/session.h"

#include "core/arena.h"
#include "core/date.h"

/* Longer numbers are cut in messages and reasons; rows keep them whole. */
#define SHOWN_DIGITS 40
/* Differences are shown of numbers whose digits span no more than this. */
#define SHOWN_SPAN 64

/* A row under construction. */
struct row {
    const struct az_budget *budget;
    const struct az_measurement *measured; /* NULL: not measured */
    const struct az_unit *unit;            /* of value, warn, hard */
    bool has_value;
    struct az_decimal value;
    struct az_decimal warn; /* where the budget has one */
    struct az_decimal hard;
    enum az_row_status status;
    const char *reason;
    struct az_str rule;
    const struct az_diag *finding; /* that it is over a limit, or NULL */
};

static const char *const status_names[AZ_ROW_STATUS_COUNT] = {
    [AZ_ROW_PASS] = "pass",
    [AZ_ROW_WARN] = "warn",
    [AZ_ROW_FAIL] = "fail",
    [AZ_ROW_SKIP] = "skip",
};

const char *
az_row_status_name(enum az_row_status status)
{
    return status_names[status];
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

/* Where the number of M stands, and how it is written there. */
static struct az_node
source_node(struct az_arena *arena, const struct az_measurement *m)
{
    struct az_place place = az_measurement_place(m, "value");
    const struct az_node *value = az_measurement_field(m, "value");
    struct az_str text = place.source->text;
    struct az_str raw = AZ_STR("");
    struct az_builder source;

    if (place.span.start < place.span.end && place.span.end <= text.len)
        raw = (struct az_str){ text.p + place.span.start,
                               place.span.end - place.span.start };
    az_builder_init(&source, arena);
    az_builder_set(&source, "file", az_make_string_c(place.source->name));
    az_builder_set(
        &source, "line",
        az_make_integer(
            arena, az_source_position(place.source, place.span.start).line));
    az_builder_set(&source, "raw",
                   value != NULL ? az_make_string(raw) : az_make_null());
    return az_builder_object(&source);
}

static void
count_row(struct az_counts *counts, enum az_row_status status)
{
    switch (status) {
    case AZ_ROW_PASS:
        counts->pass++;
        break;
    case AZ_ROW_WARN:
        counts->warn++;
        break;
    case AZ_ROW_SKIP:
        counts->skip++;
        break;
    case AZ_ROW_FAIL:
    case AZ_ROW_STATUS_COUNT:
        counts->fail++;
        break;
    }
}

static void
add_row(struct az_gate *gate, const struct row *row)
{
    struct az_arena *arena = gate->arena;
    const struct az_measurement *m = row->measured;
    const struct az_budget *budget = row->budget;
    struct az_builder object;

    az_builder_init(&object, arena);
    az_builder_set(&object, "commit",
                   text_or_null(m != NULL ? m->commit : gate->result->commit));
    az_builder_set(&object, "profile", az_make_string(gate->input->profile));
    az_builder_set(&object, "environment",
                   m != NULL ? az_make_string(m->environment) : az_make_null());
    az_builder_set(&object, "metric_id", az_make_string(budget->metric));
    az_builder_set(&object, "value",
                   number_node(arena, row->has_value, row->value));
    az_builder_set(&object, "unit", az_make_string_c(row->unit->name));
    az_builder_set(&object, "threshold_warn",
                   number_node(arena, budget->warn.node != NULL, row->warn));
    az_builder_set(&object, "threshold_hard",
                   number_node(arena, budget->hard.node != NULL, row->hard));
    az_builder_set(&object, "status",
                   az_make_string_c(az_row_status_name(row->status)));
    az_builder_set(&object, "seed_set", list_node(arena, m, "seed_set"));
    az_builder_set(&object, "commands", list_node(arena, m, "commands"));
    az_builder_set(&object, "artifact_paths",
                   list_node(arena, m, "artifact_paths"));
    az_builder_set(&object, "reason", az_make_string_c(row->reason));
    az_builder_set(&object, "rule", az_make_string(row->rule));
    az_builder_set(&object, "source",
                   m != NULL ? source_node(arena, m) : az_make_null());
    gate->findings =
        az_arena_grow(arena, gate->findings, gate->rows.count,
                      &gate->finding_capacity, sizeof(*gate->findings));
    gate->findings[gate->rows.count] = row->finding;
    az_builder_add(&gate->rows, az_builder_object(&object));
    count_row(&gate->result->counts, row->status);
}

/* A row of BUDGET with its limits as they are written. */
static struct row
row_of(const struct az_budget *budget, const struct az_measurement *m)
{
    return (struct row){ .budget = budget,
                         .measured = m,
                         .unit = budget->unit,
                         .warn = budget->warn.value,
                         .hard = budget->hard.value,
                         .status = AZ_ROW_FAIL,
                         .rule = AZ_STR("measurement") };
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

static const char *
shown(struct az_gate *gate, struct az_decimal value)
{
    struct az_buf buf;

    az_buf_init(&buf, gate->arena);
    az_buf_add_escaped(&buf, az_decimal_print(gate->arena, value),
                       SHOWN_DIGITS);
    return buf.p;
}

static bool
is_short(struct az_decimal a)
{
    return a.digits.len <= SHOWN_SPAN && a.exponent <= SHOWN_SPAN &&
           a.exponent >= -SHOWN_SPAN;
}

/* " by 1", in the unit of the limit, or nothing when the difference is too long
 * to be read. */
static const char *
excess(struct az_gate *gate, const struct row *row, struct az_decimal limit)
{
    struct az_decimal difference;

    if (!is_short(row->value) || !is_short(limit))
        return "";
    difference =
        az_decimal_add(gate->arena, row->value, az_decimal_negate(limit));
    return az_arena_printf(gate->arena, " by %s", shown(gate, difference));
}

/* A finding that ROW's value is over LIMIT, which LIMIT_NODE says. */
static void
report_over(struct az_gate *gate, struct row *row, struct az_decimal limit,
            const struct az_node *limit_node)
{
    const struct az_measurement *m = row->measured;
    bool warn = row->status == AZ_ROW_WARN;
    const char *what = warn ? "warning threshold" : "limit";
    const char *unit = row->unit->name;
    struct az_diag *diag = az_sink_add(
        gate->sink, warn ? AZ_DIAG_BUDGET_WARN : AZ_DIAG_BUDGET_EXCEEDED,
        az_measurement_place(m, "value"),
        "%s is %s %s, over the %s of %s %s%s (profile %s, %s)",
        az_str_quote(gate->arena, m->metric), shown(gate, row->value), unit,
        what, shown(gate, limit), unit, excess(gate, row, limit),
        az_str_quote(gate->arena, m->profile),
        az_str_quote(gate->arena, m->environment));

    row->finding = diag;
    diag->pointer = az_measurement_pointer(gate->arena, m, "value");
    az_diag_relate(gate->sink, diag,
                   az_document_place(gate->budgets.document, limit_node),
                   "the %s", what);
}

/* Brings the numbers of ROW into the budget's unit, or, where that has no
   finite decimal for the value, all of them into the base unit. */
static void
convert_row(struct az_gate *gate, struct row *row)
{
    const struct az_measurement *m = row->measured;
    const struct az_budget *budget = row->budget;

    row->has_value = true;
    if (az_unit_convert(gate->arena, m->value, m->unit, budget->unit,
                        &row->value))
        return;
    row->unit = az_unit_base(budget->unit->dimension);
    row->value = az_unit_to_base(gate->arena, m->unit, m->value);
    row->warn = budget->warn.base;
    row->hard = budget->hard.base;
}

/* The limit that decides on a value, what it says, and the finding if any. */
static void
decide_row(struct az_gate *gate, struct row *row, bool over_hard,
           bool over_warn)
{
    const struct az_budget *budget = row->budget;
    bool by_warn = budget->operational && !over_hard;
    struct az_decimal limit = by_warn ? row->warn : row->hard;
    bool over = over_hard || over_warn;

    row->status = over_hard   ? AZ_ROW_FAIL
                  : over_warn ? AZ_ROW_WARN
                              : AZ_ROW_PASS;
    row->rule = !budget->operational ? hard_rule(gate)
                : by_warn            ? AZ_STR("warn_threshold")
                                     : AZ_STR("hard_threshold");
    row->reason =
        az_arena_printf(gate->arena, "%s %s %s %s", shown(gate, row->value),
                        over ? ">" : "<=", shown(gate, limit), row->unit->name);
    if (over)
        report_over(gate, row, limit,
                    by_warn ? budget->warn.node : budget->hard.node);
}

static void
refuse_row(struct az_gate *gate, struct row *row)
{
    row->reason = "the measurement is refused";
    add_row(gate, row);
}

static void
report_dimension(struct az_gate *gate, const struct az_budget *budget,
                 const struct az_measurement *m)
{
    const struct az_node *unit = az_node_get(budget->row, "unit");
    struct az_diag *diag = az_sink_add(
        gate->sink, AZ_DIAG_MEASUREMENT_UNIT, az_measurement_place(m, "unit"),
        "%s is measured in %s, a %s; its budget is in %s, a %s",
        az_str_quote(gate->arena, m->metric), m->unit->name,
        az_dimension_name(m->unit->dimension), budget->unit->name,
        az_dimension_name(budget->unit->dimension));

    diag->pointer = az_measurement_pointer(gate->arena, m, "unit");
    az_diag_relate(gate->sink, diag,
                   az_document_place(gate->budgets.document, unit),
                   "the unit of the budget");
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
    struct row row = row_of(budget, m);
    struct az_decimal base;
    bool over_hard, over_warn;

    if (m->refused) {
        refuse_row(gate, &row);
        return;
    }
    if (budget->hard.node == NULL) {
        report_no_limit(gate, budget, m);
        refuse_row(gate, &row);
        return;
    }
    if (m->unit->dimension != budget->unit->dimension) {
        report_dimension(gate, budget, m);
        refuse_row(gate, &row);
        return;
    }
    base = az_unit_to_base(gate->arena, m->unit, m->value);
    over_hard = az_decimal_compare(base, budget->hard.base) > 0;
    over_warn =
        budget->operational && az_decimal_compare(base, budget->warn.base) > 0;
    convert_row(gate, &row);
    decide_row(gate, &row, over_hard, over_warn);
    az_gate_check_record(gate, m, budget, row.status);
    add_row(gate, &row);
    gate->result->judged++;
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
    } else if (when != NULL && az_node_is_string(when, "skip")) {
        absence.skip = true;
        absence.reason = "not measured, which its budget allows";
    } else {
        absence.reason = "not measured";
    }
    return absence;
}

static void
judge_missing(struct az_gate *gate, const struct az_budget *budget)
{
    struct absence absence = judge_absence(gate, budget);
    struct row row = row_of(budget, NULL);
    struct az_diag *diag = az_sink_add(
        gate->sink,
        absence.skip ? AZ_DIAG_BUDGET_SKIPPED : AZ_DIAG_BUDGET_MISSING,
        az_document_place(gate->budgets.document, absence.where),
        "%s, profile %s: %s", az_str_quote(gate->arena, budget->metric),
        az_str_quote(gate->arena, gate->input->profile), absence.reason);

    diag->pointer = az_arena_printf(
        gate->arena, "%s%s", az_budget_pointer(gate->arena, budget),
        absence.where != budget->row ? "/when_missing/skip/until" : "");
    row.status = absence.skip ? AZ_ROW_SKIP : AZ_ROW_FAIL;
    row.reason = absence.reason;
    row.rule = absence.rule;
    add_row(gate, &row);
}

void
az_gate_judge_budget(struct az_gate *gate, const struct az_budget *budget,
                     const struct az_measurement *const *measured, size_t count)
{
    if (count == 0)
        judge_missing(gate, budget);
    for (size_t i = 0; i < count; i++)
        judge_measured(gate, budget, measured[i]);
}
