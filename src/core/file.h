/* Files read whole, within a limit, and written whole or not at all.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_FILE_H
#define AZ_CORE_FILE_H

#include <stdint.h>

#include "core/diag.h"
#include "core/source.h"

/* The text of the regular file PATH ("-": standard input) as a source named
   PATH. NULL with a finding in SINK if it is a directory, a FIFO or another
   thing that is no file, cannot be read, or is over the limit. Never
   blocks on a FIFO. */
struct az_source *az_file_read(struct az_arena *arena, struct az_sink *sink,
                               const char *path);

/* Opens PATH, a regular file of *RET_SIZE bytes, to be read piece by piece; -1
   with a finding in SINK as above. */
int az_file_open(struct az_arena *arena, struct az_sink *sink, const char *path,
                 uint64_t *ret_size);

/* The folder that PATH is in, without a slash behind: "." for a mere name, "-"
   too, and "/" for what is in the root. */
const char *az_file_folder(struct az_arena *arena, const char *path);

/* A text that is the same for all paths of one file, be it there or not; "-" is
   itself. */
struct az_str az_file_identity(struct az_arena *arena, const char *path);

/* Whether PATH stays below the folder it is relative to, by its words: it is
   sound (az_path_complaint), and has no component ".git", since what is git's
   own is not part of a tree.  No file is looked at. */
bool az_file_name_stays_inside(struct az_str path);
/* Whether PATH, a file or folder that is there, is the folder ROOT or below it
   once all links are followed. */
bool az_file_is_inside(const char *root, const char *path);
/* The same, and it is in no folder called .git below ROOT. */
bool az_file_is_in_tree(const char *root, const char *path);
/* The same for what az_file_read reads: where a tree stands in for the disk,
   its names say, since it has no links. */
bool az_file_is_read_inside(struct az_arena *arena, const char *root,
                            const char *path);
/* Whether PATH is a regular file, in the tree that stands in for the disk, or
   else on the disk. */
bool az_file_is_there(struct az_arena *arena, const char *path);
/* Whether nothing has the name PATH, there or on the disk: no folder and no
   link that leads nowhere either. */
bool az_file_is_absent(struct az_arena *arena, const char *path);

/* Writes TEXT to PATH: into a temporary file in the same directory, synced,
   then renamed over PATH, which must not be a device, FIFO or directory.
   False with a finding (output-failed) if anything fails; then PATH is as it
   was and no temporary file stays. */
bool az_file_write(struct az_arena *arena, struct az_sink *sink,
                   const char *path, struct az_str text);

/* The same for a PATH at which there is nothing yet: what is there, be it a
   link that leads nowhere, stays.  False with *RET_EXISTS and no finding then.
 */
bool az_file_create(struct az_arena *arena, struct az_sink *sink,
                    const char *path, struct az_str text, bool *ret_exists);

/* Makes the folders above PATH, which is the folder ROOT, a slash and what is
   below; each is seen to be inside before anything is made in it.  NULL, or
   what is wrong with the path. */
const char *az_file_make_folders(struct az_arena *arena, const char *root,
                                 char *path);

/* Takes the regular file PATH away, if there is one; a link stays. */
void az_file_discard(const char *path);

#endif
