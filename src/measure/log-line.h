/* Inside the log reader: one line, read as any JSON is.
   SPDX-License-Identifier: MIT

   Not for other rooms: those use measure/log.h. */

#ifndef AZ_MEASURE_LOG_LINE_H
#define AZ_MEASURE_LOG_LINE_H

#include "core/decimal.h"
#include "core/diag.h"
#include "core/node.h"
#include "measure/log.h"
#include "measure/unit.h"

/* Why a line cannot be used, the worst of all reasons. */
enum log_fault {
    LOG_SOUND,  /* it can */
    LOG_FAILED, /* it is a sample that was not taken well */
    LOG_BAD,    /* it is malformed input */
};

/* What a field is to the reader. */
enum log_role {
    LOG_TEXT, /* one of az_log_texts: same text, same context */
    LOG_SEED,
    LOG_VALUE,
    LOG_STATUS,
    LOG_ARTIFACTS,
    LOG_TIME,
    LOG_OTHER, /* one that only the policy asks for */
};

struct log_field {
    const char *name;
    enum log_role role;
    enum az_log_text text; /* of a LOG_TEXT */
    bool required;
};

/* What a line says.  Texts that it lacks are empty. */
struct log_line {
    struct az_str texts[AZ_LOG_TEXT_COUNT];
    int64_t seed;
    const struct az_node *root; /* its object; NULL: there is none to look at */
    const struct az_unit *unit;
    struct az_str time; /* empty: it tells none */
    int64_t mantissa;   /* the value in base units is MANTISSA x 10^EXPONENT */
    int exponent;
};

/* The field called NAME that all logs may have, or NULL. */
const struct log_field *az_log_field_find(struct az_str name);

/* Reads SOURCE, one line without its end, in ARENA.  All that is wrong with it
   goes to SINK.  Of a bad line RET has what could be told: the metric where it
   is not empty, and nothing else that may be relied on. */
enum log_fault az_log_line_read(struct az_arena *arena, struct az_sink *sink,
                                const struct az_log_options *options,
                                const struct az_source *source,
                                struct log_line *ret);

#endif
