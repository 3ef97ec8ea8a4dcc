/* Whether the values of keywords are what their metaschemas demand.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "schema/compile.h"
#include "schema/formats.h"
#include "schema/number.h"
#include "schema/uri.h"

/* Judges the VALUE of USE; false with findings. */
typedef bool shape_fn(struct az_compiler *compiler, const struct az_use *use,
                      const struct az_node *value);

/* VALUE is not EXPECTED; HINT says what to do, or is NULL. */
static bool
fail_hint(struct az_compiler *compiler, const struct az_use *use,
          const struct az_node *value, const char *expected, const char *hint)
{
    struct az_diag *diag =
        az_compile_fail(compiler, AZ_DIAG_SCHEMA_INVALID, value->span,
                        "'%s' must be %s, not %s", use->keyword->name, expected,
                        az_node_quote(compiler->arena, value));

    az_compile_locate(compiler, diag, value);
    if (hint != NULL)
        az_diag_hint(compiler->sink, diag, "%s", hint);
    return false;
}

static bool
fail(struct az_compiler *compiler, const struct az_use *use,
     const struct az_node *value, const char *expected)
{
    return fail_hint(compiler, use, value, expected, NULL);
}

static bool
check_any(struct az_compiler *compiler, const struct az_use *use,
          const struct az_node *value)
{
    (void)compiler;
    (void)use;
    (void)value;
    return true;
}

static bool
check_string(struct az_compiler *compiler, const struct az_use *use,
             const struct az_node *value)
{
    return value->type == AZ_STRING || fail(compiler, use, value, "a string");
}

static bool
check_boolean(struct az_compiler *compiler, const struct az_use *use,
              const struct az_node *value)
{
    return value->type == AZ_BOOLEAN ||
           fail(compiler, use, value, "true or false");
}

static bool
check_number(struct az_compiler *compiler, const struct az_use *use,
             const struct az_node *value)
{
    if (value->type == AZ_BOOLEAN && strstr(use->keyword->name, "exclusive"))
        return fail_hint(compiler, use, value, "a number",
                         "it is the limit itself since draft-06: give the "
                         "number here and drop the other keyword");
    return value->type == AZ_NUMBER || fail(compiler, use, value, "a number");
}

static bool
check_positive(struct az_compiler *compiler, const struct az_use *use,
               const struct az_node *value)
{
    struct az_decimal decimal;

    return (az_decimal_of(compiler->arena, value, &decimal) &&
            az_decimal_sign(decimal) > 0) ||
           fail(compiler, use, value, "a number above 0");
}

/* exclusiveMinimum and exclusiveMaximum of draft 4 (validation, 5.1.2). */
static bool
check_exclusive(struct az_compiler *compiler, const struct az_use *use,
                const struct az_node *value)
{
    const char *limit = strcmp(use->keyword->name, "exclusiveMinimum") == 0
                            ? "minimum"
                            : "maximum";
    struct az_diag *diag;

    if (value->type == AZ_NUMBER)
        return fail_hint(compiler, use, value, "true or false",
                         "it is the limit itself only since draft-06: give "
                         "the number as the limit, and true here");
    if (value->type != AZ_BOOLEAN)
        return fail(compiler, use, value, "true or false");
    if (az_node_get(compiler->unit->node, limit) != NULL)
        return true;
    diag =
        az_compile_fail(compiler, AZ_DIAG_SCHEMA_INVALID, use->member->key_span,
                        "'%s' needs '%s' beside it", use->keyword->name, limit);
    az_compile_locate(compiler, diag, compiler->unit->node);
    return false;
}

/* Whether DECIMAL, which NODE is, is an integer in the dialect at hand. */
static bool
is_integer(const struct az_compiler *compiler, const struct az_node *node,
           struct az_decimal decimal)
{
    return compiler->unit->resource->dialect->integer_is_written
               ? az_schema_number_is_written_integer(node)
               : az_decimal_is_integer(decimal);
}

