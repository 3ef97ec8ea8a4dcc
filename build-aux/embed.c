/* Turns data files into a C source: embed TABLE ROOT FILE...
   SPDX-License-Identifier: MIT

   Each FILE is read below ROOT.  JSON is embedded as it stands, so that lines
   and columns are those of the file; YAML as compact JSON.  Beside the text
   stands the tree, so that no run reads the text again.  FILE as
   "judging:FILE" leaves out what judging mostly does without: half of a
   ruleset, and of a schema what is only there for people and for few
   documents. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/diag.h"
#include "core/embedded.h"
#include "core/node.h"
#include "core/source.h"
#include "read/read.h"

static void
out_of_memory(void)
{
    fputs("embed: out of memory\n", stderr);
    exit(1);
}

static int
complain(const struct az_sink *sink)
{
    size_t i;

    for (i = 0; i < sink->count; i++) {
        struct az_place place = sink->diags[i]->place;
        struct az_position at = { 0, 0 };

        if (place.source != NULL)
            at = az_source_position(place.source, place.span.start);
        fprintf(stderr, "%s:%u:%u: %s\n",
                place.source == NULL ? "embed" : place.source->name, at.line,
                at.column, sink->diags[i]->message);
    }
    return 1;
}

/* What is written of one file: bytes and, as words, its tree. */
struct writer {
    struct az_str text;
    struct az_buf escaped; /* decoded texts, to stand behind TEXT */
    size_t words;
};

static void
write_word(struct writer *writer, size_t word)
{
    printf("%s%zu,", writer->words++ % 12 == 0 ? "\n" : "", word);
}

static size_t
place_of(struct writer *writer, struct az_str text)
{
    if (text.p >= writer->text.p &&
        text.p + text.len <= writer->text.p + writer->text.len)
        return (size_t)(text.p - writer->text.p);
    az_buf_add(&writer->escaped, text);
    return writer->text.len + writer->escaped.len - text.len;
}

static size_t
content_of(struct writer *writer, const struct az_node *node)
{
    if (node->type == AZ_STRING || node->type == AZ_NUMBER)
        return place_of(writer, az_node_text(node));
    return node->type == AZ_BOOLEAN && node->truth;
}

static void
write_value(struct writer *writer, const struct az_node *node)
{
    const struct az_member *member;
    size_t i;

    write_word(writer, node->type | (size_t)node->count << AZ_EMBEDDED_COUNT);
    write_word(writer, node->span.start);
    write_word(writer, node->span.end);
    write_word(writer, content_of(writer, node));
    for (i = 0; node->type == AZ_ARRAY && i < node->count; i++)
        write_value(writer, &node->items[i]);
    for (i = 0; node->type == AZ_OBJECT && i < node->count; i++) {
        member = &node->members[i];
        write_word(writer, member->key.len);
        write_word(writer, place_of(writer, member->key));
        write_word(writer, member->key_span.start);
        write_word(writer, member->key_span.end);
        write_value(writer, &member->value);
    }
}

static void
write_bytes(size_t number, struct az_str text, struct az_str more)
{
    size_t i, size = text.len + more.len;

    printf("static const unsigned char file_%zu[] = {", number);
    for (i = 0; i < size; i++)
        printf(
            "%s%u,", i % 20 == 0 ? "\n" : "",
            (unsigned char)(i < text.len ? text.p[i] : more.p[i - text.len]));
    puts("0\n};\n");
}

/* Writes TEXT, which is JSON, and its tree as number NUMBER.  False with a
   finding. */
static bool
write_file(struct az_arena *arena, struct az_sink *sink, size_t number,
           const char *name, struct az_str text)
{
    const struct az_document *document =
        az_read_json(arena, sink, az_source_new(arena, name, text));
    struct writer writer = { .text = text };

    if (document == NULL)
        return false;
    az_buf_init(&writer.escaped, arena);
    printf("static const uint32_t tree_%zu[] = {", number);
    write_value(&writer, document->root);
    puts("\n};\n");
    write_bytes(number, text, az_buf_str(&writer.escaped));
    return true;
}

static struct az_str
text_of(struct az_arena *arena, const struct az_document *document)
{
    struct az_str name = az_str_from(document->source->name);
    struct az_buf text;

    if (az_str_ends_with(name, AZ_STR(".json")))
        return document->source->text;
    az_buf_init(&text, arena);
    az_node_print(&text, document->root);
    return az_buf_str(&text);
}

