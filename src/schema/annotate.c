/* What a schema remarks on the parts of a document that it holds for (2020-12
   core, 7.7 and 12.4).
   SPDX-License-Identifier: MIT

   Each schema is walked that is known to hold for the node; of alternatives
   those that do are found by asking. */

#include "core/arena.h"
#include "core/build.h"
#include "core/limits.h"
#include "core/pointer.h"
#include "schema/check.h"
#include "schema/parsed.h"

struct annotator {
    struct az_check check;
    struct az_annotation *items;
    size_t count;
    size_t capacity;
    size_t size; /* bytes of all locations */
};

/* The application of a schema to a node, of which one keyword is looked at. */
struct use {
    struct annotator *annotator;
    const struct az_subschema *schema;
    const struct az_member *keyword;
    const struct az_node *node;
    const struct az_location *location; /* of the schema; NULL: not yet known */
};

static void annotate(struct annotator *annotator,
                     const struct az_subschema *schema,
                     const struct az_node *node);

static struct az_location
location_of(struct use *use)
{
    struct az_check *check = &use->annotator->check;
    const struct az_failure here = { .schema = use->schema,
                                     .at_node = use->schema->node };
    const struct az_str key = use->keyword->key;
    struct az_buf buf;

    if (use->location == NULL)
        use->location = az_check_location(check, &here);
    az_buf_init(&buf, check->arena);
    az_pointer_add(&buf, key);
    return (struct az_location){
        .instance = use->location->instance,
        .keyword = az_arena_printf(check->arena, "%s%s", use->location->keyword,
                                   buf.p),
        .absolute =
            az_arena_printf(check->arena, "%s%s", use->location->absolute,
                            az_check_encode(check, az_buf_str(&buf))),
    };
}

/* The bytes that an annotation at LOCATION takes, the first at a place, which
   has the locations twice, as much as others. */
static size_t
size_of(const struct az_location *location)
{
    return sizeof(struct az_annotation) + strlen(location->instance) +
           2 * (strlen(location->keyword) + strlen(location->absolute));
}

static void
emit(struct use *use, struct az_node value)
{
    struct annotator *annotator = use->annotator;

    if (annotator->size > AZ_MAX_ANNOTATION_SIZE) {
        annotator->check.stopped = true;
        annotator->check.unsure = true;
        return;
    }
    annotator->items = az_arena_grow(annotator->check.arena, annotator->items,
                                     annotator->count, &annotator->capacity,
                                     sizeof(*annotator->items));
    annotator->items[annotator->count++] =
        (struct az_annotation){ location_of(use), value };
    annotator->size += size_of(use->location) + use->keyword->key.len;
}

static void
annotate_child(struct use *use, const struct az_subschema *schema,
               uint32_t index)
{
    struct az_check *check = &use->annotator->check;
    const struct az_node *node = use->node;

    check->path = az_arena_grow(check->arena, check->path, check->path_count,
                                &check->path_capacity, sizeof(*check->path));
    check->path[check->path_count++] = (struct az_path_step){ node, index };
    annotate(use->annotator, schema,
             node->type == AZ_OBJECT ? &node->members[index].value
                                     : &node->items[index]);
    check->path_count--;
}

static bool
holds(struct use *use, const struct az_subschema *schema)
{
    return az_check_answers(&use->annotator->check, schema, use->node, NULL);
}

static void
annotate_if(struct use *use, const struct az_branch *branch, bool applies)
{
    if (applies)
        annotate(use->annotator, branch->schema, use->node);
}

static void
annotate_all(struct use *use, const struct az_branches *branches)
{
    size_t i;

    for (i = 0; i < branches->count; i++)
        if (holds(use, branches->items[i]))
            annotate(use->annotator, branches->items[i], use->node);
}

