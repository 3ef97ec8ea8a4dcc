/* Trends.
   SPDX-License-Identifier: MIT */

#include "stat-support.h"

#include "stat/trend.h"

/* P(T > t) is 1/2 - (a + sin a cos a) / pi with a = atan(t / sqrt 3) for 3
   degrees of freedom, and 1/2 - s (3 - s^2) / 4 with s = t / sqrt(4 + t^2)
   for 4. */
static const struct {
    const char *label;
    double values[MOST];
    double slope;
    double deviation;
    double t;
    double p; /* of a rise */
} trends[] = {
    { "rises",
      { 1, 2, 2, 4, 5, END },
      1,
      0.5163977794943222,
      6.123724356957946,
      0.00437720617951215 },
    { "falls",
      { 3, 1, 2, 1, .5, END },
      -.5,
      0.7071067811865476,
      -2.23606797749979,
      0.9443164226429581 },
    { "six",
      { 10, 12, 11, 14, 13, 15, END },
      0.8857142857142857,
      0.9710083124552245,
      3.8158362203593144,
      0.009422740524781315 },
    { "no slope", { 1, 2, 3, 2, 1, END }, 0, 0.9660917830792959, 0, .5 },
    { "a line", { 1, 2, 3, 4, END }, 1, 0, INFINITY, 0 },
    { "a line down", { 4, 3, 2, 1, END }, -1, 0, -INFINITY, 1 },
};

START_TEST(finds_trends)
{
    struct az_sample series = sample_of(trends[_i].values);
    struct az_trend got;

    ck_assert_int_eq(az_trend_find(series, &got), AZ_STAT_OK);
    CHECK_CLOSE(trends[_i].label, got.slope, trends[_i].slope, 14);
    CHECK_CLOSE(trends[_i].label, got.rise,
                trends[_i].slope * (double)(series.count - 1), 14);
    CHECK_CLOSE(trends[_i].label, got.deviation, trends[_i].deviation, 14);
    CHECK_CLOSE(trends[_i].label, got.t, trends[_i].t, 13);
    CHECK_CLOSE(trends[_i].label, got.p.greater, trends[_i].p, 12);
    ck_assert(got.df == (double)(series.count - 2));
}
END_TEST

static const struct {
    const char *label;
    double values[MOST];
    enum az_stat_status status;
} refused[] = {
    { "two", { 1, 2, END }, AZ_STAT_UNUSABLE },
    { "infinite", { 1, INFINITY, 3, END }, AZ_STAT_UNUSABLE },
    { "all equal", { .1, .1, .1, .1, END }, AZ_STAT_NO_SPREAD },
};

START_TEST(refuses)
{
    struct az_trend got;

    ck_assert_msg(az_trend_find(sample_of(refused[_i].values), &got) ==
                      refused[_i].status,
                  "%s", refused[_i].label);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stat-trend");
    TCase *tcase = new_case(suite, "trend");

    tcase_add_loop_test(tcase, finds_trends, 0, COUNT(trends));
    tcase_add_loop_test(tcase, refuses, 0, COUNT(refused));
    return run_suite(suite);
}
