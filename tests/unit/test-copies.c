/* Copies in part: found where there are some, and never where there are none.
   SPDX-License-Identifier: MIT */

#include "random.h"
#include "support.h"

#include "measure/series.h"

static struct az_series_pool pool;

static void
begin(void)
{
    setup();
    pool = (struct az_series_pool){ .arena = arena };
    reset_random();
}

/* Distributions, from 0 to below 1. */

static double
uniform(void)
{
    return (double)(next_random() >> 11) / 9007199254740992.0;
}

static double
normal(void)
{
    double sum = 0;

    for (int i = 0; i < 12; i++)
        sum += uniform();
    return sum / 12;
}

/* Most are near 0. */
static double
long_tailed(void)
{
    double root = uniform();

    return root * root * root * root;
}

/* Each is near the one before. */
static double
drifting(void)
{
    static double at;

    at += (uniform() - 0.5) / 8;
    at += at < 0 ? 0.1 : at >= 1 ? -0.1 : 0;
    return at < 0 || at >= 1 ? 0.5 : at;
}

static const struct {
    const char *label;
    double (*sample)(void);
} distributions[] = {
    { "uniform", uniform },
    { "normal", normal },
    { "long tail", long_tailed },
    { "drift", drifting },
};

/* How many values the clock tells from each other. */
static const int64_t clocks[] = { 2, 20, 50, 1000, INT64_C(1) << 50 };

static const char *
label_of(int i)
{
    return az_arena_printf(arena, "%s, %lld values",
                           distributions[(size_t)i / COUNT(clocks)].label,
                           (long long)clocks[(size_t)i % COUNT(clocks)]);
}

static int64_t
sample_of(int i)
{
    return 1 + (int64_t)(distributions[(size_t)i / COUNT(clocks)].sample() *
                         (double)clocks[(size_t)i % COUNT(clocks)]);
}

/* Adds VALUE, in one of several ways. */
static void
add(struct az_series *series, int64_t value)
{
    bool longer = series->count % 3 == 0 && value < 1000000;

    /* what is checked is written down: too slow for each */
    if (!az_series_add(series, &pool, longer ? value * 100 : value,
                       longer ? -5 : -3))
        ck_abort_msg("no room for %lld", (long long)value);
}

static size_t
copied(const struct az_series *series, size_t count)
{
    struct az_arena *scratch = az_arena_new_like(arena);
    size_t ret = az_series_copied(series, count, scratch).count;

    az_arena_free(scratch);
    return ret;
}

START_TEST(finds_none_in_random_samples)
{
    static const size_t sizes[] = { 2000, 20000, 200000 };

    for (size_t k = 0; k < COUNT(sizes); k++) {
        struct az_series series = { .count = 0 };

        while (series.count < sizes[k])
            add(&series, sample_of(_i));
        ck_assert_msg(copied(&series, sizes[k]) == 0, "%s: %zu of %zu",
                      label_of(_i), copied(&series, sizes[k]), sizes[k]);
    }
}
END_TEST

/* SIZE samples, of which PERCENT, behind the first quarter, are in blocks of
   LENGTH that were there before; the number of these. */
static size_t
fill(struct az_series *series, int i, size_t size, unsigned percent,
     size_t length)
{
    int64_t *values = az_arena_array(arena, size, sizeof *values);
    size_t count = 0, first = size / 4, copies = 0;

    while (count < size) {
        bool copy = count >= first &&
                    copies + length / 2 < (count - first) * percent / 100;
        size_t from = copy ? next_random() % (count - length) : 0;

        copies += copy ? length : 0;
        for (size_t k = 0; k < length; k++, count++)
            values[count] = copy ? values[from + k] : sample_of(i);
    }
    for (size_t k = 0; k < size; k++)
        add(series, values[k]);
    return copies;
}

static const struct {
    size_t size, length;
    unsigned percent;
} blocks[] = {
    { 4000, 200, 10 },   { 4000, 200, 50 },   { 4000, 200, 100 },
    { 20000, 500, 10 },  { 20000, 500, 50 },  { 20000, 500, 100 },
    { 40000, 1000, 10 }, { 40000, 1000, 50 }, { 40000, 1000, 100 },
};

START_TEST(finds_blocks)
{
    bool coarse = clocks[(size_t)_i % COUNT(clocks)] < 1000;

    for (size_t k = 0; k < COUNT(blocks); k++) {
        struct az_series series = { .count = 0 };
        size_t want = fill(&series, _i, blocks[k].size, blocks[k].percent,
                           blocks[k].length);
        size_t got = copied(&series, series.count);

        /* of few values a block may have too few for a copy; at its ends there
           may be more samples that are equal; and where two stand together, one
           of them may be too short */
        ck_assert_msg(got <= want + want / 100 + 2, "%s, %zu: %zu of %zu",
                      label_of(_i), k, got, want);
        ck_assert_msg(coarse || got >= want - want / 16, "%s, %zu: %zu of %zu",
                      label_of(_i), k, got, want);
    }
}
END_TEST

