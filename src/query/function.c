/* The functions of JSONPath (RFC 9535, 2.4.4 to 2.4.8).
   SPDX-License-Identifier: MIT */

#include <stdio.h>

#include "core/arena.h"
#include "core/utf8.h"
#include "query/run.h"
#include "regex/regex.h"

static void
give_count(size_t count, struct value *ret)
{
    int len = snprintf(ret->digits, sizeof ret->digits, "%zu", count);

    ret->own = (struct az_node){ .type = AZ_NUMBER,
                                 .count = (uint32_t)len,
                                 .text = ret->digits };
    ret->node = &ret->own;
}

static void
value_length(struct run *run, const struct call *call,
             const struct az_node *current, struct value *ret)
{
    struct value argument;

    az_query_value(run, &call->arguments[0], current, &argument);
    const struct az_node *node = argument.node;
    if (node != NULL && node->type == AZ_STRING) {
        az_query_spend(run, node->count / BYTES_PER_STEP);
        give_count(az_utf8_length(az_node_text(node)), ret);
    } else if (node != NULL &&
               (node->type == AZ_ARRAY || node->type == AZ_OBJECT)) {
        give_count(node->count, ret);
    } else {
        ret->node = NULL;
    }
}

static void
value_count(struct run *run, const struct call *call,
            const struct az_node *current, struct value *ret)
{
    struct collector found = { .limit = SIZE_MAX };

    az_query_find(run, call->arguments[0].query, current, &found);
    give_count(found.count, ret);
}

static void
value_value(struct run *run, const struct call *call,
            const struct az_node *current, struct value *ret)
{
    struct collector found = { .limit = 2 };

    az_query_find(run, call->arguments[0].query, current, &found);
    ret->node = found.count == 1 ? found.first : NULL;
}

/* A pattern that came from a document. */
struct pattern {
    struct az_regex *regex; /* NULL: no I-Regexp */
    bool unsupported;       /* an I-Regexp beyond the engine */
};

static const struct pattern *
compile_once(struct run *run, struct az_str text, bool whole)
{
    struct az_map *map = &run->patterns[whole];
    struct az_regex_error error = { .unsupported = false };
    bool is_new;

    if (map->arena == NULL)
        az_map_init(map, run->arena);
    struct az_map_entry *entry = az_map_put(map, text, &is_new);
    if (!is_new)
        return entry->value;
    struct pattern *pattern = AZ_NEW(run->arena, struct pattern);
    pattern->regex =
        az_regex_new(run->arena, text, AZ_REGEX_IREGEXP, whole, &error);
    pattern->unsupported = pattern->regex == NULL && error.unsupported;
    entry->value = pattern;
    return pattern;
}

/* The expression that PATTERN is; NULL if it is no I-Regexp. */
static struct az_regex *
regex_of(struct run *run, const struct call *call,
         const struct az_node *pattern)
{
    if (call->arguments[1].kind == OPERAND_LITERAL)
        return call->regex;
    const struct pattern *compiled =
        compile_once(run, az_node_text(pattern), call->function->whole);
    if (compiled->unsupported)
        run->failed = true;
    return compiled->regex;
}

static bool
logical_match(struct run *run, const struct call *call,
              const struct az_node *current)
{
    struct value subject;
    struct value pattern;

    az_query_value(run, &call->arguments[0], current, &subject);
    az_query_value(run, &call->arguments[1], current, &pattern);
    if (subject.node == NULL || subject.node->type != AZ_STRING ||
        pattern.node == NULL || pattern.node->type != AZ_STRING)
        return false;
    struct az_regex *regex = regex_of(run, call, pattern.node);
    if (regex == NULL)
        return false;
    enum az_regex_result result =
        az_regex_match(regex, az_node_text(subject.node));
    if (result == AZ_REGEX_OVER_BUDGET)
        run->failed = true;
    return result == AZ_REGEX_MATCH;
}

static const struct function functions[] = {
    { .name = "count",
      .result = TYPE_VALUE,
      .parameters = { TYPE_NODES },
      .count = 1,
      .value = value_count },
    { .name = "length",
      .result = TYPE_VALUE,
      .parameters = { TYPE_VALUE },
      .count = 1,
      .value = value_length },
    { .name = "match",
      .result = TYPE_LOGICAL,
      .parameters = { TYPE_VALUE, TYPE_VALUE },
      .count = 2,
      .whole = true,
      .logical = logical_match },
    { .name = "search",
      .result = TYPE_LOGICAL,
      .parameters = { TYPE_VALUE, TYPE_VALUE },
      .count = 2,
      .logical = logical_match },
    { .name = "value",
      .result = TYPE_VALUE,
      .parameters = { TYPE_NODES },
      .count = 1,
      .value = value_value },
};
enum { FUNCTIONS = sizeof functions / sizeof functions[0] };

const struct function *
az_query_function(struct az_str name, const char **ret_near)
{
    struct az_str names[FUNCTIONS];

    for (size_t i = 0; i < FUNCTIONS; i++) {
        names[i] = az_str_from(functions[i].name);
        if (az_str_eq(name, names[i]))
            return &functions[i];
    }
    size_t near = az_str_nearest(name, names, FUNCTIONS);
    *ret_near = near < FUNCTIONS ? functions[near].name : NULL;
    return NULL;
}

bool
az_query_prepare(struct az_arena *arena, struct call *call,
                 struct az_query_error *ret_error)
{
    const struct operand *operand = &call->arguments[1];
    struct az_regex_error error = { .unsupported = false };

    if (call->function->logical == NULL || operand->kind != OPERAND_LITERAL ||
        operand->literal.type != AZ_STRING)
        return true;
    call->regex = az_regex_new(arena, az_node_text(&operand->literal),
                               AZ_REGEX_IREGEXP, call->function->whole, &error);
    if (call->regex == NULL && error.unsupported) {
        ret_error->offset = operand->offset;
        ret_error->message = error.message;
        return false;
    }
    return true;
}
