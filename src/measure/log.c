/* Sample logs: blocks of lines, scanned by threads, taken in their order.
   SPDX-License-Identifier: MIT

   One thread at a time reads a block, with whole lines; each scans its own; and
   again one at a time, in the order of the blocks, takes what was found into
   the log.  So nothing depends on how many threads there are or where a block
   ends. */

#include "measure/log.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/input.h"
#include "core/limits.h"
#include "measure/log-kept.h"
#include "measure/log-told.h"
#include "measure/log-take.h"
#include "read/read.h"

#define BLOCK_SIZE ((size_t)512 << 10)

/* Blocks that one thread scans before it asks others to help: to start them
   takes longer than to scan a few.  Of MAX_JOBS threads it is one; more would
   wait for their turn to take what they found. */
enum { BLOCKS_ALONE = 4, MAX_JOBS = 8 };

/* Bytes of a thread's stack: whoever goes down a line goes AZ_MAX_DEPTH levels
   at most. */
#define STACK_SIZE ((size_t)1 << 20)

/* One file. */
struct log_run {
    struct az_log *log;
    struct az_input *input;
    size_t block_size;

    pthread_mutex_t reading; /* of these: */
    char *carry;             /* the beginning of a line */
    size_t carry_len;
    bool skipping; /* the rest of that line, which is too long */
    size_t blocks; /* that were read */
    size_t blocks_wanted;
    bool ended;

    pthread_mutex_t taking; /* of all that follows, and of the log: */
    pthread_cond_t turn;
    size_t taken; /* blocks */
    struct log_intake intake;
};

void
az_log_init(struct az_log *log, struct az_arena *arena, struct az_sink *sink,
            const struct az_log_options *options)
{
    *log = (struct az_log){ .arena = arena, .sink = sink, .options = *options };
    log->pool.arena = arena;
    az_map_init(&log->metrics, arena);
    az_log_texts_init(&log->texts, arena);
    az_map_init(&log->groups, arena);
    az_map_init(&log->contexts, arena);
}

struct az_log_group *
az_log_group_at(const struct az_log *log, size_t index)
{
    return log->groups.entries[index].value;
}

struct az_log_context *
az_log_context_at(const struct az_log *log, size_t index)
{
    return log->contexts.entries[index].value;
}

struct az_str
az_log_text(const struct az_log *log, const struct az_log_context *context,
            enum az_log_text text)
{
    return log->texts.entries[context->key.texts[text]].key;
}

struct az_place
az_log_context_place(struct az_arena *arena,
                     const struct az_log_context *context)
{
    return az_place_of(az_log_kept_source(arena, context->line),
                       (struct az_span){ 0, 1 });
}

struct az_str
az_log_context_time(const struct az_log_context *context, enum az_log_side side)
{
    return az_log_told_time(context->times[side]);
}

/* SOURCE, a line that was kept. */
static const struct az_document *
read_line(struct az_arena *arena, const struct az_source *source)
{
    struct az_sink unheard;

    /* It has been read before, without a finding. */
    az_sink_init(&unheard, arena);
    return az_read_json(arena, &unheard, source);
}

struct az_place
az_log_context_time_place(struct az_arena *arena,
                          const struct az_log_context *context,
                          enum az_log_side side)
{
    const struct az_source *source =
        az_log_told_source(arena, context->times[side],
                           az_log_kept_source(arena, context->line)->text);
    const struct az_document *document;

    if (source->text.len == 0)
        return az_place_of(source, (struct az_span){ 0, 0 });
    document = read_line(arena, source);
    return az_document_place(document,
                             az_node_get(document->root, "measured_at"));
}

const struct az_document *
az_log_context_read(struct az_arena *arena,
                    const struct az_log_context *context)
{
    return read_line(arena, az_log_kept_source(arena, context->line));
}

