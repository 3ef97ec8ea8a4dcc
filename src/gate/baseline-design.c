/* The designs of a comparison with a baseline.
   SPDX-License-Identifier: MIT */

#include "gate/baseline.h"

#include <math.h>

#include "core/arena.h"
#include "stat/distribution.h"
#include "stat/sign-flip.h"
#include "stat/t-test.h"

/* Digits of a double in a reason: what it was computed from has no more. */
#define DIGITS 4

const char *
az_baseline_number(struct az_arena *arena, double value)
{
    return az_arena_printf(arena, "%.*g", DIGITS, value);
}

const char *
az_baseline_percent(struct az_arena *arena, double part)
{
    return az_arena_printf(arena, "%+.*g %%", DIGITS, part * 100);
}

bool
az_baseline_is_worse(struct az_arena *arena, const struct az_budget *budget,
                     struct az_decimal value, struct az_decimal level,
                     struct az_decimal percent)
{
    struct az_decimal room =
        az_decimal_scale(az_decimal_multiply(arena, level, percent), -2);

    room.negative = false; /* a level below zero has room too */
    if (budget->higher_is_better)
        return az_decimal_compare(az_decimal_add(arena, value, room), level) <
               0;
    return az_decimal_compare(value, az_decimal_add(arena, level, room)) > 0;
}

/* How much worse VALUE is than CENTRE, as a part of it. */
static double
change_of(const struct az_budget *budget, double value, double centre)
{
    return budget->higher_is_better ? 1 - value / centre : value / centre - 1;
}

/* The runs of SERIES that the row's value is held against: the last ones that
   are not of its own commit. */
static size_t
take_runs(struct az_comparison *c, const struct az_run_series *series,
          const struct az_run_point **ret)
{
    struct az_str commit = c->gate->result->commit;
    size_t count = 0;

    for (size_t i = series == NULL ? 0 : series->count;
         i > 0 && count < AZ_BASELINE_RUNS; i--)
        if (!az_gate_is_same_commit(series->points[i - 1].run->commit, commit))
            ret[count++] = &series->points[i - 1];
    return count;
}

/* A deterministic value differs from no other of its commit; of a run that is
   to be kept, az_gate_check_repeats says so. */
static bool
varies(struct az_comparison *c, const struct az_baseline_test *test)
{
    const struct az_run_series *series = test->base;
    struct az_str commit = c->gate->result->commit;
    size_t first =
        series->count > AZ_BASELINE_RUNS ? series->count - AZ_BASELINE_RUNS : 0;

    for (size_t i = first; i < series->count; i++) {
        const struct az_run_point *point = &series->points[i];

        if (c->gate->input->kept == NULL &&
            az_gate_is_same_commit(point->run->commit, commit) &&
            az_decimal_compare(point->value->base, test->value) != 0)
            return true;
        for (size_t k = i; k > first; k--)
            if (az_gate_is_same_commit(series->points[k - 1].run->commit,
                                       point->run->commit)) {
                if (az_decimal_compare(series->points[k - 1].value->base,
                                       point->value->base) != 0)
                    return true;
                break;
            }
    }
    return false;
}

/* What TEST is compared with is one value, that of FIRST, of which it may lose
   PERCENT per cent. */
static void
expect_exactly(struct az_baseline_test *test, const struct az_run_point *first,
               struct az_decimal percent)
{
    test->first = first;
    test->centre = az_decimal_to_double(first->value->base);
    test->detectable = az_decimal_to_double(az_decimal_scale(percent, -2));
}

/* Whether the value is worse than that by more than PERCENT per cent. */
static void
compare_exactly(struct az_comparison *c, struct az_baseline_test *test,
                struct az_decimal percent)
{
    struct az_arena *arena = c->gate->arena;
    const struct az_run_value *level = test->first->value;
    const struct az_row *row = test->row;
    double value = az_decimal_to_double(test->value);

    /* both times both denominators, which are above zero */
    test->worse =
        az_baseline_is_worse(arena, row->budget,
                             az_decimal_multiply(arena, row->exact.numerator,
                                                 level->exact.denominator),
                             az_decimal_multiply(arena, level->exact.numerator,
                                                 row->exact.denominator),
                             percent);
    if (test->centre > 0)
        test->change = change_of(test->row->budget, value, test->centre);
}

