/* Reading the sample logs of a run.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_LOGS_H
#define AZ_CLI_LOGS_H

#include "cli/option.h"
#include "core/diag.h"
#include "core/node.h"
#include "measure/log.h"

/* Reads the logs PATHS, whose lines have the fields that CORPUS requires (NULL:
   those that all have), into *RET.  A file that is named twice is read once,
   with a finding, and a log without a sample is one too.  While it takes long,
   and somebody is looking, standard error shows how far it is.  False if not
   all could be read. */
bool az_cli_read_logs(struct az_arena *arena, struct az_sink *sink,
                      const struct az_list *paths,
                      const struct az_document *corpus, struct az_log *ret);

#endif
