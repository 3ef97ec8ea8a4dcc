/* A command line taken apart as a POSIX shell does.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_SHELL_WORDS_H
#define AZ_RULE_SHELL_WORDS_H

#include "rule/transform.h"

struct shell_words {
    struct strings words; /* without their quotes */
    bool unbalanced;      /* a quote is not closed, or a backslash ends it */
    /* The first thing that would make the shell do more than run the words, or
       that it would replace: an operator, a comment, an expansion.  Empty if
       there is none. */
    struct az_str control;
};

/* Splits LINE by the quoting rules of POSIX.1-2008 XCU 2.2: single quotes,
   double quotes, backslash, line continuation.  Nothing is expanded. */
void az_rule_shell_split(struct az_arena *arena, struct az_str line,
                         struct shell_words *ret);

#endif
