/* What git knows.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_GIT_H
#define AZ_CLI_GIT_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/str.h"

struct az_arena;

/* Whether the working directory is in a git repository; also true where that
   cannot be told, so that git is asked. */
bool az_git_present(struct az_arena *arena);
/* The full name of the commit at HEAD, asked of the git program; NULL if git
   does not tell. */
const char *az_git_head(struct az_arena *arena);

/* The branch that HEAD is on; NULL if it is on none, or git does not tell. */
const char *az_git_branch(struct az_arena *arena);

/* What git prints when it is run with ARGUMENTS, "git" first, NULL last; up to
   LIMIT bytes.  False if it fails or prints more. */
bool az_git_run(struct az_arena *arena, const char *const *arguments,
                size_t limit, struct az_str *ret);

/* A git that answers requests. */
struct az_git_server {
    pid_t child;
    int requests; /* what is written here */
    int answers;  /* is answered here; not inherited by others */
};

/* Starts git with ARGUMENTS; it ends with ARENA.  False if it does not start.
 */
bool az_git_serve(struct az_arena *arena, const char *const *arguments,
                  struct az_git_server *ret);

#endif
