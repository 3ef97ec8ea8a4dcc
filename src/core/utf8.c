/* UTF-8 (RFC 3629).
   SPDX-License-Identifier: MIT */

#include "core/utf8.h"

#include <string.h>

/* The well-formed sequences (Unicode, table 3-7): by range of the first byte,
   the length and the range of the second byte. */
static const struct {
    unsigned char first, last, length, second_low, second_high;
} forms[] = {
    { 0xc2, 0xdf, 2, 0x80, 0xbf }, { 0xe0, 0xe0, 3, 0xa0, 0xbf },
    { 0xe1, 0xec, 3, 0x80, 0xbf }, { 0xed, 0xed, 3, 0x80, 0x9f },
    { 0xee, 0xef, 3, 0x80, 0xbf }, { 0xf0, 0xf0, 4, 0x90, 0xbf },
    { 0xf1, 0xf3, 4, 0x80, 0xbf }, { 0xf4, 0xf4, 4, 0x80, 0x8f },
};

size_t
az_utf8_decode(const char *p, const char *end, uint32_t *ret)
{
    const unsigned char *u = (const unsigned char *)p;
    size_t available = (size_t)(end - p), i, k;
    uint32_t value;

    if (available == 0)
        return 0;
    if (u[0] < 0x80) {
        if (ret != NULL)
            *ret = u[0];
        return 1;
    }
    for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (u[0] >= forms[i].first && u[0] <= forms[i].last)
            break;
    if (i == sizeof(forms) / sizeof(forms[0]) || available < forms[i].length ||
        u[1] < forms[i].second_low || u[1] > forms[i].second_high)
        return 0;
    value = u[0] & (0x7fu >> forms[i].length);
    for (k = 1; k < forms[i].length; k++) {
        if ((u[k] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (u[k] & 0x3fu);
    }
    if (ret != NULL)
        *ret = value;
    return forms[i].length;
}

size_t
az_utf8_encode(uint32_t c, char *p)
{
    if (c < 0x80) {
        p[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        p[0] = (char)(0xc0 | c >> 6);
        p[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        p[0] = (char)(0xe0 | c >> 12);
        p[1] = (char)(0x80 | (c >> 6 & 0x3f));
        p[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    p[0] = (char)(0xf0 | c >> 18);
    p[1] = (char)(0x80 | (c >> 12 & 0x3f));
    p[2] = (char)(0x80 | (c >> 6 & 0x3f));
    p[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/* The bytes of the sequence that the four at P begin with, which is what
   "forms" has, asked of all bytes at once; 0 if it is ASCII or malformed.  Bits
   are counted from the first byte on: 0x1e and 0x200f are those that would be
   zero in an overlong form, 0x200d those of a surrogate, 0x3003 what is above
   U+10FFFF. */
static size_t
sequence_at(const char *p)
{
    uint32_t word, bits;

    memcpy(&word, p, sizeof(word));
    if ((word & 0xc0e0) == 0x80c0)
        return (word & 0x1e) != 0 ? 2 : 0;
    if ((word & 0xc0c0f0) == 0x8080e0) {
        bits = word & 0x200f;
        return bits != 0 && bits != 0x200d ? 3 : 0;
    }
    if ((word & 0xc0c0c0f8) == 0x808080f0) {
        bits = word & 0x3007;
        return bits != 0 && ((bits & 4) == 0 || (bits & 0x3003) == 0) ? 4 : 0;
    }
    return 0;
}
#endif

size_t
az_utf8_next(struct az_str s, size_t offset)
{
    size_t length;

    if (offset >= s.len)
        return offset;
    length = az_utf8_decode(s.p + offset, s.p + s.len, NULL);
    return offset + (length == 0 ? 1 : length);
}

const char *
az_utf8_skip(const char *p, const char *end)
{
    size_t length;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    while (end - p >= 4 && (length = sequence_at(p)) > 0)
        p += length;
#endif
    while (p < end && (unsigned char)*p >= 0x80 &&
           (length = az_utf8_decode(p, end, NULL)) > 0)
        p += length;
    return p;
}

/* The number of ASCII bytes at P, eight at a time. */
static size_t
ascii_run(const char *p, const char *end)
{
    const char *start = p;
    uint64_t word;

    for (; (size_t)(end - p) >= sizeof(word); p += sizeof(word)) {
        memcpy(&word, p, sizeof(word));
        if ((word & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    while (p < end && (unsigned char)*p < 0x80)
        p++;
    return (size_t)(p - start);
}

size_t
az_utf8_check(struct az_str s)
{
    const char *p = s.p, *end, *before;

    if (s.len == 0) /* P may be NULL */
        return 0;
    end = p + s.len;
    do {
        p += ascii_run(p, end);
        before = p;
        p = az_utf8_skip(p, end);
    } while (p > before);
    return (size_t)(p - s.p);
}

size_t
az_utf8_length(struct az_str s)
{
    const char *p = s.p, *end;
    size_t count = 0, run, length;

    if (s.len == 0) /* P may be NULL */
        return 0;
    end = p + s.len;
    while (p < end) {
        run = ascii_run(p, end);
        count += run;
        p += run;
        if (p == end)
            break;
        length = az_utf8_decode(p, end, NULL);
        p += length == 0 ? 1 : length;
        count++;
    }
    return count;
}

bool
az_utf8_is_blank(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } blanks[] = {
        { 0x00, 0x20 },       { 0x7f, 0xa0 },       { 0xad, 0xad },
        { 0x34f, 0x34f },     { 0x600, 0x605 },     { 0x61c, 0x61c },
        { 0x6dd, 0x6dd },     { 0x70f, 0x70f },     { 0x890, 0x891 },
        { 0x8e2, 0x8e2 },     { 0x115f, 0x1160 },   { 0x1680, 0x1680 },
        { 0x17b4, 0x17b5 },   { 0x180b, 0x180f },   { 0x2000, 0x200f },
        { 0x2028, 0x202f },   { 0x205f, 0x206f },   { 0x2800, 0x2800 },
        { 0x3000, 0x3000 },   { 0x3164, 0x3164 },   { 0xfe00, 0xfe0f },
        { 0xfeff, 0xfeff },   { 0xffa0, 0xffa0 },   { 0xfff0, 0xfffb },
        { 0x110bd, 0x110bd }, { 0x110cd, 0x110cd }, { 0x13430, 0x1343f },
        { 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
    };
    size_t i;

    for (i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++)
        if (c <= blanks[i].last)
            return c >= blanks[i].first;
    return false;
}

size_t
az_utf8_visible(struct az_str s)
{
    const char *p = s.p, *end;
    size_t count = 0, length;
    uint32_t c;

    if (s.len == 0) /* P may be NULL */
        return 0;
    for (end = p + s.len; p < end; p += length == 0 ? 1 : length) {
        length = az_utf8_decode(p, end, &c);
        count += length == 0 || !az_utf8_is_blank(c);
    }
    return count;
}
