/* UTF-8 (RFC 3629).
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_UTF8_H
#define AZ_CORE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

/* What some editors put before a text, which hides its first line from whoever
   looks for it. */
#define AZ_UTF8_MARK "\xEF\xBB\xBF"

/* Whether BYTE, of text that is UTF-8, stands inside a code point: it does not
   begin one. */
static inline bool
az_utf8_is_inner(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The number of bytes of the well-formed code point at P, before END, and its
   value in *RET (may be NULL); 0 if there is none: truncated, overlong,
   surrogate, above U+10FFFF. */
size_t az_utf8_decode(const char *p, const char *end, uint32_t *ret);
/* Behind the character of S at OFFSET, where a byte that is not UTF-8 is one;
   OFFSET at the end. */
size_t az_utf8_next(struct az_str s, size_t offset);
/* Behind the well-formed code points beyond ASCII that stand at P: END, or
   where there is an ASCII byte or none that is well-formed. */
const char *az_utf8_skip(const char *p, const char *end);
/* Writes CODE_POINT to P, which has room for 4 bytes; returns how many. */
size_t az_utf8_encode(uint32_t code_point, char *p);
/* The index of the first byte that is not UTF-8; s.len if all is well. */
size_t az_utf8_check(struct az_str s);
/* Whether C leaves no mark on a page: white space, controls, and what Unicode
   has for formats, variants and fillers (categories Zs, Zl, Zp, Cc, Cf, and
   those that are Default_Ignorable_Code_Point). */
bool az_utf8_is_blank(uint32_t c);
/* Code points of S that are not blank; a byte that is not UTF-8 counts as
   one. */
size_t az_utf8_visible(struct az_str s);
/* Code points in S; a byte that is not UTF-8 counts as one. */
size_t az_utf8_length(struct az_str s);

#endif
