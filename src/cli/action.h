/* What the first operand of a command chooses.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_ACTION_H
#define AZ_CLI_ACTION_H

#include "cli/command.h"

struct az_action {
    const char *name;
    const char *options;    /* that it takes beside those of all, each between
                               blanks; NULL: none */
    void (*run)(void *run); /* with the command's own state; NULL: nothing is
                               left to do */
};

/* The one of COMMAND's ACTIONS, two at least up to one without a name, that the
   operands name first; NULL after a finding (usage). */
const struct az_action *az_action_find(struct az_sink *sink,
                                       const struct az_command *command,
                                       const struct az_action *actions,
                                       const struct az_list *operands);

#endif
