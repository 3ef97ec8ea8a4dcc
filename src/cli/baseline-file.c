/* The files that 'assize baseline' writes.
   SPDX-License-Identifier: MIT */

#include "cli/baseline-file.h"

#include <string.h>
#include <sys/stat.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/file.h"

static bool
report_usage(struct az_gate_run *run, const char *file, const char *problem,
             const char *hint)
{
    az_diag_hint(run->sink,
                 az_sink_add(run->sink, AZ_DIAG_USAGE, AZ_NOWHERE, "%s %s",
                             az_str_quote(run->arena, az_str_from(file)),
                             problem),
                 "%s", hint);
    return false;
}

/* Makes the folder of FILE, if it is below the project or the working
   directory; false after a finding if it cannot be. */
static bool
make_folder(struct az_gate_run *run, const struct az_baseline_file *file)
{
    struct az_arena *arena = run->arena;
    const char *root =
        strcmp(file->path, file->name) == 0 ? "." : run->project.root;
    const char *problem;

    if (!az_file_name_stays_inside(az_str_from(file->name)))
        return true;
    problem = az_file_make_folders(
        arena, root, az_arena_printf(arena, "%s/%s", root, file->name));
    if (problem == NULL)
        return true;
    az_sink_add(run->sink, AZ_DIAG_OUTPUT_FAILED, AZ_NOWHERE, "%s %s",
                az_str_quote(arena, az_str_from(file->name)), problem);
    return false;
}

/* Has nobody else write FILE; false after a finding.  Its name must be the only
   one that others could lock it by. */
static bool
lock(struct az_gate_run *run, struct az_baseline_file *file, bool is_link)
{
    const char *slash = strrchr(file->path, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash + 1 - file->path);
    /* hidden, so that no pattern of documents takes it for one */
    const char *path = az_arena_printf(run->arena, "%.*s.%s.lock", (int)folder,
                                       file->path, file->path + folder);

    if (is_link) {
        az_diag_hint(
            run->sink,
            az_sink_add(run->sink, AZ_DIAG_OUTPUT_FAILED, AZ_NOWHERE,
                        "cannot write %s: it is a symbolic link",
                        az_str_quote(run->arena, az_str_from(file->name))),
            "name the file that it leads to");
        return false;
    }
    az_set_note_input(&run->set, path);
    if (!make_folder(run, file))
        return false;
    file->locked = az_append_open(run->arena, run->sink, path, AZ_APPEND_LOCK,
                                  AZ_APPEND_WAIT, &file->lock);
    /* it may be known by another identity than before it was there */
    az_set_note_input(&run->set, path);
    return file->locked;
}

void
az_baseline_file_close(struct az_baseline_file *file)
{
    if (file->locked)
        az_append_close(&file->lock);
    file->locked = false;
}

bool
az_baseline_file_read(struct az_gate_run *run, bool to_write,
                      struct az_baseline_file *file)
{
    struct az_set_entry *entry;
    struct stat status;
    bool present;

    if (strcmp(file->path, "-") == 0)
        return report_usage(run, file->name, "is no file that is kept",
                            "name a file");
    az_set_note_input(&run->set, file->path);
    present = lstat(file->path, &status) == 0;
    if (to_write && !lock(run, file, present && S_ISLNK(status.st_mode)))
        return false;
    /* others may have made it before the lock was there */
    if (to_write && lstat(file->path, &status) != 0)
        return true;
    entry = az_set_add(&run->set, file->path, file->name, true);
    if (entry == NULL || entry->document == NULL || entry->kind == NULL)
        return false; /* a finding says why */
    if (strcmp(entry->kind->name, "perf-baseline") != 0)
        return report_usage(
            run, file->name,
            az_arena_printf(run->arena, "is of kind %s", entry->kind->name),
            "runs are kept in a document of kind perf-baseline");
    if (entry->document->format != AZ_FORMAT_JSON)
        return report_usage(run, file->name, "is YAML",
                            "what is written here is JSON");
    file->document = entry->document;
    return az_runs_read(run->arena, run->sink, file->document, &file->runs);
}

/* Whether NODE was recorded before RUN. */
static bool
is_before(const struct az_node *node, const struct az_run *run)
{
    return az_str_compare(az_node_text(az_node_get(node, "recorded_at")),
                          run->recorded_at) < 0;
}

/* The runs of FILE and those of CONTENT, the oldest first. */
static struct az_node
joined_runs(struct az_arena *arena, const struct az_baseline_file *file,
            const struct az_baseline_content *content)
{
    size_t count = file->document != NULL ? file->runs.count : 0, taken = 0;
    struct az_builder runs;

    az_builder_init(&runs, arena);
    for (size_t i = 0; i < count; i++) {
        while (taken < content->count &&
               is_before(&content->runs[taken], &file->runs.items[i]))
            az_builder_add(&runs, content->runs[taken++]);
        az_builder_add(&runs, *file->runs.items[i].node);
    }
    while (taken < content->count)
        az_builder_add(&runs, content->runs[taken++]);
    return az_builder_array(&runs);
}

