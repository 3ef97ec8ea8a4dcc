/* parse-json FILE: reads FILE with the reader of assize, and exits.
   SPDX-License-Identifier: MIT

   What is timed against parse-jsonc.  Prints the milliseconds of reading the
   file and of making the tree. */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/arena.h"
#include "core/file.h"
#include "read/read.h"

static double
now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

int
main(int argc, char **argv)
{
    struct az_arena *arena = az_arena_new(abort);
    const struct az_document *document = NULL;
    const struct az_source *source = NULL;
    double start = now_ms(), read, parsed;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    if (argc == 2)
        source = az_file_read(arena, &sink, argv[1]);
    if (source == NULL) {
        fprintf(stderr, "usage: parse-json FILE\n");
        return 2;
    }
    read = now_ms();
    document = az_read_json(arena, &sink, source);
    parsed = now_ms();
    if (document == NULL || document->malformed)
        return 1;
    printf("assize: read %.1f ms, parsed %.1f ms\n", read - start,
           parsed - read);
    az_arena_free(arena);
    return 0;
}
