/* assize query: the nodes that a JSONPath selects.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include <string.h>

#include "cli/command.h"
#include "core/arena.h"
#include "core/build.h"
#include "core/file.h"
#include "core/utf8.h"
#include "policy/set.h"
#include "query/query.h"
#include "read/read.h"

struct options {
    struct az_common_options common;
};

static const struct az_option options[] = {
    AZ_COMMON_OPTIONS(struct options),
    { NULL, 0, AZ_OPTION_FLAG, 0, NULL, NULL },
};

struct search {
    struct az_arena *arena;
    struct az_sink *sink;
    const struct az_source *text; /* the path, as a place to point at */
    const struct az_query *query;
    struct az_set set; /* the kinds and what is input; documents come and go */
    const struct az_kind *kind; /* of which documents are searched; NULL: any */
    struct az_project project;
    struct az_builder rows;
    size_t documents;
    size_t nodes;
};

static bool
refuse_path(struct search *search, size_t offset, const char *message,
            const char *hint)
{
    struct az_span span = { (uint32_t)offset, (uint32_t)az_utf8_next(
                                                  search->text->text, offset) };
    struct az_place place = az_place_of(search->text, span);

    az_diag_hint(
        search->sink,
        az_sink_add(search->sink, AZ_DIAG_USAGE, place, "path: %s", message),
        "%s", hint);
    return false;
}

/* The kind called NAME, of which documents are searched. */
static bool
choose_kind(struct search *search, struct az_str name)
{
    search->kind = az_kind_find(search->set.kinds, name);
    return search->kind != NULL ||
           refuse_path(search, 0,
                       az_arena_printf(search->arena, "there is no kind %s",
                                       az_str_quote(search->arena, name)),
                       az_arena_printf(search->arena, "kinds: %s",
                                       az_kind_names(search->set.kinds)));
}

/* PATH, or KIND: PATH. */
static bool
parse_path(struct search *search, const char *operand)
{
    struct az_str path = az_str_from(operand), kind = { NULL, 0 };
    size_t prefix = az_query_split(path, &kind);
    struct az_query_error error;

    search->text = az_source_new(search->arena, "PATH", path);
    path.p += prefix;
    path.len -= prefix;
    search->query = az_query_parse(search->arena, path, &error);
    if (search->query == NULL)
        return refuse_path(search, prefix + error.offset, error.message,
                           "a path is a JSONPath of RFC 9535, such as "
                           "$.items[?@.id == 'a'].name");
    return prefix == 0 || choose_kind(search, kind);
}

static void
add_row(struct search *search, const struct az_document *document,
        const struct az_node *node, const char *path)
{
    struct az_position position =
        az_source_position(document->source, node->span.start);
    struct az_builder row;

    az_builder_init(&row, search->arena);
    az_builder_set(&row, "path", az_make_string_c(path));
    az_builder_set(&row, "value", *node);
    az_builder_set(&row, "file", az_make_string_c(document->source->name));
    az_builder_set_count(&row, "line", position.line);
    az_builder_set_count(&row, "column", position.column);
    az_builder_add(&search->rows, az_builder_object(&row));
}

static void
search_document(struct search *search, const struct az_document *document)
{
    struct az_nodes nodes = { NULL, 0, 0 };
    const char **paths;
    size_t i;

    search->documents++;
    if (!az_query_run(search->query, search->arena, document->root, &nodes)) {
        az_sink_add(search->sink, AZ_DIAG_REGEX_BUDGET,
                    az_document_place(document, document->root),
                    "the path took more steps than the limit, or a pattern "
                    "in it did");
        return;
    }
    paths = az_query_paths(search->arena, document->root, &nodes);
    for (i = 0; i < nodes.count; i++)
        add_row(search, document, nodes.items[i], paths[i]);
    search->nodes += nodes.count;
}

/* Whether DOCUMENT, the file PATH, is one to be searched. */
static bool
is_wanted(const struct search *search, const struct az_document *document,
          const char *path)
{
    struct az_sink unheard;

    if (search->kind == NULL)
        return true;
    az_sink_init(&unheard, search->arena);
    return az_kind_of(search->set.kinds, &unheard, document,
                      az_file_identity(search->arena, path)) == search->kind;
}

static void
search_file(struct search *search, const char *path, const char *name)
{
    struct az_source *source = az_file_read(search->arena, search->sink, path);
    const struct az_document *document;

    if (source == NULL)
        return;
    if (strcmp(path, "-") != 0)
        source->name = name;
    document = az_read_source(search->arena, search->sink, source);
    if (document != NULL && is_wanted(search, document, path))
        search_document(search, document);
}

