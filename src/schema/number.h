/* Inside the schema room: quick answers about numbers as they are written.
   SPDX-License-Identifier: MIT */

#ifndef AZ_SCHEMA_NUMBER_H
#define AZ_SCHEMA_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/node.h"

/* The value of TEXT, a JSON number, if it is written as a whole number of up to
   18 digits; false if not. */
static inline bool
az_schema_number_small(struct az_str text, int64_t *ret)
{
    size_t i = text.len > 0 && text.p[0] == '-' ? 1 : 0;
    bool negative = i == 1;
    int64_t value = 0;

    if (text.len - i > 18)
        return false;
    for (; i < text.len; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        value = value * 10 + (text.p[i] - '0');
    }
    *ret = negative ? -value : value;
    return true;
}

/* Whether NODE, a number, has no fraction: 1, 1.0 and 1e3 are whole. */
bool az_schema_number_is_integer(struct az_arena *arena,
                                 const struct az_node *node);
/* Whether NODE, a number, is written without fraction and exponent. */
bool az_schema_number_is_written_integer(const struct az_node *node);

#endif
