/* Many rules, one way through a long document.
   SPDX-License-Identifier: MIT

   Rules about "$.scenarios[*].id", "$.scenarios[*].seed_set" and so on would
   each go through all scenarios, and a document larger than the caches would
   have to come from memory for each of them.  Here the paths that run through
   the same array or object are walked side by side, a block of its children at
   a time, and what they select in the block is judged while it is at hand.

   A sweep reports nothing.  It asks each rule about its subjects; those that do
   not hold are judged aloud when it is the rule's turn, so that findings come
   rule by rule as they do without a sweep.  A rule with many of them, or with a
   pattern that went over its budget, is judged as if there had been no sweep.
   Since what is asked leaves no traces, nobody can tell the difference, but for
   which subjects of a rule over its budget were found to be broken before. */

#include "core/arena.h"
#include "core/limits.h"
#include "rule/trial.h"

/* Children of a trunk in a block: what belongs to them fits a second level
   cache. */
#define BLOCK 64
/* So much of a child is fetched while the block before its own is judged: of
   its nodes, and of its text. */
#define FETCHED    2048
#define CACHE_LINE 64
/* Strings that are remembered to tell repeated ones; a power of two. */
#define SIEVE 256
/* Subjects of a rule that do not hold. */
#define MAX_DOUBTFUL 64

/* A trial for which a path is walked, and the slot for its result. */
struct rider {
    struct trial *trial;
    unsigned slot;
};

/* A path being walked. */
struct lane {
    const struct az_query *query;
    const struct az_document *document;
    struct az_query_walk *walk;
    const struct az_node *trunk;
    struct uniqueness *unique; /* of the trunk's items, instead of a walk */
    bool subjects; /* it selects subjects, which are forgotten after a block */
    bool failed;   /* over its budget */
    struct az_nodes nodes;
    const struct az_node **sieve; /* strings that were selected; or NULL */
    size_t sifted;                /* so many nodes remained */
    size_t dropped;               /* and so many not */
    struct rider *riders;
    size_t rider_count;
    size_t rider_capacity;
};

struct sweep {
    struct az_arena *arena;
    struct lane *lanes;
    size_t count;
    size_t capacity;
};

static struct lane *
add_lane(struct sweep *sweep, const struct lane *lane)
{
    sweep->lanes = az_arena_grow(sweep->arena, sweep->lanes, sweep->count,
                                 &sweep->capacity, sizeof(*sweep->lanes));
    sweep->lanes[sweep->count] = *lane;
    return &sweep->lanes[sweep->count++];
}

/* The lane of PATH in DOCUMENT, made if there is none.  NULL if it goes
   through nothing long. */
static struct lane *
find_lane(struct sweep *sweep, const struct path *path,
          const struct az_document *document, bool subjects)
{
    const struct az_query *query = path->query;
    struct lane lane = { .query = query,
                         .document = document,
                         .subjects = subjects };
    size_t i;

    for (i = 0; i < sweep->count; i++)
        if (sweep->lanes[i].query == query &&
            sweep->lanes[i].document == document &&
            sweep->lanes[i].subjects == subjects &&
            (sweep->lanes[i].sieve != NULL) == path->sifted)
            return &sweep->lanes[i];
    lane.walk = az_query_begin(query, sweep->arena, document->root);
    lane.trunk = az_query_trunk(lane.walk);
    if (lane.trunk == NULL || lane.trunk->count <= BLOCK)
        return NULL;
    if (path->sifted)
        lane.sieve = az_arena_array(sweep->arena, SIEVE, sizeof(*lane.sieve));
    return add_lane(sweep, &lane);
}

static void
add_rider(struct sweep *sweep, struct lane *lane, struct trial *trial,
          unsigned slot)
{
    lane->riders = az_arena_grow(sweep->arena, lane->riders, lane->rider_count,
                                 &lane->rider_capacity, sizeof(*lane->riders));
    lane->riders[lane->rider_count++] = (struct rider){ trial, slot };
}

/* Has PATH walked for TRIAL; false if it goes through nothing long. */
static bool
ride(struct sweep *sweep, struct trial *trial, const struct path *path,
     bool subjects)
{
    const struct az_document *document =
        az_rule_path_document(trial, path, NULL);
    struct lane *lane = find_lane(sweep, path, document, subjects);

    if (lane == NULL)
        return false;
    add_rider(sweep, lane, trial, path->slot);
    return true;
}

/* Has the items of a long list asked about for TRIAL, if its rule says that
   they are unique; else false. */
