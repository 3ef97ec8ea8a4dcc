/* Simple patterns without PCRE2.
   SPDX-License-Identifier: MIT

   The ids and names in policies have patterns that PCRE2 takes longer to
   compile, and to begin with, than a walk over their few characters takes.

   A position is a literal or class of the pattern (a counted one stands for
   several); the automaton is in the set of those that may have taken the last
   character (V. M. Glushkov, 1961).  Nothing is tried twice, so that no budget
   is needed. */

#include "regex/automaton.h"

#include <stdint.h>
#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"

#define MAX_POSITIONS 32
#define ASCII_COUNT   128
#define ENDLESS       UINT32_MAX
/* Sets are looked up by so many of their bits at once. */
#define SLICE      4
#define SLICE_SETS (1u << SLICE)

/* Sets of positions are words, one bit for each. */
struct az_regex_automaton {
    uint32_t takes[ASCII_COUNT]; /* the positions that take a character */
    uint32_t first;  /* that take a first character where the subject begins */
    uint32_t again;  /* anywhere else: none if a match begins there only */
    uint32_t enough; /* a match ends here */
    uint32_t last;   /* a match ends here if the subject does */
    bool nullable;   /* the empty subject matches */
    bool always;     /* so does the empty string in any other */
    /* The positions that follow one of a set: a row for each slice of the set,
       which most patterns have one of. */
    uint32_t follow[][SLICE_SETS];
};

/* A part of the pattern: the positions where it may begin and end. */
struct part {
    uint32_t first;
    uint32_t last;
    bool nullable;
};

struct builder {
    struct az_regex_automaton *automaton;
    const char *p;    /* ends in a NUL, which nothing below takes */
    const char *stop; /* where "\\z" or "(?:X|\\z)" ends the pattern, or NUL */
    unsigned positions;
    uint32_t follow[MAX_POSITIONS];
};

/* The parsers give false when the pattern is not simple. */
static bool parse_choice(struct builder *b, struct part *ret);

static bool
take(struct builder *b, const char *text)
{
    size_t length;

    if (*b->p != *text)
        return false;
    length = strlen(text);
    if (strncmp(b->p, text, length) != 0)
        return false;
    b->p += length;
    return true;
}

static bool
read_number(struct builder *b, uint32_t base, uint32_t *ret)
{
    static const char digits[] = "0123456789abcdef";
    const char *start = b->p, *digit;

    for (*ret = 0; *b->p != '\0' && b->p - start < 8; b->p++) {
        digit = strchr(digits, *b->p);
        if (digit == NULL || digit - digits >= (int)base)
            break;
        *ret = *ret * base + (uint32_t)(digit - digits);
    }
    return b->p > start;
}

/* A letter, a digit, '_' or \x{...}. */
static bool
read_char(struct builder *b, uint32_t *ret)
{
    char c = *b->p;

    if (take(b, "\\x{"))
        return read_number(b, 16, ret) && take(b, "}");
    if (!az_is_alnum(c) && c != '_')
        return false;
    *ret = (unsigned char)*b->p++;
    return true;
}

/* A character, or a class of characters and ranges: what POSITION takes. */
static bool
read_class(struct builder *b, uint32_t position)
{
    bool class = take(b, "["), negated = class && take(b, "^");
    uint32_t *takes = b->automaton->takes, low, high, c;

    for (c = 0; negated && c < ASCII_COUNT; c++)
        takes[c] |= position;
    do {
        if (!read_char(b, &low))
            return false;
        high = low;
        if (class && take(b, "-") && !read_char(b, &high))
            return false;
        for (c = low; c <= high && c < ASCII_COUNT; c++)
            takes[c] = negated ? takes[c] & ~position : takes[c] | position;
    } while (class && !take(b, "]"));
    return true;
}

static bool
parse_position(struct builder *b, struct part *ret)
{
    uint32_t position;

    if (b->positions == MAX_POSITIONS)
        return false;
    position = UINT32_C(1) << b->positions++;
    *ret = (struct part){ position, position, false };
    return read_class(b, position);
}

static bool
parse_atom(struct builder *b, struct part *ret)
{
    if (!take(b, "(?:"))
        return parse_position(b, ret);
    return parse_choice(b, ret) && take(b, ")");
}

