/* Whether measurements prove anything: their provenance and the budgets.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "gate/artifacts.h"
#include "gate/provenance.h"
#include "gate/samples.h"

/* What the budgets want of provenances, and what is remembered of them. */
struct az_proof {
    struct az_gate *gate;
    /* where it stands that the member is required, or must agree; or NULL */
    const struct az_node *required[AZ_PROVENANCE_COUNT];
    const struct az_node *agree[AZ_PROVENANCE_COUNT];
    const struct az_node *methods;
    bool has_now;
    struct az_moment now;
    struct az_artifacts artifacts;
    struct az_map firsts; /* environment -> struct first */
    /* what tells it for the measurements at hand, and what is wrong there */
    const struct az_node *common;
    const struct az_diag *broken;
};

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

/* The fields of a sample log's line that tell them. */
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

/* Findings. */

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

/* A finding about M at NODE, which is MEMBER of its provenance; NULL: about the
   provenance as a whole. */
static struct az_diag *
report(struct az_proof *proof, const struct az_measurement *m,
       enum az_diag_id id, const struct az_node *node,
       enum az_provenance_member member, const char *message)
{
    struct az_arena *arena = proof->gate->arena;
    struct az_diag *diag =
        az_sink_add(proof->gate->sink, id,
                    node != NULL ? az_document_place(m->document, node)
                                 : az_measurement_place(m, "provenance"),
                    "%s: %s", name(arena, m), message);

    if (node == NULL)
        diag->pointer = az_measurement_pointer(
            arena, m, m->sampled == NULL ? "provenance" : NULL);
    else if (m->sampled != NULL)
        diag->pointer = az_arena_printf(arena, "/%s", log_fields[member]);
    else
        diag->pointer = az_document_pointer(arena, m->document, node);
    return diag;
}

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

/* A finding as report makes it, for which M proves nothing. */
static struct az_diag *
object(struct az_proof *proof, struct az_measurement *m, enum az_diag_id id,
       const struct az_node *node, enum az_provenance_member member,
       const char *message)
{
    struct az_diag *diag = report(proof, m, id, node, member, message);

    doubt(m, diag, message);
    return diag;
}

/* The policy. */

static const char *
member_names(struct az_arena *arena)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (int i = 0; i < AZ_PROVENANCE_COUNT; i++)
        az_buf_addf(&buf, "%s%s", i > 0 ? ", " : "",
                    az_provenance_name((enum az_provenance_member)i));
    return buf.p;
}

/* What the budgets say that is not understood is kept by nobody. */
static void
report_policy(struct az_proof *proof, const struct az_node *node,
              const char *message)
{
    struct az_gate *gate = proof->gate;
    const struct az_document *budgets = gate->budgets.document;
    struct az_diag *diag =
        az_sink_add(gate->sink, AZ_DIAG_PROVENANCE_MISSING,
                    az_document_place(budgets, node), "%s", message);

    diag->pointer = az_document_pointer(gate->arena, budgets, node);
    diag->fatal = true;
}

static void
read_member(struct az_proof *proof, const struct az_node *item,
            const struct az_node *ret[AZ_PROVENANCE_COUNT])
{
    for (int i = 0; i < AZ_PROVENANCE_COUNT; i++)
        if (item->type == AZ_STRING &&
            az_node_is_string(
                item, az_provenance_name((enum az_provenance_member)i))) {
            ret[i] = item;
            return;
        }
    report_policy(proof, item,
                  az_arena_printf(proof->gate->arena,
                                  "a provenance has no member %s, but %s",
                                  az_node_quote(proof->gate->arena, item),
                                  member_names(proof->gate->arena)));
}

/* The list KEY of POLICY; NULL if it is not there. */
static const struct az_node *
read_list(struct az_proof *proof, const struct az_node *policy, const char *key)
{
    const struct az_node *list = az_node_get(policy, key);

    if (list == NULL || (list->type == AZ_ARRAY && list->count > 0))
        return list;
    report_policy(proof, list,
                  az_arena_printf(proof->gate->arena,
                                  "'%s' must be a list that is not empty",
                                  key));
    return NULL;
}

static void
read_policy(struct az_proof *proof, const struct az_node *policy)
{
    const struct az_node *required, *agree;

    if (policy != NULL && policy->type != AZ_OBJECT)
        report_policy(proof, policy, "'provenance' must be an object");
    required = read_list(proof, policy, "required");
    agree = read_list(proof, policy, "must_agree");
    proof->methods = read_list(proof, policy, "methods");
    for (uint32_t i = 0; required != NULL && i < required->count; i++)
        read_member(proof, &required->items[i], proof->required);
    for (uint32_t i = 0; agree != NULL && i < agree->count; i++)
        read_member(proof, &agree->items[i], proof->agree);
}

/* Shape. */

