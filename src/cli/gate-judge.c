/* How a run of the gate judges what it reads.
   SPDX-License-Identifier: MIT */

#include "cli/gate-run.h"

#include <string.h>

#include "cli/git.h"
#include "cli/logs.h"
#include "core/arena.h"

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
    input.now = now;
    input.root = run->project.root;
    input.project = run->project.document;
    input.baseline = run->baseline;
    input.current = run->current;
    set_commit(run, &input);
    input.values_only = run->values_only;
    input.kept = run->kept;
    if (run->values_only)
        az_gate_run_set_branch(run, &input);
    else
        az_gate_run_open_history(run, &input);
    run->branch = input.branch;
    if (run->chosen->logs.count > 0) {
        name_logs(run, ret);
        for (i = 0; i < run->chosen->logs.count; i++)
            az_set_note_log(&run->set, run->chosen->logs.items[i]);
        input.corpus = run->corpus;
        input.log = &run->log;
        input.log_whole = az_cli_read_logs(
            run->arena, run->sink, &run->chosen->logs, run->corpus, &run->log);
    }
    az_gate_judge(run->arena, run->sink, &input, ret);
}

/* How many documents were checked and by how many rules, for the parts of the
   verdict that are about them. */
static void
count_documents(struct az_gate_run *run, struct az_gate_result *result)
{
    size_t count = 0, rules = 0;

    for (size_t i = 0; i < run->set.count; i++) {
        count += run->set.entries[i].document != NULL;
        rules += run->set.entries[i].rules;
    }
    az_constituent_set(result, AZ_CONSTITUENT_DOCUMENTS, AZ_PASS,
                       az_str_counted(run->arena, count, "document"));
    az_constituent_set(
        result, AZ_CONSTITUENT_RULES, rules > 0 ? AZ_PASS : AZ_NO_VERDICT,
        az_arena_printf(run->arena, "%s judged",
                        az_str_counted(run->arena, rules, "rule")));
}

void
az_gate_run_begin(struct az_gate_run *run, struct az_sink *sink,
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

bool
az_gate_run_configure(struct az_gate_run *run, struct az_gate_result *result)
{
    if (!az_gate_run_find_project(run, result) ||
        !az_kinds_add_project(run->set.kinds, &run->project) ||
        !az_grading_read(&run->grading, &run->set, &run->project,
                         &run->chosen->grading))
        return false;
    if (run->chosen->profile != NULL)
        result->profile = az_str_from(run->chosen->profile);
    return true;
}

void
az_gate_run_check(struct az_gate_run *run, struct az_gate_result *result)
{
    run->set.world.now = az_cli_time(run->arena, &run->chosen->common);
    run->set.world.root = run->project.root;
    az_waivers_govern(&run->set);
    az_set_judge(&run->set, AZ_ERROR,
                 "give one with --budgets, --corpus or --policy, or list "
                 "it in assize.yaml");
    az_gate_run_choose(run);
    count_documents(run, result);
    if (az_waivers_present(&run->set))
        az_constituent_ask(result, AZ_CONSTITUENT_WAIVERS);
}

void
az_gate_run_judge(struct az_gate_run *run, struct az_gate_result *result)
{
    if (check_stdin(run) && is_complete(run))
        judge(run, result);
}
