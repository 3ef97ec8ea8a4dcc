/* Places inside string literals.
   SPDX-License-Identifier: MIT */

#include "schema/place.h"

#include <string.h>

#include "core/ascii.h"
#include "core/utf8.h"

/* A literal that is being decoded. */
struct cursor {
    const char *p;
    const char *end;
};

static uint32_t
hex_digits(const char *p, size_t count)
{
    uint32_t value = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        int digit = az_hex_value(p[i]);

        if (digit < 0)
            return UINT32_MAX;
        value = value * 16 + (uint32_t)digit;
    }
    return value;
}

static uint32_t
escape_of_one(char c)
{
    static const char names[] = "\"\\/bfnrtae0v_ ";
    static const char values[] = "\"\\/\b\f\n\r\t\a\x1b\0\v\xa0 ";
    const char *found = c == '\0' ? NULL : strchr(names, c);

    return found == NULL ? UINT32_MAX
                         : (uint32_t)(unsigned char)values[found - names];
}

/* The code point of the escape at *CURSOR, behind its backslash; moves on. */
static uint32_t
decode_escape(struct cursor *cursor)
{
    size_t left = (size_t)(cursor->end - cursor->p), digits;
    uint32_t high, low;

    if (left == 0)
        return UINT32_MAX;
    digits = *cursor->p == 'x'   ? 2
             : *cursor->p == 'u' ? 4
             : *cursor->p == 'U' ? 8
                                 : 0;
    if (digits == 0)
        return escape_of_one(*cursor->p++);
    if (left < 1 + digits)
        return UINT32_MAX;
    high = hex_digits(cursor->p + 1, digits);
    cursor->p += 1 + digits;
    if (high < 0xd800 || high > 0xdbff || cursor->end - cursor->p < 6)
        return high;
    low = hex_digits(cursor->p + 2, 4);
    cursor->p += 6;
    return 0x10000 + ((high - 0xd800) << 10) + ((low - 0xdc00) & 0x3ff);
}

/* Moves over the next character of a literal in QUOTE (NUL: plain) and writes
   its UTF-8 form to BYTES, which has room for 4; its length, or 0. */
static size_t
decode_next(struct cursor *cursor, char quote, char *bytes)
{
    uint32_t code_point;
    size_t length;

    if (quote == '"' && *cursor->p == '\\') {
        cursor->p++;
        code_point = decode_escape(cursor);
        return code_point > 0x10ffff ? 0 : az_utf8_encode(code_point, bytes);
    }
    length = az_utf8_decode(cursor->p, cursor->end, NULL);
    memcpy(bytes, cursor->p, length);
    if (quote == '\'' && *cursor->p == '\'')
        cursor->p++;
    cursor->p += length;
    return length;
}

struct az_span
az_schema_place_in_string(const struct az_source *source, struct az_span span,
                          struct az_str text, size_t offset)
{
    struct cursor cursor;
    const char *start;
    char quote = '\0', bytes[4];
    size_t at, length;

    if (source == NULL || span.end > source->text.len || span.start >= span.end)
        return span;
    cursor.p = source->text.p + span.start;
    cursor.end = source->text.p + span.end;
    if (cursor.end - cursor.p >= 2 && (*cursor.p == '"' || *cursor.p == '\'')) {
        quote = *cursor.p++;
        cursor.end--;
    }
    for (at = 0; at < text.len; at += length) {
        start = cursor.p;
        if (start >= cursor.end)
            return span;
        length = decode_next(&cursor, quote, bytes);
        if (length == 0 || length > text.len - at || cursor.p > cursor.end ||
            memcmp(text.p + at, bytes, length) != 0)
            return span;
        if (offset < at + length) {
            at = (size_t)(start - source->text.p);
            return (struct az_span){ (uint32_t)at,
                                     (uint32_t)(cursor.p - source->text.p) };
        }
    }
    at = (size_t)(cursor.p - source->text.p);
    return (struct az_span){ (uint32_t)at,
                             (uint32_t)(at + (quote == '\0' ? 0 : 1)) };
}
