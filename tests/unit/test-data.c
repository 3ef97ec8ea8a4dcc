/* The data files that ship: their forms agree, and they match their schemas.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include <string.h>

#include "core/limits.h"
#include "core/embedded.h"
#include "policy/kind.h"
#include "rule/rule.h"
#include "schema/schema.h"

static const struct az_document *
read_shipped(const char *path)
{
    const char *top = getenv("TOP_SRCDIR");
    const struct az_document *document = az_read_file(
        arena, &sink,
        az_arena_printf(arena, "%s/%s", top == NULL ? "." : top, path));

    ck_assert_msg(document != NULL, "%s: %s", path,
                  sink.count > 0 ? sink.diags[0]->message : "?");
    ck_assert_msg(sink.total == 0, "%s: %s", path, sink.diags[0]->message);
    return document;
}

static const struct {
    const char *json, *yaml;
} twins[] = {
    { "policies/optimization-policy.json",
      "policies/optimization-policy.yaml" },
    { "policies/benchmark-corpus.json", "policies/benchmark-corpus.yaml" },
    { "policies/perf-budgets.json", "policies/perf-budgets.yaml" },
    { "policies/measurements/pass.json", "policies/measurements/pass.yaml" },
};

START_TEST(test_twins)
{
    ck_assert_msg(az_node_equal(read_shipped(twins[_i].json)->root,
                                read_shipped(twins[_i].yaml)->root),
                  "%s and %s differ", twins[_i].json, twins[_i].yaml);
}
END_TEST

static const struct {
    const char *schema, *document;
} shapes[] = {
    { "schemas/kinds.schema.json", "rules/kinds.yaml" },
    { "schemas/project.schema.json", "assize.yaml" },
    { "schemas/ruleset.schema.json", "rules/benchmark-corpus.rules.yaml" },
    { "schemas/ruleset.schema.json", "rules/budget-summary.rules.yaml" },
    { "schemas/ruleset.schema.json", "rules/coverage-ratchet.rules.yaml" },
    { "schemas/ruleset.schema.json", "rules/dependency-policy.rules.yaml" },
    { "schemas/ruleset.schema.json", "rules/flake-quarantine.rules.yaml" },
    { "schemas/ruleset.schema.json", "rules/release-gate.rules.yaml" },
    { "schemas/ruleset.schema.json", "rules/optimization-policy.rules.yaml" },
    { "schemas/ruleset.schema.json", "rules/perf-budgets.rules.yaml" },
    { "schemas/ruleset.schema.json", "rules/waivers.rules.yaml" },
    { "schemas/waivers.schema.json", "policies/samples/waivers.json" },
};

static void
expect_match(const char *schema_path, const char *path)
{
    const struct az_document *text = read_shipped(schema_path);
    const struct az_document *document = read_shipped(path);
    struct az_registry *registry = az_registry_new(arena, az_read_json);
    const struct az_schema *schema;

    az_registry_add(registry, AZ_STR("urn:assize:schema:kinds:v1"),
                    read_shipped("schemas/kinds.schema.json"));
    schema = az_schema_compile(registry, &sink, text, az_str_from(schema_path));

    ck_assert_msg(schema != NULL && sink.total == 0, "%s", schema_path);
    az_schema_check(schema, arena, &sink, document, document->root, NULL, NULL);
    ck_assert_msg(sink.total == 0, "%s by %s: %s: %s", path, schema_path,
                  sink.diags[0]->pointer, sink.diags[0]->message);
}

START_TEST(test_shape)
{
    expect_match(shapes[_i].schema, shapes[_i].document);
}
END_TEST

static const char *const schemas[] = {
    "schemas/benchmark-corpus.schema.json",
    "schemas/budget-summary.schema.json",
    "schemas/coverage-ratchet.schema.json",
    "schemas/dependency-policy.schema.json",
    "schemas/flake-quarantine.schema.json",
    "schemas/kinds.schema.json",
    "schemas/optimization-policy.schema.json",
    "schemas/perf-budgets.schema.json",
    "schemas/waivers.schema.json",
    "schemas/project.schema.json",
    "schemas/release-gate.schema.json",
    "schemas/report.schema.json",
    "schemas/ruleset.schema.json",
};

/* Each schema is one by the metaschema, too. */
START_TEST(test_metaschema)
{
    static const char metaschema[] =
        "{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}";
    const struct az_document *document = read_shipped(schemas[_i]);
    const struct az_schema *schema =
        az_schema_compile(az_registry_new(arena, az_read_json), &sink,
                          document_of(metaschema), AZ_STR("urn:test"));

    ck_assert_ptr_nonnull(schema);
    ck_assert_msg(az_schema_check(schema, arena, &sink, document,
                                  document->root, NULL, NULL),
                  "%s: %s", schemas[_i],
                  sink.count == 0 ? "?" : sink.diags[0]->message);
}
END_TEST

