/* Breaks: patches of the good sample that a rule must notice.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/patch.h"
#include "core/pointer.h"
#include "rule/self-test-internal.h"

/* A break being tried. */
struct attempt {
    struct tester *tester;
    struct az_arena *arena;
    const struct az_rule *rule;
    size_t number; /* from 1 */
    const struct az_node *item;
    const struct az_node *patch;
    size_t target; /* the kind whose sample is patched */
    struct az_judged *set;
    struct az_document *patched;
    bool asserted; /* a break so far made the assertion fail, and did not only
                      take the rule's subjects away */
};

static struct az_diag *
report(struct attempt *attempt, const struct az_node *at, const char *message)
{
    const struct az_self_test_kind *kind =
        &attempt->tester->kinds[attempt->tester->index];
    struct az_sink *sink = attempt->tester->sink;
    const struct az_document *document = kind->ruleset->document;
    struct az_diag *diag = az_sink_add(
        sink, AZ_DIAG_SELF_TEST_BREAK, az_document_place(document, at),
        "break %zu of rule '%s' %s", attempt->number, attempt->rule->id,
        message);

    diag->rule = attempt->rule->id;
    diag->pointer = az_document_pointer(sink->arena, document, at);
    return diag;
}

/* The kind that the break patches. */
static bool
find_target(struct attempt *attempt)
{
    struct tester *tester = attempt->tester;
    const struct az_node *name;
    size_t i;

    attempt->target = tester->index;
    attempt->patch = attempt->item;
    if (attempt->item->type != AZ_OBJECT)
        return true;
    name = az_node_get(attempt->item, "document");
    attempt->patch = az_node_get(attempt->item, "patch");
    for (i = 0; i < tester->count; i++)
        if (az_node_is_string(name, tester->kinds[i].name))
            break;
    attempt->target = i;
    if (i < tester->count)
        return true;
    report(attempt, name, "names a kind that has no sample");
    return false;
}

static bool
apply(struct attempt *attempt)
{
    struct tester *tester = attempt->tester;
    const struct az_document *sample = tester->kinds[attempt->target].sample;
    struct az_patch_error error;
    const struct az_node *root;

    root = az_patch_apply(attempt->arena, sample->root, attempt->patch, &error);
    if (root == NULL) {
        report(attempt, error.where == NULL ? attempt->patch : error.where,
               az_arena_printf(attempt->arena,
                               "cannot be applied: operation %zu: %s",
                               error.operation + 1, error.message));
        return false;
    }
    attempt->patched = az_self_test_variant(attempt->arena, sample, root);
    attempt->set = az_self_test_set(attempt->arena, tester);
    attempt->set[attempt->target].document = attempt->patched;
    return true;
}

/* Whether POINTER A names what B names, something in it or around it. */
static bool
overlap(const char *a, const char *b)
{
    size_t length = strlen(a), other = strlen(b);
    const char *shorter = length < other ? a : b,
               *longer = shorter == a ? b : a;

    length = length < other ? length : other;
    return strncmp(shorter, longer, length) == 0 &&
           (longer[length] == '\0' || longer[length] == '/');
}

/* Whether operation OP of the patch touches POINTER.  Items behind one that
   is added or removed move, so the list counts too. */
static bool
touches_by(struct az_arena *arena, const struct az_node *op, const char *member,
           const char *pointer)
{
    const struct az_node *path = az_node_get(op, member);
    struct az_pointer steps;
    char *text, *slash;
    size_t index;

    if (path == NULL || path->type != AZ_STRING)
        return false;
    text = az_arena_printf(arena, "%.*s", AZ_STR_ARG(az_node_text(path)));
    if (overlap(text, pointer))
        return true;
    if (!az_pointer_parse(arena, az_node_text(path), &steps) ||
        steps.count == 0 ||
        (!az_pointer_index(steps.tokens[steps.count - 1], &index) &&
         !az_str_eq_c(steps.tokens[steps.count - 1], "-")) ||
        az_node_is_string(az_node_get(op, "op"), "replace"))
        return false;
    slash = strrchr(text, '/');
    *slash = '\0';
    return overlap(text, pointer);
}

static bool
touches(const struct attempt *attempt, const char *pointer)
{
    size_t i;

    for (i = 0; pointer != NULL && i < attempt->patch->count; i++) {
        const struct az_node *op = &attempt->patch->items[i];

        if (touches_by(attempt->arena, op, "path", pointer) ||
            (az_node_is_string(az_node_get(op, "op"), "move") &&
             touches_by(attempt->arena, op, "from", pointer)))
            return true;
    }
    return false;
}

/* Whether the rule, judging DOCUMENT, looks at a place that is touched. */
static bool
reads_touched(struct attempt *attempt, const struct az_document *document)
{
    struct az_judged *set = az_self_test_set(attempt->arena, attempt->tester);
    struct az_rule_counts counts = { 0 };
    struct az_nodes footprint = { NULL, 0, 0 };
    struct az_judge *judge;
    struct az_sink sink;
    size_t i;

    set[attempt->tester->index].document = document;
    az_sink_init(&sink, attempt->arena);
    judge = az_self_test_judge(attempt->tester, attempt->arena, &sink, set);
    az_rule_try(judge, attempt->rule, attempt->tester->index, &counts,
                &footprint);
    for (i = 0; i < footprint.count; i++)
        if (touches(attempt,
                    az_rule_pointer(judge, document, footprint.items[i])))
            return true;
    return false;
}

