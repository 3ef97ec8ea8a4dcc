/* Wording the findings of a check.
   SPDX-License-Identifier: MIT */

#include <stdarg.h>
#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "core/pointer.h"
#include "schema/check.h"

/* Names that a hint lists. */
#define LIST_LIMIT 8
/* Bytes of the values of an enumeration that a message lists: all the units of
   measure, say, but not much more. */
#define VALUES_LIMIT 160
/* Code points of a schema author's text that a message quotes. */
#define DESCRIPTION_LIMIT 200
/* Subschemas in which names are looked for, and how many names. */
#define VISIT_LIMIT 1024
#define NAMES_LIMIT 4096

static void
add_step(struct az_buf *buf, const struct az_node *container, uint32_t index)
{
    if (container->type == AZ_OBJECT)
        az_pointer_add(buf, container->members[index].key);
    else
        az_buf_addf(buf, "/%u", (unsigned)index);
}

/* The pointer of the place that the path has come to. */
static const char *
pointer_of(struct az_check *check, const struct az_failure *failure)
{
    const char *start =
        az_document_pointer(check->arena, check->document, check->start);
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, check->arena);
    az_buf_add_c(&buf, start == NULL ? "" : start);
    for (i = 0; i < check->path_count; i++)
        add_step(&buf, check->path[i].container, check->path[i].index);
    if (failure->container != NULL)
        add_step(&buf, failure->container, failure->index);
    return az_buf_str(&buf).p;
}

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
    diag = az_sink_add(check->sink, failure->id,
                       az_place_of(check->document->source, failure->span),
                       "%s", message);
    if (diag == &check->sink->overflow)
        return diag;
    diag->pointer = pointer_of(check, failure);
    relate_schema(check, diag, failure);
    az_diag_relate_alias(check->sink, diag, check->document,
                         node_at(check, failure));
    if (check->first == NULL)
        check->first = diag;
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
    result = az_regex_match_shared(regex, text);
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
        if (buf.len >= VALUES_LIMIT && i + 1 < count)
            break;
        if (i > 0)
            az_buf_add_c(&buf, i + 1 == count ? " or " : ", ");
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
    for (i = 0; i < count; i++)
        az_buf_addf(&buf, "%s%s",
                    i == 0           ? ""
                    : i + 1 == count ? " or "
                                     : ", ",
                    names[i]);
    return buf.p;
}

/* The types that the text of a string would have without its quotes. */
static unsigned
types_in_quotes(struct az_check *check, struct az_str text)
{
    struct az_decimal decimal;

    if (az_str_eq_c(text, "true") || az_str_eq_c(text, "false"))
        return AZ_TYPE_BIT(AZ_BOOLEAN);
    if (az_str_eq_c(text, "null"))
        return AZ_TYPE_BIT(AZ_NULL);
    if (!az_decimal_parse(check->arena, text, &decimal))
        return 0;
    return AZ_TYPE_BIT(AZ_NUMBER) |
           (az_decimal_is_integer(decimal) ? AZ_TYPE_INTEGER | AZ_TYPE_WRITTEN
                                           : 0);
}

static void
hint_type(struct az_check *check, struct az_diag *diag, unsigned types,
          const struct az_node *node)
{
    bool is_scalar = node->type != AZ_ARRAY && node->type != AZ_OBJECT;

    if (node->type == AZ_STRING &&
        (types & types_in_quotes(check, az_node_text(node))) != 0)
        az_check_hint(check, diag, "write it without quotes");
    else if ((types & AZ_TYPE_BIT(AZ_STRING)) != 0 &&
             (node->type == AZ_NUMBER || node->type == AZ_BOOLEAN))
        az_check_hint(check, diag, "write it in quotes");
    else if (types == AZ_TYPE_BIT(AZ_ARRAY) && is_scalar &&
             node->type != AZ_NULL)
        az_check_hint(check, diag, "write it as a list of one");
    else if (node->type == AZ_NULL)
        az_check_hint(check, diag,
                      "null is a value; to leave a key out, drop "
                      "the whole line");
}

void
az_check_report_type(struct az_check *check, const struct az_failure *failure,
                     unsigned types, const struct az_node *node)
{
    const char *quote = az_node_quote(check->arena, node);
    const char *expected = az_check_list_types(check, types);
    struct az_diag *diag;

    if (node->type == AZ_STRING || node->type == AZ_NUMBER)
        diag = az_check_report(check, failure, "expected %s, found %s %s",
                               expected, az_type_name((enum az_type)node->type),
                               quote);
    else
        diag = az_check_report(check, failure, "expected %s, found %s",
                               expected, quote);
    hint_type(check, diag, types, node);
    if (failure->schema != NULL)
        az_check_hint_description(check, diag, failure->schema);
}

