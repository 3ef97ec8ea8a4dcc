/* Rows against the runs of a baseline.
   SPDX-License-Identifier: MIT */

#include "gate/baseline.h"

#include <math.h>

#include "core/arena.h"
#include "stat/adjust.h"
#include "stat/repeat.h"

/* The runs of DOCUMENT as the budgets see them; false after findings. */
static bool
read_governed(struct az_gate *gate, const struct az_document *document,
              struct az_runs *ret)
{
    return az_runs_read(gate->arena, gate->sink, document, ret) &&
           az_runs_check_time(gate->sink, ret, gate->input->now) &&
           az_runs_govern(gate->sink, gate->budgets.document, ret);
}

/* The finding ID, MESSAGE, at RUN; false. */
static bool
refuse_run(struct az_comparison *c, const struct az_run *run,
           enum az_diag_id id, const char *message)
{
    struct az_diag *diag =
        az_sink_add(c->gate->sink, id,
                    az_document_place(run->document, run->node), "%s", message);

    diag->pointer =
        az_document_pointer(c->gate->arena, run->document, run->node);
    return false;
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

        if (run->pair == 0)
            sound = refuse_run(c, run, AZ_DIAG_BASELINE_SHAPE,
                               "a current run that is no part of a pair is "
                               "compared with nothing: give its measurements");
        else if (!az_gate_is_same_commit(run->commit, commit))
            sound = refuse_run(c, run, AZ_DIAG_BASELINE_SHAPE,
                               "the current run is not of the commit that is "
                               "judged");
    }
    for (size_t i = 0; i < c->base.count; i++) {
        const struct az_run *run = &c->base.items[i];

        if (run->pair > 0 && az_gate_is_same_commit(run->commit, commit))
            sound = refuse_run(c, run, AZ_DIAG_BASELINE_SAME,
                               "the run in pairs is of the commit that is "
                               "judged");
    }
    return sound;
}

/* The runs that are compared; false after findings. */
static bool
read_runs(struct az_comparison *c)
{
    const struct az_gate_input *input = c->gate->input;
    bool sound = true;

    az_runs_init(&c->base, c->gate->arena);
    az_runs_init(&c->now, c->gate->arena);
    if (input->saved != NULL) {
        c->has_base = input->accepted != NULL;
        if (c->has_base)
            c->base = *input->accepted;
        return true;
    }
    c->has_base =
        input->baseline != NULL && !az_gate_is_of_benchmarks(input->baseline);
    if (c->has_base)
        sound = read_governed(c->gate, input->baseline, &c->base);
    if (input->current == NULL || az_gate_is_of_benchmarks(input->current))
        return sound;
    return read_governed(c->gate, input->current, &c->now) && sound &&
           check_pairs(c);
}

const struct az_run_series *
az_comparison_series(const struct az_comparison *c, const struct az_runs *runs,
                     struct az_str metric, struct az_str environment)
{
    return az_runs_series(runs, c->gate->input->profile, metric, environment);
}

/* Notes where the budgets that are compared list that they must be measured. */
static void
note_listed(struct az_comparison *c, struct az_map *listed)
{
    const struct az_budgets *budgets = &c->gate->budgets;

    az_map_init(listed, c->gate->arena);
    for (size_t i = 0; i < budgets->count; i++) {
        const struct az_node *list = budgets->items[i].environments;

        for (uint32_t k = 0; list != NULL && k < list->count; k++) {
            struct az_str metric = budgets->items[i].metric;

            if (az_map_get(&c->plans, metric) != NULL)
                az_map_put(listed,
                           az_map_pair_key(listed->arena, metric,
                                           az_node_text(&list->items[k])),
                           NULL);
        }
    }
}

/* Whether nothing but the measurements says that there is the environment of
   ROW: it is no test then, or whoever measures could have so many that none
   of them fails. */
static bool
is_made_up(const struct az_comparison *c, const struct az_map *listed,
           const struct az_row *row)
{
    struct az_str metric = row->budget->metric;

    return az_comparison_series(c, &c->base, metric, row->environment) ==
               NULL &&
           az_map_find(listed, az_map_pair_key(listed->arena, metric,
                                               row->environment)) == NULL;
}

/* A family has as many tests as rows that the baseline or the budgets know, and
   one at least for each budget. */
void
az_comparison_collect(struct az_comparison *c)
{
    struct az_gate_result *result = c->gate->result;
    struct az_map seen, listed;

    az_map_init(&seen, c->gate->arena);
    note_listed(c, &listed);
    c->tests =
        az_arena_array(c->gate->arena, result->count + 1, sizeof *c->tests);
    for (size_t i = 0; i < result->count; i++) {
        struct az_row *row = &result->items[i];
        const struct az_baseline_plan *plan =
            row->benchmark ? NULL : az_map_get(&c->plans, row->budget->metric);
        struct az_baseline_test *test = &c->tests[c->count];
        bool is_new;

        if (plan == NULL)
            continue;
        c->count++;
        *test = (struct az_baseline_test){ .plan = plan,
                                           .row = row,
                                           .centre = NAN,
                                           .limit = NAN,
                                           .change = NAN,
                                           .p = 1,
                                           .adjusted = 1,
                                           .noise = NAN,
                                           .detectable = NAN };
        test->counted =
            plan->design != AZ_DESIGN_EXACT && !is_made_up(c, &listed, row);
        if (!test->counted)
            continue;
        az_map_put(&seen, row->budget->metric, &is_new);
        if (!is_new)
            c->family[plan->blocks].count++;
    }
}

