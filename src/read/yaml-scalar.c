/* What a YAML scalar means: the core schema of YAML 1.2.2, section 10.3.
   SPDX-License-Identifier: MIT */

#include "core/ascii.h"
#include "read/yaml.h"

#include <string.h>

#include "core/arena.h"
#include "core/decimal.h"
#include "core/limits.h"

/* Numbers with no more bytes and exponent digits than these are within
   AZ_MAX_DIGITS and AZ_MAX_EXPONENT without a closer look. */
#define SHORT_NUMBER   1000
#define SHORT_EXPONENT 3

/* More octal or hexadecimal digits than this are more than AZ_MAX_DIGITS
   decimal ones (log 8 = 0.903). */
#define MAX_BASE_DIGITS (AZ_MAX_DIGITS + AZ_MAX_DIGITS / 8)

static const char *
skip_digits(const char *p, const char *end)
{
    while (p < end && az_is_digit(*p))
        p++;
    return p;
}

/* Words. */

enum word { WORD_NULL, WORD_TRUE, WORD_FALSE, WORD_NOT_FINITE, WORD_OLD };

/* The case forms of each word are listed, since nothing else is one: "nUlL" is
   text. The last rows are the booleans of YAML 1.1. */
static const struct {
    struct az_str text;
    enum word word;
} words[] = {
    { AZ_STR(""), WORD_NULL },
    { AZ_STR("~"), WORD_NULL },
    { AZ_STR("null"), WORD_NULL },
    { AZ_STR("Null"), WORD_NULL },
    { AZ_STR("NULL"), WORD_NULL },
    { AZ_STR("true"), WORD_TRUE },
    { AZ_STR("True"), WORD_TRUE },
    { AZ_STR("TRUE"), WORD_TRUE },
    { AZ_STR("false"), WORD_FALSE },
    { AZ_STR("False"), WORD_FALSE },
    { AZ_STR("FALSE"), WORD_FALSE },
    { AZ_STR(".nan"), WORD_NOT_FINITE },
    { AZ_STR(".NaN"), WORD_NOT_FINITE },
    { AZ_STR(".NAN"), WORD_NOT_FINITE },
    { AZ_STR(".inf"), WORD_NOT_FINITE },
    { AZ_STR(".Inf"), WORD_NOT_FINITE },
    { AZ_STR(".INF"), WORD_NOT_FINITE },
    { AZ_STR("+.inf"), WORD_NOT_FINITE },
    { AZ_STR("+.Inf"), WORD_NOT_FINITE },
    { AZ_STR("+.INF"), WORD_NOT_FINITE },
    { AZ_STR("-.inf"), WORD_NOT_FINITE },
    { AZ_STR("-.Inf"), WORD_NOT_FINITE },
    { AZ_STR("-.INF"), WORD_NOT_FINITE },
    { AZ_STR("y"), WORD_OLD },
    { AZ_STR("Y"), WORD_OLD },
    { AZ_STR("yes"), WORD_OLD },
    { AZ_STR("Yes"), WORD_OLD },
    { AZ_STR("YES"), WORD_OLD },
    { AZ_STR("n"), WORD_OLD },
    { AZ_STR("N"), WORD_OLD },
    { AZ_STR("no"), WORD_OLD },
    { AZ_STR("No"), WORD_OLD },
    { AZ_STR("NO"), WORD_OLD },
    { AZ_STR("on"), WORD_OLD },
    { AZ_STR("On"), WORD_OLD },
    { AZ_STR("ON"), WORD_OLD },
    { AZ_STR("off"), WORD_OLD },
    { AZ_STR("Off"), WORD_OLD },
    { AZ_STR("OFF"), WORD_OLD },
};
#define LONGEST_WORD 5

