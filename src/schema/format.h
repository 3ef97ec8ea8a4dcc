/* The values of "format" (JSON Schema 2020-12 validation, 7.3).
   SPDX-License-Identifier: MIT */

#ifndef AZ_SCHEMA_FORMAT_H
#define AZ_SCHEMA_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"
#include "schema/keywords.h"

struct az_arena;
struct az_scan;

/* Whether all that is left of SCAN has the format; if not, SCAN has the
   reason. */
typedef bool az_format_fn(struct az_scan *scan);

struct az_schema_format {
    const char *name;
    enum az_draft since; /* and in all later ones */
    az_format_fn *check;
    const char *what;    /* such a text, with its article */
    const char *example; /* one */
};

/* The format called NAME in DRAFT, or NULL. */
const struct az_schema_format *az_schema_format_find(struct az_str name,
                                                     enum az_draft draft);
/* The name in DRAFT nearest to NAME, for "did you mean", or NULL. */
const char *az_schema_format_nearest(struct az_str name, enum az_draft draft);

/* Whether TEXT has FORMAT; ARENA is for what the judgement needs.  If not,
   *RET_REASON (may be NULL) is set to why, and where in TEXT: lower case, no
   full stop, in ARENA. */
bool az_schema_format_check(const struct az_schema_format *format,
                            struct az_arena *arena, struct az_str text,
                            const char **ret_reason);

#endif