static void
search_project(struct search *search)
{
    struct az_paths paths;
    size_t i;

    if (search->project.document == NULL) {
        az_cli_want_files(search->sink);
        return;
    }
    if (!az_project_documents(&search->project, search->arena, search->sink,
                              &paths))
        return;
    for (i = 0; i < paths.count; i++)
        search_file(
            search,
            az_project_path(&search->project, search->arena, paths.items[i]),
            paths.items[i]);
}

/* FILE:LINE:COLUMN: PATH = VALUE */
static void
add_line(struct az_buf *buf, const struct az_node *row)
{
    struct az_buf value;

    az_buf_add_escaped(buf, az_node_text(az_node_get(row, "file")), 0);
    az_buf_add_char(buf, ':');
    az_buf_add(buf, az_node_text(az_node_get(row, "line")));
    az_buf_add_char(buf, ':');
    az_buf_add(buf, az_node_text(az_node_get(row, "column")));
    az_buf_add_c(buf, ": ");
    az_buf_add_escaped(buf, az_node_text(az_node_get(row, "path")), 0);
    az_buf_add_c(buf, " = ");
    az_buf_init(&value, buf->arena);
    az_node_print(&value, az_node_get(row, "value"));
    az_buf_add_json(buf, az_buf_str(&value));
    az_buf_add_char(buf, '\n');
}

static enum az_exit
report(struct search *search, struct az_common_options *common)
{
    struct az_report report = { .command = "query", .add_line = add_line };

    az_cli_spare_inputs(&search->set, common);
    report.rows = az_builder_array(&search->rows);
    report.counts.pass = search->documents;
    if (search->documents == 0 && az_sink_class(search->sink) == AZ_CLASS_NONE)
        az_sink_add(search->sink, AZ_DIAG_NOTHING_JUDGED, AZ_NOWHERE,
                    "no document of kind '%s' was searched",
                    search->kind->name);
    report.closing = az_arena_printf(
        search->arena, "%s in %s",
        az_str_counted(search->arena, search->nodes, "node"),
        az_str_counted(search->arena, search->documents, "document"));
    return az_cli_finish(&report, search->sink, common);
}

static enum az_exit
query(struct search *search, const struct az_list *operands,
      struct az_common_options *common)
{
    bool found = az_project_find(search->arena, search->sink, &search->project);
    size_t i;

    az_set_note_project(&search->set, &search->project);
    if (!found || !az_kinds_add_project(search->set.kinds, &search->project))
        return report(search, common);
    if (!parse_path(search, operands->items[0]))
        return az_cli_refuse("query", &search->set, common);
    for (i = 1; i < operands->count; i++)
        search_file(search, operands->items[i], operands->items[i]);
    if (operands->count == 1)
        search_project(search);
    return report(search, common);
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    struct options chosen = { .common = { .help = false } };
    struct az_list operands = { NULL, 0, 0 };
    struct search search = { .arena = arena };
    struct az_sink sink;
    bool good;
    size_t i;

    az_sink_init(&sink, arena);
    search.sink = &sink;
    az_set_init(&search.set, arena, &sink,
                (struct az_set_override){ NULL, NULL });
    az_builder_init(&search.rows, arena);
    good = az_option_parse(arena, &sink, options, argv, &chosen, &operands);
    for (i = 1; i < operands.count; i++)
        az_set_note_input(&search.set, operands.items[i]);
    if (good && chosen.common.help)
        return az_command_help(arena, &az_command_query);
    if (good && operands.count == 0)
        az_diag_hint(&sink,
                     az_sink_add(&sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                                 "'assize query' takes a path"),
                     "as in: assize query '$.items[*].id' FILE");
    if (!good || !az_cli_check_common(&sink, &chosen.common) ||
        operands.count == 0)
        return az_cli_refuse("query", &search.set, &chosen.common);
    return query(&search, &operands, &chosen.common);
}

const struct az_command az_command_query = {
    .name = "query",
    .operands = "PATH [FILE...]",
    .summary = "print the nodes that a path selects",
    .description =
        "Prints each node that PATH, a JSONPath (RFC 9535), selects in each "
        "FILE, with its place\nand its normalized path.  'KIND: PATH' looks "
        "only into documents of that kind.\nWithout FILE, the documents of "
        "the project (assize.yaml); '-' is standard input.",
    .options = options,
    .run = run,
};
