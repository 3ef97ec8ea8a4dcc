/* A harness for Bowtie, which compares implementations of JSON Schema.
   SPDX-License-Identifier: MIT

   Speaks its protocol, version 1: each line of standard input is a command
   (start, dialect, run, stop), and each but the last has one line of answer. */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/limits.h"
#include "read/read.h"
#include "schema/schema.h"

/* Where the sources are is the packager's to know. */
#define HOME "urn:assize"

struct harness {
    struct az_arena *arena; /* of the line at hand */
    const struct az_dialect *dialect;
    bool started;
};

/* What a command answers; false ends the program, after a message. */
typedef bool answer_fn(struct harness *harness,
                       const struct az_document *document,
                       struct az_builder *answer);

static void
oom(void)
{
    fputs("bowtie: out of memory\n", stderr);
    exit(5);
}

static bool
fail(const char *message)
{
    fprintf(stderr, "bowtie: %s\n", message);
    return false;
}

static struct az_node
truth(bool value)
{
    return az_make_boolean(value);
}

/* The URIs of the metaschemas, as Bowtie spells them. */
static struct az_node
list_dialects(struct az_arena *arena)
{
    struct az_builder list;
    size_t i;

    az_builder_init(&list, arena);
    for (i = 0; az_schema_dialect_names[i] != NULL; i++) {
        const char *name = az_schema_dialect_names[i];
        bool old = strncmp(name, "draft-", 6) == 0;
        const char *uri =
            az_arena_printf(arena,
                            old ? "http://json-schema.org/%s/schema#"
                                : "https://json-schema.org/draft/%s/schema",
                            name);

        if (az_schema_dialect(az_str_from(uri)) != NULL)
            az_builder_add(&list, az_make_string_c(uri));
    }
    return az_builder_array(&list);
}

static bool
answer_start(struct harness *harness, const struct az_document *document,
             struct az_builder *answer)
{
    const struct az_node *version = az_node_get(document->root, "version");
    struct az_builder about;

    if (version == NULL || version->type != AZ_NUMBER ||
        !az_str_eq_c(az_node_text(version), "1"))
        return fail("only version 1 of the protocol is spoken");
    harness->started = true;
    az_builder_init(&about, harness->arena);
    az_builder_set(&about, "language", az_make_string_c("c"));
    az_builder_set(&about, "name", az_make_string_c(PACKAGE_NAME));
    az_builder_set(&about, "version", az_make_string_c(PACKAGE_VERSION));
    az_builder_set(&about, "homepage", az_make_string_c(HOME));
    az_builder_set(&about, "issues", az_make_string_c(HOME));
    az_builder_set(&about, "source", az_make_string_c(HOME));
    az_builder_set(&about, "dialects", list_dialects(harness->arena));
    az_builder_set(answer, "ready", truth(true));
    az_builder_set(answer, "version", *version);
    az_builder_set(answer, "implementation", az_builder_object(&about));
    return true;
}

static bool
answer_dialect(struct harness *harness, const struct az_document *document,
               struct az_builder *answer)
{
    const struct az_node *uri = az_node_get(document->root, "dialect");

    harness->dialect = NULL;
    if (uri != NULL && uri->type == AZ_STRING)
        harness->dialect = az_schema_dialect(az_node_text(uri));
    az_builder_set(answer, "ok", truth(harness->dialect != NULL));
    return true;
}

/* Says in ANSWER that there is no result, and why. */
static void
set_errored(struct az_arena *arena, struct az_builder *answer,
            const char *message)
{
    struct az_builder context;

    az_builder_init(&context, arena);
    az_builder_set(&context, "message", az_make_string_c(message));
    az_builder_set(answer, "errored", truth(true));
    az_builder_set(answer, "context", az_builder_object(&context));
}

/* ROOT, a value of DOCUMENT, as a document of its own. */
static const struct az_document *
part_of(struct az_arena *arena, const struct az_document *document,
        const struct az_node *root)
{
    struct az_document *part = AZ_NEW(arena, struct az_document);

    *part = *document;
    part->root = root;
    return part;
}

static const struct az_schema *
compile(struct harness *harness, struct az_sink *sink,
        const struct az_document *document, const struct az_node *test_case)
{
    struct az_registry *registry =
        az_registry_new(harness->arena, az_read_embedded);
    const struct az_node *others = az_node_get(test_case, "registry");
    size_t i;

    if (harness->dialect != NULL)
        az_registry_set_dialect(registry, harness->dialect);
    for (i = 0;
         others != NULL && others->type == AZ_OBJECT && i < others->count; i++)
        az_registry_add(
            registry, others->members[i].key,
            part_of(harness->arena, document, &others->members[i].value));
    return az_schema_compile(
        registry, sink,
        part_of(harness->arena, document, az_node_get(test_case, "schema")),
        AZ_STR(""));
}

