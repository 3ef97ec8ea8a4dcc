/* The whole way of one row: what "gate --explain METRIC" shows.
   SPDX-License-Identifier: MIT */

#include "gate/explain.h"

#include "core/arena.h"
#include "core/build.h"
#include "gate/provenance.h"
#include "gate/samples.h"

bool
az_gate_explain(struct az_gate_result *result, struct az_str metric)
{
    bool found = false;

    for (size_t i = 0; i < result->count; i++) {
        struct az_row *row = &result->items[i];

        if (!az_str_eq(row->budget->metric, metric))
            continue;
        row->explained = true;
        found = true;
    }
    return found;
}

/* One step; texts that are NULL and places that are nowhere are null. */
struct step {
    const char *name;
    const char *status;
    struct az_str rule;
    const char *reason;
    struct az_place place;
};

static void
add_step(struct az_builder *steps, struct step step)
{
    struct az_arena *arena = steps->arena;
    const struct az_source *source = step.place.source;
    struct az_builder item;

    az_builder_init(&item, arena);
    az_builder_set(&item, "step", az_make_string_c(step.name));
    az_builder_set(&item, "status", az_make_string_c(step.status));
    az_builder_set(&item, "rule",
                   step.rule.len > 0 ? az_make_string(step.rule)
                                     : az_make_null());
    az_builder_set(&item, "reason", az_make_string_c(step.reason));
    az_builder_set(&item, "file",
                   az_make_string_c(source != NULL ? source->name : NULL));
    az_builder_set(
        &item, "line",
        source != NULL
            ? az_make_integer(
                  arena, az_source_position(source, step.place.span.start).line)
            : az_make_null());
    az_builder_add(steps, az_builder_object(&item));
}

/* The text of PLACE, escaped, as somebody wrote it there. */
static const char *
written(struct az_arena *arena, struct az_place place)
{
    struct az_str text = place.source->text;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    if (place.span.start < place.span.end && place.span.end <= text.len)
        az_buf_add_escaped(&buf,
                           (struct az_str){ text.p + place.span.start,
                                            place.span.end - place.span.start },
                           0);
    return buf.p;
}

static const char *
number(struct az_arena *arena, struct az_decimal value)
{
    return az_decimal_print(arena, value).p;
}

/* Of which of several scenarios and bundlers the samples are that decide. */
static const char *
strata_text(struct az_arena *arena, const struct az_measurement *m)
{
    const struct az_sampled *sampled = m->sampled;

    if (sampled->strata == 1)
        return "";
    if (m->refused)
        return az_arena_printf(arena, ", %zu scenarios and bundlers",
                               sampled->strata);
    return az_arena_printf(
        arena, ", the worst of %zu scenarios and bundlers: %s, %s",
        sampled->strata, az_str_quote(arena, sampled->scenario),
        az_str_quote(arena, sampled->bundler));
}

/* The value of M, as written or as computed of samples. */
static const char *
value_text(struct az_arena *arena, const struct az_measurement *m)
{
    const char *unit = m->unit != NULL ? m->unit->name : "of no known unit";

    if (m->sampled == NULL)
        return az_arena_printf(arena, "%s %s",
                               written(arena, az_measurement_place(m, "value")),
                               unit);
    return az_arena_printf(arena, "%s %s, computed of %s of %s%s",
                           m->refused ? "no" : number(arena, m->value), unit,
                           az_str_counted(arena, m->sampled->samples, "sample"),
                           az_str_counted(arena, m->sampled->seeds, "seed"),
                           strata_text(arena, m));
}

/* What the samples of each seed of M come to, and how far these lie apart. */
static void
add_seeds(struct az_builder *steps, const struct az_measurement *m)
{
    struct az_arena *arena = steps->arena;
    const struct az_estimate *estimate = m->sampled->estimate;

    if (estimate == NULL)
        return;
    for (size_t i = 0; i < estimate->seed_count; i++) {
        const struct az_seed_value *seed = &estimate->seeds[i];
        const struct az_log_group *group = seed->group;
        const char *interval = "";

        if (seed->has_interval)
            interval = az_arena_printf(arena, " (95 %% interval %s to %s)",
                                       number(arena, seed->low),
                                       number(arena, seed->high));
        add_step(steps,
                 (struct step){
                     .name = "seed",
                     .rule = az_str_from(az_arena_printf(
                         arena, "%lld", (long long)group->seed)),
                     .reason = az_arena_printf(
                         arena, "%s %s of %s%s", number(arena, seed->value),
                         m->unit->name,
                         az_str_counted(arena, group->samples.count, "sample"),
                         interval),
                     .place = az_log_context_place(arena, group->first) });
    }
    if (estimate->has_spread)
        add_step(steps,
                 (struct step){ .name = "spread",
                                .reason = az_arena_printf(
                                    arena, "the seeds lie %s %% apart",
                                    number(arena, estimate->spread)),
                                .place = az_measurement_place(m, "value") });
}

