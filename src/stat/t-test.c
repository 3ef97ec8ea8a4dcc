/* Tests of means.
   SPDX-License-Identifier: MIT */

#include "stat/t-test.h"

#include <math.h>

#include "stat/distribution.h"
#include "stat/internal.h"

/* What follows from difference, error and df. */
static enum az_stat_status
finish(struct az_t_test *test)
{
    if (!isfinite(test->difference) || !isfinite(test->error))
        return AZ_STAT_UNUSABLE;
    if (!(test->error > 0))
        return AZ_STAT_NO_SPREAD;
    test->t = test->difference / test->error;
    test->p = az_stat_tails(az_student_upper(-test->t, test->df),
                            az_student_upper(test->t, test->df));
    return AZ_STAT_OK;
}

static enum az_stat_status
check_samples(struct az_sample x, struct az_sample y)
{
    if (!az_stat_usable(x, 2) || !az_stat_usable(y, 2))
        return AZ_STAT_UNUSABLE;
    return x.count > AZ_T_TEST_MAX || y.count > AZ_T_TEST_MAX
               ? AZ_STAT_TOO_LARGE
               : AZ_STAT_OK;
}

enum az_stat_status
az_t_test_welch(struct az_sample x, struct az_sample y, struct az_t_test *ret)
{
    enum az_stat_status status = check_samples(x, y);

    if (status != AZ_STAT_OK)
        return status;
    struct az_moments of_x = az_stat_moments(x);
    struct az_moments of_y = az_stat_moments(y);
    double part_x = of_x.variance / (double)x.count;
    double part_y = of_y.variance / (double)y.count;
    double sum = part_x + part_y;
    /* Parts of the sum and not the squares themselves, which may underflow. */
    double a = part_x / sum;
    double b = part_y / sum;

    *ret = (struct az_t_test){
        .difference = of_x.mean - of_y.mean,
        .error = sqrt(sum),
        .df =
            1 / (a * a / (double)(x.count - 1) + b * b / (double)(y.count - 1)),
    };
    return finish(ret);
}

enum az_stat_status
az_t_test_pooled(struct az_sample x, struct az_sample y, struct az_t_test *ret)
{
    enum az_stat_status status = check_samples(x, y);

    if (status != AZ_STAT_OK)
        return status;
    struct az_moments of_x = az_stat_moments(x);
    struct az_moments of_y = az_stat_moments(y);
    double df = (double)(x.count + y.count - 2);
    double variance = of_x.variance * ((double)(x.count - 1) / df) +
                      of_y.variance * ((double)(y.count - 1) / df);

    *ret = (struct az_t_test){
        .difference = of_x.mean - of_y.mean,
        .error = sqrt(variance * (1 / (double)x.count + 1 / (double)y.count)),
        .df = df,
    };
    return finish(ret);
}

enum az_stat_status
az_t_test_paired(struct az_sample differences, struct az_t_test *ret)
{
    if (!az_stat_usable(differences, 2))
        return AZ_STAT_UNUSABLE;
    if (differences.count > AZ_T_TEST_MAX)
        return AZ_STAT_TOO_LARGE;
    struct az_moments moments = az_stat_moments(differences);

    *ret = (struct az_t_test){
        .difference = moments.mean,
        .error = sqrt(moments.variance / (double)differences.count),
        .df = (double)(differences.count - 1),
    };
    return finish(ret);
}

double
az_t_test_margin(const struct az_t_test *test, double alpha)
{
    return az_student_upper_quantile(alpha / 2, test->df) * test->error;
}

double
az_t_test_reach(const struct az_t_test *test, double alpha, double power)
{
    return (az_student_upper_quantile(alpha, test->df) +
            az_student_upper_quantile(1 - power, test->df)) *
           test->error;
}
