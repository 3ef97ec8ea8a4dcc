/* read-log FILE...: reads sample logs, and prints how many samples there are.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include "core/arena.h"
#include "measure/log.h"

int
main(int argc, char **argv)
{
    struct az_log_options options = { .required = NULL };
    struct az_arena *arena = az_arena_new(out_of_memory);
    struct az_sink sink;
    struct az_log log;

    az_sink_init(&sink, arena);
    az_log_init(&log, arena, &sink, &options);
    for (int i = 1; i < argc; i++)
        az_log_read(&log, argv[i]);
    printf("%zu samples, %zu groups, %zu findings\n", log.samples,
           log.groups.count, sink.total);
    az_arena_free(arena);
    return sink.total == 0 ? 0 : 1;
}
