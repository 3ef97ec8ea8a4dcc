/* Memory that is released all at once.
   SPDX-License-Identifier: MIT

   One arena serves a run (or a worker); what it gives lives as long as it
   does and is never released alone.  Under AddressSanitizer each object is a
   malloc of its own, so that an overrun inside a block cannot hide. */

#ifndef AZ_CORE_ARENA_H
#define AZ_CORE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/str.h"

struct az_arena;
struct az_file_tree;
struct az_limits;

/* Called when memory is out; must not return. */
typedef void az_oom_fn(void);

/* A new arena; released with az_arena_free.  Never NULL: out of memory goes to
   ON_OOM, here and in every function below. */
struct az_arena *az_arena_new(az_oom_fn *on_oom)
    __attribute__((returns_nonnull, warn_unused_result, nonnull));
/* A new arena with ARENA's on_oom, seed, limits and files, released by itself:
   for work whose traces should not stay as long as the run. */
struct az_arena *az_arena_new_like(const struct az_arena *arena)
    __attribute__((returns_nonnull, warn_unused_result, nonnull));
/* Runs the deferred releases, last first, then gives all memory back. */
void az_arena_free(struct az_arena *arena);

/* Takes everything back that the arena gave, and keeps some memory for what it
   gives next: for scratch work that is done again and again.  Deferred releases
   run. */
void az_arena_clear(struct az_arena *arena);

/* SIZE bytes, uninitialised, aligned for any object but a long double. */
void *az_arena_alloc(struct az_arena *arena, size_t size)
    __attribute__((returns_nonnull, malloc, alloc_size(2)));
/* COUNT objects of SIZE bytes, all zero. */
void *az_arena_array(struct az_arena *arena, size_t count, size_t size)
    __attribute__((returns_nonnull, malloc, alloc_size(2, 3)));
/* SIZE bytes, all zero; known sizes are cleared in place. */
static inline __attribute__((returns_nonnull)) void *
az_arena_zeroed(struct az_arena *arena, size_t size)
{
    return memset(az_arena_alloc(arena, size), 0, size);
}
#define AZ_NEW(arena, type) ((type *)az_arena_zeroed((arena), sizeof(type)))

/* Twice the capacity; for az_arena_grow. */
void *az_arena_regrow(struct az_arena *arena, void *old, size_t count,
                      size_t *capacity, size_t size)
    __attribute__((returns_nonnull, warn_unused_result));
/* Room for one more object in a growing array: OLD when COUNT < *CAPACITY, else
   a copy of twice the capacity.  Use: v = az_arena_grow(a, v, n, &cap, sizeof
   *v); v[n++] = x; */
static inline void *
az_arena_grow(struct az_arena *arena, void *old, size_t count, size_t *capacity,
              size_t size)
{
    return count < *capacity
               ? old
               : az_arena_regrow(arena, old, count, capacity, size);
}

/* Copies that live in the arena and end in a NUL. */
struct az_str az_arena_str(struct az_arena *arena, struct az_str s);
char *az_arena_strdup(struct az_arena *arena, const char *c);
char *az_arena_printf(struct az_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3), returns_nonnull));
char *az_arena_vprintf(struct az_arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0), returns_nonnull));

/* Has RELEASE(OBJECT) called when the arena is freed: for objects of foreign
   libraries that live as long as the run. */
void az_arena_defer(struct az_arena *arena, void (*release)(void *),
                    void *object);

/* Out of memory, found by somebody else (a library that returned NULL). */
void az_arena_oom(struct az_arena *arena) __attribute__((noreturn));

/* A number nobody outside can foresee, for hashing; it shows in no output. */
uint64_t az_arena_seed(const struct az_arena *arena);

/* The limits of the run that ARENA serves: az_limits_own (core/limits.h) until
   others are set, which must live as long as it. */
const struct az_limits *az_arena_limits(const struct az_arena *arena)
    __attribute__((returns_nonnull));
void az_arena_set_limits(struct az_arena *arena,
                         const struct az_limits *limits);

/* The files that stand in for those of the disk (core/file-tree.h); NULL, as at
   first: none do. */
const struct az_file_tree *az_arena_files(const struct az_arena *arena);
void az_arena_set_files(struct az_arena *arena,
                        const struct az_file_tree *files);

#endif