/* The list KEY of a document: LIST unless it is empty, or what OLD has if it is
   NULL. */
static void
set_list(struct az_builder *root, const struct az_node *old, const char *key,
         const struct az_node *list)
{
    if (list == NULL)
        list = az_node_get(old, key);
    if (list != NULL && list->count > 0)
        az_builder_set(root, key, *list);
}

/* The members of the new document, in the order of the old one. */
static struct az_node
compose(struct az_arena *arena, const struct az_baseline_file *file,
        const struct az_baseline_content *content)
{
    const struct az_node *old =
        file->document != NULL ? file->document->root : NULL;
    struct az_builder root;

    az_builder_init(&root, arena);
    if (old == NULL)
        az_builder_set(&root, "schema_version",
                       az_make_string_c("perf-baseline-v1"));
    if (old == NULL && content->aliases != NULL)
        az_builder_set(&root, "aliases", *content->aliases);
    for (uint32_t i = 0; old != NULL && i < old->count; i++)
        if (!az_str_eq_c(old->members[i].key, "runs") &&
            !az_str_eq_c(old->members[i].key, "anchors") &&
            !az_str_eq_c(old->members[i].key, "accepted"))
            az_builder_set_str(&root, old->members[i].key,
                               old->members[i].value);
    set_list(&root, old, "anchors", content->anchors);
    set_list(&root, old, "accepted", content->accepted);
    az_builder_set(&root, "runs", joined_runs(arena, file, content));
    return az_builder_object(&root);
}

/* The first error of SINK. */
static const char *
first_error(const struct az_sink *sink)
{
    for (size_t i = 0; i < sink->count; i++)
        if (sink->diags[i]->severity == AZ_ERROR)
            return sink->diags[i]->message;
    return "it is no document";
}

bool
az_baseline_file_compose(struct az_gate_run *run,
                         const struct az_baseline_file *file,
                         const struct az_baseline_content *content,
                         struct az_runs *ret)
{
    struct az_node root = compose(run->arena, file, content);
    struct az_set_entry *entry;
    struct az_sink unheard;
    struct az_set set;
    struct az_buf text;

    az_buf_init(&text, run->arena);
    az_report_print_node(&text, &root);
    az_sink_init(&unheard, run->arena);
    az_set_init(&set, run->arena, &unheard,
                (struct az_set_override){ NULL, NULL });
    set.world = run->set.world;
    entry = az_set_add_source(
        &set, az_source_new(run->arena, file->name, az_buf_str(&text)), true);
    if (entry != NULL && entry->document != NULL) {
        az_set_judge(&set, AZ_INFO, NULL);
        if (az_runs_read(run->arena, &unheard, entry->document, ret) &&
            az_sink_class(&unheard) == AZ_CLASS_NONE)
            return true;
    }
    az_sink_sort(&unheard);
    az_sink_add(run->sink, AZ_DIAG_BASELINE_SHAPE, AZ_NOWHERE,
                "%s would not be of its kind: %s",
                az_str_quote(run->arena, az_str_from(file->name)),
                first_error(&unheard));
    return false;
}

/* Whether FILE is still what was read. */
static bool
is_unchanged(struct az_gate_run *run, const struct az_baseline_file *file)
{
    struct az_source *now = az_file_read(run->arena, run->sink, file->path);

    if (now == NULL)
        return false;
    if (az_str_eq(now->text, file->document->source->text))
        return true;
    az_sink_add(run->sink, AZ_DIAG_OUTPUT_FAILED, AZ_NOWHERE,
                "%s has been changed since it was read",
                az_str_quote(run->arena, az_str_from(file->name)));
    return false;
}

bool
az_baseline_file_write(struct az_gate_run *run,
                       const struct az_baseline_file *file,
                       const struct az_runs *runs)
{
    struct az_str text = runs->document->source->text;
    bool exists = false;

    /* once it is written it is another file, which no report would spare */
    az_cli_spare_inputs(&run->set, &run->chosen->common);
    if (run->sink->errors_by_class[AZ_CLASS_USAGE] > 0)
        return false;
    if (file->document != NULL)
        return is_unchanged(run, file) &&
               az_file_write(run->arena, run->sink, file->path, text);
    if (az_file_create(run->arena, run->sink, file->path, text, &exists))
        return true;
    if (exists)
        az_sink_add(run->sink, AZ_DIAG_OUTPUT_FAILED, AZ_NOWHERE,
                    "%s has come to be since it was looked for",
                    az_str_quote(run->arena, az_str_from(file->name)));
    return false;
}