static const struct {
    const char *name;
    size_t most;
} limits[] = {
#define AZ_LIMIT(name, most) { #name, most },
    AZ_LIMITS(AZ_LIMIT)
#undef AZ_LIMIT
};

/* assize.yaml may lower each limit, and raise none. */
START_TEST(test_limits)
{
    const struct az_node *properties = az_node_get(
        az_node_get(
            az_node_get(read_shipped("schemas/project.schema.json")->root,
                        "properties"),
            "limits"),
        "properties");
    const struct az_node *limit = az_node_get(properties, limits[_i].name);
    const struct az_node *most = az_node_get(limit, "maximum");

    ck_assert_uint_eq(properties->count, COUNT(limits));
    ck_assert_msg(most != NULL && most->type == AZ_NUMBER, "%s",
                  limits[_i].name);
    ck_assert_str_eq(az_node_quote(arena, most),
                     az_arena_printf(arena, "%zu", limits[_i].most));
    ck_assert(az_node_is_string(az_node_get(limit, "type"), "integer"));
    ck_assert_str_eq(az_node_quote(arena, az_node_get(limit, "minimum")), "1");
}
END_TEST

/* What a project's kinds cost each document is limited. */
START_TEST(test_kind_limits)
{
    const struct az_node *schema =
        read_shipped("schemas/kinds.schema.json")->root;
    const struct az_node *words =
        az_node_get(az_node_get(schema, "$defs"), "words");

    ck_assert_str_eq(az_node_quote(arena, az_node_get(schema, "maxItems")),
                     az_arena_printf(arena, "%d", AZ_MAX_KINDS));
    ck_assert_str_eq(az_node_quote(arena, az_node_get(words, "maxItems")),
                     az_arena_printf(arena, "%d", AZ_MAX_KIND_WORDS));
}
END_TEST

static bool
is_one_of(struct az_str word, const char *const *words)
{
    while (*words != NULL && !az_str_eq_c(word, *words))
        words++;
    return *words != NULL;
}

static bool
is_closed(const struct az_node *schema)
{
    const struct az_node *additional =
        az_node_get(schema, "additionalProperties");

    return additional != NULL && additional->type == AZ_BOOLEAN &&
           !additional->truth;
}

static void check_short(const struct az_node *full,
                        const struct az_node *shortened);

/* Whether something in NODE is a reference. */
static bool
has_reference(const struct az_node *node)
{
    uint32_t i;

    for (i = 0; node->type == AZ_ARRAY && i < node->count; i++)
        if (has_reference(&node->items[i]))
            return true;
    for (i = 0; node->type == AZ_OBJECT && i < node->count; i++)
        if (az_str_eq_c(node->members[i].key, "$ref") ||
            az_str_eq_c(node->members[i].key, "$dynamicRef") ||
            has_reference(&node->members[i].value))
            return true;
    return false;
}

/* That SHORTENED is FULL, the value of KEYWORD of a schema that is CLOSED or
   not, so that it holds for nothing that FULL does not hold for: a property may
   be missing where it then may not stand, a definition where nothing refers to
   it.  Where what holds for less lets its parent hold for more, nothing is
   missing, nor in what it might refer to. */
static void
check_short_value(const char *keyword, bool closed, const struct az_node *full,
                  const struct az_node *shortened)
{
    static const char *const whole[] = { "if", "not", "oneOf", "contains",
                                         NULL };
    bool properties = strcmp(keyword, "properties") == 0;
    bool may_miss = (properties && closed) || strcmp(keyword, "$defs") == 0;
    uint32_t i;

    if (is_one_of(az_str_from(keyword), whole)) {
        ck_assert_msg(az_node_equal(full, shortened) && !has_reference(full),
                      "%s", keyword);
        return;
    }
    if (!properties && !may_miss && strcmp(keyword, "patternProperties") != 0) {
        check_short(full, shortened);
        return;
    }
    for (i = 0; i < shortened->count; i++)
        ck_assert(az_node_member(full, shortened->members[i].key) != NULL);
    for (i = 0; i < full->count; i++) {
        const struct az_member *other =
            az_node_member(shortened, full->members[i].key);

        ck_assert(other != NULL || may_miss);
        if (other != NULL)
            check_short(&full->members[i].value, &other->value);
    }
}

