/* A run of benchmarks against its baseline, name by name.
   SPDX-License-Identifier: MIT */

#include "gate/session.h"

#include "core/arena.h"

/* Decimals of a change that is shown in per cent. */
#define SHOWN_PLACES 4

/* A benchmark of a run. */
struct benchmark {
    const struct az_node *node;
    size_t index;
    bool compared; /* with one of the baseline */
};

struct comparison {
    struct az_gate *gate;
    const char *field;       /* of a benchmark that is compared: "p95_ns" */
    struct az_decimal allow; /* in per cent */
    struct az_map current;   /* name -> struct benchmark */
    struct az_map known;     /* name in the baseline -> struct benchmark */
    bool unsound;            /* something could not be compared */
    struct az_map aliases;   /* name in the baseline -> struct benchmark */
    /* Why nothing can be concluded from the two runs, or NULL; the finding. */
    const char *unproven;
    const struct az_diag *finding;
};

static const struct az_node *
list_of(const struct az_document *document, const char *key)
{
    const struct az_node *list = az_node_get(document->root, key);

    return list != NULL && list->type == AZ_ARRAY ? list : NULL;
}

static struct az_diag *
report(struct comparison *c, enum az_diag_id id,
       const struct az_document *document, const struct az_node *node,
       const char *message)
{
    struct az_diag *diag = az_sink_add(
        c->gate->sink, id, az_document_place(document, node), "%s", message);

    diag->pointer = az_document_pointer(c->gate->arena, document, node);
    return diag;
}

static struct az_str
name_of(const struct az_node *benchmark)
{
    const struct az_node *name = az_node_get(benchmark, "name");

    return name != NULL && name->type == AZ_STRING ? az_node_text(name)
                                                   : AZ_STR("");
}

/* Puts the benchmarks of DOCUMENT into NAMES; a name that is missing or stands
   twice is a finding. */
static bool
read_names(struct comparison *c, const struct az_document *document,
           struct az_map *names)
{
    const struct az_node *list = list_of(document, "benchmarks");
    bool good = true;

    az_map_init(names, c->gate->arena);
    if (list == NULL || list->count == 0) {
        report(c, AZ_DIAG_BASELINE_SHAPE, document, document->root,
               "the run has no list of benchmarks");
        return false;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        struct benchmark *benchmark = AZ_NEW(c->gate->arena, struct benchmark);
        struct az_str name = name_of(&list->items[i]);
        struct az_map_entry *entry;
        bool is_new = false;

        *benchmark = (struct benchmark){ .node = &list->items[i], .index = i };
        entry = az_map_put(names, name, &is_new);
        if (is_new && name.len > 0) {
            entry->value = benchmark;
            continue;
        }
        good = false;
        report(c, AZ_DIAG_BASELINE_SHAPE, document, &list->items[i],
               name.len == 0
                   ? "the benchmark has no name"
                   : az_arena_printf(c->gate->arena,
                                     "benchmark %s is in the run twice",
                                     az_str_quote(c->gate->arena, name)));
    }
    return good;
}

/* What baseline_regression of the budgets says; findings of its shape have been
   made, and what cannot be read is no verdict. */
static bool
read_policy(struct comparison *c)
{
    const struct az_document *document = c->gate->budgets.document;
    const struct az_node *policy =
        az_node_get(document->root, "baseline_regression");
    const struct az_node *allow = az_node_get(policy, "max_regression_pct");
    const struct az_node *field = az_node_get(policy, "comparison_metric");

    if (allow != NULL && az_decimal_of(c->gate->arena, allow, &c->allow) &&
        !c->allow.negative && field != NULL && field->type == AZ_STRING) {
        c->field = az_arena_str(c->gate->arena, az_node_text(field)).p;
        return true;
    }
    report(
        c, AZ_DIAG_BASELINE_MISSING, document,
        policy != NULL ? policy : document->root,
        "baseline_regression does not say how much worse than its baseline a "
        "benchmark may be");
    return false;
}

/* An alias is for one benchmark that the current run has under another name
   only. */
