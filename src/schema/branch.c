/* Which alternative of anyOf or oneOf the author of a document meant.
   SPDX-License-Identifier: MIT

   None matches.  Each step either tells what is wrong with all of them at once,
   or leaves fewer: by the values that they are, by their types, by the keys
   that they demand, by the const or enum of a key that tells them apart.  Of
   those left, the one that the document is nearest to is reported. */

#include "core/arena.h"
#include "schema/check.h"
#include "schema/facts.h"

/* Values that are compared, each with each, to list none of them twice. */
#define DISTINCT_LIMIT 64
/* Subschemas of one alternative in which keys are looked for that tell it from
   others. */
#define KEYS_LIMIT 64

/* The alternatives, and those of them that may be meant. */
struct choice {
    struct az_check *check;
    const struct az_subschema *schema;
    const struct az_branches *branches;
    const struct az_node *node;
    bool *alive;
    size_t alive_count;
    enum az_diag_id id;
    bool in_quotes; /* without its quotes it would fit another one */
};

static void
rule_out(struct choice *choice, size_t index)
{
    if (choice->alive[index])
        choice->alive_count--;
    choice->alive[index] = false;
}

/* Values that alternatives ask for, to be listed. */
struct values {
    const struct az_node **items;
    size_t count;
    size_t capacity;
    size_t asked; /* the same value by several alternatives more than once */
};

static void
add_value(struct az_check *check, struct values *values,
          const struct az_node *value)
{
    size_t i;

    for (i = 0; i < values->count && i < DISTINCT_LIMIT; i++)
        if (az_node_equal(values->items[i], value))
            return;
    values->items = az_arena_grow(check->arena, values->items, values->count,
                                  &values->capacity, sizeof(*values->items));
    values->items[values->count++] = value;
}

static void
add_values(struct az_check *check, struct values *values,
           const struct az_value_rules *rules)
{
    size_t i;

    values->asked += rules->const_at != NULL ? 1 : rules->count;
    if (rules->const_at != NULL) {
        add_value(check, values, &rules->const_at->value);
        return;
    }
    for (i = 0; i < rules->count; i++)
        add_value(check, values, &rules->enum_at->value.items[i]);
}

/* DIAG is about all alternatives at once. */
static void
explain(struct choice *choice, struct az_diag *diag)
{
    az_check_explain(choice->check, diag, choice->branches, choice->node,
                     choice->branches->count);
}

/* Reports that VALUE, that of MEMBER or (NULL) the node itself, is none of
   VALUES. */
static void
report_values(struct choice *choice, const struct values *values,
              const struct az_node *value, const struct az_member *member)
{
    struct az_check *check = choice->check;
    const struct az_failure failure = {
        .id = choice->id,
        .span = value->span,
        .schema = choice->schema,
        .at = choice->branches->at,
        .related = "the alternatives are here",
        .container = member == NULL ? NULL : choice->node,
        .index =
            member == NULL ? 0 : (uint32_t)(member - choice->node->members),
        .judges_container = true
    };
    struct az_diag *diag;

    if (!az_check_failed(check))
        return;
    diag = az_check_report(
        check, &failure, "expected %s, found %s",
        az_check_list_values(check, values->items, values->count),
        az_node_quote(check->arena, value));
    az_check_hint_value(check, diag, values->items, values->count, value);
    az_check_hint_description(check, diag, choice->schema);
    explain(choice, diag);
}

/* Keeps the alternatives that allow the node's type. If none does, that is what
   is wrong, and true. */
static bool
decide_by_type(struct choice *choice)
{
    const struct az_branches *branches = choice->branches;
    const struct az_failure failure = { .id = choice->id,
                                        .span = choice->node->span,
                                        .schema = choice->schema,
                                        .at = branches->at,
                                        .related =
                                            "the alternatives are here" };
    unsigned all = 0, types;
    size_t i, possible = 0;
    struct az_diag *diag;
    bool *fits;

    fits = az_arena_array(choice->check->arena, branches->count, sizeof(*fits));
    for (i = 0; i < branches->count; i++) {
        types = az_facts_types(branches->items[i]);
        all |= types;
        fits[i] = az_check_type_passes(choice->check, types, choice->node);
        possible += fits[i];
    }
    for (i = 0; possible > 0 && i < branches->count; i++)
        if (!fits[i])
            rule_out(choice, i);
    choice->in_quotes =
        (all & az_check_types_in_quotes(choice->check, choice->node)) != 0;
    if (possible > 0 || all == 0)
        return false;
    if (!az_check_failed(choice->check))
        return true;
    diag = az_check_report_type(choice->check, &failure, all, choice->node);
    explain(choice, diag);
    return true;
}

