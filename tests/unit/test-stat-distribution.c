/* Student's t, the normal distribution, tests of means, the prediction
   interval, adjusted p values.
   SPDX-License-Identifier: MIT */

#include "stat-support.h"

#include "stat/adjust.h"
#include "stat/distribution.h"
#include "stat/prediction.h"
#include "stat/rank-sum.h"
#include "stat/sign-flip.h"
#include "stat/t-test.h"

static const struct {
    double p; /* lower */
    double df;
    double want;
} t_quantiles[] = {
    { .95, 1, 6.313751514675038 },   { .95, 4, 2.131846786326649 },
    { .95, 9, 1.833112932656237 },   { .95, 29, 1.699127026533497 },
    { .975, 1, 12.70620473617469 },  { .975, 2, 4.302652729749462 },
    { .975, 4, 2.776445105197793 },  { .975, 9, 2.262157162798205 },
    { .99, 4, 3.746947387979195 },   { .99, 9, 2.821437925025807 },
    { .99, 63, 2.387007863469797 },  { .995, 5, 4.032142983555229 },
    { .9995, 2, 31.59905457644536 }, { .9995, 4, 8.610301581379522 },
    { .05, 9, -1.833112932656237 },  { .5, 3, 0 },
};

START_TEST(finds_t)
{
    double got =
        az_student_upper_quantile(1 - t_quantiles[_i].p, t_quantiles[_i].df);

    ck_assert_msg(agrees(got, t_quantiles[_i].want, 14) ||
                      fabs(got - t_quantiles[_i].want) < 1e-15,
                  "row %d: %.17g", _i, got);
    CHECK_CLOSE("far out", az_student_upper_quantile(1e-200, 1),
                3.183098861837907e199, 14);
}
END_TEST

static const struct {
    double t;
    double df;
    double want;
    int digits;
} t_tails[] = {
    { 2.5, 4, .03338327240599406, 14 },
    { 2.5, 9, .01693091384149285, 14 },
    { 10, 9, 1.78911871596237e-6, 14 },
    { 40, 120, 1.566824199308261e-71, 14 },
    { 0, 5, .5, 16 },
    { 1, 1, .25, 15 },
    { -1, 1, .75, 15 },
    { 1e160, 1, 3.183098861837907e-161, 14 },
    { 1e6, 1, 3.1830988618368456e-7, 14 },
    { 1.96, 1e9, .0249978951, 8 },
};

START_TEST(finds_tail_of_t)
{
    double got = az_student_upper(t_tails[_i].t, t_tails[_i].df);

    ck_assert_msg(agrees(got, t_tails[_i].want, t_tails[_i].digits),
                  "row %d: %.17g", _i, got);
}
END_TEST

/* With two degrees of freedom the tail is (1 - t / sqrt(2 + t^2)) / 2. */
START_TEST(agrees_with_a_closed_form)
{
    for (double t = 0; t < 3; t += 0.01) {
        CHECK_CLOSE("df 2", az_student_upper(t, 2),
                    0.5 - t / sqrt(2 + t * t) / 2, 13);
    }
}
END_TEST

/* Both ways of reckoning meet, and p falls. */
START_TEST(falls_with_t)
{
    double before = 1;

    for (double t = -20; t < 20; t += 0.01) {
        double p = az_student_upper(t, (double)_i);
        ck_assert(p <= before);
        ck_assert(fabs(p + az_student_upper(-t, (double)_i) - 1) < 1e-14);
        before = p;
    }
}
END_TEST

static const struct {
    double p;
    double want;
} normal_quantiles[] = {
    { .95, 1.6448536269514715 },
    { .975, 1.9599639845400536 },
    { .99, 2.3263478740408408 },
    { .999, 3.0902323061678132 },
    { 1e-10, -6.3613409024040557 },
    { 1e-300, -37.047096299361201 },
    { .5, 0 },
};

START_TEST(finds_normal)
{
    double got = az_normal_quantile(normal_quantiles[_i].p);

    ck_assert_msg(agrees(got, normal_quantiles[_i].want, 15), "row %d: %.17g",
                  _i, got);
    CHECK_CLOSE("back", az_normal_upper(-got), normal_quantiles[_i].p, 12);
}
END_TEST

