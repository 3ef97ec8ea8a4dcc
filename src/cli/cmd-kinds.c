/* assize kinds: what sorts of documents there are.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdint.h>

#include "cli/command.h"
#include "core/arena.h"
#include "policy/kind.h"

/* "LABEL: WORD..." for each word of KEY in the entry of KIND, which may be one
   string. */
static void
add_words(struct az_buf *buf, const struct az_kind *kind, const char *label,
          const char *key)
{
    const struct az_node *words = az_node_get(kind->entry, key);
    bool list = words != NULL && words->type == AZ_ARRAY;
    size_t i;

    if (words == NULL)
        return;
    az_buf_addf(buf, "%22s%s:", "", label);
    for (i = 0; i < (list ? words->count : 1); i++) {
        az_buf_add_char(buf, ' ');
        az_buf_add_escaped(buf, az_node_text(list ? &words->items[i] : words),
                           SIZE_MAX);
    }
    az_buf_add_char(buf, '\n');
}

static void
describe(struct az_buf *buf, const struct az_kind *kind)
{
    struct az_place place;

    az_buf_addf(buf, "%-20s  ", kind->name);
    az_buf_add_escaped(buf, az_str_from(kind->title), SIZE_MAX);
    az_buf_add_char(buf, '\n');
    add_words(buf, kind, "schema_version", "schema_versions");
    add_words(buf, kind, "$schema", "schema_uris");
    add_words(buf, kind, "keys", "keys");
    add_words(buf, kind, "files", "files");
    if (kind->built_in) {
        az_buf_addf(buf, "%22sbuilt in\n", "");
        return;
    }
    add_words(buf, kind, "schema", "schema");
    add_words(buf, kind, "rules", "rules");
    add_words(buf, kind, "sample", "sample");
    place = az_document_place(kind->kinds->project.document, kind->entry);
    az_buf_addf(buf, "%22sfrom " AZ_PROJECT_FILE ":%u\n", "",
                az_source_position(place.source, place.span.start).line);
}

static enum az_exit
list(struct az_sink *sink, const struct az_list *operands)
{
    struct az_kinds *kinds = az_kinds_new(sink->arena, sink);
    bool good = az_kinds_add_own(kinds);
    enum az_exit status;
    struct az_buf buf;
    size_t i;

    (void)operands;
    az_buf_init(&buf, sink->arena);
    for (i = 0; i < (good ? kinds->count : kinds->built_in_count); i++)
        describe(&buf, &kinds->items[i]);
    status = az_cli_print(az_buf_str(&buf));
    return good || status != AZ_EXIT_PASS ? status : AZ_EXIT_INPUT;
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    static const struct az_plain_command plain = { &az_command_kinds, 0, 0,
                                                   "no operand", list };

    return az_cli_run_plain(arena, argv, &plain);
}

const struct az_command az_command_kinds = {
    .name = "kinds",
    .operands = "",
    .summary = "list the kinds of documents",
    .description = "Lists the kinds of documents that assize knows, what each "
                   "is recognised by, and where it\ncomes from: built in, or "
                   "the project's assize.yaml.",
    .options = az_plain_options,
    .run = run,
};
