/* Exact decimal numbers.
   SPDX-License-Identifier: MIT

   Numbers in verdicts are compared as they were written, never as doubles:
   0.1 steps, 1e400 and 1 == 1.0 come out right. */

#ifndef AZ_CORE_DECIMAL_H
#define AZ_CORE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/node.h"
#include "core/str.h"

struct az_arena;

/* (-1)^negative x DIGITS x 10^EXPONENT, DIGITS an integer without leading or
   trailing zeros; zero has no digits, exponent 0 and is not negative. DIGITS
   are ASCII and borrowed or in an arena. */
struct az_decimal {
    struct az_str digits;
    int32_t exponent;
    bool negative;
};

/* The value of TEXT, a JSON number (RFC 8259, section 6). False, with nothing
   set, when TEXT is no JSON number, has more than AZ_MAX_DIGITS digits as it is
   written (zeros count, those of the exponent do not), or is over
   AZ_MAX_EXPONENT; zero may have any exponent.
   Digits are borrowed from TEXT where they stand together, else copied. */
bool az_decimal_parse(struct az_arena *arena, struct az_str text,
                      struct az_decimal *ret);
struct az_decimal az_decimal_from_int(struct az_arena *arena, int64_t value);
/* The value of a number node; the readers have checked the limits. False when
   NODE is not a number. */
bool az_decimal_of(struct az_arena *arena, const struct az_node *node,
                   struct az_decimal *ret);

/* The value of NODE, which may be NULL, as an int64_t; false when it is no
   number, is not whole or does not fit. */
bool az_node_int(struct az_arena *arena, const struct az_node *node,
                 int64_t *ret);

/* Below, at or above 0 as A is less than, equal to or greater than B. */
int az_decimal_compare(struct az_decimal a, struct az_decimal b);
/* The same for the texts of two JSON numbers, whether within the limits or not,
   and without memory: for comparisons in trees. Texts that are no numbers are
   ordered by their bytes. */
int az_decimal_compare_text(struct az_str a, struct az_str b);
int az_decimal_sign(struct az_decimal a);
bool az_decimal_is_integer(struct az_decimal a);
/* The value as an int64_t; false if it is not whole or does not fit. */
bool az_decimal_to_int(struct az_decimal a, int64_t *ret);
/* Whether A has at most LIMIT digits, and an exponent within LIMIT either way:
   what arithmetic with it costs is bounded then. */
bool az_decimal_is_short(struct az_decimal a, int32_t limit);
/* The nearest double, half to even; infinite where that is beyond the largest.
   For statistics only. */
double az_decimal_to_double(struct az_decimal a);

struct az_decimal az_decimal_negate(struct az_decimal a);
/* A x 10^POWER_OF_TEN. */
struct az_decimal az_decimal_scale(struct az_decimal a, int32_t power_of_ten);
/* Exact; cost and memory grow with the digits between the highest of both and
   the lowest of both, at most some 24000 for numbers within the limits. */
struct az_decimal az_decimal_add(struct az_arena *arena, struct az_decimal a,
                                 struct az_decimal b);
/* Exact; cost grows with the product of the numbers of digits. */
struct az_decimal az_decimal_multiply(struct az_arena *arena,
                                      struct az_decimal a, struct az_decimal b);
/* Whether A is an integer multiple of B (JSON Schema "multipleOf"). B is not
   zero and has at most AZ_MAX_DIGITS digits; of any other B only zero is a
   multiple. Cost grows with digits and exponent, both of which are limited. */
bool az_decimal_is_multiple(struct az_decimal a, struct az_decimal b);
/* A / B rounded to PLACES decimals, at most AZ_MAX_EXPONENT, half to even; B
   is not zero. For what is shown; who judges by it has to find out to which
   side it was rounded. */
struct az_decimal az_decimal_divide(struct az_arena *arena, struct az_decimal a,
                                    struct az_decimal b, unsigned places);

/* As a JSON number, plain with up to 21 digits before the point and up to six
   zeros right behind it (0.0025, 665600), else d.ddde+N. NUL-terminated. */
struct az_str az_decimal_print(struct az_arena *arena, struct az_decimal a);

#endif
