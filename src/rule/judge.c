/* Judging documents by rules.
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "rule/trial.h"

static void
free_arena(void *arena)
{
    az_arena_free(arena);
}

/* An arena that is released with ARENA. */
static struct az_arena *
new_arena(struct az_arena *arena)
{
    struct az_arena *inner = az_arena_new_like(arena);

    az_arena_defer(arena, free_arena, inner);
    return inner;
}

struct az_judge *
az_judge_new(struct az_arena *arena, struct az_sink *sink,
             const struct az_judged *set, size_t count,
             enum az_severity not_judged)
{
    struct az_judge *judge = AZ_NEW(arena, struct az_judge);
    struct az_map_entry *entry;
    struct members *members;
    bool is_new;
    size_t i;

    judge->arena = arena;
    judge->document_arena = new_arena(arena);
    judge->rule_arena = new_arena(arena);
    judge->subject_arena = new_arena(arena);
    judge->sink = sink;
    judge->set = set;
    judge->count = count;
    judge->not_judged = not_judged;
    az_map_init(&judge->kinds, arena);
    az_map_init(&judge->artifacts, arena);
    az_map_init(&judge->extracts, arena);
    az_map_init(&judge->pointers, arena);
    for (i = 0; i < count; i++) {
        entry = az_map_put(&judge->kinds, az_str_from(set[i].kind), &is_new);
        if (is_new)
            entry->value = AZ_NEW(arena, struct members);
        members = entry->value;
        members->indexes =
            az_arena_grow(arena, members->indexes, members->count,
                          &members->capacity, sizeof(*members->indexes));
        members->indexes[members->count++] = i;
    }
    return judge;
}

void
az_judge_show(struct az_judge *judge, const struct az_judge_world *world)
{
    judge->world = *world;
}

/* Rules. */

static void
report_empty(struct trial *trial, const struct selector *selector)
{
    const struct az_node *near =
        az_rule_follow_names(trial->own->root, selector->path.text);
    struct az_sink *sink = trial->judge->sink;
    struct az_place place = near == trial->own->root
                                ? az_document_start(trial->own, near)
                                : az_document_place(trial->own, near);
    struct az_diag *diag;

    diag = az_sink_add_as(
        sink, AZ_DIAG_RULE_EMPTY, trial->rule->severity, place,
        "rule '%s' found nothing to judge: %s selects nothing", trial->rule->id,
        az_str_quote(trial->arena, selector->path.text));
    diag->rule = trial->rule->id;
    diag->pointer = az_rule_pointer(trial->judge, trial->own, near);
    trial->findings[trial->rule->severity]++;
}

void
az_rule_forget(struct trial *trial)
{
    az_arena_clear(trial->arena);
    trial->judge->words = NULL;
    trial->pool_size = trial->pool_capacity = 0;
}

static void
judge_node(struct trial *trial, const struct az_node *node,
           const struct az_node *place)
{
    trial->selected = (struct subject){ trial->own, { node, place, false } };
    az_rule_judge_condition(trial, trial->rule->form->condition,
                            &trial->selected);
    az_rule_forget(trial);
}

enum outcome
az_rule_ask_subject(struct trial *trial, const struct az_node *node)
{
    trial->selected = (struct subject){ trial->own, { node, node, false } };
    return az_rule_ask(trial, trial->rule->form->condition, &trial->selected);
}

static size_t
judge_keys(struct trial *trial, const struct az_node *object)
{
    struct az_node *names;
    size_t i;

    if (object->type != AZ_OBJECT)
        return 0;
    names = az_arena_array(trial->lasting, object->count + 1, sizeof(*names));
    for (i = 0; i < object->count && !trial->exhausted; i++) {
        names[i] = az_rule_string_node(object->members[i].key,
                                       object->members[i].key_span);
        judge_node(trial, &names[i], &object->members[i].value);
    }
    return object->count;
}

/* Judges what SELECTOR selects, or of that, after a sweep, what is doubtful;
   the number of subjects. */
