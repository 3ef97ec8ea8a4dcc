/* Waivers: findings that a project lives with for a time.
   SPDX-License-Identifier: MIT */

#include "policy/waiver-internal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/date.h"
#include "core/decimal.h"
#include "core/file.h"
#include "core/pointer.h"
#include "read/read.h"

static const char *const state_names[AZ_WAIVER_STATE_COUNT] = {
    [AZ_WAIVER_NOT_JUDGED] = "not judged", [AZ_WAIVER_IN_FORCE] = "in force",
    [AZ_WAIVER_UNUSED] = "unused",         [AZ_WAIVER_MOVED] = "moved",
    [AZ_WAIVER_AMBIGUOUS] = "ambiguous",   [AZ_WAIVER_EXPIRED] = "expired",
    [AZ_WAIVER_INVALID] = "invalid",
};

const char *
az_waiver_state_name(enum az_waiver_state state)
{
    return state_names[state];
}

bool
az_waiver_is_same_file(const struct az_set_entry *a,
                       const struct az_set_entry *b)
{
    return a == b || (a->identity.len > 0 && strcmp(a->name, b->name) == 0 &&
                      az_str_eq(a->identity, b->identity));
}

const struct az_set_entry *
az_waiver_find_document(const struct az_set *set,
                        const struct az_set_entry *file, unsigned number)
{
    size_t i;

    for (i = (size_t)(file - set->entries); i < set->count; i++) {
        const struct az_set_entry *entry = &set->entries[i];

        if (entry->document != NULL &&
            entry->document->source->document == number &&
            az_waiver_is_same_file(file, entry))
            return entry;
    }
    return NULL;
}

/* Whether SOURCE is that of a document of FILE: one that stays, or that was
   judged alone and did not. */
static bool
is_of_file(const struct az_waivers *waivers, const struct az_set_entry *file,
           const struct az_source *source)
{
    const struct az_set_entry *entry =
        az_waiver_find_document(waivers->set, file, source->document);

    if (entry != NULL)
        return entry->document->source == source;
    return file->alone && (source->document > 0 || file->document == NULL);
}

/* The waiver of TARGET: one for its message before one that does not name
   any. */
static struct az_waiver *
find_by_message(const struct az_waivers *waivers,
                struct az_waiver_target target)
{
    struct az_arena *arena = waivers->set->arena;
    struct az_waiver *waiver =
        az_map_get(&waivers->map, az_waiver_key(arena, &target));

    if (waiver != NULL)
        return waiver;
    target.message.len = 0;
    return az_map_get(&waivers->map, az_waiver_key(arena, &target));
}

/* The waiver that DIAG could be for: one of its id before one of what it is
   like. */
static struct az_waiver *
find_waiver(const struct az_waivers *waivers, const struct az_diag *diag)
{
    const struct az_source *source = diag->place.source;
    struct az_arena *arena = waivers->set->arena;
    struct az_waiver_target target;
    struct az_waiver *waiver;

    if (diag->severity == AZ_INFO || diag->pointer == NULL || source == NULL)
        return NULL;
    target = (struct az_waiver_target){
        .id = az_ids_of(diag),
        .file = az_map_get(&waivers->names, az_str_from(source->name)),
        .number = source->document,
        .pointer = az_str_from(diag->pointer),
        .message = az_str_from(diag->message),
    };
    if (diag->computed != NULL) {
        const struct az_set_entry *log = az_map_get(
            &waivers->set->logs, az_file_identity(arena, source->name));

        if (log != NULL)
            target.file = log;
        az_waiver_set_row(&target, diag->computed->root);
    }
    if (target.file == NULL)
        return NULL;
    waiver = find_by_message(waivers, target);
    target.id = az_ids_like(diag);
    if (waiver == NULL)
        waiver = find_by_message(waivers, target);
    return waiver != NULL && (target.file->log ||
                              is_of_file(waivers, target.file, source))
               ? waiver
               : NULL;
}

static void
match(struct az_waivers *waivers)
{
    const struct az_sink *sink = waivers->set->sink;
    size_t i;

    for (i = 0; waivers->map.count > 0 && i < sink->count; i++) {
        struct az_waiver *waiver = find_waiver(waivers, sink->diags[i]);

        if (waiver == NULL)
            continue;
        if (az_diag_yields(sink->diags[i]) == AZ_YIELD_NONE)
            waiver->fatal = sink->diags[i];
        else if (waiver->matches++ == 0)
            waiver->match = sink->diags[i];
    }
}

