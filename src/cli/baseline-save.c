/* assize baseline save, show.
   SPDX-License-Identifier: MIT */

#include <string.h>
#include <unistd.h>

#include "cli/baseline-run.h"
#include "core/arena.h"
#include "core/file.h"
#include "core/sha256.h"
#include "gate/saving.h"

/* Digits of a digest, in the closing line. */
#define DIGEST_SHOWN 12

static const struct az_column saved_columns[] = {
    { "metric_id", "METRIC", false }, { "environment", "ENVIRONMENT", false },
    { "value", "VALUE", true },       { "unit", "UNIT", false },
    { "status", "STATUS", false },    { NULL, NULL, false },
};

static const struct az_column shown_columns[] = {
    { "profile", "PROFILE", false },
    { "metric_id", "METRIC", false },
    { "environment", "ENVIRONMENT", false },
    { "runs", "RUNS", true },
    { "compared", "COMPARED", true },
    { "first", "SINCE", false },
    { "centre", "CENTRE", true },
    { "low", "LOW", true },
    { "high", "HIGH", true },
    { "limit", "LIMIT", true },
    { "unit", "UNIT", false },
    { "anchor", "ANCHOR", true },
    { "detectable_pct", "FOUND FROM %", true },
    { "commit", "COMMIT", false },
    { NULL, NULL, false },
};

static const char *
digest_of_text(struct az_arena *arena, struct az_str text)
{
    char *digest = az_arena_alloc(arena, AZ_SHA256_SIZE);
    struct az_sha256 hash;

    az_sha256_init(&hash);
    az_sha256_add(&hash, text.p, text.len);
    az_sha256_finish(&hash, digest);
    return digest;
}

/* The SHA-256 of the bytes of PATH; NULL after a finding. */
static const char *
digest_of_file(struct az_gate_run *run, const char *path)
{
    char *digest = az_arena_alloc(run->arena, AZ_SHA256_SIZE);
    struct az_sha256 hash;
    char block[16384];
    uint64_t size;
    ssize_t got;
    int fd = az_file_open(run->arena, run->sink, path, &size);

    if (fd < 0)
        return NULL;
    az_sha256_init(&hash);
    while ((got = read(fd, block, sizeof block)) > 0)
        az_sha256_add(&hash, block, (size_t)got);
    close(fd);
    az_sha256_finish(&hash, digest);
    if (got == 0)
        return digest;
    az_sink_add(run->sink, AZ_DIAG_FILE_UNREADABLE, AZ_NOWHERE,
                "%s cannot be read",
                az_str_quote(run->arena, az_str_from(path)));
    return NULL;
}

static void
add_source(struct az_builder *sources, const char *name, const char *digest)
{
    struct az_builder source;

    az_builder_init(&source, sources->arena);
    az_builder_set(&source, "file", az_make_string_c(name));
    az_builder_set(&source, "sha256", az_make_string_c(digest));
    az_builder_add(sources, az_builder_object(&source));
}

/* The digests of the sample logs; false after findings. */
static bool
digest_logs(struct az_gate_run *run, const char **ret)
{
    const struct az_list *logs = &run->chosen->logs;

    for (size_t i = 0; i < logs->count; i++) {
        if (strcmp(logs->items[i], "-") == 0) {
            az_diag_hint(run->sink,
                         az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                     "a run that is kept names its files, and "
                                     "standard input is none"),
                         "write the sample log to a file");
            return false;
        }
        ret[i] = digest_of_file(run, logs->items[i]);
        if (ret[i] == NULL)
            return false;
    }
    return true;
}

/* The files of the run: what was read of the summaries, and the logs, which
   had the digests LOGS before they were read and must have them still. */
static bool
list_sources(struct az_gate_run *run, const char *const *logs,
             struct az_node *ret)
{
    const struct az_list *names = &run->chosen->logs;
    const char **again =
        az_arena_array(run->arena, names->count + 1, sizeof *again);
    const struct az_document *const *summaries;
    struct az_builder sources;
    size_t count;

    az_builder_init(&sources, run->arena);
    summaries = az_set_find(&run->set, "budget-summary", &count);
    for (size_t i = 0; i < count; i++) {
        const struct az_source *source = summaries[i]->source;

        add_source(&sources, source->name,
                   digest_of_text(run->arena, source->text));
    }
    if (!digest_logs(run, again))
        return false;
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(logs[i], again[i]) != 0) {
            az_sink_add(run->sink, AZ_DIAG_FILE_UNREADABLE, AZ_NOWHERE,
                        "%s was written to while it was read",
                        az_str_quote(run->arena, az_str_from(names->items[i])));
            return false;
        }
        add_source(&sources, names->items[i], again[i]);
    }
    *ret = az_builder_array(&sources);
    return true;
}

