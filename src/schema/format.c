/* The values of "format" (JSON Schema 2020-12 validation, 7.3).
   SPDX-License-Identifier: MIT */

#include "schema/format.h"

#include <string.h>

#include "core/arena.h"
#include "core/date.h"
#include "core/pointer.h"
#include "regex/regex.h"
#include "schema/uri.h"

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Takes C off the front of *S. */
static bool
take(struct az_str *s, char c)
{
    if (s->len == 0 || s->p[0] != c)
        return false;
    s->p++;
    s->len--;
    return true;
}

/* Takes a character of SET off the front of *S. */
static bool
take_any(struct az_str *s, const char *set)
{
    return s->len > 0 && s->p[0] != '\0' && strchr(set, s->p[0]) != NULL &&
           take(s, s->p[0]);
}

/* Takes exactly COUNT digits off the front of *S. */
static bool
take_number(struct az_str *s, unsigned count, unsigned *ret)
{
    unsigned value = 0;

    if (s->len < count)
        return false;
    for (; count > 0; count--) {
        if (!is_digit(s->p[0]))
            return false;
        value = value * 10 + (unsigned)(s->p[0] - '0');
        take(s, s->p[0]);
    }
    *ret = value;
    return true;
}

/* Takes one or more digits. */
static bool
take_digits(struct az_str *s)
{
    size_t before = s->len;

    while (s->len > 0 && is_digit(s->p[0]))
        take(s, s->p[0]);
    return s->len < before;
}

/* full-date (RFC 3339, 5.6), which exists in the calendar. */
static bool
take_date(struct az_str *s)
{
    const size_t length = sizeof("YYYY-MM-DD") - 1;

    if (s->len < length || !az_date_is_day((struct az_str){ s->p, length }))
        return false;
    s->p += length;
    s->len -= length;
    return true;
}

/* full-time: a leap second is the last one of a day in UTC. */
static bool
take_time(struct az_str *s)
{
    unsigned hour, minute, second, zone_hour = 0, zone_minute = 0, utc;
    bool east;

    if (!take_number(s, 2, &hour) || !take(s, ':') ||
        !take_number(s, 2, &minute) || !take(s, ':') ||
        !take_number(s, 2, &second) || hour > 23 || minute > 59 || second > 60)
        return false;
    if (take(s, '.') && !take_digits(s))
        return false;
    east = s->len > 0 && s->p[0] == '+';
    if (!take_any(s, "zZ") &&
        (!take_any(s, "+-") || !take_number(s, 2, &zone_hour) ||
         !take(s, ':') || !take_number(s, 2, &zone_minute) || zone_hour > 23 ||
         zone_minute > 59))
        return false;
    if (second < 60)
        return true;
    utc = hour * 60 + minute + 24 * 60;
    utc = east ? utc - (zone_hour * 60 + zone_minute)
               : utc + (zone_hour * 60 + zone_minute);
    return utc % (24 * 60) == 23 * 60 + 59;
}

static bool
is_date(struct az_arena *arena, struct az_str s)
{
    (void)arena;
    return take_date(&s) && s.len == 0;
}

static bool
is_time(struct az_arena *arena, struct az_str s)
{
    (void)arena;
    return take_time(&s) && s.len == 0;
}

static bool
is_date_time(struct az_arena *arena, struct az_str s)
{
    (void)arena;
    return take_date(&s) && take_any(&s, "tT") && take_time(&s) && s.len == 0;
}

/* Takes "digits LETTER" for letters of UNITS in their order, without a gap
   (RFC 3339, appendix A); how many. */
static unsigned
take_units(struct az_str *s, const char *units)
{
    struct az_str rest = *s;
    const char *unit = NULL, *found;
    unsigned count = 0;

    while (take_digits(&rest) && rest.len > 0 && rest.p[0] != '\0') {
        found = strchr(units, rest.p[0]);
        if (found == NULL || (unit != NULL && found != unit + 1))
            break;
        unit = found;
        take(&rest, *found);
        *s = rest;
        count++;
    }
    return count;
}

static bool
is_duration(struct az_arena *arena, struct az_str s)
{
    unsigned days;

    (void)arena;
    if (!take(&s, 'P'))
        return false;
    if (take_units(&s, "W") == 1)
        return s.len == 0;
    days = take_units(&s, "YMD");
    if (s.len == 0)
        return days > 0;
    return take(&s, 'T') && take_units(&s, "HMS") > 0 && s.len == 0;
}

static bool
take_ipv4(struct az_str *s)
{
    unsigned part, digits, value;

    for (part = 0; part < 4; part++) {
        if (part > 0 && !take(s, '.'))
            return false;
        for (digits = 0, value = 0; s->len > 0 && is_digit(s->p[0]); digits++) {
            if (digits == 3 || (digits > 0 && value == 0))
                return false;
            value = value * 10 + (unsigned)(s->p[0] - '0');
            take(s, s->p[0]);
        }
        if (digits == 0 || value > 255)
            return false;
    }
    return true;
}

