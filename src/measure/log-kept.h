/* Inside the log reader: lines that are kept.
   SPDX-License-Identifier: MIT

   Findings need the first line of each context for their places.  Lines of a
   log are much alike, so one is kept as what it differs in from an earlier
   one. */

#ifndef AZ_MEASURE_LOG_KEPT_H
#define AZ_MEASURE_LOG_KEPT_H

#include "core/source.h"
#include "measure/log.h"

/* The edits that make LINE of BASE, at TO, which has room for LIMIT bytes.
   Their size; LIMIT if they are as large or larger. */
size_t az_log_make_edits(struct az_str base, struct az_str line, char *to,
                         size_t limit);
/* Makes at TO the text that EDITS make of BASE. */
void az_log_apply_edits(struct az_str base, struct az_str edits, char *to);

/* LINE, number NUMBER of the file NAME, kept in ARENA: the text is copied, the
   name borrowed.  SHELF, which is all zero at first, has the lines that it may
   be like, all of the same ARENA.  Adds to *SIZE the bytes that it takes. */
const struct az_log_kept *az_log_keep(struct az_arena *arena,
                                      struct az_log_shelf *shelf,
                                      const char *name, unsigned number,
                                      struct az_str line, size_t *size);

/* The line KEPT as a source in ARENA, a part of its file. */
struct az_source *az_log_kept_source(struct az_arena *arena,
                                     const struct az_log_kept *kept);

#endif