static bool
check_count(struct az_compiler *compiler, const struct az_use *use,
            const struct az_node *value)
{
    struct az_decimal decimal;

    return (az_decimal_of(compiler->arena, value, &decimal) &&
            is_integer(compiler, value, decimal) &&
            az_decimal_sign(decimal) >= 0) ||
           fail(compiler, use, value, "a whole number, 0 or more");
}

static bool
check_array(struct az_compiler *compiler, const struct az_use *use,
            const struct az_node *value)
{
    return value->type == AZ_ARRAY || fail(compiler, use, value, "an array");
}

/* Whether the items of LIST are pairwise different. */
static bool
check_distinct(struct az_compiler *compiler, const struct az_use *use,
               const struct az_node *list)
{
    const struct az_node **items = az_node_sorted(compiler->arena, list);
    struct az_diag *diag;
    bool distinct = true;
    uint32_t i;

    for (i = 1; i < list->count; i++) {
        if (!az_node_equal(items[i - 1], items[i]))
            continue;
        distinct = false;
        diag = az_compile_fail(compiler, AZ_DIAG_SCHEMA_INVALID, items[i]->span,
                               "'%s' has %s twice", use->keyword->name,
                               az_node_quote(compiler->arena, items[i]));
        az_compile_locate(compiler, diag, items[i]);
    }
    return distinct;
}

static bool
check_set(struct az_compiler *compiler, const struct az_use *use,
          const struct az_node *value)
{
    if (value->type != AZ_ARRAY || value->count == 0)
        return fail(compiler, use, value, "an array of one value or more");
    return check_distinct(compiler, use, value);
}

static const char *const type_names[] = { "null",   "boolean", "number",
                                          "string", "array",   "object",
                                          "integer" };

enum { TYPE_COUNT = sizeof(type_names) / sizeof(type_names[0]) };

static bool
check_type_name(struct az_compiler *compiler, const struct az_use *use,
                const struct az_node *value)
{
    struct az_str names[TYPE_COUNT];
    struct az_diag *diag;
    size_t i;

    if (value->type != AZ_STRING)
        return fail(compiler, use, value, "the name of a type");
    for (i = 0; i < TYPE_COUNT; i++) {
        names[i] = az_str_from(type_names[i]);
        if (az_str_eq(az_node_text(value), names[i]))
            return true;
    }
    diag = az_compile_fail(compiler, AZ_DIAG_SCHEMA_INVALID, value->span,
                           "there is no type %s",
                           az_node_quote(compiler->arena, value));
    az_compile_locate(compiler, diag, value);
    i = az_str_nearest(az_node_text(value), names, TYPE_COUNT);
    if (i < TYPE_COUNT)
        az_diag_hint(compiler->sink, diag, "did you mean '%s'?", names[i].p);
    else
        az_diag_hint(compiler->sink, diag,
                     "the types are null, boolean, integer, number, string, "
                     "array and object");
    return false;
}

static bool
check_type(struct az_compiler *compiler, const struct az_use *use,
           const struct az_node *value)
{
    bool good = true;
    size_t i;

    if (value->type != AZ_ARRAY)
        return check_type_name(compiler, use, value);
    if (value->count == 0)
        return fail(compiler, use, value, "one type or more");
    for (i = 0; i < value->count; i++)
        good = check_type_name(compiler, use, &value->items[i]) && good;
    return check_distinct(compiler, use, value) && good;
}

static bool
check_strings(struct az_compiler *compiler, const struct az_use *use,
              const struct az_node *value)
{
    bool good = true;
    size_t i;

    if (value->type == AZ_BOOLEAN &&
        strcmp(use->keyword->name, "required") == 0)
        return fail_hint(compiler, use, value, "an array of strings",
                         "list the keys beside 'properties', in the schema of "
                         "the object that must have them");
    if (value->type != AZ_ARRAY)
        return fail(compiler, use, value, "an array of strings");
    for (i = 0; i < value->count; i++)
        if (value->items[i].type != AZ_STRING)
            good = fail(compiler, use, &value->items[i], "an array of strings");
    return check_distinct(compiler, use, value) && good;
}

