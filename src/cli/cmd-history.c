/* assize history: what the runs of the gate said.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/action.h"
#include "cli/ledger.h"
#include "core/arena.h"
#include "core/build.h"
#include "core/decimal.h"
#include "gate/streak.h"
#include "policy/set.h"

/* Commits whose values are shown: the last ones. */
#define SHOWN 32
/* Digits of a value that is drawn, and places before or behind the point. */
#define DRAWN_DIGITS 64

struct options {
    struct az_common_options common;
};

static const struct az_option options[] = {
    AZ_COMMON_OPTIONS(struct options),
    { NULL, 0, AZ_OPTION_FLAG, 0, NULL, NULL },
};

static const struct az_column columns[] = {
    { "profile", "PROFILE", false },
    { "branch", "BRANCH", false },
    { "metric_id", "METRIC", false },
    { "environment", "ENVIRONMENT", false },
    { "commits", "COMMITS", true },
    { "streak", "STREAK", true },
    { "status", "STATUS", false },
    { "value", "VALUE", true },
    { "unit", "UNIT", false },
    { "trend", "TREND", false },
    { NULL, NULL, false },
};

struct run {
    struct az_arena *arena;
    struct az_sink *sink;
    struct az_set set; /* for what is input */
    struct az_project project;
    struct az_ledger ledger;
    struct az_builder rows;
    struct az_report report;
};

/* The values of some points, and the lowest and highest of them. */
struct span {
    struct az_decimal *values;
    struct az_decimal low, high;
    bool brief; /* so that they can be drawn */
};

static struct span
span_of(struct az_arena *arena, const struct az_point *points, size_t count)
{
    struct span ret = { az_arena_array(arena, count, sizeof(*ret.values)),
                        { .exponent = 0 },
                        { .exponent = 0 },
                        true };
    size_t i;

    for (i = 0; i < count; i++) {
        ret.brief =
            ret.brief &&
            az_decimal_parse(arena, points[i].row->value, &ret.values[i]) &&
            az_decimal_is_short(ret.values[i], DRAWN_DIGITS);
        if (!ret.brief)
            break;
        if (i == 0 || az_decimal_compare(ret.values[i], ret.low) < 0)
            ret.low = ret.values[i];
        if (i == 0 || az_decimal_compare(ret.values[i], ret.high) > 0)
            ret.high = ret.values[i];
    }
    return ret;
}

/* A block for each of the values, by how high it is between the lowest and the
   highest. */
static struct az_str
draw(struct az_arena *arena, const struct az_point *points, size_t count)
{
    static const char *const blocks[] = { "\u2581", "\u2582", "\u2583",
                                          "\u2584", "\u2585", "\u2586",
                                          "\u2587", "\u2588" };
    const size_t top = sizeof(blocks) / sizeof(blocks[0]) - 1;
    struct span span = span_of(arena, points, count);
    struct az_decimal width;
    struct az_buf buf;
    int64_t level;
    size_t i;

    az_buf_init(&buf, arena);
    if (!span.brief)
        return az_buf_str(&buf);
    width = az_decimal_add(arena, span.high, az_decimal_negate(span.low));
    for (i = 0; i < count; i++) {
        level = 0;
        if (az_decimal_sign(width) > 0)
            az_decimal_to_int(
                az_decimal_divide(
                    arena,
                    az_decimal_multiply(
                        arena, az_decimal_from_int(arena, (int64_t)top),
                        az_decimal_add(arena, span.values[i],
                                       az_decimal_negate(span.low))),
                    width, 0),
                &level);
        az_buf_add_c(&buf, blocks[level]);
    }
    return az_buf_str(&buf);
}

/* The last points of TRACK that are in the unit of its last one, SHOWN at most;
 *RET is how many. */
static const struct az_point *
shown_points(const struct az_track *track, size_t *ret)
{
    struct az_str unit = track->points[track->count - 1].row->unit;
    size_t first = track->count - 1;

    while (first > 0 && track->count - first < SHOWN &&
           az_str_eq(track->points[first - 1].row->unit, unit))
        first--;
    *ret = track->count - first;
    return track->points + first;
}

