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

/* The one line that git prints when it is run with ARGUMENTS; NULL if it does
   not print one. */
const char *az_git_ask(struct az_arena *arena, const char *const *arguments);
/* The branch that HEAD is on; NULL if it is on none, or git does not tell. */
const char *az_git_branch(struct az_arena *arena);

/* What git prints when it is run with ARGUMENTS, "git" first, NULL last; up to
   LIMIT bytes.  False if it fails or prints more. */
bool az_git_run(struct az_arena *arena, const char *const *arguments,
                size_t limit, struct az_str *ret);

/* The same for a git that is given INPUT to read, and prints as much as LIMIT
   after it has read all of it. */
bool az_git_feed(struct az_arena *arena, const char *const *arguments,
                 struct az_str input, size_t limit, struct az_str *ret);

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

/* The text of the blob called OBJECT, asked of SERVER, a "git cat-file
   --batch"; a byte over ARENA's limit of file sizes at most.  False if git does
   not give it. */
bool az_git_blob(const struct az_git_server *server, struct az_arena *arena,
                 struct az_str object, struct az_str *ret);

#endif
