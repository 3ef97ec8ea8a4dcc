/* Whether what was measured is not older than what it was measured of, and
   nothing is of tomorrow.
   SPDX-License-Identifier: MIT */

#include "gate/proof.h"

#include "core/arena.h"
#include "gate/samples.h"

/* Refuses M, measured at AT, for being older than the latest of LIST. */
static void
report_stale(struct az_proof *proof, struct az_measurement *m,
             const struct az_node *at, const struct az_artifact_list *list)
{
    struct az_arena *arena = proof->gate->arena;
    char made[AZ_MOMENT_SIZE];
    const struct az_proof_objection objection = {
        .id = AZ_DIAG_PROVENANCE_STALE,
        .node = at,
        .member = AZ_PROVENANCE_MEASURED_AT,
        .message = az_arena_printf(
            arena, "it was measured at %s, before artifact %s was %s, at %s",
            az_node_quote(arena, at),
            az_node_quote(arena, az_node_get(list->latest, "path")),
            list->by_file ? "written" : "built",
            az_moment_spell(&list->made, made)),
    };
    struct az_diag *diag = az_proof_object(proof, m, &objection);

    az_diag_relate(proof->gate->sink, diag,
                   az_document_place(m->document, list->latest),
                   "the artifact");
    az_diag_hint(proof->gate->sink, diag, "measure again%s",
                 list->by_file ? ", or record the artifact's sha256" : "");
    m->refused = true;
}

/* Where the log of M tells its time of SIDE; nowhere if M is of no log. */
static struct az_place
log_place(struct az_proof *proof, const struct az_measurement *m,
          enum az_log_side side)
{
    if (m->sampled == NULL || m->sampled->times[side] == NULL)
        return AZ_NOWHERE;
    return az_log_context_time_place(proof->gate->arena,
                                     m->sampled->times[side], side);
}

/* Refuses M, as WHERE says, for WHAT was at TIME, which is still to come. */
static void
report_early(struct az_proof *proof, struct az_measurement *m,
             struct az_proof_objection where, const char *what,
             struct az_str time)
{
    struct az_arena *arena = proof->gate->arena;

    where.id = AZ_DIAG_PROVENANCE_STALE;
    where.member = AZ_PROVENANCE_MEASURED_AT;
    where.message =
        az_arena_printf(arena, "%s at %s, and now it is %s", what,
                        az_str_quote(arena, time), proof->gate->input->now);
    az_proof_object(proof, m, &where);
    m->refused = true;
}

/* Whether TIME, which may be empty, is still to come. */
static bool
is_to_come(const struct az_proof *proof, struct az_str time)
{
    struct az_moment moment;

    return proof->has_now && az_moment_parse(time, &moment) &&
           az_moment_compare(&moment, &proof->now) > 0;
}

/* Whether what was built at BUILT could have been measured by now. */
static void
check_built(struct az_proof *proof, struct az_measurement *m,
            const struct az_node *built)
{
    if (is_to_come(proof, az_node_text(built)))
        report_early(proof, m, (struct az_proof_objection){ .node = built },
                     "its artifact was built", az_node_text(built));
}

/* The last time that M was measured at, of which FIRST is the first. */
static struct az_str
last_time(const struct az_measurement *m, struct az_str first)
{
    const struct az_log_context *latest =
        m->sampled != NULL ? m->sampled->times[AZ_LOG_LATEST] : NULL;

    return latest != NULL ? az_log_context_time(latest, AZ_LOG_LATEST) : first;
}

void
az_proof_check_time(struct az_proof *proof, struct az_measurement *m,
                    const struct az_provenance *provenance,
                    const struct az_artifact_list *list)
{
    const struct az_node *at = provenance->members[AZ_PROVENANCE_MEASURED_AT];
    struct az_str first = at != NULL ? az_node_text(at) : AZ_STR("");
    struct az_str last = last_time(m, first);
    struct az_proof_objection where = { .node = at };
    struct az_moment moment;

    if (is_to_come(proof, first) || is_to_come(proof, last)) {
        bool all = is_to_come(proof, first);

        where.place =
            log_place(proof, m, all ? AZ_LOG_EARLIEST : AZ_LOG_LATEST);
        report_early(proof, m, where,
                     all ? "it was measured" : "a line of it was measured",
                     all ? first : last);
        return;
    }
    if (list == NULL || list->latest == NULL)
        return;
    if (az_moment_parse(first, &moment) &&
        az_moment_compare(&moment, &list->made) < 0)
        report_stale(proof, m, at, list);
    else if (!list->by_file)
        check_built(proof, m, az_node_get(list->latest, "built_at"));
}
