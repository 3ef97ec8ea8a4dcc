/* Fuzz target: a schema and an instance, split at the first NUL or 0xFF.
   SPDX-License-Identifier: MIT

   By each draft that the schema may be of.  It is known as urn:self, too, so
   that it may be its own metaschema.

   Findings point into one of the two texts, a refused schema has one, an
   answer with a sink is the answer without, and it is no iff there are
   findings.  The locations of findings and annotations are places of the
   instance and of the schema, and telling of all alternatives changes no
   count. */

#include "support.h"

#include "core/arena.h"
#include "core/diag.h"
#include "core/pointer.h"
#include "core/utf8.h"
#include "read/read.h"
#include "schema/schema.h"
#include "schema/uri.h"

static void
check_findings(const struct az_sink *sink, const struct az_document *document)
{
    for (size_t i = 0; i < sink->count; i++) {
        const struct az_diag *diag = sink->diags[i];
        struct az_span span = diag->place.span;

        require(span.start <= span.end);
        require(span.end <= diag->place.source->text.len);
        require(az_utf8_check(az_str_from(diag->message)) ==
                strlen(diag->message));
        require(diag->hint == NULL ||
                az_utf8_check(az_str_from(diag->hint)) == strlen(diag->hint));
        require(diag->pointer != NULL);
        if (diag->place.source == document->source && !document->malformed)
            require(az_pointer_find(sink->arena, document->root,
                                    diag->pointer) != NULL);
        for (const struct az_related *related = diag->related; related != NULL;
             related = related->next)
            require(related->place.span.end <= related->place.source->text.len);
    }
}

/* Both of SCHEMA and INSTANCE have what LOCATION says. */
static void
check_location(struct az_arena *arena, const struct az_location *location,
               const struct az_document *schema,
               const struct az_document *instance)
{
    const char *hash = strchr(location->absolute, '#');
    struct az_str fragment;

    if (!instance->malformed)
        require(az_pointer_find(arena, instance->root, location->instance) !=
                NULL);
    require(location->keyword[0] == '/' || location->keyword[0] == '\0');
    require(hash != NULL);
    if (schema->malformed ||
        strncmp(location->absolute, "schema#", strlen("schema#")) != 0)
        return;
    require(az_uri_decode(arena, az_str_from(hash + 1), &fragment));
    require(az_pointer_find(arena, schema->root,
                            az_arena_str(arena, fragment).p) != NULL);
}

static void
check_locations(struct az_arena *arena, const struct az_sink *sink,
                const struct az_document *schema,
                const struct az_document *instance)
{
    const struct az_related *related;

    for (size_t i = 0; i < sink->count; i++) {
        if (sink->diags[i]->location == NULL)
            continue;
        check_location(arena, sink->diags[i]->location, schema, instance);
        for (related = sink->diags[i]->related; related != NULL;
             related = related->next)
            if (related->location != NULL)
                check_location(arena, related->location, schema, instance);
    }
}

static void
annotate(struct az_arena *arena, const struct az_schema *compiled,
         const struct az_document *schema, const struct az_document *instance)
{
    struct az_annotations found;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    require(az_schema_annotate(compiled, arena, &sink, instance, instance->root,
                               NULL, &found) == (sink.total == 0));
    for (size_t i = 0; i < found.count; i++)
        check_location(arena, &found.items[i].location, schema, instance);
}

static void
explain_all(struct az_arena *arena, const struct az_schema *compiled,
            const struct az_document *schema,
            const struct az_document *instance, size_t total)
{
    const struct az_schema_options options = { .explain_all = true };
    struct az_sink sink;
    bool unsure;

    az_sink_init(&sink, arena);
    az_schema_check(compiled, arena, &sink, instance, instance->root, &options,
                    &unsure);
    require(unsure || sink.total == total);
    check_locations(arena, &sink, schema, instance);
}

static void
run(struct az_arena *arena, const struct az_schema *schema,
    const struct az_document *text, const struct az_document *instance,
    bool assert_format)
{
    const struct az_schema_options options = { .assert_format = assert_format };
    struct az_sink sink;
    bool unsure, unsure_too, valid;

    az_sink_init(&sink, arena);
    valid = az_schema_check(schema, arena, &sink, instance, instance->root,
                            &options, &unsure);
    require(valid == (sink.total == 0));
    require(!valid || !unsure);
    check_findings(&sink, instance);
    check_locations(arena, &sink, text, instance);
    if (!assert_format && valid)
        annotate(arena, schema, text, instance);
    else if (!assert_format && !unsure)
        explain_all(arena, schema, text, instance, sink.total);
    /* The first failure may come before what makes it unsure. */
    if (az_schema_check(schema, arena, NULL, instance, instance->root, &options,
                        &unsure_too))
        require(valid && !unsure_too);
    else
        require(!valid);
}

static void
run_draft(struct az_arena *arena, const char *draft,
          const struct az_document *schema, const struct az_document *instance)
{
    struct az_registry *registry = az_registry_new(arena, az_read_json);
    const struct az_schema *compiled;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    az_registry_set_dialect(registry, az_schema_dialect(az_str_from(draft)));
    az_registry_add(registry, AZ_STR("urn:self"), schema);
    compiled =
        az_schema_compile(registry, &sink, schema, AZ_STR("file:///schema"));
    require((compiled == NULL) == (sink.by_severity[AZ_ERROR] > 0));
    check_findings(&sink, schema);
    if (compiled != NULL && instance != NULL) {
        run(arena, compiled, schema, instance, false);
        run(arena, compiled, schema, instance, true);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    struct az_str text = { (const char *)data, size };
    struct az_str schema_text = next_until(&text, "\0\xff", 2);
    const struct az_document *schema, *instance;
    struct az_sink unused;

    az_sink_init(&unused, arena);
    schema = az_read_json(arena, &unused,
                          az_source_new(arena, "schema", schema_text));
    instance =
        az_read_json(arena, &unused, az_source_new(arena, "instance", text));
    for (size_t i = 0; schema != NULL && az_schema_dialect_names[i] != NULL;
         i++)
        run_draft(arena, az_schema_dialect_names[i], schema, instance);
    az_arena_free(arena);
    return 0;
}
