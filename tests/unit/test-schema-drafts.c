/* JSON Schema: how the drafts differ, and dialects of one's own.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "schema-draft-rows.h"
#include "schema/schema.h"
#include "support.h"

static const char *const drafts[] = { "draft-04", "draft-06", "draft-07",
                                      "2019-09", "2020-12" };

/* TEXT with double quotes for single ones. */
static const char *
quoted(const char *text)
{
    char *copy = az_arena_strdup(arena, text), *p;

    for (p = copy; *p != '\0'; p++)
        if (*p == '\'')
            *p = '"';
    return copy;
}

/* A registry with DRAFT for schemas that name none. */
static struct az_registry *
registry_of(const char *draft)
{
    struct az_registry *registry = az_registry_new(arena, az_read_json);
    const struct az_dialect *dialect = az_schema_dialect(az_str_from(draft));

    ck_assert_msg(dialect != NULL, "%s", draft);
    az_registry_set_dialect(registry, dialect);
    return registry;
}

static void
know(struct az_registry *registry, const char *uri, const char *text)
{
    az_registry_add(registry, az_str_from(uri), document_of(quoted(text)));
}

static const struct az_schema *
compile(struct az_registry *registry, const char *text)
{
    return az_schema_compile(registry, &sink, document_of(quoted(text)),
                             AZ_STR(""));
}

/* 'v', 'i', or '!' when there is no SCHEMA. */
static char
verdict(const struct az_schema *schema, const char *instance)
{
    const struct az_document *document = document_of(quoted(instance));

    if (schema == NULL)
        return '!';
    return az_schema_check(schema, arena, &sink, document, document->root, NULL,
                           NULL)
               ? 'v'
               : 'i';
}

static const char *
first_message(void)
{
    return sink.count == 0 ? "no finding" : sink.diags[0]->message;
}

START_TEST(draft)
{
    size_t i;
    char found;

    for (i = 0; i < COUNT(drafts); i++) {
        az_sink_init(&sink, arena);
        found = verdict(compile(registry_of(drafts[i]), draft_rows[_i].schema),
                        draft_rows[_i].instance);
        ck_assert_msg(found == draft_rows[_i].verdicts[i],
                      "%s: %s and %s: %c, expected %c: %s", drafts[i],
                      draft_rows[_i].schema, draft_rows[_i].instance, found,
                      draft_rows[_i].verdicts[i], first_message());
        ck_assert_msg((sink.by_severity[AZ_ERROR] > 0) == (found != 'v'),
                      "%s: %s: %c without a finding, or a finding too many: %s",
                      drafts[i], draft_rows[_i].schema, found, first_message());
    }
}
END_TEST

