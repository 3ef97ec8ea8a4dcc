/* Real schemas on real documents: schemastore DIR.
   SPDX-License-Identifier: MIT

   DIR/manifest.json lists documents, each with the schema that it is checked
   against, the schemas that this one refers to by the address of the store, and
   whether it is valid, with and without "format" judging. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/diag.h"
#include "read/read.h"
#include "schema/schema.h"

/* One row of the manifest. */
struct run {
    struct az_arena *arena;
    const char *directory;
    const struct az_node *row;
    size_t passed;
    size_t failed;
};

static void
oom(void)
{
    fputs("out of memory\n", stderr);
    exit(5);
}

static const char *
text_at(const struct run *run, const char *key)
{
    const struct az_node *node = az_node_get(run->row, key);

    if (node == NULL || node->type != AZ_STRING) {
        fprintf(stderr, "manifest.json: a row without '%s'\n", key);
        exit(2);
    }
    return az_arena_str(run->arena, az_node_text(node)).p;
}

static void
fail(struct run *run, const char *how, const char *why)
{
    run->failed++;
    printf("%s%s: %s\n", text_at(run, "instance"), how, why);
}

static const char *
schema_path(const struct run *run, const char *name)
{
    const char *slash = strrchr(name, '/');

    return az_arena_printf(run->arena, "%s/schemas/json/%s", run->directory,
                           slash == NULL ? name : slash + 1);
}

static const struct az_schema *
compile(struct run *run, struct az_sink *sink)
{
    struct az_registry *registry = az_registry_new(run->arena, az_read_json);
    const struct az_node *references = az_node_get(run->row, "refs");
    const struct az_document *document;
    size_t i;

    for (i = 0; references != NULL && i < references->count; i++) {
        struct az_str uri = az_node_text(&references->items[i]);
        const char *name = az_arena_str(run->arena, uri).p;

        document = az_read_file(run->arena, sink, schema_path(run, name));
        if (document != NULL)
            az_registry_add(registry, uri, document);
    }
    document = az_read_file(run->arena, sink,
                            schema_path(run, text_at(run, "schema")));
    if (document == NULL)
        return NULL;
    return az_schema_compile(registry, sink, document, AZ_STR(""));
}

static void
judge(struct run *run, const struct az_schema *schema,
      const struct az_document *document, bool assert_format)
{
    const struct az_schema_options options = { .assert_format = assert_format };
    const char *wanted =
        text_at(run, assert_format ? "expect" : "expect_without_format");
    const char *how = assert_format ? " with formats" : "";
    struct az_sink sink;
    bool valid, unsure = false;

    az_sink_init(&sink, run->arena);
    valid = az_schema_check(schema, run->arena, &sink, document, document->root,
                            &options, &unsure);
    if (unsure || valid != (strcmp(wanted, "valid") == 0))
        fail(run, how, sink.count == 0 ? "valid" : sink.diags[0]->message);
    else if (valid != (sink.by_severity[AZ_ERROR] == 0))
        fail(run, how, "findings and answer disagree");
    else
        run->passed++;
}

static void
run_row(struct run *run)
{
    const char *path = az_arena_printf(run->arena, "%s/%s", run->directory,
                                       text_at(run, "instance"));
    const struct az_document *document;
    const struct az_schema *schema;
    struct az_sink sink;

    az_sink_init(&sink, run->arena);
    schema = compile(run, &sink);
    document = az_read_file(run->arena, &sink, path);
    if (schema == NULL) {
        fail(run, "", sink.diags[sink.count - 1]->message);
        return;
    }
    if (document == NULL) { /* refused by the reader: an empty YAML file */
        if (strcmp(text_at(run, "expect"), "invalid") == 0)
            run->passed += 2;
        else
            fail(run, "", sink.diags[sink.count - 1]->message);
        return;
    }
    judge(run, schema, document, true);
    judge(run, schema, document, false);
}

int
main(int argc, char **argv)
{
    struct run run = { .arena = az_arena_new(oom) };
    const struct az_document *manifest;
    struct az_sink sink;
    size_t i;

    if (argc != 2) {
        fputs("usage: schemastore DIR\n", stderr);
        return 2;
    }
    run.directory = argv[1];
    az_sink_init(&sink, run.arena);
    manifest = az_read_file(
        run.arena, &sink,
        az_arena_printf(run.arena, "%s/manifest.json", run.directory));
    if (manifest == NULL) {
        fputs("no manifest.json\n", stderr);
        return 2;
    }
    for (i = 0; i < manifest->root->count; i++) {
        run.row = &manifest->root->items[i];
        run_row(&run);
    }
    printf("%zu passed, %zu failed\n", run.passed, run.failed);
    i = run.failed;
    az_arena_free(run.arena);
    return i == 0 ? 0 : 1;
}
