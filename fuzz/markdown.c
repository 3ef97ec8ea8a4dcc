/* Fuzz target: a Markdown page, its heading "H".
   SPDX-License-Identifier: MIT

   A table has rows of as many cells as columns, each where it stands in the
   page; where there is none, there is a reason, at a place in the page. */

#include "support.h"

#include "core/arena.h"
#include "rule/markdown.h"

static void
check_table(const struct az_document *document, size_t size)
{
    const struct az_node *root = document->root;
    size_t i, k;

    require(root->type == AZ_ARRAY && root->count > 0);
    for (i = 0; i < root->count; i++) {
        const struct az_node *row = &root->items[i];

        require(row->type == AZ_OBJECT && row->count == root->items[0].count);
        for (k = 0; k < row->count; k++)
            require(row->members[k].value.span.start >= row->span.start &&
                    row->members[k].value.span.end <= size);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_str text = { (const char *)data, size };
    struct az_arena *arena = az_arena_new(oom);
    struct extract_error error = { .message = NULL };
    const struct az_document *document = az_markdown_table(
        arena, az_source_new(arena, "fuzz", text), AZ_STR("H"), &error);

    if (document != NULL)
        check_table(document, size);
    else
        require(error.message != NULL && error.span.end <= size);
    az_arena_free(arena);
    return 0;
}
