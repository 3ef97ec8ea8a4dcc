/* The keywords of JSON Schema, by dialect.
   SPDX-License-Identifier: MIT */

#include "schema/keywords.h"

#include <string.h>

#include "schema/compile.h"

#define CORE        AZ_VOCABULARY_CORE
#define APPLICATOR  AZ_VOCABULARY_APPLICATOR
#define UNEVALUATED AZ_VOCABULARY_UNEVALUATED
#define VALIDATION  AZ_VOCABULARY_VALIDATION
#define META        AZ_VOCABULARY_META_DATA
#define FORMAT      AZ_VOCABULARY_FORMAT
#define CONTENT     AZ_VOCABULARY_CONTENT

#define D4         AZ_DRAFT_4
#define D6         AZ_DRAFT_6
#define D7         AZ_DRAFT_7
#define D2019      AZ_DRAFT_2019
#define D2020      AZ_DRAFT_2020
#define SINCE_2019 (D2019 | D2020)
#define SINCE_7    (D7 | SINCE_2019)
#define SINCE_6    (D6 | SINCE_7)
#define EVER       (D4 | SINCE_6)
#define UNTIL_2019 (D4 | D6 | D7 | D2019)

/* clang-format off */
/* In the order of bytes; a name has a row for each meaning that it had.  What
   "definitions" and "dependencies" mean did not change when 2019-09 gave up
   their names, and its metaschema keeps them; "$defs" is in use in schemas of
   draft-07 and draft-06 too, for nothing else. */
