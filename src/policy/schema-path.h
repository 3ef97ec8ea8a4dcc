/* Paths of schema files, and URIs.
   SPDX-License-Identifier: MIT */

#ifndef AZ_POLICY_SCHEMA_PATH_H
#define AZ_POLICY_SCHEMA_PATH_H

#include "core/str.h"

/* A folder below which each file is known as URI and its path. */
struct az_schema_folder {
    struct az_str uri; /* ends with a slash */
    const char *path;
};

/* NAME, a path, relative to FOLDER. */
const char *az_schema_path_join(struct az_arena *arena, const char *folder,
                                struct az_str name);

/* The shortest way to say PATH from the working directory, links followed: the
   same for all ways to say it. PATH itself if there is no such folder. */
const char *az_schema_path_clean(struct az_arena *arena, const char *path);

/* The file: URI (RFC 8089) of PATH, links followed; empty if there is no such
   file. */
struct az_str az_schema_uri_of_path(struct az_arena *arena, const char *path);

/* The path of URI, as short as it can be said from the working directory; NULL
   if it is no file: URI of this host. */
const char *az_schema_path_of_uri(struct az_arena *arena, struct az_str uri);

/* The file that URI is below the FOLDERS, COUNT of them: below the one with the
   longest URI.  NULL if it is below none.  *RET_PROBLEM is why it must not be
   read, or NULL. */
const char *az_schema_path_below(struct az_arena *arena,
                                 const struct az_schema_folder *folders,
                                 size_t count, struct az_str uri,
                                 const char **ret_problem);

#endif
