/* Fuzz target: a schema and an instance, split at the first NUL or 0xFF byte;
   by each draft that the schema may be of.  It is known as urn:self, too, so
   that it may be its own metaschema. SPDX-License-Identifier: MIT

   Findings point into one of the two texts, a refused schema has one, an
   answer with a sink is the answer without, and it is no iff there are
   findings. */

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#include "core/arena.h"
#include "core/diag.h"
#include "core/pointer.h"
#include "core/utf8.h"
#include "read/read.h"
#include "schema/schema.h"

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

static void
run(struct az_arena *arena, const struct az_schema *schema,
    const struct az_document *instance, bool assert_format)
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
        run(arena, compiled, instance, false);
        run(arena, compiled, instance, true);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_arena *arena = az_arena_new(oom);
    struct az_str schema_text = { (const char *)data, 0 }, text;
    const struct az_document *schema, *instance;
    struct az_sink unused;

    while (schema_text.len < size && data[schema_text.len] != 0 &&
           data[schema_text.len] != 0xff)
        schema_text.len++;
    text.p = (const char *)data + schema_text.len;
    text.len = size - schema_text.len;
    if (text.len > 0) {
        text.p++;
        text.len--;
    }
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
