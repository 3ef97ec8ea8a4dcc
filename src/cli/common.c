/* What the commands have in common: output, time, the end of a run.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/date.h"
#include "core/file.h"
#include "policy/set.h"

enum az_exit
az_cli_print(struct az_str text)
{
    if (fwrite(text.p, 1, text.len, stdout) == text.len && fflush(stdout) == 0)
        return AZ_EXIT_PASS;
    /* who stops reading knows */
    if (errno != EPIPE)
        fprintf(stderr,
                "assize: error: cannot write standard output: %s "
                "[output-failed]\n",
                strerror(errno));
    return AZ_EXIT_INTERNAL;
}

/* With SOURCE, the line that a finding is about, and a caret below. */
static void
print_findings(const struct az_sink *sink, bool source)
{
    struct az_report report = { .sink = sink };
    struct az_buf buf;

    az_buf_init(&buf, sink->arena);
    az_report_format_find(AZ_STR("text"))
        ->write(&buf, &report, (struct az_report_style){ source, false });
    fwrite(buf.p, 1, buf.len, stderr);
}

void
az_cli_print_findings(const struct az_sink *sink)
{
    print_findings(sink, false);
}

/* Seconds since 1970 as RFC 3339; NULL if that has no four-digit year. */
static const char *
spell_time(struct az_arena *arena, long long seconds)
{
    char text[AZ_DATE_TIME_SIZE];

    return az_date_spell(seconds, text) ? az_arena_strdup(arena, text) : NULL;
}

/* SOURCE_DATE_EPOCH as RFC 3339; NULL when it is no such number. */
static const char *
epoch_time(struct az_arena *arena, const char *epoch)
{
    char *end;
    long long seconds;

    errno = 0;
    seconds = strtoll(epoch, &end, 10);
    if (errno != 0 || end == epoch || *end != '\0')
        return NULL;
    return spell_time(arena, seconds);
}

/* Whether --now or SOURCE_DATE_EPOCH sets the time; *RET is NULL if they do
   not, or not to a time. */
static bool
find_time_set(struct az_arena *arena, const struct az_common_options *common,
              const char **ret)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");

    *ret = NULL;
    if (common->now == NULL && epoch == NULL)
        return false;
    if (common->now == NULL)
        *ret = epoch_time(arena, epoch);
    else if (az_date_is_time(az_str_from(common->now)))
        *ret = common->now;
    return true;
}

const char *
az_cli_time(struct az_arena *arena, const struct az_common_options *common)
{
    const char *set;

    return find_time_set(arena, common, &set)
               ? set
               : spell_time(arena, (long long)time(NULL));
}

/* FORMAT=FILE taken apart; false if it is not that. */
static bool
split_output(const char *output, struct az_str *ret_format,
             struct az_str *ret_path)
{
    const char *equals = strchr(output, '=');

    if (equals == NULL || equals[1] == '\0')
        return false;
    *ret_format = (struct az_str){ output, (size_t)(equals - output) };
    *ret_path = az_str_from(equals + 1);
    /* a file called "-" would be a surprise */
    return az_report_format_find(*ret_format) != NULL &&
           !az_str_eq_c(*ret_path, "-");
}

static bool
check_output(struct az_sink *sink, const char *output)
{
    struct az_str format, path;
    struct az_diag *diag;

    if (split_output(output, &format, &path))
        return true;
    diag = az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                       "option '--output' needs FORMAT=FILE, not %s",
                       az_str_quote(sink->arena, az_str_from(output)));
    az_diag_hint(sink, diag, "formats: %s",
                 az_report_format_names(sink->arena));
    return false;
}

/* Two reports in one file are one report lost. */
static bool
check_distinct(struct az_sink *sink, const struct az_list *outputs)
{
    struct az_str format, path;
    struct az_map seen;
    bool good = true, is_new;
    size_t i;

    az_map_init(&seen, sink->arena);
    for (i = 0; i < outputs->count; i++) {
        if (!split_output(outputs->items[i], &format, &path))
            continue;
        az_map_put(&seen, az_file_identity(sink->arena, path.p), &is_new);
        if (is_new)
            continue;
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "option '--output' names the file %s twice",
                    az_str_quote(sink->arena, path));
        good = false;
    }
    return good;
}

bool
az_cli_want_files(struct az_sink *sink)
{
    az_diag_hint(
        sink, az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE, "no files given"),
        "name files, or list the project's documents in " AZ_PROJECT_FILE);
    return false;
}

void
az_cli_spare_inputs(struct az_set *set, struct az_common_options *common)
{
    struct az_list spared = { NULL, 0, 0 };
    struct az_str format, path;
    size_t i;

    for (i = 0; i < common->outputs.count; i++) {
        const char *output = common->outputs.items[i];

        if (!split_output(output, &format, &path) ||
            !az_set_is_input(set, path.p)) {
            az_option_list_add(set->arena, &spared, output);
            continue;
        }
        az_sink_add(set->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "option '--output' names %s, which is read in this run",
                    az_str_quote(set->arena, path));
    }
    common->outputs = spared;
}

void
az_cli_discard_outputs(struct az_set *set,
                       const struct az_common_options *common)
{
    struct az_str format, path;

    for (size_t i = 0; i < common->outputs.count; i++)
        if (split_output(common->outputs.items[i], &format, &path) &&
            !az_set_is_input(set, path.p))
            az_file_discard(path.p);
}

static bool
check_word(struct az_sink *sink, const char *option, const char *value,
           const char *hint)
{
    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                             "option '--%s' does not know %s", option,
                             az_str_quote(sink->arena, az_str_from(value))),
                 "%s", hint);
    return false;
}