static void
expect_exact(struct az_comparison *c, struct az_baseline_test *test)
{
    const struct az_run_point *runs[AZ_BASELINE_RUNS];

    test->runs = take_runs(c, test->base, runs);
    if (test->runs > 0)
        expect_exactly(test, runs[0], test->plan->max_change);
}

static void
compute_exact(struct az_comparison *c, struct az_baseline_test *test)
{
    expect_exact(c, test);
    if (test->runs == 0) {
        test->impossible = "the baseline has it in no run of another commit";
        return;
    }
    if (varies(c, test)) {
        az_baseline_report(c, test, AZ_DIAG_BASELINE_NOISE, AZ_ERROR,
                           "compared exactly, but one commit has two values "
                           "of it");
        test->unsound = true;
        return;
    }
    compare_exactly(c, test, test->plan->max_change);
}

bool
az_baseline_is_usable(double number)
{
    return number > 0 && isfinite(number);
}

/* Says that TEST cannot take place, since a value has no logarithm. */
static bool
refuse_value(struct az_comparison *c, struct az_baseline_test *test,
             const char *message)
{
    az_baseline_report(c, test, AZ_DIAG_BASELINE_ZERO, AZ_ERROR, message);
    test->unsound = true;
    return false;
}

/* Whether all runs of WINDOW have logarithms. */
static bool
are_usable(const struct az_baseline_window *window)
{
    for (size_t i = 0; i < window->count; i++)
        if (!az_baseline_is_usable(window->numbers[i]))
            return false;
    return true;
}

/* Whether they do, and the value has one; false after a finding. */
static bool
check_numbers(struct az_comparison *c, struct az_baseline_test *test)
{
    if (!are_usable(test->window))
        return refuse_value(c, test,
                            "the baseline has a run in which it is not above "
                            "zero");
    if (az_baseline_is_usable(az_decimal_to_double(test->value)))
        return true;
    return refuse_value(c, test,
                        az_decimal_sign(test->value) > 0
                            ? "it is too small or too large to be compared in "
                              "per cent"
                            : "it is not above zero, and is compared in per "
                              "cent");
}

/* The change that is REACH, on logarithms, beyond the smallest that counts. */
static double
change_with(const struct az_baseline_test *test, double reach)
{
    return test->row->budget->higher_is_better
               ? 1 - (1 - test->plan->effect) * exp(-reach)
               : (1 + test->plan->effect) * exp(reach) - 1;
}

/* The smallest change that is mostly found: the value must be beyond the limit
   and beyond the change that counts. */
static double
detectable_in(const struct az_baseline_test *test,
              const struct az_prediction *prediction)
{
    return fmax(prediction->detectable,
                change_with(test, prediction->error * az_student_upper_quantile(
                                                          1 - AZ_BASELINE_POWER,
                                                          prediction->df)));
}

/* A trend is as large as a change of level has to be, baseline-window.c; it is
   not searched for, so it need not be as sure. */
#define TREND_P 0.001

/* Whether the runs rise or fall beyond their noise. */
static bool
find_trend(const struct az_baseline_test *test, const double *numbers,
           size_t count, struct az_trend *ret)
{
    double logarithms[AZ_BASELINE_RUNS];

    for (size_t i = 0; i < count && i < AZ_BASELINE_RUNS; i++)
        logarithms[i] = log(numbers[i]);
    return count <= AZ_BASELINE_RUNS &&
           az_trend_find((struct az_sample){ logarithms, count }, ret) ==
               AZ_STAT_OK &&
           fabs(ret->rise) >= log1p(test->plan->effect) / 2 &&
           ret->p.two_sided / 2 <= TREND_P;
}

/* What the runs of TEST's window, which have logarithms, say of the next one.
   Where they rise or fall beyond their noise, the spread is that around the
   line: a slow change would widen the interval for a sudden one.  The trend of
   TEST is that line, whose slope is 0 where there is none. */