static size_t
judge_selector(struct trial *trial, const struct selector *selector)
{
    struct subject root = { trial->own,
                            { trial->own->root, trial->own->root, false } };
    const struct az_nodes *nodes =
        trial->swept ? &trial->doubtful
                     : az_rule_nodes(trial, &selector->path, &root);
    size_t i, subjects = trial->swept ? trial->asked : 0;

    if (nodes == NULL) {
        az_rule_fail_path(trial, &root, &selector->path);
        return 0;
    }
    if (!trial->swept && !selector->keys)
        subjects = nodes->count;
    trial->swept = false;
    for (i = 0; i < nodes->count && !trial->exhausted; i++)
        if (selector->keys)
            subjects += judge_keys(trial, nodes->items[i]);
        else
            judge_node(trial, nodes->items[i], nodes->items[i]);
    if (subjects == 0 && !trial->rule->form->may_be_empty && !trial->exhausted)
        report_empty(trial, selector);
    return subjects;
}

/* Judges the rule for the documents chosen; the number of subjects. */
static size_t
judge_once(struct trial *trial)
{
    const struct az_rule_form *form = trial->rule->form;
    size_t i, subjects = 0;

    for (i = 0; i < form->given_count; i++)
        subjects += judge_selector(trial, &form->given[i]);
    return subjects;
}

/* Prepares TRIAL, with the first document of each kind that RULE refers to;
   false if a kind has none. */
static bool
begin(struct trial *trial, struct az_judge *judge, const struct az_rule *rule,
      size_t index)
{
    struct az_arena *arena = judge->document_arena;
    size_t i;

    *trial =
        (struct trial){ .judge = judge,
                        .arena = judge->subject_arena,
                        .lasting = judge->rule_arena,
                        .rule = rule,
                        .steps_left = az_arena_limits(judge->arena)->rule_steps,
                        .own = judge->set[index].document,
                        .own_path =
                            judge->world.paths == NULL
                                ? judge->set[index].document->source->name
                                : judge->world.paths[index] };
    trial->members =
        az_arena_array(arena, rule->kind_count + 1, sizeof(*trial->members));
    trial->chosen =
        az_arena_array(arena, rule->kind_count + 1, sizeof(*trial->chosen));
    trial->slots = az_arena_array(arena, rule->form->slot_count + 1,
                                  sizeof(*trial->slots));
    az_buf_init(&trial->scratch, arena);
    for (i = 0; i < rule->kind_count; i++) {
        trial->members[i] =
            az_map_get(&judge->kinds, az_str_from(rule->kinds[i]));
        if (trial->members[i] == NULL)
            return false;
        trial->chosen[i] = judge->set[trial->members[i]->indexes[0]].document;
    }
    return true;
}

/* Advances CHOICE, one number per kind, like an odometer; false at the end. */
static bool
choose_next(const struct members **members, size_t *choice, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (++choice[i] < members[i]->count)
            return true;
        choice[i] = 0;
    }
    return false;
}

/* How often more a rule that reports once was broken. */
static void
tell_more(struct trial *trial)
{
    if (trial->more > 0)
        trial->first->message =
            az_arena_printf(trial->judge->sink->arena, "%s (and %zu more)",
                            trial->first->message, trial->more);
}

static bool
has_too_many_choices(const struct members **members, size_t count, size_t limit)
{
    size_t choices = 1, i;

    for (i = 0; i < count; i++) {
        if (choices > limit / members[i]->count)
            return true;
        choices *= members[i]->count;
    }
    return false;
}

/* Several kinds with many documents each: nobody would wait for the end. */
static void
report_choices(struct trial *trial)
{
    struct az_place place = { trial->own->source, { 0, 0 } };
    struct az_diag *diag = az_sink_add_as(
        trial->judge->sink, AZ_DIAG_RULE_NOT_JUDGED, AZ_ERROR, place,
        "rule '%s' is not judged: the documents it refers to can be chosen in "
        "more than %zu ways",
        trial->rule->id, az_arena_limits(trial->judge->arena)->choices);

    diag->rule = trial->rule->id;
    diag->pointer = "";
    trial->findings[AZ_ERROR]++;
    trial->unsure++;
}

/* What a path or pattern is to a rule, the rule is to the run: nobody would
   wait for the end, and what was not looked at did not hold. */
