/* The order of a history that git keeps.
   SPDX-License-Identifier: MIT */

#include "gate/history.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/map.h"

/* A record of a note, and when its commit was first judged. */
struct dated {
    struct az_record record;
    struct az_str first;
};

static int
compare_dated(const void *a, const void *b)
{
    const struct dated *left = a, *right = b;
    int order = az_str_compare(left->first, right->first);

    if (order == 0)
        order = az_str_compare(left->record.commit, right->record.commit);
    if (order == 0)
        order = az_str_compare(left->record.time, right->record.time);
    return order != 0 ? order : strcmp(left->record.hash, right->record.hash);
}

void
az_history_sort(struct az_history *history)
{
    struct dated *dated =
        az_arena_array(history->arena, history->count, sizeof *dated);
    struct az_map first;
    size_t i;

    az_map_init(&first, history->arena);
    for (i = 0; i < history->count; i++) {
        struct az_record *record = &history->records[i];
        struct az_map_entry *entry = az_map_put(&first, record->commit, NULL);

        if (entry->value == NULL ||
            az_str_compare(record->time, *(struct az_str *)entry->value) < 0)
            entry->value = &record->time;
    }
    for (i = 0; i < history->count; i++)
        dated[i] = (struct dated){ history->records[i],
                                   *(struct az_str *)az_map_get(
                                       &first, history->records[i].commit) };
    if (history->count > 1)
        qsort(dated, history->count, sizeof *dated, compare_dated);
    for (i = 0; i < history->count; i++)
        history->records[i] = dated[i].record;
}