START_TEST(refuses_what_is_no_probability)
{
    static const double none[] = { 0, 1, -1, 2, NAN, INFINITY };

    ck_assert(isnan(az_normal_quantile(none[_i])));
    ck_assert(isnan(az_student_upper_quantile(none[_i], 5)));
    ck_assert(isnan(az_student_upper_quantile(.5, 0.5)));
    ck_assert(isnan(az_student_upper(1, NAN)));
    ck_assert(isnan(az_student_upper(NAN, 1)));
    ck_assert(isnan(az_student_upper(1, 2 * AZ_STUDENT_MAX)));
    ck_assert_double_eq(az_student_upper(INFINITY, 3), 0);
}
END_TEST

/* Cushny and Peebles' sleep data, and others. */
static const struct {
    const char *label;
    double x[MOST];
    double y[MOST];
    double t;
    double df;
    double p;
    double low;
    double high;
    int digits;
} welch[] = {
    { "sleep",
      { .7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2, END },
      { 1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4, END },
      -1.8608134674868531,
      17.7764735161785,
      .0793941401873582,
      -3.3654832307,
      .2054832307,
      13 },
    { "four and four",
      { 2, 1, 3, 4, END },
      { 6, 5, 7, 9, END },
      -3.9703446152237674,
      5.584615384615385,
      .00851286313137817,
      NAN,
      NAN,
      13 },
    { "Perfherder",
      { 1, 2, END },
      { 0, 0, END },
      3.0,
      1,
      .204832764699133,
      NAN,
      NAN,
      12 },
    { "Otava's five",
      { 1.00, 1.02, 1.05, .95, .98, END },
      { .80, .82, .85, .79, .77, END },
      NAN,
      NAN,
      2.714e-5,
      NAN,
      NAN,
      3 },
};

START_TEST(compares_means)
{
    const char *label = welch[_i].label;
    struct az_t_test test;

    ck_assert_int_eq(
        az_t_test_welch(sample_of(welch[_i].x), sample_of(welch[_i].y), &test),
        AZ_STAT_OK);
    CHECK_CLOSE(label, test.p.two_sided, welch[_i].p, welch[_i].digits);
    if (!isnan(welch[_i].t)) {
        CHECK_CLOSE(label, test.t, welch[_i].t, 13);
        CHECK_CLOSE(label, test.df, welch[_i].df, 13);
    }
    if (!isnan(welch[_i].low)) {
        double margin = az_t_test_margin(&test, .05);
        CHECK_CLOSE(label, test.difference - margin, welch[_i].low, 10);
        CHECK_CLOSE(label, test.difference + margin, welch[_i].high, 9);
    }
}
END_TEST

/* R's (qt(.95, 9) + qt(.8, 9)) * 2, and half a chance at the margin. */
START_TEST(reaches_differences)
{
    const struct az_t_test test = { .error = 2, .df = 9 };

    CHECK_CLOSE("reach", az_t_test_reach(&test, .05, .8), 5.43303, 6);
    CHECK_CLOSE("half", az_t_test_reach(&test, .025, .5),
                az_t_test_margin(&test, .05), 12);
    ck_assert(isnan(az_t_test_reach(&test, 0, .8)));
    ck_assert(isnan(az_t_test_reach(&test, .05, 1)));
}
END_TEST

/* Otava's five, by Student's test with n - 1; and sizes that differ. */
START_TEST(pools_variances)
{
    static const double x[] = { 1, 2, 3, 4 };
    static const double y[] = { 5, 7 };
    struct az_t_test test;

    ck_assert_int_eq(
        az_t_test_pooled(sample_of(welch[3].x), sample_of(welch[3].y), &test),
        AZ_STAT_OK);
    CHECK_CLOSE("p", test.p.two_sided, 2.025e-5, 3);
    CHECK_CLOSE("df", test.df, 8.0, 15);
    ck_assert_int_eq(az_t_test_pooled((struct az_sample){ x, 4 },
                                      (struct az_sample){ y, 2 }, &test),
                     AZ_STAT_OK);
    CHECK_CLOSE("error", test.error, sqrt((5 + 2) / 4.0 * (1 / 4.0 + 1 / 2.0)),
                14);
    CHECK_CLOSE("t", test.t, -3.5 / test.error, 14);
    ck_assert_int_eq(az_t_test_pooled((struct az_sample){ x, 1 },
                                      (struct az_sample){ y, 2 }, &test),
                     AZ_STAT_UNUSABLE);
}
END_TEST

