/* Options: one table for parsing, usage, help and the manual's test.
   SPDX-License-Identifier: MIT */

#include "cli/option.h"

#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"

void
az_option_list_add(struct az_arena *arena, struct az_list *list,
                   const char *item)
{
    list->items = az_arena_grow(arena, list->items, list->count,
                                &list->capacity, sizeof(*list->items));
    list->items[list->count++] = item;
}

static size_t
table_length(const struct az_option *table)
{
    size_t count = 0;

    while (table[count].name != NULL)
        count++;
    return count;
}

static bool
set_count(struct az_sink *sink, const struct az_option *option,
          const char *text, unsigned *ret)
{
    unsigned long value = 0;
    char *end = NULL;

    if (az_is_digit(text[0]))
        value = strtoul(text, &end, 10);
    if (end == NULL || *end != '\0' || value > UINT16_MAX) {
        az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                    "option '--%s' needs a whole number up to %d, not %s",
                    option->name, UINT16_MAX,
                    az_str_quote(sink->arena, az_str_from(text)));
        return false;
    }
    *ret = (unsigned)value;
    return true;
}

static bool
set_option(struct az_sink *sink, const struct az_option *option,
           const char *argument, void *options)
{
    void *field = (char *)options + option->offset;

    switch (option->type) {
    case AZ_OPTION_FLAG:
        *(bool *)field = true;
        break;
    case AZ_OPTION_TEXT:
        *(const char **)field = argument;
        break;
    case AZ_OPTION_LIST:
        az_option_list_add(sink->arena, field, argument);
        break;
    case AZ_OPTION_COUNT:
        return set_count(sink, option, argument, field);
    }
    return true;
}

/* Whether OPTION, which has been given before if SEEN, may be given again: the
   last of two values would win unseen. */
static bool
check_repeat(struct az_sink *sink, const struct az_option *option, bool seen)
{
    if (!seen ||
        (option->type != AZ_OPTION_TEXT && option->type != AZ_OPTION_COUNT))
        return true;
    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                             "option '--%s' is given twice", option->name),
                 "it takes one value");
    return false;
}

/* What getopt_long has just refused. */
static void
unknown_option(struct az_sink *sink, const struct az_option *table, char **argv)
{
    const char letter[] = { '-', (char)optopt, '\0' };
    const char *word = optopt > 0 && optopt < 256 ? letter : argv[optind - 1];
    size_t count = table_length(table), nearest, i;
    struct az_str *names =
        az_arena_array(sink->arena, count + 1, sizeof(*names));
    struct az_str name = az_str_from(word);
    struct az_diag *diag;

    while (name.len > 0 && *name.p == '-')
        name = (struct az_str){ name.p + 1, name.len - 1 };
    for (i = 0; i < name.len; i++)
        if (name.p[i] == '=')
            name.len = i;
    for (i = 0; i < count; i++)
        names[i] = az_str_from(table[i].name);
    nearest = az_str_nearest(name, names, count);
    diag = az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE, "unknown option %s",
                       az_str_quote(sink->arena, az_str_from(word)));
    if (nearest < count)
        az_diag_hint(sink, diag, "did you mean '--%s'?", table[nearest].name);
}

/* The long and short forms for getopt_long; a long option's value is 256 and
   its index, so that it cannot be taken for a letter. */
static void
translate(const struct az_option *table, size_t count, struct option *longs,
          char *shorts)
{
    size_t i, at = 0;

    shorts[at++] = ':';
    for (i = 0; i < count; i++) {
        longs[i].name = table[i].name;
        longs[i].has_arg =
            table[i].type == AZ_OPTION_FLAG ? no_argument : required_argument;
        longs[i].val = 256 + (int)i;
        if (table[i].letter != 0) {
            shorts[at++] = table[i].letter;
            if (table[i].type != AZ_OPTION_FLAG)
                shorts[at++] = ':';
        }
    }
    shorts[at] = '\0';
}

/* The option that getopt_long's CODE stands for, or NULL. */
static const struct az_option *
option_of(const struct az_option *table, size_t count, int code)
{
    size_t i;

    if (code >= 256)
        return &table[code - 256];
    for (i = 0; i < count; i++)
        if (table[i].letter != 0 && table[i].letter == code)
            return &table[i];
    return NULL;
}

bool
az_option_parse(struct az_arena *arena, struct az_sink *sink,
                const struct az_option *table, char **argv, void *options,
                struct az_list *operands)
{
    size_t count = table_length(table);
    struct option *longs = az_arena_array(arena, count + 1, sizeof(*longs));
    char *shorts = az_arena_alloc(arena, 2 * count + 2);
    bool *seen = az_arena_array(arena, count + 1, sizeof(*seen));
    const struct az_option *option;
    int argc = 0, code;
    bool good = true;

    translate(table, count, longs, shorts);
    while (argv[argc] != NULL)
        argc++;
    opterr = 0;
    optind = 0; /* glibc: start afresh, also after the command */
    for (;;) {
        code = getopt_long(argc, argv, shorts, longs, NULL);
        if (code == -1)
            break;
        option = option_of(table, count, code == ':' ? optopt : code);
        if (code == '?' || option == NULL) {
            unknown_option(sink, table, argv);
            good = false;
        } else if (code == ':') {
            az_sink_add(sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                        "option '--%s' needs a value: %s", option->name,
                        option->argument);
            good = false;
        } else {
            good &= check_repeat(sink, option, seen[option - table]) &&
                    set_option(sink, option, optarg, options);
            seen[option - table] = true;
        }
    }
    for (; optind < argc; optind++)
        az_option_list_add(arena, operands, argv[optind]);
    return good;
}

void
az_option_describe(struct az_buf *buf, const struct az_option *table)
{
    size_t start;

    for (; table->name != NULL; table++) {
        start = buf->len;
        if (table->letter != 0)
            az_buf_addf(buf, "  -%c, ", table->letter);
        else
            az_buf_add_c(buf, "      ");
        az_buf_addf(buf, "--%s", table->name);
        if (table->argument != NULL)
            az_buf_addf(buf, " %s", table->argument);
        if (buf->len - start > 28)
            az_buf_addf(buf, "\n%30s", "");
        else
            az_buf_addf(buf, "%*s", (int)(30 - (buf->len - start)), "");
        az_buf_addf(buf, "%s\n", table->help);
    }
}
