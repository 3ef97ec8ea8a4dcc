/* Commands that give no report: explain, help, kinds, schema.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/command.h"

struct options {
    bool help;
};

const struct az_option az_plain_options[] = {
    { "help", 'h', AZ_OPTION_FLAG, offsetof(struct options, help), NULL,
      "show this help" },
    { NULL, 0, AZ_OPTION_FLAG, 0, NULL, NULL },
};

enum az_exit
az_cli_run_plain(struct az_arena *arena, char **argv,
                 const struct az_plain_command *plain)
{
    enum az_exit status = AZ_EXIT_USAGE;
    struct options chosen = { false };
    struct az_list operands = { NULL, 0, 0 };
    struct az_sink sink;

    az_sink_init(&sink, arena);
    if (az_option_parse(arena, &sink, az_plain_options, argv, &chosen,
                        &operands)) {
        if (chosen.help)
            return az_command_help(arena, plain->command);
        if (operands.count >= plain->min_operands &&
            operands.count <= plain->max_operands)
            status = plain->run(&sink, &operands);
        else
            az_sink_add(&sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                        "'assize %s' takes %s", plain->command->name,
                        plain->takes);
    }
    az_cli_print_findings(&sink);
    return status;
}
