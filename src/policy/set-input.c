/* What a set of documents is read from, so that nothing is written over it.
   SPDX-License-Identifier: MIT

   What a mistake kept from being read is input too.  It is looked for when
   somebody wants to write, which most runs do not. */

#include <string.h>

#include "core/arena.h"
#include "core/file.h"
#include "policy/set.h"
#include "read/read.h"

void
az_set_note_log(struct az_set *set, const char *path)
{
    struct az_set_entry *entry = AZ_NEW(set->arena, struct az_set_entry);

    *entry =
        (struct az_set_entry){ .path = path,
                               .name = path,
                               .identity = az_file_identity(set->arena, path),
                               .named = true,
                               .log = true };
    az_map_put(&set->logs, entry->identity, NULL)->value = entry;
}

void
az_set_note_input(struct az_set *set, const char *path)
{
    az_map_put(&set->files, az_file_identity(set->arena, path), NULL);
}

void
az_set_note_document(struct az_set *set, const char *path)
{
    az_set_note_input(set, path);
    az_paths_add(set->arena, &set->to_judge, path);
}

void
az_set_note_rules(struct az_set *set, const char *path)
{
    az_set_note_input(set, path);
    set->rules = path;
}

void
az_set_note_project(struct az_set *set, const struct az_project *project)
{
    set->project = *project;
    set->listed = false;
    if (project->file != NULL)
        az_set_note_input(set, project->file);
}

static void
note_below(struct az_set *set, const char *folder, struct az_str path)
{
    az_set_note_input(
        set, az_arena_printf(set->arena, "%s/%.*s", folder, AZ_STR_ARG(path)));
}

/* Notes the files that the ruleset PATH names. */
static void
note_files(struct az_set *set, const char *path)
{
    const struct az_rule_file *files;
    const struct az_document *rules;
    size_t count = 0, i, k;
    struct az_map folders;
    struct az_sink unheard;

    if (strcmp(path, "-") == 0) /* it has been read */
        return;
    az_sink_init(&unheard, set->arena);
    rules = az_read_file(set->arena, &unheard, path);
    if (rules == NULL)
        return;
    files = az_ruleset_files(set->arena, rules, &count);
    az_map_init(&folders, set->arena);
    for (i = 0; count > 0 && i < set->to_judge.count; i++)
        az_map_put(
            &folders,
            az_str_from(az_file_folder(set->arena, set->to_judge.items[i])),
            NULL);
    for (i = 0; i < count; i++) {
        if (files[i].from_project)
            note_below(set, set->project.root, files[i].path);
        for (k = 0; !files[i].from_project && k < folders.count; k++)
            note_below(set, folders.entries[k].key.p, files[i].path);
    }
}

/* Notes what the rulesets of the project's own kinds name. */
static void
note_rules_of_kinds(struct az_set *set)
{
    const struct az_node *kinds = az_project_list(&set->project, "kinds");

    for (size_t i = 0; kinds != NULL && i < kinds->count; i++) {
        const struct az_node *name = az_node_get(&kinds->items[i], "rules");

        if (name != NULL && name->type == AZ_STRING)
            note_files(set,
                       az_project_path(
                           &set->project, set->arena,
                           az_arena_str(set->arena, az_node_text(name)).p));
    }
}

/* Notes what the project names. */
static void
note_listed(struct az_set *set)
{
    struct az_paths paths;

    az_project_inputs(&set->project, set->arena, &paths);
    for (size_t i = 0; i < paths.count; i++)
        az_set_note_document(
            set, az_project_path(&set->project, set->arena, paths.items[i]));
    if (set->rules != NULL)
        note_files(set, set->rules);
    note_rules_of_kinds(set);
}

bool
az_set_is_input(struct az_set *set, const char *path)
{
    if (!set->listed)
        note_listed(set);
    set->listed = true;
    return az_map_find(&set->files, az_file_identity(set->arena, path)) != NULL;
}
