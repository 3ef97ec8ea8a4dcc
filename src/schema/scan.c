/* A cursor over a text whose grammar is judged.
   SPDX-License-Identifier: MIT */

#include "schema/scan.h"

#include "core/arena.h"
#include "core/utf8.h"

/* clang-format off */
const unsigned short az_scan_classes[128] = {
    0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000,
    0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000,
    0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000,
    0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000,
    0x0000, 0x1430, 0x0000, 0x1420, 0x0430, 0x0020, 0x1430, 0x0430,
    0x0410, 0x0410, 0x0430, 0x1630, 0x1410, 0x0628, 0x1608, 0x1460,
    0x0e25, 0x0e25, 0x0e25, 0x0e25, 0x0e25, 0x0e25, 0x0e25, 0x0e25,
    0x0e25, 0x0e25, 0x0540, 0x1410, 0x0000, 0x1430, 0x0000, 0x14a0,
    0x1440, 0x0e26, 0x0e26, 0x0e26, 0x0e26, 0x0e26, 0x0e26, 0x0e22,
    0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22,
    0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22,
    0x0e22, 0x0e22, 0x0e22, 0x0400, 0x0000, 0x0400, 0x0020, 0x0c28,
    0x0020, 0x0e26, 0x0e26, 0x0e26, 0x0e26, 0x0e26, 0x0e26, 0x0e22,
    0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22,
    0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22, 0x0e22,
    0x0e22, 0x0e22, 0x0e22, 0x0020, 0x1020, 0x0020, 0x0428, 0x0000,
};
/* clang-format on */

struct az_scan
az_scan_of(struct az_arena *arena, struct az_str text, bool explain)
{
    /* Pointers are compared, so that there has to be something to point to. */
    const char *p = text.len == 0 ? "" : text.p;

    return (struct az_scan){ .arena = arena,
                             .start = p,
                             .p = p,
                             .end = p + text.len,
                             .text_end = p + text.len,
                             .explain = explain };
}

uint32_t
az_scan_take_wide(struct az_scan *scan)
{
    uint32_t code_point;
    size_t len;

    if (scan->p == scan->end || (unsigned char)*scan->p < 0x80)
        return 0;
    len = az_utf8_decode(scan->p, scan->end, &code_point);
    scan->p += len;
    return len == 0 ? 0 : code_point;
}

bool
az_scan_fail(struct az_scan *scan, const char *format, ...)
{
    va_list args;

    if (!scan->explain || scan->reason != NULL)
        return false;
    va_start(args, format);
    scan->reason = az_arena_vprintf(scan->arena, format, args);
    va_end(args);
    return false;
}

size_t
az_scan_number(const struct az_scan *scan, const char *p)
{
    return 1 + az_utf8_length(
                   (struct az_str){ scan->start, (size_t)(p - scan->start) });
}

const char *
az_scan_quote(const struct az_scan *scan, const char *p, size_t len)
{
    return az_str_quote(scan->arena, (struct az_str){ p, len });
}

/* The character at the cursor in quotes. */
static const char *
quote_next(const struct az_scan *scan)
{
    size_t len = az_utf8_decode(scan->p, scan->text_end, NULL);

    return az_scan_quote(scan, scan->p, len == 0 ? 1 : len);
}

bool
az_scan_expected(struct az_scan *scan, const char *what)
{
    if (!scan->explain)
        return false;
    if (scan->start == scan->text_end)
        return az_scan_fail(scan, "it is empty");
    if (scan->p == scan->text_end)
        return az_scan_fail(scan, "expected %s at its end", what);
    return az_scan_fail(scan, "expected %s at character %zu, found %s", what,
                        az_scan_number(scan, scan->p), quote_next(scan));
}

bool
az_scan_unexpected(struct az_scan *scan, const char *where)
{
    if (!scan->explain)
        return false;
    return az_scan_fail(scan, "%s at character %zu is not allowed %s",
                        quote_next(scan), az_scan_number(scan, scan->p), where);
}

bool
az_scan_finish(struct az_scan *scan)
{
    if (az_scan_at_end(scan))
        return true;
    if (!scan->explain)
        return false;
    return az_scan_fail(scan, "unexpected %s at character %zu",
                        quote_next(scan), az_scan_number(scan, scan->p));
}