static void
read_alias(struct comparison *c, const struct az_node *alias)
{
    const struct az_document *baseline = c->gate->input->baseline;
    const struct az_node *from = az_node_get(alias, "from");
    const struct az_node *to = az_node_get(alias, "to");
    const char *problem = NULL;
    bool is_new;

    if (from == NULL || from->type != AZ_STRING || to == NULL ||
        to->type != AZ_STRING)
        problem = "the alias does not say 'from' and 'to'";
    else if (az_map_get(&c->known, az_node_text(from)) == NULL)
        problem = "the alias is for no benchmark of the baseline";
    else if (az_map_get(&c->current, az_node_text(from)) != NULL)
        problem = "the current run has the benchmark under its old name";
    else if (az_map_get(&c->known, az_node_text(to)) != NULL)
        problem = "the baseline has a benchmark of the new name too";
    if (problem == NULL) {
        struct az_map_entry *entry =
            az_map_put(&c->aliases, az_node_text(from), &is_new);

        entry->value = az_map_get(&c->current, az_node_text(to));
        /* names of both sides are apart, so one map tells of both */
        if (is_new)
            az_map_put(&c->aliases, az_node_text(to), &is_new);
        if (!is_new)
            problem = "the name stands in another alias too";
    }
    if (problem != NULL)
        report(c, AZ_DIAG_BASELINE_ALIAS, baseline, alias, problem);
}

static void
read_aliases(struct comparison *c)
{
    const struct az_node *list = list_of(c->gate->input->baseline, "aliases");

    az_map_init(&c->aliases, c->gate->arena);
    for (uint32_t i = 0; list != NULL && i < list->count; i++)
        read_alias(c, &list->items[i]);
}

/* The time of BENCHMARK that is compared; false after a finding: it must be
   above zero, or there is no ratio. */
static bool
read_time(struct comparison *c, const struct az_document *document,
          const struct az_node *benchmark, struct az_decimal *ret)
{
    const struct az_node *node = az_node_get(benchmark, c->field);

    if (node == NULL || !az_decimal_of(c->gate->arena, node, ret)) {
        report(c, AZ_DIAG_BASELINE_SHAPE, document,
               node != NULL ? node : benchmark,
               az_arena_printf(
                   c->gate->arena, "benchmark %s has no number '%s'",
                   az_str_quote(c->gate->arena, name_of(benchmark)), c->field));
        c->unsound = true;
        return false;
    }
    if (az_decimal_sign(*ret) > 0)
        return true;
    report(c, AZ_DIAG_BASELINE_ZERO, document, node,
           az_arena_printf(c->gate->arena,
                           "benchmark %s took %s ns, and a time is above zero",
                           az_str_quote(c->gate->arena, name_of(benchmark)),
                           az_gate_shown(c->gate, *ret)));
    c->unsound = true;
    return false;
}

/* BASE and what is allowed on top, exact. */
static struct az_decimal
limit_of(struct comparison *c, struct az_decimal base)
{
    struct az_decimal hundred = az_decimal_from_int(c->gate->arena, 100);
    struct az_decimal percent =
        az_decimal_add(c->gate->arena, hundred, c->allow);

    return az_decimal_scale(az_decimal_multiply(c->gate->arena, base, percent),
                            -2);
}

/* "+10.1 %", rounded for the reader; what is too long to be read is not
   computed. */
static const char *
change_of(struct comparison *c, struct az_decimal base, struct az_decimal now)
{
    struct az_arena *arena = c->gate->arena;
    struct az_decimal change;

    if (!az_decimal_is_short(base, AZ_GATE_SHOWN_SPAN) ||
        !az_decimal_is_short(now, AZ_GATE_SHOWN_SPAN))
        return "a change";
    change = az_decimal_divide(
        arena,
        az_decimal_scale(az_decimal_add(arena, now, az_decimal_negate(base)),
                         2),
        base, SHOWN_PLACES);
    return az_arena_printf(arena, "%s%s %%", change.negative ? "" : "+",
                           az_gate_shown(c->gate, change));
}