/* Whether TEXT is a word with a meaning of its own; then *RET has it. */
static bool
resolve_word(struct az_str text, struct yaml_value *ret)
{
    size_t i;

    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (az_str_eq(words[i].text, text))
            break;
    if (i == sizeof(words) / sizeof(words[0]))
        return false;
    switch (words[i].word) {
    case WORD_NULL:
        ret->type = AZ_NULL;
        break;
    case WORD_TRUE:
    case WORD_FALSE:
        ret->type = AZ_BOOLEAN;
        ret->truth = words[i].word == WORD_TRUE;
        break;
    case WORD_NOT_FINITE:
        ret->type = AZ_NUMBER;
        ret->not_finite = true;
        break;
    case WORD_OLD:
        ret->old = YAML_OLD_BOOLEAN;
        break;
    }
    return true;
}

/* Numbers. */

/* A decimal number taken apart: [sign] whole [. fraction] [exponent]. */
struct parts {
    struct az_str whole;
    struct az_str fraction;
    struct az_str exponent; /* with its 'e' and sign */
    bool negative;
    bool plus;
    bool point;
};

static struct az_str
between(const char *from, const char *to)
{
    return (struct az_str){ .p = from, .len = (size_t)(to - from) };
}

/* Takes apart what matches [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? )
   ( [eE] [-+]? [0-9]+ )? ; false for anything else. */
static bool
scan_decimal(struct az_str text, struct parts *ret)
{
    const char *p = text.p, *end = text.p + text.len, *start;

    *ret = (struct parts){ .negative = p < end && *p == '-',
                           .plus = p < end && *p == '+' };
    if (ret->negative || ret->plus)
        p++;
    start = p;
    p = skip_digits(p, end);
    ret->whole = between(start, p);
    if (p < end && *p == '.') {
        ret->point = true;
        start = ++p;
        p = skip_digits(p, end);
        ret->fraction = between(start, p);
    }
    if (ret->whole.len + ret->fraction.len == 0)
        return false;
    if (p < end && (*p == 'e' || *p == 'E')) {
        start = p++;
        if (p < end && (*p == '+' || *p == '-'))
            p++;
        if (p == end || !az_is_digit(*p))
            return false;
        p = skip_digits(p, end);
        ret->exponent = between(start, p);
    }
    return p == end;
}

/* The number as JSON writes it: TEXT itself where that is one. */
static struct az_str
json_number(struct az_arena *arena, struct az_str text,
            const struct parts *parts)
{
    struct az_str whole = parts->whole;
    struct az_buf buf;

    while (whole.len > 1 && *whole.p == '0') {
        whole.p++;
        whole.len--;
    }
    if (!parts->plus && whole.len > 0 && whole.len == parts->whole.len &&
        parts->point == (parts->fraction.len > 0))
        return text;
    az_buf_init(&buf, arena);
    if (parts->negative)
        az_buf_add_char(&buf, '-');
    az_buf_add(&buf, whole.len > 0 ? whole : AZ_STR("0"));
    if (parts->fraction.len > 0) {
        az_buf_add_char(&buf, '.');
        az_buf_add(&buf, parts->fraction);
    }
    az_buf_add(&buf, parts->exponent);
    return az_buf_str(&buf);
}

/* How YAML 1.1 (its types int and float) reads such a number. */
static enum yaml_old
old_decimal(const struct parts *parts)
{
    struct az_str whole = parts->whole, fraction = parts->fraction;

    if (parts->exponent.len > 0) {
        /* Its pattern demands the point, and readers the sign, too. */
        bool sign = !az_is_digit(parts->exponent.p[1]);
        return parts->point && sign ? YAML_OLD_SAME : YAML_OLD_EXPONENT;
    }
    if (!parts->point)
        return whole.len > 1 && *whole.p == '0' ? YAML_OLD_OCTAL
                                                : YAML_OLD_SAME;
    /* 1.10 and 3.20, but not 0.00 or 12.50e0: what may be a version. */
    if (fraction.len > 1 && fraction.p[0] != '0' &&
        fraction.p[fraction.len - 1] == '0' && whole.len > 0 && !parts->plus &&
        !parts->negative)
        return YAML_OLD_VERSION;
    return YAML_OLD_SAME;
}

