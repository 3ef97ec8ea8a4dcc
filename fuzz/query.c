/* Fuzz target: a JSONPath, a NUL, a JSON document.
   SPDX-License-Identifier: MIT

   Whatever a path selects must be selected, alone, by its normalized path. */

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#include "core/arena.h"
#include "query/query.h"
#include "read/read.h"

/* Small, for a path can take the depth of a document to a high power. */
enum { MAX_DOCUMENT = 256, MAX_CHECKED = 64 };

static void
check_path(struct az_arena *arena, const struct az_node *root,
           const struct az_node *node, const char *path)
{
    struct az_nodes nodes = { .count = 0 };
    struct az_query_error error;

    require(path != NULL);
    const struct az_query *query =
        az_query_parse(arena, az_str_from(path), &error);
    require(query != NULL);
    require(az_query_is_singular(query));
    require(az_query_run(query, arena, root, &nodes));
    require(nodes.count == 1 && nodes.items[0] == node);
}

static void
run(struct az_arena *arena, const struct az_query *query, struct az_str text)
{
    struct az_nodes nodes = { .count = 0 };
    struct az_sink sink;

    az_sink_init(&sink, arena);
    const struct az_document *document =
        az_read_json(arena, &sink, az_source_new(arena, "fuzz", text));
    if (document == NULL || document->malformed ||
        !az_query_run(query, arena, document->root, &nodes)) {
        return;
    }
    require(nodes.count <= 1 || !az_query_is_singular(query));
    const char **paths = az_query_paths(arena, document->root, &nodes);
    for (size_t i = 0; i < nodes.count && i < MAX_CHECKED; i++) {
        check_path(arena, document->root, nodes.items[i], paths[i]);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *nul = size > 0 ? memchr(text, '\0', size) : NULL;
    size_t len = nul != NULL ? (size_t)(nul - text) : size;
    struct az_arena *arena = az_arena_new(oom);
    struct az_query_error error = { .message = NULL };
    const struct az_query *query =
        az_query_parse(arena, (struct az_str){ .p = text, .len = len }, &error);

    if (query == NULL) {
        require(error.message != NULL && error.offset <= len);
    } else if (nul != NULL && size - len - 1 <= MAX_DOCUMENT) {
        run(arena, query,
            (struct az_str){ .p = nul + 1, .len = size - len - 1 });
    }
    az_arena_free(arena);
    return 0;
}
