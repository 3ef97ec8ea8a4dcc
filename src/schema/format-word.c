/* The formats of pointers, identifiers and patterns.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "regex/regex.h"
#include "schema/formats.h"

bool
az_format_uuid(struct az_scan *scan)
{
    static const unsigned groups[] = { 8, 4, 4, 4, 12 };
    unsigned group, digits;

    for (group = 0; group < 5; group++) {
        if (group > 0 && !az_scan_take(scan, '-'))
            return az_scan_expected(scan, "'-'");
        for (digits = 0; digits < groups[group]; digits++, scan->p++)
            if (!az_scan_sees_any(scan, AZ_SCAN_HEX))
                return az_scan_expected(scan, "a hexadecimal digit");
    }
    return az_scan_finish(scan);
}

bool
az_format_json_pointer(struct az_scan *scan)
{
    if (!az_scan_at_end(scan) && !az_scan_sees(scan, '/'))
        return az_scan_expected(scan, "'/'");
    for (; !az_scan_at_end(scan); scan->p++)
        if (*scan->p == '~' && (scan->end - scan->p == 1 ||
                                (scan->p[1] != '0' && scan->p[1] != '1')))
            return az_scan_fail(
                scan, "'~' at character %zu is not followed by 0 or 1",
                az_scan_number(scan, scan->p));
    return true;
}

/* 0, or digits that do not begin with it */
static bool
take_integer(struct az_scan *scan)
{
    const char *start = scan->p;

    if (az_scan_skip(scan, AZ_SCAN_DIGIT) == 0)
        return az_scan_expected(scan, "a digit");
    return *start != '0' || scan->p == start + 1 ||
           az_scan_fail(scan, "the number at character %zu has a leading zero",
                        az_scan_number(scan, start));
}

/* integer [ ( "+" / "-" ) integer ] ( "#" / JSON Pointer ) */
bool
az_format_relative_json_pointer(struct az_scan *scan)
{
    if (!take_integer(scan))
        return false;
    if ((az_scan_take(scan, '+') || az_scan_take(scan, '-')) &&
        !take_integer(scan))
        return false;
    if (az_scan_take(scan, '#'))
        return az_scan_finish(scan);
    if (!az_scan_at_end(scan) && !az_scan_sees(scan, '/'))
        return az_scan_expected(scan, "'/', '#', '+' or '-'");
    return az_format_json_pointer(scan);
}

/* A pattern that only PCRE2 cannot do is one of ECMA-262 all the same. */
bool
az_format_regex(struct az_scan *scan)
{
    struct az_str pattern = { scan->p, (size_t)(scan->end - scan->p) };
    struct az_arena *scratch = az_arena_new_like(scan->arena);
    struct az_regex_error error;
    bool good =
        az_regex_new(scratch, pattern, AZ_REGEX_ECMA, false, &error) != NULL ||
        error.unsupported;

    if (!good)
        az_scan_fail(scan, "%s at character %zu", error.message,
                     az_scan_number(scan, scan->p + error.offset));
    az_arena_free(scratch);
    return good;
}
