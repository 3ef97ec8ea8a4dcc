/* Files that are judged one by one, by several threads.
   SPDX-License-Identifier: MIT

   Each file is worked on in a slot, with an arena and a sink of its own.  The
   slots' findings go to the run's sink in the order of the files, whichever is
   ready first; a worker that is a window ahead waits. */

#include "policy/batch.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/file.h"
#include "policy/annotations.h"
#include "read/read.h"

/* Fewer files than this for each thread are not worth one. */
#define FILES_PER_JOB 16
#define MAX_JOBS      256
/* Slots for each thread. */
#define SLOTS_PER_JOB 4
/* Bytes: what the main thread has, and some for a checked build. */
#define STACK_SIZE ((size_t)16 << 20)

/* A document that a schema was for. */
struct judged {
    struct az_applied *applied;
    const struct az_source *source;
    struct az_annotations annotations;
};

struct slot {
    struct az_arena *arena;
    struct az_sink sink;
    struct judged *judged;
    size_t judged_count;
    size_t judged_capacity;
    bool done;
};

struct run {
    const struct az_batch *batch;
    struct az_batch_item *items;
    size_t count;
    struct slot *slots;
    size_t slot_count;
    bool threaded;
    size_t taken;   /* by workers */
    size_t merged;  /* into the run's sink */
    size_t waiting; /* workers, for room */
    /* Guards these counts, done, the run's arena and sink, and the schemas. */
    pthread_mutex_t mutex;
    pthread_cond_t room; /* a slot is free */
};

static void
free_arena(void *arena)
{
    az_arena_free(arena);
}

/* Lets several threads apply what there is only one of. */
static void
prepare(struct run *run, struct az_applied *applied)
{
    if (!run->threaded || applied == NULL || applied->schema == NULL ||
        applied->prepared)
        return;
    az_schema_prepare(applied->schema);
    applied->prepared = true;
}

/* The schema that CHOICE names; NULL after a finding in the slot. */
static struct az_applied *
choose(struct run *run, struct slot *slot,
       const struct az_schema_choice *choice)
{
    struct az_applied *applied;
    const char *why = NULL;

    pthread_mutex_lock(&run->mutex);
    applied = az_schemas_find(run->batch->schemas, choice->name, choice->folder,
                              &choice->style, &why);
    prepare(run, applied);
    pthread_mutex_unlock(&run->mutex);
    if (applied == NULL)
        az_diag_hint(&slot->sink,
                     az_sink_add(&slot->sink, AZ_DIAG_SCHEMA_REFERENCE,
                                 choice->place, "no schema %s is known",
                                 az_str_quote(slot->arena, choice->name)),
                     "%s", why);
    return applied;
}

/* The schema that DOCUMENT names by its $schema. */
static struct az_applied *
choose_by_document(struct run *run, struct slot *slot,
                   const struct az_document *document, const char *path)
{
    const struct az_node *node = az_node_get(document->root, "$schema");
    struct az_place place = az_document_place(document, node);
    struct az_schema_choice choice = { .style = run->batch->style,
                                       .place = place };
    struct az_applied *applied;

    if (node->type != AZ_STRING) {
        az_diag_hint(&slot->sink,
                     az_sink_add(&slot->sink, AZ_DIAG_SCHEMA_REFERENCE, place,
                                 "'$schema' is not a string: %s",
                                 az_node_quote(slot->arena, node)),
                     "name a schema there, or give --schema");
        return NULL;
    }
    choice.name = az_node_text(node);
    choice.folder = az_file_folder(slot->arena, path);
    applied = choose(run, slot, &choice);
    if (applied != NULL && applied->schema == NULL)
        az_sink_add(&slot->sink, AZ_DIAG_SCHEMA_REFERENCE, place,
                    "the schema %s cannot be used",
                    az_node_quote(slot->arena, node));
    return applied;
}

/* Whether DOCUMENT is one for its kind's schema and rules, or none at all. */
static bool
is_for_kind(struct run *run, struct slot *slot, struct az_batch_item *item,
            const struct az_document *document)
{
    const struct az_kinds *kinds = run->batch->kinds;
    struct az_kind *kind;

    if (az_kind_leaves_to_schema(kinds, slot->arena, document, item->identity))
        return false;
    kind = az_kind_of(kinds, &slot->sink, document, item->identity);
    if (kind == NULL)
        return true;
    item->kept = az_arena_grow(slot->arena, item->kept, item->kept_count,
                               &item->kept_capacity, sizeof(*item->kept));
    item->kept[item->kept_count++] = (struct az_batch_kept){ document, kind };
    return true;
}