static const struct az_keyword keywords[] = {
    { "$anchor", SINCE_2019, CORE, AZ_SHAPE_ANCHOR, AZ_STAGE_NONE, NULL, NULL },
    { "$comment", SINCE_7, CORE, AZ_SHAPE_STRING, AZ_STAGE_NONE, NULL, NULL },
    { "$defs", SINCE_6, CORE, AZ_SHAPE_SCHEMA_MAP, AZ_STAGE_NONE,
      az_compile_defs, NULL },
    { "$dynamicAnchor", D2020, CORE, AZ_SHAPE_ANCHOR, AZ_STAGE_NONE,
      NULL, NULL },
    { "$dynamicRef", D2020, CORE, AZ_SHAPE_REFERENCE, AZ_STAGE_REFERENCE,
      az_compile_dynamic_ref, NULL },
    { "$id", SINCE_6, CORE, AZ_SHAPE_ID, AZ_STAGE_NONE, NULL, NULL },
    { "$recursiveAnchor", D2019, CORE, AZ_SHAPE_RECURSIVE_ANCHOR, AZ_STAGE_NONE,
      NULL, NULL },
    { "$recursiveAnchor", D2020, CORE, AZ_SHAPE_OBSOLETE, AZ_STAGE_NONE,
      NULL, "$dynamicAnchor" },
    { "$recursiveRef", D2019, CORE, AZ_SHAPE_RECURSIVE_REF, AZ_STAGE_REFERENCE,
      az_compile_recursive_ref, NULL },
    { "$recursiveRef", D2020, CORE, AZ_SHAPE_OBSOLETE, AZ_STAGE_NONE,
      NULL, "$dynamicRef" },
    { "$ref", EVER, CORE, AZ_SHAPE_REFERENCE, AZ_STAGE_REFERENCE,
      az_compile_ref, NULL },
    { "$schema", EVER, CORE, AZ_SHAPE_URI, AZ_STAGE_NONE, NULL, NULL },
    { "$vocabulary", SINCE_2019, CORE, AZ_SHAPE_VOCABULARIES, AZ_STAGE_NONE,
      NULL, NULL },
    { "additionalItems", D4, APPLICATOR, AZ_SHAPE_SCHEMA_OR_BOOLEAN,
      AZ_STAGE_ARRAY, az_compile_additional_items, NULL },
    { "additionalItems", D6 | D7 | D2019, APPLICATOR, AZ_SHAPE_SCHEMA,
      AZ_STAGE_ARRAY, az_compile_additional_items, NULL },
    { "additionalItems", D2020, CORE, AZ_SHAPE_OBSOLETE, AZ_STAGE_NONE,
      NULL, "items beside prefixItems" },
    { "additionalProperties", D4, APPLICATOR, AZ_SHAPE_SCHEMA_OR_BOOLEAN,
      AZ_STAGE_OBJECT, az_compile_additional_properties, NULL },
    { "additionalProperties", SINCE_6, APPLICATOR, AZ_SHAPE_SCHEMA,
      AZ_STAGE_OBJECT, az_compile_additional_properties, NULL },
    { "allOf", EVER, APPLICATOR, AZ_SHAPE_SCHEMAS, AZ_STAGE_ALL_OF,
      az_compile_all_of, NULL },
    { "anyOf", EVER, APPLICATOR, AZ_SHAPE_SCHEMAS, AZ_STAGE_ANY_OF,
      az_compile_any_of, NULL },
    { "const", SINCE_6, VALIDATION, AZ_SHAPE_ANY, AZ_STAGE_VALUE,
      az_compile_const, NULL },
    { "contains", SINCE_6, APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_ARRAY,
      az_compile_contains, NULL },
    { "contentEncoding", SINCE_7, CONTENT, AZ_SHAPE_STRING, AZ_STAGE_NONE,
      NULL, NULL },
    { "contentMediaType", SINCE_7, CONTENT, AZ_SHAPE_STRING, AZ_STAGE_NONE,
      NULL, NULL },
    { "contentSchema", SINCE_2019, CONTENT, AZ_SHAPE_SCHEMA, AZ_STAGE_NONE,
      az_compile_unused, NULL },
    { "default", EVER, META, AZ_SHAPE_ANY, AZ_STAGE_NONE, NULL, NULL },
    { "definitions", EVER, CORE, AZ_SHAPE_SCHEMA_MAP, AZ_STAGE_NONE,
      az_compile_defs, NULL },
    { "dependencies", EVER, APPLICATOR, AZ_SHAPE_DEPENDENCIES,
      AZ_STAGE_DEPENDENT, az_compile_dependencies, NULL },
    { "dependentRequired", SINCE_2019, VALIDATION, AZ_SHAPE_STRINGS_MAP,
      AZ_STAGE_DEPENDENT, az_compile_dependent_required, NULL },
    { "dependentSchemas", SINCE_2019, APPLICATOR, AZ_SHAPE_SCHEMA_MAP,
      AZ_STAGE_DEPENDENT, az_compile_dependent_schemas, NULL },
    { "deprecated", SINCE_2019, META, AZ_SHAPE_BOOLEAN, AZ_STAGE_NONE,
      NULL, NULL },
    { "description", EVER, META, AZ_SHAPE_STRING, AZ_STAGE_NONE, NULL, NULL },
    { "else", SINCE_7, APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_CONDITION,
      az_compile_else, NULL },
    { "enum", D4, VALIDATION, AZ_SHAPE_SET, AZ_STAGE_VALUE,
      az_compile_enum, NULL },
    { "enum", SINCE_6, VALIDATION, AZ_SHAPE_ARRAY, AZ_STAGE_VALUE,
      az_compile_enum, NULL },
    { "examples", SINCE_6, META, AZ_SHAPE_ARRAY, AZ_STAGE_NONE, NULL, NULL },
    { "exclusiveMaximum", D4, VALIDATION, AZ_SHAPE_EXCLUSIVE, AZ_STAGE_NONE,
      NULL, NULL },
    { "exclusiveMaximum", SINCE_6, VALIDATION, AZ_SHAPE_NUMBER, AZ_STAGE_NUMBER,
      az_compile_exclusive_maximum, NULL },
    { "exclusiveMinimum", D4, VALIDATION, AZ_SHAPE_EXCLUSIVE, AZ_STAGE_NONE,
      NULL, NULL },
    { "exclusiveMinimum", SINCE_6, VALIDATION, AZ_SHAPE_NUMBER, AZ_STAGE_NUMBER,
      az_compile_exclusive_minimum, NULL },
    { "format", EVER, FORMAT, AZ_SHAPE_STRING, AZ_STAGE_STRING,
      az_compile_format, NULL },
    { "id", D4, CORE, AZ_SHAPE_ID, AZ_STAGE_NONE, NULL, NULL },
    { "id", SINCE_6, CORE, AZ_SHAPE_OBSOLETE, AZ_STAGE_NONE, NULL, "$id" },
    { "if", SINCE_7, APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_CONDITION,
      az_compile_if, NULL },
    { "items", UNTIL_2019, APPLICATOR, AZ_SHAPE_SCHEMA_OR_LIST, AZ_STAGE_ARRAY,
      az_compile_items, NULL },
    { "items", D2020, APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_ARRAY,
      az_compile_items, NULL },
    { "maxContains", SINCE_2019, VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_ARRAY,
      az_compile_max_contains, NULL },
    { "maxItems", EVER, VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_ARRAY,
      az_compile_max_items, NULL },
    { "maxLength", EVER, VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_STRING,
      az_compile_max_length, NULL },
    { "maxProperties", EVER, VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_OBJECT,
      az_compile_max_properties, NULL },
    { "maximum", EVER, VALIDATION, AZ_SHAPE_NUMBER, AZ_STAGE_NUMBER,
      az_compile_maximum, NULL },
    { "minContains", SINCE_2019, VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_ARRAY,
      az_compile_min_contains, NULL },
    { "minItems", EVER, VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_ARRAY,
      az_compile_min_items, NULL },
    { "minLength", EVER, VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_STRING,
      az_compile_min_length, NULL },
    { "minProperties", EVER, VALIDATION, AZ_SHAPE_COUNT, AZ_STAGE_OBJECT,
      az_compile_min_properties, NULL },
    { "minimum", EVER, VALIDATION, AZ_SHAPE_NUMBER, AZ_STAGE_NUMBER,
      az_compile_minimum, NULL },
    { "multipleOf", EVER, VALIDATION, AZ_SHAPE_POSITIVE, AZ_STAGE_NUMBER,
      az_compile_multiple_of, NULL },
    { "not", EVER, APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_NOT,
      az_compile_not, NULL },
    { "oneOf", EVER, APPLICATOR, AZ_SHAPE_SCHEMAS, AZ_STAGE_ONE_OF,
      az_compile_one_of, NULL },
    { "pattern", EVER, VALIDATION, AZ_SHAPE_PATTERN, AZ_STAGE_STRING,
      az_compile_pattern, NULL },
    { "patternProperties", EVER, APPLICATOR, AZ_SHAPE_PATTERN_MAP,
      AZ_STAGE_OBJECT, az_compile_pattern_properties, NULL },
    { "prefixItems", D2020, APPLICATOR, AZ_SHAPE_SCHEMAS, AZ_STAGE_ARRAY,
      az_compile_prefix_items, NULL },
    { "properties", EVER, APPLICATOR, AZ_SHAPE_SCHEMA_MAP, AZ_STAGE_OBJECT,
      az_compile_properties, NULL },
    { "propertyNames", SINCE_6, APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_OBJECT,
      az_compile_property_names, NULL },
    { "readOnly", SINCE_7, META, AZ_SHAPE_BOOLEAN, AZ_STAGE_NONE, NULL, NULL },
    { "required", D4, VALIDATION, AZ_SHAPE_SOME_STRINGS, AZ_STAGE_OBJECT,
      az_compile_required, NULL },
    { "required", SINCE_6, VALIDATION, AZ_SHAPE_STRINGS, AZ_STAGE_OBJECT,
      az_compile_required, NULL },
    { "then", SINCE_7, APPLICATOR, AZ_SHAPE_SCHEMA, AZ_STAGE_CONDITION,
      az_compile_then, NULL },
    { "title", EVER, META, AZ_SHAPE_STRING, AZ_STAGE_NONE, NULL, NULL },
    { "type", EVER, VALIDATION, AZ_SHAPE_TYPE, AZ_STAGE_NONE,
      az_compile_type, NULL },
    { "unevaluatedItems", SINCE_2019, UNEVALUATED, AZ_SHAPE_SCHEMA,
      AZ_STAGE_UNEVALUATED, az_compile_unevaluated_items, NULL },
    { "unevaluatedProperties", SINCE_2019, UNEVALUATED, AZ_SHAPE_SCHEMA,
      AZ_STAGE_UNEVALUATED, az_compile_unevaluated_properties, NULL },
    { "uniqueItems", EVER, VALIDATION, AZ_SHAPE_BOOLEAN, AZ_STAGE_ARRAY,
      az_compile_unique_items, NULL },
    { "writeOnly", SINCE_7, META, AZ_SHAPE_BOOLEAN, AZ_STAGE_NONE, NULL, NULL },
};
/* clang-format on */

