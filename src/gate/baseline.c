/* Rows against the runs of a baseline.
   SPDX-License-Identifier: MIT */

#include "gate/baseline.h"

#include <math.h>

#include "core/arena.h"
#include "gate/streak.h"
#include "stat/adjust.h"

struct az_diag *
az_baseline_report(struct az_comparison *c, const struct az_baseline_test *test,
                   enum az_diag_id id, enum az_severity severity,
                   const char *message)
{
    struct az_gate *gate = c->gate;
    const struct az_row *row = test->row;
    const struct az_measurement *m = row->measured;
    const struct az_document *budgets = gate->budgets.document;
    struct az_place place = m != NULL
                                ? az_measurement_place(m, "value")
                                : az_document_place(budgets, row->budget->row);
    struct az_diag *diag = az_sink_add_as(
        gate->sink, id, severity, place, "%s (%s): %s",
        az_str_quote(gate->arena, row->budget->metric),
        row->environment.len > 0 ? az_str_quote(gate->arena, row->environment)
                                 : "no environment",
        message);

    diag->pointer = m != NULL ? az_measurement_pointer(gate->arena, m, "value")
                              : az_budget_pointer(gate->arena, row->budget);
    return diag;
}

/* Which commits failed before. */
struct memory {
    bool asked;
    struct az_streaks streaks;
};

/* Whether what POINT says was measured as well as this row: the same value is
   the same measurement, judged again. */
static bool
is_other_run(struct az_comparison *c, const struct az_row *row,
             const struct az_point *point)
{
    const struct az_unit *unit = az_unit_find(point->row->unit);
    struct az_decimal value;

    return unit == NULL || !row->has_value ||
           !az_decimal_parse(c->gate->arena, point->row->value, &value) ||
           az_decimal_compare(
               az_unit_to_base(c->gate->arena, unit, value),
               az_unit_to_base(c->gate->arena, row->unit, row->value)) != 0;
}

/* Whether another run of the commit failed by its baseline, or the commit
   before it on the branch. */
static bool
is_confirmed(struct az_comparison *c, const struct memory *memory,
             const struct az_row *row)
{
    struct az_str commit = c->gate->result->known_commit;
    const struct az_track *track = az_streaks_track(
        &memory->streaks, row->budget->metric, row->environment);
    const struct az_map_entry *entry =
        az_map_find(&memory->streaks.commits, commit);
    size_t number =
        entry == NULL ? SIZE_MAX : (size_t)(uintptr_t)entry->value - 1;

    for (size_t i = track == NULL ? 0 : track->count; i > 0; i--) {
        const struct az_point *point = &track->points[i - 1];

        if (point->commit > number && entry != NULL)
            continue;
        if (point->commit == number) {
            if (point->regression != AZ_REGRESSION_NONE &&
                is_other_run(c, row, point))
                return true;
            continue;
        }
        return point->regression != AZ_REGRESSION_NONE;
    }
    return false;
}

static bool
is_by_chance(const struct az_baseline_test *test)
{
    return test->plan->design != AZ_DESIGN_EXACT && !test->equal;
}

/* How often the tests of its family may be wrong. */
static double
rate_of(const struct az_comparison *c, const struct az_baseline_test *test)
{
    return test->plan->blocks ? c->familywise : c->discovery;
}

/* "+3.1 %": how the value of TEST's row lies to its baseline. */
static const char *
change_of(struct az_comparison *c, const struct az_baseline_test *test)
{
    if (isnan(test->change))
        return "compared";
    return az_baseline_percent(
        c->gate->arena,
        test->row->budget->higher_is_better ? -test->change : test->change);
}

/* "changes from 7.2 % on are found; min_effect_pct 2 is within the noise of
   4.1 %" */
