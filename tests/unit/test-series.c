/* Series of samples: exact, in order, found by rank.
   SPDX-License-Identifier: MIT */

#include "support.h"

#include "measure/series.h"

static struct az_series_pool pool;

static uint64_t state;

static uint64_t
next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void
begin(void)
{
    setup();
    pool = (struct az_series_pool){ .arena = arena };
    state = 88172645463325252u;
}

/* One sample after another; those that do not fit are left out. */
static const struct {
    const char *label;
    struct {
        int64_t mantissa;
        int exponent;
        bool fits;
    } add[4];
    const char *want;
} additions[] = {
    { "equal exponents", { { 12, -1, true }, { 13, -1, true } }, "12 13 e-1" },
    { "coarser", { { 12, -1, true }, { 2, 1, true } }, "12 200 e-1" },
    { "finer", { { 2, 1, true }, { 12, -1, true } }, "200 12 e-1" },
    { "zeros stripped", { { 1500, -3, true }, { 16, -1, true } }, "15 16 e-1" },
    { "zero", { { 15, -1, true }, { 0, -300, true } }, "15 0 e-1" },
    { "zero first", { { 0, -300, true }, { 15, -1, true } }, "0 15 e-1" },
    { "zero alone, then finer",
      { { 0, 0, true }, { 1, -30, true } },
      "0 1 e-30" },
    { "below zero",
      { { -12, 0, true }, { INT64_C(-5000000000), 0, true }, { 1, -1, true } },
      "-120 -50000000000 1 e-1" },
    { "too far above", { { 1, 0, true }, { 1, 19, false } }, "1 e0" },
    { "too far below",
      { { 1, 0, true }, { 1, -19, false }, { 2, 0, true } },
      "1 2 e0" },
    { "as far as may be",
      { { 1, 18, true }, { 1, 0, true } },
      "1000000000000000000 1 e0" },
    { "eight bytes",
      { { 1, 0, true }, { INT64_MAX, 0, true }, { 1, -1, false } },
      "1 9223372036854775807 e0" },
};

static const char *
series_text(const struct az_series *series)
{
    struct az_series_walk walk = az_series_begin(series);
    struct az_buf buf;
    int64_t value;

    az_buf_init(&buf, arena);
    while (az_series_next(&walk, &value))
        az_buf_addf(&buf, "%lld ", (long long)value);
    az_buf_addf(&buf, "e%d", series->exponent);
    return buf.p;
}

START_TEST(adds)
{
    struct az_series series = { .count = 0 };

    for (size_t i = 0; i < 4 && additions[_i].add[i].fits; i++)
        ck_assert_msg(az_series_add(&series, &pool,
                                    additions[_i].add[i].mantissa,
                                    additions[_i].add[i].exponent),
                      "%s, %zu", additions[_i].label, i);
    for (size_t i = 1; i < 4; i++)
        if (!additions[_i].add[i].fits && additions[_i].add[i].mantissa != 0)
            ck_assert_msg(!az_series_add(&series, &pool,
                                         additions[_i].add[i].mantissa,
                                         additions[_i].add[i].exponent),
                          "%s, %zu", additions[_i].label, i);
        else if (i > 1 && additions[_i].add[i].fits &&
                 !additions[_i].add[i - 1].fits)
            ck_assert(az_series_add(&series, &pool,
                                    additions[_i].add[i].mantissa,
                                    additions[_i].add[i].exponent));
    ck_assert_msg(strcmp(series_text(&series), additions[_i].want) == 0,
                  "%s: %s", additions[_i].label, series_text(&series));
}
END_TEST

