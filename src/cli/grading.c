/* What a project and a command line make of findings.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/grading.h"

#include "core/arena.h"
#include "core/build.h"
#include "policy/recount.h"

void
az_grading_init(struct az_grading *grading, struct az_arena *arena)
{
    az_severities_init(&grading->severities, arena);
}

static bool
has_severities(const struct az_project *project)
{
    return project->document != NULL &&
           az_node_get(project->document->root, "severity") != NULL;
}

bool
az_grading_read(struct az_grading *grading, struct az_set *set,
                const struct az_project *project,
                const struct az_grading_options *options)
{
    struct az_severities *severities = &grading->severities;
    struct az_ids ids;
    bool good;
    size_t i;

    /* the rulesets of all kinds are read to know the ids */
    if (!has_severities(project) && options->severities.count == 0)
        return true;
    az_ids_read(&ids, set->kinds, set->override.ruleset);
    good = az_severities_add_project(severities, &ids, set->sink, project);
    for (i = 0; i < options->severities.count; i++)
        good &= az_severities_add_option(severities, &ids, set->sink,
                                         options->severities.items[i]);
    return good;
}

void
az_grading_apply(struct az_grading *grading, struct az_set *set,
                 struct az_report *report)
{
    struct az_severities *severities = &grading->severities;
    struct az_buf remarks;

    report->regraded = az_make_null();
    if (severities->map.count == 0)
        return;
    az_sink_sort(set->sink); /* what stands there twice is one */
    az_severities_apply(severities, set->sink);
    az_set_recount(set);
    az_buf_init(&remarks, set->arena);
    az_severities_tell(severities, &remarks);
    report->remarks = remarks.p;
    report->regraded = az_severities_list(severities);
}

const char *
az_grading_reason(const struct az_sink *sink, const struct az_counts *counts)
{
    enum az_verdict verdict = az_verdict_of(sink, counts);
    size_t i, regraded = 0;

    if (verdict != AZ_PASS && verdict != AZ_WARN)
        return "";
    for (i = 0; i < sink->count; i++)
        regraded += sink->diags[i]->found == AZ_ERROR &&
                    sink->diags[i]->severity != AZ_ERROR;
    if (regraded == 0)
        return "";
    return az_arena_printf(sink->arena,
                           "; %s only because %zu error%s re-graded",
                           verdict == AZ_PASS ? "passes" : "does not fail",
                           regraded, regraded == 1 ? " was" : "s were");
}
