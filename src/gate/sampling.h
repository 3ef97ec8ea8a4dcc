/* Inside the sample logs' part of the gate: one measurement that is computed.
   SPDX-License-Identifier: MIT

   samples.c takes the groups of a log together.  Of those that become a
   measurement, sample-check.c tells whether they are what the budgets want, by
   what sample-evidence.c finds them worth, and sample-coverage.c whether they
   are all that the corpus plans; sample-value.c computes the value,
   sample-doubt.c doubts it, sample-entry.c makes the entry, and
   sample-interval.c tells the interval in its row.  sampling.c has what these
   share. */

#ifndef AZ_GATE_SAMPLING_H
#define AZ_GATE_SAMPLING_H

#include "gate/plan.h"
#include "gate/samples.h"

/* How a budget says that its metric is sampled: its value is a percentile, of
   as many samples as the protocol wants of a latency or of memory, or there is
   only one. */
enum az_sampling_kind {
    AZ_SAMPLING_LATENCY,
    AZ_SAMPLING_MEMORY,
    AZ_SAMPLING_SINGLE
};

/* Fewer distinct values than this let the clock be doubted, and are repeated by
   chance.  So are samples with fewer distinct steps from one to the next: they
   follow a rule, as a counter does, and what is equal in them is its doing. */
#define AZ_SAMPLE_MIN_DISTINCT 20

/* How many of the samples of a group are evidence.  In samples of fewer values
   or steps than AZ_SAMPLE_MIN_DISTINCT nothing is a copy. */
struct az_sample_evidence {
    size_t repeats;    /* each is there so many times, in whole copies */
    size_t unrepeated; /* count / repeats: the ranks are among these */
    size_t original;   /* of these, the ones in no copy of a long stretch */
    size_t cycle;      /* so many are repeated, be it by copies; 0: unknown */
    size_t echoed;     /* in short stretches that were there before: counted */
    size_t values;     /* distinct, AZ_SAMPLE_MIN_DISTINCT if so many or more */
    size_t steps;      /* likewise; so many where the values are fewer */
};

/* Groups that are judged together, one for each seed: those of one scenario and
   bundler.  Others are no samples of the same thing, and many fast ones would
   hide a slow one. */
struct az_stratum {
    struct az_log_group **groups; /* sorted by seed before they are judged */
    struct az_sample_evidence *evidence; /* of each, by az_sampling_check */
    size_t count;
    size_t capacity;
    struct az_log_group *first; /* the one that the log has first */
};

/* The strata of one measurement, in the order of the log. */
struct az_strata {
    struct az_stratum **items;
    size_t count;
    size_t capacity;
};

/* What samples are held against, those of all measurements. */
struct az_sampling_criteria {
    struct az_plan plan;   /* of the corpus */
    struct az_map budgets; /* by metric */
    int64_t *seeds;        /* of the budgets, sorted, without bad ones */
    size_t seed_count;
    bool bad_seed; /* there is one that no line can have, or none at all */
};

/* The sampling of one measurement: the samples, what they are held against, and
   what they come to. */
struct az_sampling {
    struct az_gate *gate;
    struct az_sampling_criteria *criteria;
    const struct az_strata *strata;
    const struct az_stratum *stratum; /* of these, the one that is looked at */
    const struct az_budget *budget;   /* NULL: none has the metric */
    struct az_measurement *measurement;
    struct az_sampled *sampled;
    const struct az_document *line; /* of the stratum, where findings stand */
    /* set by az_sampling_check */
    enum az_sampling_kind kind;
    uint32_t ppm;   /* parts in a million of the samples up to the percentile,
                       counted from the best */
    int definition; /* of quantiles: 1 to 9, as stat/quantile.h has them */
};

/* The stratum of S that is looked at from now on, and its first line. */
void az_sampling_set_stratum(struct az_sampling *s,
                             const struct az_stratum *stratum);
/* Has findings stand at the first line of GROUP, which is of that stratum. */
void az_sampling_look_at(struct az_sampling *s,
                         const struct az_log_group *group);

/* What the lines of CONTEXT have in the field TEXT. */
struct az_str az_sampling_text(const struct az_sampling *s,
                               const struct az_log_context *context,
                               enum az_log_text text);

/* A finding about the measurement, at FIELD of the line that is looked at. */
struct az_diag *az_sampling_report(struct az_sampling *s, enum az_diag_id id,
                                   const char *field, const char *message);
/* The same for what keeps the measurement from being judged. */
struct az_diag *az_sampling_refuse(struct az_sampling *s, enum az_diag_id id,
                                   const char *field, const char *message);

/* Sets the evidence of STRATUM, one of S's. */
void az_sampling_weigh(const struct az_sampling *s, struct az_stratum *stratum);
/* What the COUNT samples of EVIDENCE are if some are copies: "the same 1000
   over and over", "1000 and 300 copies of them"; NULL if none are. */
const char *az_sampling_copies(struct az_arena *arena,
                               const struct az_sample_evidence *evidence,
                               size_t count);

/* Whether the log has all scenarios that the corpus has measure it, with all
   their bundlers: a slow one could be left out.  What is missing is a finding
   (sample-missing), and without a scenario the measurement is refused. */
void az_sampling_check_coverage(struct az_sampling *s);
/* Whether the samples are those that the budgets want, and all that the corpus
   plans (az_sampling_check_coverage).  Sets how they become a value, the kind,
   ppm and definition of S, and the evidence of each stratum, which computing
   and doubting need; of a metric that is sampled once, only the kind.  What is
   amiss is a finding, and the measurement refused.  Any of the strata is looked
   at afterwards. */
void az_sampling_check(struct az_sampling *s);
/* Sets the measurement's value and estimate: those of its worst stratum, which
   is looked at afterwards. */
void az_sampling_compute(struct az_sampling *s);
/* Warns of what makes the samples of a percentile doubtful, in each stratum. */
void az_sampling_doubt(struct az_sampling *s);
/* Makes the measurement's document and entry: what a summary would say of it,
   at the places of the line that is looked at. */
void az_sampling_make_entry(struct az_sampling *s);

#endif
