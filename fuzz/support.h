/* What all fuzz targets share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_FUZZ_SUPPORT_H
#define AZ_FUZZ_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void
oom(void)
{
    abort();
}

/* What must hold whatever the input is. */
static inline void
require(bool holds)
{
    if (!holds)
        abort();
}

/* The text of *INPUT up to one of the COUNT bytes at ENDS, or all of it; *INPUT
   then begins behind that. */
static inline struct az_str
next_until(struct az_str *input, const char *ends, size_t count)
{
    struct az_str part = { input->p, 0 };
    size_t passed;

    while (part.len < input->len &&
           memchr(ends, (unsigned char)input->p[part.len], count) == NULL)
        part.len++;
    passed = part.len + (part.len < input->len);
    input->p += passed;
    input->len -= passed;
    return part;
}

/* The text of *INPUT up to a NUL. */
static inline struct az_str
next_part(struct az_str *input)
{
    return next_until(input, "", 1);
}

#endif
