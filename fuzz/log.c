/* Fuzz target: sample logs, read quickly and plainly.
   SPDX-License-Identifier: MIT

   Whatever the bytes are, templates, threads and the size of a block change
   nothing: the same samples in the same groups, the same findings. */

#include <unistd.h>

#include "support.h"

#include "core/arena.h"
#include "core/diag.h"
#include "measure/log.h"

struct reading {
    struct az_arena *arena;
    struct az_sink sink;
    struct az_log log;
    bool whole;
};

static void
read_log(struct reading *r, const char *path,
         const struct az_log_options *options)
{
    r->arena = az_arena_new(oom);
    az_sink_init(&r->sink, r->arena);
    az_log_init(&r->log, r->arena, &r->sink, options);
    r->whole = az_log_read(&r->log, path);
    az_sink_sort(&r->sink);
}

static void
compare_group(const struct az_log_group *a, const struct az_log_group *b)
{
    require(az_str_eq(a->metric->name, b->metric->name));
    require(a->seed == b->seed && a->dimension == b->dimension);
    require((a->metric->refused == NULL) == (b->metric->refused == NULL));
    require(a->samples.count == b->samples.count);
    require(a->samples.size == b->samples.size);
    require(a->samples.size <= 8 * a->samples.count + AZ_SERIES_SPARE_SIZE);
    require(az_series_equal(&a->samples, &b->samples));
    require(az_series_hash(&a->samples) == az_series_hash(&b->samples));
}

/* Whether X, of A, and Y have the same time, in the same line. */
static void
compare_time(const struct reading *a, const struct az_log_context *x,
             const struct az_log_context *y, enum az_log_side side)
{
    struct az_str time = az_log_context_time(x, side);
    struct az_place here, there;

    require(az_str_eq(time, az_log_context_time(y, side)));
    if (time.len == 0)
        return;
    here = az_log_context_time_place(a->arena, x, side);
    there = az_log_context_time_place(a->arena, y, side);
    require(here.source->before == there.source->before);
    require(here.span.start == there.span.start);
    require(az_str_eq(here.source->text, there.source->text));
}

static void
compare_context(const struct reading *a, const struct reading *b, size_t index)
{
    const struct az_log_context *x = az_log_context_at(&a->log, index);
    const struct az_log_context *y = az_log_context_at(&b->log, index);

    require(x->key.seed == y->key.seed && x->unit == y->unit);
    for (int i = 0; i < AZ_LOG_TEXT_COUNT; i++)
        require(az_str_eq(az_log_text(&a->log, x, (enum az_log_text)i),
                          az_log_text(&b->log, y, (enum az_log_text)i)));
    require(x->untimed == y->untimed);
    for (int i = 0; i < AZ_LOG_SIDE_COUNT; i++)
        compare_time(a, x, y, (enum az_log_side)i);
}

/* Whether the first line of each context is kept as it stands in TEXT. */
static void
check_lines(const struct reading *r, struct az_str text)
{
    struct az_source *file = az_source_new(r->arena, "", text);

    for (size_t i = 0; i < r->log.contexts.count; i++) {
        const struct az_source *kept =
            az_log_context_place(r->arena, az_log_context_at(&r->log, i))
                .source;
        struct az_str line = az_source_line(file, kept->before + 1);

        require(az_str_starts_with(kept->text, line));
    }
}

static void
compare_findings(const struct az_sink *a, const struct az_sink *b)
{
    require(a->total == b->total && a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct az_diag *x = a->diags[i], *y = b->diags[i];

        require(x->id == y->id && x->class == y->class);
        require(strcmp(x->message, y->message) == 0);
        require(x->place.span.start == y->place.span.start);
        require(az_source_position(x->place.source, x->place.span.start).line ==
                az_source_position(y->place.source, y->place.span.start).line);
    }
}

static void
compare(const struct reading *a, const struct reading *b)
{
    require(a->whole == b->whole);
    require(a->log.samples == b->log.samples);
    require(a->log.groups.count == b->log.groups.count);
    require(a->log.contexts.count == b->log.contexts.count);
    for (size_t i = 0; i < a->log.groups.count; i++)
        compare_group(az_log_group_at(&a->log, i), az_log_group_at(&b->log, i));
    for (size_t i = 0; i < a->log.contexts.count; i++)
        compare_context(a, b, i);
    compare_findings(&a->sink, &b->sink);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct az_log_options plainly = { .plain = true, .jobs = 1 };
    static const struct az_log_options ways[] = {
        { .jobs = 1 },
        { .jobs = 1, .block_size = 1 },
        { .jobs = 2, .block_size = 200 },
    };
    struct reading plain, quick;
    char path[] = "/tmp/fuzz-log.XXXXXX";
    int fd = mkstemp(path);

    require(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    read_log(&plain, path, &plainly);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        read_log(&quick, path, &ways[i]);
        compare(&plain, &quick);
        if (size < 2 || data[0] != 0x1f || data[1] != 0x8b)
            check_lines(&quick, (struct az_str){ (const char *)data, size });
        az_arena_free(quick.arena);
    }
    az_arena_free(plain.arena);
    close(fd);
    unlink(path);
    return 0;
}