static bool
ride_unique(struct sweep *sweep, struct trial *trial, const struct path *path)
{
    struct lane lane = { .document = trial->own, .subjects = true };

    if (path->scope != SCOPE_ROOT || !az_query_is_singular(path->query))
        return false;
    lane.trunk = az_query_follow(
        path->query, trial->own->root,
        az_arena_array(sweep->arena, az_query_guess_count(path->query) + 1,
                       sizeof(struct az_query_guess)));
    if (lane.trunk == NULL || lane.trunk->count <= BLOCK)
        return false;
    lane.unique = az_rule_unique_begin(trial, lane.trunk);
    if (lane.unique == NULL)
        return false;
    add_rider(sweep, add_lane(sweep, &lane), trial, path->slot);
    return true;
}

/* A rule's subjects can be asked once its sets are there: either these are
   found in the sweep, or those. */
static void
board(struct sweep *sweep, struct trial *trial)
{
    const struct az_rule_form *form = trial->rule->form;
    bool waits = false;
    size_t i;

    if (form->path_patterns || form->extract_count > 0)
        return;
    for (i = 0; i < form->fixed_count; i++)
        waits |= ride(sweep, trial, &form->fixed[i], false);
    if (waits || form->given_count > 1 || form->given[0].keys)
        return;
    trial->lasting = trial->judge->document_arena;
    trial->swept = ride_unique(sweep, trial, &form->given[0].path) ||
                   ride(sweep, trial, &form->given[0].path, true);
    if (!trial->swept)
        trial->lasting = trial->judge->rule_arena;
}

/* Leaves the rule to be judged as if there had been no sweep. */
static void
alight(struct trial *trial)
{
    trial->swept = false;
    trial->lasting = trial->judge->rule_arena;
    trial->selected.item.node = NULL;
    trial->exhausted = false;
    trial->steps_left = trial->share;
    memset(trial->slots, 0,
           trial->rule->form->slot_count * sizeof(*trial->slots));
}

static void
ask(struct trial *trial, const struct az_node *node)
{
    struct az_nodes *doubtful = &trial->doubtful;
    size_t steps_left = trial->steps_left;
    enum outcome outcome = az_rule_ask_subject(trial, node);

    trial->asked++;
    if (outcome == HOLDS && !trial->exhausted)
        return;
    if (outcome == UNSURE || trial->exhausted ||
        doubtful->count == MAX_DOUBTFUL) {
        alight(trial);
        return;
    }
    trial->steps_left = steps_left; /* it will be judged again */
    doubtful->items =
        az_arena_grow(trial->lasting, (void *)doubtful->items, doubtful->count,
                      &doubtful->capacity, sizeof(*doubtful->items));
    doubtful->items[doubtful->count++] = node;
}

/* All trials share the memory for subjects: none may go on with it. */
static void
forget(const struct lane *lane)
{
    size_t i;

    for (i = 0; i < lane->rider_count; i++)
        az_rule_forget(lane->riders[i].trial);
}

/* Asks the riders of LANE about the subjects of the block. */
static void
ask_riders(struct lane *lane)
{
    size_t i, k;

    for (i = 0; i < lane->nodes.count; i++) {
        for (k = 0; k < lane->rider_count; k++)
            if (lane->riders[k].trial->swept)
                ask(lane->riders[k].trial, lane->nodes.items[i]);
        if (i % BLOCK == BLOCK - 1 || i + 1 == lane->nodes.count)
            forget(lane);
    }
    lane->nodes.count = 0;
}

/* Where LANE remembers a string like TEXT. */
static const struct az_node **
place_in_sieve(const struct lane *lane, struct az_str text)
{
    const unsigned char *p = (const unsigned char *)text.p;
    uint32_t mark = (uint32_t)text.len;

    if (text.len >= 2)
        mark = ((mark * 31 + p[0]) * 31 + p[text.len - 2]) * 31;
    if (text.len >= 1)
        mark += p[text.len - 1];
    return &lane->sieve[mark % SIEVE];
}

/* Of the nodes that are new, forgets the strings that are known to be repeated:
   mostly a few values make up a set with as many items as the document. */
static void
sift(struct lane *lane)
{
    struct az_nodes *nodes = &lane->nodes;
    const struct az_node *node, **place;
    size_t i;

    for (i = lane->sifted; i < nodes->count; i++) {
        node = nodes->items[i];
        if (node->type == AZ_STRING) {
            place = place_in_sieve(lane, az_node_text(node));
            if (*place != NULL &&
                az_str_eq(az_node_text(*place), az_node_text(node)))
                continue;
            *place = node;
        }
        nodes->items[lane->sifted++] = node;
    }
    lane->dropped += nodes->count - lane->sifted;
    nodes->count = lane->sifted;
    lane->failed = nodes->count + lane->dropped > AZ_MAX_NODES;
}

