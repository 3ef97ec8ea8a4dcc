/* The files of git's index, in place of those of the disk.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_STAGED_H
#define AZ_CLI_STAGED_H

#include <stdbool.h>

struct az_sink;

/* Has the arena of SINK carry the files of git's index for the work tree of the
   working directory.  False after a finding (usage) where there is no git, no
   work tree, or no answer. */
bool az_staged_use(struct az_sink *sink);

#endif
