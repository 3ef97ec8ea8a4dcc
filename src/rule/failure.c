/* What is reported where a rule does not hold.
   SPDX-License-Identifier: MIT */

#include <stdarg.h>
#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "rule/trial.h"

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
        az_rule_spend(trial, set->dropped);
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
    enum az_severity severity = unsure ? AZ_ERROR : trial->rule->severity;
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
    diag = az_sink_add_as(sink,
                          unsure ? AZ_DIAG_REGEX_BUDGET : AZ_DIAG_RULE_BROKEN,
                          severity, place, "%s", text);
    trial->findings[severity]++;
    trial->unsure += unsure;
    diag->rule = trial->rule->id;
    /* where nothing was compared, nothing was judged */
    diag->fatal = trial->rule->fatal || failure->outcome == VOID;
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

    if (trial->exhausted)
        return UNSURE;
    if (trial->quiet > 0 && outcome == BROKEN)
        return outcome;
    az_rule_spend(trial, STEPS_PER_FAILURE);
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
az_rule_fail_void(struct trial *trial, const struct subject *subject,
                  const char *why)
{
    struct failure failure;

    az_rule_failure(&failure, subject);
    failure.outcome = VOID;
    return az_rule_fail(trial, &failure, "nothing to compare with: %s", why);
}

enum outcome
az_rule_fail_type(struct trial *trial, const struct subject *subject,
                  const char *wanted)
{
    struct failure failure;

    trial->mistyped = true;
    if (trial->quiet > 0)
        return trial->exhausted ? UNSURE : BROKEN;
    az_rule_failure(&failure, subject);
    failure.expected = wanted;
    return az_rule_fail(
        trial, &failure, "expected %s, found %s", wanted,
        subject->item.word
            ? az_node_quote(trial->arena, subject->item.node)
            : az_type_name((enum az_type)subject->item.node->type));
}

enum outcome
az_rule_fail_nothing(struct trial *trial, const struct subject *subject,
                     const struct path *path)
{
    struct failure failure;

    az_rule_failure(&failure, subject);
    failure.outcome = VOID;
    return az_rule_fail(trial, &failure,
                        "nothing to compare: %s selects nothing",
                        az_str_quote(trial->arena, path->text));
}

enum outcome
az_rule_found(struct trial *trial, enum outcome outcome,
              const struct subject *subject, const char *why)
{
    struct failure failure;

    if (outcome != BROKEN || trial->quiet == 0)
        return outcome;
    az_rule_failure(&failure, subject);
    failure.outcome = VOID;
    return az_rule_fail(trial, &failure, "nothing to compare: %s", why);
}

enum outcome
az_rule_fail_path(struct trial *trial, const struct subject *subject,
                  const struct path *path)
{
    const struct az_limits *limits = az_arena_limits(trial->arena);
    struct failure failure;

    az_rule_failure(&failure, subject);
    failure.outcome = UNSURE;
    return az_rule_fail(trial, &failure,
                        "path %s took more steps than the limit, %zu, or than "
                        "that of one match, %zu",
                        az_str_quote(trial->arena, path->text),
                        limits->query_steps, limits->match_steps);
}
