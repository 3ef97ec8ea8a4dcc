/* The walk through a YAML source beside libyaml's events.
   SPDX-License-Identifier: MIT

   libyaml 0.2.5 reads some texts as another document than YAML 1.2 does, and
   reads others that are not YAML.  Its events say where nodes are; what is
   between them must be white space, comments, indicators and properties, and
   is gone through here byte by byte, so that each such text is refused.  This
   is no second parser: it never decides what a text means. */

#include "core/ascii.h"
#include "core/utf8.h"
#include "read/yaml.h"

#include <string.h>

/* What is refused although libyaml reads it. */
enum refusal {
    REFUSE_GLUED_COMMENT,
    REFUSE_ANCHOR_NAME,
    REFUSE_FLOW_QUESTION,
    REFUSE_FLOW_COLON,
    REFUSE_FLOW_DASH,
    REFUSE_FLOW_INDENT,
    REFUSE_FLOW_TAB,
    REFUSE_BLOCK_BLANK,
    REFUSE_BLOCK_UNINDENTED,
    REFUSE_BLOCK_START,
    REFUSE_UNREAD,
};

static const struct {
    enum az_diag_id id;
    const char *message;
    const char *hint;
} refusals[] = {
    /* YAML 1.2.2, 6.6: white space before a comment. */
    [REFUSE_GLUED_COMMENT] = { AZ_DIAG_YAML_SYNTAX,
                               "no space before the comment",
                               "write a space before '#', or put the text in "
                               "quotes" },
    /* 6.9.2: any character that is no white space and no bracket or comma. */
    [REFUSE_ANCHOR_NAME] = { AZ_DIAG_YAML_UNSUPPORTED,
                             "the name of an anchor has a character other than "
                             "letters, digits, '-' and '_'",
                             "rename it, or put a space behind the name" },
    /* 7.3.3, ns-plain-first */
    [REFUSE_FLOW_QUESTION] = { AZ_DIAG_YAML_UNSUPPORTED,
                               "in brackets, text that begins with '?' would "
                               "be misread",
                               "put it in quotes" },
    [REFUSE_FLOW_COLON] = { AZ_DIAG_YAML_UNSUPPORTED,
                            "in brackets, text that begins with ':' would be "
                            "misread",
                            "put it in quotes, or write a space behind ':'" },
    [REFUSE_FLOW_DASH] = { AZ_DIAG_YAML_SYNTAX,
                           "in brackets, '-' alone is no value",
                           "write \"-\" in quotes, or take the dash out" },
    /* 6.3 and 7.4, s-flow-line-prefix */
    [REFUSE_FLOW_INDENT] = { AZ_DIAG_YAML_SYNTAX,
                             "a line inside brackets or quotes is not indented "
                             "further than the key or '-' it belongs to",
                             "close the brackets or quotes before this line, "
                             "or "
                             "indent it with spaces" },
    [REFUSE_FLOW_TAB] = { AZ_DIAG_YAML_SYNTAX, "a tab cannot indent a line",
                          "indent with spaces" },
    /* 8.1.1.1 */
    [REFUSE_BLOCK_BLANK] = { AZ_DIAG_YAML_SYNTAX,
                             "an empty line before the text of the block has "
                             "more spaces than the text",
                             "take the spaces out of the empty line" },
    [REFUSE_BLOCK_UNINDENTED] = { AZ_DIAG_YAML_UNSUPPORTED,
                                  "the text of the block is not indented, and "
                                  "would be misread",
                                  "indent the text of the block" },
    /* 8.2.3, s-l+block-scalar */
    [REFUSE_BLOCK_START] = { AZ_DIAG_YAML_SYNTAX,
                             "'|' or '>' on a line of its own is not indented "
                             "further than the key or '-' it belongs to",
                             "write it behind the key or '-'" },
    [REFUSE_UNREAD] = { AZ_DIAG_YAML_UNSUPPORTED,
                        "text between two values that belongs to neither",
                        "put the text in quotes" },
};

static bool
refuse(struct yaml_reader *r, enum refusal what, size_t start, size_t end)
{
    return az_yaml_refuse(r, refusals[what].id, start, end, refusals[what].hint,
                          "%s", refusals[what].message);
}

