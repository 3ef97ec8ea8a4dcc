/* The nodes that a JSONPath selects.
   SPDX-License-Identifier: MIT

   RFC 9535 applies segment after segment to a list of nodes.  Here each node
   goes on through the remaining segments as soon as it is selected, which
   gives the same nodes in the same order without the lists between. */

#include "query/run.h"

#include "core/arena.h"
#include "core/limits.h"

static bool
is_container(const struct az_node *node)
{
    return node->type == AZ_ARRAY || node->type == AZ_OBJECT;
}

static const struct az_node *
child_at(const struct az_node *node, int64_t position)
{
    return node->type == AZ_ARRAY ? &node->items[position]
                                  : &node->members[position].value;
}

const struct az_node *
az_query_search(struct az_query_guess *guess, struct az_str name,
                const struct az_node *object)
{
    const struct az_member *member = az_node_member(object, name);

    if (member == NULL)
        return NULL;
    guess->member = (uint32_t)(member - object->members);
    guess->text = member->key.p;
    return &member->value;
}

const struct az_node *
az_query_follow(const struct az_query *query, const struct az_node *root,
                struct az_query_guess *guesses)
{
    return az_query_step_on(query, root, guesses);
}

static int64_t
clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* RFC 9535, 2.3.4.2.2. */
static void
begin_slice(struct frame *frame, const struct slice *slice)
{
    int64_t count = frame->node->count;
    int64_t start = slice->start < 0 ? slice->start + count : slice->start;
    int64_t end = slice->end < 0 ? slice->end + count : slice->end;

    frame->step = slice->step;
    if (frame->node->type != AZ_ARRAY || slice->step == 0) {
        frame->position = frame->stop = 0;
        frame->step = 1;
    } else if (slice->step > 0) {
        frame->position = slice->has_start ? clamp(start, 0, count) : 0;
        frame->stop = slice->has_end ? clamp(end, 0, count) : count;
    } else {
        frame->position =
            slice->has_start ? clamp(start, -1, count - 1) : count - 1;
        frame->stop = slice->has_end ? clamp(end, -1, count - 1) : -1;
    }
}

/* Sets FRAME to the first child that its selector is to look at. */
static void
begin_selector(struct frame *frame, const struct segment *segment)
{
    enum selector_kind kind = frame->selector < segment->count
                                  ? segment->selectors[frame->selector].kind
                                  : SELECT_WILDCARD;

    frame->position = 0;
    frame->step = 1;
    if (kind == SELECT_SLICE)
        begin_slice(frame, segment->selectors[frame->selector].slice);
    else if (kind == SELECT_NAME || kind == SELECT_INDEX)
        frame->stop = 1;
    else
        frame->stop = frame->node->count;
}

static bool
is_at_end(const struct frame *frame)
{
    return frame->step > 0 ? frame->position >= frame->stop
                           : frame->position <= frame->stop;
}

/* Takes FRAME on to its next selector, or to the way down; false after the
   last. */
static bool
next_selector(struct frame *frame, const struct segment *segment)
{
    frame->selector++;
    if (frame->selector > segment->count ||
        (frame->selector == segment->count && !segment->descendant))
        return false;
    begin_selector(frame, segment);
    return true;
}

static void
push_frame(struct run *run, const struct az_query *query,
           const struct az_node *node, size_t segment)
{
    struct frame frame = { .node = node, .segment = (uint32_t)segment };

    begin_selector(&frame, &query->segments[segment]);
    run->frames = az_arena_grow(run->arena, run->frames, run->frame_count,
                                &run->frame_capacity, sizeof *run->frames);
    run->frames[run->frame_count++] = frame;
}

static void
collect(struct run *run, struct collector *collector,
        const struct az_node *node)
{
    struct az_nodes *nodes = collector->nodes;

    if (nodes != NULL && nodes->count == AZ_MAX_NODES) {
        run->failed = true;
        return;
    }
    if (nodes != NULL) {
        nodes->items = az_arena_grow(run->arena, nodes->items, nodes->count,
                                     &nodes->capacity, sizeof *nodes->items);
        nodes->items[nodes->count++] = node;
    }
    if (collector->count++ == 0)
        collector->first = node;
}

/* Whether SEGMENT ends QUERY and takes all children. */
static bool
is_last_wildcard(const struct az_query *query, size_t segment)
{
    return segment + 1 == query->count &&
           !query->segments[segment].descendant &&
           query->segments[segment].count == 1 &&
           query->segments[segment].selectors->kind == SELECT_WILDCARD;
}

/* Collects the items of ARRAY, which need no frame of their own below one. */
static void
collect_items(struct run *run, struct collector *collector,
              const struct az_node *array)
{
    size_t i;

    for (i = 0; i < array->count && collector->count < collector->limit &&
                !run->failed;
         i++) {
        az_query_spend(run, 1);
        collect(run, collector, &array->items[i]);
    }
}

