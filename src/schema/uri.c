/* URI references (RFC 3986): taking apart, resolving, comparing.
   SPDX-License-Identifier: MIT */

#include "schema/uri.h"

#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"

/* Cuts from *REST all before the first of the characters STOPS. */
static struct az_str
cut(struct az_str *rest, const char *stops)
{
    struct az_str part = { rest->p, 0 };

    while (part.len < rest->len &&
           (az_is_letter(rest->p[part.len]) || rest->p[part.len] == '\0' ||
            strchr(stops, rest->p[part.len]) == NULL))
        part.len++;
    rest->p += part.len;
    rest->len -= part.len;
    return part;
}

static bool
take(struct az_str *rest, const char *prefix)
{
    size_t len = strlen(prefix);

    if (rest->len < len || memcmp(rest->p, prefix, len) != 0)
        return false;
    rest->p += len;
    rest->len -= len;
    return true;
}

/* ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) */
static bool
is_scheme(struct az_str s)
{
    size_t i;

    if (s.len == 0 || !az_is_letter(s.p[0]))
        return false;
    for (i = 1; i < s.len; i++)
        if (!az_is_letter(s.p[i]) && !az_is_digit(s.p[i]) &&
            (s.p[i] == '\0' || strchr("+-.", s.p[i]) == NULL))
            return false;
    return true;
}

struct az_uri
az_uri_split(struct az_str text)
{
    struct az_uri uri;
    struct az_str rest = text, scheme;

    memset(&uri, 0, sizeof(uri));
    if (text.len == 0)
        return uri;
    scheme = cut(&rest, ":/?#");
    if (rest.len > 0 && rest.p[0] == ':' && is_scheme(scheme)) {
        uri.scheme = scheme;
        uri.has_scheme = true;
        take(&rest, ":");
    } else {
        rest = text;
    }
    if (take(&rest, "//")) {
        uri.has_authority = true;
        uri.authority = cut(&rest, "/?#");
    }
    uri.path = cut(&rest, "?#");
    if (take(&rest, "?")) {
        uri.has_query = true;
        uri.query = cut(&rest, "#");
    }
    if (take(&rest, "#")) {
        uri.has_fragment = true;
        uri.fragment = rest;
    }
    return uri;
}

/* Takes the last segment and its slash off what BUF holds from FLOOR on. */
static void
drop_segment(struct az_buf *buf, size_t floor)
{
    while (buf->len > floor && buf->p[buf->len - 1] != '/')
        buf->len--;
    if (buf->len > floor)
        buf->len--;
}

/* Appends PATH without its "." and ".." segments (RFC 3986, 5.2.4). */
static void
add_without_dots(struct az_buf *buf, struct az_str path)
{
    size_t floor = buf->len, len;
    struct az_str slash;

    while (path.len > 0) {
        slash = (struct az_str){ path.p, 1 };
        if (take(&path, "../") || take(&path, "./"))
            continue;
        if (take(&path, "/./")) {
            path = (struct az_str){ path.p - 1, path.len + 1 };
        } else if (az_str_eq_c(path, "/.")) {
            path = slash;
        } else if (take(&path, "/../")) {
            path = (struct az_str){ path.p - 1, path.len + 1 };
            drop_segment(buf, floor);
        } else if (az_str_eq_c(path, "/..")) {
            path = slash;
            drop_segment(buf, floor);
        } else if (az_str_eq_c(path, ".") || az_str_eq_c(path, "..")) {
            path.len = 0;
        } else {
            for (len = 1; len < path.len && path.p[len] != '/';)
                len++;
            az_buf_add(buf, (struct az_str){ path.p, len });
            path.p += len;
            path.len -= len;
        }
    }
}

static void
add_lower(struct az_buf *buf, struct az_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++)
        az_buf_add_char(buf, az_to_lower(s.p[i]));
}

/* The path of a reference that has one, but neither scheme nor authority
   (RFC 3986, 5.2.3). */
static struct az_str
merge(struct az_arena *arena, const struct az_uri *base, struct az_str path)
{
    struct az_buf buf;
    size_t len = base->path.len;

    if (path.p[0] == '/')
        return path;
    az_buf_init(&buf, arena);
    while (len > 0 && base->path.p[len - 1] != '/')
        len--;
    if (base->path.len == 0 && base->has_authority)
        az_buf_add_char(&buf, '/');
    az_buf_add(&buf, (struct az_str){ base->path.p, len });
    az_buf_add(&buf, path);
    return az_buf_str(&buf);
}

/* Cuts the user information and its "@", which has case, from *AUTHORITY. */
static struct az_str
cut_user(struct az_str *authority)
{
    struct az_str rest = *authority, user = cut(&rest, "@");

    if (rest.len == 0)
        return (struct az_str){ authority->p, 0 };
    user.len++;
    authority->p += user.len;
    authority->len -= user.len;
    return user;
}

/* Appends TARGET, without its fragment. */
static void
assemble(struct az_buf *buf, const struct az_uri *target)
{
    if (target->has_scheme) {
        add_lower(buf, target->scheme);
        az_buf_add_char(buf, ':');
    }
    if (target->has_authority) {
        struct az_str host = target->authority;

        az_buf_add_c(buf, "//");
        az_buf_add(buf, cut_user(&host));
        add_lower(buf, host);
    }
    /* The path of a URN has no segments. */
    if (target->has_scheme && !target->has_authority && target->path.len > 0 &&
        target->path.p[0] != '/')
        az_buf_add(buf, target->path);
    else
        add_without_dots(buf, target->path);
    if (target->has_query) {
        az_buf_add_char(buf, '?');
        az_buf_add(buf, target->query);
    }
}

struct az_str
az_uri_resolve(struct az_arena *arena, struct az_str base,
               struct az_str reference)
{
    struct az_uri target = az_uri_split(reference);
    struct az_uri from = az_uri_split(base);
    struct az_buf buf;

    if (!target.has_scheme) {
        target.scheme = from.scheme;
        target.has_scheme = from.has_scheme;
        if (!target.has_authority) {
            target.authority = from.authority;
            target.has_authority = from.has_authority;
            if (target.path.len == 0) {
                target.path = from.path;
                if (!target.has_query) {
                    target.query = from.query;
                    target.has_query = from.has_query;
                }
            } else {
                target.path = merge(arena, &from, target.path);
            }
        }
    }
    az_buf_init(&buf, arena);
    assemble(&buf, &target);
    return az_buf_str(&buf);
}

void
az_uri_encode(struct az_buf *buf, struct az_str text, const char *plain)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        const char c = text.p[i];

        if (az_is_alnum(c) || (c != '\0' && strchr(plain, c) != NULL))
            az_buf_add_char(buf, c);
        else
            az_buf_addf(buf, "%%%02X", (unsigned)(unsigned char)c);
    }
}

bool
az_uri_decode(struct az_arena *arena, struct az_str text, struct az_str *ret)
{
    struct az_buf buf;
    size_t i;
    int high, low;

    if (text.len == 0 || memchr(text.p, '%', text.len) == NULL) {
        *ret = text;
        return true;
    }
    az_buf_init(&buf, arena);
    for (i = 0; i < text.len; i++) {
        if (text.p[i] != '%') {
            az_buf_add_char(&buf, text.p[i]);
            continue;
        }
        if (text.len - i < 3)
            return false;
        high = az_hex_value(text.p[i + 1]);
        low = az_hex_value(text.p[i + 2]);
        if (high < 0 || low < 0)
            return false;
        az_buf_add_char(&buf, (char)(high * 16 + low));
        i += 2;
    }
    *ret = az_buf_str(&buf);
    return true;
}