/* Whether FILE has the measurement of the run NODE of RESULT already. */
static bool
is_saved(struct az_gate_run *run, const struct az_baseline_file *file,
         const struct az_gate_result *result, const struct az_node *node)
{
    const struct az_run last = { .node = node,
                                 .commit = result->known_commit,
                                 .profile = result->profile };
    struct az_measured measured;
    const struct az_run *same;

    az_measured_init(&measured, run->arena);
    for (size_t i = 0; file->document != NULL && i < file->runs.count; i++)
        az_measured_note(&measured, &file->runs.items[i]);
    same = az_measured_note(&measured, &last);
    if (same == NULL)
        return false;
    az_diag_hint(run->sink,
                 az_sink_add(run->sink, AZ_DIAG_BASELINE_SAME, AZ_NOWHERE,
                             "%s has this run already, as number %zu",
                             az_str_quote(run->arena, az_str_from(file->name)),
                             (size_t)(same - file->runs.items) + 1),
                 "measure anew: the same values again are no other run");
    return true;
}

/* Says which of RUNS the one with DIGEST is, which was added. */
static void
tell_saved(struct az_baseline_run *run, const struct az_runs *runs,
           struct az_str digest)
{
    const struct az_run *saved = runs->items;

    while (!az_str_eq(saved->digest, digest))
        saved++;
    run->report.closing = az_arena_printf(
        run->gate.arena, "saved as run %zu of %s, %s, digest %.*s%s",
        (size_t)(saved - runs->items) + 1,
        az_str_quote(run->gate.arena, az_str_from(run->file.name)),
        az_str_counted(run->gate.arena, saved->count, "value"), DIGEST_SHOWN,
        digest.p, az_grading_reason(run->gate.sink, &run->report.counts));
}

/* Adds what RUN has judged to its file. */
static void
keep(struct az_baseline_run *run, const char *const *logs)
{
    struct az_gate_run *gate = &run->gate;
    struct az_run_origin origin = {
        .branch = gate->branch,
        .recorded_at =
            az_str_from(az_cli_time(gate->arena, &gate->chosen->common)),
        .pair = run->chosen->pair,
    };
    struct az_baseline_content content = { .count = 1 };
    struct az_runs runs;
    struct az_node node;

    if (!list_sources(gate, logs, &origin.sources))
        return;
    node = az_run_make(gate->arena, &run->result, &origin);
    content.runs = &node;
    if (node.type == AZ_NULL || run->result.known_commit.len == 0) {
        az_diag_hint(gate->sink,
                     az_sink_add(gate->sink, AZ_DIAG_NOTHING_JUDGED, AZ_NOWHERE,
                                 "there is no value, or no commit, to keep"),
                     "give '--commit COMMIT'");
        return;
    }
    if (is_saved(gate, &run->file, &run->result, &node) ||
        !az_baseline_file_compose(gate, &run->file, &content, &runs) ||
        !az_baseline_file_write(gate, &run->file, &runs))
        return;
    tell_saved(run, &runs, az_node_text(az_node_get(&node, "digest")));
}

/* The values as rows. */
static struct az_node
value_rows(struct az_arena *arena, const struct az_node *rows)
{
    static const char *const keys[] = { "profile", "metric_id", "environment",
                                        "value",   "unit",      "status" };
    struct az_builder list, row;

    az_builder_init(&list, arena);
    for (uint32_t i = 0; i < rows->count; i++) {
        az_builder_init(&row, arena);
        for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
            az_builder_set(&row, keys[k],
                           *az_node_get(&rows->items[i], keys[k]));
        az_builder_add(&list, az_builder_object(&row));
    }
    return az_builder_array(&list);
}

/* Runs get into the baseline by being promoted. */
static bool
check_target(struct az_baseline_run *run, const char *baseline)
{
    struct az_gate_run *gate = &run->gate;
    const char *latest = az_gate_run_latest_baseline(gate);
    struct az_str identity = az_file_identity(gate->arena, run->file.path);
    const char *const files[] = { baseline, latest };

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        if (files[i] == NULL ||
            !az_str_eq(identity, az_file_identity(
                                     gate->arena,
                                     az_project_path(&gate->project,
                                                     gate->arena, files[i]))))
            continue;
        az_diag_hint(
            gate->sink,
            az_sink_add(gate->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                        "%s is the baseline",
                        az_str_quote(gate->arena, az_str_from(run->file.name))),
            "save to another file, and promote that");
        return false;
    }
    return true;
}

