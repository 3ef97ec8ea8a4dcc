/* The verdict of a run, and the count of its rows.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_VERDICT_H
#define AZ_CORE_VERDICT_H

#include <stddef.h>

#include "core/diag.h"

enum az_verdict {
    AZ_PASS,
    AZ_WARN,
    AZ_FAIL,
    AZ_NO_VERDICT, /* nothing was judged, or not on sound evidence */
    AZ_VERDICT_COUNT,
};

/* Rows by status.  A row that failed because its metric was not measured
   counts under FAIL. */
struct az_counts {
    size_t pass;
    size_t warn;
    size_t fail;
    size_t skip;
};

/* Counts a row by what was found since BEFORE, a copy of SINK of the time
   before the row was judged: it fails after an error, warns after a warning. */
void az_counts_add(struct az_counts *counts, const struct az_sink *sink,
                   const struct az_sink *before);

/* "pass", "warn", "fail", "no-verdict" */
const char *az_verdict_name(enum az_verdict verdict);

/* The verdict that the findings in SINK and the rows in COUNTS (NULL for a
   command without rows) amount to: no verdict after an error of class usage,
   input, no-verdict or internal; fail after any other error or with a row that
   fails; warn with a row that warns or an error that was re-graded to a
   warning; else pass.  Other warnings of the sink do not
   count.  That nothing was judged must be in the sink (nothing-judged). */
enum az_verdict az_verdict_of(const struct az_sink *sink,
                              const struct az_counts *counts);

#endif