/* The row of a benchmark of the baseline; LIMIT is NULL where there is none. */
static struct az_row
row_of(struct comparison *c, const struct az_node *base,
       const struct az_decimal *limit)
{
    struct az_budget *budget = AZ_NEW(c->gate->arena, struct az_budget);

    budget->metric = name_of(base);
    budget->unit = az_unit_base(AZ_DIMENSION_TIME);
    budget->row = base;
    if (limit != NULL)
        budget->hard = (struct az_limit){ .node = az_node_get(base, c->field),
                                          .value = *limit,
                                          .base = *limit };
    return (struct az_row){ .benchmark = true,
                            .budget = budget,
                            .unit = budget->unit,
                            .hard = budget->hard.value };
}

static void
decide(struct comparison *c, struct az_row *row, enum az_row_status status,
       const char *reason, const struct az_diag *finding)
{
    az_row_decide(
        c->gate->arena, row,
        (struct az_decision){ .status = status,
                              .rule = AZ_STR("max_regression_pct"),
                              .reason = reason,
                              .place = az_document_place(
                                  c->gate->input->baseline, row->budget->row),
                              .finding = finding });
}

/* Decides that there is no verdict on ROW if the runs prove nothing. */
static void
decide_provenance(struct comparison *c, struct az_row *row)
{
    if (c->unproven == NULL)
        return;
    c->unsound = true;
    az_row_decide(
        c->gate->arena, row,
        (struct az_decision){
            .status = AZ_ROW_NO_VERDICT,
            .rule = AZ_STR("provenance"),
            .reason = c->unproven,
            .place = c->finding != NULL
                         ? c->finding->place
                         : az_document_place(c->gate->input->current,
                                             c->gate->input->current->root),
            .finding = c->finding,
            .unsound = true });
}

/* The row of BASE that the current run does not have. */
static void
report_vanished(struct comparison *c, const struct az_node *base,
                struct az_decimal limit)
{
    struct az_row row = row_of(c, base, &limit);
    const struct az_map_entry *alias =
        az_map_find(&c->aliases, row.budget->metric);
    struct az_diag *diag =
        report(c, AZ_DIAG_BASELINE_VANISHED, c->gate->input->baseline, base,
               az_arena_printf(c->gate->arena,
                               "benchmark %s is not in the current run%s",
                               az_str_quote(c->gate->arena, row.budget->metric),
                               alias == NULL ? "" : ", also not by its alias"));

    az_diag_hint(c->gate->sink, diag,
                 "run it, or tell its new name in 'aliases' of the baseline");
    decide(c, &row, AZ_ROW_FAIL, "not in the current run", diag);
    az_gate_add_row(c->gate, &row);
}

static const struct az_diag *
report_slower(struct comparison *c, const struct az_row *row,
              struct az_decimal base)
{
    struct az_arena *arena = c->gate->arena;
    const struct az_measurement *m = row->measured;
    struct az_diag *diag = report(
        c, AZ_DIAG_BASELINE_REGRESSION, m->document,
        az_measurement_field(m, c->field),
        az_arena_printf(
            arena,
            "%s is %s ns (%s), %s of the baseline's %s ns; +%s %% is "
            "allowed",
            az_str_quote(arena, m->metric), az_gate_shown(c->gate, row->value),
            c->field, change_of(c, base, row->value),
            az_gate_shown(c->gate, base), az_gate_shown(c->gate, c->allow)));

    diag->worse = AZ_WORSE_ABOVE;
    az_diag_relate(
        c->gate->sink, diag,
        az_document_place(c->gate->input->baseline, row->budget->hard.node),
        "the baseline");
    return diag;
}

/* NOW, of the current run, as a measurement that has no value yet. */
static struct az_measurement *
measurement_of(struct comparison *c, const struct benchmark *now)
{
    struct az_measurement *m = AZ_NEW(c->gate->arena, struct az_measurement);

    *m = (struct az_measurement){ .document = c->gate->input->current,
                                  .entry = now->node,
                                  .list = "benchmarks",
                                  .index = now->index,
                                  .value_key = c->field,
                                  .metric = name_of(now->node),
                                  .unit = az_unit_base(AZ_DIMENSION_TIME) };
    return m;
}

/* Decides on ROW, which has its value and its limit; the baseline has BEFORE.
 */
static void
decide_change(struct comparison *c, struct az_row *row,
              struct az_decimal before)
{
    bool slower = az_decimal_compare(row->value, row->hard) > 0;

