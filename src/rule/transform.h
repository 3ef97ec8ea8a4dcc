/* Transforms: one string in, strings out.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_TRANSFORM_H
#define AZ_RULE_TRANSFORM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

struct az_arena;

enum transform {
    TRANSFORM_NONE,
    TRANSFORM_CARGO_FEATURES, /* split at commas and white space */
    TRANSFORM_CARGO_ENABLES,  /* and what each of them switches on */
    TRANSFORM_LOWER,          /* ASCII letters */
    TRANSFORM_WORDS,          /* POSIX shell words */
    TRANSFORM_COUNT,
};

/* Strings under construction. */
struct strings {
    struct az_str *items;
    size_t count;
    size_t capacity;
};

void az_rule_strings_add(struct az_arena *arena, struct strings *strings,
                         struct az_str s);

/* The names in the order of the enumeration, from TRANSFORM_NONE ("none"). */
extern const char *const az_rule_transform_names[TRANSFORM_COUNT];

/* Appends what TRANSFORM makes of TEXT.  False if TEXT cannot be taken apart
   (an unbalanced quote). */
bool az_rule_transform(struct az_arena *arena, enum transform transform,
                       struct az_str text, struct strings *ret);

#endif
