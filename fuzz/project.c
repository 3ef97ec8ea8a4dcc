/* Fuzz target: assize.yaml: kinds, limits, severities, terms of waivers.
   SPDX-License-Identifier: MIT

   The input is the configuration, and, with NUL between them, two documents, a
   schema and a ruleset that it may name. */

#include "tree.h"

#include "policy/set.h"
#include "policy/severity.h"

static const char *const names[] = { "assize.yaml", "b.json", "c.json",
                                     "k.schema.json", "rules.yaml" };

static void
judge(struct az_arena *arena, struct az_sink *sink,
      const struct az_project *project)
{
    struct az_severities severities;
    struct az_ids ids;
    struct az_set set;

    az_set_init(&set, arena, sink, (struct az_set_override){ NULL, NULL });
    if (!az_kinds_add_project(set.kinds, project))
        return;
    az_ids_read(&ids, set.kinds, NULL);
    az_severities_init(&severities, arena);
    if (!az_severities_add_project(&severities, &ids, sink, project)) {
        require(sink->by_severity[AZ_ERROR] > 0);
        return;
    }
    if (az_set_add_project(&set, project, true))
        az_set_judge(&set, AZ_INFO, NULL);
    az_sink_sort(sink);
    az_severities_apply(&severities, sink);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    struct az_project project;
    struct az_sink sink;

    use_tree(arena, (struct az_str){ (const char *)data, size }, names,
             sizeof(names) / sizeof(names[0]));
    az_sink_init(&sink, arena);
    if (az_project_find(arena, &sink, &project))
        judge(arena, &sink, &project);
    else
        require(sink.by_severity[AZ_ERROR] > 0);
    check_findings(&sink);
    az_arena_free(arena);
    return 0;
}
