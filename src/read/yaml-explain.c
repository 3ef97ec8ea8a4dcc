/* The YAML reader's findings in words.
   SPDX-License-Identifier: MIT

   libyaml says what its grammar did not find; a reader of ours should hear what
   to write. */

#include "read/yaml.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/pointer.h"

static struct az_place
place_between(const struct yaml_reader *r, size_t start, size_t end)
{
    if (start > r->len)
        start = r->len;
    if (end > r->len)
        end = r->len;
    return az_place_of(r->source,
                       (struct az_span){ (uint32_t)start, (uint32_t)end });
}

bool
az_yaml_refuse(struct yaml_reader *r, enum az_diag_id id, size_t start,
               size_t end, const char *hint, const char *format, ...)
{
    struct az_diag *diag;
    struct az_buf buf;
    va_list args;

    az_buf_init(&buf, r->arena);
    va_start(args, format);
    az_buf_vaddf(&buf, format, args);
    va_end(args);
    diag = az_sink_add(r->sink, id, place_between(r, start, end), "%s", buf.p);
    if (hint != NULL)
        az_diag_hint(r->sink, diag, "%s", hint);
    return false;
}

/* Pointers. */

/* The JSON Pointer of what is read in the innermost of the first DEPTH
   collections, into BUF; false beyond the budget. */
static bool
point_into(struct yaml_reader *r, size_t depth, struct az_buf *buf)
{
    size_t bytes = 0;

    for (size_t i = 0; i < depth; i++)
        bytes += r->frames[i].object ? r->frames[i].key.len + 1 : 8;
    if (!az_read_spend_on_pointer(&r->duplicates, bytes))
        return false;
    for (size_t i = 0; i < depth; i++) {
        if (r->frames[i].object)
            az_pointer_add(buf, r->frames[i].key);
        else
            az_buf_addf(buf, "/%zu", r->frames[i].count);
    }
    return true;
}

/* Equal keys. */

void
az_yaml_duplicate_keys(struct yaml_reader *r, const struct az_member *members,
                       size_t count)
{
    struct az_buf object;
    bool is_pointed;

    r->malformed = true;
    az_buf_init(&object, r->arena);
    is_pointed =
        r->sink->count < r->sink->limit && point_into(r, r->depth - 1, &object);
    az_read_duplicate_keys(&r->duplicates, is_pointed ? &object : NULL, members,
                           count);
}

/* Plain scalars that YAML 1.1 reads otherwise. */

static const struct {
    const char *message; /* behind the scalar */
    const char *before;  /* the hint, around the scalar in quotes */
    const char *after;
} olds[] = {
    [YAML_OLD_BOOLEAN] = { "is text, but true or false in YAML 1.1", "write",
                           "in quotes, or true/false" },
    [YAML_OLD_OCTAL] = { "is a decimal number, but octal in YAML 1.1",
                         "leave the leading zeros out, or write", "in quotes" },
    [YAML_OLD_TEXT] = { "is an octal number, but text in YAML 1.1",
                        "write the decimal number, or", "in quotes" },
    [YAML_OLD_EXPONENT] = { "is a number, but text to readers of YAML 1.1",
                            "write it without exponent or like 1.0e+3, or",
                            "in quotes" },
    [YAML_OLD_NUMBER] = { "is text, but a number in YAML 1.1", "write",
                          "in quotes, or a decimal number" },
    [YAML_OLD_VERSION] = { "is a number, whose last zero does not count",
                           "write",
                           "in quotes if it is a version, or leave the zero "
                           "out" },
};

void
az_yaml_warn_old(struct yaml_reader *r, enum yaml_old old, struct az_str text,
                 struct az_span span)
{
    struct az_place place = az_place_of(r->source, span);
    struct az_diag *diag;
    const char *what = "it";
    struct az_buf pointer;

