/* Sets of documents that are judged together.
   SPDX-License-Identifier: MIT */

#include "policy/set.h"

#include <string.h>

#include "core/arena.h"
#include "core/file.h"
#include "core/limits.h"
#include "policy/annotations.h"
#include "policy/batch.h"
#include "read/read.h"

static void
note_input(void *set, const char *path)
{
    az_set_note_input(set, path);
}

void
az_set_init(struct az_set *set, struct az_arena *arena, struct az_sink *sink,
            struct az_set_override override)
{
    memset(set, 0, sizeof(*set));
    set->arena = arena;
    set->sink = sink;
    set->kinds = az_kinds_new(arena, sink);
    set->override = override;
    az_builder_init(&set->annotations, arena);
    az_map_init(&set->files, arena);
    az_map_init(&set->logs, arena);
    az_choices_init(&set->choices, arena);
    set->world.note_input = note_input;
    set->world.noting = set;
    set->project.root = ".";
}

void
az_set_use_schemas(struct az_set *set, struct az_schemas *schemas,
                   struct az_schema_style style)
{
    set->schemas = schemas;
    set->style = style;
}

static bool
is_overridden(const struct az_set *set)
{
    return set->override.schema != NULL || set->override.ruleset != NULL;
}

/* What the document is by its own word or its file; only where its kind decides
   what it is judged by does it have to have one. */
static struct az_kind *
kind_of(const struct az_set *set, const struct az_document *document,
        struct az_str identity)
{
    struct az_sink unheard;

    if (!is_overridden(set))
        return az_kind_of(set->kinds, set->sink, document, identity);
    az_sink_init(&unheard, set->arena);
    return az_kind_of(set->kinds, &unheard, document, identity);
}

/* A new entry; NULL after a finding when the set is full. */
static struct az_set_entry *
new_entry(struct az_set *set, const char *path, bool named)
{
    size_t limit = az_arena_limits(set->arena)->documents;
    struct az_set_entry *entry;

    if (set->count >= limit) {
        az_sink_add(set->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "more than %zu documents in one run, the limit", limit);
        return NULL;
    }
    set->entries = az_arena_grow(set->arena, set->entries, set->count,
                                 &set->capacity, sizeof(*set->entries));
    entry = &set->entries[set->count++];
    memset(entry, 0, sizeof(*entry));
    entry->path = path;
    entry->name = path;
    entry->named = named;
    return entry;
}

/* Whether ENTRY's DOCUMENT is for a schema of its own, so that no other
   document of the set needs it. */
static bool
is_alone(const struct az_set *set, const struct az_set_entry *entry,
         const struct az_document *document)
{
    return set->schemas != NULL &&
           (az_choices_find(&set->choices, entry->identity) != NULL ||
            az_kind_leaves_to_schema(set->kinds, set->arena, document,
                                     entry->identity));
}

/* A new entry for another document of the file of ENTRY, which may move. */
static struct az_set_entry *
entry_beside(struct az_set *set, const struct az_set_entry *entry)
{
    struct az_set_entry first = *entry;
    struct az_set_entry *next = new_entry(set, first.path, first.named);

    if (next != NULL) {
        next->name = first.name;
        next->identity = first.identity;
    }
    return next;
}

/* Reads SOURCE into ENTRY and, if it holds several documents, new ones behind
   it.  The last one, or NULL when the set is full. */
static struct az_set_entry *
read_entry(struct az_set *set, struct az_set_entry *entry,
           const struct az_source *source)
{
    struct az_documents documents =
        az_read_documents(set->arena, set->sink, source, set->multi);
    size_t i;

    entry->name = source->name;
    for (i = 0; i < documents.count; i++) {
        const struct az_document *document = documents.items[i];

        if (i > 0 && (entry = entry_beside(set, entry)) == NULL)
            return NULL;
        if (document == NULL ||
            (!entry->named && is_alone(set, entry, document)))
            continue;
        entry->document = document;
        entry->kind = kind_of(set, document, entry->identity);
    }
    return entry;
}

