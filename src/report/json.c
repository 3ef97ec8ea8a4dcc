/* Reports as JSON, written by json-c.
   SPDX-License-Identifier: MIT */

#include "report/formats.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/build.h"

/* json-c, asked for a number, prints a double; the text that stands in the
   tree is exact, and is printed as it is. */
static int
print_number(struct json_object *object, struct printbuf *out, int level,
             int flags)
{
    (void)level;
    (void)flags;
    return printbuf_memappend(out, json_object_get_string(object),
                              json_object_get_string_len(object));
}

/* KEY for json-c, which ends keys at a NUL; NULL when memory is out.  No key of
   ours has one, but a measurement's list may hold anything. */
static char *
copy_key(struct az_str key)
{
    char *copy = malloc(key.len + 1);
    size_t i;

    if (copy == NULL)
        return NULL;
    for (i = 0; i < key.len; i++)
        copy[i] = (char)(key.p[i] == '\0' ? ' ' : key.p[i]);
    copy[key.len] = '\0';
    return copy;
}

/* The json-c form of NODE; NULL for null, and with *FAILED set when memory is
   out. */
static struct json_object *
convert(const struct az_node *node, bool *failed)
{
    struct json_object *object = NULL, *child;
    char *key;
    size_t i;

    switch ((enum az_type)node->type) {
    case AZ_NULL:
        return NULL;
    case AZ_BOOLEAN:
        object = json_object_new_boolean(node->truth);
        break;
    case AZ_NUMBER:
        object = json_object_new_string_len(node->text, (int)node->count);
        if (object != NULL)
            json_object_set_serializer(object, print_number, NULL, NULL);
        break;
    case AZ_STRING:
        object = json_object_new_string_len(node->text, (int)node->count);
        break;
    case AZ_ARRAY:
        object = json_object_new_array();
        for (i = 0; object != NULL && i < node->count; i++) {
            child = convert(&node->items[i], failed);
            if (json_object_array_add(object, child) != 0) {
                json_object_put(child);
                *failed = true;
            }
        }
        break;
    case AZ_OBJECT:
        object = json_object_new_object();
        for (i = 0; object != NULL && i < node->count; i++) {
            child = convert(&node->members[i].value, failed);
            key = copy_key(node->members[i].key);
            if (key == NULL || json_object_object_add(object, key, child)) {
                json_object_put(child);
                *failed = true;
            }
            free(key);
        }
        break;
    }
    if (object == NULL)
        *failed = true;
    return object;
}

/* Adds NODE as json-c prints it; lines after the first begin with INDENT
   blanks, at most four. */
static void
add_value(struct az_buf *buf, const struct az_node *node, int style,
          size_t indent)
{
    bool failed = false;
    struct json_object *object = convert(node, &failed);
    const char *text = NULL, *line;

    errno = 0;
    if (!failed)
        text = json_object_to_json_string_ext(
            object, style | JSON_C_TO_STRING_NOSLASHESCAPE);
    /* What json-c finds no memory to append, it leaves out and goes on; nothing
       but errno tells. */
    failed = text == NULL || errno == ENOMEM;
    /* json-c escapes ASCII only, and newlines everywhere */
    while (!failed && (line = strchr(text, '\n')) != NULL) {
        az_buf_add_json(buf,
                        (struct az_str){ text, (size_t)(line + 1 - text) });
        az_buf_add(buf, (struct az_str){ "    ", indent });
        text = line + 1;
    }
    if (!failed)
        az_buf_add_json(buf, az_str_from(text));
    json_object_put(object);
    if (failed)
        az_arena_oom(buf->arena);
}

static void
print(struct az_buf *buf, const struct az_node *node, int style)
{
    add_value(buf, node, style, 0);
    az_buf_add_char(buf, '\n');
}

/* Adds ARRAY, a member of the outermost object, as json-c would, but item by
   item: in its form a value takes several times the memory that it takes in
   ours, and a report may have a million rows. */
