/* Diagnostics: findings as data, in a sink that never prints.
   SPDX-License-Identifier: MIT */

#include "core/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/node.h"

static const struct az_diag_info catalogue[] = {
#define ENTRY(id, name, severity, class, summary)                              \
    { name, severity, class, summary },
    AZ_DIAG_IDS(ENTRY)
#undef ENTRY
};

static const char *const severity_names[] = { "info", "warning", "error" };

const struct az_diag_info *
az_diag_info(enum az_diag_id id)
{
    return &catalogue[id];
}

enum az_diag_id
az_diag_find(const char *name)
{
    unsigned i;

    for (i = 0; i < AZ_DIAG_COUNT; i++)
        if (strcmp(catalogue[i].name, name) == 0)
            break;
    return (enum az_diag_id)i;
}

/* Where an error with ID counts.  One of an id that is by itself none is
   judged: a rule's own severity decides. */
static enum az_class
class_of(enum az_diag_id id)
{
    enum az_class class = catalogue[id].class;

    return class == AZ_CLASS_NONE ? AZ_CLASS_JUDGED : class;
}

/* Of ids whose class does not say it.  Those of the self-test are about rules,
   not about documents. */
static const struct {
    enum az_diag_id id;
    enum az_yield yield;
} yields[] = {
    { AZ_DIAG_KIND_UNKNOWN, AZ_YIELD_NONE },
    { AZ_DIAG_KIND_AMBIGUOUS, AZ_YIELD_NONE },
    { AZ_DIAG_RULE_BROKEN, AZ_YIELD_NONE }, /* by its rule instead */
    { AZ_DIAG_RULE_EMPTY, AZ_YIELD_NONE },
    { AZ_DIAG_SELF_TEST_SAMPLE, AZ_YIELD_NONE },
    { AZ_DIAG_SELF_TEST_NO_BREAK, AZ_YIELD_NONE },
    { AZ_DIAG_SELF_TEST_BREAK, AZ_YIELD_NONE },
    { AZ_DIAG_SELF_TEST_SURVIVOR, AZ_YIELD_NONE },
    { AZ_DIAG_SELF_TEST_KILL, AZ_YIELD_NONE },
    { AZ_DIAG_SELF_TEST_CUT, AZ_YIELD_NONE },
    { AZ_DIAG_SELF_TEST_REFUSED, AZ_YIELD_NONE },
    { AZ_DIAG_BUDGET_EXCEEDED, AZ_YIELD_WAIVER },
    { AZ_DIAG_BUDGET_WARN, AZ_YIELD_WAIVER },
    { AZ_DIAG_BUDGET_MISSING, AZ_YIELD_NONE },
    { AZ_DIAG_BUDGET_ESCALATED, AZ_YIELD_WAIVER },
    { AZ_DIAG_BUDGET_WORST_RUN, AZ_YIELD_WAIVER },
    { AZ_DIAG_BASELINE_REGRESSION, AZ_YIELD_WAIVER },
    { AZ_DIAG_BASELINE_DRIFT, AZ_YIELD_WAIVER },
    { AZ_DIAG_BASELINE_PROMOTE, AZ_YIELD_WAIVER },
    { AZ_DIAG_BASELINE_VANISHED, AZ_YIELD_NONE },
    { AZ_DIAG_WAIVER_INVALID, AZ_YIELD_NONE },
    { AZ_DIAG_WAIVER_UNKNOWN, AZ_YIELD_NONE },
    { AZ_DIAG_WAIVER_FATAL, AZ_YIELD_NONE },
    { AZ_DIAG_WAIVER_DUPLICATE, AZ_YIELD_NONE },
    { AZ_DIAG_WAIVER_EXPIRED, AZ_YIELD_NONE },
    { AZ_DIAG_WAIVER_UNUSED, AZ_YIELD_NONE },
    { AZ_DIAG_WAIVER_MOVED, AZ_YIELD_NONE },
    { AZ_DIAG_WAIVER_AMBIGUOUS, AZ_YIELD_NONE },
};

enum az_yield
az_diag_yield(enum az_diag_id id)
{
    size_t i;

    if (class_of(id) != AZ_CLASS_JUDGED)
        return AZ_YIELD_NONE;
    for (i = 0; i < sizeof(yields) / sizeof(yields[0]); i++)
        if (yields[i].id == id)
            return yields[i].yield;
    return AZ_YIELD_ALL;
}

