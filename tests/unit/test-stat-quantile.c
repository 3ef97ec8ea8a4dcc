/* Quantiles, their rank intervals, the binomial distribution.
   SPDX-License-Identifier: MIT */

#include "stat-support.h"

#include "stat/binomial.h"
#include "stat/quantile.h"

static double
itself(size_t i)
{
    return (double)i;
}

static double
squared(size_t i)
{
    return (double)i * (double)i;
}

/* From R's quantile(): of the COUNT sorted VALUES, or of VALUE(1), ... */
#define FIVE                                                                   \
    {                                                                          \
        1.2, 2.0, 3.1, 5.5, 9.9                                                \
    }
#define AGES                                                                   \
    {                                                                          \
        15, 20, 35, 40, 50                                                     \
    }

static const struct {
    const char *label;
    double values[6];
    size_t count;
    double (*value)(size_t i);
    uint32_t ppm;
    double want[9];
} quantiles[] = {
    { "1..10, .95",
      { 0 },
      10,
      itself,
      950000,
      { 10, 10, 10, 9.5, 10, 10, 9.55, 10, 10 } },
    { "1..10, .9",
      { 0 },
      10,
      itself,
      900000,
      { 9, 9.5, 9, 9, 9.5, 9.9, 9.1, 9.633333333, 9.6 } },
    { "1..10, .25",
      { 0 },
      10,
      itself,
      250000,
      { 3, 3, 2, 2.5, 3, 2.75, 3.25, 2.916666667, 2.9375 } },
    { "1..10, .5",
      { 0 },
      10,
      itself,
      500000,
      { 5, 5.5, 5, 5, 5.5, 5.5, 5.5, 5.5, 5.5 } },
    { "1..10, .99",
      { 0 },
      10,
      itself,
      990000,
      { 10, 10, 10, 9.9, 10, 10, 9.91, 10, 10 } },
    { "five, .95",
      FIVE,
      5,
      NULL,
      950000,
      { 9.9, 9.9, 9.9, 8.8, 9.9, 9.9, 9.02, 9.9, 9.9 } },
    { "five, .75",
      FIVE,
      5,
      NULL,
      750000,
      { 5.5, 5.5, 5.5, 4.9, 6.6, 7.7, 5.5, 6.966666667, 6.875 } },
    { "five, .25",
      FIVE,
      5,
      NULL,
      250000,
      { 2, 2, 1.2, 1.4, 1.8, 1.6, 2, 1.733333333, 1.75 } },
    { "squares, .95",
      { 0 },
      20,
      squared,
      950000,
      { 361, 380.5, 361, 361, 380.5, 398.05, 362.95, 386.35, 384.8875 } },
    { "squares, .05",
      { 0 },
      20,
      squared,
      50000,
      { 1, 2.5, 1, 1, 2.5, 1.15, 3.85, 2.05, 2.1625 } },
    { "ages, .4",
      AGES,
      5,
      NULL,
      400000,
      { 20, 27.5, 20, 20, 27.5, 26, 29, 27, 27.125 } },
    { "ages, .3",
      AGES,
      5,
      NULL,
      300000,
      { 20, 20, 20, 17.5, 20, 19, 23, 19.66666667, 19.75 } },
    { "1..2000, .95",
      { 0 },
      2000,
      itself,
      950000,
      { 1900, 1900.5, 1900, 1900, 1900.5, 1900.95, 1900.05, 1900.65,
        1900.6125 } },
    { "1..1999, .95",
      { 0 },
      1999,
      itself,
      950000,
      { 1900, 1900, 1899, 1899.05, 1899.55, 1900, 1899.1, 1899.7, 1899.6625 } },
    { "1..2001, .95",
      { 0 },
      2001,
      itself,
      950000,
      { 1901, 1901, 1901, 1900.95, 1901.45, 1901.9, 1901, 1901.6, 1901.5625 } },
    { "1 2, .95",
      { 0 },
      2,
      itself,
      950000,
      { 2, 2, 2, 1.9, 2, 2, 1.95, 2, 2 } },
    { "one value", { 0 }, 1, itself, 500000, { 1, 1, 1, 1, 1, 1, 1, 1, 1 } },
    { "the least", { 0 }, 10, itself, 0, { 1, 1, 1, 1, 1, 1, 1, 1, 1 } },
    { "the most",
      { 0 },
      10,
      itself,
      1000000,
      { 10, 10, 10, 10, 10, 10, 10, 10, 10 } },
    { "7 % of 100 is the 7th, whatever doubles say",
      { 0 },
      100,
      itself,
      70000,
      { 7, 7.5, 7, 7, 7.5, 7.07, 7.93, 7.356666667, 7.3925 } },
};

