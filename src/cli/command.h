/* Commands, and what they have in common.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_COMMAND_H
#define AZ_CLI_COMMAND_H

#include "cli/option.h"
#include "core/verdict.h"
#include "report/report.h"

/* Exit statuses, frozen by tests/cli/exit-status.sh. Those of a finding's class
   have the class's number. */
enum az_exit {
    AZ_EXIT_PASS = 0,
    AZ_EXIT_FAIL = AZ_CLASS_JUDGED,
    AZ_EXIT_USAGE = AZ_CLASS_USAGE,
    AZ_EXIT_INPUT = AZ_CLASS_INPUT,
    AZ_EXIT_NO_VERDICT = AZ_CLASS_NO_VERDICT,
    AZ_EXIT_INTERNAL = AZ_CLASS_INTERNAL,
};

struct az_set;

/* What each reporting command understands; first in its options. */
struct az_common_options {
    bool help;
    const char *format;
    struct az_list outputs;
    const char *color;
    const char *now;
    unsigned max_errors;
    unsigned warn_exit;
};

/* The rows of an option table for these; TYPE is the struct of the command's
   options, whose member COMMON they are. */
/* clang-format off */
#define AZ_COMMON_OPTIONS(type)                                                \
    { "format", 'f', AZ_OPTION_TEXT, offsetof(type, common.format), "FORMAT",  \
      "text (the default), json or ndjson on standard output" },               \
    { "output", 'o', AZ_OPTION_LIST, offsetof(type, common.outputs),           \
      "FORMAT=FILE", "write the report to FILE as well; may be repeated" },    \
    { "max-errors", 0, AZ_OPTION_COUNT, offsetof(type, common.max_errors),     \
      "N", "show N findings at most; the verdict counts all" },                \
    { "color", 0, AZ_OPTION_TEXT, offsetof(type, common.color), "WHEN",        \
      "colour and carets: auto (the default), always, never" },                \
    { "now", 0, AZ_OPTION_TEXT, offsetof(type, common.now), "TIME",            \
      "judge and report as at TIME, RFC 3339 in UTC" },                        \
    { "warn-exit", 0, AZ_OPTION_COUNT, offsetof(type, common.warn_exit), "N",  \
      "exit with N when the verdict is warn; 0 by default" },                  \
    { "help", 'h', AZ_OPTION_FLAG, offsetof(type, common.help), NULL,          \
      "show this help" }
/* clang-format on */

struct az_command {
    const char *name;
    const char *operands; /* for the usage line */
    const char *summary;
    const char *description; /* a paragraph for the help */
    const struct az_option *options;
    /* ARGV[0] is the command's name. */
    enum az_exit (*run)(struct az_arena *arena, char **argv);
};

/* All commands, sorted by name, up to a NULL name. */
extern const struct az_command *const az_commands[];
/* Ends the list with NULL. */
const struct az_command *
az_command_find(struct az_arena *arena, struct az_sink *sink, const char *name);

/* Writes the help of COMMAND to standard output. */
enum az_exit az_command_help(struct az_arena *arena,
                             const struct az_command *command);

/* What a command takes that gives no report and has no option but --help. */
struct az_plain_command {
    const struct az_command *command;
    size_t min_operands;
    size_t max_operands;
    const char *takes; /* for the message: "one id" */
    /* Findings in SINK are printed behind what it prints. */
    enum az_exit (*run)(struct az_sink *sink, const struct az_list *operands);
};

/* The option table of such a command. */
extern const struct az_option az_plain_options[];

/* Parses ARGV and runs PLAIN. */
enum az_exit az_cli_run_plain(struct az_arena *arena, char **argv,
                              const struct az_plain_command *plain);

/* Prints TEXT on standard output; AZ_EXIT_INTERNAL, after a message, when it
   cannot all be written. */
enum az_exit az_cli_print(struct az_str text);

/* Prints the findings of SINK on standard error: for commands that give no
   report. */
void az_cli_print_findings(const struct az_sink *sink);

/* Checks the common options; false after findings (usage). */
bool az_cli_check_common(struct az_sink *sink,
                         struct az_common_options *common);

/* Says that neither the command line nor a project names files (usage); returns
   false. */
bool az_cli_want_files(struct az_sink *sink);

/* Takes out of the outputs of COMMON those files that SET was read from, with a
   finding (usage) for each: nothing is written over what was judged. */
void az_cli_spare_inputs(struct az_set *set, struct az_common_options *common);

/* Takes away what an earlier run left at the outputs of COMMON: a run that is
   killed must not leave it to be taken for its own.  Files that SET is read
   from stay. */
void az_cli_discard_outputs(struct az_set *set,
                            const struct az_common_options *common);

/* Sorts the sink and fills in what all reports have: verdict, version, time. */
void az_cli_complete(struct az_report *report, struct az_sink *sink,
                     const struct az_common_options *common);

/* Sorts the sink, fills in what all reports have (verdict, version, time),
   prints and writes the report as COMMON says, and gives the exit status. */
enum az_exit az_cli_finish(struct az_report *report, struct az_sink *sink,
                           const struct az_common_options *common);

/* Ends a run that could not begin: the findings of SINK go to standard error,
   and files of --output say that there is no verdict, so that none is left from
   an earlier run.  REPORT has the command; the rest is filled in.
   AZ_EXIT_USAGE. */
enum az_exit az_cli_give_up(struct az_report *report, struct az_sink *sink,
                            const struct az_common_options *common);
/* The same for the mistakes that SET's sink has of the command line of COMMAND;
   what SET notes as input and what the project names stays. */
enum az_exit az_cli_refuse(const char *command, struct az_set *set,
                           struct az_common_options *common);

/* The time of the run, RFC 3339 in UTC: --now, else SOURCE_DATE_EPOCH, else the
   clock. */
const char *az_cli_time(struct az_arena *arena,
                        const struct az_common_options *common);

extern const struct az_command az_command_check;
extern const struct az_command az_command_explain;
extern const struct az_command az_command_gate;
extern const struct az_command az_command_help_entry;
extern const struct az_command az_command_baseline;
extern const struct az_command az_command_history;
extern const struct az_command az_command_init;
extern const struct az_command az_command_kinds;
extern const struct az_command az_command_query;
extern const struct az_command az_command_schema;
extern const struct az_command az_command_self_test;

#endif
