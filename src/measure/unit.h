/* Units of measure: a closed table, and exact conversion.
   SPDX-License-Identifier: MIT */

#ifndef AZ_MEASURE_UNIT_H
#define AZ_MEASURE_UNIT_H

#include <stdbool.h>

#include "core/decimal.h"
#include "core/diag.h"
#include "core/str.h"

struct az_arena;

enum az_dimension {
    AZ_DIMENSION_SIZE,       /* base unit: bytes */
    AZ_DIMENSION_TIME,       /* base unit: ns */
    AZ_DIMENSION_PERCENT,    /* base unit: % */
    AZ_DIMENSION_COUNT,      /* base unit: count */
    AZ_DIMENSION_RATIO,      /* base unit: ratio */
    AZ_DIMENSION_EVENT_RATE, /* base unit: ops/s */
    AZ_DIMENSION_DATA_RATE,  /* base unit: bytes/s */
    AZ_DIMENSION_TOTAL,
};

struct az_unit {
    const char *name;
    enum az_dimension dimension;
    const char *factor;  /* base units in one, a JSON number */
    const char *inverse; /* of the factor; NULL when it is no finite decimal */
};

/* The unit that is written NAME (case matters: MB is not mB), or NULL. */
const struct az_unit *az_unit_find(struct az_str name);
/* The unit that NAME may have meant, by its letters or as a word that is usual
   elsewhere ("msec"), or NULL. */
const struct az_unit *az_unit_nearest(struct az_str name);
/* The unit of DIMENSION whose factor is 1. */
const struct az_unit *az_unit_base(enum az_dimension dimension);
/* "size", "time", "rate of data" and so on: what goes after "a". */
const char *az_dimension_name(enum az_dimension dimension);
/* The names of all units by dimension, for a hint: "ns, us (time); ..." */
const char *az_unit_list(struct az_arena *arena);
/* Adds to DIAG, about the unknown unit NAME, what may be meant, or all units.
 */
void az_unit_hint(struct az_sink *sink, struct az_diag *diag,
                  struct az_str name);

/* VALUE in UNIT, in the base unit of its dimension.  Exact, always. */
struct az_decimal az_unit_to_base(struct az_arena *arena,
                                  const struct az_unit *unit,
                                  struct az_decimal value);
/* VALUE in FROM as a value in TO, exact; false, with nothing set, when they
   measure different things or TO is a unit (min) in which other units have no
   finite decimal. */
bool az_unit_convert(struct az_arena *arena, struct az_decimal value,
                     const struct az_unit *from, const struct az_unit *to,
                     struct az_decimal *ret);

#endif
