/* Inside the JSON reader: what its two halves, reading and explaining, share.
   SPDX-License-Identifier: MIT

   Not for other rooms: those use read/read.h. */

#ifndef AZ_READ_JSON_H
#define AZ_READ_JSON_H

#include "core/diag.h"
#include "core/node.h"
#include "read/duplicates.h"

/* An array or object that is open, on the C stack of the function that reads
   it. */
struct json_frame {
    const struct json_frame *outer;
    const char *open; /* its bracket */
    bool object;
    size_t base;    /* its first value or member among the pending ones */
    size_t current; /* the one that is being read */
    /* An object whose keys, LIKE_COUNT of them, this one has had so far, in the
       same order and spelling. */
    const struct az_member *like;
    size_t like_count;
};

/* Objects that are remembered, to guess the keys of those to come: most objects
   of a document have the keys of another, and a guess that holds saves reading
   them and comparing them with each other. */
#define JSON_SHAPES 64

struct json_shape {
    const struct az_member *members;
    size_t count;
};

/* Reading advances a pointer that functions take and return, so that it stays
   in a register; NULL says that the reader gave up and told the sink. */
struct json_reader {
    struct az_arena *arena;
    struct az_sink *sink;
    const struct az_source *source;
    const char *start;
    const char *end;
    const struct az_limits *limits;
    size_t node_count;
    unsigned depth;
    const struct json_frame *frame; /* the innermost */
    struct az_node *root;
    /* Items and members of open containers: each container copies its own,
       from the end, to the arena when it closes.  From malloc, to be given
       back at the end. */
    struct az_node *items;
    size_t item_count;
    size_t item_capacity;
    struct az_member *members;
    size_t member_count;
    size_t member_capacity;
    struct json_shape shapes[JSON_SHAPES]; /* by what the first key is like */
    struct duplicates duplicates;
    bool malformed;
};

/* What the grammar allows at a place. */
enum json_expected {
    JSON_VALUE = 1,
    JSON_KEY = 2, /* or '}', behind '{' */
    JSON_COLON = 4,
    JSON_MORE = 8, /* a comma or the closing bracket */
    JSON_END = 16, /* of the document */
};

static inline struct az_place
json_place(const struct json_reader *r, const char *from, const char *to)
{
    return az_place_of(r->source,
                       (struct az_span){ .start = (uint32_t)(from - r->start),
                                         .end = (uint32_t)(to - r->start) });
}

/* az_read_json with other limits than those of ARENA. */
const struct az_document *az_json_read_within(struct az_arena *arena,
                                              struct az_sink *sink,
                                              const struct az_source *source,
                                              const struct az_limits *limits);

/* Escapes. */

/* What a backslash and one character stand for; 0: nothing, or more than one
   character tells. */
extern const unsigned char az_json_short_escapes[256];

/* Bytes of the escape that the backslash at P begins, and the code point it
   stands for; 0 if it is none. A surrogate pair is one escape. */
size_t az_json_read_escape(const char *p, const char *end, uint32_t *ret);
/* What [FROM, TO), whose escapes are sound, stands for. */
struct az_str az_json_decode(struct az_arena *arena, const char *from,
                             const char *to);

/* Numbers. */

/* The end of the number at P (RFC 8259, section 6), or NULL.  *RET_EXPONENT is
   how many digits the exponent has, if it has one. */
const char *az_json_scan_number(const char *p, const char *end,
                                size_t *ret_exponent);

/* What to say of a mistake; '$' is a place to fill. */
struct json_advice {
    const char *message;
    const char *hint;
    const char *fix; /* for the '$' of the hint */
};

/* Whether TOKEN, which is no number, begins like one. */
bool az_json_is_numeric(struct az_str token);
/* What is wrong with such a TOKEN; ret->fix is set where there is a better one
   than the caller's. */
void az_json_explain_number(struct az_arena *arena, struct az_str token,
                            struct json_advice *ret);

/* Findings. */

/* Each records one finding and returns NULL. */

/* At AT stands something else than what is EXPECTED; also for a number that
   starts at AT and is malformed (JSON_VALUE). */
const char *az_json_unexpected(struct json_reader *r, const char *at,
                               enum json_expected expected);
/* The string that OPEN begins cannot go on at AT: end of text, control
   character, bad escape or bad UTF-8. */
const char *az_json_bad_string(struct json_reader *r, const char *open,
                               const char *at);
/* [FROM, TO) is a number beyond AZ_MAX_DIGITS or AZ_MAX_EXPONENT. */
const char *az_json_number_limit(struct json_reader *r, const char *from,
                                 const char *to);
/* The array or object at AT is one too deep. */
const char *az_json_depth_limit(struct json_reader *r, const char *at);
/* The value at AT is one too many. */
const char *az_json_node_limit(struct json_reader *r, const char *at);

/* Whether the text begins with a mark or pattern of another encoding; then
   there is a finding. */
bool az_json_other_encoding(struct json_reader *r);

/* A finding for each of the MEMBERS, which az_object_index has seen, whose key
   one before it has.  Call it while R->frame is the frame of their object. */
void az_json_duplicate_keys(struct json_reader *r,
                            const struct az_member *members, size_t count);

#endif
