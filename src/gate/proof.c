/* Whether measurements prove anything: their provenance and the budgets.
   SPDX-License-Identifier: MIT */

#include "gate/proof.h"

#include "core/arena.h"

/* The first measurement of an environment. */
struct first {
    struct az_measurement *m;
    struct az_provenance provenance;
};

/* What differs from metric to metric, as a command does, is compared with a
   baseline only. */
static const enum az_provenance_member alike[] = {
    AZ_PROVENANCE_ENVIRONMENT, AZ_PROVENANCE_BROWSER, AZ_PROVENANCE_VERSION,
    AZ_PROVENANCE_HOST_CLASS, AZ_PROVENANCE_METHOD
};

/* The field of a sample log's line that tells each member. */
static const char *const log_fields[AZ_PROVENANCE_COUNT] = {
    [AZ_PROVENANCE_COMMIT] = "commit",
    [AZ_PROVENANCE_ENVIRONMENT] = "browser",
    [AZ_PROVENANCE_BROWSER] = "browser",
    [AZ_PROVENANCE_VERSION] = "version",
    [AZ_PROVENANCE_HOST_CLASS] = "host_class",
    [AZ_PROVENANCE_COMMAND] = "repro_command",
    [AZ_PROVENANCE_METHOD] = "method",
    [AZ_PROVENANCE_ARTIFACT] = "artifact_paths",
    [AZ_PROVENANCE_MEASURED_AT] = "measured_at",
};

/* "'M-1' (profile 'p', 'desktop')" */
static const char *
name(struct az_arena *arena, const struct az_measurement *m)
{
    if (m->metric.len == 0)
        return "the benchmarks";
    return az_arena_printf(
        arena, "%s (profile %s, %s)", az_str_quote(arena, m->metric),
        az_str_quote(arena, m->profile), az_str_quote(arena, m->environment));
}

/* Where OBJECTION to M stands. */
static struct az_place
place_of(const struct az_measurement *m,
         const struct az_proof_objection *objection)
{
    if (objection->place.source != NULL)
        return objection->place;
    return objection->node != NULL
               ? az_document_place(m->document, objection->node)
               : az_measurement_place(m, "provenance");
}

static struct az_diag *
report(struct az_proof *proof, const struct az_measurement *m,
       const struct az_proof_objection *objection)
{
    struct az_arena *arena = proof->gate->arena;
    const struct az_node *node = objection->node;
    bool elsewhere = objection->place.source != NULL;
    struct az_diag *diag =
        az_sink_add(proof->gate->sink, objection->id, place_of(m, objection),
                    "%s: %s", name(arena, m), objection->message);

    if (node == NULL && !elsewhere)
        diag->pointer = az_measurement_pointer(
            arena, m, m->sampled == NULL ? "provenance" : NULL);
    else if (m->sampled != NULL)
        diag->pointer =
            az_arena_printf(arena, "/%s", log_fields[objection->member]);
    else
        diag->pointer = az_document_pointer(arena, m->document, node);
    return diag;
}

/* Relates DIAG to NODE of the budgets, which may be NULL, as WHAT it is. */
static void
relate_budgets(struct az_proof *proof, struct az_diag *diag,
               const struct az_node *node, const char *what)
{
    if (node != NULL)
        az_diag_relate(proof->gate->sink, diag,
                       az_document_place(proof->gate->budgets.document, node),
                       "%s", what);
}

/* Has M prove nothing because of DIAG, for REASON, unless that is known
   already. */
static void
doubt(struct az_measurement *m, const struct az_diag *diag, const char *reason)
{
    if (m->unproven != NULL)
        return;
    m->unproven = diag;
    m->reason = reason;
}

struct az_diag *
az_proof_object(struct az_proof *proof, struct az_measurement *m,
                const struct az_proof_objection *objection)
{
    struct az_diag *diag = report(proof, m, objection);

    doubt(m, diag, objection->message);
    return diag;
}