static bool
is_ipv4(struct az_arena *arena, struct az_str s)
{
    (void)arena;
    return take_ipv4(&s) && s.len == 0;
}

bool
az_schema_format_ipv6(struct az_str s)
{
    unsigned groups = 0, digits;
    bool gap = false;
    struct az_str v4;

    if (s.len >= 2 && s.p[0] == ':' && s.p[1] != ':')
        return false;
    while (s.len > 0) {
        if (s.len >= 2 && s.p[0] == ':' && s.p[1] == ':') {
            if (gap)
                return false;
            gap = true;
            s.p += 2;
            s.len -= 2;
            if (s.len == 0)
                break;
        } else if (groups > 0 && !take(&s, ':')) {
            return false;
        }
        v4 = s;
        if (take_ipv4(&v4) && v4.len == 0) {
            groups += 2;
            s = v4;
            break;
        }
        for (digits = 0; s.len > 0 && is_hex(s.p[0]); digits++)
            take(&s, s.p[0]);
        if (digits == 0 || digits > 4)
            return false;
        groups++;
    }
    return gap ? groups < 8 : groups == 8;
}

static bool
is_ipv6(struct az_arena *arena, struct az_str s)
{
    (void)arena;
    return az_schema_format_ipv6(s);
}

static bool
is_uuid(struct az_arena *arena, struct az_str s)
{
    size_t i;

    (void)arena;
    if (s.len != 36)
        return false;
    for (i = 0; i < s.len; i++)
        if (i == 8 || i == 13 || i == 18 || i == 23 ? s.p[i] != '-'
                                                    : !is_hex(s.p[i]))
            return false;
    return true;
}

static bool
is_uri(struct az_arena *arena, struct az_str s)
{
    (void)arena;
    return az_uri_is_valid(s, true, false);
}

static bool
is_uri_reference(struct az_arena *arena, struct az_str s)
{
    (void)arena;
    return az_uri_is_valid(s, false, false);
}

static bool
is_iri(struct az_arena *arena, struct az_str s)
{
    (void)arena;
    return az_uri_is_valid(s, true, true);
}

static bool
is_iri_reference(struct az_arena *arena, struct az_str s)
{
    (void)arena;
    return az_uri_is_valid(s, false, true);
}

/* An expression of a URI template (RFC 6570, 2.2 and 2.3), without its
   braces. */
static bool
is_expression(struct az_str s)
{
    bool name = false;

    take_any(&s, "+#./;?&=,!@|");
    for (; s.len > 0; take(&s, s.p[0])) {
        char c = s.p[0];

        if (is_alpha(c) || is_digit(c) || c == '_' || c == '%')
            name = true;
        else if (!name || strchr(".,:*", c) == NULL || c == '\0')
            return false;
        else if (c == ',')
            name = false;
    }
    return name;
}

static bool
is_uri_template(struct az_arena *arena, struct az_str s)
{
    size_t i, start;

    (void)arena;
    for (i = 0; i < s.len; i++) {
        if (s.p[i] == '{') {
            start = i + 1;
            while (i < s.len && s.p[i] != '}')
                i++;
            if (i == s.len ||
                !is_expression((struct az_str){ s.p + start, i - start }))
                return false;
        } else if ((unsigned char)s.p[i] <= 0x20 ||
                   strchr("\"'<>\\^`|}", s.p[i]) != NULL) {
            return false;
        }
    }
    return true;
}

static bool
is_json_pointer(struct az_arena *arena, struct az_str s)
{
    struct az_pointer pointer;

    return az_pointer_parse(arena, s, &pointer);
}

static bool
is_relative_json_pointer(struct az_arena *arena, struct az_str s)
{
    if (s.len > 1 && s.p[0] == '0' && is_digit(s.p[1]))
        return false;
    if (!take_digits(&s))
        return false;
    return az_str_eq_c(s, "#") || is_json_pointer(arena, s);
}

static bool
is_regex(struct az_arena *arena, struct az_str s)
{
    struct az_regex_error error;

    return az_regex_new(arena, s, AZ_REGEX_ECMA, false, &error) != NULL ||
           error.unsupported;
}

/* Whether the label at P begins an A-label. */
static bool
is_a_label(const char *p)
{
    return (p[0] == 'x' || p[0] == 'X') && (p[1] == 'n' || p[1] == 'N');
}

/* Labels of letters, digits and inner hyphens, 63 bytes each, 253 in all
   (RFC 1123, 2.1).  Hyphens third and fourth are left to A-labels (RFC 5891,
   4.2.3.1). */
static bool
is_hostname(struct az_arena *arena, struct az_str s)
{
    size_t i, label = 0;

    (void)arena;
    if (s.len == 0 || s.len > 253)
        return false;
    for (i = 0; i < s.len; i++) {
        char c = s.p[i];
        bool ends = i + 1 == s.len || s.p[i + 1] == '.';

        if (c == '.') {
            if (label == 0 || i + 1 == s.len)
                return false;
            label = 0;
            continue;
        }
        if (c == '-' ? label == 0 || ends ||
                           (label == 2 && s.p[i + 1] == '-' &&
                            !is_a_label(s.p + i - 2))
                     : !is_alpha(c) && !is_digit(c))
            return false;
        if (++label > 63)
            return false;
    }
    return true;
}

