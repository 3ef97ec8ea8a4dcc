/* The table of report formats.
   SPDX-License-Identifier: MIT */

#include "report/report.h"

#include <stddef.h>

#include "report/formats.h"

static const struct az_report_format formats[] = {
    { "text", az_report_write_text },
    { "json", az_report_write_json },
    { "ndjson", az_report_write_ndjson },
};

#define FORMAT_COUNT (sizeof(formats) / sizeof(formats[0]))

size_t
az_report_shown(const struct az_report *report)
{
    size_t kept = report->sink->count;

    return report->max_errors == 0 || report->max_errors > kept
               ? kept
               : report->max_errors;
}

const struct az_report_format *
az_report_format_find(struct az_str name)
{
    size_t i;

    for (i = 0; i < FORMAT_COUNT; i++)
        if (az_str_eq_c(name, formats[i].name))
            return &formats[i];
    return NULL;
}

const char *
az_report_format_names(struct az_arena *arena)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    for (i = 0; i < FORMAT_COUNT; i++)
        az_buf_addf(&buf, "%s%s", i == 0 ? "" : ", ", formats[i].name);
    return buf.p;
}
