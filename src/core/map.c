/* A map from strings to pointers.
   SPDX-License-Identifier: MIT */

#include "core/map.h"

#include <string.h>

#include "core/arena.h"

#define ROTATE(x, n) (((x) << (n)) | ((x) >> (64 - (n))))

struct sip {
    uint64_t a, b, c, d;
};

/* By value, so that the state stays in registers. */
static inline struct sip
sip_round(struct sip s)
{
    s.a += s.b;
    s.b = ROTATE(s.b, 13) ^ s.a;
    s.a = ROTATE(s.a, 32);
    s.c += s.d;
    s.d = ROTATE(s.d, 16) ^ s.c;
    s.a += s.d;
    s.d = ROTATE(s.d, 21) ^ s.a;
    s.c += s.b;
    s.b = ROTATE(s.b, 17) ^ s.c;
    s.c = ROTATE(s.c, 32);
    return s;
}

/* SipHash-1-3 (Aumasson and Bernstein, 2012), keyed by SEED. */
static uint64_t
hash(uint64_t seed, struct az_str key)
{
    struct sip s = { seed ^ UINT64_C(0x736f6d6570736575),
                     ~seed ^ UINT64_C(0x646f72616e646f6d),
                     seed ^ UINT64_C(0x6c7967656e657261),
                     ~seed ^ UINT64_C(0x7465646279746573) };
    size_t i, whole = key.len / 8 * 8;
    uint64_t word;

    for (i = 0; i < whole; i += 8) {
        memcpy(&word, key.p + i, 8);
        s.d ^= word;
        s = sip_round(s);
        s.a ^= word;
    }
    word = (uint64_t)key.len << 56;
    for (i = whole; i < key.len; i++)
        word |= (uint64_t)(unsigned char)key.p[i] << (8 * (i - whole));
    s.d ^= word;
    s = sip_round(s);
    s.a ^= word;
    s.c ^= 0xff;
    s = sip_round(s);
    s = sip_round(s);
    s = sip_round(s);
    return s.a ^ s.b ^ s.c ^ s.d;
}

void
az_map_init(struct az_map *map, struct az_arena *arena)
{
    memset(map, 0, sizeof(*map));
    map->arena = arena;
}

void
az_map_reserve(struct az_map *map, size_t count)
{
    for (map->slot_count = 16; map->slot_count / 4 * 3 < count;)
        map->slot_count *= 2;
    map->slots =
        az_arena_array(map->arena, map->slot_count, sizeof(*map->slots));
    map->entries = az_arena_alloc(map->arena, count * sizeof(*map->entries));
    map->capacity = count;
}

uint32_t
az_map_hash(const struct az_map *map, struct az_str key)
{
    return (uint32_t)hash(az_arena_seed(map->arena), key);
}

void
az_map_fetch(const struct az_map *map, uint32_t hash)
{
    if (map->slot_count > 0)
        __builtin_prefetch(&map->slots[hash & (map->slot_count - 1)]);
}

/* The slot where KEY is, or would go. */
static struct az_map_slot *
slot_of(const struct az_map *map, struct az_str key, uint32_t hash)
{
    size_t mask = map->slot_count - 1, i = hash & mask;

    while (map->slots[i].number != 0 &&
           (map->slots[i].hash != hash ||
            !az_str_eq(map->entries[map->slots[i].number - 1].key, key)))
        i = (i + 1) & mask;
    return &map->slots[i];
}

/* Twice as many slots.  Keys are known to differ, so only hashes count. */
static void
grow_slots(struct az_map *map)
{
    const struct az_map_slot *old = map->slots;
    size_t old_count = map->slot_count, mask, i, to;

    map->slot_count = old_count == 0 ? 16 : old_count * 2;
    map->slots =
        az_arena_array(map->arena, map->slot_count, sizeof(*map->slots));
    mask = map->slot_count - 1;
    for (i = 0; i < old_count; i++) {
        if (old[i].number == 0)
            continue;
        to = old[i].hash & mask;
        while (map->slots[to].number != 0)
            to = (to + 1) & mask;
        map->slots[to] = old[i];
    }
}

struct az_map_entry *
az_map_find(const struct az_map *map, struct az_str key)
{
    uint32_t number;

    if (map->count == 0)
        return NULL;
    number = slot_of(map, key, az_map_hash(map, key))->number;
    return number == 0 ? NULL : &map->entries[number - 1];
}

void *
az_map_get(const struct az_map *map, struct az_str key)
{
    struct az_map_entry *entry = az_map_find(map, key);

    return entry == NULL ? NULL : entry->value;
}

struct az_map_entry *
az_map_put(struct az_map *map, struct az_str key, bool *ret_new)
{
    return az_map_put_hashed(map, key, az_map_hash(map, key), ret_new);
}

struct az_map_entry *
az_map_put_hashed(struct az_map *map, struct az_str key, uint32_t hash,
                  bool *ret_new)
{
    struct az_map_slot *slot;
    bool is_new;

    if (map->count + 1 > map->slot_count / 4 * 3)
        grow_slots(map);
    slot = slot_of(map, key, hash);
    is_new = slot->number == 0;
    if (is_new) {
        map->entries = az_arena_grow(map->arena, map->entries, map->count,
                                     &map->capacity, sizeof(*map->entries));
        map->entries[map->count++] = (struct az_map_entry){ key, NULL };
        *slot = (struct az_map_slot){ (uint32_t)map->count, hash };
    }
    if (ret_new != NULL)
        *ret_new = is_new;
    return &map->entries[slot->number - 1];
}

struct az_str
az_map_key(struct az_arena *arena, const struct az_str *texts, size_t count)
{
    size_t size = 0;
    char *key, *p;

    for (size_t i = 0; i < count; i++)
        size += sizeof texts[i].len + texts[i].len;
    p = key = az_arena_alloc(arena, size);
    for (size_t i = 0; i < count; i++) {
        memcpy(p, &texts[i].len, sizeof texts[i].len);
        p += sizeof texts[i].len;
        if (texts[i].len > 0)
            memcpy(p, texts[i].p, texts[i].len);
        p += texts[i].len;
    }
    return (struct az_str){ key, size };
}

struct az_str
az_map_pair_key(struct az_arena *arena, struct az_str first,
                struct az_str second)
{
    const struct az_str texts[] = { first, second };

    return az_map_key(arena, texts, 2);
}