bool
az_diag_is_shape(enum az_diag_id id)
{
    return id >= AZ_DIAG_SCHEMA_FALSE && id <= AZ_DIAG_SCHEMA_NOT;
}

bool
az_diag_is_of_gate(enum az_diag_id id)
{
    return id >= AZ_DIAG_MEASUREMENT_SHAPE && id <= AZ_DIAG_BASELINE_PROMOTE;
}

bool
az_diag_is_of_value(enum az_diag_id id)
{
    static const enum az_diag_id ids[] = {
        AZ_DIAG_BUDGET_EXCEEDED,     AZ_DIAG_BUDGET_WARN,
        AZ_DIAG_BUDGET_ESCALATED,    AZ_DIAG_BUDGET_WORST_RUN,
        AZ_DIAG_BASELINE_REGRESSION, AZ_DIAG_BASELINE_CONFIRM,
        AZ_DIAG_BASELINE_DRIFT,      AZ_DIAG_BASELINE_PROMOTE,
    };

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
        if (ids[i] == id)
            return true;
    return false;
}

const char *
az_severity_name(enum az_severity severity)
{
    return severity_names[severity];
}

bool
az_severity_parse(struct az_str name, enum az_severity *ret)
{
    unsigned i;

    for (i = 0; i < AZ_SEVERITY_COUNT; i++)
        if (az_str_eq_c(name, severity_names[i])) {
            *ret = (enum az_severity)i;
            return true;
        }
    return false;
}

void
az_sink_init(struct az_sink *sink, struct az_arena *arena)
{
    memset(sink, 0, sizeof(*sink));
    sink->arena = arena;
    sink->limit = AZ_MAX_FINDINGS;
}

static void
count(struct az_sink *sink, enum az_diag_id id, enum az_severity severity)
{
    sink->total++;
    sink->by_severity[severity]++;
    if (severity == AZ_ERROR)
        sink->errors_by_class[class_of(id)]++;
}

static void
uncount(struct az_sink *sink, const struct az_diag *diag)
{
    sink->total--;
    sink->by_severity[diag->severity]--;
    if (diag->severity == AZ_ERROR)
        sink->errors_by_class[diag->class]--;
}

/* NULL once the sink is full. */
static struct az_diag *
keep(struct az_sink *sink)
{
    struct az_diag *diag;

    if (sink->count >= sink->limit)
        return NULL;
    diag = AZ_NEW(sink->arena, struct az_diag);
    sink->diags = az_arena_grow(sink->arena, sink->diags, sink->count,
                                &sink->capacity, sizeof(*sink->diags));
    sink->diags[sink->count++] = diag;
    return diag;
}

__attribute__((format(printf, 5, 0))) static struct az_diag *
add(struct az_sink *sink, enum az_diag_id id, enum az_severity severity,
    struct az_place place, const char *format, va_list args)
{
    struct az_diag *diag = keep(sink);

    count(sink, id, severity);
    if (diag == NULL) {
        memset(&sink->overflow, 0, sizeof(sink->overflow));
        return &sink->overflow;
    }
    diag->id = diag->like = id;
    diag->severity = diag->found = severity;
    diag->class = class_of(id);
    diag->place = place;
    diag->message = az_arena_vprintf(sink->arena, format, args);
    diag->sequence = sink->total;
    return diag;
}

struct az_diag *
az_sink_add(struct az_sink *sink, enum az_diag_id id, struct az_place place,
            const char *format, ...)
{
    struct az_diag *diag;
    va_list args;

    va_start(args, format);
    diag = add(sink, id, catalogue[id].severity, place, format, args);
    va_end(args);
    return diag;
}

struct az_diag *
az_sink_add_as(struct az_sink *sink, enum az_diag_id id,
               enum az_severity severity, struct az_place place,
               const char *format, ...)
{
    struct az_diag *diag;
    va_list args;

    va_start(args, format);
    diag = add(sink, id, severity, place, format, args);
    va_end(args);
    return diag;
}

void
az_diag_hint(struct az_sink *sink, struct az_diag *diag, const char *format,
             ...)
{
    va_list args;

    if (diag == &sink->overflow)
        return;
    va_start(args, format);
    diag->hint = az_arena_vprintf(sink->arena, format, args);
    va_end(args);
}

struct az_related *
az_diag_relate(struct az_sink *sink, struct az_diag *diag,
               struct az_place place, const char *format, ...)
{
    struct az_related *related, **end = &diag->related;
    va_list args;

