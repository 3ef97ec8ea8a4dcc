/* Runs what the tools for benchmarks say of their own samples, where our test
   is theirs: bench DIR.

   benchstat: its golden outputs; the exact two-sided rank-sum test.
   google/benchmark's compare.py: the expected values of its unit tests; the
   same test where no values are equal, else the normal approximation.
   Change points: not the same test as Otava's or Perfherder's, but on these
   series, with a floor under the effect, the same answer is wanted.
   SPDX-License-Identifier: MIT */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/diag.h"
#include "read/read.h"
#include "stat/change.h"
#include "stat/rank-sum.h"

#define LINE 4096
#define MOST 64

static size_t passed;
static size_t failed;
static struct az_arena *arena;

static void
oom(void)
{
    fputs("out of memory\n", stderr);
    exit(5);
}

static void
verdict(bool good, const char *what, const char *name)
{
    if (good) {
        passed++;
    } else {
        failed++;
        printf("FAIL %s: %s\n", what, name);
    }
}

struct values {
    double items[MOST];
    size_t count;
};

static struct az_sample
sample_of(const struct values *values)
{
    return (struct az_sample){ values->items, values->count };
}

static FILE *
open_file(const char *dir, const char *name)
{
    FILE *file = fopen(az_arena_printf(arena, "%s/%s", dir, name), "r");

    if (file == NULL) {
        verdict(false, name, "not read");
    }
    return file;
}

/* The two-sided p as benchstat and compare.py find it. */
static double
two_sided(const struct values *x, const struct values *y, bool exact)
{
    struct az_rank_sum result = { .p.two_sided = NAN };

    if (exact) {
        struct az_count *work = az_arena_alloc(
            arena, az_rank_sum_work(x->count, y->count) * sizeof(*work) + 1);
        az_rank_sum_exact(sample_of(x), sample_of(y), work, &result);
    } else {
        double work[2 * MOST];
        az_rank_sum_normal(sample_of(x), sample_of(y), work, &result);
    }
    return result.p.two_sided;
}

/* ---- benchstat ---- */

/* A golden output and where its two columns come from: files, or the parts of
   one file after "note: before" and "note: after". */
static const struct {
    const char *golden;
    const char *before;
    const char *after;
} goldens[] = {
    { "csvOldNew.stdout", "old.txt", "new.txt" },
    { "crcIgnore.stdout", "crc-old.txt", "crc-new.txt" },
    { "issue19565.stdout", "issue19565.txt", NULL },
    { "issue19634.stdout", "issue19634.txt", NULL },
    { "smallSample.stdout", "smallSample.txt", NULL },
};

/* The values of the benchmark NAME in UNIT; of the part NOTE, unless NULL. */
static struct values
read_values(const char *dir, const char *file_name, const char *note,
            const char *name, const char *unit)
{
    char line[LINE];
    bool here = note == NULL;
    struct values values = { .count = 0 };
    FILE *file = open_file(dir, file_name);

    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        if (note != NULL && strncmp(line, "note: ", 6) == 0) {
            here = strncmp(line + 6, note, strlen(note)) == 0;
        }
        char *rest = NULL;
        char *word = strtok_r(line, " \t\n", &rest);
        if (!here || word == NULL || strncmp(word, "Benchmark", 9) != 0 ||
            strcmp(word + 9, name) != 0) {
            continue;
        }
        strtok_r(NULL, " \t\n", &rest);
        const char *number;
        while ((number = strtok_r(NULL, " \t\n", &rest)) != NULL) {
            const char *its_unit = strtok_r(NULL, " \t\n", &rest);
            if (its_unit != NULL && strcmp(its_unit, unit) == 0 &&
                values.count < MOST) {
                values.items[values.count++] = strtod(number, NULL);
            }
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return values;
}

/* One row of golden output I, if it has a p. */
static void
judge_row(const char *dir, size_t i, char *line, const char *unit)
{
    const char *p = strstr(line, "p=");
    size_t length = strcspn(line, " ,");
    char got[16];

    if (p == NULL || length == 0) {
        return;
    }
    const char *wanted = az_arena_printf(arena, "%.5s", p + 2);
    line[length] = '\0';
    bool one_file = goldens[i].after == NULL;
    struct values before = read_values(dir, goldens[i].before,
                                       one_file ? "before" : NULL, line, unit);
    struct values after =
        read_values(dir, one_file ? goldens[i].before : goldens[i].after,
                    one_file ? "after" : NULL, line, unit);
    snprintf(got, sizeof(got), "%.3f", two_sided(&before, &after, true));
    verdict(strcmp(got, wanted) == 0, goldens[i].golden,
            az_arena_printf(arena, "%s in %s: %s, not %s", line, unit, got,
                            wanted));
}

static void
run_benchstat(const char *dir, size_t i)
{
    char line[LINE];
    const char *unit = "ns/op";
    size_t judged = passed + failed;
    FILE *file = open_file(dir, goldens[i].golden);

    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        if (strstr(line, "sec/op") != NULL) {
            unit = "ns/op";
        } else if (strstr(line, "B/s") != NULL) {
            unit = "MB/s";
        }
        judge_row(dir, i, line, unit);
    }
    if (file != NULL) {
        fclose(file);
    }
    if (judged == passed + failed) {
        verdict(false, goldens[i].golden, "nothing judged");
    }
}

