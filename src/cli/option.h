/* Options: one table for parsing, usage, help and the manual's test.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CLI_OPTION_H
#define AZ_CLI_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/diag.h"

struct az_arena;

enum az_option_type {
    AZ_OPTION_FLAG,  /* bool */
    AZ_OPTION_TEXT,  /* const char *, the last one wins */
    AZ_OPTION_LIST,  /* struct az_list, may be repeated */
    AZ_OPTION_COUNT, /* unsigned, decimal */
};

struct az_list {
    const char **items;
    size_t count;
    size_t capacity;
};

/* An option of a command; tables end with a NULL name. */
struct az_option {
    const char *name;
    char letter; /* 0: none */
    enum az_option_type type;
    size_t offset;        /* of its field in the command's options */
    const char *argument; /* NULL for a flag */
    const char *help;     /* lower case, no full stop */
};

/* Parses ARGV[1..] (ARGV[0] is the command) into OPTIONS, a struct that starts
   out as the defaults.  Operands go to OPERANDS. Options and operands mix as
   GNU has it; "--" ends the options. Each mistake is a finding (usage) with a
   did-you-mean; false if there is one. */
bool az_option_parse(struct az_arena *arena, struct az_sink *sink,
                     const struct az_option *table, char **argv, void *options,
                     struct az_list *operands);

void az_option_list_add(struct az_arena *arena, struct az_list *list,
                        const char *item);

/* Appends a line or two for each option of TABLE. */
void az_option_describe(struct az_buf *buf, const struct az_option *table);

#endif
