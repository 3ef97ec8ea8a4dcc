/* Records of a gate's history: a line each.
   SPDX-License-Identifier: MIT */

#include "gate/record.h"

#include <string.h>

#include "core/arena.h"
#include "core/build.h"
#include "core/date.h"
#include "core/limits.h"
#include "read/read.h"

#define VERSION "1"
/* How each line ends: ,"hash":"64 digits"} */
#define HASH_KEY    ",\"hash\":\""
#define HASH_DIGITS (AZ_SHA256_SIZE - 1)
#define TAIL        (sizeof(HASH_KEY) - 1 + HASH_DIGITS + 2)

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

size_t
az_record_offset(const struct az_record_reader *reader)
{
    return (size_t)(reader->line.p - reader->source->text.p);
}

struct az_place
az_record_place(const struct az_record_reader *reader, struct az_span span)
{
    uint32_t offset = (uint32_t)az_record_offset(reader);

    return az_place_of(reader->source, (struct az_span){ offset + span.start,
                                                         offset + span.end });
}

/* Says that the line is no sound record, for the reason MESSAGE, at SPAN of it.
   Returns false. */
static bool
refuse(struct az_record_reader *reader, struct az_span span,
       const char *message)
{
    az_diag_hint(
        reader->sink,
        az_sink_add(reader->sink, AZ_DIAG_HISTORY_BROKEN,
                    az_record_place(reader, span),
                    "the history is broken here: %s", message),
        "put back the history as it was, or keep this one as evidence and "
        "begin another with --history-init");
    return false;
}

static bool
refuse_node(struct az_record_reader *reader, const struct az_node *node,
            const char *key, const char *is)
{
    return refuse(reader, node->span,
                  az_arena_printf(reader->arena, "'%s' is not %s", key, is));
}

/* The text of NODE, where it stays. */
static struct az_str
keep(const struct az_record_reader *reader, const struct az_node *node)
{
    struct az_str text = az_node_text(node);
    const char *from = reader->source->text.p;

    /* compared as numbers: they may be of different objects */
    if ((uintptr_t)text.p >= (uintptr_t)from &&
        (uintptr_t)text.p < (uintptr_t)from + reader->source->text.len)
        return text;
    return az_arena_str(reader->arena, text);
}

/* What a key of a record, or of a row of one, may be. */
struct field {
    const char *key;
    const char *is; /* for the message */
    bool (*take)(const struct az_record_reader *reader,
                 const struct az_node *node, void *into);
    size_t offset; /* of what it is put into */
};

static bool
take_version(const struct az_record_reader *reader, const struct az_node *node,
             void *into)
{
    (void)reader;
    (void)into;
    return node->type == AZ_NUMBER && az_str_eq_c(az_node_text(node), VERSION);
}

static bool
take_text(const struct az_record_reader *reader, const struct az_node *node,
          void *into)
{
    struct az_str *text = into;

    if (node->type != AZ_STRING || node->count == 0)
        return false;
    *text = keep(reader, node);
    return true;
}

static bool
take_text_or_null(const struct az_record_reader *reader,
                  const struct az_node *node, void *into)
{
    return node->type == AZ_NULL || take_text(reader, node, into);
}

static bool
take_number_or_null(const struct az_record_reader *reader,
                    const struct az_node *node, void *into)
{
    struct az_str *text = into;

    if (node->type == AZ_NUMBER)
        *text = keep(reader, node);
    return node->type == AZ_NUMBER || node->type == AZ_NULL;
}

static bool
take_time(const struct az_record_reader *reader, const struct az_node *node,
          void *into)
{
    return take_text(reader, node, into) && az_date_is_time(az_node_text(node));
}

