/* Reading waivers, and what is wrong with them in themselves.
   SPDX-License-Identifier: MIT */

#include "policy/waiver-internal.h"

#include <limits.h>
#include <stdarg.h>
#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/date.h"
#include "core/decimal.h"
#include "core/file.h"
#include "core/pointer.h"
#include "core/utf8.h"

/* Days that a waiver may hold, unless the project says. */
#define DEFAULT_DAYS 90
/* Characters of a reason. */
#define REASON_LENGTH 20
/* Names that "did you mean" is asked for: it compares with every name. */
#define MAX_HINTS 64

/* What a project asks of its waivers. */
struct terms {
    const struct az_schema *ticket; /* NULL: any */
    int64_t days;
};

struct az_diag *
az_waiver_mistake(struct az_waivers *waivers, const struct az_waiver *waiver,
                  enum az_diag_id id, const struct az_node *node,
                  const char *format, ...)
{
    struct az_arena *arena = waivers->set->arena;
    struct az_diag *diag;
    va_list args;

    va_start(args, format);
    diag = az_sink_add(waivers->set->sink, id,
                       az_document_place(waiver->document, node), "%s",
                       az_arena_vprintf(arena, format, args));
    va_end(args);
    diag->pointer = az_document_pointer(arena, waiver->document, node);
    return diag;
}

bool
az_waiver_is_source(const struct az_set *set, const struct az_set_entry *entry)
{
    bool overridden =
        set->override.schema != NULL || set->override.ruleset != NULL;

    return entry->document != NULL && entry->kind != NULL &&
           entry->kind->built_in && strcmp(entry->kind->name, "waivers") == 0 &&
           (entry->governs || !overridden);
}

bool
az_waivers_add_file(struct az_set *set, const char *path)
{
    struct az_set_entry *entry = az_set_add(set, path, path, true);

    if (entry == NULL)
        return false;
    entry->governs = true;
    /* what cannot be read has been found already */
    if (entry->document == NULL || az_waiver_is_source(set, entry))
        return true;
    az_sink_add(set->sink, AZ_DIAG_USAGE, AZ_NOWHERE,
                "option '--waivers' needs a document of kind waivers, and %s "
                "is none",
                az_str_quote(set->arena, az_str_from(path)));
    return false;
}

void
az_waivers_govern(struct az_set *set)
{
    size_t i;

    for (i = 0; i < set->count; i++)
        if (!set->entries[i].named &&
            az_waiver_is_source(set, &set->entries[i]))
            set->entries[i].named = set->entries[i].governs = true;
}

bool
az_waivers_present(const struct az_set *set)
{
    size_t i;

    for (i = 0; i < set->count; i++)
        if (az_waiver_is_source(set, &set->entries[i]))
            return true;
    return false;
}

int64_t
az_waiver_day(struct az_str day)
{
    struct az_moment moment;

    return az_moment_parse(day, &moment) ? moment.day : 0;
}

/* The text of NODE's member KEY; empty if it has none. */
static struct az_str
text_of(const struct az_node *node, const char *key)
{
    const struct az_node *text = az_node_get(node, key);

    return text == NULL || text->type != AZ_STRING ? AZ_STR("")
                                                   : az_node_text(text);
}

/* The number of the document that the waiver NODE is for; 0: it says none, or
   what is none. */
static unsigned
number_of(struct az_arena *arena, const struct az_node *node)
{
    const struct az_node *document = az_node_get(node, "document");
    int64_t number;

    if (!az_node_int(arena, document, &number) || number < 1 ||
        number > UINT_MAX)
        return 0;
    return (unsigned)number;
}

static void
add_waiver(struct az_waivers *waivers, const struct az_document *document,
           const struct az_node *node)
{
    struct az_waiver *waiver;

    waivers->items =
        az_arena_grow(waivers->set->arena, waivers->items, waivers->count,
                      &waivers->capacity, sizeof(*waivers->items));
    waiver = &waivers->items[waivers->count++];
    *waiver = (struct az_waiver){
        .document = document,
        .node = node,
        .rule = text_of(node, "rule"),
        .file = text_of(node, "file"),
        .pointer = text_of(node, "pointer"),
        .message = text_of(node, "message"),
        .created = text_of(node, "created"),
        .expires = text_of(node, "expires"),
        .told = { .owner = text_of(node, "owner"),
                  .ticket = text_of(node, "ticket"),
                  .reason = text_of(node, "reason"),
                  .until = text_of(node, "expires"),
                  .place = az_document_place(document, node) },
    };
    waiver->number = number_of(waivers->set->arena, node);
    /* a finding is told from others by the place of its line */
    waiver->told.place.span.end = waiver->told.place.span.start + 1;
}

