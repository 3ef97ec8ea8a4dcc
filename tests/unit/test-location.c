/* Where findings and annotations of schemas stand, by the words of JSON Schema
   2020-12 core, section 12.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include "schema/schema.h"

/* clang-format off */
static const struct {
    const char *label, *schema, *instance;
    const char *at, *keyword, *absolute; /* of the first finding */
} rows[] = {
    { "a keyword of the root", "{\"type\":\"string\"}", "1",
      "", "/type", "test#/type" },
    { "properties and items",
      "{\"properties\":{\"a\":{\"items\":{\"minimum\":2}}}}", "{\"a\":[3,1]}",
      "/a/1", "/properties/a/items/minimum", "test#/properties/a/items/minimum" },
    { "a reference is a step of the way, not of the place",
      "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/n\"}},\"$defs\":{\"n\":{\"minimum\":2}}}", "{\"a\":1}",
      "/a", "/properties/a/$ref/minimum", "test#/$defs/n/minimum" },
    { "a chain of references",
      "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/c\",\"title\":\"x\"},\"c\":{\"type\":\"null\"}}}", "1",
      "", "/$ref/$ref/$ref/type", "test#/$defs/c/type" },
    { "a reference to what stands below",
      "{\"$ref\":\"#/properties/a\",\"properties\":{\"a\":{\"type\":[\"object\"],\"required\":[\"k\"]}}}", "{}",
      "", "/$ref/required", "test#/properties/a/required" },
    { "a schema with an id of its own",
      "{\"$id\":\"https://example.org/r\",\"properties\":{\"a\":{\"$id\":\"sub/a\",\"allOf\":[true,{\"const\":1}]}}}", "{\"a\":2}",
      "/a", "/properties/a/allOf/1/const", "https://example.org/sub/a#/allOf/1/const" },
    { "a dynamic reference",
      "{\"$id\":\"urn:r\",\"$dynamicAnchor\":\"t\",\"type\":\"array\",\"items\":{\"$dynamicRef\":\"#t\"}}", "[[], 1]",
      "/1", "/items/$dynamicRef/type", "urn:r#/type" },
    { "recursion",
      "{\"properties\":{\"c\":{\"$ref\":\"#\"},\"v\":{\"type\":\"number\"}}}", "{\"c\":{\"c\":{\"v\":\"1\"}}}",
      "/c/c/v", "/properties/c/$ref/properties/c/$ref/properties/v/type", "test#/properties/v/type" },
    { "a pattern that has to be escaped and encoded",
      "{\"patternProperties\":{\"^a/~ %\":{\"type\":\"null\"}}}", "{\"a/~ %\":1}",
      "/a~1~0 %", "/patternProperties/^a~1~0 %/type", "test#/patternProperties/%5Ea~1~0%20%25/type" },
    { "prefixItems", "{\"prefixItems\":[true,{\"type\":\"null\"}]}", "[1,2]",
      "/1", "/prefixItems/1/type", "test#/prefixItems/1/type" },
    { "required stands at the object", "{\"properties\":{\"o\":{\"required\":[\"k\"]}}}", "{\"o\":{}}",
      "/o", "/properties/o/required", "test#/properties/o/required" },
    { "a key too many stands at its value", "{\"additionalProperties\":false}", "{\"x\":1}",
      "/x", "/additionalProperties", "test#/additionalProperties" },
    { "items too many", "{\"items\":false}", "[1]", "/0", "/items", "test#/items" },
    { "unevaluated", "{\"allOf\":[{\"properties\":{\"a\":true}}],\"unevaluatedProperties\":false}", "{\"a\":1,\"b\":2}",
      "/b", "/unevaluatedProperties", "test#/unevaluatedProperties" },
    { "a false property", "{\"properties\":{\"a\":false}}", "{\"a\":1}",
      "/a", "/properties/a", "test#/properties/a" },
    { "uniqueItems judges the array", "{\"uniqueItems\":true}", "[1,1]",
      "", "/uniqueItems", "test#/uniqueItems" },
    { "dependentRequired judges the object", "{\"dependentRequired\":{\"a\":[\"b\"]}}", "{\"a\":1}",
      "", "/dependentRequired", "test#/dependentRequired" },
    { "dependentSchemas", "{\"dependentSchemas\":{\"a\":{\"required\":[\"b\"]}}}", "{\"a\":1}",
      "", "/dependentSchemas/a/required", "test#/dependentSchemas/a/required" },
    { "then", "{\"if\":true,\"then\":{\"type\":\"null\"}}", "1", "", "/then/type", "test#/then/type" },
    { "else", "{\"if\":false,\"else\":{\"type\":\"null\"}}", "1", "", "/else/type", "test#/else/type" },
    { "not", "{\"not\":{\"type\":\"number\"}}", "1", "", "/not", "test#/not" },
    { "the alternative that was meant",
      "{\"anyOf\":[{\"type\":\"string\"},{\"minimum\":5,\"type\":\"number\"}]}", "1",
      "", "/anyOf/1/minimum", "test#/anyOf/1/minimum" },
    { "all alternatives", "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", "1",
      "", "/anyOf", "test#/anyOf" },
    { "the key that tells alternatives apart",
      "{\"oneOf\":[{\"properties\":{\"k\":{\"const\":1}}},{\"properties\":{\"k\":{\"const\":2}}}]}", "{\"k\":3}",
      "", "/oneOf", "test#/oneOf" },
    { "several match", "{\"oneOf\":[true,true]}", "1", "", "/oneOf", "test#/oneOf" },
    { "propertyNames", "{\"propertyNames\":{\"maxLength\":1}}", "{\"ab\":1}",
      "/ab", "/propertyNames/maxLength", "test#/propertyNames/maxLength" },
};