static const char *
reach_of(struct az_comparison *c, const struct az_baseline_test *test)
{
    struct az_arena *arena = c->gate->arena;
    const char *found =
        az_arena_printf(arena, "changes from %s %% on are found",
                        az_baseline_number(arena, test->detectable * 100));

    /* it is the noise that decides then, whatever the policy says */
    if (test->noise > test->plan->effect)
        found = az_arena_printf(
            arena, "%s; min_effect_pct %s is within the noise of %s %%", found,
            az_gate_shown(c->gate, test->plan->min_effect),
            az_baseline_number(arena, test->noise * 100));
    return found;
}

/* "+3.1 % against 12 runs, p 0.21 (adjusted 0.42, at most 0.05); changes from
   7.2 % on are found" */
static const char *
reason_of(struct az_comparison *c, const struct az_baseline_test *test)
{
    struct az_arena *arena = c->gate->arena;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_addf(&buf, "%s against ", change_of(c, test));
    if (!is_by_chance(test)) {
        az_buf_addf(&buf, "the last of %zu run%s%s; %s %% is allowed",
                    test->runs, test->runs == 1 ? "" : "s",
                    test->equal ? ", which are all equal" : "",
                    az_gate_shown(c->gate, test->equal
                                               ? test->plan->min_effect
                                               : test->plan->max_change));
        return buf.p;
    }
    az_buf_addf(&buf, "%zu %s, p %s (adjusted %s, at most %s)", test->runs,
                test->plan->design == AZ_DESIGN_PAIRS ? "pairs" : "runs",
                az_baseline_number(arena, test->p),
                az_baseline_number(arena, test->adjusted),
                az_baseline_number(arena, rate_of(c, test)));
    az_buf_addf(&buf, "; %s", reach_of(c, test));
    return buf.p;
}

static struct az_str
rule_of(struct az_comparison *c, const struct az_baseline_test *test)
{
    return az_str_from(az_arena_printf(c->gate->arena, "baseline %s",
                                       az_design_names[test->plan->design]));
}

static void
decide(struct az_comparison *c, const struct az_baseline_test *test,
       enum az_row_status status, const char *reason,
       const struct az_diag *finding)
{
    az_row_decide(c->gate->arena, test->row,
                  (struct az_decision){
                      .status = status,
                      .rule = rule_of(c, test),
                      .reason = reason,
                      .place = az_document_place(c->gate->budgets.document,
                                                 test->plan->node),
                      .finding = finding,
                  });
}

void
az_baseline_decide_impossible(struct az_comparison *c,
                              const struct az_baseline_test *test,
                              struct az_str rule, const struct az_node *node,
                              const char *reason)
{
    /* a baseline becomes large enough by runs that cannot be compared yet */
    bool must = (az_node_is_true(az_node_get(c->policy, "required")) ||
                 (test->window != NULL && test->window->cut)) &&
                c->gate->input->saved == NULL;
    struct az_diag *finding = az_baseline_report(
        c, test, must ? AZ_DIAG_BASELINE_MISSING : AZ_DIAG_BASELINE_SKIPPED,
        must ? AZ_ERROR : AZ_INFO, reason);

    if (!c->has_base && c->gate->input->saved == NULL)
        az_diag_hint(c->gate->sink, finding,
                     "save runs with 'assize baseline save', and begin it with "
                     "'assize baseline promote --init'");
    az_row_decide(
        c->gate->arena, test->row,
        (struct az_decision){
            .status = must ? AZ_ROW_NO_VERDICT : AZ_ROW_SKIP,
            .rule = rule,
            .reason = reason,
            .place = az_document_place(c->gate->budgets.document, node),
            .finding = finding });
}

/* Whether the value of TEST's row is worse by more than its hard factor: more
   than so many times the level, or, of what is better if higher, less than that
   part of it. */
static bool
is_beyond_factor(const struct az_baseline_test *test)
{
    double factor = test->plan->hard_factor;

    return test->row->budget->higher_is_better ? 1 - test->change < 1 / factor
                                               : 1 + test->change > factor;
}

/* What a value that is worse comes to: one that may be chance is measured again
   before it blocks, if there is a history to remember it. */
