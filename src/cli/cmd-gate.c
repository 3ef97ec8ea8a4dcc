/* assize gate: policies, measurements, one verdict.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include <string.h>

#include "cli/artifact.h"
#include "cli/command.h"
#include "cli/git.h"
#include "cli/grading.h"
#include "cli/ledger.h"
#include "cli/logs.h"
#include "cli/steps.h"
#include "core/arena.h"
#include "core/build.h"
#include "core/file.h"
#include "core/utf8.h"
#include "gate/explain.h"
#include "policy/set.h"

struct options {
    struct az_common_options common;
    struct az_grading_options grading;
    const char *budgets;
    const char *corpus;
    const char *policy;
    const char *profile;
    const char *baseline;
    const char *current;
    const char *commit;
    const char *history;
    const char *history_head;
    const char *branch;
    struct az_list measurements;
    struct az_list logs;
    struct az_list require_metrics;
    struct az_list explain;
    bool summaries;
    bool history_init;
};

static const struct az_option options[] = {
    { "budgets", 'b', AZ_OPTION_TEXT, offsetof(struct options, budgets), "FILE",
      "the performance budgets" },
    { "profile", 'p', AZ_OPTION_TEXT, offsetof(struct options, profile), "NAME",
      "the budget profile whose limits decide" },
    { "measurements", 'm', AZ_OPTION_LIST,
      offsetof(struct options, measurements), "FILE",
      "a measurement summary; may be repeated" },
    { "log", 0, AZ_OPTION_LIST, offsetof(struct options, logs), "FILE",
      "a sample log, packed with gzip or not; may be repeated" },
    { "corpus", 0, AZ_OPTION_TEXT, offsetof(struct options, corpus), "FILE",
      "the benchmark corpus" },
    { "policy", 0, AZ_OPTION_TEXT, offsetof(struct options, policy), "FILE",
      "the optimization policy" },
    { "baseline", 0, AZ_OPTION_TEXT, offsetof(struct options, baseline), "FILE",
      "the baseline that the current run is compared with" },
    { "current", 0, AZ_OPTION_TEXT, offsetof(struct options, current), "FILE",
      "the current run; its baseline is the budgets' by default" },
    { "require-metric", 0, AZ_OPTION_LIST,
      offsetof(struct options, require_metrics), "ID",
      "this metric must be measured; may be repeated" },
    { "commit", 0, AZ_OPTION_TEXT, offsetof(struct options, commit), "COMMIT",
      "what the measurements must be of; git's HEAD by default" },
    { "history", 0, AZ_OPTION_TEXT, offsetof(struct options, history),
      "FILE|git:REF", "judge by the runs before this one, and add it to them" },
    { "history-init", 0, AZ_OPTION_FLAG, offsetof(struct options, history_init),
      NULL, "begin the history, which must not be there yet" },
    { "history-head", 0, AZ_OPTION_TEXT, offsetof(struct options, history_head),
      "HASH", "the history must have the record with this hash" },
    { "branch", 0, AZ_OPTION_TEXT, offsetof(struct options, branch), "NAME",
      "whose runs count in the history; git's branch by default" },
    { "explain", 0, AZ_OPTION_LIST, offsetof(struct options, explain), "METRIC",
      "show the whole way of this metric's rows; may be repeated" },
    { "summaries", 0, AZ_OPTION_FLAG, offsetof(struct options, summaries), NULL,
      "write the summaries of policy and corpus too" },
    AZ_GRADING_OPTIONS(struct options),
    AZ_COMMON_OPTIONS(struct options),
    { NULL, 0, AZ_OPTION_FLAG, 0, NULL, NULL },
};

static const struct az_column columns[] = {
    { "metric_id", "METRIC", false },
    { "environment", "ENVIRONMENT", false },
    { "value", "VALUE", true },
    { "unit", "UNIT", false },
    { "threshold_warn", "WARN", true },
    { "threshold_hard", "HARD", true },
    { "status", "STATUS", false },
    { "reason", "REASON", false },
    { NULL, NULL, false },
};

/* Of a commit's name, in the closing line. */
#define COMMIT_SHOWN 12
/* The branch where there is no git. */
#define NO_BRANCH "main"

