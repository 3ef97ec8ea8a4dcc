/* How many of the samples are evidence, and how many copies.
   SPDX-License-Identifier: MIT */

#include "gate/sampling.h"

#include "core/arena.h"

_Static_assert(AZ_SAMPLE_MIN_DISTINCT <= AZ_SERIES_MAX_DISTINCT,
               "so many can be told from each other");

/* A log is given twice by mistake, or three times; what is there more often, or
   is a smaller part of all, is as likely a program that goes through a cycle.
 */
#define MOST_COPIES 4

/* Counts what the samples of GROUP are worth; as they are, if they are of so
   few values or steps that they may be equal without being copies, or of
   memory: a program that does the same again takes the same again, but never
   the same time.  SCRATCH is left with up to eight bytes for each sample. */
static struct az_sample_evidence
weigh(const struct az_sampling *s, const struct az_log_group *group,
      struct az_arena *scratch)
{
    const struct az_series *samples = &group->samples;
    struct az_sample_evidence ret = { .repeats = 1,
                                      .unrepeated = samples->count,
                                      .original = samples->count,
                                      .steps = AZ_SAMPLE_MIN_DISTINCT };
    struct az_series_copies copies;
    size_t period, run;

    ret.values = az_series_distinct(samples, AZ_SAMPLE_MIN_DISTINCT);
    if (ret.values < AZ_SAMPLE_MIN_DISTINCT)
        return ret;
    ret.steps = az_series_steps(samples, AZ_SAMPLE_MIN_DISTINCT);
    if (ret.steps < AZ_SAMPLE_MIN_DISTINCT)
        return ret;
    period = az_series_period(samples);
    run = az_series_run(samples, period);
    if (s->kind != AZ_SAMPLING_LATENCY ||
        samples->count / period > MOST_COPIES || run > MOST_COPIES) {
        ret.cycle = period / run;
        return ret;
    }
    copies = az_series_copied(samples, period, scratch);
    ret.unrepeated = ret.original = ret.cycle = period / run;
    ret.repeats = samples->count / ret.unrepeated;
    if (copies.count > 0 && copies.longest >= period / MOST_COPIES)
        ret.original = (period - copies.count) / run;
    else
        ret.echoed = copies.count;
    return ret;
}

void
az_sampling_weigh(const struct az_sampling *s, struct az_stratum *stratum)
{
    struct az_arena *scratch = az_arena_new_like(s->gate->arena);

    stratum->evidence = az_arena_array(s->gate->arena, stratum->count,
                                       sizeof *stratum->evidence);
    for (size_t i = 0; i < stratum->count; i++) {
        stratum->evidence[i] = weigh(s, stratum->groups[i], scratch);
        az_arena_clear(scratch);
    }
    az_arena_free(scratch);
}

const char *
az_sampling_copies(struct az_arena *arena,
                   const struct az_sample_evidence *evidence, size_t count)
{
    if (evidence->original < evidence->unrepeated)
        return az_arena_printf(arena, "%zu and %zu copies of them",
                               evidence->original, count - evidence->original);
    if (evidence->cycle > 0 && evidence->cycle < count)
        return az_arena_printf(arena, "the same %zu over and over",
                               evidence->cycle);
    if (evidence->echoed > 0)
        return az_arena_printf(
            arena, "%zu and %zu in stretches that were there before",
            count - evidence->echoed, evidence->echoed);
    return NULL;
}