/* Each annotation as "instance keyword value", a blank line apart. */
static const struct {
    const char *label, *schema, *instance, *annotations;
} remarks[] = {
    { "what describes", "{\"title\":\"t\",\"description\":\"d\",\"default\":1,\"deprecated\":true,\"readOnly\":false,\"writeOnly\":true,\"examples\":[1],\"$comment\":\"c\",\"type\":\"number\"}", "5",
      " /title \"t\"\n /description \"d\"\n /default 1\n /deprecated true\n /readOnly false\n /writeOnly true\n /examples [1]\n" },
    { "what nobody knows", "{\"x-a\":{\"b\":1}}", "5", " /x-a {\"b\":1}\n" },
    { "format of anything", "{\"format\":\"date\"}", "5", " /format \"date\"\n" },
    { "content of a string",
      "{\"contentEncoding\":\"base64\",\"contentMediaType\":\"application/json\",\"contentSchema\":{\"title\":\"t\"}}", "\"x\"",
      " /contentEncoding \"base64\"\n /contentMediaType \"application/json\"\n /contentSchema {\"title\":\"t\"}\n" },
    { "content of no string", "{\"contentEncoding\":\"base64\"}", "5", "" },
    { "contentSchema needs contentMediaType", "{\"contentSchema\":{}}", "\"x\"", "" },
    { "properties",
      "{\"properties\":{\"a\":{\"title\":\"A\"},\"b\":{\"title\":\"B\"}}}", "{\"a\":1,\"c\":2}",
      " /properties [\"a\"]\n/a /properties/a/title \"A\"\n" },
    { "patternProperties and additionalProperties",
      "{\"patternProperties\":{\"^a\":{\"title\":\"A\"},\"b$\":{\"title\":\"B\"}},\"additionalProperties\":{\"title\":\"C\"}}", "{\"ab\":1,\"c\":2}",
      " /patternProperties [\"ab\"]\n/ab /patternProperties/^a/title \"A\"\n/ab /patternProperties/b$/title \"B\"\n"
      " /additionalProperties [\"c\"]\n/c /additionalProperties/title \"C\"\n" },
    { "not an object", "{\"properties\":{\"a\":{\"title\":\"A\"}}}", "[1]", "" },
    { "unevaluatedProperties",
      "{\"allOf\":[{\"properties\":{\"a\":true}}],\"unevaluatedProperties\":{\"title\":\"U\"}}", "{\"a\":1,\"b\":2}",
      " /allOf/0/properties [\"a\"]\n /unevaluatedProperties [\"b\"]\n/b /unevaluatedProperties/title \"U\"\n" },
    { "prefixItems and items",
      "{\"prefixItems\":[{\"title\":\"P\"}],\"items\":{\"title\":\"I\"}}", "[1,2]",
      " /prefixItems 0\n/0 /prefixItems/0/title \"P\"\n /items true\n/1 /items/title \"I\"\n" },
    { "prefixItems for all", "{\"prefixItems\":[true,true]}", "[1,2]", " /prefixItems true\n" },
    { "items for none", "{\"prefixItems\":[true],\"items\":{\"title\":\"I\"}}", "[1]", " /prefixItems true\n" },
    { "contains", "{\"contains\":{\"const\":2,\"title\":\"C\"}}", "[1,2,2]",
      " /contains [1,2]\n/1 /contains/title \"C\"\n/2 /contains/title \"C\"\n" },
    { "unevaluatedItems",
      "{\"prefixItems\":[true],\"contains\":{\"const\":2},\"unevaluatedItems\":{\"title\":\"U\"}}", "[1,2,3]",
      " /prefixItems 0\n /contains [1]\n /unevaluatedItems true\n/2 /unevaluatedItems/title \"U\"\n" },
    { "of anyOf those that hold",
      "{\"anyOf\":[{\"title\":\"a\",\"minimum\":5},{\"title\":\"b\"},{\"title\":\"c\",\"type\":\"number\"}]}", "1",
      " /anyOf/1/title \"b\"\n /anyOf/2/title \"c\"\n" },
    { "of oneOf the one", "{\"oneOf\":[{\"title\":\"a\",\"minimum\":5},{\"title\":\"b\"}]}", "1", " /oneOf/1/title \"b\"\n" },
    { "not of not", "{\"not\":{\"title\":\"a\",\"type\":\"string\"}}", "1", "" },
    { "if and then", "{\"if\":{\"title\":\"i\",\"minimum\":1},\"then\":{\"title\":\"t\"},\"else\":{\"title\":\"e\"}}", "1",
      " /if/title \"i\"\n /then/title \"t\"\n" },
    { "else", "{\"if\":{\"title\":\"i\",\"minimum\":1},\"then\":{\"title\":\"t\"},\"else\":{\"title\":\"e\"}}", "0",
      " /else/title \"e\"\n" },
    { "then without if", "{\"then\":{\"title\":\"t\"}}", "0", "" },
    { "dependentSchemas", "{\"dependentSchemas\":{\"a\":{\"title\":\"A\"},\"b\":{\"title\":\"B\"}}}", "{\"a\":1}",
      " /dependentSchemas/a/title \"A\"\n" },
    { "references", "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\",\"title\":\"A\"},\"b\":{\"title\":\"B\"}}}", "1",
      " /$ref/$ref/title \"B\"\n /$ref/title \"A\"\n" },
    { "what an old reference hides", "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"allOf\":[{\"$ref\":\"#/definitions/a\",\"title\":\"no\"}],\"definitions\":{\"a\":{\"title\":\"A\"}}}", "1",
      " /allOf/0/$ref/title \"A\"\n" },
    { "items of an old draft", "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"items\":[{\"title\":\"A\"}],\"additionalItems\":{\"title\":\"B\"}}", "[1,2]",
      " /items 0\n/0 /items/0/title \"A\"\n /additionalItems true\n/1 /additionalItems/title \"B\"\n" },
    { "a dynamic reference goes to the outermost",
      "{\"$id\":\"urn:r\",\"$dynamicAnchor\":\"t\",\"title\":\"R\",\"$defs\":{\"l\":{\"$id\":\"urn:l\",\"$dynamicAnchor\":\"t\",\"title\":\"L\",\"items\":{\"$dynamicRef\":\"#t\"}}},\"properties\":{\"a\":{\"$ref\":\"urn:l\"}}}", "{\"a\":[1]}",
      " /title \"R\"\n /properties [\"a\"]\n/a /properties/a/$ref/title \"L\"\n/a /properties/a/$ref/items true\n/a/0 /properties/a/$ref/items/$dynamicRef/title \"R\"\n" },
};
/* clang-format on */

