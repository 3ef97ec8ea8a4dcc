/* Inside the schema room: the keywords of each dialect.
   SPDX-License-Identifier: MIT */

#ifndef AZ_SCHEMA_KEYWORDS_H
#define AZ_SCHEMA_KEYWORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

struct az_compiler;
struct az_subschema;
struct az_use;

/* The drafts, as bits. */
enum az_draft {
    AZ_DRAFT_4 = 1,
    AZ_DRAFT_6 = 2,
    AZ_DRAFT_7 = 4,
    AZ_DRAFT_2019 = 8,
    AZ_DRAFT_2020 = 16,
};

/* The vocabularies of 2020-12, as bits. */
enum az_vocabulary {
    AZ_VOCABULARY_CORE = 1,
    AZ_VOCABULARY_APPLICATOR = 2,
    AZ_VOCABULARY_UNEVALUATED = 4,
    AZ_VOCABULARY_VALIDATION = 8,
    AZ_VOCABULARY_META_DATA = 16,
    AZ_VOCABULARY_FORMAT_ANNOTATION = 32,
    AZ_VOCABULARY_FORMAT_ASSERTION = 64,
    AZ_VOCABULARY_CONTENT = 128,
};

/* What the value of a keyword must be. */
enum az_shape {
    AZ_SHAPE_ANY,
    AZ_SHAPE_STRING,
    AZ_SHAPE_BOOLEAN,
    AZ_SHAPE_NUMBER,
    AZ_SHAPE_POSITIVE, /* a number above zero */
    AZ_SHAPE_COUNT,    /* a non-negative integer */
    AZ_SHAPE_ARRAY,
    AZ_SHAPE_TYPE,        /* a type's name, or a set of them */
    AZ_SHAPE_STRINGS,     /* an array of distinct strings */
    AZ_SHAPE_STRINGS_MAP, /* an object of those */
    AZ_SHAPE_PATTERN,
    AZ_SHAPE_ID,
    AZ_SHAPE_URI,
    AZ_SHAPE_REFERENCE,
    AZ_SHAPE_ANCHOR,
    AZ_SHAPE_VOCABULARIES,
    AZ_SHAPE_SCHEMA,
    AZ_SHAPE_SCHEMAS, /* a non-empty array of schemas */
    AZ_SHAPE_SCHEMA_MAP,
    AZ_SHAPE_PATTERN_MAP, /* the same, its keys patterns */
    AZ_SHAPE_OBSOLETE,    /* a keyword of an older draft, without effect */
    AZ_SHAPE_COUNT_OF,
};

/* What a keyword has to be judged by, in this order; one function judges all
   keywords of a stage. */
enum az_stage {
    AZ_STAGE_NONE,
    AZ_STAGE_VALUE,
    AZ_STAGE_NUMBER,
    AZ_STAGE_STRING,
    AZ_STAGE_ARRAY,
    AZ_STAGE_OBJECT,
    AZ_STAGE_REFERENCE,
    AZ_STAGE_ALL_OF,
    AZ_STAGE_ANY_OF,
    AZ_STAGE_ONE_OF,
    AZ_STAGE_NOT,
    AZ_STAGE_CONDITION,
    AZ_STAGE_DEPENDENT,
    AZ_STAGE_UNEVALUATED,
    AZ_STAGE_COUNT,
};

/* Puts the use of a keyword, whose value has its shape, into SCHEMA. */
typedef void az_compile_fn(struct az_compiler *compiler,
                           struct az_subschema *schema,
                           const struct az_use *use);

struct az_keyword {
    const char *name;
    uint32_t vocabularies; /* in force if one of these is */
    enum az_shape shape;
    enum az_stage stage;
    az_compile_fn *compile; /* NULL: nothing to compile */
    const char *instead;    /* of an obsolete keyword: what to use */
};

/* A draft: its keywords, sorted by name, and what it is called. */
struct az_dialect {
    enum az_draft draft;
    const char *uri; /* of its metaschema */
    const char *name;
    const char *id_keyword;
    const struct az_keyword *keywords;
    size_t keyword_count;
    uint32_t vocabularies; /* in force unless the metaschema says otherwise */
};

/* The dialect whose metaschema is URI (an empty fragment is ignored), or
   NULL. */
const struct az_dialect *az_dialect_find(struct az_str uri);
/* The dialect of a schema that names none. */
const struct az_dialect *az_dialect_default(void);
/* The keyword NAME, or NULL. */
const struct az_keyword *az_dialect_keyword(const struct az_dialect *dialect,
                                            struct az_str name);
/* The keyword name nearest to NAME, or NULL. */
const char *az_dialect_nearest(const struct az_dialect *dialect,
                               struct az_str name);
/* The vocabulary bit of URI; 0 if nobody knows it. */
uint32_t az_vocabulary_find(struct az_str uri);

#endif
