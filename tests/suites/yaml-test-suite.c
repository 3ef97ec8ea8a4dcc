/* The YAML reader against yaml-test-suite.
   SPDX-License-Identifier: MIT

   yaml-test-suite DIR, where DIR has a directory for each case, or for each
   group of them.  A case that is no YAML must be refused, one that is must give
   the tree of its in.json or be refused for the reason that the table below
   has: the table can only shrink. */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/node.h"
#include "read/read.h"

/* Valid YAML of one document that is refused, and as what. */
static const struct refused {
    const char *name;
    enum az_diag_id id;
} refused[] = {
    /* tags other than those of the core schema */
    { "7FWL", AZ_DIAG_YAML_UNSUPPORTED },
    { "C4HZ", AZ_DIAG_YAML_UNSUPPORTED },
    { "CC74", AZ_DIAG_YAML_UNSUPPORTED },
    { "CUP7", AZ_DIAG_YAML_UNSUPPORTED },
    { "M5C3", AZ_DIAG_YAML_UNSUPPORTED },
    { "P76L", AZ_DIAG_YAML_UNSUPPORTED },
    { "UGM3", AZ_DIAG_YAML_UNSUPPORTED },
    { "Z67P", AZ_DIAG_YAML_UNSUPPORTED },
    /* keys that are no scalars, or missing */
    { "4FJ6", AZ_DIAG_YAML_UNSUPPORTED },
    { "6BFJ", AZ_DIAG_YAML_UNSUPPORTED },
    { "9MMW", AZ_DIAG_YAML_UNSUPPORTED },
    { "DFF7", AZ_DIAG_YAML_UNSUPPORTED },
    { "FH7J", AZ_DIAG_YAML_UNSUPPORTED },
    { "M2N8/00", AZ_DIAG_YAML_UNSUPPORTED },
    { "M2N8/01", AZ_DIAG_YAML_UNSUPPORTED },
    { "M5DY", AZ_DIAG_YAML_UNSUPPORTED },
    { "Q9WF", AZ_DIAG_YAML_UNSUPPORTED },
    { "X38W", AZ_DIAG_YAML_UNSUPPORTED },
    { "XW4D", AZ_DIAG_YAML_UNSUPPORTED },
    /* libyaml would misread it */
    { "2SXE", AZ_DIAG_YAML_UNSUPPORTED },
    { "FP8R", AZ_DIAG_YAML_UNSUPPORTED },
    { "HM87/01", AZ_DIAG_YAML_UNSUPPORTED },
    { "Y2GN", AZ_DIAG_YAML_UNSUPPORTED },
    /* libyaml cannot read it */
    { "2JQS", AZ_DIAG_YAML_SYNTAX },
    { "2LFX", AZ_DIAG_YAML_SYNTAX },
    { "4ABK", AZ_DIAG_YAML_SYNTAX },
    { "6BCT", AZ_DIAG_YAML_SYNTAX },
    { "6CA3", AZ_DIAG_YAML_SYNTAX },
    { "6LVF", AZ_DIAG_YAML_SYNTAX },
    { "8XYN", AZ_DIAG_YAML_SYNTAX },
    { "96NN/00", AZ_DIAG_YAML_SYNTAX },
    { "96NN/01", AZ_DIAG_YAML_SYNTAX },
    { "9SA2", AZ_DIAG_YAML_SYNTAX },
    { "A2M4", AZ_DIAG_YAML_SYNTAX },
    { "DBG4", AZ_DIAG_YAML_SYNTAX },
    { "FRK4", AZ_DIAG_YAML_SYNTAX },
    { "HM87/00", AZ_DIAG_YAML_SYNTAX },
    { "NHX8", AZ_DIAG_YAML_SYNTAX },
    { "NJ66", AZ_DIAG_YAML_SYNTAX },
    { "Q5MG", AZ_DIAG_YAML_SYNTAX },
};
#define REFUSED_COUNT (sizeof(refused) / sizeof(refused[0]))

struct run {
    const char *root;
    unsigned passed;
    unsigned failed;
    unsigned refused;
};

/* A case. */
struct suite_case {
    char name[64];
    char directory[4096];
    bool is_error;
    bool has_json;
    unsigned documents;
};

static void
out_of_memory(void)
{
    fprintf(stderr, "out of memory\n");
    exit(5);
}

static bool
has_file(const char *directory, const char *file)
{
    char path[4200];
    FILE *stream;

    snprintf(path, sizeof(path), "%s/%s", directory, file);
    stream = fopen(path, "r");
    if (stream == NULL)
        return false;
    fclose(stream);
    return true;
}

/* How many documents the events of the case have. */
static unsigned
count_documents(const char *directory)
{
    char path[4200], line[1024];
    unsigned count = 0;
    FILE *stream;

    snprintf(path, sizeof(path), "%s/test.event", directory);
    stream = fopen(path, "r");
    if (stream == NULL)
        return 0;
    while (fgets(line, sizeof(line), stream) != NULL)
        count += strncmp(line, "+DOC", 4) == 0;
    fclose(stream);
    return count;
}

