/* Assertions about how many and how much: count, length, sum, ratio.
   SPDX-License-Identifier: MIT

   All arithmetic is that of exact decimals; a ratio is compared by multiplying
   the limit with the whole, never by a division. */

#include <string.h>

#include "core/arena.h"
#include "core/map.h"
#include "core/utf8.h"
#include "rule/bounds.h"
#include "rule/parse.h"
#include "rule/trial.h"

/* Digits of a sum: numbers that lie further apart are refused. */
#define MAX_SUM_DIGITS 1024
/* To add to so many of them is a step. */
#define DIGITS_PER_STEP 16

/* What an object with bounds demands, and of what. */
struct demand {
    const struct path *path; /* NULL: the subject itself */
    struct bounds bounds;
    bool may_be_empty;
};

/* Reads the members NAMES of the assertion; false after a mistake. */
static bool
parse_demand(struct parser *parser, const struct az_member *member,
             const char *const *names, struct demand *ret)
{
    const struct az_node *node = &member->value, *of_path;
    const char *what =
        az_arena_printf(parser->arena, "'%.*s'", AZ_STR_ARG(member->key));
    struct path *path = AZ_NEW(parser->arena, struct path);

    if (!az_rule_want(parser, node, AZ_OBJECT, what) ||
        !az_rule_check_keys(parser, node, names, what) ||
        !az_rule_parse_bounds(parser, node, what, &ret->bounds))
        return false;
    ret->may_be_empty = az_rule_flag(parser, node, "may_be_empty");
    of_path = az_node_get(node, "of_path");
    ret->path = of_path == NULL ? NULL : path;
    return of_path == NULL || az_rule_parse_path(parser, of_path, path);
}

/* count */

static const void *
parse_count(struct parser *parser, const struct az_node *object,
            const struct az_member *member)
{
    static const char *const names[] = { BOUND_NAMES, "of_path", NULL };
    struct demand *count = AZ_NEW(parser->arena, struct demand);

    (void)object;
    return parse_demand(parser, member, names, count) ? count : NULL;
}

/* The first of NODES, if they may be the items of one list. */
static const struct az_node *
first_of(const struct az_nodes *nodes)
{
    size_t i;

    for (i = 1; i < nodes->count; i++)
        if (nodes->items[i] != nodes->items[0] + i)
            return NULL;
    return nodes->count == 0 ? NULL : nodes->items[0];
}

/* What is counted. */
static enum outcome
take_count(struct trial *trial, const struct assertion *assertion,
           const struct subject *subject, struct measured *ret)
{
    const struct demand *count = assertion->data;
    const struct az_node *list = subject->item.node;
    const struct az_nodes *nodes;
    struct collection items;
    enum outcome outcome;

    if (count->path == NULL) {
        outcome =
            az_rule_subject_set(trial, subject, assertion->transform, &items);
        ret->count = items.count;
        if (list->type == AZ_ARRAY && list->count == items.count)
            ret->first = list->items;
        return outcome;
    }
    nodes = az_rule_nodes(trial, count->path, subject);
    if (nodes == NULL)
        return az_rule_fail_path(trial, subject, count->path);
    ret->count = nodes->count;
    /* only the self-test asks, and one look for each subject is its square */
    if (trial->judge->bounds != NULL)
        ret->first = first_of(nodes);
    az_rule_nodes_release(trial, nodes);
    return HOLDS;
}

static enum outcome
judge_count(struct trial *trial, const struct assertion *assertion,
            const struct subject *subject)
{
    const struct demand *count = assertion->data;
    struct measured number = { .count = 0 };
    enum outcome outcome;

    outcome = take_count(trial, assertion, subject, &number);
    if (outcome != HOLDS)
        return outcome;
    number.value = az_decimal_from_int(trial->arena, (int64_t)number.count);
    number.said =
        az_arena_printf(trial->arena, "there %s %zu",
                        number.count == 1 ? "is" : "are", number.count);
    return az_rule_judge_bounds(trial, &count->bounds, subject, &number);
}

/* length */

