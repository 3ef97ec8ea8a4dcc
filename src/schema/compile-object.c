/* Compiling the keywords that judge objects.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "schema/compile.h"

void
az_compile_properties(struct az_compiler *compiler, struct az_subschema *schema,
                      const struct az_use *use)
{
    struct az_object_rules *rules = az_compile_objects(compiler, schema);
    size_t i;

    rules->properties_at = use->member;
    for (i = 0; i < use->member->value.count; i++)
        az_compile_child(compiler, &use->member->value.members[i].value);
}

void
az_compile_required(struct az_compiler *compiler, struct az_subschema *schema,
                    const struct az_use *use)
{
    az_compile_objects(compiler, schema)->required_at = use->member;
}

void
az_compile_pattern_properties(struct az_compiler *compiler,
                              struct az_subschema *schema,
                              const struct az_use *use)
{
    struct az_object_rules *rules = az_compile_objects(compiler, schema);
    const struct az_node *value = &use->member->value;
    const struct az_member *member;
    size_t i;

    rules->pattern_count = value->count;
    rules->patterns =
        az_arena_array(compiler->arena, value->count, sizeof(*rules->patterns));
    for (i = 0; i < value->count; i++) {
        member = &value->members[i];
        rules->patterns[i] = (struct az_pattern_property){
            az_compile_regex(compiler, member->key, member->key_span,
                             &member->value),
            az_compile_child(compiler, &member->value), member
        };
    }
}

void
az_compile_additional_properties(struct az_compiler *compiler,
                                 struct az_subschema *schema,
                                 const struct az_use *use)
{
    az_compile_objects(compiler, schema)->additional =
        (struct az_branch){ az_compile_child(compiler, &use->member->value),
                            use->member };
}

void
az_compile_property_names(struct az_compiler *compiler,
                          struct az_subschema *schema, const struct az_use *use)
{
    az_compile_objects(compiler, schema)->names =
        (struct az_branch){ az_compile_child(compiler, &use->member->value),
                            use->member };
}

void
az_compile_unevaluated_properties(struct az_compiler *compiler,
                                  struct az_subschema *schema,
                                  const struct az_use *use)
{
    schema->tracks = true;
    az_compile_objects(compiler, schema)->unevaluated =
        (struct az_branch){ az_compile_child(compiler, &use->member->value),
                            use->member };
}

/* Room for COUNT more dependencies; the first of the new ones. */
static struct az_dependency *
add_dependencies(struct az_compiler *compiler, struct az_subschema *schema,
                 size_t count)
{
    struct az_object_rules *rules = az_compile_objects(compiler, schema);
    struct az_dependency *all = az_arena_array(
        compiler->arena, rules->dependency_count + count, sizeof(*all));
    size_t i;

    for (i = 0; i < rules->dependency_count; i++)
        all[i] = rules->dependencies[i];
    rules->dependencies = all;
    rules->dependency_count += count;
    return all + i;
}

void
az_compile_dependent_required(struct az_compiler *compiler,
                              struct az_subschema *schema,
                              const struct az_use *use)
{
    const struct az_node *value = &use->member->value;
    struct az_dependency *added =
        add_dependencies(compiler, schema, value->count);
    size_t i;

    for (i = 0; i < value->count; i++)
        added[i] = (struct az_dependency){ &value->members[i], NULL };
}

void
az_compile_dependent_schemas(struct az_compiler *compiler,
                             struct az_subschema *schema,
                             const struct az_use *use)
{
    const struct az_node *value = &use->member->value;
    struct az_dependency *added =
        add_dependencies(compiler, schema, value->count);
    size_t i;

    for (i = 0; i < value->count; i++)
        added[i] = (struct az_dependency){
            &value->members[i],
            az_compile_in_place(compiler, &value->members[i].value,
                                &value->members[i])
        };
}

/* The one or the other, as the value is an array or not. */
void
az_compile_dependencies(struct az_compiler *compiler,
                        struct az_subschema *schema, const struct az_use *use)
{
    const struct az_node *value = &use->member->value;
    struct az_dependency *added =
        add_dependencies(compiler, schema, value->count);
    const struct az_member *member;
    size_t i;