/* dot-string (RFC 5321, 4.1.2); INTERNATIONAL adds what is beyond ASCII
   (RFC 6531). */
static bool
is_dot_string(struct az_str s, bool international)
{
    size_t i;

    if (s.len == 0 || s.p[0] == '.' || s.p[s.len - 1] == '.')
        return false;
    for (i = 0; i < s.len; i++) {
        char c = s.p[i];

        if ((unsigned char)c >= 0x80 ? !international
            : c == '.'
                ? s.p[i + 1] == '.'
                : !is_alpha(c) && !is_digit(c) &&
                      (c == '\0' || strchr("!#$%&'*+-/=?^_`{|}~", c) == NULL))
            return false;
    }
    return true;
}

/* Quoted-string: printable ASCII, quote and backslash escaped. */
static bool
is_quoted(struct az_str s)
{
    unsigned char c;
    size_t i;

    if (s.len < 2 || s.p[0] != '"' || s.p[s.len - 1] != '"')
        return false;
    for (i = 1; i + 1 < s.len; i++) {
        if (s.p[i] == '\\' && i + 2 < s.len)
            i++;
        else if (s.p[i] == '"' || s.p[i] == '\\')
            return false;
        c = (unsigned char)s.p[i];
        if (c < 0x20 || c >= 0x7f)
            return false;
    }
    return true;
}

static bool
is_address_literal(struct az_str s)
{
    struct az_str inside = { s.p + 1, s.len - 2 };

    if (s.p[s.len - 1] != ']')
        return false;
    if (az_str_starts_with(inside, AZ_STR("IPv6:")))
        return az_schema_format_ipv6(
            (struct az_str){ inside.p + 5, inside.len - 5 });
    return take_ipv4(&inside) && inside.len == 0;
}

static bool
is_mailbox(struct az_arena *arena, struct az_str s, bool international)
{
    struct az_str local, domain;
    size_t at = s.len;

    while (at > 0 && s.p[at - 1] != '@')
        at--;
    if (at == 0)
        return false;
    local = (struct az_str){ s.p, at - 1 };
    domain = (struct az_str){ s.p + at, s.len - at };
    if (!is_dot_string(local, international) && !is_quoted(local))
        return false;
    if (domain.len > 2 && domain.p[0] == '[')
        return is_address_literal(domain);
    return is_hostname(arena, domain) ||
           (international && is_dot_string(domain, true));
}

static bool
is_email(struct az_arena *arena, struct az_str s)
{
    return is_mailbox(arena, s, false);
}

static bool
is_idn_email(struct az_arena *arena, struct az_str s)
{
    return is_mailbox(arena, s, true);
}

/* clang-format off */
static const struct az_schema_format formats[] = {
    { "date-time", is_date_time,
      "a date and time, as 2024-02-29T23:59:00Z" },
    { "date", is_date, "a date, as 2024-02-29" },
    { "time", is_time, "a time with a zone, as 23:59:00Z" },
    { "duration", is_duration, "a duration, as P1DT12H" },
    { "email", is_email, "an e-mail address" },
    { "idn-email", is_idn_email, "an e-mail address" },
    { "hostname", is_hostname, "a host name" },
    { "idn-hostname", NULL, "a host name" },
    { "ipv4", is_ipv4, "an IPv4 address" },
    { "ipv6", is_ipv6, "an IPv6 address" },
    { "uri", is_uri, "a URI with a scheme" },
    { "uri-reference", is_uri_reference, "a URI reference" },
    { "iri", is_iri, "an IRI with a scheme" },
    { "iri-reference", is_iri_reference, "an IRI reference" },
    { "uri-template", is_uri_template, "a URI template" },
    { "uuid", is_uuid, "a UUID" },
    { "json-pointer", is_json_pointer, "a JSON Pointer" },
    { "relative-json-pointer", is_relative_json_pointer,
      "a relative JSON Pointer" },
    { "regex", is_regex, "a regular expression of ECMA-262" },
};
/* clang-format on */

#define FORMAT_COUNT (sizeof(formats) / sizeof(formats[0]))

const struct az_schema_format *
az_schema_format_find(struct az_str name)
{
    size_t i;

    for (i = 0; i < FORMAT_COUNT; i++)
        if (az_str_eq_c(name, formats[i].name))
            return &formats[i];
    return NULL;
}

const char *
az_schema_format_nearest(struct az_str name)
{
    struct az_str names[FORMAT_COUNT];
    size_t i;

    for (i = 0; i < FORMAT_COUNT; i++)
        names[i] = az_str_from(formats[i].name);
    i = az_str_nearest(name, names, FORMAT_COUNT);
    return i == FORMAT_COUNT ? NULL : formats[i].name;
}
