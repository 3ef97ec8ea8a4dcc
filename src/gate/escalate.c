/* The history's say in a gate.
   SPDX-License-Identifier: MIT */

#include "gate/session.h"

#include "core/arena.h"
#include "core/ascii.h"
#include "gate/commit-runs.h"

/* The fewest digits that are taken for a name that git gave. */
#define GIT_DIGITS 7

/* The commit under the longest name it was given; git's digits in small
   letters. */
static struct az_str
known_commit(struct az_gate *gate)
{
    struct az_str expected = az_str_from(gate->input->commit);
    struct az_str commit = gate->result->commit;
    bool hex = true;
    struct az_buf name;
    size_t i;

    /* it is none where measurements disagree */
    if (commit.len > 0 && expected.len > commit.len)
        commit = expected;
    for (i = 0; i < commit.len; i++)
        hex = hex && az_hex_value(commit.p[i]) >= 0;
    if (!hex || commit.len < GIT_DIGITS)
        return commit;
    az_buf_init(&name, gate->arena);
    for (i = 0; i < commit.len; i++)
        az_buf_add_char(&name, (char)az_to_lower(commit.p[i]));
    return az_buf_str(&name);
}

/* The name under which the history knows COMMIT, if it does: a rerun under a
   shorter name is none of another commit. */
static struct az_str
name_in_history(const struct az_history *history, struct az_str commit)
{
    for (size_t i = 0; i < history->count; i++)
        if (az_gate_is_same_commit(history->records[i].commit, commit))
            return history->records[i].commit;
    return commit;
}

/* COMMIT for a message, cut and fit for a terminal. */
static const char *
shown_commit(struct az_gate *gate, struct az_str commit)
{
    struct az_buf shown;

    if (commit.len > AZ_COMMIT_SHOWN)
        commit.len = AZ_COMMIT_SHOWN;
    az_buf_init(&shown, gate->arena);
    az_buf_add_escaped(&shown, commit, 0);
    return shown.p;
}

/* "second", ... */
static const char *
ordinal(struct az_gate *gate, size_t number)
{
    static const char *const words[] = { "",       "first", "second", "third",
                                         "fourth", "fifth", "sixth",  "seventh",
                                         "eighth", "ninth", "tenth" };
    static const char *const suffixes[] = { "th", "st", "nd", "rd" };
    size_t digit = number % 10;

    if (number < sizeof(words) / sizeof(words[0]))
        return words[number];
    return az_arena_printf(
        gate->arena, "%zu%s", number,
        suffixes[number / 10 % 10 != 1 && digit < 4 ? digit : 0]);
}

static const char *
side_of(const struct az_row *row)
{
    return row->budget->higher_is_better ? "below" : "over";
}

/* A finding about ROW's value, or about its budget where it has none. */
static struct az_diag *
find_fault(struct az_gate *gate, const struct az_row *row, enum az_diag_id id,
           bool warning, const char *what)
{
    struct az_arena *arena = gate->arena;
    struct az_place place =
        row->measured != NULL
            ? az_measurement_place(row->measured, "value")
            : az_document_place(gate->budgets.document, row->budget->row);
    const char *where =
        row->environment.len > 0
            ? az_arena_printf(arena, ", %s",
                              az_str_quote(arena, row->environment))
            : "";
    struct az_diag *diag = az_sink_add_as(
        gate->sink, id, warning ? AZ_WARNING : AZ_ERROR, place,
        "%s: %s (profile %s%s)", az_str_quote(arena, row->budget->metric), what,
        az_str_quote(arena, gate->input->profile), where);

    az_gate_blame_value(gate, row, diag);
    return diag;
}

/* Lets DIAG about ROW be waived only for the worst value of its commit, too:
   that of ROW, or of the runs of EXTENT. */