/* What is told of a schema.  A dialect's metaschema is named by the draft. */
static const struct {
    const char *draft;
    const char *schema;
    const char *id;
    const char *pointer;
    unsigned column;
    const char *message;
    const char *hint; /* NULL: none */
} mistakes[] = {
    { "4", "{'items': true}", "schema-invalid", "/items", 11,
      "a schema is an object, not true", "in draft-04 write {}" },
    { "4", "{'not': false}", "schema-invalid", "/not", 9,
      "a schema is an object, not false", "in draft-04 write {\"not\": {}}" },
    { "6", "{'not': 1}", "schema-invalid", "/not", 9,
      "a schema is an object or a boolean, not 1", NULL },
    { "4", "{'exclusiveMaximum': 5}", "schema-invalid", "/exclusiveMaximum", 22,
      "'exclusiveMaximum' must be true or false, not 5",
      "it is the limit itself only since draft-06: give the number as the "
      "limit, and true here" },
    { "4", "{'exclusiveMaximum': true}", "schema-invalid", "", 2,
      "'exclusiveMaximum' needs 'maximum' beside it", NULL },
    { "4", "{'exclusiveMinimum': true, 'maximum': 1}", "schema-invalid", "", 2,
      "'exclusiveMinimum' needs 'minimum' beside it", NULL },
    { "7", "{'exclusiveMinimum': true}", "schema-invalid", "/exclusiveMinimum",
      22, "'exclusiveMinimum' must be a number, not true",
      "it is the limit itself since draft-06: give the number here and drop "
      "the other keyword" },
    { "4", "{'required': []}", "schema-invalid", "/required", 14,
      "'required' must be an array of one string or more, not []", NULL },
    { "4", "{'enum': [1, 1]}", "schema-invalid", "/enum/1", 14,
      "'enum' has 1 twice", NULL },
    { "4", "{'maxLength': 1.0}", "schema-invalid", "/maxLength", 15,
      "'maxLength' must be a whole number, 0 or more, not 1.0", NULL },
    { "7", "{'items': []}", "schema-invalid", "/items", 11,
      "'items' must be a schema or a list of one schema or more, not []",
      NULL },
    { "2020-12", "{'items': [{}]}", "schema-invalid", "/items", 11,
      "'items' must be a schema, not [{}]",
      "since 2020-12 a list of schemas is 'prefixItems'" },
    { "7", "{'dependencies': {'a': 'b'}}", "schema-invalid", "/dependencies/a",
      24, "a schema is an object or a boolean, not 'b'", NULL },
    { "7", "{'dependencies': 5}", "schema-invalid", "/dependencies", 18,
      "'dependencies' must be an object of schemas and arrays of strings, "
      "not 5",
      NULL },
    { "2019-09", "{'$id': '#a'}", "schema-invalid", "/$id", 9,
      "'$id' must be a URI without fragment, not '#a'",
      "a name inside a schema is given with '$anchor'" },
    { "2019-09", "{'$recursiveRef': '#a'}", "schema-invalid", "/$recursiveRef",
      19, "'$recursiveRef' must be '#', not '#a'", NULL },
    { "2019-09", "{'items': {'$recursiveAnchor': true}}", "schema-invalid",
      "/items/$recursiveAnchor", 12,
      "'$recursiveAnchor' stands inside a schema resource",
      "it may stand at the root, or beside '$id'" },
    { "2019-09", "{'$recursiveRef': '#'}", "schema-reference", "/$recursiveRef",
      19,
      "'$recursiveRef' leads back to itself without moving on in the document",
      "a recursive schema refers to itself from below 'properties', 'items' "
      "and the like" },
    { "4", "{'$ref': 'http://a/b'}", "schema-reference", "/$ref", 10,
      "$ref 'http://a/b': no schema with this URI is known",
      "nothing is fetched from a network: add --schema-map http://a/b=FILE" },
    { "7", "{'$schema': 'https://json-schema.org/draft-07/schema#'}",
      "schema-invalid", "/$schema", 13,
      "the dialect 'https://json-schema.org/draft-07/schema#' is unknown",
      "did you mean 'http://json-schema.org/draft-07/schema#'?" },
    { "7", "{'$schema': 'draft4'}", "schema-invalid", "/$schema", 13,
      "the dialect 'draft4' is unknown",
      "did you mean 'http://json-schema.org/draft-04/schema#'?" },
    /* Warnings. */
    { "4", "{'const': 1}", "schema-unknown-keyword", "/const", 2,
      "'const' has no effect in JSON Schema draft-04",
      "it is a keyword since draft-06: name a later draft with '$schema'" },
    { "7", "{'$anchor': 'a'}", "schema-unknown-keyword", "/$anchor", 2,
      "'$anchor' has no effect in JSON Schema draft-07",
      "it is a keyword since 2019-09: name a later draft with '$schema'" },
    { "2019-09", "{'prefixItems': [{}]}", "schema-unknown-keyword",
      "/prefixItems", 2, "'prefixItems' has no effect in JSON Schema 2019-09",
      "it is a keyword since 2020-12: name a later draft with '$schema'" },
    { "4", "{'$id': 'http://a/b'}", "schema-unknown-keyword", "/$id", 2,
      "'$id' has no effect in JSON Schema draft-04",
      "it is a keyword since draft-06: name a later draft with '$schema'" },
    { "6", "{'id': 'http://a/b'}", "schema-unknown-keyword", "/id", 2,
      "'id' has no effect in JSON Schema draft-06", "use $id" },
    { "2020-12", "{'$recursiveRef': '#'}", "schema-unknown-keyword",
      "/$recursiveRef", 2,
      "'$recursiveRef' has no effect in JSON Schema 2020-12",
      "use $dynamicRef" },
    { "7", "{'definitions': {'a': {}}, '$ref': '#/definitions/a', 'type': []}",
      "schema-invalid", "/type", 63, "'type' must be one type or more, not []",
      NULL },
    { "7", "{'definitions': {'a': {}}, '$ref': '#/definitions/a', 'maximum':1}",
      "schema-unknown-keyword", "/maximum", 55,
      "'maximum' has no effect beside '$ref' in JSON Schema draft-07",
      "put the reference into an 'allOf'" },
    { "6", "{'minLenght': 1}", "schema-unknown-keyword", "/minLenght", 2,
      "unknown keyword 'minLenght'", "did you mean 'minLength'?" },
    { "4", "{'propertees': {}}", "schema-unknown-keyword", "/propertees", 2,
      "unknown keyword 'propertees'", "did you mean 'properties'?" },
    { "4", "{'format': 'date'}", "schema-unknown-keyword", "/format", 12,
      "unknown format 'date'",
      "it is a format since draft-07, not in draft-04" },
    { "7", "{'format': 'uuid'}", "schema-unknown-keyword", "/format", 12,
      "unknown format 'uuid'",
      "it is a format since 2019-09, not in draft-07" },
    { "6", "{'format': 'host-name'}", "schema-unknown-keyword", "/format", 12,
      "unknown format 'host-name'", "did you mean 'hostname'?" },
    { "7", "{'allOf': [{'format': 'color'}, {'format': 'color'}]}",
      "schema-unknown-keyword", "/allOf/0/format", 23, "unknown format 'color'",
      "JSON Schema draft-07 ignores it" },
};

