/* The JSON reader: RFC 8259, strictly, into nodes with spans.
   SPDX-License-Identifier: MIT

   One pass, by recursive descent that AZ_MAX_DEPTH bounds.  Values are built
   in place: strings without escapes and all numbers borrow from the source,
   and each array or object costs one block of the arena.  UTF-8 is checked
   where it may stand at all, inside strings. */

#include "read/json.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/ascii.h"
#include "core/decimal.h"
#include "core/limits.h"
#include "core/utf8.h"
#include "read/json-scan.h"
#include "read/read.h"

/* Numbers with no more bytes and exponent digits than these are within
   AZ_MAX_DIGITS and AZ_MAX_EXPONENT without a closer look. */
#define SHORT_NUMBER   1000
#define SHORT_EXPONENT 3

/* A byte that may not follow a number or a literal directly. */
static inline bool
is_word_byte(char c)
{
    return az_is_alnum(c) || c == '_' || c == '.' || c == '+' || c == '-';
}

static const char *
skip_long_space(const char *p, const char *end)
{
    for (;;) {
        while (end - p >= 8 &&
               json_load_word(p) == UINT64_C(0x2020202020202020))
            p += 8;
        if (p == end || !json_is_space(*p))
            return p;
        p++;
    }
}

/* The next byte that is no white space: most often P itself, or behind one
   space. */
static inline const char *
skip_space(const char *p, const char *end)
{
    if (p != end && *p == ' ')
        p++;
    if (p == end || (unsigned char)*p > ' ')
        return p;
    return skip_long_space(p, end);
}

/* Strings. */

/* The closing quote of a string, P somewhere in it, or where it goes wrong: at
   END or at a byte that is no quote. */
static const char *
scan_string(const char *p, const char *end, bool *ret_escaped)
{
    for (;;) {
        const char *from;
        uint32_t unused;

        p = json_skip_plain(p, end);
        from = p;
        if (p < end && *p == '\\') {
            if (end - p >= 2 && az_json_short_escapes[(unsigned char)p[1]] != 0)
                p += 2;
            else
                p += az_json_read_escape(p, end, &unused);
            *ret_escaped = true;
        } else {
            p = az_utf8_skip(p, end);
        }
        if (p == from)
            return p;
    }
}

static struct az_span
span_between(const struct json_reader *r, const char *from, const char *to)
{
    return (struct az_span){ .start = (uint32_t)(from - r->start),
                             .end = (uint32_t)(to - r->start) };
}

/* The string whose opening quote P is, plain before AT and not there. */
static const char *
read_rich_string(struct json_reader *r, const char *p, const char *at,
                 struct az_str *ret)
{
    bool escaped = false;
    const char *close = scan_string(at, r->end, &escaped);

    if (close == r->end || *close != '"')
        return az_json_bad_string(r, p, close);
    if (escaped)
        *ret = az_json_decode(r->arena, p + 1, close);
    else
        *ret = (struct az_str){ .p = p + 1, .len = (size_t)(close - p - 1) };
    return close + 1;
}

/* The string whose opening quote P is; returns what follows the closing one. */
static inline const char *
read_string(struct json_reader *r, const char *p, struct az_str *ret)
{
    const char *close = json_skip_plain(p + 1, r->end);

    if (close == r->end || *close != '"')
        return read_rich_string(r, p, close, ret);
    *ret = (struct az_str){ .p = p + 1, .len = (size_t)(close - p - 1) };
    return close + 1;
}

/* Numbers and literals. */

static inline const char *
read_number(struct json_reader *r, const char *p, struct az_node *ret)
{
    size_t exponent = 0;
    const char *to = az_json_scan_number(p, r->end, &exponent);

    if (to == NULL || (to < r->end && is_word_byte(*to)))
        return az_json_unexpected(r, p, JSON_VALUE);
    if (to - p > SHORT_NUMBER || exponent > SHORT_EXPONENT) {
        struct az_str text = { .p = p, .len = (size_t)(to - p) };
        struct az_decimal unused;
        if (!az_decimal_parse(r->arena, text, &unused))
            return az_json_number_limit(r, p, to);
    }
    ret->type = AZ_NUMBER;
    ret->alias = 0;
    ret->count = (uint32_t)(to - p);
    ret->span = span_between(r, p, to);
    ret->text = p;
    return to;
}

