/* The entry of a measurement from a sample log: what a summary would say of it.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include "core/arena.h"
#include "core/build.h"

/* VALUE at the place of FIELD of the line that is looked at. */
static struct az_node
placed(const struct az_sampling *s, const char *field, struct az_node value)
{
    const struct az_node *node = az_node_get(s->line->root, field);

    value.span = node != NULL ? node->span : s->line->root->span;
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
add_text(struct az_sampling *s, struct texts *texts, struct az_str text)
{
    if (az_map_find(&texts->seen, text) != NULL)
        return;
    text = az_arena_str(s->gate->arena, text);
    az_map_put(&texts->seen, text, NULL);
    az_builder_add(&texts->list, az_make_string(text));
}

/* Adds the artifacts of CONTEXT's first line, which is read again in SCRATCH:
   to keep what it says would take most of the memory of a context. */
static void
add_paths(struct az_sampling *s, struct texts *paths,
          const struct az_log_context *context, struct az_arena *scratch)
{
    const struct az_node *value;

    az_arena_clear(scratch);
    value = az_node_get(az_log_context_read(scratch, context)->root,
                        "artifact_paths");
    for (uint32_t i = 0; i < value->count; i++)
        add_text(s, paths, az_node_text(&value->items[i]));
}

/* Adds the commands and the paths of the artifacts of all contexts. */
static void
list_texts(struct az_sampling *s, struct texts *commands, struct texts *paths)
{
    struct az_arena *scratch = az_arena_new_like(s->gate->arena);

    for (size_t i = 0; i < s->strata->count; i++)
        for (size_t k = 0; k < s->strata->items[i]->count; k++)
            for (const struct az_log_context *context =
                     s->strata->items[i]->groups[k]->first;
                 context != NULL; context = context->next) {
                add_text(s, commands,
                         az_sampling_text(s, context, AZ_LOG_COMMAND));
                add_paths(s, paths, context, scratch);
            }
    az_arena_free(scratch);
}

/* Where the measurement is not refused, all strata have the same seeds. */
static struct az_node
seeds_of(struct az_sampling *s)
{
    struct az_builder list;

    az_builder_init(&list, s->gate->arena);
    for (size_t i = 0; i < s->stratum->count; i++)
        az_builder_add(&list, az_make_integer(s->gate->arena,
                                              s->stratum->groups[i]->seed));
    return placed(s, "seed", az_builder_array(&list));
}

/* Sets KEY to TEXT, if it is not empty, which stands in FIELD of the line. */
static void
set_text(struct az_sampling *s, struct az_builder *object, const char *key,
         const char *field, struct az_str text)
{
    if (text.len > 0)
        az_builder_set(object, key, placed(s, field, az_make_string(text)));
}

static struct az_node
provenance_of(struct az_sampling *s)
{
    const struct az_log_context *first = s->stratum->first->first;
    const struct az_log_context *earliest = s->sampled->times[AZ_LOG_EARLIEST];
    struct az_builder object, environment;

    az_builder_init(&environment, s->gate->arena);
    set_text(s, &environment, "name", "browser", s->measurement->environment);
    set_text(s, &environment, "browser", "browser",
             s->measurement->environment);
    set_text(s, &environment, "version", "version",
             az_sampling_text(s, first, AZ_LOG_VERSION));
    set_text(s, &environment, "host_class", "host_class",
             az_sampling_text(s, first, AZ_LOG_HOST_CLASS));
    az_builder_init(&object, s->gate->arena);
    az_builder_set(&object, "environment", az_builder_object(&environment));
    set_text(s, &object, "command", "repro_command",
             az_sampling_text(s, first, AZ_LOG_COMMAND));
    set_text(s, &object, "method", "method",
             az_sampling_text(s, first, AZ_LOG_METHOD));
    if (earliest != NULL)
        set_text(s, &object, "measured_at", "measured_at",
                 az_log_context_time(earliest, AZ_LOG_EARLIEST));
    return az_builder_object(&object);
}

void
az_sampling_make_entry(struct az_sampling *s)
{
    struct az_measurement *m = s->measurement;
    struct az_arena *arena = s->gate->arena;
    struct az_document *document = AZ_NEW(arena, struct az_document);
    struct az_node *entry = AZ_NEW(arena, struct az_node);
    struct texts commands, paths;
    struct az_builder object;

    texts_init(&commands, arena);
    texts_init(&paths, arena);
    list_texts(s, &commands, &paths);
    az_builder_init(&object, arena);
    az_builder_set(&object, "commit",
                   placed(s, "commit", az_make_string(m->commit)));
    az_builder_set(&object, "profile",
                   placed(s, "profile", az_make_string(m->profile)));
    az_builder_set(&object, "environment",
                   placed(s, "browser", az_make_string(m->environment)));
    az_builder_set(&object, "metric_id",
                   placed(s, "metric_id", az_make_string(m->metric)));
    az_builder_set(
        &object, "value",
        placed(s, "value",
               m->refused ? az_make_null()
                          : az_make_number(az_decimal_print(arena, m->value))));
    az_builder_set(&object, "unit",
                   placed(s, "unit", az_make_string_c(m->unit->name)));
    az_builder_set(&object, "threshold_warn", az_make_null());
    az_builder_set(&object, "threshold_hard", az_make_null());
    az_builder_set(&object, "status", az_make_null());
    az_builder_set(&object, "seed_set", seeds_of(s));
    az_builder_set(
        &object, "commands",
        placed(s, "repro_command", az_builder_array(&commands.list)));
    az_builder_set(&object, "artifact_paths",
                   placed(s, "artifact_paths", az_builder_array(&paths.list)));
    az_builder_set(&object, "provenance", provenance_of(s));
    *entry = az_builder_object(&object);
    entry->span = s->line->root->span;
    document->source = s->line->source;
    document->root = entry;
    document->scattered = true;
    m->document = document;
    m->entry = entry;
}
