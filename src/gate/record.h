/* Records of a gate's history: a line each.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_RECORD_H
#define AZ_GATE_RECORD_H

#include "core/node.h"
#include "gate/history.h"

/* The reading of the records of one text, line by line. */
struct az_record_reader {
    struct az_arena *arena;   /* where records live */
    struct az_arena *scratch; /* where the tree of a line does */
    struct az_sink *sink;
    const struct az_source *source;
    struct az_str line; /* the one that is looked at, without its newline */
    const struct az_node *root; /* of that line, once it is read */
};

/* Reads the line; its hash is that of what it says.  False after a finding
   (history-broken, history-limit). */
bool az_record_read(struct az_record_reader *reader, struct az_record *ret);

/* Whether the line, behind which no other begins, is a record under way: what
   is whole and wrong was not torn off. */
bool az_record_is_torn(struct az_record_reader *reader);

/* Says (history-broken) that the line, which was read, is no sound record for
   the reason MESSAGE, at KEY of it.  Returns false. */
bool az_record_refuse(struct az_record_reader *reader, const char *key,
                      const char *message);

/* Bytes of the text before the line. */
size_t az_record_offset(const struct az_record_reader *reader);
/* The place of SPAN, bytes of the line. */
struct az_place az_record_place(const struct az_record_reader *reader,
                                struct az_span span);

#endif
