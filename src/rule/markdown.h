/* Tables of Markdown pages as documents.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_MARKDOWN_H
#define AZ_RULE_MARKDOWN_H

#include "core/node.h"
#include "rule/extract.h"

struct az_arena;

/* The pipe table (GitHub Flavored Markdown, 4.10) under the heading HEADING of
   SOURCE, before the next heading: an array of an object for each row, its keys
   the columns' headings.  A cell is a number if it spells one, null if it is
   empty, else a string without the marks of code or emphasis around it.  NULL
   with *RET_ERROR if there is no such heading or table, or more than one such
   heading, or if a row has not as many cells as the table. */
const struct az_document *az_markdown_table(struct az_arena *arena,
                                            const struct az_source *source,
                                            struct az_str heading,
                                            struct extract_error *ret_error);

#endif
