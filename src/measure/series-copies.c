/* Stretches of samples that stand in their series a second time.
   SPDX-License-Identifier: MIT

   Places are marked by what is there: of SPAN places, one behind the other,
   that where a hash of the last WINDOW samples is least.  So the same samples
   have the same marks wherever they stand, but for those near their ends.  What
   a mark has in common with the first one of its hash is compared sample by
   sample, both ways as far as it goes: hashes say only where to look, and
   nothing that anybody can make of them turns other samples into copies.

   The reckoning.  Samples may be equal by chance, and are where a clock is
   coarse.  Of a stretch of m samples, in which the values are there c1, c2, ...
   times, all m! / (c1! c2! ...) orders are equally likely, if samples do not
   depend on each other, whatever the distribution of their values is: no more
   often than once in so many is another one equal to it.  A copy is what has
   2^ENOUGH_BITS orders.  The longest log has less than 2^55 pairs of places
   from which less than 2^28 lengths may be compared: one in 2^45 logs of that
   length has one by chance.  That is so for a clock with two values too; but
   samples of few values do depend on each other (frames of 16, 17 and 17 ms,
   over and over), and so a copy has ENOUGH_DISTINCT values as well.  */

#include "core/arena.h"
#include "measure/series-walk.h"

enum {
    SHIFT = 2,
    WINDOW = 64 / SHIFT, /* older samples are shifted out of a hash */
    SPAN = 64,
    LEAST_GAP = 16, /* between marks, for the memory they take */
    REACH = 256,    /* before a mark is looked for the begin of a copy */
    ENOUGH_BITS = 128,
    ENOUGH_DISTINCT = 20,
    /* The n-th new value is the n-th sample or a later one, so that it comes to
       no less than log2(n) bits: 37 to 128, each without its fraction. */
    MAX_DISTINCT = 37,
};

/* A place, and a walk that stands behind it, by no more than SPAN. */
struct mark {
    uint64_t hash;
    const uint32_t *chunk;
    uint32_t place; /* the number of its sample, from 0 */
    uint32_t next;  /* of that which the walk comes to next */
    uint16_t bit, end;
    uint8_t part;
};

/* Marks of one hash: 1 + the number of the first and of the last, or 0. */
struct slot {
    uint32_t first;
    uint32_t last;
};

struct search {
    const struct az_series *series;
    struct az_arena *scratch;
    size_t count; /* of samples that are looked at */
    uint64_t hashes[SPAN];
    size_t least;       /* the place whose hash is the least of these */
    struct mark *marks; /* with room for one in each LEAST_GAP samples */
    size_t mark_count;
    struct slot *slots;
    size_t slot_count; /* twice as many as there may be marks */
    struct az_series_copies found;
    size_t end;      /* behind the last of them */
    size_t compared; /* behind what was compared */
};

/* What a stretch weighs, until it is enough. */
struct weight {
    size_t samples;
    unsigned bits;
    unsigned distinct;
    struct az_series_value values[MAX_DISTINCT];
    size_t counts[MAX_DISTINCT];
};

static bool
is_enough(const struct weight *weight)
{
    return weight->bits >= ENOUGH_BITS && weight->distinct >= ENOUGH_DISTINCT;
}

static void
weigh(struct weight *weight, struct az_series_value value)
{
    unsigned i = 0;

    if (is_enough(weight))
        return;
    while (i < weight->distinct && !az_series_is_same(weight->values[i], value))
        i++;
    if (i == weight->distinct) {
        weight->values[i] = value;
        weight->counts[i] = 0;
        weight->distinct++;
    }
    weight->samples++;
    weight->counts[i]++;
    weight->bits +=
        63 - (unsigned)__builtin_clzll(weight->samples / weight->counts[i]);
}

/* Marks. */

