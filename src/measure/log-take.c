/* Sample logs: what a block of lines says, taken into the log.
   SPDX-License-Identifier: MIT */

#include "measure/log-take.h"

#include <stdint.h>
#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "measure/log-kept.h"
#include "measure/log-told.h"

/* A line of a block, from which one goes on to those behind it. */
struct cursor {
    const struct log_block *block;
    size_t offset;
    size_t line; /* in the block, from 0 */
};

/* Findings. */

/* The line at OFFSET of CURSOR's block, where it is or behind that. */
static struct az_str
line_at(struct cursor *cursor, size_t offset)
{
    const char *text = cursor->block->text.p, *newline;

    while (cursor->offset < offset) {
        newline = memchr(text + cursor->offset, '\n',
                         cursor->block->text.len - cursor->offset);
        cursor->offset = (size_t)(newline + 1 - text);
        cursor->line++;
    }
    newline = memchr(text + offset, '\n', cursor->block->text.len - offset);
    return (struct az_str){ text + offset, (size_t)(newline - text) - offset };
}

/* The number in the file of the line that CURSOR is at. */
static unsigned
number_of(const struct log_intake *intake, const struct cursor *cursor)
{
    return (unsigned)(intake->lines + cursor->line + 1);
}

/* The line at OFFSET, for findings about it. */
static struct az_source *
source_at(struct log_intake *intake, struct cursor *cursor, size_t offset)
{
    struct az_arena *arena = intake->log->arena;
    struct az_str text = line_at(cursor, offset);

    return az_source_new_at(arena, intake->name, az_arena_str(arena, text),
                            number_of(intake, cursor));
}

static struct az_log_metric *
metric_of(struct log_intake *intake, struct az_str name)
{
    struct az_log *log = intake->log;
    struct az_log_metric *metric = az_map_get(&log->metrics, name);

    if (metric == NULL) {
        metric = AZ_NEW(log->arena, struct az_log_metric);
        metric->name = az_arena_str(log->arena, name);
        az_map_put(&log->metrics, metric->name, NULL)->value = metric;
    }
    if (metric->file == intake->file)
        return metric;
    metric->file = intake->file;
    intake->metrics =
        az_arena_grow(log->arena, intake->metrics, intake->metric_count,
                      &intake->metric_capacity, sizeof(struct az_log_metric *));
    intake->metrics[intake->metric_count++] = metric;
    return metric;
}

static void
refuse(struct az_log_metric *metric, const struct az_diag *diag)
{
    if (metric->refused == NULL)
        metric->refused = diag;
}

/* Counts COUNT more lines that there is no finding about, FAILED of which are
   samples that were not taken well. */
static void
count_more(struct log_intake *intake, size_t count, size_t failed)
{
    if (intake->more == NULL)
        intake->more =
            az_sink_add(intake->log->sink, AZ_DIAG_LOG_MORE,
                        az_place_of(az_source_new(intake->log->arena,
                                                  intake->name, AZ_STR("")),
                                    (struct az_span){ 0, 0 }),
                        "more lines cannot be used");
    intake->more_lines += count;
    intake->more_failed += failed;
}

/* Whether there may be a finding about one more line whose sample cannot be
   used for what others are.  It is counted either way. */
static bool
may_report(struct log_intake *intake)
{
    if (intake->bad_lines < AZ_MAX_LOG_FINDINGS) {
        intake->bad_lines++;
        return true;
    }
    count_more(intake, 1, 0);
    return false;
}

/* The finding that SINK had next when it had COUNT. */
static const struct az_diag *
finding_at(const struct az_sink *sink, size_t count)
{
    return count < sink->count ? sink->diags[count] : &sink->overflow;
}

/* Has the findings of SINK about SOURCE, from the one numbered FIRST on, say
   what a line of a log is, where the text seems to go on behind it. */
static void
hint_cut(struct az_sink *sink, size_t first, const struct az_source *source)
{
    struct az_str text = source->text;

    while (text.len > 0 &&
           (text.p[text.len - 1] == ' ' || text.p[text.len - 1] == '\t' ||
            text.p[text.len - 1] == '\r'))
        text.len--;
    if (text.len > 0 && text.p[text.len - 1] == '}')
        return;
    for (size_t i = first; i < sink->count; i++)
        if (sink->diags[i]->id == AZ_DIAG_JSON_SYNTAX)
            az_diag_hint(sink, sink->diags[i],
                         "each line of a log is a whole object: this one was "
                         "cut off, or the file is no log");
}

/* Notes that the metric NAME, which bad lines tell, or else, if it is empty or
   there are too many, all metrics of the file, cannot be judged, as FINDING
   says. */
