/* Strings with a length, and a buffer that grows in an arena.
   SPDX-License-Identifier: MIT */

#include "core/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"
#include "core/utf8.h"

/* Longest string that is compared for "did you mean". */
#define DISTANCE_MAX 64

bool
az_str_take_line(struct az_str *rest, struct az_str *ret)
{
    const char *end;
    size_t taken;

    if (rest->len == 0)
        return false;
    end = memchr(rest->p, '\n', rest->len);
    *ret = (struct az_str){ rest->p,
                            end == NULL ? rest->len : (size_t)(end - rest->p) };
    taken = ret->len + (end != NULL);
    *rest = (struct az_str){ rest->p + taken, rest->len - taken };
    if (end != NULL && ret->len > 0 && end[-1] == '\r')
        ret->len--;
    return true;
}

bool
az_str_is_blank(struct az_str s)
{
    size_t i = 0;

    while (i < s.len && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\n' ||
                         s.p[i] == '\r'))
        i++;
    return i == s.len;
}

int
az_str_compare(struct az_str a, struct az_str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.p, b.p, common);

    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool
az_str_starts_with(struct az_str s, struct az_str prefix)
{
    return s.len >= prefix.len &&
           az_str_eq((struct az_str){ s.p, prefix.len }, prefix);
}

bool
az_str_ends_with(struct az_str s, struct az_str suffix)
{
    return s.len >= suffix.len &&
           az_str_eq((struct az_str){ s.p + (s.len - suffix.len), suffix.len },
                     suffix);
}

static unsigned
least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment (Damerau's edits, no substring edited twice). */
unsigned
az_str_distance(struct az_str a, struct az_str b, unsigned limit)
{
    unsigned rows[3][DISTANCE_MAX + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2], *reuse;
    unsigned best;
    size_t i, k;

    if (a.len > DISTANCE_MAX || b.len > DISTANCE_MAX)
        return limit + 1;
    for (k = 0; k <= b.len; k++)
        above[k] = (unsigned)k;
    for (i = 1; i <= a.len; i++) {
        row[0] = best = (unsigned)i;
        for (k = 1; k <= b.len; k++) {
            char x = az_to_lower(a.p[i - 1]), y = az_to_lower(b.p[k - 1]);

            row[k] =
                least(above[k - 1] + (x != y), least(above[k], row[k - 1]) + 1);
            if (i > 1 && k > 1 && x == az_to_lower(b.p[k - 2]) &&
                y == az_to_lower(a.p[i - 2]))
                row[k] = least(row[k], before[k - 2] + 1);
            best = least(best, row[k]);
        }
        if (best > limit)
            return limit + 1;
        reuse = before;
        before = above;
        above = row;
        row = reuse;
    }
    return above[b.len];
}

size_t
az_str_nearest(struct az_str word, const struct az_str *candidates,
               size_t count)
{
    unsigned limit = word.len < 3 ? 1 : (unsigned)(word.len / 3), distance;
    size_t nearest = count, i;

    if (word.len > DISTANCE_MAX)
        return count;
    for (i = 0; i < count; i++) {
        distance = az_str_distance(word, candidates[i], limit);
        if (distance <= limit && distance < candidates[i].len) {
            nearest = i;
            if (distance == 0)
                break;
            limit = distance - 1;
        }
    }
    return nearest;
}

bool
az_str_may_guess(uint64_t *budget, struct az_str word, size_t count)
{
    const uint64_t each = word.len > DISTANCE_MAX ? 1 : word.len + 1;

    if (count > *budget / each)
        return false;
    *budget -= each * count;
    return true;
}

void
az_buf_init(struct az_buf *buf, struct az_arena *arena)
{
    buf->arena = arena;
    buf->len = 0;
    buf->capacity = 64;
    buf->p = az_arena_alloc(arena, buf->capacity);
    buf->p[0] = '\0';
}

/* Makes room for EXTRA more bytes and a NUL. */
static void
reserve(struct az_buf *buf, size_t extra)
{
    size_t wanted = buf->capacity;
    char *p;

    if (extra < buf->capacity - buf->len)
        return;
    if (extra > SIZE_MAX / 2 - buf->len)
        az_arena_oom(buf->arena);
    while (wanted - buf->len <= extra)
        wanted *= 2;
    p = az_arena_alloc(buf->arena, wanted);
    memcpy(p, buf->p, buf->len + 1);
    buf->p = p;
    buf->capacity = wanted;
}

void
az_buf_add(struct az_buf *buf, struct az_str s)
{
    if (s.len == 0)
        return;
    reserve(buf, s.len);
    memcpy(buf->p + buf->len, s.p, s.len);
    buf->len += s.len;
    buf->p[buf->len] = '\0';
}

void
az_buf_add_c(struct az_buf *buf, const char *c)
{
    az_buf_add(buf, az_str_from(c));
}

void
az_buf_add_char(struct az_buf *buf, char c)
{
    az_buf_add(buf, (struct az_str){ &c, 1 });
}

void
az_buf_add_code_point(struct az_buf *buf, uint32_t code_point)
{
    char bytes[4];

    az_buf_add(buf,
               (struct az_str){ bytes, az_utf8_encode(code_point, bytes) });
}

void
az_buf_addf(struct az_buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    az_buf_vaddf(buf, format, args);
    va_end(args);
}

void
az_buf_vaddf(struct az_buf *buf, const char *format, va_list args)
{
    va_list again;
    int length;

    va_copy(again, args);
    length =
        vsnprintf(buf->p + buf->len, buf->capacity - buf->len, format, again);
    va_end(again);
    if (length < 0)
        az_arena_oom(buf->arena);
    if ((size_t)length >= buf->capacity - buf->len) {
        reserve(buf, (size_t)length);
        vsnprintf(buf->p + buf->len, (size_t)length + 1, format, args);
    }
    buf->len += (size_t)length;
}

void
az_buf_add_int(struct az_buf *buf, int64_t value)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char digits[20];
    size_t at = sizeof(digits);

    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        az_buf_add_char(buf, '-');
    az_buf_add(buf, (struct az_str){ digits + at, sizeof(digits) - at });
}

