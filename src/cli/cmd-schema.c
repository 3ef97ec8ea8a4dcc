/* assize schema: the JSON Schema of a kind.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/command.h"
#include "core/arena.h"
#include "policy/kind.h"

static enum az_exit
print_schema(struct az_sink *sink, const struct az_list *operands)
{
    struct az_kinds *kinds = az_kinds_new(sink->arena, sink);
    struct az_str name = az_str_from(operands->items[0]);
    struct az_kind *kind = az_kind_find(kinds, name);
    const struct az_document *document;

    /* a project's mistakes are nobody's business who asks for a built-in one */
    if (kind == NULL) {
        if (!az_kinds_add_own(kinds))
            return AZ_EXIT_INPUT;
        kind = az_kind_require(kinds, name);
    }
    if (kind == NULL)
        return AZ_EXIT_USAGE;
    document = az_kind_schema_document(kind);
    if (document == NULL)
        return AZ_EXIT_INTERNAL;
    /* as it stands: findings name lines of it */
    return az_cli_print(document->source->text);
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    static const struct az_plain_command plain = { &az_command_schema, 1, 1,
                                                   "one kind", print_schema };

    return az_cli_run_plain(arena, argv, &plain);
}

const struct az_command az_command_schema = {
    .name = "schema",
    .operands = "KIND",
    .summary = "print the JSON Schema of a kind",
    .description = "Prints the JSON Schema (2020-12) that documents of KIND "
                   "have to match, for editors and\nother validators.",
    .options = az_plain_options,
    .run = run,
};
