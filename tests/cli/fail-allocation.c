/* A library to be preloaded: the allocation number FAIL_ALLOCATION fails.
   SPDX-License-Identifier: MIT

   Counts calls of malloc, calloc and realloc from the start of the program and
   has the one of that number, and with FAIL_ONWARD set all after it, return
   NULL.  With FAIL_COUNT, a file's name, it writes the number of calls there at
   the end instead. */

#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static unsigned long calls, failing;
static bool onward, ready;

/* dlsym may allocate before it can tell where malloc is. */
static char early[4096];
static size_t early_used;

static void *
take_early(size_t size)
{
    void *taken = early + early_used;

    size = (size + 15) / 16 * 16;
    if (size > sizeof(early) - early_used)
        abort();
    early_used += size;
    return taken;
}

__attribute__((constructor)) static void
prepare(void)
{
    const char *number = getenv("FAIL_ALLOCATION");

    /* POSIX lets a function's address pass through void *; ISO C does not. */
    *(void **)&real_malloc = dlsym(RTLD_NEXT, "malloc");
    *(void **)&real_calloc = dlsym(RTLD_NEXT, "calloc");
    *(void **)&real_realloc = dlsym(RTLD_NEXT, "realloc");
    if (number != NULL)
        failing = strtoul(number, NULL, 10);
    onward = getenv("FAIL_ONWARD") != NULL;
    unsetenv("LD_PRELOAD"); /* not for programs that this one starts */
    ready = true;
}

__attribute__((destructor)) static void
report(void)
{
    const char *name = getenv("FAIL_COUNT");
    unsigned long total = calls;
    FILE *file;

    ready = false;
    file = name != NULL ? fopen(name, "w") : NULL;
    if (file != NULL) {
        fprintf(file, "%lu\n", total);
        fclose(file);
    }
}

static bool
fails(void)
{
    if (!ready)
        return false;
    calls++;
    if (failing == 0 || calls < failing || (calls > failing && !onward))
        return false;
    errno = ENOMEM;
    return true;
}

void *
malloc(size_t size)
{
    if (fails())
        return NULL;
    return real_malloc != NULL ? real_malloc(size) : take_early(size);
}

void *
calloc(size_t count, size_t size)
{
    if (fails())
        return NULL;
    return real_calloc != NULL ? real_calloc(count, size)
                               : take_early(count * size);
}

void *
realloc(void *old, size_t size)
{
    void *taken;

    if (fails())
        return NULL;
    if (real_realloc != NULL)
        return real_realloc(old, size);
    taken = take_early(size);
    if (old != NULL)
        memcpy(taken, old, size);
    return taken;
}
