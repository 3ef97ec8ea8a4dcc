/* parse-json FILE: reads FILE with the reader of assize, and exits.
   SPDX-License-Identifier: MIT

   What is timed against parse-jsonc.  Prints the milliseconds of reading the
   file and of making the tree. */

#include "support.h"

#include "core/arena.h"
#include "core/file.h"
#include "read/read.h"

int
main(int argc, char **argv)
{
    struct az_arena *arena = az_arena_new(out_of_memory);
    const struct az_document *document = NULL;
    const struct az_source *source = NULL;
    double start = now_ns(CLOCK_MONOTONIC), read, parsed;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    if (argc == 2)
        source = az_file_read(arena, &sink, argv[1]);
    if (source == NULL) {
        fprintf(stderr, "usage: parse-json FILE\n");
        return 2;
    }
    read = now_ns(CLOCK_MONOTONIC);
    document = az_read_json(arena, &sink, source);
    parsed = now_ns(CLOCK_MONOTONIC);
    if (document == NULL || document->malformed)
        return 1;
    printf("assize: read %.1f ms, parsed %.1f ms\n", (read - start) / 1e6,
           (parsed - read) / 1e6);
    az_arena_free(arena);
    return 0;
}
