/* Kinds: a schema and a ruleset for one sort of document.
   SPDX-License-Identifier: MIT */

#include "policy/kind.h"

#include <string.h>

#include "core/arena.h"
#include "core/embedded.h"
#include "core/file.h"
#include "policy/kind-internal.h"
#include "read/read.h"

/* Generated from schemas/, rules/ and policies/. */
extern const struct az_embedded az_policy_embedded[];

const struct az_document *
az_embedded_read(struct az_arena *arena, struct az_sink *sink,
                 struct az_str name)
{
    const struct az_embedded *file = az_policy_embedded;

    while (file->name != NULL && !az_str_eq_c(name, file->name))
        file++;
    if (file->name == NULL) {
        az_sink_add(sink, AZ_DIAG_FILE_UNREADABLE, AZ_NOWHERE,
                    "the program holds no file %s", az_str_quote(arena, name));
        return NULL;
    }
    return az_embedded_document(arena, file);
}

/* Text members of kinds.yaml are there: a test holds it against the schema of
   the list. */
static struct az_str
text_of(const struct az_node *entry, const char *key)
{
    const struct az_node *value = az_node_get(entry, key);

    return value == NULL || value->type != AZ_STRING ? AZ_STR("")
                                                     : az_node_text(value);
}

void
az_kind_init(struct az_kind *kind, struct az_kinds *kinds,
             const struct az_node *entry)
{
    memset(kind, 0, sizeof(*kind));
    kind->kinds = kinds;
    kind->entry = entry;
    kind->name = az_arena_str(kinds->arena, text_of(entry, "name")).p;
    kind->title = az_arena_str(kinds->arena, text_of(entry, "title")).p;
}

struct az_kinds *
az_kinds_new(struct az_arena *arena, struct az_sink *sink)
{
    struct az_kinds *kinds = AZ_NEW(arena, struct az_kinds);
    const struct az_document *list =
        az_embedded_read(arena, sink, AZ_STR("rules/kinds.yaml"));
    size_t i;

    kinds->arena = arena;
    kinds->sink = sink;
    kinds->registry = az_registry_new(arena, az_read_embedded);
    kinds->short_schemas = az_registry_new(arena, az_read_embedded);
    az_map_init(&kinds->files, arena);
    if (list == NULL)
        return kinds;
    kinds->count = kinds->built_in_count = list->root->count;
    kinds->items = az_arena_array(arena, kinds->count, sizeof(*kinds->items));
    for (i = 0; i < kinds->count; i++) {
        az_kind_init(&kinds->items[i], kinds, &list->root->items[i]);
        kinds->items[i].built_in = true;
    }
    return kinds;
}

static struct az_kind *
find_among(const struct az_kinds *kinds, size_t count, struct az_str name)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (az_str_eq_c(name, kinds->items[i].name))
            return &kinds->items[i];
    return NULL;
}

struct az_kind *
az_kind_find(const struct az_kinds *kinds, struct az_str name)
{
    const struct az_str prefix = AZ_STR("wasm-");
    struct az_kind *kind = find_among(kinds, kinds->count, name);

    if (kind != NULL || !az_str_starts_with(name, prefix))
        return kind;
    return find_among(
        kinds, kinds->built_in_count,
        (struct az_str){ name.p + prefix.len, name.len - prefix.len });
}

const char *const *
az_kind_name_list(const struct az_kinds *kinds)
{
    const char **names =
        az_arena_array(kinds->arena, kinds->count + 1, sizeof(const char *));
    size_t i;

    for (i = 0; i < kinds->count; i++)
        names[i] = kinds->items[i].name;
    return names;
}

const char *
az_kind_names(const struct az_kinds *kinds)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, kinds->arena);
    for (i = 0; i < kinds->count; i++)
        az_buf_addf(&buf, "%s%s", i == 0 ? "" : ", ", kinds->items[i].name);
    return buf.p;
}

struct az_kind *
az_kind_require(const struct az_kinds *kinds, struct az_str name)
{
    struct az_kind *kind = az_kind_find(kinds, name);

    if (kind == NULL)
        az_diag_hint(kinds->sink,
                     az_sink_add(kinds->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "there is no kind %s",
                                 az_str_quote(kinds->arena, name)),
                     "kinds: %s", az_kind_names(kinds));
    return kind;
}

/* The file that NAME, in the entry of KIND, is about. */
static const struct az_document *
read_named(const struct az_kind *kind, const struct az_node *name)
{
    struct az_kinds *kinds = kind->kinds;

    if (kind->built_in)
        return az_embedded_read(kinds->arena, kinds->sink, az_node_text(name));
    return az_project_read(&kinds->project, kinds->arena, kinds->sink, name);
}

const struct az_document *
az_kind_schema_document(struct az_kind *kind)
{
    if (kind->text == NULL)
        kind->text = read_named(kind, az_node_get(kind->entry, "schema"));
    return kind->text;
}

