/* Measurements: the entries of budget summaries, checked one by one.
   SPDX-License-Identifier: MIT */

#include "measure/measure.h"

#include "core/arena.h"
#include "core/limits.h"
#include "core/map.h"
#include "core/pointer.h"
#include "core/utf8.h"

struct reader {
    struct az_arena *arena;
    struct az_sink *sink;
    struct az_measurements *out;
    struct az_map seen; /* metric, profile, environment -> measurement */
    const struct az_node *file_profile; /* of the file at hand, or NULL */
    struct az_diag *strange;            /* the first entry of another profile */
    size_t more_strange;
};

static const char *const list_names[] = { "entries", "measurements" };

enum { LIST_NAME_COUNT = sizeof list_names / sizeof list_names[0] };

/* What a field of an entry may be. */
enum shape {
    SHAPE_TEXT,            /* a string that is not blank */
    SHAPE_NUMBER,          /* a number */
    SHAPE_NUMBER_OR_NULL,  /* a number, or null */
    SHAPE_STRING_OR_NULL,  /* a string, or null */
    SHAPE_TEXTS,           /* an array of strings that are not blank */
    SHAPE_NON_EMPTY_ARRAY, /* an array with an item */
};

static const struct field {
    const char *name;
    enum shape shape;
} fields[] = {
    { "commit", SHAPE_TEXT },
    { "profile", SHAPE_TEXT },
    { "environment", SHAPE_TEXT },
    { "metric_id", SHAPE_TEXT },
    { "value", SHAPE_NUMBER },
    { "unit", SHAPE_TEXT },
    { "threshold_warn", SHAPE_NUMBER_OR_NULL },
    { "threshold_hard", SHAPE_NUMBER_OR_NULL },
    { "status", SHAPE_STRING_OR_NULL },
    { "seed_set", SHAPE_NON_EMPTY_ARRAY },
    { "commands", SHAPE_TEXTS },
    { "artifact_paths", SHAPE_TEXTS },
};

enum { FIELD_COUNT = sizeof fields / sizeof fields[0] };

static const char *const shape_texts[] = {
    [SHAPE_TEXT] = "a string that is not blank",
    [SHAPE_NUMBER] = "a number",
    [SHAPE_NUMBER_OR_NULL] = "a number or null",
    [SHAPE_STRING_OR_NULL] = "a string or null",
    [SHAPE_TEXTS] = "a list of strings that is not empty",
    [SHAPE_NON_EMPTY_ARRAY] = "a list that is not empty",
};

const struct az_node *
az_measurement_field(const struct az_measurement *m, const char *field)
{
    return az_node_get(m->entry, field);
}

struct az_place
az_measurement_place(const struct az_measurement *m, const char *field)
{
    const struct az_node *node =
        field == NULL ? NULL : az_measurement_field(m, field);

    return az_document_place(m->document, node != NULL ? node : m->entry);
}

const char *
az_measurement_pointer(struct az_arena *arena, const struct az_measurement *m,
                       const char *field)
{
    bool present = field != NULL && az_measurement_field(m, field) != NULL;

    if (m->sampled != NULL || m->list == NULL)
        return present ? az_arena_printf(arena, "/%s", field) : "";
    return az_arena_printf(arena, "/%s/%zu%s%s", m->list, m->index,
                           present ? "/" : "", present ? field : "");
}

/* Refuses M for the finding DIAG, which is about its FIELD. */
static struct az_diag *
refuse(struct reader *reader, struct az_measurement *m, struct az_diag *diag,
       const char *field)
{
    diag->pointer = az_measurement_pointer(reader->arena, m, field);
    m->refused = true;
    return diag;
}

bool
az_measure_is_text(const struct az_node *node)
{
    return node->type == AZ_STRING && az_utf8_visible(az_node_text(node)) > 0;
}

/* The first item of LIST that is no text; its count if all are. */
static uint32_t
find_no_text(const struct az_node *list)
{
    uint32_t i = 0;

    while (i < list->count && az_measure_is_text(&list->items[i]))
        i++;
    return i;
}