/* A run of the gate. */
struct run {
    struct az_arena *arena;
    struct az_sink *sink;
    struct options *chosen;
    struct az_project project;
    struct az_set set;
    struct az_grading grading;
    bool redirected;           /* --output says where reports go */
    const char *commit_source; /* who says which commit it must be */
    const char *history;       /* where it is, from the working directory */
    struct az_ledger ledger;
    struct az_str branch; /* whose records count in it */
    const struct az_document *budgets;
    const struct az_document *policy;
    const struct az_document *corpus;
    const struct az_document *baseline;
    const struct az_document *current;
    struct az_log log; /* set where one is named */
};

/* Nothing is to be written over the history but itself. */
static void
note_history(struct run *run)
{
    if (run->history != NULL && az_ledger_is_file(run->history))
        az_set_note_input(&run->set, run->history);
}

/* Kinds of which a document that is malformed is malformed input. */
static const char *const input_kinds[] = { "budget-summary",
                                           "benchmark-baseline",
                                           "perf-baseline", NULL };

/* Takes from assize.yaml what no option says. Paths become those of the
   working directory, names stay as they are written there. */
static void
take_from_project(struct run *run)
{
    const struct {
        const char *key;
        const char **value;
    } texts[] = {
        { "budgets", &run->chosen->budgets },
        { "corpus", &run->chosen->corpus },
        { "policy", &run->chosen->policy },
        { "profile", &run->chosen->profile },
        { "baseline", &run->chosen->baseline },
        { "current", &run->chosen->current },
        { "commit", &run->chosen->commit },
        { "history", &run->chosen->history },
        { "branch", &run->chosen->branch },
    };
    struct az_paths required = { NULL, 0, 0 };
    bool given = run->chosen->history != NULL;
    size_t i;

    run->commit_source = run->chosen->commit != NULL ? "--commit" : NULL;
    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (*texts[i].value == NULL)
            *texts[i].value =
                az_project_gate_text(&run->project, run->arena, texts[i].key);
    if (run->commit_source == NULL && run->chosen->commit != NULL)
        run->commit_source = "gate.commit";
    run->history = run->chosen->history;
    if (run->history != NULL && !given && az_ledger_is_file(run->history))
        run->history = az_project_path(&run->project, run->arena, run->history);
    note_history(run);
    az_project_gate_list(&run->project, run->arena, "require_metric",
                         &required);
    for (i = 0; i < required.count; i++)
        az_option_list_add(run->arena, &run->chosen->require_metrics,
                           required.items[i]);
}

/* Reads FILE, which --OPTION named, or which comes from assize.yaml; a document
   of another kind is a mistake of whoever named it.  NULL if it cannot be
   read. */
static const struct az_document *
add_file(struct run *run, const char *option, const char *file,
         bool from_project, const char *kind)
{
    const char *path =
        from_project ? az_project_path(&run->project, run->arena, file) : file;
    struct az_set_entry *entry = az_set_add(&run->set, path, file, true);

    if (entry == NULL || entry->kind == NULL)
        return NULL;
    if (strcmp(entry->kind->name, kind) == 0)
        return entry->document;
    az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                "%s%s needs a document of kind %s; %s is of kind %s",
                from_project ? "gate." : "--", option, kind,
                az_str_quote(run->arena, az_str_from(file)), entry->kind->name);
    return NULL;
}

/* What the one readable budgets document says of the baseline to compare with,
   a path below the project's root; or NULL. */
static const char *
latest_baseline(struct run *run)
{
    size_t count;
    const struct az_document *const *budgets =
        az_set_find(&run->set, "perf-budgets", &count);
    const struct az_node *latest;

    if (count != 1)
        return NULL;
    latest = az_node_get(az_node_get(budgets[0]->root, "baseline_regression"),
                         "baseline_latest");
    if (latest == NULL || latest->type != AZ_STRING ||
        memchr(az_node_text(latest).p, '\0', az_node_text(latest).len) != NULL)
        return NULL;
    return az_arena_str(run->arena, az_node_text(latest)).p;
}