static const void *
parse_length(struct parser *parser, const struct az_node *object,
             const struct az_member *member)
{
    static const char *const names[] = { BOUND_NAMES, NULL };
    struct demand *length = AZ_NEW(parser->arena, struct demand);

    (void)object;
    return parse_demand(parser, member, names, length) ? length : NULL;
}

static enum outcome
judge_length(struct trial *trial, const struct assertion *assertion,
             const struct subject *subject)
{
    const struct demand *length = assertion->data;
    struct measured number = { .unit = NULL };
    struct az_str text;

    if (!az_rule_string_text(&subject->item, &text))
        return az_rule_fail_type(trial, subject, "string");
    number.text = subject->item.node;
    number.count = az_utf8_length(text);
    number.value = az_decimal_from_int(trial->arena, (int64_t)number.count);
    number.said = az_arena_printf(
        trial->arena, "%s has %s",
        az_node_quote(trial->arena, subject->item.node),
        az_str_counted(trial->arena, number.count, "character"));
    return az_rule_judge_bounds(trial, &length->bounds, subject, &number);
}

/* sum */

/* What the nodes of a path come to. */
struct total {
    enum outcome outcome;
    bool told; /* if it does not hold: that has been reported */
    size_t count;
    struct az_decimal sum;
    const struct az_node *beyond; /* with this the sum got too long: VOID */
    struct az_nodes *addends;     /* for the self-test; NULL: nobody asks */
};

static const void *
parse_sum(struct parser *parser, const struct az_node *object,
          const struct az_member *member)
{
    static const char *const names[] = { BOUND_NAMES, "of_path", "may_be_empty",
                                         NULL };
    struct demand *sum = AZ_NEW(parser->arena, struct demand);

    (void)object;
    return parse_demand(parser, member, names, sum) ? sum : NULL;
}

/* A sum that was not made is no answer, or it would be below any bound. */
static enum outcome
fail_beyond(struct trial *trial, struct subject *row,
            const struct az_node *beyond)
{
    struct failure failure;

    row->item.node = row->item.place = beyond;
    az_rule_failure(&failure, row);
    failure.outcome = VOID;
    return az_rule_fail(
        trial, &failure,
        "nothing to compare: with %s the sum has more than %d digits",
        az_node_quote(trial->arena, beyond), MAX_SUM_DIGITS);
}

static enum outcome
add_up(struct trial *trial, struct az_arena *arena, struct subject *row,
       const struct az_node *const *nodes, struct total *total)
{
    struct az_decimal value;
    size_t i;

    for (i = 0; i < total->count; i++) {
        row->item.node = row->item.place = nodes[i];
        az_rule_spend(trial, 1 + total->sum.digits.len / DIGITS_PER_STEP);
        if (trial->exhausted)
            return UNSURE;
        if (!az_decimal_of(arena, nodes[i], &value))
            return az_rule_fail_type(trial, row, "number");
        total->sum = az_decimal_add(arena, total->sum, value);
        if (total->sum.digits.len <= MAX_SUM_DIGITS)
            continue;
        total->beyond = nodes[i];
        return fail_beyond(trial, row, nodes[i]);
    }
    return HOLDS;
}

/* A copy of the COUNT NODES, if the self-test asks what was added up. */
static struct az_nodes *
keep_addends(const struct trial *trial, struct az_arena *arena,
             const struct az_node *const *nodes, size_t count)
{
    struct az_nodes *addends;

    if (trial->judge->bounds == NULL)
        return NULL;
    addends = AZ_NEW(arena, struct az_nodes);
    addends->items = az_arena_array(arena, count + 1, sizeof(*addends->items));
    addends->count = addends->capacity = count;
    if (count > 0)
        memcpy(addends->items, nodes, count * sizeof(*nodes));
    return addends;
}

