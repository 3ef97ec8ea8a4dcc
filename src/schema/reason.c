/* The words for what a condition demands, and for what is forbidden.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "schema/check.h"

/* Levels of the document below a condition where it is still worth naming. */
#define REASON_LEVELS 1
/* Keys of a condition that are named. */
#define CLAUSE_LIMIT 4
/* Subschemas of a condition that are looked at. */
#define CONDITION_LIMIT 16

const char *
az_check_list_names(struct az_check *check, const struct az_node *names,
                    const char *word)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, check->arena);
    for (i = 0; i < names->count; i++) {
        if (buf.len >= AZ_CHECK_LIST_LIMIT && i + 1 < names->count)
            break;
        az_buf_add_separator(&buf, i, names->count, word);
        az_buf_add_c(&buf, az_node_quote(check->arena, &names->items[i]));
    }
    if (i < names->count)
        az_buf_addf(&buf, " %s %zu more", word, names->count - i);
    return buf.p;
}

const char *
az_check_only_values(struct az_check *check, const struct az_subschema *schema)
{
    const struct az_value_rules *rules = schema->values;

    if (rules == NULL || schema->objects != NULL || schema->strings != NULL ||
        schema->applicators != NULL)
        return NULL;
    if (rules->const_at != NULL)
        return az_node_quote(check->arena, &rules->const_at->value);
    return az_check_list_values(check, rules->values, rules->count);
}

const struct az_node *
az_check_only_required(const struct az_subschema *schema)
{
    const struct az_object_rules *rules = schema->objects;
    size_t i;

    if (rules == NULL || rules->required_at == NULL ||
        rules->required_at->value.count == 0 || schema->values != NULL ||
        schema->numbers != NULL || schema->strings != NULL ||
        schema->arrays != NULL || schema->applicators != NULL ||
        rules->pattern_count > 0 || rules->additional.schema != NULL ||
        rules->names.schema != NULL || rules->minimum.at != NULL ||
        rules->maximum.at != NULL || rules->dependency_count > 0 ||
        rules->unevaluated.schema != NULL)
        return NULL;
    for (i = 0; i < rules->property_count; i++)
        if (rules->properties[i].schema != NULL)
            return NULL;
    return &rules->required_at->value;
}

/* What a condition says of one object: clauses like "'kind' is 'x'". */
struct clauses {
    struct az_check *check;
    const struct az_node *node;
    bool holds;
    struct az_buf buf;
    size_t count;
    unsigned left;
};

static void
add_clause(struct clauses *clauses, struct az_str key, const char *what,
           const char *value)
{
    if (clauses->count++ < CLAUSE_LIMIT)
        az_buf_addf(&clauses->buf, "%s%s %s%s",
                    clauses->count == 1 ? "" : " and ",
                    az_str_quote(clauses->check->arena, key), what, value);
}

/* One key of the condition, if it has a const or enum for it: that the value is
   what it is, or that it is not what was asked for. */
static void
add_property(struct clauses *clauses, const struct az_property *property)
{
    struct az_check *check = clauses->check;
    const struct az_member *member =
        az_node_member(clauses->node, property->name);
    const struct az_node *value = member == NULL ? NULL : &member->value;
    const char *asked = property->schema == NULL
                            ? NULL
                            : az_check_only_values(check, property->schema);

    if (asked == NULL || value == NULL)
        return;
    if (clauses->holds)
        add_clause(clauses, property->name, "is ",
                   az_node_quote(check->arena, value));
    else if (!az_check_answers(check, property->schema, value, NULL))
        add_clause(clauses, property->name, "is not ", asked);
}

static void
add_clauses(struct clauses *clauses, const struct az_subschema *schema)
{
    const struct az_object_rules *rules = schema->objects;
    const struct az_applicators *applicators = schema->applicators;
    const struct az_node *names;
    size_t i;

    if (clauses->left == 0)
        return;
    clauses->left--;
    for (i = 0; rules != NULL && i < rules->property_count; i++)
        add_property(clauses, &rules->properties[i]);
    if (applicators != NULL && applicators->ref.schema != NULL)
        add_clauses(clauses, applicators->ref.schema);
    for (i = 0; applicators != NULL && i < applicators->all_of.count; i++)
        add_clauses(clauses, applicators->all_of.items[i]);
    if (clauses->count > 0 || rules == NULL || rules->required_at == NULL)
        return;
    names = &rules->required_at->value;
    for (i = 0; i < names->count; i++)
        if ((az_node_member(clauses->node, az_node_text(&names->items[i])) !=
             NULL) == clauses->holds)
            add_clause(clauses, az_node_text(&names->items[i]),
                       clauses->holds ? "is there" : "is not there", "");
}

