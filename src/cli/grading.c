/* What a project and a command line make of findings.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/grading.h"

#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "policy/recount.h"

void
az_grading_init(struct az_grading *grading, struct az_arena *arena)
{
    memset(grading, 0, sizeof(*grading));
    az_severities_init(&grading->severities, arena);
}

static bool
has_severities(const struct az_project *project)
{
    return project->document != NULL &&
           az_node_get(project->document->root, "severity") != NULL;
}

/* The rulesets of all kinds are read to know the ids: only where somebody asks
   for them. */
static const struct az_ids *
need_ids(struct az_grading *grading, const struct az_set *set)
{
    if (!grading->has_ids)
        az_ids_read(&grading->ids, set->kinds, set->override.ruleset);
    grading->has_ids = true;
    return &grading->ids;
}

bool
az_grading_read(struct az_grading *grading, struct az_set *set,
                const struct az_project *project,
                const struct az_grading_options *options)
{
    struct az_severities *severities = &grading->severities;
    bool good = true;
    size_t i;

    if (has_severities(project))
        good = az_severities_add_project(severities, need_ids(grading, set),
                                         set->sink, project);
    for (i = 0; i < options->severities.count; i++)
        good &=
            az_severities_add_option(severities, need_ids(grading, set),
                                     set->sink, options->severities.items[i]);
    for (i = 0; i < options->waivers.count; i++)
        good &= az_waivers_add_file(set, options->waivers.items[i]);
    grading->project = good ? project : NULL;
    return good;
}

/* The day of the run; empty if the time is not known. */
static struct az_str
today(const struct az_set *set)
{
    return set->world.now == NULL ? AZ_STR("")
                                  : (struct az_str){ set->world.now, 10 };
}

void
az_grading_apply(struct az_grading *grading, struct az_set *set,
                 struct az_report *report, az_waiver_judged_fn *judged,
                 const void *context)
{
    struct az_severities *severities = &grading->severities;
    bool waived = grading->project != NULL && az_waivers_present(set);
    struct az_buf remarks;

    grading->waivers.set = set;
    if (severities->map.count == 0 && !waived)
        return;
    az_sink_sort(set->sink); /* what stands there twice is one */
    if (waived)
        az_waivers_read(&grading->waivers, set, grading->project,
                        need_ids(grading, set), today(set));
    az_severities_apply(severities, set->sink);
    if (waived)
        az_waivers_apply(&grading->waivers, judged, context);
    az_set_recount(set);
    if (severities->map.count == 0)
        return;
    az_buf_init(&remarks, set->arena);
    az_severities_tell(severities, &remarks);
    report->remarks = remarks.p;
    report->regraded = az_severities_list(severities);
}

/* "2 errors were re-graded" */
static const char *
clause(struct az_arena *arena, size_t count, const char *what)
{
    return az_arena_printf(arena, "%s %s %s",
                           az_str_counted(arena, count, "error"),
                           count == 1 ? "was" : "were", what);
}

const char *
az_grading_reason(const struct az_sink *sink, const struct az_counts *counts)
{
    enum az_verdict verdict = az_verdict_of(sink, counts);
    struct az_arena *arena = sink->arena;
    size_t i, regraded = 0, waived = 0;

    if (verdict != AZ_PASS && verdict != AZ_WARN)
        return "";
    for (i = 0; i < sink->count; i++) {
        const struct az_diag *diag = sink->diags[i];

        if (diag->found != AZ_ERROR || diag->severity == AZ_ERROR)
            continue;
        regraded += diag->waived == NULL;
        waived += diag->waived != NULL;
    }
    if (regraded + waived == 0)
        return "";
    return az_arena_printf(arena, "; %s only because %s%s%s",
                           verdict == AZ_PASS ? "passes" : "does not fail",
                           regraded == 0 ? ""
                                         : clause(arena, regraded, "re-graded"),
                           regraded == 0 || waived == 0 ? "" : " and ",
                           waived == 0 ? "" : clause(arena, waived, "waived"));
}