/* What the gate makes of the run, but for a history and a comparison. */
static void
judge(struct az_baseline_run *run)
{
    struct az_gate_run *gate = &run->gate;
    struct az_gate_result *result = &run->result;

    az_gate_run_judge(gate, result);
    az_grading_apply(&gate->grading, &gate->set, &run->report, az_gate_judged,
                     result);
    az_gate_take_waivers(result);
    if (result->constituents[AZ_CONSTITUENT_WAIVERS].asked &&
        gate->grading.project != NULL)
        az_constituent_set(result, AZ_CONSTITUENT_WAIVERS, AZ_PASS, "");
    az_sink_sort(gate->sink);
    az_constituents_close(result, gate->sink);
    run->report.counts = result->counts;
    run->report.floor = az_constituents_verdict(result);
    run->report.rows = value_rows(gate->arena, &result->rows);
    run->report.columns = saved_columns;
}

static void
judge_and_keep(struct az_baseline_run *run, const char *const *logs)
{
    struct az_gate_run *gate = &run->gate;
    enum az_verdict verdict;

    az_gate_run_check(gate, &run->result);
    if (run->file.document != NULL && gate->budgets != NULL) {
        if (!az_runs_govern(gate->sink, gate->budgets, &run->file.runs))
            return;
        gate->kept = &run->file.runs;
    }
    judge(run);
    verdict = az_verdict_of(run->gate.sink, &run->result.counts);
    if (verdict != AZ_NO_VERDICT && run->report.floor != AZ_NO_VERDICT)
        keep(run, logs);
}

void
az_baseline_save(void *context)
{
    struct az_baseline_run *run = context;
    struct az_gate_run *gate = &run->gate;
    const char **logs;
    const char *baseline;

    run->report.closing = "nothing was saved";
    run->report.floor = AZ_NO_VERDICT;
    if (!az_gate_run_configure(gate, &run->result))
        return;
    logs =
        az_arena_array(gate->arena, gate->chosen->logs.count + 1, sizeof *logs);
    baseline = gate->chosen->baseline;
    gate->chosen->baseline = gate->chosen->current = NULL;
    gate->chosen->history = gate->history = NULL;
    az_gate_run_add_budgets(gate);
    /* before the project, which may list the file, has it read */
    if (check_target(run, baseline) &&
        az_baseline_file_read(gate, true, &run->file)) {
        az_gate_run_gather(gate);
        if (digest_logs(gate, logs))
            judge_and_keep(run, logs);
    }
    az_baseline_file_close(&run->file);
}

/* Nothing is said of documents that are there to be looked up in. */
static void
judge_shown(struct az_gate_run *run)
{
    for (size_t i = 0; i < run->set.count; i++) {
        struct az_set_entry *entry = &run->set.entries[i];

        entry->named = entry->kind == NULL ||
                       strcmp(entry->kind->name, "perf-baseline") == 0;
    }
    run->set.world.now = az_cli_time(run->arena, &run->chosen->common);
    run->set.world.root = run->project.root;
    az_set_judge(&run->set, AZ_INFO, NULL);
    az_gate_run_choose(run);
}

void
az_baseline_show(void *context)
{
    struct az_baseline_run *run = context;
    struct az_gate_run *gate = &run->gate;

    run->report.floor = AZ_NO_VERDICT;
    if (!az_gate_run_configure(gate, &run->result))
        return;
    az_gate_run_add_budgets(gate);
    if (!az_baseline_file_read(gate, false, &run->file))
        return;
    judge_shown(gate);
    az_runs_check_time(gate->sink, &run->file.runs, gate->set.world.now);
    if (gate->budgets != NULL)
        az_runs_govern(gate->sink, gate->budgets, &run->file.runs);
    if (az_sink_class(gate->sink) != AZ_CLASS_NONE)
        return;
    run->report.rows =
        az_runs_summary(gate->arena, gate->budgets, &run->file.runs);
    run->report.counts.pass = run->report.rows.count;
    run->report.columns = shown_columns;
    run->report.floor = AZ_PASS;
    run->report.closing = az_arena_printf(
        gate->arena, "%s, %s%s",
        az_str_counted(gate->arena, run->file.runs.count, "run"),
        az_str_counted(gate->arena, run->report.rows.count, "metric"),
        gate->budgets == NULL ? "; without budgets it is not known what is "
                                "compared with"
                              : "");
}
