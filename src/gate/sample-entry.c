/* The entry of a measurement from a sample log: what a summary would say of it.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include "core/arena.h"
#include "core/build.h"

/* VALUE at the place of FIELD of the line that is looked at. */
static struct az_node
placed(const struct computing *c, const char *field, struct az_node value)
{
    const struct az_node *node = az_node_get(c->line->root, field);

    value.span = node != NULL ? node->span : c->line->root->span;
    return value;
}

/* A list without repeats. */
struct texts {
    struct az_builder list;
    struct az_map seen;
};

static void
texts_init(struct texts *texts, struct az_arena *arena)
{
    az_builder_init(&texts->list, arena);
    az_map_init(&texts->seen, arena);
}

/* Adds TEXT, which is copied, unless it is there already. */
static void
add_text(struct computing *c, struct texts *texts, struct az_str text)
{
    if (az_map_find(&texts->seen, text) != NULL)
        return;
    text = az_arena_str(c->gate->arena, text);
    az_map_put(&texts->seen, text, NULL);
    az_builder_add(&texts->list, az_make_string(text));
}

/* Adds the artifacts of CONTEXT's first line, which is read again in SCRATCH:
   to keep what it says would take most of the memory of a context. */
static void
add_paths(struct computing *c, struct texts *paths,
          const struct az_log_context *context, struct az_arena *scratch)
{
    const struct az_node *value;

    az_arena_clear(scratch);
    value = az_node_get(az_log_context_read(scratch, context)->root,
                        "artifact_paths");
    for (uint32_t i = 0; i < value->count; i++)
        add_text(c, paths, az_node_text(&value->items[i]));
}

/* Adds the commands and the paths of the artifacts of all contexts. */
static void
list_texts(struct computing *c, struct texts *commands, struct texts *paths)
{
    struct az_arena *scratch = az_arena_new_like(c->gate->arena);

    for (size_t p = 0; p < c->collection->count; p++)
        for (size_t i = 0; i < c->collection->parts[p]->count; i++)
            for (const struct az_log_context *context =
                     c->collection->parts[p]->groups[i]->first;
                 context != NULL; context = context->next) {
                add_text(c, commands,
                         az_sampling_text(c, context, AZ_LOG_COMMAND));
                add_paths(c, paths, context, scratch);
            }
    az_arena_free(scratch);
}

/* Where the measurement is not refused, all parts have the same seeds. */
static struct az_node
seeds_of(struct computing *c)
{
    struct az_builder list;

    az_builder_init(&list, c->gate->arena);
    for (size_t i = 0; i < c->part->count; i++)
        az_builder_add(
            &list, az_make_integer(c->gate->arena, c->part->groups[i]->seed));
    return placed(c, "seed", az_builder_array(&list));
}

/* Sets KEY to TEXT, if it is not empty, which stands in FIELD of the line. */
static void
set_text(struct computing *c, struct az_builder *object, const char *key,
         const char *field, struct az_str text)
{
    if (text.len > 0)
        az_builder_set(object, key, placed(c, field, az_make_string(text)));
}

/* The earliest time that the lines of GROUP tell, if it is before TIME, which
   may be empty; false if one tells none. */
static bool
find_earliest(const struct az_log_group *group, struct az_str *time)
{
    const struct az_log_context *context = group->first;

    for (; context != NULL && !context->untimed; context = context->next)
        if (time->len == 0 ||
            az_log_compare_times(az_log_time_text(&context->earliest), *time) <
                0)
            *time = az_log_time_text(&context->earliest);
    return context == NULL;
}

/* When measuring began; empty if not all lines tell it. */
static struct az_str
measured_at(const struct collection *collection)
{
    struct az_str time = AZ_STR("");

    for (size_t i = 0; i < collection->count; i++)
        for (size_t k = 0; k < collection->parts[i]->count; k++)
            if (!find_earliest(collection->parts[i]->groups[k], &time))
                return AZ_STR("");
    return time;
}

static struct az_node
provenance_of(struct computing *c)
{
    const struct az_log_context *first = c->part->first->first;
    struct az_builder object, environment;

    az_builder_init(&environment, c->gate->arena);
    set_text(c, &environment, "name", "browser", c->measurement->environment);
    set_text(c, &environment, "browser", "browser",
             c->measurement->environment);
    set_text(c, &environment, "version", "version",
             az_sampling_text(c, first, AZ_LOG_VERSION));
    set_text(c, &environment, "host_class", "host_class",
             az_sampling_text(c, first, AZ_LOG_HOST_CLASS));
    az_builder_init(&object, c->gate->arena);
    az_builder_set(&object, "environment", az_builder_object(&environment));
    set_text(c, &object, "command", "repro_command",
             az_sampling_text(c, first, AZ_LOG_COMMAND));
    set_text(c, &object, "method", "method",
             az_sampling_text(c, first, AZ_LOG_METHOD));
    set_text(c, &object, "measured_at", "measured_at",
             measured_at(c->collection));
    return az_builder_object(&object);
}

void
az_sampling_make_entry(struct computing *c)
{
    struct az_measurement *m = c->measurement;
    struct az_arena *arena = c->gate->arena;
    struct az_document *document = AZ_NEW(arena, struct az_document);
    struct az_node *entry = AZ_NEW(arena, struct az_node);
    struct texts commands, paths;
    struct az_builder object;

    texts_init(&commands, arena);
    texts_init(&paths, arena);
    list_texts(c, &commands, &paths);
    az_builder_init(&object, arena);
    az_builder_set(&object, "commit",
                   placed(c, "commit", az_make_string(m->commit)));
    az_builder_set(&object, "profile",
                   placed(c, "profile", az_make_string(m->profile)));
    az_builder_set(&object, "environment",
                   placed(c, "browser", az_make_string(m->environment)));
    az_builder_set(&object, "metric_id",
                   placed(c, "metric_id", az_make_string(m->metric)));
    az_builder_set(
        &object, "value",
        placed(c, "value",
               m->refused ? az_make_null()
                          : az_make_number(az_decimal_print(arena, m->value))));
    az_builder_set(&object, "unit",
                   placed(c, "unit", az_make_string_c(m->unit->name)));
    az_builder_set(&object, "threshold_warn", az_make_null());
    az_builder_set(&object, "threshold_hard", az_make_null());
    az_builder_set(&object, "status", az_make_null());
    az_builder_set(&object, "seed_set", seeds_of(c));
    az_builder_set(
        &object, "commands",
        placed(c, "repro_command", az_builder_array(&commands.list)));
    az_builder_set(&object, "artifact_paths",
                   placed(c, "artifact_paths", az_builder_array(&paths.list)));
    az_builder_set(&object, "provenance", provenance_of(c));
    *entry = az_builder_object(&object);
    entry->span = c->line->root->span;
    document->source = c->line->source;
    document->root = entry;
    document->scattered = true;
    m->document = document;
    m->entry = entry;
}
