/* Kinds that a project adds.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/file.h"
#include "policy/kind-internal.h"
#include "read/read.h"

/* A mistake of the configuration at NODE. */
static struct az_diag *
mistake(const struct az_kinds *kinds, const struct az_node *node,
        const char *message)
{
    const struct az_document *document = kinds->project.document;
    struct az_diag *diag =
        az_sink_add(kinds->sink, AZ_DIAG_CONFIG_INVALID,
                    az_document_place(document, node), "%s", message);

    diag->pointer = az_document_pointer(kinds->arena, document, node);
    return diag;
}

/* NODE says what OTHER has: a finding.  FIRST is where OTHER says it. */
static void
clash(const struct az_kinds *kinds, const struct az_node *node,
      const struct az_kind *other, const struct az_node *first)
{
    struct az_diag *diag;

    if (other->built_in) {
        diag = mistake(kinds, node,
                       az_arena_printf(
                           kinds->arena, "%s belongs to the built-in kind '%s'",
                           az_node_quote(kinds->arena, node), other->name));
        az_diag_hint(kinds->sink, diag, "choose another");
        return;
    }
    diag = mistake(kinds, node,
                   az_arena_printf(kinds->arena, "two kinds have %s",
                                   az_node_quote(kinds->arena, node)));
    az_diag_relate(kinds->sink, diag,
                   az_document_place(kinds->project.document, first),
                   "the first is here");
}

/* The item of LIST that is WORD. */
static const struct az_node *
item_of(const struct az_node *list, const struct az_node *word)
{
    size_t i = 0;

    while (!az_node_equal(&list->items[i], word))
        i++;
    return &list->items[i];
}

/* Whether no kind so far has the name or a word of ENTRY. */
static bool
is_distinct(const struct az_kinds *kinds, const struct az_node *entry)
{
    static const char *const keys[] = { "schema_versions", "schema_uris" };
    const struct az_node *name = az_node_get(entry, "name");
    const struct az_kind *other = az_kind_find(kinds, az_node_text(name));
    bool distinct = other == NULL;
    size_t i, k;

    if (other != NULL)
        clash(kinds, name, other, az_node_get(other->entry, "name"));
    for (k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
        const struct az_node *words = az_node_get(entry, keys[k]);

        for (i = 0; words != NULL && i < words->count; i++) {
            const struct az_node *word = &words->items[i];

            other = az_kind_find_by(kinds, keys[k], az_node_text(word));
            if (other == NULL)
                continue;
            clash(kinds, word, other,
                  item_of(az_node_get(other->entry, keys[k]), word));
            distinct = false;
        }
    }
    return distinct;
}

/* Notes which files are said to be of KIND; a file of two kinds is a
   finding. */
static bool
note_files(struct az_kinds *kinds, struct az_kind *kind)
{
    const struct az_node *files = az_node_get(kind->entry, "files");
    struct az_paths paths = { NULL, 0, 0 };
    bool good, is_new;
    size_t i;

    if (files == NULL)
        return true;
    good = az_project_entry_files(&kinds->project, kinds->arena, kinds->sink,
                                  kind->entry, &paths);
    for (i = 0; i < paths.count; i++) {
        struct az_map_entry *entry = az_map_put(
            &kinds->files,
            az_file_identity(
                kinds->arena,
                az_project_path(&kinds->project, kinds->arena, paths.items[i])),
            &is_new);
        const struct az_kind *first = entry->value;

        if (is_new)
            entry->value = kind;
        if (is_new || first == kind)
            continue;
        az_diag_relate(
            kinds->sink,
            mistake(kinds, files,
                    az_arena_printf(
                        kinds->arena, "the file %s is of kind '%s' already",
                        az_str_quote(kinds->arena, az_str_from(paths.items[i])),
                        first->name)),
            az_document_place(kinds->project.document,
                              az_node_get(first->entry, "files")),
            "by these files");
        good = false;
    }
    return good;
}

/* Compiles the schema and ruleset of KIND. */
static bool
load(struct az_kind *kind)
{
    bool good = az_kind_schema(kind) != NULL;

    if (az_node_get(kind->entry, "rules") != NULL)
        good &= az_kind_ruleset(kind) != NULL;
    return good;
}

/* Makes the schemas of the project's kinds known to each other, by their $id
   and by their path. */
static bool
register_schemas(struct az_kinds *kinds)
{
    const struct az_document *document;
    bool good = true;
    size_t i;

    kinds->own = az_registry_new(kinds->arena, az_read_embedded);
    for (i = kinds->built_in_count; i < kinds->count; i++) {
        struct az_kind *kind = &kinds->items[i];

        document = az_kind_schema_document(kind);
        good &= document != NULL;
        if (document != NULL)
            az_registry_add(kinds->own,
                            az_node_text(az_node_get(kind->entry, "schema")),
                            document);
    }
    return good;
}

bool
az_kinds_add_project(struct az_kinds *kinds, const struct az_project *project)
{
    const struct az_node *list = az_project_list(project, "kinds");
    struct az_kind *items;
    bool good = true;
    size_t i;

    kinds->project = *project;
    if (list == NULL)
        return true;
    items = az_arena_array(kinds->arena, kinds->count + list->count,
                           sizeof(*items));
    memcpy(items, kinds->items, kinds->count * sizeof(*items));
    kinds->items = items;
    for (i = 0; i < list->count; i++) {
        if (is_distinct(kinds, &list->items[i]))
            az_kind_init(&items[kinds->count++], kinds, &list->items[i]);
        else
            good = false;
    }
    for (i = kinds->built_in_count; i < kinds->count; i++)
        good &= note_files(kinds, &items[i]);
    if (!good || !register_schemas(kinds))
        return false;
    for (i = kinds->built_in_count; i < kinds->count; i++)
        good &= load(&items[i]);
    return good;
}

bool
az_kinds_add_own(struct az_kinds *kinds)
{
    struct az_project project;

    return az_project_find(kinds->arena, kinds->sink, &project) &&
           az_kinds_add_project(kinds, &project);
}