START_TEST(compares_pairs)
{
    double differences[10];
    struct az_t_test test;

    for (size_t i = 0; i < 10; i++)
        differences[i] = welch[0].x[i] - welch[0].y[i];
    ck_assert_int_eq(
        az_t_test_paired((struct az_sample){ differences, 10 }, &test),
        AZ_STAT_OK);
    CHECK_CLOSE("t", test.t, -4.0621276833820, 13);
    CHECK_CLOSE("df", test.df, 9.0, 15);
    CHECK_CLOSE("p", test.p.two_sided, .00283289019738, 11);
    CHECK_CLOSE("less", test.p.less, test.p.two_sided / 2, 15);
}
END_TEST

START_TEST(needs_spread)
{
    static const double same[] = { 3.1, 3.1, 3.1 };
    static const double more[] = { 3.2, 3.2 };
    static const double bad[] = { 1, NAN };
    struct az_t_test test;

    ck_assert_int_eq(az_t_test_welch((struct az_sample){ more, 2 },
                                     (struct az_sample){ same, 3 }, &test),
                     AZ_STAT_NO_SPREAD);
    CHECK_CLOSE("difference", test.difference, .1, 14);
    ck_assert_int_eq(az_t_test_welch((struct az_sample){ more, 2 },
                                     (struct az_sample){ same, 1 }, &test),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_t_test_welch((struct az_sample){ more, 2 },
                                     (struct az_sample){ bad, 2 }, &test),
                     AZ_STAT_UNUSABLE);
    ck_assert_int_eq(az_t_test_paired((struct az_sample){ same, 3 }, &test),
                     AZ_STAT_NO_SPREAD);
    ck_assert_int_eq(az_t_test_paired((struct az_sample){ bad, 2 }, &test),
                     AZ_STAT_UNUSABLE);
}
END_TEST

static const struct {
    size_t count;
    double want;
    double precision;
} multipliers[] = {
    { 2, 38.972, 5e-4 },   { 3, 8.04198, 5e-6 },  { 5, 4.10458, 5e-6 },
    { 10, 2.95915, 5e-6 }, { 30, 2.50272, 5e-6 }, { 64, 2.40558, 5e-6 },
};

START_TEST(multiplies)
{
    double got = az_prediction_multiplier(multipliers[_i].count, .01);

    ck_assert_msg(fabs(got - multipliers[_i].want) <= multipliers[_i].precision,
                  "%zu: %.12g", multipliers[_i].count, got);
}
END_TEST

static const double runs[] = { 100, 102, 99, 101, 98 };
static const struct az_prediction_rule rule = { .alpha = .01,
                                                .power = .8,
                                                .higher_is_worse = true };

/* A value at the limit has p = alpha; units and order say nothing; for what is
   better when higher, everything is turned about. */
START_TEST(predicts)
{
    struct az_prediction up, down, scaled;
    double scaled_runs[5], inverse[5];
    struct az_prediction_rule other = rule;
    double t;

    for (size_t i = 0; i < 5; i++) {
        scaled_runs[4 - i] = runs[i] * 1000;
        inverse[i] = 1 / runs[i];
    }
    ck_assert_int_eq(
        az_prediction_make((struct az_sample){ runs, 5 }, &rule, &up),
        AZ_STAT_OK);
    CHECK_CLOSE("centre", up.centre, 99.989998799719921, 14);
    CHECK_CLOSE("deviation", up.deviation, .015813457470134171, 12);
    CHECK_CLOSE("limit", up.limit,
                up.centre * exp(3.746947387979195 * sqrt(1.2) * up.deviation),
                11);
    CHECK_CLOSE("p", az_prediction_p(&up, up.limit, &t), .01, 11);
    CHECK_CLOSE("t", t, 3.746947387979195, 12);
    CHECK_CLOSE(
        "detectable", up.detectable,
        exp((3.746947387979195 + 0.9409646) * up.deviation * sqrt(1.2)) - 1, 6);
    CHECK_CLOSE("even", az_prediction_p(&up, up.centre, NULL), .5, 12);
    ck_assert(isnan(az_prediction_p(&up, 0, NULL)));
    ck_assert(isnan(az_prediction_p(&up, INFINITY, NULL)));
    ck_assert(isnan(az_prediction_p(&up, NAN, NULL)));

    az_prediction_make((struct az_sample){ scaled_runs, 5 }, &rule, &scaled);
    CHECK_CLOSE("scaled", scaled.limit, up.limit * 1000, 13);
    CHECK_CLOSE("scaled p", az_prediction_p(&scaled, 105000, NULL),
                az_prediction_p(&up, 105, NULL), 11);
    other.higher_is_worse = false;
    az_prediction_make((struct az_sample){ inverse, 5 }, &other, &down);
    CHECK_CLOSE("turned", down.limit, 1 / up.limit, 13);
    CHECK_CLOSE("turned p", az_prediction_p(&down, 1 / 105.0, NULL),
                az_prediction_p(&up, 105, NULL), 11);
    CHECK_CLOSE("turned fall", 1 / (1 - down.detectable), 1 + up.detectable,
                12);
}
END_TEST

