/* What a comparison with a baseline comes to, row by row.
   SPDX-License-Identifier: MIT */

#include "gate/baseline.h"

#include <math.h>

#include "core/arena.h"

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

/* How often the tests of its family may be wrong. */
static double
rate_of(const struct az_comparison *c, const struct az_baseline_test *test)
{
    return c->family[test->plan->blocks].rate;
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
    if (!az_baseline_is_by_chance(test)) {
        az_buf_addf(&buf, "the last of %s%s; %s %% is allowed",
                    az_str_counted(arena, test->runs, "run"),
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

/* Decides on TEST's row by the rule of its design. */
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

/* Digits of what pairs differ by, for a waiver: more than a report has, and no
   more than C libraries agree on. */
#define BLAMED_DIGITS 12

/* The commit that TEST's pairs are held against; empty if there are several. */
static struct az_str
base_of(const struct az_baseline_test *test)
{
    const struct az_run_series *base = test->base;
    struct az_str commit = base->pairs[0].run->commit;

    for (size_t i = 1; i < base->pair_count; i++)
        if (!az_gate_is_same_commit(base->pairs[i].run->commit, commit))
            return AZ_STR("");
    return commit;
}

/* Says at DIAG what a waiver of it would be for: by how much the pairs differ.
   That is a loss against one commit: against the next it would be another, on
   top of the first. */
static void
blame_pairs(struct az_comparison *c, const struct az_baseline_test *test,
            struct az_diag *diag)
{
    struct az_gate_blamed change = {
        .key = "change_pct",
        .number = az_str_from(az_arena_printf(
            c->gate->arena, "%.*g", BLAMED_DIGITS, test->change * 100)),
        .beside = { { "base_commit", base_of(test) },
                    { "commit", c->gate->result->commit } },
        .beside_count = 2,
    };

    diag->worse = AZ_WORSE_ABOVE;
    diag->fatal = !isfinite(test->change) || change.beside[0].text.len == 0;
    if (!diag->fatal)
        az_gate_blame_computed(c->gate, test->row, diag, &change);
}

/* Says at DIAG, of TEST's row, what a waiver of it would be for. */
static void
blame(struct az_comparison *c, const struct az_baseline_test *test,
      struct az_diag *diag)
{
    if (test->plan->design == AZ_DESIGN_PAIRS)
        blame_pairs(c, test, diag);
    else
        az_gate_blame_value(c->gate, test->row, diag);
}

/* What a value that is worse comes to: one that may be chance is measured again
   before it blocks, if there is a history to remember it. */
static void
decide_worse(struct az_comparison *c, const struct az_baseline_test *test,
             const struct az_baseline_memory *memory, const char *reason)
{
    struct az_row *row = test->row;
    const char *why = "";
    bool blocks = test->plan->blocks;
    struct az_diag *diag;

    if (az_baseline_is_by_chance(test)) {
        if (is_beyond_factor(test))
            why = ", beyond hard_factor";
        else if (!az_baseline_has_history(memory))
            why = "; without a history nothing can be confirmed";
        else if (az_baseline_is_confirmed(memory, test))
            why = ", confirmed by an earlier run";
        else
            blocks = false;
    }
    row->regression = az_baseline_has_history(memory) && blocks
                          ? AZ_REGRESSION_CONFIRMED
                          : AZ_REGRESSION_FIRST;
    reason = az_arena_printf(c->gate->arena, "%s%s", reason, why);
    if (az_baseline_is_by_chance(test) && !blocks && test->plan->blocks) {
        diag = az_baseline_report(c, test, AZ_DIAG_BASELINE_CONFIRM, AZ_WARNING,
                                  reason);
        az_diag_hint(c->gate->sink, diag,
                     "measure this commit once more: if it fails again, it "
                     "blocks");
    } else {
        diag = az_baseline_report(c, test, AZ_DIAG_BASELINE_REGRESSION,
                                  blocks ? AZ_ERROR : AZ_WARNING, reason);
        az_diag_hint(c->gate->sink, diag,
                     test->plan->design == AZ_DESIGN_PAIRS
                         ? "find what made it worse; a loss that is accepted "
                           "is waived, and in both halves of the next pairs"
                         : "find what made it worse; a loss that is accepted "
                           "is waived, and the run promoted");
    }
    blame(c, test, diag);
    az_diag_relate(
        c->gate->sink, diag,
        az_document_place(c->gate->budgets.document, test->plan->node),
        "how it is compared");
    decide(c, test, blocks ? AZ_ROW_FAIL : AZ_ROW_WARN, reason, diag);
}

/* A commit that failed twice, or blocked, is not measured again until it
   passes. */
static void
take_worst_runs(struct az_comparison *c, const struct az_baseline_test *test,
                const struct az_baseline_memory *memory, const char *reason)
{
    bool blocks = test->plan->blocks;
    const struct az_unit *unit;
    struct az_decimal worst = az_baseline_worst(memory, test, &unit);
    struct az_diag *diag;

    reason = az_arena_printf(
        c->gate->arena, "%s; but other runs of this commit were worse", reason);
    diag = az_baseline_report(c, test, AZ_DIAG_BASELINE_REGRESSION,
                              blocks ? AZ_ERROR : AZ_WARNING, reason);
    az_diag_hint(c->gate->sink, diag,
                 "a commit counts with its worst runs; mend it in another");
    blame(c, test, diag);
    /* by how much other pairs differed is not kept */
    if (test->plan->design == AZ_DESIGN_PAIRS)
        diag->fatal = true;
    else
        az_gate_blame_worst(c->gate, test->row, diag, worst, unit);
    decide(c, test, blocks ? AZ_ROW_FAIL : AZ_ROW_WARN, reason, diag);
}

/* Whether noise hides what the policy wants to be seen. */
static bool
is_blind(struct az_comparison *c, const struct az_baseline_test *test,
         const char *reason)
{
    struct az_arena *arena = c->gate->arena;
    bool hidden = test->detectable * 100 > test->plan->max_detectable;

    if (!az_baseline_is_by_chance(test))
        return false;
    /* such a change blocks at once: it does not pass for being hidden */
    if (test->worse && is_beyond_factor(test))
        reason = az_arena_printf(
            arena, "%s; beyond hard_factor, and noise hides it", reason);
    else if (hidden)
        reason = az_arena_printf(
            arena, "%s, over max_detectable_pct %s", reason,
            az_baseline_number(arena, test->plan->max_detectable));
    else
        return false;
    decide(
        c, test, AZ_ROW_NO_VERDICT, reason,
        az_baseline_report(c, test, AZ_DIAG_BASELINE_NOISE, AZ_ERROR, reason));
    return true;
}

/* Keeps the numbers of TEST for reports, in the unit of its row. */
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
        .p = az_baseline_is_by_chance(test) ? test->p : NAN,
        .adjusted = az_baseline_is_by_chance(test) ? test->adjusted : NAN,
        .alpha = az_baseline_is_by_chance(test) ? rate_of(c, test) : NAN,
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

/* Decides on the row of TEST, which was made, or says why it was not. */
static void
decide_test(struct az_comparison *c, const struct az_baseline_test *test,
            const struct az_baseline_memory *memory)
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
    if (az_baseline_is_by_chance(test))
        tell_reach(c, test);
    reason = reason_of(c, test);
    if (test->worse &&
        (!az_baseline_is_by_chance(test) || test->adjusted <= rate_of(c, test)))
        decide_worse(c, test, memory, reason);
    else if (az_baseline_failed_before(memory, test))
        take_worst_runs(c, test, memory, reason);
    else if (!is_blind(c, test, reason))
        decide(c, test, AZ_ROW_PASS, reason, NULL);
    if (test->window != NULL)
        warn_of_trend(c, test);
}

void
az_comparison_decide(struct az_comparison *c)
{
    struct az_baseline_memory memory;

    az_baseline_remember(&memory, c);
    for (size_t i = 0; i < c->count; i++)
        decide_test(c, &c->tests[i], &memory);
}