/* RULE without what explains and tests it. */
static struct az_node
shorten_rule(struct az_arena *arena, const struct az_node *rule)
{
    struct az_member *members = az_object_alloc(arena, rule->count);
    struct az_node shortened = *rule;
    size_t i;

    shortened.members = members;
    shortened.count = 0;
    for (i = 0; i < rule->count; i++)
        if (!az_str_eq_c(rule->members[i].key, "why") &&
            !az_str_eq_c(rule->members[i].key, "breaks"))
            members[shortened.count++] = rule->members[i];
    return shortened;
}

static struct az_node
shorten_rules(struct az_arena *arena, const struct az_node *rules)
{
    struct az_node *items =
        az_arena_array(arena, rules->count + 1, sizeof(*items));
    struct az_node shortened = *rules;
    size_t i;

    for (i = 0; i < rules->count; i++)
        items[i] = shorten_rule(arena, &rules->items[i]);
    shortened.items = items;
    return shortened;
}

/* What the value of a keyword of our schemas is made of.  A shortened schema
   may hold for less than the whole one, never for more.  Where a schema that
   holds for less makes another hold for more ("if", "not", "oneOf", "contains"
   with its most), it is PLAIN, and stays as it is. */
enum content { PLAIN, SCHEMA, SCHEMAS_BY_NAME, SCHEMAS_IN_ORDER, NOTHING };

