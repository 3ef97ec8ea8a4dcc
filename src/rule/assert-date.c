/* Assertions about dates: date, stage.
   SPDX-License-Identifier: MIT

   Dates are those of RFC 3339, in the Gregorian calendar.  Where one of two is
   a day, their days in UTC are compared.  "now" is the time of the run. */

#include <string.h>

#include "core/arena.h"
#include "core/date.h"
#include "core/decimal.h"
#include "rule/bounds.h"
#include "rule/parse.h"
#include "rule/trial.h"

/* Days that may be added, either way: eleven thousand years. */
#define MAX_DAYS 4000000

static const char *const bound_names[] = { BOUND_NAMES };

static const char *const bound_words[BOUND_COUNT] = {
    "at or after", "at or before", "after", "before", "the same as",
};

/* A date that the subject is compared with. */
struct limit {
    bool given;
    const struct operand *operand; /* NULL: now */
    const struct operand *days;    /* that are added, or NULL */
    bool before;                   /* or rather taken away */
};

struct date {
    bool no_times;
    bool no_days;
    struct limit limits[BOUND_COUNT];
};

static bool
parse_instant(struct parser *parser, const struct az_node *node,
              struct limit *ret)
{
    struct az_moment moment;

    if (az_node_is_string(node, "now"))
        return true;
    if (node->type != AZ_OBJECT &&
        !az_rule_want(parser, node, AZ_STRING, "a date"))
        return false;
    if (node->type == AZ_STRING &&
        !az_moment_parse(az_node_text(node), &moment)) {
        az_rule_mistake(parser, node,
                        "%s is neither a date nor 'now', nor '{path: ...}'",
                        az_str_quote(parser->arena, az_node_text(node)));
        return false;
    }
    ret->operand = az_rule_parse_operand(parser, node, false);
    return ret->operand != NULL;
}

/* "now", a date, a path to one, { from: one of these, days: N } or the same
   with "before". */
static bool
parse_limit(struct parser *parser, const struct az_node *node,
            struct limit *ret)
{
    static const char *const from_names[] = { "from", "days", NULL };
    static const char *const before_names[] = { "before", "days", NULL };
    const struct az_node *from = az_node_get(node, "from"), *days;

    ret->given = true;
    if (from == NULL) {
        from = az_node_get(node, "before");
        ret->before = from != NULL;
    }
    if (from == NULL)
        return parse_instant(parser, node, ret);
    days = az_node_get(node, "days");
    if (!az_rule_check_keys(parser, node,
                            ret->before ? before_names : from_names, "a date"))
        return false;
    if (days == NULL) {
        az_rule_mistake(parser, node, "a date '%s' another has no 'days'",
                        ret->before ? "before" : "from");
        return false;
    }
    if (days->type != AZ_OBJECT &&
        !az_rule_want(parser, days, AZ_NUMBER, "'days'"))
        return false;
    ret->days = az_rule_parse_operand(parser, days, false);
    return ret->days != NULL && parse_instant(parser, from, ret);
}

static const void *
parse_date(struct parser *parser, const struct az_node *object,
           const struct az_member *member)
{
    static const char *const names[] = { BOUND_NAMES, "form", NULL };
    static const char *const forms[] = { "any", "day", "time", NULL };
    const struct az_node *node = &member->value, *form, *limit;
    struct date *date = AZ_NEW(parser->arena, struct date);
    bool good = true;
    int chosen = 0;
    size_t i;

    (void)object;
    if (node->type != AZ_OBJECT)
        return az_rule_want_true(parser, node, "date") ? date : NULL;
    if (!az_rule_check_keys(parser, node, names, "'date'"))
        return NULL;
    form = az_node_get(node, "form");
    if (form != NULL)
        chosen = az_rule_choose(parser, form, forms, "form");
    date->no_times = chosen == 1;
    date->no_days = chosen == 2;
    for (i = 0; i < BOUND_COUNT; i++) {
        limit = az_node_get(node, bound_names[i]);
        if (limit != NULL)
            good &= parse_limit(parser, limit, &date->limits[i]);
    }
    if (node->count == 0)
        az_rule_mistake(parser, node, "'date' demands nothing");
    return good && chosen >= 0 && node->count > 0 ? date : NULL;
}

/* The time of the run. */
static enum outcome
take_now(struct trial *trial, const struct subject *subject,
         struct az_moment *ret)
{
    const char *now = trial->judge->world.now;

    if (now != NULL && az_moment_parse(az_str_from(now), ret))
        return HOLDS;
    return az_rule_fail_void(trial, subject,
                             "the time of the run is not known");
}

