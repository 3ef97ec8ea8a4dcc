/* What stands where JSON expects something else, and what was meant.
   SPDX-License-Identifier: MIT

   A table of the mistakes that people and programs make: the first row whose
   test holds gives the message and the hint. */

#include "core/ascii.h"
#include "read/json.h"

#include <string.h>

#include "core/arena.h"
#include "core/utf8.h"

struct mistake {
    struct json_reader *r;
    enum json_expected expected;
    const char *at;
    struct az_str token; /* what stands at AT; empty at the end */
    const char *before;  /* past the last byte before AT that is no space */
    char previous;       /* that byte; NUL at the start */
    /* What a row's test may change: */
    const char *from; /* where to point; the token unless changed */
    const char *to;
    const char *subject; /* '$' in the message; the token unless changed */
    struct json_advice say;
    const char *opened; /* the bracket to show as a related place */
};

#define ANYWHERE (JSON_VALUE | JSON_KEY | JSON_COLON | JSON_MORE | JSON_END)

static bool
is_at_end(const struct mistake *m)
{
    return m->at == m->r->end;
}

static bool
is_one_of(const struct mistake *m, const char *bytes)
{
    return m->token.len > 0 && *m->at != '\0' && strchr(bytes, *m->at) != NULL;
}

static bool
starts_with(const struct mistake *m, const char *prefix)
{
    struct az_str rest = { .p = m->at, .len = (size_t)(m->r->end - m->at) };
    return az_str_starts_with(rest, az_str_from(prefix));
}

static bool
in_object(const struct mistake *m)
{
    return m->r->frame != NULL && m->r->frame->object;
}

/* The empty place behind what was read last. */
static void
point_behind(struct mistake *m)
{
    m->from = m->before;
    m->to = m->before;
}

static const struct az_member *
current_member(const struct mistake *m)
{
    return &m->r->members[m->r->frame->current];
}

static bool
is_word_char(char c)
{
    return az_is_alnum(c) || (c != '\0' && strchr("_$.+-", c) != NULL);
}

/* TEXT as it would be written as a JSON string. */
static const char *
in_double_quotes(const struct mistake *m, struct az_str text)
{
    struct az_buf buf;

    az_buf_init(&buf, m->r->arena);
    az_buf_add_char(&buf, '"');
    az_buf_add_escaped(&buf, text, AZ_QUOTE_LIMIT);
    az_buf_add_char(&buf, '"');
    return buf.p;
}

static uint32_t
code_point_at(const struct mistake *m)
{
    uint32_t code_point = 0;

    az_utf8_decode(m->at, m->r->end, &code_point);
    return code_point;
}

static void
name_code_point(struct mistake *m)
{
    m->subject =
        az_arena_printf(m->r->arena, "U+%04X", (unsigned)code_point_at(m));
}

/* Tests, in the order of the table. */

static bool
is_bad_utf8(struct mistake *m)
{
    if (is_at_end(m) || az_utf8_decode(m->at, m->r->end, NULL) > 0)
        return false;
    m->subject =
        az_arena_printf(m->r->arena, "0x%02X", (unsigned)(unsigned char)*m->at);
    return true;
}

static bool
is_empty(struct mistake *m)
{
    return m->r->start == m->r->end;
}

static bool
is_blank(struct mistake *m)
{
    point_behind(m);
    return is_at_end(m) && m->r->frame == NULL;
}

static bool
is_end(struct mistake *m)
{
    point_behind(m);
    if (!is_at_end(m))
        return false;
    m->subject = in_object(m) ? "an object" : "an array";
    m->say.fix = in_object(m) ? "}" : "]";
    m->opened = m->r->frame->open;
    return true;
}

static bool
is_comment(struct mistake *m)
{
    if (*m->at == '#')
        return true;
    if (!starts_with(m, "//") && !starts_with(m, "/*"))
        return false;
    m->to = m->at + 2;
    return true;
}

static bool
is_conflict(struct mistake *m)
{
    if ((m->at > m->r->start && m->at[-1] != '\n') ||
        (!starts_with(m, "<<<<<<<") && !starts_with(m, "=======") &&
         !starts_with(m, ">>>>>>>") && !starts_with(m, "|||||||")))
        return false;
    m->to = m->at + 7;
    return true;
}

static bool
is_trailing_comma(struct mistake *m)
{
    if (m->previous != ',' || !is_one_of(m, "]}"))
        return false;
    m->from = m->before - 1;
    m->to = m->before;
    m->subject = in_object(m) ? "member of an object" : "item of an array";
    return true;
}

