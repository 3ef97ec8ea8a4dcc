/* From the parsed to the compiled form.
   SPDX-License-Identifier: MIT */

#include "schema/compile.h"

#include <stdarg.h>

#include "core/arena.h"
#include "schema/check.h"
#include "schema/place.h"

/* What judges the keywords of a stage, and nodes of which types.  The dispatch
   of az_check_apply follows the order. */
/* clang-format off */
static const struct az_step stages[AZ_STAGE_COUNT] = {
    [AZ_STAGE_VALUE] = { az_check_values, AZ_TYPES_ALL },
    [AZ_STAGE_NUMBER] = { az_check_number, AZ_TYPE_BIT(AZ_NUMBER) },
    [AZ_STAGE_STRING] = { az_check_string, AZ_TYPE_BIT(AZ_STRING) },
    [AZ_STAGE_ARRAY] = { az_check_array, AZ_TYPE_BIT(AZ_ARRAY) },
    [AZ_STAGE_OBJECT] = { az_check_object, AZ_TYPE_BIT(AZ_OBJECT) },
    [AZ_STAGE_REFERENCE] = { az_check_references, AZ_TYPES_ALL },
    [AZ_STAGE_ALL_OF] = { az_check_all_of, AZ_TYPES_ALL },
    [AZ_STAGE_ANY_OF] = { az_check_any_of, AZ_TYPES_ALL },
    [AZ_STAGE_ONE_OF] = { az_check_one_of, AZ_TYPES_ALL },
    [AZ_STAGE_NOT] = { az_check_not, AZ_TYPES_ALL },
    [AZ_STAGE_CONDITION] = { az_check_condition, AZ_TYPES_ALL },
    [AZ_STAGE_DEPENDENT] = { az_check_dependencies, AZ_TYPE_BIT(AZ_OBJECT) },
    [AZ_STAGE_UNEVALUATED] = { az_check_unevaluated, AZ_TYPES_CONTAINER },
};
/* clang-format on */

static struct az_place
place_in_unit(const struct az_compiler *compiler, struct az_span span)
{
    return az_place_of(compiler->unit->resource->document->source, span);
}

struct az_diag *
az_compile_fail(struct az_compiler *compiler, enum az_diag_id id,
                struct az_span span, const char *format, ...)
{
    const char *message;
    va_list args;

    va_start(args, format);
    message = az_arena_vprintf(compiler->arena, format, args);
    va_end(args);
    compiler->errors++;
    return az_sink_add(compiler->sink, id, place_in_unit(compiler, span), "%s",
                       message);
}

struct az_diag *
az_compile_warn(struct az_compiler *compiler, struct az_span span,
                const char *format, ...)
{
    const char *message;
    va_list args;

    va_start(args, format);
    message = az_arena_vprintf(compiler->arena, format, args);
    va_end(args);
    return az_sink_add(compiler->sink, AZ_DIAG_SCHEMA_UNKNOWN_KEYWORD,
                       place_in_unit(compiler, span), "%s", message);
}

void
az_compile_locate(struct az_compiler *compiler, struct az_diag *diag,
                  const struct az_node *node)
{
    diag->pointer = az_document_pointer(
        compiler->arena, compiler->unit->resource->document, node);
}

struct az_regex *
az_compile_regex(struct az_compiler *compiler, struct az_str text,
                 struct az_span span, const struct az_node *where)
{
    const struct az_document *document = compiler->unit->resource->document;
    struct az_regex_error error;
    struct az_regex *regex =
        az_regex_new(compiler->arena, text, AZ_REGEX_ECMA, false, &error);
    struct az_diag *diag;

    if (regex != NULL) {
        compiler->patterns = az_arena_grow(
            compiler->arena, compiler->patterns, compiler->pattern_count,
            &compiler->pattern_capacity, sizeof(struct az_regex *));
        compiler->patterns[compiler->pattern_count++] = regex;
        return regex;
    }
    diag = az_compile_fail(
        compiler, AZ_DIAG_REGEX_INVALID,
        az_schema_place_in_string(document->source, span, text, error.offset),
        "%s%s",
        error.unsupported ? "the pattern needs what is not supported: " : "",
        error.message);
    az_compile_locate(compiler, diag, where);
    return NULL;
}

