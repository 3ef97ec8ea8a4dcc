/* Applying the compiled form to an instance: the walk.
   SPDX-License-Identifier: MIT */

#include "schema/check.h"

#include "core/arena.h"
#include "core/limits.h"
#include "schema/number.h"

/* az_check_apply inside each other: what a deep document and a schema of
   references may need together, and a stack of 8 MiB can bear. */
#define MAX_DEPTH (8 * AZ_MAX_DEPTH)

void
az_evaluated_init(struct az_check *check, struct az_evaluated *evaluated,
                  const struct az_node *node)
{
    evaluated->word = 0;
    evaluated->words = NULL;
    evaluated->count = 0;
    evaluated->all = false;
    if (node->type != AZ_ARRAY && node->type != AZ_OBJECT)
        return;
    evaluated->count = node->count;
    if (node->count > 64)
        evaluated->words = az_arena_array(
            check->arena, (node->count + 63u) / 64u, sizeof(*evaluated->words));
}

void
az_evaluated_merge(struct az_evaluated *into, const struct az_evaluated *from)
{
    size_t i;

    into->all = into->all || from->all;
    into->word |= from->word;
    for (i = 0; from->words != NULL && i < (from->count + 63u) / 64u; i++)
        into->words[i] |= from->words[i];
}

bool
az_check_stop(struct az_check *check, enum az_diag_id id,
              const struct az_node *node, const char *message)
{
    const struct az_failure failure = { .id = id, .span = node->span };

    if (!check->stopped && check->sink != NULL)
        az_check_report(check, &failure, "%s", message);
    check->stopped = true;
    check->unsure = true;
    return false;
}

void
az_check_push_scope(struct az_check *check, const struct az_scope *scope)
{
    check->scopes =
        az_arena_grow(check->arena, check->scopes, check->scope_count,
                      &check->scope_capacity, sizeof(*check->scopes));
    check->scopes[check->scope_count++] = scope;
}

static inline bool
run_steps(struct az_check *check, const struct az_subschema *schema,
          const struct az_node *node, struct az_evaluated *evaluated)
{
    unsigned type = AZ_TYPE_BIT(node->type);
    bool valid = true;
    unsigned i;

    for (i = 0; i < schema->step_count; i++) {
        if ((schema->steps[i].types & type) == 0 ||
            schema->steps[i].check(check, schema, node, evaluated))
            continue;
        valid = false;
        if (check->mode == AZ_ANSWER || check->stopped)
            break;
    }
    return valid;
}

/* A schema with unevaluatedItems or unevaluatedProperties sees what itself and
   the subschemas in place evaluate, but not what its neighbours do. */
static bool
run_tracking(struct az_check *check, const struct az_subschema *schema,
             const struct az_node *node, struct az_evaluated *evaluated)
{
    struct az_evaluated own;
    bool valid;

    az_evaluated_init(check, &own, node);
    valid = run_steps(check, schema, node, &own);
    if (evaluated != NULL)
        az_evaluated_merge(evaluated, &own);
    return valid;
}

/* More steps are allowed to a larger document, so that a schema whose
   references multiply is stopped early. */
static bool
over_budget(struct az_check *check)
{
    if (check->max_steps == check->free_steps)
        check->max_steps +=
            az_node_size(check->start) * (uint64_t)AZ_MAX_CHECK_STEPS_PER_NODE;
    return check->steps > check->max_steps;
}

static bool
stop_over_budget(struct az_check *check, const struct az_node *node)
{
    return az_check_stop(
        check, AZ_DIAG_SCHEMA_BUDGET, node,
        az_arena_printf(check->arena,
                        "the schema takes more than %ju steps, the limit for "
                        "this document",
                        (uintmax_t)check->max_steps));
}

bool
az_check_has_steps(struct az_check *check)
{
    return check->steps <= check->max_steps || !over_budget(check) ||
           stop_over_budget(check, check->start);
}