/* Whether a kind that RULE refers to is not in the set, so that the rule was
   not judged. */
static bool
lacks_documents(const struct az_set *set, const struct az_rule *rule)
{
    size_t i, count;

    for (i = 0; i < rule->kind_count; i++) {
        az_set_find(set, rule->kinds[i], &count);
        if (count == 0)
            return true;
    }
    return false;
}

/* Whether the rules, or the schema, that the file of WAIVER was judged by could
   have found what it is for. */
static bool
is_rule_judged(const struct az_set *set, const struct az_waiver *waiver)
{
    const struct az_set_entry *entry = waiver->entry;
    const struct az_ruleset *ruleset = set->override.ruleset;
    const struct az_rule *rule;

    if (set->override.schema == NULL && ruleset == NULL && !entry->alone) {
        if (entry->kind == NULL)
            return false;
        ruleset = az_kind_ruleset_for_judging(entry->kind);
    }
    if (waiver->id->diagnostic)
        return set->override.ruleset == NULL || set->override.schema != NULL;
    rule = ruleset == NULL ? NULL : az_ruleset_find(ruleset, waiver->rule);
    /* where there is no such rule, there never is a finding of it; but a run
       with other rules than the kind's says nothing about it */
    if (rule == NULL)
        return set->override.schema == NULL && set->override.ruleset == NULL;
    return !lacks_documents(set, rule);
}

/* Whether this run judged the row that WAIVER, for a number that was computed,
   is for: it says itself of which profile that is. */
static bool
is_row_judged(const struct az_waivers *waivers, const struct az_waiver *waiver,
              az_waiver_judged_fn *judged, const void *context)
{
    struct az_arena *arena = waivers->set->arena;
    struct az_document row = *waiver->document;

    row.root = az_node_get(waiver->node, "beside");
    return row.root != NULL &&
           judged(context, az_waiver_diagnostic(waivers, waiver), &row,
                  az_arena_str(arena, waiver->pointer).p);
}

/* Whether this run would have found what WAIVER is for. */
static bool
is_judged(const struct az_waivers *waivers, const struct az_waiver *waiver,
          az_waiver_judged_fn *judged, const void *context)
{
    const struct az_set_entry *entry = waiver->entry;
    enum az_diag_id id;

    if (entry == NULL ||
        (!entry->log &&
         (!entry->named || (entry->document == NULL && !entry->alone))))
        return false;
    if (entry->log || waiver->computed)
        return judged != NULL &&
               is_row_judged(waivers, waiver, judged, context);
    if (!waiver->id->diagnostic || waiver->id->rule)
        return is_rule_judged(waivers->set, waiver);
    id = az_waiver_diagnostic(waivers, waiver);
    if (!az_diag_is_of_gate(id))
        return is_rule_judged(waivers->set, waiver);
    return judged != NULL && entry->document != NULL &&
           judged(context, id, entry->document,
                  az_arena_str(waivers->set->arena, waiver->pointer).p);
}

/* The tree of the document that DIAG, of ENTRY, is in; of one that did not stay
   the same text is read again. */
static const struct az_document *
document_of(const struct az_waivers *waivers, const struct az_set_entry *entry,
            const struct az_diag *diag)
{
    const struct az_source *source = diag->place.source;
    struct az_documents documents;
    struct az_sink unheard;

    if (diag->computed != NULL)
        return diag->computed;
    if (entry->document != NULL && entry->document->source == source)
        return entry->document;
    az_sink_init(&unheard, waivers->set->arena);
    if (source->document == 0)
        return az_read_source(waivers->set->arena, &unheard, source);
    documents = az_read_documents(waivers->set->arena, &unheard, source, true);
    return source->document > documents.count
               ? NULL
               : documents.items[source->document - 1];
}

/* A finding that NODE of WAIVER is not what stands at the place of its
   match. */
__attribute__((format(printf, 4, 5))) static bool
moved(struct az_waivers *waivers, struct az_waiver *waiver,
      const struct az_node *node, const char *format, ...)
{
    struct az_diag *diag;
    const char *text;
    va_list args;

    va_start(args, format);
    text = az_arena_vprintf(waivers->set->arena, format, args);
    va_end(args);
    diag = az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_MOVED, node, "%s",
                             text);
    az_diag_relate(waivers->set->sink, diag, waiver->match->place,
                   "it is here");
    az_diag_hint(waivers->set->sink, diag,
                 "mend the finding, or have it waived anew by review");
    waiver->state = AZ_WAIVER_MOVED;
    return false;
}

