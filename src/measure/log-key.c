/* What tells one context of a log from another.
   SPDX-License-Identifier: MIT */

#include "measure/log-key.h"

#include "core/arena.h"

void
az_log_texts_init(struct az_map *texts, struct az_arena *arena)
{
    az_map_init(texts, arena);
    az_map_put(texts, AZ_STR(""), NULL);
}

uint32_t
az_log_texts_add(struct az_map *texts, struct az_str text)
{
    bool is_new;
    struct az_map_entry *entry = az_map_put(texts, text, &is_new);

    if (is_new)
        entry->key = az_arena_str(texts->arena, text);
    return (uint32_t)(entry - texts->entries);
}

/* The seed and the first COUNT texts of KEY. */
static struct az_str
beginning(const struct az_log_key *key, size_t count)
{
    return (struct az_str){ (const char *)key,
                            offsetof(struct az_log_key, texts) +
                                count * sizeof key->texts[0] };
}

struct az_str
az_log_key_bytes(const struct az_log_key *key)
{
    return beginning(key, AZ_LOG_TEXT_COUNT);
}

struct az_str
az_log_key_group(const struct az_log_key *key)
{
    return beginning(key, AZ_LOG_GROUP_TEXTS);
}