/* ---- google/benchmark ---- */

static const struct az_node *
read_json(const char *dir, const char *name)
{
    struct az_sink sink;

    az_sink_init(&sink, arena);
    const struct az_document *document =
        az_read_file(arena, &sink, az_arena_printf(arena, "%s/%s", dir, name));
    if (document == NULL) {
        verdict(false, name, "not read");
        return NULL;
    }
    return document->root;
}

/* TEXT with an end. */
static const char *
ended(struct az_str text)
{
    return az_arena_str(arena, text).p;
}

static double
number_of(const struct az_node *object, const char *key)
{
    const struct az_node *node = az_node_get(object, key);

    return node != NULL && node->type == AZ_NUMBER
               ? strtod(ended(az_node_text(node)), NULL)
               : NAN;
}

/* The values under KEY of the benchmarks called NAME in a run's file. */
static struct values
values_of(const struct az_node *run, const char *name, const char *key)
{
    struct values values = { .count = 0 };
    const struct az_node *list =
        run != NULL ? az_node_get(run, "benchmarks") : NULL;

    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (az_node_is_string(az_node_get(&list->items[i], "name"), name) &&
            values.count < MOST) {
            values.items[values.count++] = number_of(&list->items[i], key);
        }
    }
    return values;
}

/* scipy takes the exact distribution only if no values are equal. */
static bool
has_ties(const struct values *x, const struct values *y)
{
    double all[2 * MOST];
    size_t count = x->count + y->count;
    bool ties = false;

    memcpy(all, x->items, x->count * sizeof(*all));
    memcpy(all + x->count, y->items, y->count * sizeof(*all));
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            ties = ties || all[i] == all[j];
        }
    }
    return ties;
}

static void
judge_google(const struct az_node *base, const struct az_node *other,
             const char *name, const char *key, double want)
{
    struct values x = values_of(base, name, key);
    struct values y = values_of(other, name, key);
    double got = two_sided(&x, &y, !has_ties(&x, &y));

    verdict(fabs(got - want) < 1e-13, "compare.py",
            az_arena_printf(arena, "%s, %s: %.15g, not %.15g", name, key, got,
                            want));
}

