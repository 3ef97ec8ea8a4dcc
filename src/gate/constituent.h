/* Constituents: the parts that the verdict of a gate is put together from.
   SPDX-License-Identifier: MIT

   A part that was asked for counts from then on: until somebody says how it
   came out, there is no verdict.  What is said of it can only become worse. */

#ifndef AZ_GATE_CONSTITUENT_H
#define AZ_GATE_CONSTITUENT_H

#include <stdbool.h>

#include "core/diag.h"
#include "core/node.h"
#include "core/verdict.h"

enum az_constituent_id {
    AZ_CONSTITUENT_DOCUMENTS, /* that they can be read, and their shape */
    AZ_CONSTITUENT_RULES,
    AZ_CONSTITUENT_MEASUREMENTS,
    AZ_CONSTITUENT_BUDGETS,
    AZ_CONSTITUENT_HISTORY,
    AZ_CONSTITUENT_BASELINE,
    AZ_CONSTITUENT_WAIVERS,
    AZ_CONSTITUENT_COUNT,
};

struct az_constituent {
    bool asked;
    bool told; /* somebody said how it came out */
    enum az_verdict verdict;
    const char *reason; /* one line, or NULL until it is told */
};

/* A file that a part other than the documents is about. */
struct az_constituent_file {
    const char *name; /* in findings */
    enum az_constituent_id part;
};

struct az_gate_result;

/* Notes that ID is to be judged.  As soon as that is known: whatever keeps it
   from running then leaves the run without a verdict. */
void az_constituent_ask(struct az_gate_result *result,
                        enum az_constituent_id id);
/* Says that ID came out as VERDICT, for REASON: one line, which must live as
   long as RESULT.  Asks for it too.  Of several words the worst stands, the
   first of equal ones. */
void az_constituent_set(struct az_gate_result *result,
                        enum az_constituent_id id, enum az_verdict verdict,
                        const char *reason);

/* Adds to what was said of the parts what the findings of SINK say, and the
   rows of RESULT of the budgets.  That one of RESULT's files cannot be read, or
   has not its shape, is about the documents and about its own part.  After the
   last finding and the last waiver, which is the last word. */
void az_constituents_close(struct az_gate_result *result,
                           const struct az_sink *sink);

/* The worst of the parts that were asked for. */
enum az_verdict az_constituents_verdict(const struct az_gate_result *result);

/* "documents", "history" and so on. */
const char *az_constituent_name(enum az_constituent_id id);
/* "pass", "warn", "fail", "no-verdict", "not-asked" */
const char *az_constituent_word(const struct az_constituent *constituent);
/* All of them, in order, as they are reported: objects of name, verdict and
   reason, which is null for what was not asked for. */
struct az_node az_constituents_node(struct az_arena *arena,
                                    const struct az_gate_result *result);

#endif
