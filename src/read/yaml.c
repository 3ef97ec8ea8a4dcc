/* The YAML reader: libyaml's events into nodes with spans.
   SPDX-License-Identifier: MIT

   libyaml knows no types, follows no aliases and has no limits; all that is
   here.  The events come without recursion, so that depth costs frames, not
   stack. */

#include "read/yaml.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/limits.h"
#include "read/read.h"

/* Text to libyaml. */

/* Gives libyaml the text and one newline more where the last line has none:
   without it, libyaml loses the end of a block scalar. */
static int
feed(void *data, unsigned char *buffer, size_t size, size_t *size_read)
{
    struct yaml_reader *r = data;
    size_t left = r->fed < r->len ? r->len - r->fed : 0;
    size_t count = left < size ? left : size;

    if (count > 0)
        memcpy(buffer, r->text + r->fed, count);
    if (r->fed + count == r->len && count < size && r->len > r->begin &&
        r->text[r->len - 1] != '\n')
        buffer[count++] = '\n';
    r->fed += count;
    *size_read = count;
    return 1;
}

/* Pending values. */

static void *
grow(struct yaml_reader *r, void *old, size_t *capacity, size_t size)
{
    size_t wanted = *capacity < 64 ? 64 : *capacity * 2;
    void *p = realloc(old, wanted * size);

    if (p == NULL)
        az_arena_oom(r->arena);
    *capacity = wanted;
    return p;
}

void
az_yaml_add_member(struct yaml_reader *r, const struct az_member *member)
{
    if (r->member_count == r->member_capacity)
        r->members =
            grow(r, r->members, &r->member_capacity, sizeof(*r->members));
    r->members[r->member_count++] = *member;
}

/* Puts VALUE, which stands where R->at was, into the innermost collection, or
   makes it the root. */
void
az_yaml_add_value(struct yaml_reader *r, const struct az_node *value,
                  unsigned height)
{
    struct yaml_frame *frame = yaml_frame(r);

    if (frame == NULL) {
        r->root = AZ_NEW(r->arena, struct az_node);
        *r->root = *value;
        return;
    }
    if (frame->object) {
        const struct az_member member = { .key = frame->key,
                                          .key_span = frame->key_span,
                                          .value = *value };

        az_yaml_add_member(r, &member);
        frame->has_key = false;
    } else {
        if (r->item_count == r->item_capacity)
            r->items = grow(r, r->items, &r->item_capacity, sizeof(*r->items));
        r->items[r->item_count++] = *value;
    }
    frame->count++;
    if (frame->height <= height)
        frame->height = height + 1;
}

bool
az_yaml_count_nodes(struct yaml_reader *r, size_t count, size_t at)
{
    if (count > r->limits->nodes - r->node_count)
        return az_yaml_refuse(r, AZ_DIAG_NODE_LIMIT, at, at + 1,
                              "split the document into several files",
                              "the document has more than %zu values, the "
                              "limit",
                              r->limits->nodes);
    r->node_count += count;
    return true;
}

/* Collections. */

static bool
push_frame(struct yaml_reader *r, const struct yaml_frame *frame)
{
    if (r->depth == r->limits->depth)
        return az_yaml_refuse(
            r, AZ_DIAG_DEPTH_LIMIT, frame->start, frame->start + 1,
            "nest lists and mappings less deep",
            "%s is nested deeper than %zu levels, the limit",
            frame->object ? "the mapping" : "the list", r->limits->depth);
    r->frames = az_arena_grow(r->arena, r->frames, r->depth, &r->frame_capacity,
                              sizeof(*r->frames));
    r->frames[r->depth++] = *frame;
    return true;
}

/* The properties and the position of a collection that begins. */
struct beginning {
    const yaml_char_t *anchor;
    const yaml_char_t *tag;
    bool flow;
    bool object;
};

static struct beginning
beginning_of(const yaml_event_t *event)
{
    if (event->type == YAML_SEQUENCE_START_EVENT)
        return (struct beginning){
            event->data.sequence_start.anchor, event->data.sequence_start.tag,
            event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE, false
        };
    return (struct beginning){
        event->data.mapping_start.anchor, event->data.mapping_start.tag,
        event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE, true
    };
}

/* The column of a block collection whose event ends at END.  The event ends at
   the first key or dash, but behind the dash of a list that is not indented. */
static int
column_of(const struct yaml_reader *r, const yaml_event_t *event, size_t end)
{
    return (int)event->end_mark.column - (end > r->at ? 1 : 0);
}

static bool
on_begin(struct yaml_reader *r, const yaml_event_t *event)
{
    size_t start = az_yaml_offset(r, event->start_mark.index);
    size_t end = az_yaml_offset(r, event->end_mark.index);
    struct beginning beginning = beginning_of(event);
    bool properties = beginning.anchor != NULL || beginning.tag != NULL;
    struct yaml_frame frame;

    if (!az_yaml_walk(r, start, end, properties) ||
        !az_yaml_check_collection_tag(r, beginning.tag,
                                      beginning.object ? AZ_OBJECT : AZ_ARRAY))
        return false;
    if (yaml_wants_key(r))
        return az_yaml_refuse(r, AZ_DIAG_YAML_UNSUPPORTED, r->at, r->at + 1,
                              "write a text as the key, in quotes if need be",
                              "a list or mapping is no key in JSON");
    if (!az_yaml_count_nodes(r, 1, r->at))
        return false;
    frame = (struct yaml_frame){
        .anchor = az_yaml_set_anchor(r, beginning.anchor),
        .object = beginning.object,
        .flow = beginning.flow,
        .bracketed = beginning.flow && end > r->at &&
                     (r->text[r->at] == '[' || r->text[r->at] == '{'),
        .start = r->at,
        .node_before = r->node_count - 1,
        .base = beginning.object ? r->member_count : r->item_count,
        .indent = beginning.flow ? yaml_indent(r) : column_of(r, event, end),
    };
    if (!push_frame(r, &frame))
        return false;
    if (frame.bracketed)
        az_yaml_walk_bracket(r);
    return true;
}

