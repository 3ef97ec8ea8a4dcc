/* Exact decimal numbers: reading, comparing, printing.
   SPDX-License-Identifier: MIT */

#include "core/decimal.h"

#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"
#include "core/limits.h"

/* Where the parts of a number stand in its text.  A power is the power of ten
   that a digit counts. */
struct view {
    const char *first; /* the first digit that is not zero; NULL: zero */
    const char *last;  /* behind the last digit that is not zero */
    size_t written;    /* digits before the exponent, zeros included */
    int64_t high;      /* the power of the first digit */
    int64_t low;       /* the power of the last one */
    bool negative;
    bool split; /* the point stands among the digits */
};

static const char *
skip_digits(const char *p, const char *end)
{
    while (p < end && az_is_digit(*p))
        p++;
    return p;
}

/* The exponent part from P ('e' or 'E') to END; false if it is none.  Far
   beyond any limit the value stands still. */
static bool
scan_exponent(const char *p, const char *end, int64_t *ret)
{
    const int64_t ceiling = INT64_C(1) << 40;
    int64_t value = 0;
    bool negative = false;

    p++;
    if (p < end && (*p == '+' || *p == '-'))
        negative = *p++ == '-';
    if (p == end)
        return false;
    for (; p < end; p++) {
        if (!az_is_digit(*p))
            return false;
        if (value < ceiling)
            value = value * 10 + (*p - '0');
    }
    *ret = negative ? -value : value;
    return true;
}

/* Finds the digits of the mantissa START to END, whose integer part ends at
   POINT. */
static void
view_digits(struct view *view, const char *start, const char *point,
            const char *end)
{
    const char *first = start;
    const char *last = end;

    view->written = (size_t)(end - start) - (end > point ? 1 : 0);
    while (first < end && (*first == '0' || *first == '.'))
        first++;
    if (first == end) {
        view->first = view->last = NULL;
        view->split = false;
        return;
    }
    while (last[-1] == '0' || last[-1] == '.')
        last--;
    view->first = first;
    view->last = last;
    view->split = first < point && point < last;
    view->high = first < point ? point - first - 1 : point - first;
    view->low = last <= point ? point - last : point - last + 1;
}

/* Takes TEXT apart; false if it is no JSON number. */
static bool
scan(struct az_str text, struct view *view)
{
    const char *p = text.p, *end, *start, *point;
    int64_t exponent = 0;

    if (text.len == 0) /* at no address, perhaps */
        return false;
    end = p + text.len;
    view->negative = *p == '-';
    if (view->negative)
        p++;
    start = p;
    if (p < end && *p == '0')
        p++;
    else
        p = skip_digits(p, end);
    if (p == start)
        return false;
    point = p;
    if (p < end && *p == '.') {
        p = skip_digits(p + 1, end);
        if (p == point + 1)
            return false;
    }
    if (p < end &&
        ((*p != 'e' && *p != 'E') || !scan_exponent(p, end, &exponent)))
        return false;
    view_digits(view, start, point, p);
    if (!view->first) {
        view->high = view->low = 0;
        view->negative = false;
        return true;
    }
    view->high += exponent;
    view->low += exponent;
    return true;
}

static const struct az_decimal zero;

/* The digits of VIEW together: borrowed, or copied around the point. */
static struct az_str
view_text(struct az_arena *arena, const struct view *view)
{
    struct az_str digits = { .p = view->first,
                             .len = (size_t)(view->last - view->first) };
    const char *point;
    size_t before;
    char *copy;

    if (!view->split)
        return digits;
    point = memchr(digits.p, '.', digits.len);
    before = (size_t)(point - digits.p);
    copy = az_arena_alloc(arena, digits.len);
    memcpy(copy, digits.p, before);
    memcpy(copy + before, point + 1, digits.len - before - 1);
    return (struct az_str){ .p = copy, .len = digits.len - 1 };
}

bool
az_decimal_parse(struct az_arena *arena, struct az_str text,
                 struct az_decimal *ret)
{
    struct view view;

    if (!scan(text, &view) || view.written > AZ_MAX_DIGITS)
        return false;
    if (!view.first) {
        *ret = zero;
        return true;
    }
    if (view.high > AZ_MAX_EXPONENT || view.high < -AZ_MAX_EXPONENT)
        return false;
    ret->digits = view_text(arena, &view);
    ret->exponent = (int32_t)view.low;
    ret->negative = view.negative;
    return true;
}

struct az_decimal
az_decimal_from_int(struct az_arena *arena, int64_t value)
{
    struct az_decimal ret = zero;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char buf[20];
    size_t at = sizeof buf;
    char *copy;

    if (rest == 0)
        return zero;
    for (; rest % 10 == 0; rest /= 10)
        ret.exponent++;
    for (; rest > 0; rest /= 10)
        buf[--at] = (char)('0' + rest % 10);
    copy = az_arena_alloc(arena, sizeof buf - at);
    memcpy(copy, buf + at, sizeof buf - at);
    ret.digits = (struct az_str){ .p = copy, .len = sizeof buf - at };
    ret.negative = value < 0;
    return ret;
}

bool
az_decimal_of(struct az_arena *arena, const struct az_node *node,
              struct az_decimal *ret)
{
    return node->type == AZ_NUMBER &&
           az_decimal_parse(arena, az_node_text(node), ret);
}

bool
az_node_int(struct az_arena *arena, const struct az_node *node, int64_t *ret)
{
    struct az_decimal number;

    return node != NULL && az_decimal_of(arena, node, &number) &&
           az_decimal_to_int(number, ret);
}