/* The expected rows of "BASE vs OTHER utest". */
static void
run_comparison(const char *dir, const char *title, const struct az_node *rows)
{
    char base_name[64], other_name[64];
    const struct az_node *base = NULL;
    const struct az_node *other = NULL;

    if (sscanf(title, "%63s vs %63s", base_name, other_name) != 2) {
        return;
    }
    for (size_t i = 0; i < rows->count; i++) {
        const struct az_node *test = az_node_get(&rows->items[i], "utest");
        const struct az_node *name = az_node_get(&rows->items[i], "name");
        if (test == NULL || name == NULL ||
            az_node_get(test, "time_pvalue") == NULL) {
            continue;
        }
        if (base == NULL) {
            base = read_json(dir, az_arena_printf(arena, "%s.json", base_name));
            other =
                read_json(dir, az_arena_printf(arena, "%s.json", other_name));
        }
        judge_google(base, other, ended(az_node_text(name)), "real_time",
                     number_of(test, "time_pvalue"));
        judge_google(base, other, ended(az_node_text(name)), "cpu_time",
                     number_of(test, "cpu_pvalue"));
    }
}

static void
run_google(const char *dir)
{
    const struct az_node *all = read_json(dir, "expected_compare.json");
    size_t judged = passed + failed;

    for (size_t i = 0; all != NULL && i < all->count; i++) {
        run_comparison(dir, ended(all->members[i].key), &all->members[i].value);
    }
    if (judged == passed + failed) {
        verdict(false, "compare.py", "nothing judged");
    }
}

/* ---- change points ---- */

/* Perfherder's series; what Otava finds with min_magnitude 5 %, and, for runs3,
   what Perfherder's own tests assert.  FLOOR: the change that counts. */
static const struct {
    const char *name;
    double floor;
    size_t count;
    size_t at[4];
} series[] = {
    { "changepoint_perfherder_runs1.csv", .05, 1, { 111 } },
    { "changepoint_perfherder_runs3.csv", .05, 0, { 0 } },
    { "changepoint_perfherder_runs3.csv", .01, 2, { 24, 98 } },
    { "changepoint_perfherder_runs5.csv", .05, 0, { 0 } },
    { "changepoint_perfherder_a11y.csv", .05, 0, { 0 } },
};

/* The logarithms of the third column; how many. */
static size_t
read_series(const char *dir, const char *name, double ret[AZ_CHANGE_MAX])
{
    char line[LINE];
    size_t count = 0;
    FILE *file = open_file(dir, name);

    while (file != NULL && count < AZ_CHANGE_MAX &&
           fgets(line, sizeof(line), file) != NULL) {
        const char *value = strrchr(line, ',');
        double number = value != NULL ? strtod(value + 1, NULL) : 0;
        if (number > 0) {
            ret[count++] = log(number);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return count;
}

static void
run_series(const char *dir, size_t i)
{
    static double values[AZ_CHANGE_MAX];
    static double work[AZ_CHANGE_WORK(AZ_CHANGE_MAX)];
    static struct az_change changes[AZ_CHANGE_MAX / 5];
    size_t count = read_series(dir, series[i].name, values);
    struct az_change_rule rule = { .min_segment = 5,
                                   .min_effect = log1p(series[i].floor),
                                   .alpha = .001 };
    size_t found = 0;

    if (count < 100 ||
        az_change_find((struct az_sample){ values, count }, &rule, work,
                       changes, &found) != AZ_STAT_OK) {
        verdict(false, series[i].name, "not judged");
        return;
    }
    bool good = found == series[i].count;
    const char *places = "";
    for (size_t k = 0; k < found; k++) {
        good = good && changes[k].at == series[i].at[k];
        places = az_arena_printf(arena, "%s %zu (%+.1f %%)", places,
                                 changes[k].at, 100 * expm1(changes[k].effect));
    }
    verdict(good, series[i].name,
            az_arena_printf(arena, "floor %g: changes at%s", series[i].floor,
                            places));
}

int
main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: bench DIR\n", stderr);
        return 2;
    }
    arena = az_arena_new(oom);
    for (size_t i = 0; i < sizeof(goldens) / sizeof(goldens[0]); i++) {
        run_benchstat(az_arena_printf(arena, "%s/benchstat", argv[1]), i);
    }
    run_google(az_arena_printf(arena, "%s/google-benchmark", argv[1]));
    for (size_t i = 0; i < sizeof(series) / sizeof(series[0]); i++) {
        run_series(az_arena_printf(arena, "%s/gate-samples", argv[1]), i);
    }
    az_arena_free(arena);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