START_TEST(finds_quantiles)
{
    static double values[2048];

    for (size_t i = 0; i < quantiles[_i].count; i++) {
        values[i] = quantiles[_i].value != NULL ? quantiles[_i].value(i + 1)
                                                : quantiles[_i].values[i];
    }
    for (int type = 1; type <= 9; type++) {
        struct az_quantile where;
        ck_assert_int_eq(az_quantile_locate(type, quantiles[_i].count,
                                            quantiles[_i].ppm, &where),
                         AZ_STAT_OK);
        ck_assert_msg(agrees(az_quantile_of(values, where),
                             quantiles[_i].want[type - 1], 9),
                      "%s, type %d: %.12g", quantiles[_i].label, type,
                      az_quantile_of(values, where));
    }
}
END_TEST

static const struct {
    int type;
    uint64_t count;
    uint32_t ppm;
    struct az_quantile want;
} places[] = {
    { 1, 2000, 950000, { 1900, 0, 1 } },
    { 1, 2001, 950000, { 1901, 0, 1 } },
    { 1, 100, 70000, { 7, 0, 1 } },
    { 2, 2000, 950000, { 1900, 1, 2 } },
    { 3, 1, 1, { 1, 0, 1 } },
    { 7, 2000, 950000, { 1900, 1, 20 } },
    { 7, 3, 333333, { 1, 333333, 500000 } },
    { 8, 2000, 950000, { 1900, 13, 20 } },
    { 8, 10, 900000, { 9, 19, 30 } },
    { 9, 2000, 950000, { 1900, 49, 80 } },
    { 6, 10, 950000, { 10, 0, 1 } },
    { 6, 10, 1, { 1, 0, 1 } },
    { 9, 100000000000, 999999, { 99999900000, 2499999, 4000000 } },
};

START_TEST(locates_exactly)
{
    struct az_quantile where;

    ck_assert_int_eq(az_quantile_locate(places[_i].type, places[_i].count,
                                        places[_i].ppm, &where),
                     AZ_STAT_OK);
    ck_assert_msg(where.rank == places[_i].want.rank &&
                      where.numerator == places[_i].want.numerator &&
                      where.denominator == places[_i].want.denominator,
                  "row %d: %ju + %ju/%ju", _i, (uintmax_t)where.rank,
                  (uintmax_t)where.numerator, (uintmax_t)where.denominator);
}
END_TEST

/* A larger part is never a smaller value, and the place is in the sample. */
START_TEST(is_monotone)
{
    double values[] = { 1, 2, 4, 7, 11, 16, 22 };
    struct az_quantile where;
    double before = 0;

    for (uint32_t ppm = 0; ppm <= 1000000; ppm += 1237) {
        ck_assert_int_eq(az_quantile_locate(_i, 7, ppm, &where), AZ_STAT_OK);
        ck_assert(where.rank >= 1 && where.rank <= 7);
        ck_assert(where.numerator == 0 || where.rank < 7);
        ck_assert(where.numerator < where.denominator);
        ck_assert(az_quantile_of(values, where) >= before);
        before = az_quantile_of(values, where);
    }
}
END_TEST

START_TEST(refuses)
{
    struct az_quantile where;

    ck_assert_int_eq(az_quantile_locate(0, 5, 1, &where), AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_quantile_locate(10, 5, 1, &where), AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_quantile_locate(1, 0, 1, &where), AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_quantile_locate(1, 5, 1000001, &where),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_quantile_locate(1, AZ_QUANTILE_MAX + 1, 1, &where),
                     AZ_STAT_TOO_LARGE);
}
END_TEST

static const struct {
    uint64_t count;
    uint32_t ppm;
    uint64_t low;
    uint64_t high;
    double want;
    int digits;
} sums[] = {
    { 2000, 950000, 0, 1879, .019922837297992695, 14 },
    { 2000, 950000, 0, 1919, .97991201509106, 14 },
    { 2000, 950000, 1880, 1919, .9599891777930669, 14 },
    { 2000, 950000, 0, 2000, 1, 15 },
    { 5, 500000, 1, 4, .9375, 15 },
    { 10, 500000, 0, 0, 0.0009765625, 15 },
    { 59, 950000, 59, 59, .0484945252494, 11 },
    { 7, 0, 0, 0, 1, 15 },
    { 7, 1000000, 0, 6, 0, 15 },
    { 900, 500000, 0, 0, 1.183052186166774e-271, 13 },
};

START_TEST(sums_binomial)
{
    double got = az_binomial_between(sums[_i].count, sums[_i].ppm, sums[_i].low,
                                     sums[_i].high);

    ck_assert_msg(agrees(got, sums[_i].want, sums[_i].digits), "row %d: %.17g",
                  _i, got);
}
END_TEST

