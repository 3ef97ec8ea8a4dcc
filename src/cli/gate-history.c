/* The history of a run of the gate.
   SPDX-License-Identifier: MIT */

#include "cli/gate-run.h"

#include "cli/git.h"
#include "core/arena.h"
#include "core/utf8.h"

/* The branch where there is no git. */
#define NO_BRANCH "main"

void
az_gate_run_note_history(struct az_gate_run *run)
{
    if (run->history != NULL && az_ledger_is_file(run->history))
        az_set_note_input(&run->set, run->history);
}

/* Whether there is a history to judge by; that there is none is a finding if
   the budgets want one. */
static bool
has_history(struct az_gate_run *run)
{
    const struct az_node *required =
        az_node_get(az_node_get(run->budgets->root, "history"), "required");
    struct az_diag *diag;

    if (run->history != NULL || !az_node_is_true(required))
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
is_head(const struct az_gate_run *run)
{
    struct az_str head = az_str_from(run->chosen->history_head);

    return az_ledger_is_file(run->history) ? az_sha256_is_digest(head)
                                           : az_git_is_whole_name(head);
}

/* Whether what the options say about the history can be understood. */
static bool
check_history_options(struct az_gate_run *run)
{
    const struct az_gate_options *chosen = run->chosen;
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

bool
az_gate_run_set_branch(struct az_gate_run *run, struct az_gate_input *input)
{
    const char *branch = run->chosen->branch;

    if (branch == NULL)
        branch =
            az_git_present(run->arena) ? az_git_branch(run->arena) : NO_BRANCH;
    if (branch == NULL || *branch == '\0') {
        az_diag_hint(run->sink,
                     az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "git is on no branch, and branches are "
                                 "kept apart"),
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

void
az_gate_run_open_history(struct az_gate_run *run, struct az_gate_input *input)
{
    enum az_append_mode mode =
        run->chosen->history_init ? AZ_APPEND_CREATE : AZ_APPEND_WRITE;

    if (!check_history_options(run) || !has_history(run) ||
        !az_gate_run_set_branch(run, input) ||
        !az_ledger_open(run->arena, run->sink, run->history, mode,
                        &run->ledger))
        return;
    /* it may be known by another identity than before it was there */
    az_gate_run_note_history(run);
    if (run->chosen->history_head == NULL ||
        az_ledger_check_head(&run->ledger, run->chosen->history_head))
        input->history = &run->ledger.history;
}

/* The verdict without what becomes of the record. */
static enum az_verdict
verdict_so_far(const struct az_gate_run *run,
               const struct az_gate_result *result)
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
add_record(struct az_gate_run *run, const struct az_gate_result *result,
           enum az_verdict verdict)
{
    const char *time = az_cli_time(run->arena, &run->chosen->common);
    struct az_record record =
        az_gate_record(result, run->branch, az_str_from(time), verdict);

    return az_ledger_append(&run->ledger, &record);
}

void
az_gate_run_close_history(struct az_gate_run *run,
                          struct az_gate_result *result,
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
                run->arena, "%s, head %s%s",
                az_str_counted(run->arena, history->count, "record"),
                history->head,
                verdict == AZ_NO_VERDICT ? "; this run adds none" : ""));
    az_ledger_close(ledger);
    report->history = az_ledger_node(ledger);
}