static void
report_exhausted(struct trial *trial)
{
    struct az_sink *sink = trial->judge->sink;
    const struct item *item = &trial->selected.item;
    struct az_place place =
        item->node == NULL ? az_document_start(trial->own, trial->own->root)
                           : az_document_place(trial->own, item->node);
    size_t limit = az_arena_limits(trial->judge->arena)->rule_steps;
    struct az_diag *diag =
        trial->curtailed
            ? az_sink_add(sink, AZ_DIAG_RULE_BUDGET, place,
                          "judging rule '%s' and those before it took more "
                          "than %zu steps, the limit of all rules over a "
                          "document",
                          trial->rule->id, limit * AZ_RULES_IN_ALL)
            : az_sink_add(
                  sink, AZ_DIAG_RULE_BUDGET, place,
                  "judging rule '%s' took more than %zu steps, the limit",
                  trial->rule->id, limit);

    diag->rule = trial->rule->id;
    diag->pointer =
        item->node == NULL
            ? ""
            : az_rule_pointer(trial->judge, trial->own, item->place);
    az_diag_hint(sink, diag,
                 "hold each value against a set ('in', 'unique', 'join') "
                 "rather than against every other, or have the paths select "
                 "less");
    trial->findings[AZ_ERROR]++;
    trial->unsure++;
}

/* Judges the rule with each choice of the documents it refers to. */
static size_t
judge_choices(struct trial *trial)
{
    const struct az_rule *rule = trial->rule;
    size_t count = rule->kind_count, i, subjects;
    size_t *choice = az_arena_array(trial->lasting, count + 1, sizeof(*choice));

    for (;;) {
        trial->first = NULL;
        trial->more = 0;
        subjects = judge_once(trial);
        tell_more(trial);
        if (trial->exhausted || !choose_next(trial->members, choice, count))
            return subjects;
        for (i = 0; i < count; i++)
            trial->chosen[i] =
                trial->judge->set[trial->members[i]->indexes[choice[i]]]
                    .document;
        memset(trial->slots, 0, rule->form->slot_count * sizeof(*trial->slots));
    }
}

/* Gives the rule no more steps than all of the document's have left. */
static void
curtail(struct trial *trial)
{
    size_t left = trial->judge->steps_left;

    trial->curtailed = left < trial->steps_left;
    if (trial->curtailed)
        trial->steps_left = left;
}

/* Judges the rule of a trial that has begun. */
static void
finish(struct trial *trial, struct az_rule_counts *counts)
{
    size_t limit = az_arena_limits(trial->judge->arena)->choices, steps;

    curtail(trial);
    steps = trial->steps_left;
    if (has_too_many_choices(trial->members, trial->rule->kind_count, limit))
        report_choices(trial);
    else if (az_rule_extract(trial))
        counts->subjects += judge_choices(trial);
    if (trial->exhausted)
        report_exhausted(trial);
    trial->judge->steps_left -= steps - trial->steps_left;
    az_rule_forget(trial);
    az_arena_clear(trial->judge->rule_arena);
    counts->judged++;
    counts->failed += trial->findings[AZ_ERROR] > 0;
    counts->warned +=
        trial->findings[AZ_WARNING] > 0 && trial->findings[AZ_ERROR] == 0;
    counts->broken += trial->findings[AZ_INFO] + trial->findings[AZ_WARNING] +
                          trial->findings[AZ_ERROR] >
                      0;
    counts->unsure += trial->unsure > 0;
}

/* Together the rules of a document may take as many steps as a few of them,
   however many there are. */
static void
renew_steps(struct az_judge *judge)
{
    judge->steps_left =
        az_arena_limits(judge->arena)->rule_steps * AZ_RULES_IN_ALL;
}

static void
judge_rule(struct az_judge *judge, const struct az_rule *rule, size_t index,
           struct az_rule_counts *counts, struct az_nodes *footprint)
{
    struct trial trial;

    if (begin(&trial, judge, rule, index)) {
        trial.footprint = footprint;
        finish(&trial, counts);
    } else {
        counts->not_judged++;
    }
    az_arena_clear(judge->document_arena);
}

void
az_rule_try(struct az_judge *judge, const struct az_rule *rule, size_t index,
            struct az_rule_counts *counts, struct az_nodes *footprint)
{
    renew_steps(judge);
    judge_rule(judge, rule, index, counts, footprint);
}

