/* Quick answers about numbers as they are written.
   SPDX-License-Identifier: MIT */

#include "schema/number.h"

#include "core/decimal.h"

bool
az_schema_number_is_written_integer(const struct az_node *node)
{
    size_t i;

    for (i = 0; i < node->count; i++)
        if (node->text[i] == '.' || (node->text[i] | 0x20) == 'e')
            return false;
    return true;
}

bool
az_schema_number_is_integer(struct az_arena *arena, const struct az_node *node)
{
    struct az_decimal decimal;

    return az_schema_number_is_written_integer(node) ||
           (az_decimal_of(arena, node, &decimal) &&
            az_decimal_is_integer(decimal));
}
