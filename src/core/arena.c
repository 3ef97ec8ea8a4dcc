/* Memory that is released all at once.
   SPDX-License-Identifier: MIT */

#define _DEFAULT_SOURCE 1 /* madvise is no part of POSIX */

#include "core/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>

#include "core/limits.h"

#if defined(__SANITIZE_ADDRESS__)
#    define ONE_OBJECT_PER_BLOCK 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define ONE_OBJECT_PER_BLOCK 1
#    endif
#endif
#ifndef ONE_OBJECT_PER_BLOCK
#    define ONE_OBJECT_PER_BLOCK 0
#endif

/* The first block serves a small run: what of it is not touched costs nothing.
   The next ones grow up to the large size, so that a large document takes few
   calls of malloc. */
#define FIRST_BLOCK   ((size_t)512 << 10)
#define SCRATCH_BLOCK ((size_t)32 << 10)
#define LARGE_BLOCK   ((size_t)4 << 20)
/* Enough for whatever we have, which is no long double; with its 16 the small
   objects of a run would take a tenth more memory. */
#define ALIGNMENT ((size_t)8)
/* What Linux calls a huge page, on x86 and most of ARM. */
#define HUGE_PAGE ((size_t)2 << 20)

struct block {
    struct block *next;
    alignas(ALIGNMENT) char bytes[];
};

struct deferred {
    struct deferred *next;
    void (*release)(void *);
    void *object;
};

struct az_arena {
    az_oom_fn *on_oom;
    struct block *blocks;
    struct block *current; /* where FREE points into */
    struct deferred *deferred;
    char *free;
    char *end;
    size_t block_size;
    uint64_t seed;
    const struct az_limits *limits;
    const struct az_file_tree *files;
};

const struct az_limits az_limits_own = {
#define AZ_LIMIT(name, most) .name = (most),
    AZ_LIMITS(AZ_LIMIT)
#undef AZ_LIMIT
};

static struct az_arena *
arena_new(az_oom_fn *on_oom, size_t block_size)
{
    struct az_arena *arena = calloc(1, sizeof(*arena));

    if (arena == NULL) {
        on_oom();
        abort();
    }
    arena->on_oom = on_oom;
    arena->block_size = block_size;
    arena->limits = &az_limits_own;
    return arena;
}

struct az_arena *
az_arena_new(az_oom_fn *on_oom)
{
    struct az_arena *arena = arena_new(on_oom, FIRST_BLOCK);

    if (getrandom(&arena->seed, sizeof(arena->seed), GRND_NONBLOCK) < 0)
        arena->seed = (uint64_t)(uintptr_t)arena;
    return arena;
}

struct az_arena *
az_arena_new_like(const struct az_arena *arena)
{
    struct az_arena *like = arena_new(arena->on_oom, SCRATCH_BLOCK);

    like->seed = arena->seed;
    like->limits = arena->limits;
    like->files = arena->files;
    return like;
}

static void
run_deferred(struct az_arena *arena)
{
    struct deferred *deferred;

    for (deferred = arena->deferred; deferred != NULL;
         deferred = deferred->next)
        deferred->release(deferred->object);
    arena->deferred = NULL;
}

/* Frees all blocks but KEPT. */
static void
free_blocks(struct az_arena *arena, struct block *kept)
{
    struct block *block, *next;

    for (block = arena->blocks; block != NULL; block = next) {
        next = block->next;
        if (block != kept)
            free(block);
    }
    arena->blocks = kept;
    if (kept != NULL)
        kept->next = NULL;
}

void
az_arena_clear(struct az_arena *arena)
{
    run_deferred(arena);
    free_blocks(arena, arena->current);
    if (arena->current != NULL)
        arena->free = arena->current->bytes;
}

void
az_arena_free(struct az_arena *arena)
{
    if (arena == NULL)
        return;
    run_deferred(arena);
    free_blocks(arena, NULL);
    free(arena);
}

void
az_arena_oom(struct az_arena *arena)
{
    arena->on_oom();
    abort();
}