static bool
are_texts(const struct az_node *node)
{
    return node->type == AZ_ARRAY && node->count > 0 &&
           find_no_text(node) == node->count;
}

static bool
has_shape(const struct az_node *node, enum shape shape)
{
    switch (shape) {
    case SHAPE_TEXT:
        return az_measure_is_text(node);
    case SHAPE_NUMBER:
        return node->type == AZ_NUMBER;
    case SHAPE_NUMBER_OR_NULL:
        return node->type == AZ_NUMBER || node->type == AZ_NULL;
    case SHAPE_STRING_OR_NULL:
        return node->type == AZ_STRING || node->type == AZ_NULL;
    case SHAPE_TEXTS:
        return are_texts(node);
    case SHAPE_NON_EMPTY_ARRAY:
        return node->type == AZ_ARRAY && node->count > 0;
    }
    return false;
}

/* Refuses M for an item of the list NODE, its field NAME. */
static void
report_item(struct reader *reader, struct az_measurement *m, const char *name,
            const struct az_node *node)
{
    uint32_t number = find_no_text(node);
    const struct az_node *item = &node->items[number];
    struct az_diag *diag =
        refuse(reader, m,
               az_sink_add(reader->sink, AZ_DIAG_MEASUREMENT_SHAPE,
                           az_document_place(m->document, item),
                           "an item of '%s' must be %s, not %s", name,
                           shape_texts[SHAPE_TEXT],
                           az_node_quote(reader->arena, item)),
               name);

    diag->pointer = az_arena_printf(reader->arena, "%s/%u", diag->pointer,
                                    (unsigned)number);
}

static void
check_shape(struct reader *reader, struct az_measurement *m)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const struct az_node *node = az_measurement_field(m, fields[i].name);
        struct az_place place = az_measurement_place(m, fields[i].name);
        struct az_diag *diag;

        if (node != NULL && has_shape(node, fields[i].shape))
            continue;
        if (node != NULL && fields[i].shape == SHAPE_TEXTS &&
            node->type == AZ_ARRAY && node->count > 0) {
            report_item(reader, m, fields[i].name, node);
            continue;
        }
        if (node == NULL)
            diag = az_sink_add(reader->sink, AZ_DIAG_MEASUREMENT_SHAPE, place,
                               "the entry has no '%s'", fields[i].name);
        else
            diag = az_sink_add(reader->sink, AZ_DIAG_MEASUREMENT_SHAPE, place,
                               "'%s' must be %s, not %s", fields[i].name,
                               shape_texts[fields[i].shape],
                               az_node_quote(reader->arena, node));
        refuse(reader, m, diag, fields[i].name);
    }
}

/* The text of FIELD when it is a string that is not blank, else empty. */
static struct az_str
text_of(const struct az_measurement *m, const char *field)
{
    const struct az_node *node = az_measurement_field(m, field);

    if (node == NULL || !az_measure_is_text(node))
        return AZ_STR("");
    return az_node_text(node);
}

static void
check_unit(struct reader *reader, struct az_measurement *m)
{
    struct az_str name = text_of(m, "unit");
    struct az_diag *diag;

    if (name.len == 0)
        return;
    m->unit = az_unit_find(name);
    if (m->unit != NULL)
        return;
    diag = az_sink_add(reader->sink, AZ_DIAG_MEASUREMENT_UNIT,
                       az_measurement_place(m, "unit"), "unknown unit %s",
                       az_str_quote(reader->arena, name));
    refuse(reader, m, diag, "unit");
    az_unit_hint(reader->sink, diag, name);
}

const char *
az_measure_value_fault(enum az_dimension dimension, struct az_decimal value)
{
    int sign = az_decimal_sign(value);

    switch (dimension) {
    case AZ_DIMENSION_SIZE:
        if (sign <= 0)
            return "a size is above zero";
        return az_decimal_is_integer(value)
                   ? NULL
                   : "a size is a whole number of bytes";
    case AZ_DIMENSION_TIME:
        return sign > 0 ? NULL : "a time is above zero";
    case AZ_DIMENSION_COUNT:
        if (sign < 0)
            return "a count is not below zero";
        return az_decimal_is_integer(value) ? NULL : "a count is whole";
    case AZ_DIMENSION_RATIO:
        return sign >= 0 ? NULL : "a ratio is not below zero";
    case AZ_DIMENSION_EVENT_RATE:
    case AZ_DIMENSION_DATA_RATE:
        return sign >= 0 ? NULL : "a rate is not below zero";
    case AZ_DIMENSION_PERCENT:
    case AZ_DIMENSION_TOTAL:
        break;
    }
    return NULL;
}