/* The keywords that apply schemas to the node itself; false if this is none. */
static bool
use_in_place(struct use *use)
{
    const struct az_applicators *a = use->schema->applicators;
    const struct az_member *keyword = use->keyword;

    if (a == NULL)
        return false;
    if (keyword == a->ref.at)
        annotate_if(use, &a->ref, true);
    else if (keyword == a->dynamic_ref.at)
        annotate(use->annotator,
                 az_check_dynamic_target(&use->annotator->check, a), use->node);
    else if (keyword == a->all_of.at)
        annotate_all(use, &a->all_of);
    else if (keyword == a->any_of.at)
        annotate_all(use, &a->any_of);
    else if (keyword == a->one_of.at)
        annotate_all(use, &a->one_of);
    else if (keyword == a->if_.at)
        annotate_if(use, &a->if_, holds(use, a->if_.schema));
    else if (keyword == a->then.at && a->if_.schema != NULL)
        annotate_if(use, &a->then, holds(use, a->if_.schema));
    else if (keyword == a->else_.at && a->if_.schema != NULL)
        annotate_if(use, &a->else_, !holds(use, a->if_.schema));
    else
        return keyword == a->not_.at;
    return true;
}

/* Whether PATTERN matches the key of MEMBER. */
static bool
matches(struct use *use, const struct az_pattern_property *pattern,
        const struct az_member *member)
{
    return az_check_match(&use->annotator->check, use->schema, pattern->regex,
                          member->key, member->key_span) == AZ_REGEX_MATCH;
}

static bool
is_declared(const struct az_object_rules *rules, struct az_str name)
{
    const struct az_property *property = az_property_find(rules, name, 0);

    return property != NULL && property->schema != NULL;
}

static bool
is_additional(struct use *use, const struct az_member *member)
{
    const struct az_object_rules *rules = use->schema->objects;
    size_t i;

    if (is_declared(rules, member->key))
        return false;
    for (i = 0; i < rules->pattern_count; i++)
        if (matches(use, &rules->patterns[i], member))
            return false;
    return true;
}

/* The schema number NTH that a keyword has for the value of member INDEX; NULL
   when there are no more. */
typedef const struct az_subschema *
schema_of_fn(struct use *use, uint32_t index, size_t nth,
             const struct az_evaluated *evaluated);

static const struct az_subschema *
declared_of(struct use *use, uint32_t index, size_t nth,
            const struct az_evaluated *evaluated)
{
    const struct az_property *property = az_property_find(
        use->schema->objects, use->node->members[index].key, 0);

    (void)evaluated;
    return nth > 0 || property == NULL ? NULL : property->schema;
}

static const struct az_subschema *
pattern_of(struct use *use, uint32_t index, size_t nth,
           const struct az_evaluated *evaluated)
{
    const struct az_object_rules *rules = use->schema->objects;
    size_t i;

    (void)evaluated;
    for (i = 0; i < rules->pattern_count; i++)
        if (matches(use, &rules->patterns[i], &use->node->members[index]) &&
            nth-- == 0)
            return rules->patterns[i].schema;
    return NULL;
}

static const struct az_subschema *
additional_of(struct use *use, uint32_t index, size_t nth,
              const struct az_evaluated *evaluated)
{
    (void)evaluated;
    return nth == 0 && is_additional(use, &use->node->members[index])
               ? use->schema->objects->additional.schema
               : NULL;
}

static const struct az_subschema *
unevaluated_of(struct use *use, uint32_t index, size_t nth,
               const struct az_evaluated *evaluated)
{
    return nth == 0 && !az_evaluated_has(evaluated, index)
               ? use->schema->objects->unevaluated.schema
               : NULL;
}

/* Emits the names of the members that SCHEMA_OF has a schema for, then what
   those schemas remark. */
static void
use_members(struct use *use, schema_of_fn *schema_of,
            const struct az_evaluated *evaluated)
{
    const struct az_node *node = use->node;
    const struct az_subschema *schema;
    struct az_builder names;
    uint32_t i;
    size_t nth;

    az_builder_init(&names, use->annotator->check.arena);
    for (i = 0; i < node->count; i++)
        if (schema_of(use, i, 0, evaluated) != NULL)
            az_builder_add(&names, az_make_string(node->members[i].key));
    emit(use, az_builder_array(&names));
    for (i = 0; i < node->count; i++)
        for (nth = 0; (schema = schema_of(use, i, nth, evaluated)) != NULL;
             nth++)
            annotate_child(use, schema, i);
}