static enum outcome
add_days(struct trial *trial, const struct limit *limit,
         const struct subject *subject, struct az_moment *moment,
         const char **ret_days)
{
    struct az_decimal value;
    struct subject other;
    enum outcome outcome;
    struct az_str text;
    int64_t days;

    outcome = az_rule_operand_value(trial, limit->days, subject, &other);
    if (outcome != HOLDS)
        return outcome;
    if (!az_rule_number_text(trial, &other.item, &text) ||
        !az_decimal_parse(trial->arena, text, &value) ||
        !az_decimal_to_int(value, &days) || days < -MAX_DAYS || days > MAX_DAYS)
        return az_rule_fail_void(
            trial, subject,
            az_arena_printf(trial->arena, "%s is no number of days",
                            az_node_quote(trial->arena, other.item.node)));
    moment->day += limit->before ? -days : days;
    *ret_days = az_arena_str(trial->arena, text).p;
    return HOLDS;
}

/* What LIMIT comes to; FAILURE gets the other date's place, and how the limit
   was found, for the message. */
static enum outcome
take_limit(struct trial *trial, const struct limit *limit,
           const struct subject *subject, struct az_moment *ret,
           struct failure *failure, const char **ret_how)
{
    const char *from = "now", *days = NULL;
    struct subject other;
    enum outcome outcome;
    struct az_str text;

    if (limit->operand == NULL) {
        outcome = take_now(trial, subject, ret);
    } else {
        outcome = az_rule_operand_value(trial, limit->operand, subject, &other);
        if (outcome != HOLDS)
            return outcome;
        from = az_node_quote(trial->arena, other.item.node);
        if (!az_rule_string_text(&other.item, &text) ||
            !az_moment_parse(text, ret))
            return az_rule_fail_void(
                trial, subject,
                az_arena_printf(trial->arena, "%s is no date", from));
        if (other.document != NULL)
            az_rule_relate(failure, other.document, other.item.node,
                           "compared with this");
    }
    if (outcome == HOLDS && limit->days != NULL)
        outcome = add_days(trial, limit, subject, ret, &days);
    if (days != NULL)
        *ret_how = az_arena_printf(trial->arena, " (%s days %s %s)", days,
                                   limit->before ? "before" : "from", from);
    else if (limit->operand == NULL)
        *ret_how = " (now)";
    return outcome;
}

static enum outcome
judge_limit(struct trial *trial, const struct limit *limit, enum bound bound,
            const struct subject *subject, const struct az_moment *moment)
{
    char text[AZ_MOMENT_SIZE];
    struct failure failure;
    struct az_moment other;
    enum outcome outcome;
    const char *how = "";

    az_rule_failure(&failure, subject);
    outcome = take_limit(trial, limit, subject, &other, &failure, &how);
    if (outcome != HOLDS ||
        az_rule_is_within(bound, az_moment_compare(moment, &other)))
        return outcome;
    if (trial->quiet > 0)
        return BROKEN;
    other.has_time &= moment->has_time;
    failure.expected =
        az_arena_printf(trial->arena, "%s %s%s", bound_words[bound],
                        az_moment_spell(&other, text), how);
    return az_rule_fail(trial, &failure, "%s is not %s",
                        az_node_quote(trial->arena, subject->item.node),
                        failure.expected);
}

/* The moment that NODE spells, a string. */
static enum outcome
take_moment(struct trial *trial, const struct subject *subject,
            struct az_moment *ret)
{
    struct failure failure;
    struct az_str text;

    if (!az_rule_string_text(&subject->item, &text))
        return az_rule_fail_type(trial, subject, "string");
    if (az_moment_parse(text, ret))
        return HOLDS;
    az_rule_failure(&failure, subject);
    failure.expected = "a date";
    trial->mistyped = true;
    return az_rule_fail(
        trial, &failure,
        "%s is no date: neither YYYY-MM-DD nor "
        "YYYY-MM-DDThh:mm:ss with a zone, or there is none such",
        az_node_quote(trial->arena, subject->item.node));
}

/* Whether DATE asks more than to be one. */
static bool
is_compared(const struct date *date)
{
    size_t i;

    for (i = 0; i < BOUND_COUNT; i++)
        if (date->limits[i].given)
            return true;
    return false;
}

