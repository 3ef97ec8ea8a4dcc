/* The formats of URIs, IRIs and their templates.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "schema/formats.h"
#include "schema/uri.h"

/* A part of a URI reference: the classes of its characters, beyond those that
   every part has, and its name. */
struct part {
    unsigned classes;
    bool private; /* an IRI may have iprivate in it */
    const char *where;
};

static const struct part user = { AZ_SCAN_COLON, false,
                                  "in the user information of a URI" };
static const struct part host = { 0, false, "in the host of a URI" };
static const struct part future = { AZ_SCAN_COLON, false,
                                    "in an address in brackets" };
static const struct part path = { AZ_SCAN_PATH, false, "in a URI" };
static const struct part query = { AZ_SCAN_PATH | AZ_SCAN_QUESTION, true,
                                   "in the query of a URI" };
static const struct part fragment = { AZ_SCAN_PATH | AZ_SCAN_QUESTION, false,
                                      "in the fragment of a URI" };

/* The last two of each plane are no characters; the first planes are cut up
   further (RFC 3987, 2.2). */
static bool
is_ucschar(uint32_t c)
{
    if (c < 0x10000)
        return (c >= 0xa0 && c <= 0xd7ff) || (c >= 0xf900 && c <= 0xfdcf) ||
               (c >= 0xfdf0 && c <= 0xffef);
    return (c & 0xffff) <= 0xfffd &&
           (c <= 0xdffff || (c >= 0xe1000 && c <= 0xeffff));
}

static bool
is_iprivate(uint32_t c)
{
    return (c >= 0xe000 && c <= 0xf8ff) ||
           (c >= 0xf0000 && (c & 0xffff) <= 0xfffd);
}

/* Takes "%" HEXDIG HEXDIG. */
static bool
take_percent(struct az_scan *scan)
{
    const char *p = scan->p;

    if (scan->end - p < 3 || !az_scan_is(p[1], AZ_SCAN_HEX) ||
        !az_scan_is(p[2], AZ_SCAN_HEX))
        return az_scan_fail(scan,
                            "'%%' at character %zu is not followed by two "
                            "hexadecimal digits",
                            az_scan_number(scan, p));
    scan->p += 3;
    return true;
}

/* Takes a character beyond ASCII, which IRIs have. */
static bool
take_wide(struct az_scan *scan, const struct part *part)
{
    struct az_scan ahead = *scan;
    uint32_t c = az_scan_take_wide(&ahead);

    if (!is_ucschar(c) && (!part->private || !is_iprivate(c)))
        return az_scan_unexpected(scan, part->where);
    *scan = ahead;
    return true;
}

/* Judges TEXT, a part of what SCAN goes over. */
static bool
judge_part(struct az_scan *scan, struct az_str text, const struct part *part,
           bool international)
{
    const unsigned classes =
        AZ_SCAN_UNRESERVED | AZ_SCAN_SUB_DELIM | part->classes;
    const char *end;

    if (text.len == 0)
        return true;
    end = text.p + text.len;
    scan->p = text.p;
    while (scan->p < end) {
        if (az_scan_is(*scan->p, classes)) {
            scan->p++;
        } else if (*scan->p == '%') {
            if (!take_percent(scan))
                return false;
        } else if (!international || (unsigned char)*scan->p < 0x80) {
            return az_scan_unexpected(scan, part->where);
        } else if (!take_wide(scan, part)) {
            return false;
        }
    }
    return true;
}

/* IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" ) */
static bool
judge_future(struct az_scan *scan, struct az_str inside)
{
    size_t i = 1;

    while (i < inside.len && az_scan_is(inside.p[i], AZ_SCAN_HEX))
        i++;
    if (i == 1 || i + 1 >= inside.len || inside.p[i] != '.' ||
        memchr(inside.p, '%', inside.len) != NULL)
        return az_scan_fail(scan, "what is in brackets is no address");
    return judge_part(scan,
                      (struct az_str){ inside.p + i + 1, inside.len - i - 1 },
                      &future, false);
}

/* IP-literal = "[" ( IPv6address / IPvFuture  ) "]" */
static bool
judge_literal(struct az_scan *scan, struct az_str inside)
{
    struct az_scan address = *scan;
    bool good;

    if (inside.len > 0 && (inside.p[0] | 0x20) == 'v')
        return judge_future(scan, inside);
    address.p = inside.p;
    address.end = inside.p + inside.len;
    good = az_format_judge_ipv6(&address, 1, false);
    scan->reason = address.reason;
    return good;
}

/* [ ":" port ], at the cursor and up to END */
static bool
judge_port(struct az_scan *scan, const char *end)
{
    if (scan->p == end)
        return true;
    if (!az_scan_take(scan, ':'))
        return az_scan_expected(scan, "':' and a port");
    az_scan_skip(scan, AZ_SCAN_DIGIT);
    return scan->p == end || az_scan_unexpected(scan, "in the port of a URI");
}