static void
advance(struct lane *lane, int64_t stop)
{
    if (lane->failed)
        return;
    if (lane->unique != NULL) {
        az_rule_unique_go_on(lane->unique, stop);
        forget(lane);
        return;
    }
    lane->failed = !az_query_go_on(lane->walk, stop, &lane->nodes);
    if (lane->subjects && !lane->failed)
        ask_riders(lane);
    else if (lane->sieve != NULL && !lane->failed)
        sift(lane);
}

static void
fetch(const void *start, size_t size)
{
    uintptr_t address = (uintptr_t)start;
    size_t i;

    for (i = 0; i < size && i < FETCHED; i += CACHE_LINE)
        __builtin_prefetch((const void *)(address + i), 0, 2);
    /* Or GCC leaves out the call of a function without an effect. */
    __asm__ volatile("");
}

static const struct az_node *
child_of(const struct az_node *trunk, size_t number)
{
    return trunk->type == AZ_ARRAY ? &trunk->items[number]
                                   : &trunk->members[number].value;
}

/* Has the processor fetch the children of TRUNK, an array or object of SOURCE,
   from number START to before STOP, and what is below them, as far as it lies
   where a reader puts it: the nodes between those of two children, and the
   text. */
static void
fetch_children(const struct az_node *trunk, const struct az_source *source,
               size_t start, size_t stop)
{
    const struct az_node *child, *next;
    size_t i;

    for (i = start; i + 1 < trunk->count && i < stop; i++) {
        child = child_of(trunk, i);
        next = child_of(trunk, i + 1);
        if (child->type != AZ_ARRAY && child->type != AZ_OBJECT)
            continue;
        fetch(child->items, (uintptr_t)next->items - (uintptr_t)child->items);
        fetch(source->text.p + child->span.start,
              child->span.end - child->span.start);
    }
}

/* Walks all lanes along the trunk of lane FIRST. */
static void
walk_trunk(struct sweep *sweep, size_t first)
{
    const struct az_node *trunk = sweep->lanes[first].trunk;
    int64_t stop = 0, count = trunk->count;
    size_t i;

    while (stop < INT64_MAX) {
        stop = stop < count ? stop + BLOCK : INT64_MAX;
        if (stop < count)
            fetch_children(trunk, sweep->lanes[first].document->source,
                           (size_t)stop, (size_t)stop + BLOCK);
        for (i = first; i < sweep->count; i++)
            if (sweep->lanes[i].trunk == trunk)
                advance(&sweep->lanes[i], stop);
    }
}

/* Whether a lane before FIRST has the same trunk. */
static bool
is_walked(const struct sweep *sweep, size_t first)
{
    size_t i;

    for (i = 0; i < first; i++)
        if (sweep->lanes[i].trunk == sweep->lanes[first].trunk)
            return true;
    return false;
}

static void
deliver(const struct lane *lane)
{
    size_t i;

    if (lane->unique != NULL) {
        lane->riders[0].trial->asked = 1;
        if (!az_rule_unique_holds(lane->unique) ||
            lane->riders[0].trial->exhausted)
            alight(lane->riders[0].trial);
        return;
    }
    for (i = 0; i < lane->rider_count; i++) {
        struct trial *trial = lane->riders[i].trial;
        struct slot *slot = &trial->slots[lane->riders[i].slot];

        if (lane->subjects && !trial->swept)
            continue;
        az_rule_spend(trial, az_query_steps(lane->walk));
        if (trial->exhausted || (lane->subjects && lane->failed)) {
            alight(trial);
        } else if (!lane->subjects) {
            slot->ready = true;
            slot->over_budget = lane->failed;
            slot->nodes = lane->nodes;
            slot->dropped = lane->dropped;
        }
    }
}

/* Gives each trial an equal share of the STEPS that all have, so that it does
   not matter in which order they are asked: one that wants more alights. */
static void
share_out(struct trial *trials, size_t count, size_t steps)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (trials[i].steps_left > steps / count)
            trials[i].steps_left = steps / count;
        trials[i].share = trials[i].steps_left;
    }
}

/* Takes what TRIAL's rule took of its share from all that it may. */
static void
settle(struct trial *trial)
{
    size_t taken = trial->share - trial->steps_left;

    trial->steps_left =
        az_arena_limits(trial->judge->arena)->rule_steps - taken;
    trial->judge->steps_left -= taken;
}

void
az_rule_sweep(struct az_judge *judge, struct trial *trials, size_t count)
{
    struct sweep sweep = { .arena = judge->document_arena };
    size_t i;

    share_out(trials, count, judge->steps_left);
    for (i = 0; i < count; i++)
        board(&sweep, &trials[i]);
    for (i = 0; i < sweep.count; i++)
        if (!is_walked(&sweep, i))
            walk_trunk(&sweep, i);
    for (i = 0; i < sweep.count; i++)
        deliver(&sweep.lanes[i]);
    for (i = 0; i < count; i++)
        settle(&trials[i]);
}