static const char *
read_literal(struct json_reader *r, const char *p, struct az_node *ret)
{
    static const struct {
        struct az_str text;
        uint8_t type; /* enum az_type */
        bool truth;
    } literals[] = {
        { AZ_STR("true"), AZ_BOOLEAN, true },
        { AZ_STR("false"), AZ_BOOLEAN, false },
        { AZ_STR("null"), AZ_NULL, false },
    };

    for (size_t i = 0; i < sizeof(literals) / sizeof(literals[0]); i++) {
        size_t len = literals[i].text.len;
        if ((size_t)(r->end - p) < len ||
            memcmp(p, literals[i].text.p, len) != 0)
            continue;
        if (p + len < r->end && is_word_byte(p[len]))
            break;
        ret->type = literals[i].type;
        ret->alias = 0;
        ret->count = 0;
        ret->span = span_between(r, p, p + len);
        ret->text = NULL;
        if (literals[i].type == AZ_BOOLEAN)
            ret->truth = literals[i].truth;
        return p + len;
    }
    return az_json_unexpected(r, p, JSON_VALUE);
}

/* Arrays and objects. */

/* V with room for twice CAPACITY. */
static void *
grow_pending(struct json_reader *r, void *v, size_t *capacity, size_t size)
{
    size_t wanted = *capacity == 0 ? 64 : *capacity * 2;
    void *grown = realloc(v, wanted * size);

    if (grown == NULL)
        az_arena_oom(r->arena);
    *capacity = wanted;
    return grown;
}

/* The number of a new pending item (member), whose content is the caller's to
   set: by number, because the array moves while values are read into it. */
static inline size_t
add_item(struct json_reader *r)
{
    if (r->item_count == r->item_capacity)
        r->items =
            grow_pending(r, r->items, &r->item_capacity, sizeof(*r->items));
    return r->item_count++;
}

static inline size_t
add_member(struct json_reader *r)
{
    if (r->member_count == r->member_capacity)
        r->members = grow_pending(r, r->members, &r->member_capacity,
                                  sizeof(*r->members));
    return r->member_count++;
}

static void
enter(struct json_reader *r, struct json_frame *frame, const char *open)
{
    frame->outer = r->frame;
    frame->open = open;
    frame->object = *open == '{';
    frame->base = frame->object ? r->member_count : r->item_count;
    frame->current = frame->base;
    frame->like_count = 0;
    r->frame = frame;
    r->depth++;
}

static void
leave(struct json_reader *r)
{
    r->frame = r->frame->outer;
    r->depth--;
}

static void
close_array(struct json_reader *r, const char *close, struct az_node *ret)
{
    size_t base = r->frame->base;
    size_t count = r->item_count - base;
    struct az_node *items = NULL;

    if (count > 0) {
        items = az_arena_alloc(r->arena, count * sizeof(*items));
        memcpy(items, r->items + base, count * sizeof(*items));
    }
    ret->type = AZ_ARRAY;
    ret->alias = 0;
    ret->count = (uint32_t)count;
    ret->span = span_between(r, r->frame->open, close + 1);
    ret->items = items;
    r->item_count = base;
}

/* Where the shape of the innermost object, whose first key is KEY, is kept. */
static struct json_shape *
shape_of(struct json_reader *r, struct az_str key)
{
    size_t bucket = key.len + 7u * r->depth;

    if (key.len > 0)
        bucket += 5u * (unsigned char)key.p[0] +
                  3u * (unsigned char)key.p[key.len - 1];
    return &r->shapes[bucket % JSON_SHAPES];
}

/* Guesses the keys of the innermost object by its first one, *KEY. */
static inline void
guess_keys(struct json_reader *r, struct json_frame *frame, struct az_str *key)
{
    const struct json_shape *shape = shape_of(r, *key);

    if (shape->count > 0 && az_str_eq(shape->members[0].key, *key)) {
        frame->like = shape->members;
        frame->like_count = shape->count;
        *key = shape->members[0].key;
    }
}

