/* Measurements from sample logs: what the gate computes of samples.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_SAMPLES_H
#define AZ_GATE_SAMPLES_H

#include "gate/session.h"

/* All values of this header are in base units. */

/* What is computed of the samples of one seed. */
struct az_seed_value {
    const struct az_log_group *group;
    struct az_decimal value;
    /* Between these the percentile lies, with 95 % confidence. */
    bool has_interval;
    struct az_decimal low;
    struct az_decimal high;
};

/* What the samples of one scenario and bundler come to. */
struct az_estimate {
    struct az_decimal value; /* the median over the seeds */
    const struct az_seed_value *seeds;
    size_t seed_count;
    /* Where the percentile lies with 95 % confidence: the medians over the
       seeds of the ends of their rank intervals. */
    bool has_interval;
    struct az_decimal low;
    struct az_decimal high;
    /* From the least of the seeds' values to the largest, in per cent of the
       median, to four decimals; there is none if that is zero. */
    bool has_spread;
    struct az_decimal spread;
};

/* What stands behind a measurement that was computed. */
struct az_sampled {
    size_t seeds;   /* the most that a stratum has */
    size_t samples; /* of all strata */
    /* Of how many scenarios and bundlers; the value is that of the worst. */
    size_t strata;
    struct az_str scenario;
    struct az_str bundler;
    bool tells_commit; /* its lines do */
    /* Whose lines tell the earliest time of all, NULL unless each line tells
       one; and the latest, NULL if none does. */
    const struct az_log_context *times[AZ_LOG_SIDE_COUNT];
    /* That of the worst; NULL where it is sampled once, or has no value. */
    const struct az_estimate *estimate;
};

/* Adds to the gate's measurements those of the input's log: for each metric,
   profile and environment the median over the seeds of the percentile that the
   budgets name, exact, or the one sample of a budget that is sampled once; of
   several scenarios and bundlers, the worst. What the log says is held against
   the corpus (sample-scenario, sample-missing) and the budgets (sample-seeds,
   sample-count, sample-sampling, sample-provenance); a measurement of which
   something is amiss is refused.  Doubts (sample-tail, sample-distinct,
   sample-identical) are warnings. */
void az_gate_take_samples(struct az_gate *gate);

/* Adds to the reasons of ROW, whose measurement was computed, between what its
   percentile lies, and warns if that is on both sides of a limit
   (sample-interval). */
void az_gate_show_interval(struct az_gate *gate, struct az_row *row);

#endif
