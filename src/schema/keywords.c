/* The keywords of each dialect.
   SPDX-License-Identifier: MIT */

#include "schema/keywords.h"

#include <string.h>

#include "schema/compile.h"

#define CORE        AZ_VOCABULARY_CORE
#define APPLICATOR  AZ_VOCABULARY_APPLICATOR
#define UNEVALUATED AZ_VOCABULARY_UNEVALUATED
#define VALIDATION  AZ_VOCABULARY_VALIDATION
#define META        AZ_VOCABULARY_META_DATA
#define FORMAT                                                                 \
    (AZ_VOCABULARY_FORMAT_ANNOTATION | AZ_VOCABULARY_FORMAT_ASSERTION)
#define CONTENT AZ_VOCABULARY_CONTENT

/* clang-format off */
/* JSON Schema 2020-12, core and validation.  In the order of bytes. */
static const struct az_keyword keywords_2020_12[] = {
    { "$anchor", CORE, AZ_SHAPE_ANCHOR, AZ_STAGE_NONE, NULL, NULL },
    { "$comment", CORE, AZ_SHAPE_STRING, AZ_STAGE_NONE, NULL, NULL },
    { "$defs", CORE, AZ_SHAPE_SCHEMA_MAP, AZ_STAGE_NONE,
      az_compile_defs, NULL },
    { "$dynamicAnchor", CORE, AZ_SHAPE_ANCHOR, AZ_STAGE_NONE, NULL, NULL },
    { "$dynamicRef", CORE, AZ_SHAPE_REFERENCE, AZ_STAGE_REFERENCE,
      az_compile_dynamic_ref, NULL },
    { "$id", CORE, AZ_SHAPE_ID, AZ_STAGE_NONE, NULL, NULL },
    { "$recursiveAnchor", CORE, AZ_SHAPE_OBSOLETE, AZ_STAGE_NONE,
      NULL, "$dynamicAnchor" },
    { "$recursiveRef", CORE, AZ_SHAPE_OBSOLETE, AZ_STAGE_NONE,
      NULL, "$dynamicRef" },
    { "$ref", CORE, AZ_SHAPE_REFERENCE, AZ_STAGE_REFERENCE,
      az_compile_ref, NULL },
    { "$schema", CORE, AZ_SHAPE_URI, AZ_STAGE_NONE, NULL, NULL },
    { "$vocabulary", CORE, AZ_SHAPE_VOCABULARIES, AZ_STAGE_NONE, NULL, NULL },
    { "additionalItems", CORE, AZ_SHAPE_OBSOLETE, AZ_STAGE_NONE,
      NULL, "items beside prefixItems" },
    { "additionalProperties", APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_OBJECT,
      az_compile_additional_properties, NULL },
    { "allOf", APPLICATOR, AZ_SHAPE_SCHEMAS, AZ_STAGE_ALL_OF,
      az_compile_all_of, NULL },
    { "anyOf", APPLICATOR, AZ_SHAPE_SCHEMAS, AZ_STAGE_ANY_OF,
      az_compile_any_of, NULL },
    { "const", VALIDATION, AZ_SHAPE_ANY, AZ_STAGE_VALUE,
      az_compile_const, NULL },
    { "contains", APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_ARRAY,
      az_compile_contains, NULL },
    { "contentEncoding", CONTENT, AZ_SHAPE_STRING, AZ_STAGE_NONE, NULL, NULL },
    { "contentMediaType", CONTENT, AZ_SHAPE_STRING, AZ_STAGE_NONE, NULL, NULL },
    { "contentSchema", CONTENT, AZ_SHAPE_SCHEMA, AZ_STAGE_NONE,
      az_compile_unused, NULL },
    { "default", META, AZ_SHAPE_ANY, AZ_STAGE_NONE, NULL, NULL },
    { "definitions", CORE, AZ_SHAPE_SCHEMA_MAP, AZ_STAGE_NONE,
      az_compile_defs, NULL },
    { "dependencies", CORE, AZ_SHAPE_OBSOLETE, AZ_STAGE_NONE,
      NULL, "dependentRequired or dependentSchemas" },
    { "dependentRequired", VALIDATION, AZ_SHAPE_STRINGS_MAP,
      AZ_STAGE_DEPENDENT, az_compile_dependent_required, NULL },
    { "dependentSchemas", APPLICATOR, AZ_SHAPE_SCHEMA_MAP, AZ_STAGE_DEPENDENT,
      az_compile_dependent_schemas, NULL },
    { "deprecated", META, AZ_SHAPE_BOOLEAN, AZ_STAGE_NONE, NULL, NULL },
    { "description", META, AZ_SHAPE_STRING, AZ_STAGE_NONE, NULL, NULL },
    { "else", APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_CONDITION,
      az_compile_else, NULL },
    { "enum", VALIDATION, AZ_SHAPE_ARRAY, AZ_STAGE_VALUE,
      az_compile_enum, NULL },
    { "examples", META, AZ_SHAPE_ARRAY, AZ_STAGE_NONE, NULL, NULL },
    { "exclusiveMaximum", VALIDATION, AZ_SHAPE_NUMBER, AZ_STAGE_NUMBER,
      az_compile_exclusive_maximum, NULL },
    { "exclusiveMinimum", VALIDATION, AZ_SHAPE_NUMBER, AZ_STAGE_NUMBER,
      az_compile_exclusive_minimum, NULL },
    { "format", FORMAT, AZ_SHAPE_STRING, AZ_STAGE_STRING,
      az_compile_format, NULL },
    { "if", APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_CONDITION,
      az_compile_if, NULL },
    { "items", APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_ARRAY,
      az_compile_items, NULL },
    { "maxContains", VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_ARRAY,
      az_compile_max_contains, NULL },
    { "maxItems", VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_ARRAY,
      az_compile_max_items, NULL },
    { "maxLength", VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_STRING,
      az_compile_max_length, NULL },
    { "maxProperties", VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_OBJECT,
      az_compile_max_properties, NULL },
    { "maximum", VALIDATION, AZ_SHAPE_NUMBER, AZ_STAGE_NUMBER,
      az_compile_maximum, NULL },
    { "minContains", VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_ARRAY,
      az_compile_min_contains, NULL },
    { "minItems", VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_ARRAY,
      az_compile_min_items, NULL },
    { "minLength", VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_STRING,
      az_compile_min_length, NULL },
    { "minProperties", VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_OBJECT,
      az_compile_min_properties, NULL },
    { "minimum", VALIDATION, AZ_SHAPE_NUMBER, AZ_STAGE_NUMBER,
      az_compile_minimum, NULL },
    { "multipleOf", VALIDATION, AZ_SHAPE_POSITIVE, AZ_STAGE_NUMBER,
      az_compile_multiple_of, NULL },
    { "not", APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_NOT, az_compile_not, NULL },
    { "oneOf", APPLICATOR, AZ_SHAPE_SCHEMAS, AZ_STAGE_ONE_OF,
      az_compile_one_of, NULL },
    { "pattern", VALIDATION, AZ_SHAPE_PATTERN, AZ_STAGE_STRING,
      az_compile_pattern, NULL },
    { "patternProperties", APPLICATOR, AZ_SHAPE_PATTERN_MAP, AZ_STAGE_OBJECT,
      az_compile_pattern_properties, NULL },
    { "prefixItems", APPLICATOR, AZ_SHAPE_SCHEMAS, AZ_STAGE_ARRAY,
      az_compile_prefix_items, NULL },
    { "properties", APPLICATOR, AZ_SHAPE_SCHEMA_MAP, AZ_STAGE_OBJECT,
      az_compile_properties, NULL },
    { "propertyNames", APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_OBJECT,
      az_compile_property_names, NULL },
    { "readOnly", META, AZ_SHAPE_BOOLEAN, AZ_STAGE_NONE, NULL, NULL },
    { "required", VALIDATION, AZ_SHAPE_STRINGS, AZ_STAGE_OBJECT,
      az_compile_required, NULL },
    { "then", APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_CONDITION,
      az_compile_then, NULL },
    { "title", META, AZ_SHAPE_STRING, AZ_STAGE_NONE, NULL, NULL },
    { "type", VALIDATION, AZ_SHAPE_TYPE, AZ_STAGE_NONE,
      az_compile_type, NULL },
    { "unevaluatedItems", UNEVALUATED, AZ_SHAPE_SCHEMA, AZ_STAGE_UNEVALUATED,
      az_compile_unevaluated_items, NULL },
    { "unevaluatedProperties", UNEVALUATED, AZ_SHAPE_SCHEMA,
      AZ_STAGE_UNEVALUATED, az_compile_unevaluated_properties, NULL },
    { "uniqueItems", VALIDATION, AZ_SHAPE_BOOLEAN, AZ_STAGE_ARRAY,
      az_compile_unique_items, NULL },
    { "writeOnly", META, AZ_SHAPE_BOOLEAN, AZ_STAGE_NONE, NULL, NULL },
};