/* What PATH selects, added up if SUM says so; of a fixed path only once. */
static struct total
take_total(struct trial *trial, const struct path *path, bool sum,
           const struct subject *subject)
{
    bool fixed = path->scope != SCOPE_SUBJECT;
    struct slot *slot = &trial->slots[path->slot];
    struct az_arena *arena = fixed ? trial->lasting : trial->arena;
    struct total total = { .outcome = HOLDS };
    const struct total *kept = slot->kept;
    const struct az_nodes *nodes;
    struct subject row = *subject;

    row.document = az_rule_path_document(trial, path, subject);
    if (fixed && kept != NULL &&
        (kept->outcome == HOLDS || kept->told || trial->quiet > 0)) {
        /* whoever asks quietly will tell */
        if (kept->beyond != NULL && trial->quiet > 0)
            fail_beyond(trial, &row, kept->beyond);
        return *kept;
    }
    nodes = az_rule_nodes(trial, path, subject);
    if (nodes == NULL) {
        total.outcome = az_rule_fail_path(trial, subject, path);
        return total;
    }
    total.count = nodes->count;
    total.sum = az_decimal_from_int(arena, sum ? 0 : (int64_t)nodes->count);
    if (sum) {
        total.outcome = add_up(trial, arena, &row, nodes->items, &total);
        total.addends = keep_addends(trial, arena, nodes->items, nodes->count);
    }
    az_rule_nodes_release(trial, nodes);
    total.told = trial->quiet == 0;
    if (fixed && total.outcome != UNSURE) {
        slot->kept = az_arena_alloc(arena, sizeof(total));
        *(struct total *)slot->kept = total;
    }
    return total;
}

/* The items of SUBJECT, an array, added up. */
static struct total
take_items(struct trial *trial, const struct subject *subject)
{
    const struct az_node *node = subject->item.node;
    struct total total = { .outcome = HOLDS };
    struct subject row = *subject;
    const struct az_node **nodes;
    size_t i;

    if (node->type != AZ_ARRAY) {
        total.outcome = az_rule_fail_type(trial, subject, "array");
        return total;
    }
    nodes = az_arena_array(trial->arena, node->count + 1, sizeof(*nodes));
    for (i = 0; i < node->count; i++)
        nodes[i] = &node->items[i];
    total.count = node->count;
    total.outcome = add_up(trial, trial->arena, &row, nodes, &total);
    total.addends = keep_addends(trial, trial->arena, nodes, node->count);
    return total;
}

static enum outcome
fail_empty(struct trial *trial, const struct subject *subject)
{
    struct failure failure;

    az_rule_failure(&failure, subject);
    failure.outcome = VOID;
    return az_rule_fail(trial, &failure,
                        "nothing to compare: the array is empty");
}

static enum outcome
judge_sum(struct trial *trial, const struct assertion *assertion,
          const struct subject *subject)
{
    const struct demand *sum = assertion->data;
    struct measured number = { .unit = NULL };
    struct total total = sum->path == NULL
                             ? take_items(trial, subject)
                             : take_total(trial, sum->path, true, subject);

    if (total.outcome != HOLDS)
        return total.outcome;
    if (total.count == 0 && !sum->may_be_empty)
        return sum->path == NULL
                   ? fail_empty(trial, subject)
                   : az_rule_fail_nothing(trial, subject, sum->path);
    number.value = total.sum;
    number.addends = total.addends;
    number.count = total.count;
    number.said =
        az_arena_printf(trial->arena, "the sum is %.*s",
                        AZ_STR_ARG(az_decimal_print(trial->arena, total.sum)));
    return az_rule_judge_bounds(trial, &sum->bounds, subject, &number);
}

/* ratio */

/* How many nodes a path selects, or what they come to. */
struct amount {
    struct path path;
    bool sum;
};

struct ratio {
    struct amount part;
    struct amount whole;
    struct bounds bounds;
    bool may_be_empty;
};

/* A path, or an object of "sum". */
static bool
parse_amount(struct parser *parser, const struct az_node *node, const char *key,
             struct amount *ret)
{
    static const char *const names[] = { "sum", NULL };
    const struct az_node *amount = az_node_get(node, key), *path = amount;

    if (amount == NULL) {
        az_rule_mistake(parser, node, "'ratio' has no '%s'", key);
        return false;
    }
    if (amount->type == AZ_OBJECT) {
        if (!az_rule_check_keys(parser, amount, names, "an amount"))
            return false;
        path = az_node_get(amount, "sum");
        ret->sum = true;
    }
    if (path == NULL) {
        az_rule_mistake(parser, amount, "an amount has no 'sum'");
        return false;
    }
    return az_rule_parse_path(parser, path, &ret->path);
}