/* The number of the waiver that a finding's POINTER is about; false if it is
   about none. */
static bool
number_in(const char *pointer, size_t *ret)
{
    static const char list[] = "/waivers/";
    size_t length;

    if (pointer == NULL || strncmp(pointer, list, sizeof(list) - 1) != 0)
        return false;
    pointer += sizeof(list) - 1;
    length = strcspn(pointer, "/");
    return az_pointer_index((struct az_str){ pointer, length }, ret);
}

/* Marks as invalid those waivers about which the schema or the rules have found
   an error, and has what was found in documents of waivers yield to nothing. */
static void
note_broken(struct az_waivers *waivers)
{
    const struct az_sink *sink = waivers->set->sink;
    struct az_map firsts;
    size_t i, number;

    az_map_init(&firsts, waivers->set->arena);
    for (i = waivers->count; i-- > 0;) {
        const struct az_document *document = waivers->items[i].document;

        az_map_put(&firsts, AZ_KEY_OF(document->source), NULL)->value =
            &waivers->items[i];
    }
    for (i = 0; i < sink->count; i++) {
        struct az_diag *diag = sink->diags[i];
        struct az_waiver *first =
            az_map_get(&firsts, AZ_KEY_OF(diag->place.source));

        if (first != NULL && diag->severity == AZ_ERROR &&
            number_in(diag->pointer, &number) &&
            number < waivers->count - (size_t)(first - waivers->items) &&
            first[number].document == first->document)
            first[number].state = AZ_WAIVER_INVALID;
    }
}

static void
note_fatal(const struct az_set *set)
{
    struct az_map sources;
    size_t i;

    az_map_init(&sources, set->arena);
    for (i = 0; i < set->count; i++)
        if (az_waiver_is_source(set, &set->entries[i]))
            az_map_put(&sources, AZ_KEY_OF(set->entries[i].document->source),
                       NULL);
    for (i = 0; i < set->sink->count; i++) {
        struct az_diag *diag = set->sink->diags[i];

        if (az_map_find(&sources, AZ_KEY_OF(diag->place.source)) != NULL)
            diag->fatal = true;
    }
}

/* The pattern of tickets as a schema, whose mistakes are at the pattern. */
static const struct az_schema *
compile_ticket(const struct az_set *set, const struct az_project *project,
               const struct az_node *pattern)
{
    struct az_document *text = AZ_NEW(set->arena, struct az_document);
    struct az_node *root = AZ_NEW(set->arena, struct az_node);
    struct az_builder object;

    az_builder_init(&object, set->arena);
    az_builder_set(&object, "pattern", *pattern);
    *root = az_builder_object(&object);
    *text = *project->document;
    text->root = root;
    text->scattered = true;
    return az_schema_compile(az_registry_new(set->arena, NULL), set->sink, text,
                             AZ_STR("ticket_pattern"));
}

/* What PROJECT asks; false after a finding. */
static bool
read_terms(const struct az_set *set, const struct az_project *project,
           struct terms *ret)
{
    const struct az_node *own =
        project->document == NULL
            ? NULL
            : az_node_get(project->document->root, "waivers");
    const struct az_node *pattern = az_node_get(own, "ticket_pattern");
    const struct az_node *days = az_node_get(own, "max_days");

    *ret = (struct terms){ NULL, DEFAULT_DAYS };
    if (days != NULL && !az_node_int(set->arena, days, &ret->days))
        return false;
    if (pattern == NULL)
        return true;
    ret->ticket = compile_ticket(set, project, pattern);
    return ret->ticket != NULL;
}

/* Whether WAIVER has all that its schema asks for, whether the schema was asked
   or not. */
