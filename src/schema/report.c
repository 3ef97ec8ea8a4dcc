/* Wording the findings of a check.
   SPDX-License-Identifier: MIT */

#include <stdarg.h>
#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "schema/check.h"

/* References that are followed to a title. */
#define TITLE_REFERENCES 8
/* Code points of a schema author's text that a message quotes. */
#define DESCRIPTION_LIMIT 200

static void
relate_schema(struct az_check *check, struct az_diag *diag,
              const struct az_failure *failure)
{
    const struct az_source *source;
    struct az_span span;

    if (failure->schema == NULL || failure->related == NULL)
        return;
    source = failure->schema->scope->document->source;
    if (source == NULL)
        return;
    if (failure->at_node != NULL)
        span = failure->at_node->span;
    else if (failure->at != NULL)
        span = failure->at->key_span;
    else
        return;
    az_diag_relate(check->sink, diag, az_place_of(source, span), "%s",
                   failure->related);
}

/* The node at that place. */
static const struct az_node *
node_at(const struct az_check *check, const struct az_failure *failure)
{
    struct az_path_step step = { failure->container, failure->index };

    if (step.container == NULL && check->path_count == 0)
        return check->start;
    if (step.container == NULL)
        step = check->path[check->path_count - 1];
    return step.container->type == AZ_OBJECT
               ? &step.container->members[step.index].value
               : &step.container->items[step.index];
}

/* A finding, only counted once those before it have pointers enough: each of
   many may lead through the same long key. */
static struct az_diag *
add_finding(struct az_check *check, const struct az_failure *failure,
            const char *message)
{
    struct az_sink *sink = check->sink;
    const size_t limit = sink->limit;
    struct az_diag *diag;

    if (check->pointer_size >= AZ_MAX_POINTER_SIZE)
        sink->limit = 0;
    diag = az_sink_add(sink, failure->id,
                       az_place_of(check->document->source, failure->span),
                       "%s", message);
    sink->limit = limit;
    return diag;
}

static size_t
pointer_size(const struct az_diag *diag)
{
    size_t size = strlen(diag->pointer);

    if (diag->location != NULL)
        size += strlen(diag->location->instance) +
                strlen(diag->location->keyword) +
                strlen(diag->location->absolute);
    return size;
}

struct az_diag *
az_check_report(struct az_check *check, const struct az_failure *failure,
                const char *format, ...)
{
    const char *message;
    struct az_diag *diag;
    va_list args;

    va_start(args, format);
    message = az_arena_vprintf(check->arena, format, args);
    va_end(args);
    diag = add_finding(check, failure, message);
    if (diag == &check->sink->overflow)
        return diag;
    diag->pointer = az_check_pointer(check, failure, false);
    if (az_diag_info(failure->id)->class == AZ_CLASS_JUDGED)
        diag->location = az_check_location(check, failure);
    check->pointer_size += pointer_size(diag);
    relate_schema(check, diag, failure);
    az_diag_relate_alias(check->sink, diag, check->document,
                         node_at(check, failure));
    az_check_reason(check, diag);
    if (check->wording.first == NULL)
        check->wording.first = diag;
    return diag;
}

static bool
ends_sentence(const char *text)
{
    size_t length = strlen(text);

    return length > 0 && strchr("?.", text[length - 1]) != NULL;
}

void
az_check_hint(struct az_check *check, struct az_diag *diag, const char *format,
              ...)
{
    struct az_buf buf;
    va_list args;

    if (diag == &check->sink->overflow)
        return;
    az_buf_init(&buf, check->arena);
    if (diag->hint != NULL)
        az_buf_addf(&buf, "%s%s", diag->hint,
                    ends_sentence(diag->hint) ? " " : "; ");
    va_start(args, format);
    az_buf_vaddf(&buf, format, args);
    va_end(args);
    az_diag_hint(check->sink, diag, "%s", buf.p);
}

const char *
az_check_description(struct az_check *check, const struct az_subschema *schema)
{
    const struct az_node *text = az_node_get(schema->node, "description");
    struct az_str line;
    const char *end;
    struct az_buf buf;

    if (text == NULL)
        text = az_node_get(schema->node, "title");
    if (text == NULL || text->type != AZ_STRING || text->count == 0)
        return NULL;
    line = az_node_text(text);
    end = memchr(line.p, '\n', line.len);
    if (end != NULL)
        line.len = (size_t)(end - line.p);
    while (line.len > 0 &&
           (line.p[line.len - 1] == ' ' || line.p[line.len - 1] == '\r'))
        line.len--;
    az_buf_init(&buf, check->arena);
    az_buf_add_escaped(&buf, line, DESCRIPTION_LIMIT);
    return buf.len == 0 ? NULL : buf.p;
}