static const struct az_dialect dialects[] = {
    { AZ_DRAFT_2020, "https://json-schema.org/draft/2020-12/schema", "2020-12", "$id",
      keywords_2020_12, sizeof(keywords_2020_12) / sizeof(keywords_2020_12[0]),
      CORE | APPLICATOR | UNEVALUATED | VALIDATION | META |
          AZ_VOCABULARY_FORMAT_ANNOTATION | CONTENT },
};

static const struct {
    const char *uri;
    uint32_t bit;
} vocabularies[] = {
    { "https://json-schema.org/draft/2020-12/vocab/core", CORE },
    { "https://json-schema.org/draft/2020-12/vocab/applicator", APPLICATOR },
    { "https://json-schema.org/draft/2020-12/vocab/unevaluated", UNEVALUATED },
    { "https://json-schema.org/draft/2020-12/vocab/validation", VALIDATION },
    { "https://json-schema.org/draft/2020-12/vocab/meta-data", META },
    { "https://json-schema.org/draft/2020-12/vocab/format-annotation",
      AZ_VOCABULARY_FORMAT_ANNOTATION },
    { "https://json-schema.org/draft/2020-12/vocab/format-assertion",
      AZ_VOCABULARY_FORMAT_ASSERTION },
    { "https://json-schema.org/draft/2020-12/vocab/content", CONTENT },
};
/* clang-format on */