static enum az_stat_status
predict(struct az_baseline_test *test, struct az_prediction *ret)
{
    const double *numbers = test->window->numbers;
    size_t count = test->window->count;
    struct az_trend trend;
    const struct az_prediction_rule rule = {
        .alpha = test->alpha,
        .power = AZ_BASELINE_POWER,
        .higher_is_worse = !test->row->budget->higher_is_better,
    };
    enum az_stat_status status =
        az_prediction_make((struct az_sample){ numbers, count }, &rule, ret);

    if (status != AZ_STAT_OK || !find_trend(test, numbers, count, &trend))
        return status;
    test->trend = trend;
    /* of runs on a line any is certain: but no clock is as good as that */
    az_prediction_respread(ret, count, &rule, fmax(trend.deviation, 1e-9),
                           trend.df);
    return status;
}

/* Fills in what they say; RET is that. */
static enum az_stat_status
expect_next(struct az_baseline_test *test, struct az_prediction *ret)
{
    const struct az_baseline_window *window = test->window;
    enum az_stat_status status = predict(test, ret);

    test->equal = status == AZ_STAT_NO_SPREAD;
    if (test->equal)
        expect_exactly(test, window->points[0], test->plan->min_effect);
    if (status != AZ_STAT_OK)
        return status;
    test->trending = test->row->budget->higher_is_better
                         ? test->trend.slope < 0
                         : test->trend.slope > 0;
    test->centre = ret->centre;
    test->limit = ret->limit;
    test->noise = change_of(test->row->budget, ret->limit, ret->centre);
    test->detectable = detectable_in(test, ret);
    return status;
}

static void
expect_interval(struct az_comparison *c, struct az_baseline_test *test)
{
    const struct az_baseline_window *window;
    struct az_prediction prediction;

    az_baseline_choose_window(c, test);
    window = test->window;
    test->runs = window->count;
    if (test->runs == 0)
        return;
    test->first = window->points[0];
    if (test->runs >= test->plan->min_runs && are_usable(window))
        expect_next(test, &prediction);
}

/* Whether TEST's window has runs enough.  Who is cut off from the others is
   compared with what there is when a run is promoted: else nothing would be
   between a level that nobody accepted and the next. */
static bool
has_runs(struct az_comparison *c, struct az_baseline_test *test)
{
    const struct az_baseline_window *window = test->window;

    test->runs = window->count;
    if (test->runs >= test->plan->min_runs ||
        (window->cut && c->gate->input->saved != NULL))
        return true;
    test->impossible = az_arena_printf(
        c->gate->arena, "n = %zu, and %zu runs are needed%s%s%s", test->runs,
        test->plan->min_runs, window->cut ? " (" : "",
        window->cut ? window->why : "", window->cut ? ")" : "");
    return false;
}

static void
compute_interval(struct az_comparison *c, struct az_baseline_test *test)
{
    struct az_prediction prediction;
    double value = az_decimal_to_double(test->value);
    enum az_stat_status status;

    if (!has_runs(c, test) || !check_numbers(c, test))
        return;
    status = expect_next(test, &prediction);
    if (test->equal) {
        compare_exactly(c, test, test->plan->min_effect);
        return;
    }
    if (status != AZ_STAT_OK) {
        test->impossible = "its runs cannot be used";
        return;
    }
    test->change = change_of(test->row->budget, value, prediction.centre);
    test->worse = test->change > test->plan->effect;
    test->p = az_prediction_p(&prediction, value, NULL);
    if (isnan(test->p)) {
        refuse_value(c, test, "it is too far from its baseline to be compared");
        return;
    }
}

/* Less than this is what logarithms are rounded by, and none. */
#define ROUNDED 1e-12

/* The logarithm of how much worse NOW is than BEFORE, less what is allowed. */
static double
excess_of(const struct az_baseline_test *test, double before, double now)
{
    double excess = test->row->budget->higher_is_better
                        ? log(before / now) + log1p(-test->plan->effect)
                        : log(now / before) - log1p(test->plan->effect);

    return fabs(excess) < ROUNDED ? 0 : excess;
}

/* The smallest change that so many pairs of this spread find, about: the
   permutation test is as strong as Student's. */
