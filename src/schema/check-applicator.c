/* Applying the keywords that apply subschemas in place.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "core/limits.h"
#include "schema/check.h"

/* Applies SCHEMA and puts what it evaluates into EVALUATED only if NODE is
   valid. */
static bool
answers_apart(struct az_check *check, const struct az_subschema *schema,
              const struct az_node *node, struct az_evaluated *evaluated)
{
    struct az_evaluated own;

    if (evaluated == NULL)
        return az_check_answers(check, schema, node, NULL);
    az_evaluated_init(check, &own, node);
    if (!az_check_answers(check, schema, node, &own))
        return false;
    az_evaluated_merge(evaluated, &own);
    return true;
}

const struct az_subschema *
az_check_dynamic_target(const struct az_check *check,
                        const struct az_applicators *applicators)
{
    const struct az_subschema *found;
    size_t i;

    if (applicators->dynamic_name.len == 0)
        return applicators->dynamic_ref.schema;
    for (i = 0; i < check->scope_count; i++) {
        found =
            az_map_get(&check->scopes[i]->dynamics, applicators->dynamic_name);
        if (found != NULL)
            return found;
    }
    return applicators->dynamic_ref.schema;
}

static bool
follow(struct az_check *check, const struct az_subschema *target,
       const struct az_node *node, struct az_evaluated *evaluated)
{
    bool valid;

    if (check->references >= AZ_MAX_REF_DEPTH)
        return az_check_stop(check, AZ_DIAG_SCHEMA_REFERENCE, node,
                             "the schema's references go on without end "
                             "here");
    check->references++;
    valid = az_check_apply(check, target, node, evaluated);
    check->references--;
    return valid;
}

bool
az_check_references(struct az_check *check, const struct az_subschema *schema,
                    const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_applicators *applicators = schema->applicators;
    bool valid = true;

    if (applicators->ref.schema != NULL)
        valid = follow(check, applicators->ref.schema, node, evaluated);
    if (applicators->dynamic_ref.schema != NULL &&
        (valid || check->mode != AZ_ANSWER))
        valid = follow(check, az_check_dynamic_target(check, applicators), node,
                       evaluated) &&
                valid;
    return valid;
}

bool
az_check_all_of(struct az_check *check, const struct az_subschema *schema,
                const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_branches *branches = &schema->applicators->all_of;
    bool valid = true;
    size_t i;

    for (i = 0; i < branches->count; i++) {
        if (az_check_apply(check, branches->items[i], node, evaluated))
            continue;
        valid = false;
        if (check->mode == AZ_ANSWER || check->stopped)
            break;
    }
    return valid;
}

/* What is in no alternative is not to be reported twice: as a failure of the
   alternatives, and as unevaluated. */
static bool
fails_branches(struct az_check *check, const struct az_subschema *schema,
               const struct az_branches *branches, const struct az_node *node,
               struct az_evaluated *evaluated, enum az_diag_id id)
{
    if (evaluated != NULL)
        evaluated->all = true;
    if (check->stopped)
        return false;
    if (check->mode == AZ_ANSWER)
        check->distance.errors++;
    else
        az_check_report_branches(check, schema, branches, node, id);
    return false;
}

bool
az_check_any_of(struct az_check *check, const struct az_subschema *schema,
                const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_branches *branches = &schema->applicators->any_of;
    bool valid = false;
    size_t i;

    for (i = 0; i < branches->count; i++) {
        if (!answers_apart(check, branches->items[i], node, evaluated))
            continue;
        valid = true;
        if (evaluated == NULL)
            return true;
    }
    return valid || fails_branches(check, schema, branches, node, evaluated,
                                   AZ_DIAG_SCHEMA_ANY_OF);
}

/* Tells which of the alternatives match: those that do from FIRST on. */
static bool
fails_several(struct az_check *check, const struct az_subschema *schema,
              const struct az_node *node, size_t first)
{
    const struct az_branches *branches = &schema->applicators->one_of;
    bool *matched;
    size_t i;

    if (!az_check_failed(check))
        return false;
    matched = az_arena_array(check->arena, branches->count, sizeof(*matched));
    for (i = first; i < branches->count; i++)
        matched[i] = az_check_answers(check, branches->items[i], node, NULL);
    if (!check->stopped)
        az_check_report_several(check, schema, branches, node, matched);
    return false;
}

bool
az_check_one_of(struct az_check *check, const struct az_subschema *schema,
                const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_branches *branches = &schema->applicators->one_of;
    size_t i, first = branches->count;

    for (i = 0; i < branches->count; i++) {
        if (!answers_apart(check, branches->items[i], node, evaluated))
            continue;
        if (first < branches->count)
            return fails_several(check, schema, node, first);
        first = i;
    }
    return first < branches->count ||
           fails_branches(check, schema, branches, node, evaluated,
                          AZ_DIAG_SCHEMA_ONE_OF);
}

bool
az_check_not(struct az_check *check, const struct az_subschema *schema,
             const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_branch *not_ = &schema->applicators->not_;
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_NOT,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = not_->at,
                                        .related = "forbidden here" };

    (void)evaluated;
    if (!az_check_answers(check, not_->schema, node, NULL))
        return !check->stopped;
    if (az_check_failed(check))
        az_check_report_not(check, &failure, not_->schema, node);
    return false;
}

bool
az_check_condition(struct az_check *check, const struct az_subschema *schema,
                   const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_applicators *applicators = schema->applicators;
    const struct az_reason *outer = check->wording.reason;
    const struct az_branch *branch;
    struct az_reason reason = { .condition = applicators->if_.schema,
                                .at = applicators->if_.at,
                                .scope = schema->scope,
                                .node = node,
                                .path_count = check->path_count };
    bool valid;

    if (applicators->if_.schema == NULL)
        return true;
    reason.holds =
        answers_apart(check, applicators->if_.schema, node, evaluated);
    branch = reason.holds ? &applicators->then : &applicators->else_;
    if (branch->schema == NULL)
        return true;
    check->wording.reason = &reason;
    valid = az_check_apply(check, branch->schema, node, evaluated);
    check->wording.reason = outer;
    return valid;
}