static const struct az_schema *
compile(const char *text)
{
    struct az_sink remarked;
    const struct az_schema *schema;

    az_sink_init(&remarked, arena);
    schema = az_schema_compile(az_registry_new(arena, NULL), &remarked,
                               document_of(text), AZ_STR(""));
    ck_assert_msg(schema != NULL, "%s", text);
    return schema;
}

START_TEST(finding_location)
{
    const struct az_schema *schema = compile(rows[_i].schema);
    const struct az_document *document = document_of(rows[_i].instance);
    const struct az_location *location;

    ck_assert_msg(!az_schema_check(schema, arena, &sink, document,
                                   document->root, NULL, NULL),
                  "%s", rows[_i].label);
    ck_assert_uint_eq(sink.count, 1);
    location = sink.diags[0]->location;
    ck_assert_msg(location != NULL, "%s", rows[_i].label);
    ck_assert_msg(strcmp(location->instance, rows[_i].at) == 0, "%s: %s",
                  rows[_i].label, location->instance);
    ck_assert_msg(strcmp(location->keyword, rows[_i].keyword) == 0, "%s: %s",
                  rows[_i].label, location->keyword);
    ck_assert_msg(strcmp(location->absolute, rows[_i].absolute) == 0, "%s: %s",
                  rows[_i].label, location->absolute);
}
END_TEST