static bool
check_some_strings(struct az_compiler *compiler, const struct az_use *use,
                   const struct az_node *value)
{
    if (value->type == AZ_ARRAY && value->count == 0)
        return fail(compiler, use, value, "an array of one string or more");
    return check_strings(compiler, use, value);
}

static bool
check_strings_map(struct az_compiler *compiler, const struct az_use *use,
                  const struct az_node *value)
{
    bool good = true;
    size_t i;

    if (value->type != AZ_OBJECT)
        return fail(compiler, use, value, "an object of arrays of strings");
    for (i = 0; i < value->count; i++)
        good = check_strings(compiler, use, &value->members[i].value) && good;
    return good;
}

/* Schemas are judged when they are compiled. */
static bool
check_dependencies(struct az_compiler *compiler, const struct az_use *use,
                   const struct az_node *value)
{
    const bool may_be_empty =
        compiler->unit->resource->dialect->draft != AZ_DRAFT_4;
    const struct az_node *list;
    bool good = true;
    size_t i;

    if (value->type != AZ_OBJECT)
        return fail(compiler, use, value,
                    "an object of schemas and arrays of strings");
    for (i = 0; i < value->count; i++) {
        list = &value->members[i].value;
        if (list->type == AZ_ARRAY)
            good = (may_be_empty ? check_strings(compiler, use, list)
                                 : check_some_strings(compiler, use, list)) &&
                   good;
    }
    return good;
}

/* Whether TEXT is URI-like, which is judged by RFC 3986 alone. */
static bool
check_reference_text(struct az_compiler *compiler, const struct az_use *use,
                     const struct az_node *value, bool absolute)
{
    struct az_scan scan;

    if (value->type != AZ_STRING)
        return fail(compiler, use, value, "a string");
    scan = az_scan_of(compiler->arena, az_node_text(value), false);
    return (absolute ? az_format_iri(&scan) : az_format_iri_reference(&scan)) ||
           fail(compiler, use, value, absolute ? "a URI" : "a URI reference");
}

static bool
check_reference(struct az_compiler *compiler, const struct az_use *use,
                const struct az_node *value)
{
    return check_reference_text(compiler, use, value, false);
}

/* "$recursiveRef" has no other value (2019-09 core, 8.2.4.2.1). */
static bool
check_recursive_ref(struct az_compiler *compiler, const struct az_use *use,
                    const struct az_node *value)
{
    return az_node_is_string(value, "#") || fail(compiler, use, value, "'#'");
}

/* "$recursiveAnchor": only where a resource begins (2019-09 core, 8.2.4.2.2).
 */
static bool
check_recursive_anchor(struct az_compiler *compiler, const struct az_use *use,
                       const struct az_node *value)
{
    struct az_diag *diag;

    if (value->type != AZ_BOOLEAN)
        return fail(compiler, use, value, "true or false");
    if (compiler->unit->node == compiler->unit->resource->root)
        return true;
    diag =
        az_compile_fail(compiler, AZ_DIAG_SCHEMA_INVALID, use->member->key_span,
                        "'$recursiveAnchor' stands inside a schema resource");
    az_compile_locate(compiler, diag, value);
    az_diag_hint(compiler->sink, diag,
                 "it may stand at the root, or beside '$id'");
    return false;
}

/* Whether no other schema of the resource has NAME, which VALUE gives. */
static bool
check_name(struct az_compiler *compiler, const struct az_node *value,
           struct az_str name)
{
    const struct az_resource *resource = compiler->unit->resource;
    const struct az_anchor *anchor = az_map_get(&resource->anchors, name);
    struct az_diag *diag;

