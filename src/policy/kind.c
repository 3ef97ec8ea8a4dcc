/* Kinds: a schema and a ruleset for one sort of document.
   SPDX-License-Identifier: MIT */

#include "policy/kind.h"

#include <string.h>

#include "core/arena.h"
#include "core/embedded.h"
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
    if (list == NULL)
        return kinds;
    kinds->count = list->root->count;
    kinds->items = az_arena_array(arena, kinds->count, sizeof(*kinds->items));
    for (i = 0; i < kinds->count; i++) {
        const struct az_node *entry = &list->root->items[i];

        kinds->items[i].kinds = kinds;
        kinds->items[i].entry = entry;
        kinds->items[i].name = az_arena_str(arena, text_of(entry, "name")).p;
        kinds->items[i].title = az_arena_str(arena, text_of(entry, "title")).p;
    }
    return kinds;
}

struct az_kind *
az_kind_find(const struct az_kinds *kinds, struct az_str name)
{
    const struct az_str prefix = AZ_STR("wasm-");
    size_t i;

    if (az_str_starts_with(name, prefix))
        name = (struct az_str){ name.p + prefix.len, name.len - prefix.len };
    for (i = 0; i < kinds->count; i++)
        if (az_str_eq_c(name, kinds->items[i].name))
            return &kinds->items[i];
    return NULL;
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

static bool
has_version(const struct az_kind *kind, struct az_str version)
{
    const struct az_node *versions =
        az_node_get(kind->entry, "schema_versions");
    size_t i;

    for (i = 0; versions != NULL && i < versions->count; i++)
        if (az_str_eq(az_node_text(&versions->items[i]), version))
            return true;
    return false;
}

/* Every schema_version there is, for "did you mean". */
static struct az_str *
all_versions(const struct az_kinds *kinds, size_t *ret_count)
{
    struct az_str *all = NULL;
    size_t count = 0, capacity = 0, i, k;

    for (i = 0; i < kinds->count; i++) {
        const struct az_node *versions =
            az_node_get(kinds->items[i].entry, "schema_versions");

        for (k = 0; versions != NULL && k < versions->count; k++) {
            all = az_arena_grow(kinds->arena, all, count, &capacity,
                                sizeof(*all));
            all[count++] = az_node_text(&versions->items[k]);
        }
    }
    *ret_count = count;
    return all;
}

static void
unknown_version(const struct az_kinds *kinds,
                const struct az_document *document,
                const struct az_node *version)
{
    size_t count, nearest;
    struct az_str *all = all_versions(kinds, &count);
    struct az_diag *diag;

    diag = az_sink_add(kinds->sink, AZ_DIAG_KIND_UNKNOWN,
                       az_document_place(document, version),
                       "no kind has the schema_version %s",
                       az_node_quote(kinds->arena, version));
    diag->pointer = "/schema_version";
    nearest = version->type == AZ_STRING
                  ? az_str_nearest(az_node_text(version), all, count)
                  : count;
    if (nearest < count)
        az_diag_hint(kinds->sink, diag, "did you mean '%.*s'?",
                     AZ_STR_ARG(all[nearest]));
    else
        az_diag_hint(kinds->sink, diag,
                     "'assize kinds' lists the kinds and their versions");
}

static void
no_version(const struct az_kinds *kinds, const struct az_document *document)
{
    bool object = document->root->type == AZ_OBJECT;
    struct az_place place = az_document_place(document, document->root);
    struct az_diag *diag;

    place.span.end = place.span.start + (place.span.end > place.span.start);
    diag = az_sink_add(kinds->sink, AZ_DIAG_KIND_UNKNOWN, place,
                       object ? "the document has no schema_version"
                              : "the document is not an object");
    diag->pointer = "";
    az_diag_hint(kinds->sink, diag,
                 object ? "add one that 'assize kinds' lists, or give --schema "
                          "or --rules"
                        : "a policy is an object; for another document give "
                          "--schema or --rules");
}

struct az_kind *
az_kind_of(const struct az_kinds *kinds, const struct az_document *document)
{
    const struct az_node *version =
        az_node_get(document->root, "schema_version");
    size_t i;

    if (version == NULL) {
        no_version(kinds, document);
        return NULL;
    }
    for (i = 0; version->type == AZ_STRING && i < kinds->count; i++)
        if (has_version(&kinds->items[i], az_node_text(version)))
            return &kinds->items[i];
    unknown_version(kinds, document, version);
    return NULL;
}

static const struct az_document *
read_part(struct az_kind *kind, const char *key)
{
    return az_embedded_read(kind->kinds->arena, kind->kinds->sink,
                            text_of(kind->entry, key));
}

const struct az_document *
az_kind_schema_document(struct az_kind *kind)
{
    return read_part(kind, "schema");
}

const struct az_document *
az_kind_sample(struct az_kind *kind)
{
    return read_part(kind, "sample");
}

const struct az_schema *
az_kind_schema(struct az_kind *kind)
{
    const struct az_document *document;

    if (kind->schema == NULL) {
        document = az_kind_schema_document(kind);
        if (document != NULL)
            kind->schema =
                az_schema_compile(kind->kinds->registry, kind->kinds->sink,
                                  document, text_of(kind->entry, "schema"));
    }
    return kind->schema;
}

/* NAME read and compiled, or NULL. */
static const struct az_ruleset *
compile_rules(const struct az_kinds *kinds, struct az_str name)
{
    const struct az_document *document =
        az_embedded_read(kinds->arena, kinds->sink, name);

    if (document == NULL)
        return NULL;
    return az_ruleset_compile(kinds->arena, kinds->sink, document, NULL);
}

const struct az_ruleset *
az_kind_ruleset(struct az_kind *kind)
{
    if (kind->ruleset == NULL)
        kind->ruleset =
            compile_rules(kind->kinds, text_of(kind->entry, "rules"));
    return kind->ruleset;
}

const struct az_ruleset *
az_kind_ruleset_for_judging(struct az_kind *kind)
{
    if (kind->for_judging == NULL)
        kind->for_judging = compile_rules(
            kind->kinds, az_str_from(az_arena_printf(
                             kind->kinds->arena, "judging:%.*s",
                             AZ_STR_ARG(text_of(kind->entry, "rules")))));
    return kind->for_judging;
}
