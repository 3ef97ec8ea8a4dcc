/* What a rule takes from another file: "documents".
   SPDX-License-Identifier: MIT

   A table that cannot be had is a finding, and the rule is not judged without
   it: an empty set would pass. */

#include <string.h>

#include "core/arena.h"
#include "core/file.h"
#include "rule/markdown.h"
#include "rule/parse.h"
#include "rule/trial.h"

/* Parsing. */

static bool
take_string(struct parser *parser, const struct az_node *node, const char *key,
            struct az_str *ret)
{
    const struct az_node *text = az_node_get(node, key);

    if (text == NULL) {
        az_rule_mistake(parser, node, "'markdown_table' has no '%s'", key);
        return false;
    }
    if (!az_rule_want_member(parser, text, AZ_STRING, key))
        return false;
    *ret = az_node_text(text);
    return true;
}

static bool
parse_table(struct parser *parser, const struct az_node *node,
            struct extract *ret)
{
    static const char *const names[] = { "from", "file", "heading", NULL };
    static const char *const folders[] = { "document", "project", NULL };
    const struct az_node *from = az_node_get(node, "from");
    const char *complaint;
    int chosen = -1;

    if (!az_rule_want(parser, node, AZ_OBJECT, "'markdown_table'") ||
        !az_rule_check_keys(parser, node, names, "'markdown_table'"))
        return false;
    if (from == NULL)
        az_rule_mistake(parser, node,
                        "'markdown_table' has no 'from': 'document' or "
                        "'project'");
    else
        chosen = az_rule_choose(parser, from, folders, "folder");
    ret->from_project = chosen == 1;
    if (!take_string(parser, node, "file", &ret->file) ||
        !take_string(parser, node, "heading", &ret->heading) || chosen < 0)
        return false;
    complaint = az_rule_complain_about_path(ret->file);
    if (complaint == NULL)
        return true;
    az_rule_mistake(parser, az_node_get(node, "file"), "the path %s %s",
                    az_str_quote(parser->arena, ret->file), complaint);
    return false;
}

bool
az_rule_parse_extracts(struct parser *parser, const struct az_node *node)
{
    static const char *const names[] = { "markdown_table", NULL };
    const struct az_node *table;
    struct extract *extracts;
    bool good = true;
    size_t i;

    if (!az_rule_want(parser, node, AZ_OBJECT, "'documents'"))
        return false;
    extracts =
        az_arena_array(parser->arena, node->count + 1, sizeof(*extracts));
    for (i = 0; i < node->count; i++) {
        const struct az_node *item = &node->members[i].value;

        extracts[i].name = node->members[i].key;
        if (!az_rule_want(parser, item, AZ_OBJECT, "a document") ||
            !az_rule_check_keys(parser, item, names, "a document")) {
            good = false;
            continue;
        }
        table = az_node_get(item, "markdown_table");
        if (table == NULL)
            az_rule_mistake(parser, item, "a document has no 'markdown_table'");
        good &= table != NULL && parse_table(parser, table, &extracts[i]);
    }
    parser->extracts = extracts;
    parser->extract_count = node->count;
    return good;
}

/* Judging. */

const char *
az_rule_folder(const struct trial *trial, bool from_project)
{
    const char *path = trial->own_path, *slash;

    if (from_project)
        return trial->judge->world.root;
    if (strcmp(path, "-") == 0)
        return NULL;
    slash = strrchr(path, '/');
    if (slash == NULL)
        return ".";
    return slash == path ? "/"
                         : az_arena_printf(trial->arena, "%.*s",
                                           (int)(slash - path), path);
}

static bool
report(struct trial *trial, struct az_place place, const char *why)
{
    struct az_diag *diag = az_sink_add_as(
        trial->judge->sink, AZ_DIAG_RULE_BROKEN, trial->rule->severity, place,
        "nothing to compare with: %s", why);

    diag->rule = trial->rule->id;
    diag->pointer = "";
    trial->findings[trial->rule->severity]++;
    return false;
}

/* Reads the table of EXTRACT in PATH. */
static bool
read_table(struct trial *trial, const struct extract *extract,
           const char *folder, const char *path, const struct az_document **ret)
{
    struct az_arena *arena = trial->judge->arena;
    struct az_place place = { trial->own->source, { 0, 0 } };
    struct markdown_error error;
    struct az_source *source;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    source = az_file_read(arena, &sink, path);
    if (source == NULL)
        return report(trial, place, sink.diags[0]->message);
    if (!az_file_is_inside(folder, path))
        return report(trial, place,
                      az_arena_printf(arena,
                                      "file %s lies outside of the folder "
                                      "once links are followed",
                                      az_str_quote(arena, extract->file)));
    *ret = az_markdown_table(arena, source, extract->heading, &error);
    if (*ret != NULL)
        return true;
    return report(trial, az_place_of(source, error.span), error.message);
}

static bool
take(struct trial *trial, const struct extract *extract,
     const struct az_document **ret)
{
    const char *folder = az_rule_folder(trial, extract->from_project), *path;
    struct az_place place = { trial->own->source, { 0, 0 } };
    struct az_judge *judge = trial->judge;
    struct az_str key;

    if (folder == NULL)
        return report(trial, place, "the folder of the file is not known");
    path = az_arena_printf(judge->arena, "%s/%.*s", folder,
                           AZ_STR_ARG(extract->file));
    if (strncmp(path, "./", 2) == 0)
        path += 2;
    key = az_str_from(az_arena_printf(judge->arena, "%.*s\n%s",
                                      AZ_STR_ARG(extract->heading), path));
    *ret = az_map_get(&judge->extracts, key);
    if (*ret != NULL)
        return true;
    if (!read_table(trial, extract, folder, path, ret))
        return false;
    az_map_put(&judge->extracts, key, NULL)->value = (void *)(uintptr_t)*ret;
    return true;
}

bool
az_rule_extract(struct trial *trial)
{
    const struct az_rule_form *form = trial->rule->form;
    size_t i;

    if (form->extract_count == 0)
        return true;
    trial->extracted =
        az_arena_array(trial->judge->document_arena, form->extract_count,
                       sizeof(*trial->extracted));
    for (i = 0; i < form->extract_count; i++)
        if (!take(trial, &form->extracts[i], &trial->extracted[i]))
            return false;
    return true;
}
