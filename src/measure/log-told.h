/* Inside the log reader: the earliest and the latest time of a context.
   SPDX-License-Identifier: MIT

   They change while a log is read, and with them the lines that tell them,
   which findings need for their places.  Such a line is kept as what it differs
   in from the context's first. */

#ifndef AZ_MEASURE_LOG_TOLD_H
#define AZ_MEASURE_LOG_TOLD_H

#include "core/source.h"
#include "measure/log.h"

/* Edits of so many bytes, or nearly, are not kept. */
enum { LOG_MAX_TOLD_EDITS = 255 };

/* A line of a file. */
struct log_told_line {
    const char *name; /* of the file */
    unsigned number;
    struct az_str text;
};

/* Has *TOLD, in ARENA, be TIME, which LINE tells and so is no longer than one
   may be, over what it was, which may be NULL.  FIRST is the text of the
   context's first line; of a LINE that differs too much from it, only the
   number is kept. The name is borrowed. */
void az_log_tell(struct az_arena *arena, struct az_log_told **told,
                 struct az_str time, const struct log_told_line *line,
                 struct az_str first);

/* The time of TOLD; empty if that is NULL. */
struct az_str az_log_told_time(const struct az_log_told *told);

/* The line of TOLD as a source in ARENA, a part of its file; with no text if
   only its number was kept.  FIRST as above. */
struct az_source *az_log_told_source(struct az_arena *arena,
                                     const struct az_log_told *told,
                                     struct az_str first);

#endif
