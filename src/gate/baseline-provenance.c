/* Whether a row and the runs of a baseline were measured alike.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "gate/baseline.h"
#include "gate/provenance.h"

/* What is compared with each other. */
struct likeness {
    struct az_arena *arena;
    const struct az_node *must_agree;
    const struct az_document *document; /* whose runs are held against it */
    bool known; /* the provenance that the others are held against */
    struct az_provenance now;
    const struct az_run_point *other; /* the first that is not like it */
    const char *reason;
};

/* Holds POINT against the provenance that is known; where none is, POINT's
   becomes it. */
static void
hold(struct likeness *likeness, const struct az_run_point *point)
{
    struct az_provenance provenance;

    if (likeness->reason != NULL)
        return;
    az_provenance_read(&provenance,
                       az_node_get(point->value->node, "provenance"),
                       az_node_get(point->run->node, "provenance"));
    if (!likeness->known)
        likeness->now = provenance;
    likeness->known = true;
    likeness->reason = az_provenance_compare(
        likeness->arena, &provenance, &likeness->now, likeness->must_agree);
    likeness->other = point;
}

static void
hold_pairs(struct likeness *likeness, const struct az_run_series *series)
{
    for (size_t i = 0; series != NULL && i < series->pair_count; i++)
        hold(likeness, &series->pairs[i]);
}

/* The same for the runs that a value is held against: the last of other
   commits. */
static void
hold_runs(struct likeness *likeness, const struct az_run_series *series,
          struct az_str commit)
{
    size_t count = 0;

    for (size_t i = series == NULL ? 0 : series->count;
         i > 0 && count < AZ_BASELINE_RUNS; i--) {
        if (az_gate_is_same_commit(series->points[i - 1].run->commit, commit))
            continue;
        hold(likeness, &series->points[i - 1]);
        count++;
    }
}

bool
az_baseline_check_provenance(struct az_comparison *c,
                             struct az_baseline_test *test)
{
    struct az_gate *gate = c->gate;
    const struct az_node *policy =
        az_node_get(gate->budgets.document->root, "provenance");
    struct likeness likeness = { .arena = gate->arena,
                                 .must_agree =
                                     az_node_get(policy, "must_agree"),
                                 .known = test->row->measured != NULL };
    struct az_diag *diag;

    if (likeness.must_agree == NULL)
        return true;
    if (likeness.known)
        az_provenance_of(&likeness.now, test->row->measured);
    if (test->plan->design == AZ_DESIGN_PAIRS) {
        likeness.document = c->now.document;
        hold_pairs(&likeness, test->current);
    }
    if (likeness.reason == NULL)
        likeness.document = c->base.document;
    if (test->plan->design == AZ_DESIGN_PAIRS) {
        hold_pairs(&likeness, test->base);
    } else {
        hold_runs(&likeness, test->base, gate->result->commit);
    }
    if (likeness.reason == NULL)
        return true;
    diag = az_baseline_report(c, test, AZ_DIAG_PROVENANCE_DISAGREES, AZ_ERROR,
                              likeness.reason);
    az_diag_relate(
        gate->sink, diag,
        az_document_place(likeness.document, likeness.other->value->node),
        "the value that it is compared with");
    az_diag_hint(gate->sink, diag,
                 "measure like the baseline, or begin a new one");
    test->unsound = true;
    test->unlike = diag;
    test->reason = likeness.reason;
    return false;
}
