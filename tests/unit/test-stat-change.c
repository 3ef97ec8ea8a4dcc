/* Change points.
   SPDX-License-Identifier: MIT */

#include "stat-support.h"

#include "stat/change.h"
#include "stat/rank-sum.h"
#include "stat/t-test.h"

/* The flow of the Nile at Aswan, 1871 to 1970. */
static const double nile[] = {
    1120, 1160, 963,  1210, 1160, 1160, 813,  1230, 1370, 1140, 995,  935,
    1110, 994,  1020, 960,  1180, 799,  958,  1140, 1100, 1210, 1150, 1250,
    1260, 1220, 1030, 1100, 774,  840,  874,  694,  940,  833,  701,  916,
    692,  1020, 1050, 969,  831,  726,  456,  824,  702,  1120, 1100, 832,
    764,  821,  768,  845,  864,  862,  698,  845,  744,  796,  1040, 759,
    781,  865,  845,  944,  984,  897,  822,  1010, 771,  676,  649,  846,
    812,  742,  801,  1040, 860,  874,  848,  890,  744,  749,  838,  1050,
    918,  986,  797,  923,  975,  815,  1020, 906,  901,  1170, 912,  746,
    919,  718,  714,  740,
};
static const double steps[] = { .3,   2.4, 1.5,   -.9,   -.5,   99.7,  98.3,
                                99.1, 149, 149.7, 149.5, 149.1, 148.8, 150 };
static const double halves[] = { 1.02, .95,  .99, 1,   1.12, 1,   1.01,
                                 .98,  1.01, .96, .5,  .51,  .48, .48,
                                 .55,  .5,   .49, .51, .5,   .49 };
static const double tens[] = { 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,
                               12, 12, 12, 12, 12, 12, 12, 12, 12, 12 };
static const double last[] = { 10.0, 10.1, 9.9, 10.05, 9.95, 10,
                               10.1, 9.9,  10,  10,    12.0 };

/* Two levels at random, and five times the lower at the end. */
static const double levels[] = { 9, 5, 9, 9, 5, 9.1, 5, 5, 9, 9, 5.1,
                                 9, 9, 5, 9, 5, 9,   9, 5, 9, 5, 5,
                                 9, 5, 9, 5, 9, 5,   5, 5, 5, 5 };

#define SERIES(values)                                                         \
    {                                                                          \
        (values), COUNT(values)                                                \
    }

static double work[AZ_CHANGE_WORK(AZ_CHANGE_MAX)];
static struct az_change changes[AZ_CHANGE_MAX / 2];