START_TEST(predicts_nothing_without_spread)
{
    static const double same[] = { .1, .1, .1, .1, .1 };
    static const double zero[] = { 1, 0, 2 };
    struct az_prediction got;
    struct az_prediction_rule bad = rule;

    ck_assert_int_eq(
        az_prediction_make((struct az_sample){ same, 5 }, &rule, &got),
        AZ_STAT_NO_SPREAD);
    ck_assert_int_eq(
        az_prediction_make((struct az_sample){ zero, 3 }, &rule, &got),
        AZ_STAT_UNUSABLE);
    ck_assert_int_eq(
        az_prediction_make((struct az_sample){ runs, 1 }, &rule, &got),
        AZ_STAT_UNUSABLE);
    bad.alpha = 1;
    ck_assert_int_eq(
        az_prediction_make((struct az_sample){ runs, 5 }, &bad, &got),
        AZ_STAT_UNUSABLE);
    ck_assert(isnan(az_prediction_multiplier(1, .01)));
}
END_TEST

/* Bencher's boundaries: 25 values, mean 100, deviation 10. */
START_TEST(bounds_as_bencher_does)
{
    double by_t = 10 * az_prediction_multiplier(25, .023);
    double by_z = -10 * az_normal_quantile(.023);

    ck_assert_msg(fabs(100 + by_t - 121.46) < .005, "%.4f", by_t);
    ck_assert_msg(fabs(100 - by_z - 80.05) < .005, "%.4f", by_z);
}
END_TEST

static const struct {
    const char *label;
    double p[MOST];
    enum az_adjustment adjustment;
    double want[MOST]; /* up to END */
    int digits;
} adjustments[] = {
#define BH_1995                                                                \
    {                                                                          \
        .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240,  \
            .4262, .5719, .6528, .7590, 1, END                                 \
    }
    { "Holm",
      BH_1995,
      AZ_ADJUST_HOLM,
      { .0015, .0056, .0247, .114, .2211, .278, .278, .278, .3213, 1, 1, 1, 1,
        1, 1, END },
      13 },
    { "BH",
      BH_1995,
      AZ_ADJUST_BH,
      { .0015, .003, .0095, .035625, .0603, .063857143, .063857143, .0645,
        .0765, .486, .58118182, .714875, .75323077, .81321429, 1, END },
      8 },
    { "BY",
      BH_1995,
      AZ_ADJUST_BY,
      { .0049773435, .009954687, .031523175, .11821191, .20008921, .21189262,
        .21189262, .21402577, .25384452, 1, END },
      7 },
    { "Holm, no order",
      { .01, .04, .03, .005, END },
      AZ_ADJUST_HOLM,
      { .03, .06, .06, .02, END },
      13 },
    { "BH, no order",
      { .01, .04, .03, .005, END },
      AZ_ADJUST_BH,
      { .02, .04, .04, .02, END },
      13 },
    { "Holm, five",
      { .01, .02, .03, .04, .05, END },
      AZ_ADJUST_HOLM,
      { .05, .08, .09, .09, .09, END },
      13 },
    { "BH, five",
      { .01, .02, .03, .04, .05, END },
      AZ_ADJUST_BH,
      { .05, .05, .05, .05, .05, END },
      13 },
    { "BY, five",
      { .01, .02, .03, .04, .05, END },
      AZ_ADJUST_BY,
      { .114166666666667, .114166666666667, .114166666666667, .114166666666667,
        .114166666666667, END },
      13 },
    { "one", { .03, END }, AZ_ADJUST_HOLM, { .03, END }, 15 },
    { "none", { END }, AZ_ADJUST_BY, { END }, 15 },
};

