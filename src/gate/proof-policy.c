/* What budgets want of provenances.
   SPDX-License-Identifier: MIT */

#include "gate/proof.h"

#include "core/arena.h"

/* "commit, environment, browser" and so on. */
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

/* Notes in RET that ITEM names a member; a finding if there is none like it. */
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

/* Where each member is named in the list KEY of POLICY. */
static void
read_members(struct az_proof *proof, const struct az_node *policy,
             const char *key, const struct az_node *ret[AZ_PROVENANCE_COUNT])
{
    const struct az_node *list = read_list(proof, policy, key);

    for (uint32_t i = 0; list != NULL && i < list->count; i++)
        read_member(proof, &list->items[i], ret);
}

void
az_proof_read_policy(struct az_proof *proof)
{
    const struct az_node *policy =
        az_node_get(proof->gate->budgets.document->root, "provenance");

    if (policy != NULL && policy->type != AZ_OBJECT)
        report_policy(proof, policy, "'provenance' must be an object");
    read_members(proof, policy, "required", proof->required);
    read_members(proof, policy, "must_agree", proof->agree);
    proof->methods = read_list(proof, policy, "methods");
}