/* A finding about the first fault of PROVENANCE, which may be NULL. */
static const struct az_diag *
check_shape(struct az_proof *proof, const struct az_measurement *m,
            const struct az_node *provenance)
{
    struct az_proof_objection objection = { .id = AZ_DIAG_MEASUREMENT_SHAPE };

    objection.message =
        az_provenance_fault(proof->gate->arena, provenance, &objection.node);
    return objection.message == NULL ? NULL : report(proof, m, &objection);
}

/* Whether M's provenance, and its file's, are of the right shape. */
static bool
is_sound(struct az_proof *proof, const struct az_measurement *m)
{
    const struct az_node *common =
        m->common != NULL ? m->common : m->document->root;

    if (m->sampled != NULL)
        return true;
    if (proof->common != common) {
        proof->common = common;
        proof->broken =
            check_shape(proof, m, az_node_get(common, "provenance"));
    }
    return proof->broken == NULL &&
           check_shape(proof, m, az_measurement_field(m, "provenance")) == NULL;
}

/* Whether each of ARTIFACTS has a digest. */
static bool
have_digests(const struct az_node *artifacts)
{
    for (uint32_t i = 0; i < artifacts->count; i++)
        if (az_node_get(&artifacts->items[i], "sha256") == NULL)
            return false;
    return true;
}

/* Holds what PROVENANCE tells against what the budgets require. */
static void
check_required(struct az_proof *proof, struct az_measurement *m,
               const struct az_provenance *provenance)
{
    struct az_arena *arena = proof->gate->arena;
    struct az_proof_objection objection = { .id = AZ_DIAG_PROVENANCE_MISSING };
    const struct az_node *first = NULL;
    struct az_diag *diag;
    struct az_buf names;

    az_buf_init(&names, arena);
    for (int i = 0; i < AZ_PROVENANCE_COUNT; i++) {
        const struct az_node *node = provenance->members[i];
        bool lacks_digest = i == AZ_PROVENANCE_ARTIFACT && node != NULL;

        if (proof->required[i] == NULL ||
            (node != NULL && (!lacks_digest || have_digests(node))))
            continue;
        az_buf_addf(&names, "%s%s%s", first != NULL ? ", " : "",
                    lacks_digest ? "the sha256 of each " : "",
                    az_provenance_name((enum az_provenance_member)i));
        if (first == NULL)
            first = proof->required[i];
    }
    if (first == NULL)
        return;
    objection.message =
        az_arena_printf(arena, "its provenance does not tell %s", names.p);
    diag = az_proof_object(proof, m, &objection);
    relate_budgets(proof, diag, first, "required here");
    az_diag_hint(proof->gate->sink, diag,
                 "have what measures record it in 'provenance', or in the "
                 "fields of the lines of a log, which can tell no digest");
}

/* Whether METHOD, which may be NULL, is one that the budgets list. */
static bool
is_listed(const struct az_proof *proof, const struct az_node *method)
{
    for (uint32_t i = 0; method != NULL && i < proof->methods->count; i++)
        if (az_node_equal(&proof->methods->items[i], method))
            return true;
    return false;
}

/* Has M prove nothing if METHOD, which may be NULL, has the word of a model. */
static void
check_model(struct az_proof *proof, struct az_measurement *m,
            const struct az_node *method)
{
    struct az_arena *arena = proof->gate->arena;
    struct az_str word = method == NULL
                             ? AZ_STR("")
                             : az_provenance_model_word(az_node_text(method));
    struct az_diag *diag;
    struct az_proof_objection objection = {
        .id = AZ_DIAG_PROVENANCE_METHOD,
        .node = method,
        .member = AZ_PROVENANCE_METHOD,
    };

    if (word.len == 0)
        return;
    objection.message =
        az_arena_printf(arena, "its method is %s, and so it is not measured",
                        az_node_quote(arena, method));
    diag = az_proof_object(proof, m, &objection);
    relate_budgets(proof, diag, proof->methods, "the methods");
    if (word.len < az_node_text(method).len)
        az_diag_hint(
            proof->gate->sink, diag,
            "the word %s says so; what a value was measured on is told "
            "by the environment",
            az_str_quote(arena, word));
}