/* The answer about the instance of TEST. */
static struct az_node
judge(struct harness *harness, const struct az_schema *schema,
      const struct az_document *document, const struct az_node *test)
{
    const struct az_node *instance = az_node_get(test, "instance");
    struct az_builder result;
    bool valid, unsure = false;

    az_builder_init(&result, harness->arena);
    if (instance == NULL) {
        set_errored(harness->arena, &result, "the test has no instance");
        return az_builder_object(&result);
    }
    valid = az_schema_check(schema, harness->arena, NULL, document, instance,
                            NULL, &unsure);
    if (unsure)
        set_errored(harness->arena, &result,
                    "the check takes more steps than the limit");
    else
        az_builder_set(&result, "valid", truth(valid));
    return az_builder_object(&result);
}

/* The message of the first error in SINK. */
static const char *
first_error(const struct az_sink *sink)
{
    size_t i;

    for (i = 0; i < sink->count; i++)
        if (sink->diags[i]->severity == AZ_ERROR)
            return sink->diags[i]->message;
    return "the schema cannot be compiled";
}

static bool
answer_run(struct harness *harness, const struct az_document *document,
           struct az_builder *answer)
{
    const struct az_node *test_case = az_node_get(document->root, "case");
    const struct az_node *tests = az_node_get(test_case, "tests");
    const struct az_node *seq = az_node_get(document->root, "seq");
    const struct az_node *output = az_node_get(document->root, "output");
    const struct az_schema *schema;
    struct az_builder results;
    struct az_sink sink;
    size_t i;

    if (seq == NULL || tests == NULL || tests->type != AZ_ARRAY ||
        az_node_get(test_case, "schema") == NULL)
        return fail("a run needs seq and a case with schema and tests");
    az_builder_set(answer, "seq", *seq);
    if (output != NULL && !az_node_is_string(output, "flag")) {
        az_builder_set(answer, "skipped", truth(true));
        az_builder_set(answer, "message",
                       az_make_string_c("annotations are not collected"));
        return true;
    }
    az_sink_init(&sink, harness->arena);
    schema = compile(harness, &sink, document, test_case);
    if (schema == NULL) {
        set_errored(harness->arena, answer, first_error(&sink));
        return true;
    }
    az_builder_init(&results, harness->arena);
    for (i = 0; i < tests->count; i++)
        az_builder_add(&results,
                       judge(harness, schema, document, &tests->items[i]));
    az_builder_set(answer, "results", az_builder_array(&results));
    return true;
}

static const struct {
    const char *name;
    answer_fn *answer;
} commands[] = {
    { "start", answer_start },
    { "dialect", answer_dialect },
    { "run", answer_run },
};

/* Writes ANSWER as a line; false if it cannot be written. */
static bool
print(struct harness *harness, const struct az_builder *answer)
{
    struct az_node object = az_builder_object(answer);
    struct az_buf buf;

    az_buf_init(&buf, harness->arena);
    az_node_print(&buf, &object);
    az_buf_add_char(&buf, '\n');
    return (fwrite(buf.p, 1, buf.len, stdout) == buf.len &&
            fflush(stdout) == 0) ||
           fail("cannot write the answer");
}

/* Obeys LINE; *RET_STOP is set by "stop". */
static bool
obey(struct harness *harness, struct az_str line, bool *ret_stop)
{
    const struct az_document *document;
    const struct az_node *name;
    struct az_builder answer;
    struct az_sink sink;
    size_t i;

    az_sink_init(&sink, harness->arena);
    document = az_read_json(harness->arena, &sink,
                            az_source_new(harness->arena, "<stdin>", line));
    if (document == NULL || document->malformed)
        return fail(first_error(&sink));
    name = az_node_get(document->root, "cmd");
    if (name == NULL || name->type != AZ_STRING)
        return fail("a line without a command");
    if (!harness->started && !az_node_is_string(name, "start"))
        return fail("not started");
    *ret_stop = az_node_is_string(name, "stop");
    if (*ret_stop)
        return true;
    az_builder_init(&answer, harness->arena);
    for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (az_node_is_string(name, commands[i].name))
            return commands[i].answer(harness, document, &answer) &&
                   print(harness, &answer);
    return fail("an unknown command");
}

/* True after "stop" or at the end of the input. */
static bool
converse(struct harness *harness)
{
    char *line = NULL;
    size_t capacity = 0;
    bool good = true, stop = false;
    ssize_t length;

    while (good && !stop && (length = getline(&line, &capacity, stdin)) > 0) {
        if (length > (ssize_t)AZ_MAX_FILE_SIZE) {
            good = fail("a line is over the limit");
            break;
        }
        good = obey(harness, (struct az_str){ line, (size_t)length }, &stop);
        az_arena_clear(harness->arena);
    }
    free(line);
    return good && !ferror(stdin);
}

int
main(void)
{
    struct harness harness = { .arena = az_arena_new(oom) };
    bool good = converse(&harness);

    az_arena_free(harness.arena);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