static bool
is_extra_comma(struct mistake *m)
{
    m->say.fix = in_object(m) ? "member" : "item";
    return m->r->frame != NULL && *m->at == ',' && m->previous != ':';
}

static bool
is_valueless(struct mistake *m)
{
    if (m->previous != ':' || !is_one_of(m, ",]}"))
        return false;
    m->subject = az_str_quote(m->r->arena, current_member(m)->key);
    return true;
}

static bool
is_key_alone(struct mistake *m)
{
    struct az_span span = current_member(m)->key_span;

    if (!is_one_of(m, ",}"))
        return false;
    m->from = m->r->start + span.start;
    m->to = m->r->start + span.end;
    m->subject = az_str_quote(m->r->arena, current_member(m)->key);
    return true;
}

static bool
is_other_colon(struct mistake *m)
{
    if (starts_with(m, "=>"))
        m->to = m->at + 2;
    return *m->at == '=';
}

static bool
is_wrong_close(struct mistake *m)
{
    if (m->r->frame == NULL || !is_one_of(m, "]}"))
        return false;
    m->subject = in_object(m) ? "']' cannot close an object"
                              : "'}' cannot close an array";
    m->say.fix = in_object(m) ? "}" : "]";
    m->opened = m->r->frame->open;
    return true;
}

static bool
is_extra_close(struct mistake *m)
{
    return m->r->frame == NULL && is_one_of(m, "]}");
}

static bool
is_inner_quote(struct mistake *m)
{
    return m->previous == '"' && m->before == m->at && is_word_char(*m->at);
}

static bool
is_single_quoted(struct mistake *m)
{
    struct az_str text = m->token;

    if (*m->at != '\'')
        return false;
    if (text.len > 1) {
        text.p++;
        text.len -= 2;
        m->say.fix = in_double_quotes(m, text);
    } else {
        m->say.fix = "\"";
    }
    m->subject = az_str_quote(m->r->arena, text);
    return true;
}

static bool
is_typographic(struct mistake *m)
{
    uint32_t c = code_point_at(m);

    name_code_point(m);
    m->to = m->at + az_utf8_decode(m->at, m->r->end, NULL);
    return (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB ||
           c == 0xFF02 || c == 0xFF07 || c == '`';
}

static bool
is_other_space(struct mistake *m)
{
    uint32_t c = code_point_at(m);

    name_code_point(m);
    m->to = m->at + az_utf8_decode(m->at, m->r->end, NULL);
    return c == 0x0B || c == 0x0C || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200F) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 ||
           c == 0xFEFF;
}

static bool
is_control(struct mistake *m)
{
    uint32_t c = code_point_at(m);

    name_code_point(m);
    return c < 0x20 || c == 0x7F;
}

static bool
is_yaml(struct mistake *m)
{
    return m->r->frame == NULL &&
           (starts_with(m, "---") || starts_with(m, "%YAML"));
}

/* Words. */

static bool
is_word(struct mistake *m)
{
    return m->token.len > 0 &&
           (is_word_char(*m->at) || (unsigned char)*m->at >= 0x80);
}

/* The token is one of WORDS, whose capitals do not matter. */
static bool
is_any_word(const struct mistake *m, const char *const *words)
{
    for (; *words != NULL; words++)
        if (m->token.len == strlen(*words) &&
            az_str_distance(m->token, az_str_from(*words), 0) == 0)
            return true;
    return false;
}

static bool
is_not_finite(struct mistake *m)
{
    static const char *const words[] = {
        "nan",  "-nan",  "+nan",  ".nan",     "inf",       "-inf",      "+inf",
        ".inf", "-.inf", "+.inf", "infinity", "-infinity", "+infinity", NULL,
    };

    return is_any_word(m, words);
}

static bool
is_literal(struct mistake *m)
{
    static const char *const truths[] = { "true", "yes", "on", NULL };
    static const char *const falsehoods[] = { "false", "no", "off", NULL };
    static const char *const nulls[] = { "null",      "none", "nil",
                                         "undefined", "~",    NULL };
    static const struct az_str literals[] = { AZ_STR("true"), AZ_STR("false"),
                                              AZ_STR("null") };
    size_t nearest;

    if (is_any_word(m, truths))
        m->say.fix = "true";
    else if (is_any_word(m, falsehoods))
        m->say.fix = "false";
    else if (is_any_word(m, nulls))
        m->say.fix = "null";
    else if (is_word(m)) {
        nearest = az_str_nearest(m->token, literals, 3);
        m->say.fix = nearest < 3 ? literals[nearest].p : NULL;
    }
    return m->say.fix != NULL;
}