/* Reads FILE, a run of benchmarks or runs of metrics; as add_file. */
static const struct az_document *
add_runs(struct run *run, const char *option, const char *file,
         bool from_project)
{
    const char *path =
        from_project ? az_project_path(&run->project, run->arena, file) : file;
    struct az_set_entry *entry = az_set_add(&run->set, path, file, true);

    return add_file(run, option, file, from_project,
                    entry != NULL && entry->kind != NULL &&
                            strcmp(entry->kind->name, "perf-baseline") == 0
                        ? "perf-baseline"
                        : "benchmark-baseline");
}

/* Reads what is compared, and what it is compared with. */
static void
gather_runs(struct run *run, const struct options *given)
{
    const struct options *chosen = run->chosen;
    const char *baseline = chosen->baseline;

    if (chosen->current != NULL)
        run->current =
            add_runs(run, "current", chosen->current, given->current == NULL);
    if (baseline == NULL && chosen->current != NULL)
        baseline = latest_baseline(run);
    if (baseline != NULL)
        run->baseline =
            add_runs(run, "baseline", baseline, given->baseline == NULL);
}

/* What a file says that cannot be read as a document; empty if it cannot be
   read at all, or is no text. */
static struct az_str
read_text(struct run *run, const char *path)
{
    struct az_source *source;
    struct az_sink unheard;

    az_sink_init(&unheard, run->arena);
    source = az_file_read(run->arena, &unheard, path);
    return source != NULL ? source->text : AZ_STR("");
}

/* Takes away the reports that an earlier run left, where they are known to be:
   one that is killed, or out of memory, must not seem to have made them.  With
   budgets that cannot be read, their text may still tell. */
static void
discard_reports(struct run *run, const struct options *given)
{
    static const char *const keys[] = { "report_path", "event_log_path" };
    const char *file = run->chosen->budgets;
    const struct az_document *const *all;
    struct az_str text = AZ_STR("");
    size_t count;

    if (run->redirected) {
        az_cli_discard_outputs(&run->set, &run->chosen->common);
        return;
    }
    all = az_set_find(&run->set, "perf-budgets", &count);
    if (count == 0 && file != NULL)
        text = read_text(
            run, given->budgets != NULL
                     ? file
                     : az_project_path(&run->project, run->arena, file));
    for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
        for (size_t i = 0; i < count; i++)
            az_artifact_discard(&run->set, run->project.root, all[i], keys[k]);
        az_artifact_discard_guess(&run->set, run->project.root, text, keys[k]);
    }
}

/* Reads what the options and the project name. */
static void
gather(struct run *run, const struct options *given)
{
    const struct options *chosen = run->chosen;
    const struct {
        const char *option, *file, *kind;
        bool from_project;
    } single[] = {
        { "budgets", chosen->budgets, "perf-budgets", given->budgets == NULL },
        { "corpus", chosen->corpus, "benchmark-corpus", given->corpus == NULL },
        { "policy", chosen->policy, "optimization-policy",
          given->policy == NULL },
    };
    struct az_paths measurements = { NULL, 0, 0 };
    size_t i;

    for (i = 0; i < sizeof(single) / sizeof(single[0]); i++) {
        if (single[i].file != NULL)
            add_file(run, single[i].option, single[i].file,
                     single[i].from_project, single[i].kind);
        if (i == 0)
            discard_reports(run, given);
    }
    for (i = 0; i < given->measurements.count; i++)
        add_file(run, "measurements", given->measurements.items[i], false,
                 "budget-summary");
    if (given->measurements.count == 0)
        az_project_gate_list(&run->project, run->arena, "measurements",
                             &measurements);
    for (i = 0; i < measurements.count; i++)
        add_file(run, "measurements", measurements.items[i], true,
                 "budget-summary");
    if (run->project.document != NULL)
        az_set_add_project(&run->set, &run->project, true);
    gather_runs(run, given);
    discard_reports(run, given);
}

