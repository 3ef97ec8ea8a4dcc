/* assize check: shape and rules of documents.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include <string.h>

#include "cli/command.h"
#include "cli/grading.h"
#include "cli/staged.h"
#include "core/arena.h"
#include "core/build.h"
#include "gate/gate.h"
#include "policy/set.h"
#include "read/read.h"

struct options {
    struct az_common_options common;
    struct az_grading_options grading;
    const char *schema;
    struct az_list schema_maps;
    const char *draft;
    bool assert_format;
    bool no_assert_format;
    const char *rules;
    bool multi;
    bool staged;
    unsigned jobs;
    bool explain_all;
    bool annotations;
    bool waivers_report;
};

static const struct az_option options[] = {
    { "schema", 's', AZ_OPTION_TEXT, offsetof(struct options, schema), "FILE",
      "check the files against this JSON Schema" },
    { "schema-map", 0, AZ_OPTION_LIST, offsetof(struct options, schema_maps),
      "URI=PATH", "the file of a schema, or the folder of many" },
    { "draft", 0, AZ_OPTION_TEXT, offsetof(struct options, draft), "NAME",
      "the draft of schemas without $schema" },
    { "assert-format", 0, AZ_OPTION_FLAG,
      offsetof(struct options, assert_format), NULL,
      "let the schemas' format judge" },
    { "no-assert-format", 0, AZ_OPTION_FLAG,
      offsetof(struct options, no_assert_format), NULL,
      "let format be a remark, whatever a schema's dialect says" },
    { "rules", 'r', AZ_OPTION_TEXT, offsetof(struct options, rules), "FILE",
      "check the files by this ruleset" },
    { "multi", 0, AZ_OPTION_FLAG, offsetof(struct options, multi), NULL,
      "let a YAML file hold several documents" },
    { "staged", 0, AZ_OPTION_FLAG, offsetof(struct options, staged), NULL,
      "check what git's index has: what a commit would" },
    { "jobs", 'j', AZ_OPTION_COUNT, offsetof(struct options, jobs), "N",
      "check N files at a time; as many as are worth it by default" },
    { "explain-all", 0, AZ_OPTION_FLAG, offsetof(struct options, explain_all),
      NULL, "tell why each alternative of a schema fails" },
    { "annotations", 0, AZ_OPTION_FLAG, offsetof(struct options, annotations),
      NULL, "list what the schema remarks on the document; JSON only" },
    AZ_GRADING_OPTIONS(struct options),
    { "waivers-report", 0, AZ_OPTION_FLAG,
      offsetof(struct options, waivers_report), NULL,
      "list the waivers by owner and days left" },
    AZ_COMMON_OPTIONS(struct options),
    { NULL, 0, AZ_OPTION_FLAG, 0, NULL, NULL },
};

static const struct az_column waiver_columns[] = {
    { "owner", "OWNER", false },     { "days_left", "DAYS", true },
    { "state", "STATE", false },     { "ticket", "TICKET", false },
    { "rule", "RULE", false },       { "file", "FILE", false },
    { "pointer", "POINTER", false }, { NULL, NULL, false },
};

/* What the options say of how schemas are read. */
static bool
read_style(struct az_sink *sink, const struct options *chosen,
           struct az_schema_style *ret)
{
    *ret = (struct az_schema_style){
        .options = { .assert_format = chosen->assert_format,
                     .ignore_format = chosen->no_assert_format,
                     .explain_all = chosen->explain_all }
    };
    if (chosen->assert_format && chosen->no_assert_format) {
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "options '--assert-format' and '--no-assert-format' "
                    "contradict each other");
        return false;
    }
    if (chosen->draft == NULL)
        return true;
    ret->dialect =
        az_choice_dialect(sink, AZ_DIAG_USAGE, AZ_NOWHERE, "option '--draft'",
                          az_str_from(chosen->draft));
    return ret->dialect != NULL;
}

/* The schema of --schema; NULL after findings. */
static struct az_applied *
read_schema(struct az_sink *sink, struct az_schemas *schemas, const char *name,
            const struct az_schema_style *style)
{
    const char *why;
    struct az_applied *applied =
        az_schemas_find(schemas, az_str_from(name), NULL, style, &why);

    if (applied == NULL) {
        az_diag_hint(sink,
                     az_sink_add(sink, AZ_DIAG_SCHEMA_REFERENCE, AZ_NOWHERE,
                                 "no schema %s is known",
                                 az_str_quote(sink->arena, az_str_from(name))),
                     "%s", why);
        return NULL;
    }
    az_sink_append(sink, &applied->findings, false);
    applied->told = true;
    return applied->schema == NULL ? NULL : applied;
}

/* Reads the ruleset of the command line, if there is one, once SET knows all
   kinds that its paths may name.  False after findings. */