static inline uint64_t
mix(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

/* Whether another place than before is to be marked, now that that of PLACE has
   HASH. */
static inline bool
move_least(struct search *search, size_t place, uint64_t hash)
{
    search->hashes[place % SPAN] = hash;
    if (place - search->least < SPAN) {
        if (hash >= search->hashes[search->least % SPAN])
            return false;
        search->least = place;
        return true;
    }
    search->least = place;
    for (size_t i = place - 1; place - i < SPAN; i--)
        if (search->hashes[i % SPAN] < search->hashes[search->least % SPAN])
            search->least = i;
    return true;
}

static struct az_series_walk
walk_from(const struct search *search, const struct mark *mark)
{
    return (struct az_series_walk){ .series = search->series,
                                    .chunk = mark->chunk,
                                    .bit = mark->bit,
                                    .end = mark->end,
                                    .part = mark->part,
                                    .done = mark->next };
}

/* A walk that comes to the sample PLACE next, which is not behind the mark of
   number I. */
static struct az_series_walk
walk_to(const struct search *search, size_t i, size_t place)
{
    struct az_series_walk walk = az_series_begin(search->series);

    while (i > 0 && search->marks[i].next > place)
        i--;
    if (search->marks[i].next <= place)
        walk = walk_from(search, &search->marks[i]);
    az_series_skip(&walk, place - walk.done);
    return walk;
}

/* The slot of HASH.  What is found depends on all of the hash: the seed only
   keeps others from having many in one place. */
static struct slot *
slot_of(const struct search *search, uint64_t hash)
{
    uint64_t seed = az_arena_seed(search->scratch);
    size_t i = (size_t)mix(hash ^ seed) % search->slot_count;

    while (search->slots[i].first != 0 &&
           search->marks[search->slots[i].first - 1].hash != hash)
        i = (i + 1) % search->slot_count;
    return &search->slots[i];
}

/* Copies. */

/* Compares what is around the sample of the last mark with what is around that
   of the first in SLOT, and takes it for a copy if it is one; false if not even
   these samples are equal. */
static bool
compare_around(struct search *search, const struct slot *slot)
{
    const struct mark *source = &search->marks[slot->first - 1];
    size_t last = search->mark_count - 1, place = search->marks[last].place;
    size_t reach = place - search->end, start, at;
    struct weight weight = { .samples = 0 };
    struct az_series_walk left, right;
    struct az_series_value x, y;

    if (reach > REACH)
        reach = REACH;
    if (reach > source->place)
        reach = source->place;
    left = walk_to(search, (size_t)(source - search->marks),
                   source->place - reach);
    right = walk_to(search, last, place - reach);
    start = place - reach;
    for (at = start; at < search->count && az_series_next(&left, &x) &&
                     az_series_next(&right, &y);
         at++) {
        if (az_series_is_same(x, y)) {
            weigh(&weight, y);
            continue;
        }
        if (at > place)
            break;
        start = at + 1;
        weight.samples = weight.bits = weight.distinct = 0;
    }
    if (start > place)
        return false;
    search->compared = at;
    if (is_enough(&weight)) {
        size_t apart = place - search->marks[slot->last - 1].place;
        size_t length = at - start;

        search->found.count += length;
        if (length > apart) /* of a cycle, the last time it was there */
            length = apart;
        if (length > search->found.longest)
            search->found.longest = length;
        search->end = at;
    }
    return true;
}

/* Marks the place whose hash is the least; WALK has come SPAN behind it, or
   less. */
static void
add_mark(struct search *search, const struct az_series_walk *walk)
{
    size_t count = search->mark_count, place = search->least;
    uint64_t hash = search->hashes[place % SPAN];
    struct slot *slot;

    if (count > 0 && place - search->marks[count - 1].place < LEAST_GAP)
        return;
    search->marks[search->mark_count++] =
        (struct mark){ .hash = hash,
                       .chunk = walk->chunk,
                       .place = (uint32_t)place,
                       .next = (uint32_t)(walk->done - walk->left),
                       .bit = walk->bit,
                       .end = walk->end,
                       .part = walk->part };
    slot = slot_of(search, hash);
    if (slot->first == 0 ||
        (place >= search->compared && !compare_around(search, slot)))
        slot->first = (uint32_t)count + 1;
    slot->last = (uint32_t)count + 1;
}

struct az_series_copies
az_series_copied(const struct az_series *series, size_t count,
                 struct az_arena *scratch)
{
    struct search search = { .series = series,
                             .scratch = scratch,
                             .count = count,
                             .least = WINDOW - 1,
                             .hashes = { 0 } };
    struct az_series_walk walk = az_series_begin(series);
    struct az_series_value value;
    uint64_t hash = 0;

    search.marks =
        az_arena_alloc(scratch, (count / LEAST_GAP + 1) * sizeof *search.marks);
    search.slot_count = 2 * (count / LEAST_GAP + 1);
    search.slots =
        az_arena_array(scratch, search.slot_count, sizeof *search.slots);
    for (size_t i = 0; i < count && az_series_next(&walk, &value); i++) {
        hash = (hash << SHIFT) +
               mix(az_series_code(az_series_normalize(value, series->lowest)));
        if (i + 1 < WINDOW)
            continue;
        if (move_least(&search, i, mix(hash)) || i + 1 == WINDOW)
            add_mark(&search, &walk);
    }
    return search.found;
}