static void
report_dialect(struct az_compiler *compiler, const struct az_resource *resource)
{
    const struct az_document *document = resource->document;
    struct az_diag *diag;

    compiler->errors++;
    diag = az_sink_add(compiler->sink, AZ_DIAG_SCHEMA_INVALID,
                       az_document_place(document, resource->dialect_at), "%s",
                       resource->dialect_problem);
    diag->pointer =
        az_document_pointer(compiler->arena, document, resource->dialect_at);
    az_diag_hint(compiler->sink, diag, "%s", resource->dialect_hint);
}

/* The scope of RESOURCE in this compilation; the units of its dynamic anchors
   are wanted, for one may be referred to from anywhere. */
static struct az_scope *
want_scope(struct az_compiler *compiler, struct az_resource *resource)
{
    const struct az_anchor *anchor;
    struct az_scope *scope;
    size_t i;

    if (resource->generation == compiler->generation)
        return resource->scope;
    scope = AZ_NEW(compiler->arena, struct az_scope);
    scope->resource = resource;
    scope->document = resource->document;
    scope->assert_format =
        (resource->vocabularies & AZ_VOCABULARY_FORMAT_ASSERTION) != 0;
    scope->contains_evaluates = resource->dialect->contains_evaluates;
    az_map_init(&scope->dynamics, compiler->arena);
    resource->generation = compiler->generation;
    resource->scope = scope;
    if (resource->metaschema.len > 0) {
        compiler->resources = az_arena_grow(
            compiler->arena, compiler->resources, compiler->resource_count,
            &compiler->resource_capacity, sizeof(*compiler->resources));
        compiler->resources[compiler->resource_count++] = resource;
    }
    if (resource->dialect_problem != NULL)
        report_dialect(compiler, resource);
    if (resource->recursive)
        az_map_put(&scope->dynamics, AZ_RECURSIVE_ANCHOR, NULL)->value =
            az_compile_want(compiler, az_schema_unit_find(compiler->registry,
                                                          resource->root));
    for (i = 0; i < resource->anchors.count; i++) {
        anchor = resource->anchors.entries[i].value;
        if (anchor->dynamic)
            az_map_put(&scope->dynamics, resource->anchors.entries[i].key, NULL)
                ->value = az_compile_want(compiler, anchor->unit);
    }
    return scope;
}

struct az_subschema *
az_compile_want(struct az_compiler *compiler, struct az_schema_unit *unit)
{
    if (unit->generation == compiler->generation)
        return unit->compiled;
    unit->generation = compiler->generation;
    unit->edges = NULL;
    unit->next = NULL;
    unit->mark = 0;
    unit->compiled = AZ_NEW(compiler->arena, struct az_subschema);
    unit->compiled->types = AZ_TYPES_ALL;
    unit->compiled->node = unit->node;
    unit->compiled->scope = want_scope(compiler, unit->resource);
    if (compiler->all == NULL)
        compiler->all = unit;
    else
        compiler->last->next = unit;
    compiler->last = unit;
    return unit->compiled;
}

const struct az_subschema *
az_compile_child(struct az_compiler *compiler, const struct az_node *node)
{
    return az_compile_want(compiler,
                           az_schema_parse_unit(compiler->registry, node,
                                                compiler->unit->resource));
}

static void
add_edge(struct az_compiler *compiler, struct az_schema_unit *to,
         const struct az_member *at)
{
    struct az_edge *edge = AZ_NEW(compiler->arena, struct az_edge);

    *edge = (struct az_edge){ to, at, compiler->unit->edges };
    compiler->unit->edges = edge;
}

const struct az_subschema *
az_compile_in_place(struct az_compiler *compiler, const struct az_node *node,
                    const struct az_member *at)
{
    struct az_schema_unit *to = az_schema_parse_unit(compiler->registry, node,
                                                     compiler->unit->resource);

    add_edge(compiler, to, at);
    return az_compile_want(compiler, to);
}

#define GROUP(name, member)                                                    \
    struct name *az_compile_##member(struct az_compiler *compiler,             \
                                     struct az_subschema *schema)              \
    {                                                                          \
        if (schema->member == NULL)                                            \
            schema->member = AZ_NEW(compiler->arena, struct name);             \
        return schema->member;                                                 \
    }

