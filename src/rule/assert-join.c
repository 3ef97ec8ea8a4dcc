/* Assertions about rows of two lists that belong together: join.
   SPDX-License-Identifier: MIT

   The rows on the other side are put into a map by their keys, once for all
   subjects if they are the same for all.  What is said about the others: rows
   without a partner are a finding or not as the rule states; there is no
   default. */

#include <string.h>

#include "core/arena.h"
#include "core/decimal.h"
#include "rule/bounds.h"
#include "rule/parse.h"

/* How a value here is to be to the one there. */
static const char *const relation_names[] = { "at_least", "at_most", "above",
                                              "below",    "equal",   NULL };

struct pair {
    struct path here;
    struct path there;
    enum bound relation; /* EQUALS: of values of any type */
};

struct join {
    struct path rows;
    struct path with;
    const struct path *key;
    const struct path *with_key;
    size_t key_count;
    struct pair *pairs;
    size_t pair_count;
    bool rows_fail; /* without a partner */
    bool with_fail;
    bool may_be_empty;
};

static const struct az_node *
demand(struct parser *parser, const struct az_node *node, const char *key,
       const char *what)
{
    const struct az_node *found = az_node_get(node, key);

    if (found == NULL)
        az_rule_mistake(parser, node, "%s has no '%s'", what, key);
    return found;
}

static bool
parse_keys(struct parser *parser, const struct az_node *node, struct join *join)
{
    const struct az_node *key = demand(parser, node, "key", "'join'");
    const struct az_node *with_key = az_node_get(node, "with_key");
    size_t count;

    if (key == NULL)
        return false;
    join->key = az_rule_parse_paths(parser, key, "'key'", &join->key_count);
    join->with_key = join->key;
    if (join->key == NULL || with_key == NULL)
        return join->key != NULL;
    join->with_key =
        az_rule_parse_paths(parser, with_key, "'with_key'", &count);
    if (join->with_key == NULL)
        return false;
    if (count == join->key_count)
        return true;
    az_rule_mistake(parser, with_key, "'with_key' has %zu paths, 'key' %zu",
                    count, join->key_count);
    return false;
}

/* { rows: fail, with: pass } */
static bool
parse_unmatched(struct parser *parser, const struct az_node *node,
                struct join *join)
{
    static const char *const names[] = { "rows", "with", NULL };
    static const char *const answers[] = { "pass", "fail", NULL };
    const struct az_node *unmatched =
        demand(parser, node, "unmatched", "'join'");
    bool *const policies[] = { &join->rows_fail, &join->with_fail };
    bool good = true;
    size_t i;

    if (unmatched == NULL ||
        !az_rule_want(parser, unmatched, AZ_OBJECT, "'unmatched'") ||
        !az_rule_check_keys(parser, unmatched, names, "'unmatched'"))
        return false;
    for (i = 0; i < 2; i++) {
        const struct az_node *answer =
            demand(parser, unmatched, names[i], "'unmatched'");
        int chosen = answer == NULL
                         ? -1
                         : az_rule_choose(parser, answer, answers, "answer");

        *policies[i] = chosen == 1;
        good &= chosen >= 0;
    }
    return good;
}

/* A path for both sides, or one for each and how they relate. */
static bool
parse_pair(struct parser *parser, const struct az_node *node, struct pair *ret)
{
    static const char *const names[] = { "rows", "is", "with", NULL };
    const struct az_node *here = node, *there = node, *relation = NULL;
    int chosen = EQUALS;

    if (node->type == AZ_OBJECT) {
        if (!az_rule_check_keys(parser, node, names, "a pair"))
            return false;
        here = demand(parser, node, "rows", "a pair");
        there = demand(parser, node, "with", "a pair");
        relation = az_node_get(node, "is");
    }
    if (relation != NULL)
        chosen = az_rule_choose(parser, relation, relation_names, "relation");
    ret->relation = (enum bound)chosen;
    return here != NULL && there != NULL && chosen >= 0 &&
           az_rule_parse_path(parser, here, &ret->here) &&
           az_rule_parse_path(parser, there, &ret->there);
}

static bool
parse_pairs(struct parser *parser, const struct az_node *node,
            struct join *join)
{
    const struct az_node *agree = az_node_get(node, "agree");
    bool good = true;
    size_t i;

    if (agree == NULL) {
        if (join->rows_fail || join->with_fail)
            return true;
        az_rule_mistake(parser, node, "'join' demands nothing");
        return false;
    }
    if (!az_rule_want(parser, agree, AZ_ARRAY, "'agree'"))
        return false;
    if (agree->count == 0) {
        az_rule_mistake(parser, agree, "'agree' lists no paths");
        return false;
    }
    join->pairs =
        az_arena_array(parser->arena, agree->count, sizeof(*join->pairs));
    join->pair_count = agree->count;
    for (i = 0; i < agree->count; i++)
        good &= parse_pair(parser, &agree->items[i], &join->pairs[i]);
    return good;
}

