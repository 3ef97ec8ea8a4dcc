/* read-log FILE...: reads sample logs, and prints how many samples there are.
   SPDX-License-Identifier: MIT */

#include <stdio.h>
#include <stdlib.h>

#include "core/arena.h"
#include "measure/log.h"

static void
oom(void)
{
    abort();
}

int
main(int argc, char **argv)
{
    const char *jobs = getenv("JOBS"), *plain = getenv("PLAIN");
    struct az_log_options options = { .required = NULL };
    struct az_arena *arena = az_arena_new(oom);
    struct az_sink sink;
    struct az_log log;

    if (jobs != NULL)
        options.jobs = (unsigned)atoi(jobs);
    options.plain = plain != NULL;
    az_sink_init(&sink, arena);
    az_log_init(&log, arena, &sink, &options);
    for (int i = 1; i < argc; i++)
        az_log_read(&log, argv[i]);
    printf("%zu samples, %zu groups, %zu findings\n", log.samples,
           log.groups.count, sink.total);
    for (size_t i = 0; i < sink.count && i < 5; i++)
        fprintf(stderr, "%u: %s\n",
                az_source_position(sink.diags[i]->place.source,
                                   sink.diags[i]->place.span.start)
                    .line,
                sink.diags[i]->message);
    az_arena_free(arena);
    return sink.total == 0 ? 0 : 1;
}
