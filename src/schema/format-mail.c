/* The formats of mail addresses (RFC 5321, 4.1.2; RFC 6531, 3.3).
   SPDX-License-Identifier: MIT

   How long a local part may be is not in the grammar: 64 bytes are what every
   server has to take, not what it may take (RFC 5321, 4.5.3.1). */

#include "schema/formats.h"

/* Takes what is beyond ASCII, if INTERNATIONAL allows it. */
static bool
take_wide(struct az_scan *scan, bool international)
{
    return international && az_scan_take_wide(scan) != 0;
}

/* Dot-string = Atom *("." Atom) */
static bool
take_dot_string(struct az_scan *scan, bool international)
{
    const char *start;

    do {
        start = scan->p;
        while (az_scan_skip(scan, AZ_SCAN_ATEXT) > 0 ||
               take_wide(scan, international))
            continue;
        if (scan->p == start)
            return az_scan_at_end(scan) || az_scan_sees(scan, '.') ||
                           az_scan_sees(scan, '@')
                       ? az_scan_expected(scan, "a letter or digit")
                       : az_scan_unexpected(scan, "before '@' without quotes");
    } while (az_scan_take(scan, '.'));
    return true;
}

/* Quoted-string: printable ASCII, quote and backslash after a backslash. */
static bool
take_quoted_string(struct az_scan *scan, bool international)
{
    az_scan_take(scan, '"');
    while (!az_scan_at_end(scan) && !az_scan_sees(scan, '"')) {
        if (take_wide(scan, international))
            continue;
        az_scan_take(scan, '\\');
        if (az_scan_at_end(scan))
            break;
        if (*scan->p < ' ' || *scan->p > '~')
            return az_scan_unexpected(scan, "between quotes");
        scan->p++;
    }
    return az_scan_take(scan, '"') || az_scan_expected(scan, "'\"'");
}

/* Takes "IPv6:", which has no case (RFC 5234, 2.3). */
static bool
take_tag(struct az_scan *scan)
{
    static const char tag[] = "ipv6:";
    size_t i;

    for (i = 0; tag[i] != '\0'; i++)
        if (scan->end - scan->p <= (ptrdiff_t)i ||
            (scan->p[i] | 0x20) != (tag[i] | 0x20))
            return false;
    scan->p += i;
    return true;
}

/* address-literal (4.1.3).  No tag but IPv6 is registered. */
static bool
judge_literal(struct az_scan *scan)
{
    if (scan->end[-1] != ']') {
        scan->p = scan->end;
        return az_scan_expected(scan, "']'");
    }
    scan->p++;
    scan->end--;
    if (take_tag(scan))
        return az_format_judge_ipv6(scan, 2, true);
    return az_format_take_ipv4(scan, true) && az_scan_finish(scan);
}

static bool
judge_mailbox(struct az_scan *scan, bool international)
{
    if (az_scan_sees(scan, '"') ? !take_quoted_string(scan, international)
                                : !take_dot_string(scan, international))
        return false;
    if (!az_scan_take(scan, '@'))
        return az_scan_expected(scan, "'@'");
    if (az_scan_sees(scan, '['))
        return judge_literal(scan);
    return az_format_judge_host(scan, international ? AZ_HOST_IDN_MAIL
                                                    : AZ_HOST_MAIL);
}

bool
az_format_email(struct az_scan *scan)
{
    return judge_mailbox(scan, false);
}

bool
az_format_idn_email(struct az_scan *scan)
{
    return judge_mailbox(scan, true);
}
