/* Rank tests of two samples, shifts and their intervals.
   SPDX-License-Identifier: MIT */

#include "stat-support.h"

#include "stat/rank-sum.h"

static struct az_count *
counts_for(struct az_sample x, struct az_sample y)
{
    return az_arena_alloc(arena, az_rank_sum_work(x.count, y.count) *
                                     sizeof(struct az_count));
}

static struct az_rank_sum
exact_test(struct az_sample x, struct az_sample y)
{
    struct az_rank_sum result;

    ck_assert_int_eq(az_rank_sum_exact(x, y, counts_for(x, y), &result),
                     AZ_STAT_OK);
    return result;
}

static struct az_rank_sum
normal_test(struct az_sample x, struct az_sample y)
{
    double *work = az_arena_alloc(arena, (x.count + y.count) * sizeof(double));
    struct az_rank_sum result;

    ck_assert_int_eq(az_rank_sum_normal(x, y, work, &result), AZ_STAT_OK);
    return result;
}

/* p as fractions: LESS and GREATER over TOTAL.  NORMAL: two-sided, by the
   approximation; 0 if not known. */
static const struct {
    const char *label;
    double x[MOST];
    double y[MOST];
    uint64_t doubled_u;
    uint64_t less;
    uint64_t greater;
    uint64_t total;
    double two_sided;
    double normal;
} rows[] = {
    { "scipy",
      { 19, 22, 16, 29, 24, END },
      { 20, 11, 17, 12, END },
      34,
      122,
      7,
      126,
      1.0 / 9,
      .11134688653314041 },
    { "R",
      { .80, .83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, .73, 1.46, END },
      { 1.15, .88, .90, .74, 1.21, END },
      70,
      2693,
      382,
      3003,
      .254412254412254,
      .244623605126983 },
    { "Go: apart",
      { 2, 1, 3, 5, END },
      { 12, 11, 13, 15, END },
      0,
      1,
      70,
      70,
      .0285714285714286,
      0 },
    { "Go: mixed",
      { 2, 1, 3, 5, END },
      { 0, 4, 6, 7, END },
      10,
      17,
      58,
      70,
      .485714285714286,
      0 },
    { "Go: the same",
      { 2, 1, 3, 5, END },
      { 2, 1, 3, 5, END },
      16,
      44,
      44,
      70,
      1,
      0 },
    { "Go: ties",
      { 2, 1, 3, 5, END },
      { 2, 2, 2, 2, END },
      20,
      60,
      25,
      70,
      .714285714285714,
      0 },
    { "Go: more ties",
      { 2, 1, 3, 5, END },
      { 1, 1, 1, 1, 1, END },
      35,
      126,
      6,
      126,
      2.0 / 21,
      0 },
    { "benchstat",
      { 115, 114, 115, 115, 115, END },
      { 78.8, 78.8, 78.8, 78.8, 78.8, END },
      50,
      252,
      1,
      252,
      .007936507936507936,
      0 },
    { "threes and fours",
      { 3, 3, 3, 4, 4, END },
      { 3, 3, 4, 4, 5, END },
      18,
      86,
      226,
      252,
      .6825396825396826,
      0 },
    { "ones and twos",
      { 1, 1, 2, 2, END },
      { 1, 2, 2, 3, END },
      10,
      23,
      65,
      70,
      .657142857142857,
      0 },
    { "Chromium: apart",
      { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, END },
      { 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, END },
      0,
      1,
      184756,
      184756,
      2.0 / 184756,
      .00018267179110955 },
    { "Chromium: within",
      { 0, 1, 2, 3, 4, END },
      { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, END },
      25,
      0,
      0,
      0,
      0,
      .13986357686781267 },
    { "Chromium: constant",
      { 0, 0, 0, 0, 0, END },
      { 1, 1, 1, 1, 1, END },
      0,
      1,
      252,
      252,
      .007936507936507936,
      .0039767517097886512 },
    { "seeds",
      { 10.9, 11.2, 10.8, 11.4, 11.0, END },
      { 10.2, 10.4, 10.1, 10.6, 10.3, END },
      50,
      252,
      1,
      252,
      .007936507936507936,
      0 },
    { "all equal", { 1, 1, 1, END }, { 1, 1, END }, 6, 10, 10, 10, 1, 0 },
    { "one against one", { 1, END }, { 2, END }, 0, 1, 2, 2, 1, 0 },
};

