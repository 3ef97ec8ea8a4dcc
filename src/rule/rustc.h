/* Compiler flags read as rustc reads them.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_RUSTC_H
#define AZ_RULE_RUSTC_H

#include "rule/transform.h"

/* A codegen option found among flags. */
struct rustc_option {
    bool found;
    bool dangling;       /* a -C or --codegen has no value behind it */
    struct az_str value; /* the last one; "yes" where it has none */
    size_t index;        /* of the flag that holds the value */
};

/* The value of codegen option NAME in FLAGS (rustc's command-line arguments;
   an element may hold several, parted by blanks, as in RUSTFLAGS).  -O counts
   as opt-level=3, -g as debuginfo=2; '-' and '_' in names are one. */
void az_rule_rustc_find(const struct az_str *flags, size_t count,
                        struct az_str name, struct rustc_option *ret);

#endif