    if (r->sink->count >= r->sink->limit) {
        az_sink_add(r->sink, AZ_DIAG_YAML_AMBIGUOUS, place, "%s", "");
        return;
    }
    diag = az_sink_add(r->sink, AZ_DIAG_YAML_AMBIGUOUS, place, "%s %s",
                       az_str_quote(r->arena, text), olds[old].message);
    /* Nothing but letters, digits and signs: it needs no escapes. */
    if (text.len <= 60)
        what = az_arena_printf(r->arena, "\"%.*s\"", AZ_STR_ARG(text));
    az_diag_hint(r->sink, diag, "%s %s %s", olds[old].before, what,
                 olds[old].after);
    az_buf_init(&pointer, r->arena);
    if (point_into(r, r->depth, &pointer))
        diag->pointer = az_buf_str(&pointer).p;
}

/* libyaml's complaints. */

enum where {
    AT_PROBLEM, /* where libyaml gave up */
    AT_CONTEXT, /* where what it was reading begins */
    AT_OPENING, /* at the opening bracket if the text ended, else there with the
                   opening as the second place */
    AT_SECOND,  /* where libyaml gave up, with the beginning as second place */
};

static const struct complaint {
    const char *problem; /* libyaml's */
    const char *context; /* how libyaml's context ends; NULL: any */
    enum where where;
    const char *message;
    const char *hint;
    const char *second; /* of the second place */
} complaints[] = {
    /* the scanner */
    { "could not find expected ':'", NULL, AT_CONTEXT,
      "this is no key with a ':', and no part of what stands before",
      "write 'key: value' with a space behind ':', or indent the line further",
      NULL },
    { "mapping values are not allowed in this context", NULL, AT_PROBLEM,
      "':' cannot make a key here",
      "check the indentation of this line, or put text that holds ': ' in "
      "quotes",
      NULL },
    { "mapping keys are not allowed in this context", NULL, AT_PROBLEM,
      "'?' cannot begin a key here", "put text that begins with '? ' in quotes",
      NULL },
    { "block sequence entries are not allowed in this context", NULL,
      AT_PROBLEM, "'-' cannot begin a list here",
      "begin the list on a line of its own, or put text that begins with '- ' "
      "in quotes",
      NULL },
    { "found unexpected ':'", NULL, AT_PROBLEM,
      "':' before a bracket or comma is ambiguous in brackets",
      "put text such as \"::1\" in quotes, or write a space behind ':'", NULL },
    { "found unexpected end of stream", "quoted scalar", AT_CONTEXT,
      "the quotes that open here are never closed",
      "write the closing quote; a quote inside the text is '' in single and "
      "\\\" in double quotes",
      NULL },
    { "found unexpected document indicator", NULL, AT_CONTEXT,
      "the quotes that open here are not closed before '---' or '...'",
      "write the closing quote", NULL },
    { "found unknown escape character", NULL, AT_PROBLEM,
      "no escape sequence of YAML",
      "write \\\\ for a backslash, or use single quotes", NULL },
    { "did not find expected hexdecimal number", NULL, AT_PROBLEM,
      "an escape has too few hexadecimal digits",
      "write two after \\x, four after \\u, eight after \\U", NULL },
    { "found invalid Unicode character escape code", NULL, AT_PROBLEM,
      "an escape that is no character",
      "write characters above U+FFFF as \\U and eight digits", NULL },
    { "did not find expected comment or line break", "block scalar", AT_PROBLEM,
      "text behind '|' or '>'",
      "begin the text on the next line, or put it in quotes", NULL },
    { "found an indentation indicator equal to 0", NULL, AT_PROBLEM,
      "'0' is no indentation", "write 1 to 9, or leave the number out", NULL },
    { "found a tab character that violates indentation", NULL, AT_PROBLEM,
      "a tab cannot indent a line", "indent with spaces", NULL },
    { "found a tab character where an indentation space is expected", NULL,
      AT_PROBLEM, "a tab cannot indent a line", "indent with spaces", NULL },
    { "did not find expected alphabetic or numeric character", "alias",
      AT_CONTEXT, "'*' begins an alias, but no name follows",
      "put text that begins with '*' in quotes", NULL },
    { "did not find expected alphabetic or numeric character", "anchor",
      AT_CONTEXT, "'&' begins an anchor, but no name follows",
      "put text that begins with '&' in quotes", NULL },
    { "found undefined tag handle", NULL, AT_PROBLEM,
      "a tag whose handle no %TAG line declares",
      "put text that begins with '!' in quotes", NULL },
    /* the parser */
    { "did not find expected key", NULL, AT_SECOND,
      "a key of the mapping should be here",
      "keys of one mapping begin in one column; what belongs to a key is "
      "indented further",
      "the mapping begins here" },
    { "did not find expected '-' indicator", NULL, AT_SECOND,
      "a '-' of the list should be here",
      "the dashes of one list stand in one column; what belongs to one is "
      "indented further",
      "the list begins here" },
    { "did not find expected ',' or ']'", NULL, AT_OPENING,
      "a ',' or ']' is missing before this", "write ',' between two values",
      "the bracket opens here" },
    { "did not find expected ',' or '}'", NULL, AT_OPENING,
      "a ',' or '}' is missing before this",
      "write ',' between two members, and a space behind ':'",
      "the bracket opens here" },
    { "did not find expected node content", "flow node", AT_OPENING,
      "a value is missing before this",
      "put text that begins with ':', '-' or '?' in quotes, or take the comma "
      "out",
      "the bracket opens here" },
    { "did not find expected node content", NULL, AT_PROBLEM,
      "a value is missing before this",
      "write the value, or put text with special characters in quotes", NULL },
    { "did not find expected <document start>", NULL, AT_PROBLEM,
      "the document ends before this",
      "put the whole text in quotes, or indent the line as part of what stands "
      "before",
      NULL },
    { "found incompatible YAML document", NULL, AT_PROBLEM,
      "a version of YAML other than 1.1 and 1.2", "take the %YAML line out",
      NULL },
};

