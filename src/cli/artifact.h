/* Files that a policy asks for.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_ARTIFACT_H
#define AZ_CLI_ARTIFACT_H

#include <stdbool.h>

#include "policy/set.h"

/* Writes TEXT to the path that output.KEY of DOCUMENT names below the folder
   ROOT; folders on the way are made.  A document without output.KEY asks for
   no file.  A path that is absolute, or leads out of ROOT, also by a symbolic
   link, and one that SET was read from, is refused.  False after a message on
   standard error. */
bool az_artifact_write(const struct az_set *set, const char *root,
                       const struct az_document *document, const char *key,
                       struct az_str text);

#endif