static bool
take_hash(const struct az_record_reader *reader, const struct az_node *node,
          void *into)
{
    char *hash = into;

    (void)reader;
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
take_status(const struct az_record_reader *reader, const struct az_node *node,
            void *into)
{
    enum az_record_status *status = into;

    (void)reader;
    *status = find_name(node, status_names, COUNT_OF(status_names));
    return *status < AZ_RECORD_STATUS_COUNT;
}

static bool
take_regression(const struct az_record_reader *reader,
                const struct az_node *node, void *into)
{
    enum az_regression *regression = into;

    (void)reader;
    *regression = find_name(node, regression_names, COUNT_OF(regression_names));
    return *regression < AZ_REGRESSION_COUNT;
}

static bool
take_verdict(const struct az_record_reader *reader, const struct az_node *node,
             void *into)
{
    enum az_verdict *verdict = into;

    (void)reader;
    *verdict = find_name(node, verdict_names, COUNT_OF(verdict_names));
    return *verdict < COUNT_OF(verdict_names);
}

/* Rows are taken when all else of their record is. */
static bool
take_rows(const struct az_record_reader *reader, const struct az_node *node,
          void *into)
{
    (void)reader;
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
take_fields(struct az_record_reader *reader, const struct az_node *object,
            const struct field *fields, size_t count, void *into)
{
    const struct az_node *node;
    size_t i, k;

    if (object->type != AZ_OBJECT)
        return refuse(reader, object->span, "that is not an object");
    for (i = 0; i < count; i++) {
        node = az_node_get(object, fields[i].key);
        if (node == NULL)
            return refuse(reader, az_node_start(object),
                          az_arena_printf(reader->arena, "'%s' is missing",
                                          fields[i].key));
        if (!fields[i].take(reader, node, (char *)into + fields[i].offset))
            return refuse_node(reader, node, fields[i].key, fields[i].is);
    }
    for (i = 0; object->count > count && i < object->count; i++) {
        for (k = 0; k < count; k++)
            if (az_str_eq_c(object->members[i].key, fields[k].key))
                break;
        if (k == count)
            return refuse(
                reader, object->members[i].key_span,
                az_arena_printf(
                    reader->arena, "no record has a key %s",
                    az_str_quote(reader->arena, object->members[i].key)));
    }
    return true;
}

/* A row has a value if a limit judged it, and only then. */
static bool
take_row(struct az_record_reader *reader, const struct az_node *node,
         struct az_record_row *row)
{
    bool judged;

    if (!take_fields(reader, node, row_fields, COUNT_OF(row_fields), row))
        return false;
    judged = row->status >= AZ_RECORD_PASS;
    if (judged && (row->value.len == 0 || row->environment.len == 0))
        return refuse(reader, node->span,
                      "the row was judged, but has no value or environment");
    if (!judged && row->value.len > 0)
        return refuse(reader, node->span,
                      "the row has a value, but was not judged");
    return true;
}

static bool
take_record(struct az_record_reader *reader, const struct az_node *root,
            struct az_record *record)
{
    const struct az_node *list;
    struct az_record_row *rows;
    size_t i;

    if (!take_fields(reader, root, record_fields, COUNT_OF(record_fields),
                     record))
        return false;
    list = az_node_get(root, "rows");
    rows = az_arena_array(reader->arena, list->count, sizeof *rows);
    for (i = 0; i < list->count; i++)
        if (!take_row(reader, &list->items[i], &rows[i]))
            return false;
    record->rows = rows;
    record->row_count = list->count;
    record->offset = az_record_offset(reader);
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
check_hash(struct az_record_reader *reader, const struct az_record *record)
{
    struct az_str line = reader->line;
    struct az_span whole = { 0, (uint32_t)line.len };
    char hash[AZ_SHA256_SIZE];

    if (line.len < TAIL ||
        memcmp(line.p + line.len - TAIL, HASH_KEY, sizeof(HASH_KEY) - 1) != 0)
        return refuse(reader, whole, "the record does not end with its hash");
    hash_line(line, hash);
    if (strcmp(hash, record->hash) == 0)
        return true;
    whole.start = whole.end - HASH_DIGITS - 2;
    whole.end -= 2;
    return refuse(
        reader, whole,
        az_arena_printf(reader->arena, "the hash of this record is %s", hash));
}

/* The tree of the line, in the scratch arena; NULL after a finding in
   PROBLEMS. */
static const struct az_document *
read_line(struct az_record_reader *reader, struct az_sink *problems)
{
    const struct az_document *document;

    az_arena_clear(reader->scratch);
    az_sink_init(problems, reader->scratch);
    document =
        az_read_json(reader->scratch, problems,
                     az_source_new(reader->scratch, "line", reader->line));
    return document == NULL || document->malformed ? NULL : document;
}

bool
az_record_read(struct az_record_reader *reader, struct az_record *ret)
{
    const struct az_document *document;
    struct az_sink problems;

    if (reader->line.len > AZ_MAX_RECORD_SIZE) {
        az_sink_add(reader->sink, AZ_DIAG_HISTORY_LIMIT,
                    az_record_place(reader, (struct az_span){ 0, 0 }),
                    "the record has more than %u bytes, the limit",
                    AZ_MAX_RECORD_SIZE);
        return false;
    }
    document = read_line(reader, &problems);
    if (document == NULL)
        return refuse(
            reader, problems.diags[0]->place.span,
            az_arena_printf(reader->arena, "%s", problems.diags[0]->message));
    reader->root = document->root;
    *ret = (struct az_record){ .row_count = 0 };
    return take_record(reader, reader->root, ret) && check_hash(reader, ret);
}

bool
az_record_refuse(struct az_record_reader *reader, const char *key,
                 const char *message)
{
    return refuse(reader, az_node_get(reader->root, key)->span, message);
}

bool
az_record_is_torn(struct az_record_reader *reader)
{
    struct az_sink problems;

    return reader->line.len <= AZ_MAX_RECORD_SIZE &&
           read_line(reader, &problems) == NULL;
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

bool
az_record_is_beside(const struct az_record *a, const struct az_record *b)
{
    return az_str_eq(a->profile, b->profile) && az_str_eq(a->branch, b->branch);
}
