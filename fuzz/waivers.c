/* Fuzz target: a file of waivers, a NUL, the document that they are for.
   SPDX-License-Identifier: MIT */

#include "tree.h"

#include "policy/waiver.h"

static const char *const names[] = { "w.json", "a.yaml" };

/* No waiver lifts more than one finding, and none one that is fatal. */
static void
check_waived(const struct az_waivers *waivers, const struct az_sink *sink)
{
    size_t i, waived = 0, in_force = 0;

    for (i = 0; i < sink->count; i++) {
        waived += sink->diags[i]->waived != NULL;
        require(sink->diags[i]->waived == NULL || !sink->diags[i]->fatal);
    }
    for (i = 0; i < waivers->count; i++)
        in_force += waivers->items[i].state == AZ_WAIVER_IN_FORCE;
    require(waived == in_force);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    struct az_project project = { .root = "." };
    struct az_waivers waivers;
    struct az_sink sink;
    struct az_set set;
    struct az_ids ids;

    use_tree(arena, (struct az_str){ (const char *)data, size }, names, 2);
    az_sink_init(&sink, arena);
    az_set_init(&set, arena, &sink, (struct az_set_override){ NULL, NULL });
    set.multi = true;
    if (az_set_add(&set, "a.yaml", "a.yaml", true) != NULL &&
        az_waivers_add_file(&set, "w.json")) {
        az_set_judge(&set, AZ_INFO, NULL);
        az_ids_read(&ids, set.kinds, NULL);
        az_sink_sort(&sink);
        az_waivers_read(&waivers, &set, &project, &ids, AZ_STR("2026-03-01"));
        az_waivers_apply(&waivers, NULL, NULL);
        check_waived(&waivers, &sink);
    }
    check_findings(&sink);
    az_arena_free(arena);
    return 0;
}
