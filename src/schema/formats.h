/* Inside the schema room: the checkers of the formats, and what they share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_SCHEMA_FORMATS_H
#define AZ_SCHEMA_FORMATS_H

#include "schema/format.h"
#include "schema/scan.h"

/* format-time.c: RFC 3339, 5.6 and 5.7, and appendix A */
az_format_fn az_format_date, az_format_date_time, az_format_duration,
    az_format_time;
/* format-host.c: RFC 1123, 2.1 with RFC 5891, 4.4; RFC 5890, 2.3.2.3 */
az_format_fn az_format_hostname, az_format_idn_hostname;
/* format-address.c: RFC 2673, 3.2; RFC 4291, 2.2 */
az_format_fn az_format_ipv4, az_format_ipv6;
/* format-mail.c: RFC 5321, 4.1.2; RFC 6531, 3.3 */
az_format_fn az_format_email, az_format_idn_email;
/* format-uri.c: RFC 3986, RFC 3987, RFC 6570 */
az_format_fn az_format_iri, az_format_iri_reference, az_format_uri,
    az_format_uri_reference, az_format_uri_template;
/* format-word.c: RFC 6901, Relative JSON Pointer (draft-bhutton-00), RFC 4122,
   ECMA-262 */
az_format_fn az_format_json_pointer, az_format_regex, az_format_uuid,
    az_format_relative_json_pointer;

/* Takes four numbers with dots between them, up to 255 each; LEADING_ZEROS
   allows 01 (RFC 5321, 4.1.3), which some read as octal. */
bool az_format_take_ipv4(struct az_scan *scan, bool leading_zeros);
/* Judges an IPv6 address in which "::" stands for LEAST_GAP groups or more: one
   in RFC 4291, two in RFC 5321.  LEADING_ZEROS is for the IPv4 address in
   it. */
bool az_format_judge_ipv6(struct az_scan *scan, unsigned least_gap,
                          bool leading_zeros);

/* What a domain may be made of. */
enum az_host_kind {
    AZ_HOST_MAIL,     /* letters, digits, hyphens */
    AZ_HOST_IDN_MAIL, /* the same, and U-labels */
    AZ_HOST_ASCII,    /* letters, digits, hyphens, and sound A-labels */
    AZ_HOST_IDN,      /* the same, U-labels, and other full stops */
};
bool az_format_judge_host(struct az_scan *scan, enum az_host_kind kind);

/* How a label is written.  In a name with a right-to-left label the others must
   be left-to-right from their first character to their last (RFC 5893, 2). */
enum az_idn_direction {
    AZ_IDN_LEFT_TO_RIGHT,
    AZ_IDN_RIGHT_TO_LEFT,
    AZ_IDN_NEITHER,
};

struct az_idn_label {
    size_t length; /* of its A-label */
    enum az_idn_direction direction;
};

/* Judges a label of an internationalised host name (RFC 5891, 4.2), LABEL: a
   U-label, or an A-label in any case.  NULL and *RET, or why it is none. */
const char *az_format_idn_label(struct az_arena *arena, struct az_str label,
                                struct az_idn_label *ret);

#endif