static void
decide_worse(struct az_comparison *c, const struct az_baseline_test *test,
             const struct memory *memory, const char *reason)
{
    struct az_row *row = test->row;
    const char *why = "";
    bool blocks = test->plan->blocks;
    struct az_diag *diag;

    if (is_by_chance(test)) {
        if (is_beyond_factor(test))
            why = ", beyond hard_factor";
        else if (!memory->asked)
            why = "; without a history nothing can be confirmed";
        else if (is_confirmed(c, memory, row))
            why = ", confirmed by an earlier run";
        else
            blocks = false;
        row->regression = memory->asked && blocks ? AZ_REGRESSION_CONFIRMED
                                                  : AZ_REGRESSION_FIRST;
    }
    reason = az_arena_printf(c->gate->arena, "%s%s", reason, why);
    if (is_by_chance(test) && !blocks && test->plan->blocks) {
        diag = az_baseline_report(c, test, AZ_DIAG_BASELINE_CONFIRM, AZ_WARNING,
                                  reason);
        az_diag_hint(c->gate->sink, diag,
                     "measure this commit once more: if it fails again, it "
                     "blocks");
    } else {
        diag = az_baseline_report(c, test, AZ_DIAG_BASELINE_REGRESSION,
                                  blocks ? AZ_ERROR : AZ_WARNING, reason);
        az_diag_hint(c->gate->sink, diag,
                     "find what made it worse; a loss that is accepted is "
                     "waived, and the run promoted");
    }
    az_gate_blame_value(c->gate, row, diag);
    az_diag_relate(
        c->gate->sink, diag,
        az_document_place(c->gate->budgets.document, test->plan->node),
        "how it is compared");
    decide(c, test, blocks ? AZ_ROW_FAIL : AZ_ROW_WARN, reason, diag);
}

/* Whether noise hides what the policy wants to be seen. */
static bool
is_blind(struct az_comparison *c, const struct az_baseline_test *test,
         const char *reason)
{
    if (!is_by_chance(test) ||
        !(test->detectable * 100 > test->plan->max_detectable))
        return false;
    reason = az_arena_printf(
        c->gate->arena, "%s, over max_detectable_pct %s", reason,
        az_baseline_number(c->gate->arena, test->plan->max_detectable));
    decide(
        c, test, AZ_ROW_NO_VERDICT, reason,
        az_baseline_report(c, test, AZ_DIAG_BASELINE_NOISE, AZ_ERROR, reason));
    return true;
}

static void
note_row(struct az_comparison *c, const struct az_baseline_test *test)
{
    struct az_row_baseline *note =
        AZ_NEW(c->gate->arena, struct az_row_baseline);
    struct az_decimal base;
    const struct az_row *row = test->row;

    *note = (struct az_row_baseline){
        .design = az_design_names[test->plan->design],
        .base = NAN,
        .change = test->change,
        .p = is_by_chance(test) ? test->p : NAN,
        .adjusted = is_by_chance(test) ? test->adjusted : NAN,
        .alpha = is_by_chance(test) ? rate_of(c, test) : NAN,
        .detectable = test->detectable,
        .runs = test->runs,
    };
    if (az_unit_convert(c->gate->arena, az_decimal_from_int(c->gate->arena, 1),
                        row->unit, az_unit_base(row->unit->dimension), &base))
        note->base = test->centre / az_decimal_to_double(base);
    if (test->window != NULL) {
        const struct az_baseline_window *window = test->window;

        note->window = window->why;
        note->first = window->points[0]->run->commit;
        note->last = window->points[window->count - 1]->run->commit;
        note->place = az_document_place(window->points[0]->run->document,
                                        window->points[0]->value->node);
    }
    test->row->baseline = note;
}

/* A baseline that becomes worse by and by is told, though nothing is passed for
   it: the runs that crept up do not count, or not their spread. */