int
az_decimal_compare(struct az_decimal a, struct az_decimal b)
{
    int sign = az_decimal_sign(a);
    int64_t high_a = (int64_t)a.exponent + (int64_t)a.digits.len;
    int64_t high_b = (int64_t)b.exponent + (int64_t)b.digits.len;

    if (sign != az_decimal_sign(b))
        return sign < az_decimal_sign(b) ? -1 : 1;
    if (sign == 0)
        return 0;
    if (high_a != high_b)
        return (high_a < high_b) == (sign > 0) ? -1 : 1;
    /* Of the same highest power, they are ordered as texts are. */
    return sign > 0 ? az_str_compare(a.digits, b.digits)
                    : az_str_compare(b.digits, a.digits);
}

/* Compares the digits of A and B, among which a point may stand. */
static int
compare_split(const struct view *a, const struct view *b)
{
    const char *p = a->first;
    const char *q = b->first;

    for (;; p++, q++) {
        if (p < a->last && *p == '.')
            p++;
        if (q < b->last && *q == '.')
            q++;
        if (p == a->last || q == b->last)
            return p < a->last ? 1 : q < b->last ? -1 : 0;
        if (*p != *q)
            return *p < *q ? -1 : 1;
    }
}

static int
view_sign(const struct view *view)
{
    return !view->first ? 0 : view->negative ? -1 : 1;
}

/* Whether S is a whole number as most are written: nothing but digits, the
   first of them no zero. */
static bool
is_plain(struct az_str s)
{
    return s.len > 0 && *s.p != '0' &&
           skip_digits(s.p, s.p + s.len) == s.p + s.len;
}

int
az_decimal_compare_text(struct az_str a, struct az_str b)
{
    struct view view_a, view_b;
    int sign;

    if (is_plain(a) && is_plain(b))
        return a.len != b.len ? (a.len < b.len ? -1 : 1) : az_str_compare(a, b);
    if (!scan(a, &view_a) || !scan(b, &view_b))
        return az_str_compare(a, b);
    sign = view_sign(&view_a);
    if (sign != view_sign(&view_b))
        return sign < view_sign(&view_b) ? -1 : 1;
    if (sign == 0)
        return 0;
    if (view_a.high != view_b.high)
        return (view_a.high < view_b.high) == (sign > 0) ? -1 : 1;
    return sign * compare_split(&view_a, &view_b);
}

int
az_decimal_sign(struct az_decimal a)
{
    return a.digits.len == 0 ? 0 : a.negative ? -1 : 1;
}

bool
az_decimal_is_short(struct az_decimal a, int32_t limit)
{
    return a.digits.len <= (size_t)limit && a.exponent <= limit &&
           a.exponent >= -limit;
}

bool
az_decimal_is_integer(struct az_decimal a)
{
    return a.exponent >= 0;
}

bool
az_decimal_to_int(struct az_decimal a, int64_t *ret)
{
    const uint64_t limit = (uint64_t)INT64_MAX + (a.negative ? 1 : 0);
    uint64_t value = 0;
    uint64_t digit;
    size_t i;

    if (a.exponent < 0 || (int64_t)a.digits.len + a.exponent > 19)
        return false;
    for (i = 0; i < a.digits.len + (size_t)a.exponent; i++) {
        digit = i < a.digits.len ? (uint64_t)(a.digits.p[i] - '0') : 0;
        if (value > (limit - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    if (a.negative && value > 0)
        *ret = -(int64_t)(value - 1) - 1;
    else
        *ret = (int64_t)value;
    return true;
}

struct az_decimal
az_decimal_negate(struct az_decimal a)
{
    a.negative = a.digits.len > 0 && !a.negative;
    return a;
}

static void
add_zeros(struct az_buf *buf, int64_t count)
{
    for (; count > 0; count--)
        az_buf_add_char(buf, '0');
}

/* DIGITS with a point after the first BEFORE of them. */
static void
add_pointed(struct az_buf *buf, struct az_str digits, size_t before)
{
    az_buf_add(buf, (struct az_str){ .p = digits.p, .len = before });
    if (digits.len == before)
        return;
    az_buf_add_char(buf, '.');
    az_buf_add(buf, (struct az_str){ .p = digits.p + before,
                                     .len = digits.len - before });
}

struct az_str
az_decimal_print(struct az_arena *arena, struct az_decimal a)
{
    /* as ECMAScript does: at most 21 digits before the point, at most six
       zeros right behind it */
    const int64_t most_before = 21;
    const int64_t most_zeros = 6;
    int64_t before = (int64_t)a.digits.len + a.exponent;
    struct az_buf buf;

    az_buf_init(&buf, arena);
    if (a.negative)
        az_buf_add_char(&buf, '-');
    if (a.digits.len == 0) {
        az_buf_add_char(&buf, '0');
    } else if (before > most_before || before < -most_zeros) {
        add_pointed(&buf, a.digits, 1);
        az_buf_addf(&buf, "e%+lld", (long long)(before - 1));
    } else if (before <= 0) {
        az_buf_add_c(&buf, "0.");
        add_zeros(&buf, -before);
        az_buf_add(&buf, a.digits);
    } else if (a.exponent >= 0) {
        az_buf_add(&buf, a.digits);
        add_zeros(&buf, a.exponent);
    } else {
        add_pointed(&buf, a.digits, (size_t)before);
    }
    return az_buf_str(&buf);
}
