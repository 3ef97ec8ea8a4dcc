/* Inside the schema room: a cursor over a text whose grammar is judged, which
   says what is wrong and where.
   SPDX-License-Identifier: MIT

   All functions that take something off the front leave the cursor at what they
   refuse.  A reason is lower case, without a full stop, and completes "'TEXT'
   is not a date: ".  It is worded only if somebody asks for it. */

#ifndef AZ_SCHEMA_SCAN_H
#define AZ_SCHEMA_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

struct az_arena;

struct az_scan {
    struct az_arena *arena;
    const char *start; /* of the whole text, from which characters count */
    const char *p;
    const char *end;      /* of the part that is judged */
    const char *text_end; /* of the whole text */
    bool explain;         /* a reason is wanted */
    const char *reason;   /* NULL, or why it was refused; in the arena */
};

/* Classes of ASCII characters, to be combined. */
enum az_scan_class {
    AZ_SCAN_DIGIT = 1u << 0,
    AZ_SCAN_ALPHA = 1u << 1,
    AZ_SCAN_HEX = 1u << 2,       /* 0-9 a-f A-F */
    AZ_SCAN_MARK = 1u << 3,      /* - . _ ~ */
    AZ_SCAN_SUB_DELIM = 1u << 4, /* ! $ & ' ( ) * + , ; = */
    AZ_SCAN_ATEXT = 1u << 5,     /* RFC 5321, Atom */
    AZ_SCAN_PATH = 1u << 6,      /* : @ / */
    AZ_SCAN_QUESTION = 1u << 7,  /* ? */
    AZ_SCAN_COLON = 1u << 8,     /* : */
    AZ_SCAN_SCHEME = 1u << 9,    /* letters, digits, + - . */
    AZ_SCAN_TEMPLATE = 1u << 10, /* RFC 6570, literals */
    AZ_SCAN_VARIABLE = 1u << 11, /* letters, digits, _ */
    AZ_SCAN_OPERATOR = 1u << 12, /* RFC 6570, operator */
};
#define AZ_SCAN_ALNUM      (AZ_SCAN_ALPHA | AZ_SCAN_DIGIT)
#define AZ_SCAN_UNRESERVED (AZ_SCAN_ALNUM | AZ_SCAN_MARK)

extern const unsigned short az_scan_classes[128];

/* A cursor over TEXT. */
struct az_scan az_scan_of(struct az_arena *arena, struct az_str text,
                          bool explain);

static inline bool
az_scan_is(char c, unsigned classes)
{
    return (unsigned char)c < 0x80 &&
           (az_scan_classes[(unsigned char)c] & classes) != 0;
}

static inline bool
az_scan_at_end(const struct az_scan *scan)
{
    return scan->p == scan->end;
}

/* Whether C comes next. */
static inline bool
az_scan_sees(const struct az_scan *scan, char c)
{
    return scan->p < scan->end && *scan->p == c;
}

/* Whether a character of CLASSES comes next. */
static inline bool
az_scan_sees_any(const struct az_scan *scan, unsigned classes)
{
    return scan->p < scan->end && az_scan_is(*scan->p, classes);
}

/* Takes C, if it comes next. */
static inline bool
az_scan_take(struct az_scan *scan, char c)
{
    if (!az_scan_sees(scan, c))
        return false;
    scan->p++;
    return true;
}

/* Takes the letter C in either case. */
static inline bool
az_scan_take_letter(struct az_scan *scan, char c)
{
    return az_scan_take(scan, c) || az_scan_take(scan, (char)(c ^ 0x20));
}

/* Takes all characters of CLASSES that come next; how many. */
static inline size_t
az_scan_skip(struct az_scan *scan, unsigned classes)
{
    const char *before = scan->p;

    while (az_scan_sees_any(scan, classes))
        scan->p++;
    return (size_t)(scan->p - before);
}

/* Takes the character that comes next, beyond ASCII, and gives its code point;
   0 if there is none. */
uint32_t az_scan_take_wide(struct az_scan *scan);

/* The three below record a reason, unless there is one, and return false. */
bool az_scan_fail(struct az_scan *scan, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* "expected WHAT at character 5, found 'x'" */
bool az_scan_expected(struct az_scan *scan, const char *what);
/* "'x' at character 5 is not allowed WHERE" */
bool az_scan_unexpected(struct az_scan *scan, const char *where);

/* True at the end; else "unexpected 'x' at character 5". */
bool az_scan_finish(struct az_scan *scan);

/* The number of the character at P, from 1. */
size_t az_scan_number(const struct az_scan *scan, const char *p);
/* LEN bytes from P in quotes, for a reason. */
const char *az_scan_quote(const struct az_scan *scan, const char *p,
                          size_t len);

#endif
