/* The sample of a rank of a series.
   SPDX-License-Identifier: MIT */

#include <stdlib.h>
#include <string.h>

#include "measure/series-walk.h"

/* Selection by digits: how many samples have which highest digit tells in which
   of them the one wanted is, and so on with the digits below. */

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };
/* So few keys are sorted. */
enum { FEW = 256 };

/* What samples are selected by: numbers in the order of the samples. */
enum key {
    KEY_WHOLE,  /* the sample, where no part is broad */
    KEY_PLACE,  /* of the normal form */
    KEY_DIGITS, /* of the normal form, of the samples with one place */
};

/* The keys that a look through them is for: those that are VALUE above LEAST,
   without their low KNOWN bits, and which digit at SHIFT they have. */
struct look {
    int64_t least;
    uint64_t value;
    unsigned known;
    unsigned shift;
    bool few; /* they are kept, not counted */
};

struct selection {
    const struct az_series *series;
    enum key key;
    int exponent; /* of KEY_WHOLE */
    int place;    /* of KEY_DIGITS */
    size_t few_count;
    int64_t few[FEW];
    size_t counts[DIGITS];
};

static inline void
see(struct selection *selection, const struct look *look, int64_t key)
{
    uint64_t value = (uint64_t)key - (uint64_t)look->least;

    if (value >> look->known != look->value)
        return;
    if (look->few)
        selection->few[selection->few_count++] = key;
    else
        selection->counts[(value >> look->shift) % DIGITS]++;
}

static void
look_at_narrow(struct selection *selection, const struct az_series_walk *walk,
               struct look look)
{
    const uint32_t *words = az_series_narrow(walk);
    int exponent = walk->series->parts[walk->part].exponent;
    int64_t factor = az_series_powers[exponent - selection->exponent];

    for (size_t i = 0; i < walk->left; i++)
        see(selection, &look, (int32_t)words[i] * factor);
}

static void
look_at_normal(struct selection *selection, struct az_series_walk walk,
               struct look look)
{
    while (walk.left > 0) {
        struct az_series_normal normal =
            az_series_normalize(az_series_take(&walk), walk.series->lowest);

        if (selection->key == KEY_PLACE)
            see(selection, &look, normal.place);
        else if (normal.place == selection->place)
            see(selection, &look, normal.digits);
    }
}

static void
look_through(struct selection *selection, struct look look)
{
    struct az_series_walk walk = az_series_begin(selection->series);

    while (az_series_next_run(&walk)) {
        if (selection->key == KEY_WHOLE)
            look_at_narrow(selection, &walk, look);
        else
            look_at_normal(selection, walk, look);
        az_series_skip(&walk, walk.left);
    }
}

static int
compare_keys(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The key of rank RANK among those that LOOK is for, which are few. */
static int64_t
select_of_few(struct selection *selection, struct look look, size_t rank)
{
    look.few = true;
    selection->few_count = 0;
    look_through(selection, look);
    qsort(selection->few, selection->few_count, sizeof selection->few[0],
          compare_keys);
    return selection->few[rank - 1];
}

/* The key of rank *RANK; all are from LEAST to RANGE above that.  *RANK becomes
   the rank among those that have it, unless these are few. */
static int64_t
select_key(struct selection *selection, int64_t least, uint64_t range,
           size_t *rank)
{
    struct look look = { .least = least, .known = 63 };

    while (range >> look.shift >> DIGIT_BITS > 0)
        look.shift++;
    for (;;) {
        size_t digit = 0;

        memset(selection->counts, 0, sizeof selection->counts);
        look_through(selection, look);
        for (; digit + 1 < DIGITS && *rank > selection->counts[digit]; digit++)
            *rank -= selection->counts[digit];
        look.value = look.value << (look.known - look.shift) | digit;
        look.known = look.shift;
        if (look.shift == 0)
            return (int64_t)((uint64_t)least + look.value);
        if (selection->counts[digit] <= FEW)
            return select_of_few(selection, look, *rank);
        look.shift -= look.shift < DIGIT_BITS ? look.shift : DIGIT_BITS;
    }
}

/* Where all parts are narrow, their samples fit in 64 bits at the lowest
   exponent. */
static struct az_series_value
select_whole(struct selection *selection, size_t rank)
{
    const struct az_series *series = selection->series;
    int64_t limit;

    selection->exponent = series->lowest;
    for (size_t i = 0; i < series->part_count; i++)
        if (series->parts[i].exponent < selection->exponent)
            selection->exponent = series->parts[i].exponent;
    limit = az_series_powers[series->highest - selection->exponent];
    return (struct az_series_value){ select_key(selection, -limit,
                                                2 * (uint64_t)limit, &rank),
                                     selection->exponent };
}

static struct az_series_value
select_normal(struct selection *selection, size_t rank)
{
    const int64_t least = AZ_SERIES_LIMIT / 10, range = AZ_SERIES_LIMIT - least;
    int place;

    selection->key = KEY_PLACE;
    place =
        (int)select_key(selection, -AZ_SERIES_SPAN, 2 * AZ_SERIES_SPAN, &rank);
    if (place == 0)
        return (struct az_series_value){ 0, 0 };
    selection->key = KEY_DIGITS;
    selection->place = place;
    return (struct az_series_value){
        select_key(selection, place < 0 ? -AZ_SERIES_LIMIT : least,
                   (uint64_t)range, &rank),
        selection->series->lowest + abs(place) - AZ_SERIES_DIGITS
    };
}

struct az_series_value
az_series_select(const struct az_series *series, size_t rank)
{
    struct selection selection;

    selection.series = series;
    selection.key = KEY_WHOLE;
    if (series->part_count > 0 && series->parts[series->part_count - 1].broad)
        return select_normal(&selection, rank);
    return select_whole(&selection, rank);
}
