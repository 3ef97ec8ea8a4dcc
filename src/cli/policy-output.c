/* The files that a policy asks for in its "output".
   SPDX-License-Identifier: MIT */

#include "cli/policy-output.h"

#include <string.h>

#include "cli/command.h"
#include "core/arena.h"
#include "core/file.h"

bool
az_policy_output_write(struct az_set *set, const char *root,
                       const struct az_document *document, const char *key,
                       struct az_str text)
{
    struct az_arena *arena = set->arena;
    const struct az_node *name =
        az_node_get(az_node_get(document->root, "output"), key);
    struct az_sink problems;
    const char *problem;
    char *path;

    if (name == NULL || name->type != AZ_STRING)
        return true;
    az_sink_init(&problems, arena);
    path =
        az_arena_printf(arena, "%s/%.*s", root, AZ_STR_ARG(az_node_text(name)));
    problem = az_file_name_stays_inside(az_node_text(name))
                  ? az_file_make_folders(arena, root, path)
                  : "is not a path inside the project: nothing is written";
    if (problem == NULL && az_set_is_input(set, path))
        problem = "is read in this run: nothing is written over it";
    if (problem != NULL)
        az_sink_add(&problems, AZ_DIAG_OUTPUT_FAILED,
                    az_document_place(document, name), "%s %s",
                    az_node_quote(arena, name), problem);
    else
        az_file_write(arena, &problems, path, text);
    az_cli_print_findings(&problems);
    return problems.total == 0;
}

/* The path below ROOT that NAME is, unless nothing may be written there. */
static const char *
find_left(struct az_set *set, const char *root, struct az_str name)
{
    struct az_arena *arena = set->arena;
    const char *path;

    if (!az_file_name_stays_inside(name))
        return NULL;
    path = az_arena_printf(arena, "%s/%.*s", root, AZ_STR_ARG(name));
    return az_file_is_in_tree(root, az_file_folder(arena, path)) &&
                   !az_set_is_input(set, path)
               ? path
               : NULL;
}

void
az_policy_output_discard(struct az_set *set, const char *root,
                         const struct az_document *document, const char *key)
{
    const struct az_node *name =
        az_node_get(az_node_get(document->root, "output"), key);
    const char *path = NULL;

    if (name != NULL && name->type == AZ_STRING)
        path = find_left(set, root, az_node_text(name));
    if (path != NULL)
        az_file_discard(path);
}

/* The first place of TEXT, from AT on, with a character that is not, or with
   ENDS one that is, among CHARACTERS. */
static size_t
skip(struct az_str text, size_t at, const char *characters, bool ends)
{
    while (at < text.len && text.p[at] != '\0' &&
           (strchr(characters, text.p[at]) != NULL) != ends)
        at++;
    return at;
}

/* What follows AT, where a key ends, if it is a colon and a value. */
static struct az_str
value_behind(struct az_str text, size_t at)
{
    size_t colon = skip(text, at, "\"' \t", false);
    size_t start, end;

    if (colon == text.len || text.p[colon] != ':')
        return AZ_STR("");
    start = skip(text, colon + 1, "\"' \t", false);
    end = skip(text, start, "\"' \t,}\r\n", true);
    return (struct az_str){ text.p + start, end - start };
}

struct az_str
az_policy_output_guess(struct az_str text, const char *key)
{
    size_t length = strlen(key);

    for (size_t at = 0; at + length <= text.len; at++) {
        struct az_str value;

        if (memcmp(text.p + at, key, length) != 0 ||
            (at > 0 && strchr("\"' \t\n{,", text.p[at - 1]) == NULL))
            continue;
        value = value_behind(text, at + length);
        if (value.len > 0)
            return value;
    }
    return AZ_STR("");
}

/* Whether the file PATH begins as the reports and event logs of a gate do. */
static bool
is_ours(struct az_arena *arena, const char *path)
{
    static const char *const beginnings[] = { "{\n  \"assize\":",
                                              "{\"event\":\"" };
    struct az_source *source;
    struct az_sink unheard;

    az_sink_init(&unheard, arena);
    source = az_file_read(arena, &unheard, path);
    for (size_t i = 0; source != NULL && i < 2; i++)
        if (az_str_starts_with(source->text, az_str_from(beginnings[i])))
            return true;
    return false;
}

void
az_policy_output_discard_guess(struct az_set *set, const char *root,
                               struct az_str text, const char *key)
{
    const char *path = find_left(set, root, az_policy_output_guess(text, key));

    if (path != NULL && is_ours(set->arena, path))
        az_file_discard(path);
}
