/* Inside the room: a pattern on its way to PCRE2.
   SPDX-License-Identifier: MIT

   Each dialect is read by a parser of its own, which accepts its grammar and
   nothing else and writes PCRE2 pattern text.  The text is built from few
   things that mean the same under any option: literals, of which all but
   letters, digits and '_' are \x{...}; classes of ranges; (?: ) | * + ? {m,n};
   assertions; \p{}; \g{}. */

#ifndef AZ_REGEX_TRANSLATE_H
#define AZ_REGEX_TRANSLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"
#include "regex/regex.h"

struct az_arena;

/* repetitions without an upper bound */
#define AZ_REGEX_ENDLESS UINT32_MAX

/* Something PCRE2 may refuse, and where it stands in both texts. */
struct az_regex_landmark {
    size_t offset; /* in the pattern */
    size_t output; /* in the translation */
};

/* A group with a name, in a pattern that says what its groups take. */
struct az_regex_group {
    struct az_str name; /* in the pattern */
    uint32_t number;    /* of the capture, in both texts */
};

/* A pattern being read.  The dialects' parsers add to OUT; the fields below it
   tell the engine what to expect. */
struct az_regex_parser {
    struct az_arena *arena;
    struct az_str pattern; /* UTF-8, checked */
    size_t at;
    unsigned depth;
    bool whole;
    struct az_regex_error *error;

    struct az_buf out;
    /* PCRE2 must compile it before it counts as a pattern. */
    bool eager;
    bool has_backreference;
    /* Literals, classes of ranges, groups and repeats only. */
    bool plain;
    /* bytes that counted groups add when PCRE2 unfolds them */
    size_t unfolded;
    /* the greatest lower bound of a counted repeat, bytes of the longest class:
       what may be scanned between two steps, and how fast */
    uint32_t longest_count;
    size_t largest_class;
    struct az_regex_landmark *landmarks;
    size_t landmark_count;
    size_t landmark_capacity;
    /* The match says what named groups took. */
    bool captures;
    struct az_regex_group *groups;
    size_t group_count;
    size_t group_capacity;
    uint32_t capture_count; /* of all groups that capture */
};

/* How often an atom is repeated. */
struct az_regex_repeat {
    uint32_t min;
    uint32_t max; /* AZ_REGEX_ENDLESS: no bound */
    bool given;   /* there is a quantifier */
};

/* The dialects.  False with the parser's error filled. */
bool az_regex_translate_ecma(struct az_regex_parser *parser);
bool az_regex_translate_iregexp(struct az_regex_parser *parser);

/* Reading.  The next byte, or -1 at the end; whether it is C, and then over
   it; the next code point, of which there is one. */
int az_regex_peek(const struct az_regex_parser *parser);
bool az_regex_take(struct az_regex_parser *parser, char c);
bool az_regex_looking_at(const struct az_regex_parser *parser,
                         const char *text);
uint32_t az_regex_next(struct az_regex_parser *parser);

/* Fill the error; both return false. */
bool az_regex_fail(struct az_regex_parser *parser, size_t offset,
                   const char *message);
bool az_regex_unsupported(struct az_regex_parser *parser, size_t offset,
                          const char *message);

/* Reads a quantifier if there is one; "{" counts only where BRACE says so or
   what follows is one.  False on an error. */
bool az_regex_read_repeat(struct az_regex_parser *parser, bool brace,
                          struct az_regex_repeat *ret);
/* Whether "{m}", "{m,}" or "{m,n}" stands here. */
bool az_regex_at_braces(const struct az_regex_parser *parser);
/* Writes it behind an atom that began at OUTPUT, when UNFOLDED was what it
   is. */
void az_regex_write_repeat(struct az_regex_parser *parser,
                           struct az_regex_repeat repeat);
void az_regex_count_group(struct az_regex_parser *parser, size_t output,
                          size_t unfolded, struct az_regex_repeat repeat);

/* Writing.  Surrogates never match: they are left out of a class, and outside
   become a class that matches nothing. */
void az_regex_write(struct az_regex_parser *parser, const char *text);
void az_regex_write_char(struct az_regex_parser *parser, uint32_t code_point);
void az_regex_write_range(struct az_regex_parser *parser, uint32_t low,
                          uint32_t high);
/* Opens a class and returns where; closes it, whatever came between. */
size_t az_regex_open_class(struct az_regex_parser *parser, bool negated);
void az_regex_close_class(struct az_regex_parser *parser, size_t opened,
                          bool negated);
/* Notes that PCRE2 may refuse what comes next, which stands at OFFSET. */
void az_regex_mark(struct az_regex_parser *parser, size_t offset);

/* A Unicode property in PCRE2's spelling. */
struct az_regex_property {
    const char *prefix; /* "", "sc:", "scx:" */
    const char *name;
    bool negated;
    bool certain; /* PCRE2 has it for sure */
};

/* The property called NAME, or NAME=VALUE when VALUE is not NULL, in ECMA-262
   (exact spelling); false when there is none. */
bool az_regex_find_property(struct az_str name, const struct az_str *value,
                            struct az_regex_property *ret);
/* Writes \p{...}, or \P{...} when NEGATED. */
void az_regex_write_property(struct az_regex_parser *parser,
                             const struct az_regex_property *property,
                             bool negated);

/* ECMA escapes and classes (ecma-class.c).  Each stands on its '\' or '['. */
bool az_regex_ecma_class(struct az_regex_parser *parser);
/* One of \d \D \s \S \w \W \p{} \P{}, written to OUT (IN_CLASS: without
   brackets); *RET_DONE tells whether it was one. */
bool az_regex_ecma_class_escape(struct az_regex_parser *parser, bool in_class,
                                bool *ret_done);
/* An escape for one character, which may be a surrogate. */
bool az_regex_ecma_char_escape(struct az_regex_parser *parser, uint32_t *ret);

#endif
