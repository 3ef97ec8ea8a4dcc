/* One line of a sample log, read as any JSON is.
   SPDX-License-Identifier: MIT */

#include "measure/log-line.h"

#include "core/arena.h"
#include "core/date.h"
#include "core/limits.h"
#include "core/path.h"
#include "measure/measure.h"
#include "read/read.h"

static const struct log_field fields[] = {
    { "scenario_id", LOG_TEXT, AZ_LOG_SCENARIO, true },
    { "framework", LOG_TEXT, AZ_LOG_FRAMEWORK, true },
    { "workload", LOG_TEXT, AZ_LOG_WORKLOAD, true },
    { "profile", LOG_TEXT, AZ_LOG_PROFILE, true },
    { "browser", LOG_TEXT, AZ_LOG_BROWSER, true },
    { "bundler", LOG_TEXT, AZ_LOG_BUNDLER, true },
    { "seed", LOG_SEED, AZ_LOG_TEXT_COUNT, true },
    { "metric_id", LOG_TEXT, AZ_LOG_METRIC, true },
    { "value", LOG_VALUE, AZ_LOG_TEXT_COUNT, true },
    { "unit", LOG_TEXT, AZ_LOG_UNIT, true },
    { "status", LOG_STATUS, AZ_LOG_TEXT_COUNT, true },
    { "artifact_paths", LOG_ARTIFACTS, AZ_LOG_TEXT_COUNT, true },
    { "repro_command", LOG_TEXT, AZ_LOG_COMMAND, true },
    { "commit", LOG_TEXT, AZ_LOG_COMMIT, false },
    { "version", LOG_TEXT, AZ_LOG_VERSION, false },
    { "host_class", LOG_TEXT, AZ_LOG_HOST_CLASS, false },
    { "method", LOG_TEXT, AZ_LOG_METHOD, false },
    { "measured_at", LOG_TIME, AZ_LOG_TEXT_COUNT, false },
};

enum { FIELD_COUNT = sizeof fields / sizeof fields[0] };

/* A line that is being read. */
struct reading {
    struct az_arena *arena;
    struct az_sink *sink;
    const struct az_log_options *options;
    const struct az_document *document;
    struct log_line *line;
    enum log_fault fault;
};

const struct log_field *
az_log_field_find(struct az_str name)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (az_str_eq_c(name, fields[i].name))
            return &fields[i];
    return NULL;
}

const char *
az_log_text_name(enum az_log_text text)
{
    size_t i = 0;

    while (fields[i].text != text)
        i++;
    return fields[i].name;
}

/* Completes a finding about NODE, which keeps the line from being used. */
static struct az_diag *
refuse(struct reading *r, struct az_diag *diag, const struct az_node *node)
{
    diag->pointer = az_document_pointer(r->arena, r->document, node);
    r->fault = LOG_BAD;
    return diag;
}

static struct az_diag *
report_shape(struct reading *r, const char *name, const struct az_node *node,
             const char *shape)
{
    return refuse(r,
                  az_sink_add(r->sink, AZ_DIAG_LOG_LINE,
                              az_document_place(r->document, node),
                              "%s must be %s, not %s", name, shape,
                              az_node_quote(r->arena, node)),
                  node);
}

/* The same about the value of FIELD. */
static struct az_diag *
report_field(struct reading *r, const struct log_field *field,
             const struct az_node *node, const char *shape)
{
    return report_shape(r, az_arena_printf(r->arena, "'%s'", field->name), node,
                        shape);
}

/* Says what to do about DIAG, that NODE is no number. */
static void
hint_number(struct reading *r, struct az_diag *diag, const struct az_node *node)
{
    if (node->type == AZ_STRING)
        az_diag_hint(r->sink, diag, "write it without quotes");
}

static void
read_text(struct reading *r, const struct log_field *field,
          const struct az_node *node)
{
    if (az_measure_is_text(node))
        r->line->texts[field->text] = az_node_text(node);
    else
        report_field(r, field, node, "a string that is not blank");
}

static void
read_seed(struct reading *r, const struct log_field *field,
          const struct az_node *node)
{
    struct az_decimal seed;

    if (!az_decimal_of(r->arena, node, &seed) ||
        !az_decimal_to_int(seed, &r->line->seed))
        hint_number(r, report_field(r, field, node, "an integer of 64 bits"),
                    node);
}

static void
read_status(struct reading *r, const struct log_field *field,
            const struct az_node *node)
{
    struct az_diag *diag;

    if (!az_measure_is_text(node)) {
        report_field(r, field, node, "a string that is not blank");
        return;
    }
    if (az_node_is_string(node, "pass"))
        return;
    diag = az_sink_add(r->sink, AZ_DIAG_LOG_STATUS,
                       az_document_place(r->document, node),
                       "the status of the sample is %s, not 'pass'",
                       az_node_quote(r->arena, node));
    diag->pointer = "/status";
    az_diag_hint(r->sink, diag, "measure again");
    if (r->fault == LOG_SOUND)
        r->fault = LOG_FAILED;
}

