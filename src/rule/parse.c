/* Reading a ruleset: mistakes, keys, paths, operands.
   SPDX-License-Identifier: MIT */

#include "rule/parse.h"

#include <stdarg.h>
#include <string.h>

#include "core/arena.h"
#include "core/utf8.h"
#include "regex/regex.h"
#include "rule/judging.h"

struct az_diag *
az_rule_mistake(struct parser *parser, const struct az_node *node,
                const char *format, ...)
{
    struct az_diag *diag;
    const char *message;
    va_list args;

    va_start(args, format);
    message = az_arena_vprintf(parser->arena, format, args);
    va_end(args);
    parser->mistakes++;
    diag =
        az_sink_add(parser->sink, AZ_DIAG_RULESET_INVALID,
                    az_document_place(parser->document, node), "%s", message);
    diag->pointer = az_document_pointer(parser->arena, parser->document, node);
    return diag;
}

static size_t
count_names(const char *const *names)
{
    size_t count = 0;

    while (names[count] != NULL)
        count++;
    return count;
}

void
az_rule_hint_nearest(struct parser *parser, struct az_diag *diag,
                     struct az_str word, const char *const *names)
{
    size_t count = count_names(names), i;
    struct az_str *candidates =
        az_arena_array(parser->arena, count + 1, sizeof(*candidates));

    for (i = 0; i < count; i++)
        candidates[i] = az_str_from(names[i]);
    i = az_str_nearest(word, candidates, count);
    if (i < count)
        az_diag_hint(parser->sink, diag, "did you mean '%s'?", names[i]);
}

bool
az_rule_is_among(struct az_str word, const char *const *names)
{
    for (; *names != NULL; names++)
        if (az_str_eq_c(word, *names))
            return true;
    return false;
}

bool
az_rule_check_keys(struct parser *parser, const struct az_node *object,
                   const char *const *names, const char *what)
{
    bool all_known = true;
    size_t i;

    /* 60,000 instructions of a check of the three reference policies */
    if (parser->document->embedded)
        return true;
    for (i = 0; i < object->count; i++) {
        const struct az_member *member = &object->members[i];
        struct az_diag *diag;

        if (az_rule_is_among(member->key, names))
            continue;
        diag = az_rule_mistake(parser, &member->value, "unknown key %s in %s",
                               az_str_quote(parser->arena, member->key), what);
        diag->place.span = member->key_span;
        az_rule_hint_nearest(parser, diag, member->key, names);
        all_known = false;
    }
    return all_known;
}

static const char *const with_article[] = {
    "null", "a boolean", "a number", "a string", "an array", "an object",
};

bool
az_rule_want(struct parser *parser, const struct az_node *node,
             enum az_type type, const char *what)
{
    if (node->type == (uint32_t)type)
        return true;
    az_rule_mistake(parser, node, "%s is %s, not %s", what,
                    with_article[node->type], with_article[type]);
    return false;
}

bool
az_rule_want_true(struct parser *parser, const struct az_node *node,
                  const char *what)
{
    if (az_node_is_true(node))
        return true;
    az_rule_mistake(parser, node, "'%s' takes only true", what);
    return false;
}

bool
az_rule_want_member(struct parser *parser, const struct az_node *node,
                    enum az_type type, const char *key)
{
    if (node->type == (uint32_t)type)
        return true;
    return az_rule_want(parser, node, type,
                        az_arena_printf(parser->arena, "'%s'", key));
}

bool
az_rule_flag(struct parser *parser, const struct az_node *object,
             const char *key)
{
    const struct az_node *node = az_node_get(object, key);

    return node != NULL && az_rule_want_member(parser, node, AZ_BOOLEAN, key) &&
           node->truth;
}

int
az_rule_choose(struct parser *parser, const struct az_node *node,
               const char *const *names, const char *what)
{
    struct az_diag *diag;
    int i;

    if (!az_rule_want(parser, node, AZ_STRING, what))
        return -1;
    for (i = 0; names[i] != NULL; i++)
        if (az_node_is_string(node, names[i]))
            return i;
    diag =
        az_rule_mistake(parser, node, "%s is no %s",
                        az_str_quote(parser->arena, az_node_text(node)), what);
    az_rule_hint_nearest(parser, diag, az_node_text(node), names);
    return -1;
}