GROUP(az_value_rules, values)
GROUP(az_number_rules, numbers)
GROUP(az_string_rules, strings)
GROUP(az_array_rules, arrays)
GROUP(az_object_rules, objects)
GROUP(az_applicators, applicators)

#undef GROUP

/* Warns that the keyword of USE has no effect, for the reason that WHY and
   DETAIL give. */
static struct az_diag *
warn_idle(struct az_compiler *compiler, const struct az_use *use,
          const char *why, const char *detail)
{
    struct az_diag *diag = az_compile_warn(
        compiler, use->member->key_span, "%s %s%s",
        az_str_quote(compiler->arena, use->member->key), why, detail);

    az_compile_locate(compiler, diag, &use->member->value);
    return diag;
}

static void
warn_unknown(struct az_compiler *compiler, const struct az_use *use)
{
    const struct az_str name = use->member->key;
    const struct az_dialect *dialect = compiler->unit->resource->dialect;
    const struct az_dialect *first;
    const char *nearest;
    struct az_diag *diag;

    if (az_str_starts_with(name, AZ_STR("x-")))
        return;
    first = az_dialect_first(name);
    if (first != NULL) {
        diag = warn_idle(compiler, use, "has no effect in JSON Schema ",
                         dialect->name);
        az_diag_hint(compiler->sink, diag,
                     "it is a keyword since %s: name a later draft with "
                     "'$schema'",
                     first->name);
        return;
    }
    diag =
        az_compile_warn(compiler, use->member->key_span, "unknown keyword %s",
                        az_str_quote(compiler->arena, name));
    az_compile_locate(compiler, diag, &use->member->value);
    nearest = az_dialect_nearest(dialect, name);
    if (nearest != NULL)
        az_diag_hint(compiler->sink, diag, "did you mean '%s'?", nearest);
    else
        az_diag_hint(compiler->sink, diag,
                     "JSON Schema %s ignores it; a remark of your own begins "
                     "with 'x-'",
                     dialect->name);
}

/* Whether the keyword of USE does anything here; if not, a warning says so. */
static bool
is_in_force(struct az_compiler *compiler, const struct az_use *use)
{
    const struct az_resource *resource = compiler->unit->resource;
    const struct az_keyword *keyword = use->keyword;

    if (keyword == NULL) {
        warn_unknown(compiler, use);
        return false;
    }
    if (keyword->shape == AZ_SHAPE_OBSOLETE) {
        az_diag_hint(compiler->sink,
                     warn_idle(compiler, use, "has no effect in JSON Schema ",
                               resource->dialect->name),
                     "use %s", keyword->instead);
        return false;
    }
    if ((keyword->vocabularies & resource->vocabularies) != 0)
        return true;
    warn_idle(compiler, use,
              "has no effect: the dialect does not use its vocabulary", "");
    return false;
}

/* Whether "$ref" hides the keyword of USE; if that would judge, a warning says
   so. */
static bool
is_hidden(struct az_compiler *compiler, const struct az_use *use)
{
    const struct az_keyword *keyword = use->keyword;

    if (!compiler->unit->is_mere_reference ||
        keyword->stage == AZ_STAGE_REFERENCE ||
        keyword->compile == az_compile_defs)
        return false;
    if (keyword->compile != NULL)
        az_diag_hint(compiler->sink,
                     warn_idle(compiler, use,
                               "has no effect beside '$ref' in JSON Schema ",
                               compiler->unit->resource->dialect->name),
                     "put the reference into an 'allOf'");
    return true;
}

/* The steps of SCHEMA for the stages that STAGES has as bits. */
static void
set_steps(struct az_compiler *compiler, struct az_subschema *schema,
          uint32_t wanted)
{
    struct az_step steps[AZ_STAGE_COUNT], *copy;
    uint16_t count = 0, i;
    unsigned stage;

    for (stage = AZ_STAGE_NONE + 1; stage < AZ_STAGE_COUNT; stage++)
        if (wanted & (1u << stage))
            steps[count++] = stages[stage];
    if (count > 0) {
        copy = az_arena_array(compiler->arena, count, sizeof(*copy));
        for (i = 0; i < count; i++)
            copy[i] = steps[i];
        schema->steps = copy;
        schema->step_count = count;
    } else if (schema->types == AZ_TYPES_ALL) {
        schema->acceptance = AZ_ACCEPTS_ALL;
    }
}

