/* Whether a filter takes a node.
   SPDX-License-Identifier: MIT */

#include "query/run.h"

#include "core/decimal.h"

void
az_query_find(struct run *run, const struct az_query *query,
              const struct az_node *current, struct collector *collector)
{
    struct memo *memo =
        query->memo == NO_MEMO ? NULL : &run->memos[query->memo];

    if (memo == NULL || !memo->known) {
        az_query_select(run, query, current, collector);
        if (memo != NULL) {
            *memo = (struct memo){ .known = true,
                                   .first = collector->first,
                                   .count = collector->count };
        }
        return;
    }
    collector->first = memo->first;
    collector->count = memo->count;
}

void
az_query_value(struct run *run, const struct operand *operand,
               const struct az_node *current, struct value *ret)
{
    switch (operand->kind) {
    case OPERAND_LITERAL:
        ret->node = &operand->literal;
        break;
    case OPERAND_QUERY:
        ret->node = az_query_only(run, operand->query, current);
        break;
    case OPERAND_CALL:
        operand->call->function->value(run, operand->call, current, ret);
        break;
    }
}

/* Counts what it takes to compare A with B: no more than to go through one of
   them, and nothing where a glance tells that they differ. */
static void
spend_comparison(struct run *run, const struct az_node *a,
                 const struct az_node *b)
{
    if (a == NULL || b == NULL || a->type != b->type)
        return;
    if (a->type == AZ_STRING || a->type == AZ_NUMBER)
        az_query_spend(run, (a->count < b->count ? a->count : b->count) /
                                BYTES_PER_STEP);
    else if (a->type >= AZ_ARRAY && a->count == b->count)
        az_query_spend(run, az_node_size(a));
}

/* RFC 9535, 2.3.5.2.2: Nothing equals Nothing only. */
static bool
is_equal(const struct az_node *a, const struct az_node *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return az_node_equal(a, b);
}

/* Numbers and strings have an order, each among themselves. */
static bool
is_less(const struct az_node *a, const struct az_node *b)
{
    if (a == NULL || b == NULL || a->type != b->type)
        return false;
    if (a->type == AZ_NUMBER)
        return az_decimal_compare_text(az_node_text(a), az_node_text(b)) < 0;
    return a->type == AZ_STRING &&
           az_str_compare(az_node_text(a), az_node_text(b)) < 0;
}

static bool
compare(struct run *run, const struct expression *expression,
        const struct az_node *current)
{
    struct value left;
    struct value right;

    az_query_value(run, &expression->sides[0], current, &left);
    az_query_value(run, &expression->sides[1], current, &right);
    const struct az_node *a = left.node;
    const struct az_node *b = right.node;
    spend_comparison(run, a, b);
    if (run->failed)
        return false;
    switch (expression->comparison) {
    case COMPARE_EQUAL:
        return is_equal(a, b);
    case COMPARE_NOT_EQUAL:
        return !is_equal(a, b);
    case COMPARE_LESS_OR_EQUAL:
        return is_less(a, b) || is_equal(a, b);
    case COMPARE_GREATER_OR_EQUAL:
        return is_less(b, a) || is_equal(a, b);
    case COMPARE_LESS:
        return is_less(a, b);
    case COMPARE_GREATER:
        return is_less(b, a);
    }
    return false;
}

/* Whether all (WANTED false) or any (WANTED true) of the parts hold. */
static bool
test_parts(struct run *run, const struct expression *expression, bool wanted,
           const struct az_node *current)
{
    for (size_t i = 0; i < expression->count; i++)
        if (az_query_test(run, &expression->parts[i], current) == wanted)
            return wanted;
    return !wanted;
}

/* Whether QUERY selects anything. */
static bool
exists(struct run *run, const struct az_query *query,
       const struct az_node *current)
{
    struct collector found = { .limit = 1 };

    if (query->singular)
        return az_query_only(run, query, current) != NULL;
    az_query_find(run, query, current, &found);
    return found.count > 0;
}

bool
az_query_test(struct run *run, const struct expression *expression,
              const struct az_node *current)
{
    az_query_spend(run, 1);
    switch (expression->kind) {
    case EXPRESSION_OR:
        return test_parts(run, expression, true, current);
    case EXPRESSION_AND:
        return test_parts(run, expression, false, current);
    case EXPRESSION_NOT:
        return !az_query_test(run, expression->parts, current);
    case EXPRESSION_COMPARISON:
        return compare(run, expression, current);
    case EXPRESSION_EXISTS:
        return exists(run, expression->sides->query, current);
    case EXPRESSION_CALL: {
        const struct call *call = expression->sides->call;
        return call->function->logical(run, call, current);
    }
    }
    return false;
}
