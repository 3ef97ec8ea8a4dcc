/* Inside the sample logs' part of the gate: one measurement that is computed.
   SPDX-License-Identifier: MIT

   samples.c takes the groups of a log together, and makes entries;
   sample-check.c holds them against the budgets; sample-value.c computes and
   doubts. */

#ifndef AZ_GATE_SAMPLING_H
#define AZ_GATE_SAMPLING_H

#include "gate/samples.h"

/* How the samples of a budget become its value. */
enum sampling { SAMPLING_LATENCY, SAMPLING_MEMORY, SAMPLING_SINGLE };

/* The groups of one measurement. */
struct collection {
    struct az_log_group **groups;
    size_t count;
    size_t capacity;
};

/* What is computed with, for all measurements. */
struct taking {
    struct az_gate *gate;
    struct az_map budgets; /* by metric */
    int64_t *seeds;        /* of the budgets, sorted */
    size_t seed_count;
    bool bad_seed; /* there is one that no line can have */
};

/* A measurement that is being computed. */
struct computing {
    struct az_gate *gate;
    const struct taking *taking;
    struct collection *collection; /* by seed */
    const struct az_budget *budget;
    struct az_measurement *measurement;
    struct az_sampled *sampled;
    const struct az_document *line; /* the first */
    enum sampling sampling;
    uint32_t ppm;
    int definition;
};

/* A finding about the measurement, at FIELD of its first line. */
struct az_diag *az_sampling_report(struct computing *c, enum az_diag_id id,
                                   const char *field, const char *message);
/* The same for what keeps the measurement from being judged. */
struct az_diag *az_sampling_refuse(struct computing *c, enum az_diag_id id,
                                   const char *field, const char *message);

/* The integer NODE; false if it is none. */
bool az_sampling_int(struct az_gate *gate, const struct az_node *node,
                     int64_t *ret);

/* Whether the samples are those that the budgets want; sets how they become a
   value.  What is amiss is a finding, and the measurement refused. */
void az_sampling_check(struct computing *c);
/* The measurement's value and interval. */
void az_sampling_compute(struct computing *c);
/* Warns of what makes the samples of a percentile doubtful. */
void az_sampling_doubt(struct computing *c);

#endif