void
az_buf_add_separator(struct az_buf *buf, size_t index, size_t count,
                     const char *word)
{
    if (index > 0 && index + 1 == count)
        az_buf_addf(buf, " %s ", word);
    else if (index > 0)
        az_buf_add_c(buf, ", ");
}

struct az_str
az_buf_str(const struct az_buf *buf)
{
    return (struct az_str){ buf->p, buf->len };
}

/* Characters that move the cursor, break the line, turn the text round or
   cannot be seen. */
static bool
is_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0x61c || c == 0xfeff ||
           (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

void
az_buf_add_escaped(struct az_buf *buf, struct az_str s, size_t limit)
{
    const char *p = s.p, *end;
    size_t count, length;
    uint32_t c;

    if (s.len == 0) /* P may be NULL */
        return;
    end = p + s.len;
    for (count = 0; p < end; count++, p += length) {
        if (limit != 0 && count == limit) {
            az_buf_add_c(buf, "...");
            return;
        }
        length = az_utf8_decode(p, end, &c);
        if (length == 0) {
            az_buf_addf(buf, "\\x%02x", (unsigned)(unsigned char)*p);
            length = 1;
        } else if (!is_unsafe(c)) {
            az_buf_add(buf, (struct az_str){ p, length });
        } else if (c < 0x80) {
            az_buf_addf(buf, "\\x%02x", (unsigned)c);
        } else {
            az_buf_addf(buf, "\\u{%x}", (unsigned)c);
        }
    }
}

/* C as JSON escapes it (RFC 8259, section 7). */
static void
add_json_escape(struct az_buf *buf, uint32_t c)
{
    if (c >= 0x10000) {
        az_buf_addf(buf, "\\u%04x", (unsigned)(0xd7c0 + (c >> 10)));
        c = 0xdc00 | (c & 0x3ff);
    }
    az_buf_addf(buf, "\\u%04x", (unsigned)c);
}

void
az_buf_add_json(struct az_buf *buf, struct az_str s)
{
    size_t i, start = 0, length;
    uint32_t c;

    for (i = 0; i < s.len; i += length) {
        length = 1;
        if ((unsigned char)s.p[i] < 0x7f)
            continue;
        length = az_utf8_decode(s.p + i, s.p + s.len, &c);
        if (length > 0 && !is_unsafe(c))
            continue;
        az_buf_add(buf, (struct az_str){ s.p + start, i - start });
        add_json_escape(buf, length == 0 ? 0xfffd : c);
        if (length == 0)
            length = 1;
        start = i + length;
    }
    if (s.len > start)
        az_buf_add(buf, (struct az_str){ s.p + start, s.len - start });
}

const char *
az_str_quote(struct az_arena *arena, struct az_str s)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_char(&buf, '\'');
    az_buf_add_escaped(&buf, s, AZ_QUOTE_LIMIT);
    az_buf_add_char(&buf, '\'');
    return buf.p;
}

const char *
az_str_counted(struct az_arena *arena, uint64_t count, const char *noun)
{
    size_t length = strlen(noun);
    bool ends_in_y = length > 1 && noun[length - 1] == 'y' &&
                     strchr("aeiou", noun[length - 2]) == NULL;

    if (count == 1)
        return az_arena_printf(arena, "1 %s", noun);
    return az_arena_printf(arena, "%" PRIu64 " %.*s%s", count,
                           (int)(ends_in_y ? length - 1 : length), noun,
                           ends_in_y ? "ies" : "s");
}