/* The byte at OFFSET; a newline past the end, as libyaml is told. */
static char
byte_at(const struct yaml_reader *r, size_t offset)
{
    return offset < r->len ? r->text[offset] : '\n';
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool
is_break(char c)
{
    return c == '\n' || c == '\r';
}

static bool
is_space(char c)
{
    return is_blank(c) || is_break(c);
}

static bool
is_flow_indicator(char c)
{
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

static size_t
skip_blanks(const struct yaml_reader *r, size_t at)
{
    while (at < r->len && is_blank(r->text[at]))
        at++;
    return at;
}

static size_t
skip_line(const struct yaml_reader *r, size_t at)
{
    while (at < r->len && !is_break(r->text[at]))
        at++;
    return at;
}

static bool
is_line_start(const struct yaml_reader *r, size_t at)
{
    return at == 0 || is_break(r->text[at - 1]);
}

/* Whether "---" or "..." (three times C) stands at AT and marks a document. */
static bool
is_marker(const struct yaml_reader *r, size_t at, char c)
{
    return is_line_start(r, at) && byte_at(r, at) == c &&
           byte_at(r, at + 1) == c && byte_at(r, at + 2) == c &&
           is_space(byte_at(r, at + 3));
}

/* Events come in the order of the text, so that the offset of the last one is
   near. */
size_t
az_yaml_offset(struct yaml_reader *r, size_t index)
{
    if (r->ascii)
        return index < r->len - r->begin ? r->begin + index : r->len;
    while (r->known_index < index && r->known_offset < r->len) {
        r->known_offset++;
        while (r->known_offset < r->len &&
               az_utf8_is_inner(r->text[r->known_offset]))
            r->known_offset++;
        r->known_index++;
    }
    while (r->known_index > index) {
        r->known_offset--;
        while (az_utf8_is_inner(r->text[r->known_offset]))
            r->known_offset--;
        r->known_index--;
    }
    return r->known_offset;
}

/* Lines inside brackets and quotes. */

/* The line that begins at AT must be indented further than the innermost block
   collection, unless it is empty (without tabs in scalars, 6.4) or, outside of
   them, a comment.  A closing
   bracket may stand right below the key or dash: the specification says no,
   but nothing can be misread, everybody reads it and many write it. */
static bool
check_line(struct yaml_reader *r, size_t at, bool in_scalar)
{
    int least = yaml_indent(r) + 1;
    size_t spaces = at, content;
    char c;

    if (least <= 0)
        return true;
    while (spaces < r->len && r->text[spaces] == ' ')
        spaces++;
    if (spaces - at >= (size_t)least)
        return true;
    content = in_scalar ? spaces : skip_blanks(r, spaces);
    c = byte_at(r, content);
    if (is_break(c) || (c == '#' && !in_scalar))
        return true;
    if (c == '\t' || content > spaces)
        return refuse(r, REFUSE_FLOW_TAB, spaces, spaces + 1);
    if ((c == ']' || c == '}') && !in_scalar &&
        spaces - at + 1 >= (size_t)least)
        return true;
    return refuse(r, REFUSE_FLOW_INDENT, content, content + 1);
}

/* Between nodes. */

static void
end_token(struct yaml_reader *r, size_t end)
{
    r->at = end;
    r->token_end = end;
    r->after_json = false;
    r->after_colon = false;
}

static bool
walk_break(struct yaml_reader *r)
{
    if (r->text[r->at] == '\r' && byte_at(r, r->at + 1) == '\n')
        r->at++;
    r->at++;
    return !yaml_in_flow(r) || check_line(r, r->at, false);
}

static bool
walk_comment(struct yaml_reader *r)
{
    if (!is_line_start(r, r->at) && !is_blank(r->text[r->at - 1]))
        return refuse(r, REFUSE_GLUED_COMMENT, r->at, skip_line(r, r->at));
    r->at = skip_line(r, r->at);
    return true;
}

/* libyaml takes letters, digits, '-' and '_' only; what follows them, such as a
   colon, would become the value. */
static bool
check_name_end(struct yaml_reader *r, size_t end)
{
    char c = byte_at(r, end);

    if (is_space(c) || (yaml_in_flow(r) && (c == ',' || c == ']' || c == '}')))
        return true;
    return refuse(r, REFUSE_ANCHOR_NAME, end, end + 1);
}

static bool
walk_anchor(struct yaml_reader *r)
{
    size_t start = r->at, end = start + 1;

    while (end < r->len && (az_is_alnum(r->text[end]) || r->text[end] == '-' ||
                            r->text[end] == '_'))
        end++;
    r->anchor = (struct az_span){ (uint32_t)start, (uint32_t)end };
    if (!check_name_end(r, end))
        return false;
    end_token(r, end);
    return true;
}

static bool
walk_tag(struct yaml_reader *r)
{
    size_t start = r->at, end = start + 1;
    bool verbatim = byte_at(r, end) == '<';

    while (end < r->len && !is_space(r->text[end]) &&
           (verbatim || !yaml_in_flow(r) || !is_flow_indicator(r->text[end])))
        if (r->text[end++] == '>')
            verbatim = false;
    r->tag = (struct az_span){ (uint32_t)start, (uint32_t)end };
    end_token(r, end);
    return true;
}

static bool
walk_question(struct yaml_reader *r)
{
    if (!is_space(byte_at(r, r->at + 1)))
        return refuse(r, REFUSE_FLOW_QUESTION, r->at, r->at + 1);
    end_token(r, r->at + 1);
    return true;
}

/* In brackets libyaml takes any ':' that begins a token for the sign between
   key and value; in YAML 1.2 it is that only before a space, bracket or comma,
   or behind a key in quotes or brackets (7.4.2, c-ns-flow-map-adjacent-value).
 */
static bool
walk_colon(struct yaml_reader *r)
{
    char next = byte_at(r, r->at + 1);

    if (!is_space(next) && !(yaml_in_flow(r) && is_flow_indicator(next)) &&
        !r->after_json)
        return refuse(r, REFUSE_FLOW_COLON, r->at, r->at + 1);
    end_token(r, r->at + 1);
    r->after_colon = true;
    return true;
}

static bool
walk_dash(struct yaml_reader *r)
{
    if (is_marker(r, r->at, '-'))
        end_token(r, r->at + 3);
    else if (is_space(byte_at(r, r->at + 1)))
        end_token(r, r->at + 1);
    else
        return refuse(r, REFUSE_UNREAD, r->at, r->at + 1);
    return true;
}

static bool
walk_comma(struct yaml_reader *r)
{
    end_token(r, r->at + 1);
    return true;
}

static bool
walk_dots(struct yaml_reader *r)
{
    if (!is_marker(r, r->at, '.'))
        return refuse(r, REFUSE_UNREAD, r->at, r->at + 1);
    r->at += 3;
    return true;
}

/* libyaml finds a comment glued to a %TAG line itself, but not to %YAML. */
static bool
walk_directive(struct yaml_reader *r)
{
    size_t end = skip_line(r, r->at), at;

    if (!is_line_start(r, r->at))
        return refuse(r, REFUSE_UNREAD, r->at, r->at + 1);
    for (at = r->at + 1; at < end && r->text[at] != '#'; at++)
        continue;
    if (at < end && !is_blank(r->text[at - 1]))
        return refuse(r, REFUSE_GLUED_COMMENT, at, end);
    r->at = end;
    return true;
}

static bool
walk_one(struct yaml_reader *r)
{
    switch (r->text[r->at]) {
    case '\n':
    case '\r':
        return walk_break(r);
    case '#':
        return walk_comment(r);
    case ',':
        return walk_comma(r);
    case ':':
        return walk_colon(r);
    case '?':
        return walk_question(r);
    case '-':
        return walk_dash(r);
    case '.':
        return walk_dots(r);
    case '%':
        return walk_directive(r);
    case '&':
        return walk_anchor(r);
    case '!':
        return walk_tag(r);
    default:
        return refuse(r, REFUSE_UNREAD, r->at, r->at + 1);
    }
}

bool
az_yaml_walk(struct yaml_reader *r, size_t stop, size_t end, bool properties)
{
    for (;;) {
        r->at = skip_blanks(r, r->at);
        if (r->at >= stop &&
            !(properties && r->at < end &&
              (is_break(r->text[r->at]) || r->text[r->at] == '#' ||
               r->text[r->at] == '&' || r->text[r->at] == '!')))
            return true;
        if (r->at >= r->len)
            return true;
        if (!walk_one(r))
            return false;
    }
}

/* Scalars. */

/* Where the lines of the block scalar's text begin. */
static bool
walk_block_header(struct yaml_reader *r, size_t *ret_end, bool *ret_explicit)
{
    size_t at = r->at + 1;

    *ret_explicit = false;
    for (; at < r->len && strchr("+-123456789", r->text[at]) != NULL; at++)
        if (r->text[at] != '+' && r->text[at] != '-')
            *ret_explicit = true;
    *ret_end = at;
    if (byte_at(r, at) == '#')
        return refuse(r, REFUSE_GLUED_COMMENT, at, skip_line(r, at));
    return true;
}

/* Behind the line break at AT. */
static size_t
next_line(const struct yaml_reader *r, size_t at)
{
    return byte_at(r, at) == '\r' && byte_at(r, at + 1) == '\n' ? at + 2
                                                                : at + 1;
}

/* The indentation of a block scalar is that of its first line with text;
   libyaml takes that of the widest empty line before, and one column at least.
 */
static bool
check_block_indent(struct yaml_reader *r, size_t at)
{
    size_t widest = 0, widest_at = 0, line = at, spaces = 0;

    for (; line < r->len; line = next_line(r, line + spaces)) {
        for (spaces = 0; byte_at(r, line + spaces) == ' '; spaces++)
            continue;
        if (!is_break(byte_at(r, line + spaces)))
            break;
        if (spaces > widest) {
            widest = spaces;
            widest_at = line;
        }
    }
    if (line >= r->len || (int64_t)spaces <= yaml_indent(r) ||
        is_marker(r, line, '-') || is_marker(r, line, '.'))
        return true;
    if (widest > spaces)
        return refuse(r, REFUSE_BLOCK_BLANK, widest_at + spaces,
                      widest_at + widest);
    if (spaces == 0)
        return refuse(r, REFUSE_BLOCK_UNINDENTED, line, skip_line(r, line));
    return true;
}

/* Of everything else that begins a line libyaml checks this itself. */
static bool
check_block_start(struct yaml_reader *r)
{
    size_t start = r->at;

    while (start > 0 && r->text[start - 1] == ' ')
        start--;
    if (is_line_start(r, start) && (int64_t)(r->at - start) <= yaml_indent(r))
        return refuse(r, REFUSE_BLOCK_START, r->at, r->at + 1);
    return true;
}

static bool
walk_block_scalar(struct yaml_reader *r, size_t end, size_t *ret_end)
{
    size_t header_end = 0, text_end, line;
    bool is_explicit = false;

    if (!check_block_start(r) ||
        !walk_block_header(r, &header_end, &is_explicit))
        return false;
    line = next_line(r, skip_line(r, header_end));
    if (!is_explicit && !check_block_indent(r, line))
        return false;
    /* The text ends with its last line that is not empty. */
    text_end = end;
    while (text_end > header_end && is_space(r->text[text_end - 1]))
        text_end--;
    *ret_end = text_end < line ? header_end : skip_line(r, text_end);
    end_token(r, end);
    r->token_end = *ret_end;
    return true;
}

static bool
check_continuation(struct yaml_reader *r, size_t end)
{
    size_t at = r->at;

    for (;;) {
        at = skip_line(r, at);
        if (at >= end)
            return true;
        at = next_line(r, at);
        if (at < end && !check_line(r, at, true))
            return false;
    }
}

bool
az_yaml_walk_scalar(struct yaml_reader *r, size_t end,
                    yaml_scalar_style_t style, bool multi_line, size_t *ret_end)
{
    bool quoted = style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
                  style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;

    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        return walk_block_scalar(r, end, ret_end);
    if (end < r->at)
        end = r->at;
    /* Of plain scalars outside of brackets libyaml checks this itself. */
    if (multi_line && (quoted || yaml_in_flow(r)) &&
        !check_continuation(r, end))
        return false;
    if (!quoted && yaml_in_flow(r) && end == r->at + 1 && r->text[r->at] == '-')
        return refuse(r, REFUSE_FLOW_DASH, r->at, end);
    *ret_end = end;
    if (end > r->at)
        end_token(r, end);
    r->after_json = quoted;
    return true;
}

bool
az_yaml_walk_alias(struct yaml_reader *r, size_t end)
{
    if (!check_name_end(r, end))
        return false;
    end_token(r, end);
    return true;
}

void
az_yaml_walk_bracket(struct yaml_reader *r)
{
    bool closing = byte_at(r, r->at) == ']' || byte_at(r, r->at) == '}';

    end_token(r, r->at < r->len ? r->at + 1 : r->at);
    r->after_json = closing;
}

static bool
refuse_second(struct yaml_reader *r, const char *message)
{
    return az_yaml_refuse(r, AZ_DIAG_YAML_MULTIPLE, r->at, skip_line(r, r->at),
                          "put each document in a file of its own, or check "
                          "them all with --multi",
                          "%s", message);
}

bool
az_yaml_walk_tail(struct yaml_reader *r)
{
    bool ended = false, new_line = true;

    while ((r->at = skip_blanks(r, r->at)) < r->len) {
        char c = r->text[r->at];

        if (c == '%' && is_line_start(r, r->at))
            return refuse_second(r,
                                 "a directive after the end of the document");
        if (is_marker(r, r->at, '-'))
            return refuse_second(r, "a second document begins here");
        if (is_marker(r, r->at, '.'))
            ended = true;
        else if (!is_break(c) && c != '#')
            return !ended || !new_line ||
                   refuse_second(r, "a second document begins here");
        new_line = is_break(c);
        if (!walk_one(r))
            return false;
    }
    return true;
}
