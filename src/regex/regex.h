/* Regular expressions: the only room that knows PCRE2.
   SPDX-License-Identifier: MIT */

#ifndef AZ_REGEX_REGEX_H
#define AZ_REGEX_REGEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
   pattern that went over it once, or whose matches took too much together, is
   given up: subjects that come later have no answer either, unless it is so
   simple that it needs no budget for them, so that many of them cost no more
   than a few.  Text that is not UTF-8 or too long
   has no answer, which says nothing about the next. */
enum az_regex_result az_regex_match(struct az_regex *regex,
                                    struct az_str subject);

/* The same for a pattern that several documents, or several threads, share: it
   is not given up, for then the answer would depend on what was matched before.
   What it took beyond what SUBJECT has free is added to *EXCESS, unless that is
   NULL: whoever has many subjects has to stop in time.  Before threads use it,
   az_regex_prepare. */
enum az_regex_result az_regex_match_shared(struct az_regex *regex,
                                           struct az_str subject,
                                           uint64_t *excess);

/* What SPENT steps are over those that a text of LENGTH bytes has free. */
uint64_t az_regex_excess(uint64_t spent, size_t length);

/* Whether az_regex_match has given REGEX up for what its matches took together.
 */
bool az_regex_is_tired(const struct az_regex *regex);

/* The same for a pattern of ECMA-262 that is to say what its named groups take:
   for az_regex_capture.  It is compiled by PCRE2 at once.  Refused beside the
   above is a named group that a repeat lets take part in one iteration and not
   in the next, or take nothing, or that stands in a lookbehind: PCRE2 would
   not give it the value that ECMA-262 does. */
struct az_regex *az_regex_new_capture(struct az_arena *arena,
                                      struct az_str pattern,
                                      struct az_regex_error *ret_error);

/* The names of the groups of a pattern of az_regex_new_capture, in the order in
   which they open; *RET_COUNT of them, which may be none.  They belong to
   REGEX. */
const struct az_str *az_regex_groups(const struct az_regex *regex,
                                     size_t *ret_count);

/* The matches of a pattern in one text, one behind the other. */
struct az_regex_search {
    struct az_str subject; /* the caller's, as is all that points into it */
    size_t at;             /* bytes: where the next may begin; 0 at first */
    uint64_t spent;        /* steps so far; 0 at first */
    struct az_str match;
    struct az_str *groups; /* room for each of az_regex_groups, the caller's;
                              p is NULL where one took no part */
};

/* The next match: as String.prototype.matchAll has them (ECMA-262, 22.1.3.14),
   behind an empty one the next begins a character later.  REGEX is of
   az_regex_new_capture.  All matches in one subject together have
   AZ_MAX_MATCH_STEPS, so that the time does not grow with the square of its
   length.  A pattern that goes over them is not given up.  A subject that is
   not UTF-8 or is over AZ_MAX_SUBJECT_SIZE has no answer.  What SEARCH holds
   beside the steps changes with a match only. */
enum az_regex_result az_regex_capture(struct az_regex *regex,
                                      struct az_regex_search *search);

/* Makes the engine's form now. From then on az_regex_match_shared may be called
   from several threads. */
void az_regex_prepare(struct az_regex *regex);

/* Whether SUBJECT is over AZ_MAX_SUBJECT_SIZE, and has no answer for that. */
bool az_regex_too_long(struct az_str subject);

/* The pattern as given. */
struct az_str az_regex_pattern(const struct az_regex *regex);

#endif