START_TEST(adjusts)
{
    struct az_sample p = sample_of(adjustments[_i].p);
    struct az_ranked_p work[MOST];
    double got[MOST];

    ck_assert_int_eq(az_adjust_p(adjustments[_i].adjustment, p, work, got),
                     AZ_STAT_OK);
    for (size_t i = 0; i < sample_of(adjustments[_i].want).count; i++) {
        ck_assert_msg(
            agrees(got[i], adjustments[_i].want[i], adjustments[_i].digits),
            "%s, %zu: %.12g", adjustments[_i].label, i, got[i]);
        ck_assert(got[i] >= p.values[i]);
    }
}
END_TEST

START_TEST(adjusts_probabilities_only)
{
    static const double bad[][2] = { { .5, -.1 }, { .5, 1.1 }, { NAN, .5 } };
    struct az_ranked_p work[2];
    double got[2];

    ck_assert_int_eq(az_adjust_p(AZ_ADJUST_HOLM,
                                 (struct az_sample){ bad[_i], 2 }, work, got),
                     AZ_STAT_UNUSABLE);
}
END_TEST

/* Largest families of n against n, and of n pairs. */
static const struct {
    bool paired;
    size_t n;
    double alpha;
    size_t want;
} families[] = {
    { false, 5, .05, 12 },  { false, 6, .05, 46 },  { false, 7, .05, 171 },
    { false, 8, .05, 643 }, { false, 5, .01, 2 },   { false, 6, .01, 9 },
    { false, 7, .01, 34 },  { false, 8, .01, 128 }, { false, 3, .05, 1 },
    { false, 2, .05, 0 },   { true, 5, .05, 1 },    { true, 6, .05, 3 },
    { true, 8, .05, 12 },   { true, 10, .05, 51 },  { true, 4, .05, 0 },
};

START_TEST(knows_what_can_reject)
{
    double smallest =
        families[_i].paired
            ? az_sign_flip_smallest_p(families[_i].n)
            : az_rank_sum_smallest_p(families[_i].n, families[_i].n);
    double alpha = families[_i].alpha;

    ck_assert_msg(az_adjust_largest_family(alpha, smallest) ==
                      families[_i].want,
                  "row %d: %zu", _i, az_adjust_largest_family(alpha, smallest));
    ck_assert(!az_adjust_can_reject(families[_i].want + 1, alpha, smallest));
    ck_assert(families[_i].want == 0 ||
              az_adjust_can_reject(families[_i].want, alpha, smallest));
    ck_assert(!az_adjust_can_reject(0, alpha, smallest));
    ck_assert(!az_adjust_can_reject(1, alpha, NAN));
    ck_assert(!az_adjust_can_reject(1, NAN, smallest));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stat-distribution");
    TCase *tcase = new_case(suite, "distribution");

    tcase_add_loop_test(tcase, finds_t, 0, COUNT(t_quantiles));
    tcase_add_loop_test(tcase, finds_tail_of_t, 0, COUNT(t_tails));
    tcase_add_test(tcase, agrees_with_a_closed_form);
    tcase_add_loop_test(tcase, falls_with_t, 1, 130);
    tcase_add_loop_test(tcase, finds_normal, 0, COUNT(normal_quantiles));
    tcase_add_loop_test(tcase, refuses_what_is_no_probability, 0, 6);
    tcase_add_loop_test(tcase, compares_means, 0, COUNT(welch));
    tcase_add_test(tcase, reaches_differences);
    tcase_add_test(tcase, pools_variances);
    tcase_add_test(tcase, compares_pairs);
    tcase_add_test(tcase, needs_spread);
    tcase_add_loop_test(tcase, multiplies, 0, COUNT(multipliers));
    tcase_add_test(tcase, predicts);
    tcase_add_test(tcase, predicts_nothing_without_spread);
    tcase_add_test(tcase, bounds_as_bencher_does);
    tcase_add_loop_test(tcase, adjusts, 0, COUNT(adjustments));
    tcase_add_loop_test(tcase, adjusts_probabilities_only, 0, 3);
    tcase_add_loop_test(tcase, knows_what_can_reject, 0, COUNT(families));
    return run_suite(suite);
}
