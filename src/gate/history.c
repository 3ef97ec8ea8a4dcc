/* Records of a gate's history: reading and printing them.
   SPDX-License-Identifier: MIT */

#include "gate/history.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/date.h"
#include "core/limits.h"
#include "core/map.h"
#include "read/read.h"

#define VERSION "1"
/* How each line ends: ,"hash":"64 digits"} */
#define HASH_KEY    ",\"hash\":\""
#define HASH_DIGITS (AZ_SHA256_SIZE - 1)
#define TAIL        (sizeof(HASH_KEY) - 1 + HASH_DIGITS + 2)

const char az_history_nothing[AZ_SHA256_SIZE] =
    "0000000000000000000000000000000000000000000000000000000000000000";

static const char *const status_names[AZ_RECORD_STATUS_COUNT] = {
    [AZ_RECORD_SKIP] = "skip", [AZ_RECORD_MISSING] = "missing",
    [AZ_RECORD_PASS] = "pass", [AZ_RECORD_WARN] = "warn",
    [AZ_RECORD_FAIL] = "fail",
};

static const char *const regression_names[AZ_REGRESSION_COUNT] = {
    [AZ_REGRESSION_NONE] = NULL,
    [AZ_REGRESSION_FIRST] = "first",
    [AZ_REGRESSION_CONFIRMED] = "confirmed",
};

/* A record is of a run that had a verdict. */
static const char *const verdict_names[] = {
    [AZ_PASS] = "pass",
    [AZ_WARN] = "warn",
    [AZ_FAIL] = "fail",
};

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

/* The reading of one text. */
struct reading {
    struct az_arena *arena;   /* where records live */
    struct az_arena *scratch; /* where the tree of a line does */
    struct az_sink *sink;
    const struct az_source *source;
    const struct az_history *history;
    const struct az_str *commit; /* whose note it is; NULL: it is a file */
    struct az_map hashes;        /* of the records of a note */
    struct az_str line;
    bool told; /* what is wrong with the line */
};

static size_t
offset_of(const struct reading *reading)
{
    return (size_t)(reading->line.p - reading->source->text.p);
}

/* The place of SPAN of the line. */
static struct az_place
place_in_line(const struct reading *reading, struct az_span span)
{
    uint32_t offset = (uint32_t)offset_of(reading);

    return az_place_of(reading->source, (struct az_span){ offset + span.start,
                                                          offset + span.end });
}

/* Says that the line is no sound record, for the reason MESSAGE, at SPAN of it;
   only once.  Returns false. */
static bool
refuse(struct reading *reading, struct az_span span, const char *message)
{
    if (!reading->told)
        az_diag_hint(
            reading->sink,
            az_sink_add(reading->sink, AZ_DIAG_HISTORY_BROKEN,
                        place_in_line(reading, span),
                        "the history is broken here: %s", message),
            "put back the history as it was, or keep this one as evidence and "
            "begin another with --history-init");
    reading->told = true;
    return false;
}

static bool
refuse_node(struct reading *reading, const struct az_node *node,
            const char *key, const char *is)
{
    return refuse(reading, node->span,
                  az_arena_printf(reading->arena, "'%s' is not %s", key, is));
}

/* The text of NODE, where it stays. */
static struct az_str
keep(const struct reading *reading, const struct az_node *node)
{
    struct az_str text = az_node_text(node);
    const char *from = reading->source->text.p;

    /* compared as numbers: they may be of different objects */
    if ((uintptr_t)text.p >= (uintptr_t)from &&
        (uintptr_t)text.p < (uintptr_t)from + reading->source->text.len)
        return text;
    return az_arena_str(reading->arena, text);
}

/* What a key of a record, or of a row of one, may be. */
struct field {
    const char *key;
    const char *is; /* for the message */
    bool (*take)(const struct reading *reading, const struct az_node *node,
                 void *into);
    size_t offset; /* of what it is put into */
};

static bool
take_version(const struct reading *reading, const struct az_node *node,
             void *into)
{
    (void)reading;
    (void)into;
    return node->type == AZ_NUMBER && az_str_eq_c(az_node_text(node), VERSION);
}

static bool
take_text(const struct reading *reading, const struct az_node *node, void *into)
{
    struct az_str *text = into;

    if (node->type != AZ_STRING || node->count == 0)
        return false;
    *text = keep(reading, node);
    return true;
}

static bool
take_text_or_null(const struct reading *reading, const struct az_node *node,
                  void *into)
{
    return node->type == AZ_NULL || take_text(reading, node, into);
}