START_TEST(mistake)
{
    const char *schema = mistakes[_i].schema;
    const struct az_diag *diag;
    struct az_position at;

    compile(registry_of(mistakes[_i].draft), schema);
    ck_assert_msg(sink.count == 1, "%s: %zu findings: %s", schema, sink.count,
                  first_message());
    diag = sink.diags[0];
    at = az_source_position(diag->place.source, diag->place.span.start);
    ck_assert_str_eq(diag->message, mistakes[_i].message);
    ck_assert_str_eq(az_diag_info(diag->id)->name, mistakes[_i].id);
    ck_assert_str_eq(diag->pointer, mistakes[_i].pointer);
    ck_assert_msg(at.column == mistakes[_i].column, "%s: column %u", schema,
                  at.column);
    ck_assert_pstr_eq(diag->hint, mistakes[_i].hint);
}
END_TEST

/* No remark where nothing is lost. */
static const struct {
    const char *draft;
    const char *schema;
} silent[] = {
    { "7", "{'$ref': '#/definitions/a', 'definitions': {'a': {}}, 'title': '',"
           "'$comment': '', 'description': '', 'default': 1,"
           "'$schema': 'http://json-schema.org/draft-07/schema#'}" },
    { "4",
      "{'x-a': 1, 'additionalItems': false, 'additionalProperties': true}" },
    { "2020-12", "{'definitions': {}, 'dependencies': {}}" },
    { "2019-09", "{'$recursiveAnchor': true, 'items': [{}]}" },
};

START_TEST(no_remark)
{
    ck_assert_ptr_nonnull(
        compile(registry_of(silent[_i].draft), silent[_i].schema));
    ck_assert_msg(sink.total == 0, "%s: %s", silent[_i].schema,
                  first_message());
}
END_TEST

