/* Inside the schema room: the compiled form, const once it is made.
   SPDX-License-Identifier: MIT

   A subschema groups its keywords by what they judge; a group that has none is
   NULL.  Its steps are the functions to be called, in order.  "at" is always
   the keyword in the schema, for related places. */

#ifndef AZ_SCHEMA_COMPILED_H
#define AZ_SCHEMA_COMPILED_H

#include "core/decimal.h"
#include "core/map.h"
#include "core/node.h"
#include "regex/regex.h"
#include "schema/format.h"

struct az_check;
struct az_evaluated;
struct az_resource;
struct az_subschema;

/* Types as bits: 1 << enum az_type, and integers, which are no type of the
   tree. */
#define AZ_TYPE_BIT(type)  (1u << (type))
#define AZ_TYPE_INTEGER    (1u << 6)
#define AZ_TYPE_WRITTEN    (1u << 7) /* integers without fraction and exponent */
#define AZ_TYPES_ALL       0x3fu
#define AZ_TYPES_CONTAINER (AZ_TYPE_BIT(AZ_ARRAY) | AZ_TYPE_BIT(AZ_OBJECT))

/* A resource as it is when the schema is applied: the dynamic scope. */
struct az_scope {
    const struct az_resource *resource;
    const struct az_document *document;
    struct az_map dynamics; /* $dynamicAnchor -> struct az_subschema */
    bool assert_format;
    bool contains_evaluates; /* what matches "contains" is evaluated */
};

/* Applies the keywords of one stage; false if one fails, which it has then
   counted or reported. */
typedef bool az_check_fn(struct az_check *check,
                         const struct az_subschema *schema,
                         const struct az_node *node,
                         struct az_evaluated *evaluated);

struct az_step {
    az_check_fn *check;
    uint32_t types; /* of nodes that it judges */
};

enum az_acceptance { AZ_ACCEPTS_SOME, AZ_ACCEPTS_ALL, AZ_ACCEPTS_NONE };

struct az_subschema {
    uint8_t acceptance; /* enum az_acceptance */
    uint8_t types;      /* "type" */
    bool tracks;        /* has unevaluatedItems or unevaluatedProperties */
    uint16_t step_count;
    const struct az_step *steps;
    /* A schema that is only a "$ref" within its resource is a name for this
       one; NULL for all others. */
    const struct az_subschema *same_as;
    const struct az_scope *scope;
    const struct az_node *node;
    const struct az_member *type_at;
    struct az_value_rules *values;
    struct az_number_rules *numbers;
    struct az_string_rules *strings;
    struct az_array_rules *arrays;
    struct az_object_rules *objects;
    struct az_applicators *applicators;
};

/* A list of subschemas under one keyword. */
struct az_branches {
    const struct az_subschema **items;
    size_t count;
    const struct az_member *at;
};

/* One subschema under one keyword; NULL where the keyword is not there. */
struct az_branch {
    const struct az_subschema *schema;
    const struct az_member *at;
};

/* A limit on a count, as minLength. */
struct az_count {
    uint64_t value;
    const struct az_member *at; /* NULL: no limit */
};

/* const, enum */
struct az_value_rules {
    const struct az_member *const_at;
    const struct az_member *enum_at;
    const struct az_node **values; /* enum, in the order of the schema */
    const struct az_node **sorted; /* the same, by az_node_compare */
    size_t count;
};

/* minimum and its kin.  A whole number of up to 18 digits is also kept as an
   integer. */
struct az_bound {
    const struct az_member *at; /* NULL: none */
    int64_t integer;
    bool is_integer;
};

struct az_number_rules {
    struct az_bound minimum;
    struct az_bound maximum;
    struct az_bound exclusive_minimum;
    struct az_bound exclusive_maximum;
    struct az_decimal step;
    const struct az_member *step_at;
};

struct az_string_rules {
    struct az_count minimum;
    struct az_count maximum;
    struct az_regex *pattern;
    const struct az_member *pattern_at;
    const struct az_schema_format *format;
    const struct az_member *format_at;
};

struct az_array_rules {
    struct az_branches prefix;
    struct az_branch items;
    struct az_branch contains;
    struct az_count min_contains;
    struct az_count max_contains;
    struct az_count minimum;
    struct az_count maximum;
    const struct az_member *unique_at;
    struct az_branch unevaluated;
};

/* A name that "properties" or "required" knows. */
struct az_property {
    struct az_str name;
    const struct az_subschema *schema; /* NULL: only required */
    uint32_t required;                 /* 1 + its index in required; 0: no */
};

struct az_pattern_property {
    struct az_regex *regex;
    const struct az_subschema *schema;
    const struct az_member *at; /* the pattern */
};

/* A key that, if it is there, wants others, or a schema. */
struct az_dependency {
    const struct az_member *at;        /* below the keyword */
    const struct az_subschema *schema; /* NULL: AT's value lists keys */
};

struct az_object_rules {
    struct az_property *properties;
    size_t property_count;
    uint32_t *slots; /* 1 + index into properties; 0: free */
    uint32_t slot_mask;
    uint64_t seed;
    const struct az_member *properties_at;
    const struct az_member *required_at; /* items are the names */
    struct az_pattern_property *patterns;
    size_t pattern_count;
    struct az_branch additional;
    struct az_branch names;
    struct az_count minimum;
    struct az_count maximum;
    struct az_dependency *dependencies;
    size_t dependency_count;
    struct az_branch unevaluated;
};

struct az_applicators {
    struct az_branch ref;
    struct az_branch dynamic_ref;
    struct az_str dynamic_name; /* empty: dynamic_ref is as good as ref */
    struct az_branches all_of;
    struct az_branches any_of;
    struct az_branches one_of;
    struct az_branch not_;
    struct az_branch if_;
    struct az_branch then;
    struct az_branch else_;
};

struct az_schema {
    const struct az_subschema *root;
    struct az_regex *const *patterns; /* every one */
    size_t pattern_count;
};

/* The property NAME of RULES, or NULL; GUESS is where it may be. */
const struct az_property *az_property_find(const struct az_object_rules *rules,
                                           struct az_str name, size_t guess);
/* Makes the table that az_property_find needs. */
void az_property_index(struct az_arena *arena, struct az_object_rules *rules);

#endif