static void
warn_of_trend(struct az_comparison *c, const struct az_baseline_test *test)
{
    const struct az_baseline_window *window = test->window;
    const struct az_run_point *from = window->creeping;
    struct az_arena *arena = c->gate->arena;
    struct az_diag *diag;
    const char *reason;

    if (from == NULL && !test->trending)
        return;
    if (from != NULL) {
        reason = az_arena_printf(
            arena,
            "since %s the runs of its baseline are %s from those before, and "
            "nobody accepted that",
            az_str_quote(arena, from->run->commit), window->creep);
    } else {
        from = window->points[0];
        reason = az_arena_printf(
            arena,
            "the %zu runs of its baseline become worse, by %s from first to "
            "last (p %s); their spread is taken around that line",
            test->runs, az_baseline_percent(arena, expm1(test->trend.rise)),
            az_baseline_number(arena, test->trend.p.two_sided / 2));
    }
    diag =
        az_baseline_report(c, test, AZ_DIAG_BASELINE_TREND, AZ_WARNING, reason);
    az_diag_relate(c->gate->sink, diag,
                   az_document_place(from->run->document, from->value->node),
                   "from here on");
    az_diag_hint(c->gate->sink, diag,
                 "look for what made them worse; a level that is wanted is "
                 "accepted by promoting its runs with a waiver");
    az_row_decide(arena, test->row,
                  (struct az_decision){
                      .status = AZ_ROW_WARN,
                      .rule = AZ_STR("baseline trend"),
                      .reason = reason,
                      .place = az_document_place(c->gate->budgets.document,
                                                 test->plan->node),
                      .finding = diag,
                  });
}

/* Adds to what the limits said of the row what could be found by comparing it:
   who reads that it passes has to know. */
static void
tell_reach(struct az_comparison *c, const struct az_baseline_test *test)
{
    const struct az_row *row = test->row;

    for (size_t i = 0; i < row->decision_count; i++)
        row->decisions[i].reason =
            az_arena_printf(c->gate->arena, "%s (%s)", row->decisions[i].reason,
                            reach_of(c, test));
}

static void
decide_test(struct az_comparison *c, const struct az_baseline_test *test,
            const struct memory *memory)
{
    const char *reason;

    if (test->unsound) {
        decide(c, test, AZ_ROW_NO_VERDICT,
               test->unlike != NULL ? test->reason
                                    : "the runs cannot be compared",
               test->unlike);
        return;
    }
    if (test->impossible != NULL) {
        az_baseline_decide_impossible(
            c, test, rule_of(c, test), test->plan->node,
            az_arena_printf(c->gate->arena, "baseline check not possible: %s",
                            test->impossible));
        return;
    }
    note_row(c, test);
    if (is_by_chance(test))
        tell_reach(c, test);
    reason = reason_of(c, test);
    if (test->worse &&
        (!is_by_chance(test) || test->adjusted <= rate_of(c, test)))
        decide_worse(c, test, memory, reason);
    else if (!is_blind(c, test, reason))
        decide(c, test, AZ_ROW_PASS, reason, NULL);
    if (test->window != NULL)
        warn_of_trend(c, test);
}

/* Corrects the p of the tests that block, or of those that warn, for being
   many: all that the policy wants tested count, also those that were not. */
static void
adjust(struct az_comparison *c, bool blocks)
{
    size_t family = c->family[blocks ? 0 : 1], count = 0;
    double *p =
        az_arena_array(c->gate->arena, family + c->count + 1, sizeof *p);
    struct az_ranked_p *work =
        az_arena_array(c->gate->arena, family + c->count + 1, sizeof *work);
    size_t i;

    for (i = 0; i < c->count; i++)
        if (c->tests[i].plan->design != AZ_DESIGN_EXACT &&
            c->tests[i].plan->blocks == blocks)
            p[count++] = c->tests[i].p;
    for (i = count; i < family; i++)
        p[i] = 1;
    az_adjust_p(blocks ? AZ_ADJUST_HOLM : AZ_ADJUST_BH,
                (struct az_sample){ p, count < family ? family : count }, work,
                p);
    for (i = 0, count = 0; i < c->count; i++)
        if (c->tests[i].plan->design != AZ_DESIGN_EXACT &&
            c->tests[i].plan->blocks == blocks)
            c->tests[i].adjusted = p[count++];
}