/* Finds what the keywords other than "unevaluated..." evaluate. */
static void
evaluate(struct use *use, struct az_evaluated *evaluated)
{
    struct az_check *check = &use->annotator->check;
    const struct az_subschema *schema = use->schema;
    unsigned i;

    az_evaluated_init(check, evaluated, use->node);
    for (i = 0; i < schema->step_count; i++)
        if ((schema->steps[i].types & AZ_TYPE_BIT(use->node->type)) != 0 &&
            schema->steps[i].check != az_check_unevaluated)
            schema->steps[i].check(check, schema, use->node, evaluated);
}

static bool
is_below(const struct az_member *keyword, const struct az_member *at)
{
    const struct az_node *value = &keyword->value;

    return value->type == AZ_OBJECT && at >= value->members &&
           at < value->members + value->count;
}

static void
use_dependencies(struct use *use)
{
    const struct az_object_rules *rules = use->schema->objects;
    const struct az_dependency *dependency;
    size_t i;

    for (i = 0; i < rules->dependency_count; i++) {
        dependency = &rules->dependencies[i];
        if (dependency->schema != NULL &&
            is_below(use->keyword, dependency->at) &&
            az_node_member(use->node, dependency->at->key) != NULL)
            annotate(use->annotator, dependency->schema, use->node);
    }
}

/* The keywords of objects; false if this is none. */
static bool
use_object(struct use *use)
{
    const struct az_object_rules *rules = use->schema->objects;
    const struct az_member *keyword = use->keyword;
    struct az_evaluated evaluated;

    if (rules == NULL)
        return false;
    if (keyword == rules->properties_at) {
        use_members(use, declared_of, NULL);
    } else if (rules->pattern_count > 0 &&
               is_below(keyword, rules->patterns[0].at)) {
        use_members(use, pattern_of, NULL);
    } else if (keyword == rules->additional.at) {
        use_members(use, additional_of, NULL);
    } else if (keyword == rules->unevaluated.at) {
        evaluate(use, &evaluated);
        use_members(use, unevaluated_of, &evaluated);
    } else if (rules->dependency_count > 0 &&
               keyword->value.type == AZ_OBJECT) {
        use_dependencies(use);
        return false;
    } else {
        return false;
    }
    return true;
}

static void
use_prefix(struct use *use, const struct az_branches *prefix)
{
    const struct az_node *node = use->node;
    const size_t count =
        prefix->count < node->count ? prefix->count : node->count;
    struct az_arena *arena = use->annotator->check.arena;
    uint32_t i;

    if (count == 0)
        return;
    emit(use, count == node->count
                  ? az_make_boolean(true)
                  : az_make_integer(arena, (int64_t)count - 1));
    for (i = 0; i < count; i++)
        annotate_child(use, prefix->items[i], i);
}

/* SCHEMA for the items from FIRST on; with EVALUATED for those not in it. */
static void
use_rest(struct use *use, const struct az_subschema *schema, uint32_t first,
         const struct az_evaluated *evaluated)
{
    bool told = false;
    uint32_t i;

    for (i = first; i < use->node->count; i++) {
        if (evaluated != NULL && az_evaluated_has(evaluated, i))
            continue;
        if (!told)
            emit(use, az_make_boolean(true));
        told = true;
        annotate_child(use, schema, i);
    }
}

/* Whether SCHEMA holds for item INDEX. */
static bool
item_holds(struct use *use, const struct az_subschema *schema, uint32_t index)
{
    return az_check_child(&use->annotator->check, schema, use->node, index,
                          &use->node->items[index]);
}

static void
use_contains(struct use *use, const struct az_subschema *schema)
{
    struct az_arena *arena = use->annotator->check.arena;
    struct az_builder indices;
    uint32_t i;

    az_builder_init(&indices, arena);
    for (i = 0; i < use->node->count; i++)
        if (item_holds(use, schema, i))
            az_builder_add(&indices, az_make_integer(arena, i));
    emit(use, az_builder_array(&indices));
    for (i = 0; i < use->node->count; i++)
        if (item_holds(use, schema, i))
            annotate_child(use, schema, i);
}

