/* Inside the schema room: places inside string literals.
   SPDX-License-Identifier: MIT */

#ifndef AZ_SCHEMA_PLACE_H
#define AZ_SCHEMA_PLACE_H

#include <stddef.h>

#include "core/source.h"

/* The span of the character that gave byte OFFSET of TEXT, the value of the
   JSON string, or YAML scalar, that stands at SPAN of SOURCE.  One past the end
   is the closing quote.  SPAN itself when that cannot be told (a folded
   scalar). */
struct az_span az_schema_place_in_string(const struct az_source *source,
                                         struct az_span span,
                                         struct az_str text, size_t offset);

#endif