/* The reason in words; NULL where the condition is too much for them. */
static const char *
words_of(struct az_check *check, const struct az_reason *reason)
{
    struct clauses clauses = { .check = check,
                               .node = reason->node,
                               .holds = reason->holds,
                               .left = CONDITION_LIMIT };

    az_buf_init(&clauses.buf, check->arena);
    if (reason->key != NULL)
        add_clause(&clauses, reason->key->key, "is there", "");
    else if (reason->node->type == AZ_OBJECT)
        add_clauses(&clauses, reason->condition);
    return clauses.count == 0 || clauses.count > CLAUSE_LIMIT ? NULL
                                                              : clauses.buf.p;
}

void
az_check_reason(struct az_check *check, struct az_diag *diag)
{
    const struct az_reason *reason = check->wording.reason;
    const struct az_scope *scope;
    const char *words;

    if (reason == NULL ||
        check->path_count > reason->path_count + REASON_LEVELS)
        return;
    words = words_of(check, reason);
    if (words != NULL)
        az_check_hint(check, diag, "demanded because %s", words);
    scope = reason->scope;
    if (scope->document->source != NULL)
        az_diag_relate(
            check->sink, diag,
            az_place_of(scope->document->source, reason->at->key_span), "%s",
            reason->key != NULL ? "demanded by this key"
            : reason->holds     ? "this condition holds"
                                : "this condition does not hold");
}

/* The types that SCHEMA allows if it judges nothing else; else NULL. */
static const char *
only_types(struct az_check *check, const struct az_subschema *schema)
{
    if (schema->types == AZ_TYPES_ALL || schema->step_count > 0)
        return NULL;
    return az_check_list_types(check, schema->types);
}

/* The pattern that SCHEMA demands if it does nothing else; NULL. */
static struct az_regex *
only_pattern(const struct az_subschema *schema)
{
    if (schema->strings == NULL || schema->step_count != 1 ||
        schema->strings->minimum.at != NULL ||
        schema->strings->maximum.at != NULL || schema->strings->format != NULL)
        return NULL;
    return schema->strings->pattern;
}

/* "the key 'x'" or "item 3", where the path has come to; NULL at its start. */
static const char *
last_step(struct az_check *check)
{
    const struct az_path_step *step;

    if (check->path_count == 0)
        return NULL;
    step = &check->path[check->path_count - 1];
    if (step->container->type != AZ_OBJECT)
        return az_arena_printf(check->arena, "item %u",
                               (unsigned)step->index + 1);
    return az_arena_printf(
        check->arena, "the key %s",
        az_str_quote(check->arena, step->container->members[step->index].key));
}

void
az_check_report_false(struct az_check *check, const struct az_failure *failure,
                      const struct az_node *node)
{
    const char *step = last_step(check);
    struct az_diag *diag;

    if (step == NULL) {
        az_check_report(check, failure, "nothing may stand here, found %s",
                        az_node_quote(check->arena, node));
        return;
    }
    diag = az_check_report(check, failure, "%s may not stand here", step);
    az_check_hint(check, diag, "take it out");
}

static struct az_diag *
report_names(struct az_check *check, const struct az_failure *failure,
             const struct az_node *names)
{
    struct az_diag *diag;

    if (names->count == 1) {
        diag = az_check_report(check, failure, "the key %s may not stand here",
                               az_node_quote(check->arena, &names->items[0]));
        az_check_hint(check, diag, "take it out");
        return diag;
    }
    diag = az_check_report(check, failure, "the keys %s may not stand together",
                           az_check_list_names(check, names, "and"));
    az_check_hint(check, diag, "take one of them out");
    return diag;
}

void
az_check_report_not(struct az_check *check, const struct az_failure *failure,
                    const struct az_subschema *forbidden,
                    const struct az_node *node)
{
    const char *quote = az_node_quote(check->arena, node);
    const char *step = last_step(check);
    const char *description, *what;
    const struct az_node *names;
    struct az_diag *diag;

    while (forbidden->same_as != NULL)
        forbidden = forbidden->same_as;
    description = az_check_description(check, forbidden);
    names = az_check_only_required(forbidden);
    what = az_check_only_values(check, forbidden);
    if (what == NULL)
        what = only_types(check, forbidden);
    if (forbidden->acceptance == AZ_ACCEPTS_ALL && step != NULL) {
        az_check_report_false(check, failure, node);
        return;
    }
    if (names != NULL)
        diag = report_names(check, failure, names);
    else if (description != NULL)
        diag = az_check_report(check, failure, "%s is forbidden: %s", quote,
                               description);
    else if (what != NULL)
        diag = az_check_report(
            check, failure, "expected anything but %s, found %s", what, quote);
    else if (only_pattern(forbidden) != NULL)
        diag = az_check_report(
            check, failure, "%s matches the pattern %s, which is forbidden",
            quote,
            az_str_quote(check->arena,
                         az_regex_pattern(only_pattern(forbidden))));
    else
        diag =
            az_check_report(check, failure, "%s is what 'not' forbids", quote);
    az_check_hint_description(check, diag, failure->schema);
}