/* A bound of a waiver, and the values that it is for: one that leaves the side
   open on which they become worse would waive whatever comes. */
static const struct bound {
    const char *key;
    enum az_worse worse;
    int beyond; /* how a value that is beyond compares with it */
    const char *name;
    const char *side;
} bounds[] = {
    { "at_most", AZ_WORSE_ABOVE, 1, "ceiling", "over" },
    { "at_least", AZ_WORSE_BELOW, -1, "floor", "below" },
};

/* Whether VALUE keeps to LIMIT, the bound of WAIVER. */
static bool
check_bound(struct az_waivers *waivers, struct az_waiver *waiver,
            const struct bound *bound, const struct az_node *limit,
            const struct az_node *value)
{
    struct az_arena *arena = waivers->set->arena;
    int order;

    if (limit->type != AZ_NUMBER || value->type != AZ_NUMBER)
        return moved(waivers, waiver, limit,
                     "the %s is for a number, and there is %s", bound->name,
                     az_node_quote(arena, value));
    if (waiver->match->worse != bound->worse)
        return moved(waivers, waiver, limit,
                     "a %s lets %s become as bad as it likes", bound->name,
                     az_node_quote(arena, value));
    order = az_decimal_compare_text(az_node_text(value), az_node_text(limit));
    return order * bound->beyond <= 0 ||
           moved(waivers, waiver, limit, "%s is %s the %s of %s",
                 az_node_quote(arena, value), bound->side, bound->name,
                 az_node_quote(arena, limit));
}

/* Whether VALUE is what WAIVER says, or a number within its bound. */
static bool
check_value(struct az_waivers *waivers, struct az_waiver *waiver,
            const struct az_node *value)
{
    struct az_arena *arena = waivers->set->arena;
    const struct az_node *wanted = az_node_get(waiver->node, "value");

    for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++) {
        const struct az_node *limit = az_node_get(wanted, bounds[i].key);

        if (limit != NULL)
            return check_bound(waivers, waiver, &bounds[i], limit, value);
    }
    return az_node_equal(value, wanted) ||
           moved(waivers, waiver, wanted, "%s is waived, not %s",
                 az_node_quote(arena, wanted), az_node_quote(arena, value));
}

/* Whether OBJECT, in which the value stands, has what WAIVER says. */
static bool
check_beside(struct az_waivers *waivers, struct az_waiver *waiver,
             const struct az_node *object)
{
    struct az_arena *arena = waivers->set->arena;
    const struct az_node *beside = az_node_get(waiver->node, "beside");
    size_t i;

    for (i = 0; beside != NULL && i < beside->count; i++) {
        const struct az_member *wanted = &beside->members[i];
        const struct az_member *member = az_node_member(object, wanted->key);

        if (member == NULL)
            return moved(waivers, waiver, &wanted->value,
                         "there is no %s beside the value",
                         az_str_quote(arena, wanted->key));
        if (!az_node_equal(&member->value, &wanted->value))
            return moved(waivers, waiver, &wanted->value,
                         "the waiver is for %s %s, not %s",
                         az_str_quote(arena, wanted->key),
                         az_node_quote(arena, &wanted->value),
                         az_node_quote(arena, &member->value));
    }
    return true;
}

/* The object or array that the node at POINTER stands in; NULL for the root. */
static const struct az_node *
parent_of(struct az_arena *arena, const struct az_node *root,
          struct az_str pointer)
{
    while (pointer.len > 0 && pointer.p[pointer.len - 1] != '/')
        pointer.len--;
    if (pointer.len == 0)
        return NULL;
    pointer.len--;
    return az_pointer_find(arena, root, az_arena_str(arena, pointer).p);
}

/* Tells how a waiver says that it is for the finding MATCH. */
static void
hint_message(struct az_sink *sink, struct az_diag *diag,
             const struct az_diag *match)
{
    struct az_node text = az_make_string_c(match->message);
    struct az_buf buf;

    az_buf_init(&buf, sink->arena);
    az_node_print(&buf, &text);
    az_diag_hint(sink, diag, "give the waiver its message: \"message\": %s",
                 buf.p);
}

