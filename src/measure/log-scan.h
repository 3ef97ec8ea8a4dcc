/* Inside the log reader: the lines of a block of a log.
   SPDX-License-Identifier: MIT

   Most lines differ from an earlier one in the value alone.  A scanner
   remembers such lines, as templates, and which of them followed which; what
   is not as in a template is read as any JSON is.  A scanner belongs to one
   thread, which scans blocks one after another.

   Not for other rooms: those use measure/log.h. */

#ifndef AZ_MEASURE_LOG_SCAN_H
#define AZ_MEASURE_LOG_SCAN_H

#include "core/limits.h"
#include "measure/log-key.h"
#include "measure/log-line.h"

/* Bytes behind a block's text that may be read, whatever they are. */
#define LOG_PADDING 64

/* A time that lines of one context tell; and the first of these, in its block.
 */
struct log_told {
    struct az_log_time time;
    uint32_t offset; /* of that line, in the block */
    uint32_t line;   /* its number there, from 0 */
};

/* A context as one scanner knows it. */
struct log_view {
    struct az_log_key key; /* texts are those of the scanner */
    const struct az_unit *unit;
    int64_t multiplier; /* value x MULTIPLIER x 10^SHIFT is in base units */
    int shift;
    bool whole;       /* a value must be an integer in base units */
    bool may_be_zero; /* and may be zero */
    struct az_log_context *context; /* once it is known to the log */
    bool untimed;                   /* one of its lines tells no time */
    /* That its lines tell; of those of a block that was taken, the context
       knows, and so the offsets of others are not asked for. */
    struct log_told times[AZ_LOG_SIDE_COUNT];
    size_t block;          /* number of the last that has lines of it */
    struct log_view *next; /* one more with lines there */
};

/* The value of a line, mantissa x 10^exponent in base units. */
struct log_sample {
    struct log_view *view;
    int64_t mantissa;
    int32_t exponent;
    uint32_t offset; /* of its line, in the block */
};

/* A metric that lines of a block were about that cannot be used. */
struct log_bad_metric {
    struct az_str name;
    size_t block; /* the last that has such a line */
};

/* What a block's lines say. */
struct log_block {
    struct az_arena *arena;     /* for what follows */
    const struct az_map *texts; /* that the keys of views number */
    size_t number;              /* in its file, from 1 */
    struct az_str text;         /* whole lines, each with its newline */
    uint64_t done; /* bytes of the file up to its end, packed as it is */
    size_t lines;
    struct log_sample *samples;
    size_t count;
    size_t capacity;
    struct log_view *views;         /* a list of those that have samples */
    uint32_t bad[AZ_MAX_LOG_LOOKS]; /* offsets of the first bad lines */
    size_t bad_count;               /* with those that failed */
    size_t failed_count;
    struct log_bad_metric **bad_metrics;
    size_t bad_metric_count;
    size_t bad_metric_capacity;
    bool any_metric; /* a bad line does not tell which it is about */
};

struct log_template;

struct log_scanner {
    struct az_arena *arena;   /* for what it remembers */
    struct az_arena *scratch; /* for one line */
    const struct az_log_options *options;
    const char *name; /* of the file */
    struct az_map texts;
    struct az_map views;
    struct az_map shapes;    /* what lines are like but for their values */
    struct az_map templates; /* view and shape -> template */
    struct az_map bad_metrics;
    size_t text_size; /* bytes of the texts */
    struct log_template *last;
};

/* A scanner that remembers nothing yet, with arenas of its own, of the kind of
   ARENA.  OPTIONS and NAME, that of the file, are borrowed. */
void az_log_scanner_init(struct log_scanner *scanner, struct az_arena *arena,
                         const struct az_log_options *options,
                         const char *name);
void az_log_scanner_release(struct log_scanner *scanner);

/* Scans BLOCK, whose number, text and arena are set, and whose text has
   LOG_PADDING bytes behind it; what it found in the block before is
   overwritten. */
void az_log_scan(struct log_scanner *scanner, struct log_block *block);

/* Whether SCANNER remembers so many contexts, or so long texts of them, that it
   has to forget them. */
bool az_log_scanner_is_full(const struct log_scanner *scanner);
/* Forgets all views: blocks that point at them must have been taken. */
void az_log_scanner_forget(struct log_scanner *scanner);

#endif
