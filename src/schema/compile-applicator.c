/* Compiling the keywords that apply subschemas to items, or in place.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "schema/compile.h"

static struct az_branch
child(struct az_compiler *compiler, const struct az_use *use)
{
    return (struct az_branch){ az_compile_child(compiler, &use->member->value),
                               use->member };
}

static struct az_branch
in_place(struct az_compiler *compiler, const struct az_use *use)
{
    return (struct az_branch){ az_compile_in_place(
                                   compiler, &use->member->value, use->member),
                               use->member };
}

static struct az_branches
all_in_place(struct az_compiler *compiler, const struct az_use *use)
{
    const struct az_node *list = &use->member->value;
    struct az_branches branches = { .count = list->count, .at = use->member };
    size_t i;

    branches.items =
        az_arena_array(compiler->arena, list->count, sizeof(*branches.items));
    for (i = 0; i < list->count; i++)
        branches.items[i] =
            az_compile_in_place(compiler, &list->items[i], use->member);
    return branches;
}

void
az_compile_prefix_items(struct az_compiler *compiler,
                        struct az_subschema *schema, const struct az_use *use)
{
    struct az_branches *prefix = &az_compile_arrays(compiler, schema)->prefix;
    const struct az_node *list = &use->member->value;
    size_t i;

    prefix->at = use->member;
    prefix->count = list->count;
    prefix->items =
        az_arena_array(compiler->arena, list->count, sizeof(*prefix->items));
    for (i = 0; i < list->count; i++)
        prefix->items[i] = az_compile_child(compiler, &list->items[i]);
}

/* Until 2019-09 a list here was what is "prefixItems" now. */
void
az_compile_items(struct az_compiler *compiler, struct az_subschema *schema,
                 const struct az_use *use)
{
    if (use->member->value.type == AZ_ARRAY)
        az_compile_prefix_items(compiler, schema, use);
    else
        az_compile_arrays(compiler, schema)->items = child(compiler, use);
}

/* What "items" is beside "prefixItems" now, but only beside a list. */
void
az_compile_additional_items(struct az_compiler *compiler,
                            struct az_subschema *schema,
                            const struct az_use *use)
{
    const struct az_node *items = az_node_get(compiler->unit->node, "items");
    struct az_branch rest = child(compiler, use);
    struct az_array_rules *rules = az_compile_arrays(compiler, schema);

    if (items != NULL && items->type == AZ_ARRAY)
        rules->items = rest;
}

void
az_compile_contains(struct az_compiler *compiler, struct az_subschema *schema,
                    const struct az_use *use)
{
    az_compile_arrays(compiler, schema)->contains = child(compiler, use);
}

void
az_compile_unevaluated_items(struct az_compiler *compiler,
                             struct az_subschema *schema,
                             const struct az_use *use)
{
    schema->tracks = true;
    az_compile_arrays(compiler, schema)->unevaluated = child(compiler, use);
}

void
az_compile_all_of(struct az_compiler *compiler, struct az_subschema *schema,
                  const struct az_use *use)
{
    az_compile_applicators(compiler, schema)->all_of =
        all_in_place(compiler, use);
}

void
az_compile_any_of(struct az_compiler *compiler, struct az_subschema *schema,
                  const struct az_use *use)
{
    az_compile_applicators(compiler, schema)->any_of =
        all_in_place(compiler, use);
}

void
az_compile_one_of(struct az_compiler *compiler, struct az_subschema *schema,
                  const struct az_use *use)
{
    az_compile_applicators(compiler, schema)->one_of =
        all_in_place(compiler, use);
}

void
az_compile_not(struct az_compiler *compiler, struct az_subschema *schema,
               const struct az_use *use)
{
    az_compile_applicators(compiler, schema)->not_ = in_place(compiler, use);
}

void
az_compile_if(struct az_compiler *compiler, struct az_subschema *schema,
              const struct az_use *use)
{
    az_compile_applicators(compiler, schema)->if_ = in_place(compiler, use);
}

void
az_compile_then(struct az_compiler *compiler, struct az_subschema *schema,
                const struct az_use *use)
{
    az_compile_applicators(compiler, schema)->then = in_place(compiler, use);
}

void
az_compile_else(struct az_compiler *compiler, struct az_subschema *schema,
                const struct az_use *use)
{
    az_compile_applicators(compiler, schema)->else_ = in_place(compiler, use);
}

void
az_compile_defs(struct az_compiler *compiler, struct az_subschema *schema,
                const struct az_use *use)
{
    size_t i;

    (void)schema;
    for (i = 0; i < use->member->value.count; i++)
        az_compile_child(compiler, &use->member->value.members[i].value);
}

/* A subschema that judges nothing here, but must be one. */
void
az_compile_unused(struct az_compiler *compiler, struct az_subschema *schema,
                  const struct az_use *use)
{
    (void)schema;
    az_compile_child(compiler, &use->member->value);
}