static double
detectable_by(const struct az_baseline_test *test, const double *excess)
{
    struct az_t_test paired;
    double reach = 0; /* without any spread */

    if (az_t_test_paired((struct az_sample){ excess, test->runs }, &paired) ==
        AZ_STAT_OK)
        reach = az_t_test_reach(&paired, test->alpha, AZ_BASELINE_POWER);
    return change_with(test, reach);
}

/* Who leaves a run out chooses the verdict. */
static void
report_half(struct az_comparison *c, struct az_baseline_test *test)
{
    az_baseline_report(c, test, AZ_DIAG_BASELINE_SHAPE, AZ_ERROR,
                       "a pair has only one of its two runs");
    test->unsound = true;
}

/* The excess of each pair; NULL after saying what keeps them from being
   compared. */
static double *
take_pairs(struct az_comparison *c, struct az_baseline_test *test)
{
    const struct az_run_series *base = test->base, *now = test->current;
    double *excess, sum = 0;

    test->runs = base == NULL || now == NULL ? 0 : now->pair_count;
    if (test->runs < test->plan->min_pairs || test->runs > AZ_SIGN_FLIP_MAX) {
        test->impossible = az_arena_printf(
            c->gate->arena, "n = %zu, and %zu to %d pairs are needed",
            test->runs, test->plan->min_pairs, AZ_SIGN_FLIP_MAX);
        return NULL;
    }
    excess = az_arena_array(c->gate->arena, test->runs, sizeof *excess);
    for (size_t i = 0; i < test->runs; i++) {
        double before, after;

        if (i >= base->pair_count ||
            base->pairs[i].run->pair != now->pairs[i].run->pair) {
            report_half(c, test);
            return NULL;
        }
        before = az_decimal_to_double(base->pairs[i].value->base);
        after = az_decimal_to_double(now->pairs[i].value->base);
        if (!az_baseline_is_usable(before) || !az_baseline_is_usable(after)) {
            refuse_value(c, test,
                         "a pair has a run in which it is not above zero");
            return NULL;
        }
        excess[i] = excess_of(test, before, after);
        sum += excess[i];
    }
    if (base->pair_count != now->pair_count)
        report_half(c, test);
    sum /= (double)test->runs;
    test->change = change_with(test, sum);
    return test->unsound ? NULL : excess;
}

static void
compute_pairs(struct az_comparison *c, struct az_baseline_test *test)
{
    struct az_sign_flip result;
    double *excess = take_pairs(c, test);
    struct az_arena *scratch;
    enum az_stat_status status;
    int64_t *work;

    if (excess == NULL)
        return;
    scratch = az_arena_new_like(c->gate->arena);
    work = az_arena_array(scratch, az_sign_flip_work(test->runs), sizeof *work);
    status = az_sign_flip_test((struct az_sample){ excess, test->runs }, work,
                               &result);
    az_arena_free(scratch);
    if (status != AZ_STAT_OK && status != AZ_STAT_NO_SPREAD) {
        refuse_value(c, test,
                     "the runs of a pair are too far apart to be compared");
        return;
    }
    test->p = status == AZ_STAT_OK ? result.p.greater : 1;
    test->worse = test->change > test->plan->effect;
    test->detectable = detectable_by(test, excess);
}

void
az_baseline_expect(struct az_comparison *c, struct az_baseline_test *test)
{
    if (test->plan->design == AZ_DESIGN_EXACT)
        expect_exact(c, test);
    else if (test->plan->design == AZ_DESIGN_INTERVAL)
        expect_interval(c, test);
}

bool
az_baseline_is_by_chance(const struct az_baseline_test *test)
{
    return test->plan->design != AZ_DESIGN_EXACT && !test->equal;
}

void
az_baseline_compute(struct az_comparison *c, struct az_baseline_test *test)
{
    static void (*const designs[AZ_DESIGN_COUNT])(struct az_comparison *,
                                                  struct az_baseline_test *) = {
        [AZ_DESIGN_EXACT] = compute_exact,
        [AZ_DESIGN_INTERVAL] = compute_interval,
        [AZ_DESIGN_PAIRS] = compute_pairs,
    };

    designs[test->plan->design](c, test);
}