const char *
az_check_title(struct az_check *check, const struct az_subschema *schema)
{
    const struct az_node *title = az_node_get(schema->node, "title");
    unsigned i;

    for (i = 0; title == NULL && i < TITLE_REFERENCES; i++) {
        if (schema->applicators == NULL ||
            schema->applicators->ref.schema == NULL)
            return "";
        schema = schema->applicators->ref.schema;
        title = az_node_get(schema->node, "title");
    }
    return title == NULL ? ""
                         : az_arena_printf(check->arena, ", %s",
                                           az_node_quote(check->arena, title));
}

void
az_check_hint_description(struct az_check *check, struct az_diag *diag,
                          const struct az_subschema *schema)
{
    const char *text;

    if (diag == &check->sink->overflow)
        return;
    text = az_check_description(check, schema);
    if (text == NULL)
        return;
    if (diag->hint == NULL)
        az_diag_hint(check->sink, diag, "%s", text);
    else
        az_diag_hint(check->sink, diag, "%s (%s)", diag->hint, text);
}

/* Whether REGEX went over its budget in this check: many texts must not cost
   more than one. */
static bool
is_given_up(const struct az_check *check, const struct az_regex *regex)
{
    size_t i;

    for (i = 0; i < check->tiring_count; i++)
        if (check->tiring[i] == regex)
            return true;
    return false;
}

static enum az_regex_result
match(struct az_check *check, struct az_regex *regex, struct az_str text)
{
    enum az_regex_result result;

    if (is_given_up(check, regex))
        return AZ_REGEX_OVER_BUDGET;
    result = az_regex_match_shared(regex, text, &check->steps);
    if (!az_check_has_steps(check))
        return AZ_REGEX_OVER_BUDGET;
    if (result == AZ_REGEX_OVER_BUDGET && !az_regex_too_long(text)) {
        check->tiring = az_arena_grow(
            check->arena, check->tiring, check->tiring_count,
            &check->tiring_capacity, sizeof(const struct az_regex *));
        check->tiring[check->tiring_count++] = regex;
    }
    return result;
}

static void
report_over_budget(struct az_check *check, const struct az_subschema *schema,
                   struct az_regex *regex, struct az_str text,
                   struct az_span span)
{
    const struct az_failure failure = { .id = AZ_DIAG_REGEX_BUDGET,
                                        .span = span,
                                        .schema = schema,
                                        .at_node = schema->node,
                                        .related = "the schema is here" };

    check->unsure = true;
    if (check->stopped)
        return;
    if (check->sink != NULL && az_regex_too_long(text))
        az_check_report(check, &failure,
                        "the text is too long to match the pattern %s with",
                        az_str_quote(check->arena, az_regex_pattern(regex)));
    else if (check->sink != NULL)
        az_check_hint(
            check,
            az_check_report(
                check, &failure,
                "matching the pattern %s takes more than %zu steps, the limit",
                az_str_quote(check->arena, az_regex_pattern(regex)),
                az_arena_limits(check->arena)->match_steps),
            "simplify the pattern: a repetition inside a repetition is the "
            "usual cause");
}

enum az_regex_result
az_check_match(struct az_check *check, const struct az_subschema *schema,
               struct az_regex *regex, struct az_str text, struct az_span span)
{
    const enum az_regex_result result = match(check, regex, text);

    if (result == AZ_REGEX_OVER_BUDGET)
        report_over_budget(check, schema, regex, text, span);
    return result;
}

const char *
az_check_list_values(struct az_check *check,
                     const struct az_node *const *values, size_t count)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, check->arena);
    for (i = 0; i < count; i++) {
        if (buf.len >= AZ_CHECK_LIST_LIMIT && i + 1 < count)
            break;
        az_buf_add_separator(&buf, i, count, "or");
        az_buf_add_c(&buf, az_node_quote(check->arena, values[i]));
    }
    if (i < count)
        az_buf_addf(&buf, " or one of %zu more", count - i);
    return count == 0 ? "nothing" : buf.p;
}

const char *
az_check_list_types(struct az_check *check, unsigned types)
{
    static const unsigned order[] = { AZ_OBJECT, AZ_ARRAY,   AZ_STRING,
                                      AZ_NUMBER, AZ_BOOLEAN, AZ_NULL };
    const char *names[7];
    size_t count = 0, i;
    struct az_buf buf;

    for (i = 0; i < 6; i++) {
        if ((types & AZ_TYPE_BIT(order[i])) != 0)
            names[count++] = az_type_name((enum az_type)order[i]);
        else if (order[i] == AZ_NUMBER &&
                 (types & (AZ_TYPE_INTEGER | AZ_TYPE_WRITTEN)) != 0)
            names[count++] = "integer";
    }
    az_buf_init(&buf, check->arena);
    for (i = 0; i < count; i++) {
        az_buf_add_separator(&buf, i, count, "or");
        az_buf_add_c(&buf, names[i]);
    }
    return buf.p;
}