struct az_set_entry *
az_set_add_source(struct az_set *set, const struct az_source *source,
                  bool named)
{
    struct az_set_entry *entry = new_entry(set, source->name, named);

    return entry == NULL ? NULL : read_entry(set, entry, source);
}

/* The entry of the file PATH, a new one if there was none; *RET_NEW tells. NULL
   after a finding when the set is full. */
static struct az_set_entry *
entry_of_file(struct az_set *set, const char *path, bool named, bool *ret_new)
{
    struct az_str identity = az_file_identity(set->arena, path);
    struct az_map_entry *file = az_map_put(&set->files, identity, NULL);
    size_t *number = file->value;
    struct az_set_entry *entry;

    *ret_new = number == NULL;
    if (number != NULL)
        return &set->entries[*number];
    entry = new_entry(set, path, named);
    if (entry == NULL)
        return NULL;
    entry->identity = identity;
    number = AZ_NEW(set->arena, size_t);
    *number = set->count - 1;
    file->value = number;
    return entry;
}

struct az_set_entry *
az_set_add(struct az_set *set, const char *path, const char *name, bool named)
{
    bool is_new;
    struct az_set_entry *entry = entry_of_file(set, path, named, &is_new);
    struct az_source *source;

    if (entry == NULL || !is_new)
        return entry;
    source = az_file_read(set->arena, set->sink, path);
    if (source == NULL)
        return entry;
    if (strcmp(path, "-") != 0)
        source->name = name;
    return read_entry(set, entry, source);
}

void
az_set_leave_out(struct az_set *set, const struct az_set_entry *entry)
{
    az_map_find(&set->files, entry->identity)->value = NULL;
    set->count = (size_t)(entry - set->entries);
}

/* Entries for those of FILES that are new, and what a batch needs of them in
 *RET_ITEMS; returns how many.  SIZE_MAX when the set is full. */
static size_t
list_items(struct az_set *set, const struct az_set_file *files, size_t count,
           struct az_batch_item **ret_items)
{
    struct az_batch_item *items =
        az_arena_array(set->arena, count, sizeof(*items));
    size_t i, added = 0;
    bool is_new;

    *ret_items = items;
    for (i = 0; i < count; i++) {
        struct az_set_entry *entry =
            entry_of_file(set, files[i].path, true, &is_new);

        if (entry == NULL)
            return SIZE_MAX;
        if (!is_new)
            continue;
        entry->name = files[i].name;
        items[added++] = (struct az_batch_item){
            .path = files[i].path,
            .name = files[i].name,
            .identity = entry->identity,
            .applied = set->override.schema,
            .choice = az_choices_find(&set->choices, entry->identity),
        };
    }
    return added;
}

/* Takes what came of ITEM into the entry of its file, the one of that NUMBER,
   and into new ones.  False when the set is full. */
static bool
take_item(struct az_set *set, size_t number, const struct az_batch_item *item)
{
    struct az_set_entry *entry = &set->entries[number];
    size_t i;

    entry->counts = item->counts;
    entry->alone = item->alone;
    for (i = 0; i < item->kept_count; i++) {
        if (i > 0 && (entry = entry_beside(set, entry)) == NULL)
            return false;
        entry->document = item->kept[i].document;
        entry->kind = item->kept[i].kind;
    }
    return true;
}

bool
az_set_add_files(struct az_set *set, const struct az_set_file *files,
                 size_t count, unsigned jobs)
{
    const struct az_batch batch = {
        set->arena,   set->sink,  set->kinds,
        set->schemas, set->style, set->annotate ? &set->annotations : NULL,
        jobs,         set->multi
    };
    struct az_batch_item *items;
    size_t i, first;

    if (set->override.ruleset != NULL) {
        for (i = 0; i < count; i++)
            if (az_set_add(set, files[i].path, files[i].name, true) == NULL)
                return false;
        return true;
    }
    count = list_items(set, files, count, &items);
    if (count == SIZE_MAX)
        return false;
    az_batch_run(&batch, items, count);
    first = set->count - count;
    for (i = 0; i < count; i++)
        if (!take_item(set, first + i, &items[i]))
            return false;
    return true;
}

