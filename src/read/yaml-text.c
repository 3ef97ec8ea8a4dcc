/* The characters of a YAML file.
   SPDX-License-Identifier: MIT */

#include "read/yaml.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/utf8.h"

static bool
is_break(char c)
{
    return c == '\n' || c == '\r';
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || is_break(c);
}

static bool
check_encoding(struct yaml_reader *r)
{
    const char *hint = "save it as UTF-8 without a byte order mark";
    struct az_str text = { .p = r->text, .len = r->len };

    if (r->begin > 0)
        return true;
    if (az_str_starts_with(text, AZ_STR("\xEF\xBB\xBF")))
        return az_yaml_refuse(r, AZ_DIAG_BAD_ENCODING, 0, 3, hint,
                              "the file begins with a byte order mark");
    if (r->len >= 2 && (az_str_starts_with(text, AZ_STR("\xFF\xFE")) ||
                        az_str_starts_with(text, AZ_STR("\xFE\xFF")) ||
                        memchr(r->text, '\0', 2) != NULL))
        return az_yaml_refuse(r, AZ_DIAG_BAD_ENCODING, 0, 0, hint,
                              "the file is UTF-16 or UTF-32, not UTF-8");
    return true;
}

/* YAML 1.2.2, 5.1 and 5.4.  U+0085, U+2028 and U+2029 are text there, but line
   breaks to libyaml, which follows YAML 1.1; the others it refuses, without a
   place. */
static bool
check_character(struct yaml_reader *r, size_t at, uint32_t c, size_t size)
{
    const char *why;
    bool wide = c > 0xFF;

    if (c == 0x85 || c == 0x2028 || c == 0x2029)
        why = "would be misread as a line break";
    else if (c < 0xA0)
        why = "is a control character";
    else if (c == 0xFEFF)
        why = "is a byte order mark inside the file";
    else if (c == 0xFFFE || c == 0xFFFF)
        why = "is no character";
    else
        return true;
    return az_yaml_refuse(
        r, c < 0x20 ? AZ_DIAG_YAML_SYNTAX : AZ_DIAG_YAML_UNSUPPORTED, at,
        at + size,
        az_arena_printf(r->arena,
                        "take it out, or write \\%c%0*X in "
                        "double quotes",
                        wide ? 'u' : 'x', wide ? 4 : 2, (unsigned)c),
        "U+%04X %s", (unsigned)c, why);
}

/* The first byte that is not printable ASCII or a space, or END; eight at a
   time where there are as many. */
static const char *
skip_printable(const char *p, const char *end)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t word;

    for (; end - p >= 8; p += 8) {
        memcpy(&word, p, sizeof(word));
        /* Bytes below 0x20 borrow, 0x7F carries, the rest have the bit. */
        if (((word | (word - ones * 0x20) | (word + ones)) & (ones * 0x80)) !=
            0)
            break;
    }
    while (p < end && (unsigned char)*p >= 0x20 && (unsigned char)*p < 0x7F)
        p++;
    return p;
}

static bool
check_characters(struct yaml_reader *r)
{
    const char *p = r->text + r->begin, *end = r->text + r->len;

    r->ascii = true;
    while (p < end) {
        unsigned char byte = (unsigned char)*p;
        uint32_t c = byte;
        size_t size = 1;

        if ((byte >= 0x20 && byte < 0x7F) || is_space(*p)) {
            p = skip_printable(p + 1, end);
            continue;
        }
        if (byte >= 0x80) {
            r->ascii = false;
            size = az_utf8_decode(p, end, &c);
        }
        if (size == 0)
            return az_yaml_refuse(
                r, AZ_DIAG_BAD_ENCODING, (size_t)(p - r->text),
                (size_t)(p - r->text) + 1, "save the file as UTF-8",
                "byte 0x%02X is not UTF-8", (unsigned)byte);
        if (!check_character(r, (size_t)(p - r->text), c, size))
            return false;
        p += size;
    }
    return true;
}

static bool
check_directives(struct yaml_reader *r)
{
    size_t at = r->begin, count = 0;

    while (at < r->len) {
        size_t start = at, end;
        char c;

        while (start < r->len &&
               (r->text[start] == ' ' || r->text[start] == '\t'))
            start++;
        for (end = start; end < r->len && !is_break(r->text[end]); end++)
            continue;
        c = start < end ? r->text[start] : '\n';

        if (c == '%' && ++count > AZ_MAX_DIRECTIVES)
            return az_yaml_refuse(
                r, AZ_DIAG_YAML_UNSUPPORTED, start, end,
                "take out those that the document does not need",
                "more than %d directives", AZ_MAX_DIRECTIVES);
        if (c != '%' && c != '#' && !is_break(c))
            break;
        at = end + 1;
    }
    return true;
}

bool
az_yaml_check_text(struct yaml_reader *r)
{
    return check_encoding(r) && check_characters(r) && check_directives(r);
}