const struct az_document *
az_log_context_document(struct az_arena *arena, struct az_log_context *context)
{
    if (context->document == NULL)
        context->document = az_log_context_read(arena, context);
    return context->document;
}

/* Reading. */

/* Throws the rest of a line away that is too long.  What is behind it goes to
   TO, which has room for SIZE bytes; returns how much. */
static size_t
skip_line(struct log_run *run, char *to, size_t size)
{
    const char *newline = NULL;
    size_t got;

    do {
        got = az_input_read(run->input, to, size);
        newline = got == 0 ? NULL : memchr(to, '\n', got);
    } while (got > 0 && newline == NULL);
    run->skipping = false;
    if (newline == NULL)
        return 0;
    got -= (size_t)(newline + 1 - to);
    memmove(to, newline + 1, got);
    return got;
}

/* Behind the last newline of the first LEN bytes at P; 0 if there is none. */
static size_t
end_of_lines(const char *p, size_t len)
{
    while (len > 0 && p[len - 1] != '\n')
        len--;
    return len;
}

/* Keeps what is at FROM for the next block: the beginning of a line. */
static void
carry_over(struct log_run *run, const char *from, size_t len)
{
    if (len > AZ_MAX_LOG_LINE_SIZE) {
        run->skipping = true;
        len = AZ_MAX_LOG_LINE_SIZE + 1;
    }
    memmove(run->carry, from, len);
    run->carry_len = len;
}

/* The next whole lines into BLOCK; false if there are none. */
static bool
fill(struct log_run *run, struct log_block *block, char *buffer)
{
    size_t len = run->carry_len, got = 1, whole = 0;

    memcpy(buffer, run->carry, len);
    run->carry_len = 0;
    if (run->skipping) {
        buffer[len++] = '\n';
        len += skip_line(run, buffer + len, run->block_size);
        whole = end_of_lines(buffer, len);
    }
    while (got > 0 && (len < run->block_size || whole == 0) &&
           len <= AZ_MAX_LOG_LINE_SIZE + run->block_size) {
        size_t lines;

        got = az_input_read(run->input, buffer + len, run->block_size);
        lines = end_of_lines(buffer + len, got);
        whole = lines > 0 ? len + lines : whole;
        len += got;
    }
    if (got == 0 && len > 0 && buffer[len - 1] != '\n')
        buffer[len++] = '\n';
    if (got == 0)
        whole = len;
    block->text = (struct az_str){ buffer, whole };
    carry_over(run, buffer + whole, len - whole);
    return len > 0;
}

/* The next block of the file into BLOCK, its text in BUFFER; false if there is
   none, or as many were read as are wanted. */
static bool
next_block(struct log_run *run, struct log_block *block, char *buffer)
{
    bool found;

    pthread_mutex_lock(&run->reading);
    found = !run->ended && run->blocks < run->blocks_wanted &&
            fill(run, block, buffer);
    if (found) {
        block->number = ++run->blocks;
        block->done = az_input_done(run->input);
    } else if (run->blocks < run->blocks_wanted)
        run->ended = true;
    pthread_mutex_unlock(&run->reading);
    return found;
}

static void
stop_reading(struct log_run *run)
{
    pthread_mutex_lock(&run->reading);
    run->ended = true;
    pthread_mutex_unlock(&run->reading);
}

/* One thread's own. */
struct worker {
    struct az_arena *arena; /* for its buffer and block */
    struct log_scanner scanner;
    struct log_block block;
    char *buffer;
};

static void
worker_init(struct worker *worker, const struct log_run *run)
{
    memset(worker, 0, sizeof *worker);
    worker->arena = worker->block.arena = az_arena_new_like(run->log->arena);
    az_log_scanner_init(&worker->scanner, run->log->arena, &run->log->options,
                        az_input_name(run->input));
    worker->buffer = az_arena_zeroed(worker->arena, AZ_MAX_LOG_LINE_SIZE +
                                                        2 * run->block_size +
                                                        2 + LOG_PADDING);
}