/* NODE is selected, SEGMENT is the next to apply to it. */
static void
arrive(struct run *run, const struct az_query *query, size_t segment,
       const struct az_node *node, struct collector *collector)
{
    while (segment < query->count && query->segments[segment].plain) {
        node = az_query_step(run->guesses, query->segments[segment].selectors,
                             node);
        if (node == NULL)
            return;
        segment++;
    }
    if (segment == query->count)
        collect(run, collector, node);
    else if (run->frame_count > 0 && node->type == AZ_ARRAY &&
             is_last_wildcard(query, segment))
        collect_items(run, collector, node);
    else if (is_container(node) && node->count > 0)
        push_frame(run, query, node, segment);
}

/* The child of the top frame's node at POSITION if the selector takes it.
   Evaluating a filter may move the frames. */
static const struct az_node *
select_child(struct run *run, const struct frame *frame,
             const struct segment *segment)
{
    const struct az_node *node = frame->node;

    if (frame->selector == segment->count)
        return child_at(node, frame->position);
    const struct selector *selector = &segment->selectors[frame->selector];
    if (selector->kind == SELECT_NAME || selector->kind == SELECT_INDEX)
        return az_query_step(run->guesses, selector, node);
    const struct az_node *child = child_at(node, frame->position);
    if (selector->kind == SELECT_FILTER &&
        !az_query_test(run, selector->filter, child))
        return NULL;
    return child;
}

/* Moves the top frame by one child. */
static void
advance(struct run *run, const struct az_query *query,
        struct collector *collector)
{
    struct frame *frame = &run->frames[run->frame_count - 1];
    const struct segment *segment = &query->segments[frame->segment];

    if (is_at_end(frame)) {
        if (next_selector(frame, segment))
            az_query_spend(run, 1);
        else
            run->frame_count--;
        return;
    }
    struct frame at = *frame;
    frame->position += frame->step;
    az_query_spend(run, 1);
    const struct az_node *child = select_child(run, &at, segment);
    if (child != NULL && !run->failed) {
        bool down = at.selector == segment->count;
        arrive(run, query, at.segment + (down ? 0 : 1), child, collector);
    }
}

void
az_query_select(struct run *run, const struct az_query *query,
                const struct az_node *current, struct collector *collector)
{
    size_t base = run->frame_count;

    az_query_spend(run, 1);
    arrive(run, query, 0, query->from_root ? run->root : current, collector);
    while (run->frame_count > base && collector->count < collector->limit &&
           !run->failed)
        advance(run, query, collector);
    run->frame_count = base;
}

struct az_query_walk {
    struct run run;
    const struct az_query *query;
    const struct az_node *first; /* the node of a singular query, or NULL */
};

static void
begin(struct az_query_walk *walk, const struct az_query *query,
      struct az_arena *arena, const struct az_node *root, size_t steps)
{
    struct collector collector = { .limit = 1 };
    struct run *run = &walk->run;

    *walk = (struct az_query_walk){
        .run = { .arena = arena, .root = root, .steps_left = steps },
        .query = query,
    };
    if (query->guess_count > 0)
        run->guesses =
            az_arena_array(arena, query->guess_count, sizeof *run->guesses);
    if (query->memo_count > 0)
        run->memos =
            az_arena_array(arena, query->memo_count, sizeof *run->memos);
    az_query_spend(run, 1);
    arrive(run, query, 0, root, &collector);
    walk->first = collector.first;
}

struct az_query_walk *
az_query_begin(const struct az_query *query, struct az_arena *arena,
               const struct az_node *root)
{
    struct az_query_walk *walk = AZ_NEW(arena, struct az_query_walk);

    begin(walk, query, arena, root, az_arena_limits(arena)->query_steps);
    return walk;
}

const struct az_node *
az_query_trunk(const struct az_query_walk *walk)
{
    return walk->run.frame_count == 0 ? NULL : walk->run.frames[0].node;
}

bool
az_query_go_on(struct az_query_walk *walk, int64_t stop, struct az_nodes *nodes)
{
    struct collector collector = { .nodes = nodes, .limit = SIZE_MAX };
    struct run *run = &walk->run;

    if (walk->first != NULL)
        collect(run, &collector, walk->first);
    walk->first = NULL;
    while (run->frame_count > 0 && !run->failed &&
           (run->frame_count > 1 || run->frames[0].position < stop))
        advance(run, walk->query, &collector);
    return !run->failed;
}

size_t
az_query_steps(const struct az_query_walk *walk)
{
    return az_arena_limits(walk->run.arena)->query_steps - walk->run.steps_left;
}

bool
az_query_run_within(const struct az_query *query, struct az_arena *arena,
                    const struct az_node *root, struct az_nodes *nodes,
                    size_t *steps)
{
    struct az_query_walk walk;
    size_t limit = az_arena_limits(arena)->query_steps, most;
    bool found;

    most = *steps < limit ? *steps : limit;
    begin(&walk, query, arena, root, most);
    found = az_query_go_on(&walk, INT64_MAX, nodes);
    *steps -= most - walk.run.steps_left;
    return found;
}

bool
az_query_run(const struct az_query *query, struct az_arena *arena,
             const struct az_node *root, struct az_nodes *nodes)
{
    size_t steps = az_arena_limits(arena)->query_steps;

    return az_query_run_within(query, arena, root, nodes, &steps);
}