/* Moves a finding at string NODE to the byte OFFSET of its text, where the
   source spells the text as it is, quotes aside. */
static void
point_into(const struct parser *parser, struct az_diag *diag,
           const struct az_node *node, size_t offset)
{
    struct az_str text = az_node_text(node);
    struct az_str source = parser->document->source->text;
    size_t start;

    for (start = node->span.start;
         start <= (size_t)node->span.start + 1 && start <= source.len;
         start++) {
        struct az_str rest = { source.p + start, source.len - start };

        if (!az_str_starts_with(rest, text) ||
            start + text.len > node->span.end)
            continue;
        diag->place.span.start = (uint32_t)(start + offset);
        diag->place.span.end = (uint32_t)(start + az_utf8_next(text, offset));
        return;
    }
}

struct az_diag *
az_rule_mistake_inside(struct parser *parser, const struct az_node *node,
                       size_t offset, const char *what, const char *message)
{
    struct az_str before = { node->text, offset };
    struct az_diag *diag =
        az_rule_mistake(parser, node, "%s: %s, at character %zu", what, message,
                        az_utf8_length(before) + 1);

    point_into(parser, diag, node, offset);
    return diag;
}

static bool
check_kind(struct parser *parser, const struct az_node *node,
           struct az_str kind)
{
    const char *const *kinds =
        parser->options == NULL ? NULL : parser->options->kinds;
    struct az_diag *diag;

    if (kinds == NULL || az_rule_is_among(kind, kinds))
        return true;
    diag = az_rule_mistake_inside(
        parser, node, (size_t)(kind.p - node->text), "path",
        az_arena_printf(parser->arena, "unknown kind %s",
                        az_str_quote(parser->arena, kind)));
    az_rule_hint_nearest(parser, diag, kind, kinds);
    return false;
}

/* Whether the rule has an extract called NAME, and its number. */
static bool
find_extract(const struct parser *parser, struct az_str name, unsigned *ret)
{
    for (*ret = 0; *ret < parser->extract_count; ++*ret)
        if (az_str_eq(parser->extracts[*ret].name, name))
            return true;
    return false;
}

static unsigned
number_of_kind(struct parser *parser, struct az_str kind)
{
    unsigned i;

    for (i = 0; i < parser->kind_count; i++)
        if (az_str_eq_c(kind, parser->kinds[i]))
            return i;
    parser->kinds =
        az_arena_grow(parser->arena, (void *)parser->kinds, parser->kind_count,
                      &parser->kind_capacity, sizeof(*parser->kinds));
    parser->kinds[parser->kind_count++] = az_arena_str(parser->arena, kind).p;
    return i;
}

/* The place of a '$' outside quotes behind the first character; it would mean
   the subject, not the document.  The length if there is none. */
static size_t
find_inner_root(struct az_str path)
{
    char quote = '\0';
    size_t i;

    for (i = 1; i < path.len; i++) {
        char c = path.p[i];

        if (quote != '\0') {
            if (c == '\\')
                i++;
            else if (c == quote)
                quote = '\0';
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '$') {
            break;
        }
    }
    return i < path.len ? i : path.len;
}

static const struct az_query *
compile_query(struct parser *parser, const struct az_node *node,
              struct az_str path, size_t offset)
{
    struct az_query_error error;
    const struct az_query *query;
    struct az_map_entry *entry;
    char *rooted;
    bool is_new;

    if (path.p[0] == '@') {
        rooted = az_arena_alloc(parser->arena, path.len + 1);
        memcpy(rooted, path.p, path.len);
        rooted[0] = '$';
        rooted[path.len] = '\0';
        path.p = rooted;
    }
    entry = az_map_put(&parser->queries, path, &is_new);
    if (!is_new && entry->value != NULL)
        return entry->value;
    query = az_query_parse(parser->arena, path, &error);
    if (query == NULL) {
        az_rule_mistake_inside(parser, node, offset + error.offset, "path",
                               error.message);
        return NULL;
    }
    entry->value = (void *)(uintptr_t)query;
    return query;
}

