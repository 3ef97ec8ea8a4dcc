/* One run of 'assize gate': what its parts share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_GATE_RUN_H
#define AZ_CLI_GATE_RUN_H

#include "cli/command.h"
#include "cli/grading.h"
#include "cli/ledger.h"
#include "gate/gate.h"
#include "measure/log.h"
#include "policy/set.h"

struct az_gate_options {
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

struct az_gate_run {
    struct az_arena *arena;
    struct az_sink *sink;
    struct az_gate_options given;   /* by the command line alone */
    struct az_gate_options *chosen; /* with what assize.yaml adds */
    struct az_project project;
    struct az_set set;
    struct az_grading grading;
    bool values_only;           /* to be kept: no history, no comparison */
    const struct az_runs *kept; /* with these; NULL: none, or not to be kept */
    bool redirected;            /* --output says where reports go */
    const char *commit_source;  /* who says which commit it must be */
    const char *history;        /* where it is, from the working directory */
    struct az_ledger ledger;
    struct az_str branch; /* whose records count in it */
    /* The documents that decide; NULL: there is none, or it cannot be read. */
    const struct az_document *budgets;
    const struct az_document *policy;
    const struct az_document *corpus;
    const struct az_document *baseline;
    const struct az_document *current;
    struct az_log log; /* set where one is named */
};

/* What is read (gate-input.c). */

/* Notes what the command line names as input, which no report is written over,
   also where a mistake keeps it from being read. */
void az_gate_run_note_inputs(struct az_gate_run *run);

/* Finds the project and takes what it says where no option does; false after
   findings.  Where it cannot be read, its text may still tell whose report is
   to be replaced. */
bool az_gate_run_find_project(struct az_gate_run *run,
                              struct az_gate_result *result);

/* Reads FILE, which --OPTION named, or which comes from assize.yaml; a document
   of another kind than KIND is a mistake of whoever named it.  NULL if it
   cannot be read. */
const struct az_document *az_gate_run_add(struct az_gate_run *run,
                                          const char *option, const char *file,
                                          bool from_project, const char *kind);
/* Does that for the budgets that were chosen, if any were. */
void az_gate_run_add_budgets(struct az_gate_run *run);
/* Does that for the corpus and the policy. */
void az_gate_run_add_references(struct az_gate_run *run);

/* What the one readable budgets document says of the baseline to compare with,
   a path below the project's root; or NULL. */
const char *az_gate_run_latest_baseline(struct az_gate_run *run);

/* Reads the documents that the options and the project name, and takes away the
   reports of an earlier run as soon as it is known where they are: a run that
   is killed, or out of memory, must not seem to have made them. */
void az_gate_run_gather(struct az_gate_run *run);

/* Sets the budgets, the policy and the corpus of RUN, which were gathered. */
void az_gate_run_choose(struct az_gate_run *run);

/* How it judges (gate-judge.c). */

/* A run of what CHOSEN says, and a result of nothing yet. */
void az_gate_run_begin(struct az_gate_run *run, struct az_sink *sink,
                       struct az_gate_options *chosen,
                       struct az_gate_result *result);

/* Finds the project, its kinds, severities and waivers.  False after findings:
   nothing is to be judged by what is not understood. */
bool az_gate_run_configure(struct az_gate_run *run,
                           struct az_gate_result *result);

/* Checks the documents that were gathered, and chooses those that decide. */
void az_gate_run_check(struct az_gate_run *run, struct az_gate_result *result);

/* Judges the measurements, if there is what that takes. */
void az_gate_run_judge(struct az_gate_run *run, struct az_gate_result *result);

/* Its history (gate-history.c). */

/* Notes that nothing is to be written over the history but itself. */
void az_gate_run_note_history(struct az_gate_run *run);

/* Sets whose records count, or whose run it is; false after a finding. */
bool az_gate_run_set_branch(struct az_gate_run *run,
                            struct az_gate_input *input);

/* Opens the history, if one is asked for, for as long as the judgement takes,
   and sets what INPUT knows of it.  Where it cannot be had, rows are judged by
   their limits, for whoever reads the report; a finding keeps the run from a
   verdict. */
void az_gate_run_open_history(struct az_gate_run *run,
                              struct az_gate_input *input);

/* Adds the run to the history if it has a verdict, before anybody is told of
   it, and closes the history. */
void az_gate_run_close_history(struct az_gate_run *run,
                               struct az_gate_result *result,
                               struct az_report *report);

/* What is told of it (gate-report.c). */

/* Grades the findings, closes the history, and writes and prints the reports;
   the exit status. */
enum az_exit az_gate_run_report(struct az_gate_run *run,
                                struct az_gate_result *result);

/* Writes REPORT and the events to where the budgets want them; where it is open
   by which budgets is judged, to where any of them do.  With --output the user
   says where reports go, and these are left alone.  False after messages on
   standard error. */
bool az_gate_run_write_artifacts(struct az_gate_run *run,
                                 const struct az_report *report,
                                 const struct az_gate_result *result);

#endif
