/* The words of JSONPath: blank space, strings, numbers, names.
   SPDX-License-Identifier: MIT */

#include <stdarg.h>
#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"
#include "core/utf8.h"
#include "query/parse.h"

/* The I-JSON range of exact integers (RFC 7493, 2.2). */
#define INTEGER_LIMIT ((INT64_C(1) << 53) - 1)

bool
az_query_fail(struct parser *parser, const char *at, const char *message)
{
    parser->error->offset = (size_t)(at - parser->start);
    parser->error->message = message;
    return false;
}

bool
az_query_failf(struct parser *parser, const char *at, const char *format, ...)
{
    const char *message;
    va_list args;

    va_start(args, format);
    message = az_arena_vprintf(parser->arena, format, args);
    va_end(args);
    return az_query_fail(parser, at, message);
}

int
az_query_peek(const struct parser *parser)
{
    return parser->p < parser->end ? (unsigned char)*parser->p : -1;
}

bool
az_query_take(struct parser *parser, char c)
{
    if (parser->p == parser->end || *parser->p != c)
        return false;
    parser->p++;
    return true;
}

bool
az_query_take_space(struct parser *parser)
{
    const char *before = parser->p;

    while (parser->p < parser->end &&
           (*parser->p == ' ' || *parser->p == '\t' || *parser->p == '\n' ||
            *parser->p == '\r'))
        parser->p++;
    return parser->p > before;
}

/* Takes "uXXXX". */
static bool
take_unit(struct parser *parser, uint32_t *ret)
{
    uint32_t unit = 0;

    if (parser->end - parser->p < 5 || *parser->p != 'u')
        return false;
    for (int i = 1; i <= 4; i++) {
        int digit = az_hex_value(parser->p[i]);
        if (digit < 0)
            return false;
        unit = unit * 16 + (uint32_t)digit;
    }
    parser->p += 5;
    *ret = unit;
    return true;
}

/* Takes what follows the backslash at AT of a \u escape, or of two that are a
   surrogate pair. */
static bool
take_unicode_escape(struct parser *parser, const char *at, struct az_buf *buf)
{
    uint32_t unit;
    uint32_t low;

    if (!take_unit(parser, &unit))
        return az_query_fail(parser, at, "'\\u' needs four hex digits");
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        if (!az_query_take(parser, '\\') || !take_unit(parser, &low) ||
            low < 0xDC00 || low > 0xDFFF) {
            return az_query_fail(
                parser, at, "a high surrogate without a low one behind it");
        }
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    } else if (unit >= 0xDC00 && unit <= 0xDFFF) {
        return az_query_fail(parser, at,
                             "a low surrogate without a high one before it");
    }
    az_buf_add_code_point(buf, unit);
    return true;
}

static bool
take_escape(struct parser *parser, char quote, struct az_buf *buf)
{
    static const char letters[] = "bfnrt/\\";
    static const char values[] = "\b\f\n\r\t/\\";
    const char *at = parser->p++;
    int c = az_query_peek(parser);

    if (c == 'u')
        return take_unicode_escape(parser, at, buf);
    const char *letter = c > 0 ? strchr(letters, c) : NULL;
    char value = quote;
    if (c != quote && letter == NULL)
        return az_query_fail(parser, at, "no such escape in a string");
    if (letter != NULL)
        value = values[letter - letters];
    parser->p++;
    az_buf_add_char(buf, value);
    return true;
}

/* Moves over bytes that stand for themselves. */
static void
skip_unescaped(struct parser *parser, char quote)
{
    while (parser->p < parser->end && *parser->p != quote &&
           *parser->p != '\\' && (unsigned char)*parser->p >= 0x20)
        parser->p++;
}

bool
az_query_take_string(struct parser *parser, struct az_str *ret)
{
    const char *opening = parser->p;
    char quote = *parser->p++;
    const char *from = parser->p;
    struct az_buf buf;

    skip_unescaped(parser, quote);
    if (az_query_peek(parser) == quote) {
        *ret = (struct az_str){ .p = from, .len = (size_t)(parser->p - from) };
        parser->p++;
        return true;
    }
    az_buf_init(&buf, parser->arena);
    for (;;) {
        az_buf_add(&buf, (struct az_str){ .p = from,
                                          .len = (size_t)(parser->p - from) });
        int c = az_query_peek(parser);
        if (c < 0)
            return az_query_fail(parser, opening, "the string has no end");
        if (c == quote) {
            parser->p++;
            *ret = az_buf_str(&buf);
            return true;
        }
        if (c != '\\') {
            return az_query_fail(parser, parser->p,
                                 "a control character in a string must be "
                                 "escaped");
        }
        if (!take_escape(parser, quote, &buf))
            return false;
        from = parser->p;
        skip_unescaped(parser, quote);
    }
}

bool
az_query_take_integer(struct parser *parser, int64_t *ret)
{
    const char *at = parser->p;
    bool negative = az_query_take(parser, '-');
    const char *digits = parser->p;
    int64_t value = 0;

    while (az_is_digit(az_query_peek(parser))) {
        value = value * 10 + (*parser->p++ - '0');
        if (value > INTEGER_LIMIT) {
            return az_query_fail(parser, at,
                                 "the integer is outside -(2^53)+1 to 2^53-1");
        }
    }
    if (parser->p == digits)
        return az_query_fail(parser, parser->p, "expected a digit");
    if (*digits == '0' && (negative || parser->p - digits > 1)) {
        return az_query_fail(parser, at,
                             "an integer is not '-0' and has no leading zero");
    }
    *ret = negative ? -value : value;
    return true;
}

/* Takes digits; false if there is none. */
static bool
take_digits(struct parser *parser)
{
    const char *from = parser->p;

    while (az_is_digit(az_query_peek(parser)))
        parser->p++;
    return parser->p > from ||
           az_query_fail(parser, parser->p, "expected a digit");
}

bool
az_query_take_number(struct parser *parser, struct az_str *ret)
{
    const char *from = parser->p;

    (void)az_query_take(parser, '-');
    if (!az_query_take(parser, '0') && !take_digits(parser))
        return false;
    if (az_is_digit(az_query_peek(parser)))
        return az_query_fail(parser, from, "a number has no leading zero");
    if (az_query_take(parser, '.') && !take_digits(parser))
        return false;
    if (az_query_take(parser, 'e') || az_query_take(parser, 'E')) {
        if (!az_query_take(parser, '+'))
            (void)az_query_take(parser, '-');
        if (!take_digits(parser))
            return false;
    }
    *ret = (struct az_str){ .p = from, .len = (size_t)(parser->p - from) };
    return true;
}

static bool
is_name_first(int c)
{
    return az_is_letter(c) || c == '_' || c >= 0x80;
}

bool
az_query_take_name(struct parser *parser, struct az_str *ret)
{
    const char *from = parser->p;

    if (!is_name_first(az_query_peek(parser)))
        return false;
    while (is_name_first(az_query_peek(parser)) ||
           az_is_digit(az_query_peek(parser)))
        parser->p++;
    *ret = (struct az_str){ .p = from, .len = (size_t)(parser->p - from) };
    return true;
}

struct az_str
az_query_take_word(struct parser *parser)
{
    const char *from = parser->p;
    int c = az_query_peek(parser);

    while ((c >= 'a' && c <= 'z') ||
           (parser->p > from && (c == '_' || az_is_digit(c)))) {
        parser->p++;
        c = az_query_peek(parser);
    }
    return (struct az_str){ .p = from, .len = (size_t)(parser->p - from) };
}