START_TEST(ranks)
{
    struct az_sample x = sample_of(rows[_i].x);
    struct az_sample y = sample_of(rows[_i].y);
    struct az_rank_sum got = exact_test(x, y);
    const char *label = rows[_i].label;

    ck_assert_msg(got.doubled_u == rows[_i].doubled_u, "%s: 2 U is %ju", label,
                  (uintmax_t)got.doubled_u);
    if (rows[_i].total != 0) {
        ck_assert_uint_eq(got.total.high, 0);
        ck_assert_uint_eq(got.less.low * rows[_i].total,
                          rows[_i].less * got.total.low);
        ck_assert_msg(got.greater.low * rows[_i].total ==
                          rows[_i].greater * got.total.low,
                      "%s: %ju of %ju", label, (uintmax_t)got.greater.low,
                      (uintmax_t)got.total.low);
        CHECK_CLOSE(label, got.p.two_sided, rows[_i].two_sided, 13);
        CHECK_CLOSE(label, got.p.less,
                    (double)rows[_i].less / (double)rows[_i].total, 15);
    }
    if (rows[_i].normal > 0) {
        got = normal_test(x, y);
        ck_assert_uint_eq(got.doubled_u, rows[_i].doubled_u);
        ck_assert_uint_eq(got.total.low, 0);
        CHECK_CLOSE(label, got.p.two_sided, rows[_i].normal, 12);
    }
}
END_TEST

/* Samples the other way round, in another order and in other units. */
START_TEST(ranks_alike)
{
    struct az_sample x = sample_of(rows[_i].x);
    struct az_sample y = sample_of(rows[_i].y);
    struct az_rank_sum got = exact_test(x, y);
    struct az_rank_sum turned = exact_test(y, x);
    double other_x[MOST], other_y[MOST];

    ck_assert_uint_eq(got.doubled_u + turned.doubled_u, 2 * x.count * y.count);
    ck_assert_double_eq(got.p.less, turned.p.greater);
    ck_assert_double_eq(got.p.greater, turned.p.less);
    for (size_t i = 0; i < x.count; i++)
        other_x[i] = exp(x.values[x.count - 1 - i] / 10) * 1000;
    for (size_t i = 0; i < y.count; i++)
        other_y[i] = exp(y.values[y.count - 1 - i] / 10) * 1000;
    turned = exact_test((struct az_sample){ other_x, x.count },
                        (struct az_sample){ other_y, y.count });
    ck_assert_double_eq(got.p.less, turned.p.less);
    ck_assert_double_eq(got.p.greater, turned.p.greater);
    turned = normal_test((struct az_sample){ other_x, x.count },
                         (struct az_sample){ other_y, y.count });
    ck_assert_uint_eq(got.doubled_u, turned.doubled_u);
}
END_TEST

START_TEST(approximates_many)
{
    double x[500], y[600];
    struct az_rank_sum got;

    for (size_t i = 0; i < 500; i++)
        x[i] = 2.0 * (double)i;
    for (size_t i = 0; i < 600; i++)
        y[i] = 2.0 * (double)i - 41;
    got =
        normal_test((struct az_sample){ x, 500 }, (struct az_sample){ y, 600 });
    ck_assert_uint_eq(got.doubled_u, 2 * 135250);
    CHECK_CLOSE("less", got.p.less, .0024667680407086, 12);
    CHECK_CLOSE("two", got.p.two_sided, .0049335360814172, 12);
}
END_TEST

static const unsigned five_and_five[] = { 1,  1,  2,  3,  5,  7,  9,  11, 14,
                                          16, 18, 19, 20, 20, 19, 18, 16, 14,
                                          11, 9,  7,  5,  3,  2,  1,  1 };

START_TEST(counts_splits)
{
    struct az_count work[306];
    const struct az_count *counts = az_rank_sum_null(5, 5, work);

    ck_assert_uint_eq(az_rank_sum_work(5, 5), 306);
    for (size_t u = 0; u <= 25; u++) {
        ck_assert_uint_eq(counts[u].low, five_and_five[u]);
        ck_assert_uint_eq(counts[u].high, 0);
    }
}
END_TEST

