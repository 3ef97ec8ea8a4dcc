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
#include "measure/log-scan.h"
#include "read/read.h"

#define BLOCK_SIZE ((size_t)512 << 10)

/* What one thread scans before others are asked to help; that takes longer. */
enum { BLOCKS_ALONE = 4, MAX_JOBS = 8 };

#define STACK_SIZE ((size_t)1 << 20)

/* One file. */
struct log_run {
    struct az_log *log;
    struct az_input *input;
    size_t block_size;
    size_t file; /* its number, from 1 */

    pthread_mutex_t reading; /* of these: */
    char *carry;             /* the beginning of a line */
    size_t carry_len;
    bool skipping; /* the rest of that line, which is too long */
    size_t blocks; /* that were read */
    size_t blocks_wanted;
    bool ended;

    pthread_mutex_t taking; /* of all that follows, and of the log: */
    pthread_cond_t turn;
    size_t taken;     /* blocks */
    size_t lines;     /* in them */
    size_t bad_lines; /* those with findings */
    size_t more_lines;
    size_t more_failed;
    struct az_diag *more;
    const struct az_diag *any_metric; /* all metrics of the file are refused */
    struct az_log_metric **metrics;   /* those that the file has */
    size_t metric_count;
    size_t metric_capacity;
};

/* The line of a block that is looked at. */
struct place {
    const struct log_block *block;
    size_t offset;
    size_t line; /* in the block, from 0 */
};