/* A word as value or key: TOKEN in double quotes would be one. */
static bool
is_unquoted(struct mistake *m)
{
    if (!is_word(m))
        return false;
    m->say.fix = in_double_quotes(m, m->token);
    return true;
}

static bool
is_numeric(struct mistake *m)
{
    m->say.fix = in_double_quotes(m, m->token);
    return az_json_is_numeric(m->token);
}

static bool
is_bad_number(struct mistake *m)
{
    if (!az_json_is_numeric(m->token))
        return false;
    m->say.fix = in_double_quotes(m, m->token);
    az_json_explain_number(m->r->arena, m->token, &m->say);
    return true;
}

/* What is missing, and what is too much. */

static bool
begins_value(struct mistake *m)
{
    return is_one_of(m, "\"{[") || is_word(m);
}

static bool
is_no_colon(struct mistake *m)
{
    if (!begins_value(m))
        return false;
    point_behind(m);
    m->subject = az_str_quote(m->r->arena, current_member(m)->key);
    return true;
}

static bool
is_no_comma(struct mistake *m)
{
    if (!begins_value(m))
        return false;
    point_behind(m);
    m->subject = in_object(m) ? "members of an object" : "items of an array";
    return true;
}

static bool
is_semicolon(struct mistake *m)
{
    return *m->at == ';';
}

static bool
is_pair_in_array(struct mistake *m)
{
    return *m->at == ':' && !in_object(m);
}

static bool
is_container(struct mistake *m)
{
    return is_one_of(m, "{[");
}

static bool
is_anything(struct mistake *m)
{
    switch (m->expected) {
    case JSON_VALUE:
        m->say.fix = "a value";
        break;
    case JSON_KEY:
        m->say.fix = "a key in double quotes";
        break;
    case JSON_COLON:
        m->say.fix = "':'";
        break;
    case JSON_MORE:
        m->say.fix = in_object(m) ? "',' or '}'" : "',' or ']'";
        break;
    case JSON_END:
        break;
    }
    return true;
}

#define COMMENT_HINT                                                           \
    "remove it, or write the file as YAML, which has comments that begin "     \
    "with '#'"
#define YAML_HINT "name the file *.yaml to have it read as YAML"
#define ONE_VALUE "a JSON file holds one value: put several into an array"

static const struct row {
    unsigned expected;
    bool (*is)(struct mistake *m);
    const char *message;
    const char *hint;
} rows[] = {
    { ANYWHERE, is_bad_utf8, "byte $ is not UTF-8", "save the file as UTF-8" },
    { JSON_VALUE, is_empty, "the file is empty",
      "write one JSON value, such as {}" },
    { JSON_VALUE, is_blank, "the file holds nothing but white space",
      "write one JSON value, such as {}" },
    { ANYWHERE, is_end, "the file ends inside $", "close it with '$'" },
    { ANYWHERE, is_conflict, "a mark of a merge conflict",
      "resolve the conflict and remove its marks" },
    { ANYWHERE, is_comment, "JSON has no comments", COMMENT_HINT },
    { JSON_VALUE | JSON_KEY, is_trailing_comma, "comma behind the last $",
      "remove the comma" },
    { JSON_VALUE | JSON_KEY, is_extra_comma, "nothing stands before this comma",
      "remove the comma, or write the missing $" },
    { JSON_VALUE, is_valueless, "the key $ has no value",
      "write a value behind the colon" },
    { JSON_COLON, is_key_alone, "the key $ has no value",
      "write ':' and a value behind it; plain values stand in an array, in "
      "[ ]" },
    { JSON_COLON, is_other_colon, "$ in place of ':'", "write ':'" },
    { JSON_VALUE | JSON_KEY | JSON_MORE, is_wrong_close, "$",
      "close it with '$'" },
    { JSON_VALUE | JSON_END, is_extra_close, "$ closes nothing",
      "remove it, or open what it should close" },
    { JSON_COLON | JSON_MORE | JSON_END, is_inner_quote,
      "$ right behind a string", "write \\\" for a quote inside a string" },
    { ANYWHERE, is_single_quoted, "$ is in single quotes",
      "use double quotes: $" },
    { ANYWHERE, is_typographic, "the quotation mark $ is none of JSON",
      "use double quotes: \"" },
    { ANYWHERE, is_other_space, "the space $ is no white space of JSON",
      "replace it with a space" },
    { ANYWHERE, is_control, "control character $ outside a string",
      "remove it" },
    { JSON_VALUE, is_yaml, "this is YAML, not JSON", YAML_HINT },
    { JSON_VALUE, is_not_finite, "$ is no number of JSON",
      "numbers are finite: write one, or null" },
    { JSON_VALUE, is_bad_number, NULL, NULL },
    { JSON_VALUE, is_literal, "$ is no value of JSON", "did you mean $?" },
    { JSON_VALUE, is_unquoted, "$ is no value of JSON",
      "write $ if a string is meant" },
    { JSON_KEY, is_numeric, "the key $ is not a string", "write $" },
    { JSON_KEY, is_unquoted, "the key $ is not in double quotes", "write $" },
    { JSON_KEY, is_container, "$ where a key should stand",
      "keys are strings, in double quotes" },
    { JSON_COLON, is_no_colon, "no ':' behind the key $",
      "write ':' and a value behind each key" },
    { JSON_MORE, is_no_comma, "no comma between two $", "write ','" },
    { JSON_MORE, is_semicolon, "$ in place of ','", "write ','" },
    { JSON_MORE, is_pair_in_array, "$ in an array",
      "keys stand in an object, in { }" },
    { JSON_END, begins_value, "$ behind the end of the document", ONE_VALUE },
    { JSON_END, is_anything, "$ behind the end of the document", "remove it" },
    { ANYWHERE, is_anything, "unexpected $", "$ should stand here" },
};