/* Whether M was measured, and by a method that the budgets allow. */
static void
check_method(struct az_proof *proof, struct az_measurement *m,
             const struct az_provenance *provenance)
{
    const struct az_node *method = provenance->members[AZ_PROVENANCE_METHOD];
    struct az_proof_objection objection = { .id = AZ_DIAG_PROVENANCE_METHOD,
                                            .node = method,
                                            .member = AZ_PROVENANCE_METHOD };
    struct az_arena *arena = proof->gate->arena;

    if (proof->methods != NULL && method == NULL) {
        objection.message = "it does not tell by which method it was measured";
    } else if (proof->methods != NULL && !is_listed(proof, method)) {
        objection.message =
            az_arena_printf(arena, "its method %s is not one of the budgets'",
                            az_node_quote(arena, method));
    } else {
        check_model(proof, m, method);
        return;
    }
    relate_budgets(proof, az_proof_object(proof, m, &objection), proof->methods,
                   "the methods");
}

/* Whether the environment that M's provenance tells is M's; if not, M is
   refused. */
static void
check_name(struct az_proof *proof, struct az_measurement *m,
           const struct az_provenance *provenance)
{
    const struct az_node *told = provenance->members[AZ_PROVENANCE_ENVIRONMENT];
    struct az_arena *arena = proof->gate->arena;
    struct az_proof_objection objection = { .id = AZ_DIAG_PROVENANCE_DISAGREES,
                                            .node = told,
                                            .member =
                                                AZ_PROVENANCE_ENVIRONMENT };

    if (told == NULL || az_str_eq(az_node_text(told), m->environment))
        return;
    objection.message =
        az_arena_printf(arena, "its provenance is of environment %s",
                        az_node_quote(arena, told));
    az_diag_relate(proof->gate->sink, az_proof_object(proof, m, &objection),
                   az_measurement_place(m, "environment"), "its environment");
    m->refused = true;
}

/* "its host_class is 'lab', and 'laptop' for 'M-2'" */
static const char *
unlike(struct az_arena *arena, enum az_provenance_member member,
       const struct az_node *mine, const struct az_node *other,
       struct az_str metric)
{
    return az_arena_printf(
        arena, "its %s is %s, and %s for %s", az_provenance_name(member),
        az_provenance_told(arena, mine), az_provenance_told(arena, other),
        az_str_quote(arena, metric));
}

/* Says that MEMBER of M, which is MINE, is not that of FIRST: for it neither
   proves anything. */
static void
report_unlike(struct az_proof *proof, struct az_measurement *m,
              const struct az_node *mine, const struct first *first,
              enum az_provenance_member member)
{
    const struct az_node *other = first->provenance.members[member];
    struct az_arena *arena = proof->gate->arena;
    const struct az_proof_objection objection = {
        .id = AZ_DIAG_PROVENANCE_DISAGREES,
        .node = mine,
        .member = member,
        .message = unlike(arena, member, mine, other, first->m->metric),
    };
    struct az_diag *diag = az_proof_object(proof, m, &objection);

    az_diag_relate(proof->gate->sink, diag,
                   other != NULL ? az_document_place(first->m->document, other)
                                 : az_measurement_place(first->m, "provenance"),
                   "the other one");
    relate_budgets(proof, diag, proof->agree[member], "they must agree");
    doubt(first->m, diag, unlike(arena, member, other, mine, m->metric));
}

/* Whether M was taken like the first of its environment. */
static void
check_alike(struct az_proof *proof, struct az_measurement *m,
            const struct az_provenance *provenance)
{
    bool is_new;
    struct az_map_entry *entry =
        az_map_put(&proof->firsts, m->environment, &is_new);
    struct first *first = entry->value;

    if (is_new) {
        entry->value = first = AZ_NEW(proof->gate->arena, struct first);
        *first = (struct first){ m, *provenance };
        return;
    }
    for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++) {
        const struct az_node *mine = provenance->members[alike[i]];
        const struct az_node *other = first->provenance.members[alike[i]];

        if (proof->agree[alike[i]] != NULL && mine != other &&
            (mine == NULL || other == NULL || !az_node_equal(mine, other)))
            report_unlike(proof, m, mine, first, alike[i]);
    }
}