bool
az_rule_parse_path_text(struct parser *parser, const struct az_node *node,
                        struct az_str text, size_t offset, struct path *ret)
{
    struct az_str kind = { NULL, 0 }, path = text;
    size_t prefix = az_query_split(text, &kind), inner;

    path.p += prefix;
    path.len -= prefix;
    ret->text = text;
    if (path.len == 0 || (path.p[0] != '$' && (path.p[0] != '@' || prefix))) {
        az_rule_mistake_inside(parser, node, offset + prefix, "path",
                               prefix ? "expected '$' behind the kind"
                                      : "expected '$', '@' or a kind and ':'");
        return false;
    }
    ret->scope = prefix             ? SCOPE_KIND
                 : path.p[0] == '@' ? SCOPE_SUBJECT
                                    : SCOPE_ROOT;
    inner = ret->scope == SCOPE_SUBJECT ? find_inner_root(path) : path.len;
    if (inner < path.len) {
        az_rule_mistake_inside(parser, node, offset + inner, "path",
                               "'$' inside a path that starts with '@'");
        return false;
    }
    ret->query = compile_query(parser, node, path, offset + prefix);
    if (ret->query == NULL)
        return false;
    if (ret->scope == SCOPE_KIND && find_extract(parser, kind, &ret->kind)) {
        ret->scope = SCOPE_EXTRACT;
    } else if (ret->scope == SCOPE_KIND) {
        if (!check_kind(parser, node, kind))
            return false;
        ret->kind = number_of_kind(parser, kind);
    }
    parser->path_patterns |= az_query_has_patterns(ret->query);
    ret->slot = parser->slots++;
    if (ret->scope != SCOPE_SUBJECT) {
        parser->fixed =
            az_arena_grow(parser->arena, parser->fixed, parser->fixed_count,
                          &parser->fixed_capacity, sizeof(*parser->fixed));
        parser->fixed[parser->fixed_count++] = *ret;
    }
    return true;
}

bool
az_rule_parse_path(struct parser *parser, const struct az_node *node,
                   struct path *ret)
{
    return az_rule_want(parser, node, AZ_STRING, "a path") &&
           az_rule_parse_path_text(parser, node, az_node_text(node), 0, ret);
}

const struct path *
az_rule_parse_paths(struct parser *parser, const struct az_node *node,
                    const char *what, size_t *ret_count)
{
    struct path *paths;
    bool good = true;
    size_t i;

    if (!az_rule_want(parser, node, AZ_ARRAY, what))
        return NULL;
    if (node->count == 0) {
        az_rule_mistake(parser, node, "%s lists no paths", what);
        return NULL;
    }
    paths = az_arena_array(parser->arena, node->count, sizeof(*paths));
    for (i = 0; i < node->count; i++)
        good &= az_rule_parse_path(parser, &node->items[i], &paths[i]);
    *ret_count = node->count;
    return good ? paths : NULL;
}

bool
az_rule_parse_transform(struct parser *parser, const struct az_node *node,
                        enum transform *ret)
{
    const char *names[TRANSFORM_COUNT];
    int chosen;

    memcpy(names, az_rule_transform_names + 1,
           (TRANSFORM_COUNT - 1) * sizeof(*names));
    names[TRANSFORM_COUNT - 1] = NULL;
    chosen = az_rule_choose(parser, node, names, "transform");
    if (chosen < 0)
        return false;
    *ret = (enum transform)(chosen + 1);
    return true;
}

