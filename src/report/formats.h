/* The formats of this room.
   SPDX-License-Identifier: MIT */

#ifndef AZ_REPORT_FORMATS_H
#define AZ_REPORT_FORMATS_H

#include "report/report.h"

/* How many findings a report shows. */
size_t az_report_shown(const struct az_report *report);

/* For people: one line a finding, the source below it, the hint; then the table
   of rows and the closing line. */
void az_report_write_text(struct az_buf *buf, const struct az_report *report,
                          struct az_report_style style);
/* One object, assize-report(5). */
void az_report_write_json(struct az_buf *buf, const struct az_report *report,
                          struct az_report_style style);
/* One line a finding, one a row, and the head as the last one. */
void az_report_write_ndjson(struct az_buf *buf, const struct az_report *report,
                            struct az_report_style style);

#endif
