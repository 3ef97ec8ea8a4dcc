/* What a waiver is for.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "policy/waiver-internal.h"

static struct az_str
text_at(const struct az_node *object, const char *key)
{
    const struct az_node *node = az_node_get(object, key);

    return node != NULL && node->type == AZ_STRING ? az_node_text(node)
                                                   : AZ_STR("");
}

enum az_diag_id
az_waiver_diagnostic(const struct az_waivers *waivers,
                     const struct az_waiver *waiver)
{
    return az_diag_find(az_arena_str(waivers->set->arena, waiver->rule).p);
}

/* Numbers that the gate computes for a row, at pointers that no value in a
   document has, and what tells the row, and the number, from others. */
static const struct computed {
    const char *pointer;
    const char *beside[5];
} computed[] = {
    { "/value", { "metric_id", "profile", "environment", "unit", NULL } },
    { "/change_pct",
      { "metric_id", "profile", "environment", "base_commit", NULL } },
};

/* What WAIVER is for of these; NULL if it is for what stands in a file. */
static const struct computed *
find_computed(const struct az_waivers *waivers, const struct az_waiver *waiver)
{
    if (!az_diag_is_of_value(az_waiver_diagnostic(waivers, waiver)))
        return NULL;
    for (size_t i = 0; i < sizeof(computed) / sizeof(computed[0]); i++)
        if (az_str_eq_c(waiver->pointer, computed[i].pointer))
            return &computed[i];
    return NULL;
}

bool
az_waiver_check_computed(struct az_waivers *waivers, struct az_waiver *waiver)
{
    const struct computed *wanted = find_computed(waivers, waiver);
    const struct az_node *beside = az_node_get(waiver->node, "beside");

    waiver->computed = wanted != NULL;
    for (size_t i = 0; wanted != NULL && wanted->beside[i] != NULL; i++) {
        if (text_at(beside, wanted->beside[i]).len > 0)
            continue;
        az_waiver_mistake(
            waivers, waiver, AZ_DIAG_WAIVER_INVALID,
            beside != NULL ? beside : az_node_get(waiver->node, "pointer"),
            "a waiver for a number that is computed says in 'beside' for "
            "which, and this one has no %s",
            wanted->beside[i]);
        return false;
    }
    return true;
}

void
az_waiver_set_row(struct az_waiver_target *target, const struct az_node *row)
{
    target->metric = text_at(row, "metric_id");
    target->environment = text_at(row, "environment");
}

struct az_str
az_waiver_key(struct az_arena *arena, const struct az_waiver_target *target)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add(&buf, AZ_KEY_OF(target->file));
    az_buf_add_int(&buf, target->number);
    az_buf_add_char(&buf, '\0');
    az_buf_add(&buf, target->id);
    az_buf_add_char(&buf, '\0');
    az_buf_add(&buf, target->pointer);
    az_buf_add_char(&buf, '\0');
    az_buf_addf(&buf, "%zu ", target->metric.len);
    az_buf_add(&buf, target->metric);
    az_buf_add(&buf, target->environment);
    az_buf_add_char(&buf, '\0');
    az_buf_add(&buf, target->message);
    return az_buf_str(&buf);
}
