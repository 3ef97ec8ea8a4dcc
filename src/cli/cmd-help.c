/* assize help: the commands, and each one's options.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/command.h"
#include "core/arena.h"

struct options {
    bool help;
};

static const struct az_option options[] = {
    { "help", 'h', AZ_OPTION_FLAG, offsetof(struct options, help), NULL,
      "show this help" },
    { NULL, 0, AZ_OPTION_FLAG, 0, NULL, NULL },
};

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
    return az_print(arena, az_buf_str(&buf));
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
    return az_print(arena, az_buf_str(&buf));
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    const struct az_command *command;
    struct options chosen = { false };
    struct az_list operands = { NULL, 0, 0 };
    struct az_sink sink;

    az_sink_init(&sink, arena);
    if (az_option_parse(arena, &sink, options, argv, &chosen, &operands)) {
        if (chosen.help)
            return az_command_help(arena, &az_command_help_entry);
        if (operands.count == 0)
            return list_commands(arena);
        command = az_command_find(arena, &sink, operands.items[0]);
        if (command != NULL)
            return az_command_help(arena, command);
    }
    az_print_findings(&sink);
    return AZ_EXIT_USAGE;
}

const struct az_command az_command_help_entry = {
    .name = "help",
    .operands = "[COMMAND]",
    .summary = "show the commands, or one command's options",
    .description = "Lists the commands, or tells what COMMAND does and which "
                   "options it has.",
    .options = options,
    .run = run,
};
