/* Findings and verdicts as text and JSON.
   SPDX-License-Identifier: MIT

   A report is made in memory and handed to whoever prints it. */

#ifndef AZ_REPORT_REPORT_H
#define AZ_REPORT_REPORT_H

#include <stdbool.h>

#include "core/diag.h"
#include "core/node.h"
#include "core/verdict.h"

/* A column of the table of rows in the text form. */
struct az_column {
    const char *key; /* of the row */
    const char *heading;
    bool right; /* aligned right: numbers */
};

struct az_report {
    const char *version;
    const char *command;
    enum az_verdict verdict;
    enum az_verdict floor;       /* the verdict is no better than that */
    struct az_node constituents; /* array of objects; null without parts */
    struct az_counts counts;
    const struct az_sink *sink; /* sorted */
    size_t max_errors;          /* findings shown; 0: all */
    const char *generated_at;   /* RFC 3339; NULL when no time was set */
    struct az_node rows;        /* array of objects */
    struct az_node annotations; /* array of objects; null when not asked for */
    /* Of the table of rows, up to one whose key is NULL; NULL: no table. */
    const struct az_column *columns;
    /* What the table has for KEY of a row; NULL, the function or what it
       returns: the value as it is. */
    const char *(*show)(struct az_arena *arena, const struct az_node *row,
                        const char *key);
    /* Appends a row's own line in the text form, where that is no table. */
    void (*add_line)(struct az_buf *buf, const struct az_node *row);
    struct az_node waivers; /* array of objects; null when not asked for */
    const struct az_column *waiver_columns; /* as columns */
    struct az_node history;  /* {count, head}; null without a history */
    struct az_node regraded; /* array of objects; null without re-grades */
    const char *remarks;     /* whole lines before the last one, or NULL */
    const char *closing;     /* last line of the text form: what was judged */
};

struct az_report_style {
    bool source; /* show the source line, with a caret below */
    bool color;
};

/* A way to write a report. */
struct az_report_format {
    const char *name;
    void (*write)(struct az_buf *buf, const struct az_report *report,
                  struct az_report_style style);
};

/* The format called NAME, or NULL. */
const struct az_report_format *az_report_format_find(struct az_str name);
/* The names of all formats, comma separated, for a message. */
const char *az_report_format_names(struct az_arena *arena);

/* NODE as JSON text, indented, with a newline at the end. */
void az_report_print_node(struct az_buf *buf, const struct az_node *node);

#endif