/* Whether the key at P, member INDEX of the innermost object, is spelt as
   guessed.  Then it is the same key, without a look at what is in it. */
static inline bool
is_guessed(const struct json_reader *r, const struct json_frame *frame,
           size_t index, const char *p)
{
    const struct az_span *span;
    size_t size;

    if (index >= frame->like_count)
        return false;
    span = &frame->like[index].key_span;
    size = span->end - span->start;
    return size <= (size_t)(r->end - p) &&
           json_same_bytes(r->start + span->start, p, size);
}

/* Makes an object of MEMBERS, whose keys must differ. */
static void
settle_keys(struct json_reader *r, struct az_member *members, size_t count)
{
    struct json_shape *shape;

    if (r->frame->like_count == count) {
        az_object_index_like(members, r->frame->like, count);
        return;
    }
    if (az_object_index(r->arena, members, count)) {
        az_json_duplicate_keys(r, members, count);
        return;
    }
    shape = shape_of(r, members[0].key);
    shape->members = members;
    shape->count = count;
}

static void
close_object(struct json_reader *r, const char *close, struct az_node *ret)
{
    size_t base = r->frame->base;
    size_t count = r->member_count - base;
    struct az_member *members = NULL;

    if (count > 0) {
        members = az_object_alloc(r->arena, count);
        memcpy(members, r->members + base, count * sizeof(*members));
        settle_keys(r, members, count);
    }
    ret->type = AZ_OBJECT;
    ret->alias = 0;
    ret->count = (uint32_t)count;
    ret->span = span_between(r, r->frame->open, close + 1);
    ret->members = members;
    r->member_count = base;
}

static const char *read_value(struct json_reader *r, const char *p,
                              struct az_node *ret);

/* The items of the innermost array, P behind its bracket; returns the closing
   bracket. */
static const char *
read_items(struct json_reader *r, struct json_frame *frame, const char *p)
{
    p = skip_space(p, r->end);
    if (p < r->end && *p == ']')
        return p;
    for (;;) {
        frame->current = add_item(r);
        p = read_value(r, p, &r->items[frame->current]);
        if (p == NULL)
            return NULL;
        p = skip_space(p, r->end);
        if (p == r->end || *p != ',')
            break;
        p = skip_space(p + 1, r->end);
    }
    if (p == r->end || *p != ']')
        return az_json_unexpected(r, p, JSON_MORE);
    return p;
}

/* The key at P of the member that is being read; returns what follows it. */
static inline const char *
read_key(struct json_reader *r, struct json_frame *frame, const char *p)
{
    struct az_member *member = &r->members[frame->current];
    size_t index = frame->current - frame->base;
    const char *from = p;

    if (is_guessed(r, frame, index, p)) {
        const struct az_member *like = &frame->like[index];

        /* Who looks for a key in many objects reads its text in one place. */
        member->key = like->key;
        p += like->key_span.end - like->key_span.start;
    } else {
        frame->like_count = 0;
        p = read_string(r, p, &member->key);
        if (p == NULL)
            return NULL;
        if (index == 0)
            guess_keys(r, frame, &member->key);
    }
    member->key_span = span_between(r, from, p);
    return p;
}

/* One member, P where its key should be; returns what follows the value. */
static inline const char *
read_member(struct json_reader *r, struct json_frame *frame, const char *p)
{
    if (p == r->end || *p != '"')
        return az_json_unexpected(r, p, JSON_KEY);
    frame->current = add_member(r);
    p = read_key(r, frame, p);
    if (p == NULL)
        return NULL;
    p = skip_space(p, r->end);
    if (p == r->end || *p != ':')
        return az_json_unexpected(r, p, JSON_COLON);
    p = skip_space(p + 1, r->end);
    return read_value(r, p, &r->members[frame->current].value);
}