static const struct operand *
parse_literal(struct parser *parser, const struct az_node *node, bool set)
{
    struct operand *operand = AZ_NEW(parser->arena, struct operand);
    bool list = set && node->type == AZ_ARRAY;
    struct item *items;
    size_t i;

    if (list && node->count == 0) {
        az_rule_mistake(parser, node, "an empty list compares with nothing");
        return NULL;
    }
    for (i = 0; list && i < node->count; i++)
        if (az_node_get(&node->items[i], "path") != NULL) {
            az_rule_mistake(parser, &node->items[i],
                            "a path stands alone, not in a list of values");
            return NULL;
        }
    operand->literal = node;
    operand->count = list ? node->count : 1;
    items = az_arena_array(parser->arena, operand->count, sizeof(*items));
    for (i = 0; i < operand->count; i++) {
        items[i].node = list ? &node->items[i] : node;
        items[i].place = items[i].node;
    }
    operand->items = items;
    operand->slot = parser->slots++;
    return operand;
}

const struct operand *
az_rule_parse_operand(struct parser *parser, const struct az_node *node,
                      bool set)
{
    static const char *const names[] = { "path", "as", "keys", "may_be_empty",
                                         NULL };
    const struct az_node *path, *as;
    struct operand *operand;
    bool good;

    if (node->type != AZ_OBJECT)
        return parse_literal(parser, node, set);
    path = az_node_get(node, "path");
    if (path == NULL) {
        az_rule_mistake(parser, node,
                        "an object here is '{path: ...}', and has no 'path'");
        return NULL;
    }
    operand = AZ_NEW(parser->arena, struct operand);
    good = az_rule_check_keys(parser, node, names, "an operand");
    good &= az_rule_parse_path(parser, path, &operand->path);
    as = az_node_get(node, "as");
    if (as != NULL)
        good &= az_rule_parse_transform(parser, as, &operand->transform);
    operand->keys = az_rule_flag(parser, node, "keys");
    operand->may_be_empty = az_rule_flag(parser, node, "may_be_empty");
    operand->slot = operand->path.slot;
    return good ? operand : NULL;
}

const struct operand *
az_rule_parse_values(struct parser *parser, const struct az_node *node)
{
    const struct operand *operand = az_rule_parse_operand(parser, node, true);

    if (operand != NULL && operand->literal == NULL &&
        operand->path.scope != SCOPE_SUBJECT && !operand->keys &&
        operand->transform == TRANSFORM_NONE)
        parser->fixed[parser->fixed_count - 1].sifted = true;
    return operand;
}

static void
refuse_regex(struct parser *parser, const struct az_node *node,
             const struct az_regex_error *error)
{
    struct az_diag *diag = az_sink_add(
        parser->sink, AZ_DIAG_REGEX_INVALID,
        az_document_place(parser->document, node),
        "pattern: %s, at character %zu", error->message,
        az_utf8_length((struct az_str){ node->text, error->offset }) + 1);

    diag->pointer = az_document_pointer(parser->arena, parser->document, node);
    point_into(parser, diag, node, error->offset);
    parser->mistakes++;
}

struct az_regex *
az_rule_parse_regex(struct parser *parser, const struct az_node *node)
{
    struct az_regex_error error;
    struct az_regex *regex;

    if (!az_rule_want(parser, node, AZ_STRING, "a pattern"))
        return NULL;
    regex = az_regex_new(parser->arena, az_node_text(node), AZ_REGEX_ECMA,
                         false, &error);
    if (regex == NULL)
        refuse_regex(parser, node, &error);
    return regex;
}

struct az_regex *
az_rule_parse_capture(struct parser *parser, const struct az_node *node)
{
    struct az_regex_error error;
    struct az_regex *regex;
    size_t count;

    if (!az_rule_want(parser, node, AZ_STRING, "a pattern"))
        return NULL;
    regex = az_regex_new_capture(parser->arena, az_node_text(node), &error);
    if (regex == NULL) {
        refuse_regex(parser, node, &error);
        return NULL;
    }
    az_regex_groups(regex, &count);
    if (count > 0)
        return regex;
    az_diag_hint(
        parser->sink,
        az_rule_mistake(parser, node, "the pattern has no named group"),
        "'(?<name>...)' is one");
    return NULL;
}