/* [{commit, value, status}] */
static struct az_node
values_node(struct az_arena *arena, const struct az_streaks *streaks,
            const struct az_point *points, size_t count)
{
    struct az_builder list, item;
    size_t i;

    az_builder_init(&list, arena);
    for (i = 0; i < count; i++) {
        az_builder_init(&item, arena);
        az_builder_set(
            &item, "commit",
            az_make_string(streaks->commits.entries[points[i].commit].key));
        az_builder_set(&item, "value", az_make_number(points[i].row->value));
        az_builder_set(
            &item, "status",
            az_make_string_c(az_record_status_name(points[i].row->status)));
        az_builder_add(&list, az_builder_object(&item));
    }
    return az_builder_array(&list);
}

static void
add_row(struct run *run, const struct az_record *record,
        const struct az_streaks *streaks, const struct az_track *track)
{
    const struct az_point *last = &track->points[track->count - 1];
    struct az_str commit = streaks->commits.entries[last->commit].key;
    struct az_streak streak = az_streak_at(
        streaks, track->metric, track->environment, commit, last->row->status);
    size_t count;
    const struct az_point *points = shown_points(track, &count);
    struct az_builder row;

    az_builder_init(&row, run->arena);
    az_builder_set(&row, "profile", az_make_string(record->profile));
    az_builder_set(&row, "branch", az_make_string(record->branch));
    az_builder_set(&row, "metric_id", az_make_string(track->metric));
    az_builder_set(&row, "environment", az_make_string(track->environment));
    az_builder_set_count(&row, "commits", track->count);
    az_builder_set_count(&row, "streak", streak.count);
    az_builder_set(&row, "first",
                   streak.count > 0 ? az_make_string(streak.first)
                                    : az_make_null());
    az_builder_set(&row, "status",
                   az_make_string_c(az_record_status_name(last->row->status)));
    az_builder_set(&row, "value", az_make_number(last->row->value));
    az_builder_set(&row, "unit", az_make_string(last->row->unit));
    az_builder_set(&row, "trend",
                   az_make_string(draw(run->arena, points, count)));
    az_builder_set(&row, "values",
                   values_node(run->arena, streaks, points, count));
    az_builder_add(&run->rows, az_builder_object(&row));
}

/* A profile and a branch. */
struct line {
    const struct az_record *first; /* of their records */
    struct az_streaks streaks;
};

/* The lines that have a commit. */
struct lines {
    struct line **items;
    size_t count;
    size_t capacity;
};

/* The one of RECORD, made if it is new. */
static struct line *
line_of(struct run *run, struct az_map *lines, const struct az_record *record)
{
    struct az_map_entry *entry = az_map_put(
        lines, az_map_pair_key(run->arena, record->profile, record->branch),
        NULL);
    struct line *line;

    if (entry->value != NULL)
        return entry->value;
    line = AZ_NEW(run->arena, struct line);
    line->first = record;
    az_streaks_begin(&line->streaks, run->arena);
    entry->value = line;
    return line;
}

/* Adds RECORD, the one with number I, to its LINE, which is noted in COMMITS if
   it did not have the commit. */
static void
add_record(struct run *run, struct line *line, struct az_map *commits, size_t i)
{
    const struct az_record *record = &run->ledger.history.records[i];
    struct az_map_entry *entry = az_map_put(commits, record->commit, NULL);
    struct lines *lines = entry->value;

    if (lines == NULL)
        entry->value = lines = AZ_NEW(run->arena, struct lines);
    if (az_map_find(&line->streaks.commits, record->commit) == NULL) {
        lines->items = az_arena_grow(run->arena, lines->items, lines->count,
                                     &lines->capacity, sizeof *lines->items);
        lines->items[lines->count++] = line;
    }
    az_streaks_add(&line->streaks, record, i);
}

/* Adds RECORD, the one with number I, to those other LINES of its profile that
   have its commit: what that came to there counts for them. */
static void
add_elsewhere(const struct lines *lines, const struct az_record *record,
              size_t i)
{
    for (size_t k = 0; k < lines->count; k++)
        if (az_str_eq(lines->items[k]->first->profile, record->profile) &&
            !az_str_eq(lines->items[k]->first->branch, record->branch))
            az_streaks_add_elsewhere(&lines->items[k]->streaks, record, i);
}

static void
show_line(struct run *run, struct line *line)
{
    const struct az_map *tracks = &line->streaks.tracks;
    size_t i;

    az_streaks_end(&line->streaks);
    for (i = 0; i < tracks->count; i++)
        add_row(run, line->first, &line->streaks, tracks->entries[i].value);
}

