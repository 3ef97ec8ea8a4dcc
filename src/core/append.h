/* A file that grows by whole pieces, under a lock.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_APPEND_H
#define AZ_CORE_APPEND_H

#include "core/diag.h"
#include "core/limits.h"
#include "core/source.h"

enum az_append_mode {
    AZ_APPEND_READ,   /* to be read; others may read it too */
    AZ_APPEND_WRITE,  /* to be read and appended to */
    AZ_APPEND_CREATE, /* the same, and made if it is not there */
    AZ_APPEND_LOCK,   /* made if it is not there, for its lock alone, which
                         stands for that on another file */
};

/* Milliseconds to wait for others before giving up. */
#define AZ_APPEND_WAIT (AZ_MAX_LOCK_SECONDS * 1000u)

/* An open file, and the lock on it, which ends with the process if not
   before. */
struct az_append {
    struct az_arena *arena;
    struct az_sink *sink;
    const char *path;
    enum az_append_mode mode;
    int fd;                   /* -1: there is no such file */
    bool created;             /* by this run */
    struct az_source *source; /* its text; NULL if there is no file */
};

/* Opens PATH, a regular file and no symbolic link, waits up to WAIT
   milliseconds for its lock (fcntl's), and reads it whole.  No such file is no
   mistake.  False after a finding: file-unreadable or file-too-large, or
   output-failed where what cannot be is appending or locking. */
bool az_append_open(struct az_arena *arena, struct az_sink *sink,
                    const char *path, enum az_append_mode mode, unsigned wait,
                    struct az_append *ret);

/* Puts TEXT behind the first KEEP bytes of the file, of which there are so many
   at least, with one write, and has the disk keep it.  False with a finding
   (output-failed) if that fails; then nothing is behind those bytes. */
bool az_append_write(struct az_append *append, size_t keep, struct az_str text);

/* Lets others in.  A file that this run has made and put nothing into goes, and
   with AZ_APPEND_LOCK one that a run left that was killed, too. */
void az_append_close(struct az_append *append);

#endif
