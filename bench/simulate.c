/* What the designs of a comparison with a baseline find, and how often they are
   wrong, and which levels of a series are found: simulated, with a seed, so
   that each run prints the same.
   SPDX-License-Identifier: MIT

   A run's value is 100 exp(run CV z) times the median of five seeds, each
   exp(seed CV z); z is standard normal. */

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "stat/change.h"
#include "stat/prediction.h"
#include "stat/sign-flip.h"
#include "stat/trend.h"

#define SERIES 4000
#define SEEDS  5
#define EFFECT 0.05
#define PAIRS  8
#define MOST   20

static const double pi = 3.14159265358979323846;
static uint64_t state = 2026;

/* SplitMix64: Steele, Lea and Flood, OOPSLA 2014. */
static uint64_t
next_random(void)
{
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static double
next_normal(void)
{
    double u = ((double)(next_random() >> 11) + 0.5) / 9007199254740992.0;
    double v = (double)(next_random() >> 11) / 9007199254740992.0;

    return sqrt(-2 * log(u)) * cos(2 * pi * v);
}

static int
compare_doubles(const void *a, const void *b)
{
    const double *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

struct noise {
    double seed;
    double run;
};

/* The value of a run that shares RUN, the effect of its moment. */
static double
value_of(double change, double seed, double run)
{
    double seeds[SEEDS];

    for (int i = 0; i < SEEDS; i++)
        seeds[i] = exp(seed * next_normal());
    qsort(seeds, SEEDS, sizeof seeds[0], compare_doubles);
    return 100 * (1 + change) * run * seeds[SEEDS / 2];
}

static double
next_value(double change, struct noise noise)
{
    return value_of(change, noise.seed, exp(noise.run * next_normal()));
}

/* How a run came out: significantly worse, and by more than EFFECT. */
struct outcome {
    bool significant;
    bool fails;
};

/* A run against M runs before it. */
static struct outcome
try_interval(double change, struct noise noise, size_t m, double alpha)
{
    const struct az_prediction_rule rule = { alpha, 0.8, true };
    struct az_prediction prediction;
    double runs[MOST], value;

    for (size_t i = 0; i < m; i++)
        runs[i] = next_value(0, noise);
    value = next_value(change, noise);
    if (az_prediction_make((struct az_sample){ runs, m }, &rule, &prediction) !=
        AZ_STAT_OK)
        return (struct outcome){ false, false };
    return (struct outcome){ value > prediction.limit,
                             value > prediction.limit &&
                                 value > prediction.centre * (1 + EFFECT) };
}

/* Runs in pairs with others, of the same moment. */
static struct outcome
try_pairs(double change, struct noise noise, double alpha)
{
    static int64_t work[1 << (PAIRS / 2 + 2)];
    double excess[PAIRS];
    struct az_sign_flip result;
    bool failed;

    for (int i = 0; i < PAIRS; i++) {
        double run = exp(noise.run * next_normal());
        double before = value_of(0, noise.seed, run);

        excess[i] =
            log(value_of(change, noise.seed, run) / before) - log1p(EFFECT);
    }
    failed = az_sign_flip_test((struct az_sample){ excess, PAIRS }, work,
                               &result) == AZ_STAT_OK &&
             result.p.greater <= alpha;
    return (struct outcome){ failed, failed };
}

static struct outcome
try_ratio(double change, struct noise noise)
{
    bool failed =
        next_value(change, noise) > next_value(0, noise) * (1 + EFFECT);

    return (struct outcome){ failed, failed };
}

/* M is 0 for the ratio of two runs, 1 for pairs, else the runs of an
   interval. */
static void
print_row(double change, struct noise noise, size_t m, double alpha)
{
    int significant = 0, fails = 0;

    for (int i = 0; i < SERIES; i++) {
        struct outcome outcome = m == 0 ? try_ratio(change, noise)
                                 : m == 1
                                     ? try_pairs(change, noise, alpha)
                                     : try_interval(change, noise, m, alpha);

        significant += outcome.significant;
        fails += outcome.fails;
    }
    if (m == 0)
        printf("  ratio > 1.05          ");
    else if (m == 1)
        printf("  %2d pairs     p <= %.2f", PAIRS, alpha);
    else
        printf("  %2zu runs      p <= %.2f", m, alpha);
    printf("  %+3.0f %%  %.4f  %.4f\n", change * 100,
           (double)significant / SERIES, (double)fails / SERIES);
}

#define LONGEST 200

/* Series of COUNT runs of which the second half is worse by CHANGE: the share
   in which a level ends where that half begins, or a run beside it; in which
   one ends anywhere; and which have a trend.  The rules are those of
   gate/baseline-window.c and gate/baseline-design.c. */
static void
print_levels(double change, struct noise noise, size_t count)
{
    static double work[AZ_CHANGE_WORK(LONGEST)];
    struct az_change changes[LONGEST / SEEDS];
    struct az_change_rule rule = { 5, log1p(EFFECT) / 2, .0001 };
    int right = 0, any = 0, trends = 0;

    for (int i = 0; i < SERIES / 8; i++) {
        double runs[LONGEST];
        struct az_sample series = { runs, count };
        struct az_trend trend;
        size_t found;
        bool hit = false;

        for (size_t k = 0; k < count; k++)
            runs[k] = log(next_value(k < count / 2 ? 0 : change, noise));
        if (az_change_find(series, &rule, work, changes, &found) != AZ_STAT_OK)
            continue;
        for (size_t k = 0; k < found; k++)
            hit |= changes[k].at + 1 >= count / 2 &&
                   changes[k].at <= count / 2 + 1;
        right += hit;
        any += found > 0;
        if (count <= 30 && az_trend_find(series, &trend) == AZ_STAT_OK)
            trends += trend.p.greater <= .001 && trend.rise >= rule.min_effect;
    }
    printf("  %3zu runs  %+3.0f %%  %.4f  %.4f  %.4f\n", count, change * 100,
           (double)right / (SERIES / 8), (double)any / (SERIES / 8),
           (double)trends / (SERIES / 8));
}

int
main(void)
{
    static const struct noise noises[] = {
        { .02, 0 }, { .05, 0 }, { .01, .02 }, { .02, .03 }, { .01, .05 }
    };
    static const double changes[] = { 0, .10, .20 };
    static const double alphas[] = { .05, .01 };
    static const size_t runs[] = { 5, 10, 20, 1 };
    static const size_t lengths[] = { 10, 30, LONGEST };

    if (az_sign_flip_work(PAIRS) > 1 << (PAIRS / 2 + 2))
        return 1;
    for (size_t n = 0; n < sizeof noises / sizeof noises[0]; n++) {
        printf("seed CV %.0f %%, run CV %.0f %%: true change, share of runs "
               "that are significant, that fail\n",
               noises[n].seed * 100, noises[n].run * 100);
        for (size_t k = 0; k < sizeof changes / sizeof changes[0]; k++) {
            print_row(changes[k], noises[n], 0, 0);
            for (size_t a = 0; a < sizeof alphas / sizeof alphas[0]; a++)
                for (size_t m = 0; m < sizeof runs / sizeof runs[0]; m++)
                    print_row(changes[k], noises[n], runs[m], alphas[a]);
        }
    }
    for (size_t n = 0; n < sizeof noises / sizeof noises[0]; n++) {
        printf("seed CV %.0f %%, run CV %.0f %%: runs, true change in "
               "mid-series, share that has it there, that has any, that has a "
               "trend for the worse\n",
               noises[n].seed * 100, noises[n].run * 100);
        for (size_t k = 0; k < sizeof changes / sizeof changes[0]; k++)
            for (size_t m = 0; m < sizeof lengths / sizeof lengths[0]; m++)
                print_levels(changes[k], noises[n], lengths[m]);
    }
    return 0;
}
