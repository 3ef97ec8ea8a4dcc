/* Whether a run that was saved may be a part of the baseline.
   SPDX-License-Identifier: MIT */

#include "gate/promote.h"

#include "core/arena.h"
#include "gate/session.h"

/* Whether DECISION speaks against a run: what is worse than the baseline does
   so also where the gate would but warn. */
static bool
is_against(const struct az_decision *decision)
{
    if (decision->finding == NULL)
        return false;
    return decision->status == AZ_ROW_FAIL ||
           decision->finding->id == AZ_DIAG_BASELINE_REGRESSION ||
           decision->finding->id == AZ_DIAG_BASELINE_CONFIRM;
}

/* What speaks against ROW, all of it; NULL if nothing does.  What was found is
   noted in TOLD. */
static const char *
reasons_against(struct az_arena *arena, const struct az_row *row,
                struct az_map *told)
{
    struct az_buf reasons;
    size_t count = 0;

    az_buf_init(&reasons, arena);
    for (size_t i = 0; row->has_value && i < row->decision_count; i++) {
        const struct az_decision *decision = &row->decisions[i];

        if (!is_against(decision))
            continue;
        az_buf_add_c(&reasons, count++ > 0 ? "; " : "");
        az_buf_add_c(&reasons, decision->reason);
        az_map_put(told, AZ_KEY_OF(decision->finding), NULL);
    }
    return count > 0 ? reasons.p : NULL;
}

static void
refuse(struct az_arena *arena, struct az_sink *sink,
       struct az_candidate *candidate, const struct az_row *row,
       const char *reasons)
{
    const struct az_measurement *m = row->measured;
    struct az_diag *diag = az_sink_add(
        sink, AZ_DIAG_BASELINE_PROMOTE, az_measurement_place(m, "value"),
        "%s (%s) cannot become the baseline: %s",
        az_str_quote(arena, row->budget->metric),
        az_str_quote(arena, row->environment), reasons);

    diag->pointer = az_measurement_pointer(arena, m, "value");
    diag->worse =
        row->budget->higher_is_better ? AZ_WORSE_BELOW : AZ_WORSE_ABOVE;
    /* a waiver is for one value, and this one is made of several */
    diag->fatal = row->operands != NULL;
    candidate->objections =
        az_arena_grow(arena, candidate->objections, candidate->count,
                      &candidate->capacity, sizeof *candidate->objections);
    candidate->objections[candidate->count++] =
        (struct az_objection){ diag, row->budget->metric, row->environment };
}

static bool
is_told(const struct az_diag *diag, void *context)
{
    return az_map_find(context, AZ_KEY_OF(diag)) != NULL;
}

void
az_candidate_judge(struct az_arena *arena, struct az_sink *sink,
                   const struct az_gate_input *input,
                   struct az_candidate *candidate)
{
    struct az_gate_result result;
    struct az_sink found;
    struct az_map told;

    az_map_init(&told, arena);
    az_sink_init(&found, arena);
    az_gate_result_init(&result, arena);
    az_gate_judge(arena, &found, input, &result);
    for (size_t i = 0; i < result.count; i++) {
        const struct az_row *row = &result.items[i];
        const char *reasons = reasons_against(arena, row, &told);

        if (reasons != NULL)
            refuse(arena, sink, candidate, row, reasons);
        else if (az_row_status(row) >= AZ_ROW_NO_VERDICT)
            candidate->unjudged = true;
    }
    az_sink_drop(&found, 0, is_told, &told);
    candidate->unjudged |= az_sink_class(&found) != AZ_CLASS_NONE;
    az_sink_append(sink, &found, false);
}

void
az_candidate_accept(const struct az_candidate *candidate,
                    struct az_builder *list)
{
    for (size_t i = 0; i < candidate->count; i++) {
        const struct az_objection *objection = &candidate->objections[i];
        const struct az_waived *waived = objection->finding->waived;
        struct az_builder object;

        if (waived == NULL)
            continue;
        az_builder_init(&object, list->arena);
        az_builder_set(&object, "metric_id", az_make_string(objection->metric));
        az_builder_set(&object, "environment",
                       az_make_string(objection->environment));
        az_builder_set(&object, "digest",
                       az_make_string(candidate->run->digest));
        az_builder_set(&object, "ticket", az_make_string(waived->ticket));
        az_builder_set(&object, "owner", az_make_string(waived->owner));
        az_builder_set(&object, "reason", az_make_string(waived->reason));
        az_builder_add(list, az_builder_object(&object));
    }
}

const char *
az_candidate_status(const struct az_candidate *candidate)
{
    if (candidate->present)
        return "present";
    for (size_t i = 0; i < candidate->count; i++)
        if (candidate->objections[i].finding->waived == NULL)
            return "refused";
    if (candidate->unjudged)
        return "refused";
    return candidate->count > 0 ? "waived" : "accepted";
}