static enum outcome
judge_date(struct trial *trial, const struct assertion *assertion,
           const struct subject *subject)
{
    const struct date *date = assertion->data;
    enum outcome outcome;
    struct failure failure;
    struct az_moment moment;
    size_t i;

    outcome = take_moment(trial, subject, &moment);
    if (outcome != HOLDS)
        return is_compared(date)
                   ? az_rule_found(trial, outcome, subject, "this is no date")
                   : outcome;
    if (moment.has_time ? date->no_times : date->no_days) {
        az_rule_failure(&failure, subject);
        failure.expected = moment.has_time ? "a day" : "a day and time";
        outcome = az_rule_fail(trial, &failure, "%s is not %s",
                               az_node_quote(trial->arena, subject->item.node),
                               failure.expected);
    }
    for (i = 0; i < BOUND_COUNT; i++)
        if (date->limits[i].given)
            outcome = az_rule_both(outcome, judge_limit(trial, &date->limits[i],
                                                        (enum bound)i, subject,
                                                        &moment));
    return outcome;
}

/* stage */

struct stage {
    struct path rows;
    struct path date;
    const struct path *limits[BOUND_COUNT]; /* in a row; NULL: none */
    bool before_first_pass;
};

static bool
parse_stage_path(struct parser *parser, const struct az_node *node,
                 const char *key, struct path *ret)
{
    const struct az_node *path = az_node_get(node, key);

    if (path != NULL)
        return az_rule_parse_path(parser, path, ret);
    az_rule_mistake(parser, node, "'stage' has no '%s'", key);
    return false;
}

static const void *
parse_stage(struct parser *parser, const struct az_node *object,
            const struct az_member *member)
{
    static const char *const names[] = { BOUND_NAMES, "rows", "date",
                                         "before_first", NULL };
    static const char *const answers[] = { "fail", "pass", NULL };
    const struct az_node *node = &member->value, *before;
    struct stage *stage = AZ_NEW(parser->arena, struct stage);
    size_t i, found = 0;
    int answer = 0;
    bool good;

    (void)object;
    if (!az_rule_want(parser, node, AZ_OBJECT, "'stage'") ||
        !az_rule_check_keys(parser, node, names, "'stage'"))
        return NULL;
    good = parse_stage_path(parser, node, "rows", &stage->rows);
    good &= parse_stage_path(parser, node, "date", &stage->date);
    before = az_node_get(node, "before_first");
    if (before != NULL)
        answer = az_rule_choose(parser, before, answers, "answer");
    stage->before_first_pass = answer == 1;
    for (i = 0; i < BOUND_COUNT; i++) {
        struct path *path = AZ_NEW(parser->arena, struct path);

        if (az_node_get(node, bound_names[i]) == NULL)
            continue;
        found++;
        good &= parse_stage_path(parser, node, bound_names[i], path);
        stage->limits[i] = path;
    }
    if (found == 0)
        az_rule_mistake(parser, node, "'stage' has no bound");
    return good && answer >= 0 && found > 0 ? stage : NULL;
}

/* The stage that is reached. */
struct active {
    const struct az_node *row;  /* NULL: none yet */
    const struct az_node *twin; /* another that began with it, or NULL */
    struct az_moment since;
    struct az_moment twin_since;
    size_t count;         /* of all */
    enum outcome outcome; /* HOLDS, or what kept it from being found */
    struct subject bad;   /* in this row, the first that did */
    bool told;            /* that has been reported */
};

static enum outcome
consider(struct trial *trial, const struct stage *stage,
         const struct az_moment *now, const struct subject *row,
         struct active *active)
{
    struct az_moment since;
    enum outcome outcome;
    struct subject date;
    int order;

    outcome =
        az_rule_take_one(trial, &stage->date, row, "should be a date", &date);
    if (outcome == HOLDS)
        outcome = take_moment(trial, &date, &since);
    if (outcome != HOLDS || az_moment_compare(&since, now) > 0)
        return outcome;
    order = active->row == NULL ? 1 : az_moment_compare(&since, &active->since);
    /* a day is the twin of all times in it, also of those still to come */
    if (order == 0 && (active->twin == NULL || active->twin_since.has_time)) {
        active->twin = row->item.node;
        active->twin_since = since;
    }
    if (order <= 0)
        return HOLDS;
    if (active->twin != NULL &&
        az_moment_compare(&since, &active->twin_since) != 0)
        active->twin = NULL;
    active->row = row->item.node;
    active->since = since;
    return HOLDS;
}

static enum outcome
find_active(struct trial *trial, const struct stage *stage,
            const struct subject *subject, const struct az_moment *now,
            struct active *ret)
{
    const struct az_nodes *nodes = az_rule_nodes(trial, &stage->rows, subject);
    enum outcome outcome = HOLDS, one;
    struct subject row = *subject;
    struct failure failure;
    size_t i;

