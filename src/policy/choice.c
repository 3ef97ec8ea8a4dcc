/* What assize.yaml says about which file is for which schema.
   SPDX-License-Identifier: MIT */

#include "policy/choice.h"

#include "core/arena.h"
#include "core/file.h"

void
az_choices_init(struct az_choices *choices, struct az_arena *arena)
{
    az_map_init(&choices->by_file, arena);
    choices->paths = (struct az_paths){ NULL, 0, 0 };
}

const struct az_dialect *
az_choice_dialect(struct az_sink *sink, enum az_diag_id id,
                  struct az_place place, const char *option, struct az_str name)
{
    const struct az_dialect *dialect = az_schema_dialect(name);
    struct az_str *names;
    struct az_diag *diag;
    struct az_buf list;
    size_t count, i;

    if (dialect != NULL)
        return dialect;
    for (count = 0; az_schema_dialect_names[count] != NULL;)
        count++;
    names = az_arena_array(sink->arena, count, sizeof(*names));
    az_buf_init(&list, sink->arena);
    for (i = 0; i < count; i++) {
        names[i] = az_str_from(az_schema_dialect_names[i]);
        az_buf_addf(&list, "%s%s", i == 0 ? "" : ", ",
                    az_schema_dialect_names[i]);
    }
    diag = az_sink_add(sink, id, place, "%s does not know the draft %s", option,
                       az_str_quote(sink->arena, name));
    i = az_str_nearest(name, names, count);
    if (i < count)
        az_diag_hint(sink, diag, "one of: %s; did you mean '%s'?", list.p,
                     az_schema_dialect_names[i]);
    else
        az_diag_hint(sink, diag, "one of: %s, or the URI of a metaschema",
                     list.p);
    return NULL;
}

/* Fills in what ENTRY says and STYLE does not. */
static bool
set_style(const struct az_project *project, struct az_sink *sink,
          const struct az_node *entry, struct az_schema_style *style)
{
    const struct az_node *draft = az_node_get(entry, "draft");
    const struct az_node *format = az_node_get(entry, "assert_format");

    if (format != NULL && !style->options.assert_format &&
        !style->options.ignore_format) {
        style->options.assert_format = format->truth;
        style->options.ignore_format = !format->truth;
    }
    if (draft == NULL || style->dialect != NULL)
        return true;
    style->dialect =
        az_choice_dialect(sink, AZ_DIAG_CONFIG_INVALID,
                          az_document_place(project->document, draft),
                          "'draft'", az_node_text(draft));
    return style->dialect != NULL;
}

static bool
add_files(struct az_choices *choices, const struct az_project *project,
          struct az_sink *sink, const struct az_node *entry,
          struct az_schema_choice *choice)
{
    struct az_arena *arena = sink->arena;
    struct az_paths files;
    bool is_new;
    size_t i;

    if (!az_project_entry_files(project, arena, sink, entry, &files))
        return false;
    for (i = 0; i < files.count; i++) {
        struct az_map_entry *slot =
            az_map_put(&choices->by_file,
                       az_file_identity(arena, az_project_path(project, arena,
                                                               files.items[i])),
                       &is_new);

        if (!is_new)
            continue;
        slot->value = choice;
        az_paths_add(arena, &choices->paths, files.items[i]);
    }
    return true;
}

bool
az_choices_add(struct az_choices *choices, const struct az_project *project,
               struct az_sink *sink, const struct az_schema_style *style)
{
    const struct az_node *list =
        az_node_get(project->document->root, "schemas");
    struct az_schema_choice *choice;
    const struct az_node *name;
    bool good = true;
    size_t i;

    for (i = 0; list != NULL && i < list->count; i++) {
        name = az_node_get(&list->items[i], "schema");
        choice = AZ_NEW(sink->arena, struct az_schema_choice);
        choice->name = az_node_text(name);
        choice->folder = project->root;
        choice->place = az_document_place(project->document, name);
        choice->style = *style;
        good &= set_style(project, sink, &list->items[i], &choice->style) &&
                add_files(choices, project, sink, &list->items[i], choice);
    }
    return good;
}

const struct az_schema_choice *
az_choices_find(const struct az_choices *choices, struct az_str identity)
{
    return az_map_get(&choices->by_file, identity);
}