/* The one document of KIND; NULL, after a finding, if there are several, and if
   there is none. */
static const struct az_document *
the_only(struct run *run, const char *kind, const char *option)
{
    size_t count;
    const struct az_document *const *found =
        az_set_find(&run->set, kind, &count);

    if (count > 1) {
        az_diag_hint(run->sink,
                     az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "there are %zu documents of kind %s", count,
                                 kind),
                     "name the one to judge by with '--%s'", option);
        return NULL;
    }
    return count == 0 ? NULL : found[0];
}

/* Adds the sample logs of the project, where no option names any. */
static void
name_logs(struct run *run)
{
    struct az_paths named = { NULL, 0, 0 };

    if (run->chosen->logs.count > 0)
        return;
    az_project_gate_list(&run->project, run->arena, "log", &named);
    for (size_t i = 0; i < named.count; i++)
        az_option_list_add(
            run->arena, &run->chosen->logs,
            az_project_path(&run->project, run->arena, named.items[i]));
}

/* Whether standard input is asked for once at most. */
static bool
check_stdin(struct run *run)
{
    const struct options *chosen = run->chosen;
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
is_of_runs_alone(const struct run *run, size_t measured)
{
    return run->chosen->current != NULL && run->chosen->profile == NULL &&
           run->chosen->require_metrics.count == 0 &&
           run->chosen->history == NULL && measured == 0;
}

/* What the judgement cannot do without. */
static bool
is_complete(struct run *run)
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
set_commit(struct run *run, struct az_gate_input *input)
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

/* Whether there is a history to judge by; that there is none is a finding if
   the budgets want one. */
static bool
has_history(struct run *run)
{
    const struct az_node *required =
        az_node_get(az_node_get(run->budgets->root, "history"), "required");
    struct az_diag *diag;

    if (run->history != NULL || required == NULL ||
        required->type != AZ_BOOLEAN || !required->truth)
        return run->history != NULL;
    diag =
        az_sink_add(run->sink, AZ_DIAG_HISTORY_MISSING,
                    az_document_place(run->budgets, required),
                    "the budgets are judged by a history, and none is given");
    diag->pointer = "/history/required";
    az_diag_hint(run->sink, diag,
                 "give '--history FILE', or gate.history in assize.yaml");
    return false;
}

/* Whether --history-head could be the head of a history of its sort. */
static bool
is_head(const struct run *run)
{
    struct az_str head = az_str_from(run->chosen->history_head);

    return az_ledger_is_file(run->history) ? az_sha256_is_digest(head)
                                           : az_git_is_whole_name(head);
}

/* Whether what the options say about the history can be understood. */
static bool
check_history_options(struct run *run)
{
    const struct options *chosen = run->chosen;
    const char *idle = chosen->history_init           ? "--history-init"
                       : chosen->history_head != NULL ? "--history-head"
                                                      : NULL;

    if (run->history == NULL && idle != NULL)
        az_diag_hint(run->sink,
                     az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "option '%s' needs a history", idle),
                     "give '--history FILE', or gate.history in assize.yaml");
    else if (chosen->history_head != NULL && !is_head(run))
        az_diag_hint(
            run->sink,
            az_sink_add(
                run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                "option '--history-head' does not take %s",
                az_str_quote(run->arena, az_str_from(chosen->history_head))),
            "an earlier report has it as history.head: %s",
            az_ledger_is_file(run->history)
                ? "64 small hexadecimal digits"
                : "the whole name of a commit of the notes");
    else
        return true;
    return false;
}

