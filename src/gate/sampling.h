/* Inside the sample logs' part of the gate: one measurement that is computed.
   SPDX-License-Identifier: MIT

   samples.c takes the groups of a log together.  Of those that become a
   measurement, sample-check.c tells whether they are what corpus and budgets
   want, sample-value.c computes the value and doubts it, and sample-entry.c
   makes the entry; sample-interval.c tells the interval in its row. */

#ifndef AZ_GATE_SAMPLING_H
#define AZ_GATE_SAMPLING_H

#include "gate/plan.h"
#include "gate/samples.h"

/* How the samples of a budget become its value: by a percentile, of as many as
   the protocol wants of a latency or of memory, or there is only one. */
enum sampling { SAMPLING_LATENCY, SAMPLING_MEMORY, SAMPLING_SINGLE };

/* How many of the samples of a group are evidence. */
struct evidence {
    size_t times;  /* that each is there: more than once in whole copies */
    size_t ranked; /* samples without whole copies: the value is theirs */
    size_t own;    /* of these, without copies in part: only they count */
};

/* Groups that are judged together: those of one scenario and bundler.  Others
   are no samples of the same thing, and many fast ones would hide a slow one.
 */
struct part {
    struct az_log_group **groups; /* in the order of seeds, once collected */
    struct evidence *evidence;    /* of each group, once they are checked */
    size_t count;
    size_t capacity;
    struct az_log_group *first; /* the one that the log has first */
};

/* The parts of one measurement, in the order of the log. */
struct collection {
    struct part **parts;
    size_t count;
    size_t capacity;
};

/* What is computed with, for all measurements. */
struct taking {
    struct az_gate *gate;
    struct az_plan plan;
    struct az_map budgets; /* by metric */
    int64_t *seeds;        /* of the budgets, sorted, without bad ones */
    size_t seed_count;
    bool bad_seed; /* there is one that no line can have */
};

/* A measurement that is being computed. */
struct computing {
    struct az_gate *gate;
    struct taking *taking;
    const struct collection *collection;
    const struct part *part; /* of it, the one that is looked at */
    const struct az_budget *budget;
    struct az_measurement *measurement;
    struct az_sampled *sampled;
    const struct az_document *line; /* of the part, where findings stand */
    enum sampling sampling;
    uint32_t ppm;   /* parts in a million of the samples up to the percentile,
                       counted from the least */
    int definition; /* of quantiles: 1 to 9, as stat/quantile.h has them */
};

/* The part of C that is looked at from now on, and its first line. */
void az_sampling_set_part(struct computing *c, const struct part *part);
/* Has findings stand at the first line of GROUP, of the part that is looked at.
 */
void az_sampling_look_at(struct computing *c, const struct az_log_group *group);

/* What the lines of CONTEXT have in the field TEXT. */
struct az_str az_sampling_text(const struct computing *c,
                               const struct az_log_context *context,
                               enum az_log_text text);

/* A finding about the measurement, at FIELD of the line that is looked at. */
struct az_diag *az_sampling_report(struct computing *c, enum az_diag_id id,
                                   const char *field, const char *message);
/* The same for what keeps the measurement from being judged. */
struct az_diag *az_sampling_refuse(struct computing *c, enum az_diag_id id,
                                   const char *field, const char *message);

/* Counts what the samples of GROUP are worth; as they are, if they are of so
   few values that they may be equal by chance.  Copies in part are looked for
   among latencies only: a program that does the same again has the same memory
   again, but never takes the same times.  SCRATCH is left with up to
   eight bytes for each sample. */
struct evidence az_sampling_weigh(const struct computing *c,
                                  const struct az_log_group *group,
                                  struct az_arena *scratch);
/* What the COUNT samples of EVIDENCE are if some are copies: "the same 1000
   over and over", "1000 and 300 copies of them"; NULL if none are. */
const char *az_sampling_copies(struct az_arena *arena,
                               const struct evidence *evidence, size_t count);

/* The integer NODE, which may be NULL; false if it is none of 64 bits. */
bool az_sampling_int(struct az_gate *gate, const struct az_node *node,
                     int64_t *ret);

/* Whether the samples are those that the budgets want; sets how they become a
   value.  What is amiss is a finding, and the measurement refused.  C has any
   of its parts afterwards. */
void az_sampling_check(struct computing *c);
/* The measurement's value and interval: those of its worst part, which is the
   one that C has afterwards. */
void az_sampling_compute(struct computing *c);
/* Warns of what makes the samples of a percentile doubtful, in each part. */
void az_sampling_doubt(struct computing *c);
/* Makes the measurement's document and entry: what a summary would say of it,
   at the places of the line that is looked at. */
void az_sampling_make_entry(struct computing *c);

#endif