/* Documents beside the schema, the first as urn:b, the second as urn:c. */
static const struct {
    const char *label;
    const char *first;
    const char *second;
    const char *schema;
    const char *instance;
    const char *verdicts;
} remotes[] = {
    { "a remote one is of the dialect that refers to it",
      "{'items':[{'type':'null'}]}", "{}", "{'$ref':'urn:b'}", "[1]", "iiii!" },
    { "the dialect that its $schema names", "{'items':[{'type':'null'}]}", "{}",
      "{'$schema':'http://json-schema.org/draft-07/schema#','allOf':"
      "[{'$ref':'urn:b'}]}",
      "[1]", "iiiii" },
    { "and so are those it refers to", "{'not':{'$ref':'urn:c'}}",
      "{'const':1}", "{'$ref':'urn:b'}", "1", "iiiii" },
    { "a name in a remote one",
      "{'definitions':{'A':{'$id':'#foo','type':'null'},"
      "'B':{'$ref':'#foo'}}}",
      "{}", "{'$ref':'urn:b#/definitions/B'}", "1", "!ii!!" },
    { "$schema of the remote one counts",
      "{'$schema':'http://json-schema.org/draft-07/schema#',"
      "'items':[{'type':'null'}]}",
      "{}", "{'$ref':'urn:b'}", "[1]", "iiiii" },
    { "a later draft from an older",
      "{'$schema':'https://json-schema.org/draft/2020-12/schema',"
      "'prefixItems':[{'type':'null'}]}",
      "{}", "{'allOf':[{'$ref':'urn:b'}]}", "[1]", "iiiii" },
    { "an id in a remote one of draft-04",
      "{'$schema':'http://json-schema.org/draft-04/schema#',"
      "'id':'http://a/b','type':'null'}",
      "{}", "{'$ref':'http://a/b'}", "1", "iiiii" },
    { "a root id beside $ref is not there",
      "{'$schema':'http://json-schema.org/draft-07/schema#',"
      "'$id':'http://a/b','$ref':'#/definitions/x',"
      "'definitions':{'x':{'type':'null'}}}",
      "{}", "{'$ref':'urn:b'}", "1", "iiiii" },
    { "an extended tree, by the outermost anchor",
      "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'$recursiveAnchor':true,'properties':{'kids':"
      "{'items':{'$recursiveRef':'#'}}}}",
      "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'$recursiveAnchor':true,'$ref':'urn:b','required':['name']}",
      "{'$ref':'urn:c'}", "{'name':1,'kids':[{}]}", "iiiii" },
    { "the same tree by itself",
      "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'$recursiveAnchor':true,'properties':{'kids':"
      "{'items':{'$recursiveRef':'#'}}}}",
      "{}", "{'$ref':'urn:b'}", "{'kids':[{}]}", "vvvvv" },
    { "a metaschema with an unknown vocabulary that is required",
      "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'$vocabulary':{'urn:other':true}}",
      "{}", "{'$schema':'urn:b'}", "1", "!!!!!" },
    { "one that is not",
      "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'$vocabulary':{'urn:other':false}}",
      "{}", "{'$schema':'urn:b','type':'null'}", "1", "vvvvv" },
    { "vocabularies of 2019-09",
      "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'$vocabulary':{'https://json-schema.org/draft/2019-09/vocab/"
      "applicator':true}}",
      "{}",
      "{'$schema':'urn:b','properties':{'a':{'minimum':5}},"
      "'unevaluatedProperties':false}",
      "{'a':1,'b':1}", "iiiii" },
    { "without the one of minimum",
      "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'$vocabulary':{'https://json-schema.org/draft/2019-09/vocab/"
      "applicator':true}}",
      "{}", "{'$schema':'urn:b','properties':{'a':{'minimum':5}}}", "{'a':1}",
      "vvvvv" },
    { "a vocabulary of another draft",
      "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'$vocabulary':{'https://json-schema.org/draft/2020-12/vocab/"
      "core':true}}",
      "{}", "{'$schema':'urn:b'}", "1", "!!!!!" },
    { "format that asserts",
      "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'$vocabulary':{'https://json-schema.org/draft/2019-09/vocab/"
      "format':true}}",
      "{}", "{'$schema':'urn:b','format':'ipv4'}", "'x'", "iiiii" },
    { "format that does not",
      "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'$vocabulary':{'https://json-schema.org/draft/2019-09/vocab/"
      "format':false}}",
      "{}", "{'$schema':'urn:b','format':'ipv4'}", "'x'", "vvvvv" },
    { "older drafts have no vocabularies",
      "{'$schema':'http://json-schema.org/draft-07/schema#',"
      "'$vocabulary':{'urn:other':true}}",
      "{}", "{'$schema':'urn:b','type':'null'}", "1", "iiiii" },
    { "a metaschema of one's own is applied",
      "{'$schema':'http://json-schema.org/draft-07/schema#',"
      "'required':['title']}",
      "{}", "{'$schema':'urn:b','items':[{}]}", "1", "!!!!!" },
    { "to a schema that keeps it",
      "{'$schema':'http://json-schema.org/draft-07/schema#',"
      "'required':['title']}",
      "{}", "{'$schema':'urn:b','title':'','items':[{}]}", "1", "vvvvv" },
    { "and to the parts of it",
      "{'$schema':'https://json-schema.org/draft/2019-09/schema',"
      "'$recursiveAnchor':true,'$id':'urn:b','required':['title'],'allOf':"
      "[{'$ref':'https://json-schema.org/draft/2019-09/schema'}]}",
      "{}", "{'$schema':'urn:b','title':'','items':{}}", "1", "!!!!!" },
    { "that of a remote one too",
      "{'$schema':'http://json-schema.org/draft-07/schema#',"
      "'required':['title']}",
      "{'$schema':'urn:b'}", "{'$ref':'urn:c'}", "1", "!!!!!" },
    { "and that of one that names none",
      "{'$schema':'http://json-schema.org/draft-07/schema#',"
      "'required':['title']}",
      "{}", "{'$schema':'urn:b','title':'','allOf':[{'$ref':'urn:c'}]}", "1",
      "!!!!!" },
    { "a metaschema that has one itself",
      "{'$schema':'http://json-schema.org/draft-07/schema#',"
      "'required':['title']}",
      "{'$schema':'urn:b','title':'','required':['x-a']}",
      "{'$schema':'urn:c','x-a':1}", "1", "vvvvv" },
    { "and does not keep it",
      "{'$schema':'http://json-schema.org/draft-07/schema#',"
      "'required':['title']}",
      "{'$schema':'urn:b','required':['x-a']}", "{'$schema':'urn:c','x-a':1}",
      "1", "!!!!!" },
    { "a metaschema that is none",
      "{'$schema':'http://json-schema.org/draft-07/schema#','type':1}", "{}",
      "{'$schema':'urn:b'}", "1", "!!!!!" },
    { "metaschemas in a circle", "{'$schema':'urn:c'}", "{'$schema':'urn:b'}",
      "{'$schema':'urn:c'}", "1", "!!!!!" },
    { "a metaschema that is needed to judge itself",
      "{'$schema':'http://json-schema.org/draft-07/schema#','allOf':"
      "[{'$ref':'urn:c'}]}",
      "{'$schema':'urn:b'}", "{'$schema':'urn:b'}", "1", "!!!!!" },
};

