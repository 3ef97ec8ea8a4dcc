/* Statistics: how often false alarms repeat.
   SPDX-License-Identifier: MIT */

#include <math.h>

#include "support.h"

#include "stat/repeat.h"

/* A single value is beyond the limit as often as alpha says, exactly; two and
   three by simulation of 400,000 series (gate-peers, 3.4), hence loose. */
static const struct {
    const char *label;
    size_t runs;
    double alpha;
    unsigned times;
    double chance;
    double tolerance; /* a part of it */
} rows[] = {
    { "one, two runs", 2, .05, 1, .05, 1e-7 },
    { "one, five runs", 5, .01, 1, .01, 1e-7 },
    { "one, far out", 5, 1e-5, 1, 1e-5, 1e-7 },
    { "one, thirty runs", 30, .001, 1, .001, 1e-7 },
    { "one, a thousand runs", 1000, .05, 1, .05, 1e-7 },
    { "two of five runs", 5, .05, 2, .0091, .03 },
    { "two of five runs, .01", 5, .01, 2, .00136, .08 },
    { "two of ten runs", 10, .05, 2, .0056, .04 },
    { "two of ten runs, .01", 10, .01, 2, .0006, .08 },
    { "two of twenty runs", 20, .05, 2, .0038, .04 },
    { "two of twenty runs, .01", 20, .01, 2, .00031, .12 },
    { "three of five runs", 5, .01, 3, .00034, .2 },
    { "three of ten runs", 10, .01, 3, .00009, .4 },
};

START_TEST(test_chance)
{
    double chance =
        az_repeat_chance(rows[_i].runs, rows[_i].alpha, rows[_i].times);

    ck_assert_msg(fabs(chance - rows[_i].chance) <=
                      rows[_i].tolerance * rows[_i].chance,
                  "%s: %.10g", rows[_i].label, chance);
}
END_TEST

START_TEST(test_limits)
{
    ck_assert(isnan(az_repeat_chance(1, .05, 1)));
    ck_assert(isnan(az_repeat_chance(AZ_REPEAT_RUNS_MAX + 1, .05, 1)));
    ck_assert(isnan(az_repeat_chance(5, 0, 1)));
    ck_assert(isnan(az_repeat_chance(5, 1, 1)));
    ck_assert(isnan(az_repeat_chance(5, .05, 0)));
    ck_assert(isnan(az_repeat_chance(5, .05, AZ_REPEAT_TIMES_MAX + 1)));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("repeat");
    TCase *tcase = tcase_create("repeat");

    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, test_chance, 0, COUNT(rows));
    tcase_add_test(tcase, test_limits);
    return run_suite(suite);
}
