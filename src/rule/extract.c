/* What a rule takes from another file: "documents".
   SPDX-License-Identifier: MIT

   What cannot be had is a finding, and the rule is not judged without it: an
   empty set would pass. */

#include <string.h>

#include "core/arena.h"
#include "core/path.h"
#include "core/file.h"
#include "regex/regex.h"
#include "rule/capture.h"
#include "rule/markdown.h"
#include "rule/parse.h"
#include "rule/trial.h"

/* Parsing.  WHAT is the quoted name of what is taken. */

static bool
take_string(struct parser *parser, const struct az_node *node, const char *what,
            const char *key, struct az_str *ret)
{
    const struct az_node *text = az_node_get(node, key);

    if (text == NULL) {
        az_rule_mistake(parser, node, "%s has no '%s'", what, key);
        return false;
    }
    if (!az_rule_want_member(parser, text, AZ_STRING, key))
        return false;
    *ret = az_node_text(text);
    return true;
}

/* "from" and "file". */
static bool
parse_file(struct parser *parser, const struct az_node *node, const char *what,
           struct extract *ret)
{
    static const char *const folders[] = { "document", "project", NULL };
    const struct az_node *from = az_node_get(node, "from");
    const char *complaint;
    int chosen = -1;

    if (from == NULL)
        az_rule_mistake(parser, node,
                        "%s has no 'from': 'document' or 'project'", what);
    else
        chosen = az_rule_choose(parser, from, folders, "folder");
    ret->from_project = chosen == 1;
    if (!take_string(parser, node, what, "file", &ret->file))
        return false;
    complaint = az_path_complaint(ret->file);
    if (complaint == NULL)
        return chosen >= 0;
    az_rule_mistake(parser, az_node_get(node, "file"), "the path %s %s",
                    az_str_quote(parser->arena, ret->file), complaint);
    return false;
}

static bool
parse_table(struct parser *parser, const struct az_node *node,
            struct extract *ret)
{
    static const char *const names[] = { "from", "file", "heading", NULL };
    static const char what[] = "'markdown_table'";

    return az_rule_want(parser, node, AZ_OBJECT, what) &&
           az_rule_check_keys(parser, node, names, what) &&
           parse_file(parser, node, what, ret) &&
           take_string(parser, node, what, "heading", &ret->heading);
}

static bool
parse_capture(struct parser *parser, const struct az_node *node,
              struct extract *ret)
{
    static const char *const names[] = { "from", "file", "pattern", NULL };
    static const char what[] = "'capture'";
    struct az_str text;

    if (!az_rule_want(parser, node, AZ_OBJECT, what) ||
        !az_rule_check_keys(parser, node, names, what) ||
        !parse_file(parser, node, what, ret) ||
        !take_string(parser, node, what, "pattern", &text))
        return false;
    ret->pattern = az_rule_parse_capture(parser, az_node_get(node, "pattern"));
    return ret->pattern != NULL;
}

static bool
parse_extract(struct parser *parser, const struct az_node *node,
              struct extract *ret)
{
    static const char *const names[] = { "markdown_table", "capture", NULL };
    const struct az_node *table, *capture;

    if (!az_rule_want(parser, node, AZ_OBJECT, "a document") ||
        !az_rule_check_keys(parser, node, names, "a document"))
        return false;
    table = az_node_get(node, "markdown_table");
    capture = az_node_get(node, "capture");
    if ((table == NULL) == (capture == NULL)) {
        az_rule_mistake(parser, node, "a document has %s",
                        table == NULL ? "no 'markdown_table' or 'capture'"
                                      : "both 'markdown_table' and 'capture'");
        return false;
    }
    return table != NULL ? parse_table(parser, table, ret)
                         : parse_capture(parser, capture, ret);
}

bool
az_rule_parse_extracts(struct parser *parser, const struct az_node *node)
{
    struct extract *extracts;
    bool good = true;
    size_t i;

    if (!az_rule_want(parser, node, AZ_OBJECT, "'documents'"))
        return false;
    extracts =
        az_arena_array(parser->arena, node->count + 1, sizeof(*extracts));
    for (i = 0; i < node->count; i++) {
        extracts[i].name = node->members[i].key;
        good &= parse_extract(parser, &node->members[i].value, &extracts[i]);
    }
    parser->extracts = extracts;
    parser->extract_count = node->count;
    return good;
}

/* What a ruleset that need not be sound names. */

struct rule_files {
    struct az_arena *arena;
    struct az_rule_file *items;
    size_t count;
    size_t capacity;
};

/* Adds the file of WHAT, a table or a capture, if it names one. */
static void
add_file(struct rule_files *files, const struct az_node *what)
{
    const struct az_node *path = az_node_get(what, "file");

    if (path == NULL || path->type != AZ_STRING)
        return;
    files->items = az_arena_grow(files->arena, files->items, files->count,
                                 &files->capacity, sizeof(*files->items));
    files->items[files->count++] =
        (struct az_rule_file){ az_node_text(path),
                               az_node_is_string(az_node_get(what, "from"),
                                                 "project") };
}

