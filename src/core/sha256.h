/* SHA-256 (FIPS 180-4).
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_SHA256_H
#define AZ_CORE_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

/* 64 hexadecimal digits and the end of the string. */
#define AZ_SHA256_SIZE 65

/* A digest under way. */
struct az_sha256 {
    uint32_t state[8];
    uint64_t length;         /* bytes so far, below 2^61 */
    unsigned char block[64]; /* the last LENGTH % 64 of them */
};

void az_sha256_init(struct az_sha256 *hash);
void az_sha256_add(struct az_sha256 *hash, const void *data, size_t length);
/* The digest in small hexadecimal digits; HASH is used up. */
void az_sha256_finish(struct az_sha256 *hash, char ret[static AZ_SHA256_SIZE]);

/* Whether TEXT is a digest in that form. */
bool az_sha256_is_digest(struct az_str text);

#endif