/* The rows that are compared; a family has as many tests as rows, and one for
   each budget without. */
static void
collect_tests(struct az_comparison *c)
{
    struct az_gate_result *result = c->gate->result;
    struct az_map seen;

    az_map_init(&seen, c->gate->arena);
    c->tests =
        az_arena_array(c->gate->arena, result->count + 1, sizeof *c->tests);
    for (size_t i = 0; i < result->count; i++) {
        struct az_row *row = &result->items[i];
        const struct az_baseline_plan *plan =
            row->benchmark ? NULL : az_map_get(&c->plans, row->budget->metric);
        bool new;

        if (plan == NULL)
            continue;
        c->tests[c->count++] = (struct az_baseline_test){ .plan = plan,
                                                          .row = row,
                                                          .centre = NAN,
                                                          .change = NAN,
                                                          .p = 1,
                                                          .adjusted = 1,
                                                          .noise = NAN,
                                                          .detectable = NAN };
        az_map_put(&seen, row->budget->metric, &new);
        if (!new && plan->design != AZ_DESIGN_EXACT)
            c->family[plan->blocks ? 0 : 1]++;
    }
}

static const struct az_run_series *
series_of(struct az_comparison *c, bool has, const struct az_runs *runs,
          const struct az_row *row)
{
    return !has ? NULL
                : az_runs_series(runs, c->gate->input->profile,
                                 row->budget->metric, row->environment);
}

static bool
is_of_dimension(const struct az_run_series *series, const struct az_row *row)
{
    for (size_t i = 0; series != NULL && i < series->count; i++)
        if (series->points[i].value->unit->dimension !=
            row->budget->unit->dimension)
            return false;
    for (size_t i = 0; series != NULL && i < series->pair_count; i++)
        if (series->pairs[i].value->unit->dimension !=
            row->budget->unit->dimension)
            return false;
    return series == NULL || series->anchor == NULL ||
           series->anchor->unit->dimension == row->budget->unit->dimension;
}

static void
compute(struct az_comparison *c, struct az_baseline_test *test)
{
    struct az_row *row = test->row;

    test->alpha = az_comparison_alpha(c, test->plan->blocks);
    test->base = series_of(c, c->has_base, &c->base, row);
    test->current = series_of(c, c->has_now, &c->now, row);
    if (!c->has_base)
        test->impossible = "there is no baseline";
    else if (row->measured != NULL && !row->has_value)
        test->impossible = "the measurement is refused";
    else if (!row->has_value && test->plan->design != AZ_DESIGN_PAIRS)
        test->impossible = "it was not measured";
    if (test->impossible != NULL)
        return;
    if (!is_of_dimension(test->base, row) ||
        !is_of_dimension(test->current, row)) {
        az_baseline_report(c, test, AZ_DIAG_BASELINE_SHAPE, AZ_ERROR,
                           "the baseline has it in a unit that measures "
                           "something else");
        test->unsound = true;
        return;
    }
    if (row->has_value)
        test->value = az_fraction_level(c->gate->arena, row->exact);
    if (test->plan->design == AZ_DESIGN_INTERVAL)
        az_baseline_choose_window(c, test);
    if (az_baseline_check_provenance(c, test))
        az_baseline_compute(c, test);
}

static void
note_series(struct az_map *seen, const struct az_run_series *series)
{
    const struct az_run_series **key =
        AZ_NEW(seen->arena, const struct az_run_series *);

    *key = series;
    if (series != NULL)
        az_map_put(seen, (struct az_str){ (const char *)key, sizeof *key },
                   NULL);
}

/* Notes the series of the baseline that were measured: those with a test, those
   that others are derived of, and of a run that is to be a baseline all. */
