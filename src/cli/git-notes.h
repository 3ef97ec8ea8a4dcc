/* Notes that git keeps on commits.
   SPDX-License-Identifier: MIT

   Git is run so that, as far as it allows, nothing of a repository's
   configuration is: no hooks, no file system monitor, no transport. */

#ifndef AZ_CLI_GIT_NOTES_H
#define AZ_CLI_GIT_NOTES_H

#include <stdint.h>

#include "core/map.h"

struct az_git_notes {
    struct az_arena *arena;
    const char *ref;
    const char *tip;     /* the commit that REF is at; NULL: there is no REF */
    struct az_map texts; /* whole name of a commit -> its struct az_str */
};

/* Whether NAME could be the whole name of an object: 40 or 64 small hexadecimal
   digits. */
bool az_git_is_whole_name(struct az_str name);

/* Whether NAME may be the ref of notes: below refs/notes/, of plain letters. */
bool az_git_notes_is_ref(const char *name);

/* Reads the notes at REF.  NULL, or what is wrong. */
const char *az_git_notes_read(struct az_arena *arena, const char *ref,
                              struct az_git_notes *ret);

/* Whether NAME is the whole name of a commit of the repository. */
bool az_git_notes_is_commit(const struct az_git_notes *notes,
                            struct az_str name);

/* Whether the notes once were at COMMIT, whole name or the beginning. */
bool az_git_notes_were_at(const struct az_git_notes *notes, const char *commit);

/* Makes TEXT the note on COMMIT, by a commit of SECONDS since 1970 behind the
   tip.  False if git does not, or if the notes are at another tip by now, which
   reading them again tells. */
bool az_git_notes_write(struct az_git_notes *notes, struct az_str commit,
                        struct az_str text, int64_t seconds);

/* A path in what all work trees of the repository share, for NAME; NULL if
   there is no repository. */
const char *az_git_notes_path(struct az_arena *arena, const char *name);

#endif