static bool
take_number_or_null(const struct reading *reading, const struct az_node *node,
                    void *into)
{
    struct az_str *text = into;

    if (node->type == AZ_NUMBER)
        *text = keep(reading, node);
    return node->type == AZ_NUMBER || node->type == AZ_NULL;
}

static bool
take_time(const struct reading *reading, const struct az_node *node, void *into)
{
    return take_text(reading, node, into) &&
           az_date_is_time(az_node_text(node));
}

static bool
take_hash(const struct reading *reading, const struct az_node *node, void *into)
{
    char *hash = into;

    (void)reading;
    if (node->type != AZ_STRING || !az_sha256_is_digest(az_node_text(node)))
        return false;
    memcpy(hash, node->text, HASH_DIGITS);
    hash[HASH_DIGITS] = '\0';
    return true;
}

/* The number of the NAMES that NODE has; COUNT if it is none. */
static unsigned
find_name(const struct az_node *node, const char *const *names, size_t count)
{
    unsigned i;

    for (i = 0; i < count; i++)
        if (names[i] == NULL ? node->type == AZ_NULL
                             : az_node_is_string(node, names[i]))
            break;
    return i;
}

static bool
take_status(const struct reading *reading, const struct az_node *node,
            void *into)
{
    enum az_record_status *status = into;

    (void)reading;
    *status = find_name(node, status_names, COUNT_OF(status_names));
    return *status < AZ_RECORD_STATUS_COUNT;
}

static bool
take_regression(const struct reading *reading, const struct az_node *node,
                void *into)
{
    enum az_regression *regression = into;

    (void)reading;
    *regression = find_name(node, regression_names, COUNT_OF(regression_names));
    return *regression < AZ_REGRESSION_COUNT;
}

static bool
take_verdict(const struct reading *reading, const struct az_node *node,
             void *into)
{
    enum az_verdict *verdict = into;

    (void)reading;
    *verdict = find_name(node, verdict_names, COUNT_OF(verdict_names));
    return *verdict < COUNT_OF(verdict_names);
}

/* Rows are taken when all else of their record is. */
static bool
take_rows(const struct reading *reading, const struct az_node *node, void *into)
{
    (void)reading;
    (void)into;
    return node->type == AZ_ARRAY && node->count > 0;
}

static const struct field record_fields[] = {
    { "v", "1, the version that this program knows", take_version, 0 },
    { "previous", "64 small hexadecimal digits", take_hash,
      offsetof(struct az_record, previous) },
    { "commit", "a name", take_text, offsetof(struct az_record, commit) },
    { "branch", "a name", take_text, offsetof(struct az_record, branch) },
    { "profile", "a name", take_text, offsetof(struct az_record, profile) },
    { "time", "a time of RFC 3339 in UTC", take_time,
      offsetof(struct az_record, time) },
    { "verdict", "pass, warn or fail", take_verdict,
      offsetof(struct az_record, verdict) },
    { "rows", "an array with a row in it", take_rows, 0 },
    { "hash", "64 small hexadecimal digits", take_hash,
      offsetof(struct az_record, hash) },
};

static const struct field row_fields[] = {
    { "metric_id", "a name", take_text,
      offsetof(struct az_record_row, metric) },
    { "environment", "a name or null", take_text_or_null,
      offsetof(struct az_record_row, environment) },
    { "value", "a number or null", take_number_or_null,
      offsetof(struct az_record_row, value) },
    { "unit", "a unit", take_text, offsetof(struct az_record_row, unit) },
    { "status", "pass, warn, fail, skip or missing", take_status,
      offsetof(struct az_record_row, status) },
    { "regression", "null, first or confirmed", take_regression,
      offsetof(struct az_record_row, regression) },
};

/* Takes the COUNT FIELDS, no more and no fewer, of OBJECT into INTO. */
static bool
take_fields(struct reading *reading, const struct az_node *object,
            const struct field *fields, size_t count, void *into)
{
    const struct az_node *node;
    size_t i, k;

    if (object->type != AZ_OBJECT)
        return refuse(reading, object->span, "that is not an object");
    for (i = 0; i < count; i++) {
        node = az_node_get(object, fields[i].key);
        if (node == NULL)
            return refuse(reading, az_node_start(object),
                          az_arena_printf(reading->arena, "'%s' is missing",
                                          fields[i].key));
        if (!fields[i].take(reading, node, (char *)into + fields[i].offset))
            return refuse_node(reading, node, fields[i].key, fields[i].is);
    }
    for (i = 0; object->count > count && i < object->count; i++) {
        for (k = 0; k < count; k++)
            if (az_str_eq_c(object->members[i].key, fields[k].key))
                break;
        if (k == count)
            return refuse(
                reading, object->members[i].key_span,
                az_arena_printf(
                    reading->arena, "no record has a key %s",
                    az_str_quote(reading->arena, object->members[i].key)));
    }
    return true;
}

