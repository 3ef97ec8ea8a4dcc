/* A labelled corpus of wrong documents: the message that a person would want
   comes first.
   SPDX-License-Identifier: MIT

   tests/data/messages/ has files of a schema and cases.  Each case is a
   document and the finding wanted first: its id, its pointer or line and
   column, and words of its message or hint.  "not_first" gives the reason why
   one does not come first yet; when it does, it has to go. */

#include "support.h"

#include <stdio.h>

#include "schema/schema.h"

/* Cases there are at least; so that none is lost unseen. */
#define CASES_MIN 190

static const char *const files[] = { "budgets",    "cluster", "compose",
                                     "conditions", "linter",  "openapi",
                                     "package",    "unions",  "workflow" };

struct score {
    size_t cases;
    size_t first;
    size_t alone; /* first, and no other error */
    size_t mislabelled;
};

static const struct az_document *
read_corpus(const char *name)
{
    const char *top = getenv("TOP_SRCDIR");
    const struct az_document *document =
        az_read_file(arena, &sink,
                     az_arena_printf(arena, "%s/tests/data/messages/%s.yaml",
                                     top == NULL ? "." : top, name));

    ck_assert_msg(document != NULL && sink.total == 0, "%s: %s", name,
                  sink.count > 0 ? sink.diags[0]->message : "?");
    return document;
}

/* The findings of the document of ENTRY, sorted. */
static void
judge(const struct az_schema *schema, const struct az_node *entry,
      struct az_sink *findings)
{
    const struct az_schema_options options = { .assert_format = true };
    const struct az_node *text = az_node_get(entry, "document");
    const struct az_node *format = az_node_get(entry, "format");
    const struct az_source *source;
    const struct az_document *document;

    ck_assert_ptr_nonnull(text);
    az_sink_init(findings, arena);
    source = source_of("document", az_node_text(text));
    document = format == NULL ? az_read_yaml(arena, findings, source)
                              : az_read_json(arena, findings, source);
    if (document != NULL)
        az_schema_check(schema, arena, findings, document, document->root,
                        &options, NULL);
    az_sink_sort(findings);
}

static bool
is_number(const struct az_node *wanted, const char *key, unsigned value)
{
    const struct az_node *node = az_node_get(wanted, key);

    return node == NULL ||
           strcmp(text_of(node), az_arena_printf(arena, "%u", value)) == 0;
}

static bool
is_wanted(const struct az_diag *diag, const struct az_node *wanted)
{
    const struct az_position at =
        az_source_position(diag->place.source, diag->place.span.start);
    const struct az_node *pointer = az_node_get(wanted, "pointer");
    const struct az_node *words = az_node_get(wanted, "words");
    const char *said = az_arena_printf(arena, "%s; %s", diag->message,
                                       diag->hint == NULL ? "" : diag->hint);
    size_t i;

    if (!az_node_is_string(az_node_get(wanted, "id"), name_of(diag)) ||
        (pointer != NULL && (diag->pointer == NULL ||
                             !az_node_is_string(pointer, diag->pointer))) ||
        !is_number(wanted, "line", at.line) ||
        !is_number(wanted, "column", at.column))
        return false;
    for (i = 0; i < words->count; i++)
        if (strstr(said,
                   az_arena_str(arena, az_node_text(&words->items[i])).p) ==
            NULL)
            return false;
    return true;
}

static void
tell(const char *file, const char *name, const char *what,
     const struct az_sink *findings)
{
    size_t i;

    printf("%s: %s: %s\n", file, name, what);
    for (i = 0; i < findings->count; i++)
        printf(
            "    %s %s: %s\n        hint: %s\n",
            findings->diags[i]->pointer == NULL ? "-"
                                                : findings->diags[i]->pointer,
            name_of(findings->diags[i]), findings->diags[i]->message,
            findings->diags[i]->hint == NULL ? "" : findings->diags[i]->hint);
}

static void
judge_case(const char *file, const struct az_schema *schema,
           const struct az_node *entry, struct score *score)
{
    const char *name =
        az_arena_str(arena, az_node_text(az_node_get(entry, "name"))).p;
    const bool expected = az_node_get(entry, "not_first") == NULL;
    struct az_sink findings;
    bool first;

    judge(schema, entry, &findings);
    ck_assert_msg(findings.by_severity[AZ_ERROR] > 0, "%s: %s: nothing found",
                  file, name);
    first = is_wanted(findings.diags[0], az_node_get(entry, "first"));
    score->cases++;
    score->first += first;
    score->alone += first && findings.by_severity[AZ_ERROR] == 1;
    score->mislabelled += first != expected;
    if (first != expected)
        tell(file, name,
             first ? "comes first, take 'not_first' away"
                   : "does not come first",
             &findings);
    else if (first && getenv("AZ_MESSAGES_ALL") != NULL)
        tell(file, name, "first", &findings);
}

static void
judge_file(const char *name, struct score *score)
{
    const struct az_document *corpus = read_corpus(name);
    const struct az_node *cases = az_node_get(corpus->root, "cases");
    struct az_document text = *corpus;
    const struct az_schema *schema;
    size_t i;

    text.root = az_node_get(corpus->root, "schema");
    ck_assert_ptr_nonnull(text.root);
    ck_assert_ptr_nonnull(cases);
    schema = az_schema_compile(az_registry_new(arena, az_read_json), &sink,
                               &text, AZ_STR(""));
    ck_assert_msg(schema != NULL && sink.total == 0, "%s: %s", name,
                  sink.count > 0 ? sink.diags[0]->message : "?");
    for (i = 0; i < cases->count; i++)
        judge_case(name, schema, &cases->items[i], score);
}

START_TEST(wanted_first)
{
    struct score score = { 0, 0, 0, 0 };
    size_t i;

    for (i = 0; i < COUNT(files); i++)
        judge_file(files[i], &score);
    printf("%zu of %zu wanted messages come first, %zu of them alone\n",
           score.first, score.cases, score.alone);
    fflush(stdout);
    ck_assert_uint_ge(score.cases, CASES_MIN);
    ck_assert_uint_eq(score.mislabelled, 0);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("messages");

    tcase_add_test(new_case(suite, "messages"), wanted_first);
    return run_suite(suite);
}
