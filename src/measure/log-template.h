/* Inside the log reader: lines that are like an earlier one.
   SPDX-License-Identifier: MIT */

#ifndef AZ_MEASURE_LOG_TEMPLATE_H
#define AZ_MEASURE_LOG_TEMPLATE_H

#include "measure/log-scan.h"

/* Longer lines than this are no templates. */
#define LOG_MAX_TEMPLATE_SIZE 4096

/* A value in a template. */
struct log_slot {
    uint32_t start; /* bytes before it, and before what is behind it */
    uint32_t end;
    enum log_role role;
    enum az_log_text text; /* of a LOG_TEXT */
    uint32_t items;        /* of an array: a line may not have more */
};

/* A sound line without escapes. */
struct log_template {
    const char *text; /* with its newline, and LOG_PADDING behind */
    size_t length;    /* with the newline */
    struct log_slot *slots;
    size_t slot_count;
    struct log_view *view;
    const void *shape;  /* the text between the slots, known by its address */
    struct az_str time; /* that it tells; empty: none */
    int64_t mantissa;   /* of its own value, in base units */
    int exponent;
    bool has_plain; /* that value is written without an exponent and is: */
    int64_t plain_mantissa; /* as written, x 10^-PLAIN_DECIMALS */
    int plain_decimals;
    struct log_template *next; /* the one whose line followed last; or NULL */
};

/* What a line has that its template has not. */
struct log_match {
    bool has_texts;                         /* then: */
    struct az_str texts[AZ_LOG_TEXT_COUNT]; /* p is NULL: as the template */
    bool has_seed;                          /* then: */
    int64_t seed;
    bool has_value;   /* be it the template's; then: */
    int64_t mantissa; /* the value as written is MANTISSA x 10^-DECIMALS */
    int decimals;
    struct az_str time; /* of the line, be it the template's */
};

/* A template of LINE, which is SOURCE read, without a fault; in ARENA, which
   has a copy of the text.  NULL if it cannot be one. */
struct log_template *az_log_template_new(struct az_arena *arena,
                                         const struct az_source *source,
                                         struct log_view *view,
                                         const struct log_line *line);
/* What a line of TEMPLATE's kind is without its values, as one text in ARENA.
 */
struct az_str az_log_template_shape(struct az_arena *arena,
                                    const struct log_template *template);

/* Whether TEXT is surely not blank, as its first byte tells. */
bool az_log_is_visible(struct az_str text);

/* Matches the line at P, in a text that ends at END with a newline and has
   LOG_PADDING behind that.  Returns the next line; NULL if this one has to be
   read as any JSON is.  Where it is not NULL, the line is sound, provided that
   no text in RET is blank, its unit is known, and its value may be one of that
   unit: that is for the caller to see. */
const char *az_log_match(const struct log_template *template, const char *p,
                         const char *end, struct log_match *ret);

#endif