    decide(c, row, slower ? AZ_ROW_FAIL : AZ_ROW_PASS,
           az_arena_printf(c->gate->arena, "%s %s %s ns + %s %% (%s)",
                           az_gate_shown(c->gate, row->value),
                           slower ? ">" : "<=", az_gate_shown(c->gate, before),
                           az_gate_shown(c->gate, c->allow),
                           change_of(c, before, row->value)),
           slower ? report_slower(c, row, before) : NULL);
    decide_provenance(c, row);
}

/* The row of BASE, a benchmark of the baseline, held against NOW. */
static void
compare(struct comparison *c, const struct az_node *base,
        const struct benchmark *now)
{
    struct az_measurement *m = measurement_of(c, now);
    struct az_decimal before, after, limit;
    bool sound = read_time(c, c->gate->input->baseline, base, &before);
    struct az_row row;

    sound &= read_time(c, c->gate->input->current, now->node, &after);
    if (sound)
        limit = limit_of(c, before);
    row = row_of(c, base, sound ? &limit : NULL);
    row.measured = m;
    if (sound) {
        m->value = row.value = after;
        row.has_value = true;
        decide_change(c, &row, before);
        c->gate->result->compared += az_row_is_judged(&row);
    } else {
        decide(c, &row, AZ_ROW_NO_VERDICT, "there are no two times to compare",
               NULL);
    }
    az_gate_add_row(c->gate, &row);
}

/* The benchmark of the current run that is the baseline's NAME, or NULL. */
static struct benchmark *
find_current(struct comparison *c, struct az_str name)
{
    const struct az_map_entry *alias = az_map_find(&c->aliases, name);

    return alias != NULL ? alias->value : az_map_get(&c->current, name);
}

/* What the baseline does not have is no fault. */
static void
report_new(struct comparison *c)
{
    for (size_t i = 0; i < c->current.count; i++) {
        const struct benchmark *benchmark = c->current.entries[i].value;

        if (!benchmark->compared)
            report(c, AZ_DIAG_BASELINE_NEW, c->gate->input->current,
                   benchmark->node,
                   az_arena_printf(c->gate->arena,
                                   "benchmark %s is not in the baseline",
                                   az_str_quote(c->gate->arena,
                                                c->current.entries[i].key)));
    }
}

static void
compare_all(struct comparison *c)
{
    for (size_t i = 0; i < c->known.count; i++) {
        const struct benchmark *base = c->known.entries[i].value;
        struct benchmark *now = find_current(c, c->known.entries[i].key);
        struct az_decimal before;

        if (now != NULL) {
            now->compared = true;
            compare(c, base->node, now);
        } else if (read_time(c, c->gate->input->baseline, base->node,
                             &before)) {
            report_vanished(c, base->node, limit_of(c, before));
        }
    }
    report_new(c);
}

/* Whether the run of DOCUMENT is over. */
static bool
is_past(struct az_gate *gate, const struct az_document *document)
{
    return az_run_check_time(gate->sink, document,
                             az_node_get(document->root, "generated_at"),
                             gate->input->now);
}

void
az_gate_compare_benchmarks(struct az_gate *gate)
{
    const struct az_gate_input *input = gate->input;
    struct comparison c = { .gate = gate };
    size_t first = gate->result->count;
    bool sound = read_policy(&c);

    sound &= read_names(&c, input->baseline, &c.known);
    sound &= read_names(&c, input->current, &c.current);
    sound &= is_past(gate, input->baseline);
    sound &= is_past(gate, input->current);
    if (!sound || !az_gate_check_succession(gate))
        return;
    read_aliases(&c);
    c.unproven = az_gate_check_benchmarks(gate, &c.finding);
    compare_all(&c);
    az_constituent_set(
        gate->result, AZ_CONSTITUENT_BASELINE,
        c.unsound || gate->result->compared == 0 ? AZ_NO_VERDICT : AZ_PASS,
        az_arena_printf(
            gate->arena, "%s of %zu compared",
            az_str_counted(gate->arena, gate->result->compared, "benchmark"),
            gate->result->count - first));
}
