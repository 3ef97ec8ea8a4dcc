/* The values of "format" (JSON Schema 2020-12 validation, 7.3).
   SPDX-License-Identifier: MIT */

#include "schema/format.h"

#include "schema/formats.h"

/* clang-format off */
static const struct az_schema_format formats[] = {
    { "date-time", AZ_DRAFT_4, az_format_date_time,
      "a date and time", "2024-02-29T23:59:00Z" },
    { "email", AZ_DRAFT_4, az_format_email,
      "an e-mail address", "somebody@example.org" },
    { "hostname", AZ_DRAFT_4, az_format_hostname,
      "a host name", "www.example.org" },
    { "ipv4", AZ_DRAFT_4, az_format_ipv4,
      "an IPv4 address", "192.0.2.1" },
    { "ipv6", AZ_DRAFT_4, az_format_ipv6,
      "an IPv6 address", "2001:db8::1" },
    { "uri", AZ_DRAFT_4, az_format_uri,
      "a URI", "https://example.org/a" },
    /* Listed since draft-07, but used by the metaschemas before it. */
    { "regex", AZ_DRAFT_4, az_format_regex,
      "a regular expression of ECMA-262", "^[a-z]+$" },
    { "json-pointer", AZ_DRAFT_6, az_format_json_pointer,
      "a JSON Pointer", "/a/0" },
    { "uri-reference", AZ_DRAFT_6, az_format_uri_reference,
      "a URI reference", "../a" },
    { "uri-template", AZ_DRAFT_6, az_format_uri_template,
      "a URI template", "https://example.org/{name}" },
    { "date", AZ_DRAFT_7, az_format_date,
      "a date", "2024-02-29" },
    { "time", AZ_DRAFT_7, az_format_time,
      "a time with a zone", "23:59:00Z" },
    { "idn-email", AZ_DRAFT_7, az_format_idn_email,
      "an e-mail address", "somebody@example.org" },
    { "idn-hostname", AZ_DRAFT_7, az_format_idn_hostname,
      "a host name", "www.example.org" },
    { "iri", AZ_DRAFT_7, az_format_iri,
      "an IRI", "https://example.org/a" },
    { "iri-reference", AZ_DRAFT_7, az_format_iri_reference,
      "an IRI reference", "../a" },
    { "relative-json-pointer", AZ_DRAFT_7,
      az_format_relative_json_pointer, "a relative JSON Pointer", "1/a" },
    { "duration", AZ_DRAFT_2019, az_format_duration,
      "a duration", "P1DT12H" },
    { "uuid", AZ_DRAFT_2019, az_format_uuid,
      "a UUID", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6" },
};
/* clang-format on */

#define FORMAT_COUNT (sizeof(formats) / sizeof(formats[0]))

const struct az_schema_format *
az_schema_format_find(struct az_str name, enum az_draft draft)
{
    size_t i;

    for (i = 0; i < FORMAT_COUNT; i++)
        if (formats[i].since <= draft && az_str_eq_c(name, formats[i].name))
            return &formats[i];
    return NULL;
}

const char *
az_schema_format_nearest(struct az_str name, enum az_draft draft)
{
    struct az_str names[FORMAT_COUNT];
    size_t count, i;

    /* The formats stand in the order of the drafts. */
    for (count = 0; count < FORMAT_COUNT && formats[count].since <= draft;
         count++)
        names[count] = az_str_from(formats[count].name);
    i = az_str_nearest(name, names, count);
    return i == count ? NULL : formats[i].name;
}

bool
az_schema_format_check(const struct az_schema_format *format,
                       struct az_arena *arena, struct az_str text,
                       const char **ret_reason)
{
    struct az_scan scan = az_scan_of(arena, text, ret_reason != NULL);
    bool good = format->check(&scan);

    if (!good && ret_reason != NULL)
        *ret_reason = scan.reason;
    return good;
}
