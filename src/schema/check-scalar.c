/* Applying the keywords that judge single values.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "core/utf8.h"
#include "schema/check.h"
#include "schema/number.h"

/* Lists up to this long are searched one by one. */
#define FEW 8

static bool
is_one_of(const struct az_value_rules *rules, const struct az_node *node)
{
    size_t low = 0, high = rules->count, middle;
    int order;

    if (rules->count <= FEW) {
        for (; low < high; low++)
            if (az_node_equal(rules->sorted[low], node))
                return true;
        return false;
    }
    while (low < high) {
        middle = low + (high - low) / 2;
        order = az_node_compare(rules->sorted[middle], node);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static void
report_const(struct az_check *check, const struct az_subschema *schema,
             const struct az_node *node)
{
    const struct az_member *at = schema->values->const_at;
    const struct az_node *wanted = &at->value;
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_CONST,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = at,
                                        .related =
                                            "the allowed value is here" };
    struct az_diag *diag = az_check_report(
        check, &failure, "expected %s, found %s",
        az_node_quote(check->arena, wanted), az_node_quote(check->arena, node));

    az_check_hint_value(check, diag, &wanted, 1, node);
    az_check_hint_description(check, diag, schema);
}

static void
report_enum(struct az_check *check, const struct az_subschema *schema,
            const struct az_node *node)
{
    const struct az_value_rules *rules = schema->values;
    const struct az_member *at = rules->enum_at;
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_ENUM,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = at,
                                        .related =
                                            "the allowed values are here" };
    struct az_diag *diag = az_check_report(
        check, &failure, "expected %s, found %s",
        az_check_list_values(check, rules->values, rules->count),
        az_node_quote(check->arena, node));

    az_check_hint_value(check, diag, rules->values, rules->count, node);
    az_check_hint_description(check, diag, schema);
}

bool
az_check_values(struct az_check *check, const struct az_subschema *schema,
                const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_value_rules *rules = schema->values;

    (void)evaluated;
    if (rules->const_at != NULL &&
        !az_node_equal(&rules->const_at->value, node)) {
        if (az_check_failed(check))
            report_const(check, schema, node);
        return false;
    }
    if (rules->enum_at != NULL && !is_one_of(rules, node)) {
        if (az_check_failed(check))
            report_enum(check, schema, node);
        return false;
    }
    return true;
}

/* The number NODE, taken apart as far as comparing needs. */
struct number {
    const struct az_node *node;
    int64_t integer;
    bool is_integer;
};

/* Below, at or above 0 as NUMBER is less than, equal to or greater than the
   limit. */
static int
compare(const struct number *number, const struct az_bound *bound)
{
    if (number->is_integer && bound->is_integer)
        return (number->integer > bound->integer) -
               (number->integer < bound->integer);
    return az_decimal_compare_text(az_node_text(number->node),
                                   az_node_text(&bound->at->value));
}

static void
note_bound(struct az_check *check, const struct az_number_rules *rules,
           const struct az_bound *bound)
{
    struct az_schema_bounds *bounds = check->bounds;

    if (bounds == NULL)
        return;
    bounds->items = az_arena_grow(check->arena, bounds->items, bounds->count,
                                  &bounds->capacity, sizeof(*bounds->items));
    bounds->items[bounds->count++] = (struct az_schema_bound){
        .limit = az_node_text(&bound->at->value),
        .upper = bound == &rules->maximum || bound == &rules->exclusive_maximum,
        .strict = bound == &rules->exclusive_minimum ||
                  bound == &rules->exclusive_maximum,
    };
}

static bool
fails_bound(struct az_check *check, const struct az_subschema *schema,
            const struct az_node *node, const struct az_bound *bound,
            const char *words)
{
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_BOUND,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = bound->at,
                                        .related = "the bound is here" };

    if (!az_check_failed(check))
        return false;
    note_bound(check, schema->numbers, bound);
    az_check_hint_description(
        check,
        az_check_report(check, &failure, "%s is not %s %s",
                        az_node_quote(check->arena, node), words,
                        az_node_quote(check->arena, &bound->at->value)),
        schema);
    return false;
}

static bool
check_step(struct az_check *check, const struct az_subschema *schema,
           const struct az_node *node)
{
    const struct az_number_rules *rules = schema->numbers;
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_MULTIPLE,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = rules->step_at,
                                        .related = "the step is here" };
    struct az_decimal value;

    if (az_decimal_of(check->arena, node, &value) &&
        az_decimal_is_multiple(value, rules->step))
        return true;
    if (az_check_failed(check))
        az_check_hint_description(
            check,
            az_check_report(
                check, &failure, "%s is not a multiple of %s",
                az_node_quote(check->arena, node),
                az_node_quote(check->arena, &rules->step_at->value)),
            schema);
    return false;
}

