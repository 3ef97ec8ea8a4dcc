/* Compiling the keywords that judge single values.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "schema/compile.h"
#include "schema/number.h"

static uint8_t
type_bit(const struct az_compiler *compiler, const struct az_node *name)
{
    unsigned type;

    if (az_node_is_string(name, "integer"))
        return compiler->unit->resource->dialect->integer_is_written
                   ? AZ_TYPE_WRITTEN
                   : AZ_TYPE_INTEGER;
    for (type = AZ_NULL; type <= AZ_OBJECT; type++)
        if (az_node_is_string(name, az_type_name((enum az_type)type)))
            break;
    return (uint8_t)AZ_TYPE_BIT(type);
}

void
az_compile_type(struct az_compiler *compiler, struct az_subschema *schema,
                const struct az_use *use)
{
    const struct az_node *value = &use->member->value;
    size_t i;

    schema->type_at = use->member;
    schema->types = 0;
    if (value->type == AZ_STRING)
        schema->types = type_bit(compiler, value);
    else
        for (i = 0; i < value->count; i++)
            schema->types |= type_bit(compiler, &value->items[i]);
}

void
az_compile_const(struct az_compiler *compiler, struct az_subschema *schema,
                 const struct az_use *use)
{
    az_compile_values(compiler, schema)->const_at = use->member;
}

void
az_compile_enum(struct az_compiler *compiler, struct az_subschema *schema,
                const struct az_use *use)
{
    struct az_value_rules *rules = az_compile_values(compiler, schema);
    const struct az_node *value = &use->member->value;
    size_t i;

    rules->enum_at = use->member;
    rules->count = value->count;
    rules->values = az_arena_array(compiler->arena, value->count,
                                   sizeof(const struct az_node *));
    for (i = 0; i < value->count; i++)
        rules->values[i] = &value->items[i];
    rules->sorted = az_node_sorted(compiler->arena, value);
}

static struct az_bound
bound_of(const struct az_use *use)
{
    struct az_bound bound = { .at = use->member };

    bound.is_integer = az_schema_number_small(az_node_text(&use->member->value),
                                              &bound.integer);
    return bound;
}

/* Whether KEYWORD is true beside the one at hand, as in draft 4 only. */
static bool
is_exclusive(const struct az_compiler *compiler, const char *keyword)
{
    return az_node_is_true(az_node_get(compiler->unit->node, keyword));
}

void
az_compile_minimum(struct az_compiler *compiler, struct az_subschema *schema,
                   const struct az_use *use)
{
    struct az_number_rules *rules = az_compile_numbers(compiler, schema);

    if (is_exclusive(compiler, "exclusiveMinimum"))
        rules->exclusive_minimum = bound_of(use);
    else
        rules->minimum = bound_of(use);
}

void
az_compile_maximum(struct az_compiler *compiler, struct az_subschema *schema,
                   const struct az_use *use)
{
    struct az_number_rules *rules = az_compile_numbers(compiler, schema);

    if (is_exclusive(compiler, "exclusiveMaximum"))
        rules->exclusive_maximum = bound_of(use);
    else
        rules->maximum = bound_of(use);
}

void
az_compile_exclusive_minimum(struct az_compiler *compiler,
                             struct az_subschema *schema,
                             const struct az_use *use)
{
    az_compile_numbers(compiler, schema)->exclusive_minimum = bound_of(use);
}

void
az_compile_exclusive_maximum(struct az_compiler *compiler,
                             struct az_subschema *schema,
                             const struct az_use *use)
{
    az_compile_numbers(compiler, schema)->exclusive_maximum = bound_of(use);
}

void
az_compile_multiple_of(struct az_compiler *compiler,
                       struct az_subschema *schema, const struct az_use *use)
{
    struct az_number_rules *rules = az_compile_numbers(compiler, schema);

    rules->step_at = use->member;
    (void)az_decimal_of(compiler->arena, &use->member->value, &rules->step);
}

/* A count from a number that has its shape; what no count can reach is cut. */
static struct az_count
count_of(struct az_compiler *compiler, const struct az_use *use)
{
    struct az_count count = { .value = UINT64_MAX, .at = use->member };
    int64_t value;

    if (az_node_int(compiler->arena, &use->member->value, &value))
        count.value = (uint64_t)value;
    return count;
}