    if (nodes == NULL)
        return az_rule_fail_path(trial, subject, &stage->rows);
    ret->count = nodes->count;
    row.document = az_rule_path_document(trial, &stage->rows, subject);
    az_rule_spend(trial, nodes->count);
    for (i = 0; i < nodes->count && !trial->exhausted; i++) {
        row.item.node = row.item.place = nodes->items[i];
        one = consider(trial, stage, now, &row, ret);
        if (one != HOLDS && outcome == HOLDS)
            ret->bad = row;
        outcome = az_rule_both(outcome, one);
    }
    az_rule_nodes_release(trial, nodes);
    if (outcome != HOLDS || ret->twin == NULL)
        return outcome;
    row.item.node = row.item.place = ret->twin;
    ret->bad = row;
    az_rule_failure(&failure, &row);
    az_rule_relate(&failure, row.document, ret->row, "the other is here");
    return az_rule_fail(trial, &failure, "two stages begin at the same time");
}

/* The same; of a fixed path only once. */
static struct active
take_active(struct trial *trial, const struct stage *stage,
            const struct subject *subject)
{
    bool fixed = stage->rows.scope != SCOPE_SUBJECT;
    struct slot *slot = &trial->slots[stage->rows.slot];
    const struct active *kept = slot->kept;
    struct active active;
    struct az_moment now;

    if (fixed && kept != NULL &&
        (kept->outcome == HOLDS || kept->told || trial->quiet > 0))
        return *kept;
    memset(&active, 0, sizeof(active));
    active.outcome = take_now(trial, subject, &now);
    if (active.outcome != HOLDS)
        return active;
    active.outcome = find_active(trial, stage, subject, &now, &active);
    active.told = trial->quiet == 0;
    if (fixed && active.outcome != UNSURE) {
        slot->kept = az_arena_alloc(trial->lasting, sizeof(active));
        *(struct active *)slot->kept = active;
    }
    return active;
}

/* Holds the subject against what the stage has at one of its paths. */
static enum outcome
judge_stage_limit(struct trial *trial, const struct path *path,
                  enum bound bound, const struct subject *subject,
                  const struct subject *row)
{
    const struct az_node *mine = subject->item.node;
    struct failure failure;
    struct subject other;
    enum outcome outcome;

    outcome = az_rule_found(
        trial, az_rule_take_one(trial, path, row, "is compared", &other), row,
        "the stage does not have what is compared");
    if (outcome != HOLDS)
        return outcome;
    if (bound != EQUALS && mine->type != AZ_NUMBER)
        return az_rule_fail_type(trial, subject, "number");
    if (bound != EQUALS && other.item.node->type != AZ_NUMBER)
        return az_rule_found(trial, az_rule_fail_type(trial, &other, "number"),
                             &other, "this is no number");
    az_rule_note_pair(trial, bound, &subject->item, &other.item);
    az_rule_spend(trial, az_rule_weight(mine));
    if (bound == EQUALS
            ? az_node_equal(mine, other.item.node)
            : az_rule_is_within(bound, az_decimal_compare_text(
                                           az_node_text(mine),
                                           az_node_text(other.item.node))))
        return HOLDS;
    if (trial->quiet > 0)
        return BROKEN;
    az_rule_failure(&failure, subject);
    failure.expected = az_node_quote(trial->arena, other.item.node);
    if (bound != EQUALS)
        failure.expected =
            az_arena_printf(trial->arena, "%s %s", az_rule_bound_words[bound],
                            failure.expected);
    az_rule_relate(&failure, row->document, other.item.node,
                   "what holds at this stage");
    return az_rule_fail(trial, &failure, "%s is not %s",
                        az_node_quote(trial->arena, mine), failure.expected);
}

static enum outcome
judge_stage(struct trial *trial, const struct assertion *assertion,
            const struct subject *subject)
{
    const struct stage *stage = assertion->data;
    struct subject row = *subject;
    struct active active = take_active(trial, stage, subject);
    enum outcome outcome = active.outcome;
    size_t i;

    if (outcome != HOLDS)
        return az_rule_found(trial, outcome, &active.bad,
                             "the stages do not say which is reached");
    if (active.count == 0)
        return az_rule_fail_nothing(trial, subject, &stage->rows);
    if (active.row == NULL)
        return stage->before_first_pass
                   ? HOLDS
                   : az_rule_fail_void(trial, subject, "no stage has begun");
    row.document = az_rule_path_document(trial, &stage->rows, subject);
    row.item.node = row.item.place = active.row;
    for (i = 0; i < BOUND_COUNT; i++)
        if (stage->limits[i] != NULL)
            outcome = az_rule_both(
                outcome, judge_stage_limit(trial, stage->limits[i],
                                           (enum bound)i, subject, &row));
    return outcome;
}

const struct assertion_type az_rule_date_assertions[] = {
    { "date", parse_date, judge_date, false },
    { "stage", parse_stage, judge_stage, false },
    { NULL, NULL, NULL, false },
};
