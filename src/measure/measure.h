/* Measurements: the entries of budget summaries, checked one by one.
   SPDX-License-Identifier: MIT

   A budget summary ("budget-summary-v1", assize-policy(5)) lists entries of
   twelve fields.  What is judged elsewhere (limits, seeds, commits) is not
   looked at here; what an entry must be by itself is. */

#ifndef AZ_MEASURE_MEASURE_H
#define AZ_MEASURE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/decimal.h"
#include "core/diag.h"
#include "core/node.h"
#include "measure/unit.h"

struct az_sampled;

struct az_measurement {
    const struct az_document *document;
    const struct az_node *entry; /* the object, in the document */
    /* NULL: it is an entry of a summary.  Else it was computed of a sample log,
       the document is over the first line of its samples, and the entry was
       made of what they say, with the places of that line. */
    const struct az_sampled *sampled;
    /* The object that tells commit and provenance for the entry; NULL: the
       entry and its document do. */
    const struct az_node *common;
    const char *list; /* "entries" or "measurements"; NULL: the entry is all */
    size_t index;     /* in that list */
    const char *value_key; /* the field of the value; NULL: "value" */
    struct az_str metric;
    struct az_str profile;
    struct az_str environment;
    struct az_str commit;       /* empty when refused for it */
    const struct az_unit *unit; /* NULL when the unit is unknown */
    struct az_decimal value;    /* in UNIT; set unless refused */
    bool kept; /* in a run: its files were looked at when it was saved */
    /* A finding says why this entry must not be judged. */
    bool refused;
    /* A finding says why nothing can be concluded from it; or NULL. */
    const struct az_diag *unproven;
    const char *reason; /* of that, for its rows */
};

struct az_measurements {
    struct az_measurement *items; /* in the order of the files and entries */
    size_t count;
};

/* Reads COUNT budget summaries.  Fields that are missing, of the wrong type or
   empty are findings (measurement-shape), and so are an unknown unit
   (measurement-unit), a value that the unit cannot have (measurement-value: a
   size is a whole number of bytes above zero, a time above zero, a count whole
   and not negative), an entry of another profile than its file's
   (measurement-contradiction, the first of a file) and a key (metric, profile,
   environment) that came before, in whatever file (measurement-twin; both
   entries are then refused, and the first stands for both).  Entries whose
   metric, profile or environment cannot be told are not among *RET, all others
   are.  No more than the limit of rows are taken; one more is a
   finding. */
void az_measure_read(struct az_arena *arena, struct az_sink *sink,
                     const struct az_document *const *documents, size_t count,
                     struct az_measurements *ret);

/* Whether NODE is a string in which something can be seen (az_utf8_visible). */
bool az_measure_is_text(const struct az_node *node);

/* What is wrong with VALUE, in base units of DIMENSION; NULL if nothing. */
const char *az_measure_value_fault(enum az_dimension dimension,
                                   struct az_decimal value);

/* The value of FIELD in the entry, or NULL. */
const struct az_node *az_measurement_field(const struct az_measurement *m,
                                           const char *field);
/* The place of FIELD; the entry's when it has no such field or FIELD is
   NULL. */
struct az_place az_measurement_place(const struct az_measurement *m,
                                     const char *field);
/* The JSON Pointer to FIELD, or to the entry, as above. */
const char *az_measurement_pointer(struct az_arena *arena,
                                   const struct az_measurement *m,
                                   const char *field);

#endif
