/* The lines of a block of a log.
   SPDX-License-Identifier: MIT */

#include "measure/log-scan.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "measure/log-template.h"
#include "measure/measure.h"

/* Templates that a scanner remembers: of usual lines a megabyte or two. */
enum { MAX_TEMPLATES = 1024 };
/* Longer names of metrics of bad lines are not remembered. */
enum { MAX_BAD_NAME = 256 };
/* Views, and bytes of their texts, with which a scanner begins anew: what it
   takes, a megabyte or two again, then does not grow with the contexts of a
   log.  Those of one block come on top. */
enum { MAX_VIEWS = 4096, MAX_TEXT_SIZE = 1 << 20 };

/* What it remembers of no line. */
static void
begin(struct log_scanner *scanner)
{
    az_log_texts_init(&scanner->texts, scanner->arena);
    az_map_init(&scanner->views, scanner->arena);
    az_map_init(&scanner->shapes, scanner->arena);
    az_map_init(&scanner->templates, scanner->arena);
    az_map_init(&scanner->bad_metrics, scanner->arena);
    scanner->text_size = 0;
    scanner->last = NULL;
}

void
az_log_scanner_init(struct log_scanner *scanner, struct az_arena *arena,
                    const struct az_log_options *options, const char *name)
{
    *scanner = (struct log_scanner){ .arena = az_arena_new_like(arena),
                                     .scratch = az_arena_new_like(arena),
                                     .options = options,
                                     .name = name };
    begin(scanner);
}

void
az_log_scanner_release(struct log_scanner *scanner)
{
    az_arena_free(scanner->scratch);
    az_arena_free(scanner->arena);
}

bool
az_log_scanner_is_full(const struct log_scanner *scanner)
{
    return scanner->views.count > MAX_VIEWS ||
           scanner->text_size > MAX_TEXT_SIZE ||
           scanner->bad_metrics.count > AZ_MAX_LOG_BAD_METRICS;
}

void
az_log_scanner_forget(struct log_scanner *scanner)
{
    az_arena_clear(scanner->arena);
    begin(scanner);
}

/* How values in UNIT become base units. */
static void
set_factor(struct log_scanner *scanner, struct log_view *view)
{
    struct az_decimal one = az_decimal_from_int(scanner->scratch, 1), factor;
    struct az_decimal half =
        az_decimal_scale(az_decimal_from_int(scanner->scratch, 5), -1);
    enum az_dimension dimension = view->unit->dimension;

    factor = az_unit_to_base(scanner->scratch, view->unit, one);
    view->shift = factor.exponent;
    factor.exponent = 0;
    /* the factors of all units are small */
    (void)az_decimal_to_int(factor, &view->multiplier);
    view->whole = az_measure_value_fault(dimension, half) != NULL;
    view->may_be_zero =
        az_measure_value_fault(
            dimension, az_decimal_from_int(scanner->scratch, 0)) == NULL;
}

static uint32_t
number_of(struct log_scanner *scanner, struct az_str text)
{
    size_t count = scanner->texts.count;
    uint32_t number = az_log_texts_add(&scanner->texts, text);

    if (scanner->texts.count > count)
        scanner->text_size += text.len;
    return number;
}

static struct az_log_key
key_of(struct log_scanner *scanner, const struct log_line *line)
{
    struct az_log_key key = { .seed = line->seed };

    for (size_t i = 0; i < AZ_LOG_TEXT_COUNT; i++)
        key.texts[i] = number_of(scanner, line->texts[i]);
    return key;
}

/* The view of lines with KEY, which are in UNIT; a new one if there is none. */
static struct log_view *
view_of(struct log_scanner *scanner, const struct az_log_key *key,
        const struct az_unit *unit)
{
    struct log_view *view = az_map_get(&scanner->views, az_log_key_bytes(key));

    if (view != NULL)
        return view;
    view = AZ_NEW(scanner->arena, struct log_view);
    view->key = *key;
    view->unit = unit;
    set_factor(scanner, view);
    az_map_put(&scanner->views, az_log_key_bytes(&view->key), NULL)->value =
        view;
    return view;
}

/* Has VIEW be one that BLOCK has lines of. */
static void
enter_block(struct log_view *view, struct log_block *block)
{
    view->block = block->number;
    view->next = block->views;
    block->views = view;
}

/* Notes that the line at OFFSET, of VIEW, tells TIME, or, empty, none. */
static void
note_time(struct log_scanner *scanner, const struct log_block *block,
          struct log_view *view, struct az_str time, uint32_t offset)
{
    if (time.len == 0) {
        view->untimed = true;
        return;
    }
    for (int side = 0; side < AZ_LOG_SIDE_COUNT; side++) {
        struct log_told *told = &view->times[side];

        if (az_log_time_note(scanner->arena, &told->time, time,
                             (enum az_log_side)side)) {
            told->offset = offset;
            told->line = (uint32_t)block->lines;
        }
    }
}