/* What the measurement says of itself beside its value. */
static void
add_recorded(struct az_builder *steps, const struct az_measurement *m)
{
    static const char *const fields[] = { "threshold_warn", "threshold_hard",
                                          "status", "seed_set" };

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const struct az_node *node = az_measurement_field(m, fields[i]);

        if (node == NULL || node->type == AZ_NULL)
            continue;
        add_step(steps,
                 (struct step){ .name = "recorded",
                                .rule = az_str_from(fields[i]),
                                .reason = az_node_quote(steps->arena, node),
                                .place = az_measurement_place(m, fields[i]) });
    }
}

/* "'app.wasm', sha256 '9f86...', built_at '2026-02-20T09:00:00Z'" */
static const char *
artifact_of(struct az_arena *arena, const struct az_node *artifact)
{
    struct az_buf buf;

    if (artifact->type != AZ_OBJECT)
        return az_node_quote(arena, artifact);
    az_buf_init(&buf, arena);
    for (uint32_t i = 0; i < artifact->count; i++) {
        const struct az_member *member = &artifact->members[i];

        az_buf_add_c(&buf, i > 0 ? ", " : "");
        if (!az_str_eq_c(member->key, "path")) {
            az_buf_add_escaped(&buf, member->key, 0);
            az_buf_add_char(&buf, ' ');
        }
        if (member->value.type != AZ_STRING) {
            az_buf_add_c(&buf, az_node_quote(arena, &member->value));
            continue;
        }
        /* a digest is longer than what is quoted whole */
        az_buf_add_char(&buf, '\'');
        az_buf_add_escaped(&buf, az_node_text(&member->value), 0);
        az_buf_add_char(&buf, '\'');
    }
    return buf.p;
}

static void
add_told(struct az_builder *steps, const struct az_measurement *m,
         enum az_provenance_member member, const struct az_node *node,
         const char *reason)
{
    add_step(steps,
             (struct step){ .name = "provenance",
                            .rule = az_str_from(az_provenance_name(member)),
                            .reason = reason,
                            .place = az_document_place(m->document, node) });
}

/* What it says of where it comes from. */
static void
add_provenance(struct az_builder *steps, const struct az_measurement *m)
{
    struct az_provenance provenance;

    az_provenance_of(&provenance, m);
    for (int i = AZ_PROVENANCE_COMMIT + 1; i < AZ_PROVENANCE_COUNT; i++) {
        enum az_provenance_member member = (enum az_provenance_member)i;
        const struct az_node *node = provenance.members[i];

        if (node == NULL)
            continue;
        if (member != AZ_PROVENANCE_ARTIFACT) {
            add_told(steps, m, member, node, az_node_quote(steps->arena, node));
            continue;
        }
        for (uint32_t k = 0; k < node->count; k++)
            add_told(steps, m, member, &node->items[k],
                     artifact_of(steps->arena, &node->items[k]));
    }
}

/* What was found in the measurement that is no matter of its limits. */
static void
add_found(struct az_builder *steps, const struct az_measurement *m,
          const struct az_sink *sink)
{
    struct az_place entry = az_measurement_place(m, NULL);

    for (size_t i = 0; i < sink->count; i++) {
        const struct az_diag *diag = sink->diags[i];

        if (diag->severity != AZ_ERROR || diag->class == AZ_CLASS_JUDGED ||
            diag->place.source != entry.source ||
            diag->place.span.start < entry.span.start ||
            diag->place.span.start >= entry.span.end)
            continue;
        add_step(steps, (struct step){ .name = "found",
                                       .rule = az_str_from(
                                           diag->rule != NULL
                                               ? diag->rule
                                               : az_diag_info(diag->id)->name),
                                       .reason = diag->message,
                                       .place = diag->place });
    }
}

static void
add_value(struct az_builder *steps, const struct az_measurement *m, bool named)
{
    struct az_arena *arena = steps->arena;
    struct az_place place = az_measurement_place(m, "value");

    add_step(steps,
             (struct step){ .name = "measured",
                            .reason = az_arena_printf(
                                arena, "%s%s%s in %s, of commit %s",
                                named ? az_str_quote(arena, m->metric) : "",
                                named ? ": " : "", value_text(arena, m),
                                az_str_quote(arena, m->environment),
                                az_str_quote(arena, m->commit)),
                            .place = place });
    if (m->sampled != NULL && !m->refused)
        add_seeds(steps, m);
}

