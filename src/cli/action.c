/* What the first operand of a command chooses.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/action.h"

#include <string.h>

#include "core/arena.h"

/* "save, show or promote" */
static const char *
list_names(struct az_arena *arena, const struct az_action *actions)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    for (size_t i = 0; actions[i].name != NULL; i++)
        az_buf_addf(&buf, "%s%s",
                    i == 0                        ? ""
                    : actions[i + 1].name == NULL ? " or "
                                                  : ", ",
                    actions[i].name);
    return buf.p;
}

const struct az_action *
az_action_find(struct az_sink *sink, const struct az_command *command,
               const struct az_action *actions, const struct az_list *operands)
{
    const char *name = operands->count > 0 ? operands->items[0] : NULL;

    for (size_t i = 0; name != NULL && actions[i].name != NULL; i++)
        if (strcmp(name, actions[i].name) == 0)
            return &actions[i];
    az_diag_hint(
        sink,
        az_sink_add(
            sink, AZ_DIAG_USAGE, AZ_NOWHERE, "'assize %s' takes %s%s%s",
            command->name, list_names(sink->arena, actions),
            name == NULL ? "" : ", not ",
            name == NULL ? "" : az_str_quote(sink->arena, az_str_from(name))),
        "as in: assize %s %s FILE", command->name, actions[1].name);
    return NULL;
}
