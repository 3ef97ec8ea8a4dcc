/* A JSONPath, compiled: what the parser makes and the evaluation reads.
   SPDX-License-Identifier: MIT */

#ifndef AZ_QUERY_COMPILED_H
#define AZ_QUERY_COMPILED_H

#include <stdbool.h>
#include <stdint.h>

#include "core/node.h"
#include "core/str.h"
#include "query/query.h"

struct az_regex;
struct expression;
struct function;

enum selector_kind {
    SELECT_NAME,
    SELECT_WILDCARD,
    SELECT_INDEX,
    SELECT_SLICE,
    SELECT_FILTER,
};

struct slice {
    int64_t start;
    int64_t end;
    int64_t step;
    bool has_start;
    bool has_end;
};

struct selector {
    enum selector_kind kind;
    uint32_t guess; /* of a name: number of its guess in a run */
    union {
        struct az_str name;
        int64_t index;
        const struct slice *slice;
        const struct expression *filter;
    };
};

struct segment {
    const struct selector *selectors;
    uint32_t count;
    bool descendant;
    /* A child segment of one name or one index: at most one node. */
    bool plain;
    /* White space beside the brackets' selector, which the grammar of singular
       queries does not have. */
    bool spaced;
};

/* No memo: the result of the query depends on the current node, or is as fast
   to find as to remember. */
#define NO_MEMO SIZE_MAX

struct az_query {
    const struct segment *segments;
    size_t count;
    size_t memo;        /* number of this query's memo in a run, or NO_MEMO */
    size_t memo_count;  /* outermost query: memos a run needs */
    size_t guess_count; /* and guesses */
    bool has_patterns;  /* and whether it has literal patterns */
    bool from_root;     /* '$', not '@' */
    bool singular;      /* all segments are plain */
    bool spaced;        /* one of them is spaced */
};

/* The types of RFC 9535, 2.4.1.  No function gives TYPE_NODES or takes
   TYPE_LOGICAL. */
enum expression_type { TYPE_VALUE, TYPE_LOGICAL, TYPE_NODES };

enum { FUNCTION_MAX_ARGUMENTS = 2 };

enum operand_kind { OPERAND_LITERAL, OPERAND_QUERY, OPERAND_CALL };

/* A side of a comparison, a test or an argument. */
struct operand {
    enum operand_kind kind;
    size_t offset; /* in the path, for messages */
    union {
        struct az_node literal;
        const struct az_query *query;
        const struct call *call;
    };
};

struct call {
    const struct function *function;
    struct operand arguments[FUNCTION_MAX_ARGUMENTS];
    size_t count;
    /* match() and search() with a literal pattern; NULL if it is not an
       I-Regexp */
    struct az_regex *regex;
};

enum comparison_operator {
    COMPARE_EQUAL,
    COMPARE_NOT_EQUAL,
    COMPARE_LESS_OR_EQUAL,
    COMPARE_GREATER_OR_EQUAL,
    COMPARE_LESS,
    COMPARE_GREATER,
};

enum expression_kind {
    EXPRESSION_OR,
    EXPRESSION_AND,
    EXPRESSION_NOT, /* of one expression */
    EXPRESSION_COMPARISON,
    EXPRESSION_EXISTS, /* of what a query selects */
    EXPRESSION_CALL,   /* of a function of type TYPE_LOGICAL */
};

struct expression {
    enum expression_kind kind;
    enum comparison_operator comparison;
    union {
        struct {
            const struct expression *parts;
            size_t count;
        };
        const struct operand *sides; /* one, or two of a comparison */
    };
};

#endif
