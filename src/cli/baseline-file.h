/* The files that 'assize baseline' writes.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_BASELINE_FILE_H
#define AZ_CLI_BASELINE_FILE_H

#include "cli/gate-run.h"
#include "gate/runs.h"

struct az_baseline_file {
    const char *path;
    const char *name;                   /* as the user wrote it */
    const struct az_document *document; /* NULL: there is none yet */
    struct az_runs runs;                /* of the document */
};

/* What a file has when it is written. */
struct az_baseline_content {
    const struct az_node *runs; /* added behind those it has */
    size_t count;
    const struct az_node *aliases; /* of a new file; NULL: none */
    const struct az_node *anchors; /* an array; NULL: those it has */
};

/* Reads the runs of FILE, whose path and name are set, and which is input from
   now on.  Only with MAY_BE_ABSENT it need not be there.  False after findings,
   also of a document that is none of runs. */
bool az_baseline_file_read(struct az_gate_run *run, bool may_be_absent,
                           struct az_baseline_file *file);

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