static void
refuse_name(struct log_intake *intake, struct az_str name,
            const struct az_diag *finding)
{
    struct az_log *log = intake->log;
    struct az_log_metric *metric = az_map_get(&log->metrics, name);
    bool is_new = metric == NULL || !metric->bad;

    if (name.len == 0 ||
        (is_new && log->bad_metrics == AZ_MAX_LOG_BAD_METRICS)) {
        if (intake->any_metric == NULL)
            intake->any_metric = finding;
        return;
    }
    log->bad_metrics += is_new;
    metric = metric_of(intake, name);
    metric->bad = true;
    refuse(metric, finding);
}

/* Findings about the bad line SOURCE: it is read again, for them to be heard.
 */
static void
explain(struct log_intake *intake, const struct az_source *source)
{
    struct az_log *log = intake->log;
    size_t before = log->sink->count;
    struct log_line line;

    intake->bad_lines++;
    az_log_line_read(log->arena, log->sink, &log->options, source, &line);
    hint_cut(log->sink, before, source);
    refuse_name(intake, line.texts[AZ_LOG_METRIC],
                finding_at(log->sink, before));
}

/* Mistakes that are counted; lines with others are taken for ones of which
   enough were told. */
enum { MAX_MISTAKES = 1024 };

/* Counts the MISTAKES of one more line, which are alike where they are of one
   kind and in one field, or else have one message.  False if there is one that
   less than AZ_MAX_LOG_ALIKE lines had before. */
static bool
are_told_enough(struct log_intake *intake, const struct az_sink *mistakes)
{
    bool enough = true;

    for (size_t i = 0; i < mistakes->count; i++) {
        const struct az_diag *diag = mistakes->diags[i];
        bool at_field = diag->pointer != NULL && diag->pointer[0] != '\0';
        struct az_str mistake = az_str_from(
            az_arena_printf(intake->scratch, "%d %s", (int)diag->id,
                            at_field ? diag->pointer : diag->message));
        struct az_map_entry *entry = az_map_find(&intake->told, mistake);
        uintptr_t lines;

        if (entry == NULL && intake->told.count == MAX_MISTAKES)
            continue;
        if (entry == NULL)
            entry = az_map_put(&intake->told,
                               az_arena_str(intake->log->arena, mistake), NULL);
        lines = (uintptr_t)entry->value;
        enough &= lines >= AZ_MAX_LOG_ALIKE;
        entry->value = (void *)(lines + 1); /* a count, no address */
    }
    return enough;
}

/* Explains the bad line at OFFSET, or only counts it, if others were told to be
   bad for the same.  What is wrong with it. */
static enum log_fault
take_bad_line(struct log_intake *intake, struct cursor *cursor, size_t offset)
{
    struct az_arena *scratch = intake->scratch;
    const struct az_source *source =
        az_source_new(scratch, "", line_at(cursor, offset));
    enum log_fault fault;
    struct log_line line;
    struct az_sink unheard;

    intake->looked_at++;
    az_sink_init(&unheard, scratch);
    fault = az_log_line_read(scratch, &unheard, &intake->log->options, source,
                             &line);
    if (!are_told_enough(intake, &unheard)) {
        explain(intake, source_at(intake, cursor, offset));
        return fault;
    }
    count_more(intake, 1, fault == LOG_FAILED);
    refuse_name(intake, line.texts[AZ_LOG_METRIC], intake->more);
    return fault;
}

/* Bad lines of a block, one after another. */
struct bad_lines {
    struct cursor cursor;
    size_t done;   /* so many were looked at */
    size_t failed; /* of the others: samples that were not taken well */
};

/* Looks at the bad lines before OFFSET, as long as there may be findings about
   them.  AZ_MAX_LOG_LOOKS ends it where all that come are alike. */
static void
take_bad(struct log_intake *intake, struct bad_lines *bad, size_t offset)
{
    const struct log_block *block = bad->cursor.block;

    while (bad->done < block->bad_count &&
           intake->bad_lines < AZ_MAX_LOG_FINDINGS &&
           intake->looked_at < AZ_MAX_LOG_LOOKS &&
           block->bad[bad->done] < offset) {
        enum log_fault fault =
            take_bad_line(intake, &bad->cursor, block->bad[bad->done]);

        az_arena_clear(intake->scratch);
        bad->failed -= fault == LOG_FAILED;
        bad->done++;
    }
}

/* Counts the bad lines that were not looked at. */
static void
count_bad(struct log_intake *intake, const struct bad_lines *bad)
{
    const struct log_block *block = bad->cursor.block;

    if (bad->done == block->bad_count)
        return;
    count_more(intake, block->bad_count - bad->done, bad->failed);
    for (size_t i = 0; i < block->bad_metric_count; i++)
        refuse_name(intake, block->bad_metrics[i]->name, intake->more);
    if (block->any_metric)
        refuse_name(intake, AZ_STR(""), intake->more);
}

