/* What a rule takes from another file: what its readers have in common.
   SPDX-License-Identifier: MIT */

#ifndef AZ_RULE_EXTRACT_H
#define AZ_RULE_EXTRACT_H

#include <stdbool.h>

#include "core/source.h"

/* Why a file gives no document, and where. */
struct extract_error {
    const char *message;
    struct az_span span;
    bool unsure; /* it might, but that was over a budget */
};

#endif