START_TEST(remote)
{
    struct az_registry *registry;
    size_t i;
    char found;

    for (i = 0; i < COUNT(drafts); i++) {
        az_sink_init(&sink, arena);
        registry = registry_of(drafts[i]);
        know(registry, "urn:b", remotes[_i].first);
        know(registry, "urn:c", remotes[_i].second);
        found = verdict(compile(registry, remotes[_i].schema),
                        remotes[_i].instance);
        ck_assert_msg(found == remotes[_i].verdicts[i],
                      "%s: %s: %c, expected %c: %s", drafts[i],
                      remotes[_i].label, found, remotes[_i].verdicts[i],
                      first_message());
    }
}
END_TEST

/* A mistake that a metaschema of one's own finds is at its place in the schema,
   with the keyword in the metaschema. */
START_TEST(own_metaschema)
{
    struct az_registry *registry = registry_of("2020-12");
    const struct az_diag *diag;

    know(registry, "urn:meta",
         "{'$schema':'http://json-schema.org/draft-07/schema#',"
         "'properties':{'title':{'maxLength':2}}}");
    ck_assert_ptr_null(compile(registry, "{'$schema':'urn:meta','title':"
                                         "'long'}"));
    ck_assert_uint_eq(sink.count, 1);
    diag = sink.diags[0];
    ck_assert_int_eq(diag->id, AZ_DIAG_SCHEMA_INVALID);
    ck_assert_str_eq(diag->message,
                     "'long' has 4 characters, expected at most 2");
    ck_assert_str_eq(diag->pointer, "/title");
    ck_assert_uint_eq(diag->place.span.start, 30);
    ck_assert_ptr_nonnull(diag->related);
    ck_assert_str_eq(diag->related->message, "the limit is here");
}
END_TEST

