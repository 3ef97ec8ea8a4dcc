/* Inside the room: groups and backreferences of an ECMA-262 pattern.
   SPDX-License-Identifier: MIT */

#ifndef AZ_REGEX_ECMA_H
#define AZ_REGEX_ECMA_H

#include "core/map.h"
#include "regex/translate.h"

/* The whole pattern (the first), or something in parentheses. */
struct az_ecma_group {
    size_t parent; /* index; the first is its own */
    size_t start;  /* in the pattern */
    size_t end;
    uint32_t number; /* of the capture; 0: none */
    struct az_regex_repeat repeat;
    bool nullable; /* may match nothing, before it is repeated */
    bool choice;   /* has alternatives */
    bool behind;   /* it is a lookbehind */
};

struct az_ecma_reference {
    size_t offset; /* in the pattern */
    uint32_t number;
};

struct az_ecma {
    struct az_regex_parser *parser;
    /* known before the pattern is read */
    uint32_t captures;
    struct az_map names; /* to members of NUMBERS */
    uint32_t *numbers;
    /* known after */
    uint32_t opened; /* captures so far */
    struct az_ecma_group *groups;
    size_t group_count;
    size_t group_capacity;
    struct az_ecma_reference *references;
    size_t reference_count;
    size_t reference_capacity;
};

/* Counts the captures of a pattern and collects their names, before it is
   read; false with the error filled where two that may both take part in a
   match have one name, which ECMA-262 allows in different alternatives only
   (since its edition of 2025). */
bool az_regex_ecma_scan(struct az_ecma *ecma);
/* Whether PCRE2 gives each backreference the value that ECMA-262 does; false
   with the error filled where it may not. */
bool az_regex_ecma_check_references(struct az_ecma *ecma);
/* The same for the named groups, once the match is over. */
bool az_regex_ecma_check_groups(struct az_ecma *ecma);

#endif
