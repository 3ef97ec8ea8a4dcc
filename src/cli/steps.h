/* The steps of rows as text.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_STEPS_H
#define AZ_CLI_STEPS_H

#include "core/node.h"
#include "core/str.h"

/* Appends the steps of those of ROWS that explain themselves: for each a line
   with its metric and environment, and below it a line for each step. */
void az_cli_add_steps(struct az_buf *buf, const struct az_node *rows);

#endif
