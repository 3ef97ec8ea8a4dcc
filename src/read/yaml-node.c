/* Scalars of a YAML file: values and keys, by tag, style and text.
   SPDX-License-Identifier: MIT */

#include "core/ascii.h"
#include "read/yaml.h"

#include <string.h>

#include "core/arena.h"
#include "core/limits.h"

#define CORE_TAG "tag:yaml.org,2002:"

/* The tags of the core schema, and those of the types that YAML 1.2.2 still
   shows (examples 2.23, 2.25 and 2.26), whose form JSON keeps as it is written:
   base64 as text, a set as keys without values, an ordered map as a list of
   mappings. */
static const struct core_tag {
    const char *name;
    enum az_type type;
    bool fraction; /* of a number */
} core_tags[] = {
    { CORE_TAG "str", AZ_STRING, false },
    { CORE_TAG "int", AZ_NUMBER, false },
    { CORE_TAG "float", AZ_NUMBER, true },
    { CORE_TAG "bool", AZ_BOOLEAN, false },
    { CORE_TAG "null", AZ_NULL, false },
    { CORE_TAG "seq", AZ_ARRAY, false },
    { CORE_TAG "map", AZ_OBJECT, false },
    { CORE_TAG "binary", AZ_STRING, false },
    { CORE_TAG "set", AZ_OBJECT, false },
    { CORE_TAG "omap", AZ_ARRAY, false },
    /* the non-specific tag: text, list or mapping by the form alone */
    { "!", AZ_STRING, false },
};

/* Tags. */

static bool
refuse_tag(struct yaml_reader *r, const char *hint, const char *what)
{
    struct az_str text = { .p = r->text + r->tag.start,
                           .len = r->tag.end - r->tag.start };

    return az_yaml_refuse(r, AZ_DIAG_YAML_UNSUPPORTED, r->tag.start, r->tag.end,
                          hint, "the tag %s %s", az_str_quote(r->arena, text),
                          what);
}

/* The core tag called NAME; NULL with a finding if it is another.  "!" can be
   written in one way only, not as !<!> (6.9.1). */
static const struct core_tag *
find_tag(struct yaml_reader *r, const yaml_char_t *name)
{
    for (size_t i = 0; i < sizeof(core_tags) / sizeof(core_tags[0]); i++)
        if (strcmp(core_tags[i].name, (const char *)name) == 0 &&
            (name[1] != '\0' || r->tag.end - r->tag.start == 1))
            return &core_tags[i];
    refuse_tag(r,
               "take it out: values are text, numbers, true, false, "
               "null, lists and mappings",
               "has no meaning in JSON");
    return NULL;
}

/* Whether a collection of TYPE may have the tag. */
bool
az_yaml_check_collection_tag(struct yaml_reader *r, const yaml_char_t *name,
                             enum az_type type)
{
    const struct core_tag *tag;

    if (name == NULL)
        return true;
    tag = find_tag(r, name);
    if (tag == NULL)
        return false;
    if (tag->type == type || strcmp(tag->name, "!") == 0)
        return true;
    return refuse_tag(r, "take it out",
                      type == AZ_ARRAY ? "is on a list" : "is on a mapping");
}

/* Scalars. */

/* The decoded text of the scalar at SPAN: a part of the source where it stands
   there as it is, else a copy. */
static struct az_str
scalar_text(struct yaml_reader *r, const yaml_event_t *event,
            struct az_span span)
{
    struct az_str text = { (const char *)event->data.scalar.value,
                           event->data.scalar.length };
    size_t quotes = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    const char *source = r->text + span.start + quotes;

    if (text.len == 0)
        return AZ_STR("");
    if (span.end - span.start == text.len + 2 * quotes &&
        memcmp(source, text.p, text.len) == 0)
        return (struct az_str){ source, text.len };
    return az_arena_str(r->arena, text);
}

