/* Well-typedness of function expressions and comparisons (RFC 9535, 2.4.3).
   SPDX-License-Identifier: MIT */

#include "query/parse.h"
#include "query/run.h"

static bool
refuse_query(struct parser *parser, const struct operand *operand)
{
    const char *at = parser->start + operand->offset;

    if (!operand->query->singular) {
        return az_query_fail(parser, at,
                             "the query may select several nodes where one "
                             "value is needed");
    }
    return az_query_fail(parser, at,
                         "a query that stands for one value has no white space "
                         "inside its brackets");
}

/* By the grammar of singular queries (RFC 9535, 2.3.5.1). */
static bool
is_singular(const struct az_query *query)
{
    return query->singular && !query->spaced;
}

static bool
gives(const struct operand *operand, enum expression_type type)
{
    return operand->kind == OPERAND_CALL &&
           operand->call->function->result == type;
}

bool
az_query_check_comparable(struct parser *parser, const struct operand *operand)
{
    if (operand->kind == OPERAND_QUERY && !is_singular(operand->query))
        return refuse_query(parser, operand);
    if (operand->kind == OPERAND_CALL && !gives(operand, TYPE_VALUE)) {
        return az_query_failf(parser, parser->start + operand->offset,
                              "%s() gives no value that could be compared",
                              operand->call->function->name);
    }
    return true;
}

bool
az_query_check_test(struct parser *parser, const struct operand *operand)
{
    const char *at = parser->start + operand->offset;

    if (operand->kind == OPERAND_LITERAL) {
        return az_query_fail(parser, at,
                             "a literal alone is no test: compare it");
    }
    if (gives(operand, TYPE_VALUE)) {
        return az_query_failf(parser, at,
                              "%s() alone is no test: compare its value",
                              operand->call->function->name);
    }
    return true;
}

/* Whether ARGUMENT, the one numbered NUMBER from 1, fits a parameter of
   TYPE. */
static bool
check_argument(struct parser *parser, const struct function *function,
               const struct operand *argument, size_t number)
{
    enum expression_type type = function->parameters[number - 1];
    const char *at = parser->start + argument->offset;

    if (type == TYPE_NODES) {
        return argument->kind == OPERAND_QUERY ||
               az_query_failf(parser, at,
                              "argument %zu of %s() must be a query", number,
                              function->name);
    }
    if (argument->kind == OPERAND_QUERY && !is_singular(argument->query))
        return refuse_query(parser, argument);
    return argument->kind != OPERAND_CALL || gives(argument, TYPE_VALUE) ||
           az_query_failf(parser, at,
                          "argument %zu of %s() must be a value, which %s() "
                          "does not give",
                          number, function->name,
                          argument->call->function->name);
}

bool
az_query_check_call(struct parser *parser, const struct call *call,
                    size_t offset)
{
    const struct function *function = call->function;

    if (call->count != function->count) {
        return az_query_failf(
            parser, parser->start + offset, "%s() takes %s, not %zu",
            function->name,
            az_str_counted(parser->arena, function->count, "argument"),
            call->count);
    }
    for (size_t i = 0; i < call->count; i++)
        if (!check_argument(parser, function, &call->arguments[i], i + 1))
            return false;
    return true;
}
