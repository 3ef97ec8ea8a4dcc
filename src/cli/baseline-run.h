/* One run of 'assize baseline': what its parts share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_BASELINE_RUN_H
#define AZ_CLI_BASELINE_RUN_H

#include "cli/baseline-file.h"
#include "cli/gate-run.h"
#include "core/build.h"

/* The gate's come first: one table of options is of both. */
struct az_baseline_options {
    struct az_gate_options gate;
    unsigned pair;
    bool init;
};

struct az_baseline_run {
    struct az_gate_run gate;
    struct az_gate_result result;
    const struct az_baseline_options *chosen;
    struct az_baseline_file file; /* the operand */
    struct az_report report;
};

/* Adds the values that the gate's inputs have to the file. */
void az_baseline_save(void *run);
/* Has the report list the metrics of the file. */
void az_baseline_show(void *run);
/* Adds the runs of the file to the baseline. */
void az_baseline_promote(void *run);

#endif
