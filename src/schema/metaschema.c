/* Judging schemas by a metaschema that is no draft's own.
   SPDX-License-Identifier: MIT

   What the drafts' metaschemas demand stands in the keyword table and is
   checked by shape.c.  A metaschema of somebody's own is a schema like any
   other, and applied as one, to what is a schema by its draft already. */

#include "core/arena.h"
#include "core/limits.h"
#include "schema/compile.h"

/* A metaschema that was asked for. */
struct az_metaschema {
    const struct az_schema *schema; /* NULL: it is broken */
    bool compiling;
};

/* Records that RESOURCE cannot be judged, at its $schema. */
static void
fail(struct az_compiler *compiler, const struct az_resource *resource,
     const char *why)
{
    const struct az_node *at =
        resource->dialect_at != NULL ? resource->dialect_at : resource->root;
    struct az_diag *diag;

    compiler->errors++;
    diag = az_sink_add(
        compiler->sink, AZ_DIAG_SCHEMA_INVALID,
        az_document_place(resource->document, at), "the metaschema %s %s",
        az_str_quote(compiler->arena, resource->metaschema), why);
    diag->pointer =
        az_document_pointer(compiler->arena, resource->document, at);
}

/* The metaschema of RESOURCE, compiled when it is first needed; NULL with a
   finding. */
static const struct az_schema *
find_metaschema(struct az_compiler *compiler,
                const struct az_resource *resource)
{
    struct az_registry *registry = compiler->registry;
    struct az_map_entry *slot =
        az_map_put(&registry->metaschemas, resource->metaschema, NULL);
    struct az_metaschema *metaschema = slot->value;
    const struct az_resource *own;

    if (metaschema == NULL) {
        metaschema = AZ_NEW(compiler->arena, struct az_metaschema);
        slot->value = metaschema;
        own = az_registry_find(registry, resource->metaschema, NULL);
        metaschema->compiling = true;
        if (own != NULL && registry->metaschema_depth < AZ_MAX_METASCHEMAS) {
            registry->metaschema_depth++;
            metaschema->schema =
                az_compile_root(registry, compiler->sink,
                                az_schema_unit_find(registry, own->root));
            registry->metaschema_depth--;
        }
        metaschema->compiling = false;
    }
    if (metaschema->compiling)
        fail(compiler, resource, "is needed to judge itself");
    else if (metaschema->schema == NULL)
        fail(compiler, resource, "cannot be used");
    return metaschema->schema;
}

/* Passes on what was FOUND in a schema as its mistakes. */
static void
report(struct az_compiler *compiler, const struct az_sink *found)
{
    const struct az_diag *from;
    struct az_diag *diag;
    size_t i;

    compiler->errors += found->total;
    for (i = 0; i < found->count; i++) {
        from = found->diags[i];
        diag = az_sink_add(compiler->sink, AZ_DIAG_SCHEMA_INVALID, from->place,
                           "%s", from->message);
        diag->pointer = from->pointer;
        diag->hint = from->hint;
        diag->related = from->related;
    }
}

void
az_compile_check_metaschemas(struct az_compiler *compiler)
{
    const struct az_resource *resource;
    const struct az_schema *metaschema;
    struct az_sink found;
    size_t i;

    for (i = 0; i < compiler->resource_count; i++) {
        resource = compiler->resources[i];
        metaschema = find_metaschema(compiler, resource);
        if (metaschema == NULL)
            continue;
        az_sink_init(&found, compiler->arena);
        az_schema_check(metaschema, compiler->arena, &found, resource->document,
                        resource->root, NULL, NULL);
        report(compiler, &found);
    }
}
