/* Applying the keywords that judge objects.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "schema/check.h"

static bool
fails_count(struct az_check *check, const struct az_subschema *schema,
            const struct az_node *node, const struct az_count *limit,
            const char *words)
{
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_PROPERTIES,
                                        .span = az_node_start(node),
                                        .schema = schema,
                                        .at = limit->at,
                                        .related = "the limit is here" };

    if (az_check_failed(check))
        az_check_report(check, &failure, "the object has %s, expected at %s %s",
                        az_str_counted(check->arena, node->count, "key"), words,
                        az_node_quote(check->arena, &limit->at->value));
    return false;
}

bool
az_check_unknown_key(struct az_check *check, const struct az_subschema *schema,
                     const struct az_branch *branch, const struct az_node *node,
                     uint32_t index)
{
    const struct az_member *member = &node->members[index];
    const struct az_failure failure = { .id = AZ_DIAG_UNKNOWN_KEY,
                                        .span = member->key_span,
                                        .schema = schema,
                                        .at = branch->at,
                                        .related = "no other keys are allowed",
                                        .container = node,
                                        .index = index };

    struct az_diag *diag;

    if (!az_check_failed(check))
        return false;
    diag = az_check_report(check, &failure, "unknown key %s",
                           az_str_quote(check->arena, member->key));
    az_check_hint_key(check, diag, schema, node, member);
    az_check_note_unknown(check, diag, member);
    return false;
}

/* The key of MEMBER judged as a string. */
static bool
check_name(struct az_check *check, const struct az_subschema *schema,
           const struct az_node *node, uint32_t index)
{
    const struct az_member *member = &node->members[index];
    const struct az_node name = { .type = AZ_STRING,
                                  .count = (uint32_t)member->key.len,
                                  .span = member->key_span,
                                  .text = member->key.p };

    return az_check_child(check, schema, node, index, &name);
}

/* Applies the patterns that match the key; *RET_MATCHED tells whether one
   did. */
static bool
check_patterns(struct az_check *check, const struct az_subschema *schema,
               const struct az_node *node, uint32_t index, bool *ret_matched)
{
    const struct az_object_rules *rules = schema->objects;
    const struct az_member *member = &node->members[index];
    bool valid = true;
    size_t i;

    for (i = 0; i < rules->pattern_count; i++) {
        switch (az_check_match(check, schema, rules->patterns[i].regex,
                               member->key, member->key_span)) {
        case AZ_REGEX_NO_MATCH:
            continue;
        case AZ_REGEX_OVER_BUDGET:
            *ret_matched = true;
            valid = false;
            continue;
        case AZ_REGEX_MATCH:
            break;
        }
        *ret_matched = true;
        if (!az_check_child(check, rules->patterns[i].schema, node, index,
                            &member->value))
            valid = false;
    }
    return valid;
}

/* Member INDEX, which PROPERTY (may be NULL) declares. */
static bool
check_member(struct az_check *check, const struct az_subschema *schema,
             const struct az_node *node, uint32_t index,
             const struct az_property *property, struct az_evaluated *evaluated)
{
    const struct az_object_rules *rules = schema->objects;
    const struct az_branch *rest = &rules->additional;
    const struct az_node *value = &node->members[index].value;
    bool matched = false, valid = true;

    if (property != NULL && property->schema != NULL) {
        matched = true;
        valid = az_check_child(check, property->schema, node, index, value);
    }
    if (rules->pattern_count > 0)
        valid = check_patterns(check, schema, node, index, &matched) && valid;
    if (rules->names.schema != NULL)
        valid = check_name(check, rules->names.schema, node, index) && valid;
    if (!matched && rest->schema != NULL) {
        matched = true;
        if (rest->schema->acceptance == AZ_ACCEPTS_NONE)
            valid = az_check_unknown_key(check, schema, rest, node, index);
        else
            valid = az_check_child(check, rest->schema, node, index, value) &&
                    valid;
    }
    if (matched && evaluated != NULL)
        az_evaluated_mark(evaluated, index);
    return valid;
}

/* Adds to the finding about the key NAME, which is missing, what to write. */
static void
hint_missing(struct az_check *check, struct az_diag *diag,
             const struct az_object_rules *rules, struct az_str name)
{
    const struct az_property *property = az_property_find(rules, name, 0);
    const char *values;

    if (property == NULL || property->schema == NULL)
        return;
    values = az_check_only_values(check, property->schema);
    if (values != NULL)
        az_check_hint(check, diag, "its value is %s", values);
    az_check_hint_description(check, diag, property->schema);
}

static bool
fails_required(struct az_check *check, const struct az_subschema *schema,
               const struct az_node *node, size_t index)
{
    const struct az_object_rules *rules = schema->objects;
    const struct az_node *name = &rules->required_at->value.items[index];
    const struct az_failure failure = { .id = AZ_DIAG_MISSING_KEY,
                                        .span = az_node_start(node),
                                        .schema = schema,
                                        .at = rules->required_at,
                                        .at_node = name,
                                        .related = "required here" };

    if (az_check_failed(check))
        hint_missing(
            check,
            az_check_report_missing(check, &failure, node, az_node_text(name)),
            rules, az_node_text(name));
    return false;
}

/* SEEN has a bit for each of the first 64 names that was met; the others are
   looked for. */
