/* assize kinds: what sorts of documents there are.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/command.h"
#include "core/arena.h"
#include "policy/kind.h"

static void
describe(struct az_buf *buf, const struct az_kind *kind)
{
    const struct az_node *versions =
        az_node_get(kind->entry, "schema_versions");
    size_t i;

    az_buf_addf(buf, "%-20s  %s\n", kind->name, kind->title);
    az_buf_addf(buf, "%22sschema_version:", "");
    for (i = 0; versions != NULL && i < versions->count; i++)
        az_buf_addf(buf, " %.*s",
                    AZ_STR_ARG(az_node_text(&versions->items[i])));
    az_buf_add_char(buf, '\n');
}

static enum az_exit
list(struct az_sink *sink, const struct az_list *operands)
{
    const struct az_kinds *kinds = az_kinds_new(sink->arena, sink);
    struct az_buf buf;
    size_t i;

    (void)operands;
    az_buf_init(&buf, sink->arena);
    for (i = 0; i < kinds->count; i++)
        describe(&buf, &kinds->items[i]);
    return sink->total > 0 ? AZ_EXIT_INTERNAL : az_cli_print(az_buf_str(&buf));
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
    .description = "Lists the kinds of documents that assize knows, and the "
                   "schema_version that each is\nrecognised by.",
    .options = az_plain_options,
    .run = run,
};