static const void *
parse_join(struct parser *parser, const struct az_node *object,
           const struct az_member *member)
{
    static const char *const names[] = { "rows",         "key",   "with",
                                         "with_key",     "agree", "unmatched",
                                         "may_be_empty", NULL };
    const struct az_node *node = &member->value, *rows, *with;
    struct join *join = AZ_NEW(parser->arena, struct join);
    bool good;

    (void)object;
    if (!az_rule_want(parser, node, AZ_OBJECT, "'join'") ||
        !az_rule_check_keys(parser, node, names, "'join'"))
        return NULL;
    rows = demand(parser, node, "rows", "'join'");
    with = demand(parser, node, "with", "'join'");
    good = rows != NULL && az_rule_parse_path(parser, rows, &join->rows);
    good &= with != NULL && az_rule_parse_path(parser, with, &join->with);
    good &= parse_keys(parser, node, join);
    good &= parse_unmatched(parser, node, join);
    good &= good && parse_pairs(parser, node, join);
    join->may_be_empty = az_rule_flag(parser, node, "may_be_empty");
    return good ? join : NULL;
}

/* The other side. */

struct partner {
    const struct az_node *row;
    struct item key; /* the first part of it */
    size_t round;    /* in which it was matched last */
};

struct table {
    enum outcome outcome; /* HOLDS, BROKEN or UNSURE */
    struct subject bad;   /* the first row that has no key of its own */
    bool told;            /* the last two have been reported */
    const struct az_document *document;
    struct partner *partners;
    size_t count;
    size_t round;
    struct az_map index;    /* struct partner by key */
    struct collection keys; /* the first parts */
};

/* Appends to the scratch buffer what tells ROW from others; *RET is the first
   part of its key. */
static enum outcome
take_key(struct trial *trial, const struct path *paths, size_t count,
         const struct subject *row, struct subject *ret)
{
    struct subject part;
    enum outcome outcome;
    size_t i;

    for (i = 0; i < count; i++) {
        outcome = az_rule_take_one(trial, &paths[i], row, "is the key", &part);
        if (outcome != HOLDS)
            return outcome;
        if (i == 0)
            *ret = part;
    }
    trial->scratch.len = 0;
    for (i = 0; i < count; i++) {
        const struct az_nodes *nodes = az_rule_nodes(trial, &paths[i], row);

        if (nodes == NULL)
            return az_rule_fail_path(trial, row, &paths[i]);
        az_rule_spend(trial, az_rule_weight(nodes->items[0]));
        az_rule_canonical(&trial->scratch, nodes->items[0]);
        az_buf_add_char(&trial->scratch, ',');
        az_rule_nodes_release(trial, nodes);
    }
    return HOLDS;
}

static enum outcome
enter(struct trial *trial, const struct join *join, struct az_arena *arena,
      struct table *table, const struct subject *row)
{
    struct partner *partner = &table->partners[table->count];
    struct az_map_entry *entry;
    struct failure failure;
    enum outcome outcome;
    struct subject key;

    outcome = take_key(trial, join->with_key, join->key_count, row, &key);
    if (outcome != HOLDS)
        return outcome;
    entry = az_map_find(&table->index, az_buf_str(&trial->scratch));
    if (entry != NULL) {
        az_rule_failure(&failure, &key);
        az_rule_relate(&failure, table->document,
                       ((struct partner *)entry->value)->key.node,
                       "the first is here");
        return az_rule_fail(trial, &failure, "%s is the key of two rows",
                            az_node_quote(trial->arena, key.item.node));
    }
    entry = az_map_put(&table->index,
                       az_arena_str(arena, az_buf_str(&trial->scratch)), NULL);
    entry->value = partner;
    *partner = (struct partner){ row->item.node, key.item, 0 };
    table->count++;
    return HOLDS;
}

static void
fill_table(struct trial *trial, const struct join *join,
           const struct subject *subject, struct az_arena *arena,
           struct table *table)
{
    const struct az_nodes *nodes = az_rule_nodes(trial, &join->with, subject);
    struct subject row = *subject;
    enum outcome one;
    struct item *keys;
    size_t i;

