/* Judging documents by rules.
   SPDX-License-Identifier: MIT */

#include <stdarg.h>
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
    struct az_arena *new = az_arena_new_like(arena);

    az_arena_defer(arena, free_arena, new);
    return new;
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
    judge->rule_arena = new_arena(arena);
    judge->subject_arena = new_arena(arena);
    judge->sink = sink;
    judge->set = set;
    judge->count = count;
    judge->not_judged = not_judged;
    az_map_init(&judge->kinds, arena);
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

/* Failures. */

void
az_rule_failure(struct failure *failure, const struct subject *subject)
{
    const struct az_node *node = subject->item.node;

    memset(failure, 0, sizeof(*failure));
    failure->outcome = BROKEN;
    failure->subject = failure->at = *subject;
    failure->value = subject->item;
    if (node->type == AZ_ARRAY || node->type == AZ_OBJECT)
        failure->count = node->count;
}

void
az_rule_relate(struct failure *failure, const struct az_document *document,
               const struct az_node *node, const char *text)
{
    if (failure->related_count == MAX_SHOWN)
        return;
    failure->related[failure->related_count++] =
        (struct relation){ document, node->span, text };
}

void
az_rule_show(struct shown *shown, struct item item)
{
    if (shown->count < MAX_SHOWN)
        shown->items[shown->count] = item;
    shown->count++;
}

static const char *
list_items(struct trial *trial, const struct item *items, size_t count)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, trial->arena);
    az_buf_add_c(&buf, count == 0 ? "nothing" : "");
    for (i = 0; i < count && i < MAX_SHOWN; i++)
        az_buf_addf(&buf, "%s%s", i == 0 ? "" : ", ",
                    az_node_quote(trial->arena, items[i].node));
    if (count > MAX_SHOWN)
        az_buf_addf(&buf, " and %zu more", count - MAX_SHOWN);
    return buf.p;
}

const char *
az_rule_list(struct trial *trial, const struct shown *shown)
{
    return list_items(trial, shown->items, shown->count);
}

const char *
az_rule_list_set(struct trial *trial, struct collection *set)
{
    size_t i;

    if (set->distinct == NULL) {
        set->distinct = AZ_NEW(set->arena, struct shown);
        for (i = 0; i < set->count; i++)
            if (az_rule_set_find(trial, set, &set->items[i]) == &set->items[i])
                az_rule_show(set->distinct, set->items[i]);
    }
    return az_rule_list(trial, set->distinct);
}

const char *
az_rule_list_sequence(struct trial *trial, const struct collection *sequence)
{
    return list_items(trial, sequence->items, sequence->count);
}

static void
add_hint(struct trial *trial, struct az_diag *diag,
         const struct failure *failure)
{
    const struct template *hint = trial->rule->form->hint;
    struct az_buf buf;

    if (hint == NULL && failure->nearest == NULL)
        return;
    az_buf_init(&buf, trial->arena);
    if (hint != NULL)
        az_buf_add_c(&buf, az_rule_template_expand(trial, hint, failure));
    if (failure->nearest != NULL)
        az_buf_addf(&buf, "%sdid you mean %s?", hint == NULL ? "" : "; ",
                    failure->nearest);
    az_diag_hint(trial->judge->sink, diag, "%s", buf.p);
}

