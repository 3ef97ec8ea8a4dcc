/* Message templates: "required framework '{value}' has no scenario".
   SPDX-License-Identifier: MIT */

#include <string.h>

#include "core/arena.h"
#include "core/pointer.h"
#include "rule/judging.h"
#include "rule/parse.h"

#define VALUE_LIMIT 60

enum name {
    VALUE,
    MISSING,
    UNEXPECTED,
    EXPECTED,
    KEY,
    COUNT,
    PATH,
    TEXT,
    UNKNOWN
};

static const char *const names[] = { "value",    "missing", "unexpected",
                                     "expected", "key",     "count",
                                     NULL };

/* A part of a template: literal text, or a name that stood in braces. */
struct piece {
    enum name name;
    struct az_str text;
};

/* Few rules break in a run: a template is only looked through, and taken apart
   again when it is filled in. */
struct template
{
    struct az_str text;
    struct path *paths; /* those in braces, in order */
    size_t count;
    size_t capacity;
};

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

/* The length of the literal text at START, up to a brace. */
static size_t
literal_length(struct az_str text, size_t start)
{
    const char *p = text.p + start;
    const char *open = memchr(p, '{', text.len - start), *close;
    size_t length = open == NULL ? text.len - start : (size_t)(open - p);

    close = memchr(p, '}', length);
    return close == NULL ? length : (size_t)(close - p);
}

static enum name
name_of(struct az_str text)
{
    size_t i;

    if (text.len > 0 && (text.p[0] == '@' || text.p[0] == '$'))
        return PATH;
    for (i = 0; names[i] != NULL; i++)
        if (az_str_eq_c(text, names[i]))
            return (enum name)i;
    return UNKNOWN;
}

/* Takes what stands at *AT: text, a doubled brace, or a name in braces.  False
   at a single brace. */
static bool
take_piece(struct az_str text, size_t *at, struct piece *ret)
{
    size_t length = literal_length(text, *at), end;

    if (length == 0 && *at + 1 < text.len && text.p[*at + 1] == text.p[*at]) {
        *ret = (struct piece){ TEXT, { text.p + *at, 1 } };
        *at += 2;
        return true;
    }
    if (length > 0) {
        *ret = (struct piece){ TEXT, { text.p + *at, length } };
        *at += length;
        return true;
    }
    end = find_end(text, *at + 1);
    if (text.p[*at] == '}' || end == text.len)
        return false;
    ret->text = (struct az_str){ text.p + *at + 1, end - *at - 1 };
    ret->name = name_of(ret->text);
    *at = end + 1;
    return true;
}

/* Whether PIECE of NODE's text means something; notes its path. */
static bool
check_piece(struct parser *parser, const struct az_node *node,
            const struct piece *piece, struct template *template)
{
    size_t start = (size_t)(piece->text.p - node->text);
    struct az_diag *diag;

    if (piece->name == PATH) {
        template->paths =
            az_arena_grow(parser->arena, template->paths, template->count,
                          &template->capacity, sizeof(*template->paths));
        return az_rule_parse_path_text(parser, node, piece->text, start,
                                       &template->paths[template->count++]);
    }
    if (piece->name != UNKNOWN)
        return true;
    diag = az_rule_mistake_inside(
        parser, node, start, "template",
        az_arena_printf(parser->arena, "unknown name %s",
                        az_str_quote(parser->arena, piece->text)));
    az_rule_hint_nearest(parser, diag, piece->text, names);
    return false;
}

/* Whether a name in braces may be a path, the only kind of piece of which
   something is noted. */
static bool
may_have_paths(struct az_str text)
{
    const char *p = text.p, *end = text.p + text.len;

    while ((p = memchr(p, '{', (size_t)(end - p))) != NULL)
        if (++p < end && (*p == '@' || *p == '$'))
            return true;
    return false;
}

const struct template *
az_rule_parse_template(struct parser *parser, const struct az_node *node)
{
    struct template *template = AZ_NEW(parser->arena, struct template);
    struct piece piece;
    size_t at = 0;

    template->text = az_node_text(node);
    /* those of the program have been tested */
    if (parser->document->embedded && !may_have_paths(template->text))
        return template;
    while (at < node->count) {
        if (!take_piece(template->text, &at, &piece)) {
            az_rule_mistake_inside(parser, node, at, "template",
                                   "a single brace; a literal one is doubled");
            return NULL;
        }
        if (!check_piece(parser, node, &piece, template))
            return NULL;
    }
    return template;
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

/* Adds what PIECE, which is no path, stands for. */
static void
add_piece(struct az_buf *buf, struct trial *trial, const struct piece *piece,
          const struct failure *failure)
{
    switch (piece->name) {
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
    case TEXT:
    case PATH:
    case UNKNOWN:
        az_buf_add_escaped(buf, piece->text, 0);
        break;
    }
}

const char *
az_rule_template_expand(struct trial *trial, const struct template *template,
                        const struct failure *failure)
{
    size_t at = 0, paths = 0;
    struct piece piece;
    struct az_buf buf;

    az_buf_init(&buf, trial->arena);
    while (at < template->text.len && take_piece(template->text, &at, &piece)) {
        if (piece.name == PATH)
            add_path(&buf, trial, &template->paths[paths++]);
        else
            add_piece(&buf, trial, &piece, failure);
    }
    return buf.p;
}