/* A metaschema that needs a schema of its own dialect is refused, and told so
   at the schema that closes the circle. */
START_TEST(circular_metaschema)
{
    struct az_registry *registry = registry_of("2020-12");

    know(registry, "urn:meta",
         "{'$schema':'http://json-schema.org/draft-07/schema#','allOf':"
         "[{'$ref':'urn:part'}]}");
    know(registry, "urn:part", "{'$schema':'urn:meta'}");
    ck_assert_ptr_null(compile(registry, "{'$schema':'urn:meta'}"));
    ck_assert_uint_eq(sink.count, 2);
    ck_assert_str_eq(sink.diags[0]->message,
                     "the metaschema 'urn:meta' is needed to judge itself");
    ck_assert_str_eq(sink.diags[0]->pointer, "/$schema");
    ck_assert_str_eq(sink.diags[1]->message,
                     "the metaschema 'urn:meta' cannot be used");
}
END_TEST

/* Every metaschema, and each part of one, is a schema of its own dialect by the
   keyword tables as well as by itself. */
START_TEST(metaschemas)
{
    const struct az_embedded *file;
    size_t count = 0;

    for (file = az_schema_metaschemas; file->name != NULL; file++, count++) {
        struct az_registry *registry = az_registry_new(arena, az_read_json);
        const struct az_document *document = az_read_json(
            arena, &sink,
            az_source_new(
                arena, file->name,
                (struct az_str){ (const char *)file->data, file->size }));
        const char *text = az_arena_printf(
            arena, "{\"$ref\":\"%.*s\"}",
            AZ_STR_ARG(az_node_text(az_node_get(document->root, "$schema"))));
        const struct az_schema *schema =
            az_schema_compile(registry, &sink, document_of(text), AZ_STR(""));

        ck_assert_msg(
            az_schema_compile(registry, &sink, document, AZ_STR("")) != NULL,
            "%s: %s", file->name, first_message());
        ck_assert_msg(schema != NULL &&
                          az_schema_check(schema, arena, &sink, document,
                                          document->root, NULL, NULL),
                      "%s: %s", file->name, first_message());
        ck_assert_msg(sink.total == 0, "%s: %s", file->name, first_message());
    }
    ck_assert_uint_eq(count, 19);
}
END_TEST

