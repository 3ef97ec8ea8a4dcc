/* What a project and a command line make of findings, for the commands that
   judge documents.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_GRADING_H
#define AZ_CLI_GRADING_H

#include "cli/command.h"
#include "policy/set.h"
#include "policy/severity.h"
#include "policy/waiver.h"

struct az_grading_options {
    struct az_list severities;
    struct az_list waivers;
};

/* The rows of an option table for these; TYPE is the struct of the command's
   options, whose member GRADING they are. */
/* clang-format off */
#define AZ_GRADING_OPTIONS(type)                                               \
    { "severity", 0, AZ_OPTION_LIST, offsetof(type, grading.severities),       \
      "ID=LEVEL", "let findings of ID be error, warning or info" },            \
    { "waivers", 0, AZ_OPTION_LIST, offsetof(type, grading.waivers), "FILE",   \
      "let the waivers of FILE be in force; may be repeated" }
/* clang-format on */

struct az_grading {
    const struct az_project *project; /* NULL: what it says is not good */
    struct az_ids ids;
    bool has_ids;
    struct az_severities severities;
    struct az_waivers waivers; /* after az_grading_apply */
};

void az_grading_init(struct az_grading *grading, struct az_arena *arena);
/* Reads what OPTIONS and PROJECT say, once SET knows its kinds and before it
   has documents.  False after findings: nothing is to be judged by what is not
   understood. */
bool az_grading_read(struct az_grading *grading, struct az_set *set,
                     const struct az_project *project,
                     const struct az_grading_options *options);

/* Applies it to the findings of SET's run, all of which are in its sink, sorts
   them, brings the counts of the entries up to date, and tells REPORT.  Comes
   before anything is said of the outcome.  JUDGED (may be NULL) is asked with
   CONTEXT whether what a waiver is for was judged. */
void az_grading_apply(struct az_grading *grading, struct az_set *set,
                      struct az_report *report, az_waiver_judged_fn *judged,
                      const void *context);

/* "; passes only because 2 errors were re-graded", if that is so; else "". */
const char *az_grading_reason(const struct az_sink *sink,
                              const struct az_counts *counts);

#endif
