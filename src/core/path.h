/* Paths that documents name.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_PATH_H
#define AZ_CORE_PATH_H

#include "core/str.h"

/* What keeps PATH from being one that is relative, stays inside the folder that
   it is read from and is spelt in one way only: "has a component '.' or '..'";
   NULL if nothing does.  No file is looked at. */
const char *az_path_complaint(struct az_str path);

#endif
