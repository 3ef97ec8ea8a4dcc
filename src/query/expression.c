/* JSONPath text to its compiled form: the expressions of filters.
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "core/ascii.h"
#include "core/build.h"
#include "core/decimal.h"
#include "query/parse.h"
#include "query/run.h"

static bool take_operand(struct parser *parser, struct operand *ret);
static bool take_or(struct parser *parser, struct expression *ret);

static bool
take_arguments(struct parser *parser, struct call *call)
{
    (void)az_query_take_space(parser);
    if (az_query_take(parser, ')'))
        return true;
    do {
        (void)az_query_take_space(parser);
        struct operand argument = { .kind = OPERAND_LITERAL };
        int c = az_query_peek(parser);
        if (c == '!' || c == '(') {
            return az_query_failf(parser, parser->p,
                                  "no argument of %s() is a logical expression",
                                  call->function->name);
        }
        if (!take_operand(parser, &argument))
            return false;
        if (call->count < FUNCTION_MAX_ARGUMENTS)
            call->arguments[call->count] = argument;
        call->count++;
        (void)az_query_take_space(parser);
    } while (az_query_take(parser, ','));
    return az_query_take(parser, ')') ||
           az_query_fail(parser, parser->p, "expected ',' or ')'");
}

/* Takes the brackets of a call of the function NAME, which starts at AT. */
static bool
take_call(struct parser *parser, struct az_str name, struct operand *ret)
{
    const char *near;
    struct call *call = AZ_NEW(parser->arena, struct call);

    call->function = az_query_function(name, &near);
    if (call->function == NULL) {
        const char *quoted = az_str_quote(parser->arena, name);
        return near == NULL
                   ? az_query_failf(parser, name.p, "unknown function %s",
                                    quoted)
                   : az_query_failf(parser, name.p,
                                    "unknown function %s, did you mean '%s'?",
                                    quoted, near);
    }
    if (!az_query_enter(parser))
        return false;
    parser->p++;
    if (!take_arguments(parser, call))
        return false;
    parser->depth--;
    ret->kind = OPERAND_CALL;
    ret->call = call;
    if (!az_query_check_call(parser, call, ret->offset) ||
        !az_query_prepare(parser->arena, call, parser->error))
        return false;
    parser->has_patterns |= call->regex != NULL;
    return true;
}

/* true, false, null, or a function call. */
static bool
take_word(struct parser *parser, struct operand *ret)
{
    struct az_str word = az_query_take_word(parser);

    if (az_query_peek(parser) == '(')
        return take_call(parser, word, ret);
    ret->kind = OPERAND_LITERAL;
    if (az_str_eq_c(word, "null")) {
        ret->literal = az_make_null();
        return true;
    }
    bool truth = az_str_eq_c(word, "true");
    if (truth || az_str_eq_c(word, "false")) {
        ret->literal = az_make_boolean(truth);
        return true;
    }
    return az_query_failf(parser, word.p,
                          "unknown word %s: a string needs quotes, a function "
                          "its parentheses",
                          az_str_quote(parser->arena, word));
}

static bool
take_number(struct parser *parser, struct operand *ret)
{
    const char *at = parser->p;
    struct az_str text;
    struct az_decimal decimal;

    if (!az_query_take_number(parser, &text))
        return false;
    if (!az_decimal_parse(parser->arena, text, &decimal)) {
        return az_query_fail(parser, at,
                             "the number has too many digits or too large an "
                             "exponent");
    }
    ret->kind = OPERAND_LITERAL;
    ret->literal = az_make_number(text);
    return true;
}

static bool
take_inner_query(struct parser *parser, struct operand *ret)
{
    struct az_query *query = az_query_take_query(parser);

    if (query == NULL)
        return false;
    if (query->from_root && !query->singular)
        query->memo = parser->memo_count++;
    ret->kind = OPERAND_QUERY;
    ret->query = query;
    return true;
}

/* A literal, a query or a function call. */
static bool
take_operand(struct parser *parser, struct operand *ret)
{
    int c = az_query_peek(parser);

    ret->offset = (size_t)(parser->p - parser->start);
    if (c == '@' || c == '$')
        return take_inner_query(parser, ret);
    if (c == '"' || c == '\'') {
        struct az_str string;
        if (!az_query_take_string(parser, &string))
            return false;
        ret->kind = OPERAND_LITERAL;
        ret->literal = az_make_string(string);
        return true;
    }
    if (c == '-' || az_is_digit(c))
        return take_number(parser, ret);
    if (c >= 'a' && c <= 'z')
        return take_word(parser, ret);
    return az_query_fail(parser, parser->p,
                         "expected a query, a literal or a function");
}

/* Takes a comparison-op if one comes next. */
static bool
take_comparison(struct parser *parser, enum comparison_operator *ret)
{
    static const struct {
        char first;
        char second; /* 0: none */
        enum comparison_operator comparison;
    } operators[] = {
        { '=', '=', COMPARE_EQUAL },
        { '!', '=', COMPARE_NOT_EQUAL },
        { '<', '=', COMPARE_LESS_OR_EQUAL },
        { '>', '=', COMPARE_GREATER_OR_EQUAL },
        { '<', 0, COMPARE_LESS },
        { '>', 0, COMPARE_GREATER },
    };
    const char *at = parser->p;

    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (az_query_take(parser, operators[i].first)) {
            if (operators[i].second == 0 ||
                az_query_take(parser, operators[i].second)) {
                *ret = operators[i].comparison;
                return true;
            }
            parser->p = at;
        }
    }
    return false;
}