static int
compare_values(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* So many values of so many bits, some of them below zero. */
static const struct {
    size_t count;
    unsigned bits;
    bool negative;
} selections[] = {
    { 1, 8, false },     { 2, 1, false },    { 100, 3, false },
    { 1000, 20, false }, { 1000, 31, true }, { 3000, 40, false },
    { 3000, 62, true },  { 500, 63, false },
};

START_TEST(selects)
{
    size_t count = selections[_i].count;
    int64_t *values = az_arena_array(arena, count, sizeof *values);
    struct az_series series = { .count = 0 };

    for (size_t i = 0; i < count; i++) {
        values[i] = (int64_t)(next_random() >> (64 - selections[_i].bits));
        if (selections[_i].negative && next_random() % 2 == 0)
            values[i] = -values[i];
        ck_assert(az_series_add(&series, &pool, values[i] - (i == 0), 0) ||
                  i == 0);
        values[i] -= i == 0;
    }
    qsort(values, count, sizeof *values, compare_values);
    for (size_t rank = 1; rank <= count; rank += 1 + count / 200) {
        int64_t got = az_series_select(&series, rank), want = values[rank - 1];

        for (int i = 0; i < series.exponent; i++)
            got *= 10;
        ck_assert_msg(got == want, "%zu values, rank %zu: %lld, not %lld",
                      count, rank, (long long)got, (long long)want);
    }
}
END_TEST

START_TEST(takes_little_memory)
{
    struct az_series series = { .count = 0 };
    size_t bytes = 0;

    /* narrow, then finer, so that none is narrow any more */
    for (int i = 0; i < 100000; i++)
        ck_assert(az_series_add(&series, &pool, 1000000 + i, 0));
    ck_assert(az_series_add(&series, &pool, 1, -6));
    ck_assert_uint_eq(series.count, 100001);
    ck_assert_int_eq(az_series_select(&series, 1), 1);
    ck_assert_int_eq(az_series_select(&series, 2), 1000000000000);
    ck_assert_int_eq(az_series_select(&series, 100001), 1099999000000);
    for (struct az_series_walk walk = az_series_begin(&series);
         walk.chunk != NULL;) {
        int64_t unused;

        bytes += az_series_next(&walk, &unused);
    }
    ck_assert_uint_eq(bytes, 100001);
}
END_TEST

START_TEST(tells_copies)
{
    struct az_series a = { .count = 0 }, b = { .count = 0 }, c = { .count = 0 };

    for (int i = 1; i < 1000; i++) {
        ck_assert(az_series_add(&a, &pool, i, 0));
        ck_assert(az_series_add(&b, &pool, i * 1000, -3));
        ck_assert(az_series_add(&c, &pool, i == 500 ? 501 : i, 0));
    }
    b.exponent = 0;
    ck_assert_uint_eq(az_series_hash(&a, 0), az_series_hash(&b, 0));
    ck_assert(az_series_equal(&a, &b));
    ck_assert_uint_ne(az_series_hash(&a, 0), az_series_hash(&c, 0));
    ck_assert(!az_series_equal(&a, &c));
    /* the same at another exponent */
    ck_assert(az_series_add(&a, &pool, 1, -2));
    ck_assert(az_series_add(&c, &pool, 1, 0));
    ck_assert(!az_series_equal(&a, &c));
    memset(&b, 0, sizeof b);
    memset(&c, 0, sizeof c);
    ck_assert(az_series_add(&b, &pool, 5, 0));
    ck_assert(az_series_add(&c, &pool, 55, -1));
    ck_assert(az_series_add(&c, &pool, 5, 0));
    ck_assert(az_series_add(&b, &pool, 55, -1));
    ck_assert(!az_series_equal(&b, &c));
    ck_assert_uint_eq(az_series_distinct(&a, 20), 20);
    ck_assert_uint_eq(az_series_distinct(&b, 20), 2);
}
END_TEST

/* Series whose exponents differ, of the same samples. */
START_TEST(compares_exponents)
{
    struct az_series a = { .count = 0 }, b = { .count = 0 };

    ck_assert(az_series_add(&a, &pool, 3, 0));
    ck_assert(az_series_add(&a, &pool, 4, 0));
    ck_assert(az_series_add(&b, &pool, 3, 0));
    ck_assert(az_series_add(&b, &pool, 4, 0));
    ck_assert(az_series_add(&b, &pool, 1, -5));
    ck_assert_int_eq(b.exponent, -5);
    ck_assert(!az_series_equal(&a, &b));
    ck_assert(az_series_add(&a, &pool, 1, -5));
    ck_assert(az_series_equal(&a, &b));
    ck_assert_uint_eq(az_series_hash(&a, -7), az_series_hash(&b, -7));
}
END_TEST

static const struct {
    size_t count, period; /* of samples, and of those that are copied */
    size_t odd;           /* one that is another, or SIZE_MAX */
    size_t want;
} periods[] = {
    { 0, 1, SIZE_MAX, 0 },          { 1, 1, SIZE_MAX, 1 },
    { 2, 1, SIZE_MAX, 1 },          { 7, 7, SIZE_MAX, 7 },
    { 7, 1, SIZE_MAX, 1 },          { 2000, 1000, SIZE_MAX, 1000 },
    { 2000, 1000, 0, 2000 },        { 2000, 1000, 1999, 2000 },
    { 2000, 1000, 1000, 2000 },     { 6000, 500, SIZE_MAX, 500 },
    { 6000, 400, SIZE_MAX, 400 },   { 4002, 2001, SIZE_MAX, 2001 },
    { 4001, 2000, SIZE_MAX, 4001 },
};

START_TEST(finds_period)
{
    struct az_series series = { .count = 0 };

    for (size_t i = 0; i < periods[_i].count; i++)
        ck_assert(
            az_series_add(&series, &pool,
                          i == periods[_i].odd
                              ? -1
                              : (int64_t)(i % periods[_i].period * 7919 % 9973),
                          0));
    ck_assert_uint_eq(az_series_period(&series), periods[_i].want);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("series");
    TCase *tcase = tcase_create("series");

    tcase_add_checked_fixture(tcase, begin, teardown);
    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, adds, 0, COUNT(additions));
    tcase_add_loop_test(tcase, selects, 0, COUNT(selections));
    tcase_add_test(tcase, takes_little_memory);
    tcase_add_test(tcase, tells_copies);
    tcase_add_test(tcase, compares_exponents);
    tcase_add_loop_test(tcase, finds_period, 0, COUNT(periods));
    return run_suite(suite);
}
