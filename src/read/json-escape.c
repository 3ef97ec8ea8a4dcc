/* Escapes in JSON strings (RFC 8259, section 7).
   SPDX-License-Identifier: MIT */

#include "read/json.h"

#include <string.h>

#include "core/arena.h"
#include "core/utf8.h"
#include "read/json-scan.h"

const unsigned char az_json_short_escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

/* What a hexadecimal digit stands for, and one more; 0: no digit. */
static const unsigned char hex_digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
    ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
    ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
    ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* The code unit that four hexadecimal digits at P spell; -1 if there are no
   four. */
static inline int32_t
hex_unit(const char *p, const char *end)
{
    const unsigned char *u = (const unsigned char *)p;
    int32_t a, b, c, d;

    if (end - p < 4)
        return -1;
    a = hex_digits[u[0]];
    b = hex_digits[u[1]];
    c = hex_digits[u[2]];
    d = hex_digits[u[3]];
    if (a == 0 || b == 0 || c == 0 || d == 0)
        return -1;
    return (a - 1) << 12 | (b - 1) << 8 | (c - 1) << 4 | (d - 1);
}

size_t
az_json_read_escape(const char *p, const char *end, uint32_t *ret)
{
    int32_t unit, low;

    if (end - p < 2)
        return 0;
    if (p[1] != 'u') {
        *ret = az_json_short_escapes[(unsigned char)p[1]];
        return *ret == 0 ? 0 : 2;
    }
    unit = hex_unit(p + 2, end);
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
        return 0;
    *ret = (uint32_t)unit;
    if (unit < 0xD800 || unit > 0xDFFF)
        return 6;
    if (end - p < 12 || p[6] != '\\' || p[7] != 'u')
        return 0;
    low = hex_unit(p + 8, end);
    if (low < 0xDC00 || low > 0xDFFF)
        return 0;
    *ret = 0x10000u + (((uint32_t)unit - 0xD800u) << 10) +
           ((uint32_t)low - 0xDC00u);
    return 12;
}

/* Copies from *FROM to *OUT up to a backslash or TO, eight bytes at a time
   where there are so many; some of those behind the backslash may be copied
   too.  As text only shrinks, there is room for them. */
static inline void
copy_run(const char **from, const char *to, char **out)
{
    const char *p = *from;
    char *q = *out;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; to - p >= 8; p += 8, q += 8) {
        const uint64_t ones = UINT64_C(0x0101010101010101);
        uint64_t word = json_load_word(p), other = word ^ (ones * '\\');
        uint64_t stop = (other - ones) & ~other & (ones * 0x80);

        memcpy(q, &word, sizeof(word));
        if (stop != 0) {
            *from = p + (__builtin_ctzll(stop) >> 3);
            *out = q + (__builtin_ctzll(stop) >> 3);
            return;
        }
    }
#endif
    while (p < to && *p != '\\')
        *q++ = *p++;
    *from = p;
    *out = q;
}

struct az_str
az_json_decode(struct az_arena *arena, const char *from, const char *to)
{
    char *text = az_arena_alloc(arena, (size_t)(to - from));
    char *out = text;

    while (from < to) {
        uint32_t code_point = 0;

        copy_run(&from, to, &out);
        while (from < to && *from == '\\') {
            unsigned char shortly =
                az_json_short_escapes[(unsigned char)from[1]];

            if (shortly != 0) {
                *out++ = (char)shortly;
                from += 2;
            } else {
                from += az_json_read_escape(from, to, &code_point);
                out += az_utf8_encode(code_point, out);
            }
        }
    }
    return (struct az_str){ .p = text, .len = (size_t)(out - text) };
}