static bool
is_whole(const struct az_waiver *waiver)
{
    const struct az_str texts[] = {
        waiver->rule,        waiver->file,        waiver->told.owner,
        waiver->told.ticket, waiver->told.reason, waiver->created,
        waiver->told.until,
    };
    const struct az_node *pointer = az_node_get(waiver->node, "pointer");
    const struct az_node *message = az_node_get(waiver->node, "message");
    const struct az_node *beside = az_node_get(waiver->node, "beside");
    size_t i;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (texts[i].len == 0 || memchr(texts[i].p, '\0', texts[i].len) != NULL)
            return false;
    return pointer != NULL && pointer->type == AZ_STRING &&
           az_node_get(waiver->node, "value") != NULL &&
           (waiver->number > 0 ||
            az_node_get(waiver->node, "document") == NULL) &&
           (message == NULL || waiver->message.len > 0) &&
           (beside == NULL || beside->type == AZ_OBJECT) &&
           az_date_is_day(waiver->created) && az_date_is_day(waiver->expires);
}

/* Texts that somebody has to be able to read, so many characters of them. */
static bool
check_texts(struct az_waivers *waivers, const struct az_waiver *waiver)
{
    static const struct {
        const char *key;
        size_t least;
    } texts[] = { { "reason", REASON_LENGTH },
                  { "owner", 1 },
                  { "ticket", 1 } };
    size_t i, seen;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const struct az_node *text = az_node_get(waiver->node, texts[i].key);

        seen = az_utf8_visible(az_node_text(text));
        if (seen >= texts[i].least)
            continue;
        az_waiver_mistake(
            waivers, waiver, AZ_DIAG_WAIVER_INVALID, text,
            "the %s has %s that can be seen, and needs %zu", texts[i].key,
            az_str_counted(waivers->set->arena, seen, "character"),
            texts[i].least);
        return false;
    }
    return true;
}

static bool
check_terms(struct az_waivers *waivers, const struct az_waiver *waiver,
            const struct terms *terms)
{
    const struct az_node *created = az_node_get(waiver->node, "created");
    const struct az_node *expires = az_node_get(waiver->node, "expires");
    const struct az_node *ticket = az_node_get(waiver->node, "ticket");
    int64_t days =
        az_waiver_day(waiver->expires) - az_waiver_day(waiver->created);

    if (days < 0) {
        az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_INVALID, expires,
                          "the waiver expires before it is created");
        return false;
    }
    if (days > terms->days) {
        az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_INVALID, expires,
                          "the waiver holds for %lld days, and may for %lld",
                          (long long)days, (long long)terms->days);
        return false;
    }
    if (az_str_compare(waiver->created, waivers->today) > 0) {
        az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_INVALID, created,
                          "the waiver is created on a day to come");
        return false;
    }
    if (terms->ticket == NULL ||
        az_schema_check(terms->ticket, waivers->set->arena, NULL,
                        waiver->document, ticket, NULL, NULL))
        return true;
    az_diag_hint(waivers->set->sink,
                 az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_INVALID,
                                   ticket, "%s is no ticket of this project",
                                   az_node_quote(waivers->set->arena, ticket)),
                 "waivers.ticket_pattern in " AZ_PROJECT_FILE
                 " says what one looks like");
    return false;
}

static bool
check_rule(struct az_waivers *waivers, struct az_waiver *waiver)
{
    const struct az_node *rule = az_node_get(waiver->node, "rule");
    struct az_sink *sink = waivers->set->sink;
    struct az_diag *diag;

    waiver->id = az_ids_find(waivers->ids, waiver->rule);
    if (waiver->id == NULL) {
        diag = az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_UNKNOWN, rule,
                                 "there is no diagnostic or rule %s",
                                 az_node_quote(sink->arena, rule));
        if (waivers->hints_left > 0)
            az_ids_hint(waivers->ids, sink, diag, waiver->rule);
        waivers->hints_left -= waivers->hints_left > 0;
        return false;
    }
    if (waiver->id->yield != AZ_YIELD_NONE)
        return true;
    az_diag_hint(sink,
                 az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_FATAL, rule,
                                   "%s cannot be waived",
                                   az_node_quote(sink->arena, rule)),
                 "%s",
                 az_str_eq_c(waiver->rule, "rule-broken")
                     ? "name the rule itself"
                     : "mend what it finds");
    return false;
}