static const struct {
    size_t n;
    size_t m;
    const char *splits;
} designs[] = {
    { 3, 3, "20" },
    { 4, 4, "70" },
    { 5, 5, "252" },
    { 1, 130, "131" },
    { 20, 31, "77535155627160" },
    { 65, 66, "188694833082770476622296176145946360850" },
    { 66, 65, "188694833082770476622296176145946360850" },
};

/* All counts together are C(n + m, n), also beyond 64 bits, and they are
   symmetric. */
START_TEST(counts_all_splits)
{
    size_t n = designs[_i].n;
    size_t m = designs[_i].m;
    struct az_count total = { 0 };
    char digits[AZ_COUNT_SIZE];
    struct az_count *work =
        az_arena_alloc(arena, az_rank_sum_work(n, m) * sizeof(struct az_count));
    const struct az_count *counts = az_rank_sum_null(n, m, work);

    for (size_t u = 0; u <= n * m; u++) {
        total = az_count_add(total, counts[u]);
        ck_assert_uint_eq(counts[u].low, counts[n * m - u].low);
        ck_assert_uint_eq(counts[u].high, counts[n * m - u].high);
    }
    az_count_print(total, digits);
    ck_assert_str_eq(digits, designs[_i].splits);
    CHECK_CLOSE("smallest", az_rank_sum_smallest_p(n, m),
                1 / az_count_to_double(total), 14);
}
END_TEST

START_TEST(refuses_samples)
{
    static const double values[AZ_RANK_SUM_MAX + 1] = { 0 };
    static const double bad[] = { 1, INFINITY };
    struct az_sample good = { values, 2 };
    struct az_sample none = { values, 0 };
    struct az_sample many = { values, AZ_RANK_SUM_MAX - 1 };
    struct az_sample odd = { bad, 2 };
    struct az_count counts[8];
    struct az_shift shift = { .alpha = .05 };
    double room[8];
    struct az_rank_sum got;

    ck_assert_uint_eq(az_rank_sum_work(1, 131), 0);
    ck_assert_uint_eq(az_rank_sum_work(0, 5), 0);
    ck_assert_uint_eq(az_rank_sum_work(SIZE_MAX, SIZE_MAX), 0);
    ck_assert_uint_eq(az_rank_sum_work(65, 66), 566346);
    ck_assert_int_eq(az_rank_sum_exact(good, none, counts, &got),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_rank_sum_exact(odd, good, counts, &got),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_rank_sum_exact(many, good, counts, &got),
                     AZ_STAT_TOO_LARGE);
    ck_assert_int_eq(az_rank_sum_normal(good, good, room, &got),
                     AZ_STAT_NO_SPREAD);
    ck_assert_int_eq(az_rank_sum_normal(good, odd, room, &got),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_rank_sum_shift(many, good, counts, room, &shift),
                     AZ_STAT_TOO_LARGE);
    shift.alpha = 0;
    ck_assert_int_eq(az_rank_sum_shift(good, good, counts, room, &shift),
                     AZ_STAT_UNUSABLE);
}
END_TEST

/* The factor on the base by which a slowdown of that size is tested. */
static const struct {
    double factor;
    uint64_t u;
    uint64_t greater;
} shifted[] = {
    { 1, 25, 1 },     { 1.02, 24, 2 },   { 1.03, 23, 4 },
    { 1.05, 19, 28 }, { 1.07, 12, 146 }, { 1.1, 4, 245 },
};

START_TEST(asks_for_more_than_a_change)
{
    static const double base[] = { 10.2, 10.4, 10.1, 10.6, 10.3 };
    static const double current[] = { 10.9, 11.2, 10.8, 11.4, 11.0 };
    double slower[5];

    for (size_t i = 0; i < 5; i++)
        slower[i] = base[i] * shifted[_i].factor;
    struct az_rank_sum got = exact_test((struct az_sample){ current, 5 },
                                        (struct az_sample){ slower, 5 });
    ck_assert_uint_eq(got.doubled_u, 2 * shifted[_i].u);
    ck_assert_msg(got.greater.low == shifted[_i].greater, "%g: %ju",
                  shifted[_i].factor, (uintmax_t)got.greater.low);
    ck_assert_uint_eq(got.total.low, 252);
}
END_TEST