    related = AZ_NEW(sink->arena, struct az_related);
    if (diag == &sink->overflow)
        return related;
    related->place = place;
    va_start(args, format);
    related->message = az_arena_vprintf(sink->arena, format, args);
    va_end(args);
    while (*end != NULL)
        end = &(*end)->next;
    *end = related;
    return related;
}

void
az_diag_relate_alias(struct az_sink *sink, struct az_diag *diag,
                     const struct az_document *document,
                     const struct az_node *node)
{
    struct az_place alias = az_document_alias(document, node);

    if (alias.source != NULL)
        az_diag_relate(sink, diag, alias, "it is here through this alias");
}

void
az_diag_reclass(struct az_sink *sink, struct az_diag *diag, enum az_class class)
{
    if (diag == &sink->overflow)
        return;
    if (diag->severity == AZ_ERROR) {
        sink->errors_by_class[diag->class]--;
        sink->errors_by_class[class]++;
    }
    diag->class = class;
}

void
az_sink_reclass_since(struct az_sink *sink, const struct az_sink *before,
                      enum az_class class)
{
    size_t *judged = &sink->errors_by_class[AZ_CLASS_JUDGED];
    size_t i;

    for (i = before->count; i < sink->count; i++)
        if (sink->diags[i]->class == AZ_CLASS_JUDGED)
            sink->diags[i]->class = class;
    sink->errors_by_class[class] +=
        *judged - before->errors_by_class[AZ_CLASS_JUDGED];
    *judged = before->errors_by_class[AZ_CLASS_JUDGED];
}

enum az_yield
az_diag_yields(const struct az_diag *diag)
{
    if (diag->fatal || diag->class != AZ_CLASS_JUDGED)
        return AZ_YIELD_NONE;
    if (diag->id == AZ_DIAG_RULE_BROKEN && diag->rule != NULL)
        return AZ_YIELD_ALL;
    return az_diag_yield(diag->id);
}

void
az_diag_regrade(struct az_sink *sink, struct az_diag *diag,
                enum az_severity severity)
{
    if (diag->severity == AZ_ERROR)
        sink->errors_by_class[diag->class]--;
    if (severity == AZ_ERROR)
        sink->errors_by_class[diag->class]++;
    sink->by_severity[diag->severity]--;
    sink->by_severity[severity]++;
    sink->softened -= diag->found == AZ_ERROR && diag->severity == AZ_WARNING;
    sink->softened += diag->found == AZ_ERROR && severity == AZ_WARNING;
    diag->severity = severity;
}

void
az_sink_drop(struct az_sink *sink, size_t from,
             bool (*drop)(const struct az_diag *diag, void *context),
             void *context)
{
    size_t i, kept = from;

    for (i = from; i < sink->count; i++) {
        if (drop(sink->diags[i], context))
            uncount(sink, sink->diags[i]);
        else
            sink->diags[kept++] = sink->diags[i];
    }
    if (kept < sink->count)
        sink->count = kept;
}

/* A source that goes, and what stays in its place. */
struct moved {
    const struct az_source *from;
    const struct az_source *to;
};

/* Whether A and B are parts of one file: these share what is known of its
   lines, and must go on to, or each would be a copy of the whole file. */
static bool
is_same_file(const struct az_source *a, const struct az_source *b)
{
    return a != NULL && b != NULL && a->lines == b->lines;
}

static struct az_place
copy_place(struct az_arena *arena, struct az_place place, struct moved *moved)
{
    const struct az_source *from = place.source;
    struct az_source *to;

    if (from == NULL)
        return place;
    if (from != moved->from) {
        if (is_same_file(from, moved->from)) {
            to = az_source_part(arena, moved->to, from->document);
        } else {
            to = az_source_new(arena, from->name,
                               az_arena_str(arena, from->text));
            to->document = from->document;
            to->before = from->before;
        }
        *moved = (struct moved){ from, to };
    }
    return az_place_of(moved->to, place.span);
}

static const char *
copy_text(struct az_arena *arena, const char *text)
{
    return text == NULL ? NULL : az_arena_strdup(arena, text);
}

static const struct az_location *
copy_location(struct az_arena *arena, const struct az_location *from)
{
    struct az_location *copy;

    if (from == NULL)
        return NULL;
    copy = AZ_NEW(arena, struct az_location);
    copy->instance = copy_text(arena, from->instance);
    copy->keyword = copy_text(arena, from->keyword);
    copy->absolute = copy_text(arena, from->absolute);
    return copy;
}