static void
blame_worst(struct az_gate *gate, const struct az_row *row,
            const struct az_commit_extent *extent, struct az_diag *diag)
{
    bool higher = row->budget->higher_is_better;
    struct az_decimal value = higher ? extent->least : extent->most, own;

    if (row->has_value && extent->unit != NULL &&
        extent->unit->dimension == row->unit->dimension) {
        own = az_unit_to_base(gate->arena, row->unit,
                              az_row_kept(gate->arena, row));
        if (az_decimal_compare(own, value) * (higher ? -1 : 1) > 0)
            value = own;
    }
    az_gate_blame_worst(gate, row, diag, value, extent->unit);
}

/* WORST, of other runs of the commit, counts: that of ROW is better, or it has
   no value. */
static void
take_worst(struct az_gate *gate, struct az_row *row,
           enum az_record_status worst)
{
    bool warn = worst == AZ_RECORD_WARN;
    const char *what = az_arena_printf(
        gate->arena, "another run of this commit was %s the %s", side_of(row),
        warn                       ? "warning threshold"
        : row->budget->operational ? "hard threshold"
                                   : "limit");
    struct az_diag *diag =
        find_fault(gate, row, AZ_DIAG_BUDGET_WORST_RUN, warn, what);

    diag->like = warn ? AZ_DIAG_BUDGET_WARN : AZ_DIAG_BUDGET_EXCEEDED;
    az_diag_hint(gate->sink, diag,
                 "a commit counts with its worst run; mend it in another");
    az_row_decide(gate->arena, row,
                  (struct az_decision){
                      .status = warn ? AZ_ROW_WARN : AZ_ROW_FAIL,
                      .rule = AZ_STR("worst_run"),
                      .reason = what,
                      .place = AZ_NOWHERE,
                      .finding = diag,
                  });
}

/* The commit is one too many in a row, by what NODE says. */
static void
fail_streak(struct az_gate *gate, struct az_row *row,
            const struct az_streak *streak, const struct az_node *node)
{
    struct az_place place = az_document_place(gate->budgets.document, node);
    const char *what =
        streak->count == 1
            ? az_arena_printf(gate->arena, "a commit %s the warning threshold",
                              side_of(row))
            : az_arena_printf(
                  gate->arena,
                  "%s commit in a row %s the warning threshold; the first "
                  "was %s",
                  ordinal(gate, streak->count), side_of(row),
                  shown_commit(gate, streak->first));
    struct az_diag *diag =
        find_fault(gate, row, AZ_DIAG_BUDGET_ESCALATED, false, what);

    az_diag_relate(gate->sink, diag, place, "how many may be");
    az_row_decide(gate->arena, row,
                  (struct az_decision){
                      .status = AZ_ROW_FAIL,
                      .rule = AZ_STR("consecutive_warn_escalation"),
                      .reason = what,
                      .place = place,
                      .finding = diag,
                  });
}

/* Has ROW, over a threshold in as many commits in a row as its budget lets
   fail, fail; STATUS is what its commit comes to. */
static void
count_streak(struct az_gate *gate, const struct az_streaks *streaks,
             enum az_record_status status, struct az_row *row)
{
    const struct az_node *node =
        az_node_get(row->budget->row, "consecutive_warn_escalation");
    struct az_row_streak *counted;
    int64_t limit;

    if (!az_node_int(gate->arena, node, &limit) || limit < 1)
        return;
    counted = AZ_NEW(gate->arena, struct az_row_streak);
    counted->limit = (size_t)limit;
    counted->streak =
        az_streak_at(streaks, row->budget->metric, row->environment,
                     gate->result->known_commit, status);
    row->streak = counted;
    if (counted->streak.count >= counted->limit &&
        az_row_status(row) < AZ_ROW_FAIL)
        fail_streak(gate, row, &counted->streak, node);
}

/* Lets all that was found about the value of ROW be waived only for the worst
   of EXTENT, of the runs of its commit, too. */
static void
blame_all_worst(struct az_gate *gate, const struct az_row *row,
                const struct az_commit_extent *extent)
{
    for (size_t i = 0; i < row->decision_count; i++) {
        /* It is in the gate's own sink, which may be written: const is for
           who shows the row. */
        struct az_diag *diag =
            (struct az_diag *)(uintptr_t)row->decisions[i].finding;

        if (diag != NULL)
            blame_worst(gate, row, extent, diag);
    }
}