static bool
check_required(struct az_check *check, const struct az_subschema *schema,
               const struct az_node *node, uint64_t seen)
{
    const struct az_node *names = &schema->objects->required_at->value;
    bool valid = true;
    size_t i;

    for (i = 0; i < names->count; i++) {
        if (i < 64
                ? (seen >> i & 1) != 0
                : az_node_member(node, az_node_text(&names->items[i])) != NULL)
            continue;
        valid = fails_required(check, schema, node, i);
        if (check->mode == AZ_ANSWER)
            return false;
    }
    return valid;
}

/* The same before any member was met. */
static bool
report_required(struct az_check *check, const struct az_subschema *schema,
                const struct az_node *node)
{
    const struct az_node *names = &schema->objects->required_at->value;
    bool valid = true;
    size_t i;

    for (i = 0; i < names->count; i++)
        if (az_node_member(node, az_node_text(&names->items[i])) == NULL)
            valid = fails_required(check, schema, node, i);
    return valid;
}

/* Whether all that "required" demands is in SEEN, when that has room for it. */
static bool
has_all(const struct az_object_rules *rules, uint64_t seen)
{
    uint32_t count = rules->required_at->value.count;

    return count < 64 && seen == (UINT64_C(1) << count) - 1;
}

/* The members, each met once. */
static bool
check_members(struct az_check *check, const struct az_subschema *schema,
              const struct az_node *node, struct az_evaluated *evaluated,
              uint64_t *ret_seen)
{
    const struct az_object_rules *rules = schema->objects;
    const struct az_property *property;
    size_t guess = 0;
    bool valid = true;
    uint32_t i;

    for (i = 0; i < node->count; i++) {
        property = az_property_find(rules, node->members[i].key, guess);
        if (property != NULL) {
            guess = (size_t)(property - rules->properties) + 1;
            if (property->required - 1 < 64)
                *ret_seen |= UINT64_C(1) << (property->required - 1);
        }
        if (check_member(check, schema, node, i, property, evaluated))
            continue;
        valid = false;
        if (check->mode == AZ_ANSWER || check->stopped)
            break;
    }
    return valid;
}

bool
az_check_object(struct az_check *check, const struct az_subschema *schema,
                const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_object_rules *rules = schema->objects;
    uint64_t seen = 0;
    bool valid = true;

    if (rules->minimum.at != NULL && node->count < rules->minimum.value)
        valid = fails_count(check, schema, node, &rules->minimum, "least");
    if (rules->maximum.at != NULL && node->count > rules->maximum.value)
        valid = fails_count(check, schema, node, &rules->maximum, "most");
    if (!valid && check->mode == AZ_ANSWER)
        return false;
    /* A missing key comes before the unknown one that it is spelt as, which is
       then taken back: az_check_tidy. */
    if (check->mode == AZ_REPORT && rules->required_at != NULL)
        valid = report_required(check, schema, node) && valid;
    valid = check_members(check, schema, node, evaluated, &seen) && valid;
    if (!valid && (check->mode == AZ_ANSWER || check->stopped))
        return false;
    if (check->mode != AZ_REPORT && rules->required_at != NULL &&
        !has_all(rules, seen))
        valid = check_required(check, schema, node, seen) && valid;
    return valid;
}

static bool
fails_dependent(struct az_check *check, const struct az_subschema *schema,
                const struct az_node *node, const struct az_member *member,
                const struct az_node *wanted)
{
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_DEPENDENT,
                                        .span = member->key_span,
                                        .schema = schema,
                                        .at_node = wanted,
                                        .related = "required here",
                                        .container = node,
                                        .index =
                                            (uint32_t)(member - node->members),
                                        .judges_container = true };

    if (az_check_failed(check))
        az_check_report(check, &failure,
                        "the key %s needs the key %s beside it",
                        az_str_quote(check->arena, member->key),
                        az_node_quote(check->arena, wanted));
    return false;
}

static bool
apply_dependent(struct az_check *check, const struct az_subschema *schema,
                const struct az_dependency *dependency,
                const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_reason *outer = check->wording.reason;
    const struct az_reason reason = { .key = dependency->at,
                                      .at = dependency->at,
                                      .scope = schema->scope,
                                      .node = node,
                                      .holds = true,
                                      .path_count = check->path_count };
    bool valid;

    check->wording.reason = &reason;
    valid = az_check_apply(check, dependency->schema, node, evaluated);
    check->wording.reason = outer;
    return valid;
}

bool
az_check_dependencies(struct az_check *check, const struct az_subschema *schema,
                      const struct az_node *node,
                      struct az_evaluated *evaluated)
{
    const struct az_object_rules *rules = schema->objects;
    const struct az_dependency *dependency;
    const struct az_member *member;
    const struct az_node *names;
    bool valid = true;
    size_t i, k;

    for (i = 0; i < rules->dependency_count; i++) {
        dependency = &rules->dependencies[i];
        member = az_node_member(node, dependency->at->key);
        if (member == NULL)
            continue;
        if (dependency->schema != NULL) {
            valid =
                apply_dependent(check, schema, dependency, node, evaluated) &&
                valid;
            continue;
        }
        names = &dependency->at->value;
        for (k = 0; k < names->count; k++)
            if (az_node_member(node, az_node_text(&names->items[k])) == NULL)
                valid = fails_dependent(check, schema, node, member,
                                        &names->items[k]);
    }
    return valid;
}