/* A row has a value if a limit judged it, and only then. */
static bool
take_row(struct reading *reading, const struct az_node *node,
         struct az_record_row *row)
{
    bool judged;

    if (!take_fields(reading, node, row_fields, COUNT_OF(row_fields), row))
        return false;
    judged = row->status >= AZ_RECORD_PASS;
    if (judged && (row->value.len == 0 || row->environment.len == 0))
        return refuse(reading, node->span,
                      "the row was judged, but has no value or environment");
    if (!judged && row->value.len > 0)
        return refuse(reading, node->span,
                      "the row has a value, but was not judged");
    return true;
}

static bool
take_record(struct reading *reading, const struct az_node *root,
            struct az_record *record)
{
    const struct az_node *list;
    struct az_record_row *rows;
    size_t i;

    if (!take_fields(reading, root, record_fields, COUNT_OF(record_fields),
                     record))
        return false;
    list = az_node_get(root, "rows");
    rows = az_arena_array(reading->arena, list->count, sizeof *rows);
    for (i = 0; i < list->count; i++)
        if (!take_row(reading, &list->items[i], &rows[i]))
            return false;
    record->rows = rows;
    record->row_count = list->count;
    record->offset = offset_of(reading);
    return true;
}

/* The hash of LINE, which ends with HASH_KEY and what belongs to it: that of
   the line without it. */
static void
hash_line(struct az_str line, char ret[static AZ_SHA256_SIZE])
{
    struct az_sha256 hash;

    az_sha256_init(&hash);
    az_sha256_add(&hash, line.p, line.len - TAIL);
    az_sha256_add(&hash, "}", 1);
    az_sha256_finish(&hash, ret);
}

static bool
check_hash(struct reading *reading, const struct az_record *record)
{
    struct az_str line = reading->line;
    struct az_span whole = { 0, (uint32_t)line.len };
    char hash[AZ_SHA256_SIZE];

    if (line.len < TAIL ||
        memcmp(line.p + line.len - TAIL, HASH_KEY, sizeof(HASH_KEY) - 1) != 0)
        return refuse(reading, whole, "the record does not end with its hash");
    hash_line(line, hash);
    if (strcmp(hash, record->hash) == 0)
        return true;
    whole.start = whole.end - HASH_DIGITS - 2;
    whole.end -= 2;
    return refuse(
        reading, whole,
        az_arena_printf(reading->arena, "the hash of this record is %s", hash));
}

/* Whether RECORD stands where it belongs. */
static bool
check_link(struct reading *reading, const struct az_node *root,
           const struct az_record *record)
{
    const struct az_node *previous = az_node_get(root, "previous");
    const char *wanted =
        reading->commit != NULL ? az_history_nothing : reading->history->head;

    if (strcmp(record->previous, wanted) != 0)
        return refuse(
            reading, previous->span,
            az_arena_printf(reading->arena,
                            reading->commit != NULL
                                ? "the record of a note follows nothing, %s"
                                : "the record before this one is %s",
                            wanted));
    if (reading->commit == NULL || az_str_eq(record->commit, *reading->commit))
        return true;
    return refuse(reading, az_node_get(root, "commit")->span,
                  "the record is of another commit than the note");
}

/* The tree of the line, in the scratch arena; NULL after a finding in
   PROBLEMS. */
static const struct az_document *
read_line(struct reading *reading, struct az_sink *problems)
{
    const struct az_document *document;

    az_arena_clear(reading->scratch);
    az_sink_init(problems, reading->scratch);
    document =
        az_read_json(reading->scratch, problems,
                     az_source_new(reading->scratch, "line", reading->line));
    return document == NULL || document->malformed ? NULL : document;
}

static bool
read_record(struct reading *reading, struct az_record *record)
{
    const struct az_document *document;
    struct az_sink problems;

    if (reading->line.len > AZ_MAX_RECORD_SIZE) {
        az_sink_add(reading->sink, AZ_DIAG_HISTORY_LIMIT,
                    place_in_line(reading, (struct az_span){ 0, 0 }),
                    "the record has more than %u bytes, the limit",
                    AZ_MAX_RECORD_SIZE);
        return false;
    }
    document = read_line(reading, &problems);
    if (document == NULL)
        return refuse(
            reading, problems.diags[0]->place.span,
            az_arena_printf(reading->arena, "%s", problems.diags[0]->message));
    *record = (struct az_record){ .row_count = 0 };
    return take_record(reading, document->root, record) &&
           check_hash(reading, record) &&
           check_link(reading, document->root, record);
}