/* Whether one of the rule's findings is where the patch was. */
static bool
fires_there(struct attempt *attempt, const struct az_sink *found)
{
    const struct az_self_test_kind *kind =
        &attempt->tester->kinds[attempt->tester->index];
    size_t i;

    if (attempt->target != attempt->tester->index)
        return true;
    for (i = 0; i < found->count; i++)
        if (touches(attempt, found->diags[i]->pointer))
            return true;
    return reads_touched(attempt, attempt->patched) ||
           reads_touched(attempt, kind->sample);
}

/* Applies those rules of kind INDEX that look at the patched sample. */
static void
judge_who_looks(const struct attempt *attempt, struct az_judge *judge,
                size_t index)
{
    const struct az_self_test_kind *kinds = attempt->tester->kinds;
    const struct az_ruleset *ruleset = kinds[index].ruleset;
    size_t i;

    for (i = 0; ruleset != NULL && i < ruleset->count; i++)
        if (index == attempt->target ||
            az_self_test_refers(&ruleset->rules[i],
                                kinds[attempt->target].name))
            az_judge_rule(judge, &ruleset->rules[i], index, NULL);
}

/* The other rules that fire, as a hint: perhaps they were meant. */
static void
list_others(struct attempt *attempt, struct az_diag *diag)
{
    struct tester *tester = attempt->tester;
    struct az_judge *judge;
    struct az_sink sink;
    struct az_buf buf;
    size_t i, listed = 0;

    az_buf_init(&buf, attempt->arena);
    az_sink_init(&sink, attempt->arena);
    judge = az_self_test_judge(attempt->tester, attempt->arena, &sink,
                               attempt->set);
    for (i = 0; i < tester->count; i++)
        judge_who_looks(attempt, judge, i);
    for (i = 0; i < sink.count && listed < 5; i++) {
        if (sink.diags[i]->id == AZ_DIAG_RULE_NOT_JUDGED ||
            (i > 0 && sink.diags[i]->rule == sink.diags[i - 1]->rule))
            continue;
        az_buf_addf(&buf, "%s%s", listed++ == 0 ? "" : ", ",
                    sink.diags[i]->rule);
    }
    if (listed > 0)
        az_diag_hint(tester->sink, diag, "what fires is %s", buf.p);
    else
        az_diag_hint(tester->sink, diag, "no rule fires");
}

static void
note_refused(const struct attempt *attempt)
{
    const struct az_schema *schema =
        attempt->tester->kinds[attempt->target].schema;

    if (schema != NULL &&
        !az_schema_check(schema, attempt->arena, NULL, attempt->patched,
                         attempt->patched->root, &az_self_test_shape, NULL))
        attempt->tester->ret->breaks_refused++;
}

static void
try_break(struct attempt *attempt)
{
    struct az_rule_counts counts = { 0 };
    struct az_judge *judge;
    struct az_sink sink;
    size_t i;

    if (!find_target(attempt) || !apply(attempt))
        return;
    note_refused(attempt);
    az_sink_init(&sink, attempt->arena);
    judge = az_self_test_judge(attempt->tester, attempt->arena, &sink,
                               attempt->set);
    az_judge_rule(judge, attempt->rule, attempt->tester->index, &counts);
    for (i = 0; i < sink.count; i++)
        attempt->asserted |= sink.diags[i]->id == AZ_DIAG_RULE_BROKEN;
    if (counts.broken == 0 || counts.unsure > 0)
        list_others(attempt,
                    report(attempt, attempt->item,
                           counts.judged == 0  ? "leaves it not judged"
                           : counts.unsure > 0 ? "takes it over a budget"
                                               : "does not make it fire"));
    else if (!fires_there(attempt, &sink))
        list_others(attempt, report(attempt, attempt->item,
                                    "makes it fire, but elsewhere"));
}

/* A finding about the breaks of RULE as a whole, at its id. */
static struct az_diag *
report_rule(struct tester *tester, enum az_diag_id id,
            const struct az_rule *rule, const char *message)
{
    struct az_diag *diag =
        az_sink_add(tester->sink, id, rule->place, "%s", message);

    diag->rule = rule->id;
    diag->pointer = az_document_pointer(
        tester->arena, tester->kinds[tester->index].ruleset->document,
        az_node_get(rule->node, "id"));
    return diag;
}

static void
test_rule(struct tester *tester, const struct az_rule *rule)
{
    struct attempt attempt = { .tester = tester, .rule = rule };
    size_t before = tester->sink->total, i;

    if (rule->breaks == NULL || rule->breaks->count == 0) {
        report_rule(
            tester, AZ_DIAG_SELF_TEST_NO_BREAK, rule,
            az_arena_printf(tester->arena, "rule '%s' has no break", rule->id));
        return;
    }
    for (i = 0; i < rule->breaks->count; i++) {
        attempt.number = i + 1;
        attempt.item = &rule->breaks->items[i];
        attempt.arena = az_arena_new_like(tester->arena);
        tester->ret->breaks++;
        try_break(&attempt);
        az_arena_free(attempt.arena);
    }
    if (attempt.asserted || tester->sink->total > before)
        return;
    az_diag_hint(
        tester->sink,
        report_rule(tester, AZ_DIAG_SELF_TEST_BREAK, rule,
                    az_arena_printf(tester->arena,
                                    "no break of rule '%s' makes its assertion "
                                    "fail: they only take away what it judges",
                                    rule->id)),
        "add one that leaves something to judge, and wrong");
}

void
az_self_test_breaks(struct tester *tester)
{
    const struct az_ruleset *ruleset = tester->kinds[tester->index].ruleset;
    size_t i;

    for (i = 0; ruleset != NULL && i < ruleset->count; i++) {
        tester->ret->rules++;
        test_rule(tester, &ruleset->rules[i]);
    }
}