static const struct {
    const char *name;
    const char *means; /* NULL: nothing */
} names[] = {
    { "2020-12", "2020-12" },
    { "draft2020-12", "2020-12" },
    { "draft-2019-09", "2019-09" },
    { "7", "draft-07" },
    { "07", "draft-07" },
    { "draft7", "draft-07" },
    { "draft-07", "draft-07" },
    { "draft-06", "draft-06" },
    { "draft4", "draft-04" },
    { "http://json-schema.org/draft-04/schema#", "draft-04" },
    { "http://json-schema.org/draft-06/schema", "draft-06" },
    { "https://json-schema.org/draft/2019-09/schema", "2019-09" },
    { "https://json-schema.org/draft/2019-09/schema/", NULL },
    { "http://json-schema.org/draft-04/schema##", NULL },
    { "https://json-schema.org/draft-04/schema", NULL },
    { "draft-03", NULL },
    { "3", NULL },
    { "draft", NULL },
    { "2020", NULL },
    { "", NULL },
};

START_TEST(name)
{
    const struct az_dialect *dialect =
        az_schema_dialect(az_str_from(names[_i].name));

    ck_assert_msg(dialect ==
                      (names[_i].means == NULL
                           ? NULL
                           : az_schema_dialect(az_str_from(names[_i].means))),
                  "%s", names[_i].name);
    ck_assert_msg((dialect == NULL) == (names[_i].means == NULL), "%s",
                  names[_i].name);
}
END_TEST

START_TEST(all_names)
{
    size_t i;

    for (i = 0; az_schema_dialect_names[i] != NULL; i++)
        ck_assert_ptr_nonnull(
            az_schema_dialect(az_str_from(az_schema_dialect_names[i])));
    ck_assert_uint_eq(i, 5);
}
END_TEST

/* LENGTH definitions, each a reference to the next between BEFORE and AFTER. */
static const char *
chain(const char *before, const char *after, size_t length)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf, "{\"definitions\":{");
    for (i = 0; i < length; i++)
        az_buf_addf(&buf, "\"%zu\":%s{\"$ref\":\"#/definitions/%zu\"}%s,", i,
                    before, i + 1, after);
    az_buf_addf(&buf,
                "\"%zu\":{\"type\":\"null\"}},\"allOf\":[{\"$ref\":"
                "\"#/definitions/0\"}]}",
                length);
    return buf.p;
}

/* A reference to a reference costs no stack; an alternative in between does,
   and is stopped with a finding. */
START_TEST(long_chain)
{
    const struct az_schema *schema;
    size_t i;

    for (i = 0; i < COUNT(drafts); i++) {
        az_sink_init(&sink, arena);
        schema = compile(registry_of(drafts[i]), chain("", "", 20000));
        ck_assert_int_eq(verdict(schema, "null"), 'v');
        ck_assert_int_eq(verdict(schema, "1"), 'i');
        az_sink_init(&sink, arena);
        schema =
            compile(registry_of(drafts[i]), chain("{\"anyOf\":[", "]}", 20000));
        ck_assert_int_eq(verdict(schema, "null"), 'i');
        ck_assert_int_eq(sink.diags[0]->id, AZ_DIAG_SCHEMA_BUDGET);
    }
}
END_TEST

static Suite *
drafts_suite(void)
{
    Suite *suite = suite_create("schema drafts");
    TCase *tcase = new_case(suite, "drafts");

    tcase_add_loop_test(tcase, draft, 0, COUNT(draft_rows));
    tcase_add_loop_test(tcase, mistake, 0, COUNT(mistakes));
    tcase_add_loop_test(tcase, no_remark, 0, COUNT(silent));
    tcase_add_loop_test(tcase, remote, 0, COUNT(remotes));
    tcase_add_test(tcase, own_metaschema);
    tcase_add_test(tcase, circular_metaschema);
    tcase_add_test(tcase, metaschemas);
    tcase_add_loop_test(tcase, name, 0, COUNT(names));
    tcase_add_test(tcase, all_names);
    tcase_add_test(tcase, long_chain);
    return suite;
}

int
main(void)
{
    return run_suite(drafts_suite());
}