/* The operands of ROW, and what is made of them. */
static void
add_derived(struct az_builder *steps, const struct az_row *row,
            const struct az_gate_result *result)
{
    const struct az_derived *derived = row->budget->derived;
    struct az_arena *arena = steps->arena;

    for (size_t i = 0; i < derived->count; i++) {
        add_value(steps, row->operands[i], true);
        add_recorded(steps, row->operands[i]);
        add_provenance(steps, row->operands[i]);
        add_found(steps, row->operands[i], result->sink);
    }
    if (row->has_value)
        add_step(
            steps,
            (struct step){
                .name = "derived",
                .rule = az_str_from(az_formula_name(derived->formula)),
                .reason = az_arena_printf(
                    arena, "%s %s%s", number(arena, row->value),
                    row->unit->name, row->rounded ? " (rounded)" : ""),
                .place = az_document_place(result->budgets, derived->node) });
}

static void
add_measured(struct az_builder *steps, const struct az_row *row,
             const struct az_gate_result *result)
{
    const struct az_measurement *m = row->measured;
    struct az_arena *arena = steps->arena;

    add_value(steps, m, false);
    if (row->has_value && m->unit != row->unit)
        add_step(steps,
                 (struct step){ .name = "converted",
                                .reason = az_arena_printf(
                                    arena, "%s %s = %s %s",
                                    number(arena, m->value), m->unit->name,
                                    number(arena, row->value), row->unit->name),
                                .place = az_measurement_place(m, "unit") });
    add_recorded(steps, m);
    add_provenance(steps, m);
    add_found(steps, m, result->sink);
}

static void
add_limit(struct az_builder *steps, const struct az_row *row, const char *name,
          const struct az_limit *limit, const struct az_document *budgets)
{
    struct az_arena *arena = steps->arena;
    const char *unit = row->budget->unit->name;
    const char *converted = "";

    if (limit->node == NULL)
        return;
    if (row->unit != row->budget->unit)
        converted = az_arena_printf(
            arena, " = %s %s", number(arena, limit->base), row->unit->name);
    add_step(steps, (struct step){
                        .name = "limit",
                        .rule = az_str_from(name),
                        .reason = az_arena_printf(
                            arena, "%s %s%s, %s is better",
                            az_node_quote(arena, limit->node), unit, converted,
                            row->budget->higher_is_better ? "higher" : "lower"),
                        .place = az_document_place(budgets, limit->node) });
}

static void
add_decision(struct az_builder *steps, const struct az_decision *decision)
{
    const struct az_waived *waived =
        decision->finding != NULL ? decision->finding->waived : NULL;

    add_step(steps,
             (struct step){ .name = "decision",
                            .status = az_row_status_name(decision->status),
                            .rule = decision->rule,
                            .reason = decision->reason,
                            .place = decision->place });
    if (waived == NULL)
        return;
    add_step(steps, (struct step){
                        .name = "waiver",
                        .status = az_row_status_name(decision->status),
                        .rule = waived->ticket,
                        .reason = az_str_quote(steps->arena, waived->reason),
                        .place = waived->place });
}

struct az_node
az_row_steps(struct az_arena *arena, const struct az_row *row,
             const struct az_gate_result *result)
{
    const struct az_budget *budget = row->budget;
    const struct az_decision *decision = az_row_decision(row);
    struct az_builder steps;

    az_builder_init(&steps, arena);
    if (row->operands != NULL)
        add_derived(&steps, row, result);
    else if (row->measured != NULL)
        add_measured(&steps, row, result);
    add_limit(&steps, row, budget->operational ? "warn_threshold" : "",
              &budget->warn, result->budgets);
    add_limit(&steps, row,
              budget->operational ? "hard_threshold" : "hard_budgets",
              &budget->hard, result->budgets);
    if (row->baseline != NULL && row->baseline->window != NULL)
        add_step(&steps, (struct step){ .name = "window",
                                        .rule = AZ_STR("baseline"),
                                        .reason = row->baseline->window,
                                        .place = row->baseline->place });
    for (size_t i = 0; i < row->decision_count; i++)
        add_decision(&steps, &row->decisions[i]);
    add_step(&steps,
             (struct step){ .name = "result",
                            .status = az_row_status_name(decision->status),
                            .rule = decision->rule,
                            .reason = decision->reason,
                            .place = decision->place });
    return az_builder_array(&steps);
}