/* The length of the quoted text at AT: with its closing quote if that is on
   the same line, else the quote alone. */
static size_t
quoted_length(const char *at, const char *end)
{
    const char *p = at + 1;

    while (p < end && *p != *at && *p != '\n') {
        if (*p == '\\' && end - p > 1)
            p++;
        p++;
    }
    return p < end && *p == *at ? (size_t)(p - at) + 1 : 1;
}

static size_t
token_length(const char *at, const char *end)
{
    const char *p = at;
    size_t length;

    if (at == end)
        return 0;
    if (*at == '"' || *at == '\'')
        return quoted_length(at, end);
    if (!is_word_char(*at) && (unsigned char)*at < 0x80)
        return 1;
    while (p < end && (is_word_char(*p) || (unsigned char)*p >= 0x80)) {
        length = az_utf8_decode(p, end, NULL);
        if (length == 0)
            break;
        p += length;
    }
    return p == at ? 1 : (size_t)(p - at);
}

static struct mistake
take_apart(struct json_reader *r, const char *at, enum json_expected expected)
{
    struct mistake m = { .r = r, .expected = expected, .at = at, .before = at };

    while (m.before > r->start && strchr(" \t\r\n", m.before[-1]) != NULL &&
           m.before[-1] != '\0')
        m.before--;
    m.previous = '\0';
    if (m.before > r->start)
        m.previous = m.before[-1];
    m.token = (struct az_str){ .p = at, .len = token_length(at, r->end) };
    return m;
}

/* TEMPLATE with FILL for its '$'. */
static const char *
fill_in(struct az_arena *arena, const char *template, const char *fill)
{
    const char *hole = strchr(template, '$');

    if (hole == NULL)
        return template;
    return az_arena_printf(arena, "%.*s%s%s", (int)(hole - template), template,
                           fill, hole + 1);
}

static void
report(struct mistake *m, enum az_diag_id id)
{
    struct json_reader *r = m->r;
    struct az_diag *diag;

    if (m->subject == NULL)
        m->subject = az_str_quote(r->arena, m->token);
    diag = az_sink_add(r->sink, id, json_place(r, m->from, m->to), "%s",
                       fill_in(r->arena, m->say.message, m->subject));
    az_diag_hint(r->sink, diag, "%s",
                 fill_in(r->arena, m->say.hint, m->say.fix));
    if (m->opened != NULL)
        az_diag_relate(r->sink, diag, json_place(r, m->opened, m->opened + 1),
                       "%s",
                       *m->opened == '{' ? "the object begins here"
                                         : "the array begins here");
}

const char *
az_json_unexpected(struct json_reader *r, const char *at,
                   enum json_expected expected)
{
    const struct mistake whole = take_apart(r, at, expected);

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct mistake m = whole;

        if ((rows[i].expected & (unsigned)expected) == 0)
            continue;
        m.from = at;
        m.to = at + m.token.len;
        m.say.message = rows[i].message;
        m.say.hint = rows[i].hint;
        if (rows[i].is(&m)) {
            report(&m, rows[i].is == is_bad_utf8 ? AZ_DIAG_BAD_ENCODING
                                                 : AZ_DIAG_JSON_SYNTAX);
            break;
        }
    }
    return NULL;
}