const struct az_rule_file *
az_ruleset_files(struct az_arena *arena, const struct az_document *document,
                 size_t *ret_count)
{
    const struct az_node *root = document->root;
    struct rule_files files = { .arena = arena };
    size_t i, k;

    for (i = 0; root->type == AZ_ARRAY && i < root->count; i++) {
        const struct az_node *taken = az_node_get(&root->items[i], "documents");

        if (taken == NULL || taken->type != AZ_OBJECT)
            continue;
        for (k = 0; k < taken->count; k++) {
            const struct az_node *value = &taken->members[k].value;

            add_file(&files, az_node_get(value, "markdown_table"));
            add_file(&files, az_node_get(value, "capture"));
        }
    }
    *ret_count = files.count;
    return files.items;
}

/* Judging. */

const char *
az_rule_folder(const struct trial *trial, bool from_project)
{
    if (from_project)
        return trial->judge->world.root;
    if (strcmp(trial->own_path, "-") == 0)
        return NULL;
    return az_file_folder(trial->arena, trial->own_path);
}

/* What became of an extract: it is read once for all documents. */
struct extracted {
    const struct az_document *document; /* NULL: none, and this is why: */
    const char *why;
    struct az_place place; /* of no source: the file could not be read */
    bool unsure;
};

static void
report(struct trial *trial, const struct extracted *extracted)
{
    bool unsure = extracted->unsure;
    enum az_severity severity = unsure ? AZ_ERROR : trial->rule->severity;
    struct az_place place = extracted->place;
    struct az_diag *diag;

    if (place.source == NULL)
        place = (struct az_place){ trial->own->source, { 0, 0 } };
    diag = az_sink_add_as(
        trial->judge->sink, unsure ? AZ_DIAG_REGEX_BUDGET : AZ_DIAG_RULE_BROKEN,
        severity, place, "nothing to compare with: %s", extracted->why);
    diag->rule = trial->rule->id;
    diag->fatal = true; /* the rule was not judged */
    diag->pointer = "";
    trial->findings[severity]++;
    trial->unsure += unsure;
}

/* Reads what EXTRACT takes from PATH. */
static void
read_extract(struct az_judge *judge, const struct extract *extract,
             const char *folder, const char *path, struct extracted *ret)
{
    struct az_arena *arena = judge->arena;
    struct extract_error error = { .message = NULL };
    struct az_source *source;
    struct az_sink sink;

    if (judge->world.note_input != NULL)
        judge->world.note_input(judge->world.noting, path);
    az_sink_init(&sink, arena);
    source = az_file_read(arena, &sink, path);
    if (source == NULL) {
        ret->why = sink.diags[0]->message;
        return;
    }
    if (!az_file_is_read_inside(arena, folder, path)) {
        ret->why = az_arena_printf(arena,
                                   "file %s lies outside of the folder once "
                                   "links are followed",
                                   az_str_quote(arena, extract->file));
        return;
    }
    ret->document =
        extract->pattern != NULL
            ? az_capture_lines(arena, source, extract->pattern, &error)
            : az_markdown_table(arena, source, extract->heading, &error);
    if (ret->document != NULL)
        return;
    ret->why = error.message;
    ret->place = az_place_of(source, error.span);
    ret->unsure = error.unsure;
}

/* What there is to know of EXTRACT in FOLDER. */
static const struct extracted *
take(struct az_judge *judge, const struct extract *extract, const char *folder)
{
    bool captures = extract->pattern != NULL;
    struct az_str what =
        captures ? az_regex_pattern(extract->pattern) : extract->heading;
    struct az_map_entry *entry;
    struct extracted *extracted;
    const char *path;
    struct az_buf key;
    bool is_new;

    /* Lengths keep apart what is put together. */
    az_buf_init(&key, judge->arena);
    az_buf_addf(&key, "%d %zu %zu ", captures, what.len, strlen(folder));
    az_buf_add(&key, what);
    az_buf_add_c(&key, folder);
    az_buf_add(&key, extract->file);
    entry = az_map_put(&judge->extracts, az_buf_str(&key), &is_new);
    if (!is_new)
        return entry->value;
    extracted = AZ_NEW(judge->arena, struct extracted);
    entry->value = extracted;
    path = az_arena_printf(judge->arena, "%s/%.*s", folder,
                           AZ_STR_ARG(extract->file));
    if (strncmp(path, "./", 2) == 0)
        path += 2;
    read_extract(judge, extract, folder, path, extracted);
    return extracted;
}

static bool
take_for(struct trial *trial, const struct extract *extract,
         const struct az_document **ret)
{
    static const struct extracted nowhere = {
        .why = "the folder of the file is not known"
    };
    const char *folder = az_rule_folder(trial, extract->from_project);
    const struct extracted *extracted =
        folder == NULL ? &nowhere : take(trial->judge, extract, folder);

    *ret = extracted->document;
    if (*ret == NULL)
        report(trial, extracted);
    return *ret != NULL;
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
        if (!take_for(trial, &form->extracts[i], &trial->extracted[i]))
            return false;
    return true;
}
