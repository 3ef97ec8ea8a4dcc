/* Inside the schema room: the dialects and their keywords.
   SPDX-License-Identifier: MIT */

#ifndef AZ_SCHEMA_KEYWORDS_H
#define AZ_SCHEMA_KEYWORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

struct az_arena;
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

/* The vocabularies of 2020-12, as bits.  2019-09 has one for "format", which is
   one or the other as the metaschema says true or false; older drafts have
   them all. */
enum az_vocabulary {
    AZ_VOCABULARY_CORE = 1,
    AZ_VOCABULARY_APPLICATOR = 2,
    AZ_VOCABULARY_UNEVALUATED = 4,
    AZ_VOCABULARY_VALIDATION = 8,
    AZ_VOCABULARY_META_DATA = 16,
    AZ_VOCABULARY_FORMAT_ANNOTATION = 32,
    AZ_VOCABULARY_FORMAT_ASSERTION = 64,
    AZ_VOCABULARY_CONTENT = 128,
    AZ_VOCABULARY_FORMAT =
        AZ_VOCABULARY_FORMAT_ANNOTATION | AZ_VOCABULARY_FORMAT_ASSERTION,
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
    AZ_SHAPE_SET,          /* a non-empty array of distinct values */
    AZ_SHAPE_TYPE,         /* a type's name, or a set of them */
    AZ_SHAPE_STRINGS,      /* an array of distinct strings */
    AZ_SHAPE_SOME_STRINGS, /* the same, not empty */
    AZ_SHAPE_STRINGS_MAP,  /* an object of those */
    AZ_SHAPE_PATTERN,
    AZ_SHAPE_ID,
    AZ_SHAPE_URI,
    AZ_SHAPE_REFERENCE,
    AZ_SHAPE_ANCHOR,
    AZ_SHAPE_RECURSIVE_ANCHOR,
    AZ_SHAPE_RECURSIVE_REF,
    AZ_SHAPE_EXCLUSIVE, /* true or false beside the limit itself */
    AZ_SHAPE_VOCABULARIES,
    AZ_SHAPE_SCHEMA,
    AZ_SHAPE_SCHEMA_OR_BOOLEAN, /* where a boolean is no schema elsewhere */
    AZ_SHAPE_SCHEMA_OR_LIST,    /* the list is not empty */
    AZ_SHAPE_SCHEMAS,           /* a non-empty array of schemas */
    AZ_SHAPE_SCHEMA_MAP,
    AZ_SHAPE_PATTERN_MAP,  /* the same, its keys patterns */
    AZ_SHAPE_DEPENDENCIES, /* an object of schemas and arrays of strings */
    AZ_SHAPE_OBSOLETE,     /* a keyword of an older draft, without effect */
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
    char name[24];
    uint8_t drafts;         /* of enum az_draft: those that this row is of */
    uint16_t vocabularies;  /* in force if one of these is */
    uint8_t shape;          /* enum az_shape */
    uint8_t stage;          /* enum az_stage */
    az_compile_fn *compile; /* NULL: nothing to compile */
    const char *instead;    /* of an obsolete keyword: what to use */
};

/* A draft: what it is called and how it differs beyond its keywords. */
struct az_dialect {
    enum az_draft draft;
    const char *name;
    const char *base; /* its metaschema is "schema" below this URI */
    const char *id_keyword;
    uint32_t vocabularies; /* in force unless the metaschema says otherwise */
    bool has_vocabularies; /* a metaschema may say otherwise */
    bool has_boolean_schemas; /* true and false are schemas */
    bool ref_hides;           /* keywords beside "$ref" are not there */
    bool id_names;            /* a fragment of an id is what "$anchor" is now */
    bool integer_is_written; /* 1.0 is no integer (draft 4, validation 5.5.2) */
    bool contains_evaluates; /* what matches "contains" is evaluated */
};

/* The dialect whose metaschema is URI (an empty fragment is ignored), or
   NULL. */
const struct az_dialect *az_dialect_find(struct az_str uri);
/* The newest. */
const struct az_dialect *az_dialect_default(void);
/* The one of DRAFT. */
const struct az_dialect *az_dialect_of(enum az_draft draft);
/* What to do about URI, which is no dialect. */
const char *az_dialect_hint(struct az_arena *arena, struct az_str uri);
/* The name, in az_schema_metaschemas, of the metaschema or part of one that URI
   would be; NULL if it is none. */
const char *az_dialect_metaschema(struct az_arena *arena, struct az_str uri);
/* The vocabulary bits that URI has in DIALECT; 0 if nobody knows it. */
uint32_t az_vocabulary_find(const struct az_dialect *dialect,
                            struct az_str uri);

/* The keyword NAME, or NULL. */
const struct az_keyword *az_dialect_keyword(const struct az_dialect *dialect,
                                            struct az_str name);
/* The oldest dialect in which NAME is a keyword; NULL if there is none. */
const struct az_dialect *az_dialect_first(struct az_str name);
/* The keyword name nearest to NAME, or NULL. */
const char *az_dialect_nearest(const struct az_dialect *dialect,
                               struct az_str name);

#endif
