/* Reading the sample logs of a run.
   SPDX-License-Identifier: MIT */

#include "cli/logs.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/file.h"

/* Bytes that are read before there is a bar, and between two looks of it. */
#define PROGRESS_FIRST ((uint64_t)256 << 20)
#define PROGRESS_STEP  ((uint64_t)32 << 20)

struct progress {
    const char *name;
    uint64_t next; /* bytes at which it is shown again */
    bool shown;
};

static void
show(void *context, uint64_t done, uint64_t size)
{
    struct progress *progress = context;

    if (done < progress->next)
        return;
    progress->next = done + PROGRESS_STEP;
    progress->shown = true;
    fprintf(stderr, "\rreading %.60s: ", progress->name);
    if (size > 0)
        fprintf(stderr, "%3u %%", (unsigned)(done * 100 / size));
    else
        fprintf(stderr, "%llu MiB", (unsigned long long)(done >> 20));
}

static void
hide(const struct progress *progress)
{
    if (progress->shown)
        fprintf(stderr, "\r%80s\r", "");
}

/* The fields that CORPUS requires. */
static void
require_fields(struct az_arena *arena, const struct az_document *corpus,
               struct az_log_options *options)
{
    const struct az_node *list =
        corpus == NULL
            ? NULL
            : az_node_get(az_node_get(corpus->root, "scenario_defaults"),
                          "required_log_fields");
    struct az_str *names;

    if (list == NULL || list->type != AZ_ARRAY)
        return;
    names = az_arena_array(arena, list->count, sizeof *names);
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].type == AZ_STRING)
            names[options->required_count++] = az_node_text(&list->items[i]);
    options->required = names;
}

static bool
is_new(struct az_arena *arena, struct az_sink *sink, struct az_map *seen,
       const char *path)
{
    /* standard input may be named as a file too */
    const char *file = strcmp(path, "-") == 0 ? "/dev/stdin" : path;
    bool is_new;

    az_map_put(seen, az_file_identity(arena, file), &is_new);
    if (!is_new)
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "the sample log %s is named twice",
                    az_str_quote(arena, az_str_from(path)));
    return is_new;
}

static void
report_empty(struct az_sink *sink, const char *path)
{
    const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;

    az_diag_hint(
        sink,
        az_sink_add(sink, AZ_DIAG_NOTHING_JUDGED,
                    az_place_of(az_source_new(sink->arena, name, AZ_STR("")),
                                (struct az_span){ 0, 0 }),
                    "the sample log %s has no sample that can be used",
                    az_str_quote(sink->arena, az_str_from(name))),
        "see whether what writes it ran: each line is the object of a sample");
}

bool
az_cli_read_logs(struct az_arena *arena, struct az_sink *sink,
                 const struct az_list *paths, const struct az_document *corpus,
                 struct az_log *ret)
{
    struct az_log_options options = { .required = NULL };
    struct progress progress = { .name = NULL };
    struct az_map seen;
    bool whole = true;

    az_map_init(&seen, arena);
    require_fields(arena, corpus, &options);
    if (isatty(STDERR_FILENO)) {
        options.progress = show;
        options.context = &progress;
    }
    az_log_init(ret, arena, sink, &options);
    for (size_t i = 0; i < paths->count && !ret->exhausted; i++) {
        size_t before = ret->samples;

        progress = (struct progress){ .name = paths->items[i],
                                      .next = PROGRESS_FIRST };
        if (!is_new(arena, sink, &seen, paths->items[i]))
            continue;
        if (!az_log_read(ret, paths->items[i]))
            whole = false;
        else if (ret->samples == before)
            report_empty(sink, paths->items[i]);
        hide(&progress);
    }
    return whole;
}
