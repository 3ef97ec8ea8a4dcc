/* Compiler flags read as rustc reads them.
   SPDX-License-Identifier: MIT */

#include "rule/rustc.h"

#include <string.h>

/* Options whose value is the next argument, which is then no flag. */
static const char *const with_value[] = {
    "-A",
    "-D",
    "-F",
    "-L",
    "-W",
    "-Z",
    "-l",
    "-o",
    "--allow",
    "--cap-lints",
    "--cfg",
    "--check-cfg",
    "--color",
    "--crate-name",
    "--crate-type",
    "--deny",
    "--edition",
    "--emit",
    "--error-format",
    "--extern",
    "--forbid",
    "--out-dir",
    "--print",
    "--remap-path-prefix",
    "--sysroot",
    "--target",
    "--warn",
};

struct reader {
    const struct az_str *flags;
    size_t count;
    size_t index;  /* of the flag */
    size_t offset; /* of the next argument in it */
};

static bool
is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next argument; false at the end. */
static bool
next_argument(struct reader *reader, struct az_str *ret, size_t *ret_index)
{
    for (; reader->index < reader->count; reader->index++, reader->offset = 0) {
        struct az_str flag = reader->flags[reader->index];
        size_t start = reader->offset, end;

        while (start < flag.len && is_blank(flag.p[start]))
            start++;
        for (end = start; end < flag.len && !is_blank(flag.p[end]);)
            end++;
        if (end == start)
            continue;
        reader->offset = end;
        *ret = (struct az_str){ flag.p + start, end - start };
        *ret_index = reader->index;
        return true;
    }
    return false;
}

static bool
name_matches(struct az_str given, struct az_str name)
{
    size_t i;

    if (given.len != name.len)
        return false;
    for (i = 0; i < name.len; i++)
        if ((given.p[i] == '_' ? '-' : given.p[i]) !=
            (name.p[i] == '_' ? '-' : name.p[i]))
            return false;
    return true;
}

/* SETTING is "name=value" or "name". */
static void
take_setting(struct az_str setting, struct az_str name, size_t index,
             struct rustc_option *ret)
{
    const char *equals = memchr(setting.p, '=', setting.len);
    struct az_str key = setting, value = AZ_STR("yes");

    if (equals != NULL) {
        key.len = (size_t)(equals - setting.p);
        value.p = equals + 1;
        value.len = setting.len - key.len - 1;
    }
    if (!name_matches(key, name))
        return;
    ret->found = true;
    ret->value = value;
    ret->index = index;
}

static bool
takes_value(struct az_str argument)
{
    size_t i;

    for (i = 0; i < sizeof(with_value) / sizeof(with_value[0]); i++)
        if (az_str_eq_c(argument, with_value[i]))
            return true;
    return false;
}

static struct az_str
tail(struct az_str s, size_t start)
{
    return (struct az_str){ s.p + start, s.len - start };
}

void
az_rule_rustc_find(const struct az_str *flags, size_t count, struct az_str name,
                   struct rustc_option *ret)
{
    struct reader reader = { flags, count, 0, 0 };
    struct az_str argument, value;
    size_t index;

    memset(ret, 0, sizeof(*ret));
    while (next_argument(&reader, &argument, &index)) {
        if (az_str_eq_c(argument, "-C") || az_str_eq_c(argument, "--codegen")) {
            if (next_argument(&reader, &value, &index))
                take_setting(value, name, index, ret);
            else
                ret->dangling = true;
        } else if (az_str_starts_with(argument, AZ_STR("--codegen="))) {
            take_setting(tail(argument, 10), name, index, ret);
        } else if (az_str_starts_with(argument, AZ_STR("-C"))) {
            take_setting(tail(argument, 2), name, index, ret);
        } else if (az_str_eq_c(argument, "-O")) {
            take_setting(AZ_STR("opt-level=3"), name, index, ret);
        } else if (az_str_eq_c(argument, "-g")) {
            take_setting(AZ_STR("debuginfo=2"), name, index, ret);
        } else if (takes_value(argument)) {
            next_argument(&reader, &value, &index);
        }
    }
}