const char *const az_schema_dialect_names[] = { "2020-12", NULL };

/* NAME without PREFIX, if that is how it begins. */
static struct az_str
drop_prefix(struct az_str name, struct az_str prefix)
{
    if (!az_str_starts_with(name, prefix))
        return name;
    return (struct az_str){ name.p + prefix.len, name.len - prefix.len };
}

const struct az_dialect *
az_schema_dialect(struct az_str name)
{
    struct az_str number =
        drop_prefix(drop_prefix(name, AZ_STR("draft")), AZ_STR("-"));
    size_t i;

    for (i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++)
        if (az_str_eq_c(number, dialects[i].name))
            return &dialects[i];
    return az_dialect_find(name);
}

const struct az_dialect *
az_dialect_find(struct az_str uri)
{
    size_t i;

    if (uri.len > 0 && uri.p[uri.len - 1] == '#')
        uri.len--;
    for (i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++)
        if (az_str_eq_c(uri, dialects[i].uri))
            return &dialects[i];
    return NULL;
}

const struct az_dialect *
az_dialect_default(void)
{
    return &dialects[0];
}

/* The order of az_str_compare, without measuring B first. */
static int
compare_name(struct az_str a, const char *b)
{
    size_t i;

    for (i = 0; i < a.len; i++)
        if (a.p[i] != b[i] || b[i] == '\0')
            return (unsigned char)a.p[i] < (unsigned char)b[i] ? -1 : 1;
    return b[i] == '\0' ? 0 : -1;
}

const struct az_keyword *
az_dialect_keyword(const struct az_dialect *dialect, struct az_str name)
{
    size_t low = 0, high = dialect->keyword_count, middle;
    int order;

    while (low < high) {
        middle = low + (high - low) / 2;
        order = compare_name(name, dialect->keywords[middle].name);
        if (order == 0)
            return &dialect->keywords[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *
az_dialect_nearest(const struct az_dialect *dialect, struct az_str name)
{
    struct az_str names[128];
    size_t i, count = 0;

    for (i = 0; i < dialect->keyword_count && count < 128; i++)
        if (dialect->keywords[i].shape != AZ_SHAPE_OBSOLETE)
            names[count++] = az_str_from(dialect->keywords[i].name);
    i = az_str_nearest(name, names, count);
    return i == count ? NULL : names[i].p;
}

uint32_t
az_vocabulary_find(struct az_str uri)
{
    size_t i;

    for (i = 0; i < sizeof(vocabularies) / sizeof(vocabularies[0]); i++)
        if (az_str_eq_c(uri, vocabularies[i].uri))
            return vocabularies[i].bit;
    return 0;
}