void
az_judge_rule(struct az_judge *judge, const struct az_rule *rule, size_t index,
              struct az_rule_counts *counts)
{
    struct az_rule_counts unused = { 0 };

    if (judge->set[index].reported)
        az_rule_try(judge, rule, index, counts == NULL ? &unused : counts,
                    NULL);
}

/* A document of so many bytes stays in the caches without a sweep, and its
   rules, one by one, need the memory of one: 40 us of 1,400. */
#define SMALL_DOCUMENT 7168

static void
judge_rules(struct az_judge *judge, const struct az_ruleset *ruleset,
            size_t index, struct az_rule_counts *counts)
{
    struct trial *trials;
    size_t i, count = 0;

    renew_steps(judge);
    if (judge->set[index].document->source->text.len <= SMALL_DOCUMENT) {
        for (i = 0; i < ruleset->count; i++)
            judge_rule(judge, &ruleset->rules[i], index, counts, NULL);
        return;
    }
    trials =
        az_arena_array(judge->document_arena, ruleset->count, sizeof(*trials));
    for (i = 0; i < ruleset->count; i++)
        count += begin(&trials[count], judge, &ruleset->rules[i], index);
    counts->not_judged += ruleset->count - count;
    az_rule_sweep(judge, trials, count);
    for (i = 0; i < count; i++)
        finish(&trials[i], counts);
    az_arena_clear(judge->document_arena);
}

/* The rules that need documents of one kind, of which there are none. */
struct needs {
    size_t count;
    struct az_buf names;
};

/* Notes that RULE refers to KIND, unless there are documents of it. */
static void
add_need(struct az_judge *judge, const struct az_rule *rule, const char *kind,
         struct az_map *absent)
{
    struct az_map_entry *entry;
    struct needs *needs;
    bool is_new;

    if (az_map_find(&judge->kinds, az_str_from(kind)) != NULL)
        return;
    entry = az_map_put(absent, az_str_from(kind), &is_new);
    if (is_new) {
        entry->value = AZ_NEW(judge->arena, struct needs);
        az_buf_init(&((struct needs *)entry->value)->names, judge->arena);
    }
    needs = entry->value;
    az_buf_addf(&needs->names, "%s'%s'", needs->count == 0 ? "" : ", ",
                rule->id);
    needs->count++;
}

static struct az_diag *
report_not_judged(struct az_judge *judge, size_t index, const char *kind,
                  const struct needs *needs)
{
    const struct az_document *document = judge->set[index].document;
    struct az_place place = { document->source, { 0, 0 } };

    if (needs->count == 1)
        return az_sink_add_as(
            judge->sink, AZ_DIAG_RULE_NOT_JUDGED, judge->not_judged, place,
            "rule %s needs a document of kind '%s', and there is none",
            needs->names.p, kind);
    return az_sink_add_as(
        judge->sink, AZ_DIAG_RULE_NOT_JUDGED, judge->not_judged, place,
        "%zu rules need a document of kind '%s', and there is none: %s",
        needs->count, kind, needs->names.p);
}

static void
report_absent(struct az_judge *judge, const struct az_ruleset *ruleset,
              size_t index, const char *hint)
{
    struct az_diag *diag;
    struct az_map absent;
    size_t i, k;

    az_map_init(&absent, judge->arena);
    for (i = 0; i < ruleset->count; i++)
        for (k = 0; k < ruleset->rules[i].kind_count; k++)
            add_need(judge, &ruleset->rules[i], ruleset->rules[i].kinds[k],
                     &absent);
    for (i = 0; i < absent.count; i++) {
        diag = report_not_judged(judge, index, absent.entries[i].key.p,
                                 absent.entries[i].value);
        if (hint != NULL)
            az_diag_hint(judge->sink, diag, "%s", hint);
    }
}

void
az_judge_document(struct az_judge *judge, const struct az_ruleset *ruleset,
                  size_t index, const char *hint, struct az_rule_counts *counts)
{
    struct az_rule_counts unused = { 0 };

    if (!judge->set[index].reported)
        return;
    report_absent(judge, ruleset, index, hint);
    judge_rules(judge, ruleset, index, counts == NULL ? &unused : counts);
}