static void
show(void *context)
{
    struct run *run = context;
    const struct az_history *history = &run->ledger.history;
    struct az_map lines, commits;
    size_t i;

    az_map_init(&lines, run->arena);
    az_map_init(&commits, run->arena);
    for (i = 0; i < history->count; i++)
        add_record(run, line_of(run, &lines, &history->records[i]), &commits,
                   i);
    for (i = 0; i < history->count; i++)
        add_elsewhere(az_map_get(&commits, history->records[i].commit),
                      &history->records[i], i);
    for (i = 0; i < lines.count; i++)
        show_line(run, lines.entries[i].value);
    run->report.columns = columns;
}

/* What is done with a history once it has been read, which verifies it. */
static const struct az_action actions[] = {
    { "show", NULL, show },
    { "verify", NULL, NULL },
    { NULL, NULL, NULL },
};

/* The history that the operand or the project names; NULL after a finding. */
static const char *
find_history(struct run *run, const struct az_list *operands)
{
    const char *name =
        operands->count > 1
            ? operands->items[1]
            : az_project_gate_text(&run->project, run->arena, "history");

    if (name == NULL)
        az_diag_hint(
            run->sink,
            az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                        "no history given"),
            "name its file or git:REF, or give gate.history in assize.yaml");
    else if (operands->count <= 1 && az_ledger_is_file(name))
        name = az_project_path(&run->project, run->arena, name);
    return name;
}

static enum az_exit
finish(struct run *run, struct az_common_options *common)
{
    az_cli_spare_inputs(&run->set, common);
    run->report.rows = az_builder_array(&run->rows);
    return az_cli_finish(&run->report, run->sink, common);
}

static enum az_exit
history(struct run *run, const struct az_action *action,
        const struct az_list *operands, struct az_common_options *common)
{
    struct az_ledger *ledger = &run->ledger;
    const char *name;

    if (!az_project_find(run->arena, run->sink, &run->project))
        return finish(run, common);
    az_set_note_project(&run->set, &run->project);
    name = find_history(run, operands);
    if (name == NULL)
        return az_cli_give_up(&run->report, run->sink, common);
    if (az_ledger_is_file(name))
        az_set_note_input(&run->set, name);
    if (!az_ledger_open(run->arena, run->sink, name, AZ_APPEND_READ, ledger))
        return finish(run, common);
    az_ledger_close(ledger);
    if (action->run != NULL)
        action->run(run);
    run->report.counts.pass = ledger->history.count;
    run->report.history = az_ledger_node(ledger);
    run->report.closing = az_arena_printf(
        run->arena, "%s, head %s",
        az_str_counted(run->arena, ledger->history.count, "record"),
        ledger->history.head);
    return finish(run, common);
}

static enum az_exit
run_history(struct az_arena *arena, char **argv)
{
    struct options chosen = { .common = { .help = false } };
    struct az_list operands = { NULL, 0, 0 };
    struct run run = { .arena = arena,
                       .project = { .root = "." },
                       .report = { .command = "history",
                                   .rows = az_make_empty() } };
    const struct az_action *action = NULL;
    struct az_sink sink;
    bool good;

    az_sink_init(&sink, arena);
    run.sink = &sink;
    az_set_init(&run.set, arena, &sink, (struct az_set_override){ NULL, NULL });
    az_builder_init(&run.rows, arena);
    good = az_option_parse(arena, &sink, options, argv, &chosen, &operands);
    if (good && chosen.common.help)
        return az_command_help(arena, &az_command_history);
    if (good)
        action = az_action_find(&sink, &az_command_history, actions, &operands);
    if (operands.count > 2)
        az_sink_add(&sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "'assize history' takes one history, but %s was given too",
                    az_str_quote(arena, az_str_from(operands.items[2])));
    if (action == NULL || operands.count > 2 ||
        !az_cli_check_common(&sink, &chosen.common))
        return az_cli_give_up(&run.report, &sink, &chosen.common);
    return history(&run, action, &operands, &chosen.common);
}

const struct az_command az_command_history = {
    .name = "history",
    .operands = "show|verify [FILE|git:REF]",
    .summary = "show or verify the history of the gate",
    .description =
        "'show' lists for each metric how many commits were judged, how many "
        "in a row were over a\nwarning threshold, and which way its values "
        "go.  'verify' tells how many records there are\nand the hash of the "
        "last.  Both verify each record.  Without FILE, the history of the\n"
        "project (gate.history in assize.yaml).",
    .options = options,
    .run = run_history,
};
