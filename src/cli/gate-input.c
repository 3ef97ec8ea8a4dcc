/* What a run of the gate reads.
   SPDX-License-Identifier: MIT */

#include "cli/gate-run.h"

#include <string.h>

#include "cli/policy-output.h"
#include "core/arena.h"
#include "core/file.h"
#include "core/gunzip.h"
#include "read/read.h"

/* What a file says that cannot be read as a document; empty if it cannot be
   read at all, or is no text. */
static struct az_str
read_text(struct az_gate_run *run, const char *path)
{
    struct az_source *source;
    struct az_sink unheard;

    az_sink_init(&unheard, run->arena);
    source = az_file_read(run->arena, &unheard, path);
    return source != NULL ? source->text : AZ_STR("");
}

/* Notes FILE, named from the project's root, as input. */
static void
note_project_input(struct az_gate_run *run, const char *file)
{
    az_set_note_input(&run->set,
                      az_project_path(&run->project, run->arena, file));
}

/* Takes from assize.yaml what no option says, as it is written there. */
static void
take_from_project(struct az_gate_run *run)
{
    const struct {
        const char *key;
        const char **value;
        bool is_file; /* a history may be one */
    } texts[] = {
        { "budgets", &run->chosen->budgets, true },
        { "corpus", &run->chosen->corpus, true },
        { "policy", &run->chosen->policy, true },
        { "profile", &run->chosen->profile, false },
        { "baseline", &run->chosen->baseline, true },
        { "current", &run->chosen->current, true },
        { "commit", &run->chosen->commit, false },
        { "history", &run->chosen->history, false },
        { "branch", &run->chosen->branch, false },
    };
    struct az_paths required = { NULL, 0, 0 };
    bool given = run->chosen->history != NULL;
    size_t i;

    run->commit_source = run->chosen->commit != NULL ? "--commit" : NULL;
    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (*texts[i].value != NULL)
            continue;
        *texts[i].value =
            az_project_gate_text(&run->project, run->arena, texts[i].key);
        if (texts[i].is_file && *texts[i].value != NULL)
            note_project_input(run, *texts[i].value);
    }
    if (run->commit_source == NULL && run->chosen->commit != NULL)
        run->commit_source = "gate.commit";
    run->history = run->chosen->history;
    if (run->history != NULL && !given && az_ledger_is_file(run->history))
        run->history = az_project_path(&run->project, run->arena, run->history);
    az_gate_run_note_history(run);
    az_project_gate_list(&run->project, run->arena, "require_metric",
                         &required);
    for (i = 0; i < required.count; i++)
        az_option_list_add(run->arena, &run->chosen->require_metrics,
                           required.items[i]);
}

/* A file, and who named it. */
struct named_file {
    const char *option; /* or, where it comes from assize.yaml, key of gate */
    const char *file;   /* as it is written there */
    bool from_project;
};

/* Puts FILE into the set; NULL after a finding. */
static struct az_set_entry *
add_file(struct az_gate_run *run, struct named_file file)
{
    const char *path =
        file.from_project
            ? az_project_path(&run->project, run->arena, file.file)
            : file.file;
    struct az_set_entry *entry = az_set_add(&run->set, path, file.file, true);

    return entry != NULL && entry->kind != NULL ? entry : NULL;
}

/* The document of FILE, whose entry is ENTRY; NULL after a finding if it is of
   another kind than KIND. */
static const struct az_document *
expect_kind(struct az_gate_run *run, struct named_file file,
            const struct az_set_entry *entry, const char *kind)
{
    if (strcmp(entry->kind->name, kind) == 0)
        return entry->document;
    az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                "%s%s needs a document of kind %s; %s is of kind %s",
                file.from_project ? "gate." : "--", file.option, kind,
                az_str_quote(run->arena, az_str_from(file.file)),
                entry->kind->name);
    return NULL;
}

const struct az_document *
az_gate_run_add(struct az_gate_run *run, const char *option, const char *file,
                bool from_project, const char *kind)
{
    const struct named_file named = { option, file, from_project };
    const struct az_set_entry *entry = add_file(run, named);

    return entry == NULL ? NULL : expect_kind(run, named, entry, kind);
}

/* The one readable budgets document; NULL if there is none, or several. */
static const struct az_document *
only_budgets(const struct az_gate_run *run)
{
    size_t count;
    const struct az_document *const *budgets =
        az_set_find(&run->set, "perf-budgets", &count);

    return count == 1 ? budgets[0] : NULL;
}

/* What BUDGETS, which may be NULL, say of the baseline to compare with. */
static const struct az_node *
latest_of(const struct az_document *budgets)
{
    return budgets == NULL
               ? NULL
               : az_node_get(az_node_get(budgets->root, "baseline_regression"),
                             "baseline_latest");
}

