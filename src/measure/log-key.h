/* Inside the log reader: what tells one context from another.
   SPDX-License-Identifier: MIT

   Texts are kept once and known by their numbers, so that many contexts take
   little memory and are found fast. */

#ifndef AZ_MEASURE_LOG_KEY_H
#define AZ_MEASURE_LOG_KEY_H

#include "core/map.h"
#include "measure/log.h"

/* Makes TEXTS a map of texts in ARENA; the empty one has number 0. */
void az_log_texts_init(struct az_map *texts, struct az_arena *arena);
/* The number of TEXT, which is copied where it is new. */
uint32_t az_log_texts_add(struct az_map *texts, struct az_str text);

/* The bytes of KEY itself as the key of a map, not a copy. */
struct az_str az_log_key_bytes(const struct az_log_key *key);
/* The part of it that all contexts of a group share. */
struct az_str az_log_key_group(const struct az_log_key *key);

#endif
