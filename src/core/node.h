/* The tree that both readers give: JSON values that know where they stand.
   SPDX-License-Identifier: MIT

   A tree is const once it is made.  Nodes, members and decoded text live in
   the arena of the run; text without escapes is borrowed from the source. */

#ifndef AZ_CORE_NODE_H
#define AZ_CORE_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/source.h"
#include "core/str.h"

struct az_arena;

enum az_type {
    AZ_NULL,
    AZ_BOOLEAN,
    AZ_NUMBER,
    AZ_STRING,
    AZ_ARRAY,
    AZ_OBJECT,
};

struct az_member;

struct az_node {
    uint32_t type : 8;   /* enum az_type */
    uint32_t alias : 24; /* 1 + the number of the YAML alias that it is a copy
                            for; 0: it is spelled out where it stands */
    uint32_t count;      /* items, members, or bytes of text */
    struct az_span span;
    union {
        bool truth;
        const char *text; /* string: decoded; number: JSON number, as written */
        const struct az_node *items;
        const struct az_member *members; /* see az_object_index */
    };
};

struct az_member {
    struct az_str key; /* decoded */
    struct az_span key_span;
    struct az_node value;
};

enum az_format { AZ_FORMAT_JSON, AZ_FORMAT_YAML };

/* A file that was read. */
struct az_document {
    const struct az_source *source;
    const struct az_node *root;
    enum az_format format;
    /* Nodes may lie outside their parent's span: YAML aliases, patched trees */
    bool scattered;
    /* The tree is whole, but the file is malformed (duplicate keys), and the
       sink has been told. */
    bool malformed;
    /* It is part of the program, whose tests hold that, as a schema or ruleset,
       it has no mistakes: these are not looked for again. */
    bool embedded;
    const struct az_span *aliases; /* where they stand, by number */
    size_t alias_count;
};

/* "null", "boolean", "number", "string", "array", "object" */
const char *az_type_name(enum az_type type);

/* The text of a string or number node. */
static inline struct az_str
az_node_text(const struct az_node *node)
{
    return (struct az_str){ node->text, node->count };
}
/* Whether NODE, which may be NULL, is a string that says TEXT. */
bool az_node_is_string(const struct az_node *node, const char *text);
/* Whether NODE, which may be NULL, is true: "true", 1 and "yes" are not. */
static inline bool
az_node_is_true(const struct az_node *node)
{
    return node != NULL && node->type == AZ_BOOLEAN && node->truth;
}

/* Objects of more than this many members carry, right behind their members,
   an index: COUNT uint32_t, the member numbers sorted by key. */
#define AZ_OBJECT_INDEX_MIN 16
/* Room for COUNT members and their index where one is due. */
struct az_member *az_object_alloc(struct az_arena *arena, size_t count);
/* Builds the index of an object whose members are in place, and tells whether
   two keys are equal. Small objects have none; nothing is done but the
   comparison. */
bool az_object_index(struct az_arena *arena, struct az_member *members,
                     size_t count);
/* The same for MEMBERS whose keys are those of LIKE, which has an index where
   one is due, in the same order. */
void az_object_index_like(struct az_member *members,
                          const struct az_member *like, size_t count);

/* The member of OBJECT called KEY, or NULL (also when NODE is no object or is
   NULL). Logarithmic. */
const struct az_member *az_node_member(const struct az_node *node,
                                       struct az_str key);
/* Its value, or NULL. */
const struct az_node *az_node_value(const struct az_node *node,
                                    struct az_str key);
static inline const struct az_node *
az_node_get(const struct az_node *node, const char *key)
{
    return az_node_value(node, az_str_from(key));
}
/* The number of nodes in the tree under NODE, itself included. */
size_t az_node_size(const struct az_node *node);

/* JSON equality (JSON Schema 2020-12 core, 4.2.2): numbers by value, 1 == 1.0;
   objects without order. */
bool az_node_equal(const struct az_node *a, const struct az_node *b);
/* A total order that agrees with az_node_equal: by type, then by value. */
int az_node_compare(const struct az_node *a, const struct az_node *b);
/* The same for qsort, over pointers to nodes; equal ones are ordered by their
   address, which for items of one array is their place in it. */
int az_node_order(const void *a, const void *b);
/* The items of ARRAY in that order. */
const struct az_node **az_node_sorted(struct az_arena *arena,
                                      const struct az_node *array);

/* NODE as compact JSON text. */
void az_node_print(struct az_buf *buf, const struct az_node *node);
/* The same for a message: escaped, cut at AZ_QUOTE_LIMIT.  Of an array or
   object that is longer, the number of items or keys. */
const char *az_node_quote(struct az_arena *arena, const struct az_node *node);

/* The JSON Pointer (RFC 6901) of NODE in the tree under ROOT, "" for the root;
   NULL if it is not there. NODE is found by its address; SCATTERED says that
   spans do not nest, so that they cannot guide the search. */
const char *az_node_pointer(struct az_arena *arena, const struct az_node *root,
                            const struct az_node *node, bool scattered);

/* The first byte of NODE: a caret under the opening brace says more than one
   under all of a long object. */
struct az_span az_node_start(const struct az_node *node);
struct az_place az_document_place(const struct az_document *document,
                                  const struct az_node *node);
/* The place of its first byte alone. */
struct az_place az_document_start(const struct az_document *document,
                                  const struct az_node *node);
/* Where the alias stands that brought NODE to its place in the tree (the
   outermost, if aliases stand inside of what others name); AZ_NOWHERE if none
   did. */
struct az_place az_document_alias(const struct az_document *document,
                                  const struct az_node *node);
/* az_node_pointer in a document. */
const char *az_document_pointer(struct az_arena *arena,
                                const struct az_document *document,
                                const struct az_node *node);
/* The member whose value NODE is, by address; NULL if it is none's. To point at
   a key instead of its value. */
const struct az_member *
az_document_member_of(const struct az_document *document,
                      const struct az_node *node);

#endif