static bool
parse_repeat(struct builder *b, uint32_t *ret_min, uint32_t *ret_max)
{
    *ret_min = *ret_max = 1;
    if (take(b, "*") || take(b, "+")) {
        *ret_min = b->p[-1] == '+';
        *ret_max = ENDLESS;
    } else if (take(b, "?")) {
        *ret_min = 0;
    } else if (take(b, "{")) {
        if (!read_number(b, 10, ret_min) || !take(b, ","))
            return false;
        if (!read_number(b, 10, ret_max))
            *ret_max = ENDLESS;
        if (!take(b, "}"))
            return false;
    } else {
        return true;
    }
    take(b, "?"); /* which match is found does not matter */
    return true;
}

/* Lets all positions of AFTER follow those of BEFORE. */
static void
link_sets(struct builder *b, uint32_t before, uint32_t after)
{
    for (; before != 0; before &= before - 1)
        b->follow[__builtin_ctz(before)] |= after;
}

static void
append(struct builder *b, struct part *part, struct part next)
{
    link_sets(b, part->last, next.first);
    if (part->nullable)
        part->first |= next.first;
    part->last = next.last | (next.nullable ? part->last : 0);
    part->nullable &= next.nullable;
}

/* The positions from number BEFORE on. */
static uint32_t
positions_since(const struct builder *b, unsigned before)
{
    return (uint32_t)(((UINT64_C(1) << b->positions) - 1) &
                      ~((UINT64_C(1) << before) - 1));
}

/* Whether one repetition of a group, whose positions are those in GROUP, cannot
   be taken for two: what begins it stands nowhere else in it.  PCRE2 may need
   more steps than there are for others, as for (a+)*, and then says so. */
static bool
begins_plainly(const struct builder *b, uint32_t group, uint32_t first)
{
    const struct az_regex_automaton *automaton = b->automaton;
    uint32_t rest, c;

    for (rest = group; rest != 0; rest &= rest - 1)
        if ((b->follow[__builtin_ctz(rest)] & first) != 0)
            return false;
    for (c = 0; c < ASCII_COUNT; c++)
        if ((automaton->takes[c] & first) != 0 &&
            (automaton->takes[c] & group & ~first) != 0)
            return false;
    return true;
}

/* Lets ONE, the last copy of what begins at START, follow itself. */
static bool
repeat(struct builder *b, const char *start, uint32_t group, struct part one)
{
    if (*start == '(' && (one.nullable || !begins_plainly(b, group, one.first)))
        return false;
    link_sets(b, one.last, one.first);
    return true;
}

/* An atom and its repeat: as many copies of the atom, each with positions of
   its own.  (Without any, copies of copies would only take time.) */
static bool
parse_piece(struct builder *b, struct part *ret)
{
    const char *start = b->p, *end;
    unsigned before = b->positions;
    uint32_t min, max, copies, i;
    struct part one;

    *ret = (struct part){ 0, 0, true };
    if (!parse_atom(b, &one) || !parse_repeat(b, &min, &max) ||
        b->positions == before)
        return false;
    end = b->p;
    copies = max != ENDLESS ? max : min > 0 ? min : 1;
    for (i = 0; i < copies; i++) {
        b->p = start;
        if (i > 0) {
            before = b->positions;
            if (!parse_atom(b, &one))
                return false;
        }
        if (max == ENDLESS && i == copies - 1 &&
            !repeat(b, start, positions_since(b, before), one))
            return false;
        one.nullable |= i >= min;
        append(b, ret, one);
    }
    b->p = end;
    return true;
}

static bool
parse_sequence(struct builder *b, struct part *ret)
{
    struct part piece;

    *ret = (struct part){ 0, 0, true };
    while (b->p != b->stop && *b->p != '|' && *b->p != ')') {
        if (!parse_piece(b, &piece))
            return false;
        append(b, ret, piece);
    }
    return true;
}

static bool
parse_choice(struct builder *b, struct part *ret)
{
    struct part other;

    if (!parse_sequence(b, ret))
        return false;
    while (take(b, "|")) {
        if (!parse_sequence(b, &other))
            return false;
        ret->first |= other.first;
        ret->last |= other.last;
        ret->nullable |= other.nullable;
    }
    return true;
}

/* Where the end of the pattern is said: see struct builder. */
static const char *
find_stop(const char *translation)
{
    const char *end = translation + strlen(translation), *p = end;

    if (end - translation >= 2 && strcmp(end - 2, "\\z") == 0)
        return end - 2;
    if (end - translation < 4 || strcmp(end - 4, "|\\z)") != 0)
        return end;
    while (p > translation && strncmp(p, "(?:", 3) != 0)
        p--;
    return p;
}

