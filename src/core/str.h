/* Strings with a length, and a buffer that grows in an arena.
   SPDX-License-Identifier: MIT */

#ifndef AZ_CORE_STR_H
#define AZ_CORE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct az_arena;

/* LEN bytes at P, which may hold NUL and need not end in one.  The bytes
   belong to whoever made the string: an arena, a source text or the program. */
struct az_str {
    const char *p;
    size_t len;
};

/* The az_str of a string literal. */
#define AZ_STR(literal)                                                        \
    ((struct az_str){ .p = (literal), .len = sizeof(literal) - 1 })
/* For printf's "%.*s". */
#define AZ_STR_ARG(s) (int)(s).len, (s).p

/* The bytes of C up to its NUL; borrowed.  NULL gives the empty string. */
static inline struct az_str
az_str_from(const char *c)
{
    return (struct az_str){ c == NULL ? "" : c, c == NULL ? 0 : strlen(c) };
}
static inline bool
az_str_eq(struct az_str a, struct az_str b)
{
    /* Most words differ from the first letter on. */
    return a.len == b.len &&
           (a.len == 0 || (*a.p == *b.p && memcmp(a.p, b.p, a.len) == 0));
}
static inline bool
az_str_eq_c(struct az_str a, const char *b)
{
    return a.len == 0
               ? *b == '\0'
               : *a.p == *b && strlen(b) == a.len && memcmp(a.p, b, a.len) == 0;
}
/* Order by unsigned bytes, which for UTF-8 is the order of code points: below,
   at or above 0 as A sorts before, with or after B. */
int az_str_compare(struct az_str a, struct az_str b);
bool az_str_starts_with(struct az_str s, struct az_str prefix);
bool az_str_ends_with(struct az_str s, struct az_str suffix);

/* Whether there is nothing in S but JSON's white space (RFC 8259, section 2).
 */
bool az_str_is_blank(struct az_str s);

/* Cuts the next line off *REST: up to LF or CR LF, which it does not have, or
   to the end.  False when nothing is left. */
bool az_str_take_line(struct az_str *rest, struct az_str *ret);

/* Edits (insert, delete, substitute, swap of neighbours) that turn A into B,
   by bytes, ASCII case ignored; gives up with LIMIT + 1 once over LIMIT.
   Strings over 64 bytes count as over the limit. */
unsigned az_str_distance(struct az_str a, struct az_str b, unsigned limit);

/* The index of the candidate nearest to WORD, for "did you mean"; COUNT when
   none is near enough (a third of its length, at least one edit). */
size_t az_str_nearest(struct az_str word, const struct az_str *candidates,
                      size_t count);

/* What guesses may cost in the check of one document, or in the compilation of
   one schema: bytes of words, once for each name they are compared with. */
#define AZ_GUESS_BUDGET (1u << 24)

/* Takes the cost of comparing WORD with COUNT names from BUDGET; false, and
   nothing taken, if there is not so much: nothing is guessed then, so that many
   mistakes among many names cost no more than a few. */
bool az_str_may_guess(uint64_t *budget, struct az_str word, size_t count);

/* A string under construction; it lives in the arena, so there is nothing to
   release.  p is always NUL-terminated, beyond len. */
struct az_buf {
    struct az_arena *arena;
    char *p;
    size_t len;
    size_t capacity;
};

void az_buf_init(struct az_buf *buf, struct az_arena *arena);
void az_buf_add(struct az_buf *buf, struct az_str s);
void az_buf_add_c(struct az_buf *buf, const char *c);
void az_buf_add_char(struct az_buf *buf, char c);
/* Appends the UTF-8 form of a code point up to U+10FFFF. */
void az_buf_add_code_point(struct az_buf *buf, uint32_t code_point);
/* VALUE in decimal digits. */
void az_buf_add_int(struct az_buf *buf, int64_t value);
void az_buf_addf(struct az_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void az_buf_vaddf(struct az_buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* Appends what stands before number INDEX of COUNT things: nothing before the
   first, " WORD " before the last, else a comma: "a, b or c". */
void az_buf_add_separator(struct az_buf *buf, size_t index, size_t count,
                          const char *word);
struct az_str az_buf_str(const struct az_buf *buf);

/* Appends S made fit for a terminal, a log line or an annotation: control
   characters (C0, DEL, C1), line and paragraph separators, what turns the text
   round, what cannot be seen and bytes that are not UTF-8 become \xHH or
   \u{H...}; cut at LIMIT code points with "..." (0: never). */
void az_buf_add_escaped(struct az_buf *buf, struct az_str s, size_t limit);
/* Appends JSON, or a part of a JSON string, in the form in which it may be sent
   to a terminal or a parser: the same value, with what az_buf_add_escaped would
   not show beyond ASCII written as \uXXXX, and a byte that is not UTF-8 as the
   replacement character. */
void az_buf_add_json(struct az_buf *buf, struct az_str s);

/* Code points of a document's text that enter a message. */
#define AZ_QUOTE_LIMIT 60
/* 'S' in single quotes, escaped as above and cut at AZ_QUOTE_LIMIT: the form in
   which a document's text enters a message.  NUL-terminated, in ARENA. */
const char *az_str_quote(struct az_arena *arena, struct az_str s);

/* "1 NOUN", or COUNT and NOUN with an "s": "3 records", "0 entries" of "entry";
   for nouns whose plural is no other.  NUL-terminated, in ARENA. */
const char *az_str_counted(struct az_arena *arena, uint64_t count,
                           const char *noun);

#endif
