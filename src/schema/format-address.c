/* The formats of internet addresses.
   SPDX-License-Identifier: MIT */

#include "schema/formats.h"

bool
az_format_take_ipv4(struct az_scan *scan, bool leading_zeros)
{
    unsigned part, digits, value;
    const char *start;

    for (part = 0; part < 4; part++) {
        if (part > 0 && !az_scan_take(scan, '.'))
            return az_scan_expected(scan, "'.'");
        start = scan->p;
        for (digits = 0, value = 0;
             digits < 3 && az_scan_sees_any(scan, AZ_SCAN_DIGIT); digits++)
            value = value * 10 + (unsigned)(*scan->p++ - '0');
        if (digits == 0)
            return az_scan_expected(scan, "a digit");
        if (digits > 1 && *start == '0' && !leading_zeros)
            return az_scan_fail(
                scan, "the number at character %zu has a leading zero",
                az_scan_number(scan, start));
        if (value > 255)
            return az_scan_fail(
                scan, "the number at character %zu is %u, at most 255",
                az_scan_number(scan, start), value);
    }
    return true;
}

bool
az_format_ipv4(struct az_scan *scan)
{
    return az_format_take_ipv4(scan, false) && az_scan_finish(scan);
}

/* Whether digits and a dot come next: an IPv4 address. */
static bool
sees_ipv4(const struct az_scan *scan)
{
    struct az_scan ahead = *scan;

    return az_scan_skip(&ahead, AZ_SCAN_DIGIT) > 0 && az_scan_sees(&ahead, '.');
}

static bool
take_group(struct az_scan *scan)
{
    unsigned digits;

    for (digits = 0; digits < 4 && az_scan_sees_any(scan, AZ_SCAN_HEX);
         digits++)
        scan->p++;
    if (digits == 0)
        return az_scan_expected(scan, "a hexadecimal digit");
    return !az_scan_sees_any(scan, AZ_SCAN_HEX) ||
           az_scan_fail(scan,
                        "the group that ends at character %zu has more than "
                        "four digits",
                        az_scan_number(scan, scan->p));
}

static bool
take_gap(struct az_scan *scan)
{
    if (scan->end - scan->p < 2 || scan->p[0] != ':' || scan->p[1] != ':')
        return false;
    scan->p += 2;
    return true;
}

/* Takes groups of 16 bits, eight at most; *RET_GAP tells of a "::". */
static bool
take_groups(struct az_scan *scan, bool leading_zeros, unsigned *ret_count,
            bool *ret_gap)
{
    unsigned count;

    *ret_gap = false;
    for (count = 0; count < 8; count++) {
        if (take_gap(scan)) {
            if (*ret_gap)
                return az_scan_fail(scan, "'::' stands in it twice");
            *ret_gap = true;
            if (az_scan_at_end(scan))
                break;
        } else if (count > 0 && az_scan_at_end(scan)) {
            break;
        } else if (count > 0 && !az_scan_take(scan, ':')) {
            return az_scan_expected(scan, "':'");
        }
        if (sees_ipv4(scan)) {
            if (!az_format_take_ipv4(scan, leading_zeros))
                return false;
            count += 2;
            break;
        }
        if (!take_group(scan))
            return false;
    }
    *ret_count = count;
    return true;
}

bool
az_format_judge_ipv6(struct az_scan *scan, unsigned least_gap,
                     bool leading_zeros)
{
    unsigned count = 0;
    bool gap = false;

    if (!take_groups(scan, leading_zeros, &count, &gap))
        return false;
    if (!az_scan_at_end(scan))
        return az_scan_finish(scan);
    if (gap && count + least_gap > 8)
        return az_scan_fail(
            scan, "it has %u groups of 16 bits beside '::', at most %u", count,
            8 - least_gap);
    return gap || count == 8 ||
           az_scan_fail(scan, "it has %u group%s of 16 bits, expected 8", count,
                        count == 1 ? "" : "s");
}

bool
az_format_ipv6(struct az_scan *scan)
{
    return az_format_judge_ipv6(scan, 1, false);
}
