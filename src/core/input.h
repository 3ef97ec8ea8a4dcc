/* A file, or standard input, read piece by piece; gzip is unpacked.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_INPUT_H
#define AZ_CORE_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "core/diag.h"

struct az_input;

/* Opens the regular file PATH ("-": standard input), in ARENA, and to be
   closed. NULL with a finding if it cannot be opened or is no file
   (az_file_read). What is read needs memory of its own, so that another thread
   may read. */
struct az_input *az_input_open(struct az_arena *arena, struct az_sink *sink,
                               const char *path);
/* Up to SIZE bytes to TO; how many, 0 at the end, and from then on.  What ends
   it before its time, az_input_close says: an error of the system, gzip data
   that are damaged, cut short or followed by something else, or more than
   AZ_MAX_LOG_SIZE bytes. */
size_t az_input_read(struct az_input *input, char *to, size_t size);
/* Bytes of the file that were read, and that it has (0: not known). */
uint64_t az_input_done(const struct az_input *input);
uint64_t az_input_size(const struct az_input *input);
/* How the input is called in findings. */
const char *az_input_name(const struct az_input *input);
/* Closes INPUT.  False with a finding if it could not be read to its end. */
bool az_input_close(struct az_input *input, struct az_sink *sink);

#endif
