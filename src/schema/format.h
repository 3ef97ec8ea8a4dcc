/* The values of "format" (JSON Schema 2020-12 validation, 7.3).
   SPDX-License-Identifier: MIT */

#ifndef AZ_SCHEMA_FORMAT_H
#define AZ_SCHEMA_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

struct az_arena;

/* Whether TEXT has the format; ARENA is for what the judgement needs. */
typedef bool az_format_fn(struct az_arena *arena, struct az_str text);

struct az_schema_format {
    const char *name;
    az_format_fn *check;  /* NULL: known, but not judged */
    const char *expected; /* what such a text is, with its article */
};

/* The format called NAME, or NULL. */
const struct az_schema_format *az_schema_format_find(struct az_str name);
/* The name nearest to NAME, for "did you mean", or NULL. */
const char *az_schema_format_nearest(struct az_str name);

/* An IPv6 address (RFC 4291, 2.2), without a zone. */
bool az_schema_format_ipv6(struct az_str text);

#endif
