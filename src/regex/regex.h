/* Regular expressions: the only room that knows PCRE2.
   SPDX-License-Identifier: MIT */

#ifndef AZ_REGEX_REGEX_H
#define AZ_REGEX_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

struct az_arena;
struct az_regex;

enum az_regex_dialect {
    /* ECMA-262 with the "u" flag: JSON Schema "pattern". As without the flag,
       any ASCII punctuation may be escaped, and ']', '{' and '}' may stand
       alone. */
    AZ_REGEX_ECMA,
    /* RFC 9485: JSONPath match() and search() */
    AZ_REGEX_IREGEXP,
};

struct az_regex_error {
    size_t offset;       /* bytes into the pattern */
    bool unsupported;    /* legal in the dialect, but beyond the engine */
    const char *message; /* lower case, no full stop; in the arena or fixed */
};

enum az_regex_result {
    AZ_REGEX_NO_MATCH,
    AZ_REGEX_MATCH,
    AZ_REGEX_OVER_BUDGET, /* a limit was reached: no answer */
};

/* PATTERN translated from DIALECT; WHOLE anchors it at both ends. NULL with
   *RET_ERROR when it is not a pattern of the dialect or PCRE2 cannot do it.
   Belongs to ARENA. The engine's form is made at the first match, so that a
   pattern that is never used costs only its check; where the engine might
   refuse it (lookbehind, backreferences, scripts, large patterns) it is made at
   once, so that no error comes later. */
struct az_regex *az_regex_new(struct az_arena *arena, struct az_str pattern,
                              enum az_regex_dialect dialect, bool whole,
                              struct az_regex_error *ret_error);

/* Whether SUBJECT (UTF-8) has a match. Going over AZ_MAX_MATCH_STEPS depends on
   pattern, subject and the release of PCRE2, not on the host or the time.  A
   pattern that went over it once is given up: subjects that come later have no
   answer either, unless it is so simple that it needs no budget for them, so
   that many of them cost no more than one.  Text that is not UTF-8 or too long
   has no answer, which says nothing about the next. */
enum az_regex_result az_regex_match(struct az_regex *regex,
                                    struct az_str subject);

/* The same for a pattern that several documents, or several threads, share: it
   is not given up, for then the answer would depend on what was matched before.
   Before threads use it, az_regex_prepare. */
enum az_regex_result az_regex_match_shared(struct az_regex *regex,
                                           struct az_str subject);

/* Makes the engine's form now. From then on az_regex_match_shared may be called
   from several threads. */
void az_regex_prepare(struct az_regex *regex);

/* Whether SUBJECT is over AZ_MAX_SUBJECT_SIZE, and has no answer for that. */
bool az_regex_too_long(struct az_str subject);

/* The pattern as given. */
struct az_str az_regex_pattern(const struct az_regex *regex);

#endif