static void
check_value(struct reader *reader, struct az_measurement *m)
{
    const struct az_node *node = az_measurement_field(m, "value");
    const char *fault;
    struct az_diag *diag;

    if (node == NULL || node->type != AZ_NUMBER)
        return;
    if (!az_decimal_of(reader->arena, node, &m->value))
        fault = "the number is over the limits";
    else if (m->unit == NULL)
        return;
    else
        fault = az_measure_value_fault(
            m->unit->dimension,
            az_unit_to_base(reader->arena, m->unit, m->value));
    if (fault == NULL)
        return;
    diag = az_sink_add(reader->sink, AZ_DIAG_MEASUREMENT_VALUE,
                       az_measurement_place(m, "value"),
                       "%s %s cannot be the value of %s: %s",
                       az_node_quote(reader->arena, node),
                       m->unit != NULL ? m->unit->name : "",
                       az_str_quote(reader->arena, m->metric), fault);
    refuse(reader, m, diag, "value");
}

static void
check_profile(struct reader *reader, struct az_measurement *m)
{
    struct az_diag *diag;

    if (reader->file_profile == NULL ||
        az_str_eq(az_node_text(reader->file_profile), m->profile))
        return;
    m->refused = true;
    if (reader->strange != NULL) {
        reader->more_strange++;
        return;
    }
    diag = az_sink_add(reader->sink, AZ_DIAG_MEASUREMENT_CONTRADICTION,
                       az_measurement_place(m, "profile"),
                       "the entry is of profile %s, the file of %s",
                       az_str_quote(reader->arena, m->profile),
                       az_node_quote(reader->arena, reader->file_profile));
    refuse(reader, m, diag, "profile");
    reader->strange = diag;
    az_diag_relate(reader->sink, diag,
                   az_document_place(m->document, reader->file_profile),
                   "the profile of the file");
}

/* Keeps M, unless it is the twin of one that came before. */
static void
keep(struct reader *reader, struct az_measurement *m)
{
    const struct az_str texts[] = { m->metric, m->profile, m->environment };
    bool is_new;
    struct az_map_entry *entry =
        az_map_put(&reader->seen, az_map_key(reader->arena, texts, 3), &is_new);
    struct az_measurement *first = entry->value;
    struct az_diag *diag;

    if (is_new) {
        reader->out->items[reader->out->count] = *m;
        entry->value = &reader->out->items[reader->out->count++];
        return;
    }
    first->refused = true;
    diag = az_sink_add(reader->sink, AZ_DIAG_MEASUREMENT_TWIN,
                       az_measurement_place(m, NULL),
                       "%s is measured twice for profile %s in %s",
                       az_str_quote(reader->arena, m->metric),
                       az_str_quote(reader->arena, m->profile),
                       az_str_quote(reader->arena, m->environment));
    diag->pointer = az_measurement_pointer(reader->arena, m, NULL);
    az_diag_relate(reader->sink, diag, az_measurement_place(first, NULL),
                   "measured here first");
    az_diag_hint(reader->sink, diag,
                 "keep one entry for each metric, profile and environment");
}

static void
read_entry(struct reader *reader, struct az_measurement *m)
{
    if (m->entry->type != AZ_OBJECT) {
        refuse(reader, m,
               az_sink_add(reader->sink, AZ_DIAG_MEASUREMENT_SHAPE,
                           az_measurement_place(m, NULL),
                           "an entry must be an object, not %s",
                           az_node_quote(reader->arena, m->entry)),
               NULL);
        return;
    }
    check_shape(reader, m);
    m->metric = text_of(m, "metric_id");
    m->profile = text_of(m, "profile");
    m->environment = text_of(m, "environment");
    m->commit = text_of(m, "commit");
    check_unit(reader, m);
    check_value(reader, m);
    if (m->profile.len > 0)
        check_profile(reader, m);
    if (m->metric.len > 0 && m->profile.len > 0 && m->environment.len > 0)
        keep(reader, m);
}