    for (i = 0; i < value->count; i++) {
        member = &value->members[i];
        added[i].at = member;
        if (member->value.type != AZ_ARRAY)
            added[i].schema =
                az_compile_in_place(compiler, &member->value, member);
    }
}

/* Adds the names of "required" that "properties" does not have, and numbers
   all that are required. */
static void
add_required(struct az_object_rules *rules, const struct az_node *required)
{
    struct az_property *property;
    struct az_str name;
    uint32_t i;

    for (i = 0; i < required->count; i++) {
        name = az_node_text(&required->items[i]);
        property = NULL;
        if (rules->slots != NULL) {
            const struct az_property *found = az_property_find(rules, name, 0);

            if (found != NULL)
                property = &rules->properties[found - rules->properties];
        }
        if (property == NULL) {
            property = &rules->properties[rules->property_count++];
            property->name = name;
        }
        property->required = i + 1;
    }
}

void
az_compile_finish_objects(struct az_compiler *compiler,
                          struct az_subschema *schema)
{
    static const struct az_node none;
    struct az_object_rules *rules = schema->objects;
    const struct az_node *properties =
        rules->properties_at == NULL ? &none : &rules->properties_at->value;
    const struct az_node *required =
        rules->required_at == NULL ? &none : &rules->required_at->value;
    size_t i;

    if (properties->count + required->count == 0)
        return;
    rules->properties = az_arena_array(
        compiler->arena, (size_t)properties->count + required->count,
        sizeof(*rules->properties));
    rules->property_count = properties->count;
    for (i = 0; i < properties->count; i++) {
        rules->properties[i].name = properties->members[i].key;
        rules->properties[i].schema =
            az_compile_child(compiler, &properties->members[i].value);
    }
    if (required->count > 0) {
        if (properties->count > 0)
            az_property_index(compiler->arena, rules);
        add_required(rules, required);
        if (rules->property_count == properties->count)
            return;
    }
    az_property_index(compiler->arena, rules);
}

/* Mixes the bytes of a name with a secret seed, eight at a time. */
static uint32_t
hash(uint64_t seed, struct az_str name)
{
    const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t state = seed ^ (name.len * factor), word;
    const char *p = name.p;
    size_t left = name.len;

    for (; left >= 8; p += 8, left -= 8) {
        memcpy(&word, p, 8);
        state = (state ^ word) * factor;
        state ^= state >> 29;
    }
    if (left > 0) {
        word = 0;
        memcpy(&word, p, left);
        state = (state ^ word) * factor;
        state ^= state >> 29;
    }
    state *= factor;
    return (uint32_t)(state >> 32);
}

void
az_property_index(struct az_arena *arena, struct az_object_rules *rules)
{
    uint32_t size = 4, i, slot;

    while (size < rules->property_count * 2)
        size *= 2;
    rules->slots = az_arena_array(arena, size, sizeof(*rules->slots));
    rules->slot_mask = size - 1;
    rules->seed = az_arena_seed(arena);
    for (i = 0; i < rules->property_count; i++) {
        slot = hash(rules->seed, rules->properties[i].name) & rules->slot_mask;
        while (rules->slots[slot] != 0)
            slot = (slot + 1) & rules->slot_mask;
        rules->slots[slot] = i + 1;
    }
}

const struct az_property *
az_property_find(const struct az_object_rules *rules, struct az_str name,
                 size_t guess)
{
    const struct az_property *property;
    uint32_t slot;

    if (guess < rules->property_count &&
        az_str_eq(rules->properties[guess].name, name))
        return &rules->properties[guess];
    if (rules->slots == NULL)
        return NULL;
    slot = hash(rules->seed, name) & rules->slot_mask;
    for (; rules->slots[slot] != 0; slot = (slot + 1) & rules->slot_mask) {
        property = &rules->properties[rules->slots[slot] - 1];
        if (az_str_eq(property->name, name))
            return property;
    }
    return NULL;
}