/* Whether what WAIVER's match is about is still what was waived. */
static bool
check_match(struct az_waivers *waivers, struct az_waiver *waiver)
{
    struct az_arena *arena = waivers->set->arena;
    const struct az_document *document =
        document_of(waivers, waiver->entry, waiver->match);
    const struct az_node *value =
        document == NULL
            ? NULL
            : az_pointer_find(arena, document->root, waiver->match->pointer);
    struct az_diag *diag;

    if (value == NULL)
        return moved(waivers, waiver, az_node_get(waiver->node, "pointer"),
                     "there is no value at the pointer");
    if (!check_value(waivers, waiver, value) ||
        (waiver->match->worst != NULL &&
         !check_value(waivers, waiver, waiver->match->worst)) ||
        !check_beside(waivers, waiver,
                      parent_of(arena, document->root, waiver->pointer)))
        return false;
    if (value->type < AZ_ARRAY || waiver->message.len > 0)
        return true;
    diag = az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_AMBIGUOUS,
                             az_node_get(waiver->node, "pointer"),
                             "a finding about an array or object is told from "
                             "others by its message");
    hint_message(waivers->set->sink, diag, waiver->match);
    waiver->state = AZ_WAIVER_AMBIGUOUS;
    return false;
}

static void
report_several(struct az_waivers *waivers, struct az_waiver *waiver)
{
    struct az_diag *diag = az_waiver_mistake(
        waivers, waiver, AZ_DIAG_WAIVER_AMBIGUOUS,
        az_node_get(waiver->node, "pointer"),
        "%zu findings are what the waiver is for", waiver->matches);

    az_diag_relate(waivers->set->sink, diag, waiver->match->place,
                   "the first is here");
    hint_message(waivers->set->sink, diag, waiver->match);
    waiver->state = AZ_WAIVER_AMBIGUOUS;
}

static void
report_expired(struct az_waivers *waivers, struct az_waiver *waiver)
{
    struct az_diag *diag = az_waiver_mistake(
        waivers, waiver, AZ_DIAG_WAIVER_EXPIRED,
        az_node_get(waiver->node, "expires"), "the waiver of %s ended on %.*s",
        az_str_quote(waivers->set->arena, waiver->told.owner),
        AZ_STR_ARG(waiver->expires));

    if (waiver->match != NULL)
        az_diag_relate(waivers->set->sink, diag, waiver->match->place,
                       "it was for this");
    az_diag_hint(waivers->set->sink, diag,
                 waiver->match == NULL
                     ? "take it out: what it was for is mended"
                     : "mend the finding, or have it waived anew by review");
    waiver->state = AZ_WAIVER_EXPIRED;
}

static void
report_unused(struct az_waivers *waivers, struct az_waiver *waiver)
{
    az_diag_hint(
        waivers->set->sink,
        az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_UNUSED,
                          az_node_get(waiver->node, "pointer"),
                          "no finding of %s is at this place",
                          az_str_quote(waivers->set->arena, waiver->rule)),
        "take the waiver out, or correct its rule, file, document, pointer or "
        "message");
    waiver->state = AZ_WAIVER_UNUSED;
}

static void
report_fatal(struct az_waivers *waivers, struct az_waiver *waiver)
{
    struct az_sink *sink = waivers->set->sink;
    struct az_diag *diag =
        az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_FATAL,
                          az_node_get(waiver->node, "pointer"),
                          "what %s found at this place cannot be waived",
                          az_str_quote(sink->arena, waiver->rule));

    az_diag_relate(sink, diag, waiver->fatal->place, "it is here");
    az_diag_hint(sink, diag,
                 "mend what it finds: without it nothing is "
                 "judged here");
    waiver->state = AZ_WAIVER_INVALID;
}

static const char *
shown(struct az_arena *arena, struct az_str text)
{
    struct az_buf buf;

    az_buf_init(&buf, arena);
    az_buf_add_escaped(&buf, text, 0);
    return buf.p;
}

static void
waive(struct az_waivers *waivers, struct az_waiver *waiver)
{
    struct az_sink *sink = waivers->set->sink;
    const struct az_waived *told = &waiver->told;

    waiver->match->waived = told;
    az_diag_relate(
        sink, waiver->match, told->place, "waived by %s until %.*s (%s): %s",
        shown(sink->arena, told->owner), AZ_STR_ARG(told->until),
        shown(sink->arena, told->ticket), shown(sink->arena, told->reason));
    az_diag_regrade(sink, waiver->match, AZ_INFO);
    waiver->state = AZ_WAIVER_IN_FORCE;
}

/* Tells of a waiver that can be for nothing in this run of the gate: it may be
   for a file of another run, or its path may be wrong. */
