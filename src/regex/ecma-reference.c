/* Groups of ECMA-262: which a backreference, or who asks what they took, may
   refer to.
   SPDX-License-Identifier: MIT

   Both engines agree on a capture that was set, or not set, on the one way
   through the pattern.  They part in repeats: ECMA-262 forgets what was
   captured in the iteration before and refuses an empty iteration (22.2.2.3,
   RepeatMatcher); PCRE2 keeps the one and ends with the other. */

#include "regex/ecma.h"

#include "core/arena.h"

/* The end of the class that opens at I. */
static size_t
skip_class(struct az_str s, size_t i)
{
    for (i++; i < s.len && s.p[i] != ']'; i++) {
        if (s.p[i] == '\\')
            i++;
    }
    return i;
}

/* The name in "<name>" whose '<' is at I; empty if it is not closed. */
static struct az_str
name_at(struct az_str s, size_t i)
{
    size_t end = i + 1;

    while (end < s.len && s.p[end] != '>')
        end++;
    if (end >= s.len)
        return (struct az_str){ .p = s.p, .len = 0 };
    return (struct az_str){ .p = s.p + i + 1, .len = end - i - 1 };
}

/* Counts the group that opens at I, if it captures. */
static void
scan_group(struct az_ecma *ecma, struct az_str s, size_t i)
{
    struct az_map_entry *entry;
    bool is_new;

    if (i + 1 >= s.len || s.p[i + 1] != '?') {
        ecma->captures++;
        return;
    }
    if (i + 3 >= s.len || s.p[i + 2] != '<' || s.p[i + 3] == '=' ||
        s.p[i + 3] == '!')
        return;
    ecma->numbers[ecma->captures] = ecma->captures + 1;
    entry = az_map_put(&ecma->names, name_at(s, i + 2), &is_new);
    if (is_new)
        entry->value = &ecma->numbers[ecma->captures];
    ecma->captures++;
}

void
az_regex_ecma_scan(struct az_ecma *ecma)
{
    struct az_regex_parser *parser = ecma->parser;
    struct az_str s = parser->pattern;
    size_t opened = 0;
    size_t i;

    for (i = 0; i < s.len; i++)
        opened += s.p[i] == '(';
    az_map_init(&ecma->names, parser->arena);
    ecma->numbers =
        az_arena_array(parser->arena, opened + 1, sizeof *ecma->numbers);
    for (i = 0; i < s.len; i++) {
        if (s.p[i] == '[') {
            i = skip_class(s, i);
        } else if (s.p[i] == '(') {
            scan_group(ecma, s, i);
        } else if (s.p[i] == '\\' && ++i < s.len) {
            parser->has_backreference |=
                s.p[i] == 'k' || (s.p[i] >= '1' && s.p[i] <= '9');
        }
    }
}

/* Whether the capture GROUP has the same value in both engines at OFFSET, as
   far as the repeats around it go. */
static bool
agrees(const struct az_ecma_group *groups, size_t group, size_t offset)
{
    const struct az_ecma_group *capture = &groups[group];
    const struct az_ecma_group *node;
    bool optional = false; /* an iteration of NODE may leave CAPTURE unset */
    bool inside;
    size_t i;

    for (i = group;; i = node->parent) {
        node = &groups[i];
        inside = offset > node->start && offset < node->end;
        if (node != capture)
            optional |= node->choice;
        if (node->repeat.given && node->nullable)
            return false;
        if (node->repeat.max > 1 &&
            (optional || (inside && offset < capture->end)))
            return false;
        optional |= node->repeat.min == 0;
        if (i == 0)
            return true;
    }
}

/* The index of each capture's group, by its number. */
static const size_t *
index_captures(const struct az_ecma *ecma)
{
    size_t *index = az_arena_array(ecma->parser->arena,
                                   (size_t)ecma->captures + 1, sizeof *index);
    size_t i;

    for (i = 0; i < ecma->group_count; i++)
        index[ecma->groups[i].number] = i;
    return index;
}

bool
az_regex_ecma_check_references(struct az_ecma *ecma)
{
    const size_t *index = index_captures(ecma);
    const struct az_ecma_reference *reference;
    size_t i;

    for (i = 0; i < ecma->reference_count; i++) {
        reference = &ecma->references[i];
        if (!agrees(ecma->groups, index[reference->number], reference->offset))
            return az_regex_unsupported(
                ecma->parser, reference->offset,
                "a backreference to a group that is repeated in this way is "
                "not supported");
    }
    return true;
}

/* ECMA-262 reads a lookbehind backwards, and so shares out the text between
   groups in another way. */
static bool
is_behind(const struct az_ecma_group *groups, size_t group)
{
    while (group != 0 && !groups[group].behind)
        group = groups[group].parent;
    return groups[group].behind;
}

bool
az_regex_ecma_check_groups(struct az_ecma *ecma)
{
    struct az_regex_parser *parser = ecma->parser;
    const size_t *index = index_captures(ecma);
    size_t i, group;

    for (i = 0; i < parser->group_count; i++) {
        group = index[parser->groups[i].number];
        if (is_behind(ecma->groups, group))
            return az_regex_unsupported(
                parser, ecma->groups[group].start,
                "a named group in a lookbehind is not supported");
        if (!agrees(ecma->groups, group, parser->pattern.len))
            return az_regex_unsupported(
                parser, ecma->groups[group].start,
                "a named group that is repeated in this way is not supported");
    }
    return true;
}
