/* Assertions about collections: subset_of, same_set ...
   SPDX-License-Identifier: MIT */

#include "core/arena.h"
#include "rule/parse.h"
#include "rule/trial.h"

static const void *
parse_set(struct parser *parser, const struct az_node *object,
          const struct az_member *member)
{
    (void)object;
    return az_rule_parse_operand(parser, &member->value, true);
}

/* The two sets of such an assertion. */
struct sets {
    struct collection mine; /* the subject's */
    struct collection temporary;
    struct collection *other; /* the operand's */
};

static enum outcome
collect_sets(struct trial *trial, const struct assertion *assertion,
             const struct subject *subject, struct sets *ret)
{
    enum outcome outcome = az_rule_operand_set(trial, assertion->data, subject,
                                               &ret->temporary, &ret->other);

    if (outcome != HOLDS)
        return outcome;
    return az_rule_subject_set(trial, subject, assertion->transform,
                               &ret->mine);
}

/* Shows the items of FROM that are in SET, or that are not. */
static void
compare(struct trial *trial, const struct collection *from,
        struct collection *set, bool shared, struct shown *ret)
{
    size_t i;

    for (i = 0; i < from->count; i++)
        if ((az_rule_set_find(trial, set, &from->items[i]) != NULL) == shared)
            az_rule_show(ret, from->items[i]);
}

/* The same for what is missing; a path may select a value many times, and it
   is shown once. */
static void
compare_distinct(struct trial *trial, const struct collection *from,
                 struct collection *set, struct shown *ret)
{
    struct collection shown;
    size_t i;

    memset(&shown, 0, sizeof(shown));
    for (i = 0; i < from->count; i++) {
        const struct item *item = &from->items[i];

        if (az_rule_set_find(trial, set, item) != NULL)
            continue;
        shown.items = ret->items;
        shown.count = ret->count < MAX_SHOWN ? ret->count : MAX_SHOWN;
        if (az_rule_set_find(trial, &shown, item) == NULL)
            az_rule_show(ret, *item);
    }
}

static const char *
describe(struct trial *trial, const struct failure *failure)
{
    struct az_buf buf;

    az_buf_init(&buf, trial->arena);
    if (failure->unexpected.count > 0)
        az_buf_addf(&buf, "%s %s not expected",
                    az_rule_list(trial, &failure->unexpected),
                    failure->unexpected.count == 1 ? "is" : "are");
    if (failure->missing.count > 0)
        az_buf_addf(&buf, "%s%s %s missing", buf.len > 0 ? ", " : "",
                    az_rule_list(trial, &failure->missing),
                    failure->missing.count == 1 ? "is" : "are");
    return buf.p;
}

/* Places FAILURE at the first element that should not be there. */
static void
place_unexpected(struct failure *failure, const struct subject *subject)
{
    const struct shown *unexpected = &failure->unexpected;
    size_t i;

    if (unexpected->count == 0)
        return;
    failure->at.item = unexpected->items[0];
    for (i = 1; i < unexpected->count && i < MAX_SHOWN; i++)
        az_rule_relate(failure, subject->document, unexpected->items[i].node,
                       "nor is this");
}

static void
relate_missing(struct failure *failure, const struct collection *set)
{
    size_t i;

    for (i = 0; i < failure->missing.count && i < MAX_SHOWN; i++)
        if (set->document != NULL)
            az_rule_relate(failure, set->document,
                           failure->missing.items[i].node, "required here");
}

static enum outcome
fail_sets(struct trial *trial, const struct subject *subject,
          const struct sets *sets, struct failure *failure)
{
    const struct item *near;

    if (failure->missing.count == 0 && failure->unexpected.count == 0)
        return HOLDS;
    if (trial->quiet > 0)
        return BROKEN;
    place_unexpected(failure, subject);
    relate_missing(failure, sets->other);
    failure->expected = az_rule_list_set(trial, sets->other);
    if (failure->unexpected.count > 0) {
        near = az_rule_set_nearest(trial, sets->other,
                                   &failure->unexpected.items[0]);
        if (near != NULL && !az_node_equal(near->node, failure->at.item.node))
            failure->nearest = az_node_quote(trial->arena, near->node);
    }
    return az_rule_fail(trial, failure, "%s", describe(trial, failure));
}

static enum outcome
judge_subset_of(struct trial *trial, const struct assertion *assertion,
                const struct subject *subject)
{
    struct failure failure;
    enum outcome outcome;
    struct sets sets;

    outcome = collect_sets(trial, assertion, subject, &sets);
    if (outcome != HOLDS)
        return outcome;
    az_rule_failure(&failure, subject);
    compare(trial, &sets.mine, sets.other, false, &failure.unexpected);
    return fail_sets(trial, subject, &sets, &failure);
}

static enum outcome
judge_superset_of(struct trial *trial, const struct assertion *assertion,
                  const struct subject *subject)
{
    struct failure failure;
    enum outcome outcome;
    struct sets sets;

    outcome = collect_sets(trial, assertion, subject, &sets);
    if (outcome != HOLDS)
        return outcome;
    az_rule_failure(&failure, subject);
    compare_distinct(trial, sets.other, &sets.mine, &failure.missing);
    return fail_sets(trial, subject, &sets, &failure);
}

