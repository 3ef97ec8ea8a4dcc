/* The history of a gate, where it is kept.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_LEDGER_H
#define AZ_CLI_LEDGER_H

#include "cli/git-notes.h"
#include "core/append.h"
#include "gate/history.h"

/* A history that is open: no other run of the gate appends to it. */
struct az_ledger {
    struct az_arena *arena;
    struct az_sink *sink;
    const char *name; /* as the user wrote it */
    bool git;         /* it is in notes; FILE is there for its lock only */
    struct az_append file;
    struct az_git_notes notes;
    struct az_history history;
    bool open;
};

/* Whether NAME is that of a file, and not git:REF. */
bool az_ledger_is_file(const char *name);

/* Opens the history NAME, a file or git:REF, waits for its lock and reads it.
   A history to be read (AZ_APPEND_READ, AZ_APPEND_WRITE) must be there with a
   record in it, one to be made (AZ_APPEND_CREATE) must not.  False after
   findings; then nothing is open. */
bool az_ledger_open(struct az_arena *arena, struct az_sink *sink,
                    const char *name, enum az_append_mode mode,
                    struct az_ledger *ret);

/* Whether the history has had the head HEAD, in the form that its own head has.
   False after a finding. */
bool az_ledger_check_head(const struct az_ledger *ledger, const char *head);

/* Appends RECORD, which gets what it follows and its hash.  False after a
   finding; then the history is as it was. */
bool az_ledger_append(struct az_ledger *ledger, struct az_record *record);

/* Lets others in. */
void az_ledger_close(struct az_ledger *ledger);

/* {count, head}, for a report. */
struct az_node az_ledger_node(const struct az_ledger *ledger);

#endif
