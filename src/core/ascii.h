/* What ASCII characters are, whatever the locale: <ctype.h> asks it.
   SPDX-License-Identifier: MIT

   A character may be a char, a code point that fits an int, or -1 for none;
   what is beyond ASCII is none of these. */

#ifndef AZ_CORE_ASCII_H
#define AZ_CORE_ASCII_H

#include <stdbool.h>

static inline bool
az_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static inline bool
az_is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
az_is_alnum(int c)
{
    return az_is_digit(c) || az_is_letter(c);
}

/* What C is worth as a digit in base 16, or -1. */
static inline int
az_hex_value(int c)
{
    if (az_is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static inline char
az_to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#endif