static enum outcome
judge_disjoint(struct trial *trial, const struct assertion *assertion,
               const struct subject *subject)
{
    const struct item *other;
    struct failure failure;
    enum outcome outcome;
    struct sets sets;
    size_t i;

    outcome = collect_sets(trial, assertion, subject, &sets);
    if (outcome != HOLDS)
        return outcome;
    az_rule_failure(&failure, subject);
    compare(trial, &sets.mine, sets.other, true, &failure.unexpected);
    if (failure.unexpected.count == 0)
        return HOLDS;
    failure.at.item = failure.unexpected.items[0];
    for (i = 0; i < failure.unexpected.count && i < MAX_SHOWN; i++) {
        other =
            az_rule_set_find(trial, sets.other, &failure.unexpected.items[i]);
        if (sets.other->document != NULL && other != NULL)
            az_rule_relate(&failure, sets.other->document, other->node,
                           "excluded here");
    }
    return az_rule_fail(trial, &failure, "%s must not be here",
                        az_rule_list(trial, &failure.unexpected));
}

/* How many items at the front of the two sets are the same. */
static size_t
count_alike(struct trial *trial, const struct sets *sets)
{
    size_t i;

    for (i = 0; i < sets->mine.count && i < sets->other->count; i++) {
        az_rule_spend(trial, az_rule_weight(sets->mine.items[i].node));
        if (!az_node_equal(sets->mine.items[i].node,
                           sets->other->items[i].node))
            break;
    }
    return i;
}

static enum outcome
judge_same_items(struct trial *trial, const struct subject *subject,
                 struct sets *sets)
{
    size_t alike = count_alike(trial, sets);
    struct failure failure;

    if (alike == sets->mine.count && alike == sets->other->count)
        return HOLDS;
    az_rule_failure(&failure, subject);
    compare(trial, &sets->mine, sets->other, false, &failure.unexpected);
    compare_distinct(trial, sets->other, &sets->mine, &failure.missing);
    return fail_sets(trial, subject, sets, &failure);
}

/* Whether SUBJECT is a list of the same values as SET, in its order. */
static bool
is_alike(struct trial *trial, const struct subject *subject,
         const struct collection *set)
{
    const struct az_node *list = subject->item.node;
    size_t i;

    if (list->type != AZ_ARRAY || list->count != set->count)
        return false;
    for (i = 0; i < set->count; i++) {
        az_rule_spend(trial, az_rule_weight(&list->items[i]));
        if (!az_node_equal(&list->items[i], set->items[i].node))
            return false;
    }
    return true;
}

static enum outcome
judge_same_set(struct trial *trial, const struct assertion *assertion,
               const struct subject *subject)
{
    enum outcome outcome, repeats;
    struct sets sets;

    outcome = az_rule_operand_set(trial, assertion->data, subject,
                                  &sets.temporary, &sets.other);
    if (outcome != HOLDS)
        return outcome;
    /* Mostly they are the same down to the order. */
    if (assertion->transform == TRANSFORM_NONE &&
        is_alike(trial, subject, sets.other) &&
        !az_rule_set_repeats(trial, sets.other))
        return HOLDS;
    outcome =
        az_rule_subject_set(trial, subject, assertion->transform, &sets.mine);
    if (outcome != HOLDS)
        return outcome;
    outcome = judge_same_items(trial, subject, &sets);
    repeats = az_rule_judge_repeats(trial, subject, &sets.mine, sets.other);
    return outcome == HOLDS ? repeats : outcome;
}

/* same_sequence */

static enum outcome
judge_same_sequence(struct trial *trial, const struct assertion *assertion,
                    const struct subject *subject)
{
    struct failure failure;
    enum outcome outcome;
    struct sets sets;
    size_t i;

    outcome = collect_sets(trial, assertion, subject, &sets);
    if (outcome != HOLDS)
        return outcome;
    i = count_alike(trial, &sets);
    if (i == sets.mine.count && i == sets.other->count)
        return HOLDS;
    if (trial->quiet > 0)
        return BROKEN;
    az_rule_failure(&failure, subject);
    failure.expected = az_rule_list_sequence(trial, sets.other);
    if (i < sets.mine.count) {
        failure.at.item = sets.mine.items[i];
        az_rule_show(&failure.unexpected, sets.mine.items[i]);
    }
    if (i == sets.other->count)
        return az_rule_fail(trial, &failure, "%s is one too many",
                            az_rule_list(trial, &failure.unexpected));
    az_rule_show(&failure.missing, sets.other->items[i]);
    if (sets.other->document != NULL)
        az_rule_relate(&failure, sets.other->document,
                       sets.other->items[i].node, "the one expected");
    return az_rule_fail(trial, &failure, "%s where item %zu should be %s",
                        i < sets.mine.count
                            ? az_rule_list(trial, &failure.unexpected)
                            : "nothing",
                        i, az_rule_list(trial, &failure.missing));
}

const struct assertion_type az_rule_set_assertions[] = {
    { "subset_of", parse_set, judge_subset_of, true },
    { "superset_of", parse_set, judge_superset_of, true },
    { "disjoint", parse_set, judge_disjoint, true },
    { "same_set", parse_set, judge_same_set, true },
    { "same_sequence", parse_set, judge_same_sequence, true },
    { NULL, NULL, NULL, false },
};
