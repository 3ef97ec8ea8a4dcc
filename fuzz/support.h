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

/* The text of *INPUT up to a NUL; *INPUT then begins behind that. */
static inline struct az_str
next_part(struct az_str *input)
{
    const char *end =
        input->len == 0 ? NULL : memchr(input->p, '\0', input->len);
    struct az_str part = *input;

    if (end != NULL)
        part.len = (size_t)(end - part.p);
    input->p += part.len + (end != NULL);
    input->len -= part.len + (end != NULL);
    return part;
}

#endif