static const struct operand *
keep_operand(struct parser *parser, const struct operand *operand)
{
    struct operand *kept = AZ_NEW(parser->arena, struct operand);

    *kept = *operand;
    return kept;
}

/* OPERAND alone, as a test. */
static bool
make_test(struct parser *parser, const struct operand *operand,
          struct expression *ret)
{
    if (!az_query_check_test(parser, operand))
        return false;
    ret->kind =
        operand->kind == OPERAND_CALL ? EXPRESSION_CALL : EXPRESSION_EXISTS;
    ret->sides = keep_operand(parser, operand);
    return true;
}

/* comparison-expr, or test-expr without a '!'. */
static bool
take_comparison_or_test(struct parser *parser, struct expression *ret)
{
    struct operand sides[2];
    enum comparison_operator comparison;

    if (!take_operand(parser, &sides[0]))
        return false;
    (void)az_query_take_space(parser);
    if (!take_comparison(parser, &comparison))
        return make_test(parser, &sides[0], ret);
    (void)az_query_take_space(parser);
    if (!take_operand(parser, &sides[1]) ||
        !az_query_check_comparable(parser, &sides[0]) ||
        !az_query_check_comparable(parser, &sides[1]))
        return false;
    struct operand *kept = az_arena_array(parser->arena, 2, sizeof *kept);
    kept[0] = sides[0];
    kept[1] = sides[1];
    ret->kind = EXPRESSION_COMPARISON;
    ret->comparison = comparison;
    ret->sides = kept;
    return true;
}

/* '(' comes next. */
static bool
take_parentheses(struct parser *parser, struct expression *ret)
{
    if (!az_query_enter(parser))
        return false;
    parser->p++;
    (void)az_query_take_space(parser);
    if (!take_or(parser, ret))
        return false;
    (void)az_query_take_space(parser);
    parser->depth--;
    return az_query_take(parser, ')') ||
           az_query_fail(parser, parser->p, "expected '&&', '||' or ')'");
}

/* '!' comes next. */
static bool
take_not(struct parser *parser, struct expression *ret)
{
    struct expression *inner = AZ_NEW(parser->arena, struct expression);
    enum comparison_operator comparison;

    parser->p++;
    (void)az_query_take_space(parser);
    ret->kind = EXPRESSION_NOT;
    ret->parts = inner;
    ret->count = 1;
    if (az_query_peek(parser) == '(')
        return take_parentheses(parser, inner);
    struct operand operand;
    if (!take_operand(parser, &operand))
        return false;
    (void)az_query_take_space(parser);
    const char *at = parser->p;
    if (take_comparison(parser, &comparison)) {
        return az_query_fail(parser, at,
                             "'!' before a comparison needs parentheses around "
                             "it");
    }
    return make_test(parser, &operand, inner);
}

static bool
take_basic(struct parser *parser, struct expression *ret)
{
    switch (az_query_peek(parser)) {
    case '(':
        return take_parentheses(parser, ret);
    case '!':
        return take_not(parser, ret);
    default:
        return take_comparison_or_test(parser, ret);
    }
}

/* PART *(S SIGN SIGN S PART): one alone is itself, several are a KIND. */
static bool
take_chain(struct parser *parser, char sign, enum expression_kind kind,
           bool (*take_part)(struct parser *, struct expression *),
           struct expression *ret)
{
    struct expression *parts = NULL;
    size_t count = 0;
    size_t capacity = 0;

    if (!take_part(parser, ret))
        return false;
    for (;;) {
        const char *after = parser->p;
        (void)az_query_take_space(parser);
        if (parser->end - parser->p < 2 || parser->p[0] != sign ||
            parser->p[1] != sign) {
            parser->p = after;
            break;
        }
        parser->p += 2;
        (void)az_query_take_space(parser);
        if (count == 0) {
            parts = az_arena_grow(parser->arena, parts, count, &capacity,
                                  sizeof *parts);
            parts[count++] = *ret;
        }
        parts = az_arena_grow(parser->arena, parts, count, &capacity,
                              sizeof *parts);
        if (!take_part(parser, &parts[count]))
            return false;
        count++;
    }
    if (count > 0) {
        ret->kind = kind;
        ret->parts = parts;
        ret->count = count;
    }
    return true;
}

static bool
take_and(struct parser *parser, struct expression *ret)
{
    return take_chain(parser, '&', EXPRESSION_AND, take_basic, ret);
}

static bool
take_or(struct parser *parser, struct expression *ret)
{
    return take_chain(parser, '|', EXPRESSION_OR, take_and, ret);
}

const struct expression *
az_query_take_expression(struct parser *parser)
{
    struct expression *expression = AZ_NEW(parser->arena, struct expression);

    return take_or(parser, expression) ? expression : NULL;
}
