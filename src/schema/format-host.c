/* The formats of host names.
   SPDX-License-Identifier: MIT

   A label is letters, digits and inner hyphens (RFC 1123, 2.1; an LDH label of
   RFC 5890, 2.3.1; that its third and fourth characters are not both hyphens is
   asked of U-labels only, RFC 5891, 4.2.3.1), an A-label, "xn--" and Punycode
   (RFC 5890, 2.3.2.1), or a U-label, which has characters beyond ASCII. */

#include "schema/formats.h"

enum { LONGEST_LABEL = 63, LONGEST_NAME = 253 };

/* The names under which full stops separate labels (RFC 3490, 3.1). */
static bool
is_stop(uint32_t code_point)
{
    return code_point == 0x3002 || code_point == 0xff0e || code_point == 0xff61;
}

static bool
is_international(enum az_host_kind kind)
{
    return kind == AZ_HOST_IDN || kind == AZ_HOST_IDN_MAIL;
}

/* Takes the full stop that comes next. */
static bool
take_stop(struct az_scan *scan, enum az_host_kind kind)
{
    struct az_scan ahead = *scan;

    if (az_scan_take(scan, '.'))
        return true;
    if (kind != AZ_HOST_IDN || !is_stop(az_scan_take_wide(&ahead)))
        return false;
    *scan = ahead;
    return true;
}

/* Takes letters, digits, hyphens and, in an internationalised name, all beyond
   ASCII but full stops. */
static bool
take_characters(struct az_scan *scan, enum az_host_kind kind, bool *ret_wide)
{
    struct az_scan ahead;

    *ret_wide = false;
    while (!az_scan_at_end(scan)) {
        ahead = *scan;
        if (az_scan_sees_any(scan, AZ_SCAN_ALNUM) || az_scan_sees(scan, '-')) {
            scan->p++;
        } else if (take_stop(&ahead, kind)) {
            return true;
        } else if (is_international(kind) && az_scan_take_wide(&ahead) != 0) {
            *scan = ahead;
            *ret_wide = true;
        } else {
            return az_scan_unexpected(scan, "in a host name");
        }
    }
    return true;
}

static bool
is_a_label(struct az_str label)
{
    return label.len >= 4 && (label.p[0] | 0x20) == 'x' &&
           (label.p[1] | 0x20) == 'n' && label.p[2] == '-' && label.p[3] == '-';
}

static bool
fail_label(struct az_scan *scan, struct az_str label, const char *why)
{
    return scan->explain &&
           az_scan_fail(scan, "the label %s %s",
                        az_scan_quote(scan, label.p, label.len), why);
}

/* Judges LABEL of a name of KIND; IS_WIDE if it is not ASCII. */
static bool
judge_label(struct az_scan *scan, struct az_str label, enum az_host_kind kind,
            bool is_wide, struct az_idn_label *ret)
{
    const char *why = NULL;

    if (label.len == 0)
        return az_scan_expected(scan, "a label");
    ret->length = label.len;
    ret->direction = az_scan_is(label.p[0], AZ_SCAN_ALPHA)
                         ? AZ_IDN_LEFT_TO_RIGHT
                         : AZ_IDN_NEITHER;
    if (label.p[0] == '-')
        why = "begins with '-'";
    else if (label.p[label.len - 1] == '-')
        why = "ends with '-'";
    else if (!is_wide && label.len > LONGEST_LABEL)
        why = "is longer than 63 characters";
    else if (is_wide || (is_a_label(label) && kind >= AZ_HOST_ASCII))
        why = az_format_idn_label(scan->arena, label, ret);
    return why == NULL || fail_label(scan, label, why);
}

/* What has been seen of a name: whether it has a right-to-left label, and one
   that may not stand beside it. */
struct name {
    size_t length;
    bool right_to_left;
    struct az_str stray;
};

static bool
take_label(struct az_scan *scan, enum az_host_kind kind, struct name *name)
{
    struct az_str label = { scan->p, 0 };
    struct az_idn_label found;
    bool is_wide;

    if (!take_characters(scan, kind, &is_wide))
        return false;
    label.len = (size_t)(scan->p - label.p);
    if (!judge_label(scan, label, kind, is_wide, &found))
        return false;
    name->length += found.length + 1;
    if (found.direction == AZ_IDN_RIGHT_TO_LEFT)
        name->right_to_left = true;
    else if (found.direction == AZ_IDN_NEITHER)
        name->stray = label;
    return name->length <= LONGEST_NAME + 1 ||
           az_scan_fail(scan, "it is longer than 253 characters");
}

bool
az_format_judge_host(struct az_scan *scan, enum az_host_kind kind)
{
    struct name name = { 0, false, { NULL, 0 } };

    do {
        if (!take_label(scan, kind, &name))
            return false;
    } while (take_stop(scan, kind));
    if (name.right_to_left && name.stray.len > 0)
        return fail_label(scan, name.stray,
                          "may not stand beside a right-to-left label");
    return az_scan_finish(scan);
}

bool
az_format_hostname(struct az_scan *scan)
{
    return az_format_judge_host(scan, AZ_HOST_ASCII);
}

bool
az_format_idn_hostname(struct az_scan *scan)
{
    return az_format_judge_host(scan, AZ_HOST_IDN);
}
