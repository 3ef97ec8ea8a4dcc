/* Sample logs: what a block of lines says, taken into the log.
   SPDX-License-Identifier: MIT */

#ifndef AZ_MEASURE_LOG_TAKE_H
#define AZ_MEASURE_LOG_TAKE_H

#include "measure/log-scan.h"

/* The taking of one file, block by block. */
struct log_intake {
    struct az_log *log;
    struct az_arena *scratch; /* for one line */
    const char *name;         /* of the file, for messages */
    size_t file;              /* its number, from 1 */
    size_t lines;             /* of the blocks that were taken */
    size_t bad_lines;     /* those with findings: AZ_MAX_LOG_FINDINGS at most */
    size_t looked_at;     /* bad lines that were read again: AZ_MAX_LOG_LOOKS */
    struct az_map told;   /* mistake -> in how many of them, as an integer */
    size_t more_lines;    /* those that are only counted */
    size_t more_failed;   /* of these, samples that were not taken well */
    struct az_diag *more; /* about more_lines; NULL: there are none */
    const struct az_diag *any_metric; /* all metrics of the file are refused */
    struct az_log_metric **metrics;   /* those that the file has */
    size_t metric_count;
    size_t metric_capacity;
};

/* Takes what the lines of BLOCK, the next one of the file, say, in their order:
   samples into their groups, times into their contexts, findings (those of
   az_log_read) into the sink.
   Where the log is exhausted, the rest of the block is left out. */
void az_log_take(struct log_intake *intake, const struct log_block *block);

/* Says what can only be said at the end of the file: how many lines more there
   were to say something about, and which metrics that refuses. */
void az_log_intake_end(struct log_intake *intake);

#endif