static inline bool
enter_in_place(struct az_check *check, const struct az_node *node)
{
    if (check->stopped)
        return false;
    if (++check->steps > check->max_steps && over_budget(check))
        return stop_over_budget(check, node);
    if (check->depth >= MAX_DEPTH)
        return az_check_stop(check, AZ_DIAG_SCHEMA_BUDGET, node,
                             "the schema is applied deeper than the limit");
    check->depth++;
    return true;
}

bool
az_check_enter(struct az_check *check, const struct az_node *node)
{
    return enter_in_place(check, node);
}

static bool
fails_all(struct az_check *check, const struct az_subschema *schema,
          const struct az_node *node)
{
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_FALSE,
                                        .span = node->span,
                                        .schema = schema,
                                        .at_node = schema->node,
                                        .related = "nothing is allowed here" };

    if (az_check_failed(check))
        az_check_report_false(check, &failure, node);
    return false;
}

static bool
fails_type(struct az_check *check, const struct az_subschema *schema,
           const struct az_node *node)
{
    const struct az_failure failure = { .id = AZ_DIAG_SCHEMA_TYPE,
                                        .span = node->span,
                                        .schema = schema,
                                        .at = schema->type_at,
                                        .related = "the type is given here" };

    if (az_check_failed(check))
        az_check_report_type(check, &failure, schema->types, node);
    return false;
}

bool
az_check_type_passes(struct az_check *check, unsigned types,
                     const struct az_node *node)
{
    if ((types & AZ_TYPE_BIT(node->type)) != 0)
        return true;
    if (node->type != AZ_NUMBER)
        return false;
    return ((types & AZ_TYPE_INTEGER) != 0 &&
            az_schema_number_is_integer(check->arena, node)) ||
           ((types & AZ_TYPE_WRITTEN) != 0 &&
            az_schema_number_is_written_integer(node));
}

/* Applies what a schema says beyond the type. */
static inline bool
apply_steps(struct az_check *check, const struct az_subschema *schema,
            const struct az_node *node, struct az_evaluated *evaluated)
{
    size_t scope_count = check->scope_count;
    bool valid;

    if (!enter_in_place(check, node))
        return false;
    if (check->scopes[scope_count - 1] != schema->scope)
        az_check_push_scope(check, schema->scope);
    if (schema->tracks)
        valid = run_tracking(check, schema, node, evaluated);
    else
        valid = run_steps(check, schema, node, evaluated);
    check->scope_count = scope_count;
    check->depth--;
    return valid;
}

static inline bool
judge(struct az_check *check, const struct az_subschema *schema,
      const struct az_node *node, struct az_evaluated *evaluated)
{
    while (schema->same_as != NULL)
        schema = schema->same_as;
    if (schema->acceptance == AZ_ACCEPTS_ALL)
        return true;
    if (schema->acceptance == AZ_ACCEPTS_NONE)
        return fails_all(check, schema, node);
    /* What else a schema says about a value of a type that it refuses is no
       news. */
    if ((schema->types & AZ_TYPE_BIT(node->type)) == 0 &&
        !az_check_type_passes(check, schema->types, node))
        return fails_type(check, schema, node);
    return schema->step_count == 0 ||
           apply_steps(check, schema, node, evaluated);
}

/* The same with a frame, for the places of findings. */
static bool
judge_in_frame(struct az_check *check, const struct az_subschema *schema,
               const struct az_node *node, struct az_evaluated *evaluated)
{
    bool valid;

    check->frames =
        az_arena_grow(check->arena, check->frames, check->frame_count,
                      &check->frame_capacity, sizeof(*check->frames));
    check->frames[check->frame_count++] =
        (struct az_frame){ schema, check->path_count };
    valid = judge(check, schema, node, evaluated);
    check->frame_count--;
    return valid;
}

/* az_check_apply, to be part of its callers: nearly all the time of a check
   goes through here. */