static bool
check_number(struct yaml_reader *r, const struct yaml_value *value,
             struct az_str text, struct az_span span)
{
    if (value->not_finite)
        return az_yaml_refuse(r, AZ_DIAG_YAML_UNSUPPORTED, span.start, span.end,
                              "write a number, or put it in quotes",
                              "%s is no number of JSON",
                              az_str_quote(r->arena, text));
    if (value->over_limit)
        return az_yaml_refuse(r, AZ_DIAG_NUMBER_LIMIT, span.start, span.end,
                              "write a shorter number, or put it in quotes",
                              "the number has more than %d digits, or an "
                              "exponent beyond %d",
                              AZ_MAX_DIGITS, AZ_MAX_EXPONENT);
    return true;
}

/* What the scalar means, by its tag, style and text. */
static bool
resolve(struct yaml_reader *r, const yaml_event_t *event, struct az_str text,
        struct az_span span, struct yaml_value *ret)
{
    const yaml_char_t *name = event->data.scalar.tag;
    const struct core_tag *tag;

    if (name == NULL) {
        *ret = (struct yaml_value){ .type = AZ_STRING };
        if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
            *ret = az_yaml_resolve(r->arena, text);
    } else {
        tag = find_tag(r, name);
        if (tag == NULL)
            return false;
        if (!az_yaml_resolve_as(r->arena, text, tag->type, tag->fraction, ret))
            return refuse_tag(r, "take the tag out, or correct the value",
                              "does not fit the value");
    }
    return ret->type != AZ_NUMBER || check_number(r, ret, text, span);
}

static struct az_node
scalar_node(const struct yaml_value *value, struct az_str text,
            struct az_span span)
{
    struct az_node node = { .type = value->type & 0xff, .span = span };

    if (value->type == AZ_BOOLEAN) {
        node.truth = value->truth;
    } else if (value->type != AZ_NULL) {
        if (value->type == AZ_NUMBER)
            text = value->number;
        node.text = text.p;
        node.count = (uint32_t)text.len;
    }
    return node;
}

/* Keys are strings in JSON.  A plain key that means something else (null, true,
   1.0) is not made one silently.  One that only YAML 1.1 takes for something
   else (on, no) is the string it looks like, without a warning: a key is found
   by its text, and a reader that got it wrong would miss it. */
bool
az_yaml_set_key(struct yaml_reader *r, const struct az_node *node)
{
    struct yaml_frame *frame = yaml_frame(r);
    struct az_str text = { .p = r->text + node->span.start,
                           .len = node->span.end - node->span.start };

    if (frame == NULL) /* a key is only looked for in a mapping */
        return false;
    if (node->type != AZ_STRING) {
        if (text.len == 0)
            return az_yaml_refuse(r, AZ_DIAG_YAML_UNSUPPORTED, node->span.start,
                                  node->span.end, "write a key before ':'",
                                  "a mapping has a value without a key");
        return az_yaml_refuse(r, AZ_DIAG_YAML_UNSUPPORTED, node->span.start,
                              node->span.end, "put the key in quotes",
                              "the key %s is of type %s, but keys are strings",
                              az_str_quote(r->arena, text),
                              az_type_name(node->type));
    }
    frame->key = az_node_text(node);
    frame->key_span = node->span;
    frame->has_key = true;
    return true;
}

/* {a:1}, which looks like a member and is a key without a value. */
static void
warn_missing_value(struct yaml_reader *r)
{
    const struct yaml_frame *frame = yaml_frame(r);
    struct az_diag *diag;

    if (frame == NULL || !frame->object || !frame->flow || r->after_colon ||
        frame->key.len == 0 || r->text[frame->key_span.start] == '"' ||
        r->text[frame->key_span.start] == '\'' ||
        memchr(frame->key.p, ':', frame->key.len) == NULL)
        return;
    diag = az_sink_add(r->sink, AZ_DIAG_YAML_AMBIGUOUS,
                       az_place_of(r->source, frame->key_span),
                       "the whole of %s is a key, without a value",
                       az_str_quote(r->arena, frame->key));
    az_diag_hint(r->sink, diag, "write a space behind ':'");
}

