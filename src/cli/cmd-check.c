/* assize check: shape and rules of documents.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include <string.h>

#include "cli/command.h"
#include "core/arena.h"
#include "core/build.h"
#include "policy/set.h"
#include "read/read.h"

struct options {
    struct az_common_options common;
    const char *schema;
    struct az_list schema_maps;
    const char *rules;
};

static const struct az_option options[] = {
    { "schema", 's', AZ_OPTION_TEXT, offsetof(struct options, schema), "FILE",
      "check the files against this JSON Schema" },
    { "schema-map", 0, AZ_OPTION_LIST, offsetof(struct options, schema_maps),
      "URI=FILE", "where a schema that is referred to is found" },
    { "rules", 'r', AZ_OPTION_TEXT, offsetof(struct options, rules), "FILE",
      "check the files by this ruleset" },
    AZ_COMMON_OPTIONS(struct options),
    { NULL, 0, AZ_OPTION_FLAG, 0, NULL, NULL },
};

/* Makes the documents of --schema-map known. */
static bool
map_schemas(struct az_sink *sink, struct az_registry *registry,
            const struct az_list *maps)
{
    struct az_arena *arena = sink->arena;
    bool good = true;
    size_t i;

    for (i = 0; i < maps->count; i++) {
        struct az_str map = az_str_from(maps->items[i]), uri = map;
        const struct az_document *document;

        while (uri.len > 0 && uri.p[uri.len - 1] != '=')
            uri.len--;
        if (uri.len < 2 || uri.len == map.len) {
            az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                        "option '--schema-map' needs URI=FILE, not %s",
                        az_str_quote(arena, map));
            good = false;
            continue;
        }
        document = az_read_file(arena, sink, map.p + uri.len);
        uri.len--;
        if (document == NULL)
            good = false;
        else
            az_registry_add(registry, uri, document);
    }
    return good;
}

static const struct az_schema *
read_schema(struct az_sink *sink, const struct options *chosen)
{
    struct az_registry *registry =
        az_registry_new(sink->arena, az_read_embedded);
    const struct az_document *document;

    if (!map_schemas(sink, registry, &chosen->schema_maps))
        return NULL;
    document = az_read_file(sink->arena, sink, chosen->schema);
    if (document == NULL)
        return NULL;
    return az_schema_compile(registry, sink, document, AZ_STR(""));
}

static const struct az_ruleset *
read_rules(struct az_sink *sink, const struct options *chosen)
{
    const struct az_document *document =
        az_read_file(sink->arena, sink, chosen->rules);

    if (document == NULL)
        return NULL;
    return az_ruleset_compile(sink->arena, sink, document, NULL);
}

/* False after findings. */
static bool
read_override(struct az_sink *sink, const struct options *chosen,
              struct az_set_override *ret)
{
    *ret = (struct az_set_override){ NULL, NULL };
    if (chosen->schema == NULL && chosen->schema_maps.count > 0) {
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "option '--schema-map' goes with '--schema'");
        return false;
    }
    if (chosen->schema != NULL &&
        (ret->schema = read_schema(sink, chosen)) == NULL)
        return false;
    if (chosen->rules != NULL &&
        (ret->ruleset = read_rules(sink, chosen)) == NULL)
        return false;
    return true;
}

/* Fills SET with what is to be checked and what that refers to. */
static bool
gather(struct az_set *set, const struct az_project *project,
       const struct az_list *files)
{
    bool overridden =
        set->override.schema != NULL || set->override.ruleset != NULL;
    size_t i;

    if (files->count == 0 && project->document == NULL) {
        az_diag_hint(
            set->sink,
            az_sink_add(set->sink, AZ_DIAG_USAGE, AZ_NOWHERE, "no files given"),
            "name files, or list the project's documents in "
            "assize.yaml");
        return false;
    }
    for (i = 0; i < files->count; i++)
        if (az_set_add(set, files->items[i], files->items[i], true) == NULL)
            return false;
    if (project->document == NULL || (overridden && files->count > 0))
        return true;
    return az_set_add_project(set, project, files->count == 0);
}

static const char *
outcome(const struct az_counts *counts)
{
    return az_verdict_name(counts->fail > 0   ? AZ_FAIL
                           : counts->warn > 0 ? AZ_WARN
                           : counts->pass > 0 ? AZ_PASS
                                              : AZ_NO_VERDICT);
}

