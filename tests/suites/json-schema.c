/* Runs the JSON Schema test suite: json-schema [--draft NAME] [--assert-format]
   DIR.
   SPDX-License-Identifier: MIT

   DIR/tests/DRAFT/ has the cases, in files and folders, for each draft or for
   the one that is named; DIR/remotes is what the suite serves as
   http://localhost:1234/.  A folder called "format" demands that formats are
   asserted; elsewhere the option does. */

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
    const struct az_dialect *only; /* NULL: all */
    bool assert_format;
    /* The folder at hand. */
    const struct az_dialect *dialect;
    struct az_schema_options options;
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

static const char *
first_error(const struct az_sink *sink)
{
    size_t i;

    for (i = 0; i < sink->count; i++)
        if (sink->diags[i]->severity == AZ_ERROR)
            return sink->diags[i]->message;
    return "no finding";
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

    az_registry_set_dialect(registry, run->dialect);
    for (i = 0; i < run->remote_count; i++)
        az_registry_add(registry, az_str_from(run->remotes[i].uri),
                        run->remotes[i].document);
    part.root = az_node_get(group, "schema");
    az_sink_init(&sink, run->arena);
    schema = az_schema_compile(registry, &sink, &part, AZ_STR(""));
    for (i = 0; i < tests->count; i++) {
        test = &tests->items[i];
        if (schema == NULL) {
            fail(run, file, group, test, first_error(&sink));
            continue;
        }
        part.root = az_node_get(test, "data");
        az_sink_init(&sink, run->arena);
        valid = az_schema_check(schema, run->arena, &sink, &part, part.root,
                                &run->options, &unsure);
        wanted = az_node_get(test, "valid")->truth;
        if (unsure || valid != wanted)
            fail(run, file, group, test, valid ? "valid" : first_error(&sink));
        else if ((sink.errors_by_class[AZ_CLASS_JUDGED] == 0) != valid)
            fail(run, file, group, test, "findings and answer disagree");
        else if (az_schema_check(schema, run->arena, NULL, &part, part.root,
                                 &run->options, NULL) != wanted)
            fail(run, file, group, test, "another answer without a sink");
        else
            run->passed++;
    }
}

static void
run_file(struct run *run, const char *path)
{
    const struct az_document *document = read_file(run, path);
    size_t i;

    for (i = 0; i < document->root->count; i++)
        run_group(run, path, document, &document->root->items[i]);
}

/* Runs the files of the folder PATH, called NAME, and those in it. */
static void
run_folder(struct run *run, const char *path, const char *name)
{
    size_t passed = run->passed, failed = run->failed, count, i;
    const char **names, *file;
    struct stat status;

    count = list(run, path, &names);
    run->options.assert_format =
        run->assert_format || strcmp(name, "format") == 0;
    for (i = 0; i < count; i++) {
        file = az_arena_printf(run->arena, "%s/%s", path, names[i]);
        if (stat(file, &status) == 0 && !S_ISDIR(status.st_mode))
            run_file(run, file);
    }
    printf("%s: %zu passed, %zu failed\n", path, run->passed - passed,
           run->failed - failed);
    for (i = 0; i < count; i++) {
        file = az_arena_printf(run->arena, "%s/%s", path, names[i]);
        if (stat(file, &status) == 0 && S_ISDIR(status.st_mode))
            run_folder(run, file, names[i]);
    }
}

static void
run_drafts(struct run *run, const char *directory)
{
    const char *path = az_arena_printf(run->arena, "%s/tests", directory);
    const char **names;
    size_t count = list(run, path, &names), i;

    for (i = 0; i < count; i++) {
        run->dialect = az_schema_dialect(az_str_from(names[i]));
        if (run->dialect == NULL)
            printf("%s/%s: no draft of JSON Schema\n", path, names[i]);
        else if (run->only == NULL || run->only == run->dialect)
            run_folder(run,
                       az_arena_printf(run->arena, "%s/%s", path, names[i]),
                       names[i]);
    }
}

static int
usage(void)
{
    fputs("usage: json-schema [--draft NAME] [--assert-format] DIR\n", stderr);
    return 2;
}

int
main(int argc, char **argv)
{
    struct run run = { .arena = az_arena_new(oom) };
    size_t failed;
    int i;

    for (i = 1; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--assert-format") == 0) {
            run.assert_format = true;
            continue;
        }
        if (strcmp(argv[i], "--draft") != 0 || i + 1 == argc)
            return usage();
        run.only = az_schema_dialect(az_str_from(argv[++i]));
        if (run.only == NULL)
            return usage();
    }
    if (i + 1 != argc)
        return usage();
    load_remotes(&run, az_arena_printf(run.arena, "%s/remotes", argv[i]),
                 REMOTE);
    run_drafts(&run, argv[i]);
    printf("%zu passed, %zu failed\n", run.passed, run.failed);
    failed = run.failed;
    az_arena_free(run.arena);
    return failed == 0 && run.passed > 0 ? 0 : 1;
}