static void
check_path(struct reading *r, const struct az_node *node)
{
    const char *complaint = az_path_complaint(az_node_text(node));

    if (complaint != NULL)
        refuse(r,
               az_sink_add(r->sink, AZ_DIAG_LOG_LINE,
                           az_document_place(r->document, node),
                           "the path %s %s", az_node_quote(r->arena, node),
                           complaint),
               node);
}

static void
read_artifacts(struct reading *r, const struct log_field *field,
               const struct az_node *node)
{
    uint32_t i = 0;

    if (node->type == AZ_ARRAY)
        while (i < node->count && az_measure_is_text(&node->items[i]))
            i++;
    if (node->type != AZ_ARRAY || i == 0 || i < node->count) {
        report_field(r, field, node, "a list of strings that are not blank");
        return;
    }
    for (i = 0; i < node->count; i++)
        check_path(r, &node->items[i]);
}

static void
read_time(struct reading *r, const struct log_field *field,
          const struct az_node *node)
{
    struct az_moment moment;

    if (node->type != AZ_STRING ||
        az_node_text(node).len > AZ_MAX_LOG_TIME_SIZE ||
        !az_moment_parse(az_node_text(node), &moment) || !moment.has_time)
        az_diag_hint(r->sink, report_field(r, field, node, "a time (RFC 3339)"),
                     "write it as 2026-02-28T06:53:00Z, or with an offset such "
                     "as +01:00 in place of the Z");
    else
        r->line->time = az_node_text(node);
}

static void
read_other(struct reading *r, const char *name, const struct az_node *node)
{
    if (node->type == AZ_NULL ||
        (node->type == AZ_STRING && !az_measure_is_text(node)))
        report_shape(r, name, node, "a value");
}

/* DECIMAL as a sample: an integer times a power of ten. */
static bool
fit(struct az_decimal decimal, struct log_line *line)
{
    struct az_decimal integer = decimal;

    integer.exponent = 0;
    line->exponent = decimal.exponent;
    return decimal.digits.len <= AZ_SERIES_DIGITS &&
           az_decimal_to_int(integer, &line->mantissa);
}

static void
report_value(struct reading *r, const struct az_node *node, const char *fault)
{
    refuse(r,
           az_sink_add(r->sink, AZ_DIAG_MEASUREMENT_VALUE,
                       az_document_place(r->document, node),
                       "%s %s cannot be a sample of %s: %s",
                       az_node_quote(r->arena, node), r->line->unit->name,
                       az_str_quote(r->arena, r->line->texts[AZ_LOG_METRIC]),
                       fault),
           node);
}

/* The value, once the unit is known. */
static void
read_value(struct reading *r, const struct az_node *node)
{
    struct az_decimal value;
    const char *fault;

    if (node->type != AZ_NUMBER) {
        hint_number(r, report_shape(r, "'value'", node, "a number"), node);
        return;
    }
    if (r->line->unit == NULL)
        return;
    if (!az_decimal_of(r->arena, node, &value)) {
        report_value(r, node, "the number is over the limits");
        return;
    }
    value = az_unit_to_base(r->arena, r->line->unit, value);
    fault = az_measure_value_fault(r->line->unit->dimension, value);
    if (fault != NULL) {
        report_value(r, node, fault);
    } else if (!fit(value, r->line)) {
        az_diag_hint(
            r->sink,
            refuse(r,
                   az_sink_add(r->sink, AZ_DIAG_LOG_RANGE,
                               az_document_place(r->document, node),
                               "%s has more digits than are kept of a sample",
                               az_node_quote(r->arena, node)),
                   node),
            "in %s a sample may have %d; round it where it is measured",
            az_unit_base(r->line->unit->dimension)->name, AZ_SERIES_DIGITS);
    }
}

static void
read_unit(struct reading *r)
{
    struct az_str name = r->line->texts[AZ_LOG_UNIT];
    const struct az_node *node;
    struct az_diag *diag;

    if (name.len == 0)
        return;
    r->line->unit = az_unit_find(name);
    if (r->line->unit != NULL)
        return;
    node = az_node_get(r->document->root, "unit");
    diag = refuse(r,
                  az_sink_add(r->sink, AZ_DIAG_MEASUREMENT_UNIT,
                              az_document_place(r->document, node),
                              "unknown unit %s", az_str_quote(r->arena, name)),
                  node);
    az_unit_hint(r->sink, diag, name);
}

