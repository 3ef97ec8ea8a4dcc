/* assize help: the commands, and each one's options.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/command.h"
#include "core/arena.h"

enum az_exit
az_command_help(struct az_arena *arena, const struct az_command *command)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_addf(&buf, "usage: assize %s [OPTION...]%s%s\n\n%s\n\noptions:\n",
                command->name, command->operands[0] == '\0' ? "" : " ",
                command->operands, command->description);
    az_option_describe(&buf, command->options);
    az_buf_addf(&buf, "\n'man assize-%s' has more.\n", command->name);
    return az_cli_print(az_buf_str(&buf));
}

static enum az_exit
list_commands(struct az_arena *arena)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    az_buf_add_c(&buf,
                 "usage: assize COMMAND [ARGUMENT...]\n\n"
                 "assize checks performance policies and judges measurements "
                 "by them.\n\ncommands:\n");
    for (i = 0; az_commands[i] != NULL; i++)
        az_buf_addf(&buf, "  %-10s  %s\n", az_commands[i]->name,
                    az_commands[i]->summary);
    az_buf_add_c(&buf,
                 "\n'assize help COMMAND' shows a command's options, "
                 "'assize --version' the version.\n"
                 "exit status: 0 pass or warn, 1 fail, 2 usage, 3 unreadable "
                 "or malformed input,\n4 no verdict, 5 internal error or "
                 "output not written.\n");
    return az_cli_print(az_buf_str(&buf));
}

/* Help about the command that OPERANDS names, or about all. */
static enum az_exit
help(struct az_sink *sink, const struct az_list *operands)
{
    const struct az_command *command;

    if (operands->count == 0)
        return list_commands(sink->arena);
    command = az_command_find(sink->arena, sink, operands->items[0]);
    return command == NULL ? AZ_EXIT_USAGE
                           : az_command_help(sink->arena, command);
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    static const struct az_plain_command plain = { &az_command_help_entry, 0, 1,
                                                   "one command", help };

    return az_cli_run_plain(arena, argv, &plain);
}

const struct az_command az_command_help_entry = {
    .name = "help",
    .operands = "[COMMAND]",
    .summary = "show the commands, or one command's options",
    .description = "Lists the commands, or tells what COMMAND does and which "
                   "options it has.",
    .options = az_plain_options,
    .run = run,
};
