/* A run that was saved, judged again.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "gate/session.h"

/* A value that no measurement can have did not come from one. */
static void
check_value(struct az_gate *gate, struct az_measurement *m)
{
    const char *fault = az_measure_value_fault(
        m->unit->dimension, az_unit_to_base(gate->arena, m->unit, m->value));
    struct az_diag *diag;

    if (fault == NULL)
        return;
    diag = az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_VALUE,
                       az_measurement_place(m, "value"), "%s", fault);
    diag->pointer = az_measurement_pointer(gate->arena, m, "value");
    m->refused = true;
}

struct az_measurement
az_run_measurement(struct az_arena *arena, const struct az_runs *runs,
                   const struct az_run *run, const struct az_run_value *value)
{
    const struct az_str *now = az_map_get(&runs->aliases, value->metric);

    return (struct az_measurement){
        .document = run->document,
        .entry = value->node,
        .common = run->node,
        .list = az_arena_printf(arena, "runs/%zu/values", run->index),
        .index = (size_t)(value - run->values),
        .metric = now != NULL ? *now : value->metric,
        .profile = run->profile,
        .environment = value->environment,
        .commit = run->commit,
        .unit = value->unit,
        .value = value->value,
        .kept = true,
    };
}

void
az_gate_take_saved(struct az_gate *gate)
{
    const struct az_run *run = gate->input->saved;
    struct az_measurement *items =
        az_arena_array(gate->arena, run->count + 1, sizeof *items);

    for (size_t i = 0; i < run->count; i++) {
        items[i] = az_run_measurement(gate->arena, gate->input->saved_in, run,
                                      &run->values[i]);
        check_value(gate, &items[i]);
    }
    gate->measurements.items = items;
    gate->measurements.count = run->count;
}