/* The same for schemas, which lack words that judge nothing, and for what else
   stands in them. */
static void
check_short(const struct az_node *full, const struct az_node *shortened)
{
    static const char *const words[] = { "title", "description", "x-threshold",
                                         "$defs", NULL };
    uint32_t i, kept = 0;

    ck_assert_int_eq((int)full->type, (int)shortened->type);
    if (full->type != AZ_OBJECT && full->type != AZ_ARRAY) {
        ck_assert(az_node_equal(full, shortened));
        return;
    }
    for (i = 0; full->type == AZ_ARRAY && i < full->count; i++)
        check_short(&full->items[i], &shortened->items[i]);
    for (i = 0; full->type == AZ_OBJECT && i < full->count; i++) {
        const struct az_member *member = &full->members[i];
        const struct az_member *other = az_node_member(shortened, member->key);

        if (other == NULL)
            ck_assert_msg(is_one_of(member->key, words), "%.*s",
                          AZ_STR_ARG(member->key));
        else if (++kept > 0)
            check_short_value(az_arena_str(arena, member->key).p,
                              is_closed(full), &member->value, &other->value);
    }
    ck_assert_uint_eq(shortened->count,
                      full->type == AZ_ARRAY ? full->count : kept);
}

START_TEST(test_short_schemas)
{
    struct az_kinds *kinds = az_kinds_new(arena, &sink);
    size_t i;

    for (i = 0; i < kinds->count; i++) {
        struct az_str name =
            az_node_text(az_node_get(kinds->items[i].entry, "schema"));
        const struct az_node *shortened =
            az_embedded_read_short(arena, &sink, name)->root;

        check_short(az_embedded_read(arena, &sink, name)->root, shortened);
        ck_assert_ptr_null(az_node_get(shortened, "title"));
        ck_assert_ptr_nonnull(az_kind_schema_for_judging(&kinds->items[i]));
    }
    ck_assert_uint_eq(sink.total, 0);
}
END_TEST

START_TEST(test_kinds)
{
    struct az_kinds *kinds = az_kinds_new(arena, &sink);
    size_t i, count;

    ck_assert_uint_eq(kinds->count, 11);
    for (i = 0; i < kinds->count; i++) {
        struct az_kind *kind = &kinds->items[i];

        ck_assert_ptr_nonnull(az_kind_schema(kind));
        ck_assert_ptr_nonnull(az_kind_ruleset(kind));
        ck_assert_ptr_nonnull(az_kind_samples(kind, &count));
        ck_assert_uint_eq(count, 1);
        ck_assert(az_node_get(kind->entry, "schema_versions") != NULL ||
                  az_node_get(kind->entry, "keys") != NULL);
        ck_assert(i == 0 || strcmp(kinds->items[i - 1].name, kind->name) < 0);
    }
    ck_assert_uint_eq(sink.total, 0);
    ck_assert_ptr_eq(az_kind_find(kinds, AZ_STR("wasm-perf-budgets")),
                     az_kind_find(kinds, AZ_STR("perf-budgets")));
    ck_assert_ptr_null(az_kind_find(kinds, AZ_STR("perf-budget")));
}
END_TEST

static const struct {
    const char *document, *message, *hint;
} unknown[] = {
    { "{}", "the document has no schema_version", "'assize kinds'" },
    { "[]", "the document is not an object", "give --schema or --rules" },
    { "{\"schema_version\":\"wasm-perf-budget-v1\"}",
      "no kind has the schema_version 'wasm-perf-budget-v1'",
      "did you mean 'wasm-perf-budgets-v1'?" },
    { "{\"schema_version\":1}", "no kind has the schema_version 1",
      "'assize kinds'" },
};

START_TEST(test_unknown_kind)
{
    struct az_kinds *kinds = az_kinds_new(arena, &sink);

    ck_assert_ptr_null(az_kind_of(
        kinds, &sink, document_of(unknown[_i].document), AZ_STR("")));
    ck_assert_uint_eq(sink.total, 1);
    ck_assert_int_eq((int)sink.diags[0]->id, AZ_DIAG_KIND_UNKNOWN);
    ck_assert_str_eq(sink.diags[0]->message, unknown[_i].message);
    ck_assert_msg(strstr(sink.diags[0]->hint, unknown[_i].hint) != NULL, "%s",
                  sink.diags[0]->hint);
}
END_TEST

