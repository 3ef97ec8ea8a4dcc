/* Runs: values of metrics that were kept, for a baseline.
   SPDX-License-Identifier: MIT */

#ifndef AZ_GATE_RUNS_H
#define AZ_GATE_RUNS_H

#include "core/decimal.h"
#include "core/diag.h"
#include "core/map.h"
#include "core/node.h"
#include "core/sha256.h"
#include "gate/derived.h"
#include "measure/unit.h"

/* What a run has of one metric in one environment, or what was computed of
   that. */
struct az_run_value {
    const struct az_node *node; /* the object; of a derived metric that of the
                                   operand that stands for it */
    struct az_str metric;
    struct az_str environment;
    const struct az_unit *unit;
    struct az_decimal value;  /* in UNIT */
    struct az_decimal base;   /* in base units; of a derived metric its level */
    struct az_fraction exact; /* the same, not rounded */
    bool computed;            /* it does not stand in the run */
};

struct az_run {
    const struct az_document *document;
    size_t index; /* in its runs */
    const struct az_node *node;
    struct az_str commit;
    struct az_str branch;
    struct az_str profile;
    struct az_str recorded_at; /* RFC 3339, UTC */
    struct az_str digest;
    int64_t pair; /* from 1; 0: it is no part of a pair */
    const struct az_run_value *values;
    size_t count;
};

/* A value, and the run that it is of. */
struct az_run_point {
    const struct az_run *run;
    const struct az_run_value *value;
    const struct az_node *accepted; /* what says by which waiver the value was
                                       promoted; or NULL */
};

/* A metric in an environment and a profile, under the name that it has now. */
struct az_run_series {
    struct az_str profile;
    struct az_str metric;
    struct az_str environment;
    struct az_run_point *points; /* of runs that are no part of a pair */
    size_t count;
    size_t capacity;
    struct az_run_point *pairs; /* of the others, by their number */
    size_t pair_count;
    size_t pair_capacity;
    /* its lowest sustained level, which drift is held against; or NULL */
    const struct az_run_value *anchor;
};

struct az_budgets;

struct az_runs {
    const struct az_document *document;
    struct az_run *items; /* in the order of the file */
    size_t count;
    struct az_map aliases; /* metric -> its new name, struct az_str */
    struct az_map series;
    const struct az_budgets *budgets; /* NULL: nothing is derived of them */
};

/* No runs yet. */
void az_runs_init(struct az_runs *runs, struct az_arena *arena);

/* Reads the runs of DOCUMENT into *RET, which points into it.  False after
   findings: baseline-shape for what is missing, of another type, there twice (a
   value in a run, a run by its digest, an anchor) or not in the order of time,
   baseline-digest for a run that is not as it was written, baseline-alias. */
bool az_runs_read(struct az_arena *arena, struct az_sink *sink,
                  const struct az_document *document, struct az_runs *ret);

/* Whether a run was recorded by NOW, RFC 3339: AT, a node of DOCUMENT, says
   when; a finding (baseline-shape) if not: it would be the last one until then.
   With NOW NULL nothing is of the future, nor is a run that does not tell its
   time, with AT NULL or no text. */
bool az_run_check_time(struct az_sink *sink, const struct az_document *document,
                       const struct az_node *at, const char *now);

/* The same for all of RUNS, by their "recorded_at". */
bool az_runs_check_time(struct az_sink *sink, const struct az_runs *runs,
                        const char *now);

/* The values of a metric in an environment, of the runs of PROFILE, in the
   order of the file; NULL if there are none. */
const struct az_run_series *az_runs_series(const struct az_runs *runs,
                                           struct az_str profile,
                                           struct az_str metric,
                                           struct az_str environment);

/* The last value of SERIES, or of its pairs; NULL if it has but an anchor. */
const struct az_run_point *
az_run_series_last(const struct az_run_series *series);

/* Computes the metrics that BUDGETS derive of others, from the operands of each
   run; from then on they have series like those that were measured.  False
   after findings: baseline-alias where the old name of a metric is one that the
   budgets have, baseline-shape for a value that is not what its operands give,
   and for operands that measure different things, baseline-zero where there is
   no value. */
bool az_runs_govern(struct az_sink *sink, const struct az_document *budgets,
                    struct az_runs *runs);

/* Adds the values of RUN, which is in a file of its own and goes by the names
   of RUNS, behind those that RUNS have; ITEMS stay as they are.  False after
   findings as above. */
bool az_runs_append(struct az_sink *sink, struct az_runs *runs,
                    const struct az_run *run);

/* The name that METRIC, of a value of RUNS, has now. */
struct az_str az_runs_name(const struct az_runs *runs, struct az_str metric);

/* Puts the pairs of each series of RUNS in the order of their numbers. */
void az_runs_sort_pairs(struct az_runs *runs);

/* Adds VALUE of RUN to the series of METRIC, which is made when it is the
   first; false if RUN is the last in it. */
bool az_runs_add_point(struct az_runs *runs, const struct az_run *run,
                       struct az_str metric, const struct az_run_value *value);

/* The digest of RUN, an object: SHA-256 over its members but for "digest" as
   compact JSON, keys in the order of their bytes at every depth, numbers in
   the shortest form that is exact (az_decimal_print). */
void az_run_digest(struct az_arena *arena, const struct az_node *run,
                   char ret[static AZ_SHA256_SIZE]);

#endif
