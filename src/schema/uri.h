/* URI references (RFC 3986): taking apart, resolving, comparing.
   SPDX-License-Identifier: MIT */

#ifndef AZ_SCHEMA_URI_H
#define AZ_SCHEMA_URI_H

#include <stdbool.h>

#include "core/str.h"

struct az_arena;

/* The parts of a URI reference (RFC 3986, appendix B), borrowed from it,
   without their delimiters. */
struct az_uri {
    struct az_str scheme;
    struct az_str authority;
    struct az_str path;
    struct az_str query;
    struct az_str fragment;
    bool has_scheme;
    bool has_authority;
    bool has_query;
    bool has_fragment;
};

/* Takes TEXT apart.  Any text has parts; whether it is a
   URI is for the formats to say. */
struct az_uri az_uri_split(struct az_str text);

/* REFERENCE resolved against BASE (RFC 3986, 5.2.2), without its fragment,
   scheme and host in lower case.  A BASE without a scheme is allowed; then the
   result may have none.  May borrow from either. */
struct az_str az_uri_resolve(struct az_arena *arena, struct az_str base,
                             struct az_str reference);

/* Appends TEXT with each byte as %HH that is no letter, no digit and none of
   PLAIN (RFC 3986, 2.1). */
void az_uri_encode(struct az_buf *buf, struct az_str text, const char *plain);
/* TEXT with its %HH decoded.  False when a '%' is not followed by two
   hexadecimal digits. */
bool az_uri_decode(struct az_arena *arena, struct az_str text,
                   struct az_str *ret);

#endif