/* The keywords of arrays; false if this is none. */
static bool
use_array(struct use *use)
{
    const struct az_array_rules *rules = use->schema->arrays;
    const struct az_member *keyword = use->keyword;
    struct az_evaluated evaluated;

    if (rules == NULL)
        return false;
    if (keyword == rules->prefix.at) {
        use_prefix(use, &rules->prefix);
    } else if (keyword == rules->items.at) {
        use_rest(use, rules->items.schema, (uint32_t)rules->prefix.count, NULL);
    } else if (keyword == rules->contains.at) {
        use_contains(use, rules->contains.schema);
    } else if (keyword == rules->unevaluated.at) {
        evaluate(use, &evaluated);
        use_rest(use, rules->unevaluated.schema, 0, &evaluated);
    } else {
        return false;
    }
    return true;
}

/* Whether the value of the keyword itself is a remark: those that say so, and
   those that nobody knows (2020-12 core, 6.5). */
static bool
is_remark(struct use *use)
{
    const struct az_resource *resource = use->schema->scope->resource;
    const struct az_keyword *keyword =
        az_dialect_keyword(resource->dialect, use->keyword->key);

    if (keyword == NULL ||
        (keyword->vocabularies & resource->vocabularies) == 0)
        return true;
    if (strcmp(keyword->name, "contentSchema") == 0 &&
        az_node_get(use->schema->node, "contentMediaType") == NULL)
        return false;
    if ((keyword->vocabularies & AZ_VOCABULARY_CONTENT) != 0)
        return use->node->type == AZ_STRING;
    return (keyword->vocabularies &
            (AZ_VOCABULARY_META_DATA | AZ_VOCABULARY_FORMAT_ANNOTATION |
             AZ_VOCABULARY_FORMAT_ASSERTION)) != 0;
}

static void
annotate_keywords(struct annotator *annotator,
                  const struct az_subschema *schema, const struct az_node *node)
{
    struct use use = { annotator, schema, NULL, node, NULL };
    /* In old drafts a reference hides what stands beside it. */
    const struct az_member *only =
        schema->scope->resource->dialect->ref_hides
            ? az_node_member(schema->node, AZ_STR("$ref"))
            : NULL;
    uint32_t i;

    for (i = 0; i < schema->node->count && !annotator->check.stopped; i++) {
        use.keyword = &schema->node->members[i];
        if (only != NULL && use.keyword != only)
            continue;
        if (use_in_place(&use) ||
            (node->type == AZ_OBJECT && use_object(&use)) ||
            (node->type == AZ_ARRAY && use_array(&use)) || !is_remark(&use))
            continue;
        emit(&use, use.keyword->value);
    }
}

static void
annotate(struct annotator *annotator, const struct az_subschema *schema,
         const struct az_node *node)
{
    struct az_check *check = &annotator->check;
    const size_t scope_count = check->scope_count;

    if (!az_check_enter(check, node))
        return;
    check->frames =
        az_arena_grow(check->arena, check->frames, check->frame_count,
                      &check->frame_capacity, sizeof(*check->frames));
    check->frames[check->frame_count++] =
        (struct az_frame){ schema, check->path_count };
    if (scope_count == 0 || check->scopes[scope_count - 1] != schema->scope)
        az_check_push_scope(check, schema->scope);
    if (schema->node->type == AZ_OBJECT)
        annotate_keywords(annotator, schema, node);
    check->scope_count = scope_count;
    check->frame_count--;
    check->depth--;
}

bool
az_schema_annotate(const struct az_schema *schema, struct az_arena *arena,
                   struct az_sink *sink, const struct az_document *instance,
                   const struct az_node *node,
                   const struct az_schema_options *options,
                   struct az_annotations *ret)
{
    struct annotator annotator = {
        .check = { .arena = arena,
                   .document = instance,
                   .start = node,
                   .assert_format = options != NULL && options->assert_format,
                   .ignore_format = options != NULL && options->ignore_format,
                   .walks_names = true,
                   .mode = AZ_ANSWER,
                   .max_steps = az_arena_limits(arena)->check_steps,
                   .free_steps = az_arena_limits(arena)->check_steps,
                   .distance = { 0, SIZE_MAX } },
    };

    *ret = (struct az_annotations){ NULL, 0 };
    annotate(&annotator, schema->root, node);
    if (annotator.check.unsure) {
        az_sink_add(sink, AZ_DIAG_SCHEMA_BUDGET,
                    az_document_place(instance, node),
                    "the schema has more annotations for this than the limit");
        return false;
    }
    *ret = (struct az_annotations){ annotator.items, annotator.count };
    return true;
}
