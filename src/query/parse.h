/* The parser of JSONPath: what its files share.
   SPDX-License-Identifier: MIT */

#ifndef AZ_QUERY_PARSE_H
#define AZ_QUERY_PARSE_H

#include "query/compiled.h"

/* A path being parsed.  Each function below that returns a bool leaves P at
   what it did not take and, where it says false, the error set. */
struct parser {
    struct az_arena *arena;
    const char *start;
    const char *p;
    const char *end;
    unsigned depth; /* filters, parentheses and calls around P */
    size_t memo_count;
    uint32_t guess_count;
    bool has_patterns;
    struct az_query_error *error;
};

/* lex.c */

/* Sets the error at AT and returns false. */
bool az_query_fail(struct parser *parser, const char *at, const char *message);
bool az_query_failf(struct parser *parser, const char *at, const char *format,
                    ...) __attribute__((format(printf, 3, 4)));
/* The next byte, or -1 at the end. */
int az_query_peek(const struct parser *parser);
/* Takes C if it comes next. */
bool az_query_take(struct parser *parser, char c);
/* Takes blank space, maybe none; tells whether there was some. */
bool az_query_take_space(struct parser *parser);
/* string-literal; the quote comes next. */
bool az_query_take_string(struct parser *parser, struct az_str *ret);
/* int, within the range of I-JSON (RFC 9535, 2.1). */
bool az_query_take_integer(struct parser *parser, int64_t *ret);
/* number: the text of a JSON number. */
bool az_query_take_number(struct parser *parser, struct az_str *ret);
/* member-name-shorthand; false, without an error, if none comes next. */
bool az_query_take_name(struct parser *parser, struct az_str *ret);
/* function-name, or the word of a literal. */
struct az_str az_query_take_word(struct parser *parser);

/* parse.c */

/* Goes one level down; false at AZ_MAX_QUERY_DEPTH. Undone by depth--. */
bool az_query_enter(struct parser *parser);
/* jsonpath-query or rel-query; '$' or '@' comes next. */
struct az_query *az_query_take_query(struct parser *parser);

/* expression.c */

/* logical-expr; NULL with the error set. */
const struct expression *az_query_take_expression(struct parser *parser);

/* typing.c */

/* What may stand beside a comparison operator, alone in a filter, and in the
   brackets of a function (RFC 9535, 2.4.3). */
bool az_query_check_comparable(struct parser *parser,
                               const struct operand *operand);
bool az_query_check_test(struct parser *parser, const struct operand *operand);
bool az_query_check_call(struct parser *parser, const struct call *call,
                         size_t offset);

#endif