/* The same as read_items, of an object. */
static const char *
read_members(struct json_reader *r, struct json_frame *frame, const char *p)
{
    p = skip_space(p, r->end);
    if (p < r->end && *p == '}')
        return p;
    for (;;) {
        p = read_member(r, frame, p);
        if (p == NULL)
            return NULL;
        p = skip_space(p, r->end);
        if (p == r->end || *p != ',')
            break;
        p = skip_space(p + 1, r->end);
    }
    if (p == r->end || *p != '}')
        return az_json_unexpected(r, p, JSON_MORE);
    return p;
}

/* Where the value belongs that is read in FRAME, or else the root. */
static inline struct az_node *
current_value(const struct json_reader *r, const struct json_frame *frame)
{
    if (frame == NULL)
        return r->root;
    return frame->object ? &r->members[frame->current].value
                         : &r->items[frame->current];
}

static const char *
read_container(struct json_reader *r, const char *p)
{
    struct json_frame frame;

    if (r->depth == r->limits->depth)
        return az_json_depth_limit(r, p);
    enter(r, &frame, p);
    if (frame.object) {
        p = read_members(r, &frame, p + 1);
        if (p != NULL)
            close_object(r, p, current_value(r, frame.outer));
    } else {
        p = read_items(r, &frame, p + 1);
        if (p != NULL)
            close_array(r, p, current_value(r, frame.outer));
    }
    leave(r);
    return p == NULL ? NULL : p + 1;
}

/* The value at P, which is no white space; returns what follows it.  Single
   values are written to RET, where they belong: to be copied there, they would
   first have to leave the processor's store buffer.  While an array or object
   is read, that place may move. */
static const char *
read_value(struct json_reader *r, const char *p, struct az_node *ret)
{
    struct az_str text = { NULL, 0 };
    const char *from;

    if (p == r->end)
        return az_json_unexpected(r, p, JSON_VALUE);
    if (r->node_count == r->limits->nodes)
        return az_json_node_limit(r, p);
    r->node_count++;
    switch (*p) {
    case '"':
        from = p;
        p = read_string(r, p, &text);
        if (p == NULL)
            return NULL;
        ret->span = span_between(r, from, p);
        ret->type = AZ_STRING;
        ret->alias = 0;
        ret->count = (uint32_t)text.len;
        ret->text = text.p;
        return p;
    case '{':
    case '[':
        return read_container(r, p);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return read_number(r, p, ret);
    default:
        return read_literal(r, p, ret);
    }
}

/* The root; NULL with a finding. */
static const struct az_node *
read_root(struct json_reader *r)
{
    const char *p;

    r->root = AZ_NEW(r->arena, struct az_node);
    if (az_json_other_encoding(r))
        return NULL;
    p = read_value(r, skip_space(r->start, r->end), r->root);
    if (p == NULL)
        return NULL;
    p = skip_space(p, r->end);
    if (p != r->end) {
        az_json_unexpected(r, p, JSON_END);
        return NULL;
    }
    return r->root;
}

const struct az_document *
az_json_read_within(struct az_arena *arena, struct az_sink *sink,
                    const struct az_source *source,
                    const struct az_limits *limits)
{
    const char *text = source->text.len == 0 ? "" : source->text.p;
    struct json_reader r = {
        .arena = arena,
        .sink = sink,
        .source = source,
        .start = text,
        .end = text + source->text.len,
        .limits = limits,
        .duplicates = { .arena = arena,
                        .sink = sink,
                        .source = source,
                        .otherwise = ": escapes make no difference" },
    };
    struct az_document *document;
    const struct az_node *root = read_root(&r);

    free(r.items);
    free(r.members);
    if (root == NULL)
        return NULL;
    document = AZ_NEW(arena, struct az_document);
    document->source = source;
    document->root = root;
    document->format = AZ_FORMAT_JSON;
    document->malformed = r.malformed;
    return document;
}

const struct az_document *
az_read_embedded(struct az_arena *arena, struct az_sink *sink,
                 const struct az_source *source)
{
    return az_json_read_within(arena, sink, source, &az_limits_own);
}

const struct az_document *
az_read_json(struct az_arena *arena, struct az_sink *sink,
             const struct az_source *source)
{
    return az_json_read_within(arena, sink, source, az_arena_limits(arena));
}
