/* The steps of rows as text.
   SPDX-License-Identifier: MIT */

#include <config.h>

#include "cli/steps.h"

/* The text of KEY of OBJECT, escaped; nothing if it has none. */
static void
add_text(struct az_buf *buf, const struct az_node *object, const char *key)
{
    const struct az_node *value = az_node_get(object, key);

    if (value != NULL && value->type == AZ_STRING)
        az_buf_add_escaped(buf, az_node_text(value), 0);
}

/* "  decision    pass        warn_threshold: 7 <= 8 us (budgets.json:98)" */
static void
add_step(struct az_buf *buf, const struct az_node *step)
{
    const struct az_node *status = az_node_get(step, "status");
    struct az_str word =
        status->type == AZ_STRING ? az_node_text(status) : AZ_STR("");

    az_buf_addf(buf, "  %-10.*s  %-10.*s  ",
                AZ_STR_ARG(az_node_text(az_node_get(step, "step"))),
                AZ_STR_ARG(word));
    if (az_node_get(step, "rule")->type == AZ_STRING) {
        add_text(buf, step, "rule");
        az_buf_add_c(buf, ": ");
    }
    add_text(buf, step, "reason");
    if (az_node_get(step, "file")->type == AZ_STRING) {
        az_buf_add_c(buf, " (");
        add_text(buf, step, "file");
        az_buf_add_char(buf, ':');
        az_node_print(buf, az_node_get(step, "line"));
        az_buf_add_char(buf, ')');
    }
    az_buf_add_char(buf, '\n');
}

void
az_cli_add_steps(struct az_buf *buf, const struct az_node *rows)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct az_node *row = &rows->items[i];
        const struct az_node *steps = az_node_get(row, "explain");
        const struct az_node *environment = az_node_get(row, "environment");

        if (steps == NULL)
            continue;
        add_text(buf, row, "metric_id");
        if (environment->type == AZ_STRING) {
            az_buf_add_c(buf, " in ");
            add_text(buf, row, "environment");
        }
        az_buf_add_c(buf, ":\n");
        for (uint32_t k = 0; k < steps->count; k++)
            add_step(buf, &steps->items[k]);
    }
}
