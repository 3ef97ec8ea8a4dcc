/* Message templates: "required framework '{value}' has no scenario".
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/pointer.h"
#include "rule/judging.h"
#include "rule/parse.h"

#define VALUE_LIMIT 60

enum name { VALUE, MISSING, UNEXPECTED, EXPECTED, KEY, COUNT, PATH, TEXT };

static const char *const names[] = { "value",    "missing", "unexpected",
                                     "expected", "key",     "count",
                                     NULL };

struct segment {
    enum name name;
    struct az_str text; /* TEXT */
    struct path path;   /* PATH */
};

struct template
{
    struct segment *segments;
    size_t count;
    size_t capacity;
};

static struct segment *
add_segment(struct parser *parser, struct template *template, enum name name)
{
    struct segment *segment;

    template->segments =
        az_arena_grow(parser->arena, template->segments, template->count,
                      &template->capacity, sizeof(*segment));
    segment = &template->segments[template->count++];
    memset(segment, 0, sizeof(*segment));
    segment->name = name;
    return segment;
}

/* The offset of the '}' that ends the name starting at START; a brace in
   quotes belongs to a path. */
static size_t
find_end(struct az_str text, size_t start)
{
    char quote = '\0';
    size_t i;

    for (i = start; i < text.len; i++) {
        char c = text.p[i];

        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if ((c == '\'' || c == '"') && text.p[start] != c &&
                 memchr("@$", text.p[start], 2) != NULL)
            quote = c;
        else if (c == '}')
            break;
    }
    return i;
}

static bool
parse_name(struct parser *parser, const struct az_node *node, size_t start,
           size_t end, struct template *template)
{
    struct az_str name = { node->text + start, end - start };
    struct segment *segment;
    struct az_diag *diag;
    size_t i;

    if (name.len > 0 && (name.p[0] == '@' || name.p[0] == '$')) {
        segment = add_segment(parser, template, PATH);
        return az_rule_parse_path_text(parser, node, name, start,
                                       &segment->path);
    }
    for (i = 0; names[i] != NULL; i++)
        if (az_str_eq_c(name, names[i])) {
            add_segment(parser, template, (enum name)i);
            return true;
        }
    diag = az_rule_mistake_inside(
        parser, node, start, "template",
        az_arena_printf(parser->arena, "unknown name %s",
                        az_str_quote(parser->arena, name)));
    az_rule_hint_nearest(parser, diag, name, names);
    return false;
}

/* The length of the literal text at START, up to a brace. */
static size_t
literal_length(struct az_str text, size_t start)
{
    size_t i = start;

    while (i < text.len && text.p[i] != '{' && text.p[i] != '}')
        i++;
    return i - start;
}

/* Takes what stands at *AT: text, a doubled brace, or a name in braces. */
static bool
parse_segment(struct parser *parser, const struct az_node *node, size_t *at,
              struct template *template)
{
    struct az_str text = az_node_text(node);
    size_t length = literal_length(text, *at), end;

    if (length == 0 && *at + 1 < text.len && text.p[*at + 1] == text.p[*at]) {
        add_segment(parser, template, TEXT)->text =
            (struct az_str){ text.p + *at, 1 };
        *at += 2;
        return true;
    }
    if (length > 0) {
        add_segment(parser, template, TEXT)->text =
            (struct az_str){ text.p + *at, length };
        *at += length;
        return true;
    }
    end = find_end(text, *at + 1);
    if (text.p[*at] == '}' || end == text.len) {
        az_rule_mistake_inside(parser, node, *at, "template",
                               "a single brace; a literal one is doubled");
        return false;
    }
    length = *at + 1;
    *at = end + 1;
    return parse_name(parser, node, length, end, template);
}

const struct template *
az_rule_parse_template(struct parser *parser, const struct az_node *node)
{
    struct template *template = AZ_NEW(parser->arena, struct template);
    bool good = true;
    size_t at = 0;

    while (at < node->count && good)
        good = parse_segment(parser, node, &at, template);
    return good ? template : NULL;
}

static void
add_value(struct az_buf *buf, struct trial *trial, const struct az_node *node)
{
    if (node->type == AZ_STRING)
        az_buf_add_escaped(buf, az_node_text(node), VALUE_LIMIT);
    else
        az_buf_add_c(buf, az_node_quote(trial->arena, node));
}

static void
add_list(struct az_buf *buf, struct trial *trial, const struct shown *shown)
{
    size_t i;

    for (i = 0; i < shown->count && i < MAX_SHOWN; i++) {
        if (i > 0)
            az_buf_add_c(buf, ", ");
        add_value(buf, trial, shown->items[i].node);
    }
    if (shown->count > MAX_SHOWN)
        az_buf_addf(buf, " and %zu more", shown->count - MAX_SHOWN);
}

/* The last step of the pointer to the subject. */
static void
add_key(struct az_buf *buf, const struct trial *trial,
        const struct failure *failure)
{
    const struct az_document *document = failure->subject.document;
    const char *pointer = az_document_pointer(trial->arena, document,
                                              failure->subject.item.place);
    const char *slash = pointer == NULL ? NULL : strrchr(pointer, '/');
    struct az_pointer steps;

    if (slash != NULL &&
        az_pointer_parse(trial->arena, az_str_from(slash), &steps))
        az_buf_add_escaped(buf, steps.tokens[0], VALUE_LIMIT);
}

static void
add_path(struct az_buf *buf, struct trial *trial, const struct path *path)
{
    const struct az_nodes *nodes = az_rule_nodes(trial, path, &trial->selected);

    if (nodes == NULL || nodes->count == 0)
        az_buf_add_c(buf, "(nothing)");
    else
        add_value(buf, trial, nodes->items[0]);
    az_rule_nodes_release(trial, nodes);
}

static void
add_segment_text(struct az_buf *buf, struct trial *trial,
                 const struct segment *segment, const struct failure *failure)
{
    switch (segment->name) {
    case VALUE:
        add_value(buf, trial, failure->value.node);
        break;
    case MISSING:
        add_list(buf, trial, &failure->missing);
        break;
    case UNEXPECTED:
        add_list(buf, trial, &failure->unexpected);
        break;
    case EXPECTED:
        az_buf_add_c(buf, failure->expected == NULL ? "" : failure->expected);
        break;
    case KEY:
        add_key(buf, trial, failure);
        break;
    case COUNT:
        az_buf_addf(buf, "%zu", failure->count);
        break;
    case PATH:
        add_path(buf, trial, &segment->path);
        break;
    case TEXT:
        az_buf_add_escaped(buf, segment->text, 0);
        break;
    }
}

const char *
az_rule_template_expand(struct trial *trial, const struct template *template,
                        const struct failure *failure)
{
    struct az_buf buf;
    size_t i;

    az_buf_init(&buf, trial->arena);
    for (i = 0; i < template->count; i++)
        add_segment_text(&buf, trial, &template->segments[i], failure);
    return buf.p;
}
