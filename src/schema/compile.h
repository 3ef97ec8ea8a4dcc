/* Inside the schema room: from the parsed to the compiled form.
   SPDX-License-Identifier: MIT */

#ifndef AZ_SCHEMA_COMPILE_H
#define AZ_SCHEMA_COMPILE_H

#include "schema/compiled.h"
#include "schema/parsed.h"

struct az_compiler {
    struct az_registry *registry;
    struct az_arena *arena;
    struct az_sink *sink;
    struct az_schema_unit *all; /* units that are wanted, in order */
    struct az_schema_unit *last;
    struct az_schema_unit *unit; /* the one at hand */
    uint32_t generation;
    size_t errors;
    struct az_regex **patterns; /* all, as az_schema has them */
    size_t pattern_count;
    size_t pattern_capacity;
    const struct az_resource **resources; /* with a metaschema of their own */
    size_t resource_count;
    size_t resource_capacity;
    struct az_map formats; /* unknown ones */
    uint64_t guesses_left; /* az_str_may_guess */
};

/* The name under which "$recursiveAnchor": true is kept; no anchor has it. */
#define AZ_RECURSIVE_ANCHOR AZ_STR("#")

/* ROOT, a unit of REGISTRY, compiled with all that it needs; NULL with findings
   in SINK. */
const struct az_schema *az_compile_root(struct az_registry *registry,
                                        struct az_sink *sink,
                                        struct az_schema_unit *root);

/* The compiled form of UNIT, empty until its turn comes. */
struct az_subschema *az_compile_want(struct az_compiler *compiler,
                                     struct az_schema_unit *unit);
/* The same for NODE, a subschema of the unit at hand. */
const struct az_subschema *az_compile_child(struct az_compiler *compiler,
                                            const struct az_node *node);
/* The same, when it is applied to the same place as the unit at hand. */
const struct az_subschema *az_compile_in_place(struct az_compiler *compiler,
                                               const struct az_node *node,
                                               const struct az_member *at);
/* A group of the subschema at hand, made when it is first needed. */
struct az_value_rules *az_compile_values(struct az_compiler *compiler,
                                         struct az_subschema *schema);
struct az_number_rules *az_compile_numbers(struct az_compiler *compiler,
                                           struct az_subschema *schema);
struct az_string_rules *az_compile_strings(struct az_compiler *compiler,
                                           struct az_subschema *schema);
struct az_array_rules *az_compile_arrays(struct az_compiler *compiler,
                                         struct az_subschema *schema);
struct az_object_rules *az_compile_objects(struct az_compiler *compiler,
                                           struct az_subschema *schema);
struct az_applicators *az_compile_applicators(struct az_compiler *compiler,
                                              struct az_subschema *schema);

/* Records that the schema is wrong at SPAN of the unit's document. */
struct az_diag *az_compile_fail(struct az_compiler *compiler,
                                enum az_diag_id id, struct az_span span,
                                const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Records a warning there. */
struct az_diag *az_compile_warn(struct az_compiler *compiler,
                                struct az_span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Sets the JSON Pointer of a finding to NODE of the unit's document. */
void az_compile_locate(struct az_compiler *compiler, struct az_diag *diag,
                       const struct az_node *node);
/* The pattern TEXT, which stands at SPAN; NULL with a finding if it is none. */
struct az_regex *az_compile_regex(struct az_compiler *compiler,
                                  struct az_str text, struct az_span span,
                                  const struct az_node *where);

/* Whether the value of USE has the shape of its keyword; if not, findings say
   where. */
bool az_schema_shape_check(struct az_compiler *compiler,
                           const struct az_use *use);

/* Judges the resources of COMPILER that have a metaschema which is no draft's
   own by that; compiles it before. */
void az_compile_check_metaschemas(struct az_compiler *compiler);

/* Refuses subschemas that are applied to the same place without end. */
void az_compile_check_loops(struct az_compiler *compiler);

az_compile_fn az_compile_additional_properties, az_compile_all_of,
    az_compile_additional_items, az_compile_any_of, az_compile_const,
    az_compile_contains, az_compile_defs, az_compile_dependencies,
    az_compile_recursive_ref, az_compile_dependent_required,
    az_compile_dependent_schemas, az_compile_dynamic_ref, az_compile_else,
    az_compile_enum, az_compile_exclusive_maximum, az_compile_exclusive_minimum,
    az_compile_format, az_compile_if, az_compile_items, az_compile_max_contains,
    az_compile_max_items, az_compile_max_length, az_compile_max_properties,
    az_compile_maximum, az_compile_min_contains, az_compile_min_items,
    az_compile_min_length, az_compile_min_properties, az_compile_minimum,
    az_compile_multiple_of, az_compile_not, az_compile_one_of,
    az_compile_pattern, az_compile_pattern_properties, az_compile_prefix_items,
    az_compile_properties, az_compile_property_names, az_compile_ref,
    az_compile_required, az_compile_then, az_compile_type,
    az_compile_unevaluated_items, az_compile_unevaluated_properties,
    az_compile_unique_items, az_compile_unused;

/* Fills the property table of SCHEMA from its properties and required. */
void az_compile_finish_objects(struct az_compiler *compiler,
                               struct az_subschema *schema);

#endif
