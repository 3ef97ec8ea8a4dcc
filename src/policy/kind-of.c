/* Which kind a document is of.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "policy/kind.h"

static bool
has_word(const struct az_kind *kind, const char *key, struct az_str word)
{
    const struct az_node *words = az_node_get(kind->entry, key);
    size_t i;

    for (i = 0; words != NULL && i < words->count; i++)
        if (az_str_eq(az_node_text(&words->items[i]), word))
            return true;
    return false;
}

struct az_kind *
az_kind_find_by(const struct az_kinds *kinds, const char *key,
                struct az_str word)
{
    size_t i;

    for (i = 0; i < kinds->count; i++)
        if (has_word(&kinds->items[i], key, word))
            return &kinds->items[i];
    return NULL;
}

/* Whether DOCUMENT has all keys by which KIND is told. */
static bool
has_keys(const struct az_kind *kind, const struct az_document *document)
{
    const struct az_node *keys = az_node_get(kind->entry, "keys");
    size_t i;

    for (i = 0; keys != NULL && i < keys->count; i++)
        if (az_node_value(document->root, az_node_text(&keys->items[i])) ==
            NULL)
            return false;
    return keys != NULL;
}

/* The kind of a document that says none by a word, but by what it is made of;
   or NULL. */
static struct az_kind *
kind_by_keys(const struct az_kinds *kinds, const struct az_document *document)
{
    size_t i;

    for (i = 0; i < kinds->count; i++)
        if (has_keys(&kinds->items[i], document))
            return &kinds->items[i];
    return NULL;
}

/* Every schema_version there is, for "did you mean". */
static struct az_str *
all_versions(const struct az_kinds *kinds, struct az_arena *arena,
             size_t *ret_count)
{
    struct az_str *all = NULL;
    size_t count = 0, capacity = 0, i, k;

    for (i = 0; i < kinds->count; i++) {
        const struct az_node *versions =
            az_node_get(kinds->items[i].entry, "schema_versions");

        for (k = 0; versions != NULL && k < versions->count; k++) {
            all = az_arena_grow(arena, all, count, &capacity, sizeof(*all));
            all[count++] = az_node_text(&versions->items[k]);
        }
    }
    *ret_count = count;
    return all;
}

static void
unknown_version(const struct az_kinds *kinds, struct az_sink *sink,
                const struct az_document *document,
                const struct az_node *version)
{
    size_t count, nearest;
    struct az_str *all = all_versions(kinds, sink->arena, &count);
    struct az_diag *diag;

    diag = az_sink_add(sink, AZ_DIAG_KIND_UNKNOWN,
                       az_document_place(document, version),
                       "no kind has the schema_version %s",
                       az_node_quote(sink->arena, version));
    diag->pointer = "/schema_version";
    nearest = version->type == AZ_STRING
                  ? az_str_nearest(az_node_text(version), all, count)
                  : count;
    if (nearest < count)
        az_diag_hint(sink, diag, "did you mean '%.*s'?",
                     AZ_STR_ARG(all[nearest]));
    else
        az_diag_hint(sink, diag,
                     "'assize kinds' lists the kinds and their versions");
}

static void
no_version(struct az_sink *sink, const struct az_document *document)
{
    bool object = document->root->type == AZ_OBJECT;
    struct az_diag *diag;

    diag = az_sink_add(sink, AZ_DIAG_KIND_UNKNOWN,
                       az_document_start(document, document->root),
                       object ? "the document has no schema_version"
                              : "the document is not an object");
    diag->pointer = "";
    az_diag_hint(sink, diag,
                 object ? "add one that 'assize kinds' lists, name a schema by "
                          "'$schema', or give --schema or --rules"
                        : "a policy is an object; for another document give "
                          "--schema or --rules");
}

/* One thing that tells the kind of a document. */
struct sign {
    const char *by;
    const struct az_node *node; /* that says so, or NULL */
    const char *pointer;
    struct az_kind *kind; /* NULL: it says nothing */
};

static struct az_kind *
kind_by_word(const struct az_kinds *kinds, const char *key,
             const struct az_node *word)
{
    if (word == NULL || word->type != AZ_STRING)
        return NULL;
    return az_kind_find_by(kinds, key, az_node_text(word));
}

static void
ambiguous(const struct az_kinds *kinds, struct az_sink *sink,
          const struct az_document *document, const struct sign *one,
          const struct sign *other)
{
    const struct az_place place =
        one->node != NULL ? az_document_place(document, one->node)
                          : az_document_start(document, document->root);
    struct az_diag *diag;

    diag = az_sink_add(sink, AZ_DIAG_KIND_AMBIGUOUS, place,
                       "the document is of kind '%s' by %s, and of kind '%s' "
                       "by %s",
                       one->kind->name, one->by, other->kind->name, other->by);
    diag->pointer = one->node != NULL ? one->pointer : "";
    if (!other->kind->built_in)
        az_diag_relate(
            sink, diag,
            az_document_place(kinds->project.document,
                              az_node_get(other->kind->entry, "name")),
            "the kind '%s'", other->kind->name);
    az_diag_hint(sink, diag,
                 "let the document say one kind, or narrow the files of the "
                 "other");
}

struct az_kind *
az_kind_of(const struct az_kinds *kinds, struct az_sink *sink,
           const struct az_document *document, struct az_str identity)
{
    const struct az_node *version =
        az_node_get(document->root, "schema_version");
    const struct az_node *uri = az_node_get(document->root, "$schema");
    const struct sign signs[] = {
        { "its schema_version", version, "/schema_version",
          kind_by_word(kinds, "schema_versions", version) },
        { "its $schema", uri, "/$schema",
          kind_by_word(kinds, "schema_uris", uri) },
        { "the files of assize.yaml", NULL, "",
          identity.len == 0 ? NULL : az_map_get(&kinds->files, identity) },
    };
    const struct sign *found = NULL;
    struct az_kind *by_keys = NULL;
    size_t i;

    for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (signs[i].kind == NULL)
            continue;
        if (found != NULL && found->kind != signs[i].kind) {
            ambiguous(kinds, sink, document, found, &signs[i]);
            return NULL;
        }
        if (found == NULL)
            found = &signs[i];
    }
    if (version != NULL && signs[0].kind == NULL &&
        (found == NULL ||
         az_node_get(found->kind->entry, "schema_versions") != NULL)) {
        /* an unknown version of a kind that has versions is not known, whatever
           else speaks for the kind */
        unknown_version(kinds, sink, document, version);
        return NULL;
    }
    if (found != NULL)
        return found->kind;
    if (uri == NULL)
        by_keys = kind_by_keys(kinds, document);
    if (by_keys == NULL)
        no_version(sink, document);
    return by_keys;
}

bool
az_kind_leaves_to_schema(const struct az_kinds *kinds, struct az_arena *arena,
                         const struct az_document *document,
                         struct az_str identity)
{
    const struct az_node *version =
        az_node_get(document->root, "schema_version");
    const struct az_node *uri = az_node_get(document->root, "$schema");
    struct az_str *all;
    size_t count;

    if (uri == NULL || kind_by_word(kinds, "schema_uris", uri) != NULL ||
        (identity.len > 0 && az_map_get(&kinds->files, identity) != NULL))
        return false;
    if (version == NULL || version->type != AZ_STRING)
        return true;
    all = all_versions(kinds, arena, &count);
    return az_str_nearest(az_node_text(version), all, count) == count;
}