/* Q by its definition. */
static double
q_of(const double *x, size_t m, const double *y, size_t n)
{
    double between = 0, in_x = 0, in_y = 0;

    for (size_t i = 0; i < m; i++) {
        for (size_t j = 0; j < n; j++)
            between += fabs(x[i] - y[j]);
        for (size_t j = i + 1; j < m; j++)
            in_x += fabs(x[i] - x[j]);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            in_y += fabs(y[i] - y[j]);
    double dm = (double)m, dn = (double)n;
    double of_x = m > 1 ? 2 / (dm * (dm - 1)) * in_x : 0;
    double of_y = n > 1 ? 2 / (dn * (dn - 1)) * in_y : 0;
    return dm * dn / (dm + dn) * (2 / (dm * dn) * between - of_x - of_y);
}

static const struct {
    const char *label;
    struct az_sample series;
    bool whole;
    size_t at;
    size_t end;
    double q;
} splits[] = {
    { "steps", SERIES(steps), false, 5, 14, 761.2821428571428 },
    { "steps to 8", { steps, 8 }, true, 5, 8, 364.3 },
    { "steps from 5", { steps + 5, 9 }, true, 3, 9, 198.2666666666667 },
    { "halves", SERIES(halves), true, 10, 20, 4.682222222222223 },
    { "tens", SERIES(tens), true, 10, 20, 20 },
    { "all equal: the first", { tens, 10 }, false, 2, 4, 0 },
    { "Nile", SERIES(nile), true, 28, 100, 4807.521314553991 },
    { "Nile, any end", SERIES(nile), false, 28, 83, 4916.590807675145 },
};

START_TEST(splits_best)
{
    struct az_sample series = splits[_i].series;
    struct az_split got;

    ck_assert_int_eq(
        az_change_best_split(series, 2, splits[_i].whole, work, &got),
        AZ_STAT_OK);
    ck_assert_msg(got.at == splits[_i].at && got.end == splits[_i].end,
                  "%s: %zu, %zu", splits[_i].label, got.at, got.end);
    CHECK_CLOSE(splits[_i].label, got.q, splits[_i].q, 13);
    CHECK_CLOSE(
        splits[_i].label, got.q,
        q_of(series.values, got.at, series.values + got.at, got.end - got.at),
        13);
}
END_TEST

/* The split found is the best of all that are allowed. */
START_TEST(splits_no_worse_than_any)
{
    size_t least = (size_t)_i;
    double best = -INFINITY;
    struct az_split got;

    for (size_t end = 2 * least; end <= 40; end++)
        for (size_t at = least; at + least <= end; at++)
            best = fmax(best, q_of(nile, at, nile + at, end - at));
    az_change_best_split((struct az_sample){ nile, 40 }, least, false, work,
                         &got);
    CHECK_CLOSE("best", got.q, best, 12);
    ck_assert(got.at >= least && got.end - got.at >= least);
}
END_TEST

START_TEST(knows_the_nile)
{
    struct az_sample before = { nile, 28 };
    struct az_sample after = { nile + 28, 72 };
    struct az_t_test test;
    struct az_rank_sum ranks;
    double q;

    q = q_of(nile, 27, nile + 27, 73);
    CHECK_CLOSE("27", q, 4510.996153846154, 13);
    q = q_of(nile, 29, nile + 29, 71);
    CHECK_CLOSE("29", q, 4404.44, 6);
    az_t_test_welch(before, after, &test);
    CHECK_CLOSE("t", test.t, 8.414516419101, 12);
    CHECK_CLOSE("df", test.df, 45.990572095704849, 13);
    CHECK_CLOSE("p", test.p.two_sided, 7.3078567567256361e-11, 12);
    az_rank_sum_normal(before, after, work, &ranks);
    ck_assert_uint_eq(ranks.doubled_u, 3633);
    CHECK_CLOSE("rank p", ranks.p.two_sided, 5.5275132369241345e-10, 12);
}
END_TEST

static const struct {
    const char *label;
    struct az_sample series;
    struct az_change_rule rule;
    size_t count;
    size_t at[3];
} found[] = {
    { "steps", SERIES(steps), { 3, 0, .001 }, 2, { 5, 8 } },
    { "steps over 60", SERIES(steps), { 3, 60, .001 }, 1, { 5 } },
    { "steps, segments of 4", SERIES(steps), { 4, 0, .001 }, 1, { 5 } },
    { "halves", SERIES(halves), { 5, 0, .001 }, 1, { 10 } },
    { "constant on both sides", SERIES(tens), { 5, 1, .001 }, 1, { 10 } },
    { "less than what counts", SERIES(tens), { 5, 2.5, .001 }, 0, { 0 } },
    { "one value at the end", SERIES(last), { 5, 0, .001 }, 0, { 0 } },
    { "a quiet end", SERIES(levels), { 5, 0, .001 }, 0, { 0 } },
    { "Nile", SERIES(nile), { 5, 0, .001 }, 1, { 28 } },
    { "all equal", { tens, 10 }, { 5, 0, .001 }, 0, { 0 } },
    { "too short", { tens, 9 }, { 5, 0, .001 }, 0, { 0 } },
    { "none", { tens, 0 }, { 5, 0, .001 }, 0, { 0 } },
};

START_TEST(finds_changes)
{
    size_t count;

    ck_assert_int_eq(az_change_find(found[_i].series, &found[_i].rule, work,
                                    changes, &count),
                     AZ_STAT_OK);
    ck_assert_msg(count == found[_i].count, "%s: %zu changes", found[_i].label,
                  count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(changes[i].at == found[_i].at[i], "%s: at %zu",
                      found[_i].label, changes[i].at);
        ck_assert(changes[i].p <= .001);
    }
}
END_TEST

/* A level that returns is two changes, in any units and in either direction;
   with a floor that it does not reach it is none. */
START_TEST(finds_a_plateau)
{
    struct az_change_rule rule = { 5, 0.05, .001 };
    double series[30];
    size_t count;

    for (size_t i = 0; i < 30; i++) {
        double noise = (double)(i * 7 % 5) / 100;
        series[i] = (noise + (i >= 10 && i < 18 ? .5 : 0)) * _i;
    }
    rule.min_effect *= abs(_i);
    az_change_find((struct az_sample){ series, 30 }, &rule, work, changes,
                   &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_uint_eq(changes[0].at, 10);
    ck_assert_uint_eq(changes[1].at, 18);
    ck_assert(changes[0].effect * _i > 0 && changes[1].effect * _i < 0);
    rule.min_effect *= 20;
    az_change_find((struct az_sample){ series, 30 }, &rule, work, changes,
                   &count);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(wants_numbers)
{
    static const struct az_change_rule rule = { 5, 0, .001 };
    static const struct az_change_rule bad[] = {
        { 1, 0, .001 }, { 5, -1, .001 }, { 5, NAN, .001 },
        { 5, 0, 0 },    { 5, 0, 1 },     { 5, 0, NAN },
    };
    static double many[AZ_CHANGE_MAX + 1];
    double series[20];
    struct az_split split;
    size_t count;

    memcpy(series, tens, sizeof(series));
    series[7] = NAN;
    ck_assert_int_eq(az_change_find((struct az_sample){ series, 20 }, &rule,
                                    work, changes, &count),
                     AZ_STAT_UNUSABLE);
    ck_assert_uint_eq(count, 0);
    ck_assert_int_eq(az_change_best_split((struct az_sample){ series, 20 }, 5,
                                          true, work, &split),
                     AZ_STAT_UNUSABLE);
    for (size_t i = 0; i < COUNT(bad); i++) {
        ck_assert_int_eq(az_change_find((struct az_sample){ tens, 20 }, &bad[i],
                                        work, changes, &count),
                         AZ_STAT_UNUSABLE);
    }
    ck_assert_int_eq(
        az_change_find((struct az_sample){ many, AZ_CHANGE_MAX + 1 }, &rule,
                       work, changes, &count),
        AZ_STAT_TOO_LARGE);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stat-change");
    TCase *tcase = new_case(suite, "change");

    tcase_add_loop_test(tcase, splits_best, 0, COUNT(splits));
    tcase_add_loop_test(tcase, splits_no_worse_than_any, 2, 8);
    tcase_add_test(tcase, knows_the_nile);
    tcase_add_loop_test(tcase, finds_changes, 0, COUNT(found));
    tcase_add_loop_test(tcase, finds_a_plateau, -3, -2);
    tcase_add_loop_test(tcase, finds_a_plateau, 1, 2);
    tcase_add_test(tcase, wants_numbers);
    return run_suite(suite);
}