/* Characters that no plain text begins with. */
static const struct {
    char c;
    const char *message;
    const char *hint;
} starts[] = {
    { '\t', "a tab cannot stand here", "indent and separate with spaces" },
    { '@', "text cannot begin with '@'", "put it in quotes" },
    { '`', "text cannot begin with a back quote", "put it in quotes" },
    { '%', "text cannot begin with '%'", "put it in quotes" },
    { '|', "'|' cannot begin a block of text here", "put it in quotes" },
    { '>', "'>' cannot begin a block of text here", "put it in quotes" },
};

static bool
is_complaint(const struct complaint *complaint, const char *problem,
             const char *context)
{
    return strcmp(complaint->problem, problem) == 0 &&
           (complaint->context == NULL ||
            az_str_ends_with(az_str_from(context),
                             az_str_from(complaint->context)));
}

/* The end of the word at OFFSET, for a caret under it. */
static size_t
word_end(const struct yaml_reader *r, size_t offset)
{
    size_t end = offset;

    while (end < r->len && strchr(" \t\r\n,[]{}", r->text[end]) == NULL)
        end++;
    return end > offset || end == r->len ? end : end + 1;
}

static bool
explain_start(struct yaml_reader *r, size_t at)
{
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (at < r->len && r->text[at] == starts[i].c)
            return az_yaml_refuse(r, AZ_DIAG_YAML_SYNTAX, at, at + 1,
                                  starts[i].hint, "%s", starts[i].message);
    return az_yaml_refuse(r, AZ_DIAG_YAML_SYNTAX, at, word_end(r, at),
                          "put it in quotes", "text cannot begin like this");
}

/* The bracket of the innermost open collection that has one, the offset of
   what libyaml began with if there is none. */
static size_t
opening(const struct yaml_reader *r, size_t context)
{
    for (size_t i = r->depth; i > 0; i--)
        if (r->frames[i - 1].bracketed)
            return r->frames[i - 1].start;
    return context;
}

/* Whether something stands before AT on its line. */
static bool
is_behind_text(const struct yaml_reader *r, size_t at)
{
    size_t i = at < r->len ? at : r->len;

    while (i > 0 && (r->text[i - 1] == ' ' || r->text[i - 1] == '\t'))
        i--;
    return i > 0 && r->text[i - 1] != '\n' && r->text[i - 1] != '\r';
}