/* Which kinds have a document that takes the place of the project's, by number.
   Of the project's own kinds there are as many documents as it likes: there one
   of PATHS takes no other's place. */
static bool *
taken_kinds(const struct az_set *set, const struct az_project *project,
            const struct az_paths *paths)
{
    bool *taken =
        az_arena_array(set->arena, set->kinds->count + 1, sizeof(*taken));
    bool *listed = az_arena_array(set->arena, set->count + 1, sizeof(*listed));
    const size_t *number;
    size_t i;

    for (i = 0; set->count > 0 && i < paths->count; i++) {
        number = az_map_get(
            &set->files,
            az_file_identity(set->arena, az_project_path(project, set->arena,
                                                         paths->items[i])));
        if (number != NULL)
            listed[*number] = true;
    }
    for (i = 0; i < set->count; i++)
        if (set->entries[i].kind != NULL && !set->entries[i].governs &&
            (set->entries[i].kind->built_in || !listed[i]))
            taken[set->entries[i].kind - set->kinds->items] = true;
    return taken;
}

/* Tells that ENTRY, whose findings would be reported, is not judged. */
static void
tell_replaced(struct az_set *set, const struct az_set_entry *entry)
{
    struct az_place place =
        az_document_place(entry->document, entry->document->root);
    struct az_diag *diag;

    place.span.end = place.span.start + (place.span.end > place.span.start);
    diag = az_sink_add(set->sink, AZ_DIAG_DOCUMENT_REPLACED, place,
                       "not judged: another document of kind '%s' was named",
                       entry->kind->name);
    diag->pointer = "";
}

/* Takes the entries from number FROM on out again whose kind is TAKEN. */
static void
drop_taken(struct az_set *set, size_t from, const bool *taken)
{
    size_t i, kept = from;

    for (i = from; i < set->count; i++) {
        const struct az_set_entry *entry = &set->entries[i];

        if (entry->kind == NULL || !taken[entry->kind - set->kinds->items]) {
            set->entries[kept++] = *entry;
            continue;
        }
        if (entry->named)
            tell_replaced(set, entry);
        az_map_find(&set->files, entry->identity)->value = NULL;
    }
    set->count = kept;
}

bool
az_set_add_project(struct az_set *set, const struct az_project *project,
                   bool named)
{
    struct az_paths paths;
    size_t i, count;
    bool *taken;

    if (!az_project_documents(project, set->arena, set->sink, &paths))
        return false;
    taken = taken_kinds(set, project, &paths);
    for (i = 0; i < paths.count; i++) {
        count = set->count;
        if (az_set_add(set,
                       az_project_path(project, set->arena, paths.items[i]),
                       paths.items[i], named) == NULL)
            return false;
        drop_taken(set, count, taken);
    }
    return true;
}

const struct az_document *const *
az_set_find(const struct az_set *set, const char *name, size_t *ret_count)
{
    const struct az_document **found =
        az_arena_array(set->arena, set->count, sizeof(struct az_document *));
    size_t i, count = 0;

    for (i = 0; i < set->count; i++)
        if (set->entries[i].document != NULL && set->entries[i].kind != NULL &&
            strcmp(set->entries[i].kind->name, name) == 0)
            found[count++] = set->entries[i].document;
    *ret_count = count;
    return found;
}

/* Lists what SCHEMA remarks on the document of ENTRY, which it holds for. */
static void
annotate(struct az_set *set, const struct az_set_entry *entry,
         const struct az_schema *schema,
         const struct az_schema_options *options)
{
    struct az_annotations found;

    if (az_schema_annotate(schema, set->arena, set->sink, entry->document,
                           entry->document->root, options, &found))
        az_annotations_add(&set->annotations, entry->document->source, &found);
}

static bool
is_input_kind(const struct az_set *set, const struct az_kind *kind)
{
    if (set->input_kinds == NULL || kind == NULL)
        return false;
    for (size_t i = 0; set->input_kinds[i] != NULL; i++)
        if (strcmp(kind->name, set->input_kinds[i]) == 0)
            return true;
    return false;
}

