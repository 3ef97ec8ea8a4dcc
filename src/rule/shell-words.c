/* A command line taken apart as a POSIX shell does.
   SPDX-License-Identifier: MIT */

#include "rule/shell-words.h"

#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"

/* Room for so many words is made at once. */
#define USUAL_WORDS 16

struct splitter {
    struct az_arena *arena;
    struct shell_words *ret;
    struct az_str line;
    size_t at;
    /* All words, one after the other: together no longer than the line. */
    char *out;
    size_t length;
    size_t word;  /* where the last one begins */
    bool in_word; /* a word may be empty: '' */
};

static bool
at_end(const struct splitter *s)
{
    return s->at >= s->line.len;
}

static char
peek(const struct splitter *s, size_t ahead)
{
    return s->at + ahead < s->line.len ? s->line.p[s->at + ahead] : '\0';
}

static void
note_control(struct splitter *s, size_t length)
{
    if (s->ret->control.len == 0)
        s->ret->control = (struct az_str){ s->line.p + s->at, length };
}

static void
begin_word(struct splitter *s)
{
    if (!s->in_word)
        s->word = s->length;
    s->in_word = true;
}

static void
end_word(struct splitter *s)
{
    struct az_str word = { s->out + s->word, s->length - s->word };

    if (s->in_word)
        az_rule_strings_add(s->arena, &s->ret->words, word);
    s->in_word = false;
}

/* Takes one character into the word. */
static void
take(struct splitter *s)
{
    begin_word(s);
    s->out[s->length++] = s->line.p[s->at++];
}

/* What a character may mean outside of quotes. */
enum meaning { PLAIN, BLANK, SPECIAL };

static const unsigned char meanings[256] = {
    [' '] = BLANK,    ['\t'] = BLANK,  ['\n'] = SPECIAL, ['"'] = SPECIAL,
    ['#'] = SPECIAL,  ['$'] = SPECIAL, ['&'] = SPECIAL,  ['\''] = SPECIAL,
    ['('] = SPECIAL,  [')'] = SPECIAL, [';'] = SPECIAL,  ['<'] = SPECIAL,
    ['>'] = SPECIAL,  ['`'] = SPECIAL, ['{'] = SPECIAL,  ['|'] = SPECIAL,
    ['\\'] = SPECIAL,
};

/* The end of the plain characters from P on. */
static const char *
skip_plain(const char *p, const char *end)
{
    while (p < end && meanings[(unsigned char)*p] == PLAIN)
        p++;
    return p;
}

static void
take_plain(struct splitter *s)
{
    const char *start = s->line.p + s->at, *end = s->line.p + s->line.len;
    const char *p = skip_plain(start, end);

    begin_word(s);
    memcpy(s->out + s->length, start, (size_t)(p - start));
    s->length += (size_t)(p - start);
    s->at += (size_t)(p - start);
}

static bool
is_name_start(char c)
{
    return az_is_letter(c) || c == '_';
}

/* Notes an expansion at '$' or '`'; the text itself stays in the word. */
static void
note_expansion(struct splitter *s, bool quoted)
{
    char next = peek(s, 1);

    if (s->line.p[s->at] == '`')
        note_control(s, 1);
    else if (next == '(' || next == '{' || is_name_start(next) ||
             (next != '\0' && strchr("0123456789@*#?$!-", next) != NULL) ||
             (!quoted && (next == '\'' || next == '"')))
        note_control(s, 2);
}

/* Notes what may be a brace expansion, {a,b} or {1..3}, which bash would make
   several words of. */
static void
note_braces(struct splitter *s)
{
    size_t i;
    char c;

    for (i = 1; (c = peek(s, i)) != '\0' && c != ' ' && c != '\t'; i++)
        if (c == ',' || (c == '.' && peek(s, i + 1) == '.')) {
            note_control(s, 1);
            return;
        }
}

static void
split_backslash(struct splitter *s)
{
    s->at++;
    if (at_end(s)) {
        s->ret->unbalanced = true;
        return;
    }
    if (peek(s, 0) == '\n')
        s->at++; /* line continuation */
    else
        take(s);
}

static void
split_single_quotes(struct splitter *s)
{
    begin_word(s);
    s->at++;
    while (!at_end(s) && peek(s, 0) != '\'')
        take(s);
    s->ret->unbalanced |= at_end(s);
    s->at++;
}

static void
split_double_quotes(struct splitter *s)
{
    begin_word(s);
    s->at++;
    while (!at_end(s) && peek(s, 0) != '"') {
        if (peek(s, 0) == '\\' && s->at + 1 < s->line.len &&
            strchr("$`\"\\\n", peek(s, 1)) != NULL && peek(s, 1) != '\0') {
            split_backslash(s);
            continue;
        }
        if (peek(s, 0) == '$' || peek(s, 0) == '`')
            note_expansion(s, true);
        take(s);
    }
    s->ret->unbalanced |= at_end(s);
    s->at++;
}

/* What stands in a comment is not run, so it holds no words. */
static void
skip_comment(struct splitter *s)
{
    while (!at_end(s) && peek(s, 0) != '\n')
        s->at++;
}

/* Takes the next thing that stands outside of quotes. */
static void
split_next(struct splitter *s)
{
    char c = s->line.p[s->at];

    if (meanings[(unsigned char)c] == PLAIN) {
        take_plain(s);
        return;
    }
    switch (c) {
    case '\\':
        split_backslash(s);
        return;
    case '\'':
        split_single_quotes(s);
        return;
    case '"':
        split_double_quotes(s);
        return;
    case ' ':
    case '\t':
        end_word(s);
        s->at++;
        return;
    case ';':
    case '&':
    case '|':
    case '<':
    case '>':
    case '(':
    case ')':
    case '\n':
        note_control(s, 1);
        end_word(s);
        s->at++;
        return;
    case '#':
        if (s->in_word)
            break;
        note_control(s, 1);
        skip_comment(s);
        return;
    case '$':
    case '`':
        note_expansion(s, false);
        break;
    case '{':
        note_braces(s);
        break;
    default:
        break;
    }
    take(s);
}

/* Splits a line in which nothing is special: its words are parts of it.  False
   at the first character that is. */
static bool
split_plain_line(struct az_arena *arena, struct az_str line,
                 struct strings *words)
{
    const char *p = line.p, *end = line.p + line.len, *word;

    for (; p < end; p++) {
        word = p;
        p = skip_plain(p, end);
        if (p > word)
            az_rule_strings_add(arena, words,
                                (struct az_str){ word, (size_t)(p - word) });
        if (p < end && meanings[(unsigned char)*p] == SPECIAL)
            return false;
    }
    return true;
}

void
az_rule_shell_split(struct az_arena *arena, struct az_str line,
                    struct shell_words *ret)
{
    struct splitter s = { .arena = arena, .ret = ret, .line = line };

    memset(ret, 0, sizeof(*ret));
    ret->words.capacity = USUAL_WORDS;
    ret->words.items =
        az_arena_alloc(arena, USUAL_WORDS * sizeof(*ret->words.items));
    if (split_plain_line(arena, line, &ret->words))
        return;
    ret->words.count = 0;
    s.out = az_arena_alloc(arena, line.len + 1);
    while (!at_end(&s))
        split_next(&s);
    end_word(&s);
}