/* Whether each alternative left, of several, is a const or enum; then what is
   wrong is that the node is none of their values. */
static bool
decide_by_value(struct choice *choice)
{
    const struct az_value_rules *rules;
    struct values values = { NULL, 0, 0, 0 };
    size_t i;

    if (choice->alive_count < 2)
        return false;
    for (i = 0; i < choice->branches->count; i++) {
        if (!choice->alive[i])
            continue;
        rules = az_facts_values(choice->branches->items[i]);
        if (rules == NULL || az_facts_agree(rules, choice->node))
            return false;
        add_values(choice->check, &values, rules);
    }
    if (values.count == 0)
        return false;
    report_values(choice, &values, choice->node, NULL);
    return true;
}

/* Whether NODE has one of the keys NAMES. */
static bool
has_one(const struct az_node *node, const struct az_node *names)
{
    size_t i;

    for (i = 0; i < names->count; i++)
        if (az_node_member(node, az_node_text(&names->items[i])) != NULL)
            return true;
    return false;
}

/* If a key that an alternative demands is there misspelt, reports that; else
   NULL. */
static struct az_diag *
report_claimed(struct choice *choice, const struct az_failure *failure)
{
    const struct az_branches *branches = choice->branches;
    const struct az_node *names;
    size_t i, k;

    for (i = 0; i < branches->count; i++) {
        names = az_check_only_required(branches->items[i]);
        for (k = 0; k < names->count; k++)
            if (az_node_member(choice->node, az_node_text(&names->items[k])) ==
                    NULL &&
                az_check_has_claim(choice->check, choice->schema, choice->node,
                                   az_node_text(&names->items[k])))
                return az_check_report_missing(choice->check, failure,
                                               choice->node,
                                               az_node_text(&names->items[k]));
    }
    return NULL;
}

/* Whether each alternative only demands keys, and none of these is there; then
   that is what is wrong. */
static bool
decide_by_required(struct choice *choice)
{
    struct az_check *check = choice->check;
    const struct az_branches *branches = choice->branches;
    const struct az_failure failure = { .id = AZ_DIAG_MISSING_KEY,
                                        .span = az_node_start(choice->node),
                                        .schema = choice->schema,
                                        .at = branches->at,
                                        .related =
                                            "the alternatives are here" };
    const struct az_node *names;
    struct az_diag *diag;
    struct az_buf buf;
    size_t i, listed = 0;

    az_buf_init(&buf, check->arena);
    for (i = 0; i < branches->count; i++) {
        names = az_check_only_required(branches->items[i]);
        if (names == NULL || branches->count < 2 ||
            choice->node->type != AZ_OBJECT || has_one(choice->node, names))
            return false;
        if (listed < i ||
            (buf.len >= AZ_CHECK_LIST_LIMIT && i + 1 < branches->count))
            continue;
        az_buf_add_separator(&buf, listed, branches->count, "or");
        az_buf_add_c(&buf, az_check_list_names(check, names, "and"));
        listed++;
    }
    if (listed < branches->count)
        az_buf_addf(&buf, " or one of %zu more", branches->count - listed);
    if (!az_check_failed(check))
        return true;
    diag = report_claimed(choice, &failure);
    if (diag == NULL)
        diag = az_check_report(check, &failure,
                               "one of these keys is missing: %s", buf.p);
    else
        az_check_hint(check, diag, "one of these has to be there: %s", buf.p);
    explain(choice, diag);
    return true;
}

/* Reports that the key NAME, by which the alternatives are told apart, is
   missing. */