/* Whether the line, behind which no other begins, is a record under way: what
   is whole and wrong was not torn off. */
static bool
is_torn(struct reading *reading)
{
    struct az_sink problems;

    return reading->line.len <= AZ_MAX_RECORD_SIZE &&
           read_line(reading, &problems) == NULL;
}

static void
tell_torn(struct reading *reading)
{
    struct az_diag *diag = az_sink_add(
        reading->sink, AZ_DIAG_HISTORY_TORN,
        place_in_line(reading,
                      (struct az_span){ 0, (uint32_t)reading->line.len }),
        "the last record of the history was never finished, and counts for "
        "nothing");

    az_diag_hint(
        reading->sink, diag,
        "the run that was ended while it wrote it gave no verdict; the "
        "next record takes its place");
}

/* Takes the next line off *REST; false if it has no newline. */
static bool
take_line(struct az_str *rest, struct az_str *line)
{
    const char *end = memchr(rest->p, '\n', rest->len);

    *line = (struct az_str){ rest->p, end != NULL ? (size_t)(end - rest->p)
                                                  : rest->len };
    rest->p += line->len + (end != NULL);
    rest->len -= line->len + (end != NULL);
    return end != NULL;
}

void
az_history_init(struct az_history *history, struct az_arena *arena)
{
    *history = (struct az_history){ .arena = arena };
    memcpy(history->head, az_history_nothing, AZ_SHA256_SIZE);
}

void
az_history_add(struct az_history *history, const struct az_record *record)
{
    history->records =
        az_arena_grow(history->arena, history->records, history->count,
                      &history->capacity, sizeof *history->records);
    history->records[history->count++] = *record;
    memcpy(history->head, record->hash, AZ_SHA256_SIZE);
}

static bool
has_room_for_record(struct az_sink *sink, struct az_place place,
                    const struct az_history *history)
{
    size_t limit = az_arena_limits(history->arena)->records;

    if (history->count < limit)
        return true;
    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_HISTORY_LIMIT, place,
                             "the history has %zu record%s, the limit, and "
                             "there is one more",
                             limit, limit == 1 ? "" : "s"),
                 "keep it, and begin another with --history-init");
    return false;
}

/* Whether the record of a note was there before. */
static bool
is_repeated(struct reading *reading, const struct az_record *record)
{
    bool new = true;

    if (reading->commit != NULL)
        az_map_put(&reading->hashes,
                   az_arena_str(reading->arena, az_str_from(record->hash)),
                   &new);
    return !new;
}

static bool
read_lines(struct reading *reading, struct az_history *history)
{
    struct az_str rest = reading->source->text;
    struct az_record record;
    bool ended;

    while (rest.len > 0) {
        ended = take_line(&rest, &reading->line);
        if (reading->commit != NULL && reading->line.len == 0)
            continue;
        if (!ended && is_torn(reading)) {
            tell_torn(reading);
            break;
        }
        if (!has_room_for_record(
                reading->sink, place_in_line(reading, (struct az_span){ 0, 0 }),
                history) ||
            !read_record(reading, &record))
            return false;
        if (!is_repeated(reading, &record))
            az_history_add(history, &record);
        history->whole = offset_of(reading) + reading->line.len + ended;
        history->unended = !ended;
    }
    return true;
}

static bool
read_source(struct az_sink *sink, const struct az_source *source,
            const struct az_str *commit, struct az_history *history)
{
    struct reading reading = {
        .arena = history->arena,
        .scratch = az_arena_new_like(history->arena),
        .sink = sink,
        .source = source,
        .history = history,
        .commit = commit,
    };
    bool read;

    az_map_init(&reading.hashes, history->arena);
    read = read_lines(&reading, history);
    az_arena_free(reading.scratch);
    return read;
}

bool
az_history_read(struct az_arena *arena, struct az_sink *sink,
                const struct az_source *source, struct az_history *ret)
{
    az_history_init(ret, arena);
    return read_source(sink, source, NULL, ret);
}

bool
az_history_read_note(struct az_sink *sink, const struct az_source *source,
                     struct az_str commit, struct az_history *history)
{
    return read_source(sink, source, &commit, history);
}

bool
az_history_has(const struct az_history *history, const char *hash)
{
    size_t i;

    if (strcmp(hash, az_history_nothing) == 0)
        return true;
    for (i = 0; i < history->count; i++)
        if (strcmp(history->records[i].hash, hash) == 0)
            return true;
    return false;
}