static void
report(struct trial *trial, const struct failure *failure)
{
    bool once = trial->rule->form->once && failure->outcome == BROKEN;
    const struct template *message = trial->rule->form->message;
    bool unsure = failure->outcome == UNSURE;
    struct az_sink *sink = trial->judge->sink;
    struct az_place place =
        az_document_place(failure->at.document, failure->at.item.node);
    const char *text = failure->text;
    struct az_diag *diag;
    size_t i;

    if (once && trial->first != NULL) {
        trial->more++;
        return;
    }
    if (message != NULL && failure->outcome == BROKEN)
        text = az_rule_template_expand(trial, message, failure);
    diag = az_sink_add_as(
        sink, unsure ? AZ_DIAG_REGEX_BUDGET : AZ_DIAG_RULE_BROKEN,
        unsure ? AZ_ERROR : trial->rule->severity, place, "%s", text);
    trial->findings++;
    trial->unsure += unsure;
    diag->rule = trial->rule->id;
    if (once)
        trial->first = diag;
    if (diag == &sink->overflow || trial->judge->bare)
        return;
    diag->pointer = az_rule_pointer(trial->judge, failure->at.document,
                                    failure->at.item.place);
    if (failure->outcome == BROKEN)
        add_hint(trial, diag, failure);
    for (i = 0; i < failure->related_count; i++)
        if (failure->related[i].document != NULL)
            az_diag_relate(sink, diag,
                           az_place_of(failure->related[i].document->source,
                                       failure->related[i].span),
                           "%s", failure->related[i].text);
    az_diag_relate_alias(sink, diag, failure->at.document,
                         failure->at.item.place);
}

enum outcome
az_rule_fail(struct trial *trial, struct failure *failure, const char *format,
             ...)
{
    enum outcome outcome = failure->outcome;
    va_list args;

    if (trial->quiet > 0 && outcome == BROKEN)
        return outcome;
    va_start(args, format);
    failure->text = az_arena_vprintf(trial->arena, format, args);
    va_end(args);
    if (trial->quiet > 0)
        trial->doubt = *failure;
    else
        report(trial, failure);
    return outcome;
}

enum outcome
az_rule_fail_type(struct trial *trial, const struct subject *subject,
                  const char *wanted)
{
    struct failure failure;

    trial->mistyped = true;
    if (trial->quiet > 0)
        return BROKEN;
    az_rule_failure(&failure, subject);
    failure.expected = wanted;
    return az_rule_fail(
        trial, &failure, "expected %s, found %s", wanted,
        subject->item.word
            ? az_node_quote(trial->arena, subject->item.node)
            : az_type_name((enum az_type)subject->item.node->type));
}

enum outcome
az_rule_fail_path(struct trial *trial, const struct subject *subject,
                  const struct path *path)
{
    struct failure failure;

    az_rule_failure(&failure, subject);
    failure.outcome = UNSURE;
    return az_rule_fail(trial, &failure,
                        "path %s took more steps than the limit",
                        az_str_quote(trial->arena, path->text));
}

/* Rules. */

static void
report_empty(struct trial *trial, const struct selector *selector)
{
    const struct az_node *near =
        az_rule_follow_names(trial->own->root, selector->path.text);
    struct az_sink *sink = trial->judge->sink;
    struct az_place place = az_document_place(trial->own, near);
    struct az_diag *diag;

    if (near == trial->own->root)
        place.span.end = place.span.start + 1;
    diag = az_sink_add_as(
        sink, AZ_DIAG_RULE_EMPTY, trial->rule->severity, place,
        "rule '%s' found nothing to judge: %s selects nothing", trial->rule->id,
        az_str_quote(trial->arena, selector->path.text));
    diag->rule = trial->rule->id;
    diag->pointer = az_rule_pointer(trial->judge, trial->own, near);
    trial->findings++;
}

static void
judge_node(struct trial *trial, const struct az_node *node,
           const struct az_node *place)
{
    trial->selected = (struct subject){ trial->own, { node, place, false } };
    az_rule_judge_condition(trial, trial->rule->form->condition,
                            &trial->selected);
    az_arena_clear(trial->arena);
    trial->pool_size = trial->pool_capacity = 0;
}

static size_t
judge_keys(struct trial *trial, const struct az_node *object)
{
    struct az_node *names;
    size_t i;

    if (object->type != AZ_OBJECT)
        return 0;
    names = az_arena_array(trial->lasting, object->count + 1, sizeof(*names));
    for (i = 0; i < object->count; i++) {
        names[i] = az_rule_string_node(object->members[i].key,
                                       object->members[i].key_span);
        judge_node(trial, &names[i], &object->members[i].value);
    }
    return object->count;
}

