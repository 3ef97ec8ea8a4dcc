/* What those who look at samples share: places, texts and findings.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include "core/arena.h"

void
az_sampling_look_at(struct az_sampling *s, const struct az_log_group *group)
{
    s->line = az_log_context_document(s->gate->arena, group->first);
}

void
az_sampling_set_stratum(struct az_sampling *s, const struct az_stratum *stratum)
{
    s->stratum = stratum;
    az_sampling_look_at(s, stratum->first);
}

struct az_str
az_sampling_text(const struct az_sampling *s,
                 const struct az_log_context *context, enum az_log_text text)
{
    return az_log_text(s->gate->input->log, context, text);
}

/* Which of several strata it is, for messages; empty if there is one. */
static const char *
stratum_name(const struct az_sampling *s)
{
    const struct az_log_context *line = s->stratum->first->first;
    struct az_arena *arena = s->gate->arena;

    if (s->strata->count == 1)
        return "";
    return az_arena_printf(
        arena, ", scenario %s, bundler %s",
        az_str_quote(arena, az_sampling_text(s, line, AZ_LOG_SCENARIO)),
        az_str_quote(arena, az_sampling_text(s, line, AZ_LOG_BUNDLER)));
}

struct az_diag *
az_sampling_report(struct az_sampling *s, enum az_diag_id id, const char *field,
                   const char *message)
{
    struct az_gate *gate = s->gate;
    const struct az_node *node = az_node_get(s->line->root, field);
    struct az_diag *diag =
        az_sink_add(gate->sink, id, az_document_place(s->line, node),
                    "%s (profile %s, %s%s): %s",
                    az_str_quote(gate->arena, s->measurement->metric),
                    az_str_quote(gate->arena, s->measurement->profile),
                    az_str_quote(gate->arena, s->measurement->environment),
                    stratum_name(s), message);

    diag->pointer = az_arena_printf(gate->arena, "/%s", field);
    return diag;
}

struct az_diag *
az_sampling_refuse(struct az_sampling *s, enum az_diag_id id, const char *field,
                   const char *message)
{
    s->measurement->refused = true;
    return az_sampling_report(s, id, field, message);
}
