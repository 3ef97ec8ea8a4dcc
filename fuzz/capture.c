/* Fuzz target: a pattern, a NUL, a text.
   SPDX-License-Identifier: MIT

   Each match stands in one line, behind the one before it, and each group is
   the text at its place; where there is no match, there is a reason, at a place
   in the text. */

#include "support.h"

#include "core/arena.h"
#include "regex/regex.h"
#include "rule/capture.h"

static void
check_match(const struct az_node *match, struct az_str text)
{
    struct az_str line = { text.p + match->span.start,
                           match->span.end - match->span.start };
    size_t i;

    require(match->type == AZ_OBJECT && match->span.end <= text.len);
    require(memchr(line.p, '\n', line.len) == NULL);
    for (i = 0; i < match->count; i++) {
        const struct az_node *value = &match->members[i].value;

        require(
            value->span.end <= text.len &&
            value->count == value->span.end - value->span.start &&
            (value->count == 0 || value->text == text.p + value->span.start));
    }
}

static void
check_matches(const struct az_document *document)
{
    const struct az_node *root = document->root;
    size_t i;

    require(root->type == AZ_ARRAY && root->count > 0);
    for (i = 0; i < root->count; i++) {
        check_match(&root->items[i], document->source->text);
        require(i == 0 ||
                root->items[i].span.start >= root->items[i - 1].span.end);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct az_str text = { (const char *)data, size };
    struct az_str pattern = next_part(&text);
    struct extract_error error = { .message = NULL };
    struct az_arena *arena = az_arena_new(oom);
    const struct az_document *document;
    struct az_regex_error refused;
    struct az_regex *regex = az_regex_new_capture(arena, pattern, &refused);

    if (regex != NULL) {
        document = az_capture_lines(arena, az_source_new(arena, "fuzz", text),
                                    regex, &error);
        if (document != NULL)
            check_matches(document);
        else
            require(error.message != NULL && error.span.end <= size);
    }
    az_arena_free(arena);
    return 0;
}
