/* Whether a row and the runs of a baseline were measured alike.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "gate/baseline.h"
#include "gate/provenance.h"

/* What is compared with each other. */
struct likeness {
    struct az_gate *gate;
    const struct az_node *must_agree;
    const struct az_runs *runs; /* that are held against it */
    bool current;               /* they are of the commit that is judged */
    bool known; /* the provenance that the others are held against */
    struct az_provenance now;
    /* The first that is not like it, and why; or that proves nothing, and the
       finding that says so, NULL if it cannot be read. */
    struct az_measurement other;
    bool unproven;
    const char *reason;
};

/* Holds M against the provenance that is known; where none is, M's becomes
   it. */
static void
hold(struct likeness *likeness, struct az_measurement m)
{
    struct az_provenance provenance;

    if (likeness->reason != NULL)
        return;
    az_gate_check_kept(likeness->gate, &m, likeness->current);
    likeness->other = m;
    if (m.refused || m.unproven != NULL) {
        likeness->unproven = true;
        likeness->reason =
            m.reason != NULL ? m.reason : "its provenance cannot be read";
        return;
    }
    az_provenance_of(&provenance, &m);
    if (!likeness->known)
        likeness->now = provenance;
    likeness->known = true;
    likeness->reason =
        az_provenance_compare(likeness->gate->arena, &provenance,
                              &likeness->now, likeness->must_agree);
}

/* What was computed tells nothing: its operands do. */
static void
hold_point(struct likeness *likeness, const struct az_run_point *point)
{
    if (likeness->reason == NULL && !point->value->computed)
        hold(likeness, az_run_measurement(likeness->gate->arena, likeness->runs,
                                          point->run, point->value));
}

static void
hold_pairs(struct likeness *likeness, const struct az_runs *runs, bool current,
           const struct az_run_series *series)
{
    likeness->runs = runs;
    likeness->current = current;
    for (size_t i = 0; series != NULL && i < series->pair_count; i++)
        hold_point(likeness, &series->pairs[i]);
}

/* The same for the runs that a value is held against: the last of other
   commits, and those of WINDOW, which may be NULL. */
static void
hold_runs(struct likeness *likeness, const struct az_run_series *series,
          struct az_str commit, const struct az_baseline_window *window)
{
    const struct az_run *oldest =
        window != NULL && window->count > 0 ? window->points[0]->run : NULL;
    size_t count = 0;

    for (size_t i = series == NULL ? 0 : series->count;
         i > 0 && (count < AZ_BASELINE_RUNS || oldest != NULL); i--) {
        const struct az_run_point *point = &series->points[i - 1];

        if (point->run == oldest)
            oldest = NULL;
        if (az_gate_is_same_commit(point->run->commit, commit))
            continue;
        hold_point(likeness, point);
        count++;
    }
}

/* The anchor of SERIES as a measurement: what it does not tell itself, the last
   run of its commit does. */
static struct az_measurement
anchor_measurement(const struct likeness *likeness,
                   const struct az_run_series *series)
{
    const struct az_node *root = likeness->runs->document->root;
    const struct az_node *anchor = series->anchor->node;
    const struct az_node *commit = az_node_get(anchor, "commit");
    struct az_measurement m = {
        .document = likeness->runs->document,
        .entry = anchor,
        .common = anchor,
        .list = "anchors",
        .index = (size_t)(anchor - az_node_get(root, "anchors")->items),
        .metric = series->metric,
        .profile = series->profile,
        .environment = series->environment,
        .unit = series->anchor->unit,
        .value = series->anchor->value,
        .kept = true,
    };

    if (az_node_get(anchor, "provenance") != NULL || commit == NULL ||
        commit->type != AZ_STRING)
        return m;
    for (size_t i = series->count; i > 0; i--) {
        const struct az_run_point *point = &series->points[i - 1];

        if (!az_gate_is_same_commit(point->run->commit, az_node_text(commit)))
            continue;
        m.document = point->run->document;
        m.entry = point->value->node;
        m.common = point->run->node;
        break;
    }
    return m;
}

