/* The JSON reader's other findings: strings, encodings, limits, equal keys.
   SPDX-License-Identifier: MIT */

#include "core/ascii.h"
#include "read/json.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/pointer.h"
#include "core/utf8.h"

/* Strings. */

static void
bad_control(struct json_reader *r, const char *at)
{
    static const char short_names[] = "btn?fr"; /* from U+0008 on */
    unsigned c = (unsigned char)*at;
    struct az_diag *diag =
        az_sink_add(r->sink, AZ_DIAG_JSON_SYNTAX, json_place(r, at, at + 1),
                    "control character U+%04X in a string", c);

    if (c >= 0x08 && c <= 0x0D && c != 0x0B)
        az_diag_hint(r->sink, diag, "write \\%c", short_names[c - 0x08]);
    else
        az_diag_hint(r->sink, diag, "write \\u%04x", c);
}

static void
bad_byte(struct json_reader *r, const char *at)
{
    struct az_diag *diag =
        az_sink_add(r->sink, AZ_DIAG_BAD_ENCODING, json_place(r, at, at + 1),
                    "byte 0x%02X is not UTF-8", (unsigned)(unsigned char)*at);

    az_diag_hint(r->sink, diag, "save the file as UTF-8");
}

/* An escape other than \u that JSON does not have. */
static void
unknown_escape(struct json_reader *r, const char *at)
{
    static const struct {
        char name;
        const char *hint;
    } hints[] = {
        { '\'', "write ' without the backslash" },
        { '\n', "a string cannot go on on the next line: write \\n for a line "
                "break" },
        { '\r', "a string cannot go on on the next line: write \\n for a line "
                "break" },
        { '0', "write \\u0000" },
        { 'a', "write \\u0007" },
        { 'e', "write \\u001b" },
        { 'v', "write \\u000b" },
        { 'U', "write \\u and four hexadecimal digits" },
        { 'x', "write \\u and four hexadecimal digits" },
        { '\0', "write \\\\ for a backslash" },
    };
    size_t length = az_utf8_decode(at + 1, r->end, NULL);
    struct az_str text = { .p = at, .len = length + 1 };
    struct az_diag *diag;
    size_t i = 0;

    if (length == 0) {
        bad_byte(r, at + 1);
        return;
    }
    diag = az_sink_add(
        r->sink, AZ_DIAG_JSON_SYNTAX, json_place(r, at, at + text.len),
        "%s is no escape sequence of JSON", az_str_quote(r->arena, text));
    while (hints[i].name != '\0' && hints[i].name != at[1])
        i++;
    az_diag_hint(r->sink, diag, "%s", hints[i].hint);
}

/* A \u without four digits, or half of a surrogate pair. */
static void
bad_unicode_escape(struct json_reader *r, const char *at)
{
    struct az_str text = { .p = at, .len = 2 };
    struct az_diag *diag;

    while (text.len < 6 && at + text.len < r->end && at[text.len] != '\0' &&
           strchr("0123456789abcdefABCDEF", at[text.len]) != NULL)
        text.len++;
    diag = az_sink_add(
        r->sink, AZ_DIAG_JSON_SYNTAX, json_place(r, at, at + text.len),
        text.len < 6 ? "the escape %s has not four hexadecimal digits"
                     : "the escape %s is half of a surrogate pair",
        az_str_quote(r->arena, text));
    if (text.len < 6)
        az_diag_hint(r->sink, diag,
                     "write \\u and four hexadecimal digits, or \\\\ for a "
                     "backslash");
    else
        az_diag_hint(r->sink, diag,
                     "write both halves, such as \\ud83d\\ude00, or the "
                     "character itself");
}

/* A string without its closing quote: it ends with the line or the file, at
   AT. */
static void
unclosed_string(struct json_reader *r, const char *open, const char *at)
{
    struct az_diag *diag;

    diag = az_sink_add(r->sink, AZ_DIAG_JSON_SYNTAX, json_place(r, open, at),
                       "the string that begins here is not closed");
    az_diag_hint(r->sink, diag,
                 at < r->end ? "write '\"' at its end, or \\n for a line break "
                               "inside it"
                             : "write '\"' at its end");
}

const char *
az_json_bad_string(struct json_reader *r, const char *open, const char *at)
{
    if (at == r->end || *at == '\n' || *at == '\r')
        unclosed_string(r, open, at);
    else if ((unsigned char)*at < 0x20)
        bad_control(r, at);
    else if (*at != '\\')
        bad_byte(r, at);
    else if (r->end - at < 2)
        unclosed_string(r, open, r->end);
    else if (at[1] == 'u')
        bad_unicode_escape(r, at);
    else
        unknown_escape(r, at);
    return NULL;
}

/* Limits. */