/* Adds SAMPLE, whose line tells TIME, or, empty, none. */
static void
add_sample(struct log_scanner *scanner, struct log_block *block,
           struct log_sample sample, struct az_str time)
{
    if (sample.view->block != block->number)
        enter_block(sample.view, block);
    note_time(scanner, block, sample.view, time, sample.offset);
    block->samples = az_arena_grow(block->arena, block->samples, block->count,
                                   &block->capacity, sizeof *block->samples);
    block->samples[block->count++] = sample;
}

/* Under what a template is remembered. */
struct template_key {
    const void *view;
    const void *shape;
};

static struct log_template *
find_template(const struct log_scanner *scanner, const struct log_view *view,
              const void *shape)
{
    struct template_key key = { view, shape };

    return az_map_get(&scanner->templates, AZ_KEY_OF(key));
}

static void
remember(struct log_scanner *scanner, struct log_template *template)
{
    struct template_key *key = AZ_NEW(scanner->arena, struct template_key);

    *key = (struct template_key){ template->view, template->shape };
    az_map_put(&scanner->templates,
               (struct az_str){ (const char *)key, sizeof *key }, NULL)
        ->value = template;
}

/* Notes that a line like TEMPLATE came now: behind one like the last, and what
   comes next is first compared with what followed on TEMPLATE. */
static void
follow(struct log_scanner *scanner, struct log_template *template)
{
    if (scanner->last != NULL)
        scanner->last->next = template;
    scanner->last = template;
}

/* The shape of TEMPLATE, whose address stands for it: equal shapes have the
   same.  NULL if no more are kept. */
static const void *
shape_of(struct log_scanner *scanner, const struct log_template *template)
{
    struct az_str text = az_log_template_shape(scanner->scratch, template);
    struct az_map_entry *shape = az_map_find(&scanner->shapes, text);

    if (shape == NULL && scanner->templates.count == MAX_TEMPLATES)
        return NULL;
    if (shape == NULL)
        shape = az_map_put(&scanner->shapes, az_arena_str(scanner->arena, text),
                           NULL);
    return shape->key.p;
}

/* Has the line SOURCE, which was read as LINE, stand for lines like it. */
static void
learn(struct log_scanner *scanner, const struct az_source *source,
      struct log_view *view, const struct log_line *line)
{
    struct log_template *template;
    const void *shape;

    if (scanner->options->plain)
        return;
    template = az_log_template_new(scanner->scratch, source, view, line);
    if (template == NULL)
        return;
    shape = shape_of(scanner, template);
    template = find_template(scanner, view, shape);
    if (template == NULL && scanner->templates.count < MAX_TEMPLATES) {
        template = az_log_template_new(scanner->arena, source, view, line);
        template->shape = shape;
        remember(scanner, template);
    }
    if (template != NULL)
        follow(scanner, template);
}

/* Notes the metric of a bad line. */
static void
note_bad_metric(struct log_scanner *scanner, struct log_block *block,
                struct az_str name)
{
    struct log_bad_metric *metric = az_map_get(&scanner->bad_metrics, name);

    if (name.len == 0 || name.len > MAX_BAD_NAME) {
        block->any_metric = true;
        return;
    }
    if (metric == NULL) {
        metric = AZ_NEW(scanner->arena, struct log_bad_metric);
        metric->name = az_arena_str(scanner->arena, name);
        az_map_put(&scanner->bad_metrics, metric->name, NULL)->value = metric;
    }
    if (metric->block == block->number)
        return;
    metric->block = block->number;
    block->bad_metrics = az_arena_grow(
        block->arena, block->bad_metrics, block->bad_metric_count,
        &block->bad_metric_capacity, sizeof(struct log_bad_metric *));
    block->bad_metrics[block->bad_metric_count++] = metric;
}

static void
note_bad(struct log_scanner *scanner, struct log_block *block, uint32_t offset,
         enum log_fault fault, struct az_str metric)
{
    if (block->bad_count < AZ_MAX_LOG_LOOKS)
        block->bad[block->bad_count] = offset;
    block->bad_count++;
    block->failed_count += fault == LOG_FAILED;
    note_bad_metric(scanner, block, metric);
}

/* Reads the line TEXT as any JSON is. */
static void
read_line(struct log_scanner *scanner, struct log_block *block,
          struct az_str text)
{
    uint32_t offset = (uint32_t)(text.p - block->text.p);
    struct az_source *source;
    enum log_fault fault;
    struct az_log_key key;
    struct log_view *view;
    struct log_line line;
    struct az_sink unheard;