static bool
read_rules(struct az_set *set, const struct options *chosen)
{
    const struct az_ruleset_options known = { .kinds = az_kind_name_list(
                                                  set->kinds) };
    const struct az_document *document;

    if (chosen->rules == NULL)
        return true;
    document = az_read_file(set->arena, set->sink, chosen->rules);
    if (document != NULL)
        set->override.ruleset =
            az_ruleset_compile(set->arena, set->sink, document, &known);
    return set->override.ruleset != NULL;
}

/* The schema that all documents are checked by.  False after findings. */
static bool
read_override(struct az_sink *sink, const struct options *chosen,
              struct az_schemas *schemas, struct az_schema_style *ret_style,
              struct az_set_override *ret)
{
    bool good = read_style(sink, chosen, ret_style);
    size_t i;

    *ret = (struct az_set_override){ NULL, NULL };
    for (i = 0; i < chosen->schema_maps.count; i++)
        good &= az_schemas_map(schemas, sink, chosen->schema_maps.items[i]);
    if (!good)
        return false;
    if (chosen->schema != NULL &&
        (ret->schema = read_schema(sink, schemas, chosen->schema, ret_style)) ==
            NULL)
        return false;
    return true;
}

/* Adds what the command line names. */
static bool
add_named(struct az_set *set, const struct az_list *names, unsigned jobs)
{
    struct az_set_file *files =
        az_arena_array(set->arena, names->count, sizeof(*files));
    size_t i;

    for (i = 0; i < names->count; i++)
        files[i] = (struct az_set_file){ names->items[i], names->items[i] };
    return az_set_add_files(set, files, names->count, jobs);
}

/* Adds all that PROJECT lists. */
static bool
add_listed(struct az_set *set, const struct az_project *project, unsigned jobs)
{
    struct az_paths documents;
    const struct az_paths *lists[] = { &documents, &set->choices.paths };
    struct az_set_file *files;
    size_t i, k, count = 0;

    if (!az_project_documents(project, set->arena, set->sink, &documents))
        return false;
    files = az_arena_array(
        set->arena, documents.count + set->choices.paths.count, sizeof(*files));
    for (i = 0; i < 2; i++)
        for (k = 0; k < lists[i]->count; k++)
            files[count++] =
                (struct az_set_file){ az_project_path(project, set->arena,
                                                      lists[i]->items[k]),
                                      lists[i]->items[k] };
    return az_set_add_files(set, files, count, jobs);
}

/* Whether something in the set may have to be judged with other documents. */
static bool
needs_others(const struct az_set *set)
{
    size_t i;

    for (i = 0; i < set->count; i++)
        if (!set->entries[i].alone)
            return true;
    return false;
}

/* Fills SET with what is to be checked and what that refers to. */
static bool
gather(struct az_set *set, const struct az_project *project,
       const struct az_list *files, unsigned jobs)
{
    bool overridden =
        set->override.schema != NULL || set->override.ruleset != NULL;

    if (files->count == 0 && project->document == NULL)
        return az_cli_want_files(set->sink);
    if (project->document != NULL && !overridden &&
        !az_choices_add(&set->choices, project, set->sink, &set->style))
        return false;
    if (files->count == 0)
        return add_listed(set, project, jobs);
    if (!add_named(set, files, jobs))
        return false;
    /* the project's waivers may be for what was found in others already */
    if (project->document == NULL || overridden ||
        (!needs_others(set) && set->sink->total == 0))
        return true;
    return az_set_add_project(set, project, false);
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
                   az_make_string_c(strcmp(entry->path, "-") == 0
                                        ? "<stdin>"
                                        : entry->name));
    if (entry->document != NULL && entry->document->source->document > 0)
        az_builder_set_count(&row, "document",
                             entry->document->source->document);
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
report(struct az_set *set, struct az_grading *grading,
       const struct options *chosen, const struct az_common_options *common)
{
    struct az_report report = { .command = "check" };
    struct az_builder rows;
    size_t i, judged = 0;

    az_grading_apply(grading, set, &report, NULL, NULL);
    if (chosen->waivers_report) {
        report.waivers = az_waivers_list(&grading->waivers);
        report.waiver_columns = waiver_columns;
    }
    az_builder_init(&rows, set->arena);
    for (i = 0; i < set->count; i++) {
        const struct az_counts *counts = &set->entries[i].counts;

        if (!set->entries[i].named || set->entries[i].governs)
            continue;
        add_row(&rows, &set->entries[i]);
        add_up(&report.counts, counts);
        judged += counts->pass + counts->warn + counts->fail > 0;
    }
    report.rows = az_builder_array(&rows);
    if (set->annotate)
        report.annotations = az_builder_array(&set->annotations);
    if (judged == 0 && az_sink_class(set->sink) == AZ_CLASS_NONE)
        az_sink_add(set->sink, AZ_DIAG_NOTHING_JUDGED, AZ_NOWHERE,
                    "no document was judged");
    report.closing = az_arena_printf(
        set->arena, "%s: %s held, %zu broken, %zu not judged%s",
        az_str_counted(set->arena, judged, "document"),
        az_str_counted(set->arena, report.counts.pass, "check"),
        report.counts.fail + report.counts.warn, report.counts.skip,
        az_grading_reason(set->sink, &report.counts));
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
        az_set_note_document(set, files->items[i]);
    for (i = 0; i < chosen->grading.waivers.count; i++)
        az_set_note_input(set, chosen->grading.waivers.items[i]);
    if (chosen->schema != NULL)
        az_set_note_input(set, chosen->schema);
    if (chosen->rules != NULL)
        az_set_note_rules(set, chosen->rules);
    for (i = 0; i < chosen->schema_maps.count; i++) {
        const char *equals = strrchr(chosen->schema_maps.items[i], '=');

        if (equals != NULL)
            az_set_note_input(set, equals + 1);
    }
}

