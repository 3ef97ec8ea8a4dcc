/* Simple patterns without PCRE2.
   SPDX-License-Identifier: MIT */

#ifndef AZ_REGEX_AUTOMATON_H
#define AZ_REGEX_AUTOMATON_H

#include <stdbool.h>

#include "core/str.h"

struct az_arena;
struct az_regex_automaton;

/* The automaton for TRANSLATION (see regex/translate.h), which takes what PCRE2
   would; NULL if the pattern is not simple.  Simple are literals, classes,
   groups, alternatives and repeats, if a match begins at the start of the
   subject or is of one class only, no group repeats without bound, and there
   are at most 32 literals and classes.  Belongs to ARENA. */
const struct az_regex_automaton *
az_regex_automaton_new(struct az_arena *arena, const char *translation);

/* Whether SUBJECT, which is ASCII, has a match: one step for each byte. */
bool az_regex_automaton_match(const struct az_regex_automaton *automaton,
                              struct az_str subject);

#endif
