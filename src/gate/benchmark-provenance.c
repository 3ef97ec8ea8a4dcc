/* Whether two runs of benchmarks prove something, and were measured alike.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "gate/provenance.h"
#include "gate/session.h"

/* All of a run of benchmarks as one measurement: what it tells of where it
   comes from, it tells of all of them. */
static struct az_measurement
as_measurement(const struct az_document *document)
{
    const struct az_node *root = document->root;
    const struct az_node *commit = az_node_get(root, "commit");
    struct az_measurement m = { .document = document,
                                .entry = root,
                                .common = root,
                                .metric = AZ_STR("") };
    struct az_provenance provenance;
    const struct az_node *name;

    az_provenance_read(&provenance, az_node_get(root, "provenance"), NULL);
    name = provenance.members[AZ_PROVENANCE_ENVIRONMENT];
    m.environment = name != NULL ? az_node_text(name) : AZ_STR("");
    if (commit != NULL && commit->type == AZ_STRING)
        m.commit = az_node_text(commit);
    return m;
}

/* Whether NOW, if it tells its commit, is of the one that is judged. */
static void
check_commit(struct az_gate *gate, struct az_measurement *now)
{
    const struct az_gate_input *input = gate->input;
    struct az_diag *diag;

    if (input->commit == NULL || now->commit.len == 0 ||
        az_gate_is_same_commit(az_str_from(input->commit), now->commit))
        return;
    now->reason =
        az_arena_printf(gate->arena, "it is of commit %s, not of %s",
                        az_str_quote(gate->arena, now->commit),
                        az_str_quote(gate->arena, az_str_from(input->commit)));
    diag = az_sink_add(gate->sink, AZ_DIAG_MEASUREMENT_COMMIT,
                       az_measurement_place(now, "commit"),
                       "the current run of benchmarks: %s", now->reason);
    diag->pointer = az_measurement_pointer(gate->arena, now, "commit");
    now->unproven = diag;
}

/* Whether NOW and BASE are alike in what the budgets want to agree. */
static void
check_alike(struct az_gate *gate, struct az_measurement *now,
            const struct az_measurement *base)
{
    const struct az_node *policy =
        az_node_get(gate->budgets.document->root, "provenance");
    struct az_provenance mine, other;
    struct az_diag *diag;
    const char *reason;

    az_provenance_of(&mine, now);
    az_provenance_of(&other, base);
    reason = az_provenance_compare(gate->arena, &other, &mine,
                                   az_node_get(policy, "must_agree"));
    if (reason == NULL)
        return;
    diag = az_sink_add(gate->sink, AZ_DIAG_PROVENANCE_DISAGREES,
                       az_measurement_place(now, "provenance"),
                       "the current run of benchmarks: %s", reason);
    diag->pointer = az_measurement_pointer(gate->arena, now, "provenance");
    az_diag_relate(gate->sink, diag, az_measurement_place(base, "provenance"),
                   "the baseline");
    az_diag_hint(gate->sink, diag,
                 "measure like the baseline, or begin a new one");
    now->unproven = diag;
    now->reason = reason;
}

const char *
az_gate_check_benchmarks(struct az_gate *gate, const struct az_diag **ret)
{
    struct az_measurement now = as_measurement(gate->input->current);
    struct az_measurement base = as_measurement(gate->input->baseline);
    const struct az_measurement *bad;

    base.kept = true;
    az_gate_check_kept(gate, &now, true);
    az_gate_check_kept(gate, &base, false);
    if (now.unproven == NULL && !now.refused)
        check_commit(gate, &now);
    if (now.unproven == NULL && !now.refused)
        check_alike(gate, &now, &base);
    bad = now.unproven != NULL || now.refused ? &now : &base;
    *ret = bad->unproven;
    if (bad->unproven == NULL && !bad->refused)
        return NULL;
    return bad->reason != NULL ? bad->reason : "its provenance cannot be read";
}
