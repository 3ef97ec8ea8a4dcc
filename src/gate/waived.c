/* Rows of the gate whose finding was waived.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/pointer.h"
#include "gate/gate.h"

/* Whether only a history tells ID. */
static bool
is_by_history(enum az_diag_id id)
{
    return id == AZ_DIAG_BUDGET_ESCALATED || id == AZ_DIAG_BUDGET_WORST_RUN;
}

/* Whether only a baseline tells ID. */
static bool
is_by_baseline(enum az_diag_id id)
{
    return id == AZ_DIAG_BASELINE_REGRESSION ||
           id == AZ_DIAG_BASELINE_CONFIRM || id == AZ_DIAG_BASELINE_DRIFT;
}

bool
az_gate_judged(const void *context, enum az_diag_id id,
               const struct az_document *document, const char *pointer)
{
    const struct az_gate_result *result = context;
    const char *slash = strrchr(pointer, '/');
    const struct az_node *entry, *profile;
    struct az_arena *arena = result->arena;

    if (result->judged == 0 || slash == NULL || !az_diag_is_of_value(id) ||
        id == AZ_DIAG_BASELINE_PROMOTE ||
        (!result->has_history && is_by_history(id)) ||
        (is_by_baseline(id) &&
         !result->constituents[AZ_CONSTITUENT_BASELINE].told))
        return false;
    entry = az_pointer_find(
        arena, document->root,
        az_arena_str(arena,
                     (struct az_str){ pointer, (size_t)(slash - pointer) })
            .p);
    /* where nothing like it stands any more, nobody will ever judge it */
    if (entry == NULL)
        return true;
    profile = az_node_get(entry, "profile");
    return profile == NULL || profile->type != AZ_STRING ||
           az_str_eq(az_node_text(profile), result->profile);
}

static const char *
waived_reason(struct az_arena *arena, const struct az_decision *decision)
{
    const struct az_diag *diag = decision->finding;
    struct az_buf reason;

    az_buf_init(&reason, arena);
    az_buf_add_c(&reason, decision->reason);
    az_buf_add_c(&reason, "; waived by ");
    az_buf_add_escaped(&reason, diag->waived->owner, 0);
    az_buf_add_c(&reason, " until ");
    az_buf_add(&reason, diag->waived->until);
    az_buf_add_c(&reason, " (");
    az_buf_add_escaped(&reason, diag->waived->ticket, 0);
    az_buf_add_c(&reason, ")");
    return reason.p;
}

void
az_gate_take_waivers(struct az_gate_result *result)
{
    bool any = false;

    for (size_t i = 0; i < result->count; i++) {
        struct az_row *row = &result->items[i];

        for (size_t k = 0; k < row->decision_count; k++) {
            struct az_decision *decision = &row->decisions[k];

            if (decision->finding == NULL || decision->finding->waived == NULL)
                continue;
            decision->reason = waived_reason(result->arena, decision);
            decision->status = AZ_ROW_WAIVED;
            any = true;
        }
    }
    if (any)
        az_gate_report_rows(result);
}