static void
note_measured(struct az_comparison *c, struct az_map *seen)
{
    const struct az_gate *gate = c->gate;
    const struct az_gate_result *result = gate->result;

    az_map_init(seen, gate->arena);
    for (size_t i = 0; i < c->count; i++)
        if (c->tests[i].row->has_value || c->tests[i].current != NULL)
            note_series(seen, c->tests[i].base);
    for (size_t i = 0; gate->input->saved != NULL && i < result->count; i++)
        if (result->items[i].has_value)
            note_series(seen,
                        series_of(c, c->has_base, &c->base, &result->items[i]));
    for (size_t i = 0; i < gate->judged_count; i++) {
        const struct az_measurement *m = gate->judged[i];

        if (!m->refused &&
            az_map_find(&gate->budgets.operands, m->metric) != NULL &&
            az_map_find(&gate->budgets.metrics, m->metric) == NULL)
            note_series(seen, az_runs_series(&c->base, gate->input->profile,
                                             m->metric, m->environment));
    }
}

/* What the baseline has of metrics that are to be compared, and nobody
   measured. */
static void
report_vanished(struct az_comparison *c)
{
    struct az_gate *gate = c->gate;
    struct az_map seen;

    note_measured(c, &seen);
    for (size_t i = 0; i < c->base.series.count; i++) {
        const struct az_run_series *series = c->base.series.entries[i].value;
        const struct az_run_point *last =
            series->count > 0        ? &series->points[series->count - 1]
            : series->pair_count > 0 ? &series->pairs[series->pair_count - 1]
                                     : NULL;
        struct az_diag *diag;

        if (last == NULL || !az_str_eq(series->profile, gate->input->profile) ||
            (gate->input->saved == NULL &&
             az_map_find(&gate->budgets.metrics, series->metric) != NULL &&
             az_map_get(&c->plans, series->metric) == NULL) ||
            az_map_find(&seen, (struct az_str){ (const char *)&series,
                                                sizeof series }) != NULL)
            continue;
        diag = az_sink_add(
            gate->sink, AZ_DIAG_BASELINE_VANISHED,
            az_document_place(last->run->document, last->value->node),
            "%s (%s) is in the baseline and was not measured",
            az_str_quote(gate->arena, series->metric),
            az_str_quote(gate->arena, series->environment));
        diag->pointer = az_document_pointer(gate->arena, last->run->document,
                                            last->value->node);
        az_diag_hint(gate->sink, diag,
                     "measure it, or tell its new name in 'aliases' of the "
                     "baseline");
    }
}

/* What a run that is to be a baseline has of metrics that nothing is said of
   otherwise, and that the baseline does not have. */
static void
report_new(struct az_comparison *c)
{
    struct az_gate *gate = c->gate;

    for (size_t i = 0; i < gate->result->count; i++) {
        const struct az_row *row = &gate->result->items[i];
        struct az_diag *diag;

        if (!row->has_value ||
            az_map_get(&c->plans, row->budget->metric) != NULL ||
            series_of(c, true, &c->base, row) != NULL)
            continue;
        diag = az_sink_add(gate->sink, AZ_DIAG_BASELINE_NEW,
                           az_measurement_place(row->measured, "value"),
                           "%s (%s) is new: the baseline does not have it",
                           az_str_quote(gate->arena, row->budget->metric),
                           az_str_quote(gate->arena, row->environment));
        diag->pointer =
            az_measurement_pointer(gate->arena, row->measured, "value");
    }
}

/* Runs in pairs with others are of the commit that is judged, and the others
   are not. */