/* Moves the members of FRAME from the pending ones to the arena. */
static const struct az_member *
take_members(struct yaml_reader *r, const struct yaml_frame *frame)
{
    struct az_member *members = az_object_alloc(r->arena, frame->count);

    r->member_count = frame->base;
    if (frame->count == 0)
        return members;
    memcpy(members, r->members + frame->base, frame->count * sizeof(*members));
    if (az_object_index(r->arena, members, frame->count))
        az_yaml_duplicate_keys(r, members, frame->count);
    return members;
}

static const struct az_node *
take_items(struct yaml_reader *r, const struct yaml_frame *frame)
{
    size_t size = frame->count * sizeof(*r->items);
    struct az_node *items = az_arena_alloc(r->arena, size);

    r->item_count = frame->base;
    if (size > 0)
        memcpy(items, r->items + frame->base, size);
    return items;
}

static bool
on_end(struct yaml_reader *r, const yaml_event_t *event)
{
    size_t start = az_yaml_offset(r, event->start_mark.index);
    struct yaml_frame *frame = yaml_frame(r);
    struct az_node node;
    unsigned height;

    if (!az_yaml_walk(r, start, start, false))
        return false;
    if (frame->bracketed)
        az_yaml_walk_bracket(r);
    if (frame->merges && !az_yaml_merge(r, frame))
        return false;
    node = (struct az_node){
        .type = frame->object ? AZ_OBJECT : AZ_ARRAY,
        .count = (uint32_t)frame->count,
        .span = { (uint32_t)frame->start, (uint32_t)r->token_end },
    };
    if (frame->object)
        node.members = take_members(r, frame);
    else
        node.items = take_items(r, frame);
    height = frame->height == 0 ? 1 : frame->height;
    az_yaml_complete_anchor(frame->anchor, &node,
                            r->node_count - frame->node_before, height);
    r->depth--;
    az_yaml_add_value(r, &node, height);
    return true;
}

/* Documents. */

static bool
on_document_start(struct yaml_reader *r, const yaml_event_t *event)
{
    size_t start = az_yaml_offset(r, event->start_mark.index);

    if (r->root == NULL)
        return true;
    return az_yaml_refuse(r, AZ_DIAG_YAML_MULTIPLE, start, start + 1,
                          "put each document in a file of its own, or check "
                          "them all with --multi",
                          "a second document begins here");
}

static bool
on_document_end(struct yaml_reader *r, const yaml_event_t *event)
{
    size_t start = az_yaml_offset(r, event->start_mark.index);

    return az_yaml_walk(r, start, start, false) && az_yaml_walk_tail(r);
}

static bool
on_stream_end(struct yaml_reader *r)
{
    if (r->root != NULL)
        return true;
    return az_yaml_refuse(r, AZ_DIAG_YAML_SYNTAX, r->begin, r->begin,
                          "write one; null is the shortest",
                          "the file holds no document");
}

static bool
on_event(struct yaml_reader *r, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return az_yaml_on_scalar(r, event);
    case YAML_ALIAS_EVENT:
        return az_yaml_on_alias(r, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return on_begin(r, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return on_end(r, event);
    case YAML_DOCUMENT_START_EVENT:
        return on_document_start(r, event);
    case YAML_DOCUMENT_END_EVENT:
        return on_document_end(r, event);
    case YAML_STREAM_END_EVENT:
        return on_stream_end(r);
    default:
        return true;
    }
}

static bool
read_events(struct yaml_reader *r)
{
    yaml_event_t event;
    bool is_well, is_last;

    do {
        if (!yaml_parser_parse(&r->parser, &event))
            return az_yaml_explain(r);
        is_well = on_event(r, &event);
        is_last = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    } while (is_well && !is_last);
    return is_well;
}

const struct az_document *
az_yaml_read_within(struct az_arena *arena, struct az_sink *sink,
                    const struct az_source *source, struct az_span span,
                    const struct az_limits *limits)
{
    struct yaml_reader r = {
        .arena = arena,
        .sink = sink,
        .source = source,
        .text = source->text.p,
        .begin = span.start,
        .len = span.end,
        .fed = span.start,
        .known_offset = span.start,
        .at = span.start,
        .token_end = span.start,
        .limits = limits,
        .duplicates = { .arena = arena,
                        .sink = sink,
                        .source = source,
                        .otherwise = "" },
    };
    struct az_document *document = NULL;

    az_map_init(&r.anchors, arena);
    if (!az_yaml_check_text(&r))
        return NULL;
    if (!yaml_parser_initialize(&r.parser))
        az_arena_oom(arena);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&r.parser, feed, &r);
    if (read_events(&r)) {
        document = AZ_NEW(arena, struct az_document);
        *document = (struct az_document){ .source = source,
                                          .root = r.root,
                                          .format = AZ_FORMAT_YAML,
                                          .scattered = r.scattered,
                                          .malformed = r.malformed,
                                          .aliases = r.aliases,
                                          .alias_count = r.alias_count };
    }
    yaml_parser_delete(&r.parser);
    free(r.items);
    free(r.members);
    return document;
}

const struct az_document *
az_read_yaml(struct az_arena *arena, struct az_sink *sink,
             const struct az_source *source)
{
    struct az_span whole = { 0, (uint32_t)source->text.len };

    return az_yaml_read_within(arena, sink, source, whole,
                               az_arena_limits(arena));
}