/* What the history says of ROW, which was judged, or was skipped: what failed
   is not left away until the commit passes.  What a run passed with, be it by
   waivers, may be left away. */
static void
escalate(struct az_gate *gate, const struct az_streaks *streaks,
         struct az_row *row)
{
    struct az_commit_rows rows = az_commit_runs_find(
        gate->commit_runs, row->budget->metric, row->environment);
    struct az_commit_extent extent = az_commit_rows_extent(
        gate->arena,
        row->has_value ? rows : az_commit_rows_failed(gate->arena, rows));
    enum az_record_status status = az_row_record_status(row);

    if (extent.worst >= AZ_RECORD_WARN && extent.worst > status) {
        take_worst(gate, row, extent.worst);
        status = extent.worst;
    }
    if (status >= AZ_RECORD_PASS)
        count_streak(gate, streaks, status, row);
    if (row->has_value && extent.worst >= AZ_RECORD_PASS)
        blame_all_worst(gate, row, &extent);
}

/* Adds a row for what ROWS, of a metric in an environment, are of, which this
   run does not measure, if a budget has a limit for it. */
static void
add_left_out(struct az_gate *gate, const struct az_commit_rows *rows)
{
    const struct az_budget *budget =
        az_map_get(&gate->budgets.metrics, rows->items[0].row->metric);
    struct az_row row;

    if (budget == NULL || budget->hard.node == NULL)
        return;
    row = az_gate_row(budget, NULL);
    row.environment = rows->items[0].row->environment;
    az_row_decide(
        gate->arena, &row,
        (struct az_decision){
            .status = AZ_ROW_SKIP,
            .rule = AZ_STR("when_missing"),
            .reason = "not measured in this run",
            .place = az_document_place(gate->budgets.document, budget->row),
        });
    row.by_limits = AZ_ROW_SKIP;
    az_gate_add_row(gate, &row);
}

/* Adds rows for what other runs of the commit were over a threshold with, and
   this one has no row of: only part of the environments was measured. */
static void
add_all_left_out(struct az_gate *gate)
{
    const struct az_gate_result *result = gate->result;
    const struct az_map *runs = &gate->commit_runs->rows;
    struct az_map present;

    az_map_init(&present, gate->arena);
    for (size_t i = 0; i < result->count; i++)
        if (!result->items[i].benchmark)
            az_map_put(&present,
                       az_map_pair_key(gate->arena,
                                       result->items[i].budget->metric,
                                       result->items[i].environment),
                       NULL);
    for (size_t i = 0; i < runs->count; i++) {
        const struct az_commit_rows *rows = runs->entries[i].value;

        if (az_map_find(&present, runs->entries[i].key) == NULL &&
            az_commit_rows_extent(gate->arena,
                                  az_commit_rows_failed(gate->arena, *rows))
                    .worst >= AZ_RECORD_WARN)
            add_left_out(gate, rows);
    }
}

void
az_gate_escalate(struct az_gate *gate)
{
    struct az_gate_result *result = gate->result;
    const struct az_history *history = gate->input->history;
    struct az_streaks streaks;
    struct az_commit_runs *runs;
    size_t i;

    for (i = 0; i < result->count; i++)
        result->items[i].by_limits = az_row_status(&result->items[i]);
    result->known_commit = known_commit(gate);
    if (history == NULL || result->known_commit.len == 0)
        return;
    result->known_commit = name_in_history(history, result->known_commit);
    az_streaks_init(&streaks, gate->arena, history, result->profile,
                    gate->input->branch);
    gate->commit_runs = runs = AZ_NEW(gate->arena, struct az_commit_runs);
    az_commit_runs_init(runs, gate->arena, history, result->profile,
                        result->known_commit);
    add_all_left_out(gate);
    for (i = 0; i < result->count; i++) {
        struct az_row *row = &result->items[i];
        bool judged = row->has_value && row->by_limits != AZ_ROW_NO_VERDICT;

        if (!row->benchmark && (judged || row->by_limits == AZ_ROW_SKIP))
            escalate(gate, &streaks, row);
    }
}
