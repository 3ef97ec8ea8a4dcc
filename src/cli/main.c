/* The program: finds the command, runs it.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "cli/command.h"
#include "core/arena.h"

const struct az_command *const az_commands[] = {
    &az_command_baseline, &az_command_check,      &az_command_explain,
    &az_command_gate,     &az_command_help_entry, &az_command_history,
    &az_command_init,     &az_command_kinds,      &az_command_query,
    &az_command_schema,   &az_command_self_test,  NULL,
};

/* Nothing may be allocated here. */
static void
out_of_memory(void)
{
    static const char message[] = "assize: error: out of memory\n";

    if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
        _exit(AZ_EXIT_INTERNAL);
    _exit(AZ_EXIT_INTERNAL);
}

const struct az_command *
az_command_find(struct az_arena *arena, struct az_sink *sink, const char *name)
{
    size_t count, nearest;
    struct az_str *names;
    struct az_diag *diag;

    for (count = 0; az_commands[count] != NULL; count++)
        if (strcmp(az_commands[count]->name, name) == 0)
            return az_commands[count];
    names = az_arena_array(arena, count, sizeof(*names));
    for (count = 0; az_commands[count] != NULL; count++)
        names[count] = az_str_from(az_commands[count]->name);
    nearest = az_str_nearest(az_str_from(name), names, count);
    diag = az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE, "unknown command %s",
                       az_str_quote(arena, az_str_from(name)));
    if (nearest < count)
        az_diag_hint(sink, diag, "did you mean '%s'?",
                     az_commands[nearest]->name);
    else
        az_diag_hint(sink, diag, "'assize help' lists the commands");
    return NULL;
}

static enum az_exit
run(struct az_arena *arena, char **argv)
{
    static char help[] = "help";
    const struct az_command *command;
    struct az_sink sink;

    az_sink_init(&sink, arena);
    if (strcmp(argv[0], "--version") == 0)
        return az_cli_print(AZ_STR("assize " PACKAGE_VERSION "\n"));
    if (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0)
        argv[0] = help;
    command = az_command_find(arena, &sink, argv[0]);
    if (command != NULL)
        return command->run(arena, argv);
    az_cli_print_findings(&sink);
    return AZ_EXIT_USAGE;
}

/* A file that is opened must not become standard input, output or error
   because one of these is closed; they stay unusable. */
static void
occupy_standard_files(void)
{
    int fd;

    for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int
main(int argc, char **argv)
{
    static const char usage[] =
        "usage: assize COMMAND [ARGUMENT...]; 'assize help' lists the "
        "commands\n";
    struct az_arena *arena;
    enum az_exit status;

    occupy_standard_files();
    /* a reader that goes away is output not written, and files still are */
    signal(SIGPIPE, SIG_IGN);
    /* and so is a file that may not grow */
    signal(SIGXFSZ, SIG_IGN);
    if (argc < 2) {
        if (write(STDERR_FILENO, usage, sizeof(usage) - 1) < 0)
            return AZ_EXIT_INTERNAL;
        return AZ_EXIT_USAGE;
    }
    arena = az_arena_new(out_of_memory);
    status = run(arena, argv + 1);
    az_arena_free(arena);
    return (int)status;
}
