/* What the check of the documents has found, the gate does not repeat.
   SPDX-License-Identifier: MIT

   Measurements and budgets are read without relying on their schemas, so a
   fault of shape is seen twice: by the schema, which words it for the author,
   and here, where it makes the entry unusable. */

#include "core/arena.h"
#include "gate/session.h"

struct known {
    struct az_gate *gate;
    struct az_map shapes; /* what a schema found, by where it begins */
    struct az_map rules;  /* what a rule found */
};

/* The bytes that tell where DIAG begins. */
static struct az_str
key_of(struct az_arena *arena, const struct az_diag *diag)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add(&buf, AZ_KEY_OF(diag->place.source));
    az_buf_add_int(&buf, diag->place.span.start);
    return az_buf_str(&buf);
}

static void
note(struct known *known, struct az_diag *diag)
{
    struct az_map *map =
        az_diag_is_shape(diag->id) ? &known->shapes : &known->rules;
    struct az_map_entry *entry =
        az_map_put(map, key_of(known->gate->arena, diag), NULL);

    if (entry->value == NULL)
        entry->value = diag;
}

/* What a schema may have found before. */
static bool
is_of_shape(enum az_diag_id id)
{
    return az_diag_is_shape(id) || id == AZ_DIAG_MEASUREMENT_SHAPE ||
           id == AZ_DIAG_MEASUREMENT_UNIT || id == AZ_DIAG_MEASUREMENT_SEEDS ||
           id == AZ_DIAG_MEASUREMENT_VALUE || id == AZ_DIAG_BASELINE_SHAPE ||
           id == AZ_DIAG_BUDGET_DERIVED;
}

/* A summary whose entries and head are of different profiles. */
static bool
is_of_profile(const struct az_diag *diag)
{
    return diag->id == AZ_DIAG_MEASUREMENT_CONTRADICTION &&
           diag->pointer != NULL &&
           az_str_ends_with(az_str_from(diag->pointer), AZ_STR("/profile"));
}

/* A metric that no budget knows. */
static bool
is_of_metric(const struct az_diag *diag)
{
    return diag->id == AZ_DIAG_MEASUREMENT_METRIC && diag->pointer != NULL &&
           az_str_ends_with(az_str_from(diag->pointer), AZ_STR("/metric_id"));
}

/* Whether DIAG says again what a finding before it said; that one then does to
   the run what DIAG did. */
static bool
is_known(const struct az_diag *diag, void *context)
{
    struct known *known = context;
    struct az_diag *first = NULL;

    if (diag->severity != AZ_ERROR || diag->place.source == NULL)
        return false;
    if (is_of_shape(diag->id))
        first = az_map_get(&known->shapes, key_of(known->gate->arena, diag));
    if (first == NULL && (diag->id == AZ_DIAG_MEASUREMENT_TWIN ||
                          diag->id == AZ_DIAG_BUDGET_DERIVED ||
                          is_of_metric(diag) || is_of_profile(diag)))
        first = az_map_get(&known->rules, key_of(known->gate->arena, diag));
    if (first != NULL && diag->class == AZ_CLASS_INPUT)
        az_diag_reclass(known->gate->sink, first, AZ_CLASS_INPUT);
    if (first != NULL)
        first->fatal |= diag->fatal;
    return first != NULL;
}

void
az_gate_drop_known(struct az_gate *gate, size_t before)
{
    struct known known = { .gate = gate };

    az_map_init(&known.shapes, gate->arena);
    az_map_init(&known.rules, gate->arena);
    for (size_t i = 0; i < before; i++) {
        struct az_diag *diag = gate->sink->diags[i];

        if (diag->severity != AZ_ERROR || diag->place.source == NULL)
            continue;
        if (az_diag_is_shape(diag->id) || diag->id == AZ_DIAG_RULE_BROKEN)
            note(&known, diag);
    }
    az_sink_drop(gate->sink, before, is_known, &known);
}