static void
report_document(struct reader *reader, const struct az_document *document,
                const struct az_node *node, const char *pointer,
                const char *message)
{
    struct az_diag *diag =
        az_sink_add(reader->sink, AZ_DIAG_MEASUREMENT_SHAPE,
                    az_document_place(document, node), "%s", message);

    diag->pointer = pointer;
}

/* The list of DOCUMENT: "entries" or "measurements".  NULL, with a finding if
   READER is given, when it is not one array under one of the names. */
static const struct az_node *
find_list(struct reader *reader, const struct az_document *document,
          const char **ret_name)
{
    const struct az_node *list = NULL;
    const struct az_node *root = document->root;
    const char *message = NULL;

    for (size_t i = 0; i < LIST_NAME_COUNT; i++) {
        const struct az_node *node = az_node_get(root, list_names[i]);

        if (node != NULL && list != NULL)
            message = "the file has both 'entries' and 'measurements'";
        if (node != NULL) {
            list = node;
            *ret_name = list_names[i];
        }
    }
    if (list == NULL)
        message = "the file has no list 'entries' or 'measurements'";
    else if (list->type != AZ_ARRAY)
        message = "the measurements must be a list";
    if (message == NULL)
        return list;
    if (reader != NULL)
        report_document(reader, document, list != NULL ? list : root,
                        list != NULL
                            ? az_arena_printf(reader->arena, "/%s", *ret_name)
                            : "",
                        message);
    return NULL;
}

static void
read_document(struct reader *reader, const struct az_document *document,
              size_t *left)
{
    const char *name = NULL;
    const struct az_node *list = find_list(reader, document, &name);
    const struct az_node *profile = az_node_get(document->root, "profile");

    if (profile != NULL && !az_measure_is_text(profile)) {
        report_document(reader, document, profile, "/profile",
                        "'profile' must be a string that is not blank");
        profile = NULL;
    }
    reader->file_profile = profile;
    reader->strange = NULL;
    reader->more_strange = 0;
    if (list == NULL)
        return;
    for (uint32_t i = 0; i < list->count; i++) {
        struct az_measurement m = { .document = document,
                                    .entry = &list->items[i],
                                    .list = name,
                                    .index = i };

        if (*left == 0) {
            report_document(
                reader, document, m.entry,
                az_measurement_pointer(reader->arena, &m, NULL),
                az_arena_printf(reader->arena,
                                "more than %zu measurements in "
                                "one run, the limit",
                                az_arena_limits(reader->arena)->rows));
            break;
        }
        (*left)--;
        read_entry(reader, &m);
    }
    if (reader->more_strange > 0)
        reader->strange->message =
            az_arena_printf(reader->arena, "%s (and %zu more)",
                            reader->strange->message, reader->more_strange);
}

/* How many entries the documents have, up to the limit. */
static size_t
count_entries(const struct az_document *const *documents, size_t count,
              size_t limit)
{
    size_t total = 0;

    for (size_t i = 0; i < count && total < limit; i++) {
        const char *name = NULL;
        const struct az_node *list = find_list(NULL, documents[i], &name);

        total += list != NULL ? list->count : 0;
    }
    return total < limit ? total : limit;
}

void
az_measure_read(struct az_arena *arena, struct az_sink *sink,
                const struct az_document *const *documents, size_t count,
                struct az_measurements *ret)
{
    struct reader reader = { .arena = arena, .sink = sink, .out = ret };
    size_t left = az_arena_limits(arena)->rows;

    ret->count = 0;
    ret->items = az_arena_array(arena, count_entries(documents, count, left),
                                sizeof *ret->items);
    az_map_init(&reader.seen, arena);
    for (size_t i = 0; i < count; i++)
        read_document(&reader, documents[i], &left);
}