/* Rules do not say which way is worse; those that judge measured values do. */
static bool
is_of_value(const struct az_waivers *waivers, const struct az_waiver *waiver)
{
    return az_diag_is_of_value(az_waiver_diagnostic(waivers, waiver));
}

static bool
check_bound(struct az_waivers *waivers, const struct az_waiver *waiver)
{
    const struct az_node *value = az_node_get(waiver->node, "value");
    const struct az_node *bound = az_node_get(value, "at_most");

    if (bound == NULL)
        bound = az_node_get(value, "at_least");
    if (bound == NULL || is_of_value(waivers, waiver))
        return true;
    az_diag_hint(waivers->set->sink,
                 az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_INVALID,
                                   bound,
                                   "a bound is for a value that the gate "
                                   "judges"),
                 "give the value itself: of a rule, nobody knows which way is "
                 "worse");
    return false;
}

static void
hint_file(struct az_waivers *waivers, struct az_diag *diag, struct az_str file)
{
    const struct az_set *set = waivers->set;
    struct az_str *names =
        az_arena_array(set->arena, set->count, sizeof(*names));
    size_t i, nearest;

    if (waivers->hints_left == 0)
        return;
    waivers->hints_left--;
    for (i = 0; i < set->count; i++)
        names[i] = az_str_from(set->entries[i].name);
    nearest = az_str_nearest(file, names, set->count);
    if (nearest < set->count)
        az_diag_hint(set->sink, diag, "did you mean %s?",
                     az_str_quote(set->arena, names[nearest]));
}

/* Whether FILE holds one document of which WAIVER says no number, or the one
   that it says.  Of documents that did not stay nobody knows how many there
   were. */
static bool
check_document(struct az_waivers *waivers, struct az_waiver *waiver,
               const struct az_set_entry *file)
{
    const struct az_node *document = az_node_get(waiver->node, "document");
    bool several =
        file->document != NULL && file->document->source->document > 0;

    waiver->file_entry = file;
    waiver->entry = az_waiver_find_document(waivers->set, file, waiver->number);
    if (waiver->entry == NULL && (file->document == NULL || file->alone))
        waiver->entry = file;
    if (waiver->entry != NULL)
        return true;
    if (document == NULL)
        az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_INVALID,
                          az_node_get(waiver->node, "file"),
                          "the file holds several documents, and the waiver "
                          "does not say which it is for");
    else
        az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_UNKNOWN, document,
                          several ? "the file holds no document %s"
                                  : "the file holds one document, not %s",
                          az_node_quote(waivers->set->arena, document));
    waiver->file_entry = NULL;
    return false;
}

/* Whether WAIVER may be for PATH, which is a sample log or not read in this
   run. What is computed of a log can be waived, but nothing in it. */
static bool
check_log(struct az_waivers *waivers, struct az_waiver *waiver,
          const char *path)
{
    struct az_sink *sink = waivers->set->sink;
    struct az_set_entry *log =
        az_map_get(&waivers->set->logs, az_file_identity(sink->arena, path));

    if (log == NULL)
        return true;
    if (!is_of_value(waivers, waiver)) {
        az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_INVALID,
                          az_node_get(waiver->node, "rule"),
                          "of a sample log only that a value is too bad "
                          "can be waived");
        return false;
    }
    waiver->file_entry = waiver->entry = log;
    return true;
}

/* Finds the file of WAIVER in the set, or else, if it is one that is not judged
   in this run, on the disk.  What only the gate finds may be waived in a file
   that is not there yet: measurements are seldom kept in the repository. */