/* Whether DOCUMENT, for which assize.yaml names a schema, is of a kind as well;
   that is a finding: neither may exchange the other's rules. */
static bool
is_ambiguous(struct run *run, struct slot *slot,
             const struct az_batch_item *item,
             const struct az_document *document)
{
    struct az_sink unheard;
    struct az_kind *kind;
    struct az_diag *diag;

    az_sink_init(&unheard, slot->arena);
    kind = az_kind_of(run->batch->kinds, &unheard, document, item->identity);
    if (kind == NULL)
        return false;
    diag = az_sink_add(&slot->sink, AZ_DIAG_KIND_AMBIGUOUS,
                       az_document_start(document, document->root),
                       "the document is of kind '%s', and for another schema "
                       "by the 'schemas' of assize.yaml",
                       kind->name);
    diag->pointer = "";
    az_diag_relate(&slot->sink, diag, item->choice->place, "the schema");
    az_diag_hint(&slot->sink, diag,
                 "narrow the files there, or let the document say no kind");
    return true;
}

static struct judged *
note_judged(struct slot *slot, struct az_applied *applied,
            const struct az_source *source)
{
    slot->judged = az_arena_grow(slot->arena, slot->judged, slot->judged_count,
                                 &slot->judged_capacity, sizeof(*slot->judged));
    slot->judged[slot->judged_count] =
        (struct judged){ .applied = applied, .source = source };
    return &slot->judged[slot->judged_count++];
}

static void
judge(struct run *run, struct slot *slot, struct az_batch_item *item,
      const struct az_document *document)
{
    struct az_applied *applied = item->applied;
    struct judged *judged = NULL;
    struct az_sink before;

    item->alone = true;
    if (item->choice != NULL)
        applied = choose(run, slot, item->choice);
    else if (applied == NULL)
        applied = choose_by_document(run, slot, document, item->path);
    if (applied != NULL)
        judged = note_judged(slot, applied, document->source);
    if (applied == NULL || applied->schema == NULL) {
        item->counts.skip++;
        return;
    }
    before = slot->sink;
    if (az_schema_check(applied->schema, slot->arena, &slot->sink, document,
                        document->root, &applied->options, NULL) &&
        run->batch->annotations != NULL)
        az_schema_annotate(applied->schema, slot->arena, &slot->sink, document,
                           document->root, &applied->options,
                           &judged->annotations);
    az_counts_add(&item->counts, &slot->sink, &before);
}

static void
work_on_document(struct run *run, struct slot *slot, struct az_batch_item *item,
                 const struct az_document *document)
{
    if (item->choice != NULL && item->applied == NULL &&
        is_ambiguous(run, slot, item, document))
        return;
    if (item->applied != NULL || item->choice != NULL ||
        !is_for_kind(run, slot, item, document))
        judge(run, slot, item, document);
}

static void
work(struct run *run, struct slot *slot, struct az_batch_item *item)
{
    struct az_documents documents;
    struct az_source *source;
    size_t i;

    slot->judged = NULL;
    slot->judged_count = slot->judged_capacity = 0;
    az_sink_init(&slot->sink, slot->arena);
    slot->sink.limit = run->batch->sink->limit;
    source = az_file_read(slot->arena, &slot->sink, item->path);
    if (source == NULL)
        return;
    if (strcmp(item->path, "-") != 0)
        source->name = item->name;
    documents =
        az_read_documents(slot->arena, &slot->sink, source, run->batch->multi);
    for (i = 0; i < documents.count; i++)
        if (documents.items[i] != NULL)
            work_on_document(run, slot, item, documents.items[i]);
}

