/* What both dialects' parsers share: reading, repeats, writing.
   SPDX-License-Identifier: MIT */

#include "core/ascii.h"
#include "regex/translate.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/utf8.h"

#define SURROGATE_FIRST 0xd800u
#define SURROGATE_LAST  0xdfffu

int
az_regex_peek(const struct az_regex_parser *parser)
{
    if (parser->at >= parser->pattern.len)
        return -1;
    return (unsigned char)parser->pattern.p[parser->at];
}

bool
az_regex_take(struct az_regex_parser *parser, char c)
{
    if (az_regex_peek(parser) != (unsigned char)c)
        return false;
    parser->at++;
    return true;
}

bool
az_regex_looking_at(const struct az_regex_parser *parser, const char *text)
{
    struct az_str rest = { .p = parser->pattern.p + parser->at,
                           .len = parser->pattern.len - parser->at };

    return az_str_starts_with(rest, az_str_from(text));
}

uint32_t
az_regex_next(struct az_regex_parser *parser)
{
    const char *p = parser->pattern.p + parser->at;
    uint32_t code_point = 0;
    size_t len =
        az_utf8_decode(p, parser->pattern.p + parser->pattern.len, &code_point);

    parser->at += len;
    return code_point;
}

bool
az_regex_fail(struct az_regex_parser *parser, size_t offset,
              const char *message)
{
    *parser->error = (struct az_regex_error){ .offset = offset,
                                              .unsupported = false,
                                              .message = message };
    return false;
}

bool
az_regex_unsupported(struct az_regex_parser *parser, size_t offset,
                     const char *message)
{
    az_regex_fail(parser, offset, message);
    parser->error->unsupported = true;
    return false;
}

/* The digits at *AT as a count; false if there are none.  A count over the
   limit stands still behind it. */
static bool
scan_count(struct az_str s, size_t *at, uint32_t *ret)
{
    size_t start = *at;
    uint32_t count = 0;

    for (; *at < s.len && az_is_digit(s.p[*at]); ++*at) {
        if (count <= AZ_MAX_PATTERN_COUNT)
            count = count * 10 + (uint32_t)(s.p[*at] - '0');
    }
    *ret = count;
    return *at > start;
}

/* Reads "{m}", "{m,}" or "{m,n}" at *AT; false if there is none. */
static bool
scan_braces(struct az_str s, size_t *at, struct az_regex_repeat *ret)
{
    size_t i = *at;

    if (i >= s.len || s.p[i++] != '{' || !scan_count(s, &i, &ret->min))
        return false;
    ret->max = ret->min;
    if (i < s.len && s.p[i] == ',') {
        i++;
        if (!scan_count(s, &i, &ret->max))
            ret->max = AZ_REGEX_ENDLESS;
    }
    if (i >= s.len || s.p[i] != '}')
        return false;
    *at = i + 1;
    ret->given = true;
    return true;
}

bool
az_regex_at_braces(const struct az_regex_parser *parser)
{
    struct az_regex_repeat repeat;
    size_t at = parser->at;

    return scan_braces(parser->pattern, &at, &repeat);
}

/* Whether the numbers between the braces START to END are in order; they may
   be too long for any integer. */
static bool
counts_in_order(struct az_str s, size_t start)
{
    const char *low = s.p + start + 1;
    const char *high, *p;
    size_t low_len, high_len;

    while (*low == '0')
        low++;
    for (p = low; az_is_digit(*p); p++)
        ;
    low_len = (size_t)(p - low);
    high = p + 1;
    if (*p != ',' || *high == '}')
        return true;
    while (*high == '0')
        high++;
    for (p = high; az_is_digit(*p); p++)
        ;
    high_len = (size_t)(p - high);
    if (low_len != high_len)
        return low_len < high_len;
    return memcmp(low, high, low_len) <= 0;
}

bool
az_regex_read_repeat(struct az_regex_parser *parser, bool brace,
                     struct az_regex_repeat *ret)
{
    size_t start = parser->at;

    *ret = (struct az_regex_repeat){ .min = 1, .max = 1, .given = true };
    if (az_regex_take(parser, '*')) {
        ret->min = 0;
        ret->max = AZ_REGEX_ENDLESS;
    } else if (az_regex_take(parser, '+')) {
        ret->max = AZ_REGEX_ENDLESS;
    } else if (az_regex_take(parser, '?')) {
        ret->min = 0;
    } else if (scan_braces(parser->pattern, &parser->at, ret)) {
        if (!counts_in_order(parser->pattern, start))
            return az_regex_fail(parser, start,
                                 "the counts in the braces are out of order");
        if (ret->min > AZ_MAX_PATTERN_COUNT ||
            (ret->max > AZ_MAX_PATTERN_COUNT && ret->max != AZ_REGEX_ENDLESS))
            return az_regex_unsupported(parser, start,
                                        "a count over 65535 is not supported");
    } else if (brace && az_regex_peek(parser) == '{') {
        return az_regex_fail(parser, start,
                             "'{' does not begin a count like {2} or {1,3}");
    } else {
        ret->given = false;
    }
    return true;
}

