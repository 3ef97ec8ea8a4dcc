/* Rows of the gate whose finding was waived.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/pointer.h"
#include "gate/gate.h"

bool
az_gate_judged(const void *context, enum az_diag_id id,
               const struct az_document *document, const char *pointer)
{
    const struct az_gate_result *result = context;
    const char *slash = strrchr(pointer, '/');
    const struct az_node *entry, *profile;
    struct az_arena *arena = result->arena;

    if (result->judged == 0 || slash == NULL ||
        (id != AZ_DIAG_BUDGET_EXCEEDED && id != AZ_DIAG_BUDGET_WARN))
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

/* ROW as one that passed, by the word that DIAG carries. */
static struct az_node
waived_row(struct az_arena *arena, const struct az_node *row,
           const struct az_diag *diag)
{
    struct az_builder copy;
    struct az_buf reason;
    size_t i;

    az_builder_init(&copy, arena);
    for (i = 0; i < row->count; i++) {
        const struct az_member *member = &row->members[i];
        struct az_node value = member->value;

        if (az_str_eq_c(member->key, "status"))
            value = az_make_string_c("waived");
        if (az_str_eq_c(member->key, "reason")) {
            az_buf_init(&reason, arena);
            az_buf_add(&reason, az_node_text(&value));
            az_buf_add_c(&reason, "; waived by ");
            az_buf_add_escaped(&reason, diag->waived->owner, 0);
            az_buf_add_c(&reason, " until ");
            az_buf_add(&reason, diag->waived->until);
            az_buf_add_c(&reason, " (");
            az_buf_add_escaped(&reason, diag->waived->ticket, 0);
            az_buf_add_c(&reason, ")");
            value = az_make_string(az_buf_str(&reason));
        }
        az_builder_set_str(&copy, member->key, value);
    }
    return az_builder_object(&copy);
}

void
az_gate_mark_waived(struct az_arena *arena, struct az_gate_result *result)
{
    struct az_builder rows;
    size_t i;

    az_builder_init(&rows, arena);
    for (i = 0; i < result->rows.count; i++) {
        const struct az_node *row = &result->rows.items[i];
        const struct az_diag *diag = result->findings[i];

        if (diag == NULL || diag->waived == NULL) {
            az_builder_add(&rows, *row);
            continue;
        }
        az_builder_add(&rows, waived_row(arena, row, diag));
        if (diag->found == AZ_ERROR)
            result->counts.fail--;
        else
            result->counts.warn--;
        result->counts.pass++;
    }
    result->rows = az_builder_array(&rows);
}