/* The number of subjects. */
static size_t
judge_selector(struct trial *trial, const struct selector *selector)
{
    struct subject root = { trial->own,
                            { trial->own->root, trial->own->root, false } };
    const struct az_nodes *nodes = az_rule_nodes(trial, &selector->path, &root);
    size_t i, subjects = 0;

    if (nodes == NULL) {
        az_rule_fail_path(trial, &root, &selector->path);
        return 0;
    }
    for (i = 0; i < nodes->count; i++) {
        if (selector->keys) {
            subjects += judge_keys(trial, nodes->items[i]);
            continue;
        }
        judge_node(trial, nodes->items[i], nodes->items[i]);
        subjects++;
    }
    if (subjects == 0 && !trial->rule->form->may_be_empty)
        report_empty(trial, selector);
    return subjects;
}

/* Judges the rule for the documents chosen; the number of subjects. */
static size_t
judge_once(struct trial *trial)
{
    const struct az_rule_form *form = trial->rule->form;
    size_t i, subjects = 0;

    memset(trial->slots, 0, form->slot_count * sizeof(*trial->slots));
    for (i = 0; i < form->given_count; i++)
        subjects += judge_selector(trial, &form->given[i]);
    return subjects;
}

/* The documents of each kind that RULE refers to; NULL if a kind has none. */
static const struct members **
find_members(struct az_judge *judge, const struct az_rule *rule)
{
    const struct members **members = az_arena_array(
        judge->rule_arena, rule->kind_count + 1, sizeof(*members));
    size_t i;

    for (i = 0; i < rule->kind_count; i++) {
        members[i] = az_map_get(&judge->kinds, az_str_from(rule->kinds[i]));
        if (members[i] == NULL)
            return NULL;
    }
    return members;
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
    trial->findings++;
    trial->unsure++;
}

/* Judges the rule with each choice of the documents it refers to. */
static size_t
judge_choices(struct trial *trial, const struct members **members)
{
    size_t count = trial->rule->kind_count, i, subjects = 0;
    size_t *choice = az_arena_array(trial->lasting, count + 1, sizeof(*choice));
    const struct az_document **chosen =
        az_arena_array(trial->lasting, count + 1, sizeof(*chosen));

    trial->chosen = chosen;
    do {
        trial->first = NULL;
        trial->more = 0;
        for (i = 0; i < count; i++)
            chosen[i] =
                trial->judge->set[members[i]->indexes[choice[i]]].document;
        subjects = judge_once(trial);
        tell_more(trial);
    } while (choose_next(members, choice, count));
    return subjects;
}

void
az_rule_try(struct az_judge *judge, const struct az_rule *rule, size_t index,
            struct az_rule_counts *counts, struct az_nodes *footprint)
{
    struct trial trial = { .judge = judge,
                           .arena = judge->subject_arena,
                           .lasting = judge->rule_arena,
                           .rule = rule,
                           .own = judge->set[index].document,
                           .footprint = footprint };
    const struct members **members;
    size_t subjects;

    members = find_members(judge, rule);
    if (members == NULL) {
        counts->not_judged++;
        return;
    }
    trial.slots = az_arena_alloc(trial.lasting, (rule->form->slot_count + 1) *
                                                    sizeof(*trial.slots));
    az_buf_init(&trial.scratch, trial.lasting);
    if (has_too_many_choices(members, rule->kind_count,
                             az_arena_limits(judge->arena)->choices)) {
        report_choices(&trial);
        subjects = 0;
    } else {
        subjects = judge_choices(&trial, members);
    }
    az_arena_clear(trial.arena);
    az_arena_clear(trial.lasting);
    counts->judged++;
    counts->subjects += subjects;
    counts->broken += trial.findings > 0;
    counts->unsure += trial.unsure > 0;
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

void
az_judge_absent(struct az_judge *judge, const struct az_ruleset *ruleset,
                size_t index, const char *hint)
{
    struct az_diag *diag;
    struct az_map absent;
    size_t i, k;

    if (!judge->set[index].reported)
        return;
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
                  size_t index, struct az_rule_counts *counts)
{
    size_t i;

    az_judge_absent(judge, ruleset, index, NULL);
    for (i = 0; i < ruleset->count; i++)
        az_judge_rule(judge, &ruleset->rules[i], index, counts);
}