static bool
check_file(struct az_waivers *waivers, struct az_waiver *waiver)
{
    const struct az_set *set = waivers->set;
    const struct az_node *file = az_node_get(waiver->node, "file");
    const char *path = az_project_path(
        waivers->project, set->arena, az_arena_str(set->arena, waiver->file).p);
    const size_t *number =
        az_map_get(&set->files, az_file_identity(set->arena, path));

    if (waiver->file.p[0] != '/' && az_file_is_there(set->arena, path) &&
        az_file_is_read_inside(set->arena, waivers->project->root, path)) {
        return number == NULL
                   ? check_log(waivers, waiver, path)
                   : check_document(waivers, waiver, &set->entries[*number]);
    }
    waiver->absent = !az_file_is_there(set->arena, path) &&
                     az_diag_is_of_gate(az_waiver_diagnostic(waivers, waiver));
    if (waiver->absent)
        return true;
    hint_file(waivers,
              az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_UNKNOWN, file,
                                "there is no file %s in the project",
                                az_node_quote(set->arena, file)),
              waiver->file);
    return false;
}

/* Puts WAIVER where findings look for it; of two for the same the first
   counts. */
static bool
put(struct az_waivers *waivers, struct az_waiver *waiver)
{
    struct az_waiver_target target = {
        .id = waiver->rule,
        .file = waiver->file_entry,
        .number = waiver->number,
        .pointer = waiver->pointer,
        .message = waiver->message,
    };
    struct az_map_entry *entry;
    const struct az_waiver *first;
    bool is_new;

    if (waiver->file_entry == NULL)
        return true;
    if (waiver->computed)
        az_waiver_set_row(&target, az_node_get(waiver->node, "beside"));
    entry = az_map_put(&waivers->map,
                       az_waiver_key(waivers->set->arena, &target), &is_new);
    if (is_new) {
        entry->value = waiver;
        return true;
    }
    first = entry->value;
    az_diag_relate(waivers->set->sink,
                   az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_DUPLICATE,
                                     az_node_get(waiver->node, "pointer"),
                                     "another waiver is for the same finding"),
                   first->told.place, "the first is here");
    return false;
}

static bool
check_waiver(struct az_waivers *waivers, struct az_waiver *waiver,
             const struct terms *terms)
{
    bool good;

    if (waiver->state == AZ_WAIVER_INVALID)
        return false;
    if (!is_whole(waiver)) {
        az_waiver_mistake(waivers, waiver, AZ_DIAG_WAIVER_INVALID, waiver->node,
                          "the waiver does not say all that one must say");
        return false;
    }
    good = check_terms(waivers, waiver, terms);
    good &= check_texts(waivers, waiver);
    good &= check_rule(waivers, waiver);
    good &= check_bound(waivers, waiver);
    good &= az_waiver_check_computed(waivers, waiver);
    good &= check_file(waivers, waiver);
    return good && put(waivers, waiver);
}

static void
note_names(struct az_waivers *waivers)
{
    const struct az_set *set = waivers->set;
    bool is_new;
    size_t i;

    az_map_init(&waivers->names, set->arena);
    for (i = 0; i < set->count; i++) {
        struct az_map_entry *entry = az_map_put(
            &waivers->names, az_str_from(set->entries[i].name), &is_new);

        if (is_new)
            entry->value = &set->entries[i];
        else if (entry->value != NULL &&
                 !az_waiver_is_same_file(entry->value, &set->entries[i]))
            entry->value = NULL;
    }
}

void
az_waivers_read(struct az_waivers *waivers, struct az_set *set,
                const struct az_project *project, const struct az_ids *ids,
                struct az_str today)
{
    struct terms terms;
    bool good;
    size_t i, k;

    *waivers = (struct az_waivers){ .set = set,
                                    .project = project,
                                    .ids = ids,
                                    .today = today,
                                    .hints_left = MAX_HINTS };
    az_map_init(&waivers->map, set->arena);
    note_names(waivers);
    for (i = 0; i < set->count; i++) {
        const struct az_node *list =
            az_waiver_is_source(set, &set->entries[i])
                ? az_node_get(set->entries[i].document->root, "waivers")
                : NULL;

        for (k = 0; list != NULL && list->type == AZ_ARRAY && k < list->count;
             k++)
            add_waiver(waivers, set->entries[i].document, &list->items[k]);
    }
    note_fatal(set);
    note_broken(waivers);
    good = read_terms(set, project, &terms);
    for (i = 0; i < waivers->count; i++)
        if (!good || !check_waiver(waivers, &waivers->items[i], &terms))
            waivers->items[i].state = AZ_WAIVER_INVALID;
}