/* Samples. */

/* The group that CONTEXT is of, a new one if it is the first. */
static struct az_log_group *
group_of(struct log_intake *intake, const struct az_log_context *context)
{
    struct az_log *log = intake->log;
    struct az_map_entry *entry =
        az_map_put(&log->groups, az_log_key_group(&context->key), NULL);
    struct az_log_group *group;

    if (entry->value != NULL)
        return entry->value;
    group = entry->value = AZ_NEW(log->arena, struct az_log_group);
    group->metric = metric_of(intake, az_log_text(log, context, AZ_LOG_METRIC));
    group->seed = context->key.seed;
    group->dimension = context->unit->dimension;
    return group;
}

/* Says that CONTEXT measures something else than its group does. */
static void
report_dimension(struct log_intake *intake, struct az_log_context *context,
                 struct az_log_group *group)
{
    struct az_log *log = intake->log;
    const struct az_document *document;
    struct az_diag *diag;

    if (!may_report(intake)) {
        refuse(group->metric, intake->more);
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

/* KEY, whose texts are those of BLOCK, with those of LOG; *SIZE is more by the
   bytes of those that are new. */
static struct az_log_key
key_of(struct az_log *log, const struct log_block *block,
       const struct az_log_key *key, size_t *size)
{
    struct az_log_key ret = { .seed = key->seed };

    for (size_t i = 0; i < AZ_LOG_TEXT_COUNT; i++) {
        struct az_str text = block->texts->entries[key->texts[i]].key;
        size_t count = log->texts.count;

        ret.texts[i] = az_log_texts_add(&log->texts, text);
        if (log->texts.count > count)
            *size += text.len;
    }
    return ret;
}

static struct az_log_context *
context_new(struct log_intake *intake, const struct log_view *view,
            const struct az_log_key *key, struct cursor *cursor, size_t offset)
{
    struct az_log *log = intake->log;
    struct az_log_context *context = AZ_NEW(log->arena, struct az_log_context);
    struct az_str line = line_at(cursor, offset);

    context->key = *key;
    context->unit = view->unit;
    context->line =
        az_log_keep(log->arena, &log->shelf, intake->name,
                    number_of(intake, cursor), line, &log->context_size);
    az_map_put(&log->contexts, az_log_key_bytes(&context->key), NULL)->value =
        context;
    return context;
}

/* Puts CONTEXT, which is new, in its group. */
static void
join_group(struct log_intake *intake, struct az_log_context *context)
{
    struct az_log_group *group = group_of(intake, context);

    if (group->dimension != context->unit->dimension) {
        report_dimension(intake, context, group);
        return;
    }
    context->group = group;
    if (group->last != NULL)
        group->last->next = context;
    else
        group->first = context;
    group->last = context;
}

/* Of what LOG has as much as may be, so that it takes no more contexts; NULL:
   of nothing. */
static const char *
find_full(const struct az_log *log)
{
    if (log->contexts.count == AZ_MAX_LOG_CONTEXTS)
        return "there are too many contexts, lines that differ in more than "
               "value, time and artifacts";
    if (log->context_size > AZ_MAX_LOG_CONTEXT_SIZE)
        return "what lines of different contexts differ in is too long";
    return NULL;
}

/* The log's context of VIEW, whose line is at OFFSET; NULL if there are too
   many. */
static struct az_log_context *
context_of(struct log_intake *intake, const struct log_view *view,
           struct cursor *cursor, size_t offset)
{
    struct az_log *log = intake->log;
    struct az_log_key key =
        key_of(log, cursor->block, &view->key, &log->context_size);
    struct az_log_context *context =
        az_map_get(&log->contexts, az_log_key_bytes(&key));

    if (context != NULL)
        return context;
    if (find_full(log) != NULL)
        return NULL;
    context = context_new(intake, view, &key, cursor, offset);
    join_group(intake, context);
    return context;
}

/* Says that the sample of the line at OFFSET does not fit to the others. */
static void
report_range(struct log_intake *intake, struct az_log_context *context,
             struct cursor *cursor, size_t offset)
{
    struct az_log *log = intake->log;
    struct az_log_metric *metric = context->group->metric;
    const struct az_source *source;
    const struct az_node *value;
    struct log_line line;
    struct az_diag *diag;

    if (!may_report(intake)) {
        refuse(metric, intake->more);
        return;
    }
    source = source_at(intake, cursor, offset);
    az_log_line_read(log->arena, log->sink, &log->options, source, &line);
    value = az_node_get(line.root, "value");
    diag = az_sink_add(
        log->sink, AZ_DIAG_LOG_RANGE, az_place_of(source, value->span),
        "%s is too far from the other samples of seed %lld to be kept exactly",
        az_node_quote(log->arena, value), (long long)context->key.seed);
    diag->pointer = "/value";
    az_diag_hint(log->sink, diag,
                 "from the highest digit of all to the lowest there may be "
                 "%d; round where it is measured",
                 AZ_SERIES_SPAN);
    refuse(metric, diag);
}

/* Says that the log has more than may be, WHAT, from the line at OFFSET on. */
static void
report_exhausted(struct log_intake *intake, struct cursor *cursor,
                 size_t offset, const char *what)
{
    struct az_log *log = intake->log;
    const struct az_source *source = source_at(intake, cursor, offset);

    log->exhausted = true;
    az_diag_hint(log->sink,
                 az_sink_add(log->sink, AZ_DIAG_LOG_LIMIT,
                             az_place_of(source, (struct az_span){ 0, 1 }),
                             "%s", what),
                 "nothing is judged by a log of which not all was read");
}

/* Takes SAMPLE; false if the log is exhausted. */
static bool
take_sample(struct log_intake *intake, const struct log_sample *sample,
            struct cursor *cursor)
{
    struct az_log *log = intake->log;
    struct az_log_context *context = sample->view->context;

    if (context == NULL) {
        context = context_of(intake, sample->view, cursor, sample->offset);
        sample->view->context = context;
    }
    if (context == NULL || log->samples == AZ_MAX_LOG_SAMPLES) {
        report_exhausted(intake, cursor, sample->offset,
                         context == NULL ? find_full(log)
                                         : "there are too many samples");
        return false;
    }
    if (context->group == NULL)
        return true;
    if (context->group->metric->file != intake->file)
        metric_of(intake, context->group->metric->name);
    log->samples++;
    if (!az_series_add(&context->group->samples, &log->pool, sample->mantissa,
                       sample->exponent))
        report_range(intake, context, cursor, sample->offset);
    return true;
}

/* Notes in CONTEXT what TOLD, its time of SIDE in BLOCK, is, and which line
   tells it. */
static void
take_time(struct log_intake *intake, const struct log_block *block,
          struct az_log_context *context, const struct log_told *told,
          enum az_log_side side)
{
    struct az_str time = az_log_time_text(&told->time);
    const char *text = block->text.p + told->offset, *newline;
    struct log_told_line line;

    if (time.len == 0 ||
        !az_log_is_beyond(time, az_log_told_time(context->times[side]), side))
        return;
    newline = memchr(text, '\n', block->text.len - told->offset);
    line.name = intake->name;
    line.number = (unsigned)(intake->lines + told->line + 1);
    line.text = (struct az_str){ text, (size_t)(newline - text) };
    az_log_tell(intake->log->arena, &context->times[side], time, &line,
                az_log_kept_source(intake->scratch, context->line)->text);
    az_arena_clear(intake->scratch);
}

/* Notes the times that lines of BLOCK, whose samples were taken, tell. */
static void
take_times(struct log_intake *intake, const struct log_block *block)
{
    for (const struct log_view *view = block->views; view != NULL;
         view = view->next) {
        view->context->untimed |= view->untimed;
        for (int side = 0; side < AZ_LOG_SIDE_COUNT; side++)
            take_time(intake, block, view->context, &view->times[side],
                      (enum az_log_side)side);
    }
}

void
az_log_take(struct log_intake *intake, const struct log_block *block)
{
    struct bad_lines bad = { { block, 0, 0 }, 0, block->failed_count };
    struct cursor cursor = { block, 0, 0 };

    if (block->lines > AZ_MAX_LOG_LINES - intake->lines) {
        report_exhausted(intake, &cursor, 0, "there are too many lines");
        return;
    }
    for (size_t i = 0; i < block->count; i++) {
        take_bad(intake, &bad, block->samples[i].offset);
        if (!take_sample(intake, &block->samples[i], &cursor))
            return;
    }
    take_bad(intake, &bad, block->text.len);
    count_bad(intake, &bad);
    take_times(intake, block);
    intake->lines += block->lines;
}

void
az_log_intake_end(struct log_intake *intake)
{
    struct az_log *log = intake->log;

    if (intake->more != NULL) {
        intake->more->message = az_arena_printf(
            log->arena, "%s cannot be used",
            az_str_counted(log->arena, intake->more_lines, "more line"));
        if (intake->more_lines > intake->more_failed)
            az_diag_reclass(log->sink, intake->more, AZ_CLASS_INPUT);
    }
    if (intake->any_metric == NULL)
        return;
    for (size_t i = 0; i < intake->metric_count; i++)
        refuse(intake->metrics[i], intake->any_metric);
}