const char *
az_gate_run_latest_baseline(struct az_gate_run *run)
{
    const struct az_node *latest = latest_of(only_budgets(run));

    if (latest == NULL || latest->type != AZ_STRING ||
        memchr(az_node_text(latest).p, '\0', az_node_text(latest).len) != NULL)
        return NULL;
    return az_arena_str(run->arena, az_node_text(latest)).p;
}

/* Whether TEXT begins as a sample log does: packed, or with a line that is an
   object of a scenario. */
static bool
looks_like_log(struct az_arena *arena, struct az_str text)
{
    const struct az_document *document;
    struct az_sink unheard;
    struct az_str line;

    if (az_str_starts_with(text, AZ_STR(AZ_GZIP_MAGIC)))
        return true;
    if (!az_str_take_line(&text, &line))
        return false;
    az_sink_init(&unheard, arena);
    document = az_read_json(arena, &unheard, az_source_new(arena, "", line));
    return document != NULL &&
           az_node_get(document->root, "scenario_id") != NULL;
}

/* Reads FILE, a measurement summary; what is found in a log that was taken for
   one says where a log belongs. */
static void
add_measurements(struct az_gate_run *run, const char *file, bool from_project)
{
    struct az_sink *sink = run->sink;
    size_t before = sink->count;

    if (az_gate_run_add(run, "measurements", file, from_project,
                        "budget-summary") != NULL)
        return;
    for (size_t i = before; i < sink->count; i++) {
        const struct az_source *source = sink->diags[i]->place.source;

        if (source != NULL && looks_like_log(run->arena, source->text))
            az_diag_hint(sink, sink->diags[i],
                         "a sample log is named by '--log FILE', or gate.log "
                         "in assize.yaml");
    }
}

/* Reads FILE, a run of benchmarks or runs of metrics; as az_gate_run_add. */
static const struct az_document *
add_runs(struct az_gate_run *run, const char *option, const char *file,
         bool from_project)
{
    const struct named_file named = { option, file, from_project };
    const struct az_set_entry *entry = add_file(run, named);

    if (entry == NULL)
        return NULL;
    return expect_kind(run, named, entry,
                       strcmp(entry->kind->name, "perf-baseline") == 0
                           ? "perf-baseline"
                           : "benchmark-baseline");
}

/* Whether what the budgets name as the baseline is to be read. */
static bool
is_latest_wanted(struct az_gate_run *run, const char *path)
{
    if (run->chosen->current != NULL)
        return true;
    return !run->values_only && az_gate_wants_runs(only_budgets(run)) &&
           !az_file_is_absent(run->arena, path);
}

/* Whether a document of KIND, NULL if it is of none, can be what the budgets
   name as the baseline: one of benchmarks only where there are some now. */
static bool
is_baseline(const struct az_gate_run *run, const struct az_kind *kind)
{
    return kind != NULL && (strcmp(kind->name, "perf-baseline") == 0 ||
                            (run->chosen->current != NULL &&
                             strcmp(kind->name, "benchmark-baseline") == 0));
}

/* A finding at BUDGETS that the file NAME, which they name as the baseline,
   is of KIND. */
static void
report_no_baseline(struct az_gate_run *run, const struct az_document *budgets,
                   const char *name, const struct az_kind *kind)
{
    const struct az_node *latest = latest_of(budgets);
    struct az_diag *diag = az_sink_add(
        run->sink, AZ_DIAG_BASELINE_MISSING, az_document_place(budgets, latest),
        "%s is no baseline to compare with: it is of %s%s",
        az_str_quote(run->arena, az_str_from(name)),
        kind != NULL ? "kind " : "no kind that is known",
        kind != NULL ? kind->name : "");

    diag->pointer = az_document_pointer(run->arena, budgets, latest);
    az_diag_hint(run->sink, diag,
                 "name the file that 'assize baseline promote' keeps, which "
                 "need not be there yet, or give '--baseline FILE'%s",
                 kind != NULL && strcmp(kind->name, "benchmark-baseline") == 0
                     ? "; benchmarks are compared with '--current FILE'"
                     : "");
}

/* Reads the baseline that 'assize baseline promote' writes to if nobody names
   another.  Without a current run it may not be there yet.  What is there and
   is no baseline is a mistake, or else nothing would be compared; it does not
   stay in the set, as if somebody had named it for what it is. */
static void
add_latest(struct az_gate_run *run)
{
    const char *name = az_gate_run_latest_baseline(run);
    /* what it names may be budgets too, and then they are several */
    const struct az_document *budgets = only_budgets(run);
    const char *path;
    size_t before = run->set.count;
    struct az_set_entry *entry;

    if (name == NULL)
        return;
    path = az_project_path(&run->project, run->arena, name);
    if (!is_latest_wanted(run, path))
        return;
    entry = az_set_add(&run->set, path, name, true);
    if (entry == NULL || entry->document == NULL)
        return; /* a finding says why */
    if (is_baseline(run, entry->kind)) {
        run->baseline = entry->document;
        return;
    }
    report_no_baseline(run, budgets, name, entry->kind);
    if (run->set.count > before)
        az_set_leave_out(&run->set, entry);
}

