/* The counts of a set's documents, after findings were re-graded or waived.
   SPDX-License-Identifier: MIT */

#include "policy/recount.h"

#include <string.h>

#include "core/arena.h"

/* The findings of one check. */
struct tally {
    struct az_set_entry *entry;
    enum az_severity found;
    enum az_severity now;
};

/* The bytes that the findings of one check have in common: ENTRY, the document
   in its file, the rule if it is one's. */
static struct az_str
key_of(struct az_arena *arena, const struct az_diag *diag,
       const struct az_set_entry *entry)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add(&buf, AZ_KEY_OF(entry));
    az_buf_add_int(&buf, diag->place.source->document);
    az_buf_add_char(&buf, ' ');
    az_buf_add_c(&buf, diag->rule == NULL ? "" : diag->rule);
    return az_buf_str(&buf);
}

/* Whether DIAG counts for a check: a schema's or a rule's. */
static bool
is_counted(const struct az_diag *diag)
{
    return diag->place.source != NULL &&
           (diag->rule != NULL || az_diag_is_shape(diag->id) ||
            diag->id == AZ_DIAG_REGEX_BUDGET ||
            diag->id == AZ_DIAG_SCHEMA_BUDGET);
}

static size_t *
bucket(struct az_counts *counts, enum az_severity severity)
{
    return severity == AZ_ERROR     ? &counts->fail
           : severity == AZ_WARNING ? &counts->warn
                                    : &counts->pass;
}

static void
move(const struct tally *tally)
{
    size_t *from = bucket(&tally->entry->counts, tally->found);
    size_t *to = bucket(&tally->entry->counts, tally->now);

    if (*from == 0)
        return;
    (*from)--;
    (*to)++;
}

/* The entry of DIAG.  Of a file with several documents, the one whose document
   it is, or else the first, which counts for all that were judged alone. */
static struct az_set_entry *
counting_entry(const struct az_map *sources, const struct az_map *names,
               const struct az_diag *diag)
{
    const struct az_source *source = diag->place.source;
    struct az_set_entry *entry = az_map_get(sources, AZ_KEY_OF(source));

    if (entry == NULL)
        entry = az_map_get(names, az_str_from(source->name));
    return entry;
}

static void
note_entries(const struct az_set *set, struct az_map *sources,
             struct az_map *names)
{
    bool is_new;
    size_t i;

    az_map_init(sources, set->arena);
    az_map_init(names, set->arena);
    for (i = 0; i < set->count; i++) {
        struct az_set_entry *entry = &set->entries[i];
        struct az_map_entry *name;

        if (entry->document != NULL)
            az_map_put(sources, AZ_KEY_OF(entry->document->source), NULL)
                ->value = entry;
        if (!entry->alone)
            continue;
        name = az_map_put(names, az_str_from(entry->name), &is_new);
        if (is_new)
            name->value = entry;
    }
}

static void
note_finding(struct az_map *tallies, const struct az_diag *diag,
             struct az_set_entry *entry)
{
    struct az_map_entry *found =
        az_map_put(tallies, key_of(tallies->arena, diag, entry), NULL);
    struct tally *tally = found->value;

    if (tally == NULL) {
        found->value = tally = AZ_NEW(tallies->arena, struct tally);
        tally->entry = entry;
    }
    if (diag->found > tally->found)
        tally->found = diag->found;
    if (diag->severity > tally->now)
        tally->now = diag->severity;
}

void
az_set_recount(struct az_set *set)
{
    const struct az_sink *sink = set->sink;
    bool whole = sink->total == sink->count;
    struct az_map sources, names, tallies;
    size_t i;

    note_entries(set, &sources, &names);
    az_map_init(&tallies, set->arena);
    for (i = 0; i < sink->count; i++) {
        const struct az_diag *diag = sink->diags[i];
        struct az_set_entry *entry =
            is_counted(diag) ? counting_entry(&sources, &names, diag) : NULL;

        if (entry != NULL)
            note_finding(&tallies, diag, entry);
    }
    for (i = 0; i < tallies.count; i++) {
        const struct tally *tally = tallies.entries[i].value;

        if (tally->now != tally->found && (whole || tally->now > tally->found))
            move(tally);
    }
}