static void
compile_object(struct az_compiler *compiler, struct az_subschema *schema)
{
    const struct az_schema_unit *unit = compiler->unit;
    const struct az_keyword *keyword;
    uint32_t wanted = 0;
    size_t i;

    for (i = 0; i < unit->use_count; i++) {
        keyword = unit->uses[i].keyword;
        if (!is_in_force(compiler, &unit->uses[i]) ||
            !az_schema_shape_check(compiler, &unit->uses[i]) ||
            is_hidden(compiler, &unit->uses[i]))
            continue;
        if (keyword->compile != NULL)
            keyword->compile(compiler, schema, &unit->uses[i]);
        wanted |= 1u << keyword->stage;
    }
    if (schema->objects != NULL)
        az_compile_finish_objects(compiler, schema);
    set_steps(compiler, schema, wanted);
}

static void
compile_unit(struct az_compiler *compiler, struct az_schema_unit *unit)
{
    const struct az_dialect *dialect = unit->resource->dialect;
    struct az_subschema *schema = unit->compiled;
    struct az_diag *diag;

    compiler->unit = unit;
    if (unit->node->type == AZ_OBJECT) {
        compile_object(compiler, schema);
    } else if (unit->node->type == AZ_BOOLEAN &&
               (dialect->has_boolean_schemas || unit->may_be_boolean)) {
        schema->acceptance =
            unit->node->truth ? AZ_ACCEPTS_ALL : AZ_ACCEPTS_NONE;
    } else {
        diag =
            az_compile_fail(compiler, AZ_DIAG_SCHEMA_INVALID, unit->node->span,
                            "a schema is an object%s, not %s",
                            dialect->has_boolean_schemas ? " or a boolean" : "",
                            az_node_quote(compiler->arena, unit->node));
        az_compile_locate(compiler, diag, unit->node);
        if (unit->node->type == AZ_BOOLEAN)
            az_diag_hint(compiler->sink, diag, "in %s write %s", dialect->name,
                         unit->node->truth ? "{}" : "{\"not\": {}}");
    }
}

/* Lets a schema that is only a reference be passed over when it is applied. */
static void
shorten(struct az_subschema *schema)
{
    const struct az_applicators *applicators = schema->applicators;

    if (schema->step_count == 1 &&
        schema->steps[0].check == az_check_references &&
        schema->types == AZ_TYPES_ALL && !schema->tracks &&
        applicators->dynamic_ref.schema == NULL &&
        applicators->ref.schema->scope == schema->scope)
        schema->same_as = applicators->ref.schema;
}

const struct az_schema *
az_compile_root(struct az_registry *registry, struct az_sink *sink,
                struct az_schema_unit *root)
{
    struct az_compiler compiler = { .registry = registry,
                                    .arena = registry->arena,
                                    .sink = sink,
                                    .generation = ++registry->generation,
                                    .guesses_left = AZ_GUESS_BUDGET };
    struct az_schema_unit *unit;
    struct az_schema *schema;

    az_map_init(&compiler.formats, compiler.arena);
    az_compile_want(&compiler, root);
    for (unit = compiler.all; unit != NULL; unit = unit->next)
        if (unit->resource->dialect_problem == NULL)
            compile_unit(&compiler, unit);
    az_compile_check_loops(&compiler);
    if (compiler.errors > 0)
        return NULL;
    for (unit = compiler.all; unit != NULL; unit = unit->next)
        shorten(unit->compiled);
    schema = AZ_NEW(registry->arena, struct az_schema);
    schema->root = root->compiled;
    schema->patterns = compiler.patterns;
    schema->pattern_count = compiler.pattern_count;
    /* What is compiled from here on makes the units its own. */
    az_compile_check_metaschemas(&compiler);
    return compiler.errors > 0 ? NULL : schema;
}

const struct az_schema *
az_schema_compile(struct az_registry *registry, struct az_sink *sink,
                  const struct az_document *document, struct az_str base)
{
    return az_compile_root(
        registry, sink,
        az_schema_parse_document(registry, document, base, NULL));
}

void
az_schema_prepare(const struct az_schema *schema)
{
    size_t i;

    for (i = 0; i < schema->pattern_count; i++)
        az_regex_prepare(schema->patterns[i]);
}