static bool
check_pairs(struct az_comparison *c)
{
    struct az_str commit = c->gate->result->commit;
    bool sound = true;

    for (size_t i = 0; i < c->now.count; i++) {
        const struct az_run *run = &c->now.items[i];
        const char *problem = NULL;
        struct az_diag *diag;

        if (run->pair == 0)
            problem = "a current run that is no part of a pair is compared "
                      "with nothing: give its measurements";
        else if (!az_gate_is_same_commit(run->commit, commit))
            problem = "the current run is not of the commit that is judged";
        if (problem == NULL)
            continue;
        diag = az_sink_add(c->gate->sink, AZ_DIAG_BASELINE_SHAPE,
                           az_document_place(c->now.document, run->node), "%s",
                           problem);
        diag->pointer =
            az_document_pointer(c->gate->arena, c->now.document, run->node);
        sound = false;
    }
    for (size_t i = 0; c->has_now && i < c->base.count; i++) {
        const struct az_run *run = &c->base.items[i];
        struct az_diag *diag;

        if (run->pair == 0 || !az_gate_is_same_commit(run->commit, commit))
            continue;
        diag = az_sink_add(c->gate->sink, AZ_DIAG_BASELINE_SAME,
                           az_document_place(c->base.document, run->node),
                           "the run in pairs is of the commit that is judged");
        diag->pointer =
            az_document_pointer(c->gate->arena, c->base.document, run->node);
        sound = false;
    }
    return sound;
}

static void
remember(struct az_comparison *c, struct memory *memory)
{
    const struct az_gate *gate = c->gate;

    memory->asked =
        gate->input->history != NULL && gate->result->known_commit.len > 0;
    if (memory->asked)
        az_streaks_init(&memory->streaks, gate->arena, gate->input->history,
                        gate->input->profile, gate->input->branch);
}

/* What became of the comparison as a whole, and how often it may be wrong. */
static void
conclude(struct az_comparison *c)
{
    size_t compared = 0, unsound = 0;

    for (size_t i = 0; i < c->count; i++) {
        compared += c->tests[i].impossible == NULL && !c->tests[i].unsound;
        unsound += c->tests[i].unsound;
    }
    if (!c->has_base)
        return;
    az_constituent_set(c->gate->result, AZ_CONSTITUENT_BASELINE,
                       compared == 0 || unsound > 0 ? AZ_NO_VERDICT : AZ_PASS,
                       az_arena_printf(c->gate->arena,
                                       "%zu of %zu row%s compared%s", compared,
                                       c->count, c->count == 1 ? "" : "s",
                                       az_comparison_promise(c)));
}

static bool
read_governed(struct az_gate *gate, const struct az_document *document,
              struct az_runs *ret)
{
    return az_runs_read(gate->arena, gate->sink, document, ret) &&
           az_runs_govern(gate->sink, gate->budgets.document, ret);
}

static bool
read_runs(struct az_comparison *c)
{
    const struct az_gate_input *input = c->gate->input;
    bool sound = true;

    if (input->saved != NULL) {
        c->has_base = input->accepted != NULL;
        if (c->has_base)
            c->base = *input->accepted;
        return true;
    }
    c->has_base = input->baseline != NULL;
    c->has_now = input->current != NULL;
    if (c->has_base)
        sound = read_governed(c->gate, input->baseline, &c->base);
    if (c->has_now)
        sound &= read_governed(c->gate, input->current, &c->now);
    return sound && (!c->has_now || check_pairs(c));
}

void
az_gate_compare_runs(struct az_gate *gate)
{
    struct az_comparison c = { .gate = gate };
    struct memory memory = { .asked = false };

    if (!az_comparison_plan(&c))
        return;
    collect_tests(&c);
    if (!az_comparison_check(&c) || !read_runs(&c))
        return;
    for (size_t i = 0; i < c.count; i++)
        compute(&c, &c.tests[i]);
    adjust(&c, true);
    adjust(&c, false);
    remember(&c, &memory);
    for (size_t i = 0; i < c.count; i++)
        decide_test(&c, &c.tests[i], &memory);
    if (c.has_base)
        report_vanished(&c);
    if (c.has_base && gate->input->saved != NULL)
        report_new(&c);
    az_comparison_drift(&c);
    conclude(&c);
}