static void
judge(struct run *run, const struct suite_case *c, bool passed,
      const char *message)
{
    if (passed) {
        run->passed++;
        return;
    }
    run->failed++;
    printf("FAIL %s: %s\n", c->name, message);
}

/* The row of the table that C has; NULL if none. */
static const struct refused *
find_refused(const struct suite_case *c)
{
    for (size_t i = 0; i < REFUSED_COUNT; i++)
        if (strcmp(refused[i].name, c->name) == 0)
            return &refused[i];
    return NULL;
}

/* A valid case of one document. */
static void
judge_valid(struct run *run, const struct suite_case *c,
            const struct az_document *document,
            const struct az_document *expected, const struct az_diag *first)
{
    const struct refused *row = find_refused(c);
    char message[512];

    if (document != NULL && row != NULL) {
        judge(run, c, false, "is read, so take it out of the table");
    } else if (document != NULL) {
        judge(run, c,
              !c->has_json || (expected != NULL &&
                               az_node_equal(document->root, expected->root)),
              "is misread");
    } else if (row == NULL || first == NULL || row->id != first->id) {
        snprintf(message, sizeof(message), "is refused: %s [%s]",
                 first == NULL ? "without a finding" : first->message,
                 first == NULL ? "" : az_diag_info(first->id)->name);
        judge(run, c, false, message);
    } else {
        run->refused++;
        printf("refused %s: %s [%s]\n", c->name, first->message,
               az_diag_info(first->id)->name);
    }
}

static const struct az_source *
read_source(struct az_arena *arena, struct az_sink *sink,
            const struct suite_case *c, const char *file)
{
    char path[4200];

    snprintf(path, sizeof(path), "%s/%s", c->directory, file);
    return az_file_read(arena, sink, path);
}

static void
run_case(struct run *run, const struct suite_case *c)
{
    struct az_arena *arena = az_arena_new(out_of_memory);
    const struct az_document *document = NULL, *expected = NULL;
    const struct az_diag *first = NULL;
    const struct az_source *source;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    source = read_source(arena, &sink, c, "in.json");
    if (c->has_json && source != NULL && c->documents == 1)
        expected = az_read_json(arena, &sink, source);
    az_sink_init(&sink, arena);
    source = read_source(arena, &sink, c, "in.yaml");
    if (source != NULL)
        document = az_read_yaml(arena, &sink, source);
    for (size_t i = 0; i < sink.count && first == NULL; i++)
        if (sink.diags[i]->severity == AZ_ERROR)
            first = sink.diags[i];
    /* Equal keys are no YAML either (1.2.2, 3.2.1.3), though the suite has
       such a case among the valid ones. */
    if (document != NULL && document->malformed)
        document = NULL;

    if (c->is_error)
        judge(run, c, document == NULL && first != NULL,
              "is no YAML, but is read");
    else if (c->documents != 1)
        judge(run, c, document == NULL && first != NULL,
              "is not one document, but is read");
    else
        judge_valid(run, c, document, expected, first);
    az_arena_free(arena);
}

static int run_directory(struct run *run, const char *path, const char *name);

static int
is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* The groups of cases: directories in a directory. */
static int
run_group(struct run *run, const char *path, const char *name)
{
    struct dirent **entries;
    int count = scandir(path, &entries, is_visible, alphasort), found = 0;
    char child[4096], child_name[64];

    for (int i = 0; i < count; i++) {
        int length =
            snprintf(child, sizeof(child), "%s/%s", path, entries[i]->d_name);
        snprintf(child_name, sizeof(child_name), "%.30s%s%.30s", name,
                 *name == '\0' ? "" : "/", entries[i]->d_name);
        free(entries[i]);
        if (length > 0 && (size_t)length < sizeof(child))
            found += run_directory(run, child, child_name);
    }
    if (count >= 0)
        free(entries);
    return found;
}

/* Runs the case in PATH, or those in its directories; how many there were. */
static int
run_directory(struct run *run, const char *path, const char *name)
{
    struct suite_case c = { .documents = count_documents(path) };

    if (!has_file(path, "in.yaml"))
        return run_group(run, path, name);
    snprintf(c.name, sizeof(c.name), "%s", name);
    snprintf(c.directory, sizeof(c.directory), "%s", path);
    c.is_error = has_file(path, "error");
    c.has_json = has_file(path, "in.json");
    run_case(run, &c);
    return 1;
}

int
main(int argc, char **argv)
{
    struct run run = { .root = argv[argc - 1] };
    int found;

    if (argc != 2) {
        fprintf(stderr, "usage: yaml-test-suite DIR\n");
        return 2;
    }
    found = run_group(&run, argv[1], "");
    printf("%u passed, %u failed\n", run.passed, run.failed);
    printf("%u valid cases refused\n", run.refused);
    return found == 0 || run.failed > 0 ? 1 : 0;
}
