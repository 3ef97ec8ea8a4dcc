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

#define MAX_POSITIONS 32
#define ASCII_COUNT   128
#define ENDLESS       UINT32_MAX
/* Sets are looked up by so many of their bits at once. */
#define SLICE      4
#define SLICE_SETS (1u << SLICE)

/* Sets of positions are words, one bit for each. */
struct az_regex_automaton {
    uint32_t takes[ASCII_COUNT]; /* the positions that take a character */
    uint32_t first;
    uint32_t last;
    bool nullable;
    bool at_start; /* a match begins where the subject does */
    bool at_end;
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
    const char *p; /* ends in a NUL, which nothing below takes */
    unsigned positions;
    uint32_t follow[MAX_POSITIONS];
};

/* The parsers give false when the pattern is not simple. */
static bool parse_choice(struct builder *b, struct part *ret);

static bool
take(struct builder *b, const char *text)
{
    size_t length = strlen(text);

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
    if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') &&
        !(c >= 'a' && c <= 'z') && c != '_')
        return false;
    *ret = (unsigned char)*b->p++;
    return true;
}

/* A character, or a class of characters and ranges. */
static bool
read_class(struct builder *b, bool taken[ASCII_COUNT])
{
    bool class = take(b, "["), negated = class && take(b, "^");
    uint32_t low, high, c;

    memset(taken, negated, ASCII_COUNT * sizeof(*taken));
    do {
        if (!read_char(b, &low))
            return false;
        high = low;
        if (class && take(b, "-") && !read_char(b, &high))
            return false;
        for (c = low; c <= high && c < ASCII_COUNT; c++)
            taken[c] = !negated;
    } while (class && !take(b, "]"));
    return true;
}

static bool
parse_position(struct builder *b, struct part *ret)
{
    bool taken[ASCII_COUNT];
    uint32_t position, c;

    if (b->positions == MAX_POSITIONS || !read_class(b, taken))
        return false;
    position = UINT32_C(1) << b->positions++;
    for (c = 0; c < ASCII_COUNT; c++)
        if (taken[c])
            b->automaton->takes[c] |= position;
    *ret = (struct part){ position, position, false };
    return true;
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
        b->positions == before || (max == ENDLESS && *start == '('))
        return false;
    end = b->p;
    copies = max != ENDLESS ? max : min > 0 ? min : 1;
    for (i = 0; i < copies; i++) {
        b->p = start;
        if (i > 0 && !parse_atom(b, &one))
            return false;
        one.nullable |= i >= min;
        if (max == ENDLESS && i == copies - 1)
            link_sets(b, one.last, one.first);
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
    while (*b->p != '\0' && *b->p != '|' && *b->p != ')' &&
           strcmp(b->p, "\\z") != 0) {
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

/* A copy of B's automaton with the rows of "follow". */
static const struct az_regex_automaton *
finish(struct az_arena *arena, const struct builder *b)
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
    struct az_regex_automaton automaton = { .at_start = false };
    struct builder b = { .automaton = &automaton, .p = translation };
    struct part whole;

    automaton.at_start = take(&b, "\\A");
    if (!parse_sequence(&b, &whole))
        return NULL;
    automaton.at_end = take(&b, "\\z");
    if (*b.p != '\0' || (!automaton.at_start && b.positions > 1))
        return NULL;
    automaton.first = whole.first;
    automaton.last = whole.last;
    automaton.nullable = whole.nullable;
    return finish(arena, &b);
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
    uint32_t again = automaton->at_start ? 0 : automaton->first;
    uint32_t enough = automaton->at_end ? 0 : automaton->last;
    uint32_t reached = automaton->first, state = 0;
    size_t i;

    if (automaton->nullable &&
        (subject.len == 0 || !automaton->at_start || !automaton->at_end))
        return true;
    for (i = 0; i < subject.len && reached != 0; i++) {
        state = reached & takes[(unsigned char)subject.p[i]];
        if ((state & enough) != 0)
            return true;
        reached = again | follow(automaton, state);
        /* Most characters leave the set as it is. */
        while (i + 1 < subject.len &&
               (reached & takes[(unsigned char)subject.p[i + 1]]) == state)
            i++;
    }
    return i == subject.len && (state & automaton->last) != 0;
}
