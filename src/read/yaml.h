/* Inside the YAML reader: what its parts share.
   SPDX-License-Identifier: MIT

   yaml.c turns libyaml's events into a tree, with yaml-node.c for scalars and
   yaml-alias.c for aliases, yaml-merge.c for merge keys; yaml-source.c goes
   through the source beside them, finds exact places and refuses what libyaml
   misreads, yaml-text.c does so with characters; yaml-scalar.c says what a
   scalar means; yaml-explain.c words the findings. Not for other rooms: those
   use read/read.h. */

#ifndef AZ_READ_YAML_H
#define AZ_READ_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yaml.h>

#include "core/diag.h"
#include "core/map.h"
#include "core/node.h"
#include "read/duplicates.h"
#include "read/read.h"

/* A node that has a name. */
struct yaml_anchor {
    struct az_node node;
    size_t size;     /* nodes in it, itself included */
    unsigned height; /* collections inside each other in it */
    bool complete;   /* its end was seen; before that an alias is a cycle */
};

/* A collection that is open. */
struct yaml_frame {
    struct yaml_anchor *anchor; /* or NULL */
    struct az_str key;          /* of the member that is being read */
    struct az_span key_span;
    size_t base;        /* its first item or member among the pending ones */
    size_t count;       /* how many it has */
    size_t node_before; /* the reader's node_count at its start, itself
                           included */
    size_t start;       /* byte offset */
    int indent;         /* the column of the innermost block collection; -1 */
    unsigned height;
    bool object;
    bool flow;      /* in brackets */
    bool bracketed; /* has brackets of its own; a pair in [a: b] has none */
    bool has_key;
    bool merges;  /* one of its members is that of a merge key: */
    size_t merge; /* its number */
};

struct yaml_reader {
    struct az_arena *arena;
    struct az_sink *sink;
    const struct az_source *source;
    const char *text;
    size_t begin; /* the document's first byte */
    size_t len;   /* its end */
    yaml_parser_t parser;
    size_t fed; /* bytes given to libyaml; len + 1 with the added newline */

    /* libyaml counts characters: the byte offset of one of them. */
    bool ascii;
    size_t known_index;
    size_t known_offset;

    /* The walk through the source (yaml-source.c). */
    size_t at;          /* everything before this byte is accounted for */
    size_t token_end;   /* the end of the last token, comments not counted */
    bool after_json;    /* it was a quoted scalar or a closing bracket */
    bool after_colon;   /* it was ':' */
    struct az_span tag; /* the last tag and anchor, as written */
    struct az_span anchor;

    struct yaml_frame *frames;
    size_t depth;
    size_t frame_capacity;
    /* Items and members of open collections: each copies its own, from the
       end, to the arena when it closes.  From malloc, to be given back. */
    struct az_node *items;
    size_t item_count;
    size_t item_capacity;
    struct az_member *members;
    size_t member_count;
    size_t member_capacity;

    struct az_map anchors;
    struct az_span *aliases; /* of the document, in the order of the text */
    size_t alias_count;
    size_t alias_capacity;
    const struct az_limits *limits;
    size_t node_count;   /* spelled out or added by aliases */
    size_t copied_count; /* added by aliases */
    struct az_node *root;
    struct duplicates duplicates;
    bool scattered;
    bool malformed;
};

/* The document that stands at SPAN of SOURCE, under other limits than those of
   ARENA. */
const struct az_document *az_yaml_read_within(struct az_arena *arena,
                                              struct az_sink *sink,
                                              const struct az_source *source,
                                              struct az_span span,
                                              const struct az_limits *limits);

/* The innermost open collection, or NULL. */
static inline struct yaml_frame *
yaml_frame(const struct yaml_reader *r)
{
    return r->depth == 0 ? NULL : &r->frames[r->depth - 1];
}

/* The column of the innermost block collection; -1 outside of all.  What
   belongs to a node in it is indented further. */
static inline int
yaml_indent(const struct yaml_reader *r)
{
    return r->depth == 0 ? -1 : r->frames[r->depth - 1].indent;
}

static inline bool
yaml_in_flow(const struct yaml_reader *r)
{
    return r->depth > 0 && r->frames[r->depth - 1].flow;
}

/* Whether the next node is a key. */
static inline bool
yaml_wants_key(const struct yaml_reader *r)
{
    return r->depth > 0 && r->frames[r->depth - 1].object &&
           !r->frames[r->depth - 1].has_key;
}

/* Functions that return bool: true if all is well, else there is a finding. */

/* yaml.c. */

/* Counts COUNT nodes that are about to be added, for what stands at AT. */
bool az_yaml_count_nodes(struct yaml_reader *r, size_t count, size_t at);
/* Puts VALUE, with HEIGHT collections inside each other, into the innermost
   collection, or makes it the root. */
void az_yaml_add_value(struct yaml_reader *r, const struct az_node *value,
                       unsigned height);

/* Puts MEMBER behind those of the innermost open collection. */
void az_yaml_add_member(struct yaml_reader *r, const struct az_member *member);

