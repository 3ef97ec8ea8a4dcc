/* Paired differences: the signed-rank test and the sign-flip test.
   SPDX-License-Identifier: MIT */

#include "stat-support.h"

#include "stat/sign-flip.h"
#include "stat/signed-rank.h"

/* Hollander and Wolfe's depression scores. */
static const double before[] = { 1.83, .50,  1.62, 2.48, 1.68,
                                 1.88, 1.55, 3.06, 1.30 };
static const double after[] = { .878, .647, .598, 2.05, 1.06,
                                1.29, 1.06, 3.14, 1.29 };

START_TEST(ranks_signs)
{
    double differences[9], averages[45];
    struct az_count work[91];
    struct az_signed_rank got;
    struct az_shift shift = { .alpha = .05 };
    struct az_sample sample = { differences, 9 };

    for (size_t i = 0; i < 9; i++)
        differences[i] = before[i] - after[i];
    ck_assert_uint_eq(az_signed_rank_work(9), 91);
    ck_assert_int_eq(az_signed_rank_test(sample, work, &got), AZ_STAT_OK);
    ck_assert_uint_eq(got.doubled_v, 80);
    ck_assert_double_eq(got.p.greater, .01953125);
    ck_assert_double_eq(got.p.two_sided, .0390625);
    ck_assert_uint_eq(got.total.low, 512);
    ck_assert_int_eq(az_signed_rank_shift(sample, work, averages, &shift),
                     AZ_STAT_OK);
    ck_assert(shift.has_interval);
    CHECK_CLOSE("pseudomedian", shift.estimate, .46, 12);
    CHECK_CLOSE("low", shift.low, .010, 12);
    CHECK_CLOSE("high", shift.high, .786, 12);
}
END_TEST

/* Every pattern of signs, the slow way. */
static void
enumerate(const double *values, size_t count, bool by_rank, double tails[2])
{
    double weights[12] = { 0 };
    double observed = 0;

    for (size_t i = 0; i < count; i++) {
        weights[i] = by_rank ? 0.5 : fabs(values[i]);
        for (size_t j = 0; by_rank && j < count; j++) {
            weights[i] += fabs(values[j]) < fabs(values[i])    ? 1
                          : fabs(values[j]) == fabs(values[i]) ? 0.5
                                                               : 0;
        }
        observed += values[i] > 0 ? weights[i] : -weights[i];
    }
    tails[0] = tails[1] = 0;
    for (unsigned signs = 0; signs < 1u << count; signs++) {
        double sum = 0;
        for (size_t i = 0; i < count; i++)
            sum += signs >> i & 1 ? weights[i] : -weights[i];
        tails[0] += (sum <= observed) * ldexp(1, -(int)count);
        tails[1] += (sum >= observed) * ldexp(1, -(int)count);
    }
}

static const double signs[][12] = {
    { 1, 2, 3, 4, 5, END },
    { -1, -2, -3, -4, END },
    { 1, -1, 2, -2, 3, END },
    { 5, 5, 5, -5, -2, 7, END },
    { 1, END },
    { .5, 1.5, -.25, 3, 3, 3, -3, .75, 1, 2, END },
    { 8, -4, 2, -1, .5, -.25, .125, 1024, -512, 256, 64, END },
};

START_TEST(flips_signs)
{
    struct az_sample sample = sample_of(signs[_i]);
    int64_t work[192];
    struct az_count counts[133];
    struct az_sign_flip flip;
    struct az_signed_rank rank;
    double tails[2];

    ck_assert_uint_le(az_sign_flip_work(sample.count), COUNT(work));
    ck_assert_int_eq(az_sign_flip_test(sample, work, &flip), AZ_STAT_OK);
    enumerate(sample.values, sample.count, false, tails);
    ck_assert_double_eq(flip.p.less, tails[0]);
    ck_assert_double_eq(flip.p.greater, tails[1]);
    ck_assert_uint_eq(flip.total, (uint64_t)1 << sample.count);
    ck_assert_int_eq(az_signed_rank_test(sample, counts, &rank), AZ_STAT_OK);
    enumerate(sample.values, sample.count, true, tails);
    ck_assert_double_eq(rank.p.less, tails[0]);
    ck_assert_double_eq(rank.p.greater, tails[1]);
}
END_TEST