static inline bool
apply(struct az_check *check, const struct az_subschema *schema,
      const struct az_node *node, struct az_evaluated *evaluated)
{
    return check->mode == AZ_REPORT
               ? judge_in_frame(check, schema, node, evaluated)
               : judge(check, schema, node, evaluated);
}

bool
az_check_apply(struct az_check *check, const struct az_subschema *schema,
               const struct az_node *node, struct az_evaluated *evaluated)
{
    return apply(check, schema, node, evaluated);
}

/* One step down the instance, to a child of CONTAINER. */
static inline void
step_down(struct az_check *check, const struct az_node *container)
{
    if (check->path_count == check->path_capacity)
        check->path =
            az_arena_grow(check->arena, check->path, check->path_count,
                          &check->path_capacity, sizeof(*check->path));
    check->path[check->path_count++].container = container;
}

bool
az_check_child(struct az_check *check, const struct az_subschema *schema,
               const struct az_node *container, uint32_t index,
               const struct az_node *child)
{
    unsigned references = check->references;
    bool valid;

    if (schema->acceptance == AZ_ACCEPTS_ALL)
        return true;
    step_down(check, container);
    check->path[check->path_count - 1].index = index;
    check->references = 0;
    valid = apply(check, schema, child, NULL);
    check->references = references;
    check->path_count--;
    return valid;
}

bool
az_check_items(struct az_check *check, const struct az_subschema *schema,
               const struct az_node *array, uint32_t first)
{
    unsigned references = check->references;
    bool valid = true;
    uint32_t i;

    step_down(check, array);
    check->references = 0;
    for (i = first; i < array->count; i++) {
        check->path[check->path_count - 1].index = i;
        if (apply(check, schema, &array->items[i], NULL))
            continue;
        valid = false;
        if (check->mode == AZ_ANSWER || check->stopped)
            break;
    }
    check->references = references;
    check->path_count--;
    return valid;
}

bool
az_check_answers(struct az_check *check, const struct az_subschema *schema,
                 const struct az_node *node, struct az_evaluated *evaluated)
{
    const enum az_mode mode = check->mode;
    const struct az_distance distance = check->distance;
    bool valid;

    check->mode = AZ_ANSWER;
    valid = az_check_apply(check, schema, node, evaluated);
    check->mode = mode;
    check->distance = distance;
    return valid;
}

/* Applies SCHEMA in CHECK's mode, from the beginning. */
static bool
run(struct az_check *check, const struct az_schema *schema)
{
    az_check_push_scope(check, schema->root->scope);
    return az_check_apply(check, schema->root, check->start, NULL) &&
           !check->unsure;
}

bool
az_schema_check(const struct az_schema *schema, struct az_arena *arena,
                struct az_sink *sink, const struct az_document *instance,
                const struct az_node *node,
                const struct az_schema_options *options, bool *ret_unsure)
{
    const struct az_check begin = {
        .arena = arena,
        .document = instance,
        .start = node,
        .free_steps = az_arena_limits(arena)->check_steps,
        .assert_format = options != NULL && options->assert_format,
        .ignore_format = options != NULL && options->ignore_format,
        .explain_all = options != NULL && options->explain_all,
        .bounds = options == NULL ? NULL : options->bounds,
        .mode = AZ_ANSWER,
        .max_steps = az_arena_limits(arena)->check_steps,
        .distance = { 0, SIZE_MAX },
        .guesses_left = AZ_GUESS_BUDGET,
    };
    struct az_check check = begin;
    bool valid = run(&check, schema);
    const size_t before = sink == NULL ? 0 : sink->count;

    /* What is valid costs nothing that only a report needs. */
    if (!valid && sink != NULL) {
        check = begin;
        check.sink = sink;
        check.mode = AZ_REPORT;
        valid = run(&check, schema);
        az_check_tidy(&check, before);
        if (check.scratch != NULL)
            az_arena_free(check.scratch);
    }
    if (ret_unsure != NULL)
        *ret_unsure = check.unsure;
    return valid;
}