void
az_log_init(struct az_log *log, struct az_arena *arena, struct az_sink *sink,
            const struct az_log_options *options)
{
    *log = (struct az_log){ .arena = arena, .sink = sink, .options = *options };
    log->pool.arena = arena;
    az_map_init(&log->metrics, arena);
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

const struct az_document *
az_log_context_document(struct az_arena *arena, struct az_log_context *context)
{
    struct az_sink unheard;

    /* It has been read before, without a finding. */
    az_sink_init(&unheard, arena);
    if (context->document == NULL)
        context->document = az_read_json(arena, &unheard, context->source);
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

/* Findings. */

/* The line at OFFSET of what PLACE is in, where it was or behind it. */
static struct az_str
line_at(struct place *place, size_t offset)
{
    const char *text = place->block->text.p, *newline;

    while (place->offset < offset) {
        newline = memchr(text + place->offset, '\n',
                         place->block->text.len - place->offset);
        place->offset = (size_t)(newline + 1 - text);
        place->line++;
    }
    newline = memchr(text + offset, '\n', place->block->text.len - offset);
    return (struct az_str){ text + offset, (size_t)(newline - text) - offset };
}

/* The line at OFFSET, kept. */
static struct az_source *
source_at(struct log_run *run, struct place *place, size_t offset)
{
    struct az_str text = line_at(place, offset);

    return az_source_new_at(run->log->arena, az_input_name(run->input),
                            az_arena_str(run->log->arena, text),
                            (unsigned)(run->lines + place->line + 1));
}

static struct az_log_metric *
metric_of(struct log_run *run, struct az_str name)
{
    struct az_log *log = run->log;
    struct az_log_metric *metric = az_map_get(&log->metrics, name);

    if (metric == NULL) {
        metric = AZ_NEW(log->arena, struct az_log_metric);
        metric->name = az_arena_str(log->arena, name);
        az_map_put(&log->metrics, metric->name, NULL)->value = metric;
    }
    if (metric->file == run->file)
        return metric;
    metric->file = run->file;
    run->metrics =
        az_arena_grow(log->arena, run->metrics, run->metric_count,
                      &run->metric_capacity, sizeof(struct az_log_metric *));
    run->metrics[run->metric_count++] = metric;
    return metric;
}

static void
refuse(struct az_log_metric *metric, const struct az_diag *diag)
{
    if (metric->refused == NULL)
        metric->refused = diag;
}

/* Whether there is to be a finding about one more bad line.  If not, COUNT
   lines are counted, FAILED of which are samples that were not taken well. */
static bool
may_explain(struct log_run *run, size_t count, size_t failed)
{
    if (run->bad_lines < AZ_MAX_LOG_FINDINGS) {
        run->bad_lines++;
        return true;
    }
    if (run->more == NULL)
        run->more = az_sink_add(
            run->log->sink, AZ_DIAG_LOG_MORE,
            az_place_of(az_source_new(run->log->arena,
                                      az_input_name(run->input), AZ_STR("")),
                        (struct az_span){ 0, 0 }),
            "more lines cannot be used");
    run->more_lines += count;
    run->more_failed += failed;
    return false;
}

/* The finding that SINK had next when it had COUNT. */
static const struct az_diag *
finding_at(const struct az_sink *sink, size_t count)
{
    return count < sink->count ? sink->diags[count] : &sink->overflow;
}

/* A finding about a bad line: what is wrong with it is looked for again. */
static void
explain(struct log_run *run, const struct az_source *source)
{
    struct az_log *log = run->log;
    size_t before = log->sink->count;
    struct log_line line;
    struct az_str metric;

    az_log_line_read(log->arena, log->sink, &log->options, source, &line, NULL);
    metric = line.texts[AZ_LOG_METRIC];
    if (metric.len > 0)
        refuse(metric_of(run, metric), finding_at(log->sink, before));
    else if (run->any_metric == NULL)
        run->any_metric = finding_at(log->sink, before);
}

/* Bad lines of a block, one after another. */
struct bad_lines {
    struct place place;
    size_t done;
    size_t failed; /* of those that are not done */
};

/* Explains the bad lines before OFFSET, as far as they are. */
static void
take_bad(struct log_run *run, struct bad_lines *bad, size_t offset)
{
    const struct log_block *block = bad->place.block;
    const size_t *errors = run->log->sink->errors_by_class;

    while (bad->done < block->bad_count &&
           run->bad_lines < AZ_MAX_LOG_FINDINGS &&
           block->bad[bad->done] < offset) {
        size_t before = errors[AZ_CLASS_INPUT];

        run->bad_lines++;
        explain(run, source_at(run, &bad->place, block->bad[bad->done]));
        bad->failed -= errors[AZ_CLASS_INPUT] == before;
        bad->done++;
    }
}

/* Counts the bad lines that were not explained. */
static void
count_bad(struct log_run *run, const struct bad_lines *bad)
{
    const struct log_block *block = bad->place.block;

    if (bad->done == block->bad_count)
        return;
    may_explain(run, block->bad_count - bad->done, bad->failed);
    for (size_t i = 0; i < block->bad_metric_count; i++)
        refuse(metric_of(run, block->bad_metrics[i]->name), run->more);
    if (block->any_metric && run->any_metric == NULL)
        run->any_metric = run->more;
}

/* Samples. */

static struct az_log_group *
group_of(struct log_run *run, const struct log_line *line)
{
    struct az_log *log = run->log;
    struct log_line key = { .seed = line->seed };
    struct az_log_group *group;
    struct az_map_entry *entry;

    key.texts[AZ_LOG_METRIC] = line->texts[AZ_LOG_METRIC];
    key.texts[AZ_LOG_PROFILE] = line->texts[AZ_LOG_PROFILE];
    key.texts[AZ_LOG_BROWSER] = line->texts[AZ_LOG_BROWSER];
    entry =
        az_map_put(&log->groups, az_log_context_key(log->arena, &key), NULL);
    if (entry->value != NULL)
        return entry->value;
    group = AZ_NEW(log->arena, struct az_log_group);
    group->metric = metric_of(run, line->texts[AZ_LOG_METRIC]);
    group->profile = az_arena_str(log->arena, line->texts[AZ_LOG_PROFILE]);
    group->environment = az_arena_str(log->arena, line->texts[AZ_LOG_BROWSER]);
    group->seed = line->seed;
    group->dimension = line->unit->dimension;
    entry->value = group;
    return group;
}

/* Says that CONTEXT measures something else than its group does. */
static void
report_dimension(struct log_run *run, struct az_log_context *context,
                 struct az_log_group *group)
{
    struct az_log *log = run->log;
    const struct az_document *document;
    struct az_diag *diag;

    if (!may_explain(run, 1, 0)) {
        refuse(group->metric, run->more);
        return;
    }
    document = az_log_context_document(log->arena, context);
    diag = az_sink_add(
        log->sink, AZ_DIAG_MEASUREMENT_UNIT,
        az_document_place(document, az_node_get(document->root, "unit")),
        "the samples of %s are of a %s in %s, and of a %s elsewhere",
        az_str_quote(log->arena, group->metric->name),
        az_dimension_name(context->unit->dimension), context->unit->name,
        az_dimension_name(group->dimension));
    diag->pointer = "/unit";
    refuse(group->metric, diag);
}

/* The log's context of VIEW, whose line is at OFFSET; NULL if there are too
   many. */
static struct az_log_context *
context_of(struct log_run *run, struct log_view *view, struct place *place,
           size_t offset)
{
    struct az_log *log = run->log;
    struct az_log_context *context = az_map_get(&log->contexts, view->key);
    struct az_log_group *group;

    if (context != NULL)
        return context;
    if (log->contexts.count == AZ_MAX_LOG_CONTEXTS ||
        log->context_size + view->key.len > AZ_MAX_LOG_CONTEXT_SIZE)
        return NULL;
    log->context_size += view->key.len;
    context = AZ_NEW(log->arena, struct az_log_context);
    for (size_t i = 0; i < AZ_LOG_TEXT_COUNT; i++)
        context->texts[i] = az_arena_str(log->arena, view->line.texts[i]);
    context->seed = view->line.seed;
    context->unit = view->line.unit;
    context->source = source_at(run, place, offset);
    az_map_put(&log->contexts, az_arena_str(log->arena, view->key), NULL)
        ->value = context;
    group = group_of(run, &view->line);
    if (group->dimension != context->unit->dimension) {
        report_dimension(run, context, group);
        return context;
    }
    context->group = group;
    if (group->last != NULL)
        group->last->next = context;
    else
        group->first = context;
    group->last = context;
    return context;
}

/* Says that the sample of the line at OFFSET does not fit to the others. */
static void
report_range(struct log_run *run, struct az_log_context *context,
             struct place *place, size_t offset)
{
    struct az_log *log = run->log;
    struct az_log_metric *metric = context->group->metric;
    const struct az_source *source;
    const struct az_node *root;
    struct log_line line;
    struct az_diag *diag;

    if (!may_explain(run, 1, 0)) {
        refuse(metric, run->more);
        return;
    }
    source = source_at(run, place, offset);
    az_log_line_read(log->arena, log->sink, &log->options, source, &line,
                     &root);
    diag = az_sink_add(
        log->sink, AZ_DIAG_LOG_RANGE,
        az_place_of(source, az_node_get(root, "value")->span),
        "%s is too far from the other samples of seed %lld to be kept exactly",
        az_node_quote(log->arena, az_node_get(root, "value")),
        (long long)context->group->seed);
    diag->pointer = "/value";
    az_diag_hint(log->sink, diag,
                 "from the highest digit of all to the lowest there may be "
                 "18; round where it is measured");
    refuse(metric, diag);
}

static void
report_exhausted(struct log_run *run, struct place *place, size_t offset,
                 const char *what)
{
    struct az_log *log = run->log;
    const struct az_source *source = source_at(run, place, offset);

    log->exhausted = true;
    az_diag_hint(log->sink,
                 az_sink_add(log->sink, AZ_DIAG_LOG_LIMIT,
                             az_place_of(source, (struct az_span){ 0, 1 }),
                             "%s", what),
                 "nothing is judged by a log of which not all was read");
}

static const char contexts_exhausted[] =
    "the lines differ in too many ways in more than value, time and artifacts";

/* Takes SAMPLE; false if the log is exhausted. */
static bool
take_sample(struct log_run *run, const struct log_sample *sample,
            struct place *place)
{
    struct az_log *log = run->log;
    struct az_log_context *context = sample->view->context;

    if (context == NULL) {
        context = context_of(run, sample->view, place, sample->offset);
        sample->view->context = context;
    }
    if (context == NULL || log->samples == AZ_MAX_LOG_SAMPLES) {
        report_exhausted(run, place, sample->offset,
                         context == NULL ? contexts_exhausted
                                         : "there are too many samples");
        return false;
    }
    context->count++;
    if (context->group == NULL)
        return true;
    if (context->group->metric->file != run->file)
        metric_of(run, context->group->metric->name);
    log->samples++;
    if (!az_series_add(&context->group->samples, &log->pool, sample->mantissa,
                       sample->exponent))
        report_range(run, context, place, sample->offset);
    return true;
}

/* Takes what the lines of BLOCK say, in their order. */
static void
take_lines(struct log_run *run, const struct log_block *block)
{
    struct bad_lines bad = { { block, 0, 0 }, 0, block->failed_count };
    struct place place = { block, 0, 0 };

    for (size_t i = 0; i < block->count; i++) {
        take_bad(run, &bad, block->samples[i].offset);
        if (!take_sample(run, &block->samples[i], &place))
            return;
    }
    take_bad(run, &bad, block->text.len);
    count_bad(run, &bad);
    if (block->exhausted)
        report_exhausted(run, &place, block->exhausted_at, contexts_exhausted);
}

static void
stop_reading(struct log_run *run)
{
    pthread_mutex_lock(&run->reading);
    run->ended = true;
    pthread_mutex_unlock(&run->reading);
}

static void
take_block(struct log_run *run, const struct log_block *block)
{
    struct az_log *log = run->log;

    pthread_mutex_lock(&run->taking);
    while (run->taken + 1 != block->number)
        pthread_cond_wait(&run->turn, &run->taking);
    if (!log->exhausted) {
        take_lines(run, block);
        run->lines += block->lines;
        if (log->options.progress != NULL)
            log->options.progress(log->options.context, block->done,
                                  az_input_size(run->input));
    }
    if (log->exhausted)
        stop_reading(run);
    run->taken++;
    pthread_cond_broadcast(&run->turn);
    pthread_mutex_unlock(&run->taking);
}

/* One thread's own. */
struct worker {
    struct log_scanner scanner;
    struct log_block block;
    char *buffer;
};

static void
worker_init(struct worker *worker, const struct log_run *run)
{
    memset(worker, 0, sizeof *worker);
    az_log_scanner_init(&worker->scanner, run->log->arena, &run->log->options,
                        az_input_name(run->input));
    worker->buffer = az_arena_zeroed(worker->scanner.arena,
                                     AZ_MAX_LOG_LINE_SIZE +
                                         2 * run->block_size + 2 + LOG_PADDING);
}

/* Scans blocks until there are no more. */
static void
work(struct log_run *run, struct worker *worker)
{
    while (next_block(run, &worker->block, worker->buffer)) {
        az_log_scan(&worker->scanner, &worker->block);
        take_block(run, &worker->block);
    }
}

static void *
work_in_thread(void *data)
{
    struct log_run *run = data;
    struct worker worker;

    worker_init(&worker, run);
    work(run, &worker);
    az_log_scanner_release(&worker.scanner);
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
    az_log_scanner_release(&worker.scanner);
}

/* What can only be said at the end of the file. */
static void
finish(struct log_run *run)
{
    struct az_log *log = run->log;

    if (run->more != NULL) {
        run->more->message =
            az_arena_printf(log->arena, "%zu more line%s cannot be used",
                            run->more_lines, run->more_lines == 1 ? "" : "s");
        if (run->more_lines > run->more_failed)
            az_diag_reclass(log->sink, run->more, AZ_CLASS_INPUT);
    }
    if (run->any_metric == NULL)
        return;
    for (size_t i = 0; i < run->metric_count; i++)
        refuse(run->metrics[i], run->any_metric);
}

bool
az_log_read(struct az_log *log, const char *path)
{
    struct log_run run = { .log = log };
    bool whole;

    run.input = az_input_open(log->arena, log->sink, path);
    if (run.input == NULL)
        return false;
    run.file = ++log->files;
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
    finish(&run);
    whole = az_input_close(run.input, log->sink);
    return whole && !log->exhausted;
}