void
az_regex_write_repeat(struct az_regex_parser *parser,
                      struct az_regex_repeat repeat)
{
    if (!repeat.given)
        return;
    if (repeat.min > parser->longest_count)
        parser->longest_count = repeat.min;
    if (repeat.min == 0 && repeat.max == 1)
        az_buf_add_char(&parser->out, '?');
    else if (repeat.max != AZ_REGEX_ENDLESS)
        az_buf_addf(&parser->out, "{%u,%u}", (unsigned)repeat.min,
                    (unsigned)repeat.max);
    else if (repeat.min > 1)
        az_buf_addf(&parser->out, "{%u,}", (unsigned)repeat.min);
    else
        az_buf_add_char(&parser->out, repeat.min == 0 ? '*' : '+');
}

void
az_regex_count_group(struct az_regex_parser *parser, size_t output,
                     size_t unfolded, struct az_regex_repeat repeat)
{
    const size_t plenty = (size_t)1 << 24;
    size_t size = parser->out.len - output + (parser->unfolded - unfolded);
    uint32_t copies = repeat.max != AZ_REGEX_ENDLESS ? repeat.max : repeat.min;

    if (copies < 2)
        return;
    if (size > plenty / copies || parser->unfolded > plenty)
        parser->unfolded = plenty;
    else
        parser->unfolded += size * (copies - 1);
}

void
az_regex_write(struct az_regex_parser *parser, const char *text)
{
    az_buf_add_c(&parser->out, text);
}

static bool
is_word(uint32_t c)
{
    return az_is_alnum((int)c) || c == '_';
}

static void
write_code_point(struct az_regex_parser *parser, uint32_t code_point)
{
    char digits[8];
    size_t at = sizeof(digits);

    if (is_word(code_point)) {
        az_buf_add_char(&parser->out, (char)code_point);
        return;
    }
    do
        digits[--at] = "0123456789abcdef"[code_point % 16];
    while ((code_point /= 16) > 0);
    az_buf_add_c(&parser->out, "\\x{");
    az_buf_add(&parser->out,
               (struct az_str){ digits + at, sizeof(digits) - at });
    az_buf_add_char(&parser->out, '}');
}

static bool
is_surrogate(uint32_t code_point)
{
    return code_point >= SURROGATE_FIRST && code_point <= SURROGATE_LAST;
}

void
az_regex_write_char(struct az_regex_parser *parser, uint32_t code_point)
{
    if (is_surrogate(code_point))
        az_regex_close_class(parser, az_regex_open_class(parser, false), false);
    else
        write_code_point(parser, code_point);
}

void
az_regex_write_range(struct az_regex_parser *parser, uint32_t low,
                     uint32_t high)
{
    if (is_surrogate(low))
        low = SURROGATE_LAST + 1;
    if (is_surrogate(high))
        high = SURROGATE_FIRST - 1;
    if (low > high)
        return;
    write_code_point(parser, low);
    if (low == high)
        return;
    az_buf_add_char(&parser->out, '-');
    write_code_point(parser, high);
}

size_t
az_regex_open_class(struct az_regex_parser *parser, bool negated)
{
    size_t opened = parser->out.len;

    az_regex_write(parser, negated ? "[^" : "[");
    return opened;
}

void
az_regex_close_class(struct az_regex_parser *parser, size_t opened,
                     bool negated)
{
    size_t size = parser->out.len - opened;

    if (size == (negated ? 2 : 1)) {
        /* Nothing in it: all or no characters. */
        parser->out.len = opened;
        az_regex_write(parser, negated ? "[\\x{0}-\\x{10ffff}"
                                       : "[^\\x{0}-\\x{10ffff}");
    }
    if (size > parser->largest_class)
        parser->largest_class = size;
    az_buf_add_char(&parser->out, ']');
}

void
az_regex_mark(struct az_regex_parser *parser, size_t offset)
{
    parser->eager = true;
    parser->landmarks =
        az_arena_grow(parser->arena, parser->landmarks, parser->landmark_count,
                      &parser->landmark_capacity, sizeof *parser->landmarks);
    parser->landmarks[parser->landmark_count++] =
        (struct az_regex_landmark){ .offset = offset,
                                    .output = parser->out.len };
}

void
az_regex_write_property(struct az_regex_parser *parser,
                        const struct az_regex_property *property, bool negated)
{
    parser->plain = false;
    az_buf_addf(&parser->out, "\\%c{%s%s}",
                negated != property->negated ? 'P' : 'p', property->prefix,
                property->name);
}