uint64_t
az_arena_seed(const struct az_arena *arena)
{
    return arena->seed;
}

/* SIZE bytes, for free(); NULL without memory.  Large ones ask for huge pages:
   the kernel then hands out 2 MiB at a fault instead of 4 KiB, and a document
   of 50 MB is read in two thirds of the time.  Where it has none to give, they
   are memory like any other. */
static void *
allocate(size_t size)
{
#ifdef MADV_HUGEPAGE
    void *p = NULL;

    if (size >= HUGE_PAGE) {
        if (posix_memalign(&p, HUGE_PAGE, size) != 0)
            return NULL;
        madvise(p, size, MADV_HUGEPAGE);
        return p;
    }
#endif
    return malloc(size);
}

static char *
block_new(struct az_arena *arena, size_t size)
{
    struct block *block = NULL;

    if (size <= SIZE_MAX - sizeof(*block))
        block = allocate(sizeof(*block) + size);
    if (block == NULL)
        az_arena_oom(arena);
    block->next = arena->blocks;
    arena->blocks = block;
    return block->bytes;
}

void *
az_arena_alloc(struct az_arena *arena, size_t size)
{
    size_t wanted;
    char *p;

    if (ONE_OBJECT_PER_BLOCK)
        return block_new(arena, size);
    if (size > SIZE_MAX - ALIGNMENT)
        az_arena_oom(arena);
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size > (size_t)(arena->end - arena->free)) {
        if (size > arena->block_size / 4)
            return block_new(arena, size);
        wanted = arena->block_size - sizeof(struct block);
        arena->free = block_new(arena, wanted);
        arena->current = arena->blocks;
        arena->end = arena->free + wanted;
        if (arena->block_size < LARGE_BLOCK)
            arena->block_size *= 2;
    }
    p = arena->free;
    arena->free += size;
    return p;
}

void *
az_arena_array(struct az_arena *arena, size_t count, size_t size)
{
    size_t total;
    void *p;

    if (__builtin_mul_overflow(count, size, &total))
        az_arena_oom(arena);
    p = az_arena_alloc(arena, total);
    memset(p, 0, total);
    return p;
}

void *
az_arena_regrow(struct az_arena *arena, void *old, size_t count,
                size_t *capacity, size_t size)
{
    size_t wanted = *capacity < 2 ? 2 : *capacity, total;
    void *p;

    if (__builtin_mul_overflow(wanted, 2, &wanted) ||
        __builtin_mul_overflow(wanted, size, &total))
        az_arena_oom(arena);
    p = az_arena_alloc(arena, total);
    if (count > 0)
        memcpy(p, old, count * size);
    *capacity = wanted;
    return p;
}

struct az_str
az_arena_str(struct az_arena *arena, struct az_str s)
{
    char *p = az_arena_alloc(arena, s.len + 1);

    if (s.len > 0)
        memcpy(p, s.p, s.len);
    p[s.len] = '\0';
    return (struct az_str){ p, s.len };
}

char *
az_arena_strdup(struct az_arena *arena, const char *c)
{
    size_t size = strlen(c) + 1;

    return memcpy(az_arena_alloc(arena, size), c, size);
}

char *
az_arena_vprintf(struct az_arena *arena, const char *format, va_list args)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_vaddf(&buf, format, args);
    return buf.p;
}

char *
az_arena_printf(struct az_arena *arena, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = az_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

void
az_arena_defer(struct az_arena *arena, void (*release)(void *), void *object)
{
    struct deferred *deferred = AZ_NEW(arena, struct deferred);

    *deferred = (struct deferred){ arena->deferred, release, object };
    arena->deferred = deferred;
}

const struct az_limits *
az_arena_limits(const struct az_arena *arena)
{
    return arena->limits;
}

void
az_arena_set_limits(struct az_arena *arena, const struct az_limits *limits)
{
    arena->limits = limits;
}

const struct az_file_tree *
az_arena_files(const struct az_arena *arena)
{
    return arena->files;
}

void
az_arena_set_files(struct az_arena *arena, const struct az_file_tree *files)
{
    arena->files = files;
}