/* LOGS: of the logarithms, as ratios. */
static const struct {
    size_t row;
    double alpha;
    bool logs;
    double estimate;
    double low;
    double high;
} shifts[] = {
    { 0, .05, false, 7, -1, 17 },
    { 1, .05, false, .305, -.15, .76 },
    { 13, .10, false, .7, .5, 1.0 },
    { 13, .05, false, .7, .4, 1.1 },
    { 13, .01, false, .7, .2, 1.3 },
    { 13, .05, true, 1.06930693069307, 1.03773584905660, 1.10891089108911 },
};

START_TEST(finds_shifts)
{
    double x[MOST], y[MOST], differences[MOST * MOST];
    struct az_sample of_x = sample_of(rows[shifts[_i].row].x);
    struct az_sample of_y = sample_of(rows[shifts[_i].row].y);
    struct az_shift got = { .alpha = shifts[_i].alpha };

    for (size_t i = 0; i < MOST; i++) {
        x[i] = i < of_x.count && shifts[_i].logs ? log(of_x.values[i])
                                                 : rows[shifts[_i].row].x[i];
        y[i] = i < of_y.count && shifts[_i].logs ? log(of_y.values[i])
                                                 : rows[shifts[_i].row].y[i];
    }
    of_x.values = x;
    of_y.values = y;
    ck_assert_int_eq(az_rank_sum_shift(of_x, of_y, counts_for(of_x, of_y),
                                       differences, &got),
                     AZ_STAT_OK);
    ck_assert(got.has_interval && got.coverage >= 1 - shifts[_i].alpha);
    if (shifts[_i].logs) {
        got.estimate = exp(got.estimate);
        got.low = exp(got.low);
        got.high = exp(got.high);
    }
    CHECK_CLOSE("estimate", got.estimate, shifts[_i].estimate, 13);
    CHECK_CLOSE("low", got.low, shifts[_i].low, 13);
    CHECK_CLOSE("high", got.high, shifts[_i].high, 13);
}
END_TEST

/* Three against three cover .9 at best. */
START_TEST(has_no_interval_of_few)
{
    static const double x[] = { 4, 5, 6 };
    static const double y[] = { 1, 2, 4 };
    struct az_sample of_x = { x, 3 };
    struct az_sample of_y = { y, 3 };
    double differences[9];
    struct az_shift got = { .alpha = .05 };
    struct az_count *counts = counts_for(of_x, of_y);

    az_rank_sum_shift(of_x, of_y, counts, differences, &got);
    ck_assert(!got.has_interval);
    ck_assert_double_eq(got.estimate, 3);
    got.alpha = .1;
    az_rank_sum_shift(of_x, of_y, counts, differences, &got);
    ck_assert(got.has_interval);
    ck_assert_double_eq(got.coverage, .9);
    ck_assert_double_eq(got.low, 0);
    ck_assert_double_eq(got.high, 5);
}
END_TEST

START_TEST(prints_counts)
{
    char digits[AZ_COUNT_SIZE];

    az_count_print((struct az_count){ UINT64_MAX, UINT64_MAX }, digits);
    ck_assert_str_eq(digits, "340282366920938463463374607431768211455");
    az_count_print((struct az_count){ 0, 0 }, digits);
    ck_assert_str_eq(digits, "0");
    az_count_print((struct az_count){ 1, 0 }, digits);
    ck_assert_str_eq(digits, "18446744073709551616");
    ck_assert_double_eq(az_count_to_double((struct az_count){ 1, 0 }),
                        18446744073709551616.0);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stat-rank");
    TCase *tcase = new_case(suite, "rank");

    tcase_add_loop_test(tcase, ranks, 0, COUNT(rows));
    tcase_add_loop_test(tcase, ranks_alike, 0, COUNT(rows) - 2);
    tcase_add_test(tcase, approximates_many);
    tcase_add_test(tcase, counts_splits);
    tcase_add_loop_test(tcase, counts_all_splits, 0, COUNT(designs));
    tcase_add_test(tcase, refuses_samples);
    tcase_add_loop_test(tcase, asks_for_more_than_a_change, 0, COUNT(shifted));
    tcase_add_loop_test(tcase, finds_shifts, 0, COUNT(shifts));
    tcase_add_test(tcase, has_no_interval_of_few);
    tcase_add_test(tcase, prints_counts);
    return run_suite(suite);
}