static struct az_related *
copy_related(struct az_arena *arena, const struct az_related *from,
             struct moved *moved)
{
    struct az_related *first = NULL, **end = &first;

    for (; from != NULL; from = from->next) {
        *end = AZ_NEW(arena, struct az_related);
        (*end)->place = from->place;
        if (is_same_file(from->place.source, moved->from))
            (*end)->place = copy_place(arena, from->place, moved);
        (*end)->message = copy_text(arena, from->message);
        (*end)->location = copy_location(arena, from->location);
        end = &(*end)->next;
    }
    return first;
}

void
az_sink_append(struct az_sink *into, const struct az_sink *from, bool brief)
{
    struct az_arena *arena = into->arena;
    struct moved moved = { NULL, NULL };
    size_t i;

    for (i = 0; i < from->count; i++) {
        struct az_diag *diag = keep(into);

        if (diag == NULL)
            break;
        *diag = *from->diags[i];
        if (brief)
            diag->place = copy_place(arena, diag->place, &moved);
        diag->pointer = copy_text(arena, diag->pointer);
        diag->rule = copy_text(arena, diag->rule);
        diag->message = copy_text(arena, diag->message);
        diag->hint = copy_text(arena, diag->hint);
        diag->location = copy_location(arena, diag->location);
        diag->related = copy_related(arena, diag->related, &moved);
        diag->sequence += into->total;
    }
    into->total += from->total;
    for (i = 0; i < AZ_SEVERITY_COUNT; i++)
        into->by_severity[i] += from->by_severity[i];
    for (i = 0; i < AZ_CLASS_COUNT; i++)
        into->errors_by_class[i] += from->errors_by_class[i];
}

static int
compare_c(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b);
}

static int
compare_size(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static const char *
source_name(const struct az_diag *diag)
{
    return diag->place.source == NULL ? "" : diag->place.source->name;
}

/* The lines of its file before the text that DIAG is about. */
static unsigned
lines_before(const struct az_diag *diag)
{
    return diag->place.source == NULL ? 0 : diag->place.source->before;
}

/* By all that a reader sees; 0 for twins. */
static int
compare_shown(const struct az_diag *a, const struct az_diag *b)
{
    int order = strcmp(source_name(a), source_name(b));

    if (order == 0)
        order = compare_size(lines_before(a), lines_before(b));
    if (order == 0)
        order = compare_size(a->place.span.start, b->place.span.start);
    if (order == 0)
        order = compare_size(b->severity, a->severity);
    if (order == 0)
        order = compare_size(a->place.span.end, b->place.span.end);
    if (order == 0)
        order = compare_size(a->id, b->id);
    if (order == 0)
        order = compare_c(a->rule, b->rule);
    if (order == 0)
        order = compare_c(a->pointer, b->pointer);
    if (order == 0)
        order = strcmp(a->message, b->message);
    return order;
}

static int
compare_diags(const void *a, const void *b)
{
    const struct az_diag *x = *(struct az_diag *const *)a;
    const struct az_diag *y = *(struct az_diag *const *)b;
    int order = compare_shown(x, y);

    return order != 0 ? order : compare_size(x->sequence, y->sequence);
}

void
az_sink_sort(struct az_sink *sink)
{
    size_t i, kept = 0;

    if (sink->count == 0)
        return;
    qsort(sink->diags, sink->count, sizeof(struct az_diag *), compare_diags);
    for (i = 0; i < sink->count; i++) {
        if (kept > 0 &&
            compare_shown(sink->diags[kept - 1], sink->diags[i]) == 0) {
            sink->diags[kept - 1]->fatal |= sink->diags[i]->fatal;
            uncount(sink, sink->diags[i]);
        } else {
            sink->diags[kept++] = sink->diags[i];
        }
    }
    sink->count = kept;
}

enum az_class
az_sink_class(const struct az_sink *sink)
{
    static const enum az_class precedence[] = {
        AZ_CLASS_INTERNAL,   AZ_CLASS_USAGE,  AZ_CLASS_INPUT,
        AZ_CLASS_NO_VERDICT, AZ_CLASS_JUDGED,
    };
    size_t i;

    for (i = 0; i < sizeof(precedence) / sizeof(precedence[0]); i++)
        if (sink->errors_by_class[precedence[i]] > 0)
            return precedence[i];
    return AZ_CLASS_NONE;
}