static bool
is_over_limit(struct az_arena *arena, struct az_str number, size_t exponent)
{
    struct az_decimal unused;

    if (number.len <= SHORT_NUMBER && exponent <= SHORT_EXPONENT + 2)
        return false;
    return !az_decimal_parse(arena, number, &unused);
}

static bool
resolve_decimal(struct az_arena *arena, struct az_str text,
                struct yaml_value *ret)
{
    struct parts parts;

    if (!scan_decimal(text, &parts))
        return false;
    ret->type = AZ_NUMBER;
    ret->number = json_number(arena, text, &parts);
    ret->old = old_decimal(&parts);
    ret->over_limit = is_over_limit(arena, ret->number, parts.exponent.len);
    return true;
}

/* The decimal digits of DIGITS, of which there are MAX_BASE_DIGITS at most, in
   a base of 2 to the BITS.  Nine digits to a limb; as many digits at once as
   fit in 28 bits. */
static struct az_str
to_decimal(struct az_arena *arena, struct az_str digits, unsigned bits)
{
    const uint32_t limb_base = 1000000000;
    size_t room = digits.len * bits / 29 + 1, used = 1, i = 0;
    uint32_t *limbs = az_arena_array(arena, room, sizeof(*limbs));
    struct az_buf buf;

    while (i < digits.len) {
        uint64_t carry = 0;
        unsigned shift = 0;
        for (; i < digits.len && shift + bits <= 28; shift += bits)
            carry = carry << bits | (uint64_t)az_hex_value(digits.p[i++]);
        for (size_t k = 0; k < used; k++) {
            carry += (uint64_t)limbs[k] << shift;
            limbs[k] = (uint32_t)(carry % limb_base);
            carry /= limb_base;
        }
        if (carry > 0)
            limbs[used++] = (uint32_t)carry;
    }
    az_buf_init(&buf, arena);
    az_buf_addf(&buf, "%u", (unsigned)limbs[used - 1]);
    for (size_t k = used - 1; k > 0; k--)
        az_buf_addf(&buf, "%09u", (unsigned)limbs[k - 1]);
    return az_buf_str(&buf);
}

/* 0o17 and 0x1F. */
static bool
resolve_based(struct az_arena *arena, struct az_str text,
              struct yaml_value *ret)
{
    struct az_str digits;
    unsigned bits;

    if (text.len < 3 || text.p[0] != '0' ||
        (text.p[1] != 'o' && text.p[1] != 'x'))
        return false;
    bits = text.p[1] == 'o' ? 3 : 4;
    digits = (struct az_str){ text.p + 2, text.len - 2 };
    for (size_t i = 0; i < digits.len; i++) {
        int value = az_hex_value(digits.p[i]);
        if (value < 0 || value >= 1 << bits)
            return false;
    }
    while (digits.len > 1 && *digits.p == '0') {
        digits.p++;
        digits.len--;
    }
    ret->type = AZ_NUMBER;
    ret->old = bits == 3 ? YAML_OLD_TEXT : YAML_OLD_SAME;
    ret->over_limit = digits.len > MAX_BASE_DIGITS;
    if (ret->over_limit)
        return true;
    ret->number = to_decimal(arena, digits, bits);
    ret->over_limit = is_over_limit(arena, ret->number, 0);
    return true;
}

/* What only YAML 1.1 takes for a number. */

/* [1-9][0-9_]* ( : [0-5]?[0-9] )+ ( \. [0-9_]* )? , P behind the sign. */
static bool
is_sexagesimal(const char *p, const char *end)
{
    const char *start = p;
    bool colon = false;

    while (p < end && (az_is_digit(*p) || *p == '_'))
        p++;
    if (p == start || *start == '_')
        return false;
    while (p < end && *p == ':') {
        const char *part = ++p;
        p = skip_digits(p, end);
        if (p == part || p - part > 2 || (p - part == 2 && *part > '5'))
            return false;
        colon = true;
    }
    if (p < end && *p == '.')
        for (p++; p < end && (az_is_digit(*p) || *p == '_'); p++)
            continue;
    return colon && p == end;
}