/* All above 0: one pattern of 2^n, up to the limit, in any units. */
START_TEST(flips_to_the_smallest_p)
{
    double values[AZ_SIGN_FLIP_MAX];
    size_t n = (size_t)_i;
    int64_t *work =
        az_arena_alloc(arena, az_sign_flip_work(n) * sizeof(int64_t));
    struct az_sign_flip got;

    for (size_t i = 0; i < n; i++)
        values[i] = (1 + (double)i / 7) * 1e-300;
    ck_assert_int_eq(
        az_sign_flip_test((struct az_sample){ values, n }, work, &got),
        AZ_STAT_OK);
    ck_assert_uint_eq(got.greater, 1);
    ck_assert_uint_eq(got.less, got.total);
    ck_assert_double_eq(got.p.greater, az_sign_flip_smallest_p(n));
    ck_assert_double_eq(got.p.greater, ldexp(1, -(int)n));
}
END_TEST

/* Logarithms of equal ratios are equal, whatever their last digit. */
START_TEST(flips_what_is_equal_alike)
{
    double values[] = { log(10.5) - log(10), -(log(2.1) - log(2)), log(1.05),
                        log(31.5) - log(30) };
    int64_t work[12];
    struct az_sign_flip got;

    az_sign_flip_test((struct az_sample){ values, 4 }, work, &got);
    ck_assert_uint_eq(got.greater, 5);
    ck_assert_uint_eq(got.less, 15);
}
END_TEST

START_TEST(flips_no_zeros)
{
    static const double zeros[AZ_SIGNED_RANK_MAX + 1] = { 0 };
    static const double some[] = { 0, 0, 3, 1 };
    static const double bad[] = { NAN };
    int64_t work[12];
    struct az_count counts[21];
    struct az_sign_flip flip;
    struct az_signed_rank rank;

    ck_assert_int_eq(
        az_sign_flip_test((struct az_sample){ zeros, 2 }, work, &flip),
        AZ_STAT_NO_SPREAD);
    ck_assert_int_eq(
        az_sign_flip_test((struct az_sample){ bad, 1 }, work, &flip),
        AZ_STAT_UNUSABLE);
    ck_assert_int_eq(
        az_sign_flip_test((struct az_sample){ zeros, 41 }, work, &flip),
        AZ_STAT_TOO_LARGE);
    ck_assert_int_eq(
        az_signed_rank_test((struct az_sample){ zeros, 2 }, counts, &rank),
        AZ_STAT_NO_SPREAD);
    ck_assert_int_eq(
        az_signed_rank_test((struct az_sample){ zeros, 128 }, counts, &rank),
        AZ_STAT_TOO_LARGE);
    ck_assert_int_eq(
        az_signed_rank_test((struct az_sample){ bad, 1 }, counts, &rank),
        AZ_STAT_UNUSABLE);
    ck_assert_uint_eq(az_signed_rank_work(128), 0);
    ck_assert_uint_eq(az_sign_flip_work(41), 0);
    ck_assert_uint_eq(az_sign_flip_work(0), 0);
    /* A zero is no evidence either way. */
    az_sign_flip_test((struct az_sample){ some, 4 }, work, &flip);
    ck_assert_double_eq(flip.p.greater, .25);
    az_signed_rank_test((struct az_sample){ some, 4 }, counts, &rank);
    ck_assert_double_eq(rank.p.greater, .25);
    ck_assert_uint_eq(rank.used, 2);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stat-sign");
    TCase *tcase = new_case(suite, "sign");

    tcase_add_test(tcase, ranks_signs);
    tcase_add_loop_test(tcase, flips_signs, 0, COUNT(signs));
    tcase_add_loop_test(tcase, flips_to_the_smallest_p, 1,
                        AZ_SIGN_FLIP_MAX + 1);
    tcase_add_test(tcase, flips_what_is_equal_alike);
    tcase_add_test(tcase, flips_no_zeros);
    return run_suite(suite);
}