bool
az_cli_check_common(struct az_sink *sink, struct az_common_options *common)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    bool good = true;
    size_t i;

    if (common->format == NULL)
        common->format = "text";
    if (common->color == NULL)
        common->color = "auto";
    if (az_report_format_find(az_str_from(common->format)) == NULL)
        good = check_word(sink, "format", common->format,
                          az_arena_printf(sink->arena, "one of: %s",
                                          az_report_format_names(sink->arena)));
    if (strcmp(common->color, "auto") != 0 &&
        strcmp(common->color, "always") != 0 &&
        strcmp(common->color, "never") != 0)
        good = check_word(sink, "color", common->color,
                          "one of: auto, always, never");
    if (common->now != NULL && !az_date_is_time(az_str_from(common->now)))
        good = check_word(sink, "now", common->now,
                          "write a time of UTC such as 2026-02-28T06:53:00Z");
    if (common->now == NULL && epoch != NULL &&
        epoch_time(sink->arena, epoch) == NULL) {
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "SOURCE_DATE_EPOCH is not a number of seconds: %s",
                    az_str_quote(sink->arena, az_str_from(epoch)));
        good = false;
    }
    if (common->warn_exit > 125) {
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "option '--warn-exit' needs a status up to 125");
        good = false;
    }
    for (i = 0; i < common->outputs.count; i++)
        good &= check_output(sink, common->outputs.items[i]);
    good &= check_distinct(sink, &common->outputs);
    return good;
}

static struct az_report_style
style_for_stdout(const struct az_common_options *common)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    bool always = strcmp(common->color, "always") == 0;
    bool terminal =
        strcmp(common->color, "auto") == 0 && isatty(STDOUT_FILENO) == 1;
    bool plain = (no_color != NULL && *no_color != '\0') ||
                 (term != NULL && strcmp(term, "dumb") == 0);

    return (struct az_report_style){ .source = always || terminal,
                                     .color = always || (terminal && !plain) };
}

static enum az_exit
exit_of(enum az_verdict verdict, const struct az_sink *sink,
        const struct az_common_options *common)
{
    enum az_class class = az_sink_class(sink);

    if (verdict == AZ_NO_VERDICT && class == AZ_CLASS_JUDGED)
        return AZ_EXIT_NO_VERDICT;
    if (class != AZ_CLASS_NONE)
        return (enum az_exit) class;
    switch (verdict) {
    case AZ_PASS:
        return AZ_EXIT_PASS;
    case AZ_WARN:
        return (enum az_exit)common->warn_exit;
    case AZ_FAIL:
        return AZ_EXIT_FAIL;
    default:
        return AZ_EXIT_NO_VERDICT;
    }
}

/* Writes the files of --output. A file that cannot be written is a finding on
   standard error, and the exit status of the run. */
static bool
write_outputs(const struct az_report *report,
              const struct az_common_options *common)
{
    struct az_arena *arena = report->sink->arena;
    bool written = true;
    size_t i;

    for (i = 0; i < common->outputs.count; i++) {
        struct az_str name, path;
        struct az_sink problems;
        struct az_buf buf;

        if (!split_output(common->outputs.items[i], &name, &path))
            continue;
        az_sink_init(&problems, arena);
        az_buf_init(&buf, arena);
        az_report_format_find(name)->write(
            &buf, report, (struct az_report_style){ false, false });
        if (!az_file_write(arena, &problems, path.p, az_buf_str(&buf))) {
            az_cli_print_findings(&problems);
            written = false;
        }
    }
    return written;
}

void
az_cli_complete(struct az_report *report, struct az_sink *sink,
                const struct az_common_options *common)
{
    az_sink_sort(sink);
    report->version = PACKAGE_VERSION;
    report->sink = sink;
    report->max_errors = common->max_errors;
    find_time_set(sink->arena, common, &report->generated_at);
    report->verdict = az_verdict_of(sink, &report->counts);
    if (report->floor > report->verdict)
        report->verdict = report->floor;
}

enum az_exit
az_cli_finish(struct az_report *report, struct az_sink *sink,
              const struct az_common_options *common)
{
    struct az_buf buf;
    enum az_exit status;

    az_cli_complete(report, sink, common);
    status = exit_of(report->verdict, sink, common);
    az_buf_init(&buf, sink->arena);
    az_report_format_find(az_str_from(common->format))
        ->write(&buf, report, style_for_stdout(common));
    if (az_cli_print(az_buf_str(&buf)) != AZ_EXIT_PASS)
        status = AZ_EXIT_INTERNAL;
    if (!write_outputs(report, common))
        status = AZ_EXIT_INTERNAL;
    return status;
}

enum az_exit
az_cli_give_up(struct az_report *report, struct az_sink *sink,
               const struct az_common_options *common)
{
    report->rows = az_make_empty();
    az_cli_complete(report, sink, common);
    print_findings(sink, true);
    return write_outputs(report, common) ? AZ_EXIT_USAGE : AZ_EXIT_INTERNAL;
}

enum az_exit
az_cli_refuse(const char *command, struct az_set *set,
              struct az_common_options *common)
{
    struct az_project project;
    struct az_sink unheard;

    az_sink_init(&unheard, set->arena);
    az_project_find(set->arena, &unheard, &project);
    az_set_note_project(set, &project);
    az_cli_spare_inputs(set, common);
    return az_cli_give_up(&(struct az_report){ .command = command }, set->sink,
                          common);
}
