/* Numbers of JSON (RFC 8259, section 6), and what looks like one.
   SPDX-License-Identifier: MIT */

#include "core/ascii.h"
#include "read/json.h"

#include <string.h>

#include "core/arena.h"

/* Behind the digits at P; P itself if there are none. */
static inline const char *
skip_digits(const char *p, const char *end)
{
    while (p < end && az_is_digit(*p))
        p++;
    return p;
}

const char *
az_json_scan_number(const char *p, const char *end, size_t *ret_exponent)
{
    const char *digits;

    if (p < end && *p == '-')
        p++;
    digits = p;
    p = skip_digits(p, end);
    if (p == digits || (*digits == '0' && p - digits > 1))
        return NULL;
    if (p < end && *p == '.') {
        digits = p + 1;
        p = skip_digits(digits, end);
        if (p == digits)
            return NULL;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        if (p < end && (*p == '+' || *p == '-'))
            p++;
        digits = p;
        p = skip_digits(digits, end);
        if (p == digits)
            return NULL;
        *ret_exponent = (size_t)(p - digits);
    }
    return p;
}

/* What looks like a number. */

struct lookalike {
    struct az_str token;
    struct az_str magnitude; /* the token without its sign */
    struct az_str repair;    /* the number that is meant; empty: none */
};

static bool
is_number(struct az_str text)
{
    size_t unused;
    const char *end = az_json_scan_number(text.p, text.p + text.len, &unused);

    return end != NULL && end == text.p + text.len;
}

static bool
is_plus(const struct lookalike *l)
{
    return l->repair.len > 0 && l->token.p[0] == '+';
}

static bool
is_underscored(const struct lookalike *l)
{
    return l->repair.len > 0 && memchr(l->token.p, '_', l->token.len) != NULL;
}

static bool
is_zero_led(const struct lookalike *l)
{
    return l->repair.len > 0 && l->magnitude.len > 1 &&
           l->magnitude.p[0] == '0' && az_is_digit(l->magnitude.p[1]);
}

static bool
is_bare_point(const struct lookalike *l)
{
    return l->repair.len > 0 && l->magnitude.p[0] == '.';
}

static bool
is_open_point(const struct lookalike *l)
{
    return l->repair.len > 0;
}

static bool
is_radix(const struct lookalike *l)
{
    return l->magnitude.len > 2 && l->magnitude.p[0] == '0' &&
           memchr("xXoObB", l->magnitude.p[1], 6) != NULL;
}

static bool
is_lone_sign(const struct lookalike *l)
{
    return l->magnitude.len == 0;
}

static bool
is_open_exponent(const struct lookalike *l)
{
    struct az_str text = l->token;

    if (text.p[text.len - 1] == '+' || text.p[text.len - 1] == '-')
        text.len--;
    if (text.len == 0 || (text.p[text.len - 1] | 0x20) != 'e')
        return false;
    text.len--;
    return is_number(text);
}

static bool
is_anything(const struct lookalike *l)
{
    return l != NULL;
}

/* What the number TOKEN was meant to be: without '+', leading zeros and '_',
   with a digit on both sides of the point.  It need not be a number. */
static struct az_str
repair_number(struct az_arena *arena, struct az_str token)
{
    struct az_buf buf;
    size_t i = 0;

    az_buf_init(&buf, arena);
    if (token.p[i] == '-')
        az_buf_add_char(&buf, '-');
    if (token.p[i] == '-' || token.p[i] == '+')
        i++;
    while (i + 1 < token.len && token.p[i] == '0' &&
           az_is_digit(token.p[i + 1]))
        i++;
    if (i < token.len && token.p[i] == '.')
        az_buf_add_char(&buf, '0');
    for (; i < token.len; i++) {
        if (token.p[i] == '_')
            continue;
        az_buf_add_char(&buf, token.p[i]);
        if (token.p[i] == '.' &&
            (i + 1 == token.len || !az_is_digit(token.p[i + 1])))
            az_buf_add_char(&buf, '0');
    }
    return az_buf_str(&buf);
}

bool
az_json_is_numeric(struct az_str token)
{
    return token.len > 0 &&
           (az_is_digit(*token.p) || memchr("+-.", *token.p, 3) != NULL);
}

void
az_json_explain_number(struct az_arena *arena, struct az_str token,
                       struct json_advice *ret)
{
    static const struct {
        bool (*is)(const struct lookalike *l);
        const char *message;
        const char *hint;
    } rows[] = {
        { is_plus, "the number $ begins with '+'", "write $" },
        { is_underscored, "the number $ holds '_'", "write $" },
        { is_zero_led, "the number $ has a leading zero", "write $" },
        { is_bare_point, "the number $ has no digit before the point",
          "write $" },
        { is_open_point, "the number $ has no digit behind the point",
          "write $" },
        { is_radix, "the number $ is not decimal",
          "write it in decimal, or in double quotes as a string" },
        { is_lone_sign, "$ without a number", "write a number" },
        { is_open_exponent, "the number $ has no digit in its exponent",
          "write the exponent, or remove the 'e'" },
        { is_anything, "$ is no number", "write $ if a string is meant" },
    };
    struct lookalike l = { .token = token,
                           .magnitude = token,
                           .repair = repair_number(arena, token) };
    size_t i = 0;

    if (*token.p == '-' || *token.p == '+') {
        l.magnitude.p++;
        l.magnitude.len--;
    }
    if (is_number(l.repair))
        ret->fix = az_str_quote(arena, l.repair);
    else
        l.repair.len = 0;
    while (!rows[i].is(&l))
        i++;
    ret->message = rows[i].message;
    ret->hint = rows[i].hint;
}
