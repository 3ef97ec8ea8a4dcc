/* Runs the JSON Schema test suite: json-schema DIR.
   SPDX-License-Identifier: MIT

   DIR/tests/draft2020-12/ *.json are the cases; DIR/remotes is what the suite
   serves as http://localhost:1234/. */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/arena.h"
#include "core/diag.h"
#include "core/file.h"
#include "read/read.h"
#include "schema/schema.h"

#define DRAFT  "draft2020-12"
#define REMOTE "http://localhost:1234"

/* A remote schema. */
struct remote {
    const char *uri;
    const struct az_document *document;
};

struct run {
    struct az_arena *arena;
    struct remote *remotes;
    size_t remote_count;
    size_t remote_capacity;
    size_t passed;
    size_t failed;
};

static void
oom(void)
{
    fputs("out of memory\n", stderr);
    exit(5);
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in the directory PATH, sorted, hidden ones left out. */
static size_t
list(struct run *run, const char *path, const char ***ret)
{
    const char **names = NULL;
    size_t count = 0, capacity = 0;
    const struct dirent *entry;
    DIR *directory = opendir(path);

    if (directory == NULL) {
        perror(path);
        exit(2);
    }
    while ((entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        names =
            az_arena_grow(run->arena, names, count, &capacity, sizeof(*names));
        names[count++] = az_arena_strdup(run->arena, entry->d_name);
    }
    closedir(directory);
    if (count > 0)
        qsort(names, count, sizeof(*names), compare_names);
    *ret = names;
    return count;
}

static const struct az_document *
read_file(struct run *run, const char *path)
{
    struct az_sink sink;
    const struct az_document *document;

    az_sink_init(&sink, run->arena);
    document = az_read_file(run->arena, &sink, path);
    if (document == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    return document;
}

/* Keeps the files below PATH, which the suite serves below URI. */
static void
load_remotes(struct run *run, const char *path, const char *uri)
{
    const char **names;
    size_t count = list(run, path, &names), i;
    const char *file, *name;
    struct stat status;

    for (i = 0; i < count; i++) {
        file = az_arena_printf(run->arena, "%s/%s", path, names[i]);
        name = az_arena_printf(run->arena, "%s/%s", uri, names[i]);
        if (stat(file, &status) != 0 || S_ISDIR(status.st_mode)) {
            load_remotes(run, file, name);
            continue;
        }
        run->remotes =
            az_arena_grow(run->arena, run->remotes, run->remote_count,
                          &run->remote_capacity, sizeof(*run->remotes));
        run->remotes[run->remote_count++] =
            (struct remote){ name, read_file(run, file) };
    }
}

static void
fail(struct run *run, const char *file, const struct az_node *group,
     const struct az_node *test, const char *why)
{
    run->failed++;
    printf("%s: %.*s: %.*s: %s\n", file,
           AZ_STR_ARG(az_node_text(az_node_get(group, "description"))),
           AZ_STR_ARG(az_node_text(az_node_get(test, "description"))), why);
}

static void
run_group(struct run *run, const char *file, const struct az_document *document,
          const struct az_node *group)
{
    struct az_document part = *document;
    const struct az_node *tests = az_node_get(group, "tests"), *test;
    struct az_registry *registry = az_registry_new(run->arena, az_read_json);
    const struct az_schema *schema;
    struct az_sink sink;
    bool valid, wanted, unsure;
    size_t i;

    for (i = 0; i < run->remote_count; i++)
        az_registry_add(registry, az_str_from(run->remotes[i].uri),
                        run->remotes[i].document);
    part.root = az_node_get(group, "schema");
    az_sink_init(&sink, run->arena);
    schema = az_schema_compile(registry, &sink, &part, AZ_STR(""));
    for (i = 0; i < tests->count; i++) {
        test = &tests->items[i];
        if (schema == NULL) {
            fail(run, file, group, test, sink.diags[0]->message);
            continue;
        }
        part.root = az_node_get(test, "data");
        az_sink_init(&sink, run->arena);
        valid = az_schema_check(schema, run->arena, &sink, &part, part.root,
                                NULL, &unsure);
        wanted = az_node_get(test, "valid")->truth;
        if (unsure || valid != wanted)
            fail(run, file, group, test,
                 sink.count == 0 ? "valid" : sink.diags[0]->message);
        else if ((sink.errors_by_class[AZ_CLASS_JUDGED] == 0) != valid)
            fail(run, file, group, test, "findings and answer disagree");
        else if (az_schema_check(schema, run->arena, NULL, &part, part.root,
                                 NULL, NULL) != wanted)
            fail(run, file, group, test, "another answer without a sink");
        else
            run->passed++;
    }
}

int
main(int argc, char **argv)
{
    struct run run = { .arena = az_arena_new(oom) };
    const struct az_document *document;
    const char **names, *path, *file;
    size_t count, i, k;

    if (argc != 2) {
        fputs("usage: json-schema DIR\n", stderr);
        return 2;
    }
    load_remotes(&run, az_arena_printf(run.arena, "%s/remotes", argv[1]),
                 REMOTE);
    path = az_arena_printf(run.arena, "%s/tests/" DRAFT, argv[1]);
    count = list(&run, path, &names);
    for (i = 0; i < count; i++) {
        file = az_arena_printf(run.arena, "%s/%s", path, names[i]);
        document = read_file(&run, file);
        for (k = 0; k < document->root->count; k++)
            run_group(&run, names[i], document, &document->root->items[k]);
    }
    printf("%zu passed, %zu failed\n", run.passed, run.failed);
    i = run.failed;
    az_arena_free(run.arena);
    return i == 0 ? 0 : 1;
}