/* [ userinfo "@" ] host [ ":" port ] */
static bool
judge_authority(struct az_scan *scan, struct az_str text, bool international)
{
    const char *end = text.p + text.len, *stop;
    const char *at = text.len == 0 ? NULL : memchr(text.p, '@', text.len);
    struct az_str name = text;

    if (at != NULL) {
        name.len = (size_t)(at - text.p);
        if (!judge_part(scan, name, &user, international))
            return false;
        name = (struct az_str){ at + 1, (size_t)(end - at - 1) };
    }
    if (name.len == 0)
        return true;
    stop = memchr(name.p, *name.p == '[' ? ']' : ':', name.len);
    if (*name.p == '[') {
        if (stop == NULL)
            return az_scan_fail(scan, "'[' at character %zu has no ']'",
                                az_scan_number(scan, name.p));
        if (!judge_literal(scan, (struct az_str){
                                     name.p + 1, (size_t)(stop - name.p) - 1 }))
            return false;
        scan->p = stop + 1;
        return judge_port(scan, end);
    }
    name.len = (size_t)((stop == NULL ? end : stop) - name.p);
    if (!judge_part(scan, name, &host, international))
        return false;
    scan->p = name.p + name.len;
    return judge_port(scan, end);
}

/* A path must not look like a scheme: no colon in its first segment (RFC 3986,
   4.2). */
static bool
judge_first_segment(struct az_scan *scan, struct az_str text)
{
    size_t i;

    for (i = 0; i < text.len && text.p[i] != '/'; i++)
        if (text.p[i] == ':')
            return az_scan_fail(scan,
                                "what is before ':' at character %zu is no "
                                "scheme",
                                az_scan_number(scan, text.p + i));
    return true;
}

/* URI, or with RELATIVE URI-reference; the same of RFC 3987 if INTERNATIONAL.
 */
static bool
judge_uri(struct az_scan *scan, bool relative, bool international)
{
    const struct az_uri uri =
        az_uri_split((struct az_str){ scan->p, (size_t)(scan->end - scan->p) });

    if (!uri.has_scheme && !uri.has_authority &&
        !judge_first_segment(scan, uri.path))
        return false;
    if (!uri.has_scheme && !relative)
        return az_scan_fail(scan, "it has no scheme, as 'https:'");
    return (!uri.has_authority ||
            judge_authority(scan, uri.authority, international)) &&
           judge_part(scan, uri.path, &path, international) &&
           judge_part(scan, uri.query, &query, international) &&
           judge_part(scan, uri.fragment, &fragment, international);
}

bool
az_format_uri(struct az_scan *scan)
{
    return judge_uri(scan, false, false);
}

bool
az_format_uri_reference(struct az_scan *scan)
{
    return judge_uri(scan, true, false);
}

bool
az_format_iri(struct az_scan *scan)
{
    return judge_uri(scan, false, true);
}

bool
az_format_iri_reference(struct az_scan *scan)
{
    return judge_uri(scan, true, true);
}

/* varname = varchar *( ["."] varchar ), where %HH is a character too (RFC 6570,
   2.3) */
static bool
take_variable(struct az_scan *scan)
{
    const char *start;

    do {
        start = scan->p;
        while (az_scan_sees_any(scan, AZ_SCAN_VARIABLE) ||
               az_scan_sees(scan, '%')) {
            if (az_scan_sees(scan, '%')
                    ? !take_percent(scan)
                    : az_scan_skip(scan, AZ_SCAN_VARIABLE) == 0)
                return false;
        }
        if (scan->p == start)
            return az_scan_expected(scan, "the name of a variable");
    } while (az_scan_take(scan, '.'));
    return true;
}

/* [ ":" max-length / "*" ], with a length of 1 to 9999 (2.4) */
static bool
take_modifier(struct az_scan *scan)
{
    size_t digits;

    if (az_scan_take(scan, '*') || !az_scan_take(scan, ':'))
        return true;
    if (az_scan_sees(scan, '0') || !az_scan_sees_any(scan, AZ_SCAN_DIGIT))
        return az_scan_expected(scan, "a length from 1 to 9999");
    digits = az_scan_skip(scan, AZ_SCAN_DIGIT);
    return digits <= 4 ||
           az_scan_fail(scan,
                        "the length that ends before character %zu is "
                        "over 9999",
                        az_scan_number(scan, scan->p));
}

/* expression = "{" [ operator ] varspec *( "," varspec ) "}" */
static bool
take_expression(struct az_scan *scan)
{
    az_scan_take(scan, '{');
    if (az_scan_sees_any(scan, AZ_SCAN_OPERATOR))
        scan->p++;
    do {
        if (!take_variable(scan) || !take_modifier(scan))
            return false;
    } while (az_scan_take(scan, ','));
    return az_scan_take(scan, '}') || az_scan_expected(scan, "'}'");
}

bool
az_format_uri_template(struct az_scan *scan)
{
    static const struct part literal = { 0, true, "in a URI template" };

    while (!az_scan_at_end(scan)) {
        if (az_scan_skip(scan, AZ_SCAN_TEMPLATE) > 0)
            continue;
        if (az_scan_sees(scan, '{')) {
            if (!take_expression(scan))
                return false;
        } else if (az_scan_sees(scan, '%')) {
            if (!take_percent(scan))
                return false;
        } else if ((unsigned char)*scan->p < 0x80) {
            return az_scan_unexpected(scan, literal.where);
        } else if (!take_wide(scan, &literal)) {
            return false;
        }
    }
    return true;
}