static const void *
parse_ratio(struct parser *parser, const struct az_node *object,
            const struct az_member *member)
{
    static const char *const names[] = { BOUND_NAMES, "part", "whole",
                                         "may_be_empty", NULL };
    const struct az_node *node = &member->value;
    struct ratio *ratio = AZ_NEW(parser->arena, struct ratio);
    bool good;

    (void)object;
    if (!az_rule_want(parser, node, AZ_OBJECT, "'ratio'") ||
        !az_rule_check_keys(parser, node, names, "'ratio'"))
        return NULL;
    good = parse_amount(parser, node, "part", &ratio->part);
    good &= parse_amount(parser, node, "whole", &ratio->whole);
    good &= az_rule_parse_bounds(parser, node, "'ratio'", &ratio->bounds);
    ratio->may_be_empty = az_rule_flag(parser, node, "may_be_empty");
    return good ? ratio : NULL;
}

static bool
has_common(struct az_arena *arena, const struct az_nodes *a,
           const struct az_nodes *b)
{
    struct az_map map;
    size_t i;

    az_map_init(&map, arena);
    for (i = 0; i < a->count; i++)
        az_map_put(&map, AZ_KEY_OF(a->items[i]), NULL);
    for (i = 0; i < b->count; i++)
        if (az_map_find(&map, AZ_KEY_OF(b->items[i])) != NULL)
            return true;
    return false;
}

/* What moves NUMBER alone: numbers that are of both PART and WHOLE move its
   unit as well. */
static void
take_addends(struct trial *trial, const struct total *part,
             const struct total *whole, struct measured *number)
{
    if (part->addends != NULL && whole->addends != NULL &&
        has_common(trial->arena, part->addends, whole->addends))
        return;
    number->addends = part->addends;
    number->denominator = whole->addends;
}

static enum outcome
judge_ratio(struct trial *trial, const struct assertion *assertion,
            const struct subject *subject)
{
    const struct ratio *ratio = assertion->data;
    struct measured number = { .unit = NULL };
    struct total part, whole;
    struct failure failure;
    struct az_str print;

    whole = take_total(trial, &ratio->whole.path, ratio->whole.sum, subject);
    if (whole.outcome != HOLDS)
        return whole.outcome;
    if (whole.count == 0)
        return ratio->may_be_empty
                   ? HOLDS
                   : az_rule_fail_nothing(trial, subject, &ratio->whole.path);
    part = take_total(trial, &ratio->part.path, ratio->part.sum, subject);
    if (part.outcome != HOLDS)
        return part.outcome;
    /* None of the whole is a count; the sum of nothing is a path gone astray.
     */
    if (ratio->part.sum && part.count == 0 && !ratio->may_be_empty)
        return az_rule_fail_nothing(trial, subject, &ratio->part.path);
    print = az_decimal_print(trial->arena, whole.sum);
    if (az_decimal_sign(whole.sum) <= 0) {
        az_rule_failure(&failure, subject);
        failure.outcome = VOID;
        return az_rule_fail(trial, &failure,
                            "nothing to compare: the whole is %.*s",
                            AZ_STR_ARG(print));
    }
    number.value = part.sum;
    number.unit = &whole.sum;
    take_addends(trial, &part, &whole, &number);
    number.count = part.count;
    number.said =
        az_arena_printf(trial->arena, "%.*s of %.*s",
                        AZ_STR_ARG(az_decimal_print(trial->arena, part.sum)),
                        AZ_STR_ARG(print));
    return az_rule_judge_bounds(trial, &ratio->bounds, subject, &number);
}

const struct assertion_type az_rule_number_assertions[] = {
    { "count", parse_count, judge_count, true },
    { "length", parse_length, judge_length, false },
    { "sum", parse_sum, judge_sum, false },
    { "ratio", parse_ratio, judge_ratio, false },
    { NULL, NULL, NULL, false },
};