    if (nodes == NULL) {
        table->outcome = az_rule_fail_path(trial, subject, &join->with);
        return;
    }
    az_map_init(&table->index, arena);
    table->document = az_rule_path_document(trial, &join->with, subject);
    table->partners =
        az_arena_array(arena, nodes->count + 1, sizeof(*table->partners));
    row.document = table->document;
    for (i = 0; i < nodes->count && !trial->exhausted; i++) {
        row.item.node = row.item.place = nodes->items[i];
        one = enter(trial, join, arena, table, &row);
        if (one != HOLDS && table->outcome == HOLDS)
            table->bad = row;
        table->outcome = az_rule_both(table->outcome, one);
    }
    az_rule_nodes_release(trial, nodes);
    keys = az_arena_array(arena, table->count + 1, sizeof(*keys));
    for (i = 0; i < table->count; i++)
        keys[i] = table->partners[i].key;
    table->keys.document = table->document;
    table->keys.items = keys;
    table->keys.count = table->count;
    table->keys.arena = arena;
}

/* The table of the other side, kept if it is the same for all subjects. */
static struct table *
take_table(struct trial *trial, const struct join *join,
           const struct subject *subject)
{
    bool fixed = join->with.scope != SCOPE_SUBJECT;
    struct slot *slot = &trial->slots[join->with.slot];
    struct az_arena *arena = fixed ? trial->lasting : trial->arena;
    struct table *table = fixed ? slot->kept : NULL;

    if (table != NULL &&
        (table->outcome == HOLDS || table->told || trial->quiet > 0)) {
        table->round++;
        return table;
    }
    table = AZ_NEW(arena, struct table);
    fill_table(trial, join, subject, arena, table);
    table->told = trial->quiet == 0;
    table->round = 1;
    if (fixed && table->outcome != UNSURE)
        slot->kept = table;
    return table;
}

/* Pairs. */

/* What PAIR compares, numbers where one is to be above the other. */
static enum outcome
take_pair(struct trial *trial, const struct pair *pair,
          const struct subject *here, const struct subject *there,
          struct subject *ret_mine, struct subject *ret_other)
{
    enum outcome outcome;

    outcome =
        az_rule_take_one(trial, &pair->here, here, "is compared", ret_mine);
    if (outcome == HOLDS)
        outcome = az_rule_take_one(trial, &pair->there, there, "is compared",
                                   ret_other);
    if (outcome != HOLDS || pair->relation == EQUALS)
        return outcome;
    if (ret_mine->item.node->type != AZ_NUMBER)
        return az_rule_fail_type(trial, ret_mine, "number");
    if (ret_other->item.node->type != AZ_NUMBER)
        return az_rule_fail_type(trial, ret_other, "number");
    return HOLDS;
}

static enum outcome
judge_pair(struct trial *trial, const struct pair *pair,
           const struct subject *here, const struct subject *there)
{
    struct subject mine, other;
    struct failure failure;
    enum outcome outcome;
    bool holds;

    outcome =
        az_rule_found(trial, take_pair(trial, pair, here, there, &mine, &other),
                      here, "what is compared is not there");
    if (outcome != HOLDS)
        return outcome;
    az_rule_note_pair(trial, pair->relation, &mine.item, &other.item);
    az_rule_spend(trial, az_rule_weight(mine.item.node));
    holds = pair->relation == EQUALS
                ? az_node_equal(mine.item.node, other.item.node)
                : az_rule_is_within(
                      pair->relation,
                      az_decimal_compare_text(az_node_text(mine.item.node),
                                              az_node_text(other.item.node)));
    if (holds)
        return HOLDS;
    if (trial->quiet > 0)
        return BROKEN;
    az_rule_failure(&failure, &mine);
    failure.expected = az_arena_printf(
        trial->arena, "%s%s%s",
        pair->relation == EQUALS ? "" : az_rule_bound_words[pair->relation],
        pair->relation == EQUALS ? "" : " ",
        az_node_quote(trial->arena, other.item.node));
    az_rule_relate(&failure, other.document, other.item.node,
                   "compared with this");
    return az_rule_fail(trial, &failure, "%s is not %s",
                        az_node_quote(trial->arena, mine.item.node),
                        failure.expected);
}

static enum outcome
fail_alone(struct trial *trial, const struct join *join, struct table *table,
           const struct subject *key)
{
    struct failure failure;
    const struct item *near;

    if (trial->quiet > 0)
        return BROKEN;
    az_rule_failure(&failure, key);
    failure.expected = az_rule_list_set(trial, &table->keys);
    near = az_rule_set_nearest(trial, &table->keys, &key->item);
    if (near != NULL && !az_node_equal(near->node, key->item.node))
        failure.nearest = az_node_quote(trial->arena, near->node);
    if (table->count > 0)
        az_rule_relate(&failure, table->document,
                       near != NULL ? near->node : table->keys.items[0].node,
                       near != NULL ? "the nearest key there"
                                    : "the first key there");
    return az_rule_fail(trial, &failure, "%s has no row among the %zu of %s",
                        az_node_quote(trial->arena, key->item.node),
                        table->count,
                        az_str_quote(trial->arena, join->with.text));
}

