/* Reading gzip (RFC 1952).
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_GUNZIP_H
#define AZ_CORE_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

struct az_arena;
struct az_gunzip;

/* The first bytes of a gzip file. */
#define AZ_GZIP_MAGIC "\x1f\x8b"

/* Begins to read, in ARENA; memory is some 40 KiB however much is read.  NULL
   if zlib, which is loaded at the first call, is not there. */
struct az_gunzip *az_gunzip_new(struct az_arena *arena);
/* Takes bytes off *INPUT and makes of them up to SIZE bytes at TO.  How many it
   made; when none, it wants more input.  NULL in *RET_FAULT, or what is wrong
   with the input.  Members may follow each other; nothing else may. */
size_t az_gunzip_read(struct az_gunzip *gunzip, struct az_str *input, char *to,
                      size_t size, const char **ret_fault);
/* Whether all that was begun has ended. */
bool az_gunzip_is_whole(const struct az_gunzip *gunzip);

#endif