static void
add_row(struct az_builder *rows, const struct az_set_entry *entry)
{
    const struct az_counts *counts = &entry->counts;
    struct az_arena *arena = rows->arena;
    struct az_builder row;

    az_builder_init(&row, arena);
    az_builder_set(&row, "file",
                   az_make_string_c(entry->document == NULL
                                        ? entry->path
                                        : entry->document->source->name));
    az_builder_set(
        &row, "kind",
        az_make_string_c(entry->kind == NULL ? NULL : entry->kind->name));
    az_builder_set(&row, "status", az_make_string_c(outcome(counts)));
    az_builder_set_count(&row, "pass", counts->pass);
    az_builder_set_count(&row, "warn", counts->warn);
    az_builder_set_count(&row, "fail", counts->fail);
    az_builder_set_count(&row, "skip", counts->skip);
    az_builder_add(rows, az_builder_object(&row));
}

static void
add_up(struct az_counts *sum, const struct az_counts *counts)
{
    sum->pass += counts->pass;
    sum->warn += counts->warn;
    sum->fail += counts->fail;
    sum->skip += counts->skip;
}

static enum az_exit
report(const struct az_set *set, const struct az_common_options *common)
{
    struct az_report report = { .command = "check" };
    struct az_builder rows;
    size_t i, judged = 0;

    az_builder_init(&rows, set->arena);
    for (i = 0; i < set->count; i++) {
        const struct az_counts *counts = &set->entries[i].counts;

        if (!set->entries[i].named)
            continue;
        add_row(&rows, &set->entries[i]);
        add_up(&report.counts, counts);
        judged += counts->pass + counts->warn + counts->fail > 0;
    }
    report.rows = az_builder_array(&rows);
    if (judged == 0 && az_sink_class(set->sink) == AZ_CLASS_NONE)
        az_sink_add(set->sink, AZ_DIAG_NOTHING_JUDGED, AZ_NOWHERE,
                    "no document was judged");
    report.closing = az_arena_printf(
        set->arena,
        "%zu document%s: %zu check%s held, %zu broken, %zu not judged", judged,
        judged == 1 ? "" : "s", report.counts.pass,
        report.counts.pass == 1 ? "" : "s",
        report.counts.fail + report.counts.warn, report.counts.skip);
    return az_cli_finish(&report, set->sink, common);
}

/* What the command line names is input, also where a mistake keeps it from
   being read. */
static void
note_inputs(struct az_set *set, const struct options *chosen,
            const struct az_list *files)
{
    size_t i;

    for (i = 0; i < files->count; i++)
        az_set_note_input(set, files->items[i]);
    if (chosen->schema != NULL)
        az_set_note_input(set, chosen->schema);
    if (chosen->rules != NULL)
        az_set_note_input(set, chosen->rules);
    for (i = 0; i < chosen->schema_maps.count; i++) {
        const char *equals = strrchr(chosen->schema_maps.items[i], '=');

        if (equals != NULL)
            az_set_note_input(set, equals + 1);
    }
}

static enum az_exit
check(struct az_sink *sink, const struct options *chosen,
      const struct az_list *files)
{
    struct az_common_options common = chosen->common;
    struct az_set_override override;
    struct az_project project;
    /* the configuration first: its limits hold for all that is read */
    bool found = az_project_find(sink->arena, sink, &project);
    bool good = read_override(sink, chosen, &override);
    struct az_set set;

    az_set_init(&set, sink->arena, sink, override);
    note_inputs(&set, chosen, files);
    if (project.document != NULL)
        az_set_note_input(
            &set, az_project_path(&project, sink->arena, AZ_PROJECT_FILE));
    if (found && az_set_add_kinds(&set, &project) && good &&
        gather(&set, &project, files))
        az_set_judge(&set, AZ_INFO, "name one too, or list it in assize.yaml");
    az_cli_spare_inputs(&set, &common);
    return report(&set, &common);
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    struct options chosen = { .schema = NULL };
    struct az_list files = { NULL, 0, 0 };
    struct az_sink sink;
    struct az_set set;

    az_sink_init(&sink, arena);
    if (az_option_parse(arena, &sink, options, argv, &chosen, &files)) {
        if (chosen.common.help)
            return az_command_help(arena, &az_command_check);
        if (az_cli_check_common(&sink, &chosen.common))
            return check(&sink, &chosen, &files);
    }
    az_set_init(&set, arena, &sink, (struct az_set_override){ NULL, NULL });
    note_inputs(&set, &chosen, &files);
    az_cli_spare_inputs(&set, &chosen.common);
    return az_cli_give_up("check", &sink, &chosen.common);
}

const struct az_command az_command_check = {
    .name = "check",
    .operands = "[FILE...]",
    .summary = "check documents for shape and rules",
    .description =
        "Checks policy documents, JSON or YAML, against the schema and the "
        "rules of their kind,\nand against each other.  Without FILE, the "
        "documents of the project (assize.yaml);\n'-' is standard input.",
    .options = options,
    .run = run,
};
