/* The bootstrap distribution of a median.
   SPDX-License-Identifier: MIT */

#include "stat-support.h"

#include "stat/median.h"

static const double base[] = { 10.2, 10.4, 10.1, 10.6, 10.3 };
static const double current[] = { 10.9, 11.2, 10.8, 11.4, 11.0 };
static const double nine[] = { 9, 1, 8, 2, 7, 3, 6, 4, 5 };

static const struct {
    size_t count;
    uint64_t total;
    double want[9]; /* weights over total; 0: by symmetry, or not known */
} weights[] = {
    { 1, 1, { 1 } },
    { 3, 27, { 7 / 27., 13 / 27., 7 / 27. } },
    { 5,
      3125,
      { 181 / 3125., 811 / 3125., 1141 / 3125., 811 / 3125., 181 / 3125. } },
    { 7, 823543, { .0101500468, .0981235952, .238626277, .306200162 } },
    { 9,
      387420489,
      { .0014492806, .028924002, .1144725234, .2206610993, .2689861893 } },
};

START_TEST(weighs_medians)
{
    double values[9];
    struct az_median_distribution got;
    size_t n = weights[_i].count;

    for (size_t i = 0; i < n; i++)
        values[i] = (double)(n - i);
    ck_assert_int_eq(
        az_median_distribute((struct az_sample){ values, n }, &got),
        AZ_STAT_OK);
    ck_assert_uint_eq(got.count, n);
    ck_assert_uint_eq(got.total, weights[_i].total);
    for (size_t i = 0; i < n; i++) {
        double part = (double)got.atoms[i].weight / (double)got.total;
        ck_assert_double_eq(got.atoms[i].value, (double)i + 1);
        ck_assert_uint_eq(got.atoms[i].weight, got.atoms[n - 1 - i].weight);
        ck_assert_msg(i > n / 2 || agrees(part, weights[_i].want[i], 8),
                      "%zu of %zu: %.12g", i, n, part);
    }
}
END_TEST

static int
ascending(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) -
           (*(const int *)a < *(const int *)b);
}

/* Every resample, the slow way: doubled medians of 1, 2, 4, 8, ... counted. */
START_TEST(weighs_as_drawn)
{
    size_t n = (size_t)_i;
    double values[6] = { 1, 2, 4, 8, 16, 32 };
    uint64_t counted[65] = { 0 };
    struct az_median_distribution got;
    unsigned resamples = 1;

    for (size_t i = 0; i < n; i++)
        resamples *= (unsigned)n;
    for (unsigned r = 0; r < resamples; r++) {
        int drawn[6];
        unsigned rest = r;
        for (size_t i = 0; i < n; i++, rest /= (unsigned)n)
            drawn[i] = 1 << rest % n;
        qsort(drawn, n, sizeof(*drawn), ascending);
        counted[drawn[(n - 1) / 2] + drawn[n / 2]]++;
    }
    az_median_distribute((struct az_sample){ values, n }, &got);
    ck_assert_uint_eq(got.total, resamples);
    for (size_t i = 0; i < got.count; i++) {
        size_t at = (size_t)(2 * got.atoms[i].value);
        ck_assert_uint_eq(got.atoms[i].weight, counted[at]);
        counted[at] = 0;
    }
    for (size_t i = 0; i < COUNT(counted); i++)
        ck_assert_uint_eq(counted[i], 0);
}
END_TEST

START_TEST(has_a_standard_error)
{
    struct az_median_distribution got;

    az_median_distribute((struct az_sample){ base, 5 }, &got);
    CHECK_CLOSE("error", az_median_error(&got), .112634154393772, 13);
    az_median_distribute((struct az_sample){ base, 1 }, &got);
    ck_assert_double_eq(az_median_error(&got), 0);
}
END_TEST

static struct az_median_ratios
ratios_of_seeds(void)
{
    struct az_median_ratios ratios;

    ck_assert_int_eq(az_median_ratios((struct az_sample){ current, 5 },
                                      (struct az_sample){ base, 5 }, &ratios),
                     AZ_STAT_OK);
    return ratios;
}

static const struct {
    double p;
    double want;
} ends[] = {
    { .05, 1.0384615385 },  { .95, 1.1067961165 }, { .025, 1.0377358491 },
    { .975, 1.1089108911 }, { 0, 1.0188679245 },   { 1, 1.1287128713 },
};

START_TEST(bounds_ratios)
{
    struct az_median_ratios ratios = ratios_of_seeds();
    double got = az_median_ratio_quantile(&ratios, ends[_i].p);

    ck_assert_uint_eq(ratios.count, 25);
    ck_assert_uint_eq(ratios.total, 3125 * 3125);
    ck_assert_msg(agrees(got, ends[_i].want, 10), "%g: %.12g", ends[_i].p, got);
}
END_TEST

START_TEST(knows_how_likely_a_ratio_is)
{
    struct az_median_ratios ratios = ratios_of_seeds();

    CHECK_CLOSE("1.05", az_median_ratio_below(&ratios, 1.05), .1430636544, 9);
    ck_assert_double_eq(az_median_ratio_below(&ratios, 2), 1);
    ck_assert_double_eq(az_median_ratio_below(&ratios, 1), 0);
}
END_TEST

START_TEST(takes_no_others)
{
    static const double ten[10] = { 1 };
    static const double bad[] = { 1, NAN };
    static const double zero[] = { 0, 1 };
    static const double below[] = { -1, 1, 1 };
    struct az_median_distribution got;
    struct az_median_ratios ratios;

    ck_assert_int_eq(az_median_distribute((struct az_sample){ ten, 10 }, &got),
                     AZ_STAT_TOO_LARGE);
    ck_assert_int_eq(az_median_distribute((struct az_sample){ ten, 0 }, &got),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_median_distribute((struct az_sample){ bad, 2 }, &got),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_median_ratios((struct az_sample){ base, 5 },
                                      (struct az_sample){ zero, 2 }, &ratios),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_median_ratios((struct az_sample){ base, 5 },
                                      (struct az_sample){ below, 3 }, &ratios),
                     AZ_STAT_UNUSABLE);
    /* Nine values against nine are within 64 bits. */
    ck_assert_int_eq(az_median_ratios((struct az_sample){ nine, 9 },
                                      (struct az_sample){ nine, 9 }, &ratios),
                     AZ_STAT_OK);
    ck_assert_double_eq(az_median_ratio_below(&ratios, 9), 1);
    ck_assert_double_eq(az_median_ratio_quantile(&ratios, .5), 1);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stat-median");
    TCase *tcase = new_case(suite, "median");

    tcase_add_loop_test(tcase, weighs_medians, 0, COUNT(weights));
    tcase_add_loop_test(tcase, weighs_as_drawn, 1, 7);
    tcase_add_test(tcase, has_a_standard_error);
    tcase_add_loop_test(tcase, bounds_ratios, 0, COUNT(ends));
    tcase_add_test(tcase, knows_how_likely_a_ratio_is);
    tcase_add_test(tcase, takes_no_others);
    return run_suite(suite);
}