static bool
is_wanted(const struct az_log_options *options, struct az_str name)
{
    for (size_t i = 0; i < options->required_count; i++)
        if (az_str_eq(options->required[i], name))
            return true;
    return false;
}

static void
report_unknown(struct reading *r, const struct az_member *member)
{
    struct az_str names[FIELD_COUNT];
    struct az_diag *diag = refuse(
        r,
        az_sink_add(r->sink, AZ_DIAG_LOG_LINE,
                    az_place_of(r->document->source, member->key_span),
                    "unknown field %s", az_str_quote(r->arena, member->key)),
        r->document->root);
    size_t nearest;

    for (size_t i = 0; i < FIELD_COUNT; i++)
        names[i] = az_str_from(fields[i].name);
    nearest = az_str_nearest(member->key, names, FIELD_COUNT);
    if (nearest < FIELD_COUNT)
        az_diag_hint(r->sink, diag, "did you mean '%s'?", fields[nearest].name);
    else
        az_diag_hint(r->sink, diag,
                     "the corpus names further fields in required_log_fields");
}

static void
read_member(struct reading *r, const struct az_member *member)
{
    static void (*const readers[])(struct reading *, const struct log_field *,
                                   const struct az_node *) = {
        [LOG_TEXT] = read_text,     [LOG_SEED] = read_seed,
        [LOG_STATUS] = read_status, [LOG_ARTIFACTS] = read_artifacts,
        [LOG_TIME] = read_time,
    };
    const struct log_field *field = az_log_field_find(member->key);

    if (field != NULL && field->role != LOG_VALUE)
        readers[field->role](r, field, &member->value);
    else if (field == NULL && is_wanted(r->options, member->key))
        read_other(r, az_str_quote(r->arena, member->key), &member->value);
    else if (field == NULL)
        report_unknown(r, member);
}

static void
report_missing(struct reading *r, const char *quoted)
{
    refuse(r,
           az_sink_add(r->sink, AZ_DIAG_LOG_LINE,
                       az_document_start(r->document, r->document->root),
                       "the line has no %s", quoted),
           r->document->root);
}

static void
check_required(struct reading *r)
{
    const struct az_node *root = r->document->root;

    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (fields[i].required && az_node_get(root, fields[i].name) == NULL)
            report_missing(r,
                           az_arena_printf(r->arena, "'%s'", fields[i].name));
    for (size_t i = 0; i < r->options->required_count; i++) {
        struct az_str name = r->options->required[i];
        const struct log_field *field = az_log_field_find(name);

        if ((field == NULL || !field->required) &&
            az_node_value(root, name) == NULL)
            report_missing(r, az_str_quote(r->arena, name));
    }
}

static void
read_object(struct reading *r)
{
    const struct az_node *root = r->document->root;
    const struct az_node *value = az_node_get(root, "value");

    for (uint32_t i = 0; i < root->count; i++)
        read_member(r, &root->members[i]);
    check_required(r);
    read_unit(r);
    if (value != NULL)
        read_value(r, value);
}

/* The metric of a line with duplicate keys, which means nothing, if that one is
   told once. */
static void
read_only_metric(struct reading *r)
{
    const struct az_node *root = r->document->root;
    const struct az_str name = AZ_STR("metric_id");
    size_t count = 0;

    for (uint32_t i = 0; i < root->count; i++)
        count += az_str_eq(root->members[i].key, name);
    if (count == 1 && az_measure_is_text(az_node_value(root, name)))
        r->line->texts[AZ_LOG_METRIC] = az_node_text(az_node_value(root, name));
}

enum log_fault
az_log_line_read(struct az_arena *arena, struct az_sink *sink,
                 const struct az_log_options *options,
                 const struct az_source *source, struct log_line *ret)
{
    struct reading r = {
        .arena = arena, .sink = sink, .options = options, .line = ret
    };

    *ret = (struct log_line){ .unit = NULL };
    if (source->text.len > AZ_MAX_LOG_LINE_SIZE) {
        az_sink_add(sink, AZ_DIAG_LOG_LINE,
                    az_place_of(source, (struct az_span){ 0, 1 }),
                    "the line is longer than %u KiB, the limit",
                    AZ_MAX_LOG_LINE_SIZE >> 10);
        return LOG_BAD;
    }
    r.document = az_read_json(arena, sink, source);
    if (r.document == NULL)
        return LOG_BAD;
    if (r.document->root->type != AZ_OBJECT) {
        report_shape(&r, "a line", r.document->root, "an object");
        return LOG_BAD;
    }
    if (r.document->malformed) {
        read_only_metric(&r);
        return LOG_BAD;
    }
    ret->root = r.document->root;
    read_object(&r);
    return r.fault;
}