bool
az_history_has_room(struct az_sink *sink, const struct az_history *history,
                    size_t size, struct az_str line)
{
    size_t limit = az_arena_limits(history->arena)->file_size;

    if (!has_room_for_record(sink, AZ_NOWHERE, history))
        return false;
    if (line.len <= AZ_MAX_RECORD_SIZE && size < limit &&
        line.len < limit - size)
        return true;
    az_diag_hint(sink,
                 az_sink_add(sink, AZ_DIAG_HISTORY_LIMIT, AZ_NOWHERE,
                             "the history of %zu bytes has no room for a "
                             "record of %zu",
                             size, line.len),
                 "keep it, and begin another with --history-init");
    return false;
}

bool
az_record_is_beside(const struct az_record *a, const struct az_record *b)
{
    return az_str_eq(a->profile, b->profile) && az_str_eq(a->branch, b->branch);
}

const char *
az_record_status_name(enum az_record_status status)
{
    return status_names[status];
}

static struct az_node
text_or_null(struct az_str text)
{
    return text.len == 0 ? az_make_null() : az_make_string(text);
}

static struct az_node
row_node(struct az_arena *arena, const struct az_record_row *row)
{
    struct az_builder object;

    az_builder_init(&object, arena);
    az_builder_set(&object, "metric_id", az_make_string(row->metric));
    az_builder_set(&object, "environment", text_or_null(row->environment));
    az_builder_set(&object, "value",
                   row->value.len == 0 ? az_make_null()
                                       : az_make_number(row->value));
    az_builder_set(&object, "unit", az_make_string(row->unit));
    az_builder_set(&object, "status",
                   az_make_string_c(status_names[row->status]));
    az_builder_set(&object, "regression",
                   az_make_string_c(regression_names[row->regression]));
    return az_builder_object(&object);
}

struct az_str
az_record_print(struct az_arena *arena, struct az_record *record)
{
    struct az_builder object, rows;
    struct az_node node;
    struct az_buf line;
    size_t i;

    az_builder_init(&rows, arena);
    for (i = 0; i < record->row_count; i++)
        az_builder_add(&rows, row_node(arena, &record->rows[i]));
    az_builder_init(&object, arena);
    az_builder_set(&object, "v", az_make_number(AZ_STR(VERSION)));
    az_builder_set(&object, "previous", az_make_string_c(record->previous));
    az_builder_set(&object, "commit", az_make_string(record->commit));
    az_builder_set(&object, "branch", az_make_string(record->branch));
    az_builder_set(&object, "profile", az_make_string(record->profile));
    az_builder_set(&object, "time", az_make_string(record->time));
    az_builder_set(&object, "verdict",
                   az_make_string_c(verdict_names[record->verdict]));
    az_builder_set(&object, "rows", az_builder_array(&rows));
    az_builder_set(&object, "hash", az_make_string_c(az_history_nothing));
    node = az_builder_object(&object);
    az_buf_init(&line, arena);
    az_node_print(&line, &node);
    hash_line(az_buf_str(&line), record->hash);
    memcpy(line.p + line.len - HASH_DIGITS - 2, record->hash, HASH_DIGITS);
    az_buf_add_char(&line, '\n');
    return az_buf_str(&line);
}

/* A record of a note, and when its commit was first judged. */
struct dated {
    struct az_record record;
    struct az_str first;
};

static int
compare_dated(const void *a, const void *b)
{
    const struct dated *left = a, *right = b;
    int order = az_str_compare(left->first, right->first);

    if (order == 0)
        order = az_str_compare(left->record.commit, right->record.commit);
    if (order == 0)
        order = az_str_compare(left->record.time, right->record.time);
    return order != 0 ? order : strcmp(left->record.hash, right->record.hash);
}

void
az_history_sort(struct az_history *history)
{
    struct dated *dated =
        az_arena_array(history->arena, history->count, sizeof *dated);
    struct az_map first;
    size_t i;

    az_map_init(&first, history->arena);
    for (i = 0; i < history->count; i++) {
        struct az_record *record = &history->records[i];
        struct az_map_entry *entry = az_map_put(&first, record->commit, NULL);

        if (entry->value == NULL ||
            az_str_compare(record->time, *(struct az_str *)entry->value) < 0)
            entry->value = &record->time;
    }
    for (i = 0; i < history->count; i++)
        dated[i] = (struct dated){ history->records[i],
                                   *(struct az_str *)az_map_get(
                                       &first, history->records[i].commit) };
    if (history->count > 1)
        qsort(dated, history->count, sizeof *dated, compare_dated);
    for (i = 0; i < history->count; i++)
        history->records[i] = dated[i].record;
}
