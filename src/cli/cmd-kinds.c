/* assize kinds: what sorts of documents there are.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/command.h"
#include "core/arena.h"
#include "policy/kind.h"

struct options {
    bool help;
};

static const struct az_option options[] = {
    { "help", 'h', AZ_OPTION_FLAG, offsetof(struct options, help), NULL,
      "show this help" },
    { NULL, 0, AZ_OPTION_FLAG, 0, NULL, NULL },
};

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
list(struct az_arena *arena, struct az_sink *sink)
{
    const struct az_kinds *kinds = az_kinds_new(arena, sink);
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    for (i = 0; i < kinds->count; i++)
        describe(&buf, &kinds->items[i]);
    if (sink->total > 0) {
        az_print_findings(sink);
        return AZ_EXIT_INTERNAL;
    }
    return az_print(arena, az_buf_str(&buf));
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    struct options chosen = { false };
    struct az_list operands = { NULL, 0, 0 };
    struct az_sink sink;

    az_sink_init(&sink, arena);
    if (az_option_parse(arena, &sink, options, argv, &chosen, &operands)) {
        if (chosen.help)
            return az_command_help(arena, &az_command_kinds);
        if (operands.count == 0)
            return list(arena, &sink);
        az_sink_add(&sink, AZ_DIAG_USAGE, (struct az_place){ NULL, { 0, 0 } },
                    "'assize kinds' takes no operand");
    }
    az_print_findings(&sink);
    return AZ_EXIT_USAGE;
}

const struct az_command az_command_kinds = {
    .name = "kinds",
    .operands = "",
    .summary = "list the kinds of documents",
    .description = "Lists the kinds of documents that assize knows, and the "
                   "schema_version that each is\nrecognised by.",
    .options = options,
    .run = run,
};
