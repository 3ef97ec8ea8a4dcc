/* A map from strings to pointers.
   SPDX-License-Identifier: MIT

   Open addressing over SipHash-1-3 with the arena's seed, so that no document
   can choose keys that collide.  Keys are borrowed.  Iteration is in order of
   insertion, which makes output deterministic. */

#ifndef AZ_CORE_MAP_H
#define AZ_CORE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

struct az_arena;

struct az_map_entry {
    struct az_str key;
    void *value;
};

/* Part of a key's hash tells most other keys without a look at their entry. */
struct az_map_slot {
    uint32_t number; /* of the entry, from 1; 0: free */
    uint32_t hash;
};

struct az_map {
    struct az_arena *arena;
    struct az_map_entry *entries; /* COUNT of them, in order of insertion */
    size_t count;
    size_t capacity;
    struct az_map_slot *slots;
    size_t slot_count;
};

void az_map_init(struct az_map *map, struct az_arena *arena);
/* Makes room for COUNT entries in a map that is empty. */
void az_map_reserve(struct az_map *map, size_t count);
/* The entry of KEY, or NULL. */
struct az_map_entry *az_map_find(const struct az_map *map, struct az_str key);
/* The value of KEY, or NULL. */
void *az_map_get(const struct az_map *map, struct az_str key);
/* The entry of KEY, made with a NULL value if there was none; *RET_NEW tells
   (may be NULL). */
struct az_map_entry *az_map_put(struct az_map *map, struct az_str key,
                                bool *ret_new);

/* The bytes of OBJECT, an lvalue without padding such as a pointer, as a key:
   it stands where OBJECT stands, so a map that outlives that needs a copy. */
#define AZ_KEY_OF(object)                                                      \
    ((struct az_str){ (const char *)&(object), sizeof(object) })

/* A key that COUNT texts have in this order, and no other texts, in ARENA.  It
   is not for people: lengths stand in it as the machine has them. */
struct az_str az_map_key(struct az_arena *arena, const struct az_str *texts,
                         size_t count);
/* That of FIRST and SECOND: a metric and an environment, mostly. */
struct az_str az_map_pair_key(struct az_arena *arena, struct az_str first,
                              struct az_str second);

/* In a map beyond the caches each look has to wait for memory.  Who has many
   keys hashes them first, has their slots fetched, and then uses the hash. */
uint32_t az_map_hash(const struct az_map *map, struct az_str key);
void az_map_fetch(const struct az_map *map, uint32_t hash);
/* az_map_put of a KEY whose hash is known. */
struct az_map_entry *az_map_put_hashed(struct az_map *map, struct az_str key,
                                       uint32_t hash, bool *ret_new);

#endif
