/* The ids that findings go by: diagnostics, and rules of all kinds.
   SPDX-License-Identifier: MIT */

#include "policy/ids.h"

#include "core/arena.h"

static struct az_id *
add_id(struct az_ids *ids, const char *name, enum az_severity severity,
       enum az_yield yield)
{
    struct az_map_entry *entry = az_map_put(&ids->map, az_str_from(name), NULL);
    struct az_id *id = entry->value;

    if (id == NULL) {
        id = AZ_NEW(ids->map.arena, struct az_id);
        id->severity = severity;
        id->yield = yield;
        entry->value = id;
    }
    if (yield < id->yield)
        id->yield = yield;
    return id;
}

static void
add_rules(struct az_ids *ids, const struct az_ruleset *ruleset)
{
    const struct az_rule *rules;
    size_t i, count;

    if (ruleset == NULL)
        return;
    rules = az_ruleset_rules(ruleset, &count);
    for (i = 0; i < count; i++)
        add_id(ids, rules[i].id, rules[i].severity,
               rules[i].fatal ? AZ_YIELD_NONE : AZ_YIELD_ALL)
            ->rule = true;
}

void
az_ids_read(struct az_ids *ids, const struct az_kinds *kinds,
            const struct az_ruleset *own)
{
    size_t i;

    az_map_init(&ids->map, kinds->arena);
    for (i = 0; i < AZ_DIAG_COUNT; i++) {
        const struct az_diag_info *info = az_diag_info((enum az_diag_id)i);

        add_id(ids, info->name, info->severity,
               az_diag_yield((enum az_diag_id)i))
            ->diagnostic = true;
    }
    for (i = 0; i < kinds->count; i++)
        if (az_node_get(kinds->items[i].entry, "rules") != NULL)
            add_rules(ids, az_kind_ruleset_for_judging(&kinds->items[i]));
    add_rules(ids, own);
}

const struct az_id *
az_ids_find(const struct az_ids *ids, struct az_str name)
{
    return az_map_get(&ids->map, name);
}

void
az_ids_hint(const struct az_ids *ids, struct az_sink *sink,
            struct az_diag *diag, struct az_str name)
{
    struct az_str *names =
        az_arena_array(sink->arena, ids->map.count, sizeof(*names));
    size_t i, nearest;

    for (i = 0; i < ids->map.count; i++)
        names[i] = ids->map.entries[i].key;
    nearest = az_str_nearest(name, names, ids->map.count);
    if (nearest < ids->map.count)
        az_diag_hint(sink, diag, "did you mean %s?",
                     az_str_quote(sink->arena, names[nearest]));
    else
        az_diag_hint(sink, diag, "'assize explain' lists them all");
}

struct az_str
az_ids_of(const struct az_diag *diag)
{
    return az_str_from(diag->rule != NULL ? diag->rule
                                          : az_diag_info(diag->id)->name);
}

struct az_str
az_ids_like(const struct az_diag *diag)
{
    return diag->like == diag->id ? az_ids_of(diag)
                                  : az_str_from(az_diag_info(diag->like)->name);
}
