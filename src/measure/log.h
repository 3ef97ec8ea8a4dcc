/* Sample logs: lines of JSON, one for each sample, read as a stream.
   SPDX-License-Identifier: MIT

   What is kept of a line is its sample, in eight bytes at most, in its group:
   the samples of one metric, profile, browser, scenario, bundler and seed. */

#ifndef AZ_MEASURE_LOG_H
#define AZ_MEASURE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/diag.h"
#include "core/map.h"
#include "core/node.h"
#include "measure/log-time.h"
#include "measure/series.h"
#include "measure/unit.h"

struct az_log_kept; /* measure/log-kept.h */
struct az_log_told; /* measure/log-told.h */

/* The text fields of a line, all of which tell one context from another.  Their
   order counts: the first three name a measurement, with the two behind them
   and the seed a group, and those from AZ_LOG_COMMIT on need not be there. */
enum az_log_text {
    AZ_LOG_METRIC,
    AZ_LOG_PROFILE,
    AZ_LOG_BROWSER,
    AZ_LOG_SCENARIO,
    AZ_LOG_BUNDLER,
    AZ_LOG_FRAMEWORK,
    AZ_LOG_WORKLOAD,
    AZ_LOG_UNIT,
    AZ_LOG_COMMAND,
    AZ_LOG_COMMIT,
    AZ_LOG_VERSION,
    AZ_LOG_HOST_CLASS,
    AZ_LOG_METHOD,
    AZ_LOG_TEXT_COUNT,
    AZ_LOG_MEASUREMENT_TEXTS = AZ_LOG_SCENARIO, /* so many name one */
    AZ_LOG_GROUP_TEXTS = AZ_LOG_FRAMEWORK,
};

/* The name of the field: "scenario_id". */
const char *az_log_text_name(enum az_log_text text);

/* Seed and texts of a line.  The texts are numbers of those of the log; where
   the line has none, 0. */
struct az_log_key {
    int64_t seed;
    uint32_t texts[AZ_LOG_TEXT_COUNT];
};

/* A metric that lines of a log are about. */
struct az_log_metric {
    struct az_str name;
    /* The first finding about a line of it, or about a line that may have been
       one of it: it has no verdict.  NULL: there is none. */
    const struct az_diag *refused;
    bool bad;    /* a bad line tells it */
    size_t file; /* number of the last that has a line of it, from 1 */
};

/* Lines of one seed whose first AZ_LOG_GROUP_TEXTS are the same. */
struct az_log_group {
    struct az_log_metric *metric;
    int64_t seed;
    enum az_dimension dimension; /* samples are in its base unit */
    struct az_series samples;
    struct az_log_context *first; /* a list, in the order of first lines */
    struct az_log_context *last;
};

/* Lines that differ in nothing but value, time and artifacts. */
struct az_log_context {
    struct az_log_key key;
    const struct az_unit *unit;
    struct az_log_group *group;         /* NULL: its unit is of another
                                           dimension than the group's */
    struct az_log_context *next;        /* of the group */
    const struct az_log_kept *line;     /* its first */
    const struct az_document *document; /* that line read, or NULL */
    struct az_log_told *times[AZ_LOG_SIDE_COUNT]; /* NULL: no line tells one */
    bool untimed;                                 /* one tells none */
};

struct az_log_options {
    /* Fields that a line must have besides those that all must have. */
    const struct az_str *required;
    size_t required_count;
    /* What is called now and then with the bytes that were read of a file and
       its size, 0 where that is not known, by one thread at a time; or NULL. */
    void (*progress)(void *context, uint64_t done, uint64_t size);
    void *context;
    /* For tests, which must give the same whatever these are. */
    unsigned jobs;     /* threads; 0: as many as are of use */
    size_t block_size; /* bytes that are read at a time; 0: the usual */
    bool plain;        /* have each line read as any JSON is */
};

/* Lines that later ones are likely to be like, the last used first: one for
   each form that lines have by turns.  A new context is compared with all. */
enum { AZ_LOG_SHELF_SIZE = 16 };

struct az_log_shelf {
    const struct az_log_kept *bases[AZ_LOG_SHELF_SIZE];
    size_t count;
    char *scratch; /* for what one line differs in; NULL: none needed it yet */
};

struct az_log {
    struct az_arena *arena;
    struct az_sink *sink;
    struct az_log_options options;
    struct az_series_pool pool;
    struct az_map metrics;  /* name -> az_log_metric */
    struct az_map texts;    /* by number, each once */
    struct az_map groups;   /* in the order of their first lines */
    struct az_map contexts; /* the same */
    struct az_log_shelf shelf;
    size_t samples;
    size_t bad_metrics;
    size_t context_size; /* bytes of texts and lines of the contexts */
    size_t files;
    bool exhausted; /* it had more than may be: nothing more is taken */
};

/* An empty log.  What is kept of it is in ARENA, and findings go to SINK, which
   both outlive it, as the required fields do; OPTIONS itself is copied. */
void az_log_init(struct az_log *log, struct az_arena *arena,
                 struct az_sink *sink, const struct az_log_options *options);

/* Adds the file PATH ("-": standard input), packed with gzip or not.  Each line
   is an object with the fields of a sample (assize-policy(5)) or has white
   space only.  A line that is neither, or whose value cannot be one of its
   unit, is a finding (log-line, those of the JSON reader, measurement-unit,
   measurement-value, log-range), and so is one whose status is not "pass"
   (log-status); after AZ_MAX_LOG_FINDINGS lines, or
   AZ_MAX_LOG_ALIKE with the same mistake, one more finding counts the
   others (log-more).  The metric of such a line is refused; where a line does
   not tell it, all metrics of the file are.  False if the file could not be
   read to its end, or has more than may be (log-limit): then there is no
   verdict on anything. */
bool az_log_read(struct az_log *log, const char *path);

/* Group and context number INDEX. */
struct az_log_group *az_log_group_at(const struct az_log *log, size_t index);
struct az_log_context *az_log_context_at(const struct az_log *log,
                                         size_t index);
/* What the lines of CONTEXT have in the field TEXT; empty: they have none. */
struct az_str az_log_text(const struct az_log *log,
                          const struct az_log_context *context,
                          enum az_log_text text);

/* Where the first line of CONTEXT begins, in a source in ARENA. */
struct az_place az_log_context_place(struct az_arena *arena,
                                     const struct az_log_context *context);
/* The time of SIDE that the lines of CONTEXT tell; empty if none does. */
struct az_str az_log_context_time(const struct az_log_context *context,
                                  enum az_log_side side);
/* Where the first of its lines to tell that time, which is not empty, does, in
   a source in ARENA; where this line is kept by its number alone, the line. */
struct az_place az_log_context_time_place(struct az_arena *arena,
                                          const struct az_log_context *context,
                                          enum az_log_side side);
/* The first line of CONTEXT, read anew in ARENA. */
const struct az_document *
az_log_context_read(struct az_arena *arena,
                    const struct az_log_context *context);
/* The same document each time; ARENA is the log's. */
const struct az_document *
az_log_context_document(struct az_arena *arena, struct az_log_context *context);

#endif