/* The names found so far. */
struct names {
    struct az_check *check;
    const struct az_node *node;
    struct az_str *items;
    size_t count;
    size_t capacity;
    struct az_map seen;
    unsigned visits;
};

static void collect(struct names *names, const struct az_subschema *schema);

static void
collect_one(struct names *names, const struct az_branch *branch)
{
    if (branch->schema != NULL)
        collect(names, branch->schema);
}

static void
collect_all(struct names *names, const struct az_branches *branches)
{
    size_t i;

    for (i = 0; i < branches->count; i++)
        collect(names, branches->items[i]);
}

static void
collect_own(struct names *names, const struct az_object_rules *rules)
{
    const struct az_property *property;
    bool is_new;
    size_t i;

    for (i = 0; i < rules->property_count; i++) {
        property = &rules->properties[i];
        if (property->schema == NULL ||
            property->schema->acceptance == AZ_ACCEPTS_NONE ||
            names->count >= NAMES_LIMIT ||
            az_node_member(names->node, property->name) != NULL)
            continue;
        az_map_put(&names->seen, property->name, &is_new);
        if (!is_new)
            continue;
        names->items =
            az_arena_grow(names->check->arena, names->items, names->count,
                          &names->capacity, sizeof(*names->items));
        names->items[names->count++] = property->name;
    }
}

static void
collect(struct names *names, const struct az_subschema *schema)
{
    const struct az_applicators *applicators = schema->applicators;
    const struct az_object_rules *rules = schema->objects;
    size_t i;

    if (++names->visits > VISIT_LIMIT || names->count >= NAMES_LIMIT)
        return;
    if (rules != NULL)
        collect_own(names, rules);
    for (i = 0; rules != NULL && i < rules->dependency_count; i++)
        if (rules->dependencies[i].schema != NULL)
            collect(names, rules->dependencies[i].schema);
    if (applicators == NULL)
        return;
    collect_one(names, &applicators->ref);
    collect_one(names, &applicators->dynamic_ref);
    collect_all(names, &applicators->all_of);
    collect_all(names, &applicators->any_of);
    collect_all(names, &applicators->one_of);
    collect_one(names, &applicators->then);
    collect_one(names, &applicators->else_);
}

static const char *
list_names(const struct names *names)
{
    struct az_arena *arena = names->check->arena;
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, arena);
    for (i = 0; i < names->count && i < LIST_LIMIT; i++)
        az_buf_addf(&buf, "%s%s", i == 0 ? "" : ", ",
                    az_str_quote(arena, names->items[i]));
    if (names->count > LIST_LIMIT)
        az_buf_addf(&buf, " and %zu more", names->count - LIST_LIMIT);
    return buf.p;
}

void
az_check_hint_key(struct az_check *check, struct az_diag *diag,
                  const struct az_subschema *schema, const struct az_node *node,
                  const struct az_member *member)
{
    struct names names = { .check = check, .node = node };
    size_t nearest;

    if (diag == &check->sink->overflow)
        return;
    az_map_init(&names.seen, check->arena);
    collect(&names, schema);
    nearest = az_str_nearest(member->key, names.items, names.count);
    if (nearest < names.count)
        az_check_hint(check, diag, "did you mean %s?",
                      az_str_quote(check->arena, names.items[nearest]));
    else if (names.count > 0)
        az_check_hint(check, diag, "the keys that may stand here: %s",
                      list_names(&names));
}

void
az_check_hint_value(struct az_check *check, struct az_diag *diag,
                    const struct az_node *const *allowed, size_t count,
                    const struct az_node *node)
{
    struct az_str *texts;
    const struct az_node **strings;
    size_t i, found = 0;

    if (node->type != AZ_STRING || diag == &check->sink->overflow)
        return;
    texts = az_arena_array(check->arena, count, sizeof(*texts));
    strings = az_arena_array(check->arena, count, sizeof(*strings));
    for (i = 0; i < count; i++) {
        if (allowed[i]->type != AZ_STRING)
            continue;
        texts[found] = az_node_text(allowed[i]);
        strings[found++] = allowed[i];
    }
    i = az_str_nearest(az_node_text(node), texts, found);
    if (i < found)
        az_check_hint(check, diag, "did you mean %s?",
                      az_node_quote(check->arena, strings[i]));
}