/* Whose records count. */
static bool
set_branch(struct run *run, struct az_gate_input *input)
{
    const char *branch = run->chosen->branch;

    if (branch == NULL)
        branch =
            az_git_present(run->arena) ? az_git_branch(run->arena) : NO_BRANCH;
    if (branch == NULL || *branch == '\0') {
        az_diag_hint(run->sink,
                     az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "git is on no branch, and a history keeps "
                                 "branches apart"),
                     "give '--branch NAME'");
        return false;
    }
    input->branch = az_str_from(branch);
    if (az_utf8_check(input->branch) == input->branch.len)
        return true;
    /* no record could name it, so that each would seem to be the first */
    az_diag_hint(run->sink,
                 az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                             "the name of the branch is not UTF-8: %s",
                             az_str_quote(run->arena, input->branch)),
                 "give another with '--branch NAME'");
    return false;
}

/* Opens the history, if one is asked for, for as long as the judgement takes.
   Where it cannot be had, rows are judged by their limits, for whoever reads
   the report; a finding keeps the run from a verdict. */
static void
open_history(struct run *run, struct az_gate_input *input)
{
    enum az_append_mode mode =
        run->chosen->history_init ? AZ_APPEND_CREATE : AZ_APPEND_WRITE;

    if (!check_history_options(run) || !has_history(run) ||
        !set_branch(run, input) ||
        !az_ledger_open(run->arena, run->sink, run->history, mode,
                        &run->ledger))
        return;
    /* it may be known by another identity than before it was there */
    note_history(run);
    if (run->chosen->history_head == NULL ||
        az_ledger_check_head(&run->ledger, run->chosen->history_head))
        input->history = &run->ledger.history;
}