static void
add_items(struct az_buf *buf, const struct az_node *array)
{
    uint32_t i;

    az_buf_add_char(buf, '[');
    for (i = 0; i < array->count; i++) {
        az_buf_add_c(buf, i == 0 ? "\n    " : ",\n    ");
        add_value(buf, &array->items[i], JSON_C_TO_STRING_PRETTY, 4);
    }
    az_buf_add_c(buf, "\n  ]");
}

static void
print_report(struct az_buf *buf, const struct az_node *object)
{
    uint32_t i;

    for (i = 0; i < object->count; i++) {
        const struct az_member *member = &object->members[i];

        az_buf_addf(buf, "%s\n  \"%.*s\":", i == 0 ? "{" : ",",
                    AZ_STR_ARG(member->key));
        if (member->value.type == AZ_ARRAY)
            add_items(buf, &member->value);
        else
            add_value(buf, &member->value, JSON_C_TO_STRING_PRETTY, 2);
    }
    az_buf_add_c(buf, "\n}\n");
}

void
az_report_print_node(struct az_buf *buf, const struct az_node *node)
{
    print(buf, node, JSON_C_TO_STRING_PRETTY);
}

static void
set_position(struct az_builder *to, const char *line, const char *column,
             struct az_position position)
{
    az_builder_set_count(to, line, position.line);
    az_builder_set_count(to, column, position.column);
}

/* The file, and where in it; null where there is none. */
static void
set_place(struct az_builder *to, struct az_place place)
{
    static const char *const keys[] = { "file", "line", "column", "end_line",
                                        "end_column" };
    size_t i;

    if (place.source == NULL) {
        for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
            az_builder_set(to, keys[i], az_make_null());
        return;
    }
    az_builder_set(to, keys[0], az_make_string_c(place.source->name));
    set_position(to, keys[1], keys[2],
                 az_source_position(place.source, place.span.start));
    set_position(to, keys[3], keys[4],
                 az_source_position(place.source, place.span.end));
}

static void
set_location(struct az_builder *to, const struct az_location *location)
{
    if (location == NULL)
        return;
    az_builder_set(to, "instanceLocation",
                   az_make_string_c(location->instance));
    az_builder_set(to, "keywordLocation", az_make_string_c(location->keyword));
    az_builder_set(to, "absoluteKeywordLocation",
                   az_make_string_c(location->absolute));
}

static struct az_node
related_node(struct az_arena *arena, const struct az_related *related)
{
    struct az_builder list, item;

    az_builder_init(&list, arena);
    for (; related != NULL; related = related->next) {
        az_builder_init(&item, arena);
        set_place(&item, related->place);
        az_builder_set(&item, "message", az_make_string_c(related->message));
        set_location(&item, related->location);
        az_builder_add(&list, az_builder_object(&item));
    }
    return az_builder_array(&list);
}

static struct az_node
waived_node(struct az_arena *arena, const struct az_waived *waived)
{
    struct az_builder item;

    az_builder_init(&item, arena);
    az_builder_set(&item, "owner", az_make_string(waived->owner));
    az_builder_set(&item, "until", az_make_string(waived->until));
    az_builder_set(&item, "ticket", az_make_string(waived->ticket));
    az_builder_set(&item, "reason", az_make_string(waived->reason));
    az_builder_set(&item, "file", az_make_string_c(waived->place.source->name));
    az_builder_set_count(
        &item, "line",
        az_source_position(waived->place.source, waived->place.span.start)
            .line);
    return az_builder_object(&item);
}

static struct az_node
finding_node(struct az_arena *arena, const struct az_diag *diag)
{
    struct az_builder item;

    az_builder_init(&item, arena);
    az_builder_set(&item, "id", az_make_string_c(az_diag_info(diag->id)->name));
    az_builder_set(&item, "severity",
                   az_make_string_c(az_severity_name(diag->severity)));
    set_place(&item, diag->place);
    if (diag->place.source != NULL && diag->place.source->document > 0)
        az_builder_set_count(&item, "document", diag->place.source->document);
    az_builder_set(&item, "pointer", az_make_string_c(diag->pointer));
    az_builder_set(&item, "rule", az_make_string_c(diag->rule));
    az_builder_set(&item, "message", az_make_string_c(diag->message));
    az_builder_set(&item, "hint", az_make_string_c(diag->hint));
    set_location(&item, diag->location);
    az_builder_set(&item, "related", related_node(arena, diag->related));
    if (diag->waived != NULL)
        az_builder_set(&item, "waived", waived_node(arena, diag->waived));
    return az_builder_object(&item);
}

