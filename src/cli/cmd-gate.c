/* assize gate: policies, measurements, one verdict.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include <string.h>

#include "cli/gate-run.h"
#include "cli/git.h"
#include "cli/logs.h"
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

/* Kinds of which a document that is malformed is malformed input. */
static const char *const input_kinds[] = { "budget-summary",
                                           "benchmark-baseline",
                                           "perf-baseline", NULL };

/* Whether standard input is asked for once at most. */
static bool
check_stdin(struct az_gate_run *run)
{
    const struct az_gate_options *chosen = run->chosen;
    size_t count = 0;

    for (size_t i = 0; i < chosen->logs.count; i++)
        if (strcmp(chosen->logs.items[i], "-") == 0)
            count++;
    for (size_t i = 0; count > 0 && i < chosen->measurements.count; i++)
        if (strcmp(chosen->measurements.items[i], "-") == 0)
            count++;
    if (count < 2)
        return true;
    az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                "standard input is named twice");
    return false;
}

/* Whether nothing but the current run and its baseline is to be judged: who
   names a profile or a history wants budgets kept. */
static bool
is_of_runs_alone(const struct az_gate_run *run, size_t measured)
{
    return run->chosen->current != NULL && run->chosen->profile == NULL &&
           run->chosen->require_metrics.count == 0 &&
           run->chosen->history == NULL && measured == 0;
}

/* What the judgement cannot do without. */
static bool
is_complete(struct az_gate_run *run)
{
    const size_t *errors = run->sink->errors_by_class;
    /* what was named and is unusable has been found already */
    bool well = errors[AZ_CLASS_USAGE] == 0 && errors[AZ_CLASS_INPUT] == 0;
    size_t measured;

    az_set_find(&run->set, "budget-summary", &measured);
    if (is_of_runs_alone(run, measured))
        return run->budgets != NULL;
    if (run->chosen->profile == NULL)
        az_diag_hint(run->sink,
                     az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "no budget profile given"),
                     "give '--profile NAME', or gate.profile in assize.yaml");
    if (run->budgets == NULL && well)
        az_diag_hint(run->sink,
                     az_sink_add(run->sink, AZ_DIAG_NOTHING_JUDGED, AZ_NOWHERE,
                                 "no budgets to judge by"),
                     "give '--budgets FILE', or gate.budgets in assize.yaml");
    measured += run->chosen->logs.count;
    if (measured == 0 && well)
        az_diag_hint(
            run->sink,
            az_sink_add(run->sink, AZ_DIAG_NOTHING_JUDGED, AZ_NOWHERE,
                        "no measurements to judge"),
            "give '--measurements FILE' or '--log FILE', or gate.log or "
            "gate.measurements in assize.yaml");
    return run->chosen->profile != NULL && run->budgets != NULL && measured > 0;
}

/* What the measurements must be of.  In a repository whose HEAD git does not
   tell, there is no verdict: stale measurements would pass. */
static void
set_commit(struct az_gate_run *run, struct az_gate_input *input)
{
    input->commit = run->chosen->commit;
    input->commit_source = run->commit_source;
    if (input->commit != NULL || !az_git_present(run->arena))
        return;
    input->commit = az_git_head(run->arena);
    input->commit_source = run->commit_source = "HEAD";
    if (input->commit == NULL)
        az_diag_hint(run->sink,
                     az_sink_add(run->sink, AZ_DIAG_MEASUREMENT_COMMIT,
                                 AZ_NOWHERE,
                                 "git does not tell the commit at HEAD"),
                     "give '--commit COMMIT'");
}

/* Tells RESULT what findings call the sample logs. */
static void
name_logs(struct az_gate_run *run, struct az_gate_result *result)
{
    const struct az_list *logs = &run->chosen->logs;
    const char **names = az_arena_array(run->arena, logs->count, sizeof *names);

    for (size_t i = 0; i < logs->count; i++)
        names[i] =
            strcmp(logs->items[i], "-") == 0 ? "<stdin>" : logs->items[i];
    result->logs = names;
    result->log_count = logs->count;
}