static void
judge(struct run *run, struct az_gate_result *ret)
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
    open_history(run, &input);
    run->branch = input.branch;
    if (run->chosen->logs.count > 0) {
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
explain(struct run *run, struct az_gate_result *result)
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

/* Whose measurements they are, and by whose word they had to be. */
static const char *
spell_commit(const struct run *run, const struct az_gate_result *result)
{
    struct az_str commit = result->commit;

    if (commit.len == 0)
        return "";
    if (commit.len > COMMIT_SHOWN)
        commit.len = COMMIT_SHOWN;
    return az_arena_printf(
        run->arena, ", commit %s (%s)", az_str_quote(run->arena, commit),
        run->commit_source == NULL ? "held against none" : run->commit_source);
}

static const char *
closing_line(const struct run *run, const struct az_gate_result *result)
{
    struct az_arena *arena = run->arena;

    return az_arena_printf(
        arena,
        "%s%s: %zu rows judged; %zu pass, %zu warn, %zu fail, %zu skipped%s",
        result->profile.len == 0
            ? "no profile"
            : az_arena_printf(arena, "profile %s",
                              az_str_quote(arena, result->profile)),
        spell_commit(run, result), result->judged, result->counts.pass,
        result->counts.warn, result->counts.fail, result->counts.skip,
        az_constituents_verdict(result) > AZ_WARN
            ? ""
            : az_grading_reason(run->sink, &result->counts));
}

/* Whether the text form has a line for PART: what else is said of it is not
   enough. */
static bool
is_told(enum az_constituent_id id, const struct az_constituent *part)
{
    switch (id) {
    case AZ_CONSTITUENT_DOCUMENTS:
    case AZ_CONSTITUENT_MEASUREMENTS:
        return part->told && part->verdict > AZ_WARN;
    case AZ_CONSTITUENT_BUDGETS: /* the last line is about them */
        return false;
    default:
        return part->asked;
    }
}

/* What the parts of the verdict come to, before the last line. */
static void
add_constituents(struct az_buf *buf, const struct az_gate_result *result)
{
    for (size_t i = 0; i < AZ_CONSTITUENT_COUNT; i++) {
        enum az_constituent_id id = (enum az_constituent_id)i;
        const struct az_constituent *part = &result->constituents[i];

        if (is_told(id, part))
            az_buf_addf(buf, "%-12s  %-10s  %s\n", az_constituent_name(id),
                        az_constituent_word(part),
                        part->told ? part->reason : "it did not run");
    }
}

/* How many documents were checked, for the part of the verdict that is about
   them. */
static void
count_documents(struct run *run, struct az_gate_result *result)
{
    size_t count = 0;

    for (size_t i = 0; i < run->set.count; i++)
        count += run->set.entries[i].document != NULL;
    az_constituent_set(result, AZ_CONSTITUENT_DOCUMENTS, AZ_PASS,
                       az_arena_printf(run->arena, "%zu document%s", count,
                                       count == 1 ? "" : "s"));
}

/* What became of the waivers, unless they were not looked at. */
static void
count_waivers(struct run *run, struct az_gate_result *result)
{
    const struct az_waivers *waivers = &run->grading.waivers;
    size_t count = 0;

    if (!result->constituents[AZ_CONSTITUENT_WAIVERS].asked ||
        run->grading.project == NULL)
        return;
    for (size_t i = 0; i < waivers->count; i++)
        count += waivers->items[i].state == AZ_WAIVER_IN_FORCE;
    az_constituent_set(result, AZ_CONSTITUENT_WAIVERS, AZ_PASS,
                       az_arena_printf(run->arena, "%zu in force", count));
}

/* The verdict without what becomes of the record. */
static enum az_verdict
verdict_so_far(const struct run *run, const struct az_gate_result *result)
{
    struct az_gate_result trial = *result;
    enum az_verdict verdict = az_verdict_of(run->sink, &result->counts), parts;

    az_constituent_set(&trial, AZ_CONSTITUENT_HISTORY, AZ_PASS, "");
    az_constituents_close(&trial, run->sink);
    parts = az_constituents_verdict(&trial);
    return parts > verdict ? parts : verdict;
}

/* Adds the run to its history; false after a finding. */
static bool
add_record(struct run *run, const struct az_gate_result *result,
           enum az_verdict verdict)
{
    const char *time = az_cli_time(run->arena, &run->chosen->common);
    struct az_record record =
        az_gate_record(result, run->branch, az_str_from(time), verdict);

    return az_ledger_append(&run->ledger, &record);
}

/* Adds the run to the history if it has a verdict, before anybody is told of
   it. */
static void
close_history(struct run *run, struct az_gate_result *result,
              struct az_report *report)
{
    enum az_verdict verdict = verdict_so_far(run, result);
    struct az_ledger *ledger = &run->ledger;
    const struct az_history *history = &ledger->history;

    if (!ledger->open)
        return;
    if (verdict != AZ_NO_VERDICT && !add_record(run, result, verdict))
        az_constituent_set(result, AZ_CONSTITUENT_HISTORY, AZ_NO_VERDICT,
                           "the run could not be added");
    else
        az_constituent_set(
            result, AZ_CONSTITUENT_HISTORY, AZ_PASS,
            az_arena_printf(
                run->arena, "%zu record%s, head %s%s", history->count,
                history->count == 1 ? "" : "s", history->head,
                verdict == AZ_NO_VERDICT ? "; this run adds none" : ""));
    az_ledger_close(ledger);
    report->history = az_ledger_node(ledger);
}

/* The last word on each part. */
static void
close_constituents(struct run *run, struct az_gate_result *result,
                   struct az_report *report)
{
    struct az_buf lines;

    count_waivers(run, result);
    az_sink_sort(run->sink); /* what stands there twice is one */
    close_history(run, result, report);
    az_sink_sort(run->sink);
    az_constituents_close(result, run->sink);
    report->floor = az_constituents_verdict(result);
    report->constituents = az_constituents_node(run->arena, result);
    az_buf_init(&lines, run->arena);
    az_cli_add_steps(&lines, &result->rows);
    if (report->remarks != NULL)
        az_buf_add_c(&lines, report->remarks);
    add_constituents(&lines, result);
    report->remarks = lines.p;
}

/* Writes the report and the events to where BUDGETS wants them. */
static bool
write_report(struct run *run, const struct az_document *budgets,
             const struct az_report *report,
             const struct az_gate_result *result)
{
    const char *root = run->project.root;
    const struct az_report_style plain = { false, false };
    struct az_buf buf;
    bool written;

    az_buf_init(&buf, run->arena);
    az_report_format_find(AZ_STR("json"))->write(&buf, report, plain);
    written = az_artifact_write(&run->set, root, budgets, "report_path",
                                az_buf_str(&buf));
    written &= az_artifact_write(
        &run->set, root, budgets, "event_log_path",
        az_gate_events(run->arena, result, report->generated_at));
    return written;
}

/* The files that the policies ask for, where it is open by which of them all
   that are there.  With --output the user says where reports go, and these are
   left alone. */
static bool
write_artifacts(struct run *run, const struct az_report *report,
                const struct az_gate_result *result)
{
    const struct az_document *const *all = &run->budgets;
    size_t count = 1, i;
    bool written = true;

    if (run->redirected)
        return true;
    if (run->budgets == NULL)
        all = az_set_find(&run->set, "perf-budgets", &count);
    for (i = 0; i < count; i++)
        written &= write_report(run, all[i], report, result);
    return written;
}

static bool
write_summary(struct run *run, const struct az_document *document,
              struct az_node summary)
{
    struct az_buf buf;

    az_buf_init(&buf, run->arena);
    az_report_print_node(&buf, &summary);
    return az_artifact_write(&run->set, run->project.root, document,
                             "summary_path", az_buf_str(&buf));
}

static bool
write_summaries(struct run *run)
{
    bool written = true;

    if (!run->chosen->summaries)
        return true;
    if (run->policy != NULL)
        written = write_summary(
            run, run->policy,
            az_gate_optimization_summary(run->arena, run->policy));
    if (run->corpus != NULL)
        written &= write_summary(
            run, run->corpus, az_gate_corpus_summary(run->arena, run->corpus));
    return written;
}

static enum az_exit
report(struct run *run, struct az_gate_result *result)
{
    struct az_report report = {
        .command = "gate",
        .columns = columns,
    };
    enum az_exit status;

    az_grading_apply(&run->grading, &run->set, &report, az_gate_judged, result);
    az_gate_take_waivers(result);
    report.counts = result->counts;
    report.rows = result->rows;
    az_cli_spare_inputs(&run->set, &run->chosen->common);
    close_constituents(run, result, &report);
    report.closing = closing_line(run, result);
    status = az_cli_finish(&report, run->sink, &run->chosen->common);
    result->verdict = report.verdict;
    if (!write_artifacts(run, &report, result) || !write_summaries(run))
        return AZ_EXIT_INTERNAL;
    return status;
}

/* What the command line names is input, also where a mistake keeps it from
   being read. */
static void
note_inputs(struct run *run)
{
    const struct options *chosen = run->chosen;
    const char *const files[] = { chosen->budgets, chosen->corpus,
                                  chosen->policy,  chosen->baseline,
                                  chosen->current, chosen->history };
    size_t i;

    for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        if (files[i] != NULL)
            az_set_note_input(&run->set, files[i]);
    for (i = 0; i < chosen->measurements.count; i++)
        az_set_note_input(&run->set, chosen->measurements.items[i]);
    for (i = 0; i < chosen->logs.count; i++)
        az_set_note_input(&run->set, chosen->logs.items[i]);
    for (i = 0; i < chosen->grading.waivers.count; i++)
        az_set_note_input(&run->set, chosen->grading.waivers.items[i]);
}

/* So are the documents of the project, before they are read. */
static void
note_documents(struct run *run)
{
    struct az_paths paths = { NULL, 0, 0 };
    struct az_sink unheard;

    if (run->project.document == NULL)
        return;
    az_sink_init(&unheard, run->arena);
    az_project_documents(&run->project, run->arena, &unheard, &paths);
    az_project_gate_list(&run->project, run->arena, "measurements", &paths);
    az_project_gate_list(&run->project, run->arena, "log", &paths);
    for (size_t i = 0; i < paths.count; i++)
        az_set_note_input(&run->set, az_project_path(&run->project, run->arena,
                                                     paths.items[i]));
}

static void
begin(struct run *run, struct az_sink *sink, struct options *chosen,
      struct az_gate_result *result)
{
    *run = (struct run){ .arena = sink->arena,
                         .sink = sink,
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
    note_inputs(run);
}

/* Finds the project and takes what it says; false after findings. Where it
   cannot be read, its text may still tell whose report is to be replaced. */
static bool
find_project(struct run *run, struct az_gate_result *result)
{
    bool found = az_project_find(run->arena, run->sink, &run->project);

    az_set_note_project(&run->set, &run->project);
    take_from_project(run);
    if (run->history != NULL)
        az_constituent_ask(result, AZ_CONSTITUENT_HISTORY);
    note_documents(run);
    name_logs(run);
    if (run->project.document == NULL && run->project.file != NULL &&
        run->chosen->budgets == NULL) {
        struct az_str budgets =
            az_artifact_guess(read_text(run, run->project.file), "budgets");

        if (budgets.len > 0)
            run->chosen->budgets = az_arena_str(run->arena, budgets).p;
    }
    return found;
}

/* Ends a run that could not begin: the reports that the budgets ask for say
   that there is no verdict, so that none is left from an earlier run.  What
   else is wrong is not looked for. */
static enum az_exit
give_up(struct az_sink *sink, struct options *chosen)
{
    const struct options given = *chosen;
    struct az_report report = { .command = "gate" };
    struct az_gate_result result;
    struct az_sink unheard;
    enum az_exit status;
    struct run run;

    az_sink_init(&unheard, sink->arena);
    begin(&run, &unheard, chosen, &result);
    find_project(&run, &result);
    gather(&run, &given);
    az_cli_spare_inputs(&run.set, &chosen->common);
    az_constituents_close(&result, sink);
    report.constituents = az_constituents_node(run.arena, &result);
    status = az_cli_give_up(&report, sink, &chosen->common);
    result.verdict = report.verdict;
    return write_artifacts(&run, &report, &result) ? status : AZ_EXIT_INTERNAL;
}

/* Nothing is judged by a configuration that is not understood, but what it
   names is looked at for the reports that are to be replaced. */
static enum az_exit
misconfigured(struct run *run, const struct options *given,
              struct az_gate_result *result)
{
    struct az_sink *sink = run->sink, unheard;

    az_sink_init(&unheard, run->arena);
    run->sink = run->set.sink = run->set.kinds->sink = &unheard;
    gather(run, given);
    run->sink = run->set.sink = run->set.kinds->sink = sink;
    return report(run, result);
}

static enum az_exit
gate(struct az_sink *sink, struct options *chosen)
{
    const struct options given = *chosen;
    struct az_gate_result result;
    struct run run;

    begin(&run, sink, chosen, &result);
    if (!find_project(&run, &result) ||
        !az_set_add_kinds(&run.set, &run.project) ||
        !az_grading_read(&run.grading, &run.set, &run.project,
                         &chosen->grading))
        return misconfigured(&run, &given, &result);
    if (chosen->profile != NULL)
        result.profile = az_str_from(chosen->profile);
    gather(&run, &given);
    run.set.world.now = az_cli_time(run.arena, &run.chosen->common);
    run.set.world.root = run.project.root;
    az_waivers_govern(&run.set);
    az_set_judge(&run.set, AZ_ERROR,
                 "give one with --budgets, --corpus or --policy, or list "
                 "it in assize.yaml");
    run.budgets = the_only(&run, "perf-budgets", "budgets");
    run.policy = the_only(&run, "optimization-policy", "policy");
    run.corpus = the_only(&run, "benchmark-corpus", "corpus");
    count_documents(&run, &result);
    if (az_waivers_present(&run.set))
        az_constituent_ask(&result, AZ_CONSTITUENT_WAIVERS);
    if (chosen->baseline != NULL || chosen->current != NULL)
        az_constituent_ask(&result, AZ_CONSTITUENT_BASELINE);
    if (check_stdin(&run) && is_complete(&run))
        judge(&run, &result);
    explain(&run, &result);
    return report(&run, &result);
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    struct options chosen = { .budgets = NULL };
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
