/* assize schema: the JSON Schema of a kind.
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

static enum az_exit
print_schema(struct az_arena *arena, struct az_sink *sink, const char *name)
{
    const struct az_place command_line = { NULL, { 0, 0 } };
    const struct az_kinds *kinds = az_kinds_new(arena, sink);
    struct az_kind *kind = az_kind_find(kinds, az_str_from(name));
    const struct az_document *document;

    if (kind == NULL) {
        az_diag_hint(sink,
                     az_sink_add(sink, AZ_DIAG_USAGE, command_line,
                                 "there is no kind %s",
                                 az_str_quote(arena, az_str_from(name))),
                     "kinds: %s", az_kind_names(kinds));
        return AZ_EXIT_USAGE;
    }
    document = az_kind_schema_document(kind);
    if (document == NULL)
        return AZ_EXIT_INTERNAL;
    /* as it stands: findings name lines of it */
    return az_print(arena, document->source->text);
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    enum az_exit status = AZ_EXIT_USAGE;
    struct options chosen = { false };
    struct az_list operands = { NULL, 0, 0 };
    struct az_sink sink;

    az_sink_init(&sink, arena);
    if (az_option_parse(arena, &sink, options, argv, &chosen, &operands)) {
        if (chosen.help)
            return az_command_help(arena, &az_command_schema);
        if (operands.count == 1)
            status = print_schema(arena, &sink, operands.items[0]);
        else
            az_sink_add(&sink, AZ_DIAG_USAGE,
                        (struct az_place){ NULL, { 0, 0 } },
                        "'assize schema' takes one kind");
    }
    az_print_findings(&sink);
    return status;
}

const struct az_command az_command_schema = {
    .name = "schema",
    .operands = "KIND",
    .summary = "print the JSON Schema of a kind",
    .description = "Prints the JSON Schema (2020-12) that documents of KIND "
                   "have to match, for editors and\nother validators.",
    .options = options,
    .run = run,
};
