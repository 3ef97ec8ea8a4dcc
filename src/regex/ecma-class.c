/* ECMA-262 escapes and character classes, "u" flag.
   SPDX-License-Identifier: MIT */

#include "core/ascii.h"
#include "regex/translate.h"

#include <string.h>

#include "core/arena.h"

/* Ranges in order.  WhiteSpace and LineTerminator of ECMA-262 (12.2, 12.3). */
static const uint32_t spaces[][2] = {
    { 0x09, 0x0d },     { 0x20, 0x20 },     { 0xa0, 0xa0 },
    { 0x1680, 0x1680 }, { 0x2000, 0x200a }, { 0x2028, 0x2029 },
    { 0x202f, 0x202f }, { 0x205f, 0x205f }, { 0x3000, 0x3000 },
    { 0xfeff, 0xfeff },
};
static const uint32_t digits[][2] = { { '0', '9' } };
static const uint32_t words[][2] = {
    { '0', '9' }, { 'A', 'Z' }, { '_', '_' }, { 'a', 'z' }
};

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static void
write_ranges(struct az_regex_parser *parser, const uint32_t (*ranges)[2],
             size_t count, bool complement)
{
    uint32_t next = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        if (complement)
            az_regex_write_range(parser, next, ranges[i][0] - 1);
        else
            az_regex_write_range(parser, ranges[i][0], ranges[i][1]);
        next = ranges[i][1] + 1;
    }
    if (complement)
        az_regex_write_range(parser, next, 0x10ffff);
}

/* \d \D \s \S \w or \W, by its LETTER.  Within a class the ranges are spelt
   out: PCRE2 10.42 forgets what is above U+00FF in [^\p{L}\D]. */
static void
write_class_letter(struct az_regex_parser *parser, char letter, bool in_class)
{
    bool negated = letter < 'a';
    size_t opened = 0;

    if (!in_class)
        opened = az_regex_open_class(parser, negated);
    if (letter == 's' || letter == 'S')
        write_ranges(parser, spaces, COUNT(spaces), in_class && negated);
    else if (letter == 'd' || letter == 'D')
        write_ranges(parser, digits, COUNT(digits), in_class && negated);
    else
        write_ranges(parser, words, COUNT(words), in_class && negated);
    if (!in_class)
        az_regex_close_class(parser, opened, negated);
}

static bool
is_property_char(int c)
{
    return az_is_alnum(c) || c == '_';
}

static struct az_str
property_word(struct az_regex_parser *parser)
{
    struct az_str word = { .p = parser->pattern.p + parser->at, .len = 0 };

    for (; is_property_char(az_regex_peek(parser)); parser->at++)
        word.len++;
    return word;
}

/* \p{...} or \P{...}, which starts at START; stands behind the letter. */
static bool
parse_property(struct az_regex_parser *parser, size_t start, bool negated)
{
    struct az_regex_property property;
    struct az_str name, value, whole;
    bool has_value;

    if (!az_regex_take(parser, '{'))
        return az_regex_fail(parser, start, "'{' is missing behind \\p");
    whole.p = parser->pattern.p + parser->at;
    name = property_word(parser);
    has_value = az_regex_take(parser, '=');
    value = property_word(parser);
    whole.len = (size_t)(parser->pattern.p + parser->at - whole.p);
    if (!az_regex_take(parser, '}'))
        return az_regex_fail(parser, start,
                             "\\p{ is not closed, or has a character that no "
                             "property name has");
    if (!az_regex_find_property(name, has_value ? &value : NULL, &property))
        return az_regex_fail(
            parser, start,
            az_arena_printf(parser->arena, "no Unicode property is called %s",
                            az_str_quote(parser->arena, whole)));
    if (!property.certain)
        az_regex_mark(parser, start);
    az_regex_write_property(parser, &property, negated);
    return true;
}

bool
az_regex_ecma_class_escape(struct az_regex_parser *parser, bool in_class,
                           bool *ret_done)
{
    size_t start = parser->at;
    char c = '\0';

    if (start + 1 < parser->pattern.len)
        c = parser->pattern.p[start + 1];
    *ret_done = c != '\0' && strchr("dDsSwWpP", c) != NULL;
    if (!*ret_done)
        return true;
    parser->at += 2;
    if (c == 'p' || c == 'P')
        return parse_property(parser, start, c == 'P');
    write_class_letter(parser, c, in_class);
    return true;
}

/* Reads exactly COUNT hexadecimal digits; false leaves the place as it is. */
static bool
read_hex(struct az_regex_parser *parser, unsigned count, uint32_t *ret)
{
    size_t start = parser->at;
    uint32_t value = 0;
    int digit;

    for (; count > 0; count--, parser->at++) {
        digit = az_hex_value(az_regex_peek(parser));
        if (digit < 0) {
            parser->at = start;
            return false;
        }
        value = value * 16 + (uint32_t)digit;
    }
    *ret = value;
    return true;
}

/* The digits of \u{...} and its brace. */
static bool
read_braced_hex(struct az_regex_parser *parser, uint32_t *ret)
{
    uint32_t value = 0;
    size_t start = parser->at;
    int digit;

    for (; (digit = az_hex_value(az_regex_peek(parser))) >= 0; parser->at++) {
        value = value * 16 + (uint32_t)digit;
        if (value > 0x10ffff)
            return false;
    }
    *ret = value;
    return parser->at > start && az_regex_take(parser, '}');
}