const struct az_schema *
az_kind_schema(struct az_kind *kind)
{
    const struct az_document *document;

    if (kind->schema == NULL) {
        document = az_kind_schema_document(kind);
        if (document != NULL)
            kind->schema = az_schema_compile(
                kind->built_in ? kind->kinds->registry : kind->kinds->own,
                kind->kinds->sink, document, text_of(kind->entry, "schema"));
    }
    return kind->schema;
}

static const struct az_ruleset *
compile_rules(const struct az_kind *kind, const struct az_document *document)
{
    struct az_kinds *kinds = kind->kinds;
    /* those that are built in have been tested */
    const struct az_ruleset_options options = {
        .kinds = kind->built_in ? NULL : az_kind_name_list(kinds)
    };

    return document == NULL ? NULL
                            : az_ruleset_compile(kinds->arena, kinds->sink,
                                                 document, &options);
}

const struct az_ruleset *
az_kind_ruleset(struct az_kind *kind)
{
    const struct az_node *name = az_node_get(kind->entry, "rules");

    if (kind->ruleset == NULL && name != NULL)
        kind->ruleset = compile_rules(kind, read_named(kind, name));
    return kind->ruleset;
}

const struct az_document *
az_embedded_read_short(struct az_arena *arena, struct az_sink *sink,
                       struct az_str name)
{
    return az_embedded_read(
        arena, sink,
        az_str_from(az_arena_printf(arena, "judging:%.*s", AZ_STR_ARG(name))));
}

const struct az_schema *
az_kind_schema_for_judging(struct az_kind *kind)
{
    const struct az_kinds *kinds = kind->kinds;
    struct az_str name = text_of(kind->entry, "schema");
    const struct az_document *document;

    if (!kind->built_in || kind->schema != NULL)
        return az_kind_schema(kind);
    if (kind->short_schema == NULL) {
        document = az_embedded_read_short(kinds->arena, kinds->sink, name);
        if (document != NULL)
            kind->short_schema = az_schema_compile(kinds->short_schemas,
                                                   kinds->sink, document, name);
    }
    return kind->short_schema;
}

const struct az_ruleset *
az_kind_ruleset_for_judging(struct az_kind *kind)
{
    struct az_kinds *kinds = kind->kinds;

    if (!kind->built_in)
        return az_kind_ruleset(kind);
    if (kind->short_ruleset == NULL)
        kind->short_ruleset = compile_rules(
            kind, az_embedded_read_short(kinds->arena, kinds->sink,
                                         text_of(kind->entry, "rules")));
    return kind->short_ruleset;
}

/* The kind that the sample DOCUMENT of KIND is of.  Documents that go by their
   file say nothing, and a sample of theirs is of KIND wherever it lies.  NULL
   after findings. */
static const struct az_kind *
kind_of_sample(struct az_kind *kind, const struct az_document *document)
{
    const struct az_kinds *kinds = kind->kinds;
    struct az_sink unheard, *sink = kinds->sink;
    const struct az_kind *found;
    struct az_str identity = AZ_STR("");

    if (!kind->built_in)
        identity = az_file_identity(
            kinds->arena, az_project_path(&kinds->project, kinds->arena,
                                          document->source->name));
    if (az_node_get(kind->entry, "files") != NULL &&
        az_node_get(document->root, "schema_version") == NULL) {
        az_sink_init(&unheard, kinds->arena);
        sink = &unheard;
    }
    found = az_kind_of(kinds, sink, document, identity);
    if (found == NULL && sink == &unheard)
        return kind;
    return found;
}

const char *
az_kind_sample_time(const struct az_kind *kind)
{
    const struct az_node *time = az_node_get(kind->entry, "sample_time");

    if (time == NULL)
        return NULL;
    return az_arena_str(kind->kinds->arena, az_node_text(time)).p;
}

const struct az_embedded *
az_kind_files_embedded(const struct az_kind *kind)
{
    return kind->built_in ? az_policy_embedded : NULL;
}

const struct az_kind_sample *
az_kind_samples(struct az_kind *kind, size_t *ret_count)
{
    const struct az_node *names = az_node_get(kind->entry, "sample");
    bool list = names->type == AZ_ARRAY, good = true;
    size_t count = list ? names->count : 1, i;
    struct az_kind_sample *samples =
        az_arena_array(kind->kinds->arena, count, sizeof(*samples));

    for (i = 0; i < count; i++) {
        const struct az_node *name = list ? &names->items[i] : names;

        samples[i].document = read_named(kind, name);
        if (samples[i].document != NULL)
            samples[i].kind = kind_of_sample(kind, samples[i].document);
        good &= samples[i].kind != NULL;
    }
    *ret_count = count;
    if (good && samples[0].kind != kind) {
        az_sink_add(
            kind->kinds->sink, AZ_DIAG_SELF_TEST_SAMPLE,
            az_document_start(samples[0].document, samples[0].document->root),
            "the sample of kind '%s' is of kind '%s'", kind->name,
            samples[0].kind->name);
        good = false;
    }
    return good ? samples : NULL;
}
