/* Sets of documents that are judged together.
   SPDX-License-Identifier: MIT */

#include "policy/set.h"

#include <string.h>
#include <sys/stat.h>

#include "core/arena.h"
#include "core/file.h"
#include "core/limits.h"
#include "read/read.h"

void
az_set_init(struct az_set *set, struct az_arena *arena, struct az_sink *sink,
            struct az_set_override override)
{
    memset(set, 0, sizeof(*set));
    set->arena = arena;
    set->sink = sink;
    set->kinds = az_kinds_new(arena, sink);
    set->override = override;
    az_map_init(&set->files, arena);
}

/* A text that is the same for all paths of one file. */
static struct az_str
identify(struct az_arena *arena, const char *path)
{
    struct stat status;

    if (strcmp(path, "-") == 0 || stat(path, &status) != 0)
        return az_str_from(path);
    return az_str_from(az_arena_printf(
        arena, "%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino));
}

static bool
is_overridden(const struct az_set *set)
{
    return set->override.schema != NULL || set->override.ruleset != NULL;
}

/* What the document is by its own word; only where its kind decides what it is
   judged by does it have to have one. */
static struct az_kind *
kind_of(const struct az_set *set, const struct az_document *document)
{
    struct az_kinds silent = *set->kinds;
    struct az_sink unheard;

    if (!is_overridden(set))
        return az_kind_of(set->kinds, document);
    az_sink_init(&unheard, set->arena);
    silent.sink = &unheard;
    return az_kind_of(&silent, document);
}

/* A new entry; NULL after a finding when the set is full. */
static struct az_set_entry *
new_entry(struct az_set *set, const char *path, bool named)
{
    struct az_set_entry *entry;

    if (set->count == AZ_MAX_DOCUMENTS) {
        az_sink_add(set->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "more than %d documents in one run", AZ_MAX_DOCUMENTS);
        return NULL;
    }
    set->entries = az_arena_grow(set->arena, set->entries, set->count,
                                 &set->capacity, sizeof(*set->entries));
    entry = &set->entries[set->count++];
    memset(entry, 0, sizeof(*entry));
    entry->path = path;
    entry->named = named;
    return entry;
}

static void
read_entry(struct az_set *set, struct az_set_entry *entry,
           const struct az_source *source)
{
    entry->document = az_read_source(set->arena, set->sink, source);
    if (entry->document != NULL)
        entry->kind = kind_of(set, entry->document);
}

struct az_set_entry *
az_set_add_source(struct az_set *set, const struct az_source *source,
                  bool named)
{
    struct az_set_entry *entry = new_entry(set, source->name, named);

    if (entry != NULL)
        read_entry(set, entry, source);
    return entry;
}

struct az_set_entry *
az_set_add(struct az_set *set, const char *path, const char *name, bool named)
{
    struct az_map_entry *file =
        az_map_put(&set->files, identify(set->arena, path), NULL);
    size_t *number = file->value;
    struct az_set_entry *entry;
    struct az_source *source;

    if (number != NULL)
        return &set->entries[*number];
    entry = new_entry(set, path, named);
    if (entry == NULL)
        return NULL;
    number = AZ_NEW(set->arena, size_t);
    *number = set->count - 1;
    file->value = number;
    source = az_file_read(set->arena, set->sink, path);
    if (source == NULL)
        return entry;
    if (strcmp(path, "-") != 0)
        source->name = name;
    read_entry(set, entry, source);
    return entry;
}

/* Whether a document of KIND is among the first COUNT. */
static bool
has_kind(const struct az_set *set, size_t count, const struct az_kind *kind)
{
    size_t i;

    for (i = 0; kind != NULL && i < count; i++)
        if (set->entries[i].kind == kind)
            return true;
    return false;
}

static void
drop_last(struct az_set *set)
{
    const char *path = set->entries[--set->count].path;

    az_map_find(&set->files, identify(set->arena, path))->value = NULL;
}

bool
az_set_add_project(struct az_set *set, const struct az_project *project,
                   bool named)
{
    size_t before = set->count, i, count;
    struct az_paths paths;

    if (!az_project_documents(project, set->arena, set->sink, &paths))
        return false;
    for (i = 0; i < paths.count; i++) {
        count = set->count;
        if (az_set_add(set,
                       az_project_path(project, set->arena, paths.items[i]),
                       paths.items[i], named) == NULL)
            return false;
        if (set->count > count &&
            has_kind(set, before, set->entries[count].kind))
            drop_last(set);
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

/* What was found between two looks at the sink. */
static void
count_outcome(const struct az_sink *sink, const struct az_sink *before,
              struct az_counts *counts)
{
    if (sink->by_severity[AZ_ERROR] > before->by_severity[AZ_ERROR])
        counts->fail++;
    else if (sink->by_severity[AZ_WARNING] > before->by_severity[AZ_WARNING])
        counts->warn++;
    else
        counts->pass++;
}

static void
judge_shape(struct az_set *set, struct az_set_entry *entry,
            const struct az_schema *schema)
{
    /* A date that is none must not pass, whatever the dialect's default. */
    const struct az_schema_options options = { .assert_format = true };
    struct az_sink before = *set->sink;

    if (schema == NULL)
        return;
    az_schema_check(schema, set->arena, set->sink, entry->document,
                    entry->document->root, &options, NULL);
    count_outcome(set->sink, &before, &entry->counts);
}

static void
judge_rules(struct az_set *set, struct az_judge *judge, size_t index,
            const struct az_ruleset *ruleset, struct az_counts *counts)
{
    const struct az_rule *rules;
    size_t count, i;

    if (ruleset == NULL)
        return;
    rules = az_ruleset_rules(ruleset, &count);
    for (i = 0; i < count; i++) {
        struct az_rule_counts outcome = { 0, 0, 0, 0, 0 };
        struct az_sink before = *set->sink;

        az_judge_rule(judge, &rules[i], index, &outcome);
        if (outcome.judged == 0 && outcome.not_judged > 0)
            counts->skip++;
        else
            count_outcome(set->sink, &before, counts);
    }
}

/* The set as the judge has it; unreadable documents are not in it, so that
   what refers to them is not judged.  INDEX[i] is where entry i went. */
static struct az_judged *
judged_set(const struct az_set *set, size_t *index, size_t *ret_count)
{
    struct az_judged *judged =
        az_arena_array(set->arena, set->count, sizeof(*judged));
    size_t i, count = 0;

    for (i = 0; i < set->count; i++) {
        const struct az_set_entry *entry = &set->entries[i];

        index[i] = count;
        if (entry->document == NULL)
            continue;
        judged[count++] =
            (struct az_judged){ entry->kind == NULL ? "" : entry->kind->name,
                                entry->document, entry->named };
    }
    *ret_count = count;
    return judged;
}

void
az_set_judge(struct az_set *set, enum az_severity not_judged)
{
    size_t *index = az_arena_array(set->arena, set->count, sizeof(*index));
    const struct az_ruleset *ruleset = set->override.ruleset;
    const struct az_schema *schema = set->override.schema;
    struct az_judged *judged;
    struct az_judge *judge;
    size_t i, count;

    judged = judged_set(set, index, &count);
    judge = az_judge_new(set->arena, set->sink, judged, count, not_judged);
    for (i = 0; i < set->count; i++) {
        struct az_set_entry *entry = &set->entries[i];

        if (!entry->named || entry->document == NULL)
            continue;
        if (!is_overridden(set)) {
            if (entry->kind == NULL)
                continue;
            schema = az_kind_schema(entry->kind);
            ruleset = az_kind_ruleset(entry->kind);
        }
        judge_shape(set, entry, schema);
        judge_rules(set, judge, index[i], ruleset, &entry->counts);
    }
}