    /* of a longer one there may be no more than its beginning */
    if (text.len <= AZ_MAX_LOG_LINE_SIZE && az_str_is_blank(text))
        return;
    az_arena_clear(scanner->scratch);
    az_sink_init(&unheard, scanner->scratch);
    unheard.limit = 0;
    source = az_source_new(scanner->scratch, scanner->name, text);
    fault = az_log_line_read(scanner->scratch, &unheard, scanner->options,
                             source, &line);
    if (fault != LOG_SOUND) {
        note_bad(scanner, block, offset, fault, line.texts[AZ_LOG_METRIC]);
        return;
    }
    key = key_of(scanner, &line);
    view = view_of(scanner, &key, line.unit);
    add_sample(
        scanner, block,
        (struct log_sample){ view, line.mantissa, line.exponent, offset },
        line.time);
    learn(scanner, source, view, &line);
}

/* The value of MATCH as one of VIEW; false if it takes more than this to tell
   whether it may be. */
static inline bool
convert(const struct log_match *match, const struct log_view *view,
        struct log_sample *sample)
{
    int64_t mantissa;
    int exponent = view->shift - match->decimals;

    if (match->mantissa == 0 && !view->may_be_zero)
        return false;
    if (__builtin_mul_overflow(match->mantissa, view->multiplier, &mantissa) ||
        mantissa >= AZ_SERIES_LIMIT)
        return false;
    for (; view->whole && exponent < 0; exponent++) {
        if (mantissa % 10 != 0)
            return false;
        mantissa /= 10;
    }
    sample->mantissa = mantissa;
    sample->exponent = exponent;
    return true;
}

/* The view of a line of TEMPLATE's kind, with the texts and seed of MATCH; NULL
   if the line has to be read. */
static struct log_view *
view_by(struct log_scanner *scanner, const struct log_template *template,
        const struct log_match *match)
{
    struct az_log_key key = template->view->key;
    const struct az_unit *unit = template->view->unit;

    az_arena_clear(scanner->scratch);
    for (size_t i = 0; match->has_texts && i < AZ_LOG_TEXT_COUNT; i++) {
        if (match->texts[i].p == NULL)
            continue;
        if (!az_log_is_visible(match->texts[i]))
            return NULL;
        key.texts[i] = number_of(scanner, match->texts[i]);
        if (i == AZ_LOG_UNIT)
            unit = az_unit_find(match->texts[i]);
    }
    if (match->has_seed)
        key.seed = match->seed;
    return unit != NULL ? view_of(scanner, &key, unit) : NULL;
}

/* The template of lines of VIEW that are like TEMPLATE; TEMPLATE itself if no
   more are remembered, NULL if a line is to be read for it. */
static struct log_template *
template_of(struct log_scanner *scanner, struct log_template *template,
            const struct log_view *view)
{
    struct log_template *other = find_template(scanner, view, template->shape);

    return other == NULL && scanner->templates.count == MAX_TEMPLATES ? template
                                                                      : other;
}

/* Reads the line at P by TEMPLATE.  The next line, or NULL. */
static const char *
try_template(struct log_scanner *scanner, struct log_block *block,
             struct log_template *template, const char *p, const char *end)
{
    struct log_sample sample = { .view = template->view,
                                 .offset = (uint32_t)(p - block->text.p) };
    struct log_match match;
    const char *next = az_log_match(template, p, end, &match);

    if (next == NULL)
        return NULL;
    sample.mantissa = template->mantissa;
    sample.exponent = template->exponent;
    if (match.has_texts || match.has_seed) {
        sample.view = view_by(scanner, template, &match);
        if (sample.view == NULL ||
            (sample.view != template->view && !match.has_value))
            return NULL;
        template = template_of(scanner, template, sample.view);
        if (template == NULL)
            return NULL;
    }
    if (match.has_value && !convert(&match, sample.view, &sample))
        return NULL;
    add_sample(scanner, block, sample, match.time);
    follow(scanner, template);
    return next;
}

static const char *
try_templates(struct log_scanner *scanner, struct log_block *block,
              const char *p, const char *end)
{
    struct log_template *last = scanner->last, *guess;
    const char *next = NULL;

    if (last == NULL)
        return NULL;
    guess = last->next;
    if (guess != NULL)
        next = try_template(scanner, block, guess, p, end);
    if (next == NULL && guess != last)
        next = try_template(scanner, block, last, p, end);
    return next;
}

static void
clear(struct log_block *block)
{
    block->lines = block->count = block->bad_count = 0;
    block->failed_count = block->bad_metric_count = 0;
    block->any_metric = false;
    block->views = NULL;
}

void
az_log_scan(struct log_scanner *scanner, struct log_block *block)
{
    const char *p = block->text.p, *end = p + block->text.len, *next;

    clear(block);
    block->texts = &scanner->texts;
    for (; p < end; p = next) {
        next = try_templates(scanner, block, p, end);
        if (next == NULL) {
            const char *newline = memchr(p, '\n', (size_t)(end - p));

            read_line(scanner, block,
                      (struct az_str){ p, (size_t)(newline - p) });
            next = newline + 1;
        }
        block->lines++;
    }
}