static void
worker_release(struct worker *worker)
{
    az_log_scanner_release(&worker->scanner);
    az_arena_free(worker->arena);
}

/* Takes what WORKER found in its block. */
static void
take_block(struct log_run *run, struct worker *worker)
{
    const struct log_block *block = &worker->block;

    pthread_mutex_lock(&run->taking);
    while (run->taken + 1 != block->number)
        pthread_cond_wait(&run->turn, &run->taking);
    if (!run->log->exhausted) {
        az_log_take(&run->intake, block);
        if (run->log->options.progress != NULL)
            run->log->options.progress(run->log->options.context, block->done,
                                       az_input_size(run->input));
    }
    if (run->log->exhausted)
        stop_reading(run);
    run->taken++;
    pthread_cond_broadcast(&run->turn);
    pthread_mutex_unlock(&run->taking);
    if (az_log_scanner_is_full(&worker->scanner))
        az_log_scanner_forget(&worker->scanner);
}

/* Scans blocks until there are no more. */
static void
work(struct log_run *run, struct worker *worker)
{
    while (next_block(run, &worker->block, worker->buffer)) {
        az_log_scan(&worker->scanner, &worker->block);
        take_block(run, worker);
    }
}

static void *
work_in_thread(void *data)
{
    struct log_run *run = data;
    struct worker worker;

    worker_init(&worker, run);
    work(run, &worker);
    worker_release(&worker);
    return NULL;
}

static unsigned
count_jobs(const struct az_log *log)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned jobs = log->options.jobs;

    if (jobs == 0)
        jobs = processors < 1 ? 1 : (unsigned)processors;
    return jobs > MAX_JOBS ? MAX_JOBS : jobs;
}

/* Scans the file, alone at first; what others find is taken when it is their
   turn. */
static void
run_threads(struct log_run *run)
{
    pthread_t threads[MAX_JOBS];
    pthread_attr_t attributes;
    struct worker worker;
    unsigned jobs, started = 0, i;

    worker_init(&worker, run);
    run->blocks_wanted = BLOCKS_ALONE;
    work(run, &worker);
    run->blocks_wanted = SIZE_MAX;
    jobs = run->ended ? 1 : count_jobs(run->log);
    if (jobs > 1 && pthread_attr_init(&attributes) == 0) {
        pthread_attr_setstacksize(&attributes, STACK_SIZE);
        while (started < jobs - 1 &&
               pthread_create(&threads[started], &attributes, work_in_thread,
                              run) == 0)
            started++;
        pthread_attr_destroy(&attributes);
    }
    work(run, &worker);
    for (i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    worker_release(&worker);
}

bool
az_log_read(struct az_log *log, const char *path)
{
    struct log_run run = { .log = log, .intake = { .log = log } };
    bool whole;

    run.input = az_input_open(log->arena, log->sink, path);
    if (run.input == NULL)
        return false;
    az_map_init(&run.intake.told, log->arena);
    run.intake.scratch = az_arena_new_like(log->arena);
    run.intake.name = az_arena_strdup(log->arena, az_input_name(run.input));
    run.intake.file = ++log->files;
    run.block_size =
        log->options.block_size > 0 ? log->options.block_size : BLOCK_SIZE;
    run.carry = az_arena_alloc(log->arena, AZ_MAX_LOG_LINE_SIZE + 1);
    pthread_mutex_init(&run.reading, NULL);
    pthread_mutex_init(&run.taking, NULL);
    pthread_cond_init(&run.turn, NULL);
    run_threads(&run);
    pthread_cond_destroy(&run.turn);
    pthread_mutex_destroy(&run.taking);
    pthread_mutex_destroy(&run.reading);
    az_log_intake_end(&run.intake);
    az_arena_free(run.intake.scratch);
    whole = az_input_close(run.input, log->sink);
    return whole && !log->exhausted;
}
