/* Matches in the lines of text files as documents.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_CAPTURE_H
#define AZ_RULE_CAPTURE_H

#include "core/node.h"
#include "rule/extract.h"

struct az_arena;
struct az_regex;

/* The matches of PATTERN, which is of az_regex_new_capture, in each line of
   SOURCE: an array of an object for each, its keys the names of the groups that
   took part, its values strings that stand where they were found.  A line ends
   with LF or CR LF and is matched without it; all of its matches together have
   the steps of one.  Belongs to ARENA; text is borrowed from SOURCE, keys from
   PATTERN.  NULL with *RET_ERROR if there is no match, if one was not found out
   within the budget, if they have more values than a document may, or if the
   text is not UTF-8. */
const struct az_document *az_capture_lines(struct az_arena *arena,
                                           const struct az_source *source,
                                           struct az_regex *pattern,
                                           struct extract_error *ret_error);

#endif
