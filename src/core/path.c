/* Paths that documents name.
   SPDX-License-Identifier: MIT */

#include "core/path.h"

#include <stdbool.h>
#include <stddef.h>

static const char *
complain_about_component(struct az_str path, size_t start, size_t end)
{
    struct az_str part = { path.p + start, end - start };

    if (part.len == 0)
        return end == path.len ? "ends in '/'" : "has an empty component";
    if (az_str_eq_c(part, ".") || az_str_eq_c(part, ".."))
        return "has a component '.' or '..'";
    return NULL;
}

/* C0, DEL, and C1 in UTF-8. */
static bool
is_control(struct az_str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];

    return c < 0x20 || c == 0x7f ||
           (c == 0xc2 && i + 1 < s.len && (unsigned char)s.p[i + 1] < 0xa0);
}

const char *
az_path_complaint(struct az_str path)
{
    const char *complaint;
    size_t i, start = 0;

    if (path.len == 0)
        return "is empty";
    if (path.p[0] == '/' || path.p[0] == '~')
        return "is not relative";
    if (path.len > 1 && path.p[1] == ':' &&
        ((path.p[0] | 0x20) >= 'a' && (path.p[0] | 0x20) <= 'z'))
        return "has a drive letter";
    for (i = 0; i < path.len; i++) {
        if (is_control(path, i))
            return "has a control character";
        if (path.p[i] == '\\')
            return "has a backslash";
    }
    for (i = 0; i <= path.len; i++) {
        if (i < path.len && path.p[i] != '/')
            continue;
        complaint = complain_about_component(path, start, i);
        if (complaint != NULL)
            return complaint;
        start = i + 1;
    }
    return NULL;
}