/* Samples in stretches: of each so many, from a number on that is its own. */
static const struct {
    const char *label;
    struct {
        int64_t from, count;
    } stretches[5];
    size_t count, want; /* COUNT of samples that are looked at */
    size_t longest;
} series_of[] = {
    { "none", { { 0 } }, 0, 0, 0 },
    { "one", { { 0, 1 } }, 1, 0, 0 },
    { "a copy", { { 0, 1000 }, { 0, 1000 } }, 2000, 1000, 1000 },
    { "a copy that is not looked at",
      { { 0, 1000 }, { 0, 1000 } },
      1000,
      0,
      0 },
    { "half of it", { { 0, 1000 }, { 0, 1000 } }, 1500, 500, 500 },
    { "a copy, and one more",
      { { 0, 1000 }, { 0, 1000 }, { 5000, 1 } },
      2001,
      1000,
      1000 },
    { "one more between",
      { { 0, 1000 }, { 5000, 1 }, { 0, 1000 } },
      2001,
      1000,
      1000 },
    { "one less", { { 0, 1000 }, { 1, 999 } }, 1999, 999, 999 },
    { "three times",
      { { 0, 1000 }, { 5000, 1 }, { 0, 1000 }, { 6000, 9 }, { 0, 1000 } },
      3010,
      2000,
      1000 },
    { "over and over",
      { { 0, 200 }, { 0, 200 }, { 0, 200 }, { 0, 200 }, { 0, 200 } },
      1000,
      800,
      200 },
    { "over and over, and once another",
      { { 0, 200 }, { 0, 200 }, { 5000, 1 }, { 0, 200 }, { 0, 200 } },
      801,
      600,
      200 },
    { "from within", { { 0, 2000 }, { 700, 300 } }, 2300, 300, 300 },
    { "shifted", { { 0, 1000 }, { 500, 1000 } }, 2000, 500, 500 },
    { "the other way round",
      { { 0, 500 }, { 500, 500 }, { 5000, 3 }, { 500, 500 }, { 0, 500 } },
      2003,
      1000,
      500 },
    { "too short", { { 0, 1000 }, { 200, 30 }, { 5000, 400 } }, 1430, 0, 0 },
};

START_TEST(counts_copies)
{
    struct az_series series = { .count = 0 };
    struct az_series_copies found;

    for (size_t i = 0; i < COUNT(series_of[_i].stretches); i++)
        for (int64_t k = 0; k < series_of[_i].stretches[i].count; k++)
            add(&series,
                1 + (series_of[_i].stretches[i].from + k) * 7919 % 9973);
    found = az_series_copied(&series, series_of[_i].count, arena);
    ck_assert_msg(found.count == series_of[_i].want &&
                      found.longest == series_of[_i].longest,
                  "%s: %zu, %zu", series_of[_i].label, found.count,
                  found.longest);
}
END_TEST

/* A stretch of 200 samples with so many values twice among others: 19 are too
   few for a copy. */
START_TEST(wants_values)
{
    size_t want = _i < 20 ? 0 : 200;
    struct az_series series = { .count = 0 };
    int64_t stretch[200];

    for (size_t i = 0; i < COUNT(stretch); i++)
        stretch[i] = 1 + (int64_t)(next_random() % (uint64_t)_i);
    for (int copy = 0; copy < 2; copy++) {
        for (size_t i = 0; i < 300; i++)
            add(&series, 1000 + (int64_t)series.count);
        for (size_t i = 0; i < COUNT(stretch); i++)
            add(&series, stretch[i]);
    }
    ck_assert_uint_eq(copied(&series, series.count), want);
}
END_TEST

/* A stretch of 200 samples twice among others: so many values, and then one of
   them all the time.  Of 20 values there are too few orders for a copy. */
START_TEST(wants_orders)
{
    struct az_series series = { .count = 0 };

    for (int copy = 0; copy < 2; copy++) {
        for (size_t i = 0; i < 300; i++)
            add(&series, 1000 + (int64_t)series.count);
        for (int i = 0; i < 200; i++)
            add(&series, 1 + (i < _i ? i : _i));
    }
    ck_assert_uint_eq(copied(&series, series.count), _i < 30 ? 0 : 200);
}
END_TEST

/* Each stretch is for itself: those that are too short make no copy together.
 */
START_TEST(adds_no_stretches)
{
    struct az_series series = { .count = 0 };

    for (int64_t i = 0; i < 9000; i++)
        add(&series, 1 + i * 7919 % 9973);
    for (int64_t i = 0; i < 9000; i++)
        add(&series, i % 34 == 0 ? 10000 + i : 1 + i * 7919 % 9973);
    ck_assert_uint_eq(copied(&series, series.count), 0);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("copies");
    TCase *tcase = tcase_create("copies");
    int all = (int)(COUNT(distributions) * COUNT(clocks));

    tcase_add_checked_fixture(tcase, begin, teardown);
    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, finds_none_in_random_samples, 0, all);
    tcase_add_loop_test(tcase, finds_blocks, 0, all);
    tcase_add_loop_test(tcase, counts_copies, 0, COUNT(series_of));
    tcase_add_loop_test(tcase, wants_values, 1, 40);
    tcase_add_loop_test(tcase, wants_orders, 19, 22);
    tcase_add_loop_test(tcase, wants_orders, 38, 41);
    tcase_add_test(tcase, adds_no_stretches);
    return run_suite(suite);
}