START_TEST(annotations)
{
    const struct az_schema *schema = compile(remarks[_i].schema);
    const struct az_document *document = document_of(remarks[_i].instance);
    struct az_annotations found;
    struct az_buf buf;
    size_t i;

    ck_assert_msg(az_schema_check(schema, arena, &sink, document,
                                  document->root, NULL, NULL),
                  "%s", remarks[_i].label);
    ck_assert(az_schema_annotate(schema, arena, &sink, document, document->root,
                                 NULL, &found));
    az_buf_init(&buf, arena);
    for (i = 0; i < found.count; i++)
        az_buf_addf(&buf, "%s %s %s\n", found.items[i].location.instance,
                    found.items[i].location.keyword,
                    text_of(&found.items[i].value));
    ck_assert_msg(strcmp(buf.p, remarks[_i].annotations) == 0, "%s:\n%s",
                  remarks[_i].label, buf.p);
}
END_TEST

/* Alternatives in each level of a deep document: over the budget there are no
   annotations, and a finding says so. */
START_TEST(annotations_over_budget)
{
    const struct az_schema *schema = compile(
        "{\"anyOf\":[{\"items\":{\"$ref\":\"#\"}},{\"items\":{\"$ref\":\"#\"},"
        "\"title\":\"t\"},{\"items\":{\"$ref\":\"#\"},\"title\":\"u\"}]}");
    const struct az_document *document = document_of(az_arena_printf(
        arena, "%s1%s", text_times("[", 40), text_times("]", 40)));
    struct az_annotations found;

    ck_assert(!az_schema_annotate(schema, arena, &sink, document,
                                  document->root, NULL, &found));
    ck_assert_uint_eq(found.count, 0);
    ck_assert_uint_eq(sink.count, 1);
    ck_assert_str_eq(name_of(sink.diags[0]), "schema-budget");
}
END_TEST

/* All alternatives, each with its findings and where they stand. */
START_TEST(explain_all)
{
    static const char *const expected[] = {
        "the bound is here",
        "alternative 1 of 3: expected string, found number 1",
        "alternative 3 of 3, 'c': 1 is not at least 7",
        "alternative 3 of 3, 'c': 1 is not a multiple of 2"
    };
    const struct az_schema *schema =
        compile("{\"anyOf\":[{\"type\":\"string\"},{\"minimum\":5},{\"title\":"
                "\"c\",\"minimum\":7,\"multipleOf\":2}]}");
    const struct az_document *document = document_of("1");
    const struct az_schema_options options = { .explain_all = true };
    const struct az_related *related;
    size_t i = 0;

    az_schema_check(schema, arena, &sink, document, document->root, &options,
                    NULL);
    ck_assert_uint_eq(sink.total, 1);
    for (related = sink.diags[0]->related; related != NULL;
         related = related->next) {
        ck_assert_uint_lt(i, COUNT(expected));
        ck_assert_str_eq(related->message, expected[i++]);
        ck_assert_int_eq(related->location != NULL, i > 1);
    }
    ck_assert_uint_eq(i, COUNT(expected));
    ck_assert_str_eq(sink.diags[0]->hint,
                     "this is about alternative 2 of 3; 2 other alternatives "
                     "fail too");
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("location");
    TCase *tcase = new_case(suite, "location");

    tcase_add_loop_test(tcase, finding_location, 0, COUNT(rows));
    tcase_add_loop_test(tcase, annotations, 0, COUNT(remarks));
    tcase_add_test(tcase, explain_all);
    tcase = new_case(suite, "budget");
    tcase_add_test(tcase, annotations_over_budget);
    return run_suite(suite);
}