static bool
explain(struct yaml_reader *r, const struct complaint *complaint, size_t at,
        size_t context)
{
    size_t start = complaint->where == AT_CONTEXT ? context : at;
    struct az_diag *diag;

    if (complaint->where == AT_OPENING) {
        context = opening(r, context);
        if (at >= r->len)
            return az_yaml_refuse(r, AZ_DIAG_YAML_SYNTAX, context, context + 1,
                                  "write the closing bracket",
                                  "the bracket that opens here is never "
                                  "closed");
    }
    if (complaint->where == AT_SECOND && is_behind_text(r, at))
        return az_yaml_refuse(r, AZ_DIAG_YAML_SYNTAX, at, word_end(r, at),
                              "put the whole value in quotes, or take this "
                              "out",
                              "text behind the end of a value");
    diag = az_sink_add(r->sink, AZ_DIAG_YAML_SYNTAX,
                       place_between(r, start, word_end(r, start)), "%s",
                       complaint->message);
    if (complaint->hint != NULL)
        az_diag_hint(r->sink, diag, "%s", complaint->hint);
    if (complaint->second != NULL)
        az_diag_relate(r->sink, diag, place_between(r, context, context + 1),
                       "%s", complaint->second);
    return false;
}

/* Whether only directives, comments and empty lines come before AT. */
static bool
is_in_head(const struct yaml_reader *r, size_t at)
{
    size_t i = r->begin;

    while (i < at) {
        while (i < at && strchr(" \t\r\n", r->text[i]) != NULL)
            i++;
        if (i < at && r->text[i] != '%' && r->text[i] != '#')
            return false;
        while (i < at && r->text[i] != '\n')
            i++;
    }
    return true;
}

static bool
explain_directive(struct yaml_reader *r, size_t at)
{
    if (!is_in_head(r, at))
        return az_yaml_refuse(r, AZ_DIAG_YAML_MULTIPLE, at, word_end(r, at),
                              "put each document in a file of its own",
                              "a directive after the end of the document");
    return az_yaml_refuse(r, AZ_DIAG_YAML_SYNTAX, at, word_end(r, at),
                          "take the line out, or put text that begins with "
                          "'%' in quotes",
                          "a directive that is malformed or unknown");
}

bool
az_yaml_explain(struct yaml_reader *r)
{
    const yaml_parser_t *parser = &r->parser;
    const char *problem = parser->problem != NULL ? parser->problem : "";
    const char *context = parser->context != NULL ? parser->context : "";
    size_t at, context_at;

    if (parser->error == YAML_MEMORY_ERROR)
        az_arena_oom(r->arena);
    if (parser->error == YAML_READER_ERROR)
        return az_yaml_refuse(r, AZ_DIAG_BAD_ENCODING,
                              r->begin + parser->problem_offset,
                              r->begin + parser->problem_offset + 1,
                              "save the file as UTF-8", "%s", problem);
    context_at = az_yaml_offset(r, parser->context_mark.index);
    at = az_yaml_offset(r, parser->problem_mark.index);
    if (strcmp(problem, "found character that cannot start any token") == 0)
        return explain_start(r, at);
    for (size_t i = 0; i < sizeof(complaints) / sizeof(complaints[0]); i++)
        if (is_complaint(&complaints[i], problem, context))
            return explain(r, &complaints[i], at, context_at);
    if (az_str_ends_with(az_str_from(context), AZ_STR("directive")))
        return explain_directive(r, context_at);
    if (az_str_ends_with(az_str_from(context), AZ_STR("tag")))
        return az_yaml_refuse(r, AZ_DIAG_YAML_SYNTAX, context_at,
                              word_end(r, context_at),
                              "put text that begins with '!' in quotes",
                              "a tag that is malformed");
    return az_yaml_refuse(
        r, AZ_DIAG_YAML_SYNTAX, at, word_end(r, at),
        "put text with special characters in quotes, and check the indentation",
        "%s", problem);
}
