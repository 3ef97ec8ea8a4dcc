/* The files that a policy asks for in its "output".
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_POLICY_OUTPUT_H
#define AZ_CLI_POLICY_OUTPUT_H

#include <stdbool.h>

#include "policy/set.h"

/* Writes TEXT to the path that output.KEY of DOCUMENT names below the folder
   ROOT; folders on the way are made.  A document without output.KEY asks for
   no file.  A path that is absolute, or leads out of ROOT, also by a symbolic
   link, and one that SET was read from, is refused.  False after a message on
   standard error. */
bool az_policy_output_write(struct az_set *set, const char *root,
                            const struct az_document *document, const char *key,
                            struct az_str text);

/* Takes away what an earlier run left at that path, if az_policy_output_write
   would write there. */
void az_policy_output_discard(struct az_set *set, const char *root,
                              const struct az_document *document,
                              const char *key);

/* The same for a document that cannot be read, of which there is but the TEXT:
   what stands at the path that it seems to name is taken away if a gate wrote
   it. */
void az_policy_output_discard_guess(struct az_set *set, const char *root,
                                    struct az_str text, const char *key);

/* What TEXT, which cannot be read as JSON or YAML, most likely says of KEY: the
   word behind the first KEY and its colon.  Empty if there is none. */
struct az_str az_policy_output_guess(struct az_str text, const char *key);

#endif