/* Judges one row; *PAIRS counts those with a partner. */
static enum outcome
judge_row(struct trial *trial, const struct join *join, struct table *table,
          const struct subject *row, size_t *pairs)
{
    struct subject there = { table->document, { NULL, NULL, false } }, key;
    struct partner *partner;
    enum outcome outcome;
    size_t i;

    outcome = az_rule_found(
        trial, take_key(trial, join->key, join->key_count, row, &key), row,
        "this row has no key");
    if (outcome != HOLDS)
        return outcome;
    partner = az_map_get(&table->index, az_buf_str(&trial->scratch));
    if (partner == NULL)
        return join->rows_fail ? fail_alone(trial, join, table, &key) : HOLDS;
    partner->round = table->round;
    ++*pairs;
    there.item.node = there.item.place = partner->row;
    for (i = 0; i < join->pair_count; i++)
        outcome = az_rule_both(outcome,
                               judge_pair(trial, &join->pairs[i], row, &there));
    return outcome;
}

/* Rows of the other side that nobody asked for. */
static enum outcome
judge_unmatched(struct trial *trial, const struct join *join,
                const struct table *table, const struct subject *subject)
{
    struct failure failure;
    size_t i;

    if (!join->with_fail)
        return HOLDS;
    az_rule_failure(&failure, subject);
    az_rule_spend(trial, table->count);
    for (i = 0; i < table->count; i++) {
        if (table->partners[i].round == table->round)
            continue;
        az_rule_show(&failure.missing, table->partners[i].key);
        az_rule_relate(&failure, table->document, table->partners[i].key.node,
                       "a row is here");
    }
    if (failure.missing.count == 0)
        return HOLDS;
    return az_rule_fail(trial, &failure, "%s %s no row in %s",
                        az_rule_list(trial, &failure.missing),
                        failure.missing.count == 1 ? "has" : "have",
                        az_str_quote(trial->arena, join->rows.text));
}

/* Neither an empty side nor two that have nothing in common is a pass. */
static enum outcome
judge_sizes(struct trial *trial, const struct join *join,
            const struct table *table, const struct subject *subject,
            size_t rows, size_t pairs)
{
    struct failure failure;

    if (join->may_be_empty && (rows == 0 || table->count == 0))
        return HOLDS;
    if (rows == 0)
        return az_rule_fail_nothing(trial, subject, &join->rows);
    if (table->count == 0)
        return az_rule_fail_nothing(trial, subject, &join->with);
    if (pairs > 0)
        return HOLDS;
    az_rule_failure(&failure, subject);
    failure.outcome = VOID;
    return az_rule_fail(trial, &failure,
                        "nothing to compare: no row of %s is in %s",
                        az_str_quote(trial->arena, join->rows.text),
                        az_str_quote(trial->arena, join->with.text));
}

/* Holds the rows against those of TABLE. */
static enum outcome
judge_rows(struct trial *trial, const struct join *join, struct table *table,
           const struct subject *subject)
{
    const struct az_nodes *nodes = az_rule_nodes(trial, &join->rows, subject);
    enum outcome outcome = HOLDS;
    struct subject row = *subject;
    size_t i, pairs = 0, count;

    if (nodes == NULL)
        return az_rule_fail_path(trial, subject, &join->rows);
    row.document = az_rule_path_document(trial, &join->rows, subject);
    count = nodes->count;
    az_rule_spend(trial, count);
    for (i = 0; i < count && !trial->exhausted; i++) {
        row.item.node = row.item.place = nodes->items[i];
        outcome =
            az_rule_both(outcome, judge_row(trial, join, table, &row, &pairs));
    }
    az_rule_nodes_release(trial, nodes);
    outcome =
        az_rule_both(outcome, judge_unmatched(trial, join, table, subject));
    if (outcome != HOLDS)
        return outcome;
    return judge_sizes(trial, join, table, subject, count, pairs);
}

static enum outcome
judge_join(struct trial *trial, const struct assertion *assertion,
           const struct subject *subject)
{
    const struct join *join = assertion->data;
    bool fixed = join->with.scope != SCOPE_SUBJECT;
    enum outcome outcome;
    struct table *table;

    if (fixed && az_rule_recall(trial, &join->rows, &outcome))
        return outcome;
    table = take_table(trial, join, subject);
    if (table->outcome != HOLDS)
        return az_rule_found(trial, table->outcome, &table->bad,
                             "this row has no key of its own");
    outcome = judge_rows(trial, join, table, subject);
    if (fixed)
        az_rule_remember(trial, &join->rows, outcome);
    return outcome;
}

const struct assertion_type az_rule_join_assertions[] = {
    { "join", parse_join, judge_join, false },
    { NULL, NULL, NULL, false },
};
