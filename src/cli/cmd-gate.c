/* assize gate: policies, measurements, one verdict.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/gate-run.h"
#include "core/arena.h"
#include "gate/explain.h"

static const struct az_option options[] = {
    { "budgets", 'b', AZ_OPTION_TEXT, offsetof(struct az_gate_options, budgets),
      "FILE", "the performance budgets" },
    { "profile", 'p', AZ_OPTION_TEXT, offsetof(struct az_gate_options, profile),
      "NAME", "the budget profile whose limits decide" },
    { "measurements", 'm', AZ_OPTION_LIST,
      offsetof(struct az_gate_options, measurements), "FILE",
      "a measurement summary; may be repeated" },
    { "log", 0, AZ_OPTION_LIST, offsetof(struct az_gate_options, logs), "FILE",
      "a sample log, packed with gzip or not; may be repeated" },
    { "corpus", 0, AZ_OPTION_TEXT, offsetof(struct az_gate_options, corpus),
      "FILE", "the benchmark corpus" },
    { "policy", 0, AZ_OPTION_TEXT, offsetof(struct az_gate_options, policy),
      "FILE", "the optimization policy" },
    { "baseline", 0, AZ_OPTION_TEXT, offsetof(struct az_gate_options, baseline),
      "FILE", "the baseline that the current run is compared with" },
    { "current", 0, AZ_OPTION_TEXT, offsetof(struct az_gate_options, current),
      "FILE", "the current run; its baseline is the budgets' by default" },
    { "require-metric", 0, AZ_OPTION_LIST,
      offsetof(struct az_gate_options, require_metrics), "ID",
      "this metric must be measured; may be repeated" },
    { "commit", 0, AZ_OPTION_TEXT, offsetof(struct az_gate_options, commit),
      "COMMIT", "what the measurements must be of; git's HEAD by default" },
    { "history", 0, AZ_OPTION_TEXT, offsetof(struct az_gate_options, history),
      "FILE|git:REF", "judge by the runs before this one, and add it to them" },
    { "history-init", 0, AZ_OPTION_FLAG,
      offsetof(struct az_gate_options, history_init), NULL,
      "begin the history, which must not be there yet" },
    { "history-head", 0, AZ_OPTION_TEXT,
      offsetof(struct az_gate_options, history_head), "HASH",
      "the history must have the record with this hash" },
    { "branch", 0, AZ_OPTION_TEXT, offsetof(struct az_gate_options, branch),
      "NAME", "whose runs count in the history; git's branch by default" },
    { "explain", 0, AZ_OPTION_LIST, offsetof(struct az_gate_options, explain),
      "METRIC", "show the whole way of this metric's rows; may be repeated" },
    { "summaries", 0, AZ_OPTION_FLAG,
      offsetof(struct az_gate_options, summaries), NULL,
      "write the summaries of policy and corpus too" },
    AZ_GRADING_OPTIONS(struct az_gate_options),
    AZ_COMMON_OPTIONS(struct az_gate_options),
    { NULL, 0, AZ_OPTION_FLAG, 0, NULL, NULL },
};

/* Has rows explain themselves; a metric that has none is a mistake, unless
   nothing has. */
static void
explain(struct az_gate_run *run, struct az_gate_result *result)
{
    const struct az_list *wanted = &run->chosen->explain;
    struct az_str *metrics =
        az_arena_array(run->arena, result->count + 1, sizeof(*metrics));

    for (size_t i = 0; i < result->count; i++)
        metrics[i] = result->items[i].budget->metric;
    for (size_t i = 0; result->count > 0 && i < wanted->count; i++) {
        struct az_str metric = az_str_from(wanted->items[i]);
        struct az_diag *diag;
        size_t nearest;

        if (az_gate_explain(result, metric))
            continue;
        diag = az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                           "unknown metric %s is to be explained",
                           az_str_quote(run->arena, metric));
        nearest = az_str_nearest(metric, metrics, result->count);
        if (nearest < result->count)
            az_diag_hint(run->sink, diag, "did you mean %s?",
                         az_str_quote(run->arena, metrics[nearest]));
    }
    if (wanted->count > 0)
        az_gate_report_rows(result);
}

/* Ends a run that could not begin: the reports that the budgets ask for say
   that there is no verdict, so that none is left from an earlier run.  What
   else is wrong is not looked for. */
static enum az_exit
give_up(struct az_sink *sink, struct az_gate_options *chosen)
{
    struct az_report report = { .command = "gate" };
    struct az_gate_result result;
    struct az_sink unheard;
    enum az_exit status;
    struct az_gate_run run;

    az_sink_init(&unheard, sink->arena);
    az_gate_run_begin(&run, &unheard, chosen, &result);
    az_gate_run_find_project(&run, &result);
    az_gate_run_gather(&run);
    az_cli_spare_inputs(&run.set, &chosen->common);
    az_constituents_close(&result, sink);
    report.constituents = az_constituents_node(run.arena, &result);
    status = az_cli_give_up(&report, sink, &chosen->common);
    result.verdict = report.verdict;
    return az_gate_run_write_artifacts(&run, &report, &result)
               ? status
               : AZ_EXIT_INTERNAL;
}

/* Nothing is judged by a configuration that is not understood, but what it
   names is looked at for the reports that are to be replaced. */
static enum az_exit
misconfigured(struct az_gate_run *run, struct az_gate_result *result)
{
    struct az_sink *sink = run->sink, unheard;

    az_sink_init(&unheard, run->arena);
    run->sink = run->set.sink = run->set.kinds->sink = &unheard;
    az_gate_run_gather(run);
    run->sink = run->set.sink = run->set.kinds->sink = sink;
    return az_gate_run_report(run, result);
}

static enum az_exit
gate(struct az_sink *sink, struct az_gate_options *chosen)
{
    struct az_gate_result result;
    struct az_gate_run run;

    az_gate_run_begin(&run, sink, chosen, &result);
    if (!az_gate_run_configure(&run, &result))
        return misconfigured(&run, &result);
    az_gate_run_gather(&run);
    az_gate_run_check(&run, &result);
    if (chosen->baseline != NULL || chosen->current != NULL ||
        run.baseline != NULL)
        az_constituent_ask(&result, AZ_CONSTITUENT_BASELINE);
    az_gate_run_judge(&run, &result);
    explain(&run, &result);
    return az_gate_run_report(&run, &result);
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    struct az_gate_options chosen = { .budgets = NULL };
    struct az_list operands = { NULL, 0, 0 };
    struct az_sink sink;

    az_sink_init(&sink, arena);
    if (az_option_parse(arena, &sink, options, argv, &chosen, &operands)) {
        if (chosen.common.help)
            return az_command_help(arena, &az_command_gate);
        if (operands.count > 0)
            az_diag_hint(
                &sink,
                az_sink_add(
                    &sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "'assize gate' takes no operand, but %s was given",
                    az_str_quote(arena, az_str_from(operands.items[0]))),
                "give measurements with '--measurements FILE'");
        else if (az_cli_check_common(&sink, &chosen.common))
            return gate(&sink, &chosen);
    }
    return give_up(&sink, &chosen);
}

const struct az_command az_command_gate = {
    .name = "gate",
    .operands = "",
    .summary = "judge measurements by the budgets",
    .description =
        "Checks the policies, merges the measurements and judges them by the "
        "budgets: pass, warn\nor fail.  What no option says comes from the "
        "gate section of assize.yaml.",
    .options = options,
    .run = run,
};