/* yaml-merge.c. */

/* Replaces the merge key of FRAME, a mapping at its end, by the members that it
   stands for. */
bool az_yaml_merge(struct yaml_reader *r, struct yaml_frame *frame);

/* yaml-stream.c: az_read_documents for YAML of several. */

struct az_documents az_yaml_read_stream(struct az_arena *arena,
                                        struct az_sink *sink,
                                        const struct az_source *source);

/* yaml-node.c. */

bool az_yaml_on_scalar(struct yaml_reader *r, const yaml_event_t *event);
/* Makes NODE, a scalar, the key of the member that begins. */
bool az_yaml_set_key(struct yaml_reader *r, const struct az_node *node);
/* Whether a collection of TYPE may have the tag NAME; NULL is none. */
bool az_yaml_check_collection_tag(struct yaml_reader *r,
                                  const yaml_char_t *name, enum az_type type);

/* yaml-alias.c. */

/* The entry that aliases called NAME mean from now on; NULL for no name. */
struct yaml_anchor *az_yaml_set_anchor(struct yaml_reader *r,
                                       const yaml_char_t *name);
/* Says what ANCHOR, if there is one, names: SIZE nodes, HEIGHT collections
   inside each other. */
void az_yaml_complete_anchor(struct yaml_anchor *anchor,
                             const struct az_node *node, size_t size,
                             unsigned height);
bool az_yaml_on_alias(struct yaml_reader *r, const yaml_event_t *event);

/* yaml-text.c. */

/* UTF-8, no byte order mark, no control characters, none of the line breaks
   that YAML 1.2 took out; not too many directives. */
bool az_yaml_check_text(struct yaml_reader *r);
/* yaml-source.c. */

/* The byte offset of character INDEX; the length of the text if past it. */
size_t az_yaml_offset(struct yaml_reader *r, size_t index);
/* Accounts for the bytes up to offset STOP, where the next node or the end of a
   collection is: white space, comments, indicators, properties.  With
   PROPERTIES, goes on over those and stops at the content, or at END. */
bool az_yaml_walk(struct yaml_reader *r, size_t stop, size_t end,
                  bool properties);
/* Accounts for the scalar of STYLE from R->at to END (libyaml's), which spans
   several lines if MULTI_LINE; *RET_END is where its text ends. */
bool az_yaml_walk_scalar(struct yaml_reader *r, size_t end,
                         yaml_scalar_style_t style, bool multi_line,
                         size_t *ret_end);
/* The same for an alias that ends at END. */
bool az_yaml_walk_alias(struct yaml_reader *r, size_t end);
/* Accounts for the bracket at R->at. */
void az_yaml_walk_bracket(struct yaml_reader *r);
/* After the document: white space, comments and "..." only, or a finding about
   a second document.  Text that is neither is left to libyaml. */
bool az_yaml_walk_tail(struct yaml_reader *r);

/* yaml-scalar.c. */

/* What YAML 1.1 makes of a plain scalar, where that is something else. */
enum yaml_old {
    YAML_OLD_SAME,
    YAML_OLD_BOOLEAN,  /* yes, off */
    YAML_OLD_OCTAL,    /* 012 */
    YAML_OLD_TEXT,     /* 0o17 */
    YAML_OLD_EXPONENT, /* 1e3 */
    YAML_OLD_NUMBER,   /* 1:30, 1_000, 0b1 */
    YAML_OLD_VERSION,  /* 1.10: the same, but perhaps not meant */
};

/* What a scalar is. */
struct yaml_value {
    enum az_type type;
    enum yaml_old old;
    bool truth;
    bool not_finite;      /* .inf, .nan: a number, but none of JSON */
    bool over_limit;      /* a number beyond AZ_MAX_DIGITS or _EXPONENT */
    struct az_str number; /* as JSON writes it; borrowed where it can be */
};

/* The meaning of a plain scalar without a tag: YAML 1.2.2, 10.3.2 (core
   schema). */
struct yaml_value az_yaml_resolve(struct az_arena *arena, struct az_str text);
/* The same where the tag says that it is TYPE; false if it is not. FRACTION:
   the type is !!float, not !!int. */
bool az_yaml_resolve_as(struct az_arena *arena, struct az_str text,
                        enum az_type type, bool fraction,
                        struct yaml_value *ret);

/* yaml-explain.c. */

/* Records a finding at [START, END); returns false. */
bool az_yaml_refuse(struct yaml_reader *r, enum az_diag_id id, size_t start,
                    size_t end, const char *hint, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* Records what libyaml complains about; returns false. */
bool az_yaml_explain(struct yaml_reader *r);
/* Warns that YAML 1.1 reads the plain scalar TEXT otherwise. */
void az_yaml_warn_old(struct yaml_reader *r, enum yaml_old old,
                      struct az_str text, struct az_span span);
/* A finding for each of the MEMBERS of the innermost collection whose key one
   before it has; az_object_index has seen them. */
void az_yaml_duplicate_keys(struct yaml_reader *r,
                            const struct az_member *members, size_t count);

#endif
