/* Whether the scenarios that the corpus plans were all sampled.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include "core/arena.h"

/* Says that SCENARIO, whose samples the others do not stand for, is not in the
   log, or not with BUNDLER. */
static void
report_unmeasured(struct az_sampling *s, const struct az_node *scenario,
                  const struct az_node *bundler)
{
    struct az_gate *gate = s->gate;
    struct az_arena *arena = gate->arena;
    const struct az_node *id = az_node_get(scenario, "id");
    struct az_diag *diag = az_sink_add_as(
        gate->sink, AZ_DIAG_SAMPLE_MISSING,
        bundler != NULL ? AZ_WARNING : AZ_ERROR,
        az_document_place(s->line, az_node_get(s->line->root, "metric_id")),
        "%s (profile %s, %s): there is no sample of scenario %s%s%s",
        az_str_quote(arena, s->measurement->metric),
        az_str_quote(arena, s->measurement->profile),
        az_str_quote(arena, s->measurement->environment),
        az_node_quote(arena, id), bundler != NULL ? " with bundler " : "",
        bundler != NULL ? az_node_quote(arena, bundler) : "");

    diag->pointer = "/metric_id";
    az_diag_relate(
        gate->sink, diag,
        az_document_place(gate->input->corpus, bundler != NULL ? bundler : id),
        "the corpus has it measured there");
    if (bundler == NULL)
        s->measurement->refused = true;
}

/* Whether SCENARIO, which measures the metric, does so in the profile and
   environment of the measurement. */
static bool
is_planned(struct az_sampling *s, const struct az_node *scenario)
{
    const struct az_measurement *m = s->measurement;
    const struct az_node *profile = az_node_get(scenario, "profile");

    return profile != NULL && profile->type == AZ_STRING &&
           az_str_eq(az_node_text(profile), m->profile) &&
           az_plan_lists(&s->criteria->plan, scenario, "browsers",
                         m->environment);
}

/* What of SCENARIO the log lacks; MEASURED are the scenarios that it has, and
   their bundlers. */
static void
check_planned(struct az_sampling *s, const struct az_node *scenario,
              const struct az_map *measured)
{
    const struct az_node *bundlers = az_node_get(scenario, "bundlers");
    struct az_str id = az_node_text(az_node_get(scenario, "id"));
    const struct az_map *with = az_map_get(measured, id);

    if (with == NULL) {
        report_unmeasured(s, scenario, NULL);
        return;
    }
    for (uint32_t i = 0;
         bundlers != NULL && bundlers->type == AZ_ARRAY && i < bundlers->count;
         i++)
        if (bundlers->items[i].type == AZ_STRING &&
            az_map_find(with, az_node_text(&bundlers->items[i])) == NULL)
            report_unmeasured(s, scenario, &bundlers->items[i]);
}

void
az_sampling_check_coverage(struct az_sampling *s)
{
    struct az_arena *arena = s->gate->arena;
    const struct az_planned *planned =
        az_plan_measuring(&s->criteria->plan, s->measurement->metric);
    struct az_map measured;

    az_map_init(&measured, arena);
    for (size_t i = 0; i < s->strata->count; i++) {
        const struct az_log_context *line = s->strata->items[i]->first->first;
        struct az_map_entry *entry = az_map_put(
            &measured, az_sampling_text(s, line, AZ_LOG_SCENARIO), NULL);

        if (entry->value == NULL) {
            entry->value = AZ_NEW(arena, struct az_map);
            az_map_init(entry->value, arena);
        }
        az_map_put(entry->value, az_sampling_text(s, line, AZ_LOG_BUNDLER),
                   NULL);
    }
    for (size_t i = 0; planned != NULL && i < planned->count; i++)
        if (is_planned(s, planned->scenarios[i]))
            check_planned(s, planned->scenarios[i], &measured);
}