/* A finding about the first fault of PROVENANCE, which may be NULL. */
static const struct az_diag *
check_shape(struct az_proof *proof, const struct az_measurement *m,
            const struct az_node *provenance)
{
    const struct az_node *fault;
    const char *message =
        az_provenance_fault(proof->gate->arena, provenance, &fault);

    return message == NULL ? NULL
                           : report(proof, m, AZ_DIAG_MEASUREMENT_SHAPE, fault,
                                    AZ_PROVENANCE_COUNT, message);
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

/* What is told. */

/* Whether each of ARTIFACTS has a digest. */
static bool
have_digests(const struct az_node *artifacts)
{
    for (uint32_t i = 0; i < artifacts->count; i++)
        if (az_node_get(&artifacts->items[i], "sha256") == NULL)
            return false;
    return true;
}

static void
check_required(struct az_proof *proof, struct az_measurement *m,
               const struct az_provenance *provenance)
{
    struct az_arena *arena = proof->gate->arena;
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
    diag = object(
        proof, m, AZ_DIAG_PROVENANCE_MISSING, NULL, AZ_PROVENANCE_COUNT,
        az_arena_printf(arena, "its provenance does not tell %s", names.p));
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

static void
check_method(struct az_proof *proof, struct az_measurement *m,
             const struct az_provenance *provenance)
{
    const struct az_node *method = provenance->members[AZ_PROVENANCE_METHOD];
    struct az_arena *arena = proof->gate->arena;
    const char *message;

    if (proof->methods != NULL && method == NULL)
        message = "it does not tell by which method it was measured";
    else if (proof->methods != NULL && !is_listed(proof, method))
        message =
            az_arena_printf(arena, "its method %s is not one of the budgets'",
                            az_node_quote(arena, method));
    else if (method != NULL && az_provenance_is_model(az_node_text(method)))
        message = az_arena_printf(arena,
                                  "its method is %s, and so it is not measured",
                                  az_node_quote(arena, method));
    else
        return;
    relate_budgets(proof,
                   object(proof, m, AZ_DIAG_PROVENANCE_METHOD, method,
                          AZ_PROVENANCE_METHOD, message),
                   proof->methods, "the methods");
}

/* What agrees. */

static void
check_name(struct az_proof *proof, struct az_measurement *m,
           const struct az_provenance *provenance)
{
    const struct az_node *told = provenance->members[AZ_PROVENANCE_ENVIRONMENT];
    struct az_arena *arena = proof->gate->arena;
    struct az_diag *diag;

    if (told == NULL || az_str_eq(az_node_text(told), m->environment))
        return;
    diag = object(proof, m, AZ_DIAG_PROVENANCE_DISAGREES, told,
                  AZ_PROVENANCE_ENVIRONMENT,
                  az_arena_printf(arena, "its provenance is of environment %s",
                                  az_node_quote(arena, told)));
    az_diag_relate(proof->gate->sink, diag,
                   az_measurement_place(m, "environment"), "its environment");
    m->refused = true;
}

static const char *
told(struct az_arena *arena, const struct az_node *node)
{
    return node != NULL ? az_node_quote(arena, node) : "not told";
}

/* "its host_class is 'lab', and 'laptop' for 'M-2'" */
static const char *
unlike(struct az_arena *arena, enum az_provenance_member member,
       const struct az_node *mine, const struct az_node *other,
       struct az_str metric)
{
    return az_arena_printf(arena, "its %s is %s, and %s for %s",
                           az_provenance_name(member), told(arena, mine),
                           told(arena, other), az_str_quote(arena, metric));
}

static void
report_unlike(struct az_proof *proof, struct az_measurement *m,
              const struct az_node *mine, const struct first *first,
              enum az_provenance_member member)
{
    const struct az_node *other = first->provenance.members[member];
    struct az_arena *arena = proof->gate->arena;
    struct az_diag *diag =
        object(proof, m, AZ_DIAG_PROVENANCE_DISAGREES, mine, member,
               unlike(arena, member, mine, other, first->m->metric));

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
    bool new;
    struct az_map_entry *entry =
        az_map_put(&proof->firsts, m->environment, &new);
    struct first *first = entry->value;

    if (new) {
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

/* When it was. */

static void
report_stale(struct az_proof *proof, struct az_measurement *m,
             const struct az_node *at, const struct az_artifact_list *list)
{
    struct az_arena *arena = proof->gate->arena;
    const struct az_node *path = az_node_get(list->latest, "path");
    char made[AZ_MOMENT_SIZE];
    struct az_diag *diag = object(
        proof, m, AZ_DIAG_PROVENANCE_STALE, at, AZ_PROVENANCE_MEASURED_AT,
        az_arena_printf(
            arena, "it was measured at %s, before artifact %s was %s, at %s",
            az_node_quote(arena, at), az_node_quote(arena, path),
            list->by_file ? "written" : "built",
            az_moment_spell(&list->made, made)));

    az_diag_relate(proof->gate->sink, diag,
                   az_document_place(m->document, list->latest),
                   "the artifact");
    az_diag_hint(proof->gate->sink, diag, "measure again%s",
                 list->by_file ? ", or record the artifact's sha256" : "");
    m->refused = true;
}

/* Refuses M at NODE, for WHAT was at TIME, which is still to come. */
static void
report_early(struct az_proof *proof, struct az_measurement *m,
             const struct az_node *node, const char *what, struct az_str time)
{
    struct az_arena *arena = proof->gate->arena;

    object(proof, m, AZ_DIAG_PROVENANCE_STALE, node, AZ_PROVENANCE_MEASURED_AT,
           az_arena_printf(arena, "%s at %s, and now it is %s", what,
                           az_str_quote(arena, time), proof->gate->input->now));
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
        report_early(proof, m, built, "its artifact was built",
                     az_node_text(built));
}

/* Whether M was measured after LIST was made (may be NULL), and both were
   before now. */
static void
check_time(struct az_proof *proof, struct az_measurement *m,
           const struct az_provenance *provenance,
           const struct az_artifact_list *list)
{
    const struct az_node *at = provenance->members[AZ_PROVENANCE_MEASURED_AT];
    struct az_str first = at != NULL ? az_node_text(at) : AZ_STR("");
    struct az_str last = m->sampled != NULL ? m->sampled->latest : first;
    struct az_moment moment;

    if (is_to_come(proof, first) || is_to_come(proof, last)) {
        report_early(proof, m, at, "it was measured",
                     is_to_come(proof, first) ? first : last);
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
    check_time(proof, m, ret, *ret_list);
    return true;
}

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
    read_policy(proof, az_node_get(gate->budgets.document->root, "provenance"));
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
                                            .finding = diag });
}
