/* Blocks of HTML in Markdown pages.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_HTML_BLOCK_H
#define AZ_RULE_HTML_BLOCK_H

#include <stdbool.h>

#include "core/str.h"

/* How a block begins and ends. */
struct html_block;

/* The block that TEXT, a line without its end and without the blanks in front,
   begins (CommonMark 0.31, 4.6); NULL if it begins none.  Some cannot interrupt
   a paragraph. */
const struct html_block *az_html_block_begin(struct az_str text,
                                             bool in_paragraph);

/* Whether LINE, which may be the first, is the last of BLOCK. */
bool az_html_block_ends(const struct html_block *block, struct az_str line);

#endif