const char *
az_json_number_limit(struct json_reader *r, const char *from, const char *to)
{
    struct az_place place = json_place(r, from, to);
    struct az_diag *diag;
    size_t digits = 0;

    for (const char *p = from; p < to && *p != 'e' && *p != 'E'; p++)
        digits += az_is_digit(*p);
    if (digits > AZ_MAX_DIGITS) {
        diag = az_sink_add(r->sink, AZ_DIAG_NUMBER_LIMIT, place,
                           "the number has %zu digits; the limit is %d", digits,
                           AZ_MAX_DIGITS);
        az_diag_hint(r->sink, diag, "write fewer digits, or a string");
    } else {
        diag = az_sink_add(r->sink, AZ_DIAG_NUMBER_LIMIT, place,
                           "the exponent of the number is beyond the limit "
                           "of %d",
                           AZ_MAX_EXPONENT);
        az_diag_hint(r->sink, diag, "write a smaller exponent, or a string");
    }
    return NULL;
}

const char *
az_json_depth_limit(struct json_reader *r, const char *at)
{
    struct az_diag *diag =
        az_sink_add(r->sink, AZ_DIAG_DEPTH_LIMIT, json_place(r, at, at + 1),
                    "%s is nested deeper than %zu levels, the limit",
                    *at == '{' ? "the object" : "the array", r->limits->depth);

    az_diag_hint(r->sink, diag, "nest arrays and objects less deep");
    return NULL;
}

const char *
az_json_node_limit(struct json_reader *r, const char *at)
{
    struct az_diag *diag = az_sink_add(
        r->sink, AZ_DIAG_NODE_LIMIT, json_place(r, at, at + 1),
        "the document has more than %zu values, the limit", r->limits->nodes);

    az_diag_hint(r->sink, diag, "split the document into several files");
    return NULL;
}

/* Encodings. */

/* The encodings that are told by their first bytes; those without a mark by
   the zeros of the first characters, which are ASCII in any JSON text. */
static const struct encoding {
    struct az_str bytes; /* '?' stands for any byte but zero */
    size_t mark;         /* how many of them are a byte order mark */
    const char *name;
} encodings[] = {
    { AZ_STR("\xEF\xBB\xBF"), 3, NULL },
    { AZ_STR("\xFF\xFE\0\0"), 4, "UTF-32" },
    { AZ_STR("\0\0\xFE\xFF"), 4, "UTF-32" },
    { AZ_STR("\xFF\xFE"), 2, "UTF-16" },
    { AZ_STR("\xFE\xFF"), 2, "UTF-16" },
    { AZ_STR("?\0\0\0"), 0, "UTF-32" },
    { AZ_STR("\0\0\0?"), 0, "UTF-32" },
    { AZ_STR("?\0"), 0, "UTF-16" },
    { AZ_STR("\0?"), 0, "UTF-16" },
};

static bool
begins_with(struct az_str text, struct az_str bytes)
{
    if (text.len < bytes.len)
        return false;
    for (size_t i = 0; i < bytes.len; i++)
        if (bytes.p[i] == '?' ? text.p[i] == '\0' : text.p[i] != bytes.p[i])
            return false;
    return true;
}

bool
az_json_other_encoding(struct json_reader *r)
{
    struct az_str text = { .p = r->start, .len = (size_t)(r->end - r->start) };
    const struct encoding *e = encodings;
    const struct encoding *end = e + sizeof(encodings) / sizeof(encodings[0]);
    struct az_place place;
    struct az_diag *diag;

    while (e < end && !begins_with(text, e->bytes))
        e++;
    if (e == end)
        return false;
    place = json_place(r, r->start, r->start + e->mark);
    if (e->name == NULL)
        diag = az_sink_add(r->sink, AZ_DIAG_BAD_ENCODING, place,
                           "the file begins with a byte order mark");
    else
        diag = az_sink_add(r->sink, AZ_DIAG_BAD_ENCODING, place,
                           "the file is %s, not UTF-8", e->name);
    az_diag_hint(r->sink, diag, "save it as UTF-8 without a byte order mark");
    return true;
}

/* Equal keys. */

static void
add_pointer_to(struct az_buf *buf, const struct json_reader *r,
               const struct json_frame *frame)
{
    if (frame->object)
        az_pointer_add(buf, r->members[frame->current].key);
    else
        az_buf_addf(buf, "/%zu", frame->current - frame->base);
}

/* The JSON Pointer of the object that R->frame reads, into BUF; false beyond
   the budget. */
static bool
point_to_object(struct json_reader *r, struct az_buf *buf)
{
    const struct json_frame *path[AZ_MAX_DEPTH];
    size_t count = 0, bytes = 0;

    for (const struct json_frame *frame = r->frame->outer; frame != NULL;
         frame = frame->outer) {
        path[count++] = frame;
        bytes += frame->object ? r->members[frame->current].key.len + 1 : 8;
    }
    if (!az_read_spend_on_pointer(&r->duplicates, bytes))
        return false;
    while (count > 0)
        add_pointer_to(buf, r, path[--count]);
    return true;
}

void
az_json_duplicate_keys(struct json_reader *r, const struct az_member *members,
                       size_t count)
{
    struct az_buf object;
    bool is_pointed;

    r->malformed = true;
    az_buf_init(&object, r->arena);
    is_pointed = r->sink->count < r->sink->limit && point_to_object(r, &object);
    az_read_duplicate_keys(&r->duplicates, is_pointed ? &object : NULL, members,
                           count);
}