/* The same for what drift is told by: the last runs, of whatever commit, and
   the anchor. */
static void
hold_levels(struct likeness *likeness, const struct az_run_series *series,
            const struct az_node *policy)
{
    struct az_drift_rule rule;

    if (series == NULL || likeness->reason != NULL ||
        !az_drift_rule_read(likeness->gate->arena, policy, &rule))
        return;
    for (size_t i = 0; i + 1 < rule.window && i < series->count; i++)
        hold_point(likeness, &series->points[series->count - 1 - i]);
    if (series->anchor != NULL && likeness->reason == NULL &&
        !(series->count > 0 &&
          series->points[series->count - 1].value->computed))
        hold(likeness, anchor_measurement(likeness, series));
}

/* The finding that LIKENESS does not hold for TEST; NULL if there was one. */
static const struct az_diag *
report(struct az_comparison *c, const struct az_baseline_test *test,
       const struct likeness *likeness)
{
    const struct az_measurement *other = &likeness->other;
    struct az_diag *diag;

    if (likeness->unproven)
        return other->unproven;
    diag = az_baseline_report(c, test, AZ_DIAG_PROVENANCE_DISAGREES, AZ_ERROR,
                              likeness->reason);
    az_diag_relate(c->gate->sink, diag,
                   az_document_place(other->document, other->entry),
                   "the value that it is compared with");
    az_diag_hint(c->gate->sink, diag,
                 "measure like the baseline, or begin a new one");
    return diag;
}

/* Holds the runs that BASE and CURRENT have of a metric against what is known
   of it; true if all of it is alike. */
static bool
hold_metric(struct az_comparison *c, const struct az_baseline_test *test,
            struct likeness *likeness, const struct az_run_series *base,
            const struct az_run_series *current)
{
    if (test->plan->design == AZ_DESIGN_PAIRS) {
        hold_pairs(likeness, &c->now, true, current);
        hold_pairs(likeness, &c->base, false, base);
    } else {
        likeness->runs = &c->base;
        likeness->current = false;
        hold_runs(likeness, base, c->gate->result->commit, test->window);
        hold_levels(likeness, base, c->policy);
    }
    return likeness->reason == NULL;
}

/* The same for each operand of TEST's row, where it is derived. */
static bool
hold_operands(struct az_comparison *c, const struct az_baseline_test *test,
              struct likeness *likeness)
{
    const struct az_row *row = test->row;
    const struct az_derived *derived = row->budget->derived;

    for (size_t i = 0; derived != NULL && i < derived->count; i++) {
        struct az_str metric = derived->operands[i].metric;

        likeness->known = row->operands != NULL;
        if (likeness->known)
            az_provenance_of(&likeness->now, row->operands[i]);
        if (!hold_metric(
                c, test, likeness,
                az_comparison_series(c, &c->base, metric, row->environment),
                az_comparison_series(c, &c->now, metric, row->environment)))
            return false;
    }
    return true;
}

bool
az_baseline_check_provenance(struct az_comparison *c,
                             struct az_baseline_test *test)
{
    struct az_gate *gate = c->gate;
    const struct az_node *policy =
        az_node_get(gate->budgets.document->root, "provenance");
    struct likeness likeness = { .gate = gate,
                                 .must_agree =
                                     az_node_get(policy, "must_agree"),
                                 .known = test->row->measured != NULL };

    if (likeness.known)
        az_provenance_of_row(gate->arena, &likeness.now, test->row);
    if (hold_metric(c, test, &likeness, test->base, test->current) &&
        hold_operands(c, test, &likeness))
        return true;
    test->unsound = true;
    test->unlike = report(c, test, &likeness);
    test->reason = likeness.reason;
    return false;
}