static void
judge_shape(struct az_set *set, struct az_set_entry *entry,
            const struct az_schema *schema,
            const struct az_schema_options *options)
{
    struct az_sink before = *set->sink;

    if (schema == NULL)
        return;
    if (az_schema_check(schema, set->arena, set->sink, entry->document,
                        entry->document->root, options, NULL) &&
        set->annotate)
        annotate(set, entry, schema, options);
    if (is_input_kind(set, entry->kind))
        az_sink_reclass_since(set->sink, &before, AZ_CLASS_INPUT);
    az_counts_add(&entry->counts, set->sink, &before);
}

/* Most documents hold for their kind's schema, and that is soon told. */
static void
judge_shape_of_kind(struct az_set *set, struct az_set_entry *entry,
                    const struct az_schema_options *options)
{
    const struct az_schema *quick =
        set->annotate ? NULL : az_kind_schema_for_judging(entry->kind);

    if (quick != NULL &&
        az_schema_check(quick, set->arena, NULL, entry->document,
                        entry->document->root, options, NULL))
        entry->counts.pass++;
    else
        judge_shape(set, entry, az_kind_schema(entry->kind), options);
}

static void
judge_rules(struct az_set_entry *entry, struct az_judge *judge, size_t index,
            const struct az_ruleset *ruleset, const char *hint)
{
    struct az_rule_counts rules = { 0 };

    az_judge_document(judge, ruleset, index, hint, &rules);
    entry->counts.fail += rules.failed;
    entry->counts.warn += rules.warned;
    entry->counts.pass += rules.judged - rules.failed - rules.warned;
    entry->counts.skip += rules.not_judged;
    entry->rules += rules.judged;
}

/* The set as the judge has it; unreadable documents are not in it, so that
   what refers to them is not judged.  INDEX[i] is where entry i went,
   *RET_PATHS has the files' paths. */
static struct az_judged *
judged_set(const struct az_set *set, size_t *index, size_t *ret_count,
           const char *const **ret_paths)
{
    struct az_judged *judged =
        az_arena_array(set->arena, set->count, sizeof(*judged));
    const char **paths = az_arena_array(set->arena, set->count, sizeof(*paths));
    size_t i, count = 0;

    for (i = 0; i < set->count; i++) {
        const struct az_set_entry *entry = &set->entries[i];

        index[i] = count;
        if (entry->document == NULL)
            continue;
        paths[count] = entry->path;
        judged[count++] =
            (struct az_judged){ entry->kind == NULL ? "" : entry->kind->name,
                                entry->document, entry->named };
    }
    *ret_count = count;
    *ret_paths = paths;
    return judged;
}

void
az_set_judge(struct az_set *set, enum az_severity not_judged, const char *hint)
{
    size_t *index = az_arena_array(set->arena, set->count, sizeof(*index));
    /* In a document of a kind, a date that is none must not pass; a schema of
       the user's own is held to its dialect. */
    const struct az_schema_options of_kind = {
        .assert_format = true, .explain_all = set->style.options.explain_all
    };
    const struct az_applied *applied = set->override.schema;
    struct az_judge_world world = set->world;
    struct az_judged *judged;
    struct az_judge *judge;
    size_t i, count;

    judged = judged_set(set, index, &count, &world.paths);
    judge = az_judge_new(set->arena, set->sink, judged, count, not_judged);
    az_judge_show(judge, &world);
    for (i = 0; i < set->count; i++) {
        struct az_set_entry *entry = &set->entries[i];
        const struct az_ruleset *ruleset = set->override.ruleset;

        if (!entry->named || entry->document == NULL)
            continue;
        if (!is_overridden(set) || entry->governs) {
            if (entry->kind == NULL)
                continue;
            judge_shape_of_kind(set, entry, &of_kind);
            ruleset = az_kind_ruleset_for_judging(entry->kind);
        } else if (applied != NULL) {
            judge_shape(set, entry, applied->schema, &applied->options);
        }
        if (ruleset != NULL)
            judge_rules(entry, judge, index[i], ruleset, hint);
    }
}
