/* Numbers as they are shown to people.
   SPDX-License-Identifier: MIT */

#include "gate/session.h"

#include "core/arena.h"

/* Longer numbers are cut in messages and reasons; rows keep them whole. */
#define SHOWN_DIGITS 40
/* Significant digits of a value, if no limit asks for more. */
#define SIGNIFICANT_DIGITS 12

const char *
az_gate_shown(struct az_gate *gate, struct az_decimal value)
{
    struct az_buf buf;

    az_buf_init(&buf, gate->arena);
    az_buf_add_escaped(&buf, az_decimal_print(gate->arena, value),
                       SHOWN_DIGITS);
    return buf.p;
}

static int
sign_of(int order)
{
    return (order > 0) - (order < 0);
}

/* Whether A lies to each of the COUNT LIMITS as B does. */
static bool
lies_as(struct az_decimal a, struct az_decimal b,
        const struct az_decimal *limits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sign_of(az_decimal_compare(a, limits[i])) !=
            sign_of(az_decimal_compare(b, limits[i])))
            return false;
    return true;
}

struct az_decimal
az_row_round(struct az_arena *arena, struct az_decimal value,
             const struct az_decimal *limits, size_t count, bool *ret_rounded)
{
    /* digits before the point; below zero, zeros behind it */
    int32_t whole = (int32_t)value.digits.len + value.exponent;
    int32_t places =
        whole < SIGNIFICANT_DIGITS ? SIGNIFICANT_DIGITS - whole : 0;
    struct az_decimal one, rounded;

    *ret_rounded = false;
    if (!az_decimal_is_short(value, AZ_GATE_SHOWN_SPAN) ||
        places >= -value.exponent)
        return value;
    one = az_decimal_from_int(arena, 1);
    for (; places < -value.exponent; places++) {
        rounded = az_decimal_divide(arena, value, one, (unsigned)places);
        *ret_rounded = az_decimal_compare(rounded, value) != 0;
        if (lies_as(rounded, value, limits, count))
            return rounded;
    }
    *ret_rounded = false;
    return value;
}

struct az_decimal
az_row_shown(struct az_arena *arena, const struct az_row *row,
             struct az_decimal value, bool *ret_rounded)
{
    struct az_decimal limits[2];
    size_t count = 0;

    if (row->budget->hard.node != NULL)
        limits[count++] = row->hard;
    if (row->budget->warn.node != NULL)
        limits[count++] = row->warn;
    return az_row_round(arena, value, limits, count, ret_rounded);
}