static enum content
content_of_keyword(struct az_str keyword)
{
    static const struct {
        const char *keyword;
        enum content content;
    } rows[] = {
        { "title", NOTHING },
        { "description", NOTHING },
        { "x-threshold", NOTHING },
        { "properties", SCHEMAS_BY_NAME },
        { "patternProperties", SCHEMAS_BY_NAME },
        { "dependentSchemas", SCHEMAS_BY_NAME },
        { "$defs", SCHEMAS_BY_NAME },
        { "allOf", SCHEMAS_IN_ORDER },
        { "anyOf", SCHEMAS_IN_ORDER },
        { "prefixItems", SCHEMAS_IN_ORDER },
        { "items", SCHEMA },
        { "additionalProperties", SCHEMA },
        { "propertyNames", SCHEMA },
        { "then", SCHEMA },
        { "else", SCHEMA },
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (az_str_eq_c(keyword, rows[i].keyword))
            return rows[i].content;
    return PLAIN;
}

/* Keys that few documents have.  Where no other key may stand, a schema for
   judging goes without them: a document that has one is for the whole schema to
   judge. */
static bool
is_rare(struct az_str key)
{
    static const char *const keys[] = {
        "$schema",      "assume",
        "baseline",     "better",
        "derived",      "drift",
        "environments", "false_discovery_rate",
        "history",      "familywise_error_rate",
        "provenance",   "percentile_definition",
    };
    size_t i;

    for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (az_str_eq_c(key, keys[i]))
            return true;
    return false;
}

/* Whether objects of SCHEMA are closed to keys that "properties" does not list.
 */
static bool
is_closed(const struct az_node *schema)
{
    const struct az_node *additional =
        az_node_get(schema, "additionalProperties");

    return additional != NULL && additional->type == AZ_BOOLEAN &&
           !additional->truth &&
           az_node_get(schema, "patternProperties") == NULL;
}

static struct az_node
drop_rare(struct az_arena *arena, const struct az_node *properties)
{
    struct az_member *members = az_object_alloc(arena, properties->count);
    struct az_node common = *properties;
    size_t i;

    common.members = members;
    common.count = 0;
    for (i = 0; i < properties->count; i++)
        if (!is_rare(properties->members[i].key))
            members[common.count++] = properties->members[i];
    return common;
}

/* Whether something in NODE refers to the definition NAME of the schema. */
static bool
refers_to(const struct az_node *node, struct az_str name)
{
    const struct az_str start = AZ_STR("#/$defs/");
    size_t i;

    for (i = 0; node->type == AZ_ARRAY && i < node->count; i++)
        if (refers_to(&node->items[i], name))
            return true;
    for (i = 0; node->type == AZ_OBJECT && i < node->count; i++)
        if (refers_to(&node->members[i].value, name))
            return true;
    return node->type == AZ_STRING && node->count == start.len + name.len &&
           az_str_starts_with(az_node_text(node), start) &&
           az_str_ends_with(az_node_text(node), name);
}

/* SCHEMA without definitions that nothing in it refers to. */
static struct az_node
drop_unused(struct az_arena *arena, const struct az_node *schema)
{
    struct az_member *members = az_object_alloc(arena, schema->count);
    struct az_node slim = *schema, *definitions = NULL;
    size_t i, kept, before;

    memcpy(members, schema->members, schema->count * sizeof(*members));
    slim.members = members;
    for (i = 0; i < slim.count; i++)
        if (az_str_eq_c(members[i].key, "$defs"))
            definitions = &members[i].value;
    do {
        before = definitions == NULL ? 0 : definitions->count;
        struct az_member *used = az_object_alloc(arena, before);
        for (i = kept = 0; i < before; i++)
            if (refers_to(&slim, definitions->members[i].key))
                used[kept++] = definitions->members[i];
        if (definitions != NULL) {
            definitions->members = used;
            definitions->count = (uint32_t)kept;
        }
    } while (definitions != NULL && definitions->count < before);
    return slim;
}

static struct az_node shorten_schema(struct az_arena *arena,
                                     const struct az_node *schema);

static struct az_node
shorten_content(struct az_arena *arena, enum content content,
                const struct az_node *value)
{
    struct az_node shortened = *value;
    struct az_member *members;
    struct az_node *items;
    size_t i;

    if (content == SCHEMA)
        return shorten_schema(arena, value);
    if (content == SCHEMAS_BY_NAME) {
        members = az_object_alloc(arena, value->count);
        for (i = 0; i < value->count; i++) {
            members[i] = value->members[i];
            members[i].value = shorten_schema(arena, &value->members[i].value);
        }
        shortened.members = members;
    }
    if (content == SCHEMAS_IN_ORDER) {
        items = az_arena_array(arena, value->count + 1, sizeof(*items));
        for (i = 0; i < value->count; i++)
            items[i] = shorten_schema(arena, &value->items[i]);
        shortened.items = items;
    }
    return shortened;
}

/* SCHEMA without the words of its findings.  Recursion is as deep as our own
   files are. */
static struct az_node
shorten_schema(struct az_arena *arena, const struct az_node *schema)
{
    struct az_node shortened = *schema;
    struct az_member *members;
    size_t i;

    if (schema->type != AZ_OBJECT)
        return shortened;
    members = az_object_alloc(arena, schema->count);
    shortened.members = members;
    shortened.count = 0;
    for (i = 0; i < schema->count; i++) {
        const struct az_member *member = &schema->members[i];
        enum content content = content_of_keyword(member->key);

        if (content == NOTHING)
            continue;
        struct az_node value = member->value;
        if (az_str_eq_c(member->key, "properties") && is_closed(schema))
            value = drop_rare(arena, &value);
        members[shortened.count] = *member;
        members[shortened.count++].value =
            shorten_content(arena, content, &value);
    }
    return shortened;
}

static struct az_str
text_for_judging(struct az_arena *arena, const struct az_document *document)
{
    struct az_node shortened;
    struct az_buf text;

    if (document->root->type == AZ_ARRAY) {
        shortened = shorten_rules(arena, document->root);
    } else {
        shortened = shorten_schema(arena, document->root);
        shortened = drop_unused(arena, &shortened);
    }
    az_buf_init(&text, arena);
    az_node_print(&text, &shortened);
    return az_buf_str(&text);
}

int
main(int argc, char **argv)
{
    static const char judging[] = "judging:";
    struct az_arena *arena = az_arena_new(out_of_memory);
    const struct az_document *document;
    const char *name;
    struct az_sink sink;
    struct az_str text;
    size_t *sizes;
    int i, status = 0;

    if (argc < 4)
        return 2;
    sizes = az_arena_array(arena, (size_t)argc, sizeof(*sizes));
    az_sink_init(&sink, arena);
    puts("/* Generated by build-aux/embed.c. */\n\n"
         "#include \"core/embedded.h\"\n");
    for (i = 3; i < argc; i++) {
        name = strncmp(argv[i], judging, strlen(judging)) == 0
                   ? argv[i] + strlen(judging)
                   : argv[i];
        document = az_read_file(arena, &sink,
                                az_arena_printf(arena, "%s/%s", argv[2], name));
        if (document == NULL || sink.total > 0) {
            status = complain(&sink);
            break;
        }
        text = name == argv[i] ? text_of(arena, document)
                               : text_for_judging(arena, document);
        sizes[i] = text.len;
        if (!write_file(arena, &sink, (size_t)i, name, text)) {
            status = complain(&sink);
            break;
        }
    }
    printf("extern const struct az_embedded %s[];\n"
           "const struct az_embedded %s[] = {\n",
           argv[1], argv[1]);
    for (i = 3; i < argc && status == 0; i++)
        printf("    { \"%s\", file_%d, %zu, tree_%d },\n", argv[i], i, sizes[i],
               i);
    puts("    { 0, 0, 0, 0 },\n};");
    az_arena_free(arena);
    return fflush(stdout) == 0 ? status : 1;
}