/* A number once its underscores are taken out, or 0b1, or a signed 0x1F. */
static bool
is_old_number(const char *p, const char *end)
{
    const char *allowed = "0123456789";
    size_t underscores = 0;
    bool point = false;

    if (p == end || !az_is_digit(*p))
        return false;
    if (end - p > 2 && p[0] == '0' && (p[1] == 'b' || p[1] == 'x')) {
        allowed = p[1] == 'b' ? "01" : "0123456789abcdefABCDEF";
        p += 2;
        underscores = 1; /* none is needed to be of YAML 1.1 only */
    }
    for (; p < end; p++) {
        if (*p == '_')
            underscores++;
        else if (*p == '.' && !point)
            point = true;
        else if (*p == '\0' || strchr(allowed, *p) == NULL)
            return false;
    }
    return underscores > 0;
}

static enum yaml_old
old_number(struct az_str text)
{
    const char *p = text.p, *end = text.p + text.len;

    if (*p == '-' || *p == '+')
        p++;
    return is_sexagesimal(p, end) || is_old_number(p, end) ? YAML_OLD_NUMBER
                                                           : YAML_OLD_SAME;
}

/* What a plain scalar that begins with the byte may be, beside text. */
enum { MAY_BE_WORD = 1, MAY_BE_NUMBER = 2 };
static const unsigned char beginnings[256] = {
    ['~'] = MAY_BE_WORD,
    ['n'] = MAY_BE_WORD,
    ['N'] = MAY_BE_WORD,
    ['t'] = MAY_BE_WORD,
    ['T'] = MAY_BE_WORD,
    ['f'] = MAY_BE_WORD,
    ['F'] = MAY_BE_WORD,
    ['y'] = MAY_BE_WORD,
    ['Y'] = MAY_BE_WORD,
    ['o'] = MAY_BE_WORD,
    ['O'] = MAY_BE_WORD,
    ['.'] = MAY_BE_WORD | MAY_BE_NUMBER,
    ['+'] = MAY_BE_WORD | MAY_BE_NUMBER,
    ['-'] = MAY_BE_WORD | MAY_BE_NUMBER,
    ['0'] = MAY_BE_NUMBER,
    ['1'] = MAY_BE_NUMBER,
    ['2'] = MAY_BE_NUMBER,
    ['3'] = MAY_BE_NUMBER,
    ['4'] = MAY_BE_NUMBER,
    ['5'] = MAY_BE_NUMBER,
    ['6'] = MAY_BE_NUMBER,
    ['7'] = MAY_BE_NUMBER,
    ['8'] = MAY_BE_NUMBER,
    ['9'] = MAY_BE_NUMBER,
};

struct yaml_value
az_yaml_resolve(struct az_arena *arena, struct az_str text)
{
    struct yaml_value value = { .type = AZ_STRING };
    unsigned char may_be = MAY_BE_WORD;

    if (text.len > 0)
        may_be = beginnings[(unsigned char)text.p[0]];
    if ((may_be & MAY_BE_WORD) != 0 && text.len <= LONGEST_WORD &&
        resolve_word(text, &value))
        return value;
    if ((may_be & MAY_BE_NUMBER) == 0)
        return value;
    if (!resolve_decimal(arena, text, &value) &&
        !resolve_based(arena, text, &value))
        value.old = old_number(text);
    return value;
}

bool
az_yaml_resolve_as(struct az_arena *arena, struct az_str text,
                   enum az_type type, bool fraction, struct yaml_value *ret)
{
    struct parts parts;

    *ret = (struct yaml_value){ .type = AZ_STRING };
    if (type != AZ_STRING)
        *ret = az_yaml_resolve(arena, text);
    ret->old = YAML_OLD_SAME;
    if (ret->type != type)
        return false;
    if (type != AZ_NUMBER)
        return true;
    /* The pattern of !!float takes in the whole decimal numbers, but not the
       other bases; that of !!int has neither point nor exponent. */
    if (ret->not_finite)
        return fraction;
    if (!scan_decimal(text, &parts))
        return !fraction;
    return fraction || (!parts.point && parts.exponent.len == 0);
}