static void
report_no_key(struct choice *choice, struct az_str name,
              const struct values *values)
{
    struct az_check *check = choice->check;
    const struct az_failure failure = { .id = AZ_DIAG_MISSING_KEY,
                                        .span = az_node_start(choice->node),
                                        .schema = choice->schema,
                                        .at = choice->branches->at,
                                        .related =
                                            "the alternatives are here" };
    struct az_diag *diag;

    if (!az_check_failed(check))
        return;
    diag = az_check_report_missing(check, &failure, choice->node, name);
    az_check_hint(check, diag, "its value tells the alternatives apart: %s",
                  az_check_list_values(check, values->items, values->count));
    explain(choice, diag);
}

/* The key NAME is not there.  If each alternative left demands it with a value
   of its own, that is what is wrong, and true. */
static bool
decide_by_no_key(struct choice *choice, struct az_str name, bool sharp)
{
    const struct az_branches *branches = choice->branches;
    const struct az_value_rules *rules;
    struct values values = { NULL, 0, 0, 0 };
    size_t i;

    for (i = 0; i < branches->count; i++) {
        if (!choice->alive[i])
            continue;
        rules = az_facts_values_of_key(branches->items[i], name);
        if (rules == NULL || !az_facts_demand(branches->items[i], name))
            return false;
        add_values(choice->check, &values, rules);
    }
    if (sharp && values.count < values.asked)
        return false;
    report_no_key(choice, name, &values);
    return true;
}

/* Judges by the key NAME: keeps the alternatives that agree with its value.  If
   each has a const or enum for it and none agrees, that is what is wrong, and
   true.  A SHARP decision is left to keys of which no two alternatives ask for
   the same value. */
static bool
decide_by_key(struct choice *choice, struct az_str name, bool sharp)
{
    const struct az_member *member = az_node_member(choice->node, name);
    size_t i, constrained = 0, agreeing = 0, count = choice->branches->count;
    const struct az_value_rules **rules;
    struct values values = { NULL, 0, 0, 0 };

    if (member == NULL)
        return decide_by_no_key(choice, name, sharp);
    rules = az_arena_array(choice->check->arena, count, sizeof(*rules));
    for (i = 0; i < count; i++) {
        if (!choice->alive[i])
            continue;
        rules[i] = az_facts_values_of_key(choice->branches->items[i], name);
        if (rules[i] == NULL)
            continue;
        constrained++;
        agreeing += az_facts_agree(rules[i], &member->value);
        add_values(choice->check, &values, rules[i]);
    }
    if (constrained < 2 || (sharp && values.count < values.asked))
        return false;
    if (agreeing == 0 && constrained == choice->alive_count) {
        report_values(choice, &values, &member->value, member);
        return true;
    }
    for (i = 0; agreeing > 0 && i < count; i++)
        if (rules[i] == NULL || !az_facts_agree(rules[i], &member->value))
            rule_out(choice, i);
    return false;
}

/* Tries the keys for which SCHEMA, an alternative, has a const or enum. */
static bool
decide_by_keys_of(struct choice *choice, const struct az_subschema *schema,
                  bool sharp, unsigned *left)
{
    const struct az_applicators *applicators = schema->applicators;
    const struct az_object_rules *rules = schema->objects;
    size_t i;

    for (i = 0; rules != NULL && i < rules->property_count; i++)
        if (rules->properties[i].schema != NULL && *left > 0 &&
            az_facts_values(rules->properties[i].schema) != NULL &&
            choice->alive_count > 1 &&
            decide_by_key(choice, rules->properties[i].name, sharp))
            return true;
    if (applicators == NULL || *left == 0)
        return false;
    --*left;
    if (applicators->ref.schema != NULL &&
        decide_by_keys_of(choice, applicators->ref.schema, sharp, left))
        return true;
    for (i = 0; i < applicators->all_of.count; i++)
        if (decide_by_keys_of(choice, applicators->all_of.items[i], sharp,
                              left))
            return true;
    return false;
}

/* The first two alternatives left know the key that tells them apart, if there
   is one. */
static bool
decide_by_keys(struct choice *choice, bool sharp)
{
    size_t i, tried = 0;
    unsigned left;

    if (choice->node->type != AZ_OBJECT)
        return false;
    for (i = 0; i < choice->branches->count && tried < 2; i++) {
        if (!choice->alive[i])
            continue;
        tried++;
        left = KEYS_LIMIT;
        if (decide_by_keys_of(choice, choice->branches->items[i], sharp, &left))
            return true;
    }
    return false;
}