/* Says of the budgets of SET which comparisons with a baseline could never
   fail, as the gate would.  Here that is a fault of the document. */
static void
check_designs(struct az_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        struct az_set_entry *entry = &set->entries[i];
        struct az_sink found;

        if (!entry->named || entry->governs || entry->document == NULL ||
            entry->kind == NULL ||
            strcmp(entry->kind->name, "perf-budgets") != 0)
            continue;
        az_sink_init(&found, set->arena);
        az_gate_check_designs(set->arena, &found, entry->document);
        for (size_t k = 0; k < found.count; k++)
            az_diag_reclass(&found, found.diags[k], AZ_CLASS_JUDGED);
        entry->counts.fail += found.count > 0;
        az_sink_append(set->sink, &found, false);
    }
}

static enum az_exit
check(struct az_sink *sink, const struct options *chosen,
      const struct az_list *files)
{
    struct az_common_options common = chosen->common;
    struct az_schemas *schemas = az_schemas_new(sink->arena);
    struct az_schema_style style;
    struct az_set_override override;
    struct az_grading grading;
    struct az_project project;
    /* the configuration first: its limits hold for all that is read */
    bool found = az_project_find(sink->arena, sink, &project);
    bool good = read_override(sink, chosen, schemas, &style, &override);
    struct az_set set;
    size_t i;

    az_set_init(&set, sink->arena, sink, override);
    set.world.now = az_cli_time(sink->arena, &common);
    set.world.root = project.root;
    az_set_use_schemas(&set, schemas, style);
    set.annotate = chosen->annotations;
    set.multi = chosen->multi;
    note_inputs(&set, chosen, files);
    az_set_note_project(&set, &project);
    az_grading_init(&grading, sink->arena);
    if (found && az_kinds_add_project(set.kinds, &project) &&
        read_rules(&set, chosen) &&
        az_grading_read(&grading, &set, &project, &chosen->grading) && good &&
        gather(&set, &project, files, chosen->jobs)) {
        az_waivers_govern(&set);
        az_set_judge(&set, project.document != NULL ? AZ_WARNING : AZ_INFO,
                     "name one too, or list it in assize.yaml");
        if (override.schema == NULL && override.ruleset == NULL)
            check_designs(&set);
    }
    for (i = 0; az_schemas_path(schemas, i) != NULL; i++)
        az_set_note_input(&set, az_schemas_path(schemas, i));
    az_cli_spare_inputs(&set, &common);
    return report(&set, &grading, chosen, &common);
}

/* Annotations need a report that can hold them. */
static bool
check_annotations(struct az_sink *sink, const struct options *chosen)
{
    const struct az_list *outputs = &chosen->common.outputs;
    bool shown = strcmp(chosen->common.format, "text") != 0;
    size_t i;

    for (i = 0; i < outputs->count; i++)
        shown = shown || strncmp(outputs->items[i], "text=", 5) != 0;
    if (!chosen->annotations || shown)
        return true;
    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                             "option '--annotations' needs a report in JSON"),
                 "add --format json");
    return false;
}

/* Git gives one file at a time. */
static bool
use_staged(struct az_sink *sink, struct options *chosen)
{
    chosen->jobs = 1;
    return az_staged_use(sink);
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
        if (az_cli_check_common(&sink, &chosen.common) &&
            check_annotations(&sink, &chosen) &&
            (!chosen.staged || use_staged(&sink, &chosen)))
            return check(&sink, &chosen, &files);
    }
    az_set_init(&set, arena, &sink, (struct az_set_override){ NULL, NULL });
    note_inputs(&set, &chosen, &files);
    return az_cli_refuse("check", &set, &chosen.common);
}

const struct az_command az_command_check = {
    .name = "check",
    .operands = "[FILE...]",
    .summary = "check documents for shape and rules",
    .description =
        "Checks documents, JSON or YAML: policies against the schema and the "
        "rules of their kind\nand against each other, others against a JSON "
        "Schema.  Without FILE, the documents\nof the project (assize.yaml); "
        "'-' is standard input.",
    .options = options,
    .run = run,
};