static void
judge(struct az_gate_run *run, struct az_gate_result *ret)
{
    const struct az_list *required = &run->chosen->require_metrics;
    struct az_str *metrics =
        az_arena_array(run->arena, required->count + 1, sizeof(*metrics));
    struct az_gate_input input = { .budgets = run->budgets };
    const char *now;
    size_t i;

    for (i = 0; i < required->count; i++)
        metrics[i] = az_str_from(required->items[i]);
    input.measurements =
        az_set_find(&run->set, "budget-summary", &input.measurement_count);
    input.profile = az_str_from(run->chosen->profile);
    input.require_metrics = metrics;
    input.require_count = required->count;
    now = az_cli_time(run->arena, &run->chosen->common);
    input.today = now == NULL
                      ? NULL
                      : az_arena_str(run->arena, (struct az_str){ now, 10 }).p;
    input.baseline = run->baseline;
    input.current = run->current;
    set_commit(run, &input);
    az_gate_run_open_history(run, &input);
    run->branch = input.branch;
    if (run->chosen->logs.count > 0) {
        name_logs(run, ret);
        input.corpus = run->corpus;
        input.log = &run->log;
        input.log_whole = az_cli_read_logs(
            run->arena, run->sink, &run->chosen->logs, run->corpus, &run->log);
    }
    az_gate_judge(run->arena, run->sink, &input, ret);
}

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

/* How many documents were checked, for the part of the verdict that is about
   them. */
static void
count_documents(struct az_gate_run *run, struct az_gate_result *result)
{
    size_t count = 0;

    for (size_t i = 0; i < run->set.count; i++)
        count += run->set.entries[i].document != NULL;
    az_constituent_set(result, AZ_CONSTITUENT_DOCUMENTS, AZ_PASS,
                       az_arena_printf(run->arena, "%zu document%s", count,
                                       count == 1 ? "" : "s"));
}

static void
begin(struct az_gate_run *run, struct az_sink *sink,
      struct az_gate_options *chosen, struct az_gate_result *result)
{
    *run =
        (struct az_gate_run){ .arena = sink->arena,
                              .sink = sink,
                              .given = *chosen,
                              .chosen = chosen,
                              .project = { .root = "." },
                              .redirected = chosen->common.outputs.count > 0 };
    az_gate_result_init(result, run->arena);
    if (chosen->grading.waivers.count > 0)
        az_constituent_ask(result, AZ_CONSTITUENT_WAIVERS);
    az_set_init(&run->set, run->arena, sink,
                (struct az_set_override){ NULL, NULL });
    run->set.input_kinds = input_kinds;
    az_grading_init(&run->grading, run->arena);
    az_gate_run_note_inputs(run);
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
    begin(&run, &unheard, chosen, &result);
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

    begin(&run, sink, chosen, &result);
    if (!az_gate_run_find_project(&run, &result) ||
        !az_kinds_add_project(run.set.kinds, &run.project) ||
        !az_grading_read(&run.grading, &run.set, &run.project,
                         &chosen->grading))
        return misconfigured(&run, &result);
    if (chosen->profile != NULL)
        result.profile = az_str_from(chosen->profile);
    az_gate_run_gather(&run);
    run.set.world.now = az_cli_time(run.arena, &run.chosen->common);
    run.set.world.root = run.project.root;
    az_waivers_govern(&run.set);
    az_set_judge(&run.set, AZ_ERROR,
                 "give one with --budgets, --corpus or --policy, or list "
                 "it in assize.yaml");
    az_gate_run_choose(&run);
    count_documents(&run, &result);
    if (az_waivers_present(&run.set))
        az_constituent_ask(&result, AZ_CONSTITUENT_WAIVERS);
    if (chosen->baseline != NULL || chosen->current != NULL)
        az_constituent_ask(&result, AZ_CONSTITUENT_BASELINE);
    if (check_stdin(&run) && is_complete(&run))
        judge(&run, &result);
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
