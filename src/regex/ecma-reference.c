/* Groups of ECMA-262: which a backreference, or who asks what they took, may
   refer to.
   SPDX-License-Identifier: MIT

   Both engines agree on a capture that was set, or not set, on the one way
   through the pattern.  They part in repeats: ECMA-262 forgets what was
   captured in the iteration before and refuses an empty iteration (22.2.2.3,
   RepeatMatcher); PCRE2 keeps the one and ends with the other. */

#include "regex/ecma.h"

#include "core/arena.h"
#include "core/limits.h"

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

/* The captures before an open parenthesis, or the pattern, began, and before
   its alternative that is being read did. */
struct frame {
    uint32_t first;
    uint32_t current;
};

/* The pattern being scanned. */
struct scan {
    struct az_ecma *ecma;
    struct az_str s;
    size_t opened;    /* parentheses */
    uint32_t *latest; /* with the name of each capture, by the first of them;
                         NULL: none has a name yet */
    struct frame frames[AZ_MAX_PATTERN_DEPTH + 1];
    size_t depth; /* deeper ones are counted only: nobody reads them */
};

/* Whether the capture of number NUMBER, from 0, and one that opens here may
   both take part in a match: unless they are in different alternatives
   (ECMA-262, 22.2.1.3, MightBothParticipate).  Earlier captures of the name
   need not be asked about: what may take part with them may with NUMBER. */
static bool
may_both_take_part(const struct scan *scan, uint32_t number)
{
    size_t i = scan->depth;

    if (i > AZ_MAX_PATTERN_DEPTH)
        return false;
    while (scan->frames[i].first > number)
        i--;
    return number >= scan->frames[i].current;
}

/* Notes the name of the capture that opens at I. */
static bool
scan_name(struct scan *scan, size_t i)
{
    struct az_ecma *ecma = scan->ecma;
    struct az_map_entry *entry;
    size_t first;
    bool is_new;

    if (scan->latest == NULL)
        scan->latest = az_arena_array(ecma->parser->arena, scan->opened + 1,
                                      sizeof *scan->latest);
    ecma->numbers[ecma->captures] = ecma->captures + 1;
    entry = az_map_put(&ecma->names, name_at(scan->s, i + 2), &is_new);
    if (is_new)
        entry->value = &ecma->numbers[ecma->captures];
    first = (size_t)((uint32_t *)entry->value - ecma->numbers);
    if (!is_new && may_both_take_part(scan, scan->latest[first]))
        return az_regex_fail(ecma->parser, i,
                             "two groups that may both take part have one "
                             "name");
    scan->latest[first] = ecma->captures;
    return true;
}

/* Counts the group that opens at I, if it captures. */
static bool
scan_group(struct scan *scan, size_t i)
{
    struct az_ecma *ecma = scan->ecma;
    struct az_str s = scan->s;
    bool special = i + 1 < s.len && s.p[i + 1] == '?';
    bool named = special && i + 3 < s.len && s.p[i + 2] == '<' &&
                 s.p[i + 3] != '=' && s.p[i + 3] != '!';

    if (named && !scan_name(scan, i))
        return false;
    ecma->captures += named || !special;
    if (++scan->depth <= AZ_MAX_PATTERN_DEPTH)
        scan->frames[scan->depth] =
            (struct frame){ ecma->captures, ecma->captures };
    return true;
}

static void
scan_other(struct scan *scan, char c)
{
    if (c == ')')
        scan->depth -= scan->depth > 0;
    else if (c == '|' && scan->depth <= AZ_MAX_PATTERN_DEPTH)
        scan->frames[scan->depth].current = scan->ecma->captures;
}

bool
az_regex_ecma_scan(struct az_ecma *ecma)
{
    struct az_regex_parser *parser = ecma->parser;
    struct az_str s = parser->pattern;
    struct scan scan;
    size_t i;

    scan.ecma = ecma;
    scan.s = s;
    scan.latest = NULL;
    scan.opened = scan.depth = 0;
    scan.frames[0] = (struct frame){ 0, 0 };
    for (i = 0; i < s.len; i++)
        scan.opened += s.p[i] == '(';
    az_map_init(&ecma->names, parser->arena);
    ecma->numbers =
        az_arena_array(parser->arena, scan.opened + 1, sizeof *ecma->numbers);
    for (i = 0; i < s.len; i++) {
        if (s.p[i] == '[') {
            i = skip_class(s, i);
        } else if (s.p[i] == '(') {
            if (!scan_group(&scan, i))
                return false;
        } else if (s.p[i] == '\\' && ++i < s.len) {
            parser->has_backreference |=
                s.p[i] == 'k' || (s.p[i] >= '1' && s.p[i] <= '9');
        } else if (i < s.len) {
            scan_other(&scan, s.p[i]);
        }
    }
    return true;
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