/* Takes over what SLOT has of ITEM; the slot is as new then. */
static void
merge(struct run *run, struct slot *slot, const struct az_batch_item *item)
{
    const struct az_batch *batch = run->batch;
    bool stays = item->kept_count > 0;
    size_t i;

    for (i = 0; i < slot->judged_count; i++) {
        const struct judged *judged = &slot->judged[i];

        if (!judged->applied->told)
            az_sink_append(batch->sink, &judged->applied->findings, false);
        judged->applied->told = true;
        if (judged->annotations.count == 0)
            continue;
        az_annotations_add(batch->annotations, judged->source,
                           &judged->annotations);
        stays = true;
    }
    az_sink_append(batch->sink, &slot->sink, !stays);
    if (!stays) {
        az_arena_clear(slot->arena);
        return;
    }
    az_arena_defer(batch->arena, free_arena, slot->arena);
    slot->arena = az_arena_new_like(batch->arena);
}

/* Merges what is done, up to the first that is not.  The mutex is held. */
static void
merge_done(struct run *run)
{
    struct slot *slot = &run->slots[run->merged % run->slot_count];
    size_t before = run->merged;

    while (run->merged < run->taken && slot->done) {
        merge(run, slot, &run->items[run->merged]);
        slot->done = false;
        run->merged++;
        slot = &run->slots[run->merged % run->slot_count];
    }
    if (run->merged > before && run->waiting > 0)
        pthread_cond_broadcast(&run->room);
}

static void *
work_on(void *context)
{
    struct run *run = context;
    struct slot *slot;
    size_t i;

    pthread_mutex_lock(&run->mutex);
    while (run->taken < run->count) {
        if (run->taken - run->merged >= run->slot_count) {
            run->waiting++;
            pthread_cond_wait(&run->room, &run->mutex);
            run->waiting--;
            continue;
        }
        i = run->taken++;
        slot = &run->slots[i % run->slot_count];
        pthread_mutex_unlock(&run->mutex);
        work(run, slot, &run->items[i]);
        pthread_mutex_lock(&run->mutex);
        slot->done = true;
        merge_done(run);
    }
    pthread_mutex_unlock(&run->mutex);
    return NULL;
}

/* Works in this thread and in up to JOBS - 1 others until all is done. */
static void
run_threads(struct run *run, unsigned jobs)
{
    pthread_t threads[MAX_JOBS];
    pthread_attr_t attributes;
    unsigned started = 0, i;

    if (jobs > 1 && pthread_attr_init(&attributes) == 0) {
        pthread_attr_setstacksize(&attributes, STACK_SIZE);
        while (started < jobs - 1 &&
               pthread_create(&threads[started], &attributes, work_on, run) ==
                   0)
            started++;
        pthread_attr_destroy(&attributes);
    }
    work_on(run);
    for (i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

static unsigned
count_jobs(const struct az_batch *batch, size_t count)
{
    long processors;
    size_t jobs = batch->jobs;

    if (jobs == 0) {
        jobs = count / FILES_PER_JOB;
        /* for a few files the question takes longer than the answer helps */
        processors = jobs <= 1 ? 1 : sysconf(_SC_NPROCESSORS_ONLN);
        if (jobs > (size_t)(processors < 1 ? 1 : processors))
            jobs = (size_t)processors;
    }
    if (jobs > count)
        jobs = count;
    return jobs < 1 ? 1 : jobs > MAX_JOBS ? MAX_JOBS : (unsigned)jobs;
}

void
az_batch_run(const struct az_batch *batch, struct az_batch_item *items,
             size_t count)
{
    unsigned jobs = count_jobs(batch, count);
    struct run run = { .batch = batch, .items = items, .count = count };
    size_t i;

    run.threaded = jobs > 1;
    run.slot_count = jobs == 1 ? 1 : (size_t)jobs * SLOTS_PER_JOB;
    run.slots =
        az_arena_array(batch->arena, run.slot_count, sizeof(*run.slots));
    for (i = 0; i < run.slot_count; i++)
        run.slots[i].arena = az_arena_new_like(batch->arena);
    for (i = 0; i < count; i++)
        prepare(&run, items[i].applied);
    pthread_mutex_init(&run.mutex, NULL);
    pthread_cond_init(&run.room, NULL);
    run_threads(&run, jobs);
    pthread_cond_destroy(&run.room);
    pthread_mutex_destroy(&run.mutex);
    for (i = 0; i < run.slot_count; i++)
        az_arena_free(run.slots[i].arena);
}
