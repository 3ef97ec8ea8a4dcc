/* Whether a run of benchmarks can be held against its baseline: it is another
   run, later and of another commit.
   SPDX-License-Identifier: MIT */

#include "gate/session.h"

#include "core/arena.h"
#include "core/date.h"

/* The text KEY of the run of DOCUMENT; NULL if it does not say so. */
static const struct az_node *
text_of(const struct az_document *document, const char *key)
{
    const struct az_node *node = az_node_get(document->root, key);

    return node != NULL && node->type == AZ_STRING ? node : NULL;
}

static struct az_diag *
report(struct az_gate *gate, enum az_severity severity,
       const struct az_document *document, const struct az_node *node,
       const char *message)
{
    struct az_diag *diag =
        az_sink_add_as(gate->sink, AZ_DIAG_BASELINE_SAME, severity,
                       az_document_place(document, node), "%s", message);

    diag->pointer = az_document_pointer(gate->arena, document, node);
    return diag;
}

/* Whether A and B, which may be NULL, are one moment, however it is written. */
static bool
are_one_moment(const struct az_node *a, const struct az_node *b)
{
    struct az_moment before, now;

    if (a == NULL || b == NULL)
        return false;
    if (!az_moment_parse(az_node_text(a), &before) ||
        !az_moment_parse(az_node_text(b), &now))
        return az_node_equal(a, b);
    return az_moment_compare(&before, &now) == 0;
}

/* The finding that the current run, at NODE of it, is the baseline. */
static void
report_same(struct az_gate *gate, const struct az_node *node,
            const char *message)
{
    az_diag_hint(gate->sink,
                 report(gate, AZ_ERROR, gate->input->current, node, message),
                 "run the benchmarks, and give '--current' what they wrote");
}

/* Whether the two are two: a run is not slower than itself.  Two of one moment
   that have other numbers are two, of which one may tell a wrong time. */
static bool
are_two_runs(struct az_gate *gate)
{
    const struct az_document *current = gate->input->current;
    const struct az_document *baseline = gate->input->baseline;
    const struct az_node *at = text_of(current, "generated_at");

    if (baseline == current) {
        report_same(gate, current->root,
                    "the current run and the baseline are one file");
        return false;
    }
    if (!are_one_moment(text_of(baseline, "generated_at"), at))
        return true;
    if (az_node_equal(az_node_get(current->root, "benchmarks"),
                      az_node_get(baseline->root, "benchmarks"))) {
        report_same(gate, at,
                    "the current run is of the same moment as the baseline, "
                    "and has the same numbers");
        return false;
    }
    report(gate, AZ_WARNING, current, at,
           "the current run is of the same moment as the baseline");
    return true;
}

/* Whether the baseline was before the current run, as far as both tell. */
static bool
are_in_order(struct az_gate *gate)
{
    const struct az_document *current = gate->input->current;
    const struct az_document *baseline = gate->input->baseline;
    const struct az_node *at = text_of(current, "generated_at");
    const struct az_node *base = text_of(baseline, "generated_at");
    struct az_diag *diag;

    if (at == NULL || base == NULL ||
        !az_moment_is_later(az_node_text(base), az_node_text(at)))
        return true;
    diag = report(gate, AZ_ERROR, current, at,
                  az_arena_printf(gate->arena,
                                  "the current run, of %s, is older than the "
                                  "baseline, of %s",
                                  az_node_quote(gate->arena, at),
                                  az_node_quote(gate->arena, base)));
    az_diag_relate(gate->sink, diag, az_document_place(baseline, base),
                   "the baseline");
    az_diag_hint(gate->sink, diag,
                 "the files of '--baseline' and '--current' may be exchanged");
    return false;
}

/* Whether the baseline is not of the commit that is judged, which would be held
   against itself, as far as both are known: if nobody says what is judged, the
   current run does. */
static bool
is_of_other_commit(struct az_gate *gate)
{
    const struct az_gate_input *input = gate->input;
    const struct az_node *base = text_of(input->baseline, "commit");
    const struct az_node *now = text_of(input->current, "commit");
    const struct az_str judged[] = {
        gate->result->commit,
        az_str_from(input->commit),
        input->commit == NULL && now != NULL ? az_node_text(now) : AZ_STR(""),
    };

    for (size_t i = 0; base != NULL && i < sizeof judged / sizeof judged[0];
         i++) {
        if (judged[i].len == 0 ||
            !az_gate_is_same_commit(az_node_text(base), judged[i]))
            continue;
        az_diag_hint(gate->sink,
                     report(gate, AZ_ERROR, input->baseline, base,
                            "the baseline is of the commit that is judged"),
                     "compare with a run of a commit before it");
        return false;
    }
    return true;
}

bool
az_gate_check_succession(struct az_gate *gate)
{
    bool sound;

    if (!are_two_runs(gate))
        return false;
    sound = are_in_order(gate);
    sound &= is_of_other_commit(gate);
    return sound;
}