/* Whether all of SERIES, which may be NULL, measures what ROW's budget does. */
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

/* Finds what TEST's row is compared with. */
static void
set_series(struct az_comparison *c, struct az_baseline_test *test)
{
    const struct az_row *row = test->row;

    test->alpha = az_family_alpha(&c->family[test->plan->blocks]);
    test->base = az_comparison_series(c, &c->base, row->budget->metric,
                                      row->environment);
    test->current =
        az_comparison_series(c, &c->now, row->budget->metric, row->environment);
}

/* Compares TEST's row, or says why that is not possible. */
static void
compute(struct az_comparison *c, struct az_baseline_test *test)
{
    struct az_row *row = test->row;

    set_series(c, test);
    if (!c->has_base)
        test->impossible = c->gate->input->baseline == NULL
                               ? "there is no baseline"
                               : "the baseline is of benchmarks";
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

void
az_comparison_expect(struct az_comparison *c)
{
    for (size_t i = 0; i < c->count; i++) {
        struct az_baseline_test *test = &c->tests[i];

        set_series(c, test);
        if (!is_of_dimension(test->base, test->row))
            test->impossible = "the baseline has it in another unit";
        else
            az_baseline_expect(c, test);
    }
}

/* Corrects the p of the tests that block, or of those that warn, for being
   many: all that the policy wants tested count, also those that were not. */
static void
adjust(struct az_comparison *c, bool blocks)
{
    size_t family = c->family[blocks].count, count = 0;
    double *p =
        az_arena_array(c->gate->arena, family + c->count + 1, sizeof *p);
    struct az_ranked_p *work =
        az_arena_array(c->gate->arena, family + c->count + 1, sizeof *work);
    size_t i;

    for (i = 0; i < c->count; i++)
        if (c->tests[i].counted && c->tests[i].plan->blocks == blocks)
            p[count++] = c->tests[i].p;
    for (i = count; i < family; i++)
        p[i] = 1;
    az_adjust_p(blocks ? AZ_ADJUST_HOLM : AZ_ADJUST_BH,
                (struct az_sample){ p, count < family ? family : count }, work,
                p);
    for (i = 0, count = 0; i < c->count; i++)
        if (c->tests[i].counted && c->tests[i].plan->blocks == blocks)
            c->tests[i].adjusted = p[count++];
}

/* The chance that a run without a change fails, and its repetition too. */
static double
chance_of_repeat(const struct az_comparison *c)
{
    double sum = 0;

    for (size_t i = 0; i < c->count; i++) {
        const struct az_baseline_test *test = &c->tests[i];

        if (test->plan->design == AZ_DESIGN_INTERVAL && test->plan->blocks &&
            test->impossible == NULL && !test->unsound && !test->equal)
            sum += az_repeat_chance(test->runs, test->alpha, 2);
    }
    return sum;
}

/* What the policy buys: how often a gate without any change fails, or is at
   least told to measure again. */
static const char *
promise_of(const struct az_comparison *c)
{
    struct az_arena *arena = c->gate->arena;
    const struct az_family *block = &c->family[true], *warn = &c->family[false];
    double twice = chance_of_repeat(c);
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "");
    if (block->count > 0)
        az_buf_addf(&buf,
                    "; without a change %s %% of runs fail at most (Holm, %s)",
                    az_baseline_number(arena, block->rate * 100),
                    az_str_counted(arena, block->count, "test"));
    if (block->count > 0 && c->gate->input->history != NULL && twice > 0)
        az_buf_addf(&buf, ", and again when repeated %s %%",
                    az_baseline_number(arena, twice * 100));
    if (warn->count > 0)
        az_buf_addf(&buf,
                    "; %s %% of warnings are false at most (Benjamini and "
                    "Hochberg, %s)",
                    az_baseline_number(arena, warn->rate * 100),
                    az_str_counted(arena, warn->count, "test"));
    return buf.p;
}

/* What became of the comparison as a whole, and how often it may be wrong. */
static void
conclude(struct az_comparison *c)
{
    struct az_arena *arena = c->gate->arena;
    size_t compared = 0, unsound = 0;

    for (size_t i = 0; i < c->count; i++) {
        compared += c->tests[i].impossible == NULL && !c->tests[i].unsound;
        unsound += c->tests[i].unsound;
    }
    if (!c->has_base)
        return;
    az_constituent_set(c->gate->result, AZ_CONSTITUENT_BASELINE,
                       compared == 0 || unsound > 0 ? AZ_NO_VERDICT : AZ_PASS,
                       az_arena_printf(arena, "%zu of %s compared%s", compared,
                                       az_str_counted(arena, c->count, "row"),
                                       promise_of(c)));
}

void
az_gate_compare_runs(struct az_gate *gate)
{
    struct az_comparison c = { .gate = gate };

    if (!az_comparison_plan(&c) || !read_runs(&c))
        return;
    az_comparison_collect(&c);
    if (!az_comparison_check(&c))
        return;
    for (size_t i = 0; i < c.count; i++)
        compute(&c, &c.tests[i]);
    adjust(&c, true);
    adjust(&c, false);
    az_comparison_decide(&c);
    az_comparison_report_unmatched(&c);
    az_comparison_drift(&c);
    conclude(&c);
}