extern const struct az_embedded az_policy_embedded[];

static void expect_twin(const struct az_embedded *file,
                        const struct az_node *tree, const struct az_node *read);

static void
expect_members(const struct az_embedded *file, const struct az_node *tree,
               const struct az_node *read)
{
    uint32_t i;

    for (i = 0; i < read->count; i++) {
        const struct az_member *a = &tree->members[i], *b = &read->members[i];

        ck_assert_msg(
            az_str_eq(a->key, b->key) &&
                memcmp(&a->key_span, &b->key_span, sizeof(a->key_span)) == 0,
            "%s: key %.*s", file->name, AZ_STR_ARG(b->key));
        expect_twin(file, &a->value, &b->value);
        ck_assert_ptr_eq(az_node_member(tree, b->key), a);
    }
}

static void
expect_twin(const struct az_embedded *file, const struct az_node *tree,
            const struct az_node *read)
{
    uint32_t i;

    ck_assert_msg(tree->type == read->type &&
                      memcmp(&tree->span, &read->span, sizeof(tree->span)) == 0,
                  "%s: byte %u", file->name, read->span.start);
    ck_assert_uint_eq(tree->count, read->count);
    if (read->type == AZ_OBJECT)
        expect_members(file, tree, read);
    if (read->type == AZ_STRING || read->type == AZ_NUMBER)
        ck_assert(az_str_eq(az_node_text(tree), az_node_text(read)));
    if (read->type == AZ_BOOLEAN)
        ck_assert(tree->truth == read->truth);
    for (i = 0; read->type == AZ_ARRAY && i < read->count; i++)
        expect_twin(file, &tree->items[i], &read->items[i]);
}

/* The trees in the program are what the reader makes of the texts. */
START_TEST(test_embedded)
{
    const struct az_embedded *file;
    size_t count = 0;

    for (file = az_policy_embedded; file->name != NULL; file++, count++) {
        const struct az_document *tree = az_embedded_document(arena, file);
        const struct az_document *read =
            az_read_json(arena, &sink, tree->source);

        ck_assert_ptr_nonnull(read);
        expect_twin(file, tree->root, read->root);
    }
    ck_assert_uint_gt(count, 10);
    ck_assert_uint_eq(sink.total, 0);
}
END_TEST

/* The program does not look for mistakes in the schemas and rulesets that are
   part of it; here they are compiled like a user's. */
START_TEST(test_sound)
{
    const struct az_embedded *file;
    struct az_registry *registries[] = {
        az_registry_new(arena, az_read_embedded),
        az_registry_new(arena, az_read_embedded), /* of those for judging */
    };
    size_t schema_count = 0, ruleset_count = 0;

    for (file = az_policy_embedded; file->name != NULL; file++) {
        const struct az_document *tree = az_embedded_document(arena, file);
        const struct az_document *read =
            az_read_json(arena, &sink, tree->source);
        struct az_str name = az_str_from(file->name);
        bool judging = az_str_starts_with(name, AZ_STR("judging:"));

        ck_assert(tree->embedded && !read->embedded);
        if (az_str_ends_with(name, AZ_STR(".schema.json"))) {
            ck_assert_ptr_nonnull(
                az_schema_compile(registries[judging], &sink, read, name));
            schema_count++;
        } else if (az_str_ends_with(name, AZ_STR(".rules.yaml"))) {
            ck_assert_ptr_nonnull(az_ruleset_compile(arena, &sink, read, NULL));
            ruleset_count++;
        }
        ck_assert_msg(sink.total == 0, "%s: %s", file->name,
                      sink.total == 0 ? "" : sink.diags[0]->message);
    }
    ck_assert_uint_gt(schema_count, 5);
    ck_assert_uint_gt(ruleset_count, 7);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("data");
    TCase *tcase = new_case(suite, "data");

    tcase_add_loop_test(tcase, test_twins, 0, COUNT(twins));
    tcase_add_loop_test(tcase, test_shape, 0, COUNT(shapes));
    tcase_add_loop_test(tcase, test_metaschema, 0, COUNT(schemas));
    tcase_add_loop_test(tcase, test_limits, 0, COUNT(limits));
    tcase_add_test(tcase, test_kind_limits);
    tcase_add_test(tcase, test_kinds);
    tcase_add_test(tcase, test_short_schemas);
    tcase_add_test(tcase, test_embedded);
    tcase_add_test(tcase, test_sound);
    tcase_add_loop_test(tcase, test_unknown_kind, 0, COUNT(unknown));
    return run_suite(suite);
}
