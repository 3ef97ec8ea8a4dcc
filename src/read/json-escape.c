/* Escapes in JSON strings (RFC 8259, section 7).
   SPDX-License-Identifier: MIT */

#include "read/json.h"

#include "core/arena.h"
#include "core/utf8.h"

/* What a backslash and one character stand for; 0: nothing. */
static const unsigned char short_escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

/* The code unit that four hexadecimal digits at P spell; -1 if there are no
   four. */
static int32_t
hex_unit(const char *p, const char *end)
{
    int32_t unit = 0;

    if (end - p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        if (c >= '0' && c <= '9')
            unit = unit * 16 + (c - '0');
        else if (c >= 'a' && c <= 'f')
            unit = unit * 16 + (c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            unit = unit * 16 + (c - 'A' + 10);
        else
            return -1;
    }
    return unit;
}

size_t
az_json_read_escape(const char *p, const char *end, uint32_t *ret)
{
    int32_t unit, low;

    if (end - p < 2)
        return 0;
    if (p[1] != 'u') {
        *ret = short_escapes[(unsigned char)p[1]];
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

struct az_str
az_json_decode(struct az_arena *arena, const char *from, const char *to)
{
    char *text = az_arena_alloc(arena, (size_t)(to - from));
    char *out = text;

    while (from < to) {
        uint32_t code_point = 0;

        if (*from != '\\') {
            *out++ = *from++;
            continue;
        }
        from += az_json_read_escape(from, to, &code_point);
        out += az_utf8_encode(code_point, out);
    }
    return (struct az_str){ .p = text, .len = (size_t)(out - text) };
}