static bool
is_nearer(struct az_distance a, struct az_distance b)
{
    return a.shallowest != b.shallowest ? a.shallowest > b.shallowest
                                        : a.errors < b.errors;
}

/* The distance of alternative INDEX. */
static struct az_distance
measure(struct choice *choice, size_t index)
{
    struct az_check *check = choice->check;
    const enum az_mode mode = check->mode;
    const struct az_distance outer = check->distance;
    struct az_distance distance;

    check->mode = AZ_MEASURE;
    check->distance = (struct az_distance){ 0, SIZE_MAX };
    az_check_apply(check, choice->branches->items[index], choice->node, NULL);
    distance = check->distance;
    check->mode = mode;
    check->distance = outer;
    return distance;
}

/* The alternative, of those left, that went deepest, then the one with the
   fewest failures, then the first. */
static size_t
find_nearest(struct choice *choice, struct az_distance *ret_distance)
{
    size_t i, best = choice->branches->count;
    struct az_distance distance;

    for (i = 0; i < choice->branches->count; i++) {
        if (!choice->alive[i])
            continue;
        if (choice->alive_count == 1 && choice->check->mode == AZ_REPORT)
            return i;
        distance = measure(choice, i);
        if (best < choice->branches->count &&
            !is_nearer(distance, *ret_distance))
            continue;
        best = i;
        *ret_distance = distance;
    }
    return best;
}

/* Says which alternative the findings are about. */
static void
hint_one(struct choice *choice, struct az_diag *diag, size_t index)
{
    struct az_check *check = choice->check;
    const struct az_branches *branches = choice->branches;
    const size_t others = branches->count - 1;

    az_check_hint(check, diag,
                  "this is about alternative %zu of %zu%s; %s %s too%s",
                  index + 1, branches->count,
                  az_check_title(check, branches->items[index]),
                  az_str_counted(check->arena, others, "other alternative"),
                  others == 1 ? "fails" : "fail",
                  check->explain_all ? ""
                  : others == 1      ? ", --explain-all shows it"
                                     : ", --explain-all shows them");
    az_check_explain(check, diag, branches, choice->node, index);
}

static void
report_one(struct choice *choice, size_t index)
{
    struct az_check *check = choice->check;
    const struct az_branches *branches = choice->branches;
    struct az_diag *outer = check->wording.first;

    check->wording.first = NULL;
    az_check_apply(check, branches->items[index], choice->node, NULL);
    if (check->wording.first != NULL && choice->in_quotes)
        az_check_hint(check, check->wording.first, "write it without quotes");
    /* Of alternatives inside each other the innermost says most. */
    if (check->wording.first != NULL &&
        check->wording.first != check->wording.told && branches->count > 1) {
        check->wording.told = check->wording.first;
        hint_one(choice, check->wording.first, index);
    }
    if (outer != NULL)
        check->wording.first = outer;
}

void
az_check_report_branches(struct az_check *check,
                         const struct az_subschema *schema,
                         const struct az_branches *branches,
                         const struct az_node *node, enum az_diag_id id)
{
    struct choice choice = { .check = check,
                             .schema = schema,
                             .branches = branches,
                             .node = node,
                             .alive = az_arena_array(
                                 check->arena, branches->count, sizeof(bool)),
                             .alive_count = branches->count,
                             .id = id };
    struct az_distance distance = { 0, SIZE_MAX };
    size_t i;

    for (i = 0; i < branches->count; i++)
        choice.alive[i] = true;
    if (decide_by_value(&choice) || decide_by_type(&choice) ||
        decide_by_value(&choice) || decide_by_required(&choice) ||
        decide_by_keys(&choice, true) || decide_by_keys(&choice, false))
        return;
    i = find_nearest(&choice, &distance);
    if (check->mode == AZ_REPORT) {
        report_one(&choice, i);
        return;
    }
    check->distance.errors += distance.errors;
    if (distance.shallowest < check->distance.shallowest)
        check->distance.shallowest = distance.shallowest;
}
