/* What git knows.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_GIT_H
#define AZ_CLI_GIT_H

#include <stdbool.h>

struct az_arena;

/* Whether the working directory is in a git repository; also true where that
   cannot be told, so that git is asked. */
bool az_git_present(struct az_arena *arena);
/* The full name of the commit at HEAD, asked of the git program; NULL if git
   does not tell. */
const char *az_git_head(struct az_arena *arena);

#endif