/* Reads what is compared, and what it is compared with. */
static void
gather_runs(struct az_gate_run *run)
{
    const struct az_gate_options *chosen = run->chosen;

    if (chosen->current != NULL)
        run->current = add_runs(run, "current", chosen->current,
                                run->given.current == NULL);
    if (chosen->baseline != NULL)
        run->baseline = add_runs(run, "baseline", chosen->baseline,
                                 run->given.baseline == NULL);
    else
        add_latest(run);
}

/* Takes away the reports that an earlier run left, where they are known to be:
   one that is killed, or out of memory, must not seem to have made them.  With
   budgets that cannot be read, their text may still tell. */
static void
discard_reports(struct az_gate_run *run)
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
    if (run->values_only) /* the gate's are left alone */
        return;
    all = az_set_find(&run->set, "perf-budgets", &count);
    if (count == 0 && file != NULL)
        text = read_text(
            run, run->given.budgets != NULL
                     ? file
                     : az_project_path(&run->project, run->arena, file));
    for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
        for (size_t i = 0; i < count; i++)
            az_policy_output_discard(&run->set, run->project.root, all[i],
                                     keys[k]);
        az_policy_output_discard_guess(&run->set, run->project.root, text,
                                       keys[k]);
    }
}

void
az_gate_run_add_budgets(struct az_gate_run *run)
{
    if (run->chosen->budgets != NULL)
        az_gate_run_add(run, "budgets", run->chosen->budgets,
                        run->given.budgets == NULL, "perf-budgets");
}

void
az_gate_run_add_references(struct az_gate_run *run)
{
    if (run->chosen->corpus != NULL)
        az_gate_run_add(run, "corpus", run->chosen->corpus,
                        run->given.corpus == NULL, "benchmark-corpus");
    if (run->chosen->policy != NULL)
        az_gate_run_add(run, "policy", run->chosen->policy,
                        run->given.policy == NULL, "optimization-policy");
}

void
az_gate_run_gather(struct az_gate_run *run)
{
    struct az_paths measurements = { NULL, 0, 0 };
    size_t i;

    az_gate_run_add_budgets(run);
    if (az_gate_run_latest_baseline(run) != NULL)
        note_project_input(run, az_gate_run_latest_baseline(run));
    discard_reports(run);
    az_gate_run_add_references(run);
    for (i = 0; i < run->given.measurements.count; i++)
        add_measurements(run, run->given.measurements.items[i], false);
    if (run->given.measurements.count == 0)
        az_project_gate_list(&run->project, run->arena, "measurements",
                             &measurements);
    for (i = 0; i < measurements.count; i++)
        add_measurements(run, measurements.items[i], true);
    if (run->project.document != NULL)
        az_set_add_project(&run->set, &run->project, true);
    gather_runs(run);
    discard_reports(run);
}

/* Adds the sample logs of the project, where no option names any. */
static void
name_logs(struct az_gate_run *run)
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

void
az_gate_run_note_inputs(struct az_gate_run *run)
{
    const struct az_gate_options *chosen = run->chosen;
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

/* Notes what the project has measured as input, before it is read. */
static void
note_measured(struct az_gate_run *run)
{
    struct az_paths paths = { NULL, 0, 0 };

    az_project_gate_list(&run->project, run->arena, "measurements", &paths);
    az_project_gate_list(&run->project, run->arena, "log", &paths);
    for (size_t i = 0; i < paths.count; i++)
        note_project_input(run, paths.items[i]);
}

bool
az_gate_run_find_project(struct az_gate_run *run, struct az_gate_result *result)
{
    bool found = az_project_find(run->arena, run->sink, &run->project);

    az_set_note_project(&run->set, &run->project);
    take_from_project(run);
    if (run->history != NULL && !run->values_only)
        az_constituent_ask(result, AZ_CONSTITUENT_HISTORY);
    note_measured(run);
    name_logs(run);
    if (run->project.document == NULL && run->project.file != NULL &&
        run->chosen->budgets == NULL) {
        struct az_str budgets = az_policy_output_guess(
            read_text(run, run->project.file), "budgets");

        if (budgets.len > 0)
            run->chosen->budgets = az_arena_str(run->arena, budgets).p;
    }
    return found;
}

/* The one document of KIND; NULL, after a finding, if there are several, and if
   there is none. */
static const struct az_document *
the_only(struct az_gate_run *run, const char *kind, const char *option)
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

void
az_gate_run_choose(struct az_gate_run *run)
{
    run->budgets = the_only(run, "perf-budgets", "budgets");
    run->policy = the_only(run, "optimization-policy", "policy");
    run->corpus = the_only(run, "benchmark-corpus", "corpus");
}