static void
report_absent(struct az_waivers *waivers, const struct az_waiver *waiver)
{
    struct az_sink *sink = waivers->set->sink;
    const struct az_node *file = az_node_get(waiver->node, "file");
    struct az_diag *diag =
        az_sink_add_as(sink, AZ_DIAG_WAIVER_UNKNOWN, AZ_INFO,
                       az_document_place(waiver->document, file),
                       "nothing is waived in %s, which is not there",
                       az_node_quote(sink->arena, file));

    diag->pointer = az_document_pointer(sink->arena, waiver->document, file);
    az_diag_hint(sink, diag,
                 "correct the path, unless another run has the file");
}

void
az_waivers_apply(struct az_waivers *waivers, az_waiver_judged_fn *judged,
                 const void *context)
{
    size_t i;

    match(waivers);
    for (i = 0; i < waivers->count; i++) {
        struct az_waiver *waiver = &waivers->items[i];

        if (waiver->state == AZ_WAIVER_INVALID)
            continue;
        if (waiver->absent) {
            if (judged != NULL)
                report_absent(waivers, waiver);
            continue;
        }
        if (waiver->fatal != NULL) {
            report_fatal(waivers, waiver);
            continue;
        }
        if (waiver->matches == 0 &&
            !is_judged(waivers, waiver, judged, context))
            continue;
        if (az_str_compare(waivers->today, waiver->expires) > 0 ||
            waivers->today.len == 0)
            report_expired(waivers, waiver);
        else if (waiver->matches == 0)
            report_unused(waivers, waiver);
        else if (waiver->matches > 1)
            report_several(waivers, waiver);
        else if (check_match(waivers, waiver))
            waive(waivers, waiver);
    }
}

/* By owner, then by end, then by place in the document. */
static int
compare_waivers(const void *a, const void *b)
{
    const struct az_waiver *x = *(const struct az_waiver *const *)a;
    const struct az_waiver *y = *(const struct az_waiver *const *)b;
    int order = az_str_compare(x->told.owner, y->told.owner);

    if (order == 0)
        order = az_str_compare(x->expires, y->expires);
    return order != 0 ? order : (x > y) - (x < y);
}

static struct az_node
text_or_null(struct az_str text)
{
    return text.len == 0 ? az_make_null() : az_make_string(text);
}

static struct az_node
waiver_row(const struct az_waivers *waivers, const struct az_waiver *waiver)
{
    struct az_arena *arena = waivers->set->arena;
    bool dated = az_date_is_day(waiver->expires) && waivers->today.len > 0;
    const struct az_source *source = waiver->told.place.source;
    struct az_builder row;

    az_builder_init(&row, arena);
    az_builder_set(&row, "owner", text_or_null(waiver->told.owner));
    az_builder_set(
        &row, "days_left",
        dated ? az_make_integer(arena, az_waiver_day(waiver->expires) -
                                           az_waiver_day(waivers->today))
              : az_make_null());
    az_builder_set(&row, "state",
                   az_make_string_c(az_waiver_state_name(waiver->state)));
    az_builder_set(&row, "ticket", text_or_null(waiver->told.ticket));
    az_builder_set(&row, "rule", text_or_null(waiver->rule));
    az_builder_set(&row, "file", text_or_null(waiver->file));
    az_builder_set(&row, "document",
                   waiver->number > 0
                       ? az_make_integer(arena, (int64_t)waiver->number)
                       : az_make_null());
    az_builder_set(&row, "pointer", az_make_string(waiver->pointer));
    az_builder_set(&row, "expires", text_or_null(waiver->expires));
    az_builder_set(&row, "reason", text_or_null(waiver->told.reason));
    az_builder_set(&row, "waivers", az_make_string_c(source->name));
    az_builder_set_count(
        &row, "line",
        az_source_position(source, waiver->told.place.span.start).line);
    return az_builder_object(&row);
}

struct az_node
az_waivers_list(const struct az_waivers *waivers)
{
    const struct az_waiver **sorted;
    struct az_builder rows;
    size_t i;

    if (waivers->count == 0)
        return az_make_empty();
    sorted = az_arena_array(waivers->set->arena, waivers->count,
                            sizeof(const struct az_waiver *));
    for (i = 0; i < waivers->count; i++)
        sorted[i] = &waivers->items[i];
    qsort(sorted, waivers->count, sizeof(const struct az_waiver *),
          compare_waivers);
    az_builder_init(&rows, waivers->set->arena);
    for (i = 0; i < waivers->count; i++)
        az_builder_add(&rows, waiver_row(waivers, sorted[i]));
    return az_builder_array(&rows);
}