/* Refuses M for what is wrong with the artifacts of LIST, which may be NULL. */
static void
check_artifacts(struct az_measurement *m, const struct az_artifact_list *list)
{
    if (list == NULL || list->refused == NULL)
        return;
    m->refused = true;
    doubt(m, list->refused, list->refused->message);
}

/* Holds M against itself and its files; it tells *RET.  False if it cannot be
   read. */
static bool
check_told(struct az_proof *proof, struct az_measurement *m,
           struct az_provenance *ret, const struct az_artifact_list **ret_list)
{
    const struct az_node *artifacts;

    *ret_list = NULL;
    if (!is_sound(proof, m)) {
        m->refused = true;
        return false;
    }
    az_provenance_of(ret, m);
    artifacts = ret->members[AZ_PROVENANCE_ARTIFACT];
    check_name(proof, m, ret);
    if (artifacts != NULL)
        *ret_list =
            az_artifacts_check(&proof->artifacts, m, artifacts, ret->shared);
    check_artifacts(m, *ret_list);
    az_proof_check_time(proof, m, ret, *ret_list);
    return true;
}

/* Holds M against all that the budgets want; what is kept need not be taken
   like the others, unless it is to become a baseline with them. */
static void
check(struct az_proof *proof, struct az_measurement *m)
{
    const struct az_artifact_list *list;
    struct az_provenance provenance;

    if (!check_told(proof, m, &provenance, &list))
        return;
    check_required(proof, m, &provenance);
    if (list != NULL && list->missing != NULL)
        doubt(m, list->missing, list->missing->message);
    check_method(proof, m, &provenance);
    if (!m->kept || proof->gate->input->saved != NULL)
        check_alike(proof, m, &provenance);
}

/* What GATE's budgets want, read when it is first asked for. */
static struct az_proof *
proof_of(struct az_gate *gate)
{
    const char *now = gate->input->now;
    struct az_proof *proof = gate->proof;

    if (proof != NULL)
        return proof;
    gate->proof = proof = AZ_NEW(gate->arena, struct az_proof);
    *proof = (struct az_proof){ .gate = gate };
    az_proof_read_policy(proof);
    proof->has_now =
        now != NULL && az_moment_parse(az_str_from(now), &proof->now);
    az_artifacts_init(&proof->artifacts, gate,
                      proof->required[AZ_PROVENANCE_ARTIFACT]);
    az_map_init(&proof->firsts, gate->arena);
    return proof;
}

void
az_gate_check_provenance(struct az_gate *gate)
{
    struct az_measurements *all = &gate->measurements;
    struct az_proof *proof = proof_of(gate);

    for (size_t i = 0; i < all->count; i++) {
        struct az_measurement *m = &all->items[i];

        if (!m->refused && az_str_eq(m->profile, gate->input->profile))
            check(proof, m);
    }
}

void
az_gate_check_kept(struct az_gate *gate, struct az_measurement *m, bool current)
{
    struct az_proof *proof = proof_of(gate);
    const struct az_artifact_list *list;
    struct az_provenance provenance;

    if (current)
        check(proof, m);
    else if (check_told(proof, m, &provenance, &list) &&
             provenance.members[AZ_PROVENANCE_METHOD] != NULL)
        check_method(proof, m, &provenance);
}

void
az_gate_decide_provenance(struct az_gate *gate, struct az_row *row,
                          const struct az_measurement *m)
{
    const struct az_diag *diag = m->unproven;

    if (diag != NULL)
        az_row_decide(gate->arena, row,
                      (struct az_decision){ .status = AZ_ROW_NO_VERDICT,
                                            .rule = AZ_STR("provenance"),
                                            .reason = m->reason,
                                            .place = diag->place,
                                            .finding = diag,
                                            .unsound = true });
}
