/* What a run of the gate tells.
   SPDX-License-Identifier: MIT */

#include "cli/gate-run.h"

#include <string.h>

#include "cli/policy-output.h"
#include "cli/steps.h"
#include "core/arena.h"
#include "core/build.h"
#include "core/file.h"

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

/* Whose measurements they are, and by whose word they had to be. */
static const char *
spell_commit(const struct az_gate_run *run, const struct az_gate_result *result)
{
    struct az_str commit = result->commit;

    if (commit.len == 0)
        return "";
    if (commit.len > AZ_COMMIT_SHOWN)
        commit.len = AZ_COMMIT_SHOWN;
    return az_arena_printf(
        run->arena, ", commit %s (%s)", az_str_quote(run->arena, commit),
        run->commit_source == NULL ? "held against none" : run->commit_source);
}

/* The value of ROW with as many digits as can be read. */
static const char *
show_value(struct az_arena *arena, const struct az_node *row, const char *key)
{
    static const char *const limit_keys[] = { "threshold_warn",
                                              "threshold_hard" };
    struct az_decimal value, limits[2];
    size_t count = 0;
    bool rounded;

    if (strcmp(key, "value") != 0 ||
        !az_decimal_of(arena, az_node_get(row, key), &value))
        return NULL;
    for (size_t i = 0; i < 2; i++)
        count += az_decimal_of(arena, az_node_get(row, limit_keys[i]),
                               &limits[count]);
    value = az_row_round(arena, value, limits, count, &rounded);
    return rounded ? az_decimal_print(arena, value).p : NULL;
}

static const char *
closing_line(const struct az_gate_run *run, const struct az_gate_result *result)
{
    struct az_arena *arena = run->arena;

    return az_arena_printf(
        arena,
        "%s%s: %zu of %s judged; %zu pass, %zu warn, %zu fail, %zu skipped%s",
        result->profile.len == 0
            ? "no profile"
            : az_arena_printf(arena, "profile %s",
                              az_str_quote(arena, result->profile)),
        spell_commit(run, result), result->judged,
        az_str_counted(arena, result->count, "row"), result->counts.pass,
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
    case AZ_CONSTITUENT_RULES:
    case AZ_CONSTITUENT_MEASUREMENTS:
        return part->told && part->verdict > AZ_WARN;
    case AZ_CONSTITUENT_BUDGETS: /* the table and the last line are */
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

/* Has RESULT know the file PATH, which may be NULL, as one of PART. */
static void
add_file(const struct az_gate_run *run, struct az_constituent_file *files,
         size_t *count, const char *path, enum az_constituent_id part)
{
    const size_t *number =
        path == NULL
            ? NULL
            : az_map_get(&run->set.files, az_file_identity(run->arena, path));

    if (number != NULL)
        files[(*count)++] =
            (struct az_constituent_file){ run->set.entries[*number].name,
                                          part };
}

/* Tells RESULT what findings call the files of its parts. */
static void
note_files(const struct az_gate_run *run, struct az_gate_result *result)
{
    const struct az_gate_options *chosen = run->chosen;
    const struct az_list *measured = &chosen->measurements;
    const struct az_list *waivers = &chosen->grading.waivers;
    struct az_constituent_file *files = az_arena_array(
        run->arena, measured->count + waivers->count + 2, sizeof *files);
    size_t count = 0;

    for (size_t i = 0; i < measured->count; i++)
        add_file(run, files, &count, measured->items[i],
                 AZ_CONSTITUENT_MEASUREMENTS);
    for (size_t i = 0; i < waivers->count; i++)
        add_file(run, files, &count, waivers->items[i], AZ_CONSTITUENT_WAIVERS);
    add_file(run, files, &count, chosen->baseline, AZ_CONSTITUENT_BASELINE);
    add_file(run, files, &count, chosen->current, AZ_CONSTITUENT_BASELINE);
    result->files = files;
    result->file_count = count;
}

/* What became of the waivers, unless they were not looked at. */
static void
count_waivers(struct az_gate_run *run, struct az_gate_result *result)
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

/* The last word on each part. */
static void
close_constituents(struct az_gate_run *run, struct az_gate_result *result,
                   struct az_report *report)
{
    struct az_buf lines;

    note_files(run, result);
    count_waivers(run, result);
    az_sink_sort(run->sink); /* what stands there twice is one */
    az_gate_run_close_history(run, result, report);
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
write_report(struct az_gate_run *run, const struct az_document *budgets,
             const struct az_report *report,
             const struct az_gate_result *result)
{
    const char *root = run->project.root;
    const struct az_report_style plain = { false, false };
    struct az_buf buf;
    bool written;

    az_buf_init(&buf, run->arena);
    az_report_format_find(AZ_STR("json"))->write(&buf, report, plain);
    written = az_policy_output_write(&run->set, root, budgets, "report_path",
                                     az_buf_str(&buf));
    written &= az_policy_output_write(
        &run->set, root, budgets, "event_log_path",
        az_gate_events(run->arena, result, report->generated_at));
    return written;
}

bool
az_gate_run_write_artifacts(struct az_gate_run *run,
                            const struct az_report *report,
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
write_summary(struct az_gate_run *run, const struct az_document *document,
              struct az_node summary)
{
    struct az_buf buf;

    az_buf_init(&buf, run->arena);
    az_report_print_node(&buf, &summary);
    return az_policy_output_write(&run->set, run->project.root, document,
                                  "summary_path", az_buf_str(&buf));
}

static bool
write_summaries(struct az_gate_run *run)
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

enum az_exit
az_gate_run_report(struct az_gate_run *run, struct az_gate_result *result)
{
    struct az_report report = {
        .command = "gate",
        .columns = columns,
        .show = show_value,
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
    if (!az_gate_run_write_artifacts(run, &report, result) ||
        !write_summaries(run))
        return AZ_EXIT_INTERNAL;
    return status;
}
