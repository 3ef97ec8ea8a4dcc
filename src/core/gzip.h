/* How large gzip makes something.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_GZIP_H
#define AZ_CORE_GZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct az_arena;
struct az_gzip;

/* Begins to measure, in ARENA; memory is some 270 KiB however much is added.
   NULL if zlib, which is loaded at the first call, is not there. */
struct az_gzip *az_gzip_new(struct az_arena *arena);
void az_gzip_add(struct az_gzip *gzip, const void *data, size_t length);
/* The bytes of a gzip file of all that was added: a header without a name, a
   time or extras (RFC 1952), zlib's level 9.  GZIP is used up. */
uint64_t az_gzip_finish(struct az_gzip *gzip);

#endif
