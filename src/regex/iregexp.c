/* I-Regexp (RFC 9485), read strictly.
   SPDX-License-Identifier: MIT */

#include "regex/translate.h"

#include "core/limits.h"

#include <string.h>

/* Whether '\' and C are an escape for one character; *RET is it. */
static bool
single_escape(int c, uint32_t *ret)
{
    static const char themselves[] = "()*+-.?[\\]^{|}";

    if (c == 'n' || c == 'r' || c == 't') {
        *ret = c == 'n' ? '\n' : c == 'r' ? '\r' : '\t';
        return true;
    }
    if (c <= 0 || !strchr(themselves, c))
        return false;
    *ret = (uint32_t)c;
    return true;
}

/* \p{...} or \P{...}; stands on the letter. */
static bool
parse_category(struct az_regex_parser *parser)
{
    /* each major category with its minor ones */
    static const char *const categories[] = { "Llmotu",   "Mcen", "Ndlo",
                                              "Pcdefios", "Zlps", "Sckmo",
                                              "Ccfno" };
    size_t start = parser->at - 1;
    bool negated = az_regex_next(parser) == 'P';
    char name[3] = "";
    size_t i;
    int c;

    if (!az_regex_take(parser, '{'))
        return az_regex_fail(parser, start, "'{' is missing behind \\p");
    for (i = 0; i < sizeof categories / sizeof *categories; i++) {
        if (!az_regex_take(parser, categories[i][0]))
            continue;
        name[0] = categories[i][0];
        c = az_regex_peek(parser);
        if (c > 0 && strchr(categories[i] + 1, c)) {
            name[1] = (char)c;
            parser->at++;
        }
        break;
    }
    if (name[0] == '\0' || !az_regex_take(parser, '}'))
        return az_regex_fail(parser, start,
                             "no general category of RFC 9485 in \\p{}");
    az_regex_write_property(
        parser, &(struct az_regex_property){ .prefix = "", .name = name },
        negated);
    return true;
}

/* What follows a '\': a character in *RET, or a category, written at once. */
static bool
parse_escape(struct az_regex_parser *parser, bool *ret_single, uint32_t *ret)
{
    size_t start = parser->at++;
    int c = az_regex_peek(parser);

    if (c == 'p' || c == 'P') {
        *ret_single = false;
        return parse_category(parser);
    }
    if (!single_escape(c, ret))
        return az_regex_fail(parser, start, "no escape of RFC 9485");
    parser->at++;
    *ret_single = true;
    return true;
}

/* One end of a range, or a category. */
static bool
parse_class_char(struct az_regex_parser *parser, bool *ret_single,
                 uint32_t *ret)
{
    int c = az_regex_peek(parser);

    if (c == '\\')
        return parse_escape(parser, ret_single, ret);
    if (c == '[')
        return az_regex_fail(parser, parser->at,
                             "'[' in a class must be escaped");
    if (c == '-')
        return az_regex_fail(
            parser, parser->at,
            "'-' in a class must be first, last, in a range or escaped");
    *ret_single = true;
    *ret = az_regex_next(parser);
    return true;
}

static bool
parse_class_item(struct az_regex_parser *parser)
{
    size_t start = parser->at;
    uint32_t low = 0;
    uint32_t high = 0;
    bool single = false;

    if (!parse_class_char(parser, &single, &low))
        return false;
    if (!single)
        return true;
    high = low;
    if (az_regex_peek(parser) == '-' && !az_regex_looking_at(parser, "-]")) {
        parser->at++;
        if (az_regex_peek(parser) < 0)
            return true; /* the caller misses the bracket */
        if (!parse_class_char(parser, &single, &high))
            return false;
        if (!single)
            return az_regex_fail(parser, start,
                                 "a category cannot end a range");
        if (low > high)
            return az_regex_fail(parser, start,
                                 "the range in the class is out of order");
    }
    az_regex_write_range(parser, low, high);
    return true;
}

static bool
parse_class(struct az_regex_parser *parser)
{
    size_t start = parser->at++;
    bool negated = az_regex_take(parser, '^');
    size_t opened = az_regex_open_class(parser, negated);

    if (az_regex_peek(parser) == ']')
        return az_regex_fail(parser, start, "the class is empty");
    if (az_regex_take(parser, '-'))
        az_regex_write_range(parser, '-', '-');
    while (az_regex_peek(parser) >= 0 && az_regex_peek(parser) != ']') {
        if (az_regex_looking_at(parser, "-]")) {
            parser->at++;
            az_regex_write_range(parser, '-', '-');
        } else if (!parse_class_item(parser)) {
            return false;
        }
    }
    if (!az_regex_take(parser, ']'))
        return az_regex_fail(parser, start, "']' is missing");
    az_regex_close_class(parser, opened, negated);
    return true;
}

static bool parse_branches(struct az_regex_parser *parser);

static bool
parse_group(struct az_regex_parser *parser)
{
    size_t start = parser->at++;

    if (++parser->depth > AZ_MAX_PATTERN_DEPTH)
        return az_regex_unsupported(parser, start,
                                    "groups are nested too deep");
    az_regex_write(parser, "(?:");
    if (!parse_branches(parser))
        return false;
    if (!az_regex_take(parser, ')'))
        return az_regex_fail(parser, start, "')' is missing");
    az_regex_write(parser, ")");
    parser->depth--;
    return true;
}

static bool
parse_atom(struct az_regex_parser *parser)
{
    int c = az_regex_peek(parser);
    uint32_t code_point = 0;
    bool single = false;

    switch (c) {
    case '(':
        return parse_group(parser);
    case '[':
        return parse_class(parser);
    case '.':
        parser->at++;
        az_regex_write(parser, "[^\\x{a}\\x{d}]");
        return true;
    case '\\':
        if (!parse_escape(parser, &single, &code_point))
            return false;
        if (single)
            az_regex_write_char(parser, code_point);
        return true;
    case '*':
    case '+':
    case '?':
    case '{':
        return az_regex_fail(parser, parser->at, "nothing to repeat");
    case ']':
    case '}':
        return az_regex_fail(parser, parser->at, "']' and '}' must be escaped");
    default:
        az_regex_write_char(parser, az_regex_next(parser));
        return true;
    }
}

static bool
parse_branches(struct az_regex_parser *parser)
{
    struct az_regex_repeat repeat;
    size_t output, unfolded;
    int c;

    for (c = az_regex_peek(parser); c >= 0 && c != ')';
         c = az_regex_peek(parser)) {
        if (az_regex_take(parser, '|')) {
            az_regex_write(parser, "|");
            continue;
        }
        output = parser->out.len;
        unfolded = parser->unfolded;
        if (!parse_atom(parser) || !az_regex_read_repeat(parser, true, &repeat))
            return false;
        if (c == '(')
            az_regex_count_group(parser, output, unfolded, repeat);
        az_regex_write_repeat(parser, repeat);
    }
    return true;
}

bool
az_regex_translate_iregexp(struct az_regex_parser *parser)
{
    if (!parse_branches(parser))
        return false;
    if (az_regex_peek(parser) == ')')
        return az_regex_fail(parser, parser->at, "')' without '('");
    return true;
}