/* Takes the start of the pattern: "\\A", "(?:\\A|X)" or nothing. */
static bool
parse_start(struct builder *b, bool *ret_at_start, struct part *ret)
{
    *ret = (struct part){ 0, 0, true };
    *ret_at_start = take(b, "\\A");
    if (*ret_at_start || !take(b, "(?:\\A|"))
        return true;
    return parse_position(b, ret) && take(b, ")");
}

/* Takes the end of the pattern: "\\z", "(?:X|\\z)" or nothing. */
static bool
parse_end(struct builder *b, bool *ret_at_end, struct part *ret)
{
    *ret = (struct part){ 0, 0, true };
    *ret_at_end = take(b, "\\z");
    if (!*ret_at_end && take(b, "(?:") &&
        (!parse_position(b, ret) || !take(b, "|\\z)")))
        return false;
    return *b->p == '\0';
}

/* Sets where matches of START, MIDDLE and END begin and end. */
static bool
finish(struct builder *b, struct part start, struct part middle,
       struct part end)
{
    struct az_regex_automaton *automaton = b->automaton;
    bool edges = start.first != 0 || end.first != 0;
    struct part whole = start;

    if (edges && middle.nullable)
        return false;
    automaton->last = middle.last;
    append(b, &whole, middle);
    append(b, &whole, end);
    automaton->first = whole.first | middle.first;
    automaton->again = whole.first;
    automaton->enough = whole.last;
    automaton->last |= whole.last;
    automaton->nullable = whole.nullable;
    return true;
}

/* A copy of B's automaton with the rows of "follow". */
static const struct az_regex_automaton *
lay_out(struct az_arena *arena, const struct builder *b)
{
    size_t rows = (b->positions + SLICE - 1) / SLICE, row, set, bit;
    struct az_regex_automaton *ret =
        az_arena_alloc(arena, sizeof(*ret) + rows * sizeof(ret->follow[0]));

    *ret = *b->automaton;
    memset(ret->follow, 0, rows * sizeof(ret->follow[0]));
    for (row = 0; row < rows; row++)
        for (set = 0; set < SLICE_SETS; set++)
            for (bit = 0; bit < SLICE; bit++)
                if ((set >> bit & 1) != 0)
                    ret->follow[row][set] |= b->follow[row * SLICE + bit];
    return ret;
}

const struct az_regex_automaton *
az_regex_automaton_new(struct az_arena *arena, const char *translation)
{
    struct az_regex_automaton automaton = { .always = false };
    struct builder b = { .automaton = &automaton,
                         .p = translation,
                         .stop = find_stop(translation) };
    struct part start, middle, end;
    bool at_start, at_end;

    if (!parse_start(&b, &at_start, &start) || !parse_sequence(&b, &middle) ||
        !parse_end(&b, &at_end, &end) || !finish(&b, start, middle, end))
        return NULL;
    if (!at_start && start.first == 0 && b.positions > 1)
        return NULL;
    automaton.always = automaton.nullable && (!at_start || !at_end);
    if (at_start)
        automaton.again = 0;
    if (at_end)
        automaton.enough = 0;
    return lay_out(arena, &b);
}

/* The positions that may follow one of STATE. */
static inline uint32_t
follow(const struct az_regex_automaton *automaton, uint32_t state)
{
    uint32_t reached = 0, row;

    for (row = 0; state != 0; state >>= SLICE, row++)
        reached |= automaton->follow[row][state % SLICE_SETS];
    return reached;
}

bool
az_regex_automaton_match(const struct az_regex_automaton *automaton,
                         struct az_str subject)
{
    const uint32_t *takes = automaton->takes;
    uint32_t reached = automaton->first, state = 0;
    size_t i;

    if (automaton->always || (automaton->nullable && subject.len == 0))
        return true;
    for (i = 0; i < subject.len && reached != 0; i++) {
        state = reached & takes[(unsigned char)subject.p[i]];
        if ((state & automaton->enough) != 0)
            return true;
        reached = automaton->again | follow(automaton, state);
        /* Most characters leave the set as it is. */
        while (i + 1 < subject.len &&
               (reached & takes[(unsigned char)subject.p[i + 1]]) == state)
            i++;
    }
    return i == subject.len && (state & automaton->last) != 0;
}