enum { KEYWORD_COUNT = sizeof(keywords) / sizeof(keywords[0]) };

/* Eight bytes as a number that compares as they do. */
static inline uint64_t
prefix_of(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 |
           (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
           (uint64_t)p[6] << 8 | (uint64_t)p[7];
}

/* NAME, padded like the names of the table and taken apart. */
struct key {
    char text[sizeof(keywords[0].name)];
    uint64_t prefix;
};

/* Below, at or above 0 as KEY sorts before, with or after row I. */
static inline int
compare_name(const struct key *key, size_t i)
{
    uint64_t prefix = prefix_of(keywords[i].name);

    if (key->prefix != prefix)
        return key->prefix < prefix ? -1 : 1;
    return memcmp(key->text + 8, keywords[i].name + 8, sizeof(key->text) - 8);
}

/* A row of KEY; KEYWORD_COUNT if it has none. */
static size_t
find_name(const struct key *key)
{
    size_t low = 0, high = KEYWORD_COUNT, middle;
    int order;

    while (low < high) {
        middle = low + (high - low) / 2;
        order = compare_name(key, middle);
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return KEYWORD_COUNT;
}

/* The row of NAME that has one of DRAFTS, and a meaning there if ACTIVE. */
static const struct az_keyword *
find_row(struct az_str name, unsigned drafts, bool active)
{
    struct key key = { .prefix = 0 };
    size_t i;

    if (name.len == 0 || name.len >= sizeof(key.text))
        return NULL;
    memcpy(key.text, name.p, name.len);
    key.prefix = prefix_of(key.text);
    i = find_name(&key);
    /* A NUL at the end of NAME looks like padding. */
    if (i < KEYWORD_COUNT && keywords[i].name[name.len - 1] == '\0')
        return NULL;
    while (i < KEYWORD_COUNT && i > 0 && compare_name(&key, i - 1) == 0)
        i--;
    for (; i < KEYWORD_COUNT && compare_name(&key, i) == 0; i++)
        if ((keywords[i].drafts & drafts) != 0 &&
            (!active || keywords[i].shape != AZ_SHAPE_OBSOLETE))
            return &keywords[i];
    return NULL;
}

const struct az_keyword *
az_dialect_keyword(const struct az_dialect *dialect, struct az_str name)
{
    return find_row(name, dialect->draft, false);
}

const struct az_dialect *
az_dialect_first(struct az_str name)
{
    unsigned draft;

    for (draft = AZ_DRAFT_4; draft <= AZ_DRAFT_2020; draft <<= 1)
        if (find_row(name, draft, true) != NULL)
            return az_dialect_of((enum az_draft)draft);
    return NULL;
}

const char *
az_dialect_nearest(const struct az_dialect *dialect, struct az_str name)
{
    struct az_str names[KEYWORD_COUNT];
    size_t i, count = 0;

    for (i = 0; i < KEYWORD_COUNT; i++)
        if ((keywords[i].drafts & dialect->draft) != 0 &&
            keywords[i].shape != AZ_SHAPE_OBSOLETE)
            names[count++] = az_str_from(keywords[i].name);
    i = az_str_nearest(name, names, count);
    return i == count ? NULL : names[i].p;
}