/* \u, which starts at START; stands behind the letter.  An escaped pair of
   surrogates is one character. */
static bool
parse_unicode(struct az_regex_parser *parser, size_t start, uint32_t *ret)
{
    uint32_t trail;
    size_t at;

    if (az_regex_take(parser, '{')) {
        if (!read_braced_hex(parser, ret))
            return az_regex_fail(parser, start,
                                 "\\u{} needs hexadecimal digits, up to "
                                 "10FFFF");
        return true;
    }
    if (!read_hex(parser, 4, ret))
        return az_regex_fail(parser, start,
                             "\\u needs four hexadecimal digits, or braces");
    at = parser->at;
    if (*ret >= 0xd800 && *ret <= 0xdbff &&
        az_regex_looking_at(parser, "\\u")) {
        parser->at += 2;
        if (read_hex(parser, 4, &trail) && trail >= 0xdc00 && trail <= 0xdfff)
            *ret = 0x10000 + ((*ret - 0xd800) << 10) + (trail - 0xdc00);
        else
            parser->at = at;
    }
    return true;
}

/* \c, which starts at START; stands behind the letter. */
static bool
parse_control(struct az_regex_parser *parser, size_t start, uint32_t *ret)
{
    int c = az_regex_peek(parser);

    if (!az_is_letter(c))
        return az_regex_fail(parser, start, "\\c needs a letter");
    parser->at++;
    *ret = (uint32_t)c % 32;
    return true;
}

static bool
is_punctuation(int c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
           (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/* \0, \x and the escapes that stand for themselves. */
static bool
parse_other_escape(struct az_regex_parser *parser, size_t start, int c,
                   uint32_t *ret)
{
    int next = az_regex_peek(parser);

    if (c == '0') {
        *ret = 0;
        if (az_is_digit(next))
            return az_regex_fail(parser, start, "octal escapes are not ECMA");
        return true;
    }
    if (c == 'x') {
        if (!read_hex(parser, 2, ret))
            return az_regex_fail(parser, start,
                                 "\\x needs two hexadecimal digits");
        return true;
    }
    /* With the "u" flag only syntax characters may be escaped; other
       punctuation (\~) has no second meaning, so it is let through as without
       the flag (Annex B). */
    if (!is_punctuation(c))
        return az_regex_fail(parser, start,
                             "the escape is not one of ECMA-262");
    *ret = (uint32_t)c;
    return true;
}

bool
az_regex_ecma_char_escape(struct az_regex_parser *parser, uint32_t *ret)
{
    static const char letters[] = "fnrtv";
    static const char values[] = "\f\n\r\t\v";
    size_t start = parser->at++;
    int c = az_regex_peek(parser);
    const char *found;

    if (c < 0)
        return az_regex_fail(parser, start, "a '\\' at the end");
    parser->at++;
    if (c == 'u')
        return parse_unicode(parser, start, ret);
    if (c == 'c')
        return parse_control(parser, start, ret);
    found = c != 0 ? strchr(letters, c) : NULL;
    if (!found)
        return parse_other_escape(parser, start, c, ret);
    *ret = (unsigned char)values[found - letters];
    return true;
}

/* One end of a range, in *RET; or a class escape, written at once. */
static bool
parse_class_atom(struct az_regex_parser *parser, bool *ret_single,
                 uint32_t *ret)
{
    bool done;

    *ret_single = true;
    if (az_regex_peek(parser) != '\\') {
        *ret = az_regex_next(parser);
        return true;
    }
    if (az_regex_looking_at(parser, "\\b")) {
        parser->at += 2;
        *ret = '\b';
        return true;
    }
    if (!az_regex_ecma_class_escape(parser, true, &done))
        return false;
    *ret_single = !done;
    return done || az_regex_ecma_char_escape(parser, ret);
}

static bool
parse_class_item(struct az_regex_parser *parser)
{
    size_t start = parser->at;
    uint32_t low = 0;
    uint32_t high = 0;
    bool low_single, high_single;

    if (!parse_class_atom(parser, &low_single, &low))
        return false;
    if (az_regex_peek(parser) != '-' || az_regex_looking_at(parser, "-]") ||
        parser->at + 1 == parser->pattern.len) {
        if (low_single)
            az_regex_write_range(parser, low, low);
        return true;
    }
    parser->at++;
    if (!parse_class_atom(parser, &high_single, &high))
        return false;
    if (!low_single || !high_single)
        return az_regex_fail(parser, start,
                             "a class like \\d cannot be an end of a range; "
                             "write '-' first, last or as \\-");
    if (low > high)
        return az_regex_fail(parser, start,
                             "the range in the class is out of order");
    az_regex_write_range(parser, low, high);
    return true;
}

bool
az_regex_ecma_class(struct az_regex_parser *parser)
{
    size_t start = parser->at++;
    bool negated = az_regex_take(parser, '^');
    size_t opened = az_regex_open_class(parser, negated);

    while (!az_regex_take(parser, ']')) {
        if (az_regex_peek(parser) < 0)
            return az_regex_fail(parser, start, "']' is missing");
        if (!parse_class_item(parser))
            return false;
    }
    az_regex_close_class(parser, opened, negated);
    return true;
}
