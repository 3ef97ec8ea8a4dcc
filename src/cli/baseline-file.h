/* The files that 'assize baseline' writes.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_BASELINE_FILE_H
#define AZ_CLI_BASELINE_FILE_H

#include "cli/gate-run.h"
#include "core/append.h"
#include "gate/runs.h"

struct az_baseline_file {
    const char *path;
    const char *name;                   /* as the user wrote it */
    const struct az_document *document; /* NULL: there is none yet */
    struct az_runs runs;                /* of the document */
    struct az_append lock;              /* on what is to be written */
    bool locked;
};

/* What a file has when it is written. */
struct az_baseline_content {
    const struct az_node *runs; /* added to those it has, by their time */
    size_t count;
    const struct az_node *aliases; /* of a new file; NULL: none */
    /* arrays; NULL: those it has */
    const struct az_node *anchors;
    const struct az_node *accepted;
};

/* Reads the runs of FILE, whose path and name are set, and which is input from
   now on.  One that is TO_WRITE need not be there, must be no symbolic link,
   and is locked (.FILE.lock beside it) until az_baseline_file_close: who adds
   to it waits.  False after findings, also of a document that is none of runs.
 */
bool az_baseline_file_read(struct az_gate_run *run, bool to_write,
                           struct az_baseline_file *file);

/* Lets others write FILE, if it was locked. */
void az_baseline_file_close(struct az_baseline_file *file);

/* FILE with CONTENT as a document that is not written yet, and its runs; false
   after a finding where it would not be one of its kind. */
bool az_baseline_file_compose(struct az_gate_run *run,
                              const struct az_baseline_file *file,
                              const struct az_baseline_content *content,
                              struct az_runs *ret);

/* Writes the document of RUNS, which was composed, to FILE, whole or not at
   all; false after a finding, also where FILE is not what was read any more. */
bool az_baseline_file_write(struct az_gate_run *run,
                            const struct az_baseline_file *file,
                            const struct az_runs *runs);

#endif
