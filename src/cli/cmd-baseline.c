/* assize baseline: runs that are kept, and compared with.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include <limits.h>
#include <string.h>

#include "cli/action.h"
#include "cli/baseline-run.h"
#include "core/arena.h"

/* What a run that is no part of a pair has for a number, and the largest that
   one has. */
#define NO_PAIR  UINT_MAX
#define MAX_PAIR 1000000u

#define GATE(member) offsetof(struct az_baseline_options, gate.member)

static const struct az_option options[] = {
    { "budgets", 'b', AZ_OPTION_TEXT, GATE(budgets), "FILE",
      "the performance budgets" },
    { "profile", 'p', AZ_OPTION_TEXT, GATE(profile), "NAME",
      "the budget profile of the run" },
    { "measurements", 'm', AZ_OPTION_LIST, GATE(measurements), "FILE",
      "a measurement summary; may be repeated" },
    { "log", 0, AZ_OPTION_LIST, GATE(logs), "FILE",
      "a sample log, packed with gzip or not; may be repeated" },
    { "corpus", 0, AZ_OPTION_TEXT, GATE(corpus), "FILE",
      "the benchmark corpus" },
    { "policy", 0, AZ_OPTION_TEXT, GATE(policy), "FILE",
      "the optimization policy" },
    { "commit", 0, AZ_OPTION_TEXT, GATE(commit), "COMMIT",
      "what the measurements must be of; git's HEAD by default" },
    { "branch", 0, AZ_OPTION_TEXT, GATE(branch), "NAME",
      "the branch of the run; git's branch by default" },
    { "pair", 0, AZ_OPTION_COUNT, offsetof(struct az_baseline_options, pair),
      "N", "the run is one half of pair N" },
    { "baseline", 0, AZ_OPTION_TEXT, GATE(baseline), "FILE",
      "the baseline to promote to; the budgets' by default" },
    { "init", 0, AZ_OPTION_FLAG, offsetof(struct az_baseline_options, init),
      NULL, "begin the baseline, which must not be there yet" },
    AZ_GRADING_OPTIONS(struct az_gate_options),
    AZ_COMMON_OPTIONS(struct az_gate_options),
    { NULL, 0, AZ_OPTION_FLAG, 0, NULL, NULL },
};

static const struct az_action actions[] = {
    { "save", " profile measurements log corpus policy commit branch pair ",
      az_baseline_save },
    { "show", " ", az_baseline_show },
    { "promote", " corpus policy baseline init ", az_baseline_promote },
    { NULL, NULL, NULL },
};

/* An option that ACTION would not look at is a mistake of whoever gave it. */
static void
check_options(struct az_sink *sink, const struct az_action *action,
              const struct az_baseline_options *chosen)
{
    const struct az_gate_options *gate = &chosen->gate;
    const struct {
        const char *name;
        bool given;
    } all[] = {
        { "profile", gate->profile != NULL },
        { "measurements", gate->measurements.count > 0 },
        { "log", gate->logs.count > 0 },
        { "corpus", gate->corpus != NULL },
        { "policy", gate->policy != NULL },
        { "commit", gate->commit != NULL },
        { "branch", gate->branch != NULL },
        { "pair", chosen->pair != NO_PAIR },
        { "baseline", gate->baseline != NULL },
        { "init", chosen->init },
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (all[i].given &&
            strstr(action->options,
                   az_arena_printf(sink->arena, " %s ", all[i].name)) == NULL)
            az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                        "'assize baseline %s' takes no option '--%s'",
                        action->name, all[i].name);
}

/* The action that the operands name, with its file; NULL after findings. */
static const struct az_action *
understand(struct az_sink *sink, const struct az_list *operands,
           const struct az_baseline_options *chosen)
{
    const struct az_action *action =
        az_action_find(sink, &az_command_baseline, actions, operands);

    if (action == NULL)
        return NULL;
    check_options(sink, action, chosen);
    if (chosen->pair != NO_PAIR &&
        (chosen->pair == 0 || chosen->pair > MAX_PAIR))
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "option '--pair' takes a number from 1 to %u", MAX_PAIR);
    if (operands->count < 2)
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "'assize baseline %s' needs a file", action->name);
    else if (operands->count > 2)
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "'assize baseline %s' takes one file, but %s was given too",
                    action->name,
                    az_str_quote(sink->arena, az_str_from(operands->items[2])));
    return sink->errors_by_class[AZ_CLASS_USAGE] == 0 ? action : NULL;
}

static enum az_exit
run_baseline(struct az_arena *arena, char **argv)
{
    struct az_baseline_options chosen = { .pair = NO_PAIR };
    struct az_list operands = { NULL, 0, 0 };
    struct az_baseline_run run = { .report = { .command = "baseline",
                                               .rows = az_make_empty() } };
    const struct az_action *action = NULL;
    struct az_sink sink;
    bool good;

    az_sink_init(&sink, arena);
    good = az_option_parse(arena, &sink, options, argv, &chosen, &operands);
    if (good && chosen.gate.common.help)
        return az_command_help(arena, &az_command_baseline);
    if (good && az_cli_check_common(&sink, &chosen.gate.common))
        action = understand(&sink, &operands, &chosen);
    if (chosen.pair == NO_PAIR)
        chosen.pair = 0;
    az_gate_run_begin(&run.gate, &sink, &chosen.gate, &run.result);
    run.gate.values_only = true;
    run.chosen = &chosen;
    for (size_t i = 1; i < operands.count; i++)
        az_set_note_input(&run.gate.set, operands.items[i]);
    if (action == NULL) {
        az_cli_spare_inputs(&run.gate.set, &chosen.gate.common);
        return az_cli_give_up(&run.report, &sink, &chosen.gate.common);
    }
    run.file.path = run.file.name = operands.items[1];
    action->run(&run);
    az_cli_spare_inputs(&run.gate.set, &chosen.gate.common);
    return az_cli_finish(&run.report, &sink, &chosen.gate.common);
}

const struct az_command az_command_baseline = {
    .name = "baseline",
    .operands = "save|show|promote FILE",
    .summary = "keep runs, and promote them to the baseline",
    .description =
        "'save' adds to FILE the values of a run, read and judged as 'assize "
        "gate' does.  'show'\nlists the metrics of FILE with their levels.  "
        "'promote' adds the runs of FILE to the\nbaseline, unless one is "
        "worse than the budgets and the baseline allow.",
    .options = options,
    .run = run_baseline,
};
