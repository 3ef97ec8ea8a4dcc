/* The whole way of one row: what "gate --explain METRIC" shows.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_EXPLAIN_H
#define AZ_GATE_EXPLAIN_H

#include "gate/gate.h"

/* Has the rows of METRIC explain themselves when they are reported, from the
   next az_gate_report_rows on.  False if RESULT has no row of it. */
bool az_gate_explain(struct az_gate_result *result, struct az_str metric);

/* The way of ROW, in order: an array of objects with step, status, rule,
   reason, file and line, of which all but step and reason may be null.  The
   steps: "measured", "converted", "recorded", "provenance", "found" (what is
   wrong with the measurement), "limit", "decision", "waiver", "result". */
struct az_node az_row_steps(struct az_arena *arena, const struct az_row *row,
                            const struct az_gate_result *result);

#endif
