/* Programs whose times are known to differ by a factor, timed in pairs of runs:
   what the designs of a comparison with a baseline find, at no smallest effect
   and at 5 per cent: known-ratio DIR.
   SPDX-License-Identifier: MIT */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/arena.h"
#include "core/decimal.h"
#include "core/file.h"
#include "read/read.h"
#include "stat/prediction.h"
#include "stat/sign-flip.h"

#define ALPHA 0.05
/* Runs of a program that are taken. */
#define RUNS 20
/* Runs of the changed program whose median is the new value. */
#define NEW 5

static void
oom(void)
{
    fputs("out of memory\n", stderr);
    exit(5);
}

static const struct az_node *
read_file(struct az_arena *arena, const char *path)
{
    struct az_sink sink;
    struct az_source *source;
    const struct az_document *document = NULL;

    az_sink_init(&sink, arena);
    source = az_file_read(arena, &sink, path);
    if (source != NULL)
        document = az_read_json(arena, &sink, source);
    if (document != NULL)
        return document->root;
    printf("cannot read %s\n", path);
    exit(1);
}

/* The first RUNS times of the program of PATH. */
static void
read_times(struct az_arena *arena, const char *path, double ret[static RUNS])
{
    const struct az_node *results =
        az_node_get(read_file(arena, path), "results");
    const struct az_node *times =
        results == NULL || results->count == 0
            ? NULL
            : az_node_get(&results->items[0], "times");
    struct az_decimal time;

    for (uint32_t i = 0; i < RUNS; i++) {
        if (times == NULL || times->count <= i ||
            !az_decimal_of(arena, &times->items[i], &time)) {
            printf("%s has no %d times\n", path, RUNS);
            exit(1);
        }
        ret[i] = az_decimal_to_double(time);
    }
}

static int
compare_doubles(const void *a, const void *b)
{
    const double *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

static bool
fails_interval(const double *base, const double *head, double effect)
{
    const struct az_prediction_rule rule = { ALPHA, 0.8, true };
    struct az_prediction prediction;
    double new[NEW];

    for (int i = 0; i < NEW; i++)
        new[i] = head[i];
    qsort(new, NEW, sizeof new[0], compare_doubles);
    return az_prediction_make((struct az_sample){ base, RUNS }, &rule,
                              &prediction) == AZ_STAT_OK &&
           new[NEW / 2] > prediction.limit &&new[NEW / 2] >
               prediction.centre *(1 + effect);
}

static bool
fails_pairs(struct az_arena *arena, const double *base, const double *head,
            double effect)
{
    int64_t *work =
        az_arena_array(arena, az_sign_flip_work(RUNS), sizeof *work);
    struct az_sign_flip result;
    double excess[RUNS];

    for (int i = 0; i < RUNS; i++)
        excess[i] = log(head[i] / base[i]) - log1p(effect);
    return az_sign_flip_test((struct az_sample){ excess, RUNS }, work,
                             &result) == AZ_STAT_OK &&
           result.p.greater <= ALPHA;
}

/* How many of the programs each design fails, by what is true. */
struct tally {
    int count;
    int interval;
    int pairs;
};

static void
judge(struct az_arena *arena, const char *folder, const struct az_member *pair,
      double effect, struct tally *tally)
{
    double base[RUNS], head[RUNS];

    read_times(arena,
               az_arena_printf(arena, "%s/%.*s_base.json", folder,
                               AZ_STR_ARG(pair->key)),
               base);
    read_times(arena,
               az_arena_printf(arena, "%s/%.*s_head.json", folder,
                               AZ_STR_ARG(pair->key)),
               head);
    tally->count++;
    tally->interval += fails_interval(base, head, effect);
    tally->pairs += fails_pairs(arena, base, head, effect);
}

static void
print_tally(const char *what, const struct tally *tally)
{
    printf("  %-10s of %2d programs interval fails %d, pairs %d\n", what,
           tally->count, tally->interval, tally->pairs);
}

int
main(int argc, char **argv)
{
    static const double effects[] = { 0, 0.05 };
    struct az_arena *arena = az_arena_new(oom);
    const struct az_node *truth;

    if (argc != 2)
        return 2;
    truth = read_file(arena, az_arena_printf(arena, "%s/truth.json", argv[1]));
    printf("%u programs, %d runs each\n", truth->count, RUNS);
    for (size_t k = 0; k < sizeof effects / sizeof effects[0]; k++) {
        struct tally same = { 0, 0, 0 }, worse = { 0, 0, 0 };

        for (uint32_t i = 0; i < truth->count; i++) {
            const struct az_member *pair = &truth->members[i];
            struct az_decimal ratio;
            bool slower = az_decimal_of(arena, &pair->value, &ratio) &&
                          az_decimal_to_double(ratio) > 1 + effects[k] + 1e-9;

            judge(arena, argv[1], pair, effects[k], slower ? &worse : &same);
        }
        printf(" smallest effect %.0f %%\n", effects[k] * 100);
        print_tally("not worse", &same);
        print_tally("worse", &worse);
    }
    az_arena_free(arena);
    return 0;
}
