/* Fuzz target: a JSONPath, a NUL, a JSON document.
   SPDX-License-Identifier: MIT

   Whatever a path selects must be selected, alone, by its normalized path; and
   it takes the steps that it takes, of however many it is given. */

#include "support.h"

#include "core/arena.h"
#include "core/limits.h"
#include "query/query.h"
#include "read/read.h"

/* Small, for a path can take the depth of a document to a high power. */
enum { MAX_DOCUMENT = 256, MAX_CHECKED = 64, FEW_STEPS = 16 };

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

/* Runs QUERY in STEPS steps: whether it has an answer, and in *RET_TAKEN what
   it took. */
static bool
run_within(struct az_arena *arena, const struct az_query *query,
           const struct az_node *root, size_t steps, size_t *ret_taken)
{
    struct az_nodes nodes = { .count = 0 };
    size_t left = steps;
    bool found = az_query_run_within(query, arena, root, &nodes, &left);

    require(left <= steps);
    require(!found || nodes.count <= steps - left);
    *ret_taken = steps - left;
    return found;
}

/* What is enough is enough again, and one step less is not, unless patterns
   that were given up matter. */
static void
check_steps(struct az_arena *arena, const struct az_query *query,
            const struct az_node *root)
{
    size_t taken, again, most = az_arena_limits(arena)->query_steps;

    (void)run_within(arena, query, root, FEW_STEPS, &taken);
    if (!run_within(arena, query, root, most, &taken) ||
        az_query_has_patterns(query))
        return;
    require(run_within(arena, query, root, taken, &again) && again == taken);
    require(taken > 0 && !run_within(arena, query, root, taken - 1, &again));
    require(again == taken - 1);
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
    check_steps(arena, query, document->root);
    const char **paths = az_query_paths(arena, document->root, &nodes);
    for (size_t i = 0; i < nodes.count && i < MAX_CHECKED; i++) {
        check_path(arena, document->root, nodes.items[i], paths[i]);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_str document = { (const char *)data, size };
    struct az_str path = next_part(&document);
    struct az_arena *arena = az_arena_new(oom);
    struct az_query_error error = { .message = NULL };
    const struct az_query *query = az_query_parse(arena, path, &error);

    if (query == NULL)
        require(error.message != NULL && error.offset <= path.len);
    else if (document.len <= MAX_DOCUMENT)
        run(arena, query, document);
    az_arena_free(arena);
    return 0;
}