static struct az_node
summary_node(struct az_arena *arena, const struct az_report *report)
{
    struct az_builder summary, findings;
    unsigned i;

    az_builder_init(&findings, arena);
    for (i = AZ_SEVERITY_COUNT; i-- > 0;)
        az_builder_set_count(&findings, az_severity_name((enum az_severity)i),
                             report->sink->by_severity[i]);
    az_builder_init(&summary, arena);
    az_builder_set_count(&summary, "pass", report->counts.pass);
    az_builder_set_count(&summary, "warn", report->counts.warn);
    az_builder_set_count(&summary, "fail", report->counts.fail);
    az_builder_set_count(&summary, "skip", report->counts.skip);
    az_builder_set(&summary, "findings", az_builder_object(&findings));
    az_builder_set_count(&summary, "hidden",
                         report->sink->total - az_report_shown(report));
    return az_builder_object(&summary);
}

/* What stands before the findings. */
static void
set_head(struct az_builder *to, const struct az_report *report)
{
    az_builder_set(to, "assize", az_make_string_c(report->version));
    az_builder_set(to, "command", az_make_string_c(report->command));
    az_builder_set(to, "verdict",
                   az_make_string_c(az_verdict_name(report->verdict)));
    if (report->generated_at != NULL) {
        az_builder_set(to, "generated_at",
                       az_make_string_c(report->generated_at));
        az_builder_set(to, "clock", az_make_string_c("set"));
    }
    az_builder_set(to, "summary", summary_node(to->arena, report));
    if (report->constituents.type != AZ_NULL)
        az_builder_set(to, "constituents", report->constituents);
    if (report->history.type != AZ_NULL)
        az_builder_set(to, "history", report->history);
    if (report->regraded.type != AZ_NULL)
        az_builder_set(to, "regraded", report->regraded);
}

void
az_report_write_json(struct az_buf *buf, const struct az_report *report,
                     struct az_report_style style)
{
    struct az_builder object, findings;
    struct az_node node;
    size_t i, shown = az_report_shown(report);

    (void)style;
    az_builder_init(&findings, buf->arena);
    for (i = 0; i < shown; i++)
        az_builder_add(&findings,
                       finding_node(buf->arena, report->sink->diags[i]));
    az_builder_init(&object, buf->arena);
    set_head(&object, report);
    az_builder_set(&object, "findings", az_builder_array(&findings));
    az_builder_set(&object, "rows", report->rows);
    if (report->annotations.type != AZ_NULL)
        az_builder_set(&object, "annotations", report->annotations);
    if (report->waivers.type != AZ_NULL)
        az_builder_set(&object, "waivers", report->waivers);
    node = az_builder_object(&object);
    print_report(buf, &node);
}

void
az_report_write_ndjson(struct az_buf *buf, const struct az_report *report,
                       struct az_report_style style)
{
    struct az_builder head;
    struct az_node node;
    size_t i, shown = az_report_shown(report);

    (void)style;
    for (i = 0; i < shown; i++) {
        node = finding_node(buf->arena, report->sink->diags[i]);
        print(buf, &node, JSON_C_TO_STRING_PLAIN);
    }
    for (i = 0; i < report->rows.count; i++)
        print(buf, &report->rows.items[i], JSON_C_TO_STRING_PLAIN);
    for (i = 0;
         report->annotations.type != AZ_NULL && i < report->annotations.count;
         i++)
        print(buf, &report->annotations.items[i], JSON_C_TO_STRING_PLAIN);
    for (i = 0; report->waivers.type != AZ_NULL && i < report->waivers.count;
         i++)
        print(buf, &report->waivers.items[i], JSON_C_TO_STRING_PLAIN);
    az_builder_init(&head, buf->arena);
    set_head(&head, report);
    node = az_builder_object(&head);
    print(buf, &node, JSON_C_TO_STRING_PLAIN);
}