/* Whether TEXT is a whole number that can be written in one way only. */
static bool
is_plain_integer(struct az_str text)
{
    size_t i = text.len > 1 && text.p[0] == '-' ? 1 : 0;

    if (text.p[i] == '0' && text.len > 1)
        return false;
    while (i < text.len && az_is_digit(text.p[i]))
        i++;
    return text.len > 0 && i == text.len;
}

/* A key such as 1, which files with numbered entries have.  As a string it has
   one form, so that nothing can be mistaken. */
static bool
set_integer_key(struct yaml_reader *r, const struct az_node *node)
{
    struct az_node key = *node;
    struct az_diag *diag;

    key.type = AZ_STRING;
    diag = az_sink_add(r->sink, AZ_DIAG_YAML_AMBIGUOUS,
                       az_place_of(r->source, node->span),
                       "the key %s is a number in YAML, and is taken as a "
                       "string",
                       az_str_quote(r->arena, az_node_text(node)));
    az_diag_hint(r->sink, diag, "put the key in quotes");
    return az_yaml_set_key(r, &key);
}

/* A plain "<<": its value's members take its place at the mapping's end. */
static bool
set_merge_key(struct yaml_reader *r, const struct az_node *node)
{
    struct yaml_frame *frame = yaml_frame(r);

    if (frame->merges)
        return az_yaml_refuse(r, AZ_DIAG_YAML_UNSUPPORTED, node->span.start,
                              node->span.end,
                              "name the mappings in one list: '<<: [*a, *b]'",
                              "the mapping has a second merge key");
    frame->merges = true;
    frame->merge = frame->count;
    return az_yaml_set_key(r, node);
}

static bool
on_key(struct yaml_reader *r, const yaml_event_t *event, struct az_str text,
       const struct az_node *node)
{
    if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
        event->data.scalar.tag == NULL && az_str_eq_c(text, "<<"))
        return set_merge_key(r, node);
    if (node->type == AZ_NUMBER && event->data.scalar.tag == NULL &&
        is_plain_integer(text))
        return set_integer_key(r, node);
    return az_yaml_set_key(r, node);
}

bool
az_yaml_on_scalar(struct yaml_reader *r, const yaml_event_t *event)
{
    size_t start = az_yaml_offset(r, event->start_mark.index);
    size_t end = az_yaml_offset(r, event->end_mark.index);
    bool properties =
        event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL;
    struct yaml_anchor *anchor;
    struct yaml_value value;
    struct az_span span;
    struct az_node node;
    struct az_str text;

    if (!az_yaml_walk(r, start, end, properties))
        return false;
    span = (struct az_span){ (uint32_t)r->token_end, (uint32_t)r->token_end };
    if (r->at < end) {
        size_t text_end = end;
        bool multi_line = event->end_mark.line > event->start_mark.line;

        span.start = (uint32_t)r->at;
        if (!az_yaml_walk_scalar(r, end, event->data.scalar.style, multi_line,
                                 &text_end))
            return false;
        span.end = (uint32_t)text_end;
    }
    text = scalar_text(r, event, span);
    if (!resolve(r, event, text, span, &value))
        return false;
    node = scalar_node(&value, text, span);
    anchor = az_yaml_set_anchor(r, event->data.scalar.anchor);
    az_yaml_complete_anchor(anchor, &node, 1, 0);
    if (yaml_wants_key(r))
        return on_key(r, event, text, &node);
    if (value.old != YAML_OLD_SAME)
        az_yaml_warn_old(r, value.old, text, span);
    else if (value.type == AZ_NULL && span.start == span.end)
        warn_missing_value(r);
    if (!az_yaml_count_nodes(r, 1, span.start))
        return false;
    az_yaml_add_value(r, &node, 0);
    return true;
}