void
az_compile_min_length(struct az_compiler *compiler, struct az_subschema *schema,
                      const struct az_use *use)
{
    az_compile_strings(compiler, schema)->minimum = count_of(compiler, use);
}

void
az_compile_max_length(struct az_compiler *compiler, struct az_subschema *schema,
                      const struct az_use *use)
{
    az_compile_strings(compiler, schema)->maximum = count_of(compiler, use);
}

void
az_compile_min_items(struct az_compiler *compiler, struct az_subschema *schema,
                     const struct az_use *use)
{
    az_compile_arrays(compiler, schema)->minimum = count_of(compiler, use);
}

void
az_compile_max_items(struct az_compiler *compiler, struct az_subschema *schema,
                     const struct az_use *use)
{
    az_compile_arrays(compiler, schema)->maximum = count_of(compiler, use);
}

void
az_compile_min_contains(struct az_compiler *compiler,
                        struct az_subschema *schema, const struct az_use *use)
{
    az_compile_arrays(compiler, schema)->min_contains = count_of(compiler, use);
}

void
az_compile_max_contains(struct az_compiler *compiler,
                        struct az_subschema *schema, const struct az_use *use)
{
    az_compile_arrays(compiler, schema)->max_contains = count_of(compiler, use);
}

void
az_compile_min_properties(struct az_compiler *compiler,
                          struct az_subschema *schema, const struct az_use *use)
{
    az_compile_objects(compiler, schema)->minimum = count_of(compiler, use);
}

void
az_compile_max_properties(struct az_compiler *compiler,
                          struct az_subschema *schema, const struct az_use *use)
{
    az_compile_objects(compiler, schema)->maximum = count_of(compiler, use);
}

void
az_compile_unique_items(struct az_compiler *compiler,
                        struct az_subschema *schema, const struct az_use *use)
{
    az_compile_arrays(compiler, schema)->unique_at =
        use->member->value.truth ? use->member : NULL;
}

void
az_compile_pattern(struct az_compiler *compiler, struct az_subschema *schema,
                   const struct az_use *use)
{
    struct az_string_rules *rules = az_compile_strings(compiler, schema);
    const struct az_node *value = &use->member->value;

    rules->pattern_at = use->member;
    rules->pattern =
        az_compile_regex(compiler, az_node_text(value), value->span, value);
}

/* Says what to do about NAME, which is no format of DIALECT. */
static void
hint_format(struct az_compiler *compiler, struct az_diag *diag,
            struct az_str name, const struct az_dialect *dialect)
{
    const struct az_schema_format *newer =
        az_schema_format_find(name, AZ_DRAFT_2020);
    const char *nearest = az_schema_format_nearest(name, dialect->draft);

    if (newer != NULL)
        az_diag_hint(compiler->sink, diag, "it is a format since %s, not in %s",
                     az_dialect_of(newer->since)->name, dialect->name);
    else if (nearest != NULL)
        az_diag_hint(compiler->sink, diag, "did you mean '%s'?", nearest);
    else
        az_diag_hint(compiler->sink, diag, "JSON Schema %s ignores it",
                     dialect->name);
}

/* A format that the draft does not know is a remark, once for each name, unless
   the dialect judges formats (2020-12 validation, 7.2.2). */
void
az_compile_format(struct az_compiler *compiler, struct az_subschema *schema,
                  const struct az_use *use)
{
    const struct az_dialect *dialect = compiler->unit->resource->dialect;
    struct az_string_rules *rules = az_compile_strings(compiler, schema);
    const struct az_node *value = &use->member->value;
    const struct az_str name = az_node_text(value);
    struct az_diag *diag;
    bool is_news;

    rules->format_at = use->member;
    rules->format = az_schema_format_find(name, dialect->draft);
    if (rules->format != NULL)
        return;
    az_map_put(&compiler->formats, name, &is_news);
    if (schema->scope->assert_format)
        diag = az_compile_fail(compiler, AZ_DIAG_SCHEMA_INVALID, value->span,
                               "the format %s cannot be judged, which the "
                               "dialect demands",
                               az_node_quote(compiler->arena, value));
    else if (is_news)
        diag = az_compile_warn(compiler, value->span, "unknown format %s",
                               az_node_quote(compiler->arena, value));
    else
        return;
    az_compile_locate(compiler, diag, value);
    hint_format(compiler, diag, name, dialect);
}