    if (anchor == NULL || anchor->unit == compiler->unit)
        return true;
    diag = az_compile_fail(compiler, AZ_DIAG_SCHEMA_INVALID, value->span,
                           "the anchor %s is given twice",
                           az_str_quote(compiler->arena, name));
    az_compile_locate(compiler, diag, value);
    az_diag_relate(compiler->sink, diag,
                   az_document_place(resource->document, anchor->unit->node),
                   "this schema has it too");
    return false;
}

/* Whether the URI of the resource that begins at VALUE is no other's. */
static bool
check_twin(struct az_compiler *compiler, const struct az_node *value)
{
    const struct az_resource *resource = compiler->unit->resource;
    const struct az_resource *twin = resource->twin;
    struct az_diag *diag;

    if (compiler->unit->node != resource->root || twin == NULL ||
        az_node_equal(twin->root, resource->root))
        return true;
    diag = az_compile_fail(compiler, AZ_DIAG_SCHEMA_INVALID, value->span,
                           "the id %s is given twice",
                           az_str_quote(compiler->arena, resource->uri));
    az_compile_locate(compiler, diag, value);
    az_diag_relate(compiler->sink, diag,
                   az_document_place(twin->document, twin->root),
                   "this schema has it too");
    return false;
}

/* $id: no fragment but an empty one, unless a fragment is a name here, and
   nobody else's. */
static bool
check_id(struct az_compiler *compiler, const struct az_use *use,
         const struct az_node *value)
{
    const struct az_schema_unit *unit = compiler->unit;
    const struct az_dialect *dialect = unit->resource->dialect;
    struct az_str name;

    if (!check_reference_text(compiler, use, value, false))
        return false;
    if (az_uri_split(az_node_text(value)).fragment.len > 0 &&
        !dialect->id_names)
        return fail_hint(compiler, use, value, "a URI without fragment",
                         "a name inside a schema is given with '$anchor'");
    if (az_schema_parse_name(compiler->registry, unit->node, dialect, &name) &&
        !unit->is_mere_reference && !check_name(compiler, value, name))
        return false;
    return check_twin(compiler, value);
}

/* $schema: only where a resource begins, or as a repetition. */
static bool
check_uri(struct az_compiler *compiler, const struct az_use *use,
          const struct az_node *value)
{
    const struct az_resource *resource = compiler->unit->resource;
    struct az_diag *diag;

    if (!check_reference_text(compiler, use, value, true))
        return false;
    if (compiler->unit->node == resource->root ||
        (resource->dialect_at != NULL &&
         az_node_equal(resource->dialect_at, value)))
        return true;
    diag =
        az_compile_fail(compiler, AZ_DIAG_SCHEMA_INVALID, use->member->key_span,
                        "'$schema' stands inside a schema of another "
                        "dialect");
    az_compile_locate(compiler, diag, value);
    az_diag_hint(compiler->sink, diag,
                 "it may stand at the root, or beside '$id'");
    return false;
}

/* XML's NCName in ASCII: ^[A-Za-z_][-A-Za-z0-9._]*$; in 2019-09
   ^[A-Za-z][-A-Za-z0-9.:_]*$ */
static bool
is_anchor(const struct az_dialect *dialect, struct az_str s)
{
    const bool is_2019 = dialect->draft == AZ_DRAFT_2019;
    size_t i;

    for (i = 0; i < s.len; i++) {
        char c = s.p[i], letter = (char)(c | 0x20);

        if ((letter < 'a' || letter > 'z') &&
            (c != '_' || (is_2019 && i == 0)) &&
            (i == 0 || ((c < '0' || c > '9') && c != '-' && c != '.' &&
                        (c != ':' || !is_2019))))
            return false;
    }
    return s.len > 0;
}

static bool
check_anchor(struct az_compiler *compiler, const struct az_use *use,
             const struct az_node *value)
{
    if (value->type != AZ_STRING ||
        !is_anchor(compiler->unit->resource->dialect, az_node_text(value)))
        return fail(compiler, use, value,
                    "a name of letters, digits, '-', '.' and '_'");
    return check_name(compiler, value, az_node_text(value));
}