/* COVERAGE 0: not known. */
static const struct {
    uint64_t count;
    uint32_t ppm;
    uint64_t low;
    uint64_t high;
    double coverage;
} intervals[] = {
    { 100, 950000, 90, 100, .9826070607 },
    { 200, 950000, 184, 197, 0 },
    { 500, 950000, 465, 485, 0 },
    { 1000, 950000, 936, 964, 0 },
    { 2000, 950000, 1880, 1920, .9599891778 },
    { 5000, 950000, 4719, 4781, 0 },
    { 10000, 950000, 9457, 9543, 0 },
    { 6, 500000, 1, 6, .96875 },
    { 7, 500000, 1, 7, .984375 },
    { 8, 500000, 1, 8, .9921875 },
    { 9, 500000, 2, 8, .9609375 },
    { 10, 500000, 2, 9, .978515625 },
    { 15, 500000, 4, 12, .96484375 },
    { 20, 500000, 6, 15, .9586105346 },
    { 30, 500000, 10, 21, .9572260547 },
};

START_TEST(bounds_quantiles)
{
    struct az_rank_interval got;

    ck_assert_int_eq(
        az_quantile_interval(intervals[_i].count, intervals[_i].ppm, .05, &got),
        AZ_STAT_OK);
    ck_assert_msg(got.low == intervals[_i].low &&
                      got.high == intervals[_i].high,
                  "%ju: %ju-%ju", (uintmax_t)intervals[_i].count,
                  (uintmax_t)got.low, (uintmax_t)got.high);
    ck_assert(got.coverage >= .95);
    ck_assert_msg(intervals[_i].coverage <= 0 ||
                      fabs(got.coverage - intervals[_i].coverage) < 5e-8,
                  "%ju: %.12f", (uintmax_t)intervals[_i].count, got.coverage);
}
END_TEST

START_TEST(knows_what_is_too_few)
{
    struct az_rank_interval got;

    /* The best of five covers .9375, and that is enough for whom it is. */
    ck_assert_int_eq(az_quantile_interval(5, 500000, .05, &got),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_quantile_interval(5, 500000, .0625, &got), AZ_STAT_OK);
    ck_assert_double_eq(got.coverage, .9375);
    ck_assert_int_eq(az_quantile_interval(50, 950000, .05, &got),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_quantile_interval(5, 0, .05, &got), AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_quantile_interval(5, 500000, 0, &got),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(
        az_quantile_interval(AZ_BINOMIAL_MAX + 1, 500000, .1, &got),
        AZ_STAT_TOO_LARGE);
    ck_assert(isnan(az_binomial_between(AZ_BINOMIAL_MAX + 1, 1, 0, 1)));
    ck_assert_uint_eq(az_quantile_upper_bound_needs(950000, .05, 0), 59);
    ck_assert_uint_eq(az_quantile_upper_bound_needs(950000, .05, 1), 93);
    ck_assert_uint_eq(az_quantile_upper_bound_needs(999999, 1e-12, 0),
                      27631008);
    ck_assert_uint_eq(az_quantile_upper_bound_needs(1000000, .05, 0), 0);
}
END_TEST

START_TEST(wants_support_in_the_tail)
{
    ck_assert_uint_eq(az_quantile_support_needs(950000, 100), 2000);
    ck_assert_uint_eq(az_quantile_support_needs(950000, 25), 500);
    ck_assert_uint_eq(az_quantile_support_needs(990000, 100), 10000);
    ck_assert_uint_eq(az_quantile_support_needs(999000, 100), 100000);
    ck_assert_uint_eq(az_quantile_support_needs(700000, 1), 4); /* 3.33 */
    ck_assert_uint_eq(az_quantile_support_needs(1000000, 100), UINT64_MAX);
    ck_assert_uint_eq(az_quantile_support_needs(UINT32_MAX, 100), UINT64_MAX);
    ck_assert_uint_eq(az_quantile_support_needs(0, UINT64_MAX), UINT64_MAX);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stat-quantile");
    TCase *tcase = new_case(suite, "quantile");

    tcase_add_loop_test(tcase, finds_quantiles, 0, COUNT(quantiles));
    tcase_add_loop_test(tcase, locates_exactly, 0, COUNT(places));
    tcase_add_loop_test(tcase, is_monotone, 1, 10);
    tcase_add_test(tcase, refuses);
    tcase_add_loop_test(tcase, sums_binomial, 0, COUNT(sums));
    tcase_add_loop_test(tcase, bounds_quantiles, 0, COUNT(intervals));
    tcase_add_test(tcase, knows_what_is_too_few);
    tcase_add_test(tcase, wants_support_in_the_tail);
    return run_suite(suite);
}