bool
az_check_number(struct az_check *check, const struct az_subschema *schema,
                const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_number_rules *rules = schema->numbers;
    struct number number = { .node = node };
    bool valid = true;

    (void)evaluated;
    number.is_integer =
        az_schema_number_small(az_node_text(node), &number.integer);
    if (rules->minimum.at != NULL && compare(&number, &rules->minimum) < 0)
        valid = fails_bound(check, schema, node, &rules->minimum, "at least");
    if (rules->exclusive_minimum.at != NULL &&
        compare(&number, &rules->exclusive_minimum) <= 0)
        valid = fails_bound(check, schema, node, &rules->exclusive_minimum,
                            "above");
    if (rules->maximum.at != NULL && compare(&number, &rules->maximum) > 0)
        valid = fails_bound(check, schema, node, &rules->maximum, "at most");
    if (rules->exclusive_maximum.at != NULL &&
        compare(&number, &rules->exclusive_maximum) >= 0)
        valid = fails_bound(check, schema, node, &rules->exclusive_maximum,
                            "below");
    if (rules->step_at != NULL)
        valid = check_step(check, schema, node) && valid;
    return valid;
}

/* A code point has 1 to 4 bytes, so that the bytes often tell enough. */
static bool
is_length_in(const struct az_string_rules *rules, struct az_str text)
{
    uint64_t least = (text.len + 3) / 4, length;

    if ((rules->minimum.at == NULL || least >= rules->minimum.value) &&
        (rules->maximum.at == NULL || text.len <= rules->maximum.value))
        return true;
    length = az_utf8_length(text);
    return (rules->minimum.at == NULL || length >= rules->minimum.value) &&
           (rules->maximum.at == NULL || length <= rules->maximum.value);
}

static bool
fails_length(struct az_check *check, const struct az_subschema *schema,
             const struct az_node *node)
{
    const struct az_string_rules *rules = schema->strings;
    uint64_t length = az_utf8_length(az_node_text(node));
    bool is_short = rules->minimum.at != NULL && length < rules->minimum.value;
    const struct az_count *limit = is_short ? &rules->minimum : &rules->maximum;
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_LENGTH,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = limit->at,
                                        .related = "the limit is here" };

    if (!az_check_failed(check))
        return false;
    if (length == 0)
        az_check_hint_description(
            check,
            az_check_report(check, &failure, "the string may not be empty"),
            schema);
    else
        az_check_hint_description(
            check,
            az_check_report(check, &failure, "%s has %s, expected at %s %s",
                            az_node_quote(check->arena, node),
                            az_str_counted(check->arena, length, "character"),
                            is_short ? "least" : "most",
                            az_node_quote(check->arena, &limit->at->value)),
            schema);
    return false;
}

static void
report_pattern(struct az_check *check, const struct az_subschema *schema,
               const struct az_node *node)
{
    const struct az_string_rules *rules = schema->strings;
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_PATTERN,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = rules->pattern_at,
                                        .related = "the pattern is here" };

    az_check_hint_description(
        check,
        az_check_report(
            check, &failure, "%s does not match the pattern %s",
            az_node_quote(check->arena, node),
            az_str_quote(check->arena, az_regex_pattern(rules->pattern))),
        schema);
}

static bool
check_pattern(struct az_check *check, const struct az_subschema *schema,
              const struct az_node *node)
{
    const enum az_regex_result result =
        az_check_match(check, schema, schema->strings->pattern,
                       az_node_text(node), node->span);

    if (result == AZ_REGEX_MATCH)
        return true;
    /* Over the budget there is a finding of its own. */
    if (az_check_failed(check) && result == AZ_REGEX_NO_MATCH)
        report_pattern(check, schema, node);
    return false;
}

static bool
check_format(struct az_check *check, const struct az_subschema *schema,
             const struct az_node *node)
{
    const struct az_string_rules *rules = schema->strings;
    const struct az_schema_format *format = rules->format;
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_FORMAT,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = rules->format_at,
                                        .related = "the format is here" };
    const bool explain = check->mode == AZ_REPORT;
    const char *reason = "";
    struct az_diag *diag;

    if (check->ignore_format ||
        (!check->assert_format && !schema->scope->assert_format) ||
        az_schema_format_check(format, check->arena, az_node_text(node),
                               explain ? &reason : NULL))
        return true;
    if (!az_check_failed(check))
        return false;
    diag = az_check_report(check, &failure, "%s is not %s: %s",
                           az_node_quote(check->arena, node), format->what,
                           reason);
    az_check_hint(check, diag, "%s is written as %s", format->what,
                  format->example);
    az_check_hint_description(check, diag, schema);
    return false;
}

bool
az_check_string(struct az_check *check, const struct az_subschema *schema,
                const struct az_node *node, struct az_evaluated *evaluated)
{
    const struct az_string_rules *rules = schema->strings;
    bool valid = true;

    (void)evaluated;
    if (!is_length_in(rules, az_node_text(node)))
        valid = fails_length(check, schema, node);
    if (rules->pattern != NULL)
        valid = check_pattern(check, schema, node) && valid;
    if (rules->format != NULL)
        valid = check_format(check, schema, node) && valid;
    return valid;
}