static bool
check_vocabularies(struct az_compiler *compiler, const struct az_use *use,
                   const struct az_node *value)
{
    bool good = true;
    size_t i;

    if (value->type != AZ_OBJECT)
        return fail(compiler, use, value, "an object of true and false");
    for (i = 0; i < value->count; i++)
        if (value->members[i].value.type != AZ_BOOLEAN)
            good = fail(compiler, use, &value->members[i].value,
                        "an object of true and false");
    return good;
}

/* A subschema is judged when it is compiled; here only what older drafts had
   in its place. */
static bool
check_schema(struct az_compiler *compiler, const struct az_use *use,
             const struct az_node *value)
{
    if (value->type == AZ_ARRAY && strcmp(use->keyword->name, "items") == 0)
        return fail_hint(compiler, use, value, "a schema",
                         "since 2020-12 a list of schemas is 'prefixItems'");
    return true;
}

static bool
check_schema_or_list(struct az_compiler *compiler, const struct az_use *use,
                     const struct az_node *value)
{
    return value->type != AZ_ARRAY || value->count > 0 ||
           fail(compiler, use, value,
                "a schema or a list of one schema or more");
}

static bool
check_schemas(struct az_compiler *compiler, const struct az_use *use,
              const struct az_node *value)
{
    return (value->type == AZ_ARRAY && value->count > 0) ||
           fail(compiler, use, value, "a list of one schema or more");
}

static bool
check_schema_map(struct az_compiler *compiler, const struct az_use *use,
                 const struct az_node *value)
{
    return value->type == AZ_OBJECT ||
           fail(compiler, use, value, "an object of schemas");
}

static shape_fn *const shapes[AZ_SHAPE_COUNT_OF] = {
    [AZ_SHAPE_ANY] = check_any,
    [AZ_SHAPE_STRING] = check_string,
    [AZ_SHAPE_BOOLEAN] = check_boolean,
    [AZ_SHAPE_NUMBER] = check_number,
    [AZ_SHAPE_POSITIVE] = check_positive,
    [AZ_SHAPE_COUNT] = check_count,
    [AZ_SHAPE_ARRAY] = check_array,
    [AZ_SHAPE_SET] = check_set,
    [AZ_SHAPE_SOME_STRINGS] = check_some_strings,
    [AZ_SHAPE_RECURSIVE_ANCHOR] = check_recursive_anchor,
    [AZ_SHAPE_RECURSIVE_REF] = check_recursive_ref,
    [AZ_SHAPE_EXCLUSIVE] = check_exclusive,
    [AZ_SHAPE_SCHEMA_OR_BOOLEAN] = check_schema,
    [AZ_SHAPE_SCHEMA_OR_LIST] = check_schema_or_list,
    [AZ_SHAPE_DEPENDENCIES] = check_dependencies,
    [AZ_SHAPE_TYPE] = check_type,
    [AZ_SHAPE_STRINGS] = check_strings,
    [AZ_SHAPE_STRINGS_MAP] = check_strings_map,
    [AZ_SHAPE_PATTERN] = check_string,
    [AZ_SHAPE_ID] = check_id,
    [AZ_SHAPE_URI] = check_uri,
    [AZ_SHAPE_REFERENCE] = check_reference,
    [AZ_SHAPE_ANCHOR] = check_anchor,
    [AZ_SHAPE_VOCABULARIES] = check_vocabularies,
    [AZ_SHAPE_SCHEMA] = check_schema,
    [AZ_SHAPE_SCHEMAS] = check_schemas,
    [AZ_SHAPE_SCHEMA_MAP] = check_schema_map,
    [AZ_SHAPE_PATTERN_MAP] = check_schema_map,
    [AZ_SHAPE_OBSOLETE] = check_any,
};

bool
az_schema_shape_check(struct az_compiler *compiler, const struct az_use *use)
{
    /* 100,000 instructions of a check of the three reference policies */
    return compiler->unit->resource->document->embedded ||
           shapes[use->keyword->shape](compiler, use, &use->member->value);
}
